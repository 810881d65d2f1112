"""The pages of the actors: names seen, why they were read so, claims in which each acts, is acted upon, or speaks.

An actor is a name as `resolve` settled it, or one that is open between several actors. One that stands in a single
claim, or only passes on what others say, has no page: the list leads to its first claim. An open one has a page always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import polars as pl

from rasid.model.ids import content_id
from rasid.present import words
from rasid.present.place_pages import Spelling
from rasid.present.press import Press, sheet, sheets
from rasid.present.shelf import Shelf

LISTED = 250  # names on a page of the list
CLAIMS = 40  # claims on a page
ROLE = 120  # claims of a role that are listed
ROLES = {"acts": "As actor", "suffers": "As target", "says": "As voice"}
_SPELLINGS, _WHYS = 24, 12


@dataclass(frozen=True, slots=True)
class Actor:
    """A name with its claims counted by role.

    href:    its page, or its only claim, from the folder of actors
    is_open: several actors may be meant
    """

    name: str
    key: str
    acts: int
    suffers: int
    says: int
    passes: int
    href: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Why:
    """Why some words were read as this actor, or left open, in how many documents.

    candidates: other actors that the words could mean
    command:    what to type to settle an open one; empty for others
    """

    text: str
    documents: int
    reason: str
    candidates: tuple[str, ...]
    command: str


class Part(NamedTuple):
    """A name in a claim: its role there, the row of the claim, the name as written (None for a voice)."""

    role: str
    claim: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Of each claim, by row: its id, its document, and whether it is said to be so. Plain lists: read once a name."""

    claims: list[tuple[str, str, bool]]


def print_actors(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """The list, and a page for each name that stands in two claims or more."""
    roles = _roles(shelf)
    whys = _whys(shelf)
    actors = _actors(shelf, roles, {name for name, held in whys.items() if any(why.command for why in held)})
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
    mine: dict[str, list[Part]] = {}
    for name, *held in roles.select("name", "role", "claim", "text").iter_rows():
        mine.setdefault(name, []).append(Part(*held))
    facts = _facts(shelf)
    for actor in actors:
        if "/" not in actor.href:
            yield from _print_actor(press, shelf, actor, mine[actor.key], facts, whys.get(actor.key, []))


def _facts(shelf: Shelf) -> Facts:
    claims = shelf.tables.claims.select("id", "document", "polarity", "certainty")
    return Facts([(id_, document, words.standing(*said).so) for id_, document, *said in claims.iter_rows()])


def _whys(shelf: Shelf) -> dict[str, list[Why]]:
    """Name -> why words were read as it, those of most documents first."""
    rows = (
        shelf.tables.actors.group_by("name", "text", "reason", "open", maintain_order=True)
        .agg(pl.col("document").n_unique(), pl.col("candidates").first())
        .sort(["name", "document", "text", "reason"], descending=[False, True, False, False])
    )
    found: dict[str, list[Why]] = {}
    said: set[tuple[str, str]] = set()
    for name, text, reason, is_open, documents, candidates in rows.iter_rows():
        held = found.setdefault(name, [])
        again = (
            name,
            reason.casefold(),
        )  # "The Front" and "the Front" have the same reason, but for the capital
        if len(held) < _WHYS and again not in said:
            said.add(again)
            command = f'rasid settle actor "{text}" --as "{candidates[0]}"' if is_open else ""
            shown = tuple(words.clip(candidate, 160) for candidate in candidates)
            held.append(Why(words.clip(text, 160), documents, words.clip(reason, 400), shown, command))
    return found


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


def _actors(shelf: Shelf, roles: pl.DataFrame, opened: set[str]) -> list[Actor]:
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
            if row["name"] in opened or (row["claims"] > 1 and any(row[role] for role in ROLES))
            else "../" + shelf.href(ids[row["first"]], documents[row["first"]]),
            is_open=row["name"] in opened,
        )
        for row in ranked.iter_rows(named=True)
    ]


def _print_actor(
    press: Press, shelf: Shelf, actor: Actor, parts: list[Part], facts: Facts, whys: list[Why]
) -> Iterator[tuple[str, bytes]]:
    order, left = _listed(parts, facts)
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
            groups=[(role, so, shelf.views_at([row for *_, row in group])) for (role, so), group in groups],
            spellings=_spellings(shelf, parts, facts) if number == 1 else [],
            whys=whys if number == 1 else [],
            left=left,
            listed=ROLE,
            turn=sheet(number, of, stem=f"{stem}-", first=actor.href),
        )


def _listed(parts: list[Part], facts: Facts) -> tuple[list[tuple[str, bool, int]], int]:
    """(role, said to be so, row), by role, those said to be so first; and how many claims are left out."""
    order: list[tuple[str, bool, int]] = []
    left = 0
    for role in ROLES:
        keyed = sorted((not facts.claims[part.claim][2], part.claim) for part in parts if part.role == role)
        order += [(role, not apart, row) for apart, row in keyed[:ROLE]]
        left += len(keyed[ROLE:])
    return order, left


def _spellings(shelf: Shelf, parts: list[Part], facts: Facts) -> list[Spelling]:
    """The spellings, those in most claims first; each leads to its first claim."""
    rows: dict[str, set[int]] = {}
    for part in parts:
        if part.text is not None:
            rows.setdefault(part.text, set()).add(part.claim)
    ranked = sorted(rows.items(), key=lambda item: (-len(item[1]), item[0]))[:_SPELLINGS]
    found = []
    for text, claims in ranked:
        first = facts.claims[min(claims)]
        documents = {facts.claims[claim][1] for claim in claims}
        found.append(
            Spelling(words.clip(text, 160), len(claims), len(documents), shelf.href(first[0], first[1]))
        )
    return found
