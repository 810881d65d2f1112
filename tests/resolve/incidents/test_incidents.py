"""Claims of all reports -> incidents: what belongs together, what never does, what a person decides."""

from __future__ import annotations

import polars as pl

from rasid.model.judged_incidents import JudgedIncidents
from rasid.model.tables import CLAIMS, DOCUMENTS, PLACES, Row, table
from rasid.resolve.incidents import Found, find_incidents
from tests.builders import claim, document, mention

DAY = "2024-03-05"


def place(text: str) -> Row:
    return {"text": text, "name": None, "level": None, "country": None, "start": 0, "end": 0}


def on(first: str, last: str | None = None, precision: str = "day") -> Row:
    return {
        "text": first,
        "first_day": first,
        "last_day": last or first,
        "precision": precision,
        "start": 0,
        "end": 0,
    }


def dead(low: float | None, high: float | None = None, base: str = "people", **more: object) -> Row:
    row: Row = {"text": str(low), "low": low, "high": high, "bound": "exact", "unit": "people", "base": base}
    return row | {"measure": "count", "cumulative": False, "start": 0, "end": 0} | more


def told(number: int, report: str, **given: object) -> Row:
    """A claim that somebody was killed, in Dovrek on DAY unless said otherwise."""
    row: Row = {
        "id": f"c{number:012}",
        "document": report,
        "type": "killing",
        "quote": f"Shells killed people in report {number}.",
        "start": number * 100,
        "places": [place("Dovrek")],
        "time": on(DAY),
        "quantity": dead(12, 12),
    }
    return claim(**(row | given))


def find(
    *claims: Row, decided: tuple[JudgedIncidents, ...] = (), places: pl.DataFrame | None = None
) -> Found:
    reports = sorted({str(c["document"]) for c in claims})
    dates = {"d3": "2024-03-20"}
    frame = table(
        [document(id=d, name=f"{d}.txt", date=dates.get(d, "2024-03-06")) for d in reports], DOCUMENTS
    )
    rows = sorted(claims, key=lambda c: (str(c["document"]), int(str(c["start"]))))
    return find_incidents(
        table(rows, CLAIMS),
        frame,
        places=places if places is not None else table([], PLACES),
        decided=decided,
    )


def groups(found: Found, part: str = "tells") -> list[list[str]]:
    """The last digits of the claims of each incident."""
    held: dict[str, list[str]] = {}
    for row in found.claims.filter(pl.col("part") == part).iter_rows(named=True):
        held.setdefault(row["incident"], []).append(row["claim"][-1])
    return sorted(sorted(each) for each in held.values())


def decide(answer: str, one: int = 1, other: int = 2) -> JudgedIncidents:
    return JudgedIncidents(f"c{one:012}", f"c{other:012}", answer, "Rana", "2026-03-01T09:00:00.000000Z")


def test_two_reports_of_one_place_day_and_number_are_one_incident_with_reasons() -> None:
    found = find(told(1, "d1"), told(2, "d2"))
    assert groups(found) == [["1", "2"]]
    [row] = found.incidents.to_dicts()
    assert row["documents"] == 2 and row["first_day"] == DAY and row["place"] == "Dovrek"
    assert "both in Dovrek" in row["why"] and "both on 2024-03-05" in row["why"]


def test_two_exact_days_are_never_joined_and_stand_in_the_list_of_doubts() -> None:
    found = find(told(1, "d1"), told(2, "d2", time=on("2024-03-04")))
    assert groups(found) == [["1"], ["2"]]
    assert found.pairs["what"].to_list() == ["days differ"]
    [doubt] = found.doubts.to_dicts()
    ids = " ".join(sorted(found.incidents["id"]))
    assert (
        f"`rasid incident same {ids}`" in doubt["advice"]
        and f"`rasid incident different {ids}`" in doubt["advice"]
    )


