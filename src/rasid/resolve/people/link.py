"""Lists of people -> who is who. The steps in order:

    1. compare_listings   listings              -> Comparison   names read, pairs compared, kinds of pairs learned
    2. ask                Comparison            -> pairs that a person should look at, blind to the score
    3. settle             Comparison, answers   -> Linkage      calibrated probabilities, persons
    4. explain            one pair              -> Evidence     in words and bits
    5. captures.py        Linkage               -> capture tables of sampled clusterings, for estimates

All is a function of the listings and the answers: the same in, the same out, in whatever order rows come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rasid.model.people import PAIRS, PERSONS
from rasid.resolve.people import mixture
from rasid.resolve.people.calibrate import (
    Calibration,
    calibrate,
    calibrated,
    choose_pairs,
    lost_by_blocking,
    unanswered,
)
from rasid.resolve.people.clusters import Decided, cluster, held_once, name_persons, prior_odds, unseen_odds
from rasid.resolve.people.features import Features, make_features
from rasid.resolve.people.linking import Compared, compare, compare_pairs
from rasid.resolve.people.marks import MARK_PARTS, mark_levels
from rasid.resolve.people.signs import Signs, partners, rivals
from rasid.resolve.people.thirds import Scored, find_thirds, merge

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Answer(StrEnum):
    """What a person says to "are these two one person?"."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "cannot tell"


Answers = Mapping[tuple[str, str], Answer]  # ids of two listings, in either order


@dataclass(frozen=True, slots=True)
class Settings:
    """How to link.

    deduplicated: lists that are said to name nobody twice; taken softly
    order:        the lists as they were added, so that ids of persons stay; () = by name
    threads, memory: for DuckDB
    """

    deduplicated: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    threads: int = 2
    memory: str = "2GB"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything about the pairs that needs no person."""

    features: Features
    compared: Compared
    pairs: mixture.Pairs
    model: mixture.Mixture
    signs: Signs  # learned without labels
    settings: Settings

    @property
    def log_odds(self) -> Floats:
        """What the mixture says of each pair."""
        return self.signs.log_odds

    @property
    def lists_of_rows(self) -> Ints:
        """Number of the list of each row."""
        return self.features.table["list"].to_numpy()

    @property
    def pairs_of_lists(self) -> int:
        """How many numbers of pairs of lists there may be."""
        return len(self.features.lists) ** 2


@dataclass(frozen=True, slots=True)
class Linkage:
    """Who is who, and how sure that is.

    log_odds: calibrated, one a compared pair
    persons:  tables.PERSONS
    missed:   links that were never compared, estimated
    """

    comparison: Comparison
    calibration: Calibration
    decided: Decided
    log_odds: Floats
    groups: Ints
    persons: pl.DataFrame
    missed: float


@dataclass(frozen=True, slots=True)
class Piece:
    """What one part of a pair says: in words, and in bits for (above zero) or against "one person"."""

    part: str
    sentence: str
    bits: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two listings are held to be one person, or not. The bits of the pieces add up to `bits`."""

    pieces: tuple[Piece, ...]
    bits: float
    probability: float


def compare_listings(listings: pl.DataFrame, *, settings: Settings | None = None) -> Comparison:
    """Read, block, compare, learn.

    listings: tables.LISTINGS
    raises:   TableShapeError
    """
    settings = settings or Settings()
    return learn_kinds(*read_pairs(listings, settings=settings), settings=settings)


def read_pairs(listings: pl.DataFrame, *, settings: Settings) -> tuple[Features, Compared]:
    """Read, block, compare: what hangs on the listings alone, and takes the most time.

    raises: TableShapeError
    """
    features = make_features(listings)
    return features, compare(features, threads=settings.threads, memory=settings.memory)


def learn_kinds(features: Features, compared: Compared, *, settings: Settings) -> Comparison:
    """What the levels of these pairs mean, and how likely each is one person."""
    pairs = pairs_of(features, compared)
    model, log_odds = mixture.learn_odds(pairs)
    found = compared, pairs, _once(features, compared, log_odds, settings)
    left, right = find_thirds(compared.left, compared.right, found[2], size=features.table.height)
    if len(left):
        found = merge(found, _score(features, model, (left, right), settings))
    compared, pairs, log_odds = found
    lists = features.table["list"].to_numpy()
    rival = rivals(compared.left, compared.right, lists, log_odds)
    shared = partners(compared.left, compared.right, log_odds, size=len(lists))
    return Comparison(features, compared, pairs, model, Signs(log_odds, rival, shared, pairs.lists), settings)


