"""Two classes exchange a part of their listed shares, compiled: slices (Neal 2003), density of `latent_room.py`."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled
from rasid.estimate.latent_room import Ones, Room, fewest, fill_patterns, listed_shares

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_TRADES = 4  # proposed per sweep
_FAR = 25.0  # log odds beyond which nothing is traded


@compiled
def trade_shares(
    ones: Ones,
    counts: Ints,
    share: Floats,
    on: Floats,
    off: Floats,
    alpha: float,
    room: Room,
    rng: np.random.Generator,
) -> None:
    """A few pairs of classes exchange listed shares; the chances stay. Changes share."""
    classes = share.size
    persons = float(counts.sum())
    total = listed_shares(share, off, room)
    room.fixed[:] = 0.0
    for k in range(classes):
        room.size[k] = math.exp(share[k]) / total
        room.weight[k] = -1.0 / math.expm1(room.none[k]) if room.none[k] < 0.0 else 0.0
        fill_patterns(ones, k, on, off, room.none[k], room)
        for c in range(counts.size):
            room.of_class[c, k] *= room.weight[k]
            room.fixed[c] += room.part[k] * room.of_class[c, k]
    whole = 1.0 / total
    for _ in range(_TRADES):
        a, b = int(rng.random() * classes), int(rng.random() * classes)
        both = room.part[a] + room.part[b]
        if a == b or both * persons < fewest(persons) or min(room.part[a], room.part[b]) <= 0.0:
            continue
        shift = trade(a, b, counts, alpha, room, rng)
        for k, change in ((a, shift), (b, -shift)):
            room.part[k] += change
            room.size[k] += change * room.weight[k]
            whole += change * room.weight[k]
        for c in range(counts.size):
            room.fixed[c] += shift * (room.of_class[c, a] - room.of_class[c, b])
        share[a], share[b] = math.log(room.size[a] * total), math.log(room.size[b] * total)
    less = math.log(whole * total)
    for k in range(classes):
        share[k] -= less


@compiled
def trade(a: int, b: int, counts: Ints, alpha: float, room: Room, rng: np.random.Generator) -> float:
    """A slice step for how two classes part their listed share; what class a takes from b."""
    both = room.part[a] + room.part[b]
    at = math.log(room.part[a] / room.part[b])
    if abs(at) >= _FAR:
        return 0.0
    floor = trade_weight(a, b, 0.0, counts, alpha, room) - abs(at) - 2.0 * math.log1p(math.exp(-abs(at)))
    floor -= rng.standard_exponential()
    low = at - 2.0 * rng.random()
    high = low + 2.0
    side = 0  # first the lower end is set, then the upper end, then trials between them
    while high - low > 1e-9:
        trial = low if side == 0 else high if side == 1 else low + (high - low) * rng.random()
        odds = math.exp(-abs(trial))
        larger, smaller = 1.0 / (1.0 + odds), odds / (1.0 + odds)
        shift = both * (larger if trial > 0.0 else smaller) - room.part[a]
        value = trade_weight(a, b, shift, counts, alpha, room) + math.log(larger) + math.log(smaller)
        if side == 0:
            if value <= floor or trial < -_FAR:
                side = 1
            else:
                low -= 2.0
        elif side == 1:
            if value <= floor or trial > _FAR:
                side = 2
            else:
                high += 2.0
        elif value > floor and abs(trial) < _FAR:
            return float(shift)
        elif trial < at:
            low = trial
        else:
            high = trial
    return 0.0


@compiled
def trade_weight(a: int, b: int, shift: float, counts: Ints, alpha: float, room: Room) -> float:
    """log density when class a takes `shift` of the listed shares from class b."""
    value = 0.0
    for c in range(counts.size):
        if counts[c]:
            chance = room.fixed[c] + shift * (room.of_class[c, a] - room.of_class[c, b])
            value += counts[c] * math.log(max(chance, 1e-300))
    behind = 0.0
    last = room.size.size - 1
    top = max(a, b)
    for k in range(last, -1, -1):
        behind += room.size[k]
        if k == a:
            behind += shift * room.weight[a]
        elif k == b:
            behind -= shift * room.weight[b]
        if 0 < k <= top:
            value += (alpha - 1.0 if k == last else -1.0) * math.log(max(behind, 1e-300))
    return float(value - (alpha + 1.0) * math.log(behind))
