"""The main flow on one screen: originals + decisions = everything else.

    1. read      originals            -> documents, passages      text with offsets
    2. extract   documents, passages  -> readings                 claims and their voices
    3. resolve   readings, asked      -> claims, places, questions   names, times, places settled
    4. weigh     claims, questions    -> figures, voices, stances, conflicts, checks, doubts
       people    lists, answers       -> who is who, how many nobody listed (people.py)
    5. present   all tables           -> site/, search index

Each stage is `tables -> tables` and knows neither the disk nor the others; only this file loads and saves for
them. A table is made again when its fingerprint changes: that of what it is made from, the version of the stage
and the data it knows. Of the two long stages only new or changed items are done again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rasid import __version__, people
from rasid.case import Case
from rasid.extract.syntax import pipeline_version
from rasid.knowledge import knowledge_version
from rasid.model import versions
from rasid.store import decisions, derived, disk
from rasid.store.archive import Archive

if TYPE_CHECKING:  # polars takes a quarter of a second to import; a build with nothing to do never needs it
    import polars as pl

    from rasid.engine import Failure
    from rasid.model.tables import Row, Schema
    from rasid.present.record import About, SiteTables
    from rasid.read import Limits, Reading
    from rasid.store.increment import Frames

Progress = Callable[[str, int, int], None]  # stage, done, total

READ_SECONDS = (
    60.0  # a file that takes longer is given up and becomes a doubt; 2 s was the worst of 4,000 mutants
)
BATCH_CHARS = 300_000  # of text per batch: some seconds of work, saved before the next begins
BATCH_FILES = 200
_RESOLVING = ("actor", "place", "date", "question")  # what `resolve` can be in doubt about
MANY_CHARS = 1_500_000  # from here on a second process repays the second it takes to start


def no_progress(stage: str, done: int, total: int) -> None:
    """Says nothing."""


def rebuild(case: Case, *, by: str, progress: Progress = no_progress) -> bool:
    """Bring the derived tables and the site up to date. May be killed at any moment and run again.

    by:      who is named in the manifest for originals that lie there without a line
    returns: whether there was anything to do
    raises:  IntegrityError if an original or a log was changed; CaseBusy if another rasid is at work
    """
    if is_built(case):
        return False
    with case.locked():
        disk.sweep(case)
        Archive(case.root).adopt_strays(by=by)
        plan = make_plan(case)
        read(case, plan, progress)
        extract(case, plan, progress)
        resolve(case, plan)
        weigh(case, plan)
        people.build(case, plan.people, progress)
        present(case, plan, progress)
    return True


# --- the plan: what each stage is made from -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """Fingerprints of what goes into each stage.

    originals:       SHA-256 -> the name it is read under; lists of people are not read as reports
    asked:           the questions that stand
    decided:         all that people settled, read once so that no later decision slips in between
    reading, reader: how one original, one document is read: the part that is the same for all
    """

    originals: Mapping[str, str]
    asked: tuple[str, ...]
    decided: decisions.Decided
    reading: str
    reader: str
    read: str
    extract: str
    resolve: str
    weigh: str
    present: str
    people: people.PeoplePlan


def make_plan(case: Case) -> Plan:
    """Look at originals, decisions and settings; opens no table."""
    archive = Archive(case.root)
    settings = case.settings
    decided = decisions.replay(case)
    reports = [sha for sha in archive.originals() if sha not in decided.list_files]
    originals: dict[str, str] = {sha: archive.names(sha)[0] for sha in reports}
    asked = decided.questions
    limits = settings.limits.model_dump_json()
    reading = derived.combine({"version": str(versions.READ), "limits": limits})
    reader = derived.combine(
        {
            "version": str(versions.EXTRACT),
            "reading": reading,
            "reader": settings.reader,
            "pipeline": pipeline_version(settings.pipeline),
            "knowledge": knowledge_version(),
            "actors": disk.hash_file(case.own_actors) if case.own_actors.is_file() else "",
        }
    )
    read = derived.combine({"reading": reading, **originals})
    extract = derived.combine({"reader": reader, "read": read})
    questions = {question.question: f"{question.by} {question.at}" for question in asked}
    settled = {f"{what} {n}": str(s) for what in decisions.What for n, s in enumerate(decided.settled(what))}
    own = {"own": _own_knowledge(case), "knowledge": knowledge_version()}
    resolve = derived.combine(
        {"version": str(versions.RESOLVE), "extract": extract, **own, **settled, **questions}
    )
    judged = {f"{n}": str(each) for n, each in enumerate((*decided.hypotheses, *decided.cells))}
    weigh = derived.combine({"version": str(versions.WEIGH), "resolve": resolve, **judged})
    lists = people.make_plan(case, decided)
    made_of = {"version": str(versions.SITE), "weigh": weigh, "title": settings.title}
    if lists.lists:
        made_of |= {"people": lists.estimate, "names": str(settings.people.names)}
    present = derived.combine(made_of)
    plan = (reading, reader, read, extract, resolve, weigh, present, lists)
    return Plan(originals, tuple(sorted(questions)), decided, *plan)


def _own_knowledge(case: Case) -> str:
    """A fingerprint of the places and actors that a person added to this case."""
    files = [*sorted(case.own_places.glob("*")), case.own_actors]
    return derived.combine({path.name: disk.hash_file(path) for path in files if path.is_file()})


def is_built(case: Case) -> bool:
    """Is everything there that the originals, decisions and settings of now would give?"""
    if not (case.site / "index.html").is_file() or Archive(case.root).strays():
        return False
    return derived.is_current(case, "pages", make_plan(case).present)


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
    job = partial(_read_batch, case.settings.reader, case.settings.pipeline, _own_actors(case))
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


# --- 3. resolve: readings, asked -> claims, questions ---------------------------------------------------------


def resolve(case: Case, plan: Plan) -> None:
    """Names settled over the whole case; the questions understood."""
    from rasid.extract.questions import read_questions
    from rasid.knowledge.gazetteer import load_gazetteer
    from rasid.model import tables as t
    from rasid.resolve.dates import date_documents, date_doubts, read_dates
    from rasid.resolve.names import name_actors, resolve_questions
    from rasid.resolve.places import resolve_places, settled_names
    from rasid.resolve.times import resolve_times

    made = ("claims", "actors", "places", "dates", "questions", *(f"{name}_doubts" for name in _RESOLVING))
    if _are_current(case, made, plan.resolve):
        return
    decided = plan.decided
    own_actors = _own_actors(case)
    dates = read_dates(derived.read_table(case, "documents", t.DOCUMENTS), decided.dates)
    documents = date_documents(derived.read_table(case, "documents", t.DOCUMENTS), dates)
    readings = derived.read_table(case, "readings", t.CLAIMS)
    named = name_actors(readings, documents, actors_file=own_actors, settled=decided.actors)
    claims = resolve_times(named.claims, documents)
    gazetteer = load_gazetteer(added=(case.own_places,))
    claims, places, place_doubts = resolve_places(
        claims, documents, settled=decided.places, gazetteer=gazetteer
    )
    questions, question_doubts = read_questions(plan.asked, pipeline=case.settings.pipeline)
    questions = resolve_questions(
        questions,
        actors_file=own_actors,
        settled=decided.actors,
        place_names=settled_names(decided.places, gazetteer),
    )
    _write(case, "claims", claims, t.CLAIMS, plan.resolve)
    _write(case, "actors", named.actors, t.ACTORS, plan.resolve)
    _write(case, "places", places, t.PLACES, plan.resolve)
    _write(case, "dates", dates, t.DATES, plan.resolve)
    _write(case, "questions", questions, t.QUESTIONS, plan.resolve)
    _write(case, "actor_doubts", named.doubts, t.DOUBTS, plan.resolve)
    _write(case, "place_doubts", place_doubts, t.DOUBTS, plan.resolve)
    _write(case, "date_doubts", date_doubts(documents, claims, decided.dates), t.DOUBTS, plan.resolve)
    _write(case, "question_doubts", question_doubts, t.DOUBTS, plan.resolve)


def load_documents(case: Case) -> pl.DataFrame:
    """The documents with the dates that count: tables.DOCUMENTS. Only after `resolve`."""
    from rasid.model.tables import DATES, DOCUMENTS
    from rasid.resolve.dates import date_documents

    documents = derived.read_table(case, "documents", DOCUMENTS)
    return date_documents(documents, derived.read_table(case, "dates", DATES))


def _own_actors(case: Case) -> Path | None:
    return case.own_actors if case.own_actors.is_file() else None


# --- 4. weigh: claims, questions -> figures, voices, stances, conflicts, checks, doubts -----------------------


def weigh(case: Case, plan: Plan) -> None:
    """What follows from the claims: figures, voices, stances to the questions, conflicts."""
    import polars as pl

    from rasid.model import tables as t
    from rasid.weigh.checks import check_documents
    from rasid.weigh.figures import list_figures
    from rasid.weigh.hypotheses import weigh_hypotheses
    from rasid.weigh.questions import answer_questions
    from rasid.weigh.voices import list_voices

    made = ("figures", "voices", "stances", "conflicts", "hypotheses", "matrix", "checks", "doubts")
    if _are_current(case, made, plan.weigh):
        return
    own_actors = _own_actors(case)
    claims = derived.read_table(case, "claims", t.CLAIMS)
    documents = load_documents(case)
    places = derived.read_table(case, "places", t.PLACES)
    questions = derived.read_table(case, "questions", t.QUESTIONS)
    stances, conflicts = answer_questions(questions, claims, documents, places=places, actors_file=own_actors)
    hypotheses, matrix = weigh_hypotheses(
        questions,
        claims,
        documents,
        places=places,
        propositions=_propositions(case, plan.decided),
        given=plan.decided.hypotheses,
        cells=plan.decided.cells,
        actors_file=own_actors,
    )
    _write(case, "figures", list_figures(claims), t.FIGURES, plan.weigh)
    _write(case, "voices", list_voices(claims), t.VOICES, plan.weigh)
    _write(case, "stances", stances, t.STANCES, plan.weigh)
    _write(case, "conflicts", conflicts, t.CONFLICTS, plan.weigh)
    _write(case, "hypotheses", hypotheses, t.HYPOTHESES, plan.weigh)
    _write(case, "matrix", matrix, t.MATRIX, plan.weigh)
    passages = derived.read_table(case, "passages", t.PASSAGES)
    _write(case, "checks", check_documents(documents, passages, claims), t.CHECKS, plan.weigh)
    held = [
        derived.read_table(case, f"{stage}_doubts", t.DOUBTS) for stage in ("read", "extract", *_RESOLVING)
    ]
    doubts = pl.concat(held).sort(["stage", "document", "id"], nulls_last=True)
    _write(case, "doubts", doubts, t.DOUBTS, plan.weigh)


def _propositions(case: Case, decided: decisions.Decided) -> dict[str, Row]:
    """The sentences of the hypotheses that people added, understood as questions are."""
    from rasid.extract.questions import read_questions
    from rasid.model.tables import as_rows
    from rasid.resolve.names import resolve_questions

    sentences = sorted({each.says for each in decided.hypotheses})
    read, _ = read_questions(sentences, pipeline=case.settings.pipeline)
    named = resolve_questions(read, actors_file=_own_actors(case), settled=decided.actors)
    return {str(row["question"]): row for row in as_rows(named) if row["type"] is not None}


# --- 5. present: all tables -> site/, search index ------------------------------------------------------------


def present(case: Case, plan: Plan, progress: Progress) -> None:
    """Write the site aside, put it in place, then note which pages it has."""
    import hashlib

    from rasid.model.tables import PAGES, table
    from rasid.present.site import render_site
    from rasid.store.search import write_index

    if derived.is_current(case, "pages", plan.present):
        return
    tables = load_site_tables(case)
    write_index(case, tables.documents, tables.passages, claims=tables.claims, inputs=plan.weigh)
    folder = disk.folder_aside(case.site)
    rows: list[Row] = []
    for path, content in render_site(
        tables, about(case, plan), people=people.load_for_site(case, plan.people)
    ):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        rows.append({"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)})
        progress("pages", len(rows), max(len(rows), tables.documents.height))
    disk.replace_folder(folder, case.site)
    _write(case, "pages", table(sorted(rows, key=lambda r: str(r["path"])), PAGES), PAGES, plan.present)


def load_site_tables(case: Case) -> SiteTables:
    """All tables that the pages and the JSON are made from."""
    from dataclasses import fields

    from rasid.model import tables as t
    from rasid.present.record import SiteTables

    names = [field.name for field in fields(SiteTables)]
    held = {name: derived.read_table(case, name, getattr(t, name.upper())) for name in names}
    return SiteTables(**held | {"documents": load_documents(case)})


def about(case: Case, plan: Plan) -> About:
    """How the record was made, for the page that says so."""
    from rasid.model.tables import CONTRACT_VERSION
    from rasid.present.record import About, DecisionNote, OriginalNote

    archive = Archive(case.root)
    sizes = {entry.sha256: entry.size for entry in archive.entries()}
    tables = (
        "documents",
        "passages",
        "claims",
        "figures",
        "voices",
        "questions",
        "stances",
        "conflicts",
        "checks",
        "doubts",
    )
    marks = [mark for name in tables if (mark := derived.fingerprint(case, name)) is not None]
    return About(
        title=case.settings.title,
        rasid_version=__version__,
        contract_version=CONTRACT_VERSION,
        reader=case.settings.reader,
        pipeline=pipeline_version(case.settings.pipeline),
        stages=versions.STAGES,
        originals=tuple(
            OriginalNote(sha, tuple(archive.names(sha)), sizes[sha]) for sha in archive.originals()
        ),
        decisions=tuple(DecisionNote(d.by, d.at, d.kind.value, d.in_words()) for d in _told_decisions(case)),
        fingerprints=tuple((mark.table, mark.sha256) for mark in marks),
    )


def _told_decisions(case: Case) -> list[decisions.Decision]:
    """All but the answers about rows of lists, which are hundreds and are counted on the page of the estimate."""
    return [d for d in decisions.read_decisions(case) if d.kind is not decisions.DecisionKind.PAIR]


def _are_current(case: Case, names: Sequence[str], inputs: str) -> bool:
    return all(derived.is_current(case, name, inputs) for name in names)


def _write(case: Case, name: str, frame: pl.DataFrame, schema: Schema, inputs: str) -> None:
    from rasid.model.tables import check

    derived.write_table(case, name, check(frame, schema, where=name), inputs=inputs)
