"""Incidents found in 56 written bundles of reports: floors of precision and recall over pairs of sentences.

Measured 2026-11-21 when first run: bundles.yaml P 93 R 91, bundles_2 P 82 R 71, bundles_3 P 91 R 88. The first two were
read and mended for since (97/99, 96/82); bundles_3 never was (92/92). A floor is lowered only with a reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.incidents.scoring import read_bundles, score

HERE = Path(__file__).parent
FLOORS = {"bundles.yaml": (95.0, 97.0), "bundles_2.yaml": (93.0, 80.0), "bundles_3.yaml": (88.0, 84.0)}


@pytest.mark.parametrize("name", FLOORS)
def test_sentences_of_one_happening_are_put_together_and_others_are_not(name: str) -> None:
    precision, recall, wrong = score(read_bundles(HERE / name))
    floor = FLOORS[name]
    assert precision >= floor[0] and recall >= floor[1], "\n".join(wrong)
