"""One sweep after another of the latent-class sampler, compiled. The method is written out in `latent.py`."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled
from rasid.estimate.latent_room import ones_of, room_for
from rasid.estimate.latent_slide import slide_chances
from rasid.estimate.latent_trade import trade_shares

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ONE_BY_ONE = 6  # persons of a cell that are placed singly; beyond, by binomial draws
_SWAPS = 4
_MANY = 20  # listed persons of a class whose unseen are left to the moves of its chances
_APART = 10  # sweeps between two looks at the chance of each pattern
_WIDTH = 0.7  # first width of a slice, on the log scale
_MOST_UNSEEN = 1e9  # a class with more unseen persons than this is not followed


@compiled
def log_factorials(size: int) -> Floats:
    """log 0!, log 1!, ... as a table."""
    table = np.zeros(size)
    for i in range(1, size):
        table[i] = table[i - 1] + math.log(i)
    return table


@compiled
def log_factorial(number: int, table: Floats) -> float:
    """log of number!, from the table where it reaches."""
    if number < table.size:
        return float(table[number])
    x = number + 1.0
    return (x - 0.5) * math.log(x) - x + 0.9189385332046727 + 1.0 / (12.0 * x) - 1.0 / (360.0 * x * x * x)


@compiled
def log_gamma(x: float) -> float:
    """log of the Gamma function for x > 0, by Stirling's series; error below 1e-10."""
    shift = 0.0
    if x < 8.0:
        product = 1.0
        while x < 8.0:
            product *= x
            x += 1.0
        shift = math.log(product)
    y = 1.0 / (x * x)
    series = (
        0.08333333333333333
        - y * (0.002777777777777778 - y * (0.0007936507936507937 - y * 0.0005952380952380953))
    ) / x
    return (x - 0.5) * math.log(x) - x + 0.9189385332046727 + series - shift


@compiled
def log_gamma_draw(shape: float, rng: np.random.Generator) -> float:
    """The log of a Gamma draw; exact for shapes near zero, where the draw itself would be zero."""
    if shape >= 1.0:
        return math.log(rng.standard_gamma(shape))
    return float(math.log(rng.standard_gamma(shape + 1.0)) + math.log(1.0 - rng.random()) / shape)


@compiled
def log_sum(a: float, b: float) -> float:
    """log(exp a + exp b)."""
    top = max(a, b)
    return top + math.log1p(math.exp(min(a, b) - top))


@compiled
def stick_part(persons: int, rest: int, alpha: float, table: Floats) -> float:
    """log of the chance of one class size, given how many persons come behind it on the stick."""
    return (
        math.log(alpha)
        + log_factorial(persons, table)
        + log_gamma(alpha + rest)
        - log_gamma(1.0 + alpha + persons + rest)
    )


@compiled
def stick_weight(persons: Ints, alpha: float, table: Floats) -> float:
    """log of the chance of these class sizes, the sticks integrated out."""
    rest = persons[persons.size - 1]
    total = 0.0
    for k in range(persons.size - 2, -1, -1):
        if persons[k]:
            total += stick_part(persons[k], rest, alpha, table)
            rest += persons[k]
        elif rest:  # the gamma functions of an empty class cancel
            total -= math.log1p(rest / alpha)
    return total


@compiled
def unseen_weight(
    k: int, number: int, persons: Ints, listed: Ints, named: Ints, alpha: float, table: Floats
) -> float:
    """log weight of `number` unseen persons in class k, up to a constant; chances and sticks integrated out."""
    classes, lists = named.shape
    inside = listed[k] + number
    rest = 0
    for h in range(k + 1, classes):
        rest += persons[h]
    weight = -log_factorial(number, table)
    if k < classes - 1:
        weight += stick_part(inside, rest, alpha, table)
    rest += inside
    for h in range(k - 1, -1, -1):
        weight += stick_part(persons[h], rest, alpha, table)
        rest += persons[h]
    weight += log_factorial(rest - 1, table)
    for j in range(lists):
        weight += log_factorial(inside - named[k, j], table)
    return float(weight - lists * log_factorial(inside + 1, table))


