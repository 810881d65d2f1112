"""Reports, monthly tolls and event data in one case: what stands beside what, and that every number opens its words or cells."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest

from rasid import record
from rasid.case import Case, create_case
from rasid.model import activity as a
from rasid.model import incidents as i
from rasid.model import ranges as r
from rasid.model import standing as s
from rasid.model import tables as t
from rasid.store import derived
from rasid.store.verify import verify_case
from rasid.weigh.figures import happened
from tests.conftest import SHARED
from tests.event_case import TOLLS, ask, decide, write_files

STATES = (
    "claims/index.html",
    "map/index.html",
)  # pages whose address may hold what is filtered: "#voice=..."
ISIS = "Has ISIS been defeated?"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Everything at once, of our own writing."""
    folder = tmp_path_factory.mktemp("small")
    case = create_case(folder / "case", "Small")
    ask(case)
    record.add(case, write_files(folder / "files"), by="tester")
    record.rebuild(case, by="tester")
    decide(case)
    record.rebuild(case, by="tester")
    return case


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The two posts, the Syria and Iraq files of UCDP, two own monthly tolls."""
    folder = tmp_path_factory.mktemp("real")
    case = create_case(folder / "case", "Real")
    for name, text in TOLLS.items():
        (folder / name).write_text(text.replace("Grey Banner", "Islamic State"), encoding="utf-8")
    ucdp = [SHARED / "data" / "ucdp" / f"ged_{n}.csv.gz" for n in ("syria_2016_2019", "iraq_1989_2018_hxl")]
    files = [*sorted((SHARED / "reports").glob("0*.txt")), *ucdp, *(folder / name for name in TOLLS)]
    record.add(case, files, by="tester")
    record.ask(case, ISIS, by="tester")
    record.rebuild(case, by="tester")
    return case


def dead_links(site: Path) -> list[str]:
    """Every link of every page whose page, or whose place on the page, is not there."""
    ids: dict[Path, set[str]] = {}
    dead = []
    for page in sorted(site.rglob("*.html")):
        for href in sorted(set(re.findall(r'\shref="([^"]*)"', page.read_text("utf-8")))):
            path, _, place = unescape(href).partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page.resolve()
            if not target.is_file():
                dead.append(f"{page.relative_to(site)}: {href}")
                continue
            is_state = "=" in place and target.relative_to(site.resolve()).as_posix() in STATES
            if not place or is_state or target.suffix != ".html":
                continue
            if target not in ids:
                ids[target] = set(re.findall(r'\sid="([^"]*)"', target.read_text("utf-8")))
            if place not in ids[target]:
                dead.append(f"{page.relative_to(site)}: {href}")
    return dead


def the_page(case: Case, folder: str) -> str:
    """The only page of a folder beside its index."""
    (page,) = [p for p in (case.site / folder).glob("*.html") if p.name != "index.html"]
    return page.read_text("utf-8")


def assert_nothing_is_mixed(case: Case) -> None:
    """No range or sum holds two bases, two versions of data, or what did not happen."""
    parts = derived.read_table(case, "range_parts", r.RANGE_PARTS)
    claims = {row["id"]: row for row in derived.read_table(case, "claims", t.CLAIMS).to_dicts()}
    counted = parts.filter(pl.col("relation").is_in([r.Relation.COUNTS.value]))
    for claim in counted["claim"].drop_nulls():
        assert happened(claims[claim]["polarity"], claims[claim]["certainty"])
    for row in derived.read_table(case, "incident_claims", i.INCIDENT_CLAIMS).to_dicts():
        if row["part"] == i.TELLS:
            assert happened(claims[row["claim"]]["polarity"], claims[row["claim"]]["certainty"])
    activity = derived.read_table(case, "activity", a.ACTIVITY)
    assert activity.height and not activity["dataset"].has_nulls()


def test_every_link_of_the_site_leads_to_a_page_and_a_place_on_it(small: Case) -> None:
    assert dead_links(small.site) == []
    kinds = {p.relative_to(small.site).parts[0] for p in small.site.rglob("*.html")}
    assert {"incidents", "figures", "sources", "activity", "data", "charts", "checks", "questions"} <= kinds


def test_every_incident_check_and_number_of_a_range_opens_its_words_or_its_row(small: Case) -> None:
    incidents = [p for p in (small.site / "incidents").glob("i*.html") if p.name != "index.html"]
    assert incidents
    for page in incidents:
        assert re.search(r'href="\.\./documents/[^"]+#c[0-9a-f]{12}"', page.read_text("utf-8"))
    figures = (small.site / "figures" / "index.html").read_text("utf-8")
    assert re.search(r'href="\.\./documents/[^"]+#c[0-9a-f]{12}"', figures)
    with_rows = "".join(page.read_text("utf-8") for page in incidents)
    assert re.search(r'href="\.\./data/s[0-9a-f]+-1\.html#row-42"', with_rows)
    assert derived.read_table(small, "checks", t.CHECKS).height
    checks = (small.site / "checks" / "index.html").read_text("utf-8")
    assert re.search(r'href="\.\./documents/[^"]+#[^"]+"', checks)


def test_a_question_shows_the_voices_and_apart_from_them_what_the_event_data_says(small: Case) -> None:
    page = the_page(small, "questions")
    voices, beside = page.index("Valley Observatory"), page.index("events.csv")
    assert voices < beside and "Valley Observatory" not in page[beside : beside + 400]


def test_a_toll_of_a_month_is_no_part_of_an_incident_of_one_day(small: Case) -> None:
    told = set(
        derived.read_table(small, "incident_claims", i.INCIDENT_CLAIMS).filter(pl.col("part") == i.TELLS)[
            "claim"
        ]
    )
    quotes = [c["quote"] for c in derived.read_table(small, "claims", t.CLAIMS).to_dicts() if c["id"] in told]
    assert quotes and not any("at least 90" in quote or "120 civilians" in quote for quote in quotes)


def test_a_copied_report_adds_no_origin_and_a_given_grade_stands_beside_the_proposed_one(small: Case) -> None:
    reuse = derived.read_table(small, "reuse", s.REUSE)
    assert reuse.height and set(reuse["kind"]) == {s.ReuseKind.COPIED.value}
    ((agency, mirror),) = {
        tuple(e["document"] for e in stretches) for stretches in reuse["stretches"].to_list()
    }
    assert agency != mirror
    grades = derived.read_table(small, "incident_grades", s.INCIDENT_GRADES).to_dicts()
    assert [(g["given"], g["because"], g["by"]) for g in grades if g["given"]] == [
        ("weak", "one voice", "rana")
    ]


def test_nothing_is_mixed_and_every_quote_is_in_its_place(small: Case) -> None:
    assert_nothing_is_mixed(small)
    assert verify_case(small) == []


# --- acceptance: the real files -------------------------------------------------------------------------------


@pytest.mark.shared
def test_the_posts_two_files_of_ucdp_and_two_tolls_build_and_every_link_leads_somewhere(real: Case) -> None:
    assert dead_links(real.site) == []
    assert verify_case(real) == []


@pytest.mark.shared
def test_the_question_shows_the_posts_voices_and_apart_the_yearly_events_of_each_file(real: Case) -> None:
    page = the_page(real, "questions")
    beside = page.index("ged_syria_2016_2019.csv.gz")
    assert page.index("United Nations") < beside
    assert "Counts of rows, no answer" in page and "each dataset stands alone" in page.casefold()
    section = page[page.index("<h3><bdi>Islamic State</bdi>, <bdi>Syria</bdi>") :]
    table = section[section.index("<tbody>") : section.index("</tbody>")]
    rows = re.findall(r"<tr><th[^>]*>(\d{4})-\d\d</th><td[^>]*>([\d,]+)</td>", re.sub(r"\s*\n\s*", "", table))
    years = dict.fromkeys((year for year, _ in rows), 0)
    for year, events in rows:
        years[year] += int(events.replace(",", ""))
    assert years == {"2016": 2_153, "2017": 2_853, "2018": 1_025, "2019": 441}


@pytest.mark.shared
def test_series_of_two_files_are_never_joined_and_figures_carry_their_base(real: Case) -> None:
    assert_nothing_is_mixed(real)
    activity = derived.read_table(real, "activity", a.ACTIVITY)
    assert activity["dataset"].n_unique() == 2
    figures = derived.read_table(real, "figures", t.FIGURES)
    people = figures.filter((pl.col("measure") == "count") & pl.col("unit").is_in(["people", "civilian"]))
    assert people.height and not people["base"].has_nulls()
