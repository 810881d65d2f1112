"""An invented case on real governorates: a point, places near, a district, a governorate, a country, an open one.

The people, groups and events are invented; the towns are too, and lie in open country. The outlines are those shipped.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.model import tables
from rasid.model.tables import Row
from rasid.present.site import SiteTables
from tests.present.conftest import Writing, count_voices

TEXT = (
    "On 4 March 2024 shells fell on Tel Marun. The clinic of Tel Marun was hit in March 2024. "
    "Two men were shot near Kafr Adin in 2023. Fighting went on in the Wadi Shams district from January 2023 to May 2024. "
    "Raids took place across Idleb since 2022. Aid reached Syria last week. The Column will attack Tel Marun. "
    "Nobody was killed in Kafr Adin on 5 March 2024. The road to Bir Nasr may have been mined on 6 March 2024. "
    "A house east of Tel Marun burned until May 2024. A bus was hit in Qasr Lun."
)
ARABIC = "قُصفت تل مارون في 7 آذار 2024."


def write_map_case() -> SiteTables:
    w = Writing()
    report = w.document(
        TEXT, name="report.txt", title="Notes from the plain", author="Mira Tell", date="2024-03-20"
    )
    letter = w.document(
        ARABIC, name="رسالة.txt", title="رسالة", author="ليلى", language="ar", direction="rtl"
    )
    for text, document in ((TEXT, report), (ARABIC, letter)):
        for sentence in text.split(". "):
            w.passage(document, text, sentence)
    mira = ["Mira Tell"]

    def claim(quote: str, place: str, time: Row | None, **known: object) -> None:
        w.claim(
            report,
            TEXT,
            quote,
            **{"voices": mira, "type": "shelling", "places": [at(place)], "time": time} | known,
        )

    claim(
        "On 4 March 2024 shells fell on Tel Marun",
        "Tel Marun",
        span("4 March 2024", "2024-03-04", "2024-03-04", "day"),
        actor=None,
    )
    claim(
        "The clinic of Tel Marun was hit in March 2024",
        "Tel Marun",
        span("March 2024", "2024-03-01", "2024-03-31", "month"),
        target="The clinic",
    )
    claim(
        "Two men were shot near Kafr Adin in 2023",
        "near Kafr Adin",
        span("2023", "2023-01-01", "2023-12-31", "year"),
        type="killing",
        target="Two men",
    )
    claim(
        "Fighting went on in the Wadi Shams district from January 2023 to May 2024",
        "the Wadi Shams district",
        span("from January 2023 to May 2024", "2023-01-01", "2024-05-31", "range"),
        type="armed_clash",
    )
    claim(
        "Raids took place across Idleb since 2022",
        "Idleb",
        span("since 2022", "2022-01-01", None, "range"),
        type="raid",
        certainty="partial",
    )
    claim("Aid reached Syria last week", "Syria", span("last week", None, None, "open"), type="aid_delivery")
    claim(
        "The Column will attack Tel Marun",
        "Tel Marun",
        None,
        type="attack",
        certainty="predicted",
        actor="The Column",
    )
    claim(
        "Nobody was killed in Kafr Adin on 5 March 2024",
        "Kafr Adin",
        span("5 March 2024", "2024-03-05", "2024-03-05", "day"),
        type="killing",
        polarity="denied",
        voices=[*mira, "The Column"],
    )
    claim(
        "The road to Bir Nasr may have been mined on 6 March 2024",
        "Bir Nasr",
        span("6 March 2024", "2024-03-06", "2024-03-06", "day"),
        type="mining",
        certainty="possible",
    )
    claim(
        "A house east of Tel Marun burned until May 2024",
        "east of Tel Marun",
        span("until May 2024", None, "2024-05-31", "range"),
        type="arson",
    )
    claim("A bus was hit in Qasr Lun", "Qasr Lun", None, type="attack")
    w.claim(
        letter,
        ARABIC,
        "قُصفت تل مارون في 7 آذار 2024",
        type="shelling",
        voices=["ليلى"],
        places=[at("تل مارون")],
        time=span("7 آذار 2024", "2024-03-07", "2024-03-07", "day"),
    )
    w.voices += count_voices(w.claims)
    w.places += [
        place(report, "Tel Marun", 1, "Tel Marun", "town", 35.75, 36.62, 1, adm1="Idleb", adm2="Wadi Shams"),
        place(letter, "تل مارون", 1, "Tel Marun", "town", 35.75, 36.62, 1, adm1="Idleb", adm2="Wadi Shams"),
        place(report, "east of Tel Marun", 1, "east of Tel Marun", "part", 35.75, 36.62, 2, adm1="Idleb", adm2="Wadi Shams"),
        place(report, "near Kafr Adin", 2, "Kafr Adin", "town", 35.9, 36.7, 2, adm1="Idleb"),
        place(report, "Kafr Adin", 2, "Kafr Adin", "town", 35.9, 36.7, 1, adm1="Idleb"),
        place(report, "the Wadi Shams district", 3, "Wadi Shams", "district", 35.7, 36.6, 1, adm1="Idleb", adm2="Wadi Shams"),
        place(report, "Idleb", 4, "Idleb", "governorate", 35.93, 36.63, 4, adm1="Idleb"),
        place(report, "Syria", 5, "Syria", "country", 35.0, 38.0, 6),
        place(report, "Bir Nasr", 6, "Bir Nasr", "town", 35.4, 40.1, 1, adm1="Deir-ez-Zor"),
        place(report, "Qasr Lun", None, None, None, None, None, None),
    ]  # fmt: skip
    return w.tables()


def at(text: str) -> Row:
    return {"text": text, "name": None, "level": None, "country": None, "start": 0, "end": 0}


def span(text: str, first: str | None, last: str | None, precision: str) -> Row:
    return {"text": text, "first_day": first, "last_day": last, "precision": precision, "start": 0, "end": 0}


def place(
    document: str,
    text: str,
    place_id: int | None,
    name: str | None,
    level: str | None,
    latitude: float | None,
    longitude: float | None,
    where_prec: int | None,
    **known: object,
) -> Row:
    """A row of the places table; an open one has two candidates."""
    row: Row = {
        "document": document,
        "text": text,
        "place_id": place_id,
        "name": name,
        "level": level,
        "country": "SY" if place_id else None,
        "latitude": latitude,
        "longitude": longitude,
        "where_prec": where_prec,
        "geo_precision": None,
        "reason": f"“{text}” is the only {level} of this name near the others."
        if place_id
        else "Two towns of this name lie far apart.",
        "candidates": [candidate(1, 0.91), candidate(2, 0.9)],
    }
    return row | known


def candidate(place_id: int, score: float) -> Row:
    return {
        "place_id": place_id,
        "name": f"Qasr Lun {place_id}",
        "level": "town",
        "country": "SY",
        "adm1": "Hama",
        "latitude": 35.0 + place_id,
        "longitude": 37.0,
        "score": score,
    }


def no_places(case: SiteTables) -> SiteTables:
    """The same case before anybody looked the places up."""
    names = [name for name in SiteTables.__slots__ if name != "places"]
    return SiteTables(**{name: getattr(case, name) for name in names}, places=tables.empty(tables.PLACES))


def write_many(documents: int, sentences: int, *, places: int, worst: str = "") -> SiteTables:
    """Documents of `sentences` claims, each with a day of 2015 to 2024, one of `places` places, a group and a voice.

    worst: put in front of every name, to see how long a page can become
    """
    w = Writing()
    for d in range(documents):
        said = [
            f"Report {d}, day {s}: group {s % 9} shelled place {(d * 7 + s * 3) % places}."
            for s in range(sentences)
        ]
        text = "\n".join(said)
        document = w.document(
            text, name=f"{d}.txt", title=f"{worst}Report {d}", author=f"Reporter {d}", date="2024-05-01"
        )
        at_char = 0
        for s, words in enumerate(said):
            number = (d * 7 + s * 3) % places
            group = {"text": f"{worst}group {s % 9}", "name": f"{worst}Group {s % 9}", "start": 0, "end": 0}
            day = f"{2015 + (d + s) % 10}-{s % 12 + 1:02}-{d % 28 + 1:02}"
            w.claims.append(
                {
                    "id": f"c{d:06}{s:06}",
                    "document": document,
                    "start": at_char,
                    "end": at_char + len(words),
                    "quote": words,
                    "kind": "event",
                    "type": f"{worst}shelling {s % 5}",
                    "actor": group,
                    "places": [at(f"{worst}place {number}")],
                    "time": None if s % 4 == 0 else span(day, day, None if s % 7 == 0 else day, "day"),
                    "persons": [],
                    "polarity": "denied" if s % 6 == 5 else "affirmed",
                    "certainty": "predicted" if s % 10 == 9 else "certain",
                    "status": "claimed",
                    "voices": [f"{worst}Reporter {d}", f"{worst}Monitor {s % 4}"],
                    "attribution": [],
                    "explain": "",
                    "reading": "rules/parse",
                }
            )
            name, latitude, longitude = f"{worst}place {number}", 33 + number % 40 / 10, 36 + number % 61 / 10
            w.places.append(
                place(document, name, number + 1, name, "town", latitude, longitude, 1, adm1="Homs")
            )
            at_char += len(words) + 1
    w.voices += count_voices(w.claims)
    made = w.tables()
    return replace(made, places=made.places.unique(["document", "text"], keep="first", maintain_order=True))
