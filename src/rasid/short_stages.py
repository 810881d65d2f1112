"""The two short stages: resolve and weigh. Each is done again as a whole.

3. resolve   readings, asked      -> claims, places, questions
4. weigh     claims, questions    -> figures, voices, stances, conflicts, checks, doubts
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.plan import Plan, own_actors
from rasid.store import decisions, derived

if TYPE_CHECKING:
    import polars as pl

    from rasid.model.tables import Row

_RESOLVING = ("actor", "place", "date", "question")  # what `resolve` can be in doubt about


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
    if derived.are_current(case, made, plan.resolve):
        return
    decided = plan.decided
    actors = own_actors(case)
    dates = read_dates(derived.read_table(case, "documents", t.DOCUMENTS), decided.dates)
    documents = date_documents(derived.read_table(case, "documents", t.DOCUMENTS), dates)
    readings = derived.read_table(case, "readings", t.CLAIMS)
    named = name_actors(readings, documents, actors_file=actors, settled=decided.actors)
    claims = resolve_times(named.claims, documents)
    gazetteer = load_gazetteer(added=(case.own_places,))
    claims, places, place_doubts = resolve_places(
        claims, documents, settled=decided.places, gazetteer=gazetteer
    )
    questions, question_doubts = read_questions(plan.asked, pipeline=case.settings.pipeline)
    questions = resolve_questions(
        questions,
        actors_file=actors,
        settled=decided.actors,
        place_names=settled_names(decided.places, gazetteer),
    )
    derived.write_tables(
        case,
        {
            "claims": (claims, t.CLAIMS),
            "actors": (named.actors, t.ACTORS),
            "places": (places, t.PLACES),
            "dates": (dates, t.DATES),
            "questions": (questions, t.QUESTIONS),
            "actor_doubts": (named.doubts, t.DOUBTS),
            "place_doubts": (place_doubts, t.DOUBTS),
            "date_doubts": (date_doubts(documents, claims, decided.dates), t.DOUBTS),
            "question_doubts": (question_doubts, t.DOUBTS),
        },
        inputs=plan.resolve,
    )


def join_incidents(case: Case, plan: Plan) -> None:
    """Which claims of all reports speak of the same happening."""
    from rasid.model import incidents as i
    from rasid.model import tables as t
    from rasid.resolve.incidents import find_incidents

    made = ("incidents", "incident_claims", "incident_pairs", "incident_records", "incident_doubts")
    if derived.are_current(case, made, plan.incidents):
        return
    found = find_incidents(
        derived.read_table(case, "claims", t.CLAIMS),
        load_documents(case),
        places=derived.read_table(case, "places", t.PLACES),
        decided=plan.decided.incidents,
        records=load_records(case, plan),
    )
    derived.write_tables(
        case,
        {
            "incidents": (found.incidents, i.INCIDENTS),
            "incident_claims": (found.claims, i.INCIDENT_CLAIMS),
            "incident_pairs": (found.pairs, i.INCIDENT_PAIRS),
            "incident_records": (found.records, i.INCIDENT_RECORDS),
            "incident_doubts": (found.doubts, t.DOUBTS),
        },
        inputs=plan.incidents,
    )


def load_records(case: Case, plan: Plan) -> pl.DataFrame | None:
    """The rows of event data: recorded.RECORDS; None for a case without any."""
    from rasid.model.recorded import RECORDS

    return derived.read_table(case, "records", RECORDS) if plan.data.files else None


def _load_telling(case: Case) -> dict[str, str]:
    """Claim -> the incident that it tells of. Only after `join_incidents`."""
    import polars as pl

    from rasid.model.incidents import INCIDENT_CLAIMS, TELLS

    held = derived.read_table(case, "incident_claims", INCIDENT_CLAIMS)
    return dict(held.filter(pl.col("part") == TELLS).select("claim", "incident").iter_rows())


def load_documents(case: Case) -> pl.DataFrame:
    """The documents with the dates that count: tables.DOCUMENTS. Only after `resolve`."""
    from rasid.model.tables import DATES, DOCUMENTS
    from rasid.resolve.dates import date_documents

    documents = derived.read_table(case, "documents", DOCUMENTS)
    return date_documents(documents, derived.read_table(case, "dates", DATES))


# --- 4. weigh: claims, questions -> figures, voices, stances, conflicts, ranges, standing, checks, doubts ------


def weigh(case: Case, plan: Plan) -> None:
    """What follows from the claims and records; one step a kind, so that each loads only what it needs."""
    _weigh_questions(case, plan)
    _weigh_numbers(case, plan)
    _weigh_incidents(case, plan)
    _weigh_sources(case, plan)
    _weigh_data(case, plan)
    _gather_doubts(case, plan)


def _weigh_questions(case: Case, plan: Plan) -> None:
    """Voices, their stances to the questions, conflicts, rival hypotheses."""
    from rasid.model import tables as t
    from rasid.weigh.hypotheses import weigh_hypotheses
    from rasid.weigh.questions import answer_questions
    from rasid.weigh.voices import list_voices

    if derived.are_current(case, ("voices", "stances", "conflicts", "hypotheses", "matrix"), plan.weigh):
        return
    actors = own_actors(case)
    claims = derived.read_table(case, "claims", t.CLAIMS)
    documents = load_documents(case)
    places = derived.read_table(case, "places", t.PLACES)
    questions = derived.read_table(case, "questions", t.QUESTIONS)
    stances, conflicts = answer_questions(questions, claims, documents, places=places, actors_file=actors)
    hypotheses, matrix = weigh_hypotheses(
        questions,
        claims,
        documents,
        places=places,
        propositions=_propositions(case, plan.decided),
        given=plan.decided.hypotheses,
        cells=plan.decided.cells,
        grades=plan.decided.grades,
        actors_file=actors,
    )
    derived.write_tables(
        case,
        {
            "voices": (list_voices(claims), t.VOICES),
            "stances": (stances, t.STANCES),
            "conflicts": (conflicts, t.CONFLICTS),
            "hypotheses": (hypotheses, t.HYPOTHESES),
            "matrix": (matrix, t.MATRIX),
        },
        inputs=plan.weigh,
    )


def _weigh_numbers(case: Case, plan: Plan) -> None:
    """Every number, ranges under the rule of the case, and checks of each document's own numbers."""
    from rasid.model import ranges as r
    from rasid.model import tables as t
    from rasid.weigh.checks import check_documents
    from rasid.weigh.figures import list_figures
    from rasid.weigh.ranges import weigh_ranges

    if derived.are_current(case, ("figures", "ranges", "range_parts", "sums", "checks"), plan.weigh):
        return
    claims = derived.read_table(case, "claims", t.CLAIMS)
    documents, passages = load_documents(case), derived.read_table(case, "passages", t.PASSAGES)
    settings = case.settings.figures
    ranged = weigh_ranges(
        claims,
        documents,
        places=derived.read_table(case, "places", t.PLACES),
        passages=passages,
        rule=r.RangeRule(r.Rule(settings.rule), tuple(settings.ranking)),
        records=load_records(case, plan),
        incidents=_load_telling(case),
    )
    derived.write_tables(
        case,
        {
            "figures": (list_figures(claims), t.FIGURES),
            "ranges": (ranged.ranges, r.RANGES),
            "range_parts": (ranged.parts, r.RANGE_PARTS),
            "sums": (ranged.sums, r.SUMS),
            "checks": (check_documents(documents, passages, claims), t.CHECKS),
        },
        inputs=plan.weigh,
    )


