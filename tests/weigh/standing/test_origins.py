"""What goes back to one origin counts once."""

from __future__ import annotations

import polars as pl

from rasid.model.standing import ORIGINS, REUSE
from rasid.model.tables import Row, as_rows, empty, table
from rasid.weigh.standing import independent_voices
from rasid.weigh.standing.origins import find_origins as origins_of
from rasid.weigh.standing.things import read_things
from tests.builders import claim, claims, mention

NO_REUSE = empty(REUSE)
MORNING, EVENING = "Morning Post", "Evening Post"


def find_origins(
    rows: pl.DataFrame, reuse: pl.DataFrame, *, incidents: dict[str, str] | None = None
) -> pl.DataFrame:
    return origins_of(as_rows(rows), read_things(as_rows(rows), incidents), reuse)


def place(name: str) -> Row:
    return {"text": name, "name": name, "level": "town", "country": None, "start": 0, "end": len(name)}


def days(first: str, last: str | None = None) -> Row:
    return {
        "text": first,
        "first_day": first,
        "last_day": last or first,
        "precision": "day",
        "start": 0,
        "end": 4,
    }


def killing(name: str, document: str, voices: list[str], **given: object) -> Row:
    row = {"type": "killing", "places": [place("Harim")], "time": days("2024-03-05")} | given
    return claim(id=name, document=document, voices=voices, **row)


def groups(*rows: Row, incidents: dict[str, str] | None = None) -> list[list[str]]:
    found = as_rows(find_origins(claims(*rows), NO_REUSE, incidents=incidents))
    return sorted(list(map(str, row["claims"])) for row in found)  # type: ignore[call-overload]


def test_two_papers_that_cite_one_observatory_for_the_same_thing_are_one_origin() -> None:
    one = killing("c1", "d1", ["Morning Post", "Yarrow Observatory"])
    two = killing("c2", "d2", ["Evening Post", "Yarrow Observatory"])
    (row,) = as_rows(find_origins(claims(one, two), NO_REUSE))
    assert (row["claims"], row["origin"], row["shares"]) == (
        ["c1", "c2"],
        "Yarrow Observatory",
        ["same voice"],
    )
    assert row["reason"] == (
        "Told in 2 documents; all go back to Yarrow Observatory, which is cited. It counts once."
    )


def test_one_voice_on_two_things_is_not_one_statement() -> None:
    one = killing("c1", "d1", ["Morning Post", "Yarrow Observatory"])
    assert (
        groups(one, killing("c2", "d2", ["Evening Post", "Yarrow Observatory"], places=[place("Sanna")]))
        == []
    )
    assert (
        groups(one, killing("c2", "d2", ["Evening Post", "Yarrow Observatory"], time=days("2024-04-05")))
        == []
    )
    assert groups(one, killing("c2", "d2", ["Evening Post", "Yarrow Observatory"], type="arrest")) == []
    assert groups(one, killing("c2", "d2", ["Evening Post", "Yarrow Observatory"], polarity="denied")) == []


def test_a_witness_without_a_name_is_known_only_through_whoever_heard_it() -> None:
    one = killing("c1", "d1", ["Morning Post", "Yarrow Observatory", "nurse"])
    two = killing("c2", "d2", ["Evening Post", "Yarrow Observatory", "unnamed"])
    (row,) = as_rows(find_origins(claims(one, two), NO_REUSE))
    assert row["shares"] == ["heard through the same voice"]
    at_the_head_of_a_sentence = killing("c2", "d2", ["Evening Post", "Yarrow Observatory", "Residents"])
    assert groups(one, at_the_head_of_a_sentence) == [["c1", "c2"]]


def test_two_named_witnesses_of_one_monitor_stay_two() -> None:
    one = killing("c1", "d1", ["Yarrow Observatory", "Nedra Oulim"])
    two = killing("c2", "d2", ["Yarrow Observatory", "Sabri Tolan"])
    assert groups(one, two) == []
    assert len(independent_voices([one, two])) == 2


def test_two_sources_of_one_newspaper_stay_two() -> None:
    one = killing("c1", "d1", ["Morning Post", "Yarrow Observatory"])
    two = killing("c2", "d1", ["Morning Post", "Lamp Centre"])
    assert groups(one, two) == []
    assert len(independent_voices([one, two])) == 2


