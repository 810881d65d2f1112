"""Questions about the means of a deed and about numbers: what must stand in a claim so that it answers them."""

from rasid.weigh.questions import answer_questions
from tests.builders import claim, claims, document, documents, mention, question, questions

DOVREK = {"text": "Dovrek", "name": "Dovrek", "level": "town", "country": "XX", "start": 0, "end": 6}
ABOUT = "Dovrek was quiet. Then Dovrek was not."


def answered(asked, *rows, text=ABOUT):
    held = documents(document(text=text, date="2024-05-03"))
    stances, conflicts = answer_questions(questions(asked), claims(*rows), held)
    return stances.to_dicts(), [c for c in conflicts.to_dicts() if c["question"] is not None]


def said(number, voice, **given):
    return claim(**{"id": f"c{number:012}", "voices": [voice], "start": 100 * number} | given)


def asks_barrel_bombs():
    return question(
        question="Did the air force drop barrel bombs on Dovrek?", kind="means", type="air_strike",
        actor="the air force", target="Dovrek", place="Dovrek",
    )  # fmt: skip


def struck(number, voice, quote, **given):
    row = {"type": "air_strike", "quote": quote, "places": [DOVREK]} | given
    return said(number, voice, **row)


def test_an_air_strike_says_nothing_about_barrel_bombs():
    assert answered(asks_barrel_bombs(), struck(1, "wire", "An air strike hit Dovrek."))[0] == []


def test_a_plane_that_dropped_barrel_bombs_leaves_open_whose_it_was():
    row = struck(1, "resident", "A plane dropped barrel bombs on Dovrek.", actor=mention("A plane", "plane"))
    stances, _ = answered(asks_barrel_bombs(), row)
    assert [(s["stance"], s["directness"]) for s in stances] == [("partly", "implied")]


def test_who_denies_any_bombing_denies_the_barrel_bombs():
    row = struck(1, "army", "There was no bombing in Dovrek.", type="bombing", polarity="denied")
    stances, _ = answered(asks_barrel_bombs(), row)
    assert [(s["stance"], s["rule"]) for s in stances] == [
        ("denies", "implied: who denies the deed denies its means")
    ]


def test_the_doer_who_used_it_stands_before_the_verb():
    quote = "The air force used barrel bombs on Dovrek."
    trigger = {"text": "barrel bombs", "start": 119, "end": 131}
    stances, _ = answered(asks_barrel_bombs(), struck(1, "monitor", quote, trigger=trigger))
    assert [s["stance"] for s in stances] == ["affirms"]


def test_we_are_the_party_whose_voice_it_is():
    asked = question(kind="occurrence", type="shelling", actor="Ash Front", target="Dovrek", place="Dovrek")
    row = said(
        1, "Ash Front media office", type="shelling", polarity="denied", quote="Our men did not shell Dovrek.",
        actor=mention("Our men", "Our men"), target=mention("Dovrek", "Dovrek"), places=[DOVREK],
    )  # fmt: skip
    assert [s["stance"] for s in answered(asked, row)[0]] == ["denies"]


def number_of(text, value, unit, base):
    return {
        "text": text, "low": value, "high": value, "bound": "exact", "unit": unit, "base": base,
        "measure": "count", "start": 0, "end": 2,
    }  # fmt: skip


def how_many_civilians():
    return question(
        question="How many civilians were killed in Dovrek?", kind="number", asks="how many", unit="civilians",
        type="killing", target=None, place="Dovrek",
    )  # fmt: skip


def killed(number, voice, text, value, unit="civilian", base="civilians", **given):
    row = {"type": "killing", "places": [DOVREK], "quantity": number_of(text, value, unit, base)} | given
    return said(number, voice, **row)


def test_that_no_civilian_was_killed_is_an_answer_and_excludes_a_number():
    none = said(
        1, "ministry", type="killing", polarity="denied", target=mention("no civilian", "no civilian"),
        places=[DOVREK], quote="No civilian was killed in Dovrek.",
    )  # fmt: skip
    stances, conflicts = answered(how_many_civilians(), none, killed(2, "monitor", "46", 46.0))
    assert {(s["voice"], s["answer"], s["stance"]) for s in stances} == {
        ("ministry", "nobody", "affirms"),
        ("monitor", "46", "affirms"),
    }
    assert [c["kind"] for c in conflicts] == ["conflicts"]


def test_the_children_among_the_civilians_are_no_answer_of_their_own():
    whole = killed(1, "monitor", "46", 46.0)
    part = killed(1, "monitor", "17", 17.0, unit="child", base="children", id="c2")
    assert [s["answer"] for s in answered(how_many_civilians(), whole, part)[0]] == ["46"]


def test_two_residents_who_speak_are_not_two_dead():
    row = killed(1, "wire", "two", 2.0, unit="resident", base="people", voices=["wire", "two residents"])
    assert answered(how_many_civilians(), row)[0] == []


def test_the_dead_of_a_month_are_not_those_of_the_town_the_report_is_about():
    march = {
        "text": "in March", "first_day": "2024-03-01", "last_day": "2024-03-31", "precision": "month",
        "start": 0, "end": 8,
    }  # fmt: skip
    assert answered(how_many_civilians(), killed(1, "monitor", "311", 311.0, places=[], time=march))[0] == []


def test_the_dead_at_another_place_in_the_same_report_do_not_count():
    quote = "They killed 2 men at Um Halin."
    assert answered(how_many_civilians(), killed(1, "woman", "2", 2.0, places=[], quote=quote))[0] == []
    here = "They killed 2 men at the gate."
    assert len(answered(how_many_civilians(), killed(1, "woman", "2", 2.0, places=[], quote=here))[0]) == 1
