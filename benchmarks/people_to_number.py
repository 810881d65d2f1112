"""From lists to a number: link casualty4, calibrate by 300 answers, draw clusterings, correct their capture tables, and
estimate how many there are. The truth of the development part is 16,974 (bench/linkage/README).

`--draws N` clusterings (20), `--labels N` answers (300). `--population K` draws, with K as seed, 12,000 of the 16,974
persons (listed or not) without putting any back, and takes their listings: a population of known size again.
"""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import polars as pl

from benchmarks.common import Job, Report
from benchmarks.people import answers_of, read_casualty4
from rasid.estimate.capture import CaptureTable, corrected
from rasid.estimate.intervals import estimate
from rasid.estimate.results import Refusal, Settings
from rasid.resolve.people import compare_listings, settle
from rasid.resolve.people.captures import capture_tables

TRUE = {"dev": 16_974}
DRAWN = 12_000
PEERS = {"Splink at .99, LCMCR": {"median": 34_112, "low": 28_080, "high": 47_127}}
PEERS |= {"Splink at .5, LCMCR": {"median": 14_183, "low": 12_687, "high": 15_953}}
PEERS |= {"true links, LCMCR": {"median": 15_184, "low": 14_120, "high": 17_899}}


def run(job: Job) -> Report:
    """The whole way."""
    options = dict(zip(job.options[::2], job.options[1::2], strict=False))
    listings, truth = read_casualty4(job.folder("linkage"), job.split)
    true = TRUE.get(job.split)
    if true and (seed := int(options.get("--population", 0))):
        listings, truth = drawn(listings, truth, true=true, seed=seed)
        true = DRAWN
    report = Report("people_to_number", {}, PEERS, unit="listings", words=listings.height)
    started = time.perf_counter()
    comparison = compare_listings(listings)
    linkage = settle(
        comparison, answers=answers_of(comparison, truth, count=int(options.get("--labels", 300)))
    )
    captures = capture_tables(linkage, draws=int(options.get("--draws", 20)))
    linked = time.perf_counter() - started
    plain = [CaptureTable(captures.lists, dict(draw.counts)) for draw in captures.draws]
    tables = [
        corrected(table, draw.missed, draw.false) for table, draw in zip(plain, captures.draws, strict=True)
    ]
    entities = [truth[listing] for listing in comparison.features.ids]
    number = {name: n for n, name in enumerate(sorted(set(entities)))}
    report.notes.append(
        f"listed persons: true {len(number)}, in the clusterings {_mean([t.documented for t in plain]):.0f},"
        f" corrected {_mean([t.documented for t in tables]):.0f}"
    )
    report.notes.append(
        f"links: true {_across(listings, truth)}, expected {_mean([d.links for d in captures.draws]):.0f}"
        " (between lists)"
    )
    found = estimate(tables, lists=captures.lists, settings=Settings())
    report.notes.append(f"linking {linked:.0f} s, estimating {time.perf_counter() - started - linked:.0f} s")
    if isinstance(found, Refusal):
        report.notes.append(f"refused: {found.why}: {found.reason}")
        return report
    population = found.population
    report.ours = {"median": population.median, "low": population.low, "high": population.high}
    if true:
        covers = population.low <= true <= population.high
        share = (population.high - population.low) / true
        report.notes.append(
            f"true {true}: {'covered' if covers else 'missed'}; width {share:.0%} of it (aim 60 %)"
        )
    width = found.width
    report.notes.append(
        f"width from sampling {width.sampling:.0%}, models {width.model:.0%}, linkage {width.linkage:.0%}; weights "
        + ", ".join(f"{model} {weight:.2f}" for model, weight in found.weights.items())
    )
    report.notes += [
        f"  {one.model}: {one.population.median:.0f} ({one.population.low:.0f} to {one.population.high:.0f})"
        for one in found.models
    ]
    return report


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
