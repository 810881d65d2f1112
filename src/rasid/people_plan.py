"""What the lists of people of a case are made from: fingerprints, as in plan.py, and what all of their steps share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.knowledge import knowledge_version
from rasid.model import versions
from rasid.model.ids import Sha256, content_id
from rasid.model.listed import GivenList, JudgedPair
from rasid.store import decisions, derived, disk
from rasid.store.archive import Archive

if TYPE_CHECKING:
    from rasid.model.tables import Row

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """What the lists of a case are made from. Fingerprints as in flow.Plan.

    claims:   of the claims, where a list is made from them; else ""
    listings: of the rows; compared: of the pairs; link: of who is who; estimate: of the figures. All "" where the
              case has no lists. Answers of people change the last two only.
    """

    lists: tuple[GivenList, ...]
    pairs: tuple[JudgedPair, ...]
    claims: str
    listings: str
    compared: str
    link: str
    estimate: str


def make_plan(case: Case, decided: decisions.Decided, *, claims: str = "") -> PeoplePlan:
    """Look at decisions and settings; opens no table.

    claims: the fingerprint of the claims (plan.Plan.resolve); only a list made from them needs it
    """
    if not decided.lists:
        return PeoplePlan((), decided.pairs, "", "", "", "", "")
    settings, archive = case.settings.people, Archive(case.root)
    given = {
        f"{n}": f"{each.name} {_columns(each)} {each.deduplicated} {each.day} "
        + (claims if each.from_claims else "")
        + " ".join(f"{sha} {archive.names(Sha256(sha))[:1]}" for sha in each.files if not each.from_claims)
        for n, each in enumerate(decided.lists)
    }
    listings = derived.combine({"version": str(versions.PEOPLE), **given})
    said = {f"{p.left} {p.right}": p.answer for p in decided.pairs}
    known = {"knowledge": knowledge_version()}
    known |= {path.name: disk.hash_file(path) for path in sorted(case.own_places.glob("*")) if path.is_file()}
    compared = derived.combine({"listings": listings, **known})
    link = derived.combine({"compared": compared, "draws": str(settings.draws), **said})
    estimate = derived.combine({"link": link, "by": settings.by})
    used = claims if any(each.from_claims for each in decided.lists) else ""
    return PeoplePlan(decided.lists, decided.pairs, used, listings, compared, link, estimate)


def lists_with_rows(case: Case) -> tuple[str, ...]:
    """The lists that stand in the capture tables, in their order."""
    import polars as pl

    from rasid.model.people import LISTS

    held = derived.read_table(case, "lists", LISTS).filter(pl.col("named") > 0)
    return tuple(sorted(held["name"].to_list()))


def finding(stage: str, what: str, name: str, sentence: str) -> Row:
    """A row of DOUBTS about lists."""
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