def _weigh_incidents(case: Case, plan: Plan) -> None:
    """Per incident: what differs side by side, the span of each number, who is accused by whom."""
    from rasid.model import incidents as i
    from rasid.model import tables as t
    from rasid.weigh.incidents import weigh_incidents

    if derived.are_current(case, ("incident_sides", "incident_ranges", "incident_accused"), plan.weigh):
        return
    weighed = weigh_incidents(
        derived.read_table(case, "incident_claims", i.INCIDENT_CLAIMS),
        derived.read_table(case, "claims", t.CLAIMS),
    )
    derived.write_tables(
        case,
        {
            "incident_sides": (weighed.sides, i.INCIDENT_SIDES),
            "incident_ranges": (weighed.ranges, i.INCIDENT_RANGES),
            "incident_accused": (weighed.accused, i.INCIDENT_ACCUSED),
        },
        inputs=plan.weigh,
    )


def _weigh_sources(case: Case, plan: Plan) -> None:
    """Who repeats whom, what kind of source each voice is, and the grades, proposed and given."""
    from rasid.model import incidents as i
    from rasid.model import standing as s
    from rasid.model import tables as t
    from rasid.weigh.standing import find_reuse, grade_incidents, weigh_standing

    documents = load_documents(case)
    passages = derived.read_table(case, "passages", t.PASSAGES)
    if not derived.is_current(case, "reuse", plan.reuse):
        derived.write_tables(case, {"reuse": (find_reuse(documents, passages), s.REUSE)}, inputs=plan.reuse)
    made = ("origins", "standing", "credibilities", "given_grades", "incident_grades")
    if derived.are_current(case, made, plan.weigh):
        return
    claims = derived.read_table(case, "claims", t.CLAIMS)
    of_incidents = derived.read_table(case, "incident_claims", i.INCIDENT_CLAIMS)
    grades = plan.decided.grades
    held = weigh_standing(
        documents,
        passages,
        claims,
        reuse=derived.read_table(case, "reuse", s.REUSE),
        grades=grades,
        incidents=_load_telling(case),
        actors_file=own_actors(case),
    )
    graded = grade_incidents(of_incidents, claims, origins=held.origins, standing=held.standing, given=grades)
    derived.write_tables(
        case,
        {
            "origins": (held.origins, s.ORIGINS),
            "standing": (held.standing, s.STANDING),
            "credibilities": (held.credibilities, s.CREDIBILITIES),
            "given_grades": (held.given_grades, s.GIVEN_GRADES),
            "incident_grades": (graded, s.INCIDENT_GRADES),
        },
        inputs=plan.weigh,
    )


