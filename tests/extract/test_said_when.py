"""The day of saying is beside the verb of saying, and is neither that of what is said nor of an aside."""

from __future__ import annotations

import pytest
from spacy.language import Language

from rasid.extract.said_when import said_when, with_days_of_saying
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.extract.times import read_times
from rasid.extract.voices import read_attributions
from rasid.model.values import PassageKind


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("On 12 May 2021 the ministry said that the army had left Marbat.", "12 May 2021"),
        ("The ministry said on Monday that the army had left Marbat.", "Monday"),
        ("Selma Darwish told reporters on 4 June 2020 that nobody was killed.", "4 June 2020"),
        ("The army left Marbat on 3 May 2021, the ministry said.", None),
        ("The ministry said that the army had left Marbat on 3 May 2021.", None),
        ("The minister of trade in 2014 said that the army had left Marbat.", None),
        ("The group, which lost Marbat on 5 May 2021, said that it was fighting.", None),
    ],
)
def test_the_time_beside_the_verb_is_the_time_of_saying(text: str, when: str | None, nlp: Language) -> None:
    (sentence,) = parse([PassageText("d", 0, PassageKind.SENTENCE, 0, text)], nlp)
    attribution = read_attributions([sentence])[0]
    found = said_when(sentence, attribution, read_times(sentence))
    words = sentence.words_between(found.where.start, found.where.end) if found else None
    assert words == when


def _dated(text: str, nlp: Language) -> list[tuple[str, str | None]]:
    """Each voice of a text of several lines with the words of its day."""
    start, passages = 0, []
    for index, line in enumerate(text.split("\n")):
        passages.append(PassageText("d", index, PassageKind.SENTENCE, start, line))
        start += len(line) + 1
    sentences = list(parse(passages, nlp))
    found = with_days_of_saying(read_attributions(sentences), sentences)
    return [(str(a.speaker), text[a.said.start : a.said.end] if a.said else None) for a in found]


def test_the_day_holds_on_for_the_same_voice_in_the_next_sentence(nlp: Language) -> None:
    text = "On 3 May 2021 Selma Darwish said that the town was quiet.\nShe also said that the road was open."
    assert _dated(text, nlp) == [("Selma Darwish", "3 May 2021"), ("Selma Darwish", "3 May 2021")]


@pytest.mark.parametrize(
    "second",
    [
        "She had said earlier that the road was open.",
        "She later said that the road was open.",
        "Karim Odeh said that the road was open.",
        "On Friday she said that the road was open.",
    ],
)
def test_the_day_does_not_hold_for_another_voice_or_another_time(second: str, nlp: Language) -> None:
    text = f"On 3 May 2021 Selma Darwish said that the town was quiet.\n{second}"
    assert _dated(text, nlp)[1][1] in {None, "Friday"}


def test_the_same_day_is_the_one_day_of_the_sentence(nlp: Language) -> None:
    text = "Adib Sarraf died on 27 October 2019 in Marbat, the ministry said on the same day."
    sentences = list(parse([PassageText("d", 0, PassageKind.SENTENCE, 0, text)], nlp))
    (found,) = with_days_of_saying(read_attributions(sentences), sentences)
    assert found.said is not None
    assert (text[found.said.start : found.said.end], found.said.span.to_iso()) == (
        "the same day",
        "2019-10-27",
    )


def test_who_speaks_right_behind_the_opening_day_is_named(nlp: Language) -> None:
    text = "On 4 May 2021 Selma Darwish, the director of relief at the Red River Network, told us that Marbat fell."
    assert _dated(text, nlp) == [("Selma Darwish", "4 May 2021")]
