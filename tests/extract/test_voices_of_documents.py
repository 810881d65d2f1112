"""Whose words whole stretches of a document are: its issuer's, those of a forwarded mail, of turns of talk, of nobody."""

from __future__ import annotations

import hashlib

import pytest
from spacy.language import Language

from rasid.extract.found import AttributionFound
from rasid.extract.reader import make_reader
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.extract.voices import read_attributions
from rasid.extract.voices.datelines import skip_dateline
from rasid.extract.voices.forwarded import find_forwarded
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, table
from rasid.read import read_original
from rasid.read.passages import cut_passages


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def sentences_of(text: str, nlp: Language, *, without: str = "") -> list[Sentence]:
    """The sentences of a text; those with the words `without` are left out as if they could hold no claim."""
    cut = [
        PassageText("d", i, p.kind, p.start, text[p.start : p.end]) for i, p in enumerate(cut_passages(text))
    ]
    return list(parse([c for c in cut if not without or without not in c.text], nlp))


def claims_of(text: str, name: str = "a.txt") -> list[Row]:
    content = text.encode()
    read = read_original(content, original=hashlib.sha256(content).hexdigest(), name=name)
    claims, _ = make_reader("rules").read(table(read.documents, DOCUMENTS), table(read.passages, PASSAGES))
    return claims.to_dicts()


def names(found: list[AttributionFound]) -> list[str | None]:
    return [a.speaker for a in found]


STATEMENT = """STATEMENT No. 12
Media Office of the Rivers Front
3 May

We killed nine soldiers at the bridge. We did not shell the market.
"""


def test_a_statement_is_the_voice_of_the_body_that_its_first_lines_name() -> None:
    claims = claims_of(STATEMENT)
    assert {row["voices"][0] for row in claims} == {"Rivers Front"}
    own = claims[0]["attribution"][0]
    assert own["text"] == STATEMENT[own["start"] : own["end"]] == "Media Office of the Rivers Front"
    assert "by its first lines" in claims[0]["explain"]


def test_a_doubtful_issuer_stays_the_author_of_the_file() -> None:
    claims = claims_of("Report on the war in Sarm\n\nNine soldiers were killed at the bridge.\n")
    assert {row["voices"][0] for row in claims} == {"author of a.txt"}
    assert {row["attribution"][0]["text"] for row in claims} == {None}


MAIL = """From: Lina Qasim <lina@sarm.example>
To: list@sarm.example
Date: Wed, 4 Sep 2024 07:12:44 +0200
Subject: Fwd: what they saw
Content-Type: text/plain; charset="utf-8"

Two soldiers were killed at the mill.
I send you what I received from a nurse in Kelan who asks not to be named.

---------- Forwarded message ----------
> They burned the clinic on Monday. Three patients were killed.
"""


def test_what_a_mail_passes_on_is_not_the_word_of_its_sender() -> None:
    voices = {row["trigger"]["text"]: row["voices"] for row in claims_of(MAIL, "a.eml")}
    assert voices["burned"] == ["Lina Qasim", "a nurse in Kelan"]
    assert [v for row in claims_of(MAIL, "a.eml") if "soldiers" in row["quote"] for v in row["voices"]] == [
        "Lina Qasim"
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("See below.\n\n--- Forwarded message ---\nFrom: Rana Zein <r@sarm.example>\n\nThey burned the mill on Monday.\n", "Rana Zein"),
        ("On 4 May 2024 Karim Odeh wrote:\n> The soldiers burned the mill on Monday.\n> Nobody came to help.\n", "Karim Odeh"),
        ("Good morning.\n> The soldiers burned the mill on Monday.\n> Nobody came to help.\n", "unnamed"),
    ],
)  # fmt: skip
def test_the_writer_of_forwarded_words_is_named_where_the_mail_names_him(text: str, name: str) -> None:
    (stretch,) = find_forwarded(text)
    assert stretch.name == name
    assert stretch.name_start is None or text[stretch.name_start : stretch.name_end] == name
    assert "burned the mill" in text[stretch.start : stretch.end]


def test_a_comparison_in_plain_text_is_no_forwarded_mail() -> None:
    assert find_forwarded("Of the villages, 12 > 10 are empty.\n") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("KELAN, 4 May (TNA) - Gunmen fled.", "Gunmen"),
        ("Old Marj: gunmen fled.", "gunmen"),
        ("[TEXT] [REPORT] Gunmen fled.", "Gunmen"),
        ("Karim Odeh - the mayor - fled to the hills.", "Karim"),
        ("Gunmen fled: the mill burned.", "Gunmen"),
    ],
)
def test_a_sentence_begins_after_its_dateline(text: str, first: str, nlp: Language) -> None:
    (sentence,) = sentences_of(text, nlp)
    assert sentence.words[skip_dateline(sentence)] == first


def test_he_is_not_looked_for_across_a_sentence_that_was_left_out(nlp: Language) -> None:
    text = "Adib Sarraf was shot on Monday. Salim came late. He said the shot came from the roof."
    assert names(read_attributions(sentences_of(text, nlp, without="Salim"))) == ["unnamed"]


def test_the_rest_of_a_turn_is_open_where_a_label_may_have_been_left_out(nlp: Language) -> None:
    text = (
        "REPORTER: Who burned the mill?\n\nSARRAF: The soldiers burned it.\n\nODEH: No.\n\n"
        "They only took the sheep.\n\nREPORTER: When?"
    )
    found = read_attributions(sentences_of(text, nlp, without="ODEH"))
    said = {text[a.contents[0][0] : a.contents[0][1]]: a.speaker for a in found}
    assert said["The soldiers burned it."] == "SARRAF"
    assert said["They only took the sheep."] == "unnamed"


def test_the_reason_says_why_a_pronoun_stays_open(nlp: Language) -> None:
    text = "Karim Odeh met Adib Sarraf at the mill. He said the army had killed nine men."
    (found,) = read_attributions(sentences_of(text, nlp))
    assert (found.speaker, found.source is not None) == ("unnamed", True)
    assert "“He” left open" in found.rule


def test_words_in_a_quote_that_nobody_is_given_are_not_the_authors(nlp: Language) -> None:
    text = "The wall is still there. “The army killed our brothers in the mill.” Nobody paints it over."
    (found,) = read_attributions(sentences_of(text, nlp))
    assert (found.speaker, found.cue, found.rule) == ("unnamed", None, "quoted, the text does not say who")


def test_a_word_in_quotation_marks_is_no_speech(nlp: Language) -> None:
    assert read_attributions(sentences_of("They still pay the “road tax” every Monday.", nlp)) == []


def test_after_a_question_the_next_quote_is_not_the_askers(nlp: Language) -> None:
    text = "“Has the army left?” I asked Adib Sarraf. “They are still at the mill.”"
    assert names(read_attributions(sentences_of(text, nlp)))[-1] == "unnamed"
