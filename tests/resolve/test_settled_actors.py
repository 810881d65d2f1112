"""Whom a name means: what people settled, what stays open for them, and names that belong to another time."""

import pytest

from rasid.knowledge.registry import load_registry
from rasid.resolve.actors import link_actor
from rasid.resolve.linker import make_linker, read_context
from rasid.resolve.names import name_actors, resolve_questions
from rasid.resolve.settled import index_settled
from tests.builders import claim, claims, document, documents, mention, question, questions, settled

BOTH = "Clashes in Syria and in Iraq went on. The army fled."


def named(text, *decisions, actor="the army", **given):
    """What name_actors makes of one claim with this actor."""
    rows = claims(claim(quote=text, actor=mention(actor, start=text.index(actor)), **given))
    return name_actors(rows, documents(document(text=text)), settled=decisions)


def actor(found):
    return found.claims["actor"][0]["name"]


def test_an_open_actor_is_one_doubt_for_the_case_with_its_candidates_and_what_to_type():
    rows = claims(
        claim(id="c1", document="d1", quote=BOTH, actor=mention("The army")),
        claim(id="c2", document="d2", quote=BOTH, actor=mention("the army")),
    )
    held = documents(document(id="d1", text=BOTH), document(id="d2", text=BOTH))
    doubts = name_actors(rows, held).doubts.to_dicts()
    assert [d["what"] for d in doubts] == ["open actor"]
    assert "2 documents" in doubts[0]["sentence"]
    assert "Iraqi Army" in doubts[0]["sentence"] and "Syrian Arab Army" in doubts[0]["sentence"]
    assert 'rasid settle actor "The army" --as "' in doubts[0]["advice"]
    assert "--document d1" in doubts[0]["advice"]


def test_what_a_person_settled_counts_and_says_who_and_when():
    found = named(BOTH.lower().replace("the army", "the army"), settled("the army", "Iraqi Army"))
    assert actor(found) == "Iraqi Army"
    assert found.actors["reason"].to_list() == [
        "Rana decided on 2026-03-01 that “the army” means Iraqi Army in this case."
    ]
    assert found.doubts.height == 0


@pytest.mark.parametrize("written", ["The Army", "the army", "army"])
def test_case_and_article_do_not_matter(written):
    assert (
        actor(named(f"Clashes went on; {written} fled.", settled("the army", "Iraqi Army"), actor=written))
        == "Iraqi Army"
    )


def test_a_decision_beats_a_known_name_and_holds_in_wordings_around_it():
    text = "The Ash Front's fighters and ISIS fled."
    assert actor(named(text, settled("ISIS", "Ash Front"), actor="ISIS")) == "Ash Front"
    found = named(
        "The regime's warplanes came.",
        settled("the regime", "Iraqi government"),
        actor="The regime's warplanes",
    )
    assert actor(found) == "Iraqi security forces"


def test_a_decision_for_one_document_leaves_the_others_alone():
    here = settled("the army", "Iraqi Army", document="d000000000001")
    elsewhere = settled("the army", "Iraqi Army", document="d9")
    assert actor(named("Then the army fled.", here)) == "Iraqi Army"
    assert actor(named("Then the army fled.", elsewhere)) == "army"


def test_a_decision_whose_name_stands_nowhere_is_listed():
    found = named("Then the army fled.", settled("the navy", "Iraqi Army"))
    assert [(d["what"], d["name"]) for d in found.doubts.to_dicts()] == [
        ("decision without effect", "the navy")
    ]
    assert '`rasid reopen actor "the navy"`' in found.doubts["advice"][0]


def test_a_question_is_read_with_the_same_decisions():
    asked = questions(question(type="shelling", actor="the regime", target=None))
    assert resolve_questions(asked)["actor"].to_list() == ["regime"]
    decisions = [settled("the regime", "Syrian government")]
    assert resolve_questions(asked, settled=decisions)["actor"].to_list() == ["Syrian government"]


def test_a_question_about_a_settled_place_asks_about_the_place_that_was_meant():
    asked = questions(question(type="presence", actor="Zorn", target=None, place="the Old Mill"))
    got = resolve_questions(asked, place_names={"old mill": "Mill of Ordun"})
    assert got["place"].to_list() == ["Mill of Ordun"]


def test_two_parties_in_one_mention_are_open_but_nothing_to_settle():
    found = named("Russian and Syrian jets came.", actor="Russian and Syrian jets")
    assert found.doubts.height == 0
    assert found.actors.select("open", "kind").rows() == [(False, None)]


def test_two_parties_in_the_plural_are_one_of_each():
    found = named("Then the Syrian and Iraqi Armies came.", actor="the Syrian and Iraqi Armies")
    assert found.actors["candidates"].to_list() == [["Iraqi Army", "Syrian Arab Army"]]


# --- names and time --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def linker(tmp_path_factory):
    own = tmp_path_factory.mktemp("actors") / "actors.yaml"
    own.write_text(
        "- {name: Ash Front, kind: armed group, countries: [SY], names: [[Ember League, '2012', 2016-07], [Ash Front, 2016-07, null]]}\n"
        "- {name: Tin Front, kind: armed group, countries: [SY], names: [[Ember League, 2017-02, null]]}\n",
        encoding="utf-8",
    )
    return make_linker(load_registry(own))


def linked(linker, words, date, text="Syria was quiet."):
    return link_actor(words, linker=linker, context=read_context(text, linker=linker, date=date))


@pytest.mark.parametrize(
    ("date", "name"),
    [("2014-05-01", "Ash Front"), ("2018", "Tin Front"), ("2016-12", None), (None, None)],
)
def test_of_two_holders_of_a_name_the_one_of_that_time_is_taken(linker, date, name):
    found = linked(linker, "Ember League", date)
    assert (found.name if found.kind else None) == name
    assert found.open == (name is None)


def test_a_name_of_another_time_is_still_linked_and_the_reason_says_so(linker):
    found = linked(linker, "Ash Front", "2013-01-05")
    assert found.name == "Ash Front"
    assert "in use only since 2016-07, and the document is of 2013-01-05" in found.reason
    assert "in use" not in linked(linker, "Ash Front", "2016").reason


def test_who_held_an_office_then_is_meant_by_its_wordings(linker):
    assert linked(linker, "the government", "2019-03").name == "Syrian government"
    assert linked(linker, "the government", "2025-06").name == "Syrian caretaker government"
    late = linked(linker, "Syrian government", "2025-06-01")
    assert (late.name, late.candidates) == ("Syrian caretaker government", ("Syrian government",))
    assert linked(linker, "Syrian government", None).name == "Syrian government"
    assert linked(linker, "the Syrian army", "2025").name == "Syrian transitional government forces"


def test_a_gap_between_two_names_is_no_end_of_the_actor(linker):
    assert "in use" not in linked(linker, "the Houthis", "2008", text="Yemen was quiet.").reason


def test_the_linker_is_indexed_with_decisions():
    given = make_linker(load_registry(), index_settled([settled("Zorn", "Ash Front")]))
    assert linked(given, "Zorn", None).name == "Ash Front"
