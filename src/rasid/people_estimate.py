"""Capture tables -> how many persons nobody listed, or why nobody can say. The third step of people.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.model.listed import UNCLEAR
from rasid.people_link import NOT_KNOWN
from rasid.people_plan import PeoplePlan, Progress, lists_with_rows
from rasid.store import derived

if TYPE_CHECKING:
    from rasid.estimate.results import Estimate, Refusal
    from rasid.model.tables import Row

MOST_UNKNOWN = 0.4  # of the persons; beyond, the parts would be made up more than known
_PER_STRATUM = 30  # persons; fewer are counted, not estimated


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
    from rasid.resolve.people.strata import WAYS

    settings = Settings(most_tables=case.settings.people.draws)
    captures = derived.read_table(case, "captures", CAPTURES).filter(pl.col("by") == by)
    unknown = float(captures.filter(pl.col("what") == NOT_KNOWN)["value"].sum())
    captures = captures.filter(pl.col("what") != NOT_KNOWN)
    lists = lists_with_rows(case)
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
        refusal = few_answers or (_bad_stratum(stratum, persons, by, unknown=unknown) if by else None)
        ways = [draw % WAYS for draw in range(len(tables))] if unknown else None
        result = refusal or intervals.estimate(tables, lists=lists, settings=settings, imputation=ways)
        found += rows.estimate_rows(_with_note(result, by, unknown), stratum=stratum)
        progress("estimate", number + 1, len(strata))
    derived.write_tables(
        case, {f"estimate_{by}" if by else "estimate": (table(found, ESTIMATE), ESTIMATE)}, inputs=plan.link
    )


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


def _with_note(found: Estimate | Refusal, by: str, unknown: float) -> Estimate | Refusal:
    """What was filled in stands beside the figure."""
    from rasid.estimate.results import Refusal
    from rasid.resolve.people.strata import WAYS

    if isinstance(found, Refusal) or not unknown:
        return found
    note = (
        f"The {by} of {unknown:,.0f} documented persons is not known. They were dealt out over the parts in {WAYS} "
        "ways, each like a person on the same lists; how much that matters is the part of the width from missing "
        "values."
    )
    return replace(found, notes=(*found.notes, note))


def _bad_stratum(stratum: str, persons: Mapping[str, float], by: str, *, unknown: float) -> Refusal | None:
    """A part can be estimated if it is known of most persons, on whatever list they stand, who belongs to it."""
    from rasid.estimate.results import Refusal, Why

    if stratum == NOT_KNOWN or unknown > MOST_UNKNOWN * sum(persons.values()):
        return Refusal(
            Why.PART_NOT_KNOWN,
            f"The {by} of {unknown:,.0f} documented persons is not known. With so many, the parts would be made up "
            "more than known.",
            f"Complete the {by} in the lists that lack it, or estimate everybody together.",
        )
    if persons[stratum] >= _PER_STRATUM:
        return None
    return Refusal(
        Why.TOO_FEW_PERSONS,
        f"Fewer than {_PER_STRATUM} persons are documented here, too few to see how the lists depend on each other.",
        "Join this part with a similar one.",
    )
