"""The pages of the sources: what kind of voice, how near, whom it repeats, how it is graded; and copied passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import polars as pl

from rasid.model.graded import CREDIBILITY, RELIABILITY, Graded
from rasid.model.standing import Nearness, ReuseKind, Shared, SourceKind
from rasid.present import words
from rasid.present.asked import QuoteView
from rasid.present.press import Press, sheets
from rasid.present.shelf import Shelf
from rasid.present.source_draw import Drawing, Edge, draw_repeats, said

_VOICES = 20  # on a page; with names of nothing but signs that must be escaped the page stays under 1 MB
_GROUPS = 8
_CLAIMS = 8
_ORIGINS = 8
_STRETCHES = 3  # of a group, shown at once; the others open
_MORE = 6
_LONGEST = 500  # letters of a stretch; the whole stands in the document
_EDGES = 40  # rows of the table under the drawing
_NAMES = 5  # of those that a voice repeats
_GIVEN = 200


@dataclass(frozen=True, slots=True)
class GradeView:
    """A grade: what a person set, if anybody did, and what the rule proposes beside it."""

    proposed: str
    meaning: str
    reason: str
    given: str | None
    given_meaning: str
    because: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One voice. The reasons are "" where nothing is known: the page says once what that means."""

    name: str
    kind: str
    kind_reason: str
    nearness: str
    nearness_reason: str
    claims: int
    documents: int
    dated: int
    origins: int
    repeats: tuple[tuple[str, str], ...]  # name, how
    more: int
    grade: GradeView


