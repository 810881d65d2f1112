"""Pairs that two sure links connect."""

import numpy as np

from rasid.model.tables import table
from rasid.resolve.people import LISTINGS, compare_listings
from rasid.resolve.people.calibrate import lost_by_blocking
from rasid.resolve.people.link import pairs_of
from rasid.resolve.people.thirds import find_thirds

NOTHING = dict.fromkeys(LISTINGS)


def test_two_sure_links_to_one_listing_make_a_pair():
    left, right = find_thirds(np.array([0, 1, 3]), np.array([1, 2, 4]), np.array([9.0, 9.0, 9.0]), size=5)
    assert (left.tolist(), right.tolist()) == ([0], [2])


def test_an_unsure_link_leads_nowhere_and_a_compared_pair_is_not_made_again():
    assert not len(find_thirds(np.array([0, 1]), np.array([1, 2]), np.array([9.0, 1.0]), size=3)[0])
    assert not len(
        find_thirds(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([9.0, -9.0, 9.0]), size=3)[0]
    )
    none = np.zeros(0, dtype=np.int64)
    assert not len(find_thirds(none, none, np.zeros(0), size=0)[0])


def crowd():
    """Strangers, and one person three times: a whole row, one without birth and house, one with these alone."""
    rows = [
        {
            "id": f"s{n}",
            "list": "one",
            "name": f"{'Darvel' if n % 5 == 0 else 'Bricco'} {'klmnp'[n // 5 % 5]}a{'RSTVZ'[n // 25 % 5]}undor",
            "birth": f"19{10 + n % 80}-0{1 + n % 9}-1{n % 10}",
            "place": f"Quill{n % 40}moor",
            "codes": [f"house: {n}xk {n}"],
        }
        for n in range(300)
    ]
    whole = {"name": "Darvel Iskomer Quontham", "birth": "1961-04-17", "place": "Amberfield"}
    guild = ["work: glazier", "guild: lampers"]
    rows.append({"id": "a", "list": "one", **whole, "codes": ["house: ab1 2cd", *guild]})
    rows.append({"id": "b", "list": "one", **whole, "birth": None, "codes": guild})
    rows.append(
        {"id": "c", "list": "one", "name": "Darvel", "birth": "1961-04-17", "codes": ["house: ab1 2cd"]}
    )
    return table([{**NOTHING, **row} for row in rows], LISTINGS)


def test_pairs_found_by_way_of_a_third_listing_are_compared_like_others():
    comparison = compare_listings(crowd())
    compared = comparison.compared
    code = compared.left.astype(int) * 1000 + compared.right
    assert (np.diff(code) > 0).all()
    ids = comparison.features.ids
    without_key = [(ids[a], ids[b]) for a, b in zip(compared.left, compared.right, strict=True)]
    without_key = [pair for pair, found in zip(without_key, compared.families, strict=True) if not found]
    assert ("b", "c") in without_key
    again = pairs_of(comparison.features, compared)
    assert (again.levels == comparison.pairs.levels).all() and (again.lists == comparison.pairs.lists).all()
    assert len(comparison.log_odds) == len(compared.left) == len(compared.families)


def test_links_found_without_a_key_are_no_longer_lost():
    families = np.array([0b001] * 10 + [0b011] * 20 + [0b000] * 2)
    lists = np.zeros(32, dtype=np.int64)
    lost = lost_by_blocking(families, np.ones(32), lists, pairs_of_lists=1)
    assert lost.links.tolist() == [10 * 9 / (2 * 21) - 2]