def test_two_known_towns_far_apart_are_never_joined() -> None:
    rows = [
        {"document": d, "text": t, "place_id": n, "name": t, "level": "town", "country": "SY", "latitude": 35.0 + n,
         "longitude": 36.0, "reason": "", "candidates": []}
        for n, (d, t) in enumerate((("d1", "Ardun"), ("d2", "Orlik")))
    ]  # fmt: skip
    places = table([row | {"adm1": "Ketmar"} for row in rows], PLACES)
    same_words = "Shells killed twelve bakers at the oven of Yusuf."
    found = find(
        told(1, "d1", places=[place("Ardun")], quote=same_words),
        told(2, "d2", places=[place("Orlik")], quote=same_words),
        places=places,
    )
    assert groups(found) == [["1"], ["2"]]


def test_what_is_predicted_denied_or_possible_makes_no_incident() -> None:
    for said in ({"certainty": "predicted"}, {"certainty": "possible"}, {"polarity": "denied"}):
        assert find(told(1, "d1", **said)).incidents.height == 0


def test_a_denial_of_another_report_stands_beside_the_incident_and_does_not_count() -> None:
    found = find(told(1, "d1"), told(2, "d2", polarity="denied", quantity=None))
    assert groups(found) == [["1"]] and groups(found, "also said") == [["2"]]
    assert found.incidents["claims"].to_list() == [1]


def test_a_running_total_a_long_stretch_and_a_daily_thing_make_no_incident() -> None:
    assert find(told(1, "d1", quantity=dead(80, None, cumulative=True))).incidents.height == 0
    assert find(told(1, "d1", time=on("2024-01-01", "2024-03-01", "range"))).incidents.height == 0
    daily = told(1, "d1", time=None, quote="Shells kill people in Dovrek every day.")
    assert find(daily).incidents.height == 0


def test_the_toll_of_a_month_in_a_governorate_belongs_to_no_incident_of_one_day_and_makes_none() -> None:
    area = {"text": "Tarmil", "name": "Tarmil", "level": "governorate", "country": None, "start": 0, "end": 0}
    april = on("2024-03-01", "2024-03-31", "month")
    toll = told(2, "d1", time=april, quantity=dead(90, 90), places=[area])
    average = told(
        3, "d1", time=None, quantity=dead(6, 6), places=[], quote="On average 6 people were killed a day."
    )
    found = find(told(1, "d1"), toll, average)
    assert found.claims["claim"].to_list() == ["c000000000001"]
    in_town = told(4, "d2", time=april, quantity=dead(90, 90))
    assert find(in_town).incidents.height == 1


def test_a_claim_without_day_place_or_name_makes_no_incident_of_its_own() -> None:
    assert find(told(1, "d1", places=[], time=None)).incidents.height == 0


def test_harm_told_next_without_a_place_belongs_to_the_same_happening() -> None:
    found = find(
        told(1, "d1"), told(2, "d1", type="injury", places=[], time=None, quantity=dead(4, 4, "children"))
    )
    assert groups(found) == [["1", "2"]]


def test_another_day_in_the_same_report_begins_another_happening() -> None:
    assert groups(find(told(1, "d1"), told(2, "d1", time=on("2024-03-01")))) == [["1"], ["2"]]


def test_a_named_victim_in_two_spellings_ties_reports_without_place_or_day() -> None:
    one = told(1, "d1", persons=[mention("Rafiq Denavar")], quantity=None)
    other = told(2, "d2", persons=[mention("Rafiq Dennavar")], quantity=None, places=[], time=None)
    assert groups(find(one, other)) == [["1", "2"]]


def test_a_taking_and_a_killing_of_one_man_are_two_incidents_unless_both_have_the_same_day() -> None:
    rafiq = [mention("Rafiq Denavar")]
    taken = told(1, "d1", type="abduction", persons=rafiq, quantity=None, quote="Men took Rafiq Denavar.")
    slain = {"type": "execution", "persons": rafiq, "quantity": None, "quote": "They beheaded Rafiq Denavar."}
    undated = told(2, "d1", **slain, places=[], time=None)
    assert not any({"1", "2"} <= set(group) for group in groups(find(taken, undated)))
    elsewhere = told(
        2, "d2", **slain, places=[], time=None
    )  # the day of the taking is not lent to the killing
    assert not any({"1", "2"} <= set(group) for group in groups(find(taken, elsewhere)))
    assert groups(find(taken, told(2, "d1", **slain))) == [["1", "2"]]


