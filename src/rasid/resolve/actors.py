"""A mention of an actor or a voice -> the actor it means, with the reason, or open with the candidates.

What a person settled counts before all else; then exact names, names with words around them ("ISIS fighters", "Assad's
warplanes", "Turkish troops"), and wordings that only the document can settle ("the regime", "the Coalition", "the
group"). What is unsure stays as written: a wrong name is worse than an open one. Data: knowledge/actors/*.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from rasid.knowledge.actors import name_key
from rasid.resolve.holders import (
    as_actor,
    coalition,
    forces_of,
    named,
    only_group,
    role_of,
    state_forces,
)
from rasid.resolve.linker import (
    ARTICLE,
    Context,
    Linker,
    country_of,
    find_arena,
    may_be_known,
    show_name,
    without_article,
)
from rasid.resolve.mentions import Link, Mention, is_pronoun, without_quantity

__all__ = ["Link", "is_pronoun", "link_actor"]

_OWNER = re.compile(r"^(.+?)(?:['’]s|s['’])\s+(.+)$")
_MEMBER_OF = re.compile(
    r"^(.+?)\s+(?:of|from|belonging to|loyal to|fighting for)\s+(?:the\s+)?(.+)$", re.IGNORECASE
)
_FOR = re.compile(r"^(.+?)\s+(?:for|of)\s+(.+)$")
_KIN = re.compile(
    r"(?:^|[\s-])(?:anti|pro|non|ex)-|-(?:linked|affiliated|aligned|allied|held|controlled|inspired|leaning|run)\b",
    re.IGNORECASE,
)
_BACKED = re.compile(r"^\S+-(?:backed|led|supported|funded|trained|equipped|armed)\s+", re.IGNORECASE)
_AND = re.compile(r"\s(?:and|&)\s|(?<=\w),\s")

_ALSO_WORDS = frozenset(
    {"US", "IS", "WHO", "IT", "AU", "PA"}
)  # names that are words where all is in capitals
_OF_SOMEBODY = (
    "his ",
    "her ",
    "its ",
    "their ",
    "our ",
    "my ",
    "your ",
)  # not this document's army, but theirs
_ONE_ONLY = frozenset({"government", "army", "opposition", "coalition"})  # "nine government": read wrongly


def link_actor(
    text: str, *, linker: Linker, context: Context, role: str = "actor", event: str | None = None
) -> Link:
    """Whom this mention means.

    text:    as written
    context: what the document says (read_context)
    role:    actor, target, voice, author, person: a capital speaks for its government only as a voice, an author
             and a person are linked by whole names alone
    event:   type of the event it is in; a head of state who bombs does it by his forces
    """
    written = text.strip().strip("“”\"«»'’‘").strip() or text
    if is_pronoun(written, shouted=context.shouted):
        return Link(show_name(text), None, "A pronoun: it names nobody.")
    if not (role == "voice" and " " not in written) and not may_be_known(written, linker):
        return Link(show_name(text), None, "No list knows this name.")
    bare = without_quantity(written)
    if context.shouted and bare in _ALSO_WORDS:
        return Link(show_name(text), None, "A word or a name: the text is in capitals throughout.")
    mention = Mention(written, bare, role, event, context)
    whole = (_by_decision, _by_name, _by_country)
    steps: tuple[_Step, ...] = whole if role in ("author", "person") else _STEPS
    for step in steps:
        found = step(mention, linker)
        if found is not None:
            return found if found.kind else replace(found, name=show_name(text))
    return Link(show_name(text), None, "No list knows this name.")


# --- the steps, in order: each returns a link, an open link (kind None), or None to go on -----------------------

_Step = Callable[[Mention, Linker], "Link | None"]


def _by_decision(m: Mention, linker: Linker) -> Link | None:
    """A person said whom this name means, here or in the whole case."""
    for words in dict.fromkeys((m.written, m.bare)) if linker.settled else ():
        decided = linker.settled.find(words, m.context.document)
        if decided is not None:
            known = linker.registry.actors.get(decided.means)
            where = "document" if decided.document else "case"
            reason = f"{decided.who} that “{decided.name}” means {decided.means} in this {where}."
            return Link(decided.means, known.kind if known else "organisation", reason, by=decided)
    return None


def _by_name(m: Mention, linker: Linker) -> Link | None:
    """The whole mention is a known name."""
    for words in dict.fromkeys((m.written, m.bare)):
        found = named(words, m, linker)
        if found is not None:
            return found
    return None


def _by_country(m: Mention, linker: Linker) -> Link | None:
    iso2 = country_of(m.written, linker)
    if iso2 is None:
        return None
    if m.role in ("author", "person"):
        return Link(show_name(m.written), None, "A country's name is no author.")
    name = linker.registry.countries[iso2].name
    return Link(name, "state", f"“{m.bare}” is the name of the state.")


def _by_seat(m: Mention, linker: Linker) -> Link | None:
    iso2 = linker.seats.get(name_key(without_article(m.written)))
    if iso2 is None or m.role != "voice":
        return None
    reason = f"“{m.bare}” speaks: read as the government that sits there, not as the town."
    return as_actor(
        role_of(iso2, "government", linker, date=m.context.date), reason, linker, others=(show_name(m.bare),)
    )


def _by_first_person(m: Mention, linker: Linker) -> Link | None:
    if m.context.own_voice is None or m.bare.casefold() not in (
        "author",
        "writer",
        "this author",
        "present author",
    ):
        return None
    return Link(m.context.own_voice, "person", f"“{m.written}” is the author of the document.")


def _by_spokesman(m: Mention, linker: Linker) -> Link | None:
    """ "An IDF spokesman", "a spokesman for the SDF": a voice that speaks for an actor by office."""
    if m.role != "voice":
        return None
    words = linker.registry.wording.speaking_for
    of = _FOR.match(m.bare)
    whom = of.group(2) if of and of.group(1).casefold() in words else None
    for before, _ in _splits(m.bare, words):
        whom = before
    if whom is None:
        return None
    found = link_actor(whom, linker=linker, context=m.context, role="target")
    if found.kind is None or found.kind in ("person", "civilians"):
        return Link(m.written, None, "A spokesman of somebody no list knows for sure.", found.candidates)
    return Link(found.name, found.kind, f"A spokesman speaks for {found.name} by office.", found.candidates)


def _by_another_party(m: Mention, linker: Linker) -> Link | None:
    """ "Suspected ISIS fighters", "anti-government forces", "Iran-linked gunmen": not that actor, or not surely."""
    wording = linker.registry.wording
    first, _, rest = m.bare.partition(" ")
    if first.casefold() in wording.other_party and rest:
        found = link_actor(rest, linker=linker, context=m.context, role="target")
        others = (found.name,) if found.kind else found.candidates
        return Link(m.written, None, f"“{first}”: not surely this actor.", others)
    if _KIN.search(m.bare):
        return Link(m.written, None, "Near or against an actor, not the actor itself.")
    return None


def _by_two(m: Mention, linker: Linker) -> Link | None:
    """ "Russian and Syrian jets": two actors in one mention stay open."""
    if not _AND.search(m.bare):
        return None
    *heads, last = _AND.split(m.bare)
    noun = " ".join(last.split()[1:])
    parts = [last, *(h if " " in h or not noun else f"{h} {noun}" for h in heads)]
    found = [link_actor(p, linker=linker, context=m.context, role=m.role) for p in parts]
    if noun and not any(f.kind for f in found):  # "the Syrian and Iraqi armies": an army each
        parts = [f"{part.removesuffix(noun)}{_one_of(noun)}" for part in parts]
        found = [link_actor(p, linker=linker, context=m.context, role=m.role) for p in parts]
    others = tuple(sorted({f.name for f in found if f.kind and f.kind != "civilians"}))
    return Link(m.written, None, "Two parties in one mention.", others)


def _one_of(plural: str) -> str:
    """ "Armies" -> "army", "governments" -> "government"."""
    word = plural.casefold()
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _by_owner(m: Mention, linker: Linker) -> Link | None:
    """ "Assad's warplanes", "Turkey's army", "the Syrian regime's forces"."""
    match = _OWNER.match(m.bare)
    if match is None:
        return None
    owner, thing = match.group(1), match.group(2).casefold()
    wording = linker.registry.wording
    held = link_actor(owner, linker=linker, context=m.context, role="target")
    if held.kind is None:
        return Link(m.written, None, "Something of somebody no list knows for sure.", held.candidates)
    reason = f"“{m.bare}” are the forces of {held.name}."
    if thing in wording.governments and held.kind == "state":
        iso2 = country_of(owner, linker)
        return (
            as_actor(role_of(iso2, "government", linker, date=m.context.date), reason, linker)
            if iso2
            else None
        )
    if thing in wording.state_forces | wording.members and thing not in ("members", "member"):
        return forces_of(held, thing, reason, linker)
    return Link(m.written, None, f"Something of {held.name}, not {held.name} itself.")


def _by_membership(m: Mention, linker: Linker) -> Link | None:
    """ "Members of the Islamic State", "forces loyal to Assad"."""
    match = _MEMBER_OF.match(m.bare)
    if match is None:
        return None
    wording = linker.registry.wording
    who = match.group(1).casefold()
    nouns = wording.state_forces | wording.members
    if who not in nouns and who.split()[-1] not in nouns:
        return None
    held = link_actor(match.group(2), linker=linker, context=m.context, role="target")
    if held.kind is None:
        return Link(m.written, None, "Members of somebody no list knows for sure.", held.candidates)
    if held.kind in ("armed group", "coalition", "state forces"):
        return Link(held.name, held.kind, f"“{m.bare}” are members of {held.name}.")
    if who in wording.state_forces and who not in ("members", "fighters"):
        return forces_of(held, who, f"“{m.bare}” are the forces of {held.name}.", linker)
    return Link(m.written, None, f"People of {held.name}; in what standing is not said.", (held.name,))


def _by_modifiers(m: Mention, linker: Linker) -> Link | None:
    """ "ISIS fighters", "Turkish-backed SNA", "US-led coalition jets": a known group with words that add nothing."""
    rest = m.bare
    while True:
        splits = _splits(rest, linker.registry.wording.members)
        for words in (rest, *(before for before, _ in splits)):
            found = named(words, m, linker)
            if found is not None and found.kind in (
                "armed group",
                "coalition",
                "state forces",
                "un",
                "monitor",
                "media",
            ):
                said = f"“{m.bare}” is {found.name} with words that add nothing."
                return Link(found.name, found.kind, said, found.candidates)
        first, _, shorter = rest.partition(" ")
        if not shorter or not (_BACKED.match(rest) or first.casefold() in linker.registry.wording.fillers):
            return None
        rest = shorter


def _by_state(m: Mention, linker: Linker) -> Link | None:
    """ "Russian air force", "US troops", "Turkish government": a state's word and a word for its forces."""
    words = m.bare.split()
    for size in (2, 1):
        noun = " ".join(words[size:]).casefold()
        head = " ".join(words[:size])
        iso2 = linker.adjectives.get(name_key(head)) or (country_of(head, linker) if noun else None)
        if not noun or iso2 is None or not head[0].isupper():
            continue
        wording = linker.registry.wording
        if noun in wording.governments:
            reason = f"“{m.bare}” is the government of {linker.registry.countries[iso2].name}."
            return as_actor(role_of(iso2, "government", linker, date=m.context.date), reason, linker)
        if noun in wording.state_forces:
            return state_forces(iso2, noun, m, linker)
    return None


