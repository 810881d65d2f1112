"""`rasid grade voice`, `rasid grade claim`, `rasid grade incident`: set a grade, or give it back to the rule.

Each is a line in the log of the person who grades. It stands against every proposal and outlives every rebuild; what
the rule proposes stays beside it on the page.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_settle import ByOption, CaseOption, LaterOption, open_named
from rasid.errors import WrongUse

if TYPE_CHECKING:
    from rasid.case import Case
    from rasid.model.graded import Graded
    from rasid.model.tables import Schema

grade_app = typer.Typer(
    name="grade",
    help="Grade a voice (A to F), a claim (1 to 6) or an incident. Your grade beats the proposed one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Rebuild = Callable[["Case", str | None], object]
RULE = "rule"
BecauseOption = Annotated[str, typer.Option("--because", help="Why, in a sentence. It stands on the page.")]
_SIMILAR = 3


@grade_app.command("voice")
def grade_voice(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The voice, as the page of the sources names it.")],
    grade: Annotated[
        str, typer.Argument(help="A completely reliable … E unreliable, F cannot be judged; or rule.")
    ],
    because: BecauseOption = "",
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Grade how reliable a voice is."""
    from rasid.model.graded import Graded

    held = open_named(case)
    _set(held, Graded.VOICE, _voice(held, name), grade=grade.upper(), because=because, by=by)
    _rebuild(context, held, by, later=later)


@grade_app.command("claim")
def grade_claim(
    context: typer.Context,
    claim: Annotated[str, typer.Argument(help="The id of a claim, as the page gives it.")],
    grade: Annotated[
        str, typer.Argument(help="1 confirmed independently … 5 improbable, 6 cannot be judged; or rule.")
    ],
    because: BecauseOption = "",
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Grade how credible a claim is, apart from who says it."""
    from rasid.model.graded import Graded
    from rasid.model.tables import CLAIMS

    held = open_named(case)
    _must_be_known(held, Graded.CLAIM, "claims", schema=CLAIMS, wanted=claim)
    _set(held, Graded.CLAIM, claim, grade=grade, because=because, by=by)
    _rebuild(context, held, by, later=later)


@grade_app.command("incident")
def grade_incident(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(help="The id of an incident, or of a claim that tells it.")],
    grade: Annotated[
        str,
        typer.Argument(help="confirmed, fair, weak, contested or discounted, as Airwars uses them; or rule."),
    ],
    because: BecauseOption = "",
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Grade an incident."""
    from rasid.model.graded import Graded
    from rasid.model.incidents import INCIDENT_CLAIMS

    held = open_named(case)
    _must_be_known(held, Graded.INCIDENT, "incident_claims", schema=INCIDENT_CLAIMS, wanted=incident)
    _set(held, Graded.INCIDENT, incident, grade=grade.lower(), because=because, by=by)
    _rebuild(context, held, by, later=later)


def _set(case: Case, what: Graded, about: str, *, grade: str, because: str, by: str | None) -> None:
    from rasid.record import person
    from rasid.store import grade_decisions

    means = "" if grade.lower() == RULE else grade
    new = grade_decisions.grade(case, what, about, means=means, because=because, by=person(by))
    said = f"is graded {means}" if means else "is graded by the rule again"
    typer.echo(f'The {what} "{about}" {said}{"" if new else ", as before"}.', err=True)


def _voice(case: Case, name: str) -> str:
    """The name as the case has it.

    raises: WrongUse if the case was built and has no such voice; nobody then grades a voice by a slip of the pen
    """
    from rasid.knowledge.actors import name_key
    from rasid.model.tables import VOICES
    from rasid.store import derived
    from rasid.store.decisions import replay

    if derived.fingerprint(case, "voices") is None:
        return name
    names: dict[str, str] = {
        name_key(held): held for held in derived.read_table(case, "voices", VOICES)["name"]
    }
    names |= {name_key(held.about): held.about for held in replay(case).grades if held.what.value == "voice"}
    if (found := names.get(name_key(name))) is not None:
        return found
    near = difflib.get_close_matches(name_key(name), names, n=_SIMILAR, cutoff=0.5)
    like = f" Names like it: {', '.join(names[key] for key in near)}." if near else ""
    raise WrongUse(f'The case has no voice "{name}".{like}')


def _must_be_known(case: Case, what: Graded, table: str, *, schema: Schema, wanted: str) -> None:
    """raises: WrongUse if the table was built and this id is nowhere in it, nor graded before"""
    from rasid.store import derived
    from rasid.store.decisions import replay

    if derived.fingerprint(case, table) is None or wanted in {held.about for held in replay(case).grades}:
        return
    frame = derived.read_table(case, table, schema)
    columns = [column for column in ("id", "claim", "incident") if column in frame.columns]
    if not any((frame[column] == wanted).any() for column in columns):
        raise WrongUse(f'The case has no {what} "{wanted}". Its page gives the id.')


def _rebuild(context: typer.Context, case: Case, by: str | None, *, later: bool) -> None:
    """Rebuild, and print the rankings of hypotheses that the grade changed."""
    from rasid import record

    rebuild: Rebuild | None = context.obj
    if later or rebuild is None:
        typer.echo("`rasid build` brings the pages up to date.", err=True)
        return
    before = record.rankings(case)
    rebuild(case, by)
    asked = ""
    for question, line in record.changed_rankings(before, case):
        if question != asked:
            typer.echo(f"The ranking changed: {question}", err=True)
        asked = question
        typer.echo(line, err=True)
