"""The pages of contradictions and agreements that were found without a question, one topic after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from rasid.present import words
from rasid.present.asked import MERE_DIFFERENCES, ConflictView, quote_view
from rasid.present.press import Press, sheets
from rasid.present.shelf import Shelf

_TOPICS = 40  # on a page; with the most pairs of a topic still under 1 MB
_PAIRS = 10  # of a topic
_NO_CONFLICT = MERE_DIFFERENCES | {"agrees", "same"}


@dataclass(frozen=True, slots=True)
class TopicView:
    """What one or more voices say of one thing: pairs that contradict each other, then those that do not."""

    topic: str
    against: tuple[ConflictView, ...]
    beside: tuple[ConflictView, ...]
    unshown: int


def topic_views(shelf: Shelf) -> list[TopicView]:
    """The topics, those with contradictions first."""
    rows = (
        shelf.tables.conflicts.filter(pl.col("question").is_null())
        .sort("topic", maintain_order=True)
        .to_dicts()
    )
    views = []
    for topic, group in groupby(rows, key=lambda row: row["topic"]):
        held = [
            ConflictView(
                kind=words.clip(row["kind"], 160),
                reason=words.clip(row["reason"]),
                quotes=tuple(quote_view(shelf, quote) for quote in (row["quotes"] or [])[:6]),
                unshown=max(0, len(row["quotes"] or []) - 6),
            )
            for row in group
        ]
        against = [view for view in held if view.kind not in _NO_CONFLICT]
        beside = [view for view in held if view.kind in _NO_CONFLICT]
        views.append(
            TopicView(
                words.clip(topic or "", 160),
                tuple(against[:_PAIRS]),
                tuple(beside[:_PAIRS]),
                max(0, len(against) - _PAIRS) + max(0, len(beside) - _PAIRS),
            )
        )
    return sorted(views, key=lambda view: not view.against)


def print_contradictions(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """The list over as many pages as it needs."""
    views = topic_views(shelf)
    for path, turn, part in sheets("contradictions", len(views), most=_TOPICS):
        yield press.page(
            path,
            "contradictions.html",
            title="Contradictions",
            section="Contradictions",
            topics=views[part],
            total=sum(len(view.against) for view in views),
            agreements=sum(len(view.beside) for view in views),
            turn=turn,
        )
