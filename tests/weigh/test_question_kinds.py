"""Questions with other answers than yes and no, by words alone, and limited in time."""

from rasid.weigh.questions import answer_questions
from tests.builders import claim, claims, document, documents, mention, question, questions

FRONT = mention("Ash Front", "Ash Front")
ARMY = mention("Rivers Army", "Rivers Army")
DOVREK = {"text": "Dovrek", "name": "Dovrek", "level": "town", "country": "XX", "start": 0, "end": 6}


def answered(asked, *rows, held=None):
    stances, conflicts = answer_questions(
        questions(asked), claims(*rows), held if held is not None else documents(document())
    )
    return stances.to_dicts(), [c for c in conflicts.to_dicts() if c["question"] is not None]


def said(number, voice, **given):
    return claim(id=f"c{number:012}", voices=[voice], start=100 * number, **given)


def who_controls():
    return question(kind="control", asks="who", type="control", actor=None, target="Dovrek", place="Dovrek")


def holds(number, voice, party, **given):
    return said(
        number, voice, type="control", kind="status", actor=party, target=mention("Dovrek", "Dovrek"),
        places=[DOVREK], **given,
    )  # fmt: skip


def test_who_controls_a_town_is_answered_by_the_party_each_voice_names():
    stances, conflicts = answered(who_controls(), holds(1, "blog", FRONT), holds(2, "wire", ARMY))
    assert {(s["voice"], s["answer"], s["stance"]) for s in stances} == {
        ("blog", "Ash Front", "affirms"),
        ("wire", "Rivers Army", "affirms"),
    }
    assert [c["kind"] for c in conflicts] == ["conflicts unless the time differs"]


def test_a_voice_that_denies_one_answer_denies_that_answer_only():
    stances, conflicts = answered(who_controls(), holds(1, "blog", FRONT, polarity="denied"))
    assert [(s["answer"], s["stance"]) for s in stances] == [("Ash Front", "denies")]
    assert conflicts == []


def number_of(text, value, base):
    return {
        "text": text, "low": value, "high": value, "bound": "exact", "unit": "people", "base": base,
        "measure": "count", "start": 0, "end": 2,
    }  # fmt: skip


def how_many():
    return question(
        kind="number", asks="how many", unit="civilians", type="killing", target=None, place="Dovrek"
    )


def killed(number, voice, text, value, base="civilians"):
    return said(number, voice, type="killing", places=[DOVREK], quantity=number_of(text, value, base))


def test_how_many_is_answered_by_numbers_as_said():
    stances, conflicts = answered(how_many(), killed(1, "blog", "12", 12.0), killed(2, "wire", "30", 30.0))
    assert {(s["voice"], s["answer"]) for s in stances} == {("blog", "12"), ("wire", "30")}
    assert [c["kind"] for c in conflicts] == ["conflicts unless the time differs"]


def test_numbers_of_two_bases_differ_in_base():
    _, conflicts = answered(
        how_many(), killed(1, "blog", "12", 12.0), killed(2, "wire", "30", 30.0, base="fighters")
    )
    assert [c["kind"] for c in conflicts] == ["different base"]


def test_what_became_of_a_person_takes_the_words_of_each_voice():
    lina = mention("Lina Haddad", "Lina Haddad")
    asked = question(kind="fate", asks="fate", type="death", target="Lina Haddad")
    stances, _ = answered(
        asked,
        said(1, "family", type="disappearance", target=lina),
        said(2, "ministry", type="release", target=lina),
    )
    assert {(s["voice"], s["answer"]) for s in stances} == {("family", "missing"), ("ministry", "free")}


def test_who_was_released_is_not_dead():
    lina = mention("Lina Haddad", "Lina Haddad")
    asked = question(kind="fate", asks="whether", type="death", target="Lina Haddad")
    stances, _ = answered(asked, said(1, "ministry", type="release", target=lina))
    assert [(s["stance"], s["directness"]) for s in stances] == [("denies", "implied")]


def test_alive_is_the_denial_of_dead():
    lina = mention("Lina Haddad", "Lina Haddad")
    asked = question(kind="fate", asks="whether", type="death", target="Lina Haddad", polarity="denied")
    assert answered(asked, said(1, "wire", type="death", target=lina))[0][0]["stance"] == "denies"


