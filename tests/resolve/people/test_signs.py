"""What the other pairs of two listings say of a pair."""

import numpy as np
import pytest

from rasid.resolve.people.signs import partners, rivals

SURE, NEVER = 40.0, -40.0


def test_a_rival_is_the_best_other_partner_on_the_same_list():
    left, right = np.array([0, 0, 0]), np.array([1, 2, 3])
    lists = np.array([0, 1, 1, 2])
    assert rivals(left, right, lists, np.array([3.0, 1.0, 2.0])).tolist() == [1.0, 3.0, -6.0]


def test_a_third_listing_that_is_one_person_with_both_speaks_for_a_pair():
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    held = partners(left, right, np.array([0.0, SURE, SURE]), size=3)
    assert held[0] == pytest.approx(np.log(1.5 / 0.5))


def test_a_third_listing_that_is_one_person_with_the_first_only_speaks_against_a_pair():
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    held = partners(left, right, np.array([0.0, SURE, NEVER]), size=3)
    assert held[0] == pytest.approx(np.log(0.5 / 1.0))
    # A partner that was never compared with the second speaks as one that was found to be another.
    assert partners(left[:2], right[:2], np.array([0.0, SURE]), size=3)[0] == pytest.approx(held[0])


def test_two_listings_without_other_partners_say_nothing():
    assert partners(np.array([0]), np.array([1]), np.array([2.0]), size=2).tolist() == [0.0]


def test_no_pairs_give_no_signs():
    none = np.zeros(0, dtype=np.int64)
    assert len(partners(none, none, np.zeros(0), size=0)) == 0
