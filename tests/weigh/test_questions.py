import pytest

from rasid.model.values import Stance
from rasid.weigh.questions import answer_questions
from rasid.weigh.stances import weigh_leanings
from tests.builders import claim, claims, document, documents, mention, question, questions

FRONT = mention("Ash Front", "Ash Front")


def answered(*rows, asked=None, held=None):
    stances, conflicts = answer_questions(
        questions(asked or question()), claims(*rows), held if held is not None else documents(document())
    )
    return stances.to_dicts(), [c for c in conflicts.to_dicts() if c["question"] is not None]


def defeat(**given):
    return claim(type="defeat", kind="status", target=FRONT, **given)


@pytest.mark.parametrize(
    ("polarity", "certainty", "stance"),
    [
        ("affirmed", "certain", "affirms"),
        ("denied", "certain", "denies"),
        ("affirmed", "partial", "partly"),
        ("denied", "partial", "partly"),
        ("affirmed", "possible", "unclear"),
        ("affirmed", "predicted", "unclear"),
    ],
)
def test_the_stance_follows_polarity_and_certainty(polarity, certainty, stance):
    stances, _ = answered(defeat(polarity=polarity, certainty=certainty))
    assert [(s["stance"], s["directness"]) for s in stances] == [(stance, "stated")]


def test_victory_over_somebody_is_his_defeat():
    assert answered(claim(type="victory", target=FRONT, polarity="denied"))[0][0]["stance"] == "denies"


def test_a_claim_about_somebody_else_says_nothing():
    other = claim(type="defeat", target=mention("Rivers Front", "Rivers Front"))
    assert answered(other) == ([], [])


def test_a_claim_with_an_open_target_says_nothing():
    assert answered(claim(type="defeat", target=mention("it")))[0] == []


def test_who_still_holds_territory_is_implied_not_to_be_defeated():
    stance = answered(claim(type="control", kind="status", actor=FRONT))[0][0]
    assert (stance["stance"], stance["directness"]) == ("denies", "implied")
    assert "territory" in stance["rule"]


@pytest.mark.parametrize(
    ("polarity", "certainty"), [("denied", "certain"), ("affirmed", "predicted"), ("affirmed", "possible")]
)
def test_what_is_denied_or_to_come_implies_nothing(polarity, certainty):
    assert answered(claim(type="control", actor=FRONT, polarity=polarity, certainty=certainty))[0] == []


def test_what_is_stated_beats_what_is_implied():
    stance = answered(defeat(), claim(id="c2", type="control", actor=FRONT, start=30))[0][0]
    assert (stance["stance"], stance["directness"]) == ("affirms", "stated")
    assert [len(stance[name]) for name in ("quotes", "concessions")] == [1, 1]


def test_three_denials_of_one_voice_are_one_stance():
    stances, _ = answered(*(defeat(id=f"c{n}", start=30 * n, polarity="denied") for n in range(3)))
    assert len(stances) == 1
    assert "3 times, counted as one voice" in stances[0]["rule"]


def test_a_voice_and_its_reporter_are_never_merged():
    stances, _ = answered(
        defeat(voices=["blog"], polarity="denied"), defeat(id="c2", start=40, voices=["blog", "army"])
    )
    assert {(s["voice"], tuple(s["via"]), s["stance"]) for s in stances} == {
        ("blog", (), "denies"),
        ("army", ("blog",), "affirms"),
    }


def test_a_contradiction_shows_a_quote_of_each_side_and_says_that_neither_is_dated():
    _, conflicts = answered(defeat(voices=["a"], polarity="denied"), defeat(id="c2", start=40, voices=["b"]))
    assert [c["kind"] for c in conflicts] == ["conflicts unless the time differs"]
    assert "neither is dated" in conflicts[0]["reason"]
    assert len(conflicts[0]["quotes"]) == 2


def test_a_contradiction_on_one_day_is_a_conflict():
    held = documents(document(date="2024-03-01"))
    _, conflicts = answered(defeat(voices=["a"], polarity="denied"), defeat(id="c2", voices=["b"]), held=held)
    assert [c["kind"] for c in conflicts] == ["conflicts"]


def test_the_place_of_the_question_must_be_the_place_of_the_claim():
    asked = question(place="Imerra")
    place = mention("Imerra", "Imerra") | {"level": None, "country": None}
    assert answered(defeat(), asked=asked)[0] == []
    assert len(answered(defeat(places=[place]), asked=asked)[0]) == 1


def test_a_question_that_was_not_understood_has_no_stances():
    assert answered(defeat(), asked=question(type=None, kind="words", terms=[])) == ([], [])


@pytest.mark.parametrize(
    ("leanings", "stance"),
    [
        ([Stance.AFFIRMS] * 3, Stance.AFFIRMS),
        ([Stance.DENIES], Stance.DENIES),
        ([Stance.AFFIRMS, Stance.DENIES], Stance.UNCLEAR),
        ([Stance.PARTLY, Stance.DENIES], Stance.PARTLY),
        ([], Stance.UNCLEAR),
    ],
)
def test_how_the_claims_of_one_voice_make_one_stance(leanings, stance):
    assert weigh_leanings(leanings)[0] is stance


# --- a part and the whole -----------------------------------------------------------------------------------------

ARMY = mention("the army", "Syrian Arab Army")


@pytest.mark.parametrize(
    ("type_", "role", "polarity", "stance"),
    [
        ("territorial_loss", "actor", "affirmed", "affirms"),
        ("shelling", "actor", "affirmed", "affirms"),
        ("defeat", "target", "affirmed", "partly"),
        ("shelling", "actor", "denied", None),
        ("defeat", "target", "denied", None),
        ("ceasefire", "actor", "affirmed", None),
    ],
)
def test_the_deeds_of_a_part_are_those_of_the_whole_its_words_and_what_it_did_not_do_are_not(
    type_, role, polarity, stance
):
    asked = question(type=type_, target=None) | {role: "Syrian government forces"}
    stances, _ = answered(claim(type=type_, polarity=polarity, **{role: ARMY}), asked=asked)
    assert [s["stance"] for s in stances] == ([] if stance is None else [stance])
    assert all("Syrian Arab Army is of Syrian government forces" in s["rule"] for s in stances)


def test_the_whole_does_not_speak_for_its_part():
    whole = mention("government forces", "Syrian government forces")
    asked = question(type="territorial_loss", actor="Syrian Arab Army", target=None)
    assert answered(claim(type="territorial_loss", actor=whole), asked=asked)[0] == []


def test_two_doers_contradict_each_other_only_where_the_claims_can_mean_one_deed():
    dovrek = {"text": "Dovrek", "name": "Dovrek", "level": "town", "country": None, "start": 0, "end": 0}
    kelan = dovrek | {"text": "Kelan", "name": "Kelan"}
    army = mention("Rivers Army", "Rivers Army")

    def shelling(number, actor, place, voice):
        return claim(
            id=f"c{number:012}", type="shelling", actor=actor, places=[place], voices=[voice],
            quote=f"Sentence {number} of {voice} on shells.",
        )  # fmt: skip

    asked = question(kind="responsibility", type="shelling", asks="who", target=None, actor=None, place=None)
    one = shelling(1, FRONT, dovrek, "mayor")
    assert answered(one, shelling(2, army, kelan, "wire"), asked=asked)[1] == []
    [conflict] = answered(one, shelling(2, army, dovrek, "wire"), asked=asked)[1]
    assert conflict["voices"] == ["mayor", "wire"]
