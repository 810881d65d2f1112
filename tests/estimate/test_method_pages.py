"""The examples worked by hand on the method pages (docs/concepts/estimates-*.md), worked again by the code."""

from __future__ import annotations

import math
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from rasid.estimate.capture import CaptureTable, corrected
from rasid.estimate.intervals import _Answer, _mixture, _parts, _weighted_quantiles
from rasid.estimate.latent_kernels import log_likelihood
from rasid.estimate.results import Interval, Model, ModelEstimate
from rasid.estimate.stacking import LEARNING, foretold
from rasid.estimate.trait_kernels import peak
from rasid.estimate.trait_models import SHAPES, as_cells, columns_of, lift

CONCEPTS = Path(__file__).parents[2] / "docs" / "concepts"
PAGES = ("graphs", "interval", "latent", "loglinear", "lower-bound", "trait")
NOT_GIVEN = Interval(1, 1, 1)


@pytest.mark.parametrize("name", PAGES)
def test_each_method_page_has_formula_source_example_and_limits(name: str) -> None:
    text = (CONCEPTS / f"estimates-{name}.md").read_text("utf-8")
    parts = re.findall(r"^\*\*([A-Z][a-z ]+)\.\*\*", text, re.MULTILINE)
    for wanted in ("Formula", "By hand", "When not to use it"):
        assert wanted in parts
    assert {"Source", "Sources"} & set(parts)
    assert f"estimates-{name}.md" in (CONCEPTS / "estimates.md").read_text("utf-8")


def test_latent_classes_two_kinds_of_persons_and_three_lists() -> None:
    share, on = np.log([0.8, 0.2]), np.log([[0.1] * 3, [0.6] * 3])
    off = np.log([[0.9] * 3, [0.4] * 3])
    patterns = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1) if a or b or c]
    into = np.zeros(len(patterns))
    log_likelihood(np.array(patterns), share, on, off, into)
    given_listed = np.exp(into)
    assert given_listed.sum() == pytest.approx(1.0)
    on_none = 0.8 * 0.9**3 + 0.2 * 0.4**3
    assert on_none == pytest.approx(0.596, abs=5e-4)
    on_all = given_listed[patterns.index((1, 1, 1))] * (1 - on_none)
    assert 1000 * on_all == pytest.approx(44, abs=0.5)
    assert pytest.approx(8) == 1000 * (0.8 * 0.1 + 0.2 * 0.6) ** 3


def test_weights_without_bootstrap_come_from_what_was_foretold() -> None:
    table = CaptureTable(("A", "B"), {(1, 0): 1.0, (0, 1): 1.0})
    models = [
        ModelEstimate(Model.GRAPHS, NOT_GIVEN, left_out={(1, 0): 0.30, (0, 1): 0.10}),
        ModelEstimate(Model.TRAIT, NOT_GIVEN, left_out={(1, 0): 0.20, (0, 1): 0.20}),
    ]
    score = {model: math.exp(log) for model, log in foretold(table, models).items()}
    assert score == {Model.GRAPHS: pytest.approx(0.03), Model.TRAIT: pytest.approx(0.04)}
    assert score[Model.GRAPHS] / sum(score.values()) == pytest.approx(0.43, abs=0.005)


def test_weights_take_half_of_the_score() -> None:
    assert LEARNING == 0.5
    assert pytest.approx(0.46, abs=0.005) == 0.03**LEARNING / (0.03**LEARNING + 0.04**LEARNING)


@pytest.mark.parametrize(
    ("shape", "d", "unlisted"), [("normal", 0.693, 100), ("poisson", 0.347, 71), ("gamma 1", 1.69, 272)]
)
def test_three_shapes_of_a_trait_fit_one_table_and_differ_on_the_unlisted(
    shape: str, d: float, unlisted: float
) -> None:
    one, two, three = 25.0, 12.5, 12.5
    beyond = float(lift(shape, np.arange(4.0))[3]) - 2.0
    bend = math.log(one * three / two**2)
    assert bend / beyond == pytest.approx(d, rel=0.01)
    assert one**2 / two * math.exp(bend / beyond) == pytest.approx(unlisted, abs=0.5)
    counts = {p: one if sum(p) == 1 else two for p in product((0, 1), repeat=3) if any(p)}
    cells = as_cells(CaptureTable(("A", "B", "C"), counts))
    columns = columns_of(cells, SHAPES.index(shape), frozenset())
    rows = np.ascontiguousarray(cells.design[:, columns])
    flat = np.zeros(len(columns))
    best, _, _ = peak(rows, cells.counts, flat, flat, np.append(3.0, flat[1:]))
    assert np.exp(rows @ best) == pytest.approx(cells.counts, rel=1e-3)
    assert math.exp(best[0]) == pytest.approx(unlisted, abs=1)


def test_missed_links_of_three_lists_come_from_one_rate() -> None:
    seen = {(1, 1, 0): 100.0, (1, 1, 1): 100.0, (1, 0, 0): 500.0, (0, 1, 0): 500.0, (0, 0, 1): 500.0}
    seen |= {(1, 0, 1): 200.0, (0, 1, 1): 200.0}
    made = corrected(CaptureTable(("A", "B", "C"), seen), {(0, 1): 30.0}, {})
    both = sum(count for pattern, count in made.counts.items() if pattern[0] and pattern[1])
    assert both == pytest.approx(230.0, abs=0.5)
    assert pytest.approx(30.0) == 2 * 100 * 0.075 + 2 * 100 * 0.075


def hand_interval() -> list[_Answer]:
    logs = [{"a": (6.9, 7.1), "b": (7.3, 7.5)}, {"a": (7.1, 7.3), "b": (7.5, 7.7)}]
    weights = {Model.GRAPHS: 0.5, Model.TRAIT: 0.5}
    return [
        _Answer(
            tuple(
                ModelEstimate(model, NOT_GIVEN, draws=tuple(math.exp(x) for x in each[name]))
                for model, name in ((Model.GRAPHS, "a"), (Model.TRAIT, "b"))
            ),
            (),
            weights,
        )
        for each in logs
    ]


def test_the_width_of_the_interval_falls_into_its_parts() -> None:
    width = _parts(hand_interval(), [0, 0])
    shares = (width.sampling, width.model, width.linkage, width.missing_values)
    assert shares == pytest.approx((1 / 6, 4 / 6, 1 / 6, 0.0))


def test_the_median_of_the_mixture_is_that_of_all_values_together() -> None:
    draws, shares = _mixture(hand_interval())
    assert shares.sum() == pytest.approx(1.0)
    assert _weighted_quantiles(draws, shares, [0.5])[0] == pytest.approx(1480, abs=1)
