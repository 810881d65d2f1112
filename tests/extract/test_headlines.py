"""Owns src/rasid/extract/headlines.py and src/rasid/extract/reduced_clauses.py: trees mended before anything is read."""

from __future__ import annotations

import pytest

from rasid.extract.headlines import mend_headline
from rasid.extract.reduced_clauses import mend_reduced
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse


def parsed(text: str, kind: str = "heading") -> Sentence:
    (sentence,) = parse([PassageText("d", 0, kind, 0, text)], load_pipeline())
    return sentence


def links(s: Sentence, word: str) -> tuple[str, str]:
    i = s.words.index(word) if word in s.words else s.lower.index(word.lower())
    return s.deps[i], s.lower[s.heads[i]]


def reaches_root(s: Sentence) -> bool:
    for i in range(len(s)):
        k, steps = i, 0
        while s.heads[k] != k and steps <= len(s):
            k, steps = s.heads[k], steps + 1
        if s.heads[k] != k:
            return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "Army Denies Rebels Captured Colonel's Wife",
        "Governor denies ordering shelling of Marj",
        "Senator Odeh Claims Ten Rebels Arrested Near Marj",
        "Ten Reported Killed in Kelan Blast",
        "UN fears massacre in Kelan",
        "Ministry: Ten Killed in Kelan Blast",
    ],
)
def test_every_word_of_a_mended_headline_hangs_on_one_root(text: str) -> None:
    mended = mend_headline(parsed(text))
    assert reaches_root(mended)
    assert sum(head == i for i, head in enumerate(mended.heads)) == 1


def test_a_verb_of_saying_taken_for_a_name_becomes_the_root_over_its_clause() -> None:
    mended = mend_headline(parsed("Army Denies Rebels Captured Colonel's Wife"))
    assert mended.lower[mended.root()] == "denies"
    assert links(mended, "Army") == ("nsubj", "denies")
    assert links(mended, "Captured") == ("ccomp", "denies")
    assert links(mended, "Rebels") == ("nsubj", "captured")


def test_whom_it_is_feared_of_is_the_subject_of_a_passive() -> None:
    mended = mend_headline(parsed("Rana Zein Feared Killed in Air Strike"))
    assert links(mended, "Killed") == ("xcomp", "feared")
    assert mended.tags[mended.lower.index("feared")] == "VBN"


@pytest.mark.parametrize(
    "text", ["Rebel claims under scrutiny in Marj", "Army reports sent to court", "New fears of famine"]
)
def test_a_noun_of_saying_stays_a_noun(text: str) -> None:
    s = parsed(text)
    assert mend_headline(s) is s


def test_a_sentence_with_a_stop_is_no_headline() -> None:
    s = parsed("The army says that rebels captured the colonel.", "sentence")
    assert mend_headline(s) is s


def test_suspected_of_hangs_on_its_noun_and_the_later_verb_is_the_main_one() -> None:
    mended = mend_reduced(parsed("Two men suspected of planting the bomb were arrested.", "sentence"))
    assert mended.lower[mended.root()] == "arrested"
    assert links(mended, "suspected") == ("acl", "men")
    assert links(mended, "men") == ("nsubj:pass", "arrested")
    assert reaches_root(mended)


def test_a_man_who_suspects_keeps_his_verb() -> None:
    s = parsed("Odeh suspected them of planting the bomb.", "sentence")
    assert mend_reduced(s) is s


@pytest.mark.parametrize(
    ("text", "main", "subject"),
    [
        ("Workers demanding the removal of a wall were held.", "held", "Workers"),
        ("The general who was wounded by the rebels died.", "died", "general"),
        ("The men who fled the camp were arrested.", "arrested", "men"),
    ],
)
def test_the_main_verb_has_the_first_noun_as_its_subject(text: str, main: str, subject: str) -> None:
    mended = mend_reduced(parsed(text, "sentence"))
    verb = mended.words.index(main)
    assert [mended.words[t] for t in mended.children[verb] if mended.deps[t].startswith("nsubj")] == [subject]
