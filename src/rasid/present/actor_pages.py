"""The pages of the actors: names seen, claims in which each acts, is acted upon, or speaks.

An actor is a name as `resolve` settled it. One that stands in a single claim, or only passes on what others say, has no
page: the list leads to its first claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from rasid.model.ids import content_id
from rasid.present import words
from rasid.present.place_pages import Spelling, views_of
from rasid.present.press import Press, sheet, sheets
from rasid.present.shelf import Shelf

LISTED, CLAIMS, ROLE = (
    250,
    40,
    120,
)  # names on a page of the list; claims on a page; claims of a role that are listed
ROLES = {"acts": "As actor", "suffers": "As target", "says": "As voice"}
_SPELLINGS = 24


@dataclass(frozen=True, slots=True)
class Actor:
    """A name with its claims counted by role. href: its page, or its only claim, from the folder of actors."""

    name: str
    key: str
    acts: int
    suffers: int
    says: int
    passes: int
    href: str


def print_actors(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """The list, and a page for each name that stands in two claims or more."""
    roles = _roles(shelf)
    actors = _actors(shelf, roles)
    for path, turn, part in sheets("actors", len(actors), most=LISTED):
        yield press.page(
            path,
            "actors.html",
            title="Actors",
            section="Actors",
            actors=actors[part],
            total=len(actors),
            turn=turn,
        )
    mine = {str(key[0]): frame for key, frame in roles.partition_by("name", as_dict=True).items()}
    for actor in actors:
        if "/" not in actor.href:
            yield from _print_actor(press, shelf, actor, mine[actor.key])


def _roles(shelf: Shelf) -> pl.DataFrame:
    """name, role, claim (row), text as written: one row per name, role and claim; in the order of the claims."""
    claims = shelf.tables.claims.with_row_index("claim")
    parts = [
        claims.select(
            "claim",
            role=pl.lit(role),
            name=pl.coalesce(_of(column, "name"), _of(column, "text")),
            text=_of(column, "text"),
        )
        for role, column in (("acts", "actor"), ("suffers", "target"))
    ]
    says = claims.select(
        "claim", role=pl.lit("says"), name=pl.col("voices").list.last(), text=pl.lit(None, pl.String)
    )
    passes = claims.select(
        "claim", name=pl.col("voices").list.head(pl.col("voices").list.len().cast(pl.Int64) - 1)
    )
    passed = passes.explode("name").select(
        "claim", pl.lit("passes").alias("role"), "name", text=pl.lit(None, pl.String)
    )
    held = (
        pl.concat([*parts, says, passed])
        .with_columns(pl.col("name").str.strip_chars())
        .filter(pl.col("name") != "")
    )
    return held.unique(["name", "role", "claim"], keep="first", maintain_order=True)


def _of(column: str, part: str) -> pl.Expr:
    return pl.col(column).struct.field(part)


def _actors(shelf: Shelf, roles: pl.DataFrame) -> list[Actor]:
    """All names, those in most claims first."""
    counts = roles.group_by("name", maintain_order=True).agg(
        *((pl.col("role") == role).sum().cast(pl.Int64).alias(role) for role in (*ROLES, "passes")),
        claims=pl.col("claim").n_unique(),
        first=pl.col("claim").min(),
    )
    ranked = counts.sort(
        [pl.col("acts") + pl.col("suffers") + pl.col("says"), "passes", "name"],
        descending=[True, True, False],
    )
    ids, documents = shelf.tables.claims["id"], shelf.tables.claims["document"]
    return [
        Actor(
            name=words.clip(row["name"], 160),
            key=row["name"],
            **{role: row[role] for role in (*ROLES, "passes")},
            href=f"{content_id('a', row['name'])}.html"
            if row["claims"] > 1 and any(row[role] for role in ROLES)
            else "../" + shelf.href(ids[row["first"]], documents[row["first"]]),
        )
        for row in ranked.iter_rows(named=True)
    ]


def _print_actor(
    press: Press, shelf: Shelf, actor: Actor, roles: pl.DataFrame
) -> Iterator[tuple[str, bytes]]:
    order, left = _listed(shelf, roles)
    stem = actor.href.removesuffix(".html")
    of = max(1, -(-len(order) // CLAIMS))
    for number in range(1, of + 1):
        part = order[(number - 1) * CLAIMS : number * CLAIMS]
        groups = groupby(part, key=lambda item: item[:2])
        yield press.page(
            f"actors/{actor.href}" if number == 1 else f"actors/{stem}-{number}.html",
            "actor.html",
            title=actor.name,
            section="Actors",
            actor=actor,
            roles=ROLES,
            groups=[(role, so, views_of(shelf, [row for *_, row in group])) for (role, so), group in groups],
            spellings=_spellings(shelf, roles) if number == 1 else [],
            left=left,
            listed=ROLE,
            turn=sheet(number, of, stem=f"{stem}-", first=actor.href),
        )


def _listed(shelf: Shelf, roles: pl.DataFrame) -> tuple[list[tuple[str, bool, int]], int]:
    """(role, said to be so, row), by role, those said to be so first; and how many claims are left out."""
    order: list[tuple[str, bool, int]] = []
    left = 0
    for role in ROLES:
        rows = sorted(roles.filter(pl.col("role") == role)["claim"])
        held = shelf.tables.claims[rows].select("polarity", "certainty").rows() if rows else []
        keyed = sorted((not words.standing(*both).so, row) for row, both in zip(rows, held, strict=True))
        order += [(role, not apart, row) for apart, row in keyed[:ROLE]]
        left += len(keyed[ROLE:])
    return order, left


def _spellings(shelf: Shelf, roles: pl.DataFrame) -> list[Spelling]:
    counted = (
        roles.drop_nulls("text")
        .with_columns(
            document=pl.Series(shelf.tables.claims["document"]).gather(roles.drop_nulls("text")["claim"])
        )
        .group_by("text")
        .agg(pl.col("claim").n_unique(), pl.col("document").n_unique(), first=pl.col("claim").min())
        .sort(["claim", "text"], descending=[True, False])
        .head(_SPELLINGS)
    )
    ids, documents = shelf.tables.claims["id"], shelf.tables.claims["document"]
    return [
        Spelling(words.clip(text, 160), claims, held, shelf.href(ids[first], documents[first]))
        for text, claims, held, first in counted.rows()
    ]
