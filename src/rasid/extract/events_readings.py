"""Who did what to whom for one candidate word: its grammatical places put into the roles of its frame.

In: a `Candidate`. Out: a `Reading` with role -> head token, or None where a place that the frame needs is empty.
Verbs and nouns have files of their own; imperatives and adjectives are short.
"""

from __future__ import annotations

from rasid.extract.events_phrases import run_left, stretch
from rasid.extract.events_read_noun import read_noun
from rasid.extract.events_read_verb import read_verb
from rasid.extract.events_roles import Reading, finish, is_bare_number_before, take
from rasid.extract.events_verbs import Places, verb_places
from rasid.extract.events_words import Candidate
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.vocabulary import Vocabulary


def read_candidate(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    """The candidate with its roles, or None if the sentence lacks what its frame needs."""
    match c.reading:
        case "verb":
            return read_verb(s, c, vocabulary)
        case "noun":
            return read_noun(s, c, vocabulary)
        case "imperative":
            places = verb_places(s, c.token, "base")
            places.pop("subject", None)
            return finish(s, c, places, {}, "imperative", vocabulary)
        case _:
            return _read_adjective(s, c, vocabulary)


def _read_adjective(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    i = c.token
    by_words: dict[int, Stretch] = {}
    before = s.lower[i - 1] if i else ""
    if s.lower[i] in {"dead", "missing"} and is_bare_number_before(s, i):
        held = {i - 1: stretch(s, i - 1, i - 1)}
        return finish(s, c, {"subject": i - 1}, held, "headline", vocabulary)
    if _is_said_in_headline(s, i):
        found: Places = {}
        take(run_left(s, i), "subject", found, by_words, c)
        return finish(s, c, found, by_words, "headline", vocabulary) if found else None
    if s.child(i, "cop") is None and before not in {
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "remain",
        "remains",
    }:
        return None
    places = verb_places(s, i, "adjective")
    if "subject" not in places:
        take(run_left(s, i), "subject", places, by_words, c)
    if "subject" not in places or s.lower[places["subject"]] in {"there", "what"}:
        return None
    return finish(s, c, places, by_words, "copula", vocabulary)


def _is_said_in_headline(s: Sentence, i: int) -> bool:
    """ "Priest dead in crash": right after a noun, and no verb before that could govern it."""
    if i == 0 or s.lower[i] not in {"dead", "missing", "alive"} or s.pos[i - 1] not in {"NOUN", "PROPN"}:
        return False
    ends = i + 1 >= len(s) or s.pos[i + 1] in {"ADP", "SCONJ", "PUNCT", "CCONJ"}
    return ends and not any(s.pos[k] in {"VERB", "AUX"} for k in range(i))