def _weigh_data(case: Case, plan: Plan) -> None:
    """What event data says of each group over time, and which of it stands beside a question."""
    from rasid.model import activity as a
    from rasid.model import tables as t
    from rasid.model.recorded import DATASETS
    from rasid.weigh.activity import activity_for_questions, weigh_activity

    if not plan.data.files:
        return
    if not derived.are_current(case, ("coverage", "activity", "shifts", "moves"), plan.activity):
        datasets = derived.read_table(case, "datasets", DATASETS)
        counted = weigh_activity(datasets, derived.read_columns(case, "records", a.ACTIVITY_READS))
        derived.write_tables(
            case,
            {
                "coverage": (counted.coverage, a.COVERAGE),
                "activity": (counted.activity, a.ACTIVITY),
                "shifts": (counted.shifts, a.SHIFTS),
                "moves": (counted.moves, a.MOVES),
            },
            inputs=plan.activity,
        )
    if not derived.is_current(case, "beside", plan.weigh):
        beside = activity_for_questions(
            derived.read_table(case, "questions", t.QUESTIONS),
            derived.read_table(case, "activity", a.ACTIVITY),
            actors_file=own_actors(case),
        )
        derived.write_tables(case, {"beside": (beside, a.BESIDE)}, inputs=plan.weigh)


def _gather_doubts(case: Case, plan: Plan) -> None:
    """The doubts of all stages in one table."""
    import polars as pl

    from rasid.model import tables as t

    if derived.is_current(case, "doubts", plan.weigh):
        return
    doubting = ["read", "extract", *_RESOLVING, "incident", *(["data"] if plan.data.files else [])]
    held = [derived.read_table(case, f"{stage}_doubts", t.DOUBTS) for stage in doubting]
    doubts = pl.concat(held).sort(["stage", "document", "id"], nulls_last=True)
    derived.write_tables(case, {"doubts": (doubts, t.DOUBTS)}, inputs=plan.weigh)


def _propositions(case: Case, decided: decisions.Decided) -> dict[str, Row]:
    """The sentences of the hypotheses that people added, understood as questions are."""
    from rasid.extract.questions import read_questions
    from rasid.model.tables import as_rows
    from rasid.resolve.names import resolve_questions

    sentences = sorted({each.says for each in decided.hypotheses})
    read, _ = read_questions(sentences, pipeline=case.settings.pipeline)
    named = resolve_questions(read, actors_file=own_actors(case), settled=decided.actors)
    return {str(row["question"]): row for row in as_rows(named) if row["type"] is not None}
