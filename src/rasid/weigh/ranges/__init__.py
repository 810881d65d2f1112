"""Figures -> ranges: which numbers count the same thing, how they relate, and low, best, high under a named rule.

    1. said        claims with a number -> what each counts, where, when, by which voice     counting, context, speakers
    2. groups      all guards agree -> one group; a topic holds the groups of one happening  groups
    3. relations   repeat, updated, withdrawn, part, not so; the rest counts                 relations
    4. rules       low, best, high and why                                                   rules
    5. sums        flows of one voice in one document, added or not, and why                 sums

Pure and linear: every step works by keys. Nothing is ever ranged or added over two bases, stock and flow, counted and
estimated, or two places of which one may lie in the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from rasid.model.ids import content_id
from rasid.model.ranges import RANGE_PARTS, RANGES, SUMS, RangeRule, Relation
from rasid.model.tables import CLAIMS, DOCUMENTS, PASSAGES, PLACES, Row, as_rows, check, table
from rasid.model.values import PassageKind
from rasid.weigh.evidence import said_on
from rasid.weigh.figures import happened, is_asked
from rasid.weigh.ranges.by_incident import settle_by_incident
from rasid.weigh.ranges.context import Context, read_context
from rasid.weigh.ranges.counting import FLOW, RANGED, UNSAID, read_counted
from rasid.weigh.ranges.groups import Group, group_figures, know_neighbours, near_figures, settle_by_others
from rasid.weigh.ranges.records import rows_as_said
from rasid.weigh.ranges.relations import Placed, place_figures
from rasid.weigh.ranges.rules import settle
from rasid.weigh.ranges.said import Said, iso, ordinal
from rasid.weigh.ranges.speakers import is_named, speaker_keys
from rasid.weigh.ranges.sums import sum_flows
from rasid.weigh.ranges.wholes import told_wholes

__all__ = ["Ranged", "weigh_ranges"]

_DENIED = "denied"
_OF_CLAIM = [
    "id", "document", "start", "end", "quote", "kind", "type", "actor", "target", "instrument", "places", "time",
    "quantity", "polarity", "certainty", "voices", "attribution",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranged:
    """ranges: RANGES; parts: RANGE_PARTS; sums: SUMS (model/ranges.py)."""

    ranges: pl.DataFrame
    parts: pl.DataFrame
    sums: pl.DataFrame


def weigh_ranges(
    claims: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    places: pl.DataFrame,
    passages: pl.DataFrame,
    rule: RangeRule,
    records: pl.DataFrame | None = None,
    incidents: Mapping[str, str] | None = None,
) -> Ranged:
    """The ranges of a case.

    claims:    tables.CLAIMS with names; documents: tables.DOCUMENTS with the dates that count
    places:    tables.PLACES
    passages:  tables.PASSAGES: a heading gives place and day to the numbers under it
    rule:      how "best" is chosen, for the whole case
    records:   recorded.RECORDS; only rows that meet a group of claims are taken in
    incidents: claim -> incident that it tells of; lends place and day to figures that have none
    raises:    TableShapeError if a table lacks a column
    """
    where = "weigh/ranges"
    held = as_rows(check(claims, CLAIMS, where=where).select(_OF_CLAIM))
    about = check(documents, DOCUMENTS, where=where).select("id", "title", "date")
    texts = dict(documents.select("id", "text").iter_rows())
    headings = _headings(check(passages, PASSAGES, where=where), texts)
    context = read_context(held, as_rows(about), as_rows(check(places, PLACES, where=where)), headings)
    dates = dict(about.select("id", "date").iter_rows())
    figures = _read_all(held, context, dates)
    if incidents:
        figures = settle_by_incident(figures, held, context, incidents=incidents)
    figures = settle_by_others(figures, texts)
    groups = group_figures(figures)
    if records is not None and records.height:
        groups = group_figures([*figures, *rows_as_said(records, groups)])
    ranges, parts = _rows(groups, figures, rule)
    return Ranged(
        table(sorted(ranges, key=_range_order), RANGES),
        table(sorted(parts, key=_part_order), RANGE_PARTS),
        table(sum_flows(figures), SUMS),
    )


# --- 1. said ------------------------------------------------------------------------------------------------------


def _read_all(claims: Sequence[Row], context: Context, dates: Mapping[str, str | None]) -> list[Said]:
    numbered = [claim for claim in claims if _is_ranged(claim["quantity"])]
    chains: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for claim in claims:
        chains[str(claim["document"])].append(_voices(claim))
    keys = {document: speaker_keys(held) for document, held in chains.items()}
    said = [_said(claim, context, dates, keys[str(claim["document"])]) for claim in numbered]
    return told_wholes(said, claims)


def _is_ranged(quantity: object) -> bool:
    if not isinstance(quantity, dict) or quantity["measure"] not in RANGED:
        return False
    return quantity["low"] is not None or quantity["high"] is not None


def _said(
    claim: Row, context: Context, dates: Mapping[str, str | None], keys: Mapping[tuple[str, ...], str]
) -> Said:
    quantity, voices = claim["quantity"], _voices(claim)
    assert isinstance(quantity, dict)
    when, of_when = context.when(claim)
    where, of_where = context.where(claim, when)
    written = said_on(claim, dates)
    counted = read_counted(claim, quantity)
    if counted.span == UNSAID and of_when.endswith("same sentence") and quantity["base"] == "people":
        counted = replace(counted, span=FLOW)  # "In May 24,000 people returned": within those days
    return Said(
        id=str(claim["id"]),
        is_record=False,
        document=str(claim["document"]),
        start=int(str(claim["start"])),
        end=int(str(claim["end"])),
        quote=str(claim["quote"]),
        text=str(quantity["text"]),
        low=quantity["low"],
        high=quantity["high"],
        bound=str(quantity["bound"]),
        voice=voices[-1],
        via=voices[:-1],
        speaker=keys[voices],
        named=is_named(voices[-1], own=len(voices) == 1),
        date=ordinal(written, last=True),
        written=written,
        counted=counted,
        where=where,
        when=when,
        taken=tuple(each for each in (of_where, of_when) if each),
        whole=None,
        so=happened(str(claim["polarity"]), str(claim["certainty"])) and not is_asked(str(claim["quote"])),
        denied=claim["polarity"] == _DENIED,
    )


def _headings(passages: pl.DataFrame, texts: Mapping[str, str]) -> list[Row]:
    rows = passages.filter(pl.col("kind") == PassageKind.HEADING.value).sort("document", "start")
    spans = rows.select("document", "start", "end").iter_rows()
    return [{"document": d, "start": a, "text": texts.get(d, "")[a:b]} for d, a, b in spans]


def _voices(claim: Row) -> tuple[str, ...]:
    voices = claim["voices"]
    assert isinstance(voices, list)
    return tuple(voices) or ("unnamed",)


# --- rows ---------------------------------------------------------------------------------------------------------


def _rows(groups: Sequence[Group], figures: Sequence[Said], rule: RangeRule) -> tuple[list[Row], list[Row]]:
    """Ranges of the topics that hold more than one voice or document; a lone figure needs no range."""
    topics: dict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        topics[group.topic].append(group)
    known = know_neighbours(groups, figures)
    ranges: list[Row] = []
    parts: list[Row] = []
    for topic, held in topics.items():
        if not _is_worth_a_card(held):
            continue
        for group in held:
            placed = place_figures(group.figures)
            near = [Placed(n.said, Relation.APART, n.reason) for n in near_figures(group, known)]
            ranges.append(_range(group, topic, placed, rule))
            parts += [_part(group, each) for each in (*placed, *near)]
    return ranges, parts


def _is_worth_a_card(groups: Iterable[Group]) -> bool:
    sources = {(said.document, said.speaker) for group in groups for said in group.figures}
    return len(sources) > 1


def _range(group: Group, topic: tuple[str, ...], placed: Sequence[Placed], rule: RangeRule) -> Row:
    ends = settle(placed, rule)
    counted = group.counted
    return {
        "id": group.id,
        "topic": topic_id(topic),
        "counted": counted.outcome,
        "base": counted.base,
        "unit": counted.unit,
        "measure": counted.measure,
        "per": counted.per or None,
        "span": counted.span,
        "method": counted.method,
        "actor": counted.actor or None,
        "instrument": counted.instrument or None,
        "place": group.where.name,
        "level": group.where.level or None,
        "country": group.where.country or None,
        "first_day": iso(group.when.first) if group.when else None,
        "last_day": iso(group.when.last) if group.when else None,
        "low": ends.low,
        "best": ends.best,
        "high": ends.high,
        "open_low": ends.open_low,
        "open_high": ends.open_high,
        "rule": rule.rule.value,
        "voices": ends.voices,
        "because": ends.because,
    }


def topic_id(topic: tuple[str, ...]) -> str:
    """Of the ranges that share happening, place and time."""
    return content_id("t", *topic)


def _part(group: Group, placed: Placed) -> Row:
    said = placed.said
    row: Row = {
        name: getattr(said, name) for name in ("document", "quote", "text", "low", "high", "bound", "voice")
    }
    return row | {
        "range": group.id,
        "relation": placed.relation.value,
        "claim": None if said.is_record else said.id,
        "record": said.id if said.is_record else None,
        "start": None if said.is_record else said.start,
        "end": None if said.is_record else said.end,
        "via": list(said.via),
        "date": said.written,
        "other": placed.other,
        "whole": said.whole,
        "reason": placed.reason,
    }


def _range_order(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("topic", "base", "unit", "id"))


_RELATIONS = [relation.value for relation in Relation]


def _part_order(row: Row) -> tuple[object, ...]:
    rank = _RELATIONS.index(str(row["relation"]))
    date = str(row["date"] or "9999")
    return (
        row["range"],
        rank,
        date,
        row["document"],
        row["start"] or 0,
        row["claim"] or "",
        row["record"] or "",
    )
