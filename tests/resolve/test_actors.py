import pytest

from rasid.knowledge.registry import load_registry
from rasid.resolve.actors import is_pronoun, link_actor
from rasid.resolve.linker import Context, find_arena, make_linker, read_context, show_name


@pytest.fixture(scope="module")
def linker():
    return make_linker(load_registry())


@pytest.fixture
def linked(linker):
    def link(mention, text="", **given):
        people = given.pop("people", ())
        context = read_context(text, linker=linker, people=people, own_voice=given.pop("own_voice", None))
        return link_actor(mention, linker=linker, context=context, **given)

    return link


def test_a_link_says_why(linked):
    found = linked("Turkey's army")
    assert (found.name, found.kind) == ("Turkish forces", "state forces")
    assert "Turkey" in found.reason


def test_a_mention_no_list_knows_stays_as_written(linked):
    found = linked("the Mill Owners' Club")
    assert (found.name, found.kind, found.candidates) == ("Mill Owners' Club", None, ())


def test_the_regime_is_open_until_one_country_is_in_play(linked):
    assert linked("the regime").kind is None
    assert linked("the regime", "The road from Homs in Syria is closed.").name == "Syrian government"


def test_an_open_wording_lists_the_candidates_of_the_countries_in_play(linked):
    found = linked("the army", "Clashes in Syria and in Iraq went on.")
    assert found.kind is None
    assert set(found.candidates) == {"Syrian Arab Army", "Iraqi Army"}


def test_a_country_that_fights_elsewhere_does_not_make_the_war_its_own(linked):
    assert linked("the army", "Yemen, Yemen. US drones and a Saudi ship.").name == "Yemeni government forces"


def test_one_town_alone_does_not_say_which_country_it_is(linked):
    assert linked("the army", "A man from Tartus wrote.").kind is None


def test_the_coalition_is_the_one_against_the_enemy_that_is_named(linked):
    assert linked("the Coalition", "ISIS held Mosul in Iraq.").name == "Global Coalition against ISIS"
    assert linked("the coalition", "The Houthis hold Sanaa in Yemen.").name == "Saudi-led coalition"
    assert linked("the coalition", "A ship left Spain.").kind is None


@pytest.mark.parametrize(
    ("event", "name"),
    [
        ("shelling", "Syrian government forces"),
        ("battle", "Syrian government forces"),
        ("strength", "Bashar al-Assad"),
        (None, "Bashar al-Assad"),
    ],
)
def test_a_head_of_state_bombs_by_his_forces_and_speaks_himself(linked, event, name):
    found = linked("Assad", event=event)
    assert found.name == name
    assert (found.candidates == ("Bashar al-Assad",)) is (name != "Bashar al-Assad")


def test_a_capital_is_a_government_when_it_speaks_and_a_town_when_it_is_hit(linked):
    assert linked("Damascus", role="voice").name == "Syrian government"
    assert linked("Damascus", role="target").kind is None


@pytest.mark.parametrize(
    "mention",
    [
        "pro-Iranian gunmen",
        "suspected ISIS fighters",
        "Iran-linked cells",
        "former Houthi commander",
        "ISIS's headquarters",
    ],
)
def test_what_is_near_an_actor_is_not_the_actor(linked, mention):
    assert linked(mention).kind is None


def test_two_parties_in_one_mention_stay_open_with_both_as_candidates(linked):
    found = linked("Russian and Turkish jets")
    assert found.kind is None
    assert found.candidates == ("Russian forces", "Turkish forces")


def test_a_name_with_two_holders_is_settled_by_the_document_or_open(linked):
    assert linked("RSF").kind is None
    assert linked("RSF", "Shells fell on Omdurman in Sudan.").name == "Rapid Support Forces"
    assert linked("RSF", "Reporters Without Borders gave a prize.").name == "Reporters Without Borders"


def test_the_state_us_is_not_the_pronoun(linked):
    assert linked("US").name == "United States"
    assert linked("us").kind is None
    assert linked("US", "THEY BOMBED US.").kind is None
    assert is_pronoun("US", shouted=True) and not is_pronoun("US")


def test_a_person_with_the_name_of_a_country_or_a_leader_is_himself(linked):
    assert linked("Israel Okoro", role="voice").kind is None
    assert linked("Hassan Assad").kind is None


def test_a_surname_is_the_one_speaker_who_has_it(linked):
    assert linked("Odeh", role="voice", people=["Rana Odeh"]).name == "Rana Odeh"
    assert linked("Odeh", role="voice", people=["Rana Odeh", "Sami Odeh"]).kind is None
    assert linked("Odeh", role="target", people=["Rana Odeh"]).kind is None


def test_the_surname_of_a_known_person_gets_the_known_name(linked):
    assert linked("Khamenei", role="voice").name == "Ali Khamenei"
    assert linked("Hussein", role="voice", people=["President Saddam Hussein"]).name == "Saddam Hussein"


def test_the_report_is_no_surname(linked):
    assert linked("the Report", role="voice", people=["Latest Report"]).kind is None


def test_their_army_and_nine_government_are_open(linked):
    text = "Syria, Syria."
    assert linked("their army", text).kind is None
    assert linked("nine government", text).kind is None
    assert linked("the army", text).name == "Syrian Arab Army"


def test_is_in_capitals_throughout_is_a_verb(linked):
    assert linked("THAT IS", "THIS IS ALL THAT IS LEFT.").kind is None


def test_the_author_is_the_voice_of_the_document(linked):
    assert linked("the author", role="voice", own_voice="Rana Odeh").name == "Rana Odeh"


def test_unnamed_sources_are_kept_as_said(linked):
    for mention in ("Syrian sources", "US officials", "local media", "residents"):
        assert linked(mention, role="voice").kind is None


def test_people_counted_are_civilians_by_their_kind(linked):
    assert linked("at least 12 civilians", role="target").name == "civilians"
    assert linked("two Iraqi journalists", role="target").name == "Iraqi journalists"
    assert linked("two brave journalists", role="target").kind is None
    assert linked("a doctor", role="voice").kind is None


def test_a_context_counts_countries_and_finds_full_names(linker):
    context = read_context("The Rivers Front met in Syria. Syrian farmers left. ISIS came.", linker=linker)
    assert context.countries == {"SY": 2}
    assert context.actors == {"Islamic State"}
    assert context.heads["front"] == {"Rivers Front"}


def test_two_countries_named_as_often_leave_the_arena_open(linker):
    assert find_arena(Context(countries={"SY": 2, "IQ": 2}), linker)[0] is None
    assert find_arena(Context(countries={"SY": 4, "IQ": 2}), linker)[0] == "SY"


@pytest.mark.parametrize(
    ("written", "shown"), [("the  Front", "Front"), ("Assad's", "Assad"), ("The", "The")]
)
def test_a_shown_name_has_no_article(written, shown):
    assert show_name(written) == shown
