import pytest

from rasid.model.tables import as_rows
from rasid.weigh.contradictions import find_contradictions
from rasid.weigh.questions import load_known
from tests.builders import claim, claims, documents, mention

KNOWN = load_known([], [], documents())
FRONT = mention("Ash Front", "Ash Front")
ARMY = mention("Rivers Army", "Rivers Army")
DOVREK = {"text": "Dovrek", "name": "Dovrek", "level": "town", "country": "XX", "start": 0, "end": 6}
IMERRA = DOVREK | {"text": "Imerra", "name": "Imerra"}


def found(*rows, dates=None):
    return find_contradictions(as_rows(claims(*rows)), dates or {}, KNOWN)


def said(number, voice, **given):
    quote = given.pop("quote", f"Sentence {number} of {voice} about it.")
    return claim(id=f"c{number:012}", document=f"d{number:012}", voices=[voice], quote=quote, **given)


def kinds(rows):
    return [(row["kind"], row["voices"]) for row in rows]


def test_said_and_denied_is_a_contradiction_with_both_quotes():
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "ministry", kind="status", type="presence", actor=FRONT, places=[DOVREK], polarity="denied"),
    )
    assert kinds(rows) == [("conflicts unless the time differs", ["blog", "ministry"])]
    assert [q["document"] for q in rows[0]["quotes"]] == ["d000000000001", "d000000000002"]


def test_what_excludes_another_claim_contradicts_it_and_the_reason_says_how():
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "wire", type="withdrawal", actor=FRONT, places=[DOVREK]),
    )
    assert [row["kind"] for row in rows] == ["conflicts unless the time differs"]
    assert "neither is dated" in rows[0]["reason"]


def test_another_place_is_no_contradiction():
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "wire", type="withdrawal", actor=FRONT, places=[IMERRA]),
    )
    assert rows == []


def test_another_party_is_no_contradiction():
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "wire", kind="status", type="presence", actor=ARMY, places=[DOVREK], polarity="denied"),
    )
    assert rows == []


@pytest.mark.parametrize("certainty", ["possible", "predicted"])
def test_what_may_be_or_will_be_contradicts_nothing(certainty):
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "wire", type="withdrawal", actor=FRONT, places=[DOVREK], certainty=certainty),
    )
    assert rows == []


def test_an_attack_by_the_beaten_is_no_contradiction_by_itself():
    rows = found(
        said(1, "ministry", type="defeat", kind="status", target=FRONT),
        said(2, "blog", type="attack", actor=FRONT, places=[DOVREK]),
    )
    assert rows == []


def test_one_voice_does_not_contradict_itself():
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "blog", type="presence", actor=FRONT, places=[DOVREK], polarity="denied"),
    )
    assert rows == []


def test_states_of_two_dates_are_a_difference_of_date():
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "wire", type="withdrawal", actor=FRONT, places=[DOVREK]),
        dates={"d000000000001": "2024-01-05", "d000000000002": "2024-06-01"},
    )
    assert [row["kind"] for row in rows] == ["different date"]


def test_two_sides_in_control_of_one_town_contradict_each_other():
    rows = found(
        said(1, "blog", type="control", actor=FRONT, target=mention("Dovrek", "Dovrek"), places=[DOVREK]),
        said(2, "wire", type="control", actor=ARMY, target=mention("Dovrek", "Dovrek"), places=[DOVREK]),
    )
    assert [row["kind"] for row in rows] == ["conflicts unless the time differs"]
    assert "Ash Front" in rows[0]["reason"]
    assert "Rivers Army" in rows[0]["reason"]


def counted(number, voice, text, low, day="2024-03-01", base="civilians"):
    quantity = {
        "text": text, "low": low, "high": low, "bound": "exact", "unit": "people", "base": base,
        "measure": "count", "start": 0, "end": 2,
    }  # fmt: skip
    time = {"text": day, "first_day": day, "last_day": day, "precision": "day", "start": 3, "end": 5}
    return said(number, voice, type="killing", places=[DOVREK], quantity=quantity, time=time)


def test_two_numbers_of_one_place_and_day_and_base_contradict_each_other():
    rows = found(counted(1, "blog", "12", 12.0), counted(2, "wire", "30", 30.0))
    assert [row["kind"] for row in rows] == ["conflicts"]


@pytest.mark.parametrize("other", [{"day": "2024-03-02"}, {"base": "fighters"}])
def test_numbers_of_another_day_or_base_do_not(other):
    assert found(counted(1, "blog", "12", 12.0), counted(2, "wire", "30", 30.0, **other)) == []


