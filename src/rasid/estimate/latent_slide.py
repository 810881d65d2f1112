"""All chances and listed shares of the larger classes move at once, along the slope, compiled.

Hamiltonian steps (Neal 2011). The chances move as angles, chance = sin(angle / 2) ** 2, whose spread follows from
the size of the class alone; the listed shares as their roots, along a sphere (Byrne and Girolami 2013), where the
spread is the same everywhere. See `latent_room.py` for the density.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled
from rasid.estimate.latent_room import Ones, Room, fewest, fill_patterns, listed_shares

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_STEP = 0.85  # mean step, in standard deviations of a chance whose persons were known
_STEPS = 10.0  # mean number of steps
_SPREAD = 0.5  # of the drawn size of a class, on the log scale


@compiled
def slide_chances(
    ones: Ones,
    counts: Ints,
    share: Floats,
    on: Floats,
    off: Floats,
    alpha: float,
    room: Room,
    rng: np.random.Generator,
) -> float:
    """Move the chances of all larger classes; listed shares stay. Changes share, on and off; the chance of taking it.

    The steps of a class follow a size drawn around its own; how likely that draw is enters the choice.
    """
    classes, lists = on.shape
    persons = float(counts.sum())
    total = listed_shares(share, off, room)
    moving = 0
    for k in range(classes):
        if room.part[k] * persons >= fewest(persons):
            room.moving[moving] = k
            moving += 1
    if moving == 0:
        return 0.0
    keep_still(ones, moving, share, on, off, total, room)
    for j in range(lists):
        for i in range(moving):
            k = room.moving[i]
            room.sine[j, i] = math.exp(0.5 * on[k, j])
            room.cosine[j, i] = math.exp(0.5 * off[k, j])
    for i in range(moving):
        room.root[i] = math.sqrt(room.part[room.moving[i]])
    before = slopes(ones, counts, moving, alpha, True, room)
    step = _STEP * (0.6 + 0.8 * rng.random())
    along = 0.5 * step / math.sqrt(persons)
    for i in range(moving):
        room.drift[i] = rng.standard_normal()
    before -= settle(moving, room)
    for i in range(moving):
        z = rng.standard_normal()
        room.steps[i] = step * math.exp(-0.5 * (log_size(i, persons, room) + _SPREAD * z))
        before -= 0.5 * z * z
    for j in range(lists):
        for i in range(moving):
            room.speed[j, i] = rng.standard_normal()
            before -= 0.5 * room.speed[j, i] ** 2
    after = glide(ones, counts, moving, alpha, 1 + int(rng.random() * 2.0 * _STEPS), along, room)
    after -= settle(moving, room)
    for i in range(moving):
        z = (-2.0 * math.log(room.steps[i] / step) - log_size(i, persons, room)) / _SPREAD
        after -= 0.5 * z * z
        for j in range(lists):
            after -= 0.5 * room.speed[j, i] ** 2
    gain = after - before
    if not gain > -700.0:  # also where the steps ran out of what can be computed
        return 0.0
    for i in range(moving):
        if room.part[room.moving[i]] * persons < fewest(persons):  # from there the way back would be another
            return 0.0
    if math.log(1.0 - rng.random()) < gain:
        put_back(moving, share, on, off, total, room)
    return math.exp(min(0.0, gain))


@compiled
def settle(moving: int, room: Room) -> float:
    """Keep the drift along the sphere; half its square."""
    turn_away(moving, 0.0, room)
    half = 0.0
    for i in range(moving):
        half += 0.5 * room.drift[i] ** 2
    return half


@compiled
def keep_still(
    ones: Ones, moving: int, share: Floats, on: Floats, off: Floats, total: float, room: Room
) -> None:
    """What the classes that do not move add: `fixed` to each pattern, `behind` to each T, and last to Z."""
    classes = share.size
    room.fixed[:] = 0.0
    room.behind[:] = 0.0
    next_moving = 0
    for k in range(classes):
        if next_moving < moving and room.moving[next_moving] == k:
            next_moving += 1
            continue
        size = math.exp(share[k]) / total
        for h in range(k):
            room.behind[h] += size
        room.behind[classes - 1] += size
        fill_patterns(ones, k, on, off, share[k] + room.none[k] - math.log(total), room)
        for c in range(room.fixed.size):
            room.fixed[c] += room.of_class[c, k]


@compiled
def glide(ones: Ones, counts: Ints, moving: int, alpha: float, steps: int, along: float, room: Room) -> float:
    """Hamiltonian steps of the angles and roots; the log density at their end, without that of the speeds."""
    lists = room.sine.shape[0]
    value = 0.0
    for step in range(steps):
        turn_away(moving, along, room)
        go_round(moving, along, room)
        for j in range(lists):
            for i in range(moving):
                room.speed[j, i] += 0.5 * room.steps[i] * room.pull[j, i]
                # the tangent of a quarter stands for the quarter: near enough, and as reversible
                turn = 0.25 * room.steps[i] * room.speed[j, i]
                cosine, sine = (1.0 - turn * turn) / (1.0 + turn * turn), 2.0 * turn / (1.0 + turn * turn)
                old = room.sine[j, i]
                room.sine[j, i] = old * cosine + room.cosine[j, i] * sine
                room.cosine[j, i] = room.cosine[j, i] * cosine - old * sine
        value = slopes(ones, counts, moving, alpha, step == steps - 1, room)
        for j in range(lists):
            for i in range(moving):
                room.speed[j, i] += 0.5 * room.steps[i] * room.pull[j, i]
        turn_away(moving, along, room)
    return value


@compiled
def turn_away(moving: int, step: float, room: Room) -> None:
    """Half a step of the drift of the roots, kept along the sphere on which they lie."""
    across = 0.0
    square = 0.0
    for i in range(moving):
        room.drift[i] += 0.5 * step * room.push[i]
        across += room.drift[i] * room.root[i]
        square += room.root[i] ** 2
    for i in range(moving):
        room.drift[i] -= across / square * room.root[i]


@compiled
def go_round(moving: int, step: float, room: Room) -> None:
    """A step of the roots along a great circle (Byrne and Girolami 2013)."""
    square = 0.0
    fast = 0.0
    for i in range(moving):
        square += room.root[i] ** 2
        fast += room.drift[i] ** 2
    if fast == 0.0:
        return
    radius, fast = math.sqrt(square), math.sqrt(fast)
    cosine, sine = math.cos(step * fast / radius), math.sin(step * fast / radius)
    for i in range(moving):
        old = room.root[i]
        room.root[i] = old * cosine + room.drift[i] * (radius / fast) * sine
        room.drift[i] = room.drift[i] * cosine - old * (fast / radius) * sine


@compiled
def slopes(ones: Ones, counts: Ints, moving: int, alpha: float, valued: bool, room: Room) -> float:
    """log density of the angles (where `valued`); fills pull with its slope."""
    value = chances_of(moving, valued, room) + stick_terms(moving, alpha, valued, room)
    for c in range(counts.size):
        if counts[c] == 0:
            continue
        for i in range(moving):
            room.terms[i] = room.size[i] * room.none[i]
        for at in range(ones.start[c], ones.start[c + 1]):
            j = ones.lists[at]
            for i in range(moving):
                room.terms[i] *= room.odds[j, i]
        chance = room.fixed[c]
        for i in range(moving):
            chance += room.terms[i]
        if valued:
            value += counts[c] * math.log(chance)
        each = counts[c] / chance
        for i in range(moving):
            room.terms[i] *= each
            room.persons[i] += room.terms[i]
        for at in range(ones.start[c], ones.start[c + 1]):
            j = ones.lists[at]
            for i in range(moving):
                room.named[j, i] += room.terms[i]
    for i in range(moving):
        room.push[i] = (2.0 * (room.persons[i] + room.weight[i]) - 1.0) / room.root[i]
        unseen = room.none[i] / (1.0 - room.none[i]) * (room.weight[i] + room.persons[i])
        room.weight[i] = room.persons[i] + unseen
    for j in range(room.sine.shape[0]):
        for i in range(moving):
            chance = room.chance[j, i]
            gain = 2.0 * (room.named[j, i] - chance * room.weight[i]) + 1.0 - 2.0 * chance
            room.pull[j, i] = gain * room.slope[j, i]
    return value


@compiled
def chances_of(moving: int, valued: bool, room: Room) -> float:
    """Chances, odds and sizes of the moving classes from their angles; their part of the log density."""
    value = 0.0
    for i in range(moving):
        room.none[i] = 1.0
        room.persons[i] = 0.0
        room.weight[i] = 1.0
    for j in range(room.sine.shape[0]):
        for i in range(moving):
            chance = room.sine[j, i] ** 2
            inverse = 1.0 / (room.sine[j, i] * room.cosine[j, i])
            room.chance[j, i] = chance
            room.slope[j, i] = 0.5 * inverse
            room.odds[j, i] = (chance * inverse) ** 2
            room.none[i] *= room.cosine[j, i] ** 2
            room.named[j, i] = 0.0
    for i in range(moving):
        room.part[room.moving[i]] = room.root[i] ** 2
        room.size[i] = room.root[i] ** 2 / (1.0 - room.none[i])
        if valued:
            value += math.log(abs(room.root[i]) / (1.0 - room.none[i]))
            for j in range(room.sine.shape[0]):
                value -= math.log(abs(room.slope[j, i]))
    return value


@compiled
def stick_terms(moving: int, alpha: float, valued: bool, room: Room) -> float:
    """The prior of the sticks; adds to weight how it changes with the log of each C."""
    last = room.behind.size - 1
    total = room.behind[last]
    for i in range(moving):
        total += room.size[i]
    for i in range(moving):
        room.weight[i] -= (alpha + 1.0) * room.size[i] / total
    value = -(alpha + 1.0) * math.log(total) if valued else 0.0
    for h in range(room.moving[moving - 1]):
        behind = room.behind[h]
        for i in range(moving):
            if room.moving[i] > h:
                behind += room.size[i]
        power = alpha - 1.0 if h == last - 1 else -1.0
        each = power / behind
        if valued:
            value += power * math.log(behind)
        for i in range(moving):
            if room.moving[i] > h:
                room.weight[i] += each * room.size[i]
    return value


@compiled
def log_size(i: int, persons: float, room: Room) -> float:
    """log of the persons of the i-th moving class, listed or not, and two for the prior."""
    return math.log(persons * room.part[room.moving[i]] / (1.0 - room.none[i]) + 2.0)


@compiled
def put_back(moving: int, share: Floats, on: Floats, off: Floats, total: float, room: Room) -> None:
    """Chances from angles, and the shares that go with the kept listed shares."""
    whole = room.behind[share.size - 1]
    for i in range(moving):
        whole += room.size[i]
    less = math.log(whole * total)
    for k in range(share.size):
        share[k] -= less
    for i in range(moving):
        k = room.moving[i]
        share[k] = math.log(room.size[i] / whole)
        for j in range(on.shape[1]):
            size = math.log(room.sine[j, i] ** 2 + room.cosine[j, i] ** 2)  # one, but for rounding
            on[k, j] = 2.0 * math.log(abs(room.sine[j, i])) - size
            off[k, j] = 2.0 * math.log(abs(room.cosine[j, i])) - size
