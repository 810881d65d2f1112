"""Levels of pairs -> probability that a pair is one person, learned without labels.

The model of Fellegi and Sunter, as in Splink, knows two kinds of pairs, the same person and strangers, and takes the
parts as independent within each. Lists of the dead break it: brothers share father, family, place and day. Here pairs
are of several kinds: one is the same person, one begins as relatives (all names agree but the given one), the others
are free to become namesakes, neighbours of one day, and strangers. Within a kind the parts are independent, but for
those of which one says nothing but beside the other (JOINED). "Same father and family, other given name" then counts
against being one person by as much as the pairs of the case themselves show.

    P(pair) = sum over kinds k of  P(k | lists) * product over parts of P(level | k, scripts)

How names compare depends on the scripts of the two, so these tables are learned for each pair of scripts, pulled
towards the common one. The share of each kind is learned for each pair of lists, in the same way.

Source: latent class analysis for linkage, Winkler 1988; several kinds of pairs, Larsen and Rubin 2001.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.comparing import PARTS as COMPARED_PARTS
from rasid.resolve.people.marks import MARK_PARTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: All parts, in the order of the columns of levels.
PARTS = (*COMPARED_PARTS, *MARK_PARTS)
KINDS = 5  # 4, 5 and 6 give the same on casualty4 to .002; with 3 relatives and namesakes share a kind
STEPS = 150
CLOSE = 1e-3  # change of the expected number of links, in links, at which learning stops
PULL = 20.0  # pairs' worth of pull of the tables of a pair of scripts, or of lists, to the common one
PRIOR = 100.0  # pairs' worth of each kind that the shipped tables weigh: they speak for small lists, and fall silent
PRIOR_FILE = "person_names_pairs.npz"
BY_SCRIPT = frozenset({"given", "rest"})
#: Two parts of which the second says nothing but beside the first are one table.
JOINED = {"rest": "order", "birth": "born", "codes": "things"}
TABLES = tuple(part.name for part in PARTS if part.name not in JOINED.values())
_AT = {part.name: number for number, part in enumerate(PARTS)}


@dataclass(frozen=True, slots=True)
class Table:
    """P(level | kind, group): `log[group, kind, level]`. One group where scripts do not matter."""

    name: str
    log: Floats
    by_script: bool


@dataclass(frozen=True, slots=True)
class Mixture:
    """What was learned.

    log_shares: [pair of lists, kind]
    tables:     one a part, rest and order as one
    """

    log_shares: Floats
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What the mixture sees of each pair.

    levels:  pairs x parts (comparing.PARTS), 0 the most alike, -1 absent
    scripts: 0 both Latin, 1 mixed, 2 both Arabic
    lists:   number of the pair of lists
    """

    levels: NDArray[np.int8]
    scripts: Ints
    lists: Ints


def learn(pairs: Pairs, *, prior: Mixture | None = None, start: Floats | None = None) -> Mixture:
    """Expectation and maximisation, from a start without labels.

    prior: what earlier lists taught; the start, and worth PRIOR pairs of each kind. None: what is shipped
    start: [pair, kind] instead, without any prior (training/person_pairs.py)
    """
    return _learn(*_patterns(pairs), prior=prior, start=start)


def learn_odds(pairs: Pairs) -> tuple[Mixture, Floats]:
    """What the shipped tables and these pairs teach, and the log-odds of each pair."""
    patterns, where = _patterns(pairs)
    model = _learn(patterns, where, prior=None, start=None)
    return model, _odds(_log_kinds(model, patterns))[where]


def _learn(
    patterns: _Patterns, where: NDArray[np.int32], *, prior: Mixture | None, start: Floats | None
) -> Mixture:
    weight = np.bincount(where).astype(float)
    if start is None:
        prior = prior or load_prior()
        shares = _shares(_log_kinds(_for_lists(prior, int(patterns.lists.max(initial=0)) + 1), patterns))
    else:
        sums = [np.bincount(where, weights=start[:, k]) for k in range(KINDS)]
        shares = np.stack(sums, axis=1) / weight[:, None]
    model, links = _maximise(patterns, shares * weight[:, None], prior), -1.0
    for _ in range(STEPS):
        model = _maximise(patterns, shares * weight[:, None], prior)
        shares = _shares(_log_kinds(model, patterns))
        now = float(weight @ shares[:, 0])
        if abs(now - links) < CLOSE:
            break
        links = now
    return model


@lru_cache(maxsize=1)
def load_prior() -> Mixture:
    """The shipped tables, learned without labels from synthetic lists (training/person_pairs.py)."""
    with files("rasid.knowledge").joinpath(PRIOR_FILE).open("rb") as file, np.load(file) as stored:
        tables = tuple(Table(n, np.log(stored[n]), n in BY_SCRIPT) for n in TABLES)
        return Mixture(np.log(stored["shares"])[None], tables)


def log_odds(model: Mixture, pairs: Pairs) -> Floats:
    """Natural log-odds of "one person" for each pair."""
    patterns, where = _patterns(pairs)
    return _odds(_log_kinds(model, patterns))[where]


