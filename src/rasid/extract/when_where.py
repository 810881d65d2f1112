"""When and where each happening of a sentence was: its own words, or those of the happening it is told with.

"On 4 June, drones struck Port Osel, killing nine traders": the killing has no day and no place of its own, but it is
told as a part of the strike. Such days and places are taken over, and the reason of the claim says so. Nothing
is taken over from what somebody else says, from a clause that tells of another time ("who had been missing since
May", "after the raid"), nor from the words of saying ("police said on Friday").

In: a `Sentence`, its events and times, the voices. Out: a `Setting` for each event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid.extract.cells import place_cell, time_cell
from rasid.extract.chains import chain_at
from rasid.extract.found import AttributionFound, EventFound, Stretch
from rasid.extract.happenings import Happening
from rasid.extract.syntax import Sentence
from rasid.extract.times import TimeFound
from rasid.knowledge.forms import listed
from rasid.model.tables import Row

_CLIMB = 6  # steps from a time up to the event it is said of
_PATH = 5  # steps between two events of one telling
_JOINED = frozenset({"conj", "parataxis", "advcl", "xcomp", "acl", "acl:relcl", "list", "root", "dep"})
_APART = listed(
    "after before since until till if unless because although though despite where whereas whenever while once to lest"
)
_OUTCOMES = frozenset(
    {"killing", "death", "injury", "destruction", "displacement", "abduction", "casualties"}
)
_ACTS = frozenset(
    {
        "attack", "air_strike", "drone_attack", "shelling", "bombing", "suicide_attack", "grenade", "facility_attack",
        "chemical_attack", "battle",
    }
)  # fmt: skip
# Said or decided, not done at the place and on the day of the deed.
_WORDS_ONLY = listed(
    "accusation diplomacy support publication appeal trust creation motive responsibility denial court_act threat"
    " claim_of_responsibility threat_status agreement continuation"
)
_RELATIVES = frozenset({"which", "that", "who", "whom", "where"})
_OPENERS = 2  # tokens before a time that opens its sentence: "On the", "Late on"
_INNER = frozenset({"in", "near", "outside"})
_LINKS = listed("on at in late early during the of last")


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where one event was; `borrowed` names what was taken over from a sister clause ("day", "place"),
    `before` the words of an earlier happening that the event refers back to."""

    time: Row | None = None
    places: tuple[Row, ...] = ()
    borrowed: tuple[str, ...] = ()
    before: str = ""


def find_settings(
    s: Sentence,
    events: Sequence[EventFound],
    times: Sequence[TimeFound],
    *,
    voices: Sequence[AttributionFound],
    meant: Mapping[int, Happening],
) -> list[Setting]:
    """One setting per event, in their order.

    meant: event -> the happening told before that its noun refers back to
    """
    own = _own_times(s, events, times, voices)
    opening = next((t for t in times if _opens(s, t)), None)
    settings = []
    for k, event in enumerate(events):
        time, places, borrowed = own.get(k), _with_inner_place(s, event.places), []
        sisters = [j for j in _by_nearness(events, k) if _are_sisters(s, events[j], event, voices)]
        if time is None:
            time = next((own[j] for j in sisters if j in own), None)
            if time is None and opening is not None and _reaches(s, opening, event, voices):
                time = opening
            borrowed += ["day"] * (time is not None)
        if not places:
            places = next((events[j].places for j in sisters if _has_name(s, events[j].places)), ())
            borrowed += ["place"] * bool(places)
        setting = Setting(
            None if time is None else time_cell(s, time),
            tuple(place_cell(s, p) for p in places),
            tuple(borrowed),
        )
        earlier = next((meant[j] for j in (k, *sisters) if j in meant), None)
        settings.append(setting if earlier is None else _as_before(setting, earlier))
    return settings


