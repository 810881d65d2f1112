"""Do several chains tell the same story? Split R-hat and effective draws.

Source: Gelman et al. 2013, Bayesian Data Analysis, 11.4 and 11.5; rank-normalised as in Vehtari et al. 2021.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def split_rhat(chains: Floats) -> float:
    """Split R-hat of rank-normalised draws; near 1 when the halves of all chains agree.

    chains: chains x draws
    """
    halves = _ranked(_split(chains))
    draws = halves.shape[1]
    within = float(halves.var(axis=1, ddof=1).mean())
    between = float(halves.mean(axis=1).var(ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt((draws - 1) / draws + between / within))


def effective_draws(chains: Floats) -> float:
    """How many independent draws these are worth, over rank-normalised split chains (Geyer's monotone sequence)."""
    halves = _ranked(_split(chains))
    count, draws = halves.shape
    centred = halves - halves.mean(axis=1, keepdims=True)
    size = 2 ** int(np.ceil(np.log2(2 * draws)))
    spectrum = np.fft.rfft(centred, size, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), size, axis=1)[:, :draws].mean(axis=0) / draws
    within = float(halves.var(axis=1, ddof=1).mean())
    if within == 0.0:
        return float(count * draws)
    whole = within * (draws - 1) / draws + float(halves.mean(axis=1).var(ddof=1))
    rho = 1.0 - (within - covariance) / whole
    rho[0] = 1.0
    total, last = 0.0, np.inf
    for t in range(0, draws - 1, 2):
        pair = float(rho[t] + rho[t + 1])
        if pair < 0.0:
            break
        last = min(last, pair)
        total += last
    return float(min(count * draws / max(2.0 * total - 1.0, 1e-3), count * draws * np.log10(count * draws)))


def _split(chains: Floats) -> Floats:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, chains.shape[1] - half :]])


def _ranked(chains: Floats) -> Floats:
    from scipy.special import ndtri
    from scipy.stats import rankdata

    ranks = rankdata(chains, method="average").reshape(chains.shape)
    return np.asarray(ndtri((ranks - 0.375) / (chains.size + 0.25)), np.float64)
