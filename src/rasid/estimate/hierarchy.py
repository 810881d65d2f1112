"""Hierarchical log-linear models over lists: which there are, how they are written, which cells they allow.

A set of lists is a number whose bits are the lists; a model is the set of its terms (sets of two or more
lists; the constant and the single lists are always in it), closed downwards: with [123] also [12], [13],
[23].
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

Term = int  # bits are lists
Terms = frozenset[Term]


def subsets(lists: int) -> list[Term]:
    """All sets of two or more lists but that of all, small sets first."""
    chosen = [s for s in range(2**lists) if 2 <= s.bit_count() < lists]
    return sorted(chosen, key=lambda s: (s.bit_count(), s))


def parts_of(term: Term) -> list[Term]:
    """The sets one smaller, where they have two or more lists."""
    return [term ^ 1 << b for b in range(term.bit_length()) if term >> b & 1 and term.bit_count() > 2]


def all_models(lists: int) -> Iterator[Terms]:
    """Every hierarchical model without the interaction of all lists: 8 for three, 113 for four, 6,893 for five."""
    every = subsets(lists)

    def grow(place: int, chosen: Terms) -> Iterator[Terms]:
        if place == len(every):
            yield chosen
            return
        yield from grow(place + 1, chosen)
        if all(part in chosen for part in parts_of(every[place])):
            yield from grow(place + 1, chosen | {every[place]})

    return grow(0, frozenset())


def neighbours(terms: Terms, lists: int, *, largest: int) -> Iterator[Terms]:
    """Models with one term more or one fewer."""
    for term in subsets(lists):
        if term in terms:
            if not any(other != term and other & term == term for other in terms):
                yield terms - {term}
        elif term.bit_count() <= largest and all(part in terms for part in parts_of(term)):
            yield terms | {term}


def generators(terms: Terms, lists: int) -> list[Term]:
    """The largest terms, from which the model is written; single lists where nothing else holds them."""
    top = [t for t in terms if not any(o != t and o & t == t for o in terms)]
    alone = [1 << i for i in range(lists) if not any(t >> i & 1 for t in top)]
    return sorted(top + alone, key=lambda t: (-t.bit_count(), t))


def written(terms: Terms, names: tuple[str, ...]) -> str:
    """`[A B][B C]`, the usual way to write a model."""
    sets = [" ".join(n for i, n in enumerate(names) if t >> i & 1) for t in generators(terms, len(names))]
    return "".join(f"[{s}]" for s in sets)


def independent_of(lists: int) -> list[Terms]:
    """The models with all pairs of a few lists, to begin a search from: none and all."""
    pairs = frozenset((1 << i) | (1 << j) for i, j in combinations(range(lists), 2))
    return [frozenset(), pairs]
