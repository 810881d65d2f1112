"""Who holds a name or a wording: the actor of a name then, the forces of a state, the coalition of a document."""

from __future__ import annotations

from rasid.knowledge.actors import name_key
from rasid.knowledge.registry import Actor, TimedName
from rasid.resolve.linker import ARTICLE, Context, Linker, country_of, without_article
from rasid.resolve.mentions import Link, Mention

#: Events that a head of state does only through his forces: "Assad bombed the market".
_BY_FORCES = frozenset(
    "air_strike drone_attack shelling bombing grenade chemical_attack prohibited_weapons battle siege".split()
)
_WAR = frozenset({"battle"})  # of these the forces are the target too: "they fight Assad"


def named(words: str, m: Mention, linker: Linker) -> Link | None:
    """The actor of this exact name: the only one, or the one of several that the document speaks of."""
    key = name_key(without_article(words))
    holders = (*linker.plain.get(key, ()), *linker.local.get(key, ()))
    if not holders:
        return None
    if len(holders) == 1 and key in linker.plain:
        name = holders[0]
    else:
        scores = {h: _nearness(linker.registry.actors[h], words, m.context) for h in holders}
        best = [h for h, score in scores.items() if score == max(scores.values()) and score > 0]
        if len(best) != 1:
            return Link(m.written, None, _why_none(words, scores, m, linker), tuple(scores), open=True)
        name = best[0]
    actor = linker.registry.actors[name]
    if actor.kind == "person" and m.role in ("actor", "target"):
        events = _BY_FORCES if m.role == "actor" else _WAR
        for forces in actor.related("forces") if m.event in events else ():
            reason = f"“{words}” stands for the forces: nobody does this by himself."
            return as_actor(forces, reason, linker, others=(actor.name,))
    return _in_its_time(words, actor, m.context, linker)


def _nearness(actor: Actor, words: str, context: Context) -> int:
    """4 if the document names it beyond doubt, 2 if it is about its country; 1 less for a name of another time."""
    near = any(country in context.countries for country in actor.countries)
    score = 4 * (actor.name in context.actors) + 2 * near
    return score - (score > 0 and out_of_time(words, actor, context.date) is not None)


def _why_none(words: str, scores: dict[str, int], m: Mention, linker: Linker) -> str:
    late = [
        f"{name}: {why}"
        for name in scores
        if (why := out_of_time(words, linker.registry.actors[name], m.context.date)) is not None
    ]
    said = "This name has several holders, and the document settles none."
    return f"{said} ({'; '.join(late)}.)" if late else said


def _in_its_time(words: str, actor: Actor, context: Context, linker: Linker) -> Link | None:
    """The actor of a name; where the name was not in use then, who held its role, else the actor with that reason."""
    said = f"“{words}” is the name." if words == actor.name else f"“{words}” is a known name of {actor.name}."
    why = out_of_time(words, actor, context.date)
    if why is None:
        return Link(actor.name, actor.kind, said)
    if actor.role and actor.countries:
        then = role_of(actor.countries[0], actor.role.split("+")[0], linker, date=context.date)
        if then is not None and then != actor.name:
            reason = f"“{words}”: {why}; in {context.date} this was {then}."
            return as_actor(then, reason, linker, others=(actor.name,))
    return Link(actor.name, actor.kind, f"{said} But {why}.")


def out_of_time(words: str, actor: Actor, date: str | None) -> str | None:
    """Why this name did not fit the actor at that date ("the name was in use until 2016-07"); None if it did.

    date: ISO day, month or year of the document; None says nothing. Compared as far as both are known, so that the
          month of a change fits both names.
    """
    key = name_key(without_article(words))
    spans = [n for n in actor.names if name_key(n.name) == key] or _life(actor)
    if not date or not spans or any(_covers(n, date) for n in spans):
        return None
    later = [n.first for n in spans if n.first is not None and _before(date, n.first)]
    if len(later) == len(spans):
        return f"the name is in use only since {min(later)}, and the document is of {date}"
    return f"the name was in use until {max(n.last for n in spans if n.last)}, and the document is of {date}"


def _life(actor: Actor) -> list[TimedName]:
    """From the first of its dated names to the last, gaps and all; empty where none is dated."""
    firsts, lasts = [n.first for n in actor.names], [n.last for n in actor.names]
    first = None if None in firsts else min(filter(None, firsts), default=None)
    last = None if None in lasts else max(filter(None, lasts), default=None)
    return [TimedName(actor.name, first, last)] if actor.names else []


def _covers(name: TimedName, date: str) -> bool:
    starts = name.first is None or not _before(date, name.first)
    return starts and (name.last is None or not _before(name.last, date))