def _score(features: Features, model: mixture.Mixture, rows: tuple[Ints, Ints], settings: Settings) -> Scored:
    """Pairs that no family of keys found, compared."""
    levels = compare_pairs(features.table, *rows, threads=settings.threads)
    compared = Compared(*rows, levels, np.zeros(len(rows[0]), dtype=np.int64))
    pairs = pairs_of(features, compared)
    return compared, pairs, _once(features, compared, mixture.log_odds(model, pairs), settings)


def _once(features: Features, compared: Compared, log_odds: Floats, settings: Settings) -> Floats:
    """Less for two rows of a list that is said to name nobody twice."""
    lists = features.table["list"].to_numpy()
    once = [features.lists.index(name) for name in settings.deduplicated if name in features.lists]
    if not once:
        return log_odds
    return held_once(log_odds, lists[compared.left], lists[compared.right], deduplicated=once)


def pairs_of(features: Features, compared: Compared) -> mixture.Pairs:
    """All that the mixture is to see of the compared pairs."""
    lists = (
        features.table["list"].to_numpy().astype(np.int32)
    )  # small numbers: there may be millions of pairs
    arabic = features.table["arabic"].to_numpy().astype(np.int8)
    one, other = lists[compared.left], lists[compared.right]
    number = np.minimum(one, other) * np.int32(len(features.lists)) + np.maximum(one, other)
    marked = mark_levels(features.table, compared.left, compared.right)
    levels = np.concatenate([compared.levels.T, marked.T]).T  # part by part in memory
    return mixture.Pairs(levels, arabic[compared.left] + arabic[compared.right], number)


def ask(comparison: Comparison, *, count: int = 300) -> list[tuple[str, str]]:
    """Pairs of listings for a person to judge, stratified by probability, in an order that tells nothing of it."""
    guessed = calibrated(unanswered(comparison.pairs_of_lists), comparison.signs)
    chosen = choose_pairs(_pair_ids(comparison), guessed, count=count)
    ids, compared = comparison.features.ids, comparison.compared
    return [(ids[compared.left[row]], ids[compared.right[row]]) for row in chosen]


def settle(comparison: Comparison, *, answers: Answers | None = None) -> Linkage:
    """Calibrate by the answers, then group. An answer is also a decision: it is never overruled by a score."""
    answers = answers or {}
    decided, known = _read_answers(comparison, answers)
    calibration = calibrate(comparison.signs, answers=known, pairs_of_lists=comparison.pairs_of_lists)
    log_odds = calibrated(calibration, comparison.signs)
    log_odds = with_answers(log_odds, known)
    compared = comparison.compared
    probability = probabilities(log_odds)
    missed = lost_by_blocking(
        compared.families,
        probability,
        comparison.pairs.lists,
        pairs_of_lists=comparison.pairs_of_lists,
    ).total
    unseen = unseen_odds(float(probability.sum()), missed)
    size = len(comparison.features.ids)
    groups = cluster(
        size,
        compared.left,
        compared.right,
        log_odds,
        decided=decided,
        unseen=unseen,
        prior=prior_odds(probability),
    )
    return Linkage(comparison, calibration, decided, log_odds, groups, _persons(comparison, groups), missed)


def explain(linkage: Linkage, left_id: str, right_id: str) -> Evidence | None:
    """The evidence for one pair; None if the two were never compared, having nothing in common."""
    comparison = linkage.comparison
    row = row_of(comparison, left_id, right_id)
    return None if row is None else evidence_of(linkage, row)


def evidence_of(linkage: Linkage, row: int) -> Evidence:
    """The evidence for a compared pair, given by its number."""
    comparison = linkage.comparison
    said = mixture.evidence(comparison.model, comparison.pairs, row)
    total = float(linkage.log_odds[row]) / float(np.log(2))
    pieces = [
        Piece(name, sentence, bits)
        for name, bits in said
        if (sentence := _sentence(comparison, row, name)) is not None
    ]
    rest = total - sum(piece.bits for piece in pieces)
    pieces.append(Piece("calibration", "what people's answers and rival partners change", rest))
    return Evidence(tuple(pieces), total, float(probabilities(np.array([linkage.log_odds[row]]))[0]))


def pair_table(linkage: Linkage, *, least: float = 0.01) -> pl.DataFrame:
    """tables.PAIRS of all compared pairs of at least this probability."""
    comparison, probability = linkage.comparison, probabilities(linkage.log_odds)
    ids = np.array(comparison.features.ids, dtype=object)
    rows = np.flatnonzero(probability >= least)
    held = {
        "left_id": ids[comparison.compared.left[rows]],
        "right_id": ids[comparison.compared.right[rows]],
        "bits": linkage.log_odds[rows] / float(np.log(2)),
        "probability": probability[rows],
    }
    return pl.DataFrame(held, schema=dict(PAIRS)).sort("left_id", "right_id")


