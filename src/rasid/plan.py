"""What each stage of the flow is made from: fingerprints over originals, decisions, settings and knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasid import data, people
from rasid.case import Case
from rasid.extract.syntax import pipeline_version
from rasid.knowledge import knowledge_version
from rasid.model import versions
from rasid.store import decisions, derived, disk
from rasid.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Plan:
    """Fingerprints of what goes into each stage.

    originals:       SHA-256 -> the name it is read under; lists of people and files of rows are not read as reports
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
    reuse: str
    resolve: str
    incidents: str
    weigh: str
    activity: str
    present: str
    people: people.PeoplePlan
    data: data.DataPlan


def make_plan(case: Case) -> Plan:
    """Look at originals, decisions and settings; opens no table."""
    archive = Archive(case.root)
    settings = case.settings
    decided = decisions.replay(case)
    rows = data.find_files(case, lists=decided.list_files)
    apart = decided.list_files | rows.only_rows
    reports = [sha for sha in archive.originals() if sha not in apart]
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
    dated = {f"{n}": str(each) for n, each in enumerate(decided.dates)}
    reuse = derived.combine({"version": str(versions.WEIGH), "read": read, **dated})
    questions = {question.question: f"{question.by} {question.at}" for question in asked}
    settled = {f"{what} {n}": str(s) for what in decisions.What for n, s in enumerate(decided.settled(what))}
    own = {"own": _own_knowledge(case), "knowledge": knowledge_version()}
    resolve = derived.combine(
        {"version": str(versions.RESOLVE), "extract": extract, **own, **settled, **questions}
    )
    judged = {f"{n}": str(each) for n, each in enumerate((*decided.hypotheses, *decided.cells))}
    records = data.make_plan(case, rows)
    counted = {"figures": settings.figures.model_dump_json()}
    joined = {f"incident {n}": str(each) for n, each in enumerate(decided.incidents)}
    incidents = derived.combine({"resolve": resolve, "records": records.records, **joined})
    counted |= {f"grade {n}": str(each) for n, each in enumerate(decided.grades)}
    weigh = derived.combine({"version": str(versions.WEIGH), "incidents": incidents, **judged, **counted})
    activity = derived.combine({"version": str(versions.WEIGH), "records": records.records})
    lists = people.make_plan(case, decided, claims=resolve)
    made_of = {"version": str(versions.SITE), "weigh": weigh, "title": settings.title}
    if lists.lists:
        made_of |= {"people": lists.estimate, "names": str(settings.people.names)}
    present = derived.combine(made_of)
    plan = (
        reading,
        reader,
        read,
        extract,
        reuse,
        resolve,
        incidents,
        weigh,
        activity,
        present,
        lists,
        records,
    )
    return Plan(originals, tuple(sorted(questions)), decided, *plan)


def _own_knowledge(case: Case) -> str:
    """A fingerprint of the places and actors that a person added to this case."""
    files = [*sorted(case.own_places.glob("*")), case.own_actors]
    return derived.combine({path.name: disk.hash_file(path) for path in files if path.is_file()})


def own_actors(case: Case) -> Path | None:
    """The actors that a person added to this case, if there are any."""
    return case.own_actors if case.own_actors.is_file() else None
