"""Guards of event words: what must stand near a word, and what must not, for it to be that event.

In: the comma-separated lists behind `only` and `unless` in knowledge/events/*.yaml. Out: a `Guard`. An item is

- a word (`film`) or words in a row (`child soldier`): they stand somewhere near;
- a class (`@sport`): any of its nouns, singular or plural, stands somewhere near;
- a fixed expression around the event word, which is written `_` (`heart _`, `_ * deal`): its words stand directly
  beside it. `*` is a gap of up to three words, `<person>` a word of that class, `<number>` any number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EVENT = "_"
GAP = "*"


@dataclass(frozen=True, slots=True)
class Guard:
    """words, rows: any of them near; expressions: (words before the event word, nearest first; words after it)."""

    words: frozenset[str]
    rows: tuple[tuple[str, ...], ...]
    expressions: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def read_guard(items: Sequence[str], classes: Mapping[str, frozenset[str]]) -> Guard | None:
    """The guard of one list; None where it is empty. Raises KeyError for a class that does not exist."""
    words: set[str] = set()
    rows: list[tuple[str, ...]] = []
    expressions: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for item in items:
        parts = item.split()
        if EVENT in parts:
            at = parts.index(EVENT)
            expressions.append((tuple(reversed(parts[:at])), tuple(parts[at + 1 :])))
        elif item.startswith("@"):
            words |= classes[item[1:]]
        elif len(parts) > 1:
            rows.append(tuple(parts))
        else:
            words.add(item)
    return Guard(frozenset(words), tuple(rows), tuple(expressions)) if items else None
