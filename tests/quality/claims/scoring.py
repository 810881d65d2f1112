"""How a passage is compared with its right claims. Used by the floor test; run as a program it prints what is wrong.

One line of `c` is one claim: `type; key; key`. Several fair answers are parted by "/".

    killing; a=army; t=two men; n=at least 2; denied; predicted; by=Residents > police

    a=, t=   words of actor and target (articles left out; the name a pronoun stands for counts too); "-" for none
    p=, d=   words of one of its places; words of its time
    n=       the number as said; what is not given is not judged, but polarity, certainty and voices always are:
    denied   affirmed if not given. `denied*`: either is fair
    partial, possible, predicted: certain if none is given. `possible*`: certain is fair too
    by=      the voices inside the document's own, outermost first; none if not given. `by*=`: none is fair too
    a*=, t*=, n*=, p*=, d*=: may be missing, but if given must be this

A passage is right if every claim of its key is found so and no claim of a type in `never` is found.
A reversal is a claim that is found, but says the opposite of its key (denied for affirmed, happened for possible
or predicted) or gives the words of one voice to another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from rasid.extract.claim_rows import UNNAMED
from rasid.extract.claims import Lexicons, read_claims
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.certainty import load_certainty
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.tables import Row
from rasid.read.passages import cut_passages

_CERTAINTIES = ("certain", "partial", "possible", "predicted")
_ROLES = {"a": "actor", "t": "target", "n": "quantity", "p": "places", "d": "time"}
_ARTICLE = re.compile(r"\b(?:the|a|an)\b")
_WORD = re.compile(r"[\w'’%,.-]*\w%?|%")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One claim of the key."""

    types: tuple[str, ...]
    roles: dict[str, tuple[str, ...]]  # a key of _ROLES -> fair words; "-" for none
    loose: frozenset[str]  # roles that may be missing
    polarities: frozenset[str]
    certainties: frozenset[str]
    voices: tuple[tuple[str, ...], ...]  # fair chains


@dataclass(slots=True)
class Outcome:
    """What came of one passage."""

    text: str
    wrong: list[str] = field(default_factory=list)
    reversals: list[str] = field(default_factory=list)
    excused: str = ""


def read_passages(folder: Path) -> list[Row]:
    """The rows of every YAML file here, in order."""
    return [row for path in sorted(folder.glob("*.yaml")) for row in yaml.safe_load(path.read_text("utf-8"))]


def read_all(texts: Sequence[str]) -> list[list[Row]]:
    """The claims of each text, each as a document of its own."""
    lexicons = Lexicons(load_vocabulary(), load_certainty(), load_actors(), load_places())
    passages = [
        PassageText(str(k), i, p.kind, p.start, text[p.start : p.end])
        for k, text in enumerate(texts)
        for i, p in enumerate(cut_passages(text))
    ]
    sentences: dict[str, list[Sentence]] = {}
    for sentence in parse(passages, load_pipeline()):
        sentences.setdefault(sentence.document, []).append(sentence)
    return [
        read_claims(str(k), "the author", text, sentences.get(str(k), []), lexicons)
        for k, text in enumerate(texts)
    ]


def score(rows: Sequence[Row]) -> list[Outcome]:
    """One outcome per passage, in order."""
    outcomes = []
    for row, claims in zip(rows, read_all([str(row["t"]) for row in rows]), strict=True):
        outcome = Outcome(str(row["t"]), excused=str(row.get("wrong", "")))
        keys = row["c"]
        assert isinstance(keys, list)
        for key in keys:
            _compare(str(key), claims, outcome)
        never = row.get("never", [])
        assert isinstance(never, list)
        outcome.wrong += [f"never {c['type']}: {_shown(c)}" for c in claims if c["type"] in never]
        outcomes.append(outcome)
    return outcomes


def _compare(key: str, claims: Sequence[Row], outcome: Outcome) -> None:
    wanted = read_key(key)
    near = [(faults(wanted, c), c) for c in claims if c["type"] in wanted.types and _may_be(wanted, c)]
    if not near:
        outcome.wrong.append(f"{key} -> not found; found {[_shown(c) for c in claims]}")
        return
    found, claim = min(near, key=lambda pair: (len(pair[0]), pair[0]))
    if found:
        outcome.wrong.append(f"{key} -> {', '.join(found)}: {_shown(claim)}")
    turned = [f for f in found if f.startswith("turned")]
    if turned:
        outcome.reversals.append(f"{key} -> {', '.join(turned)}: {_shown(claim)}")


def _may_be(wanted: Wanted, claim: Row) -> bool:
    """A claim with another number than the one wanted is another claim."""
    said = claim.get("quantity")
    return (
        "quantity" not in wanted.roles
        or not isinstance(said, dict)
        or "quantity" not in faults(wanted, claim)
    )


