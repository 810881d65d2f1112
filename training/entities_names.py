"""Names to swap into training sentences: people of many countries, places of the gazetteer. None is a real person's
record: given names and family names are drawn apart."""

from __future__ import annotations

import random
from importlib import resources

from faker import Faker

LOCALES = ("en_GB", "en_US", "en_IN", "fr_FR", "de_DE", "es_ES", "es_MX", "it_IT", "pt_BR", "nl_NL", "pl_PL", "tr_TR",
           "id_ID", "ro_RO", "fi_FI", "hr_HR", "az_AZ", "vi_VN", "fil_PH", "yo_NG", "sw")  # fmt: skip
GIVEN = """Mohammad Mohammed Muhammad Ahmad Ahmed Mahmoud Hassan Hussein Hossein Ali Omar Umar Khaled Khalid Abdullah
Ibrahim Youssef Yousef Mustafa Mostafa Bilal Samir Nabil Tariq Tarek Walid Ziad Fadi Rami Bassam Salim Saleh Jamal
Kamal Nasser Munir Anwar Faisal Hamza Imad Jihad Karim Majid Nizar Qasim Rashid Sami Taher Wael Yasin Zaki Fatima
Aisha Maryam Mariam Zainab Khadija Layla Leila Huda Amina Noor Nour Rania Samira Salma Sana Yasmin Hanan Iman Abeer
Dalal Ghada Hala Lina Maha Nadia Rana Suad Wafa Zahra Oleksandr Olena Andriy Iryna Serhiy Natalia Ivan Mykola Dmitry
Svetlana Aung Thiha Khin Zaw Mya Htun Abdi Farah Hodan Tesfaye Hailu Almaz Gebre Selam Adam Musa Idris Amadou Moussa
Fatou Ibrahima Mamadou Jean Pierre Emmanuel Chantal Gul Farid Najib Rahmat Zabihullah Parwin""".split()
FAMILY = """Hassan Hussein Khatib Haddad Khoury Najjar Masri Shami Halabi Homsi Hamwi Idlibi Baghdadi Tikriti Mosuli
Jabouri Dulaimi Obeidi Saadi Zaidi Houthi Sanani Hadi Saleh Sharif Qassem Darwish Hamdan Barakat Mansour Nasrallah
Saeed Salem Rahman Aziz Karimi Ahmadi Rezaei Hosseini Rahimi Noorzai Stanekzai Khan Yousafzai Shevchenko Kovalenko
Bondarenko Tkachenko Petrov Ivanov Sokolov Kuznetsov Win Htay Tun Abdullahi Warsame Mohamud Osman Deng Kuol Machar
Tekle Haile Bekele Diallo Traore Keita Coulibaly Toure Kabila Mukendi Ilunga Nkurunziza Zoubi Otaibi Qahtani
Shammari Rubaie Maliki Amiri Hakim Sadr Sistani Barzani""".split()
ARTICLES = (
    ("al", "-"),
    ("Al", "-"),
    ("al",),
    ("Al",),
    ("el", "-"),
    ("Abu",),
    ("bin",),
    ("ibn",),
    ("Abd", "al", "-"),
)


def more_names() -> dict[str, list[tuple[str, ...]]]:
    """label -> names as token tuples, the same at every call."""
    rng = random.Random(7)
    people = [(rng.choice(GIVEN), *_family(rng)) for _ in range(2500)]
    people += [(rng.choice(GIVEN), rng.choice(GIVEN), *_family(rng)) for _ in range(600)]
    people += [("Abu", rng.choice(GIVEN), *_family(rng)) for _ in range(400)]
    for locale in LOCALES:
        fake = Faker(locale, use_weighting=False)
        fake.seed_instance(7)
        people += [_words(fake.first_name(), fake.last_name()) for _ in range(120)]
        people += [_words(fake.last_name()) for _ in range(30)]
    return {"PERSON": people, "LOC": places()}


def places() -> list[tuple[str, ...]]:
    """The names of the gazetteer that ships with Rasid."""
    table = (resources.files("rasid.knowledge") / "places.tsv").read_text("utf-8")
    lines = [line.split("\t")[0] for line in table.split("\n") if line and not line.startswith("#")]
    return [_words(line) for line in lines]


def _family(rng: random.Random) -> tuple[str, ...]:
    return (*(rng.choice(ARTICLES) if rng.random() < 0.4 else ()), rng.choice(FAMILY))


def _words(*names: str) -> tuple[str, ...]:
    """Cut at spaces and hyphens as the tokenizer of the corpora does."""
    return tuple(word for name in names for word in name.replace("-", " - ").split())