@compiled
def draw_unseen(
    k: int, listed: Ints, named: Ints, unseen: Ints, alpha: float, table: Floats, rng: np.random.Generator
) -> None:
    """A slice step for the unseen persons of class k, on the scale of log(1 + number)."""
    persons = listed + unseen
    at = math.log(1.0 + unseen[k] + rng.random())
    floor = (
        unseen_weight(k, unseen[k], persons, listed, named, alpha, table) + at - rng.standard_exponential()
    )
    low = at - _WIDTH * rng.random()
    high = low + _WIDTH
    top = math.log(_MOST_UNSEEN)
    while low > 0.0:
        if unseen_weight(k, int(math.exp(low) - 1.0), persons, listed, named, alpha, table) + low <= floor:
            break
        low -= _WIDTH
    low = max(low, 0.0)
    while high < top:
        if unseen_weight(k, int(math.exp(high) - 1.0), persons, listed, named, alpha, table) + high <= floor:
            break
        high += _WIDTH
    high = min(high, top)
    while True:
        trial = low + (high - low) * rng.random()
        number = max(0, int(math.exp(trial) - 1.0))
        if unseen_weight(k, number, persons, listed, named, alpha, table) + trial > floor:
            unseen[k] = number
            return
        if trial < at:
            low = trial
        else:
            high = trial


@compiled
def draw_alpha(
    persons: Ints, alpha: float, shape: float, rate: float, table: Floats, rng: np.random.Generator
) -> float:
    """A slice step for the concentration on the log scale, the sticks integrated out."""
    at = math.log(alpha)
    here = stick_weight(persons, alpha, table) + shape * at - rate * alpha
    floor = here - rng.standard_exponential()
    width = 2.5
    low = at - width * rng.random()
    high = low + width
    while low > -200.0:
        a = math.exp(low)
        if stick_weight(persons, a, table) + shape * low - rate * a <= floor:
            break
        low -= width
    while high < 20.0:
        a = math.exp(high)
        if stick_weight(persons, a, table) + shape * high - rate * a <= floor:
            break
        high += width
    while True:
        trial = low + (high - low) * rng.random()
        a = math.exp(trial)
        if stick_weight(persons, a, table) + shape * trial - rate * a > floor:
            return a
        if trial < at:
            low = trial
        else:
            high = trial


@compiled
def place_listed(
    cells: Ints,
    counts: Ints,
    share: Floats,
    on: Floats,
    off: Floats,
    listed: Ints,
    named: Ints,
    rng: np.random.Generator,
) -> None:
    """Draw a class for every listed person, cell by cell; fills listed and named."""
    classes, lists = on.shape
    listed[:] = 0
    named[:] = 0
    chance = np.empty(classes)
    for c in range(cells.shape[0]):
        top = -np.inf
        for k in range(classes):
            value = share[k]
            for j in range(lists):
                value += on[k, j] if cells[c, j] else off[k, j]
            chance[k] = value
            top = max(top, value)
        total = 0.0
        for k in range(classes):
            chance[k] = math.exp(chance[k] - top)
            total += chance[k]
        left = counts[c]
        if left <= _ONE_BY_ONE:
            for _ in range(left):
                u = rng.random() * total
                k = 0
                while k < classes - 1 and u >= chance[k]:
                    u -= chance[k]
                    k += 1
                add_to_class(k, 1, cells[c], listed, named)
            continue
        for k in range(classes):
            if left == 0:
                break
            if total <= 0.0:  # rounding: nothing is left for the classes that follow
                add_to_class(k, left, cells[c], listed, named)
                break
            part = min(1.0, chance[k] / total)
            drawn = left
            if k < classes - 1 and part < 1.0:
                drawn = rng.binomial(left, part) if part * left > 1e-12 else 0
            if drawn:
                add_to_class(k, drawn, cells[c], listed, named)
            left -= drawn
            total -= chance[k]


@compiled
def add_to_class(k: int, number: int, cell: Ints, listed: Ints, named: Ints) -> None:
    """Count persons of a cell in class k."""
    listed[k] += number
    for j in range(cell.size):
        if cell[j]:
            named[k, j] += number


@compiled
def swap_classes(
    listed: Ints, named: Ints, unseen: Ints, alpha: float, table: Floats, rng: np.random.Generator
) -> None:
    """Propose a few times to exchange the places of two classes on the stick."""
    classes = listed.size
    persons = listed + unseen
    for _ in range(_SWAPS):
        a = int(rng.random() * classes)
        b = int(rng.random() * classes)
        if a == b or persons[a] == persons[b]:
            continue
        low, high = min(a, b), max(a, b)
        behind = 0
        for k in range(high + 1, classes):
            behind += persons[k]
        before = stick_between(low, high, persons, behind, alpha, table)
        persons[a], persons[b] = persons[b], persons[a]
        if math.log(1.0 - rng.random()) < stick_between(low, high, persons, behind, alpha, table) - before:
            listed[a], listed[b] = listed[b], listed[a]
            unseen[a], unseen[b] = unseen[b], unseen[a]
            for j in range(named.shape[1]):
                named[a, j], named[b, j] = named[b, j], named[a, j]
        else:
            persons[a], persons[b] = persons[b], persons[a]


