"""Which figures count the same thing, how they relate, and what they come to under each rule."""

from __future__ import annotations

import time

import polars as pl
import pytest

from rasid.model.ids import content_id
from rasid.model.ranges import RANGE_PARTS, RANGES, SUMS, RangeRule, Rule
from rasid.model.recorded import RECORDS
from rasid.model.tables import PASSAGES, PLACES, Row, check, empty, table
from rasid.weigh.ranges import Ranged, weigh_ranges
from tests.builders import claim, claims, document, documents

DAY = {
    "text": "3 May",
    "first_day": "2021-05-03",
    "last_day": "2021-05-03",
    "precision": "day",
    "start": 0,
    "end": 5,
}
MONTH = DAY | {"text": "May 2021", "first_day": "2021-05-01", "last_day": "2021-05-31", "precision": "month"}


def place(text: str = "Tel Amara") -> Row:
    return {"text": text, "name": None, "level": None, "country": None, "start": 0, "end": len(text)}


def number(low: float | None, high: float | None = None, **given: object) -> Row:
    high = low if high is None and "bound" not in given else high
    said = str(int(low if low is not None else high or 0))
    row: Row = {
        "text": said, "low": low, "high": high, "bound": "exact", "unit": "people", "base": "people",
        "measure": "count", "per": None, "stock_flow": None, "cumulative": False, "part_of": None, "start": 0,
        "end": len(said),
    }  # fmt: skip
    return row | given


def said(voice: str, quantity: Row, *, doc: int = 1, **given: object) -> Row:
    """A voice gives a number of people killed in Tel Amara on 3 May 2021."""
    voices = given.pop("voices", [voice])
    row: Row = {"type": "killing", "places": [place()], "time": DAY, "quantity": quantity, "voices": voices}
    row["document"] = f"d{doc:012}"
    row |= {"quote": f"{voice} says {quantity['text']} of them.", "start": 0}
    row |= given
    row.setdefault(
        "id", content_id("c", voice, str(quantity["low"]), str(row["start"]), str(row["document"]))
    )
    return claim(**row)


def weighed(*rows: Row, rule: RangeRule | None = None, **given: object) -> Ranged:
    """Documents d1, d2 … are dated 2021-05-04, 05 …"""
    ids = sorted({str(row["document"]) for row in rows})
    dates = {each: f"2021-05-{3 + int(each[1:]):02}" for each in ids}
    texts = given.pop("texts", {})
    assert isinstance(texts, dict)
    held = [
        document(id=each, date=dates[each], title=given.get("title"), text=texts.get(int(each[1:]), ""))
        for each in ids
    ]
    records = given.get("records")
    assert records is None or isinstance(records, pl.DataFrame)
    found = given.get("places", empty(PLACES))
    incidents = given.get("incidents")
    assert incidents is None or isinstance(incidents, dict)
    assert isinstance(found, pl.DataFrame)
    return weigh_ranges(
        claims(*rows),
        documents(*held),
        places=found,
        passages=empty(PASSAGES),
        rule=rule or RangeRule(),
        records=records,
        incidents=incidents,
    )


def ends(ranged: Ranged) -> list[tuple[object, ...]]:
    return ranged.ranges.select("base", "low", "best", "high", "open_high", "voices").rows()


def relations(ranged: Ranged) -> dict[str, str]:
    return {f"{row['voice']} {row['text']}": row["relation"] for row in ranged.parts.to_dicts()}


def test_two_voices_on_one_happening_make_a_range():
    ranged = weighed(said("Ministry", number(23)), said("Observatory", number(31), doc=2))
    assert ends(ranged) == [("people", 23, None, 31, False, 2)]
    assert set(relations(ranged).values()) == {"counts"}


def test_the_tables_have_the_columns_of_the_model():
    ranged = weighed(said("Ministry", number(23)), said("Observatory", number(31), doc=2))
    check(ranged.ranges, RANGES, where="test")
    check(ranged.parts, RANGE_PARTS, where="test")
    check(ranged.sums, SUMS, where="test")


def test_a_lone_figure_gets_no_range():
    assert weighed(said("Ministry", number(23))).ranges.height == 0


def test_one_voice_in_two_documents_is_a_figure_and_not_a_range():
    ranged = weighed(said("Ministry", number(23)), said("Ministry", number(23), doc=2))
    assert ends(ranged) == [("people", 23, None, 23, False, 1)]
    assert "One voice" in ranged.ranges["because"][0]
    assert sorted(ranged.parts["relation"]) == ["counts", "repeat"]


