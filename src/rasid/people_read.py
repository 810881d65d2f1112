"""Originals of lists -> their rows, and what is odd about them. The first step of people.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.errors import WrongUse
from rasid.model.ids import Sha256
from rasid.model.listed import GivenList
from rasid.people_plan import PeoplePlan, finding
from rasid.store import derived
from rasid.store.archive import Archive

if TYPE_CHECKING:
    import polars as pl

    from rasid.model.tables import Row


def read_lists(case: Case, plan: PeoplePlan) -> None:
    """Rows of every list, and what is odd about them.

    raises: WrongUse if a list is made from claims and these are not up to date
    """
    import polars as pl

    from rasid.model.people import LISTED_CLAIMS, LISTINGS, LISTS
    from rasid.model.tables import DOUBTS, empty, table
    from rasid.read.listing_checks import compare_lists

    made = ("lists", "listings", "listed_claims", "list_findings")
    if derived.are_current(case, made, plan.listings):
        return
    rows: list[Row] = []
    frames, findings, behind = [empty(LISTINGS)], [empty(DOUBTS)], [empty(LISTED_CLAIMS)]
    for given in plan.lists:
        if given.from_claims:
            listings, opens, doubts, row = _read_claims(case, plan, given)
            behind.append(opens)
        else:
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
            "listed_claims": (pl.concat(behind), LISTED_CLAIMS),
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
        name = _file_name(archive.names(Sha256(sha)), given.name)
        content = archive.read(Sha256(sha))
        today = date.fromisoformat(given.day)
        held = _own_columns(content, name, columns)
        read.append(read_listing(content, name=name, list_name=given.name, columns=held, today=today))
    every = pl.concat([each.listings for each in read])
    listings = every.unique("id", keep="first", maintain_order=True)
    doubts = pl.concat([each.doubts for each in read])
    if twice := every.height - listings.height:
        words = f"{twice} rows of {given.name} stand in more than one of its files; they were taken once."
        odd = finding("read", "rows in two files", given.name, words)
        doubts = pl.concat([doubts, table([odd], DOUBTS)])
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


def _file_name(names: Sequence[str], list_name: str) -> str:
    """Of a file given under several names, that of this list."""
    return next((name for name in names if PurePath(name).stem == list_name), names[0])


def _read_claims(
    case: Case, plan: PeoplePlan, given: GivenList
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, Row]:
    """The persons named in claims as (LISTINGS, LISTED_CLAIMS, DOUBTS, a row of LISTS)."""
    from rasid.model.tables import CLAIMS
    from rasid.resolve.people.claimed import list_claims

    if plan.claims and not derived.is_current(case, "claims", plan.claims):
        raise WrongUse(
            f'The claims that "{given.name}" is made from are not up to date. Run `rasid build` first.'
        )
    listings, behind, doubts = list_claims(derived.read_table(case, "claims", CLAIMS), given.name)
    row: Row = {
        "name": given.name,
        "file": "the claims of this case",
        "sha256": "",
        "rows": listings.height,
        "named": listings.height,
        "deduplicated": given.deduplicated,
        "columns": "name, date, place and status of persons named in claims",
    }
    return listings, behind, doubts, row


def _own_columns(content: bytes, name: str, said: Mapping[str, str]) -> dict[str, str] | None:
    """The columns that were understood, those that a person named instead of them."""
    from rasid.read.listing_cells import read_cells
    from rasid.read.listings import guess_columns

    cells = read_cells(content, name=name) if said else []
    if not cells:
        return None
    guessed = {k: v for k, v in guess_columns(cells[0]).items() if v not in said.values()}
    return guessed | dict(said)
