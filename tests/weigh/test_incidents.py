"""Incidents weighed: what agrees, what differs, the span of numbers by base, who is accused by whom."""

from __future__ import annotations

from rasid.model.incidents import INCIDENT_CLAIMS
from rasid.model.tables import CLAIMS, Row, table
from rasid.weigh.incidents import Weighed, weigh_incidents
from tests.builders import claim, mention

ID = "i000000000001"


def number(low: float | None, high: float | None, text: str, base: str = "people") -> Row:
    row: Row = {"text": text, "low": low, "high": high, "bound": "exact", "unit": "people", "base": base}
    return row | {"measure": "count", "cumulative": False, "start": 0, "end": 0}


def said(n: int, voice: str, **given: object) -> Row:
    row: Row = {"id": f"c{n:012}", "start": n * 100, "type": "killing", "voices": ["author of a.txt", voice]}
    return claim(**(row | given))


def weigh(*claims: Row, parts: dict[str, str] | None = None) -> Weighed:
    held: list[Row] = [
        {"incident": ID, "claim": c["id"], "document": c["document"], "start": c["start"], "why": "",
         "part": (parts or {}).get(str(c["id"]), "tells")}
        for c in claims
    ]  # fmt: skip
    return weigh_incidents(table(held, INCIDENT_CLAIMS), table(list(claims), CLAIMS))


def sides(weighed: Weighed, aspect: str) -> list[tuple[str, bool, list[str]]]:
    return [(r["says"], r["agreed"], r["voices"]) for r in weighed.sides.to_dicts() if r["aspect"] == aspect]


def test_two_numbers_of_one_base_stand_side_by_side_and_differ() -> None:
    weighed = weigh(
        said(1, "Monitor", quantity=number(12, 12, "12")), said(2, "Ministry", quantity=number(17, 17, "17"))
    )
    assert sides(weighed, "dead") == [("12", False, ["Monitor"]), ("17", False, ["Ministry"])]
    [span] = weighed.ranges.to_dicts()
    assert (span["low"], span["high"], span["open"], span["rule"], span["voices"]) == (
        12,
        17,
        False,
        "range",
        2,
    )
    assert {quote["claim"] for quote in span["quotes"]} == {"c000000000001", "c000000000002"}


def test_at_least_twelve_and_seventeen_go_together_and_leave_the_span_open() -> None:
    weighed = weigh(
        said(1, "A", quantity=number(12, None, "at least 12")), said(2, "B", quantity=number(17, 17, "17"))
    )
    assert all(agreed for _, agreed, _ in sides(weighed, "dead"))
    [span] = weighed.ranges.to_dicts()
    assert (span["low"], span["high"], span["open"]) == (12, 17, True)


def test_at_least_is_the_top_of_a_span_without_a_ceiling() -> None:
    weighed = weigh(
        said(1, "A", quantity=number(12, 12, "12")), said(2, "B", quantity=number(17, None, "at least 17"))
    )
    assert weighed.ranges["open"].to_list() == [True]


def test_civilians_and_all_dead_are_never_put_in_one_span() -> None:
    weighed = weigh(
        said(1, "A", quantity=number(12, 12, "12")), said(2, "B", quantity=number(9, 9, "nine", "civilians"))
    )
    assert [(r["base"], r["low"], r["high"]) for r in weighed.ranges.to_dicts()] == [
        ("civilians", 9, 9), ("people", 12, 12)
    ]  # fmt: skip
    assert all(agreed for _, agreed, _ in sides(weighed, "dead"))


def test_a_running_total_and_a_denied_number_give_no_span() -> None:
    running = number(80, 80, "80") | {"cumulative": True}
    denied = said(2, "B", quantity=number(3, 3, "three"), polarity="denied")
    weighed = weigh(said(1, "A", quantity=running), denied, parts={"c000000000002": "also said"})
    assert weighed.ranges.height == 0


def test_who_is_accused_by_whom_keeps_the_status_of_each_voice() -> None:
    weighed = weigh(
        said(1, "Third Column", type="bombing", actor=mention("Northern Army"), quote="The Northern Army bombed it."),
        said(2, "Residents", type="accusation", kind="responsibility", status="accused",
             actor=mention("the Third Column of the bombing")),
        said(3, "Northern Army", type="denial", kind="responsibility", actor=mention("The Northern Army")),
        parts={"c000000000002": "says who did it", "c000000000003": "says who did it"},
    )  # fmt: skip
    assert [(r["accused"], r["voice"], r["status"]) for r in weighed.accused.to_dicts()] == [
        ("Northern Army", "Northern Army", "denied"),
        ("Northern Army", "Third Column", "reported as fact"),
        ("Third Column", "Residents", "accused"),
    ]
    assert not any(agreed for _, agreed, _ in sides(weighed, "accused"))


def test_a_denial_is_no_side_of_who_did_it_but_leaves_it_open() -> None:
    told = said(1, "Residents", type="bombing", actor=mention("the Northern Army"))
    denied = said(2, "Northern Army", type="bombing", actor=mention("the Northern Army"), polarity="denied")
    weighed = weigh(told, denied, parts={"c000000000002": "also said"})
    assert sides(weighed, "accused") == [("Northern Army", False, ["Residents"])]
    assert sorted(weighed.accused["status"]) == ["denied", "reported as fact"]


def test_what_a_party_may_do_next_accuses_it_of_nothing() -> None:
    coming = said(1, "A", type="bombing", actor=mention("the Northern Army"), certainty="predicted")
    assert weigh(coming, parts={"c000000000001": "also said"}).accused.height == 0


def test_a_car_bomb_jets_and_nobody_are_accused_of_nothing() -> None:
    for words in ("a car bomb", "jets", "Nobody"):
        assert weigh(said(1, "A", type="attack", actor=mention(words))).accused.height == 0


def test_government_jets_are_those_of_the_government_whatever_the_short_name() -> None:
    weighed = weigh(said(1, "A", type="attack", actor=mention("government jets", "jets")))
    assert weighed.accused["accused"].to_list() == ["government jets"]


def test_its_own_planes_are_those_of_the_voice() -> None:
    weighed = weigh(said(1, "Army Command", type="air_strike", actor=mention("its aircraft")))
    assert weighed.accused["accused"].to_list() == ["Army Command"]


def test_a_means_that_differs_is_a_difference_but_an_attack_is_any_of_them() -> None:
    rows = said(1, "A", type="air_strike"), said(2, "B", type="shelling"), said(3, "C", type="attack")
    assert not any(agreed for _, agreed, _ in sides(weigh(*rows), "what"))
    assert all(agreed for _, agreed, _ in sides(weigh(rows[0], rows[2]), "what"))


def test_a_governorate_does_not_differ_from_a_town() -> None:
    where = [{"text": t, "name": t, "level": n, "country": None, "start": 0, "end": 0} for t, n in
             (("Ketmar", "governorate"), ("Dovrek", "town"))]  # fmt: skip
    weighed = weigh(said(1, "A", places=[where[0]]), said(2, "B", places=[where[1]]))
    assert all(row["agreed"] for row in weighed.sides.to_dicts())


def test_who_lost_a_town_or_fled_is_accused_of_nothing() -> None:
    army = mention("The Northern Army", "Northern Army")
    weighed = weigh(
        said(1, "Monitor", type="territorial_loss", actor=army), said(2, "Wire", type="shelling", actor=army)
    )
    assert [row["claim"] for row in weighed.accused.to_dicts()] == ["c000000000002"]
