"""Estimates and overlaps as rows of tables (model/people.py), and capture tables read back from rows.

What is documented goes into OVERLAP, what models say into ESTIMATE; no row holds both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import numpy as np

from rasid.estimate.capture import CaptureTable, corrected
from rasid.estimate.overlap import Overlap
from rasid.estimate.results import Estimate, Interval, ModelEstimate, Refusal, Settings
from rasid.model.tables import Row

_SHOWN_DRAWS = 81  # quantiles kept of a distribution, to draw it


def overlap_rows(overlap: Overlap, table: CaptureTable) -> list[Row]:
    """tables.OVERLAP: persons per list, per pair, per number of lists, per pattern."""
    rows = [_counted("list", name, persons) for name, persons in overlap.per_list.items()]
    rows += [_counted("shared", a, persons, other=b) for (a, b), persons in overlap.shared.items()]
    rows += [_counted("size", str(size), persons) for size, persons in overlap.by_size.items()]
    patterns = sorted(table.counts.items(), key=lambda each: (-sum(each[0]), each[0]))
    return rows + [_counted("pattern", "".join(map(str, p)), persons) for p, persons in patterns]


def estimate_rows(found: Estimate | Refusal, *, stratum: str = "") -> list[Row]:
    """tables.ESTIMATE of one stratum: the figures, or the refusals."""
    if isinstance(found, Refusal):
        refusals = [found, *(part for part in found.parts if part.model is not None)]
        return [_refused(refusal, stratum) for refusal in refusals]
    rows = [
        _figure(stratum, "population", "", found.population),
        _figure(stratum, "unlisted", "", found.unlisted),
    ]
    for model in found.models:
        rows.append(_of_model(stratum, model))
        rows += [_number(stratum, "detail", f"{model.model}: {k}", v) for k, v in model.details.items()]
        rows += [_said(stratum, "note", str(model.model), note) for note in model.notes]
    rows += [_number(stratum, "weight", str(model), share) for model, share in found.weights.items()]
    rows += [_number(stratum, "width", part, share) for part, share in asdict(found.width).items()]
    rows += [_refused(refusal, stratum) for refusal in found.refused]
    return rows + [_said(stratum, "note", "", note) for note in found.notes]


def setting_rows(settings: Settings) -> list[Row]:
    """How it was estimated, so that it can be done again."""
    said = {
        "seed": f"{settings.seed}",
        "models": ", ".join(settings.models),
        "interval": f"{settings.level:.0%}",
        "chains": f"{settings.chains}",
        "sweeps per chain, to begin with": f"{settings.draws}",
        "R-hat at most": f"{settings.max_rhat}",
        "effective draws at least": f"{settings.min_effective:g}",
        "latent classes at most": f"{settings.classes}",
        "ways to link used at most": f"{settings.most_tables}",
    }
    return [_said("", "setting", name, words) for name, words in said.items()]


def read_captures(rows: Iterable[Row], *, lists: tuple[str, ...]) -> list[CaptureTable]:
    """Rows of tables.CAPTURES of one stratum -> one corrected capture table a draw."""
    draws: dict[int, dict[str, dict[str, float]]] = {}
    for row in rows:
        kinds = draws.setdefault(int(str(row["draw"])), {"count": {}, "missed": {}, "false": {}})
        kinds[str(row["what"])][str(row["key"])] = float(str(row["value"]))
    return [_capture(draws[draw], lists) for draw in sorted(draws)]


def _capture(kinds: Mapping[str, Mapping[str, float]], lists: tuple[str, ...]) -> CaptureTable:
    counts = {tuple(map(int, key)): value for key, value in kinds["count"].items()}
    missed, false = _by_pair(kinds["missed"]), _by_pair(kinds["false"])
    return corrected(CaptureTable(lists, counts), missed, false)


def _by_pair(held: Mapping[str, float]) -> dict[tuple[int, int], float]:
    pairs = {tuple(map(int, key.split())): value for key, value in held.items()}
    return {(i, j): value for (i, j), value in pairs.items()}


def _counted(what: str, one: str, persons: float, *, other: str = "") -> Row:
    return {"what": what, "one": one, "other": other, "persons": float(persons)}


def _figure(stratum: str, what: str, name: str, held: Interval) -> Row:
    row = _number(stratum, what, name, held.median)
    return row | {"low": float(held.low), "high": float(held.high)}


def _of_model(stratum: str, model: ModelEstimate) -> Row:
    row = _figure(stratum, "model", str(model.model), model.population)
    steps = (np.arange(_SHOWN_DRAWS) + 0.5) / _SHOWN_DRAWS
    draws = np.quantile(np.array(model.draws), steps).tolist() if model.draws else []
    return row | {"draws": draws, "words": "a lower bound" if model.lower_bound else ""}


def _number(stratum: str, what: str, name: str, value: float) -> Row:
    return {"stratum": stratum, "what": what, "name": name, "value": float(value)}


def _said(stratum: str, what: str, name: str, words: str) -> Row:
    return {"stratum": stratum, "what": what, "name": name, "words": words}


def _refused(refusal: Refusal, stratum: str) -> Row:
    name = f"{refusal.model or ''}: {refusal.why}" if refusal.model else str(refusal.why)
    return _said(stratum, "refused", name, refusal.reason) | {"helps": refusal.helps}
