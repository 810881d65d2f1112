"""`rasid suppose`, `rasid drop`, `rasid judge`: hypotheses of a question, and single cells of its matrix.

Each is a line in the log of the person who decides. After each the ranking before and after is printed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_settle import ByOption, CaseOption, LaterOption, open_named
from rasid.errors import WrongUse

if TYPE_CHECKING:
    from rasid.case import Case

Rebuild = Callable[["Case", str | None], object]
QuestionArgument = Annotated[str, typer.Argument(help="The question as it was asked, in quotes.")]


class Cell(StrEnum):
    """What a claim can be to a hypothesis; `rule` gives the cell back to the rule."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NEUTRAL = "neutral"
    RULE = "rule"


def suppose(
    context: typer.Context,
    question: QuestionArgument,
    says: Annotated[str, typer.Argument(help="The hypothesis as one plain sentence.")],
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Put a hypothesis of your own beside those of the question."""
    from rasid.record import person
    from rasid.store import decisions

    held = open_named(case)
    short = decisions.suppose(held, question, says, by=person(by))
    typer.echo(f"Hypothesis {short}: {says}", err=True)
    _show_change(context, held, question, by, later=later)


def drop(
    context: typer.Context,
    question: QuestionArgument,
    hypothesis: Annotated[str, typer.Argument(help="Its short id, as the page and `rasid suppose` give it.")],
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Take back a hypothesis that somebody added. The log keeps it."""
    from rasid.record import person
    from rasid.store import decisions

    held = open_named(case)
    decisions.drop(held, question, hypothesis, by=person(by))
    _show_change(context, held, question, by, later=later)


def judge(
    context: typer.Context,
    question: QuestionArgument,
    claim: Annotated[str, typer.Argument(help="The id of a claim, as the page gives it.")],
    hypothesis: Annotated[str, typer.Argument(help="The short id of a hypothesis, as the page gives it.")],
    cell: Annotated[Cell, typer.Argument(help="What the claim is to the hypothesis.")],
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Set one cell of the matrix; your word stands against the rule, also after a rebuild."""
    from rasid import record
    from rasid.store import decisions

    held = open_named(case)
    plain = decisions.plain_question(question)
    known = set(record.rankings(held).get(plain, {}))
    if known and hypothesis not in known:
        raise WrongUse(f'The question has no hypothesis "{hypothesis}". It has: {", ".join(sorted(known))}.')
    set_to = "" if cell is Cell.RULE else cell.value
    decisions.judge(held, plain, claim=claim, hypothesis=hypothesis, cell=set_to, by=record.person(by))
    _show_change(context, held, question, by, later=later)


def _show_change(context: typer.Context, case: Case, question: str, by: str | None, *, later: bool) -> None:
    """Rebuild, and print what became of the ranking."""
    from rasid import record
    from rasid.store.decisions import plain_question

    rebuild: Rebuild | None = context.obj
    if later or rebuild is None:
        typer.echo("`rasid build` brings the pages up to date.", err=True)
        return
    before = record.rankings(case)
    rebuild(case, by)
    lines = [
        line for asked, line in record.changed_rankings(before, case) if asked == plain_question(question)
    ]
    for line in lines or ["The ranking is as before."]:
        typer.echo(line, err=True)
