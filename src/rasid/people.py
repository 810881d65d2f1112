"""Lists of people on one screen: originals + decisions = who is who, and how many nobody listed.

    1. read      originals of lists     -> lists, listings, listed_claims, list_findings      people_read.py
    2. link      listings, answers      -> pairs, persons, list_places, captures, overlap,
                                           linking, people_findings; link_reasons, where the
                                           owner asked for names                              people_link.py
    3. estimate  captures               -> estimate, and one more table by stratum            people_estimate.py

The stages are pure; only these files load and save for them, as flow.py does for reports. A table is made again when
its fingerprint changes (people_plan.py). What a person asks about pairs (`pairs_to_judge`, `explain_pair`) is computed
on the spot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.people_estimate import estimate, estimate_by
from rasid.people_link import explain_pair, give_reasons, link, pairs_to_judge
from rasid.people_plan import PeoplePlan, Progress, make_plan
from rasid.people_read import read_list, read_lists
from rasid.store import derived

if TYPE_CHECKING:
    from rasid.present.people_pages import PeopleTables

__all__ = [
    "PeoplePlan",
    "Progress",
    "build",
    "estimate",
    "estimate_by",
    "explain_pair",
    "link",
    "load_for_site",
    "make_plan",
    "pairs_to_judge",
    "read_list",
    "read_lists",
]


def build(case: Case, plan: PeoplePlan, progress: Progress) -> None:
    """Bring all tables of people up to date. The caller holds the lock of the case."""
    if plan.lists:
        read_lists(case, plan)
        link(case, plan, progress)
        if case.settings.people.names:
            give_reasons(case, plan)
        estimate(case, plan, progress)


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
        claims=derived.read_table(case, "listed_claims", p.LISTED_CLAIMS),
        persons=derived.read_table(case, "persons", p.PERSONS),
        places=derived.read_table(case, "list_places", p.LIST_PLACES),
        findings=pl.concat(findings),
        overlap=derived.read_table(case, "overlap", p.OVERLAP),
        linking=derived.read_table(case, "linking", p.LINKING),
        estimate=derived.read_table(case, "estimate", p.ESTIMATE),
        apart=derived.read_table(case, f"estimate_{settings.by}", p.ESTIMATE) if settings.by else None,
        by=settings.by,
        names=settings.names,
        reasons=derived.read_table(case, "link_reasons", p.LINK_REASONS) if settings.names else None,
    )