def test_a_later_number_of_the_same_voice_replaces_the_earlier():
    ranged = weighed(said("Ministry", number(23)), said("Ministry", number(31), doc=2))
    assert relations(ranged) == {"Ministry 23": "updated", "Ministry 31": "counts"}
    (row,) = [row for row in ranged.parts.to_dicts() if row["relation"] == "updated"]
    assert row["other"] == said("Ministry", number(31), doc=2)["id"]


def test_an_old_number_that_another_passes_on_later_is_no_update():
    late = said("Ministry", number(23), doc=3, voices=["Blog", "Ministry"], id="c000000000099")
    ranged = weighed(said("Ministry", number(23)), said("Ministry", number(31), doc=2), late)
    held = {row["claim"]: row["relation"] for row in ranged.parts.to_dicts()}
    assert held["c000000000099"] == "repeat"
    assert ends(ranged)[0][1:4] == (31, None, 31)


def test_two_numbers_of_one_voice_on_one_day_both_count_since_neither_is_later():
    ranged = weighed(
        said("Ministry", number(23)),
        said("Ministry", number(31), start=100),
        said("Observatory", number(25), doc=2),
    )
    assert ends(ranged) == [("people", 23, None, 31, False, 2)]


def test_copied_words_under_another_name_are_one_source():
    words = "Shells hit the school and killed nine people, among them the caretaker who had opened the gate."
    ranged = weighed(
        said("Wire", number(9), quote=words), said("Courier", number(9), doc=2, quote=words + " ")
    )
    assert relations(ranged) == {"Wire 9": "counts", "Courier 9": "repeat"}
    assert ranged.ranges["voices"][0] == 1


def test_two_spellings_of_one_ministry_are_one_voice():
    ranged = weighed(
        said("Ministry of Health", number(23)),
        said("the Health Ministry", number(23), doc=2, voices=["Wire", "the Health Ministry"]),
    )
    assert ranged.ranges["voices"][0] == 1


def test_a_headline_with_the_number_of_the_quoted_voice_is_no_second_voice():
    ranged = weighed(
        said("Wire", number(10, bound="more than")),
        said("Ministry", number(13), start=50, voices=["Wire", "Ministry"]),
        said("Observatory", number(15), doc=2),
    )
    assert relations(ranged) == {"Wire 10": "repeat", "Ministry 13": "counts", "Observatory 15": "counts"}


@pytest.mark.parametrize(
    "given",
    [
        {"polarity": "denied"},
        {"certainty": "possible"},
        {"certainty": "predicted"},
    ],
)
def test_denied_possible_and_predicted_numbers_are_listed_and_move_no_end(given: dict[str, str]):
    ranged = weighed(
        said("Ministry", number(23)),
        said("Observatory", number(31), doc=2),
        said("Army", number(90), doc=3, **given),
    )
    assert ends(ranged) == [("people", 23, None, 31, False, 2)]
    assert relations(ranged)["Army 90"] == "not so"


def test_a_number_that_its_own_voice_later_denies_is_withdrawn():
    ranged = weighed(
        said("Observatory", number(30)),
        said("Observatory", number(30), doc=2, polarity="denied", id="c000000000077"),
        said("Ministry", number(12), doc=3),
    )
    held = [(row["voice"], row["relation"]) for row in ranged.parts.to_dicts()]
    assert ("Observatory", "withdrawn") in held
    assert ends(ranged)[0][1:4] == (12, None, 12)


@pytest.mark.parametrize(
    "other",
    [
        number(12, base="civilians", unit="civilian"),
        number(12, base="children", unit="child"),
        number(12, base="families", unit="family"),
        number(12, measure="share", unit="percent"),
        number(12, measure="rate", per="day"),
    ],
)
def test_another_base_or_measure_is_never_in_the_same_range(other: Row):
    ranged = weighed(said("Ministry", number(23)), said("Observatory", other, doc=2))
    assert ranged.ranges.height == 2
    assert set(ranged.ranges["voices"]) == {1}
    assert ranged.ranges["topic"].n_unique() == 1


def test_a_day_and_its_month_are_not_compared_and_the_reason_is_said():
    ranged = weighed(
        said("Ministry", number(23)),
        said("Observatory", number(25), doc=2),
        said("Centre", number(64), doc=3, time=MONTH),
    )
    held = [row for row in ranged.parts.to_dicts() if row["relation"] == "not compared"]
    assert [(row["voice"], row["text"]) for row in held] == [("Centre", "64")]
    assert "2021-05-01 to 2021-05-31" in held[0]["reason"]
    assert ends(ranged)[0][1:4] == (23, None, 25)


