"""Who says what, through the real cutter and parser."""

from __future__ import annotations

import pytest
from spacy.language import Language

from rasid.extract.found import AttributionFound
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.extract.voices import read_attributions
from rasid.extract.voices.quotes import find_quotes
from rasid.knowledge.voices import load_voice_words
from rasid.model.values import Status
from rasid.read.passages import cut_passages


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def sentences_of(text: str, nlp: Language) -> list[Sentence]:
    cut = [
        PassageText("d", i, p.kind, p.start, text[p.start : p.end]) for i, p in enumerate(cut_passages(text))
    ]
    return list(parse(cut, nlp))


def voices(text: str, nlp: Language) -> list[tuple[str | None, str, Status, bool]]:
    found = read_attributions(sentences_of(text, nlp))
    return [(a.speaker, said(text, a), a.status, a.denies) for a in found]


def said(text: str, found: AttributionFound) -> str:
    return " / ".join(text[start:end] for start, end in found.contents)


def test_offsets_are_exactly_the_kept_text_also_with_odd_spaces(nlp: Language) -> None:
    text = "Rain fell.\n\nThe  ministry\u00a0 denied   that it had shelled the mill ."
    (found,) = read_attributions(sentences_of(text, nlp))
    assert text[slice(*found.source or (0, 0))] == "The  ministry"
    assert text[slice(*found.cue or (0, 0))] == "denied"
    assert said(text, found) == "that it had shelled the mill"


def test_a_denial_turns_its_content_round_and_a_negated_denial_does_not(nlp: Language) -> None:
    assert voices("The junta denied the raid.", nlp) == [("junta", "the raid", Status.DENIED, True)]
    assert voices("The junta did not deny the raid.", nlp) == [("junta", "the raid", Status.POSSIBLE, False)]


def test_not_believing_turns_round_and_not_saying_leaves_open(nlp: Language) -> None:
    not_believed = voices("The envoy does not believe that the militia has left.", nlp)
    assert not_believed == [("envoy", "that the militia has left", Status.SUSPECTED, True)]
    not_said = voices("The envoy did not say that the militia has left.", nlp)
    assert not_said == [("envoy", "that the militia has left", Status.POSSIBLE, False)]


def test_rejecting_the_claims_of_others_is_a_denial_of_what_they_claim(nlp: Language) -> None:
    assert voices("The general rejected claims that his men had looted the clinic.", nlp) == [
        ("general", "that his men had looted the clinic", Status.DENIED, True)
    ]


def test_an_accusation_by_authorities_is_told_apart(nlp: Language) -> None:
    (ours,) = voices("The police accused two drivers of smuggling.", nlp)
    (theirs,) = voices("Shopkeepers accused two drivers of smuggling.", nlp)
    assert ours[2] is Status.ACCUSED_BY_AUTHORITIES
    assert theirs[2] is Status.ACCUSED


def test_a_quote_cut_in_two_is_one_attribution_with_two_stretches(nlp: Language) -> None:
    assert voices("“The bridge is gone,” said Huda Marji, an engineer. “We cross by boat.”", nlp) == [
        ("Huda Marji", "“The bridge is gone,” / “We cross by boat.”", Status.REPORTED_AS_FACT, False)
    ]


def test_a_quote_over_several_sentences_belongs_to_the_voice_at_its_end(nlp: Language) -> None:
    text = "“They came at night. They had no lights. We hid,” Yusuf Taleb said."
    (found,) = read_attributions(sentences_of(text, nlp))
    assert said(text, found) == "“They came at night. They had no lights. We hid,”"
    assert found.speaker == "Yusuf Taleb"


def test_a_voice_in_the_middle_leaves_both_halves_of_the_clause(nlp: Language) -> None:
    assert voices("The raid, officials said, killed three soldiers.", nlp) == [
        ("officials", "The raid / killed three soldiers", Status.REPORTED_AS_FACT, False)
    ]


def test_a_report_verb_read_as_a_noun_is_rescued_by_word_order(nlp: Language) -> None:
    assert voices("The Nahr Documentation Network , in its last report , counts 31 raids .", nlp) == [
        ("Nahr Documentation Network", "31 raids", Status.REPORTED_AS_FACT, False)
    ]


def test_he_is_the_last_person_who_spoke(nlp: Language) -> None:
    text = "Karim Odeh said the gate was open. He added that nobody had gone through."
    assert [v[0] for v in voices(text, nlp)] == ["Karim Odeh", "Karim Odeh"]


def test_he_stays_open_when_two_persons_could_be_meant(nlp: Language) -> None:
    text = "Karim Odeh met Salim Naddaf at the gate. He said nobody had gone through."
    assert voices(text, nlp)[-1][0] == "unnamed"


def test_an_unnamed_passive_has_no_source(nlp: Language) -> None:
    text = "It is expected that the mill will reopen."
    (found,) = read_attributions(sentences_of(text, nlp))
    assert (found.source, found.speaker, found.status) == (None, "unnamed", Status.POSSIBLE)


def test_the_authors_own_voice_is_no_attribution(nlp: Language) -> None:
    assert voices("The militia holds the mill. Three men died there in May.", nlp) == []


def test_the_first_person_outside_a_quote_is_the_author(nlp: Language) -> None:
    text = "I wrote that the mill was empty."
    (found,) = read_attributions(sentences_of(text, nlp))
    assert (found.speaker, found.rule.startswith("first person")) == ("author", True)


def test_i_within_a_quote_is_whoever_speaks_it(nlp: Language) -> None:
    text = "“I think that the mill is empty,” Huda Marji said."
    assert [v[0] for v in voices(text, nlp)] == ["Huda Marji", "Huda Marji"]


def test_nobody_claiming_it_is_no_voice(nlp: Language) -> None:
    assert voices("No group has claimed responsibility for the raid.", nlp) == []


def test_a_voice_within_a_voice_gives_both(nlp: Language) -> None:
    assert voices("Karim Odeh said the junta denied the raid.", nlp) == [
        ("Karim Odeh", "the junta denied the raid", Status.REPORTED_AS_FACT, False),
        ("junta", "the raid", Status.DENIED, True),
    ]


@pytest.mark.parametrize(
    "text", ["Nahr Network: six killed in raid on mill", "Six killed in raid on mill: Nahr Network"]
)
def test_a_heading_names_its_voice_before_or_after_a_colon(text: str, nlp: Language) -> None:
    (found,) = voices(text, nlp)
    assert (found[0], found[1].lower()) == ("Nahr Network", "six killed in raid on mill")


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "stay here" and left.', ['"stay here"']),
        ("Er sagte «go», then left.", ["«go»"]),
        ("The soldiers' car and the driver's son.", []),
        ("''We left,'' she said.", ["''We left,''"]),
        ("“We left early. Nobody came.", ["“We left early.", "Nobody came."]),
    ],
)
def test_quotation_marks_of_all_shapes_are_paired(text: str, quotes: list[str], nlp: Language) -> None:
    assert [text[q.start : q.end] for q in find_quotes(sentences_of(text, nlp))] == quotes


def test_a_quote_that_is_never_closed_ends_with_its_paragraph(nlp: Language) -> None:
    text = "“We left early, she said.\n\nRain fell on the mill."
    (quote,) = find_quotes(sentences_of(text, nlp))
    assert text[quote.start : quote.end] == "“We left early, she said."


def test_every_verb_of_the_lexicon_has_forms_that_lead_back_to_it() -> None:
    words = load_voice_words()
    assert words.forms["denied"] == "deny"
    assert words.forms["counts"] == "count"
    assert set(words.forms.values()) == set(words.verbs)
