"""Each move of the sampler leaves the posterior as it is.

Draw shares, chances and concentration from the prior, then a table of so many listed persons from them. They are now
one exact draw of the posterior of this table. After any number of moves they must still be one, so that over many
tables they are draws of the prior again (Gandy and Scott 2020, "Unit testing for MCMC").
"""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import gamma, ks_2samp, kstest

from rasid.estimate import latent_kernels, latent_room, latent_slide, latent_trade

CLASSES, LISTS = 3, 3
PATTERNS = np.array([[k >> 2 & 1, k >> 1 & 1, k & 1] for k in range(1, 8)], np.int64)
PRIOR = np.array([2.0, 2.0])
State = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def from_prior(rng: np.random.Generator) -> State:
    alpha = rng.gamma(PRIOR[0]) / PRIOR[1]
    sticks = np.append(rng.beta(1.0, alpha, CLASSES - 1), 1.0)
    share = sticks * np.append(1.0, np.cumprod(1.0 - sticks[:-1]))
    chance = rng.random((CLASSES, LISTS))
    return (
        np.log(np.maximum(share, 1e-300))[None],
        np.log(chance)[None],
        np.log1p(-chance)[None],
        np.array([alpha]),
    )


def table_from(state: State, persons: int, rng: np.random.Generator) -> np.ndarray:
    share, on, off, _ = state
    each = np.exp(share[0][:, None] + on[0] @ PATTERNS.T + off[0] @ (1 - PATTERNS.T)).sum(axis=0)
    return rng.multinomial(persons, each / each.sum())


def look(state: State) -> list[float]:
    """Concentration, first share, a chance of the last class, chance of no list, chance of all lists."""
    share, on, off, alpha = state
    return [
        alpha[0],
        np.exp(share[0, 0]),
        np.exp(on[0, CLASSES - 1, 0]),
        np.exp(share[0] + off[0].sum(axis=1)).sum(),
        np.exp(share[0] + on[0].sum(axis=1)).sum(),
    ]


def whole_sweeps(counts: np.ndarray, state: State, rng: np.random.Generator) -> None:
    latent_kernels.run_chain(PATTERNS, counts[None], state, PRIOR, 8, rng)


def with_a_helper(counts: np.ndarray, state: State, rng: np.random.Generator) -> None:
    """The helper has another table and its own exact draw; few persons, so that the two often change places."""
    other = from_prior(rng)
    both = tuple(np.concatenate(pair) for pair in zip(state, other, strict=True))
    tables = np.stack([table_from(state, 15, rng), table_from(other, 10, rng)])
    latent_kernels.run_chain(PATTERNS, tables, both, PRIOR, 8, rng)
    for mine, all_rungs in zip(state, both, strict=True):
        mine[:] = all_rungs[:1]


def slides(counts: np.ndarray, state: State, rng: np.random.Generator) -> None:
    ones, room = latent_room.ones_of(PATTERNS), latent_room.room_for(len(PATTERNS), CLASSES, LISTS)
    for _ in range(8):
        latent_slide.slide_chances(
            ones, counts, state[0][0], state[1][0], state[2][0], state[3][0], room, rng
        )


def trades(counts: np.ndarray, state: State, rng: np.random.Generator) -> None:
    ones, room = latent_room.ones_of(PATTERNS), latent_room.room_for(len(PATTERNS), CLASSES, LISTS)
    for _ in range(4):
        latent_trade.trade_shares(ones, counts, state[0][0], state[1][0], state[2][0], state[3][0], room, rng)


def lazy(counts: np.ndarray, state: State, rng: np.random.Generator) -> None:
    """A wrong move: the chances drift down a little, as from a forgotten term of the density."""
    state[1][0] -= 0.1
    state[2][0] = np.log(-np.expm1(state[1][0]))


