from itertools import pairwise

import pytest

from rasid.errors import BadSettings
from rasid.knowledge.actors import load_actors
from rasid.knowledge.registry import code, is_compiled, load_registry

KINDS = {
    "state",
    "state forces",
    "armed group",
    "coalition",
    "monitor",
    "media",
    "un",
    "organisation",
    "person",
    "people",
}
RELATED = {"part_of", "split_from", "merged_into", "allied_with", "against", "forces"}


@pytest.fixture(scope="module")
def registry():
    return load_registry()


def test_the_compiled_form_is_what_the_yaml_says():
    assert is_compiled(), "run `python -m rasid.knowledge.registry` and commit compiled.json"


def test_there_are_at_least_250_actors_beside_the_states(registry):
    assert len(registry.actors) >= 250


def test_every_actor_has_a_known_kind_and_points_to_actors_that_exist(registry):
    # the forces and governments of other states are made from countries.yaml
    made = {
        f"{c.adjectives[0]} {what}" for c in registry.countries.values() for what in ("forces", "government")
    }
    for actor in registry.actors.values():
        assert actor.kind in KINDS, actor.name
        for relation, other in actor.relations:
            assert relation in RELATED
            assert other in registry.actors or other in made, f"{actor.name}: {relation} {other}"
        assert all(country in registry.countries for country in actor.countries), actor.name


def test_no_two_actors_share_a_name_that_holds_anywhere(registry):
    held = {}
    for actor in registry.actors.values():
        for name in {actor.name, *actor.aliases}:
            held.setdefault(name, set()).add(actor.name)
    shared = {name: owners for name, owners in held.items() if len(owners) > 1}
    assert set(shared) == {"RSF"}  # Rapid Support Forces, Reporters sans frontières: the document settles it


def test_one_role_of_a_country_has_one_actor_at_a_time(registry):
    held = {}
    for actor in registry.actors.values():
        for role in actor.role.split("+") if actor.role else ():
            held.setdefault((actor.countries[0], role), []).append(actor)
    shared = [actors for actors in held.values() if len(actors) > 1]
    assert shared
    for actors in shared:
        spans = sorted(
            (min(n.first or "" for n in a.names), max(n.last or "9999" for n in a.names)) for a in actors
        )
        assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_names_by_time_run_forward(registry):
    for actor in registry.actors.values():
        for timed in actor.names:
            assert timed.first is None or timed.last is None or timed.first <= timed.last, timed


def test_lineage_goes_from_the_part_to_the_whole(registry):
    assert registry.lineage("Tiger Forces") == (
        "Tiger Forces",
        "Syrian Arab Army",
        "Syrian government forces",
        "Syrian government",
    )


def test_codes_of_other_schemes(registry):
    actors, countries = registry.actors, registry.countries
    assert code(actors["Islamic State"], "ucdp", countries) == "234"
    assert code(actors["Turkish forces"], "cameo", countries) == "TURMIL"
    assert code(actors["United Nations"], "cameo", countries) == "IGOUNO"
    assert code(actors["Hamas"], "acled", countries) == "2"
    assert code(actors["Bashar al-Assad"], "cameo", countries) is None


def test_states_are_not_among_the_names_that_hold_in_any_document():
    names = load_actors()
    assert names.find("Syria") is None
    assert names.find("the regime") is None
    assert names.find("Daesh").name == "Islamic State"


def test_a_case_adds_actors_and_aliases(tmp_path):
    own = tmp_path / "actors.yaml"
    own.write_text(
        "- {name: Rivers Front, kind: armed group, countries: [SY], aliases: [RVF]}\n"
        "- {name: Islamic State, kind: armed group, aliases: [the Black Banner]}\n",
        encoding="utf-8",
    )
    names = load_actors(own)
    assert names.find("RVF").name == "Rivers Front"
    assert names.find("the Black Banner").name == "Islamic State"
    assert names.find("Daesh").name == "Islamic State"
    assert load_actors().find("RVF") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {kind: armed group}\n", "name and a kind"),
        ("- {name: A, kind: armed group, alias: [B]}\n", "alias"),
        ("name: A\nkind: armed group\n", "list"),
        ("- {name: A", "could not be read"),
    ],
)
def test_a_file_that_is_no_list_of_actors_is_refused_with_the_reason(tmp_path, text, told):
    own = tmp_path / "actors.yaml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings, match=told):
        load_registry(own)
