"""How many did nobody list? Multiple systems estimation (bench/mse).

`python -m benchmarks mse [PART ...]`: the parts are kosovo, loglinear, graphs, tables, sims, colombia, speed;
all without a name. `--limit N` takes the first N replicates of each simulated design. `--split` is not used.
Peers' figures are those of reference.csv, measured with the R packages by those who made the benchmark.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import Job, Report, write_predictions
from rasid.estimate.capture import CaptureTable, in_fixed_order
from rasid.estimate.intervals import estimate
from rasid.estimate.results import Estimate, Interval, ModelEstimate, Refusal, Settings

PARTS = ("kosovo", "loglinear", "graphs", "tables", "sims", "colombia", "speed")
CENSUS = 10_401  # Kosovo Memory Book
TABLES = (
    "kosovo", "uk_trafficking_5", "uk_trafficking_6", "hiv_rome", "new_orleans_8", "madigan_york_5", "spina_bifida_3",
    "casualty4_dev_truth_table", "artificial_3_unidentified",
)  # fmt: skip
LCMCR_SECONDS = {"kosovo": 0.14, "uk_trafficking_6": 0.67}  # CPU seconds for 10,000 iterations
SEEDS = (1, 2, 3)
COLOMBIA = "colombia_recruitment_1999_men_R1"


@dataclass(slots=True)
class Found:
    """What the parts gather."""

    figures: dict[str, float]
    rows: list[dict[str, Any]]
    notes: list[str]


def run(job: Job) -> Report:
    """Run the parts named on the command line."""
    folder = job.folder("mse")
    unknown = set(job.options) - set(PARTS)
    if unknown:
        sys.exit(f"No part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    found = Found({}, [], [])
    for part in job.options or PARTS:
        _run_part(part, folder, job.limit, found)
    write_predictions(job.predictions, found.rows)
    return Report("mse", found.figures, aim=_aims(found.figures), notes=found.notes)


def _run_part(part: str, folder: Path, limit: int | None, found: Found) -> None:
    match part:
        case "kosovo":
            kosovo(folder, found)
        case "loglinear":
            loglinear(folder, found)
        case "graphs":
            graphs(folder, found)
        case "tables":
            tables(folder, found)
        case "sims":
            sims(folder, limit, found)
        case "colombia":
            colombia(folder, found)
        case "speed":
            speed(folder, found)


def _aims(figures: dict[str, float]) -> dict[str, float]:
    aims = {
        "Kosovo median": CENSUS,
        "Kosovo seeds %": 1.0,
        "Kosovo s": 1.0,
        "Kosovo best BIC": 10_356.5,
        "UK5 by steps": 11_313,
        "worst seed spread %": 2.0,
        "Colombia low": 1_396,
        "Colombia median": 2_068,
        "Colombia high": 3_062,
        "Colombia s": 60.0,
    }
    aims |= {name: 0.9 for name in figures if name.endswith(" coverage")}
    return {name: aim for name, aim in aims.items() if name in figures}


# --- reading ---------------------------------------------------------------------------------------------------


def read_table(folder: Path, name: str) -> CaptureTable:
    """One table of the benchmark: a column per list, the count last."""
    with (folder / f"{name}.csv").open(encoding="utf-8") as lines:
        rows = csv.reader(lines)
        names = tuple(next(rows)[:-1])
        return CaptureTable(names, {tuple(int(m) for m in row[:-1]): float(row[-1]) for row in rows})


def read_sims(folder: Path, limit: int | None) -> Iterator[tuple[str, int, int, CaptureTable]]:
    """Design, replicate, population and table of each simulated population."""
    held: dict[tuple[str, int], tuple[int, dict[tuple[int, ...], float]]] = {}
    with (folder / "sims_dev.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            pattern = tuple(int(mark) for mark in row["pattern"])
            held.setdefault((row["design"], int(row["rep"])), (int(row["true_N"]), {}))[1][pattern] = float(
                row["count"]
            )
    for (design, rep), (true, counts) in held.items():
        if limit is None or rep < limit:
            names = tuple(f"L{i + 1}" for i in range(len(next(iter(counts)))))
            yield design, rep, true, CaptureTable(names, counts)


# --- parts -----------------------------------------------------------------------------------------------------


def kosovo(folder: Path, found: Found) -> None:
    """The latent classes against the near-census, over three seeds, and the joint figure."""
    from rasid.estimate.latent import estimate_latent

    table = read_table(folder, "kosovo")
    estimate_latent(table, settings=replace(Settings(), draws=20))  # loads the kernels
    medians, seconds = [], []
    for seed in SEEDS:
        started = time.perf_counter()
        answer = estimate_latent(table, settings=replace(Settings(), seed=seed))
        seconds.append(time.perf_counter() - started)
        if isinstance(answer, ModelEstimate):
            medians.append(answer.population.median)
            found.rows.append(_row("kosovo", "latent", answer.population, None, seconds[-1]))
        else:
            found.notes.append(f"Kosovo, seed {seed}: {answer.why}.")
    if medians:
        found.figures["Kosovo median"] = float(np.median(medians))
        found.figures["Kosovo seeds %"] = 100.0 * (max(medians) / min(medians) - 1.0)
    found.figures["Kosovo s"] = float(np.median(seconds))


def loglinear(folder: Path, found: Found) -> None:
    """Best models by BIC, and by steps at the level that SparseMSE uses."""
    from rasid.estimate.loglinear import as_cells, fit_one, profile_interval, rank_models, select_by_steps

    for name, label in (
        ("kosovo", "Kosovo"),
        ("hiv_rome", "HIV"),
        ("casualty4_dev_truth_table", "casualty4"),
    ):
        table = read_table(folder, name)
        cells = as_cells(table)
        best, face = fit_one(cells, rank_models(cells)[0].terms)
        interval = profile_interval(cells, best, face)
        found.figures[f"{label} best BIC"] = interval.median
        found.notes.append(
            f"{label}, best BIC: profile interval {interval.low:,.0f} to {interval.high:,.0f}."
        )
    for name, label in (
        ("uk_trafficking_5", "UK5"),
        ("uk_trafficking_6", "UK6"),
        ("new_orleans_8", "New Orleans"),
    ):
        table = read_table(folder, name)
        fit = select_by_steps(as_cells(table))
        found.figures[f"{label} by steps"] = table.documented + (fit.unseen or np.nan)


def graphs(folder: Path, found: Found) -> None:
    """Medians under the priors that reference.csv gives, with the complete graph as the R package has it."""
    from rasid.estimate.graphs import quantiles_of, weigh

    for name, delta, reference in (
        ("kosovo", 1 / 16, 12595), ("kosovo", 1 / 2, 11323), ("kosovo", 1.0, 4617), ("hiv_rome", 1 / 16, 11220),
        ("uk_trafficking_5", 1 / 32, 22985), ("madigan_york_5", 1 / 2, 616),
        ("casualty4_dev_truth_table", 1 / 16, 14418),
    ):  # fmt: skip
        table = read_table(folder, name)
        answer = weigh(table, delta=delta)
        both = answer.without * (1 - answer.complete) + answer.whole * answer.complete
        low, median, high = table.documented + quantiles_of(
            answer.unseen, both, np.array([0.025, 0.5, 0.975])
        )
        found.notes.append(
            f"graphs, {name}, delta {delta:.3g}: {median:,.0f} ({low:,.0f} to {high:,.0f}); dga {reference:,}"
        )


def tables(folder: Path, found: Found) -> None:
    """Seed spread of the joint median over all tables, and what is refused."""
    worst = 0.0
    for name in TABLES:
        table = read_table(folder, name)
        medians = []
        for seed in SEEDS[:2]:
            started = time.perf_counter()
            answer = estimate([table], lists=table.lists, settings=replace(Settings(), seed=seed))
            medians += _keep(name, answer, time.perf_counter() - started, found)
        spread = 100.0 * (max(medians) / min(medians) - 1.0) if medians else 0.0
        worst = max(worst, spread)
        said = " and ".join(f"{m:,.0f}" for m in medians) if medians else "refused"
        found.notes.append(f"{name}: {said} ({spread:.1f} % apart)")
    found.figures["worst seed spread %"] = worst


def _keep(name: str, answer: Estimate | Refusal, seconds: float, found: Found) -> list[float]:
    if isinstance(answer, Refusal):
        found.rows.append(_row(name, "joint", None, answer, seconds))
        return []
    for model in answer.models:
        found.rows.append(_row(name, model.model.value, model.population, None, 0.0))
    for refusal in answer.refused:
        found.rows.append(_row(name, str(refusal.model), None, refusal, 0.0))
    found.rows.append(_row(name, "joint", answer.population, None, seconds))
    return [answer.population.median]


def sims(folder: Path, limit: int | None, found: Found) -> None:
    """Coverage and mean width per design, of the joint figure and of the latent classes alone."""
    held: dict[str, list[tuple[int, Estimate | Refusal]]] = {}
    for design, rep, true, table in read_sims(folder, limit):
        started = time.perf_counter()
        answer = estimate([table], lists=table.lists, settings=Settings())
        _keep(f"{design}/{rep}", answer, time.perf_counter() - started, found)
        held.setdefault(design, []).append((true, answer))
    for design, answers in held.items():
        said = [(true, a) for true, a in answers if isinstance(a, Estimate)]
        joint = [(true, a.population) for true, a in said]
        latent = [(true, m.population) for true, a in said for m in a.models if m.model == "latent"]
        if said:
            found.figures[f"{design} coverage"] = _coverage(joint)
        found.notes.append(
            f"{design}: {len(answers) - len(said)} of {len(answers)} refused; joint {_in_words(joint)};"
            f" latent classes alone {_in_words(latent)}"
        )


def _coverage(intervals: list[tuple[int, Interval]]) -> float:
    return float(np.mean([held.low <= true <= held.high for true, held in intervals]))


def _in_words(intervals: list[tuple[int, Interval]]) -> str:
    if not intervals:
        return "none"
    wide = [held.high - held.low for _, held in intervals]
    return (
        f"coverage {_coverage(intervals):.2f}, mean width {np.mean(wide):,.0f}, median width {np.median(wide):,.0f}"
        f" ({len(intervals)} tables)"
    )


def colombia(folder: Path, found: Found) -> None:
    """Twenty lists: the published posterior draws, and ours."""
    from rasid.estimate.latent import estimate_latent

    table = read_table(folder, COLOMBIA)
    with (folder / f"{COLOMBIA}_published_draws.csv").open(encoding="utf-8") as lines:
        published = np.array([float(row["N"]) for row in csv.DictReader(lines)])
    started = time.perf_counter()
    answer = estimate_latent(table, settings=Settings())
    found.figures["Colombia s"] = time.perf_counter() - started
    low, median, high = np.quantile(published, [0.025, 0.5, 0.975])
    found.notes.append(f"Colombia, published draws: {median:,.0f} ({low:,.0f} to {high:,.0f})")
    if isinstance(answer, Refusal):
        found.notes.append(f"Colombia: refused, {answer.reason}")
        return
    found.figures["Colombia low"] = answer.population.low
    found.figures["Colombia median"] = answer.population.median
    found.figures["Colombia high"] = answer.population.high
    found.notes.append(f"Colombia: {dict(answer.details)}")


def speed(folder: Path, found: Found) -> None:
    """CPU seconds per effective draw, beside LCMCR's.

    LCMCR's seconds per iteration are in reference.csv; how many iterations one effective draw takes is
    measured with a plain Gibbs sampler of the paper (below), since LCMCR is not here.
    """
    from rasid.estimate.diagnostics import effective_draws
    from rasid.estimate.latent import sample

    for name, seconds in LCMCR_SECONDS.items():
        table = in_fixed_order(read_table(folder, name))
        plain = plain_gibbs(table, chains=4, sweeps=40_000)
        started = time.process_time()
        posterior = sample(table, settings=Settings())
        ours = (time.process_time() - started) / posterior.effective
        theirs = seconds / 10_000 * plain.size / effective_draws(plain)
        found.figures[f"{name} times LCMCR"] = theirs / ours
        found.notes.append(
            f"{name}: {1000 * ours:.2f} ms per effective draw, LCMCR about {1000 * theirs:.2f} ms"
        )


def plain_gibbs(table: CaptureTable, *, chains: int, sweeps: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Unseen persons of the blocked Gibbs sampler as Manrique-Vallier 2016 writes it; chains x draws."""
    from rasid.estimate import latent_kernels as kernels

    patterns = np.array(list(table.counts), np.int64)
    counts = np.array([round(c) for c in table.counts.values()], np.int64)
    classes, lists = 10, len(table.lists)
    kept = np.zeros((chains, sweeps))
    for chain in range(chains):
        rng = np.random.Generator(np.random.PCG64([7, chain]))
        share, on, off = np.zeros((1, classes)), np.zeros((1, classes, lists)), np.zeros((1, classes, lists))
        alpha = np.ones(1)
        start = np.zeros((1, classes, counts.size), np.int64)
        for cell, count in enumerate(counts):
            start[0, :, cell] = rng.multinomial(count, np.full(classes, 1 / classes))
        kernels.begin(patterns, start, share, on, off, alpha, rng)
        listed, named = np.zeros(classes, np.int64), np.zeros((classes, lists), np.int64)
        unseen, concentration = np.zeros(classes, np.int64), 0.25
        for sweep in range(sweeps // 4 + sweeps):
            kernels.place_unseen(int(counts.sum()), share[0], off[0], unseen, rng)
            kernels.place_listed(patterns, counts, share[0], on[0], off[0], listed, named, rng)
            kernels.draw_classes(listed, named, unseen, concentration, share[0], on[0], off[0], rng)
            rate = 0.25 - share[0, classes - 1]
            concentration = max(rng.gamma(0.25 + classes - 1) / rate, 1e-6)
            if sweep >= sweeps // 4:
                kept[chain, sweep - sweeps // 4] = unseen.sum()
    return kept


def _row(
    table: str, model: str, interval: Interval | None, refusal: Refusal | None, seconds: float
) -> dict[str, Any]:
    """One line of predictions, as PREDICTIONS.md asks."""
    return {
        "table": table,
        "model": model,
        "median": None if interval is None else round(interval.median, 1),
        "low": None if interval is None else round(interval.low, 1),
        "high": None if interval is None else round(interval.high, 1),
        "refused": None if refusal is None else refusal.why.value,
        "seconds": round(seconds, 3),
    }
