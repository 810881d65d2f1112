"""Lists of people on one screen: originals + decisions = who is who, and how many nobody listed.

    1. read      originals of lists     -> lists, listings, list_findings
    2. link      listings, answers      -> pairs, persons, list_places, captures, overlap, linking, people_findings
    3. estimate  captures               -> estimate, and one more table where strata are wanted

The stages are pure; only this file loads and saves for them, as flow.py does for reports. A table is made again when
its fingerprint changes. What a person asks about pairs (`pairs_to_judge`, `explain_pair`) is computed on the spot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.model import versions
from rasid.model.ids import Sha256, content_id
from rasid.model.listed import DIFFERENT, SAME, UNCLEAR, GivenList, JudgedPair
from rasid.store import decisions, derived
from rasid.store.archive import Archive

if TYPE_CHECKING:
    import polars as pl

    from rasid.estimate.results import Refusal
    from rasid.model.tables import Row
    from rasid.present.people_pages import PeopleTables
    from rasid.resolve.people import Comparison, Evidence, Linkage
    from rasid.resolve.people.captures import Captures

Progress = Callable[[str, int, int], None]

BY = ("sex", "place", "year")  # what strata can be
MOST_STRATA = 12  # of one kind; the smaller ones together are "other"
NOT_KNOWN, OTHER = "not known", "other"
MOST_UNKNOWN = 0.05  # of the persons; beyond, who belongs to a part hangs on which list named them
_PER_STRATUM = 30  # persons; fewer are counted, not estimated


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """What the lists of a case are made from. Fingerprints as in flow.Plan.

    listings: of the rows; link: of who is who; estimate: of the figures, "" where the case has no lists
    """

    lists: tuple[GivenList, ...]
    pairs: tuple[JudgedPair, ...]
    listings: str
    link: str
    estimate: str


def make_plan(case: Case, decided: decisions.Decided) -> PeoplePlan:
    """Look at decisions and settings; opens no table."""
    if not decided.lists:
        return PeoplePlan((), decided.pairs, "", "", "")
    settings, archive = case.settings.people, Archive(case.root)
    given = {
        f"{n}": f"{each.name} {_columns(each)} {each.deduplicated} {each.day} "
        + " ".join(f"{sha} {archive.names(Sha256(sha))[:1]}" for sha in each.files)
        for n, each in enumerate(decided.lists)
    }
    listings = derived.combine({"version": str(versions.PEOPLE), **given})
    said = {f"{p.left} {p.right}": p.answer for p in decided.pairs}
    link = derived.combine({"listings": listings, "draws": str(settings.draws), **said})
    estimate = derived.combine({"link": link, "by": settings.by})
    return PeoplePlan(decided.lists, decided.pairs, listings, link, estimate)


def build(case: Case, plan: PeoplePlan, progress: Progress) -> None:
    """Bring all tables of people up to date. The caller holds the lock of the case."""
    if plan.lists:
        read_lists(case, plan)
        link(case, plan, progress)
        estimate(case, plan, progress)


# --- 1. read --------------------------------------------------------------------------------------------------


def read_lists(case: Case, plan: PeoplePlan) -> None:
    """Rows of every list, and what is odd about them."""
    import polars as pl

    from rasid.model.people import LISTINGS, LISTS
    from rasid.model.tables import DOUBTS, empty, table
    from rasid.read.listings import compare_lists

    made = ("lists", "listings", "list_findings")
    if derived.are_current(case, made, plan.listings):
        return
    rows: list[Row] = []
    frames, findings = [empty(LISTINGS)], [empty(DOUBTS)]
    for given in plan.lists:
        listings, doubts, row = read_list(case, given)
        frames.append(listings)
        findings.append(doubts)
        rows.append(row)
    listings = pl.concat(frames).sort("id")
    doubts = pl.concat([*findings, compare_lists(listings)])
    derived.write_tables(
        case,
        {
            "lists": (table(rows, LISTS), LISTS),
            "listings": (listings, LISTINGS),
            "list_findings": (doubts, DOUBTS),
        },
        inputs=plan.listings,
    )


def read_list(case: Case, given: GivenList) -> tuple[pl.DataFrame, pl.DataFrame, Row]:
    """One list as (LISTINGS, DOUBTS, a row of LISTS). Days after the one on which it was given are findings."""
    import polars as pl

    from rasid.model.tables import DOUBTS, table
    from rasid.read.listings import read_listing

    archive, columns = Archive(case.root), dict(given.columns)
    read = []
    for sha in given.files:
        name = archive.names(Sha256(sha))[0]
        content = archive.read(Sha256(sha))
        today = date.fromisoformat(given.day)
        held = _own_columns(content, name, columns)
        read.append(read_listing(content, name=name, list_name=given.name, columns=held, today=today))
    every = pl.concat([each.listings for each in read])
    listings = every.unique("id", keep="first", maintain_order=True)
    doubts = pl.concat([each.doubts for each in read])
    if twice := every.height - listings.height:
        words = f"{twice} rows of {given.name} stand in more than one of its files; they were taken once."
        finding = _finding("read", "rows in two files", given.name, words)
        doubts = pl.concat([doubts, table([finding], DOUBTS)])
    row: Row = {
        "name": given.name,
        "file": ", ".join(archive.names(Sha256(sha))[0] for sha in given.files),
        "sha256": " ".join(given.files),
        "rows": listings.height,
        "named": listings["name"].drop_nulls().len(),
        "deduplicated": given.deduplicated,
        "columns": "; ".join(f"{column}={heading}" for column, heading in read[0].columns.items()),
    }
    return listings, doubts, row


def _own_columns(content: bytes, name: str, said: Mapping[str, str]) -> dict[str, str] | None:
    """The columns that were understood, those that a person named instead of them."""
    from rasid.read.listing_cells import read_cells
    from rasid.read.listings import guess_columns

    cells = read_cells(content, name=name) if said else []
    if not cells:
        return None
    guessed = {k: v for k, v in guess_columns(cells[0]).items() if v not in said.values()}
    return guessed | dict(said)


# --- 2. link --------------------------------------------------------------------------------------------------


def link(case: Case, plan: PeoplePlan, progress: Progress) -> None:
    """Who is who, how sure that is, and what an estimate needs of it."""
    from rasid.estimate.capture import CaptureTable
    from rasid.estimate.overlap import measure_overlap
    from rasid.estimate.rows import overlap_rows
    from rasid.model import people as p
    from rasid.model.tables import DOUBTS, table
    from rasid.resolve.people import pair_table
    from rasid.resolve.people.captures import patterns
    from rasid.resolve.people.strata import one_spelling

    made = ("pairs", "persons", "list_places", "captures", "overlap", "linking", "people_findings")
    if derived.are_current(case, made, plan.link):
        return
    if not _lists_with_rows(case):
        _link_nobody(case, plan)
        return
    progress("link", 0, 3)
    linkage = settle(case, plan)
    progress("link", 1, 3)
    lists = linkage.comparison.features.lists
    counts = patterns(linkage.groups, linkage.comparison.lists_of_rows, len(lists))
    documented = CaptureTable(lists, {k: float(v) for k, v in counts.items()})
    overlap = measure_overlap(documented)
    captures = _capture_rows(case, linkage)
    progress("link", 2, 3)
    findings = [_finding("overlap", f.what, ", ".join(f.lists), f.sentence) for f in overlap.findings]
    findings += _vanished(linkage, plan.pairs)
    derived.write_tables(
        case,
        {
            "pairs": (pair_table(linkage), p.PAIRS),
            "persons": (linkage.persons, p.PERSONS),
        },
        inputs=plan.link,
    )
    written = derived.read_table(case, "listings", p.LISTINGS)["place"].drop_nulls().to_list()
    places: list[Row] = [{"written": a, "shown": b} for a, b in sorted(one_spelling(written).items())]
    derived.write_tables(
        case,
        {
            "list_places": (table(places, p.LIST_PLACES), p.LIST_PLACES),
            "captures": (table(captures, p.CAPTURES), p.CAPTURES),
            "overlap": (table(overlap_rows(overlap, documented), p.OVERLAP), p.OVERLAP),
            "linking": (table(_linking_rows(linkage, plan.pairs), p.LINKING), p.LINKING),
            "people_findings": (table(findings, DOUBTS), DOUBTS),
        },
        inputs=plan.link,
    )
    progress("link", 3, 3)


def _link_nobody(case: Case, plan: PeoplePlan) -> None:
    """The tables of a case whose lists name nobody."""
    from rasid.model import people as p
    from rasid.model.tables import DOUBTS, empty, table

    facts = ["rows", "persons", "pairs compared", "links expected", "links never compared", "answers"]
    facts += [f"answers {said}" for said in (SAME, DIFFERENT, UNCLEAR)]
    zeros: list[Row] = [{"what": what, "value": 0.0} for what in facts]
    schemas = {"pairs": p.PAIRS, "persons": p.PERSONS, "list_places": p.LIST_PLACES}
    schemas |= {"captures": p.CAPTURES, "overlap": p.OVERLAP, "people_findings": DOUBTS}
    derived.write_tables(case, {name: (empty(s), s) for name, s in schemas.items()}, inputs=plan.link)
    derived.write_tables(case, {"linking": (table(zeros, p.LINKING), p.LINKING)}, inputs=plan.link)


def compare(case: Case, plan: PeoplePlan) -> Comparison:
    """All of linking that needs no person. Rows that name nobody are left out."""
    import polars as pl

    from rasid.model.people import LISTINGS
    from rasid.resolve.people import Settings, compare_listings

    settings = Settings(
        deduplicated=tuple(given.name for given in plan.lists if given.deduplicated),
        order=tuple(given.name for given in plan.lists),
    )
    listings = derived.read_table(case, "listings", LISTINGS).filter(pl.col("name").is_not_null())
    return compare_listings(listings, settings=settings)


def settle(case: Case, plan: PeoplePlan) -> Linkage:
    """Calibrated and grouped, by the answers that stand."""
    from rasid.resolve.people import Answer
    from rasid.resolve.people import settle as settle_pairs

    said = {(pair.left, pair.right): Answer(pair.answer) for pair in plan.pairs}
    return settle_pairs(compare(case, plan), answers=said)


def pairs_to_judge(case: Case, plan: PeoplePlan, *, count: int) -> list[tuple[str, str]]:
    """Pairs to ask a person about, in order; those judged already are among them. `read_lists` came before."""
    from rasid.model.people import ASKED
    from rasid.model.tables import table
    from rasid.resolve.people import ask

    inputs = derived.combine({"listings": plan.listings, "count": str(count)})
    if not derived.is_current(case, "asked", inputs):
        pairs = ask(compare(case, plan), count=count) if _lists_with_rows(case) else []
        rows: list[Row] = [
            {"place": n, "left_id": min(a, b), "right_id": max(a, b)} for n, (a, b) in enumerate(pairs)
        ]
        derived.write_tables(case, {"asked": (table(rows, ASKED), ASKED)}, inputs=inputs)
    asked = derived.read_table(case, "asked", ASKED)
    return list(asked.select("left_id", "right_id").iter_rows())


def explain_pair(case: Case, plan: PeoplePlan, left: str, right: str) -> Evidence | None:
    """Why two rows are held to be one person, or not; None if they have nothing in common."""
    from rasid.resolve.people import explain

    return explain(settle(case, plan), left, right)


def _vanished(linkage: Linkage, pairs: Iterable[JudgedPair]) -> list[Row]:
    """Answers about rows that are in no list now: kept, and said."""
    there = set(linkage.comparison.features.ids)
    gone = [pair for pair in pairs if pair.left not in there or pair.right not in there]
    if not gone:
        return []
    sentence = f"{len(gone)} answers are about rows that are in no list now."
    advice = "They are kept, and count again if the rows return: " + ", ".join(
        f"{pair.left} and {pair.right}" for pair in gone[:20]
    )
    return [_finding("link", "answers without rows", "answers", sentence) | {"advice": advice}]


def _linking_rows(linkage: Linkage, pairs: Sequence[JudgedPair]) -> list[Row]:
    from rasid.resolve.people.link import probabilities

    there = set(linkage.comparison.features.ids)
    standing = [pair for pair in pairs if pair.left in there and pair.right in there]
    facts = {
        "rows": len(there),
        "persons": linkage.persons["person"].n_unique(),
        "pairs compared": len(linkage.log_odds),
        "links expected": float(probabilities(linkage.log_odds).sum()),
        "links never compared": float(linkage.missed),
        "answers": linkage.calibration.answers,
        **{f"answers {said}": sum(p.answer == said for p in standing) for said in (SAME, DIFFERENT, UNCLEAR)},
    }
    return [{"what": what, "value": float(value)} for what, value in facts.items()]


def _capture_rows(case: Case, linkage: Linkage) -> list[Row]:
    """Capture tables of everybody and of each stratum."""
    from rasid.resolve.people.strata import captures_by_stratum, captures_of_all, draw_groupings

    drawn = draw_groupings(linkage, draws=case.settings.people.draws)
    rows = _rows_of_captures("", {"": captures_of_all(linkage, drawn)})
    for by in BY:
        strata = strata_of(case, linkage.persons, by)
        rows += _rows_of_captures(by, captures_by_stratum(linkage, drawn, strata))
    return rows


def strata_of(case: Case, persons: pl.DataFrame, by: str) -> list[str]:
    """The stratum of each row of `persons`; the smaller of many strata together."""
    from collections import Counter

    from rasid.model.people import LISTINGS
    from rasid.resolve.people.strata import one_spelling, strata_of_persons

    column = {"sex": "sex", "place": "place", "year": "date"}[by]
    listings = derived.read_table(case, "listings", LISTINGS)
    said = dict(listings.select("id", column).iter_rows())
    values = [said[row] for row in persons["id"]]
    if by == "place":
        shown = one_spelling(value for value in said.values() if value)
        values = [shown[value] if value else None for value in values]
    if by == "year":
        values = [value[:4] if value else None for value in values]
    strata = strata_of_persons(persons["person"].to_list(), values, unknown=NOT_KNOWN)
    most = [name for name, _ in Counter(sorted(strata)).most_common() if name != NOT_KNOWN][:MOST_STRATA]
    return [name if name in most or name == NOT_KNOWN else OTHER for name in strata]


def _rows_of_captures(by: str, found: Mapping[str, Captures]) -> list[Row]:
    rows: list[Row] = []
    for stratum, captures in found.items():
        for draw, capture in enumerate(captures.draws):
            keyed = {
                "count": {"".join(map(str, p)): float(n) for p, n in capture.counts.items()},
                "missed": {f"{i} {j}": n for (i, j), n in capture.missed.items()},
                "false": {f"{i} {j}": n for (i, j), n in capture.false.items()},
            }
            for what, numbers in keyed.items():
                rows += [
                    {"by": by, "stratum": stratum, "draw": draw, "what": what, "key": key, "value": value}
                    for key, value in numbers.items()
                ]
    return rows


# --- 3. estimate ----------------------------------------------------------------------------------------------


def estimate(case: Case, plan: PeoplePlan, progress: Progress) -> None:
    """The figures of everybody, and of the strata that the settings name."""
    if not derived.is_current(case, "estimate", plan.link):
        _estimate(case, plan, "", progress)
    if by := case.settings.people.by:
        estimate_by(case, plan, by, progress)


def estimate_by(case: Case, plan: PeoplePlan, by: str, progress: Progress) -> str:
    """The same for each stratum; returns the name of the table."""
    name = f"estimate_{by}"
    if not derived.is_current(case, name, plan.link):
        _estimate(case, plan, by, progress)
    return name


def _estimate(case: Case, plan: PeoplePlan, by: str, progress: Progress) -> None:
    import polars as pl

    from rasid.estimate import intervals, rows
    from rasid.estimate.results import Settings
    from rasid.model.people import CAPTURES, ESTIMATE
    from rasid.model.tables import as_rows, table

    settings = Settings(most_tables=case.settings.people.draws)
    captures = derived.read_table(case, "captures", CAPTURES).filter(pl.col("by") == by)
    lists = _lists_with_rows(case)
    strata = captures["stratum"].unique().sort().to_list()
    found: list[Row] = rows.setting_rows(settings)
    held = {
        stratum: rows.read_captures(as_rows(captures.filter(pl.col("stratum") == stratum)), lists=lists)
        for stratum in strata
    }
    persons = {name: sum(t.documented for t in tables) / len(tables) for name, tables in held.items()}
    few_answers = _few_answers(case) if len(lists) > 1 else None
    if not held:
        found += rows.estimate_rows(_nobody())
    for number, (stratum, tables) in enumerate(held.items()):
        refusal = few_answers or (_bad_stratum(stratum, persons, by) if by else None)
        result = refusal or intervals.estimate(tables, lists=lists, settings=settings)
        found += rows.estimate_rows(result, stratum=stratum)
        progress("estimate", number + 1, len(strata))
    derived.write_tables(
        case, {f"estimate_{by}" if by else "estimate": (table(found, ESTIMATE), ESTIMATE)}, inputs=plan.link
    )


def _lists_with_rows(case: Case) -> tuple[str, ...]:
    """The lists that stand in the capture tables, in their order."""
    import polars as pl

    from rasid.model.people import LISTS

    held = derived.read_table(case, "lists", LISTS).filter(pl.col("named") > 0)
    return tuple(sorted(held["name"].to_list()))


def _few_answers(case: Case) -> Refusal | None:
    """Without answers enough nobody knows how many links are missed or false."""
    from rasid.estimate.results import Refusal, Why
    from rasid.model.people import LINKING
    from rasid.resolve.people.calibrate import FEW_ANSWERS

    facts = dict(derived.read_table(case, "linking", LINKING).iter_rows())
    judged = facts["answers"] + facts[f"answers {UNCLEAR}"]
    if facts["answers"] >= FEW_ANSWERS or judged >= facts["pairs compared"]:
        return None
    return Refusal(
        Why.TOO_FEW_LABELS,
        f"{facts['answers']:,.0f} pairs of rows were judged by a person; {FEW_ANSWERS} are needed. Until then nobody "
        "knows how many links between the lists are missed or false, and these change an estimate more than any model.",
        f"Judge pairs: `rasid people review --count {max(FEW_ANSWERS + 20, 150)}`. It takes about half an hour.",
    )


def _nobody() -> Refusal:
    from rasid.estimate.results import Refusal, Why

    return Refusal(
        Why.TOO_FEW_LISTS,
        "No row of any list was understood as a person.",
        "Name the columns: `rasid people add FILE --map HEADING=name`.",
    )


def _bad_stratum(stratum: str, persons: Mapping[str, float], by: str) -> Refusal | None:
    """A part can be estimated if it is known who belongs to it, on whatever list they stand.

    Where only some lists say it, those of a known part are all on these lists: every model would be misled.
    """
    from rasid.estimate.results import Refusal, Why

    unknown = persons.get(NOT_KNOWN, 0.0)
    if stratum == NOT_KNOWN or unknown > MOST_UNKNOWN * sum(persons.values()):
        return Refusal(
            Why.PART_NOT_KNOWN,
            f"The {by} of {unknown:,.0f} documented persons is not known. Lists that do not say it would seem to "
            "share nobody with this part, and each model would be misled.",
            f"Complete the {by} in the lists that lack it, or estimate everybody together.",
        )
    if persons[stratum] >= _PER_STRATUM:
        return None
    return Refusal(
        Why.TOO_FEW_PERSONS,
        f"Fewer than {_PER_STRATUM} persons are documented here, too few to see how the lists depend on each other.",
        "Join this part with a similar one.",
    )


# --- for the pages --------------------------------------------------------------------------------------------


def load_for_site(case: Case, plan: PeoplePlan) -> PeopleTables | None:
    """What the pages are made from; None for a case without lists."""
    import polars as pl

    from rasid.model import people as p
    from rasid.model.tables import DOUBTS
    from rasid.present.people_pages import PeopleTables

    if not plan.lists:
        return None
    settings = case.settings.people
    findings = [derived.read_table(case, name, DOUBTS) for name in ("list_findings", "people_findings")]
    return PeopleTables(
        lists=derived.read_table(case, "lists", p.LISTS),
        listings=derived.read_table(case, "listings", p.LISTINGS),
        persons=derived.read_table(case, "persons", p.PERSONS),
        places=derived.read_table(case, "list_places", p.LIST_PLACES),
        findings=pl.concat(findings),
        overlap=derived.read_table(case, "overlap", p.OVERLAP),
        linking=derived.read_table(case, "linking", p.LINKING),
        estimate=derived.read_table(case, "estimate", p.ESTIMATE),
        apart=derived.read_table(case, f"estimate_{settings.by}", p.ESTIMATE) if settings.by else None,
        by=settings.by,
        names=settings.names,
    )


# --- inside ---------------------------------------------------------------------------------------------------


def _finding(stage: str, what: str, name: str, sentence: str) -> Row:
    return {
        "id": content_id("x", stage, what, name, sentence),
        "stage": stage,
        "name": name,
        "what": str(what),
        "sentence": sentence,
        "advice": "",
    }


def _columns(given: GivenList) -> str:
    return "; ".join(f"{column}={heading}" for column, heading in given.columns)
