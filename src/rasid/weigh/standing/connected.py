"""Linked things -> groups: who is connected with whom, over any number of steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T", int, str)


def connect(links: Iterable[tuple[T, T]]) -> Callable[[T], T]:
    """A function from a thing to the smallest one it is connected with; itself where it has no link."""
    leader: dict[T, T] = {}

    def find(name: T) -> T:
        top = name
        while (up := leader.get(top, top)) != top:
            top = up
        while (up := leader.get(name, name)) != top:
            leader[name], name = top, up
        return top

    for one, other in links:
        a, b = find(one), find(other)
        leader[max(a, b)] = min(a, b)
    return find