@dataclass(frozen=True, slots=True)
class ReuseView:
    """Stretches of several documents that share text."""

    kind: str
    reason: str
    first: str | None
    own: bool
    quotes: tuple[QuoteView, ...]
    more: tuple[QuoteView, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class OriginView:
    """Claims of several documents that go back to one voice."""

    origin: str
    reason: str
    quotes: tuple[QuoteView, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """A claim that another origin speaks to, or that a person graded."""

    quote: QuoteView
    id: str
    support: int
    against: int
    grade: GradeView
    others: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class GivenView:
    """A grade that a person set and that finds nothing in the case now."""

    what: str
    about: str
    grade: str
    because: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class Standings:
    """What the pages are made from: the tables of model/standing.py."""

    standing: pl.DataFrame
    reuse: pl.DataFrame
    origins: pl.DataFrame
    credibilities: pl.DataFrame
    given_grades: pl.DataFrame


def print_sources(press: Press, shelf: Shelf, held: Standings) -> Iterator[tuple[str, bytes]]:
    """The pages of the sources, voices, copied passages and weighed claims split over as many as they need."""
    yield "assets/sources.css", files("rasid.present").joinpath("static", "sources.css").read_bytes()
    sources = [_source_view(row) for row in _ranked(held.standing).iter_rows(named=True)]
    groups = [_reuse_view(shelf, row) for row in _by_size(held.reuse)]
    weighed = _weighed(shelf, held.credibilities)
    origins = _origins(shelf, held.origins)
    edges = _edges(held.standing)
    lost = [_given_view(row) for row in held.given_grades.filter(~pl.col("found")).head(_GIVEN).to_dicts()]
    pages = max(
        -(-len(sources) // _VOICES),
        -(-len(groups) // _GROUPS),
        -(-len(weighed) // _CLAIMS),
        -(-len(origins) // _ORIGINS),
        1,
    )
    for path, turn, _ in sheets("sources", pages, most=1):
        at = turn.number - 1
        first = at == 0
        yield press.page(
            path,
            "sources.html",
            title="Sources and who repeats whom",
            section="Sources",
            sources=sources[at * _VOICES : (at + 1) * _VOICES],
            groups=groups[at * _GROUPS : (at + 1) * _GROUPS],
            origins=origins[at * _ORIGINS : (at + 1) * _ORIGINS],
            weighed=weighed[at * _CLAIMS : (at + 1) * _CLAIMS],
            totals={
                "voices": len(sources),
                "groups": len(groups),
                "weighed": len(weighed),
                "shared": held.origins.filter(pl.col("documents").list.len() > 1).height,
            },
            drawing=_drawing(edges) if first else None,
            edges=[(edge, said(edge)) for edge in edges[:_EDGES]] if first else [],
            more_edges=max(0, len(edges) - _EDGES),
            lost=lost if first else [],
            usual=_usual(held.standing),
            turn=turn,
        )


def _ranked(standing: pl.DataFrame) -> pl.DataFrame:
    """Voices with most claims first, for these carry the case; behind them those that name nobody."""
    return standing.sort(
        [pl.col("kind") == SourceKind.UNNAMED.value, -pl.col("claims"), "name"], maintain_order=True
    )


def _usual(standing: pl.DataFrame) -> str:
    """The reason that stands beside most proposed grades: the page gives it once."""
    counted = standing["reason"].value_counts(sort=False).sort(["count", "reason"], descending=[True, False])
    return str(counted["reason"][0]) if counted.height and counted["count"][0] > 1 else ""


def _by_size(reuse: pl.DataFrame) -> list[dict[str, Any]]:
    """What most documents share first; a house that repeats itself and mere forms last."""
    rows = reuse.to_dicts()
    return sorted(rows, key=_rank)


def _rank(row: dict[str, Any]) -> tuple[bool, bool, int, int, str]:
    documents = len({stretch["document"] for stretch in row["stretches"]})
    return row["own"], row["kind"] == ReuseKind.SAME_FORM.value, -documents, -row["words"], row["id"]


def _source_view(row: dict[str, Any]) -> SourceView:
    repeats = row["repeats"] or []
    return SourceView(
        name=words.clip(row["name"], 160),
        kind=row["kind"],
        kind_reason="" if row["kind"] == SourceKind.UNKNOWN.value else words.clip(row["kind_reason"], 240),
        nearness=row["nearness"],
        nearness_reason=""
        if row["nearness"] == Nearness.UNKNOWN.value
        else words.clip(row["nearness_reason"], 240),
        claims=row["claims"],
        documents=len(row["documents"]),
        dated=row["dated"],
        origins=row["origins"],
        repeats=tuple((words.clip(r["voice"], 120), _how(r)) for r in repeats[:_NAMES]),
        more=max(0, len(repeats) - _NAMES),
        grade=_grade_view(row, RELIABILITY),
    )


def _how(repeated: dict[str, Any]) -> str:
    parts = []
    if repeated["claims"]:
        parts.append(f"cited in {words.count(repeated['claims'], 'claim')}")
    if repeated["copies"]:
        parts.append(f"same words in {words.count(repeated['copies'], 'passage')}")
    return ", ".join(parts)


def _grade_view(row: dict[str, Any], meanings: dict[str, str]) -> GradeView:
    return GradeView(
        proposed=row["proposed"],
        meaning=meanings[row["proposed"]],
        reason=words.clip(row["reason"], 400),
        given=row["given"],
        given_meaning=meanings[row["given"]] if row["given"] else "",
        because=words.clip(row["because"] or "", 300),
        by=words.clip(row["by"] or "", 80),
        day=(row["at"] or "")[:10],
    )


def _edges(standing: pl.DataFrame) -> list[Edge]:
    found = [
        Edge(words.clip(row["name"], 120), words.clip(r["voice"], 120), r["claims"], r["copies"])
        for row in standing.select("name", "repeats").iter_rows(named=True)
        for r in row["repeats"] or []
    ]
    return sorted(found, key=lambda e: (-e.weight, e.source, e.target))


def _drawing(edges: Sequence[Edge]) -> Drawing | None:
    """Named voices only: an arrow to "unnamed" says nothing of who repeats whom."""
    return draw_repeats(
        [edge for edge in edges if any(sign.isupper() for sign in edge.target) or edge.copies]
    )


def _reuse_view(shelf: Shelf, row: dict[str, Any]) -> ReuseView:
    quotes = [_stretch_view(shelf, stretch) for stretch in row["stretches"][: _STRETCHES + _MORE]]
    first = shelf.documents.get(row["first"] or "")
    return ReuseView(
        kind=row["kind"],
        reason=words.clip(row["reason"], 400),
        first=first.title if first else None,
        own=row["own"],
        quotes=tuple(quotes[:_STRETCHES]),
        more=tuple(quotes[_STRETCHES:]),
        unshown=max(0, len(row["stretches"]) - _STRETCHES - _MORE),
    )


def _stretch_view(shelf: Shelf, stretch: dict[str, Any]) -> QuoteView:
    """A stretch with the way to it: to the first claim that it holds, else to its document."""
    document = shelf.documents.get(stretch["document"])
    claim = _claim_within(shelf, stretch) if document else None
    spot = shelf.spots.get(claim or "")
    return QuoteView(
        text=words.clip(" ".join(stretch["quote"].split()), _LONGEST),
        href=shelf.href(claim, stretch["document"]),
        direction=document.direction if document else "auto",
        document=document.title if document else stretch["document"],
        number=spot.number if spot else 0,
        standing=None,
        voice=spot.voice if spot else "",
    )


def _claim_within(shelf: Shelf, stretch: dict[str, Any]) -> str | None:
    start, size = shelf.documents[stretch["document"]].claims
    rows = shelf.tables.claims.slice(start, size).select("start", "end", "id")
    starts = rows["start"].to_list()
    for at in range(max(0, bisect_left(starts, stretch["start"]) - 1), len(starts)):
        first, last, claim = rows.row(at)
        if first >= stretch["end"]:
            return None
        if last > stretch["start"]:
            return str(claim)
    return None


def _origins(shelf: Shelf, origins: pl.DataFrame) -> list[OriginView]:
    """Those of several documents that one voice ties; where words tie them the copied passages stand on the page."""
    rows = origins.filter(
        (pl.col("documents").list.len() > 1)
        & (pl.col("shares").list.set_difference([Shared.WORDS.value]).list.len() > 0)
    ).to_dicts()
    rows.sort(key=lambda row: (-len(row["documents"]), row["origin"] or "", row["id"]))
    quotes = _quotes_of(shelf, {claim for row in rows for claim in row["claims"]})
    return [_origin_view(shelf, row, quotes) for row in rows]


def _origin_view(shelf: Shelf, row: dict[str, Any], quotes: dict[str, dict[str, Any]]) -> OriginView:
    """One quote of each document before a second of any."""
    found = [quotes[claim] for claim in row["claims"] if claim in quotes]
    first = {quote["document"]: quote for quote in reversed(found)}
    shown = sorted(first.values(), key=lambda quote: str(quote["document"]))[:_STRETCHES]
    return OriginView(
        origin=words.clip(row["origin"] or "", 160),
        reason=words.clip(row["reason"], 400),
        quotes=tuple(_claim_quote(shelf, quote) for quote in shown),
        unshown=len(found) - len(shown),
    )


def _quotes_of(shelf: Shelf, claims: set[str]) -> dict[str, dict[str, Any]]:
    told = shelf.tables.claims.filter(pl.col("id").is_in(sorted(claims))).select("id", "document", "quote")
    return {row["id"]: row for row in told.to_dicts()}


def _weighed(shelf: Shelf, credibilities: pl.DataFrame) -> list[WeighedClaim]:
    """Claims that another origin speaks to or a person graded, those graded first, then the best borne out."""
    rows = credibilities.filter(
        (pl.col("support") > 1) | (pl.col("against") > 0) | pl.col("given").is_not_null()
    ).sort([pl.col("given").is_null(), "proposed", "claim"], maintain_order=True)
    wanted = {
        name
        for row in rows.iter_rows(named=True)
        for name in (row["claim"], *row["supports"], *row["denials"])
    }
    quotes = _quotes_of(shelf, wanted)
    return [_weighed_view(shelf, row, quotes) for row in rows.to_dicts() if row["claim"] in quotes]


def _weighed_view(shelf: Shelf, row: dict[str, Any], quotes: dict[str, dict[str, Any]]) -> WeighedClaim:
    others = [name for name in (*row["supports"], *row["denials"]) if name in quotes]
    return WeighedClaim(
        quote=_claim_quote(shelf, quotes[row["claim"]]),
        id=row["claim"],
        support=row["support"],
        against=row["against"],
        grade=_grade_view(row, CREDIBILITY),
        others=tuple(_claim_quote(shelf, quotes[name]) for name in others[:_MORE]),
    )


def _claim_quote(shelf: Shelf, claim: dict[str, Any]) -> QuoteView:
    document = shelf.documents[claim["document"]]
    spot = shelf.spots.get(claim["id"])
    return QuoteView(
        text=words.clip(claim["quote"], 400),
        href=shelf.href(claim["id"], claim["document"]),
        direction=document.direction,
        document=document.title,
        number=spot.number if spot else 0,
        standing=spot.standing if spot else None,
        voice=spot.voice if spot else "",
    )


def _given_view(row: dict[str, Any]) -> GivenView:
    return GivenView(
        what=Graded(row["what"]).value,
        about=words.clip(row["about"], 160),
        grade=row["grade"],
        because=words.clip(row["because"], 300),
        by=words.clip(row["by"], 80),
        day=row["at"][:10],
    )
