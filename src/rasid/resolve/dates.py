"""The dates that people gave to documents, and the documents that have none.

In:  documents with the dates that the files give, and what was settled.
Out: documents with the dates that count; tables.DATES; a doubt for each document without a date, and for each decision
     whose document is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import polars as pl

from rasid.model.ids import content_id
from rasid.model.settled import Settled
from rasid.model.tables import CLAIMS, DATES, DOCUMENTS, DOUBTS, Row, check, table
from rasid.model.values import Precision
from rasid.resolve.times import hangs_on_date


def read_dates(documents: pl.DataFrame, settled: Iterable[Settled]) -> pl.DataFrame:
    """The decisions whose document is here, as tables.DATES.

    documents: tables.DOCUMENTS
    settled:   `name` is the id of a document, `means` an ISO year, month or day
    """
    here = set(check(documents, DOCUMENTS, where="read_dates")["id"])
    rows: list[Row] = [
        {"document": s.name, "date": s.means, "by": s.by, "at": s.at} for s in settled if s.name in here
    ]
    return table(sorted(rows, key=lambda row: str(row["document"])), DATES)


def date_documents(documents: pl.DataFrame, dates: pl.DataFrame) -> pl.DataFrame:
    """The documents with the dates that people gave them; a person's date counts before that of the file."""
    given = check(dates, DATES, where="date_documents").select(pl.col("document").alias("id"), given="date")
    joined = documents.join(given, on="id", how="left", maintain_order="left")
    return joined.with_columns(date=pl.coalesce("given", "date")).select(list(DOCUMENTS))


def date_doubts(documents: pl.DataFrame, claims: pl.DataFrame, settled: Iterable[Settled]) -> pl.DataFrame:
    """One doubt for each document that makes claims and has no date, one for each dated document that is gone.

    documents: tables.DOCUMENTS, dated
    claims:    tables.CLAIMS, their times resolved
    returns:   tables.DOUBTS, sorted by id
    """
    check(claims, CLAIMS, where="date_doubts")
    named = Counter(documents["name"].to_list())
    waiting = _waiting(claims)
    rows = [
        _undated(row, waiting[row["id"]], unique=named[row["name"]] == 1)
        for row in documents.filter(pl.col("date").is_null())
        .select("id", "original", "name")
        .iter_rows(named=True)
        if row["id"] in waiting
    ]
    here = set(documents["id"])
    rows += [_gone(s) for s in settled if s.name not in here]
    return table(sorted(rows, key=lambda row: str(row["id"])), DOUBTS)


def _waiting(claims: pl.DataFrame) -> Mapping[str, tuple[int, tuple[str, ...]]]:
    """Document -> how many claims it makes, and the words of its times that hang on its date."""
    time = pl.col("time").struct
    is_open = time.field("precision") == Precision.OPEN.value
    held = claims.group_by("document", maintain_order=True).agg(
        pl.len(), time.field("text").filter(is_open).drop_nulls().unique(maintain_order=True)
    )
    return {
        document: (count, tuple(filter(hangs_on_date, said))) for document, count, said in held.iter_rows()
    }


def _undated(document: Row, waiting: tuple[int, tuple[str, ...]], *, unique: bool) -> Row:
    count, said = waiting
    name = str(document["name"]) if unique else str(document["id"])
    held = f"It makes {count} claim{'s' if count > 1 else ''}."
    if said:
        words = ", ".join(f'"{text}"' for text in said[:3]) + (" and others" if len(said) > 3 else "")
        held += f" These times hang on its date: {words}."
    return {
        "id": content_id("x", "resolve", "no date", str(document["id"])),
        "stage": "resolve",
        "original": document["original"],
        "document": document["id"],
        "name": document["name"],
        "what": "no date",
        "sentence": f"Nothing in the file says when it was written. {held}",
        "advice": f'If you know it: `rasid settle date "{name}" YYYY-MM-DD`; a month (YYYY-MM) or a year will do.',
    }


def _gone(settled: Settled) -> Row:
    return {
        "id": content_id("x", "resolve", "decision without effect", "date", settled.name),
        "stage": "resolve",
        "original": None,
        "document": None,
        "name": settled.shown or settled.name,
        "what": "decision without effect",
        "sentence": f"{settled.who} that this document is of {settled.means}, but it is not in the case now.",
        "advice": f"Add the file again, or take the decision back: `rasid reopen date {settled.name}`.",
    }
