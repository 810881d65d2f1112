"""The day of saying is beside the verb of saying, and is neither that of what is said nor of an aside."""

from __future__ import annotations

import pytest
from spacy.language import Language

from rasid.extract.said_when import said_when
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
        ("The group, which lost Marbat on 5 May 2021, said that it was fighting.", None),
    ],
)
def test_the_time_beside_the_verb_is_the_time_of_saying(text: str, when: str | None, nlp: Language) -> None:
    (sentence,) = parse([PassageText("d", 0, PassageKind.SENTENCE, 0, text)], nlp)
    attribution = read_attributions([sentence])[0]
    found = said_when(sentence, attribution, read_times(sentence))
    words = sentence.words_between(found.where.start, found.where.end) if found else None
    assert words == when