def test_an_update_by_the_same_voice_is_the_same_origin() -> None:
    def number(n: float) -> Row:
        held: Row = dict.fromkeys(("text", "per", "stock_flow", "part_of"), None)
        span: Row = {
            "low": n,
            "high": n,
            "bound": "exact",
            "unit": "people",
            "base": "dead",
            "measure": "count",
        }
        return held | span | {"cumulative": False, "start": 0, "end": 1}

    one = killing("c1", "d1", ["Morning Post", "Lamp Centre"], quantity=number(27))
    two = killing("c2", "d2", ["Evening Post", "Lamp Centre"], quantity=number(31))
    assert groups(one, two) == [["c1", "c2"]]


def test_claims_in_stretches_of_the_same_words_are_one_origin() -> None:
    quote = "Shelling killed nine farmers at the seed store"
    one = claim(id="c1", document="d1", quote=quote, voices=["Morning Post"], type="killing")
    two = claim(id="c2", document="d2", quote=quote, start=40, voices=["Evening Post"], type="killing")
    stretches = [
        {"document": "d1", "start": 0, "end": 46, "quote": quote},
        {"document": "d2", "start": 40, "end": 86, "quote": quote},
    ]
    row: Row = {"id": "r1", "kind": "copied", "words": 7, "share": 1.0, "own": False, "stretches": stretches}
    (origin,) = as_rows(find_origins(claims(one, two), table([row], REUSE)))
    assert (origin["claims"], origin["origin"], origin["shares"]) == (["c1", "c2"], None, ["same words"])
    form = table([row | {"kind": "same form"}], REUSE)
    assert find_origins(claims(one, two), form).is_empty()
    assert len(independent_voices([one, two], [origin])) == 1
    assert len(independent_voices([one, two])) == 2


def test_a_claim_outside_the_shared_stretch_is_not_drawn_in() -> None:
    one = claim(id="c1", document="d1", start=0, type="killing", voices=["Morning Post"])
    two = claim(id="c2", document="d2", start=90, type="killing", voices=["Evening Post"])
    stretches = [
        {"document": "d1", "start": 0, "end": 46, "quote": "x"},
        {"document": "d2", "start": 0, "end": 46, "quote": "x"},
    ]
    row: Row = {"id": "r1", "kind": "copied", "words": 7, "share": 1.0, "own": False, "stretches": stretches}
    assert find_origins(claims(one, two), table([row], REUSE)).is_empty()


def test_a_shorter_form_of_a_name_never_counts_as_a_second_voice() -> None:
    rows = [
        killing("c1", "d1", ["Morning Post", "Ministry of Defence"]),
        killing("c2", "d2", ["Ministry of Defence of Kalvesh"]),
        killing("c3", "d3", ["Evening Post", "Ministry"]),
    ]
    (group,) = independent_voices(rows)
    assert group.voices == ("Ministry", "Ministry of Defence", "Ministry of Defence of Kalvesh")


def test_every_claim_is_in_exactly_one_group_whatever_the_order() -> None:
    rows = [
        killing(f"c{n}", f"d{n}", ["Morning Post", name])
        for n, name in enumerate(["Lamp Centre", "Yarrow Observatory", "Lamp Centre", "unnamed"])
    ]
    found = independent_voices(rows, empty(ORIGINS))
    assert sorted(c for group in found for c in group.claims) == ["c0", "c1", "c2", "c3"]
    assert found == independent_voices(rows[::-1], empty(ORIGINS))
    assert [group.voice for group in found] == ["Lamp Centre", "Morning Post", "Yarrow Observatory"]


def test_claims_of_two_incidents_are_not_one_statement() -> None:
    one = killing("c1", "d1", ["Lamp Centre"], actor=mention("the army", "Army"))
    two = killing("c2", "d2", ["Lamp Centre"], actor=mention("the army", "Army"))
    assert groups(one, two, incidents={"c1": "i1", "c2": "i2"}) == []
    assert groups(one, two, incidents={"c1": "i1", "c2": "i1"}) == [["c1", "c2"]]


def test_two_quotes_of_nearly_the_same_words_are_one_origin_however_short() -> None:
    one = killing("c1", "d1", [MORNING], quote="Three men fell by the red gate.")
    two = killing("c2", "d2", [EVENING], quote="Three men fell by the gate.")
    (row,) = as_rows(find_origins(claims(one, two), NO_REUSE))
    assert row["shares"] == ["same words"]
    other = killing("c2", "d2", [EVENING], quote="At dusk a shell killed farmers near Harim.")
    assert find_origins(claims(one, other), NO_REUSE).is_empty()
