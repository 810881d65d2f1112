"""Standing of voices, grades of claims and incidents: proposed with modesty, set by a person."""

from __future__ import annotations

import pytest

from rasid.model.graded import GivenGrade, Graded, IncidentGrade
from rasid.model.standing import CREDIBILITIES, GIVEN_GRADES, ORIGINS, REUSE, STANDING, Nearness, SourceKind
from rasid.model.tables import PASSAGES, Row, as_rows, check, empty, table
from rasid.weigh.standing import StandingTables, grade_incident, grade_incidents, weigh_standing
from rasid.weigh.standing.kinds import voice_kind, voice_nearness
from rasid.weigh.standing.voices import propose_reliability
from tests.builders import claim, claims, document, documents, mention
from tests.weigh.standing.test_origins import days, killing, place

AT = "2026-03-01T09:00:00.000000Z"
POST, MONITOR, OTHER = "Morning Post", "Yarrow Observatory", "Evening Herald"


def weighed(*rows: Row, grades: tuple[GivenGrade, ...] = ()) -> StandingTables:
    names = sorted({str(row["document"]) for row in rows})
    held = documents(*(document(id=name, text="x", date="2024-03-06") for name in names))
    return weigh_standing(held, empty(PASSAGES), claims(*rows), grades=grades)


def credibility(*rows: Row, of: str = "c1", grades: tuple[GivenGrade, ...] = ()) -> Row:
    found = as_rows(weighed(*rows, grades=grades).credibilities)
    return next(row for row in found if row["claim"] == of)


def proposed(*rows: Row) -> object:
    return credibility(*rows)["proposed"]


def test_all_tables_have_the_shape_of_the_contract() -> None:
    held = weighed(killing("c1", "d1", [POST]), grades=(GivenGrade(Graded.VOICE, POST, "B", "", "Rana", AT),))
    for name, schema in (
        ("reuse", REUSE),
        ("origins", ORIGINS),
        ("standing", STANDING),
        ("credibilities", CREDIBILITIES),
        ("given_grades", GIVEN_GRADES),
    ):
        check(getattr(held, name), schema, where=name)


def test_the_order_of_rows_changes_no_byte() -> None:
    names = [POST, MONITOR, OTHER, "Ministry of Defence", "Daro Vantikh"]
    rows = [
        killing(
            f"c{n:02}",
            f"d{n % 4}",
            [names[n % 5], names[(n + 1) % 5]][: 1 + n % 2],
            start=n,
            quote=f"Word {n}",
        )
        for n in range(20)
    ]
    straight, turned = weighed(*rows), weighed(*rows[::-1])
    for name in ("reuse", "origins", "standing", "credibilities"):
        assert getattr(straight, name).equals(getattr(turned, name)), name


# --- credibility ----------------------------------------------------------------------------------------------


def test_a_claim_of_one_origin_cannot_be_judged_however_often_it_is_told() -> None:
    rows = [killing(f"c{n}", f"d{n}", [f"Paper {n} News", MONITOR]) for n in range(1, 6)]
    row = credibility(*rows)
    assert (row["proposed"], row["support"]) == ("6", 1)


def test_one_needs_an_independent_second_origin_of_the_same_place_and_day() -> None:
    one, two = killing("c1", "d1", [POST]), killing("c2", "d2", [MONITOR])
    assert proposed(one, two) == "1"
    assert proposed(one, killing("c2", "d2", [MONITOR], time=days("2024-03-01", "2024-03-31"))) == "2"


def test_a_party_or_a_voice_of_unknown_kind_lifts_a_claim_no_higher_than_possibly_true() -> None:
    one = killing("c1", "d1", [POST])
    assert proposed(one, killing("c2", "d2", ["Ministry of Defence"])) == "3"
    assert proposed(one, killing("c2", "d2", ["Daro Vantikh"])) == "3"
    assert proposed(killing("c1", "d1", ["Daro Vantikh"]), killing("c2", "d2", ["Berit Osk"])) == "3"


def test_a_denial_by_somebody_else_makes_a_lone_claim_doubtful_and_that_of_a_party_does_not() -> None:
    one = killing("c1", "d1", [POST])
    assert proposed(one, killing("c2", "d2", [MONITOR], polarity="denied")) == "4"
    assert proposed(one, killing("c2", "d2", ["Ministry of Defence"], polarity="denied")) == "6"
    assert (
        proposed(one, killing("c2", "d2", [MONITOR]), killing("c3", "d3", [OTHER], polarity="denied")) == "3"
    )