def least_even(move: Callable[[np.ndarray, State, np.random.Generator], None], tables: int) -> float:
    """The smallest p-value that what comes out of the moves are draws of the prior."""
    rng = np.random.Generator(np.random.PCG64(5))
    after = []
    for _ in range(tables):
        state = from_prior(rng)
        move(table_from(state, 400, rng), state, rng)
        after.append(look(state))
    moved, fresh = np.array(after), np.array([look(from_prior(rng)) for _ in range(20_000)])
    exact = [
        kstest(moved[:, 0], gamma(PRIOR[0], scale=1.0 / PRIOR[1]).cdf).pvalue,
        kstest(moved[:, 2], "uniform").pvalue,
    ]
    return float(min(exact + [ks_2samp(moved[:, i], fresh[:, i]).pvalue for i in (1, 3, 4)]))


@pytest.mark.parametrize("move", [whole_sweeps, with_a_helper, slides, trades])
def test_moves_leave_the_posterior_as_it_is(move):
    assert least_even(move, 1500) > 0.002


def test_the_unseen_are_drawn_as_shares_and_chances_say():
    rng = np.random.Generator(np.random.PCG64(6))
    drawn, fresh = [], []
    for _ in range(1500):
        state = from_prior(rng)
        counts = table_from(state, 400, rng)
        fresh.append(rng.negative_binomial(400, 1.0 - look(state)[3]))
        drawn.append(latent_kernels.run_chain(PATTERNS, counts[None], state, PRIOR, 5, rng)[0][-1])
    assert ks_2samp(drawn, fresh).pvalue > 0.002


def test_a_move_that_leaves_out_a_term_is_found():
    assert least_even(lazy, 1500) < 1e-4


def test_the_slope_is_the_change_of_the_density():
    rng = np.random.default_rng(1)
    counts = rng.integers(1, 400, len(PATTERNS))
    ones, room = latent_room.ones_of(PATTERNS), latent_room.room_for(len(PATTERNS), 5, LISTS)
    room.moving[:3] = [1, 2, 4]  # of five classes three move, the last among them
    room.part[:], room.fixed[:], room.behind[:] = (
        0.1,
        0.01 * rng.random(len(PATTERNS)),
        [0.9, 0.6, 0.5, 0.3, 0.9],
    )

    def density(angles: np.ndarray, roots: np.ndarray) -> float:
        room.sine[:, :3], room.cosine[:, :3], room.root[:3] = np.sin(angles / 2), np.cos(angles / 2), roots
        return latent_slide.slopes(ones, counts, 3, 0.7, True, room)

    angles, roots = rng.uniform(0.3, 2.8, (LISTS, 3)), rng.uniform(0.3, 0.6, 3)
    density(angles, roots)
    pull, push = room.pull[:, :3].copy(), room.push[:3].copy()
    for place in np.ndindex(LISTS, 3):
        step = np.zeros((LISTS, 3))
        step[place] = 1e-5
        change = (density(angles + step, roots) - density(angles - step, roots)) / 2e-5
        assert pull[place] == pytest.approx(change, rel=1e-4, abs=1e-3)
    for i in range(3):
        step = np.eye(3)[i] * 1e-5
        change = (density(angles, roots + step) - density(angles, roots - step)) / 2e-5
        assert push[i] == pytest.approx(change, rel=1e-4, abs=1e-3)


def test_slides_of_a_large_table_are_mostly_taken():
    rng = np.random.Generator(np.random.PCG64(2))
    ones, room = latent_room.ones_of(PATTERNS), latent_room.room_for(len(PATTERNS), CLASSES, LISTS)
    state = from_prior(rng)
    counts = table_from(state, 3000, rng)
    taken = []
    for _ in range(200):
        whole_sweeps(counts, state, rng)
        taken.append(
            latent_slide.slide_chances(
                ones, counts, state[0][0], state[1][0], state[2][0], state[3][0], room, rng
            )
        )
    assert np.mean(taken) > 0.5
