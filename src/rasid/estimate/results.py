"""What an estimate is: settings, one model's figures, the joint figures, or a refusal.

The documented count and the estimated ones stand in different fields and are never added here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Model(StrEnum):
    """The models, in the order in which they are shown."""

    CHAO = "chao"
    LOGLINEAR = "loglinear"
    GRAPHS = "graphs"
    TRAIT = "trait"
    LATENT = "latent"


class Why(StrEnum):
    """Why there is no figure."""

    TOO_FEW_LISTS = "too few lists"
    TOO_MANY_LISTS = "too many lists"
    NO_OVERLAP = "no overlap"
    TOO_FEW_PERSONS = "too few persons"
    NOT_IDENTIFIED = "not identified"  # any number fits equally well, or ever more fit better
    CHAINS_DISAGREE = "chains disagree"
    PRIOR_DECIDES = "the prior decides"
    PART_NOT_KNOWN = "part not known"  # said by those who part persons: too many belong nobody knows where
    TOO_FEW_LABELS = "too few labels"  # said by those who link: missed and false links are not known


@dataclass(frozen=True, slots=True)
class Refusal:
    """No figure, with the reason and what would help.

    model: the model that refuses; None where nothing can be said at all
    """

    why: Why
    reason: str
    helps: str
    model: Model | None = None
    parts: tuple[Refusal, ...] = ()  # the refusals of single models behind a joint one


@dataclass(frozen=True, slots=True)
class Interval:
    """Median and the ends of an interval, in persons; `level` is the probability that it holds."""

    median: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class ModelEstimate:
    """What one model says of the whole population.

    population: estimated persons, listed or not
    draws:      quantiles at even steps of probability that stand for the whole distribution
    details:    figures of this model for the page: R-hat, effective draws, weight of the complete graph ...
    notes:      plain sentences a reader must see beside the figure
    left_out:   pattern -> chance of one of its persons, given listed, when this person is left out of the
    table;
                what the stacking compares
    """

    model: Model
    population: Interval
    draws: tuple[float, ...] = ()
    details: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    lower_bound: bool = False
    left_out: Mapping[tuple[int, ...], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Documented:
    """Persons on at least one list, counted; low and high over the sampled clusterings."""

    persons: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WidthParts:
    """Shares of the variance of the joint estimate (on the log scale); they add up to 1."""

    sampling: float
    model: float
    linkage: float
    missing_values: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """One interval with its parts, beside what each model says alone.

    documented: counted, never estimated
    population: estimated persons, listed or not
    unlisted:   estimated persons whom no list names
    weights:    model -> weight in the joint figure; Chao's bound has none
    refused:    models that gave no figure, with their reasons
    """

    documented: Documented
    population: Interval
    unlisted: Interval
    models: tuple[ModelEstimate, ...]
    weights: Mapping[Model, float]
    width: WidthParts
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How to estimate. The defaults are those of the method pages.

    seed:      the same seed and table give the same figures on every machine
    models:    which to run; the joint figure weighs those but Chao's bound
    level:     probability of the intervals
    chains:    over-dispersed starts of the latent-class sampler, at least 4
    draws:     sweeps per chain before the first looks; more follow until the chains agree
    max_rhat, min_effective: beyond these the chains disagree and the model refuses
    classes:   the most latent classes; concentration is the Gamma prior (shape, rate) of their number
    deltas:    the panel of priors for the graphs, as mass per cell; None = 1/2**lists and twice that
    """

    seed: int = 1
    models: tuple[Model, ...] = (Model.CHAO, Model.LOGLINEAR, Model.GRAPHS, Model.TRAIT, Model.LATENT)
    level: float = 0.95
    chains: int = 4
    draws: int = 1000
    max_rhat: float = 1.05
    min_effective: float = 400.0
    classes: int = 10
    concentration: tuple[float, float] = (0.25, 0.25)
    deltas: tuple[float, ...] | None = None
    most_tables: int = 20