def evidence(model: Mixture, pairs: Pairs, row: int) -> list[tuple[str, float]]:
    """What each part of one pair adds, in bits, in the order of the parts; the first is what the lists alone say.

    The bits add up to the log-odds of the pair to base 2. What a part adds depends on what the parts before it said:
    the same day says little of two whose names say they are brothers.
    """
    one = Pairs(pairs.levels[row : row + 1], pairs.scripts[row : row + 1], pairs.lists[row : row + 1])
    patterns, _ = _patterns(one)
    log = model.log_shares[patterns.lists]
    said = [("lists", float(_odds(log)[0]))]
    for table, column in zip(model.tables, patterns.columns, strict=True):
        before = float(_odds(log)[0])
        log = log + _log_table(table, column, patterns.scripts)
        said.append((table.name, float(_odds(log)[0]) - before))
    return [(name, nats / float(np.log(2))) for name, nats in said]


# --- inside ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Patterns:
    columns: tuple[Ints, ...]
    scripts: Ints
    lists: Ints


def _columns(levels: NDArray[np.int8]) -> tuple[Ints, ...]:
    """The level of each table; -1 where nothing of it can be compared."""
    found = []
    for name in TABLES:
        level = levels[:, _AT[name]].astype(np.int64)
        if name in JOINED:
            level = (level + 1) * (_levels(JOINED[name]) + 1) + levels[:, _AT[JOINED[name]]]
        found.append(level)
    return tuple(found)


def _patterns(pairs: Pairs) -> tuple[_Patterns, NDArray[np.int32]]:
    """The different rows, and for each pair the number of its row."""
    from rasid.resolve.people import kernels

    code = pairs.lists.astype(np.int64) * 3 + pairs.scripts
    for number, part in enumerate(PARTS):
        code *= len(part.levels) + 1
        code += pairs.levels[:, number]
        code += 1
    different = np.unique(code)
    where = np.empty(len(code), dtype=np.int32)
    first = kernels.first_places(code, different, where)
    scripts, lists = (of[first].astype(np.int64) for of in (pairs.scripts, pairs.lists))
    held = _Patterns(_columns(pairs.levels[first]), scripts, lists)
    return held, where


def _size(name: str) -> int:
    """Levels of a table."""
    return (_levels(name) + 1) * (_levels(JOINED[name]) + 1) - 1 if name in JOINED else _levels(name)


def _levels(name: str) -> int:
    return len(PARTS[_AT[name]].levels)


def _for_lists(model: Mixture, lists: int) -> Mixture:
    """The same shares for every pair of lists."""
    return Mixture(np.repeat(model.log_shares[:1], lists, axis=0), model.tables)


def _maximise(patterns: _Patterns, shares: Floats, prior: Mixture | None) -> Mixture:
    from rasid.resolve.people import kernels

    tables = []
    for number, (name, column) in enumerate(zip(TABLES, patterns.columns, strict=True)):
        known = None if prior is None else PRIOR * np.exp(prior.tables[number].log)
        tables.append(_table(name, column, patterns.scripts if name in BY_SCRIPT else None, shares, known))
    lists = int(patterns.lists.max(initial=0)) + 1
    counts = kernels.count_levels(np.zeros_like(patterns.lists), patterns.lists, shares, (lists, 1))[:, :, 0]
    common = shares.sum(axis=0) + (PULL * np.exp(prior.log_shares[0]) if prior else 0.0)
    counts = counts + PULL * common / common.sum()
    return Mixture(np.log(counts / counts.sum(axis=1, keepdims=True)), tuple(tables))


def _table(name: str, column: Ints, scripts: Ints | None, shares: Floats, known: Floats | None) -> Table:
    """known: pairs' worth of each level from the prior, [group, kind, level]."""
    from rasid.resolve.people import kernels

    size = _size(name)
    groups = np.zeros_like(column) if scripts is None else scripts
    counts = kernels.count_levels(column, groups, shares, (1 if scripts is None else 3, size))
    common = counts.sum(axis=0) + 2.0 / size + (0.0 if known is None else known.mean(axis=0))
    common /= common.sum(axis=1, keepdims=True)
    if scripts is None:
        return Table(name, np.log(common)[None], False)
    counts += PULL * common + (0.0 if known is None else known)
    return Table(name, np.log(counts / counts.sum(axis=2, keepdims=True)), True)


def _log_table(table: Table, column: Ints, scripts: Ints) -> Floats:
    group = scripts if table.by_script else np.zeros_like(scripts)
    log = table.log[group, :, np.maximum(column, 0)]
    return np.where((column >= 0)[:, None], log, 0.0)


def _log_kinds(model: Mixture, patterns: _Patterns) -> Floats:
    from rasid.resolve.people import kernels

    log = model.log_shares[patterns.lists].copy()
    for table, column in zip(model.tables, patterns.columns, strict=True):
        group = patterns.scripts if table.by_script else np.zeros_like(patterns.scripts)
        kernels.add_levels(log, np.ascontiguousarray(table.log), column, group)
    return log


def _shares(log: Floats) -> Floats:
    from rasid.resolve.people import kernels

    return np.asarray(kernels.shares_of(log))


def _odds(log: Floats) -> Floats:
    return np.asarray(log[:, 0] - np.logaddexp.reduce(log[:, 1:], axis=1))
