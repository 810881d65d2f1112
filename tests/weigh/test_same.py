import pytest

from rasid.knowledge.registry import load_registry
from rasid.weigh.same import acts_for, core_name, part_of, same_party

REGISTRY = load_registry()


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Islamic State", "Islamic State"),
        ("ISIS fighters", "Islamic State"),
        ("the Caliphate project", "Islamic State"),
        ("Russian jets", "Russia"),
        ("Grey Banner fighters", "Grey Banner"),
        ("the Grey Banner", "Grey Banner"),
    ],
)
def test_the_party_in_a_name_is_found_under_its_people_and_its_doing(name, core):
    assert core_name(name) == core


def test_the_people_of_a_party_are_the_party_but_its_project_is_not():
    assert same_party("ISIS fighters", "Islamic State")
    assert not same_party("Caliphate project", "Islamic State")
    assert part_of("Caliphate project", "Islamic State", REGISTRY)


def test_a_state_acts_through_its_forces_and_not_through_those_of_others():
    assert acts_for("United States", "US forces", REGISTRY)
    assert not acts_for("Russia", "US forces", REGISTRY)


def test_an_army_is_a_part_of_its_government_and_not_the_other_way_round():
    assert part_of("Syrian Arab Army", "Syrian government", REGISTRY)
    assert not part_of("Syrian government", "Syrian Arab Army", REGISTRY)