def test_a_town_is_not_its_governorate():
    town = {"document": "d000000000001", "text": "Saraqib", "place_id": 1, "name": "Saraqib", "level": "town"}
    area = {
        "document": "d000000000002",
        "text": "Idlib",
        "place_id": 2,
        "name": "Idlib",
        "level": "governorate",
    }
    known = table(
        [town | {"country": "SY", "adm1": "Idlib"}, area | {"country": "SY", "adm1": "Idlib"}], PLACES
    )
    ranged = weighed(
        said("Ministry", number(23), time=MONTH, places=[place("Saraqib")]),
        said("Observatory", number(90), doc=2, time=MONTH, places=[place("Idlib")]),
        said(
            "Centre",
            number(28),
            doc=1,
            start=80,
            time=MONTH,
            places=[place("Saraqib")],
            voices=["Ministry", "Centre"],
        ),
        places=known,
    )
    held = {row["voice"]: row for row in ranged.parts.to_dicts()}
    assert held["Observatory"]["relation"] == "not compared"
    assert "lies in the other" in held["Observatory"]["reason"]


def test_what_one_party_did_in_a_month_is_not_what_all_did():
    actor = {"text": "the Front", "name": "Ash Front", "start": 40, "end": 49}
    ranged = weighed(
        said("Ministry", number(200), time=MONTH),
        said("Observatory", number(60), doc=2, time=MONTH, actor=actor),
    )
    assert set(ranged.ranges["voices"]) == {1}


def test_two_parties_named_for_one_deed_still_count_the_same_dead():
    front = {"text": "the Front", "name": "Ash Front", "start": 40, "end": 49}
    army = {"text": "the army", "name": "Tarvan Army", "start": 40, "end": 48}
    ranged = weighed(said("Army", number(17), actor=front), said("Front", number(22), doc=2, actor=army))
    assert ends(ranged) == [("people", 17, None, 22, False, 2)]


def test_a_stock_and_a_flow_never_meet():
    ranged = weighed(
        said("UN", number(900, base="displaced", stock_flow="stock"), type="displacement", time=MONTH),
        said(
            "Centre", number(400, base="displaced", stock_flow="flow"), doc=2, type="displacement", time=MONTH
        ),
    )
    assert not [row for row in ranged.ranges.to_dicts() if row["voices"] > 1]


def test_stocks_far_apart_in_time_are_not_compared_and_the_reason_names_both_days():
    early = DAY | {"first_day": "2021-01-03", "last_day": "2021-01-03"}
    ranged = weighed(
        said("UN", number(900, base="displaced", stock_flow="stock"), type="displacement", time=early),
        said("Centre", number(400, base="displaced", stock_flow="stock"), doc=2, type="displacement"),
        said("Council", number(450, base="displaced", stock_flow="stock"), doc=3, type="displacement"),
    )
    assert ends(ranged)[0][1:4] == (400, None, 450)
    (row,) = [row for row in ranged.parts.to_dicts() if row["relation"] == "not compared"]
    assert "2021-01-03" in row["reason"] and "2021-05-03" in row["reason"]


def test_an_estimate_is_not_ranged_with_what_was_counted():
    ranged = weighed(
        said("Institute", number(90), quote="The institute estimates that 90 people died.", start=0),
        said("Observatory", number(31), doc=2),
    )
    assert sorted(ranged.ranges["method"]) == ["counted", "estimated"]
    assert set(ranged.ranges["voices"]) == {1}


def test_a_part_of_the_same_base_does_not_lower_the_range():
    ranged = weighed(
        said("Ministry", number(23)),
        said("Ministry", number(9, part_of="23"), start=0, id="c000000000055"),
        said("Observatory", number(25), doc=2),
    )
    held = {row["claim"]: row for row in ranged.parts.to_dicts()}
    assert held["c000000000055"]["relation"] == "part"
    assert held["c000000000055"]["whole"] is not None
    assert ends(ranged)[0][1:4] == (23, None, 25)


def test_at_least_leaves_the_range_open_above():
    ranged = weighed(said("Ministry", number(23, bound="at least")), said("Observatory", number(20), doc=2))
    assert ends(ranged) == [("people", 20, None, 23, True, 2)]


@pytest.mark.parametrize("words", ["Another 31 of them died.", "With her 31 other people died."])
def test_the_rest_of_a_count_stands_alone(words: str):
    at = words.index("31")
    rest = said("Observatory", number(31, start=at, end=at + 2), doc=2, quote=words)
    ranged = weighed(said("Ministry", number(23)), said("Centre", number(25), doc=3), rest)
    assert ends(ranged) == [("people", 23, None, 25, False, 2)]