def _by_wording(m: Mention, linker: Linker) -> Link | None:
    """ "The regime", "the Coalition", "the group": by what the document is about, else open."""
    asks = linker.registry.wording.generic.get(without_article(m.bare).casefold())
    if asks is None:
        return None
    counted = without_article(m.written).split()[0].casefold() != m.bare.split()[0].casefold()
    if m.written.casefold().startswith(_OF_SOMEBODY) or (counted and asks in _ONE_ONLY):
        return Link(m.written, None, "Whose is not said.")
    if asks == "coalition":
        return coalition(m, linker)
    if asks == "group":
        return only_group(m, linker)
    iso2, in_play = find_arena(m.context, linker)
    if iso2 is None:
        names = tuple(n for c in in_play if (n := role_of(c, asks, linker, date=m.context.date)))
        return Link(m.written, None, "No one country is clearly in play.", names[:5], open=True)
    name = role_of(iso2, asks, linker, date=m.context.date)
    country = linker.registry.countries[iso2].name
    if name is None:
        return Link(m.written, None, f"In {country} this wording means no one actor.")
    return as_actor(name, f"“{m.bare}” in a document about {country}.", linker)


def _by_short_form(m: Mention, linker: Linker) -> Link | None:
    """ "The Front" where the document has one name with that word; "Odeh" where one Rana Odeh speaks."""
    word = without_article(m.written)
    if " " in word or not word[:1].isupper():
        return None
    names = m.context.heads.get(word.casefold(), frozenset())
    if word.casefold() not in linker.registry.wording.short_heads:
        names = _speakers_named(word, m)
    if len(names) != 1:
        return (
            Link(
                m.written, None, "The document has more than one such name.", tuple(sorted(names)), open=True
            )
            if names
            else None
        )
    name = next(iter(names))
    held = linker.plain.get(name_key(name), ())
    name = held[0] if len(held) == 1 else name
    known = linker.registry.actors.get(name)
    kind = known.kind if known else "person" if name in m.context.people else "organisation"
    return Link(name, kind, f"“{m.written}” is short for {name}, the only such name in the document.")