def test_two_named_victims_on_one_day_in_one_place_are_two() -> None:
    one = told(1, "d1", persons=[mention("Rafiq Denavar")], quantity=None)
    other = told(2, "d2", persons=[mention("Hadi Marok")], quantity=None)
    assert groups(find(one, other)) == [["1"], ["2"]]


def test_a_report_cannot_tell_of_what_comes_after_it() -> None:
    assert groups(find(told(1, "d1", time=on("2024-03-09")), told(2, "d2", time=None))) == [["1"], ["2"]]


def test_a_human_same_beats_two_exact_days_and_keeps_the_rest_of_each_group() -> None:
    rows = (
        told(1, "d1"),
        told(2, "d2", time=on("2024-03-04")),
        told(3, "d4"),
        told(4, "d5", time=on("2024-03-04")),
    )
    assert groups(find(*rows)) == [["1", "3"], ["2", "4"]]
    found = find(*rows, decided=(decide("same"),))
    assert groups(found) == [["1", "2", "3", "4"]]
    assert found.pairs.height == 0


def test_a_human_different_is_never_undone_by_a_score() -> None:
    found = find(told(1, "d1"), told(2, "d2"), told(3, "d4"), decided=(decide("different"),))
    together = groups(found)
    assert not any({"1", "2"} <= set(group) for group in together)
    assert sorted(n for group in together for n in group) == ["1", "2", "3"]


def test_a_human_different_splits_one_report_too() -> None:
    rows = (told(1, "d1"), told(2, "d1", type="injury"))
    assert groups(find(*rows)) == [["1", "2"]]
    assert groups(find(*rows, decided=(decide("different"),))) == [["1"], ["2"]]


def test_a_judged_pair_is_no_doubt_any_more() -> None:
    rows = (told(1, "d1"), told(2, "d2", time=on("2024-03-04")))
    assert find(*rows, decided=(decide("different"),)).pairs.height == 0


def test_a_decision_whose_claims_vanished_is_listed_and_not_dropped() -> None:
    found = find(told(1, "d1"), decided=(decide("same"),))
    [doubt] = found.doubts.to_dicts()
    assert doubt["what"] == "decision without effect" and "c000000000002" in doubt["sentence"]
    assert "rasid incident forget c000000000001 c000000000002" in doubt["advice"]


def test_the_id_of_an_incident_stays_when_a_later_report_joins() -> None:
    alone = find(told(1, "d1"))
    joined = find(told(1, "d1"), told(2, "d3", quote="Twelve people died in Dovrek on 5 March."))
    assert groups(joined) == [["1", "2"]]
    assert alone.incidents["id"].to_list() == joined.incidents["id"].to_list()


def test_the_order_of_claims_and_documents_is_irrelevant() -> None:
    rows = [told(1, "d1"), told(2, "d2"), told(3, "d4", time=on("2024-03-04")), told(4, "d5", places=[])]
    reports = [document(id=d, name=f"{d}.txt", date="2024-03-06") for d in ("d1", "d2", "d4", "d5")]
    places = table([], PLACES)
    forth = find_incidents(table(rows, CLAIMS), table(reports, DOCUMENTS), places=places)
    back = find_incidents(table(rows[::-1], CLAIMS), table(reports[::-1], DOCUMENTS), places=places)
    for name in ("incidents", "claims", "pairs", "doubts"):
        assert getattr(forth, name).equals(getattr(back, name))


def test_a_town_and_a_chain_of_weak_links_do_not_pull_two_groups_together() -> None:
    """One report without a day fits both of two dated groups; it joins one, and they stay two."""
    rows = (told(1, "d1"), told(2, "d2", time=on("2024-03-02")), told(3, "d4", time=None))
    together = groups(find(*rows))
    assert not any({"1", "2"} <= set(group) for group in together)
