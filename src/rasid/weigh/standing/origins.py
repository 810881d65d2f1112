"""Claims and reused text -> origins: what goes back to one place, and so counts once.

In: tables.CLAIMS, standing.REUSE. Out: standing.ORIGINS; and `independent_voices` for any list of claims.

Two claims have one origin where they stand in stretches of the same words and do not differ, or where they say the
same thing and go back to the same named voice ("both cite the Observatory"). A witness without a name is known only
through whoever heard it, so that one is the origin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from rasid.knowledge.actors import fold_name
from rasid.model.ids import content_id
from rasid.model.standing import ORIGINS, REUSE, ReuseKind, Shared
from rasid.model.tables import Row, as_rows, check, table
from rasid.weigh.standing.connected import connect
from rasid.weigh.standing.things import Thing, is_echo, pairs_of_things, root_of, ties

_MANY = 40  # of one type in one group of copies, how many of the next each claim is held against


@dataclass(frozen=True, slots=True)
class Independent:
    """Claims that go back to one origin.

    voice:  the voice they go back to, of several the one that most do
    voices: all that they go back to, sorted; more than one where one copied the other
    claims: ids, sorted
    """

    voice: str
    voices: tuple[str, ...]
    claims: tuple[str, ...]


def find_origins(rows: Sequence[Row], things: Sequence[Thing], reuse: pl.DataFrame) -> pl.DataFrame:
    """standing.ORIGINS of a case.

    rows, things: of tables.CLAIMS (reads id, document, start, trigger), and the same ready to compare
    """
    groups = as_rows(check(reuse, REUSE, where="find_origins"))
    by_claim = {thing.claim: thing for thing in things}
    links = [*_by_words(rows, by_claim, groups), *_by_quote(things), *_by_voice(things)]
    leader = connect((one, other) for one, other, _ in links)
    why: dict[str, set[Shared]] = defaultdict(set)
    for one, _, shared in links:
        why[leader(one)].add(shared)
    members: dict[str, list[str]] = defaultdict(list)
    for claim in by_claim:
        members[leader(claim)].append(claim)
    made = [
        _origin([by_claim[c] for c in sorted(held)], why[top])
        for top, held in members.items()
        if len(held) > 1
    ]
    return table(sorted(made, key=lambda row: str(row["id"])), ORIGINS)


def independent_voices(
    claims: Sequence[Row], origins: pl.DataFrame | Sequence[Row] = ()
) -> list[Independent]:
    """Claims about ONE thing (a row of a matrix, an incident, a figure) -> what is independent among them.

    Claims that go back to one named voice, or that `find_origins` put together, count once. Read the number of groups
    as "so many origins", never as proof: two origins may have a third one that no text names.

    claims:  rows of tables.CLAIMS; reads id and voices
    origins: standing.ORIGINS, or rows of it
    returns: groups sorted by voice; each claim is in exactly one
    """
    held = as_rows(origins) if isinstance(origins, pl.DataFrame) else origins
    of_claim = {claim: str(row["id"]) for row in held for claim in _texts(row["claims"])}
    root = {str(claim["id"]): root_of(_texts(claim["voices"]) or ["unnamed"]) for claim in claims}
    first: dict[str, str] = {}
    same = _one_name(set(root.values()))
    links = []
    for claim, voice in root.items():
        for key in (f"voice {same[voice]}", f"origin {of_claim[claim]}" if claim in of_claim else ""):
            if key:
                links.append((claim, first.setdefault(key, claim)))
    leader = connect(links)
    groups: dict[str, list[str]] = defaultdict(list)
    for claim in root:
        groups[leader(claim)].append(claim)
    return sorted((_independent(held, root) for held in groups.values()), key=lambda g: (g.voice, g.claims))


def _one_name(voices: set[str]) -> dict[str, str]:
    """Voice -> the first of those whose name holds all its words: a shorter name never counts as another source."""
    words = {voice: frozenset(fold_name(voice).split()) for voice in voices}
    having: dict[str, set[str]] = defaultdict(set)
    for voice, held in words.items():
        for word in held:
            having[word].add(voice)
    longer = {v: min(set.intersection(*(having[w] for w in held)) - {v}, default=v, key=lambda o: (-len(words[o]), o))
              for v, held in words.items() if held}  # fmt: skip
    return {voice: longer.get(voice, voice) for voice in voices}


def _independent(claims: list[str], root: Mapping[str, str]) -> Independent:
    voices = [root[claim] for claim in claims]
    most = min(set(voices), key=lambda voice: (-voices.count(voice), voice))
    return Independent(most, tuple(sorted(set(voices))), tuple(sorted(claims)))


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(each) for each in value]


# --- the same words -------------------------------------------------------------------------------------------


def _by_words(
    rows: Sequence[Row], things: Mapping[str, Thing], groups: Iterable[Row]
) -> Iterator[tuple[str, str, Shared]]:
    """Claims whose words stand in stretches of one group, where nothing in them differs."""
    found = _Triggers(rows)
    for group in groups:
        if group["kind"] == ReuseKind.SAME_FORM.value:
            continue
        by_type: dict[tuple[str, bool], list[Thing]] = defaultdict(list)
        for claim in found.within(_rows(group["stretches"])):
            thing = things[claim]
            by_type[thing.type, thing.denied].append(thing)
        for _, held in sorted(by_type.items()):
            held.sort(key=lambda thing: thing.claim)
            for place, one in enumerate(held):
                for other in held[place + 1 : place + 1 + _MANY]:
                    if one.document != other.document and ties(one, other) is not None:
                        yield one.claim, other.claim, Shared.WORDS


def _by_quote(things: Sequence[Thing]) -> Iterator[tuple[str, str, Shared]]:
    """Claims on the same thing whose quotes have nearly the same words."""
    for one, other in pairs_of_things(things):
        apart = one.document != other.document and one.denied == other.denied
        if apart and is_echo(one, other) and ties(one, other) is not None:
            yield one.claim, other.claim, Shared.WORDS


def _rows(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value


class _Triggers:
    """Where the words that make each claim stand, to find those inside a stretch."""

    def __init__(self, rows: Iterable[Row]) -> None:
        held: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in rows:
            trigger = row["trigger"]
            at = (
                trigger["start"]
                if isinstance(trigger, dict) and trigger["start"] is not None
                else row["start"]
            )
            held[str(row["document"])].append((int(str(at)), str(row["id"])))
        self._held = {document: sorted(places) for document, places in held.items()}

    def within(self, stretches: Iterable[Row]) -> Iterator[str]:
        """The claims of these stretches."""
        for stretch in stretches:
            places = self._held.get(str(stretch["document"]), [])
            first = bisect_right(places, (int(str(stretch["start"])) - 1, "~"))
            last = bisect_right(places, (int(str(stretch["end"])) - 1, "~"))
            yield from (claim for _, claim in places[first:last])


# --- the same voice -------------------------------------------------------------------------------------------


def _by_voice(things: Sequence[Thing]) -> Iterator[tuple[str, str, Shared]]:
    """Claims that say the same thing and go back to one named voice, who may have brought its numbers up to date."""
    by_root: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        by_root[thing.root].append(thing)
    for _, told in sorted(by_root.items()):
        for one, other in pairs_of_things(told):
            held = ties(one, other, numbers=False) if one.denied == other.denied else None
            if held and (one.document != other.document or len(held) > 1):
                innermost = one.voices[-1] == other.voices[-1] == one.root
                yield one.claim, other.claim, Shared.VOICE if innermost else Shared.CHANNEL


def _origin(things: Sequence[Thing], why: Iterable[Shared]) -> Row:
    roots = sorted({thing.root for thing in things})
    claims = [thing.claim for thing in things]
    tellers = sorted({thing.voices[0] for thing in things})
    shares = sorted(why)
    return {
        "id": content_id("o", *claims),
        "origin": roots[0] if len(roots) == 1 else None,
        "shares": [each.value for each in shares],
        "reason": _reason(shares, roots, tellers, len({thing.document for thing in things})),
        "claims": claims,
        "documents": sorted({thing.document for thing in things}),
        "tellers": tellers,
    }


def _reason(shares: Sequence[Shared], roots: Sequence[str], tellers: Sequence[str], documents: int) -> str:
    where = f"{documents} documents" if documents > 1 else "one document"
    parts = ["they share the same words"] if Shared.WORDS in shares else []
    if len(roots) > 1:
        if shares != [Shared.WORDS]:
            parts.append("they go back to the same voices")
    elif Shared.VOICE in shares:
        said = "says so itself" if roots[0] in tellers else "is cited"
        parts.append(f"all go back to {roots[0]}, which {said}")
    elif Shared.CHANNEL in shares:
        parts.append(f"it is known only through {roots[0]}")
    return f"Told in {where}; {'; '.join(parts)}. It counts once."
