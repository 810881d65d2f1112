"""Latent classes: persons fall into unknown classes; within a class the lists are independent.

In:  a capture table.
Out: the posterior of the population, or a refusal where the chains disagree.

Each person belongs to one of at most K classes, with shares from a broken stick (concentration alpha, Gamma
prior); in class k list j names a person with its own chance, uniform before the data; the prior of N is 1/N.
Source of the model: Manrique-Vallier 2016, Biometrics 72, "Bayesian population size estimation using
Dirichlet process mixtures".

The sampler is our own. One sweep draws, in turn: a class for every listed person (cell by cell); the unseen
persons of the small classes with chances and sticks integrated out, by slices (Neal 2003); exchanges of two classes
on the stick; alpha with the sticks integrated out; shares and chances, whose small values are kept as logs. Then,
with every person summed over the classes, all chances and listed shares of the larger classes move at once along
the slope (`latent_slide.py`), and pairs of classes trade listed shares (`latent_trade.py`).

Chains that do not agree alone get helpers, which hold ever fewer of the listed persons and so move freely;
neighbours exchange their state (Geyer 1991), with the number of listed persons set so that exchanges succeed
equally often (Syed, Bouchard-Cote, Deligiannidis and Doucet 2022).
"""

from __future__ import annotations

import math
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable, in_fixed_order, whole
from rasid.estimate.diagnostics import effective_draws, split_rhat
from rasid.estimate.results import Interval, Model, ModelEstimate, Refusal, Settings, Why

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
State = tuple[Floats, Floats, Floats, Floats]

PILOTS = (100, 200, 400)  # sweeps, each with the ladder set by the one before
HOTTEST = 0.08  # the last helper holds this part of the listed persons
RUNGS = (3, 14)
ALONE = 40  # times draws: sweeps of each chain before it gets helpers
HELPED = 120  # times draws: sweeps of each chain with helpers, those of the helpers counted
GROWTH = 1.3  # sweeps until the next look at the chains, over those until the last
BURN_IN = 0.25  # at least this part of all sweeps is left out
ENOUGH = (
    3.0  # times min_effective: then stop early; medians of two seeds then lie within about 0.5 % on Kosovo
)
FEWEST_PERSONS = 20
_QUANTILES = 1000


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws of the unseen persons.

    unseen: chains x draws
    chance: per pattern of the table the chance of one of its persons, given listed, had this person been left
    out
            (harmonic mean over the draws, Gelfand, Dey and Chang 1992)
    """

    unseen: Floats
    occupied: float
    rhat: float
    effective: float
    rungs: int
    sweeps: int
    chance: Floats


@dataclass(frozen=True, slots=True)
class _Round:
    """One chain's sweeps between two looks; inverse: mean of one over the chance of each pattern."""

    unseen: Floats
    occupied: float
    inverse: Floats


