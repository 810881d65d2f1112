"""Whether a document's own numbers go together: sums, shares, averages, comparisons, dates.

Documents and passages in, `tables.CHECKS` out. Works on the kept text alone. "hard" is said only where no reading of
a bound word or of rounding could save the page; what another base or an update could explain is "check base or
rounding". Where the text does not say that its parts are all, nothing is added up, and nothing is found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from rasid.model.tables import CHECKS, CLAIMS, DOCUMENTS, PASSAGES, Row, as_rows, check, table
from rasid.weigh.checks.changes import check_changes
from rasid.weigh.checks.clauses import check_clauses
from rasid.weigh.checks.dates import check_dates
from rasid.weigh.checks.editions import check_editions
from rasid.weigh.checks.findings import Finding, Spot
from rasid.weigh.checks.grids import check_grids
from rasid.weigh.checks.headlines import check_headline
from rasid.weigh.checks.lists import check_lists
from rasid.weigh.checks.months import check_comparisons, check_heading, check_month_before
from rasid.weigh.checks.page import Page, read_page
from rasid.weigh.checks.rates import check_averages
from rasid.weigh.checks.repeats import check_repeats
from rasid.weigh.checks.shares import check_shares
from rasid.weigh.checks.sums import check_sums

_LONGEST_QUOTE = 400  # characters; of a longer passage the words around the number
_MOST_QUOTES = 12  # a table of a hundred rows shows its first ones and its totals


def check_documents(documents: pl.DataFrame, passages: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """tables.CHECKS, sorted by document, place, kind and sentence.

    claims: only to link each quote with the claim that stands on its number
    raises: TableShapeError if a table lacks a column
    """
    where = "weigh/checks"
    rows = as_rows(check(documents, DOCUMENTS, where=where))
    cut: dict[str, list[Row]] = defaultdict(list)
    for passage in as_rows(check(passages, PASSAGES, where=where).sort("document", "index")):
        cut[str(passage["document"])].append(passage)
    pages = [read_page(row, cut[str(row["id"])]) for row in rows]
    texts = {str(row["id"]): str(row["text"]) for row in rows}
    stand = _claims_by_place(check(claims, CLAIMS, where=where))
    found = [(page.document, f) for page in pages for f in check_page(page, pages)]
    found += check_editions(pages)
    made = [_row(document, finding, texts, stand) for document, finding in found]
    unique = {(r["document"], r["kind"], r["sentence"], str(r["quotes"])): r for r in made}
    return table(sorted(unique.values(), key=_order), CHECKS)


def check_page(page: Page, others: Iterable[Page] = ()) -> Iterator[Finding]:
    """All findings of one document; `others` are the documents of the case."""
    if not any(char.isdigit() for line in page.lines for char in line.text) and not any(
        line.numbers for line in page.lines
    ):
        return
    yield from check_sums(page)
    yield from check_clauses(page)
    yield from check_lists(page)
    yield from check_grids(page)
    yield from check_shares(page)
    yield from check_averages(page)
    yield from check_comparisons(page)
    yield from check_changes(page)
    yield from check_month_before(page, list(others))
    yield from check_heading(page)
    yield from check_headline(page)
    yield from check_dates(page)
    yield from check_repeats(page)


_Places = Mapping[str, tuple[list[int], list[tuple[int, int, str]]]]


def _claims_by_place(claims: pl.DataFrame) -> _Places:
    held: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for document, start, end, claim in (
        claims.select("document", "start", "end", "id").sort("document", "start").iter_rows()
    ):
        held[document].append((start, end, claim))
    return {document: ([s for s, _, _ in spans], spans) for document, spans in held.items()}


def _row(document: str, finding: Finding, texts: Mapping[str, str], stand: _Places) -> Row:
    quotes = [_quote(each, texts[each.document], stand) for each in finding.spots[:_MOST_QUOTES]]
    return {
        "document": document,
        "kind": finding.kind,
        "severity": finding.severity,
        "sentence": finding.sentence,
        "sum": finding.sum,
        "quotes": [quote for n, quote in enumerate(quotes) if quote not in quotes[:n]],
    }


def _quote(spot: Spot, text: str, stand: _Places) -> Row:
    start, end = spot.line.start, spot.line.end
    if end - start > _LONGEST_QUOTE:
        start = max(start, spot.start - _LONGEST_QUOTE // 2)
        end = min(end, start + _LONGEST_QUOTE)
    return {
        "claim": _claim_at(spot, stand),
        "document": spot.document,
        "start": start,
        "end": end,
        "quote": text[start:end],
    }


def _claim_at(spot: Spot, stand: _Places) -> str | None:
    """The claim whose words hold the number, else one of the same passage, else None."""
    if spot.document not in stand:
        return None
    starts, spans = stand[spot.document]
    near = spans[max(0, bisect_right(starts, spot.line.start) - 1) : bisect_right(starts, spot.line.end)]
    inside = [s for s in near if s[0] < spot.line.end and s[1] > spot.line.start]
    exact = [s for s in inside if s[0] <= spot.start and spot.end <= s[1]]
    return next((claim for _, _, claim in exact or inside), None)


def _order(row: Row) -> tuple[str, int, str, str]:
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    return str(row["document"]), int(quotes[0]["start"]), str(row["kind"]), str(row["sentence"])