def read_key(key: str) -> Wanted:
    """Read one line of `c`."""
    types, *parts = (part.strip() for part in key.split(";"))
    roles: dict[str, tuple[str, ...]] = {}
    loose: set[str] = set()
    polarities: set[str] = set()
    certainties: set[str] = set()
    voices: tuple[tuple[str, ...], ...] = ((),)
    for part in parts:
        name, equals, value = part.partition("=")
        if equals and name.rstrip("*") == "by":
            chains = tuple(_chain(fair) for fair in value.split("/"))
            voices = (*chains, ()) if name.endswith("*") else chains
        elif equals:
            role = _ROLES[name.rstrip("*")]
            roles[role] = tuple(value.split("/"))
            loose |= {role} if name.endswith("*") else set()
        else:
            for word in part.split("/"):
                bare = word.rstrip("*")
                if bare in _CERTAINTIES:
                    certainties |= {bare} | ({"certain"} if word.endswith("*") else set())
                elif bare == "denied":
                    polarities |= {"denied"} | ({"affirmed"} if word.endswith("*") or "/" in part else set())
                elif bare != "affirmed":
                    raise ValueError(f"{bare!r} in {key!r} is no polarity and no certainty")
                if "/" in part and bare == "denied":
                    certainties.add("certain")
    return Wanted(
        tuple(types.split("/")),
        roles,
        frozenset(loose),
        frozenset(polarities or {"affirmed"}),
        frozenset(certainties or {"certain"}),
        voices,
    )


def _chain(value: str) -> tuple[str, ...]:
    return () if value.strip() == "-" else tuple(v.strip() for v in value.split(">"))


def faults(wanted: Wanted, claim: Row) -> list[str]:
    """What is wrong with this claim; "turned …" comes first where it says the opposite."""
    found = []
    stated, fair = _world(str(claim["polarity"]), str(claim["certainty"])), _fair_worlds(wanted)
    if stated not in fair and stated != "open":
        found.append(f"turned: {claim['polarity']} {claim['certainty']}")
    elif claim["polarity"] not in wanted.polarities or claim["certainty"] not in wanted.certainties:
        found.append(f"{claim['polarity']} {claim['certainty']}")
    voices = _voices(claim)
    if not any(_same_chain(voices, chain) for chain in wanted.voices):
        same_inner = any(bool(voices) == bool(c) and _same_chain(voices[-1:], c[-1:]) for c in wanted.voices)
        found.append(f"{'voices' if same_inner else 'turned: voice'} {voices}")
    for role, words in wanted.roles.items():
        if not _fits(claim.get(role), words, loose=role in wanted.loose, exact=role == "quantity"):
            found.append(role)
    return found


def _world(polarity: str, certainty: str) -> str:
    if certainty in {"possible", "predicted"}:
        return "open"
    return "not so" if polarity == "denied" else "so"


def _fair_worlds(wanted: Wanted) -> set[str]:
    return {_world(p, c) for p in wanted.polarities for c in wanted.certainties}


def _voices(claim: Row) -> list[str]:
    """The voices inside the document's own. One that is not named is nobody: "it is feared"."""
    voices = claim["voices"]
    assert isinstance(voices, list)
    return [str(v) for v in voices[1:] if v != UNNAMED]


def _same_chain(found: Sequence[str], wanted: Sequence[str]) -> bool:
    return len(found) == len(wanted) and all(_near(f, w) for f, w in zip(found, wanted, strict=True))


def _fits(found: object, fair: Iterable[str], *, loose: bool, exact: bool) -> bool:
    if isinstance(found, list):
        if not found:
            return loose or "-" in fair
        return any(_fits(one, fair, loose=loose, exact=exact) for one in found)
    if not isinstance(found, dict):
        return loose or "-" in fair
    if exact:
        return any(_words(str(found["text"])) == _words(word) for word in fair)
    return any(
        _near(str(found[part] or ""), word) for part in ("text", "name") if found.get(part) for word in fair
    )


def _near(found: str, wanted: str) -> bool:
    """All words of one stand in the other, articles left out."""
    left, right = set(_words(found)), set(_words(wanted))
    return bool(left) and bool(right) and (left <= right or right <= left)


def _words(text: str) -> list[str]:
    return _WORD.findall(_ARTICLE.sub(" ", text.lower().replace("_", " ")))


def _list(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value


def _shown(claim: Row) -> str:
    roles = "; ".join(
        f"{role[0]}={value['name'] if value.get('name') else value['text']}"
        for role in ("actor", "target", "quantity")
        if isinstance(value := claim.get(role), dict)
    )
    roles += "".join(f"; p={place['text']}" for place in _list(claim["places"]))
    if isinstance(time := claim.get("time"), dict):
        roles += f"; d={time['text']}"
    return (
        f"[{claim['type']}; {roles}; {claim['polarity']} {claim['certainty']}; {' > '.join(_voices(claim))}]"
    )


if __name__ == "__main__":
    results = score(read_passages(Path(__file__).parent))
    for result in results:
        if result.wrong:
            print(result.text, *(f"\n    {line}" for line in result.wrong), sep="")
    print(sum(not r.wrong for r in results), "of", len(results), "right")
    turned = [line for r in results for line in r.reversals]
    print(len(turned), "reversals", *(f"\n    {line}" for line in turned), sep="")