def test_two_voices_that_say_the_same_agree():
    rows = found(
        said(
            1,
            "blog",
            kind="status",
            type="presence",
            actor=FRONT,
            places=[DOVREK],
            quote="The Front is in Dovrek.",
        ),
        said(
            2,
            "wire",
            type="presence",
            actor=FRONT,
            places=[DOVREK],
            quote="Dovrek still has the Ash Front in it.",
        ),
    )
    assert kinds(rows) == [("agrees", ["blog", "wire"])]


def test_a_copied_sentence_is_the_same_source():
    sentence = "The Ash Front is still in Dovrek, residents told the agency."
    rows = found(
        said(1, "blog", kind="status", type="presence", actor=FRONT, places=[DOVREK], quote=sentence),
        said(2, "wire", kind="status", type="presence", actor=FRONT, places=[DOVREK], quote=sentence),
    )
    assert [row["kind"] for row in rows] == ["same"]
    assert "one source" in rows[0]["reason"]


def told_as(number, voice, words, **given):
    """A claim whose trigger stands in its quote, as the reader gives it."""
    quote = given.pop("quote")
    at = quote.index(words)
    return said(
        number, voice, quote=quote, trigger={"text": words, "start": at, "end": at + len(words)}, **given
    )


def gone():
    return said(2, "wire", type="withdrawal", actor=FRONT, places=[DOVREK])


@pytest.mark.parametrize(
    ("words", "quote", "kinds_found"),
    [
        ("ruled", "The Front ruled Dovrek.", []),
        ("controls", "The Front controls Dovrek.", ["conflicts unless the time differs"]),
        ("controlled", "Dovrek is controlled by the Front.", ["conflicts unless the time differs"]),
    ],
)
def test_what_was_so_once_contradicts_nobody_who_says_it_is_over(words, quote, kinds_found):
    holds = told_as(
        1, "blog", words, quote=quote, type="control", kind="status", actor=FRONT, places=[DOVREK]
    )
    assert [row["kind"] for row in found(holds, gone())] == kinds_found


def test_a_loss_of_no_named_place_contradicts_no_control():
    rows = found(
        said(
            1,
            "blog",
            kind="status",
            type="control",
            actor=FRONT,
            target=mention("three villages", "three villages"),
        ),
        said(
            2, "wire", type="territorial_loss", actor=FRONT, target=mention("every village", "every village")
        ),
    )
    assert rows == []


def test_these_men_of_one_report_are_not_the_men_of_another():
    rows = found(
        said(
            1,
            "blog",
            type="abduction",
            actor=FRONT,
            target=mention("these men", "these men"),
            polarity="denied",
        ),
        said(2, "wire", type="abduction", actor=FRONT, target=mention("two men", "two men"), places=[DOVREK]),
    )
    assert rows == []


def test_who_is_not_here_may_be_there():
    rows = found(
        said(1, "commander", kind="status", type="presence", actor=FRONT, polarity="denied"),
        said(2, "wire", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
    )
    assert rows == []


def test_beaten_in_one_respect_is_not_beaten():
    quote = "As a force that governs towns, the Ash Front has been beaten."
    rows = found(
        said(1, "monitor", type="defeat", target=FRONT, quote=quote),
        said(2, "blog", type="defeat", target=FRONT, polarity="denied"),
    )
    assert rows == []


def test_the_army_does_not_contradict_its_own_press_office():
    rows = found(
        said(1, "Rivers Army", kind="status", type="presence", actor=FRONT, places=[DOVREK]),
        said(2, "Rivers Army press office", kind="status", type="presence", actor=FRONT, places=[DOVREK],
             polarity="denied"),
    )  # fmt: skip
    assert rows == []


def test_a_siege_that_went_on_in_spring_and_was_over_in_autumn_is_a_difference_of_date():
    rows = found(
        said(1, "aid", type="siege", target=mention("Dovrek", "Dovrek"), places=[DOVREK]),
        said(2, "army", type="siege", target=mention("Dovrek", "Dovrek"), places=[DOVREK], polarity="denied"),
        dates={"d000000000001": "2024-03-01", "d000000000002": "2024-10-01"},
    )
    assert [row["kind"] for row in rows] == ["different date"]


def test_that_nobody_took_them_excludes_that_somebody_did():
    two = mention("two engineers", "two engineers")
    rows = found(
        said(1, "wire", type="abduction", actor=FRONT, target=two, places=[DOVREK]),
        said(2, "mayor", type="abduction", target=two, places=[DOVREK], polarity="denied"),
    )
    assert [row["reason"] for row in rows] == [
        "wire and mayor: who denies the deed denies that anybody did it."
    ]
