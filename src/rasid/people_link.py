"""Rows of lists and answers of people -> who is who, and what an estimate needs of it. The second step of people.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.model.ages import ESTIMATED, age_group
from rasid.model.listed import DIFFERENT, SAME, UNCLEAR, JudgedPair
from rasid.people_plan import PeoplePlan, Progress, finding, lists_with_rows
from rasid.store import derived

if TYPE_CHECKING:
    import polars as pl

    from rasid.knowledge.gazetteer import Gazetteer
    from rasid.model.tables import Row
    from rasid.resolve.people import Comparison, Evidence, Linkage, Settings
    from rasid.resolve.people.captures import Captures
    from rasid.resolve.people.features import Features
    from rasid.resolve.people.linking import Compared

BY = ("sex", "age", "status", "place", "month", "year")  # what strata can be
MOST_STRATA = 12  # of one kind; the smaller ones together are "other"
NOT_KNOWN, OTHER = "not known", "other"


def link(case: Case, plan: PeoplePlan, progress: Progress) -> None:
    """Who is who, how sure that is, and what an estimate needs of it."""
    from rasid.estimate.capture import CaptureTable
    from rasid.estimate.overlap import measure_overlap
    from rasid.estimate.rows import overlap_rows
    from rasid.model import people as p
    from rasid.model.tables import DOUBTS, table
    from rasid.resolve.people import pair_table
    from rasid.resolve.people.captures import patterns

    made = ("pairs", "persons", "list_places", "captures", "overlap", "linking", "people_findings")
    if derived.are_current(case, made, plan.link):
        return
    if not lists_with_rows(case):
        _link_nobody(case, plan)
        return
    progress("link", 0, 3)
    linkage = settle(case, plan)
    progress("link", 1, 3)
    lists = linkage.comparison.features.lists
    counts = patterns(linkage.groups, linkage.comparison.lists_of_rows, len(lists))
    documented = CaptureTable(lists, {k: float(v) for k, v in counts.items()})
    overlap = measure_overlap(documented)
    shown = shown_places(case)
    captures = _capture_rows(case, linkage, shown)
    progress("link", 2, 3)
    findings = [finding("overlap", f.what, ", ".join(f.lists), f.sentence) for f in overlap.findings]
    findings += _vanished(linkage, plan.pairs)
    derived.write_tables(
        case,
        {
            "pairs": (pair_table(linkage), p.PAIRS),
            "persons": (linkage.persons, p.PERSONS),
        },
        inputs=plan.link,
    )
    places: list[Row] = [{"written": a, "shown": b} for a, b in sorted(shown.items())]
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
    from rasid.resolve.people import Settings
    from rasid.resolve.people.link import learn_kinds

    settings = Settings(
        deduplicated=tuple(given.name for given in plan.lists if given.deduplicated),
        order=tuple(given.name for given in plan.lists),
    )
    return learn_kinds(*_pairs(case, plan, settings), settings=settings)


def _pairs(case: Case, plan: PeoplePlan, settings: Settings) -> tuple[Features, Compared]:
    """Rows as numbers, and the pairs of them that are compared. Kept: they are most of the work, and no answer of a
    person changes them."""
    import polars as pl

    from rasid.model.people import LISTINGS
    from rasid.resolve.people.features import FEATURES, Features
    from rasid.resolve.people.link import read_pairs
    from rasid.resolve.people.linking import COMPARED, compared_of, compared_table
    from rasid.resolve.people.places import with_places

    listings = derived.read_table(case, "listings", LISTINGS).filter(pl.col("name").is_not_null()).sort("id")
    if derived.are_current(case, ("list_features", "list_pairs"), plan.compared):
        held = derived.read_table(case, "list_features", FEATURES)
        lists = tuple(sorted(listings["list"].unique().to_list()))
        features = Features(held, tuple(listings["id"]), lists)
        return features, compared_of(derived.read_table(case, "list_pairs", COMPARED))
    features, compared = read_pairs(with_places(listings, _gazetteer(case)), settings=settings)
    derived.write_tables(
        case,
        {
            "list_features": (features.table, FEATURES),
            "list_pairs": (compared_table(compared), COMPARED),
        },
        inputs=plan.compared,
    )
    return features, compared


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

    inputs = derived.combine({"compared": plan.compared, "count": str(count)})
    if not derived.is_current(case, "asked", inputs):
        pairs = ask(compare(case, plan), count=count) if lists_with_rows(case) else []
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


def give_reasons(case: Case, plan: PeoplePlan) -> None:
    """Why the rows of each person are held to be one; only for the pages of a case whose owner asked for names."""
    from rasid.model.people import LINK_REASONS
    from rasid.model.tables import empty
    from rasid.resolve.people.reasons import link_reasons

    if derived.is_current(case, "link_reasons", plan.link):
        return
    found = link_reasons(settle(case, plan)) if lists_with_rows(case) else empty(LINK_REASONS)
    derived.write_tables(case, {"link_reasons": (found, LINK_REASONS)}, inputs=plan.link)


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
    return [finding("link", "answers without rows", "answers", sentence) | {"advice": advice}]


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


def _gazetteer(case: Case) -> Gazetteer:
    """The region's places and those that a person added. Not the world's: lists write bare names."""
    from rasid.knowledge.gazetteer import load_gazetteer

    return load_gazetteer(world=False, added=(case.own_places,))


def shown_places(case: Case) -> dict[str, str]:
    """Place as the lists write it -> the spelling under which it is summed."""
    from rasid.model.people import LISTINGS
    from rasid.resolve.people.places import find_paths
    from rasid.resolve.people.strata import one_spelling

    written = derived.read_table(case, "listings", LISTINGS)["place"].drop_nulls().to_list()
    return one_spelling(written, paths=find_paths(written, _gazetteer(case)))


def _capture_rows(case: Case, linkage: Linkage, shown: Mapping[str, str]) -> list[Row]:
    """Capture tables of everybody and of each stratum."""
    from rasid.resolve.people.strata import (
        captures_by_stratum,
        captures_of_all,
        draw_groupings,
        fill_unknown,
    )

    drawn = draw_groupings(linkage, draws=case.settings.people.draws)
    rows = _rows_of_captures("", {"": captures_of_all(linkage, drawn)})
    listings = _rows_by_id(case)
    persons = linkage.persons["person"].to_list()
    for by in BY:
        strata = strata_of(listings, linkage.persons, by, shown=shown)
        ways = fill_unknown(strata, persons, linkage.comparison.lists_of_rows, unknown=NOT_KNOWN)
        rows += _rows_of_captures(by, captures_by_stratum(linkage, drawn, ways))
        open_ones = {person for person, name in zip(persons, strata, strict=True) if name == NOT_KNOWN}
        rows.append(
            {"by": by, "stratum": "", "draw": 0, "what": NOT_KNOWN, "key": "", "value": float(len(open_ones))}
        )
    return rows


def _rows_by_id(case: Case) -> dict[str, Row]:
    from rasid.model.people import LISTINGS
    from rasid.model.tables import as_rows

    return {str(row["id"]): row for row in as_rows(derived.read_table(case, "listings", LISTINGS))}


def strata_of(
    listings: Mapping[str, Row], persons: pl.DataFrame, by: str, *, shown: Mapping[str, str]
) -> list[str]:
    """The stratum of each row of `persons`; the smaller of many strata together.

    listings: rows of LISTINGS by their ids; shown: as of `shown_places`
    """
    from collections import Counter

    from rasid.resolve.people.strata import strata_of_persons

    values = [_value_of(listings[row], by, shown) for row in persons["id"].to_list()]
    strata = strata_of_persons(persons["person"].to_list(), values, unknown=NOT_KNOWN)
    most = [name for name, _ in Counter(sorted(strata)).most_common() if name != NOT_KNOWN][:MOST_STRATA]
    return [name if name in most or name == NOT_KNOWN else OTHER for name in strata]


def _value_of(row: Row, by: str, shown: Mapping[str, str]) -> str | None:
    """What a row says of its part; None where it says nothing."""
    if by == "age":
        return age_group(row, ESTIMATED) or None
    value = row["date" if by in ("month", "year") else by]
    if value is None:
        return None
    if by == "place":
        return shown[str(value)]
    if by == "month" and len(str(value)) < len("2024-03"):
        return None
    return str(value)[: {"month": 7, "year": 4}.get(by)]


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