def test_what_is_possible_or_predicted_supports_nothing_and_is_not_judged() -> None:
    one = killing("c1", "d1", [POST], certainty="possible")
    assert proposed(one, killing("c2", "d2", [MONITOR])) == "6"
    assert proposed(killing("c1", "d1", [POST]), killing("c2", "d2", [MONITOR], certainty="predicted")) == "6"


def test_another_place_or_day_is_another_thing() -> None:
    one = killing("c1", "d1", [POST])
    assert proposed(one, killing("c2", "d2", [MONITOR], places=[place("Sanna")])) == "6"
    assert proposed(one, killing("c2", "d2", [MONITOR], time=days("2024-05-05"))) == "6"


def test_a_grade_of_a_person_stands_beside_the_proposal() -> None:
    given = GivenGrade(Graded.CLAIM, "c1", "2", "seen the register", "Rana", AT)
    row = credibility(killing("c1", "d1", [POST]), grades=(given,))
    assert (row["proposed"], row["given"], row["because"], row["by"]) == (
        "6",
        "2",
        "seen the register",
        "Rana",
    )


# --- standing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", SourceKind.UNKNOWN),
        ("Human Rights Watch", SourceKind.MONITOR),
        ("UNHCR", SourceKind.UN),
        ("Reuters", SourceKind.MEDIA),
        ("Ministry of Defence of Kalvesh", SourceKind.PARTY),
        ("Ministry of Health", SourceKind.OFFICIAL),
        ("General Aro Vint", SourceKind.PARTY),
        ("Valley Mirror", SourceKind.MEDIA),
        ("General Hospital of Vell", SourceKind.UNKNOWN),
        ("nurse", SourceKind.WITNESS),
        ("residents", SourceKind.WITNESS),
        ("unnamed", SourceKind.UNNAMED),
        ("activists", SourceKind.UNNAMED),
        ("senior Kalvesh officials", SourceKind.UNNAMED),
        ("Nurse Edvala", SourceKind.UNKNOWN),
        ("Daro Vantikh", SourceKind.UNKNOWN),
        ("محمد", SourceKind.UNKNOWN),
    ],
)
def test_the_kind_of_a_voice_is_known_or_said_to_be_unknown(name: str, kind: SourceKind) -> None:
    found, why = voice_kind(name, fighters={})
    assert found is kind
    assert why.endswith(".")


def test_whom_others_name_as_an_attacker_is_a_party() -> None:
    held = weighed(
        claim(
            id="c1",
            document="d1",
            voices=[POST],
            type="shelling",
            actor=mention("the Ash Front", "Ash Front"),
        ),
        claim(id="c2", document="d2", voices=["Ash Front"], type="killing"),
        claim(id="c3", document="d1", voices=[POST], type="air_strike", start=90, actor=mention("Ash Front")),
    )
    row = next(row for row in as_rows(held.standing) if row["name"] == "Ash Front")
    assert (row["kind"], row["kind_reason"]) == (
        "belligerent party",
        "2 claims of other voices name it as one that attacked.",
    )


def test_nearness_is_what_a_voice_says_of_itself() -> None:
    near, why = voice_nearness(SourceKind.UNKNOWN, ["I saw the shell hit."], heard=[], passed_on=0)
    assert (near, "“i saw”" in why) == (Nearness.SAW, True)
    assert (
        voice_nearness(SourceKind.MONITOR, ["Our volunteers counted 9."], heard=[], passed_on=0)[0]
        is Nearness.OWN
    )
    assert (
        voice_nearness(SourceKind.MEDIA, ["x"], heard=["He fled, he told us."], passed_on=1)[0]
        is Nearness.OWN
    )
    assert voice_nearness(SourceKind.MEDIA, [], heard=["He fled."], passed_on=3)[0] is Nearness.PASSES_ON
    assert voice_nearness(SourceKind.MEDIA, ["x"], heard=["He fled."], passed_on=3)[0] is Nearness.CITES
    assert (
        voice_nearness(SourceKind.MEDIA, ["The siege goes on."], heard=[], passed_on=0)[0] is Nearness.UNKNOWN
    )


