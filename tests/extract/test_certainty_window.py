"""Owns src/rasid/extract/certainty_window.py: the second way, on trees that are wrong on purpose."""

from __future__ import annotations

from rasid.extract.certainty import judge
from rasid.extract.certainty_window import looks_broken
from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import load_certainty


def flat(text: str) -> Sentence:
    """A sentence whose parser understood nothing: every word hangs as `dep` on the first noun."""
    tagged = [word.rsplit("/", 1) for word in text.split()]
    words = [word for word, _ in tagged]
    tags = [tag for _, tag in tagged]
    pos = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "IN": "ADP", "DT": "DET", "RB": "ADV", "TO": "PART"}
    starts = [sum(len(w) + 1 for w in words[:k]) for k in range(len(words))]
    root = next(k for k, tag in enumerate(tags) if tag in {"NN", "NNS"})
    return Sentence(
        document="d",
        index=0,
        kind="sentence",
        start=0,
        text=" ".join(words),
        words=words,
        lemmas=[{"denied": "deny", "plans": "plan", "failed": "fail"}.get(w, w.lower()) for w in words],
        pos=[
            "AUX" if tag == "MD" else pos.get(tag, "VERB" if tag.startswith("VB") else "PUNCT")
            for tag in tags
        ],
        tags=tags,
        deps=["root" if k == root else "dep" for k in range(len(words))],
        heads=[root] * len(words),
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
    )


def judged(text: str, word: str) -> tuple[str, str, str]:
    sentence = flat(text)
    i = sentence.words.index(word)
    assert looks_broken(sentence, i)
    judgement = judge(sentence, i, lexicon=load_certainty())
    return judgement.polarity.value, judgement.certainty.value, judgement.rule


def test_the_words_before_a_lost_noun_deny_it_and_the_rule_says_how() -> None:
    text = "The/DT colonel/NN denied/VBD attack/NN ./."
    assert judged(text, "attack") == ("denied", "certain", "denied: 'denied' before 'attack' (by word order)")


def test_a_failed_try_is_denied_by_word_order() -> None:
    assert judged("The/DT unit/NN failed/VBD to/TO seize/VB the/DT ridge/NN", "seize")[:2] == (
        "denied",
        "certain",
    )


def test_a_clause_edge_stops_the_search() -> None:
    text = "The/DT colonel/NN denied/VBD it/PRP ,/, attack/NN on/IN Marut/NNP"
    assert judged(text, "attack")[:2] == ("affirmed", "certain")


def test_a_definite_noun_is_not_reached() -> None:
    text = "Troops/NNS will/MD discuss/VB the/DT attack/NN"
    assert judged(text, "attack")[:2] == ("affirmed", "certain")


def test_small_words_left_of_a_verb_count_even_when_they_hang_elsewhere() -> None:
    text = "The/DT unit/NN will/MD not/RB attack/VB Marut/NNP"
    polarity, certainty, rule = judged(text, "attack")
    assert (polarity, certainty) == ("denied", "predicted")
    assert rule == "denied, still to come: 'will' … 'not' before 'attack'"


def test_a_cycle_in_the_heads_ends() -> None:
    sentence = flat("The/DT unit/NN left/VBD Marut/NNP")
    sentence.heads[1], sentence.heads[2] = 2, 1
    assert judge(sentence, 2, lexicon=load_certainty()).polarity.value == "affirmed"
