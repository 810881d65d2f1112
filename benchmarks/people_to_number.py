"""From lists to a number: link casualty4, calibrate by 300 answers, draw clusterings, correct their capture tables, and
estimate how many there are. The truth of the development part is 16,974 (bench/linkage/README).

`--draws N` clusterings (20), `--labels N` answers (300). `--population K` draws, with K as seed, 12,000 of the 16,974
persons (listed or not) without putting any back, and takes their listings: a population of known size again.
`--populations N` takes the first N of them, one after another: how many are covered, how wide, how far off. They share
persons, so they are not separate trials. `--true-links` estimates from the true table, too: what linking adds.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.common import Job, Report
from benchmarks.people import answers_of, read_casualty4
from rasid.estimate.capture import CaptureTable, corrected, tabulate
from rasid.estimate.intervals import estimate
from rasid.estimate.results import Estimate, Interval, Refusal, Settings
from rasid.resolve.people import compare_listings, settle
from rasid.resolve.people.captures import capture_tables

TRUE = {"dev": 16_974}
DRAWN = 12_000
PEERS: dict[str, dict[str, float]] = {
    "Splink at .99, LCMCR": {"median": 34_112, "low": 28_080, "high": 47_127}
}
PEERS |= {"Splink at .5, LCMCR": {"median": 14_183, "low": 12_687, "high": 15_953}}
PEERS |= {"true links, LCMCR": {"median": 15_184, "low": 14_120, "high": 17_899}}


@dataclass(frozen=True, slots=True)
class Answer:
    """One population: its size if known, what was estimated, and what to say of it."""

    true: int | None
    found: Estimate | Refusal
    notes: list[str]

    @property
    def covered(self) -> bool:
        """Whether the interval holds the true number; a refusal does not."""
        if isinstance(self.found, Refusal) or self.true is None:
            return False
        return self.found.population.low <= self.true <= self.found.population.high


def run(job: Job) -> Report:
    """The whole way, for one population or for several."""
    valued = [name for name in job.options if name != "--true-links"]
    options = dict(zip(valued[::2], map(int, valued[1::2]), strict=False))
    listings, truth = read_casualty4(job.folder("linkage"), job.split)
    true = TRUE.get(job.split)
    report = Report("people_to_number", {}, PEERS, unit="listings", words=listings.height)
    if many := options.get("--populations", 0):
        if not true:
            sys.exit("How many there are is known of the development part only.")
        _several(report, listings, truth, true=true, many=many, options=options)
        return report
    if true and (seed := options.get("--population", 0)):
        listings, truth = drawn(listings, truth, true=true, seed=seed)
        true = DRAWN
    answer = estimated(listings, truth, true=true, options=options)
    report.notes += answer.notes
    if "--true-links" in job.options:
        report.notes += _with_true_links(listings, truth)
    if isinstance(answer.found, Estimate):
        population = answer.found.population
        report.ours = {"median": population.median, "low": population.low, "high": population.high}
    return report


def _several(
    report: Report,
    listings: pl.DataFrame,
    truth: dict[str, str],
    *,
    true: int,
    many: int,
    options: dict[str, int],
) -> None:
    """Fill the report with what became of the first populations."""
    answers = []
    for seed in range(1, many + 1):
        answer = estimated(*drawn(listings, truth, true=true, seed=seed), true=DRAWN, options=options)
        answers.append(answer)
        said = answer.found.why if isinstance(answer.found, Refusal) else _said(answer.found.population)
        report.notes.append(f"population {seed}: {said} {'covered' if answer.covered else 'missed'}")
        print(report.notes[-1], file=sys.stderr, flush=True)
    held = [a.found.population for a in answers if isinstance(a.found, Estimate)]
    report.ours = {"populations": float(many), "covered": float(sum(a.covered for a in answers))}
    report.peers, report.aim = {}, {"covered": 0.9 * many, "width %": 60.0}
    if held:
        report.ours["width %"] = 100.0 * float(np.mean([(p.high - p.low) / DRAWN for p in held]))
        report.ours["bias %"] = 100.0 * float(np.mean([p.median / DRAWN - 1.0 for p in held]))
    report.notes.append(f"{many - len(held)} of {many} refused")


def estimated(
    listings: pl.DataFrame, truth: dict[str, str], *, true: int | None, options: dict[str, int]
) -> Answer:
    """Link, calibrate, draw, correct, estimate."""
    started = time.perf_counter()
    comparison = compare_listings(listings)
    linkage = settle(comparison, answers=answers_of(comparison, truth, count=options.get("--labels", 300)))
    captures = capture_tables(linkage, draws=options.get("--draws", 20))
    linked = time.perf_counter() - started
    plain = [CaptureTable(captures.lists, dict(draw.counts)) for draw in captures.draws]
    tables = [
        corrected(table, draw.missed, draw.false) for table, draw in zip(plain, captures.draws, strict=True)
    ]
    entities = [truth[listing] for listing in comparison.features.ids]
    notes = [
        f"listed persons: true {len(set(entities))}, in the clusterings {_mean([t.documented for t in plain]):.0f},"
        f" corrected {_mean([t.documented for t in tables]):.0f}",
        f"links: true {_across(listings, truth)}, expected {_mean([d.links for d in captures.draws]):.0f}"
        " (between lists)",
    ]
    found = estimate(tables, lists=captures.lists, settings=Settings())
    notes.append(f"linking {linked:.0f} s, estimating {time.perf_counter() - started - linked:.0f} s")
    return Answer(true, found, notes + _about(found, true))


def _about(found: Estimate | Refusal, true: int | None) -> list[str]:
    if isinstance(found, Refusal):
        return [f"refused: {found.why}: {found.reason}"]
    population, width = found.population, found.width
    notes = [f"joint: {_said(population)}"]
    if true:
        covers = population.low <= true <= population.high
        share = (population.high - population.low) / true
        notes.append(f"true {true}: {'covered' if covers else 'missed'}; width {share:.0%} of it (aim 60 %)")
    notes.append(
        f"width from sampling {width.sampling:.0%}, models {width.model:.0%}, linkage {width.linkage:.0%}; weights "
        + ", ".join(f"{model} {weight:.2f}" for model, weight in found.weights.items())
    )
    return notes + [f"  {one.model}: {_said(one.population)}" for one in found.models]


def _said(interval: Interval) -> str:
    return f"{interval.median:.0f} ({interval.low:.0f} to {interval.high:.0f})"


def _with_true_links(listings: pl.DataFrame, truth: dict[str, str]) -> list[str]:
    """The estimate from the table that no linking error touches."""
    names = tuple(sorted(set(listings["list"].to_list())))
    on: dict[str, set[str]] = {}
    for listing, name in listings.select("id", "list").iter_rows():
        on.setdefault(truth[listing], set()).add(name)
    table = tabulate((tuple(int(n in held) for n in names) for held in on.values()), lists=names)
    return ["with the true links:", *_about(estimate([table], lists=names, settings=Settings()), None)]


def drawn(
    listings: pl.DataFrame, truth: dict[str, str], *, true: int, seed: int
) -> tuple[pl.DataFrame, dict[str, str]]:
    """The listings of DRAWN persons out of all, those whom nobody listed among them."""
    persons = sorted(set(truth.values()))
    chosen = np.random.default_rng(1000 + seed).permutation(true)[:DRAWN]
    held = {persons[k] for k in chosen.tolist() if k < len(persons)}
    kept = {listing: person for listing, person in truth.items() if person in held}
    return listings.filter(pl.col("id").is_in(list(kept))), kept


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _across(listings: pl.DataFrame, truth: dict[str, str]) -> int:
    """True links between different lists."""
    rows = dict(listings.select("id", "list").iter_rows())
    return _pairs(Counter(truth.values())) - _pairs(Counter((truth[i], rows[i]) for i in rows))


def _pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())