@compiled
def stick_between(low: int, high: int, persons: Ints, behind: int, alpha: float, table: Floats) -> float:
    """log of the chance of the sizes of classes low .. high; the last class of all takes what is left."""
    total = 0.0
    for k in range(high, low - 1, -1):
        if k < persons.size - 1:
            total += stick_part(persons[k], behind, alpha, table)
        behind += persons[k]
    return total


@compiled
def draw_classes(
    listed: Ints,
    named: Ints,
    unseen: Ints,
    alpha: float,
    share: Floats,
    on: Floats,
    off: Floats,
    rng: np.random.Generator,
) -> None:
    """Draw class shares and capture chances, in logs; fills share, on and off."""
    classes, lists = named.shape
    rest = 0
    for k in range(classes):
        rest += listed[k] + unseen[k]
    left = 0.0
    for k in range(classes):
        persons = listed[k] + unseen[k]
        rest -= persons
        if k < classes - 1:
            a = log_gamma_draw(1.0 + persons, rng)
            b = log_gamma_draw(alpha + rest, rng)
            both = log_sum(a, b)
            share[k] = left + a - both
            left += b - both
        else:
            share[k] = left
        for j in range(lists):
            if persons == 0:  # nothing known: uniform
                on[k, j] = math.log(1.0 - rng.random())
                off[k, j] = math.log(-math.expm1(on[k, j])) if on[k, j] < 0.0 else -800.0
                continue
            a = log_gamma_draw(1.0 + named[k, j], rng)
            b = log_gamma_draw(1.0 + persons - named[k, j], rng)
            both = log_sum(a, b)
            on[k, j] = a - both
            off[k, j] = b - both


@compiled
def place_unseen(persons: int, share: Floats, off: Floats, unseen: Ints, rng: np.random.Generator) -> None:
    """Draw the unseen persons of every class given shares and chances: negative binomial, as Poisson under a Gamma."""
    classes, lists = off.shape
    listed = 0.0
    none = np.zeros(classes)
    for k in range(classes):
        for j in range(lists):
            none[k] += off[k, j]
        listed += math.exp(share[k]) * -math.expm1(none[k])
    rate = rng.standard_gamma(float(persons)) / max(listed, 1e-300)
    for k in range(classes):
        mean = rate * math.exp(share[k] + none[k])
        if mean < 1e-9:
            unseen[k] = 0
        elif mean < _MOST_UNSEEN:
            unseen[k] = min(rng.poisson(mean), int(_MOST_UNSEEN))
        else:
            unseen[k] = int(_MOST_UNSEEN)


@compiled
def draw_all_unseen(
    listed: Ints, named: Ints, unseen: Ints, alpha: float, table: Floats, rng: np.random.Generator
) -> None:
    """Every class that has few listed persons, and one of those that have none; the chances of others are slid."""
    classes = listed.size
    empty = 0
    for k in range(classes):
        if listed[k] > _MANY:
            continue
        if listed[k] > 0:
            draw_unseen(k, listed, named, unseen, alpha, table, rng)
        else:
            empty += 1
    if empty:
        chosen = int(rng.random() * empty)
        for k in range(classes):
            if listed[k] == 0:
                if chosen == 0:
                    draw_unseen(k, listed, named, unseen, alpha, table, rng)
                chosen -= 1


@compiled
def log_likelihood(cells: Ints, share: Floats, on: Floats, off: Floats, into: Floats) -> None:
    """log chance of each pattern given that a person is listed; fills `into`."""
    classes, lists = on.shape
    listed = 0.0
    for k in range(classes):
        none = 0.0
        for j in range(lists):
            none += off[k, j]
        listed += math.exp(share[k]) * -math.expm1(none)
    bottom = math.log(max(listed, 1e-300))
    for c in range(cells.shape[0]):
        top = -np.inf
        total = 0.0
        for k in range(classes):
            value = share[k]
            for j in range(lists):
                value += on[k, j] if cells[c, j] else off[k, j]
            if value > top:
                total = total * math.exp(top - value) + 1.0
                top = value
            else:
                total += math.exp(value - top)
        into[c] = top + math.log(total) - bottom


