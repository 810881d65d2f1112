"""Writes src/rasid/knowledge/places.tsv: the small table of place names of the first releases.

From: OCHA administrative names (`admin_pcodes.csv`, CC BY-IGO), country names of the Unicode CLDR (through
Babel), and the spellings below, written by hand. Run: `python training/make_places.py GAZETTEER_FOLDER`.
"""

import csv
import sys
from pathlib import Path

from babel import Locale

OUT = Path(__file__).parents[1] / "src/rasid/knowledge/places.tsv"

# Usual spellings in reports that the official tables do not give: official name -> others.
SPELLINGS = {
    "Kirkuk": "Kirkook|Karkuk",
    "Ninewa": "Nineveh|Ninawa",
    "Al-Anbar": "Anbar",
    "Erbil": "Arbil|Irbil|Hewler",
    "Kerbala": "Karbala",
    "Thi Qar": "Dhi Qar",
    "Al-Basrah": "Basra|Basrah",
    "Salah Al-Din": "Salahuddin|Saladin",
    "Idleb": "Idlib|Edlib",
    "Deir-ez-Zor": "Deir Ezzor|Deir ez Zor|Deir Ezzur|Deir Azzour|Deir al-Zour|Dayr az-Zawr|Deir el-Zour",
    "Ar-Raqqa": "Raqqa|Raqqah|Rakka",
    "Al-Hasakeh": "Hasakah|Hassakeh|Hasaka|Hasakeh",
    "Lattakia": "Latakia",
    "Dar'a": "Daraa|Deraa",
    "As-Sweida": "Suwayda|Sweida|Suweida",
    "Quneitra": "Qunaitra|Kuneitra|Qunaytirah",
    "Rural Damascus": "Rif Dimashq|Damascus countryside|Damascus suburbs",
    "Tartous": "Tartus|Tartous",
    "Sana'a": "Sanaa|Sanʿa",
    "Ta'iz": "Taiz|Taizz",
    "Al Hodeidah": "Hodeidah|Hudaydah|Hodeida",
    "Sa'dah": "Saada|Saadah|Sa'ada",
    "Ma'rib": "Marib",
    "Hadramawt": "Hadhramaut|Hadramaut",
    "Al Bayda": "Bayda|Al-Baydha",
    "Lahj": "Lahij",
    "Menbij": "Manbij",
    "Ain Al Arab": "Kobani|Kobane|Ayn al-Arab",
    "Duma": "Douma",
    "Tadmor": "Palmyra|Tadmur",
    "Abu Kamal": "Albukamal|Al-Bukamal|Bukamal",
    "Al Mayadin": "Mayadin|Mayadeen",
    "Quamishli": "Qamishli|Qamishlo",
    "Ath-Thawrah": "Tabqa|Al-Tabqa|Thawra",
    "Az-Zabdani": "Zabadani",
    "Jisr-Ash-Shugur": "Jisr al-Shughur|Jisr al-Shughour",
    "Darayya": "Daraya",
    "Ar-Rastan": "Rastan",
    "Tell Abiad": "Tal Abyad|Tell Abyad",
    "Ras Al Ain": "Ras al-Ayn|Serekaniye",
    "Jebel Saman": "Mount Simeon",
}
# Towns, regions and waters that stand in reports of every year: name, level, country, other spellings.
MORE = """
Mosul\ttown\tIQ\tMosul|al-Mawsil|الموصل|Mossul
Falluja\ttown\tIQ\tFallujah|Fallouja|الفلوجة
Ramadi\ttown\tIQ\tالرمادي
Tikrit\ttown\tIQ\tتكريت
Tal Afar\ttown\tIQ\tTelafar|Talafar|تلعفر
Sinjar\ttown\tIQ\tShingal|سنجار
Hawija\ttown\tIQ\tHawijah|الحويجة
Baghuz\ttown\tSY\tBaghouz|al-Baghuz Fawqani|Baghuz al-Fawqani|Baghouz al-Fawqani|الباغوز
Khan Shaykhun\ttown\tSY\tKhan Sheikhoun|Khan Sheikhun|Khan Shaykhoun|Khan Cheikhoun|خان شيخون
Maarat al-Numan\ttown\tSY\tMaaret al-Numan|Maarrat al-Nu'man|Ma'arat al-Numan|معرة النعمان
Saraqib\ttown\tSY\tSaraqeb|سراقب
Kafr Nabl\ttown\tSY\tKafranbel|Kafr Nabel|كفرنبل
Eastern Ghouta\tregion\tSY\tEast Ghouta|Ghouta|الغوطة الشرقية|الغوطة
Hajin\ttown\tSY\tهجين
Tanf\ttown\tSY\tal-Tanf|التنف
Yarmouk\ttown\tSY\tYarmouk camp|اليرموك
Golan Heights\tregion\tSY\tGolan|الجولان
Hudaydah port\ttown\tYE\tport of Hodeidah
Gaza\ttown\tPS\tGaza City|مدينة غزة
Gaza Strip\tregion\tPS\tقطاع غزة
West Bank\tregion\tPS\tالضفة الغربية
Rafah\ttown\tPS\tرفح
Khan Younis\ttown\tPS\tKhan Yunis|خان يونس
Jerusalem\ttown\t\tal-Quds|القدس
Beirut\ttown\tLB\tBeyrouth|بيروت
Tripoli\ttown\t\tطرابلس
Aleppo city\ttown\tSY\tcity of Aleppo
Damascus city\ttown\tSY\tcity of Damascus
Kyiv\ttown\tUA\tKiev
Kharkiv\ttown\tUA\tKharkov
Mariupol\ttown\tUA
Donetsk\ttown\tUA
Khartoum\ttown\tSD\tالخرطوم
El Fasher\ttown\tSD\tAl-Fashir|Al-Fasher|الفاشر
Darfur\tregion\tSD\tدارفور
Kordofan\tregion\tSD\tكردفان
Mogadishu\ttown\tSO\tMuqdisho|مقديشو
Kabul\ttown\tAF\tكابول
Kandahar\ttown\tAF\tQandahar
Sinai\tregion\tEG\tSinai Peninsula|سيناء
Sirte\ttown\tLY\tSurt|سرت
Benghazi\ttown\tLY\tBengazi|بنغازي
Kurdistan\tregion\t\tكردستان
Middle East\tregion\t\tالشرق الأوسط
Europe\tregion\t\tأوروبا
Africa\tregion\t\tأفريقيا
Asia\tregion\t\tآسيا
Washington\ttown\tUS\tواشنطن
Moscow\ttown\tRU\tموسكو
Tehran\ttown\tIR\tTeheran|طهران
Ankara\ttown\tTR\tأنقرة
Riyadh\ttown\tSA\tالرياض
Geneva\ttown\tCH\tجنيف
New York\ttown\tUS\tنيويورك
London\ttown\tGB\tلندن
Paris\ttown\tFR\tباريس
"""
COUNTRY_SPELLINGS = {
    "US": "USA|US|U.S.|U.S|America|United States of America|the States",
    "GB": "UK|U.K.|Britain|Great Britain",
    "AE": "UAE|Emirates",
    "RU": "Russian Federation",
    "SY": "Syrian Arab Republic",
    "CD": "DRC|DR Congo|Democratic Republic of the Congo",
    "MM": "Burma|Myanmar",
    "TR": "Turkey|Türkiye",
    "PS": "Palestine",
    "KR": "South Korea",
    "KP": "North Korea",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic",
    "BA": "Bosnia",
    "XK": "Kosovo",
    "IR": "Islamic Republic of Iran",
    "SS": "South Sudan",
}
NOT_COUNTRIES = {"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
AMBIGUOUS = {
    "Georgia",
    "Jordan",
    "Chad",
    "Guinea",
    "Jersey",
}  # also persons or states of the USA: kept, but noted here
LEVEL = {"1": "governorate", "2": "district"}


def main(folder: Path) -> None:
    """Write the table."""
    english, arabic = Locale("en").territories, Locale("ar").territories
    rows: list[tuple[str, str, str, str]] = []
    for code in sorted(c for c in english if len(c) == 2 and c.isalpha() and c not in NOT_COUNTRIES):
        others = [arabic.get(code, ""), *COUNTRY_SPELLINGS.get(code, "").split("|")]
        name = {
            "MM": "Myanmar",
            "PS": "Palestine",
            "HK": "Hong Kong",
            "MO": "Macao",
            "TR": "Turkey",
            "CD": "DR Congo",
        }.get(code, english[code])
        rows.append((name, "country", code, "|".join(dict.fromkeys(o for o in others if o and o != name))))
    with (folder / "admin_pcodes.csv").open(encoding="utf-8") as lines:
        for item in csv.DictReader(lines):
            if item["level"] in LEVEL:
                others = [SPELLINGS.get(item["name_en"], ""), item["name_ar"]]
                rows.append(
                    (item["name_en"], LEVEL[item["level"]], item["country"], "|".join(o for o in others if o))
                )
    rows += [tuple((line + "\t\t").split("\t")[:4]) for line in MORE.strip().splitlines()]
    head = "# name\tlevel\tcountry\tother spellings, by |   (made by training/make_places.py; sources in NOTICE)\n"
    OUT.write_text(
        head
        + "".join(
            "\t".join(row).rstrip("\t") + "\n" if row[3] else "\t".join(row[:3]) + "\n" for row in rows
        ),
        "utf-8",
    )
    print(f"{len(rows)} places -> {OUT}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
