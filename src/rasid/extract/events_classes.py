"""What class of thing a noun phrase names: a person, an armed party, a place, or a class of `_classes.yaml`.

In: a sentence, a token and class names. Out: yes or no.
"""

from __future__ import annotations

from rasid.extract.events_edges import CALENDAR
from rasid.extract.events_phrases import case_of
from rasid.extract.syntax import Sentence
from rasid.knowledge.actors import load_places
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary

_PLACE_STARTS = listed(
    "tel tal tell tall port khan deir jebel jabal ain kafr kfar beit bayt umm ras wadi mount camp fort san santa saint "
    "abu sheikh bab qalat maarat marj new north south east west upper lower lake cape nahr bir wadi hai"
)
_FORCES = {"he", "she", "they", "it", "we", "i", "who", "which", "that", "you", "them"}
# A pronoun may stand where a class is asked for. "It" and "they" can be forces; people are never "it".
_FORCE_PRONOUNS = frozenset({"they", "them", "we", "us", "it", "who", "none"})
_PERSON_PRONOUNS = frozenset(
    "he him his she her they them their we us our i me my who whom none nobody everyone everybody anyone someone"
    " somebody those others himself".split()
)
_PERSON_ENDINGS = ("ist", "man", "woman")  # pharmacist, milkman
_PRONOUNS_OF = {"armed": _FORCE_PRONOUNS, "person": _PERSON_PRONOUNS}


def core(s: Sentence, i: int, vocabulary: Vocabulary) -> int:
    """The noun that says what kind of thing it is: "civilians" of "dozens of civilians"."""
    if s.lower[i] in vocabulary.classes["quantity"] or s.pos[i] == "NUM":
        below = next((c for c in s.all_children(i, "nmod") if c > i and case_of(s, c) == "of"), None)
        if below is not None:
            return below
    return i


def is_of(s: Sentence, i: int, kinds: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Is the phrase headed by `i` of one of these classes?"""
    if not kinds or "any" in kinds:
        return True
    c = core(s, i, vocabulary)
    return any(_is(s, token, kind, vocabulary) for token in {i, c} for kind in kinds)


def _is(s: Sentence, i: int, kind: str, vocabulary: Vocabulary) -> bool:
    listed = vocabulary.classes[kind]
    if kind == "ongoing" and s.pos[i] == "PROPN":
        return False
    if s.lower[i] in listed or s.lemmas[i] in listed:
        return kind != "place" or s.labels[i] not in {"PERSON", "ORG"}
    label = s.labels[i]
    if s.pos[i] in {"PRON", "NOUN", "DET"} and s.lower[i] in _PRONOUNS_OF.get(kind, ()):
        return True
    match kind:
        case "place":
            return label == "LOC" or is_placelike(s, i) or starts_like_place(s, i)
        case "person":
            named = any(s.labels[k] == "PERSON" for k in s.all_children(i, "appos"))
            if label in {"PERSON", "NORP"} or named or _counts_people(s, i, vocabulary):
                return True
            if s.pos[i] == "NOUN" and s.lemmas[i].endswith(_PERSON_ENDINGS):
                return True
            return any(s.lower[c] == "whoever" for c in s.children[i])
        case "organisation":
            return label in {"ORG", "NORP"}
        case "force":
            return label in {"ORG", "NORP"} or _is_named_with_the(s, i)
        case "armed":
            if label in {"ORG", "PERSON", "NORP"} or s.lower[i] in _FORCES:
                return True
            return is_country(s, i) or (not label and _unknown_name(s, i)) or _is_named_with_the(s, i)
        case _:
            return False


def _counts_people(s: Sentence, i: int, vocabulary: Vocabulary) -> bool:
    """A bare number that may stand for people: no part of a time, a share or a sum ("takes 60 to 90 days")."""
    if s.pos[i] != "NUM" or s.lower[i] in CALENDAR:
        return False
    after = range(i + 1, min(i + 4, len(s)))
    stop = next((k for k in after if s.pos[k] not in {"NUM", "NOUN", "SYM", "ADP"}), min(i + 4, len(s)))
    units = vocabulary.classes["unit"]
    return not any(s.lemmas[k] in units or s.lower[k] in units for k in range(i + 1, stop))


def starts_like_place(s: Sentence, i: int) -> bool:
    """A name of two words whose first is one that places have ("Tel", "Port", "Kafr"), whatever its label."""
    following = i + 1 < len(s) and s.words[i + 1][:1].isupper()
    before = i > 0 and s.lower[i - 1] in _PLACE_STARTS and s.words[i - 1][:1].isupper()
    return (s.lower[i] in _PLACE_STARTS and following and s.words[i][:1].isupper()) or before


def is_placelike(s: Sentence, i: int) -> bool:
    """An unknown name that could be a place: not a person, organisation, month or day."""
    return not s.labels[i] and _unknown_name(s, i)


def _unknown_name(s: Sentence, i: int) -> bool:
    if s.lower[i] in CALENDAR or len(s.words[i]) < 2:
        return False
    return s.pos[i] == "PROPN" and s.words[i][0].isupper()


def is_country(s: Sentence, i: int) -> bool:
    """Is this token (or the entity it is in) the name of a country? Countries act; towns do not."""
    if s.labels[i] != "LOC":
        return False
    first, after, _ = next(e for e in s.entities if e[0] <= i < e[1])
    found = load_places().find(s.words_between(s.starts[first], s.ends[after - 1]))
    return found is not None and found.level == "country"


def is_town(s: Sentence, i: int) -> bool:
    """Is this name, whatever its label, that of a known place smaller than a country? Towns do not act."""
    if s.pos[i] != "PROPN" and not s.labels[i]:
        return False
    first, after, _ = next((e for e in s.entities if e[0] <= i < e[1]), (i, i + 1, ""))
    found = load_places().find(s.words_between(s.starts[first], s.ends[after - 1]))
    return found is not None and found.level != "country"


def _is_named_with_the(s: Sentence, i: int) -> bool:
    """ "the Grey Banner": towns have no article, groups do; the recogniser calls both places."""
    first, after, _ = next((e for e in s.entities if e[0] <= i < e[1]), (i, i, ""))
    if after - first < 2 or s.lower[first - (s.lower[first] != "the")] != "the":
        return False
    written = s.words_between(s.starts[first + (s.lower[first] == "the")], s.ends[after - 1])
    return load_places().find(written) is None