def test_with_nothing_known_the_proposal_is_f() -> None:
    assert propose_reliability(SourceKind.UNKNOWN, 0, supported=0, contradicted=0)[0] == "F"
    assert propose_reliability(SourceKind.MONITOR, 4, supported=4, contradicted=0)[0] == "F"


def test_a_proposal_follows_the_tally_and_never_reaches_a_or_e() -> None:
    assert propose_reliability(SourceKind.MONITOR, 5, supported=5, contradicted=0)[0] == "C"
    assert propose_reliability(SourceKind.MONITOR, 10, supported=10, contradicted=0)[0] == "B"
    assert propose_reliability(SourceKind.UNKNOWN, 10, supported=10, contradicted=0)[0] == "F"
    assert propose_reliability(SourceKind.MEDIA, 10, supported=6, contradicted=4)[0] == "F"
    assert propose_reliability(SourceKind.MEDIA, 6, supported=2, contradicted=4)[0] == "D"
    assert propose_reliability(SourceKind.PARTY, 50, supported=50, contradicted=0)[0] == "F"
    assert propose_reliability(SourceKind.UNNAMED, 50, supported=50, contradicted=0)[0] == "F"


def test_whom_a_voice_repeats_is_counted_in_claims() -> None:
    rows = [
        killing("c1", "d1", [POST, MONITOR]),
        killing("c2", "d1", [POST, MONITOR], start=9),
        killing("c3", "d1", [POST]),
    ]
    row = next(row for row in as_rows(weighed(*rows).standing) if row["name"] == POST)
    assert row["repeats"] == [{"voice": MONITOR, "claims": 2, "copies": 0}]
    assert (row["claims"], row["origins"], row["dated"]) == (3, 2, 1)


def test_a_grade_whose_voice_is_gone_is_listed() -> None:
    gone = GivenGrade(Graded.VOICE, "Old Mirror", "D", "", "Rana", AT)
    kept = GivenGrade(Graded.VOICE, "morning post", "B", "", "Rana", AT)
    held = weighed(killing("c1", "d1", [POST]), grades=(gone, kept))
    assert [(row["about"], row["found"]) for row in as_rows(held.given_grades)] == [
        ("Old Mirror", False),
        ("morning post", True),
    ]
    assert as_rows(held.standing)[0]["given"] == "B"


@pytest.mark.parametrize(("incidents", "found"), [(None, None), ({"c1": "i1"}, True), ({"c1": "i2"}, False)])
def test_a_grade_of_an_incident_is_listed_as_gone_only_where_incidents_are_known(
    incidents: dict[str, str] | None, found: bool | None
) -> None:
    held = weigh_standing(
        documents(document(id="d1", text="x")),
        empty(PASSAGES),
        claims(killing("c1", "d1", [POST])),
        grades=[GivenGrade(Graded.INCIDENT, "i1", "fair", "", "Rana", AT)],
        incidents=incidents,
    )
    assert held.given_grades["found"].to_list() == [found]


# --- incidents ------------------------------------------------------------------------------------------------


def graded(*rows: Row, grades: tuple[GivenGrade, ...] = ()) -> IncidentGrade:
    held = weighed(*rows, grades=grades)
    return grade_incident(as_rows(claims(*rows)), held.origins, held.standing)[0]


def test_two_credible_independent_sources_are_fair_and_one_is_weak() -> None:
    one = killing("c1", "d1", [POST])
    assert graded(one) is IncidentGrade.WEAK
    assert graded(one, killing("c2", "d2", [MONITOR])) is IncidentGrade.FAIR


def test_many_papers_that_cite_one_monitor_are_weak() -> None:
    rows = [killing(f"c{n}", f"d{n}", [f"Paper {n} News", MONITOR]) for n in range(4)]
    assert graded(*rows) is IncidentGrade.WEAK


def test_two_sources_of_unknown_kind_are_weak_until_a_person_grades_them() -> None:
    rows = [killing("c1", "d1", ["Daro Vantikh"]), killing("c2", "d2", ["Berit Osk"])]
    assert graded(*rows) is IncidentGrade.WEAK
    grades = tuple(
        GivenGrade(Graded.VOICE, name, "B", "", "Rana", AT) for name in ("Daro Vantikh", "Berit Osk")
    )
    assert graded(*rows, grades=grades) is IncidentGrade.FAIR


