import pytest

from rasid.resolve.names import resolve_names, resolve_questions, show_name
from tests.builders import claim, claims, document, documents, mention, question, questions, voice


def resolved(**given):
    return resolve_names(claims(claim(**given))).to_dicts()[0]


def test_a_known_actor_gets_the_name_of_the_list():
    assert resolved(actor=mention("the Islamic State"))["actor"]["name"] == "Islamic State"


def test_a_pronoun_keeps_the_name_it_stands_for():
    assert resolved(actor=mention("it", "Daesh"))["actor"]["name"] == "Islamic State"


def test_a_pronoun_that_stands_for_nobody_stays_open():
    assert resolved(actor=mention("they"))["actor"]["name"] is None


def test_the_state_us_is_not_the_pronoun_us():
    assert resolved(actor=mention("US"))["actor"]["name"] == "United States"
    assert resolved(actor=mention("us"))["actor"]["name"] is None


def test_an_unknown_name_is_shown_as_written_without_article():
    assert resolved(target=mention("the Rivers Front’s"))["target"]["name"] == "Rivers Front"


def test_a_place_gets_level_and_country():
    place = mention("al Mosul") | {"level": None, "country": None}
    got = resolved(places=[place])["places"][0]
    assert (got["name"], got["level"], got["country"]) == ("Mosul", "town", "IQ")


def test_a_place_no_list_knows_stays_open():
    place = mention("Port Sabil") | {"level": None, "country": None}
    assert resolved(places=[place])["places"][0]["name"] is None


def test_voices_and_attribution_get_the_same_name():
    row = resolved(voices=["Rana Odeh", "SNHR"])
    assert row["voices"] == ["Rana Odeh", "Syrian Network for Human Rights"]
    assert [a["name"] for a in row["attribution"]] == row["voices"]


def test_one_voice_in_two_spellings_is_one_voice():
    a = claim(id="c1", voices=["x", "The Rivers front"])
    b = claim(id="c2", voices=["x", "the Rivers Front"])
    c = claim(id="c3", voices=["x", "Rivers Front"])
    assert {row["voices"][1] for row in resolve_names(claims(a, b, c)).to_dicts()} == {"Rivers Front"}


def test_names_in_a_question_become_those_of_the_claims():
    row = resolve_questions(questions(question(target="ISIS", actor="the USA"))).to_dicts()[0]
    assert (row["target"], row["actor"]) == ("Islamic State", "United States")


def test_the_text_of_the_document_settles_what_the_quotes_leave_open():
    given = claims(claim(actor=mention("the regime")))
    text = documents(document(text="The regime shelled Ariha in Syria."))
    assert resolve_names(given)["actor"].to_list()[0]["name"] == "regime"
    assert resolve_names(given, text)["actor"].to_list()[0]["name"] == "Syrian government"


def test_claims_without_mentions_stay_as_they_are_and_in_order():
    given = claims(
        claim(id="c2", voices=["x"]), claim(id="c1", voices=["x", "SNHR"], persons=[mention("Rana Odeh")])
    )
    got = resolve_names(given)
    assert got["id"].to_list() == ["c2", "c1"]
    assert got["voices"].to_list() == [["x"], ["x", "Syrian Network for Human Rights"]]
    assert [len(p) for p in got["persons"].to_list()] == [0, 1]
    assert got["actor"].to_list() == [None, None]
    assert resolve_names(got).equals(got)


def test_nobody_fights_himself_by_a_pronoun():
    row = resolved(actor=mention("ISIS"), target=mention("them", "Daesh"))
    assert (row["actor"]["name"], row["target"]["name"]) == ("Islamic State", None)
    assert (
        resolved(actor=mention("ISIS"), target=mention("itself", "ISIS"))["target"]["name"] == "Islamic State"
    )


def test_no_claims_are_no_claims():
    assert resolve_names(claims()).height == 0


def test_an_instrument_is_no_party():
    assert resolved(instrument=mention("the Russian jets"))["instrument"]["name"] == "Russian jets"


@pytest.mark.parametrize(
    ("written", "shown"), [("the  Front", "Front"), ("Assad's", "Assad"), ("The", "The"), ("...", "...")]
)
def test_show_name_never_leaves_nothing(written, shown):
    assert show_name(written) == shown
    assert voice(written)["name"] == written
