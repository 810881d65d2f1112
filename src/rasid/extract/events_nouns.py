"""Who stands around an event noun or adjective: possessor, modifiers, prepositions, light verb, copula."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.events_classes import is_country, is_of, is_town
from rasid.extract.events_phrases import calendar, preposition, run_right
from rasid.extract.events_verbs import Places, inherited_subject, own_subject, verb_places
from rasid.extract.events_words import is_passive
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary

_LIGHT_LABELS = {"obj", "nsubj:pass", "obl", "nmod", "xcomp", "nsubj"}
_ARMED, _PERSON, _WEAPON = frozenset({"armed"}), frozenset({"person"}), frozenset({"weapon"})
_HAPPEN = listed(
    "occur happen erupt break take flare start begin continue resume rage follow ensue come intensify end report go "
    "spread last persist escalate"
)
_ABOUT = frozenset(
    {"against", "for", "over", "after", "at", "following", "about"}
)  # a deed that another deed is about
_TURNED = frozenset({"anti", "pro", "non"})
_THINGS, _PLACE = frozenset({"facility", "property"}), frozenset({"place"})


@dataclass(frozen=True, slots=True)
class Light:
    """A light verb above a noun: its token, the role its subject takes, and that subject."""

    verb: int
    gives: str
    subject: int | None
    judged: str = "verb"


def noun_places(s: Sentence, i: int, vocabulary: Vocabulary, skip: frozenset[int]) -> Places:
    """The places of noun `i`. A word before it counts by what it names: forces act, people and buildings are
    hit, weapons serve, towns are where it is ("army shelling", "hospital attack", "Aleppo shelling")."""
    places: Places = {}
    for c in s.children[i]:
        if c in skip:
            continue
        dep = s.deps[c]
        if dep == "nmod:poss":
            places["poss"] = c
        elif c < i and (dep in {"compound", "amod", "nmod", "flat"} or s.labels[c] in {"NORP", "LOC", "ORG"}):
            _modifier(s, c, places, vocabulary)
        elif dep.startswith(("nmod", "obl")) and (name := preposition(s, c)):
            if name != "by" or not _is_of_inner_deed(s, i, c, vocabulary):
                places.setdefault(name, c)
        elif dep in {"acl", "acl:relcl"} and "by" not in places and vocabulary.lights.get(s.lower[c]):
            agent = s.child(c, "obl:agent")
            if agent is not None:
                places["by"] = agent
    _before(s, i, places, vocabulary, skip)
    if "by" not in places and (agent := _staged_by(s, i, vocabulary) or _work_of(s, i)) is not None:
        places["by"] = agent
    return places


def _staged_by(s: Sentence, i: int, vocabulary: Vocabulary) -> int | None:
    """ "an attack staged tonight by X": the agent of the light verb after the noun, by the order of the words."""
    if i + 1 >= len(s) or s.tags[i + 1] not in {"VBN", "VBD"} or not vocabulary.lights.get(s.lower[i + 1]):
        return None
    for j in range(i + 2, min(i + 9, len(s))):
        if s.lower[j] == "by":
            run = run_right(s, j)
            return None if run is None or s.lower[run[0]] in calendar() else run[0]
        if s.pos[j] in {"VERB", "AUX", "PUNCT"}:
            return None
    return None


def _work_of(s: Sentence, i: int) -> int | None:
    """ "the bombing was the work of X"."""
    above = s.heads[i]
    if s.deps[i] != "nsubj" or s.lower[above] not in {"work", "handiwork", "doing"}:
        return None
    return next((c for c in s.all_children(above, "nmod") if preposition(s, c) == "of"), None)


def _modifier(s: Sentence, c: int, places: Places, vocabulary: Vocabulary) -> None:
    """Sort a word that stands before the noun by what it names."""
    label = s.labels[c]
    if s.lower[c] == "terrorist" or s.pos[c] == "NUM" or (c >= 2 and s.lower[c - 2] in _TURNED):
        return  # "a terrorist attack" names a kind of attack, "the 2012 attack" a year, "anti-state" an aim
    if label != "NORP" and is_town(s, c):
        places["in"] = c  # "Homs shelling", also where the recogniser takes the town for a group
    elif (
        (s.lower[c] in vocabulary.classes["armed"] and s.words[c][0].isupper() and s.deps[c] == "compound")
        or label in {"ORG", "NORP", "PERSON"}
        or is_country(s, c)
    ):
        places["compound"] = c
    elif label == "LOC":
        places["in"] = c
    elif s.deps[c] == "amod":
        return
    elif is_of(s, c, _WEAPON, vocabulary):
        places.setdefault("with", c)
    elif is_of(s, c, _ARMED, vocabulary) and s.pos[c] != "PRON":
        places["compound"] = c
    elif is_of(s, c, _THINGS | _PERSON, vocabulary):
        places.setdefault("of", c)
    elif is_of(s, c, _PLACE, vocabulary):
        places["in"] = c


def _before(s: Sentence, i: int, places: Places, vocabulary: Vocabulary, skip: frozenset[int]) -> None:
    """A name right before the noun that the parse hung elsewhere."""
    j = i - 1
    while j in skip:
        j -= 1
    if j >= 0 and s.labels[j] and not {"compound", "poss", "in"} & places.keys():
        if s.lower[j] in {"'s", "’s"}:
            places.setdefault("poss", j - 1)
        elif s.heads[j] == i or s.deps[j] in {"compound", "amod", "flat"}:
            _modifier(s, j, places, vocabulary)


def nearby_places(s: Sentence, last: int, vocabulary: Vocabulary) -> dict[str, tuple[int, Stretch]]:
    """Prepositions right after the noun, and "by" further on, read by the order of the words."""
    found: dict[str, tuple[int, Stretch]] = {}
    for j in range(last + 1, min(last + 18, len(s))):
        if (s.pos[j] in {"VERB", "AUX", "SCONJ"} and s.lower[j] != "including") or s.words[j] in {
            ";",
            ":",
            ".",
        }:
            break
        if s.pos[j] == "ADP" and (j == last + 1 or s.lower[j] == "by"):
            if s.lower[j] == "by" and _is_of_inner_deed(s, last, j, vocabulary):
                break
            run = run_right(s, j)
            if run is not None:
                found.setdefault(s.lower[j], run)
    return found


def _is_of_inner_deed(s: Sentence, outer: int, by: int, vocabulary: Vocabulary) -> bool:
    """ "A protest against the abuses by the army": the army abuses, it does not protest."""
    for k in range(outer + 2, by):
        uses = vocabulary.uses.get(s.lower[k], ())
        if s.pos[k] == "NOUN" and any(use.entry.word == "noun" for use in uses):
            start = k
            while start > outer + 1 and s.pos[start - 1] in {"DET", "ADJ", "NOUN", "NUM"}:
                start -= 1
            if s.lower[start - 1] in _ABOUT:
                return True
    return False


def happening_places(s: Sentence, i: int) -> Places:
    """What hangs on "erupted" in "Clashes erupted between X and Y in Z"."""
    above = s.heads[i]
    if s.deps[i] not in {"nsubj", "nsubj:pass"} or s.lemmas[above] not in _HAPPEN:
        return {}
    return {p: t for p, t in verb_places(s, above, "base").items() if p not in {"subject", "object"}}


def light_verb(s: Sentence, i: int, vocabulary: Vocabulary) -> Light | None:
    """The light verb that has noun `i` below it, if there is one."""
    above = s.heads[i]
    if s.deps[i] == "nmod" and s.lower[above] in vocabulary.classes["quantity"]:
        i, above = above, s.heads[above]  # "most of the crimes were committed by"
    if s.lower[max(0, above - 2) : above] == ["de", "-"]:
        return None  # "de-escalate the war"
    if above == i or s.deps[i] not in _LIGHT_LABELS or is_of(s, i, _PERSON, vocabulary):
        return None  # "held thousands of refugees" is no displacement
    for use in vocabulary.lights.get(s.lower[above], ()):
        entry = use.entry
        if entry.after and not all(
            any(s.lower[k] == part[0] for k in range(above + 1, min(above + 6, len(s))))
            for part in entry.after
        ):
            continue
        if s.deps[i] in {"obl", "nmod"} and not _introduced(s, i, entry.after):
            continue
        if s.deps[i] == "nsubj":
            return None
        passive = is_passive(s, above, use.form)
        if s.deps[i] == "nsubj:pass" or (passive and s.deps[i] != "obl"):
            agent = s.child(above, "obl:agent")
            return Light(above, entry.gives, agent, entry.judged)
        subject = own_subject(s, above)
        if subject is None:
            subject = inherited_subject(s, above, passive=False)
        if _is_against(s, i, above) or (
            s.lemmas[above] in _STOPS and subject is not None and not is_of(s, subject, _DOERS, vocabulary)
        ):
            subject = None  # "the deal ended the fighting"
        gives = "target" if s.lemmas[above] == "have" and _is_harm(s, i, vocabulary) else entry.gives
        return Light(above, gives, subject, entry.judged)
    return None


def _is_against(s: Sentence, i: int, verb: int) -> bool:
    """ "Guards foiled an attack", "conditions to end the war": whoever puts an end to it has not done it."""
    if s.lemmas[verb] in _PREVENTS:
        return True
    if s.lemmas[verb] not in _STOPS:
        return False
    return s.lemmas[i] in {"war", "conflict"} or any(s.lower[c] in {"a", "an"} for c in s.children[i])


def _is_harm(s: Sentence, i: int, vocabulary: Vocabulary) -> bool:
    """ "He had a head injury": who has it was hurt."""
    return any(use.entry.type in {"injury", "death"} for use in vocabulary.uses.get(s.lower[i], ()))


def _introduced(s: Sentence, i: int, after: tuple[tuple[str, ...], ...]) -> bool:
    """Is the noun's preposition the one that belongs to the light verb ("came under attack")?"""
    name = preposition(s, i)
    return any(name in part for part in after)


_STOPS = frozenset({"stop", "halt", "end", "break", "cease"})
_DOERS = frozenset({"armed", "person"})
_PREVENTS = frozenset({"foil", "thwart", "repel", "obstruct", "block"})
_LINKING = frozenset({"remain", "become", "stay", "constitute", "represent"})


def predicate_subject(s: Sentence, i: int) -> int | None:
    """The subject of which `i` is said by a copula ("ISIS is a threat")."""
    above = s.heads[i]
    if s.deps[i] in {"obj", "xcomp"} and s.lemmas[above] in _LINKING:
        return own_subject(s, above)
    if s.child(i, "cop") is None:
        return None
    return own_subject(s, i)


def judged_at(s: Sentence, i: int, vocabulary: Vocabulary) -> int:
    """Where the noun's reality is said: "partial" in "the defeat is partial", else the noun itself."""
    above = s.heads[i]
    if s.deps[i] in {"nsubj", "nsubj:pass"} and s.lower[above] in vocabulary.degree:
        return above
    return i