def test_a_war_that_has_not_ended_is_not_over():
    asked = question(kind="over", type="battle", target=None, terms=["war"])
    stances, _ = answered(
        asked,
        said(1, "blog", type="continuation", kind="status", target=mention("the war"), polarity="affirmed"),
    )
    assert [s["stance"] for s in stances] == ["denies"]


def test_a_truce_that_was_signed_is_not_said_to_hold():
    asked = question(kind="truce", type="ceasefire", target=None, place="Dovrek")
    signed = said(1, "wire", type="ceasefire", places=[DOVREK], quote="A ceasefire was signed in Dovrek.")
    held = said(2, "blog", type="ceasefire", places=[DOVREK], quote="The ceasefire in Dovrek is holding.")
    assert [s["voice"] for s in answered(asked, signed, held)[0]] == ["blog"]


def test_a_question_without_a_type_is_answered_by_its_words_and_says_that_it_is_weaker():
    asked = question(kind="words", type=None, terms=["bridge", "Dovrek"])
    stances, _ = answered(asked, said(1, "blog", type="destruction", quote="The bridge at Dovrek fell."))
    assert [s["directness"] for s in stances] == ["implied"]
    assert "words of the question" in stances[0]["rule"]


def test_a_claim_of_other_days_does_not_speak_to_a_question_limited_in_time():
    asked = question(first_day="2024-03-01", last_day="2024-03-31")
    time = {
        "text": "in May", "first_day": "2024-05-01", "last_day": "2024-05-31", "precision": "month",
        "start": 0, "end": 6,
    }  # fmt: skip
    assert answered(asked, said(1, "blog", type="defeat", target=FRONT, time=time))[0] == []


def test_a_voice_that_changed_its_mind_has_a_stance_per_date():
    held = documents(
        document(date="2024-01-01"), document(id="d000000000002", date="2024-06-01", original="1" * 64)
    )
    stances, _ = answered(
        question(),
        said(1, "wire", type="defeat", target=FRONT, polarity="denied"),
        said(2, "wire", type="defeat", target=FRONT, document="d000000000002"),
        held=held,
    )
    assert [(s["date"], s["stance"]) for s in stances] == [
        ("2024-01-01", "denies"),
        ("2024-06-01", "affirms"),
    ]


def test_a_concession_is_kept_beside_the_stance():
    stances, _ = answered(
        question(),
        said(1, "blog", type="defeat", target=FRONT, polarity="denied"),
        said(2, "blog", type="surrender", actor=FRONT),
    )
    assert [s["stance"] for s in stances] == ["denies"]
    assert [q["claim"] for q in stances[0]["concessions"]] == ["c000000000002"]


def ruled(number, voice):
    quote = "The Front ruled Dovrek."
    return said(
        number, voice, type="control", kind="status", actor=FRONT, places=[DOVREK], quote=quote,
        trigger={"text": "ruled", "start": 100 * number + 10, "end": 100 * number + 15},
    )  # fmt: skip


def test_a_state_of_the_past_does_not_answer_for_today():
    asked = question(
        kind="control",
        type="control",
        actor="Ash Front",
        target=None,
        place="Dovrek",
        question="Does the Front control Dovrek?",
    )
    assert answered(asked, ruled(1, "blog"))[0] == []


def test_a_state_of_the_past_answers_a_question_of_the_past():
    asked = question(
        kind="control",
        type="control",
        actor="Ash Front",
        target=None,
        place="Dovrek",
        question="Did the Front control Dovrek?",
    )
    assert [s["stance"] for s in answered(asked, ruled(1, "blog"))[0]] == ["affirms"]


def test_a_word_far_from_the_truce_does_not_say_that_it_holds():
    asked = question(kind="truce", type="ceasefire", target=None, place="Dovrek")
    quote = "A truce was signed in Dovrek last night, but it left much confusion over the prisoners."
    row = said(
        1,
        "wire",
        type="ceasefire",
        places=[DOVREK],
        quote=quote,
        trigger={"text": "truce", "start": 102, "end": 107},
    )
    assert answered(asked, row)[0] == []


def test_old_fighting_says_nothing_about_a_truce_of_today():
    asked = question(kind="truce", type="ceasefire", actor="Ash Front", target=None, place=None)
    old = said(1, "wire", type="battle", actor=FRONT, quote="The Front has fought the army since 2009.")
    new = said(2, "blog", type="battle", actor=FRONT, quote="The Front fought on despite the ceasefire.")
    assert [(s["voice"], s["stance"]) for s in answered(asked, old, new)[0]] == [("blog", "denies")]