def sample(table: CaptureTable, *, settings: Settings) -> Posterior:
    """Run the chains until they agree or the sweeps are used up; with helpers only where they do not agree alone."""
    patterns, counts = _as_arrays(table)
    alone = _run(patterns, counts, np.ones(1), ALONE, settings)
    if agree(alone, settings):
        return alone
    ladder = _tune(patterns, counts, settings)
    return _run(patterns, counts, ladder, HELPED // ladder.size, settings)


def agree(posterior: Posterior, settings: Settings) -> bool:
    """Do the chains tell the same story, with enough draws?"""
    return posterior.rhat <= settings.max_rhat and posterior.effective >= settings.min_effective


def _run(patterns: Ints, counts: Ints, ladder: Floats, most: int, settings: Settings) -> Posterior:
    """All chains with this ladder, in rounds that add on, until they clearly agree or have `most` times draws."""
    from rasid.estimate.latent_kernels import run_chain

    prior = np.array(settings.concentration)
    chains = [_start(patterns, counts, ladder, chain, settings) for chain in range(settings.chains)]
    rounds: list[list[_Round]] = []
    sweeps = max(settings.draws // 2, 2)

    def advance(chain: tuple[Ints, State, np.random.Generator]) -> _Round:
        thinned, state, rng = chain
        unseen, occupied, _, chance = run_chain(patterns, thinned, state, prior, sweeps, rng)
        return _Round(unseen, float(occupied.mean()), chance)

    with ThreadPoolExecutor(min(os.cpu_count() or 1, settings.chains)) as threads:
        while True:
            rounds.append(list(threads.map(advance, chains)))  # kernels let go of the lock
            posterior = _pool(rounds, ladder.size)
            done = sum(each[0].unseen.size for each in rounds)
            clear = posterior.rhat <= 1.0 + (settings.max_rhat - 1.0) / 2
            if done >= most * settings.draws or (
                len(rounds) > 1 and clear and posterior.effective >= ENOUGH * settings.min_effective
            ):
                return posterior
            sweeps = min(max(sweeps, math.ceil(done * (GROWTH - 1.0))), most * settings.draws - done)


def _pool(rounds: list[list[_Round]], rungs: int) -> Posterior:
    """The draws of all rounds but the first ones, which are burn-in."""
    sizes = np.array([each[0].unseen.size for each in rounds])
    first = int(np.searchsorted(np.cumsum(sizes), BURN_IN * sizes.sum())) + 1 if len(rounds) > 1 else 0
    kept, weights = rounds[first:], sizes[first:] / sizes[first:].sum()
    draws = np.array([np.concatenate([each.unseen for each in chain]) for chain in zip(*kept, strict=True)])
    occupied = sum(w * np.mean([r.occupied for r in each]) for w, each in zip(weights, kept, strict=True))
    inverse = sum(
        w * np.mean([r.inverse for r in each], axis=0) for w, each in zip(weights, kept, strict=True)
    )
    return Posterior(
        draws,
        float(occupied),
        split_rhat(draws),
        effective_draws(draws),
        rungs,
        draws.shape[1],
        1.0 / inverse,
    )


def _as_arrays(table: CaptureTable) -> tuple[Ints, Ints]:
    """Patterns and counts."""
    patterns = np.array(list(table.counts), np.int64).reshape(-1, len(table.lists))
    return patterns, np.array([round(count) for count in table.counts.values()], np.int64)


def _thinned(counts: Ints, ladder: Floats, rng: np.random.Generator) -> Ints:
    """The listed persons of each rung: nested parts of the table, evenly over its patterns."""
    offsets = rng.random(counts.size)
    rungs = [np.ceil(np.maximum(counts * part - offsets, 0.0)) for part in ladder]
    rungs[0] = counts.astype(np.float64)
    return np.asarray(np.minimum(np.array(rungs), counts), np.int64)


def _start(
    patterns: Ints, counts: Ints, ladder: Floats, chain: int, settings: Settings
) -> tuple[Ints, State, np.random.Generator]:
    """Over-dispersed starts: one class; all classes at random; by the number of lists; two classes at random."""
    from rasid.estimate.latent_kernels import begin

    rng = np.random.Generator(np.random.PCG64([settings.seed, chain, ladder.size]))
    classes, lists = settings.classes, patterns.shape[1]
    thinned = _thinned(counts, ladder, rng)
    start = np.zeros((ladder.size, classes, counts.size), np.int64)
    for rung in range(ladder.size):
        for cell, count in enumerate(thinned[rung]):
            match chain % 4:
                case 0:
                    start[rung, 0, cell] = count
                case 1:
                    start[rung, :, cell] = rng.multinomial(count, np.full(classes, 1 / classes))
                case 2:
                    start[rung, min(int(patterns[cell].sum()) - 1, classes - 1), cell] = count
                case _:
                    start[rung, int(rng.integers(min(2, classes))), cell] = count
    shape = (ladder.size, classes)
    state = (np.zeros(shape), np.zeros((*shape, lists)), np.zeros((*shape, lists)), np.zeros(ladder.size))
    begin(patterns, start, *state, rng)
    return thinned, state, rng


def _tune(patterns: Ints, counts: Ints, settings: Settings) -> Floats:
    """Set the rungs so that neighbours exchange equally often."""
    from rasid.estimate.latent_kernels import run_chain

    ladder = np.geomspace(1.0, HOTTEST, 8)
    for sweeps in PILOTS:
        thinned, state, rng = _start(patterns, counts, ladder, 1, settings)
        taken = run_chain(patterns, thinned, state, np.array(settings.concentration), sweeps, rng)[2]
        refused = np.clip(1.0 - taken[:-1], 0.02, 1.0)
        barrier = np.concatenate([[0.0], np.cumsum(refused)])
        rungs = int(np.clip(math.ceil(2.0 * barrier[-1]) + 1, *RUNGS))
        even = np.linspace(0.0, barrier[-1], rungs)
        ladder = np.exp(np.interp(even, barrier, np.log(ladder)))
    return ladder


def estimate_latent(table: CaptureTable, *, settings: Settings) -> ModelEstimate | Refusal:
    """The posterior of the population, or why there is none."""
    if len(table.lists) < 3:
        return _refuse(
            Why.TOO_FEW_LISTS,
            f"With {len(table.lists)} lists nothing shows how persons differ in how easily they are listed.",
            "Add a third list made by other people in another way.",
        )
    if table.documented < FEWEST_PERSONS:
        return _refuse(
            Why.TOO_FEW_PERSONS,
            f"{table.documented:.0f} persons are too few to see classes among them.",
            "Join strata, or wait for more listings.",
        )
    ordered = in_fixed_order(whole(table))
    posterior = sample(ordered, settings=settings)
    if not agree(posterior, settings):
        return _refuse(
            Why.CHAINS_DISAGREE,
            f"{settings.chains} chains from different starts do not tell the same story: R-hat {posterior.rhat:.2f} "
            f"(at most {settings.max_rhat:.2f}), {posterior.effective:.0f} effective draws "
            f"(at least {settings.min_effective:.0f}). Their medians go from "
            f"{_medians(table, posterior).min():,.0f} to {_medians(table, posterior).max():,.0f}.",
            "The lists allow very different numbers. Add a list, join strata, or merge lists that copy each other.",
        )
    return _summary(ordered, posterior, settings, table.lists)


def _medians(table: CaptureTable, posterior: Posterior) -> Floats:
    return np.asarray(table.documented + np.median(posterior.unseen, axis=1))


def _summary(
    table: CaptureTable, posterior: Posterior, settings: Settings, names: tuple[str, ...]
) -> ModelEstimate:
    tail = (1.0 - settings.level) / 2
    low, median, high = (
        float(q) for q in table.documented + np.quantile(posterior.unseen, [tail, 0.5, 1 - tail])
    )
    steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    draws = table.documented + np.quantile(posterior.unseen, steps)
    details = {
        "R-hat": posterior.rhat,
        "effective draws": posterior.effective,
        "occupied classes": posterior.occupied,
        "sweeps per chain": float(posterior.sweeps),
        "rungs": float(posterior.rungs),
    }
    interval = Interval(median, low, high, settings.level)
    places = [table.lists.index(name) for name in names]
    left_out = {
        tuple(int(pattern[place]) for place in places): float(chance)
        for pattern, chance in zip(_as_arrays(table)[0], posterior.chance, strict=True)
    }
    return ModelEstimate(Model.LATENT, interval, tuple(draws.tolist()), details, left_out=left_out)


def _refuse(why: Why, reason: str, helps: str) -> Refusal:
    return Refusal(why, reason, helps, Model.LATENT)