def test_a_source_that_a_person_graded_unreliable_is_not_credible() -> None:
    rows = [killing("c1", "d1", [POST]), killing("c2", "d2", [MONITOR])]
    assert graded(*rows, grades=(GivenGrade(Graded.VOICE, POST, "E", "", "Rana", AT),)) is IncidentGrade.WEAK


def test_a_belligerent_that_accepts_responsibility_confirms() -> None:
    accepts = claim(
        id="c2",
        document="d2",
        voices=[POST, "Ministry of Defence"],
        kind="responsibility",
        type="claim_of_responsibility",
        actor=mention("it", "Ministry of Defence"),
    )
    assert graded(killing("c1", "d1", [MONITOR]), accepts) is IncidentGrade.CONFIRMED
    by_a_paper = accepts | {"voices": [POST]}
    assert graded(killing("c1", "d1", [MONITOR]), by_a_paper) is not IncidentGrade.CONFIRMED
    denied = accepts | {"polarity": "denied"}
    assert graded(killing("c1", "d1", [MONITOR]), denied) is IncidentGrade.WEAK


def test_two_that_blame_different_parties_contest() -> None:
    one = killing("c1", "d1", [MONITOR], actor=mention("the army", "Kalvesh Army"))
    two = killing("c2", "d2", ["Ministry of Defence"], actor=mention("the group", "Grey Banner"))
    assert graded(one, two) is IncidentGrade.CONTESTED
    a_man = killing("c2", "d2", ["Ministry of Defence"], actor=mention("an aid worker", "Kalvesh aid worker"))
    assert graded(one, a_man) is not IncidentGrade.CONTESTED
    same_voice = killing("c2", "d2", [MONITOR], actor=mention("the group", "Grey Banner"))
    assert graded(one, same_voice) is not IncidentGrade.CONTESTED


def test_two_credible_denials_of_a_lone_claim_discount() -> None:
    one = killing("c1", "d1", ["Daro Vantikh"])
    denials = [
        killing("c2", "d2", [POST], polarity="denied"),
        killing("c3", "d3", [MONITOR], polarity="denied"),
    ]
    assert graded(one, *denials) is IncidentGrade.DISCOUNTED
    assert graded(one, denials[0]) is IncidentGrade.WEAK


def test_what_nobody_says_happened_is_not_graded() -> None:
    assert graded(killing("c1", "d1", [POST], certainty="possible")) is IncidentGrade.NONE
    assert graded(killing("c1", "d1", [POST], polarity="denied")) is IncidentGrade.NONE


def test_a_persons_grade_of_an_incident_is_found_by_its_id_or_any_of_its_claims() -> None:
    from rasid.model.incidents import INCIDENT_CLAIMS

    rows = [killing("c1", "d1", [POST]), killing("c2", "d2", [MONITOR])]
    held = weighed(*rows)
    told = table(
        [{"incident": "i1", "claim": name, "part": "tells"} for name in ("c1", "c2")], INCIDENT_CLAIMS
    )
    for about in ("i1", "c2"):
        given = [GivenGrade(Graded.INCIDENT, about, "weak", "one register", "Rana", AT)]
        (row,) = as_rows(
            grade_incidents(told, claims(*rows), origins=held.origins, standing=held.standing, given=given)
        )
        assert (row["proposed"], row["given"], row["because"]) == ("fair", "weak", "one register")


def test_what_stands_beside_an_incident_never_supports_its_grade_but_denials_discount_it() -> None:
    from rasid.model.incidents import ALSO, INCIDENT_CLAIMS, TELLS

    def proposed(beside: Row, *more: Row) -> str:
        rows = [killing("c1", "d1", ["Daro Vantikh"]), beside, *more]
        held = weighed(*rows)
        parts = [
            {"incident": "i1", "claim": r["id"], "part": ALSO if n else TELLS} for n, r in enumerate(rows)
        ]
        told = table(parts, INCIDENT_CLAIMS)
        (row,) = as_rows(grade_incidents(told, claims(*rows), origins=held.origins, standing=held.standing))
        return str(row["proposed"])

    assert proposed(killing("c2", "d2", [POST]), killing("c3", "d3", [MONITOR])) == "weak"
    denials = [killing(f"c{n}", f"d{n}", [v], polarity="denied") for n, v in ((2, POST), (3, MONITOR))]
    assert proposed(*denials) == "discounted"