@compiled
def begin(
    cells: Ints, start: Ints, share: Floats, on: Floats, off: Floats, alpha: Floats, rng: np.random.Generator
) -> None:
    """Draw shares and chances of every rung from where its listed persons start; fills share, on, off, alpha.

    start: rungs x classes x cells
    """
    rungs, classes, lists = on.shape
    nobody = np.zeros(classes, np.int64)
    alpha[:] = 1.0
    for r in range(rungs):
        listed = np.zeros(classes, np.int64)
        named = np.zeros((classes, lists), np.int64)
        for k in range(classes):
            for c in range(cells.shape[0]):
                if start[r, k, c]:
                    add_to_class(k, start[r, k, c], cells[c], listed, named)
        draw_classes(listed, named, nobody, 1.0, share[r], on[r], off[r], rng)


@compiled
def run_chain(
    cells: Ints,
    counts: Ints,
    state: tuple[Floats, Floats, Floats, Floats],
    prior: Floats,
    sweeps: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats, Floats]:
    """Go on with one chain and its helpers.

    cells:   patterns, cells x lists
    counts:  persons per pattern, rungs x cells; the first rung is the table, each other has fewer of its
    persons
    state:   share, on, off, alpha of every rung; changed in place
    prior:   shape and rate of the concentration
    returns: per sweep unseen persons and occupied classes; share of exchanges taken per rung; mean over every
             tenth sweep of one over the chance of each pattern given listed
    """
    share, on, off, alpha = state
    rungs, classes, lists = on.shape
    table = log_factorials(65536)
    listed = np.zeros(classes, np.int64)
    named = np.zeros((classes, lists), np.int64)
    unseen = np.zeros(classes, np.int64)
    fit = np.empty((rungs, cells.shape[0]))
    persons = counts.sum(axis=1)
    kept = np.empty(sweeps)
    occupied = np.empty(sweeps)
    chance = np.zeros(cells.shape[0])
    taken = np.zeros(rungs)
    ones = ones_of(cells)
    room = room_for(cells.shape[0], classes, lists)
    for sweep in range(sweeps):
        for r in range(rungs):
            place_unseen(persons[r], share[r], off[r], unseen, rng)
            place_listed(cells, counts[r], share[r], on[r], off[r], listed, named, rng)
            draw_all_unseen(listed, named, unseen, alpha[r], table, rng)
            swap_classes(listed, named, unseen, alpha[r], table, rng)
            alpha[r] = draw_alpha(listed + unseen, alpha[r], prior[0], prior[1], table, rng)
            draw_classes(listed, named, unseen, alpha[r], share[r], on[r], off[r], rng)
            slide_chances(ones, counts[r], share[r], on[r], off[r], alpha[r], room, rng)
            trade_shares(ones, counts[r], share[r], on[r], off[r], alpha[r], room, rng)
            if rungs > 1 or sweep % _APART == 0:
                log_likelihood(cells, share[r], on[r], off[r], fit[r])
            if r == 0:
                kept[sweep] = unseen.sum()
                occupied[sweep] = np.sum(listed > 0)
                if sweep % _APART == 0:
                    chance += np.exp(-fit[0])
        for r in range(sweep % 2, rungs - 1, 2):
            gain = 0.0
            for c in range(cells.shape[0]):
                gain += (counts[r, c] - counts[r + 1, c]) * (fit[r + 1, c] - fit[r, c])
            if gain >= 0.0:
                taken[r] += 2.0
            else:
                taken[r] += 2.0 * math.exp(gain)
            if math.log(1.0 - rng.random()) < gain:
                exchange(r, share, on, off, alpha)
    return kept, occupied, taken / sweeps, chance / ((sweeps + _APART - 1) // _APART)


@compiled
def exchange(r: int, share: Floats, on: Floats, off: Floats, alpha: Floats) -> None:
    """Two neighbouring rungs change places: shares, chances and concentration; the rest follows from these."""
    for k in range(share.shape[1]):
        share[r, k], share[r + 1, k] = share[r + 1, k], share[r, k]
        for j in range(on.shape[2]):
            on[r, k, j], on[r + 1, k, j] = on[r + 1, k, j], on[r, k, j]
            off[r, k, j], off[r + 1, k, j] = off[r + 1, k, j], off[r, k, j]
    alpha[r], alpha[r + 1] = alpha[r + 1], alpha[r]