def test_dozens_counts_as_a_voice_and_moves_no_end():
    ranged = weighed(
        said("Wire", number(24, bound="vague", text="Dozens")),
        said("Ministry", number(61), doc=2),
        said("Observatory", number(58), doc=3),
    )
    assert ends(ranged) == [("people", 58, None, 61, False, 3)]


# --- rules --------------------------------------------------------------------------------------------------------


def four() -> list[Row]:
    return [
        said("Ministry", number(23)),
        said("Observatory", number(31), doc=2),
        said("Centre", number(31), doc=3, quote="By the count of the Centre 31 died that day."),
        said("residents", number(15), doc=4, voices=["Wire", "residents"]),
    ]


@pytest.mark.parametrize(
    ("rule", "best"),
    [
        (RangeRule(Rule.RANGE), None),
        (RangeRule(Rule.MAJORITY), 31),
        (RangeRule(Rule.RANKING, ("Hospital", "Ministry", "Centre")), 23),
        (RangeRule(Rule.RANKING, ("Hospital",)), None),
        (RangeRule(Rule.CONSERVATIVE), 23),
    ],
)
def test_the_rule_picks_best_and_never_moves_the_ends(rule: RangeRule, best: float | None):
    ranged = weighed(*four(), rule=rule)
    assert ends(ranged) == [("people", 15, best, 31, False, 4)]
    assert f"“{rule.rule.value}”" in ranged.ranges["because"][0]


def test_a_tie_has_no_majority():
    rows = [*four(), said("Hospital", number(23), doc=5, quote="At the hospital 23 bodies were washed.")]
    ranged = weighed(*rows, rule=RangeRule(Rule.MAJORITY))
    assert ranged.ranges["best"][0] is None
    assert "23 and 31" in ranged.ranges["because"][0]


@pytest.mark.parametrize("rule", [RangeRule(Rule.MAJORITY), RangeRule(Rule.RANKING, ("Monitor",))])
def test_between_two_ends_no_number_is_picked(rule: RangeRule):
    rows = [said("Monitor", number(12, 15, bound="range")), said("Ministry", number(12), doc=2)]
    assert weighed(*rows, rule=rule).ranges.select("low", "best", "high").rows() == [(12, None, 15)]


# --- taken from around ----------------------------------------------------------------------------------------------


def test_a_report_without_a_day_takes_the_only_one_that_others_know_and_says_so():
    ranged = weighed(said("Ministry", number(23)), said("Observatory", number(31), doc=2, time=None))
    assert ends(ranged) == [("people", 23, None, 31, False, 2)]
    (row,) = [row for row in ranged.parts.to_dicts() if row["voice"] == "Observatory"]
    assert "day taken from the other reports" in row["reason"]


def test_a_report_without_a_day_takes_none_where_there_are_two():
    later = DAY | {"first_day": "2021-05-04", "last_day": "2021-05-04"}
    ranged = weighed(
        said("Ministry", number(23)),
        said("Ministry", number(4), start=90, time=later),
        said("Observatory", number(31), doc=2, time=None),
    )
    assert all(
        row["relation"] != "counts" for row in ranged.parts.to_dicts() if row["voice"] == "Observatory"
    )


def test_a_report_without_a_place_takes_the_only_town_of_that_day_if_it_names_it():
    ranged = weighed(
        said("Ministry", number(23)),
        said("Observatory", number(31), doc=2, places=[]),
        texts={2: "Our staff went to Tel Amara."},
    )
    assert ends(ranged) == [("people", 23, None, 31, False, 2)]


def test_a_figure_without_place_and_day_takes_those_of_its_incident():
    one = said("Ministry", number(23))
    other = said("Observatory", number(31), doc=2, places=[], time=None)
    assert ends(weighed(one, other)) == []
    ranged = weighed(one, other, incidents={str(one["id"]): "i1", str(other["id"]): "i1"})
    assert ends(ranged) == [("people", 23, None, 31, False, 2)]
    (row,) = [row for row in ranged.parts.to_dicts() if row["voice"] == "Observatory"]
    assert "of this incident" in row["reason"]


# --- data rows --------------------------------------------------------------------------------------------------------