def _with_inner_place(s: Sentence, places: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """ "At the gate of the seminary in Mbele": Mbele too, whatever the parser hangs it on."""
    if not places:
        return places
    first = places[-1].last + 2
    if first >= len(s) or s.lower[first - 1] not in _INNER or s.labels[first] != "LOC":
        return places
    last = first
    while last + 1 < len(s) and s.labels[last + 1] == "LOC":
        last += 1
    return (*places, Stretch(first, last, *s.chars(first, last)))


def _as_before(setting: Setting, earlier: Happening) -> Setting:
    """Day and place of the happening that "the attack" refers back to, where the sentence says none itself."""
    if setting.time is not None or setting.places:
        return setting
    return Setting(earlier.time, earlier.places, before=earlier.words)


def _own_times(
    s: Sentence,
    events: Sequence[EventFound],
    times: Sequence[TimeFound],
    voices: Sequence[AttributionFound],
) -> dict[int, TimeFound]:
    """event -> the time said of it: the one below it in the parse, or the only one for the only event."""
    bound: dict[int, TimeFound] = {}
    heads = {event.head: k for k, event in reversed(list(enumerate(events)))}
    for time in times:
        said_of = [k for k, event in enumerate(events) if not _is_of_saying(s, time, event, voices)]
        if len(events) == 1 and _is_of_other_verb(s, time, events[0]):
            continue
        if len(events) == 1 and said_of:
            bound.setdefault(0, time)
            continue
        above = _after_clause(s, time, _above(s, time, heads), events)
        if above in said_of:
            bound.setdefault(above, time)
    return bound


def _is_of_other_verb(s: Sentence, time: TimeFound, event: EventFound) -> bool:
    """ "They attacked the troops, which for weeks had been training": a relative clause has a time of its own."""
    behind = range(max(event.head, event.trigger.last) + 1, time.where.first)
    opened = [k for k in behind if s.lower[k] in {"which", "who", "whom", "where"} and s.words[k - 1] == ","]
    if opened and "," not in s.words[opened[-1] : time.where.first]:
        return True
    i = time.where.last
    for _ in range(_CLIMB):
        if i == event.head or s.heads[i] == i or event.trigger.first <= i <= event.trigger.last:
            return False
        if s.deps[i] == "acl:relcl" and s.pos[i] in {"VERB", "AUX"}:
            return i not in _ups(s, event.head)
        i = s.heads[i]
    return False


def _above(s: Sentence, time: TimeFound, heads: dict[int, int]) -> int | None:
    i = time.where.last
    for _ in range(_CLIMB):
        if i in heads:
            return heads[i]
        if s.heads[i] == i:
            return None
        i = s.heads[i]
    return None


def _after_clause(
    s: Sentence, time: TimeFound, above: int | None, events: Sequence[EventFound]
) -> int | None:
    """ "Two were arrested after a bomb exploded on 3 June": the bomb's day, though the parser may hang it higher."""
    if above is None:
        return None
    mark = next((i for i in range(time.where.first, events[above].head, -1) if s.lower[i] in _APART), None)
    if mark is None or "," in s.words[mark : time.where.first]:
        return above
    inside = [k for k, event in enumerate(events) if mark < event.head < time.where.first]
    return inside[-1] if inside else above


def _is_of_saying(
    s: Sentence, time: TimeFound, event: EventFound, voices: Sequence[AttributionFound]
) -> bool:
    """ "said on Monday that": the time beside the verb of a voice that says the event."""
    for voice in chain_at(voices, event.trigger.start).attributions:
        if voice.cue is None:
            continue
        if not any(start <= time.where.start < end for start, end in voice.contents):
            return True
        if voice.cue[1] <= time.where.start and _only_links(s, voice.cue[1], time.where.start):
            return True
    return False


def _only_links(s: Sentence, start: int, end: int) -> bool:
    return all(s.lower[i] in _LINKS for i in range(len(s)) if start <= s.starts[i] < end)


def _opens(s: Sentence, time: TimeFound) -> bool:
    """ "On 4 June, ...": the time stands at the start and is cut off by a comma."""
    after = time.where.last + 1
    return (
        time.where.first <= _OPENERS
        and all(s.lower[i] in _LINKS for i in range(time.where.first))
        and after < len(s)
        and s.words[after] == ","
    )


def _reaches(s: Sentence, time: TimeFound, event: EventFound, voices: Sequence[AttributionFound]) -> bool:
    """Does a time that opens the sentence hold for this event too?"""
    inside = range(time.where.last + 1, event.head)
    relative = next((i for i in inside if s.lower[i] in _RELATIVES and s.words[i - 1] == ","), None)
    if relative is not None and "," not in s.words[relative : event.head]:
        return False
    return not _is_of_saying(s, time, event, voices) and not _is_aside(s, event.head)


def _is_aside(s: Sentence, head: int) -> bool:
    """In a relative clause, after "after", or in the past perfect: told of another time."""
    i = head
    for _ in range(_CLIMB):
        if s.deps[i] == "acl:relcl" or _is_apart(s, i) or _is_earlier(s, i):
            return True
        if s.heads[i] == i:
            return False
        i = s.heads[i]
    return False


def _by_nearness(events: Sequence[EventFound], k: int) -> list[int]:
    others = [j for j in range(len(events)) if j != k]
    return sorted(others, key=lambda j: (abs(events[j].head - events[k].head), j))


def _are_sisters(
    s: Sentence, giver: EventFound, taker: EventFound, voices: Sequence[AttributionFound]
) -> bool:
    """Are two events told as one happening, so that the day and place of one hold for the other?"""
    if taker.type in _WORDS_ONLY or giver.type in _WORDS_ONLY:
        return False
    if giver.head == taker.head or _is_its_act(s, giver, taker):
        return True
    if chain_at(voices, giver.trigger.start) != chain_at(voices, taker.trigger.start):
        return False
    if _is_earlier(s, giver.head) != _is_earlier(s, taker.head):
        return False
    if _follows_as_participle(s, giver, taker):
        return True
    path = _path(s, giver.head, taker.head)
    if path is None or any(_is_apart(s, i) for i in path):
        return False
    if any(s.deps[i] == "acl:relcl" for i in path):
        other = any(s.deps[i] == "conj" for i in path)  # "one in X and another in Y that killed two"
        return giver.type in _ACTS and taker.type in _OUTCOMES and giver.head < taker.head and not other
    return all(s.deps[i] in _JOINED for i in path)


def _is_its_act(s: Sentence, giver: EventFound, taker: EventFound) -> bool:
    """ "The attack left three dead", "seven were hurt in the attack": the act that did the harm."""
    if giver.type not in _ACTS or taker.type not in _OUTCOMES or s.heads[giver.head] != taker.head:
        return False
    case = s.child(giver.head, "case")
    return s.deps[giver.head] == "nsubj" or (
        s.deps[giver.head] == "obl" and case is not None and s.lower[case] in {"in", "during", "by"}
    )


def _has_name(s: Sentence, places: Sequence[Stretch]) -> bool:
    """ "Their homes" is no place that another happening could be said to share."""
    named = any(s.pos[i] == "PROPN" for place in places for i in range(place.first, place.last + 1))
    return named or any(s.lower[place.first] == "the" for place in places)


def _path(s: Sentence, a: int, b: int) -> list[int] | None:
    """The tokens whose arcs join two tokens in the parse; None if they are far apart."""
    up_a, up_b = _ups(s, a), _ups(s, b)
    meeting = next((i for i in up_a if i in up_b), None)
    if meeting is None:
        return None
    path = up_a[: up_a.index(meeting)] + up_b[: up_b.index(meeting)]
    return path if len(path) <= _PATH else None


def _ups(s: Sentence, i: int) -> list[int]:
    ups = [i]
    while s.heads[i] != i and len(ups) <= _PATH:
        i = s.heads[i]
        ups.append(i)
    return ups


def _is_apart(s: Sentence, i: int) -> bool:
    """A clause that tells what was before, after, or only if."""
    opener = s.child(i, "mark", "advmod", "case")
    return (
        opener is not None and opener < i and s.lower[opener] in _APART and s.deps[i] not in {"root", "obl"}
    )


def _is_earlier(s: Sentence, i: int) -> bool:
    """Past perfect: "had been missing"."""
    return any(s.lower[c] == "had" and s.deps[c] == "aux" for c in s.children[i])


def _follows_as_participle(s: Sentence, giver: EventFound, taker: EventFound) -> bool:
    """ ", killing nine and wounding 31", whatever the parser hangs it on."""
    first = taker.trigger.first
    if taker.type not in _OUTCOMES or first <= giver.head or s.tags[first] != "VBG" or first == 0:
        return False
    return s.words[first - 1] in {",", "and"} and not any(
        s.words[i] == ";" or s.lower[i] in _RELATIVES for i in range(giver.head, first)
    )
