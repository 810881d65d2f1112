"""A small case of everything at once: own monthly tolls, a copied report, event data, decisions on incidents and grades."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rasid.case import Case
from rasid.model.graded import Graded
from rasid.model.incidents import INCIDENT_CLAIMS, TELLS
from rasid.store import decisions, derived, grade_decisions, incident_decisions
from tests.table_files import GED_49, GED_EVENT, csv_file

QUESTION = "Has the Grey Banner been defeated?"
AT = datetime(2026, 1, 1, tzinfo=UTC)

TOLLS = {
    "toll_march.txt": (
        "Valley Observatory: toll of March 2018\n\nPublished 2 April 2018\n\n"
        "The Valley Observatory documented the death of 120 civilians in Deir ez-Zor in March 2018. Among them were 31 children.\n"
        "Shelling killed 41 civilians (20 men, 11 women and 8 children) in Hajin.\n"
        "The observatory expects that 300 more people could be killed in April.\n"
        "In total 345 people were killed in Deir ez-Zor in March 2018, civilians and fighters together.\n"
    ),
    "toll_april.txt": (
        "Valley Observatory: toll of April 2018\n\nPublished 2 May 2018\n\n"
        "The Valley Observatory documented the death of at least 90 civilians in Deir ez-Zor in April 2018.\n"
        "Jets bombed the bakery of Hajin on 12 April 2018 and left 14 civilians dead, the observatory said. "
        "Residents blamed the Blue Army. The Blue Army denied that it struck Hajin.\n"
        "The Grey Banner has not been defeated, the observatory said.\n"
    ),
}
_STORY = (
    "An air strike on the town of Hajin in Deir ez-Zor killed at least 11 civilians on 12 April 2018, medics said. The strike hit the only "
    "bakery of the town in the morning, when people stood in line for bread. Residents accused the Blue Army of the strike.\n"
)
REPORTS = TOLLS | {
    "agency.txt": f"Eleven die in Hajin\n\nBy Lena Varro, Qasr Agency, 13 April 2018\n\n{_STORY}",
    "mirror.txt": f"Bakery hit\n\nQasr Mirror, 14 April 2018\n\n{_STORY}The governor said that the Grey Banner is defeated.\n",
}


def event_data() -> bytes:
    """Two years of the Grey Banner in a file of UCDP's shape; the last event is the strike on Hajin."""
    rows = [
        GED_EVENT
        | {
            "id": str(900_000 + n),
            "side_a": "Government of Dalia",
            "side_b": "Grey Banner" if n % 4 else "XXX652",
            "date_start": f"{2017 + n // 24}-{n // 2 % 12 + 1:02d}-05",
            "date_end": f"{2017 + n // 24}-{n // 2 % 12 + 1:02d}-05",
            "year": str(2017 + n // 24),
        }
        for n in range(40)
    ]
    struck = {
        "id": "900900",
        "side_a": "Blue Army",
        "date_start": "2018-04-12",
        "date_end": "2018-04-12",
        "best": "13",
    }
    return csv_file(
        GED_49,
        [
            *rows,
            GED_EVENT
            | struck
            | {"where_coordinates": "Hajin", "latitude": "34.69", "longitude": "40.83", "year": "2018"},
        ],
    )


def write_files(folder: Path) -> list[Path]:
    """The reports and the event data as files."""
    folder.mkdir(exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "events.csv").write_bytes(event_data())
    return [folder / name for name in (*REPORTS, "events.csv")]


def ask(case: Case) -> None:
    """The question, at a fixed time."""
    decisions.ask(case, QUESTION, by="tester", at=AT)


def decide(case: Case) -> None:
    """Decisions of a person after a first build: one incident split, a voice, a claim and an incident graded."""
    held = derived.read_table(case, "incident_claims", INCIDENT_CLAIMS)
    told = [
        (str(row["incident"]), str(row["claim"]), str(row["document"]))
        for row in held.iter_rows(named=True)
        if row["part"] == TELLS
    ]
    one, other = next((a, b) for a in told for b in told if a[0] == b[0] and a[2] < b[2])
    incident_decisions.judge_incidents(
        case, one[1], other[1], means="different", shown="two", by="rana", at=AT
    )
    grade_decisions.grade(
        case, Graded.VOICE, "Valley Observatory", means="B", because="lists", by="rana", at=AT
    )
    grade_decisions.grade(case, Graded.CLAIM, one[1], means="2", by="rana", at=AT)
    grade_decisions.grade(case, Graded.INCIDENT, one[1], means="weak", because="one voice", by="rana", at=AT)
