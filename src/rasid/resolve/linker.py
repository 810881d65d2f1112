"""What actors can be linked to (the registry, indexed), and what a document says that helps: its countries, the
actors it names beyond doubt, the full names that a short form can mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rasid.knowledge.actors import Names, fold_name, load_places, name_key
from rasid.knowledge.registry import Registry
from rasid.resolve.settled import SettledNames

_TOWNS = 3  # different towns of a country that bring it into play although it is never named
_CLEAR_LEAD = 2.0  # a country is in play alone when it is named this many times as often as the next
_WORD = re.compile(r"[^\W\d_][\w'’‘ʿʾ.-]*")
_FULL_NAME = re.compile(r"(?!(?:The|THE|A|AN|This|THIS)\s)(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+$")
_RUN = re.compile(r"(?:^|(?<=[\s(“\"]))((?:[A-Z][\w'’-]*\s+){1,4})([A-Z][a-z]+)\b")
ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Context:
    """What the document says that helps to settle a mention.

    countries: ISO code -> how often the document names it, its people or an actor of it
    actors:    registry names of the actors it names beyond doubt
    heads:     "Front" -> the full names in the document that have this word
    people:    full names of people who speak in it
    own_voice: its author, or what stands for it
    shouted:   is it written in capitals throughout?
    date:      ISO day, month or year of the document, if it is known
    document:  its id
    """

    countries: Mapping[str, int] = field(default_factory=dict)
    actors: frozenset[str] = frozenset()
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    own_voice: str | None = None
    shouted: bool = False
    date: str | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Linker:
    """The registry, indexed for linking. Make it with `make_linker`."""

    registry: Registry
    places: Names
    plain: Mapping[str, tuple[str, ...]]  # key of a name -> actors
    local: Mapping[str, tuple[str, ...]]  # the same, for names valid only near home
    adjectives: Mapping[str, str]  # "syrian" -> SY
    seats: Mapping[str, str]  # "damascus" -> SY
    roles: Mapping[tuple[str, str], tuple[str, ...]]  # (SY, "army") -> actors, one after the other in time
    starts: frozenset[str]  # folded first words of all these, to skip the rest fast
    triggers: frozenset[str]  # a mention without any of these words is nobody on the lists
    settled: SettledNames = field(default_factory=SettledNames)  # by people, for the case


def make_linker(registry: Registry, settled: SettledNames | None = None) -> Linker:
    """Index a registry (load_registry), the names of countries, and what people settled."""
    decided = settled or SettledNames()
    plain: dict[str, list[str]] = {}
    local: dict[str, list[str]] = {}
    roles: dict[tuple[str, str], tuple[str, ...]] = {}
    for actor in registry.actors.values():
        for index, names in ((plain, (actor.name, *actor.aliases)), (local, actor.local)):
            for name in names:
                held = index.setdefault(name_key(name), [])
                if actor.name not in held:
                    held.append(actor.name)
        if actor.role and actor.countries:
            for role in actor.role.split("+"):
                roles[actor.countries[0], role] = (*roles.get((actor.countries[0], role), ()), actor.name)
    countries = registry.countries.values()
    adjectives = {name_key(word): c.iso2 for c in countries for word in c.adjectives}
    seats = {name_key(seat): c.iso2 for c in countries for seat in c.seats}
    places = load_places()
    all_names = (*plain, *local, *adjectives, *places.folded, *places.acronyms)
    starts = frozenset(fold_name(name.removeprefix("=")).split(" ")[0] for name in all_names)
    wording = registry.wording
    others = (*wording.generic, *wording.civilians, *wording.short_heads, *wording.other_party)
    return Linker(
        registry=registry,
        places=places,
        plain={key: tuple(names) for key, names in plain.items()},
        local={key: tuple(names) for key, names in local.items()},
        adjectives=adjectives,
        seats=seats,
        roles=roles,
        starts=starts,
        triggers=starts
        | {fold_name(word) for phrase in others for word in phrase.split()}
        | {part for s in decided.held.values() for part in fold_name(s.name).split()}
        | {"author", "writer"},
        settled=decided,
    )


def show_name(written: str) -> str:
    """A written name as it is shown when no list knows it: no article, no possessive, single spaces."""
    return _POSSESSIVE.sub("", ARTICLE.sub("", SPACES.sub(" ", written).strip(" .,;:"))) or written


def read_context(
    text: str,
    *,
    linker: Linker,
    people: Iterable[str] = (),
    own_voice: str | None = None,
    date: str | None = None,
    document: str = "",
) -> Context:
    """Which countries, actors and full names a document has. `text` may be its quotes alone."""
    countries: Counter[str] = Counter()
    actors: set[str] = set()
    heads: dict[str, set[str]] = {}
    towns: dict[str, list[str]] = {}
    shouted = text.isupper()
    for name, iso2 in _names_in(text, linker):
        if iso2 is not None and name:
            towns.setdefault(iso2, []).append(name)
        elif iso2 is not None:
            countries[iso2] += 1
        else:
            actor = linker.registry.actors[name]
            actors.add(name)
            if len(actor.countries) == 1:
                countries[actor.countries[0]] += 1
            for word in name.split():
                if word.casefold() in linker.registry.wording.short_heads:
                    heads.setdefault(word.casefold(), set()).add(name)
    for iso2, named in towns.items():  # a single name of a town may be anything, the more so in capitals
        if iso2 in countries or (len(set(named)) >= _TOWNS and not shouted):
            countries[iso2] += len(named)
    for head, name in _capitalised_runs(text, linker):
        heads.setdefault(head, set()).add(name)
    return Context(
        countries=dict(countries),
        actors=frozenset(actors),
        heads={head: _shortest(names) for head, names in heads.items()},
        people=frozenset(p for p in people if _FULL_NAME.match(p)),
        own_voice=own_voice,
        shouted=shouted,
        date=date,
        document=document,
    )


def find_arena(context: Context, linker: Linker) -> tuple[str | None, tuple[str, ...]]:
    """The one country whose war the document tells of, and all that are in play, most named first."""
    ranked = sorted(context.countries, key=lambda c: (-context.countries[c], c))
    ranked = [c for c in ranked if c in linker.registry.countries]
    abroad = linker.registry.wording.interveners
    home = [c for c in ranked if c not in abroad]
    if not ranked:
        return None, ()
    if not home:
        return (ranked[0] if len(ranked) == 1 else None), tuple(ranked)
    top, others = home[0], [context.countries[c] for c in home[1:]]
    lead = context.countries[top]
    outdone = (
        any(context.countries[c] >= lead for c in ranked if c in abroad and lead > 1) if lead < 4 else False
    )
    if (others and lead < _CLEAR_LEAD * max(others)) or outdone:
        return None, tuple(ranked)
    return top, tuple(ranked)


def country_of(words: str, linker: Linker) -> str | None:
    """ISO code of the country of this name; only of those in countries.yaml."""
    known = linker.places.find(without_article(words))
    if known is None or known.level != "country" or known.country not in linker.registry.countries:
        return None
    return known.country


def may_be_known(words: str, linker: Linker) -> bool:
    """Has the mention any word that a known name or wording begins with? The rest is skipped for speed."""
    return any(part in linker.triggers for word in words.split() for part in _folded_parts(word))


@lru_cache(maxsize=200_000)
def _folded_parts(word: str) -> tuple[str, ...]:
    """ "al-Qaeda's" -> ("qaeda", "s")."""
    return tuple(fold_name(word.strip('.,;:"“”()[]')).split(" "))


# --- names in a text ---


def _names_in(text: str, linker: Linker) -> Iterator[tuple[str, str | None]]:
    """Names in the text, longest first: (actor, None) for actors beyond doubt, ("", ISO) for countries, (town, ISO)."""
    words = [w.group().rstrip(".'’-") for w in _WORD.finditer(text)]
    i = 0
    while i < len(words):
        step = 1
        if _may_start(words[i], linker):
            for size in range(min(6, len(words) - i), 0, -1):
                found = _one_name(" ".join(words[i : i + size]), linker)
                if found is not None:
                    yield found
                    step = size
                    break
        i += step


def _may_start(word: str, linker: Linker) -> bool:
    if not word or (word[0].isascii() and not word[0].isupper()):
        return False
    first = _folded_parts(word)[0]
    return first in linker.starts or first in ("al", "el", "the")


def _one_name(words: str, linker: Linker) -> tuple[str, str | None] | None:
    key = name_key(words)
    held = linker.plain.get(key)
    if held is not None:
        return (held[0], None) if len(held) == 1 else None
    iso2 = linker.adjectives.get(key) or linker.seats.get(key)
    if iso2 is not None:
        return "", iso2
    known = linker.places.find(words) if len(key) > 2 else None
    if known is None or known.country is None:
        return None
    return "" if known.level == "country" else known.name, known.country


def _capitalised_runs(text: str, linker: Linker) -> Iterator[tuple[str, str]]:
    """("front", "Rivers Front") for names that end in a word like Front; not at the start of a sentence."""
    heads = linker.registry.wording.short_heads
    for match in _RUN.finditer(text):
        head = match.group(2).casefold()
        name = show_name(match.group())
        if text[match.end() :].startswith((" for ", " of ")):
            continue  # "Syrian Network for Human Rights" is no Syrian Network
        opens = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".!?"
        if (
            head in heads
            and " " in name
            and (not opens or name != match.group().strip() or len(name.split()) == 2)
        ):
            known = linker.plain.get(name_key(name), ())
            yield head, known[0] if len(known) == 1 else name


def _shortest(names: Iterable[str]) -> frozenset[str]:
    """Without the names that another one ends: "Yesterday Rivers Front" goes, "Rivers Front" stays."""
    held = sorted(set(names), key=len)
    return frozenset(
        n for k, n in enumerate(held) if not any(n.endswith(f" {shorter}") for shorter in held[:k])
    )


def without_article(words: str) -> str:
    """ "the Caliphate's" -> "Caliphate"."""
    return ARTICLE.sub("", words.strip()).removesuffix("’s").removesuffix("'s")
