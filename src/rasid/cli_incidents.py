"""`rasid incident`: list the incidents, and say that two are one or that one is two.

A decision is about two claims, not about incidents, whose make-up changes with each new report. It is a line in the
log of the person who makes it; it beats every score and outlives every rebuild.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_settle import ByOption, CaseOption, LaterOption, open_named
from rasid.errors import WrongUse

if TYPE_CHECKING:
    from rasid.case import Case
    from rasid.model.tables import Row

incident_app = typer.Typer(
    name="incident",
    help="Incidents: list them; say that two are one, or that one is two.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

OneArgument = Annotated[str, typer.Argument(help="An incident (i…) or a claim (c…), as the pages name them.")]
OtherArgument = Annotated[str, typer.Argument(help="The other one.")]


@incident_app.command("list")
def list_incidents(
    case: CaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines on standard output.")] = False,
) -> None:
    """List the incidents, oldest first, the undated last."""
    for row in _incidents(open_named(case)).values():
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else f"{row['id']}  {_in_words(row)}")


@incident_app.command("same")
def say_same(
    context: typer.Context,
    one: OneArgument,
    other: OtherArgument,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Say that two incidents, or the incidents of two claims, are one."""
    _judge(context, (one, other), "same", case=case, by=by, later=later)


@incident_app.command("different")
def say_different(
    context: typer.Context,
    one: OneArgument,
    other: OtherArgument,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Say that two incidents are two, or split one: name a claim of each of its parts."""
    _judge(context, (one, other), "different", case=case, by=by, later=later)


@incident_app.command("forget")
def forget(
    context: typer.Context,
    one: OneArgument,
    other: OtherArgument,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Take an answer back. The log keeps that it was given."""
    _judge(context, (one, other), "", case=case, by=by, later=later)


def _judge(
    context: typer.Context,
    two: tuple[str, str],
    means: str,
    *,
    case: Path | None,
    by: str | None,
    later: bool,
) -> None:
    from rasid.record import person
    from rasid.store.incident_decisions import judge_incidents

    held = open_named(case)
    if means:
        incidents = _incidents(held)
        left, right = (_claim_of(held, name, incidents) for name in two)
        shown = " / ".join(_in_words(incidents[i]) for i in dict.fromkeys((left[1], right[1])))
        claims = left[0], right[0]
    else:
        shown, claims = "", (_bare_claim(held, two[0]), _bare_claim(held, two[1]))
    new = judge_incidents(held, *claims, means=means, shown=shown, by=person(by))
    said = {"same": "are one incident", "different": "are two incidents"}.get(
        means, "are not judged any more"
    )
    told = f"{claims[0]} and {claims[1]} {said}{'' if new else ': that stood already'}."
    undo = f" `rasid incident forget {claims[0]} {claims[1]}` takes it back." if means else ""
    typer.echo(f"{f'{shown}: ' if shown else ''}{told}{undo}", err=True)
    rebuild = context.obj
    if later or rebuild is None:
        typer.echo("`rasid build` brings the pages up to date.", err=True)
    else:
        rebuild(held, by)


def _incidents(case: Case) -> Mapping[str, Row]:
    from rasid.model.incidents import INCIDENTS
    from rasid.store import derived

    return {str(row["id"]): row for row in derived.read_table(case, "incidents", INCIDENTS).to_dicts()}


def _claim_of(case: Case, name: str, incidents: Mapping[str, Row]) -> tuple[str, str]:
    """The claim that stands for what was named, and its incident."""
    from rasid.model.ids import content_id
    from rasid.model.incidents import INCIDENT_CLAIMS, TELLS
    from rasid.store import derived

    held = derived.read_table(case, "incident_claims", INCIDENT_CLAIMS)
    told = [(c, i) for i, c, part in held.select("incident", "claim", "part").iter_rows() if part == TELLS]
    for claim, incident in told:
        if name in (claim, incident) and (name == claim or content_id("i", claim) == incident):
            return claim, incident
    what = "claim that tells of an incident" if name.startswith("c") else "incident"
    raise WrongUse(f'This case has no {what} "{name}". `rasid incident list` lists the incidents.')


def _bare_claim(case: Case, name: str) -> str:
    """To take an answer back, a claim may be gone: any id of a claim will do, or of an incident that was judged."""
    from rasid.model.ids import content_id
    from rasid.store.decisions import replay

    if name.startswith("c"):
        return name
    judged = [claim for each in replay(case).incidents for claim in (each.left, each.right)]
    found = next((claim for claim in judged if content_id("i", claim) == name), None)
    return found or _claim_of(case, name, _incidents(case))[0]


def _in_words(row: Row) -> str:
    """ "air strike in Dovrek, 2024-03-05"."""
    from rasid.resolve.incidents.rows import title

    return title(row)
