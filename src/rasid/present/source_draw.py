"""Who repeats whom, as a small drawing: names in columns, an arrow from whoever repeats to whom it repeats. Pure.

Where two share words and their dates do not say who was first, one line without a head ties them.
Longest names are cut, few nodes are drawn, and the table beneath the drawing says the same in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

MOST_NODES = 14
_WIDTH, _ROW = 190, 46  # of a box with the air around it, in units of the drawing
_BOX_WIDTH, _BOX_HEIGHT = 176, 30
_GAP = 110  # between columns: room for the arrows
_LETTERS = 24


@dataclass(frozen=True, slots=True)
class Edge:
    """One voice repeats another. cites: claims that name it; copies: groups of the same words.

    mutual: each may have copied the other; drawn once, without a head
    """

    source: str
    target: str
    cites: int
    copies: int
    mutual: bool = False

    @property
    def weight(self) -> int:
        """What is drawn first where there is no room for all."""
        return self.cites + 3 * self.copies  # the same words say more than a mention


@dataclass(frozen=True, slots=True)
class Node:
    """A box. x, y: its upper left corner."""

    name: str
    short: str
    x: int
    y: int
    upstream: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve from box to box. copied: the same words, drawn solid; else cited, drawn thin; title: what it says.

    head: "" where it is not known who was first
    """

    path: str
    head: str
    copied: bool
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of `width` by `height` units; unshown: edges that it has no room for."""

    width: int
    height: int
    box_width: int
    box_height: int
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    unshown: int


def draw_repeats(edges: Sequence[Edge]) -> Drawing | None:
    """The heaviest edges between at most `MOST_NODES` voices; None without an edge."""
    edges = _joined(edges)
    kept = _heaviest(edges)
    if not kept:
        return None
    columns = _columns(kept)
    places: dict[str, tuple[int, int]] = {}
    tallest = max(len(column) for column in columns)
    for number, column in enumerate(columns):
        lead = (tallest - len(column)) * _ROW // 2
        for row, name in enumerate(column):
            places[name] = (number * (_WIDTH + _GAP), lead + row * _ROW + 8)
    targets = {edge.target for edge in kept if not edge.mutual}
    nodes = tuple(
        Node(name, _short(name), x, y, upstream=name in targets) for name, (x, y) in sorted(places.items())
    )
    arrows = tuple(_arrow(edge, places) for edge in kept)
    width = (len(columns) - 1) * (_WIDTH + _GAP) + _BOX_WIDTH + (_GAP if len(columns) == 1 else 0)
    return Drawing(
        width + 2, tallest * _ROW + 8, _BOX_WIDTH, _BOX_HEIGHT, nodes, arrows, len(edges) - len(kept)
    )


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Two that share words and do not cite each other, each perhaps the copy, become one edge."""
    held = {(edge.source, edge.target): edge for edge in edges}
    found = []
    for (source, target), edge in held.items():
        back = held.get((target, source))
        mutual = (
            back is not None and edge.copies > 0 and back.copies > 0 and not edge.cites and not back.cites
        )
        if not mutual:
            found.append(edge)
        elif source < target:
            found.append(replace(edge, mutual=True))
    return found


def _heaviest(edges: Iterable[Edge]) -> list[Edge]:
    kept: list[Edge] = []
    names: set[str] = set()
    for edge in sorted(edges, key=lambda e: (-e.weight, e.source, e.target)):
        both = names | {edge.source, edge.target}
        if len(both) <= MOST_NODES:
            names = both
            kept.append(edge)
    return sorted(kept, key=lambda e: (e.source, e.target))


def _columns(edges: Sequence[Edge]) -> list[list[str]]:
    """Who only repeats stands left, who is only repeated right, the others between. Neighbours near each other."""
    sources = {e.source for e in edges if not e.mutual}
    targets = {e.target for e in edges if not e.mutual}
    both = {name for e in edges if e.mutual for name in (e.source, e.target)} - (sources ^ targets)
    left, middle, right = sources - targets, (sources & targets) | both, targets - sources
    weight: dict[str, int] = {}
    for edge in edges:
        for name in (edge.source, edge.target):
            weight[name] = weight.get(name, 0) + edge.weight
    columns = [sorted(held, key=lambda n: (-weight[n], n)) for held in (left, middle, right) if held]
    for number in range(1, len(columns)):
        above = {name: place for place, name in enumerate(columns[number - 1])}
        columns[number].sort(key=lambda n: (_middle(n, edges, above), n))
    return columns


def _middle(name: str, edges: Sequence[Edge], above: Mapping[str, int]) -> float:
    """The mean place of those in the column before that it is tied to."""
    found = [above[e.source] for e in edges if e.target == name and e.source in above]
    return sum(found) / len(found) if found else float(len(above))


def _arrow(edge: Edge, places: Mapping[str, tuple[int, int]]) -> Arrow:
    (x1, y1), (x2, y2) = places[edge.source], places[edge.target]
    y1, y2 = y1 + _BOX_HEIGHT // 2, y2 + _BOX_HEIGHT // 2
    title = f"{edge.source} {said(edge)} {edge.target}"
    reach = 0 if edge.mutual else 7  # the line ends inside its head
    if x2 > x1:
        start, end, bend = x1 + _BOX_WIDTH, x2 - reach, (x2 - x1 - _BOX_WIDTH) // 2
        path = f"M{start},{y1} C{start + bend},{y1} {end - bend},{y2} {end},{y2}"
        head = f"M{x2},{y2} l-9,-5 v10 z"
    elif x2 < x1:
        start, end, bend = x1, x2 + _BOX_WIDTH + reach, (x1 - x2 - _BOX_WIDTH) // 2
        path = f"M{start},{y1} C{start - bend},{y1} {end + bend},{y2} {end},{y2}"
        head = f"M{x2 + _BOX_WIDTH},{y2} l9,-5 v10 z"
    else:  # in one column: round the right side, the wider the farther apart
        start, out = x1 + _BOX_WIDTH, x1 + _BOX_WIDTH + min(_GAP - 8, 14 + abs(y2 - y1) // 4)
        path = f"M{start},{y1} C{out},{y1} {out},{y2} {start + reach},{y2}"
        head = f"M{start},{y2} l9,-5 v10 z"
    return Arrow(path, "" if edge.mutual else head, edge.copies > 0, title)


def said(edge: Edge) -> str:
    """ "cites in 3 claims and shares 2 passages with", to stand between two names."""
    parts = []
    if edge.cites:
        parts.append(f"cites in {edge.cites} claim{'s' if edge.cites > 1 else ''}")
    if edge.copies:
        parts.append(f"shares the words of {edge.copies} passage{'s' if edge.copies > 1 else ''} with")
    return " and ".join(parts)


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "…"