def _before(a: str, b: str) -> bool:
    """Is ISO date a before b, as far as both are known? 2016 is not before 2016-07."""
    known = min(len(a), len(b))
    return a[:known] < b[:known]


def role_of(iso2: str, asks: str, linker: Linker, *, date: str | None = None) -> str | None:
    """The actor that a general wording means in this country at that date; None where it means no one actor."""
    held = linker.roles.get((iso2, asks), ())
    then = [name for name in held if _stands(linker.registry.actors[name], date)]
    if held or asks in ("opposition", "rebels"):
        return then[0] if then else None
    if asks == "army":
        return role_of(iso2, "forces", linker, date=date)
    return f"{linker.registry.countries[iso2].adjectives[0]} {asks}"


def _stands(actor: Actor, date: str | None) -> bool:
    """Did the actor exist then, by the times of its names? Without a date or such times it did."""
    return date is None or not actor.names or any(_covers(n, date) for n in _life(actor))


def as_actor(name: str | None, reason: str, linker: Linker, *, others: tuple[str, ...] = ()) -> Link | None:
    """A link to an actor of the registry, or to one that is made from a country's word; None without a name."""
    if name is None:
        return None
    known = linker.registry.actors.get(name)
    kind = known.kind if known else "state forces" if name.endswith("forces") else "state"
    return Link(name, kind, reason, others)


def state_forces(iso2: str, noun: str, m: Mention, linker: Linker) -> Link | None:
    """ "Russian air force", "US troops"; open where the state had more than one army."""
    wording = linker.registry.wording
    country = linker.registry.countries[iso2].name
    if iso2 in wording.divided and not noun.startswith(("government", "army")):
        return Link(
            m.written, None, f"{country} had more than one army.", _candidates_of(iso2, linker), open=True
        )
    asks = "army" if wording.generic.get(noun) == "army" and noun != "air force" else "forces"
    return as_actor(
        role_of(iso2, asks, linker, date=m.context.date), f"“{m.bare}” are forces of {country}.", linker
    )


def _candidates_of(iso2: str, linker: Linker) -> tuple[str, ...]:
    kinds = ("state forces", "armed group")
    actors = linker.registry.actors.values()
    return tuple(a.name for a in actors if a.countries[:1] == (iso2,) and a.kind in kinds)[:5]


def forces_of(held: Link, noun: str, reason: str, linker: Linker) -> Link | None:
    """The forces of a linked owner: of a leader, a state, a government, or the group itself."""
    if held.kind in ("armed group", "coalition", "state forces"):
        return Link(held.name, held.kind, reason)
    actor = linker.registry.actors.get(held.name)
    if actor is not None and actor.related("forces"):
        return as_actor(actor.related("forces")[0], reason, linker, others=(actor.name,))
    if held.kind != "state" or noun not in linker.registry.wording.state_forces:
        return Link(held.name, None, f"Something of {held.name}.")
    iso2 = actor.countries[0] if actor and actor.countries else country_of(held.name, linker)
    if iso2 is None or (actor and actor.role != "government"):
        return Link(held.name, None, f"Something of {held.name}.")
    asks = "army" if noun in ("army", "military", "armed forces") else "forces"
    return as_actor(role_of(iso2, asks, linker), reason, linker)


def coalition(m: Mention, linker: Linker) -> Link | None:
    """The coalition that the document names, else the one whose enemy it names, else the only one of its countries."""
    actors = linker.registry.actors.values()
    near = [a for a in actors if a.kind == "coalition" and any(c in m.context.countries for c in a.countries)]
    spoken = [a for a in near if a.name in m.context.actors]
    fought = [a for a in near if any(enemy in m.context.actors for enemy in a.related("against"))]
    for why, found in (("the only one the document names", spoken), ("the one against its enemy", fought)):
        if len(found) == 1:
            return Link(found[0].name, "coalition", f"“{m.bare}”: {why}.")
    if len(near) == 1 and not spoken:
        return Link(near[0].name, "coalition", f"“{m.bare}”: the only one in the countries of the document.")
    return Link(m.written, None, "Which coalition is not said.", tuple(a.name for a in near)[:5], open=True)


def only_group(m: Mention, linker: Linker) -> Link | None:
    """The only armed group that the document names."""
    groups = sorted(a for a in m.context.actors if linker.registry.actors[a].kind == "armed group")
    if len(groups) == 1 and ARTICLE.match(m.written):
        return Link(groups[0], "armed group", f"“{m.bare}”: the only armed group the document names.")
    return Link(m.written, None, "Which group is not said.", tuple(groups)[:5], open=True)