def probabilities(log_odds: Floats) -> Floats:
    """Log-odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -60, 60))))


def with_answers(log_odds: Floats, known: Mapping[int, bool]) -> Floats:
    """The log-odds, those of answered pairs beyond doubt."""
    held = log_odds.copy()
    for row, same in known.items():
        held[row] = 20.0 if same else -20.0
    return held


def row_of(comparison: Comparison, left_id: str, right_id: str) -> int | None:
    """The number of a compared pair, given in either order."""
    ids = comparison.features.ids
    try:
        a, b = sorted((ids.index(left_id), ids.index(right_id)))
    except ValueError:
        return None
    left = comparison.compared.left
    first, last = np.searchsorted(left, a, side="left"), np.searchsorted(left, a, side="right")
    at = first + int(np.searchsorted(comparison.compared.right[first:last], b))
    return int(at) if at < last and comparison.compared.right[at] == b else None


def _read_answers(comparison: Comparison, answers: Answers) -> tuple[Decided, dict[int, bool]]:
    place = {listing: row for row, listing in enumerate(comparison.features.ids)}
    same: list[tuple[int, int]] = []
    different: list[tuple[int, int]] = []
    known: dict[int, bool] = {}
    rows = _rows_of(comparison, place, answers)
    for (one, other), answer in sorted(answers.items()):
        if answer is Answer.UNCLEAR or one not in place or other not in place:
            continue
        pair = (min(place[one], place[other]), max(place[one], place[other]))
        (same if answer is Answer.SAME else different).append(pair)
        if pair in rows:
            known[rows[pair]] = answer is Answer.SAME
    return Decided(tuple(same), tuple(different)), known


def _rows_of(
    comparison: Comparison, place: Mapping[str, int], answers: Iterable[tuple[str, str]]
) -> dict[tuple[int, int], int]:
    wanted = {
        (min(place[a], place[b]), max(place[a], place[b])) for a, b in answers if a in place and b in place
    }
    size = len(comparison.features.ids)
    codes = comparison.compared.left.astype(np.int64) * size + comparison.compared.right
    asked = np.array([a * size + b for a, b in sorted(wanted)], dtype=np.int64)
    at = np.searchsorted(codes, asked)
    held = at < len(codes)
    held[held] = codes[at[held]] == asked[held]
    return {pair: int(row) for pair, row, ok in zip(sorted(wanted), at, held, strict=True) if ok}


def _pair_ids(comparison: Comparison) -> list[str]:
    ids, compared = comparison.features.ids, comparison.compared
    pairs = zip(compared.left.tolist(), compared.right.tolist(), strict=True)
    return [f"{ids[a]}\0{ids[b]}" for a, b in pairs]


def _persons(comparison: Comparison, groups: Ints) -> pl.DataFrame:
    features = comparison.features
    order = [name for name in comparison.settings.order if name in features.lists]
    order += [name for name in features.lists if name not in order]
    rank = {name: at for at, name in enumerate(order)}
    lists = [features.lists[number] for number in comparison.lists_of_rows.tolist()]
    persons = name_persons(groups, features.ids, rank, lists)
    return pl.DataFrame({"id": list(features.ids), "person": persons}, schema=dict(PERSONS))


def _sentence(comparison: Comparison, row: int, name: str) -> str | None:
    """None for a mark that has nothing to add."""
    if name == "lists":
        return "how often two compared listings of these two lists are one person"
    levels = {
        part.name: int(level) for part, level in zip(mixture.PARTS, comparison.pairs.levels[row], strict=True)
    }
    if levels[name] < 0 and any(part.name == name for part in MARK_PARTS):
        return None
    sentence = _level_sentence(name, levels[name])
    beside = mixture.JOINED.get(name)
    if beside and levels[beside] >= 0:
        sentence += f"; {_level_sentence(beside, levels[beside])}"
    if name == "rest" and levels["given"] >= 5 and levels["rest"] < 7 and levels["order"] >= 0:
        sentence += "; with other given names, they are rather brothers or sisters"
    return sentence


def _level_sentence(name: str, level: int) -> str:
    part = next(part for part in mixture.PARTS if part.name == name)
    if level < 0:
        return f"{name} is missing in one of them"
    return part.levels[level].sentence


def sorted_lists(comparison: Comparison) -> Sequence[str]:
    """The names of the lists, in the order of the patterns of capture tables."""
    return comparison.features.lists