def _speakers_named(surname: str, m: Mention) -> frozenset[str]:
    """Full names of speakers with this surname. "The Report" with an article is no surname."""
    if m.role != "voice" or ARTICLE.match(m.written):
        return frozenset()
    return frozenset(p for p in m.context.people if p.split()[-1] == surname)


def _by_civilians(m: Mention, linker: Linker) -> Link | None:
    """ "At least 12 civilians" -> civilians; "two Iraqi journalists" -> Iraqi journalists."""
    if m.role != "target":
        return None  # who speaks or acts is kept as said: "a doctor" is not all doctors
    wording = linker.registry.wording
    words = m.bare.split()
    for size in range(len(words), 0, -1):
        shown = wording.civilians.get(" ".join(words[-size:]).casefold())
        before = words[: len(words) - size]
        if shown and all(name_key(w) in linker.adjectives or w in wording.peoples for w in before):
            return Link(" ".join([*before, shown]), "civilians", f"“{m.bare}” are civilians by their kind.")
    return None


_STEPS: tuple[_Step, ...] = (
    _by_decision,
    _by_name,
    _by_country,
    _by_seat,
    _by_first_person,
    _by_spokesman,
    _by_another_party,
    _by_two,
    _by_owner,
    _by_membership,
    _by_modifiers,
    _by_state,
    _by_wording,
    _by_short_form,
    _by_civilians,
)


def _splits(words: str, nouns: frozenset[str]) -> Iterator[tuple[str, str]]:
    """ "Al Shabaab gunmen" -> ("Al Shabaab", "gunmen"): such nouns at the end, the shortest run first."""
    parts = words.split()
    for size in range(len(parts) - 1, 0, -1):
        rest = [p.casefold() for p in parts[size:]]
        if " ".join(rest) in nouns or all(word in nouns for word in rest):
            yield " ".join(parts[:size]), " ".join(rest)
