"""The two long stages: read and extract. Only new or changed items are done again, in batches that are saved at once.

1. read      originals            -> documents, passages
2. extract   documents, passages  -> readings
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.plan import Plan, own_actors
from rasid.store import derived
from rasid.store.archive import Archive

if TYPE_CHECKING:  # polars takes a quarter of a second to import; a build with nothing to do never needs it
    import polars as pl

    from rasid.engine import Failure
    from rasid.model.tables import Row
    from rasid.read import Limits, Reading
    from rasid.store.increment import Frames

Progress = Callable[[str, int, int], None]  # stage, done, total

READ_SECONDS = (
    60.0  # a file that takes longer is given up and becomes a doubt; 2 s was the worst of 4,000 mutants
)
BATCH_CHARS = 300_000  # of text per batch: some seconds of work, saved before the next begins
BATCH_FILES = 200
MANY_CHARS = 1_500_000  # from here on a second process repays the second it takes to start


# --- 1. read: originals -> documents, passages ----------------------------------------------------------------


def read(case: Case, plan: Plan, progress: Progress) -> None:
    """Documents and passages of every original; what cannot be read becomes a doubt."""
    from rasid.model.tables import DOCUMENTS, DOUBTS, PASSAGES
    from rasid.store import increment

    stage = increment.LongStage(
        "read",
        schemas={"documents": DOCUMENTS, "passages": PASSAGES, "read_doubts": DOUBTS},
        sort_by={"documents": ["id"], "passages": ["document", "index"], "read_doubts": ["id"]},
        keep=_rows_of_originals,
    )
    if increment.is_done(case, stage, plan.read):
        return
    items = {
        sha: derived.combine({"made": plan.reading, "name": name}) for sha, name in plan.originals.items()
    }
    compute = partial(_read_originals, case, plan, progress)
    increment.run(case, stage, items, inputs=plan.read, compute=compute)


def _read_originals(
    case: Case, plan: Plan, progress: Progress, todo: list[str]
) -> Iterator[tuple[list[str], Frames]]:
    from rasid.model.tables import DOCUMENTS, DOUBTS, PASSAGES, table

    batch: list[str] = []
    documents: list[Row] = []
    passages: list[Row] = []
    doubts: list[Row] = []

    def packed() -> tuple[list[str], Frames]:
        frames = {
            "documents": table(documents, DOCUMENTS),
            "passages": table(passages, PASSAGES),
            "read_doubts": table(doubts, DOUBTS),
        }
        return list(batch), frames

    for number, (sha, reading) in enumerate(_read_files(case, plan, todo)):
        batch.append(sha)
        documents += reading.documents
        passages += reading.passages
        doubts += reading.doubts
        progress("read", number + 1, len(todo))
        if sum(len(str(d["text"])) for d in documents) > BATCH_CHARS or len(batch) >= BATCH_FILES:
            yield packed()
            for held in (batch, documents, passages, doubts):
                held.clear()
    if batch:
        yield packed()


def _read_files(case: Case, plan: Plan, todo: list[str]) -> Iterator[tuple[str, Reading]]:
    """Plain text here; formats that need native code in a worker that may crash or hang without harm."""
    from rasid.engine import Failure, run_guarded
    from rasid.model.ids import Sha256
    from rasid.read import is_risky, read_original

    archive = Archive(case.root)
    limits = read_limits(case)
    risky: list[str] = []
    for sha in todo:
        content = archive.read(Sha256(sha))
        if is_risky(content, plan.originals[sha]):
            risky.append(sha)
        else:
            yield sha, read_original(content, original=sha, name=plan.originals[sha], limits=limits)
    jobs = ((archive.read(Sha256(sha)), sha, plan.originals[sha], limits) for sha in risky)
    for sha, result in zip(risky, run_guarded(_read_job, jobs, timeout_s=READ_SECONDS), strict=True):
        yield sha, _given_up(sha, plan.originals[sha], result) if isinstance(result, Failure) else result


def _read_job(job: tuple[bytes, str, str, Limits]) -> Reading:
    from rasid.read import read_original

    content, sha, name, limits = job
    return read_original(content, original=sha, name=name, limits=limits)


def _given_up(sha: str, name: str, failure: Failure) -> Reading:
    """The doubt about a file that crashed or blocked its reader."""
    from rasid.read import Reading, Trouble, doubt_row

    if failure.kind == "timed out":
        what, happened = "too slow", f"took longer than {READ_SECONDS:.0f} seconds to read and was given up"
    else:
        what, happened = "reader crashed", "made the program that reads its format crash"
    trouble = Trouble(
        what,
        f"This file {happened}. The rest of the case is not affected.",
        "Open it in the program it was made with and save it anew, as PDF or text; then add that file.",
    )
    return Reading(doubts=[doubt_row(sha, name=name, trouble=trouble)])


def read_limits(case: Case) -> Limits:
    """The limits of rasid.toml as `read` takes them."""
    from rasid.read import Limits

    return Limits(max_bytes=case.settings.limits.max_file_bytes)


def _rows_of_originals(frames: Frames, originals: set[str]) -> Frames:
    import polars as pl

    documents = frames["documents"].filter(pl.col("original").is_in(originals))
    return {
        "documents": documents,
        "passages": frames["passages"].filter(pl.col("document").is_in(documents["id"].implode())),
        "read_doubts": frames["read_doubts"].filter(pl.col("original").is_in(originals)),
    }


# --- 2. extract: documents, passages -> readings --------------------------------------------------------------


def extract(case: Case, plan: Plan, progress: Progress) -> None:
    """The claims of every document, names still as written."""
    from rasid.model.tables import CLAIMS, DOCUMENTS, DOUBTS
    from rasid.store import increment

    stage = increment.LongStage(
        "extract",
        schemas={"readings": CLAIMS, "extract_doubts": DOUBTS},
        sort_by={"readings": ["document", "start", "end", "id"], "extract_doubts": ["id"]},
        keep=_rows_of_documents,
    )
    if increment.is_done(case, stage, plan.extract):
        return
    documents = derived.read_table(case, "documents", DOCUMENTS)
    columns = documents.select("id", "name", "author", "publisher", "text")
    items = {
        row[0]: derived.combine({"made": plan.reader, **{str(n): str(cell) for n, cell in enumerate(row)}})
        for row in columns.iter_rows()
    }
    compute = partial(_read_claims, case, documents, progress)
    increment.run(case, stage, items, inputs=plan.extract, compute=compute)


def _read_claims(
    case: Case, documents: pl.DataFrame, progress: Progress, todo: list[str]
) -> Iterator[tuple[list[str], Frames]]:
    import polars as pl

    from rasid.engine import run_batches
    from rasid.model.tables import PASSAGES

    if not todo:
        return
    passages = derived.read_table(case, "passages", PASSAGES)
    wanted = documents.filter(pl.col("id").is_in(todo))
    batches = [
        (group, passages.filter(pl.col("document").is_in(group["id"].implode())))
        for group in _by_size(wanted, BATCH_CHARS)
    ]
    chars = int(wanted["text"].str.len_chars().sum())
    processes = min(os.cpu_count() or 1, len(batches)) if chars > MANY_CHARS else 1
    job = partial(_read_batch, case.settings.reader, case.settings.pipeline, own_actors(case))
    done = 0
    for (group, _), (claims, doubts) in zip(
        batches, run_batches(job, batches, processes=processes), strict=True
    ):
        done += group.height
        progress("extract", done, wanted.height)
        yield group["id"].to_list(), {"readings": claims, "extract_doubts": doubts}


def _read_batch(
    reader: str, pipeline: str, actors: Path | None, batch: tuple[pl.DataFrame, pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    from rasid.extract.reader import make_reader

    return make_reader(reader, pipeline, actors).read(*batch)


def _by_size(documents: pl.DataFrame, max_chars: int) -> Iterator[pl.DataFrame]:
    """Consecutive groups of documents with about `max_chars` of text, at least one document each."""
    first, chars = 0, 0
    for place, size in enumerate(documents["text"].str.len_chars().to_list()):
        if chars and chars + size > max_chars:
            yield documents.slice(first, place - first)
            first, chars = place, 0
        chars += size
    yield documents.slice(first)


def _rows_of_documents(frames: Frames, documents: set[str]) -> Frames:
    import polars as pl

    of_these = pl.col("document").is_in(documents)
    return {name: frames[name].filter(of_these) for name in ("readings", "extract_doubts")}
