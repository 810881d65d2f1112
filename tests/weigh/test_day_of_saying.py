"""A reported voice speaks on the day it spoke; the end of a group's rule is not its end; a war is called over or not."""

from __future__ import annotations

import pytest

from rasid.weigh.questions import answer_questions
from tests.builders import claim, claims, document, documents, mention, question, questions, voice

FRONT = mention("Ash Front", "Ash Front")
MARBAT = {"text": "Marbat", "name": "Marbat", "level": "town", "country": "XX", "start": 0, "end": 6}


def _answered(*rows, asked=None):
    held = documents(document(date="2024-05-03"))
    stances, conflicts = answer_questions(questions(asked or question()), claims(*rows), held)
    return stances.to_dicts(), [c for c in conflicts.to_dicts() if c["question"] is not None]


def _said(number, name, day=None, **given):
    told = [voice("author of a.txt"), {**voice(name), "said": day}]
    row = {
        "id": f"c{number:012}",
        "voices": ["author of a.txt", name],
        "start": 100 * number,
        "attribution": told,
    }
    return claim(**row | given)


def test_a_stance_is_of_the_day_it_was_said_and_else_of_the_document():
    dated = _said(1, "president", "2018-12-19", type="defeat", kind="status", target=FRONT)
    bare = _said(2, "general", None, type="defeat", kind="status", target=FRONT, polarity="denied")
    stances, conflicts = _answered(dated, bare)
    assert {(s["voice"], s["date"], s["first_day"], s["last_day"]) for s in stances} == {
        ("president", "2018-12-19", "2018-12-19", "2018-12-19"),
        ("general", "2024-05-03", "2024-05-03", "2024-05-03"),
    }
    assert "2018-12-19" in conflicts[0]["reason"]


def test_a_month_of_saying_stays_a_month():
    row = _said(1, "president", "2018-12", type="defeat", kind="status", target=FRONT)
    assert [(s["date"], s["last_day"]) for s in _answered(row)[0]] == [("2018-12", "2018-12")]


@pytest.mark.parametrize(
    ("behind", "stance"),
    [
        ("was over.", "affirms"),
        ("had ended.", "affirms"),
        ("was far from over.", "denies"),
        ("is not yet won.", "denies"),
        ("goes on.", "denies"),
        ("took place in Marbat.", None),
        ("was hard, and the winter was over.", None),
    ],
)
def test_the_fight_against_a_group_is_called_over_or_not(behind, stance):
    quote = f"The war against the Ash Front {behind}"
    row = claim(type="battle", target=FRONT, quote=quote, trigger={"text": "war", "start": 4, "end": 7})
    assert [(s["stance"], s["directness"]) for s in _answered(row)[0]] == (
        [(stance, "implied")] if stance else []
    )


def test_the_end_of_the_caliphate_is_granted_and_is_not_the_end_of_the_group():
    whole = claim(
        type="defeat", kind="status", target=FRONT, polarity="denied", quote="It has not been beaten."
    )
    rule = claim(
        id="c2", start=100, type="defeat", kind="status", target=mention("the emirate", "Ash Front"),
        quote="The emirate is over.",
    )  # fmt: skip
    (stance,), _ = _answered(whole, rule)
    assert stance["stance"] == "denies"
    assert [q["quote"] for q in stance["concessions"]] == ["The emirate is over."]
    (alone,), _ = _answered(rule)
    assert (alone["stance"], alone["directness"]) == ("partly", "implied")


def test_asked_about_the_emirate_its_end_is_a_plain_yes():
    rule = claim(type="defeat", kind="status", target=mention("the emirate", "Ash Front"))
    asked = question(question="Has the emirate of the Ash Front been defeated?")
    assert [s["stance"] for s in _answered(rule, asked=asked)[0]] == ["affirms"]


def _killed(number, name, low, **given):
    count = {
        "text": str(low), "low": low, "high": low, "bound": "exact", "unit": "civilian", "base": "civilians",
        "measure": "count", "start": 0, "end": 2,
    }  # fmt: skip
    return _said(number, name, type="killing", places=[MARBAT], quantity=count, **given)


def test_a_count_of_the_dead_without_days_is_not_of_the_day_it_was_said():
    asked = question(
        question="How many civilians were killed in Marbat?", kind="number", asks="how many", unit="civilians",
        type="killing", target=None, place="Marbat",
    )  # fmt: skip
    may = {
        "text": "in May",
        "first_day": "2023-05-01",
        "last_day": "2023-05-31",
        "precision": "month",
        "start": 0,
        "end": 6,
    }
    stances, conflicts = _answered(
        _killed(1, "monitor", 160.0, time=may), _killed(2, "army", 15.0), asked=asked
    )
    assert {(s["voice"], s["last_day"]) for s in stances} == {("monitor", "2023-05-31"), ("army", None)}
    assert [c["kind"] for c in conflicts] == ["conflicts unless the time differs"]