def test_a_data_row_of_the_same_place_day_and_base_is_a_voice_with_its_cell():
    row: Row = {
        "id": "s1-7-civilians", "dataset": "s1", "row": 7, "part": "deaths", "type": "killing", "place": "Tel Amara",
        "first_day": "2021-05-03", "last_day": "2021-05-03", "low": 20.0, "best": 26.0, "high": 40.0, "as_said": "26",
        "bound": "range", "unit": "people", "base": "dead", "measure": "count", "voice": "Event Register",
    }  # fmt: skip
    other = row | {"id": "s1-8-deaths", "row": 8, "place": "Dar Sabla"}
    ranged = weighed(said("Ministry", number(23)), records=table([row, other], RECORDS))
    assert ends(ranged) == [("people", 20, None, 40, False, 2)]
    assert [(r["record"], r["claim"]) for r in ranged.parts.to_dicts() if r["record"]] == [
        ("s1-7-civilians", None)
    ]


def test_two_rows_of_one_place_and_day_are_two_events_and_are_not_ranged():
    row: Row = {
        "id": "s1-7-deaths", "dataset": "s1", "row": 7, "part": "deaths", "type": "killing", "place": "Tel Amara",
        "first_day": "2021-05-03", "last_day": "2021-05-03", "best": 26.0, "as_said": "26", "bound": "exact",
        "unit": "people", "base": "dead", "measure": "count", "voice": "Event Register",
    }  # fmt: skip
    other = row | {"id": "s1-8-deaths", "row": 8, "best": 2.0, "as_said": "2"}
    ranged = weighed(said("Ministry", number(23)), records=table([row, other], RECORDS))
    assert ends(ranged) == [("people", 23, None, 23, False, 1)]
    assert [r["relation"] for r in ranged.parts.to_dicts() if r["record"]] == ["not compared", "not compared"]


# --- sums -------------------------------------------------------------------------------------------------------------


def month(number_of: int) -> Row:
    return MONTH | {"first_day": f"2021-{number_of:02}-01", "last_day": f"2021-{number_of:02}-28"}


def summed(*rows: Row) -> list[tuple[object, ...]]:
    return weighed(*rows).sums.select("made", "over", "low", "high").rows()


def test_months_of_one_voice_in_one_document_add_up():
    rows = [
        said("Observatory", number(low), start=n * 50, time=month(n))
        for n, low in ((1, 120), (2, 140), (3, 214))
    ]
    assert summed(*rows) == [(True, "periods", 474, 474)]


def test_an_at_least_leaves_the_sum_open():
    rows = [
        said("Observatory", number(120), time=month(1)),
        said("Observatory", number(140, bound="at least"), start=50, time=month(2)),
    ]
    assert summed(*rows) == [(True, "periods", 260, None)]


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"time": MONTH | {"first_day": "2021-01-15", "last_day": "2021-02-15"}}, "overlap"),
        ({"time": month(2), "quantity": number(140, bound="vague")}, "vague"),
    ],
)
def test_what_cannot_be_added_is_not_and_the_reason_is_said(second: Row, why: str):
    first = said("Observatory", number(120), time=month(1))
    given = {"quantity": number(140)} | second
    quantity = given.pop("quantity")
    assert isinstance(quantity, dict)
    sums = weighed(first, said("Observatory", quantity, start=50, **given)).sums.to_dicts()
    assert [(row["made"], row["low"]) for row in sums] == [(False, None)]
    assert why in sums[0]["because"]


def test_two_voices_two_documents_or_two_bases_are_never_added():
    assert (
        summed(
            said("Observatory", number(120), time=month(1)),
            said("Observatory", number(140), doc=2, time=month(2)),
            said("Ministry", number(90), start=50, time=month(3)),
            said("Observatory", number(60, base="civilians"), start=90, time=month(4)),
        )
        == []
    )


# --- form -------------------------------------------------------------------------------------------------------------


def test_the_order_of_claims_changes_nothing():
    rows = [*four(), said("Ministry", number(40), doc=5)]
    one, other = weighed(*rows), weighed(*reversed(rows))
    assert one.ranges.equals(other.ranges)
    assert one.parts.equals(other.parts)


def test_twenty_thousand_figures_take_seconds_and_not_minutes():
    rows = [
        said(f"Voice {n % 40}", number(n % 90), doc=n % 50 + 1, start=n, places=[place(f"Kafr {n % 500}")])
        for n in range(20_000)
    ]
    for n, row in enumerate(rows):
        row["id"] = f"c{n:012}"
        row["document"] = f"d{n % 20 + 1:012}"
    held = claims(*rows)
    about = documents(*(document(id=f"d{n + 1:012}", date="2021-05-04") for n in range(20)))
    begin = time.process_time()
    ranged = weigh_ranges(held, about, places=empty(PLACES), passages=empty(PASSAGES), rule=RangeRule())
    assert ranged.ranges.height == 500
    assert time.process_time() - begin < 8  # 1.6 s here; room for a slow machine
