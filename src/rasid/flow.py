"""The main flow on one screen: originals + decisions = everything else.

    1. read      originals            -> documents, passages      text with offsets
       data      files of rows        -> datasets, records        cells with their rows (data.py)
    2. extract   documents, passages  -> readings                 claims and their voices
    3. resolve   readings, asked      -> claims, places, questions, incidents   names, times, places settled
    4. weigh     claims, records      -> figures, ranges, voices, stances, conflicts, standing, activity, checks, doubts
       people    lists, answers       -> who is who, how many nobody listed (people.py)
    5. present   all tables           -> site/, search index

Each stage is `tables -> tables` and knows neither the disk nor the others; only this file and its side files load and
save for them: what each is made from is in plan.py, how the long and the short stages load and save in long_stages.py
and short_stages.py. A table is made again when its fingerprint changes: that of what it is made from, the version of
the stage and the data it knows. Of the two long stages only new or changed items are done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasid import __version__, data, people
from rasid.case import Case
from rasid.extract.syntax import pipeline_version
from rasid.long_stages import Progress, extract, read, read_limits
from rasid.model import versions
from rasid.plan import Plan, make_plan
from rasid.short_stages import join_incidents, load_documents, resolve, weigh
from rasid.store import decisions, derived, disk
from rasid.store.archive import Archive

if TYPE_CHECKING:
    import polars as pl

    from rasid.model.tables import Row, Schema
    from rasid.present.parts import SiteParts
    from rasid.present.record import About, SiteTables

__all__ = [
    "Plan",
    "Progress",
    "about",
    "is_built",
    "load_documents",
    "load_site_tables",
    "make_plan",
    "no_progress",
    "present",
    "read_limits",
    "rebuild",
]


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
        data.build(case, plan.data, progress)
        extract(case, plan, progress)
        resolve(case, plan)
        join_incidents(case, plan)
        weigh(case, plan)
        people.build(case, plan.people, progress)
        present(case, plan, progress)
    return True


def is_built(case: Case) -> bool:
    """Is everything there that the originals, decisions and settings of now would give?"""
    if not (case.site / "index.html").is_file() or Archive(case.root).strays():
        return False
    return derived.is_current(case, "pages", make_plan(case).present)


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
    for path, content in render_site(tables, about(case, plan), parts=load_parts(case, plan)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        rows.append({"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)})
        progress("pages", len(rows), max(len(rows), tables.documents.height))
    disk.replace_folder(folder, case.site)
    derived.write_tables(
        case,
        {"pages": (table(sorted(rows, key=lambda r: str(r["path"])), PAGES), PAGES)},
        inputs=plan.present,
    )


def load_site_tables(case: Case) -> SiteTables:
    """All tables that the pages and the JSON are made from."""
    from dataclasses import fields

    from rasid.model import tables as t
    from rasid.present.record import SiteTables

    names = [field.name for field in fields(SiteTables)]
    held = {name: derived.read_table(case, name, getattr(t, name.upper())) for name in names}
    return SiteTables(**held | {"documents": load_documents(case)})


def load_parts(case: Case, plan: Plan) -> SiteParts:
    """What stands beside the claims: incidents, ranges, sources, event data, lists of people."""
    from rasid.model import activity as a
    from rasid.model import incidents as i
    from rasid.model import ranges as r
    from rasid.model import standing as s
    from rasid.present.parts import ActivityTables, IncidentTables, RangeTables, SiteParts, Standings

    def held(name: str, schema: Schema) -> pl.DataFrame:
        return derived.read_table(case, name, schema)

    recorded = data.load_for_site(case, plan.data)
    of_rows = {} if recorded is None else {"records": recorded.records, "datasets": recorded.datasets}
    incidents = IncidentTables(
        incidents=held("incidents", i.INCIDENTS),
        claims=held("incident_claims", i.INCIDENT_CLAIMS),
        pairs=held("incident_pairs", i.INCIDENT_PAIRS),
        sides=held("incident_sides", i.INCIDENT_SIDES),
        ranges=held("incident_ranges", i.INCIDENT_RANGES),
        accused=held("incident_accused", i.INCIDENT_ACCUSED),
        matches=held("incident_records", i.INCIDENT_RECORDS),
        grades=held("incident_grades", s.INCIDENT_GRADES),
        **of_rows,
    )
    ranges = RangeTables(held("ranges", r.RANGES), held("range_parts", r.RANGE_PARTS), held("sums", r.SUMS))
    standings = Standings(
        standing=held("standing", s.STANDING),
        reuse=held("reuse", s.REUSE),
        origins=held("origins", s.ORIGINS),
        credibilities=held("credibilities", s.CREDIBILITIES),
        given_grades=held("given_grades", s.GIVEN_GRADES),
    )
    activity = None
    if recorded is not None:
        activity = ActivityTables(
            datasets=recorded.datasets,
            records=recorded.records,
            coverage=held("coverage", a.COVERAGE),
            activity=held("activity", a.ACTIVITY),
            shifts=held("shifts", a.SHIFTS),
            moves=held("moves", a.MOVES),
            beside=held("beside", a.BESIDE),
        )
    listed = people.load_for_site(case, plan.people)
    return SiteParts(incidents, ranges, standings, recorded, activity, listed)


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
