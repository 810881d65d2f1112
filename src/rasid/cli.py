"""The command line: each command a few lines over `flow` and `store`.

Tables go to standard output, everything else to standard error. Exit codes: 0 done, 1 doubts under --strict,
2 wrong use, 3 the record's integrity is broken.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid import __version__
from rasid.cli_gazetteer import app as gazetteer_app
from rasid.cli_grades import grade_app
from rasid.cli_hypotheses import drop, judge, suppose
from rasid.cli_incidents import incident_app
from rasid.cli_map import map_table
from rasid.cli_people import people_app
from rasid.cli_settle import reopen_app, settle_app
from rasid.cli_stance import stance
from rasid.errors import RasidError, WrongUse

if TYPE_CHECKING:
    from rasid.case import Case
    from rasid.record import Summary

app = typer.Typer(
    name="rasid",
    help="Turns reports on an armed conflict into a record that can be defended: who claims what, in which words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(gazetteer_app)
app.add_typer(settle_app)
app.add_typer(reopen_app)
app.add_typer(people_app)
app.add_typer(incident_app)
app.add_typer(grade_app)

DEFAULT_CASE = Path("rasid-case")

CaseOption = Annotated[
    Path | None,
    typer.Option("--case", help="Folder of the case. Default: the case you are in, else ./rasid-case."),
]
ByOption = Annotated[
    str | None, typer.Option("--by", help="Who does it, for the log. Default: your user name.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON lines on standard output, for programs.")]
PathsArgument = Annotated[list[Path], typer.Argument(help="Files and folders (read with all sub-folders).")]


class Shown(StrEnum):
    """What `rasid show` can show."""

    DOCUMENTS = "documents"
    CLAIMS = "claims"
    VOICES = "voices"
    FIGURES = "figures"
    QUESTIONS = "questions"
    CONTRADICTIONS = "contradictions"
    CHECKS = "checks"
    RANGES = "ranges"
    INCIDENTS = "incidents"
    SOURCES = "sources"
    REUSE = "reuse"
    CREDIBILITIES = "credibilities"
    DATASETS = "datasets"
    RECORDS = "records"
    DOUBTS = "doubts"


def main() -> None:
    """Run the command line; turn Rasid's own errors into one sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace"
            )  # Windows consoles, odd file names
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    try:
        app()
    except RasidError as error:
        _say(f"rasid: {error}")
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        _say("\nStopped. Nothing is lost: run the same command again to go on.")
        raise SystemExit(130) from None
    except BrokenPipeError:  # `rasid show ... | head`
        sys.stderr.close()
        raise SystemExit(0) from None


@app.callback(invoke_without_command=True)
def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    if version:
        typer.echo(f"rasid {__version__}")
        raise typer.Exit
    context.obj = _rebuild  # the commands of other files end like those of this one


@app.command()
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders (read with all sub-folders). None: only rebuild the case."),
    ] = None,
    case: CaseOption = None,
    ask: Annotated[
        list[str] | None, typer.Option("--ask", help="A question to put to the case; may be repeated.")
    ] = None,
    by: ByOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit code 1 if there are doubts.")
    ] = False,
) -> None:
    """Read files and folders, rebuild what they touch, write the pages, print where they are."""
    from rasid import record

    held = _open_or_create(case)
    with _progress() as progress:
        record.add(held, paths or [], by=by, progress=progress)
        for question in ask or []:
            record.ask(held, question, by=by)
    if _rebuild(held, by).doubts and strict:
        raise typer.Exit(1)


@app.command()
def add(paths: PathsArgument, case: CaseOption = None, by: ByOption = None) -> None:
    """Keep files in the case without building it."""
    from rasid import record

    held = _open_or_create(case)
    with _progress() as progress:
        added = record.add(held, paths, by=by, progress=progress)
    _say(
        f"{_many(added.new, 'new file')} kept, {added.known} known already. `rasid build {held.root}` is next."
    )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="One plain sentence, in quotes.")],
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Put a question to the case and rebuild its pages."""
    from rasid import record

    held = _open(case)
    record.ask(held, question, by=by)
    _rebuild(held, by)
    for row in record.contract_rows(held, "questions"):
        if row["question"] == " ".join(question.split()):
            _say(f"Understood as: {row['proposition']}")


@app.command()
def withdraw(
    question: Annotated[str, typer.Argument(help="The question as it was asked.")],
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Take a question back. The log keeps that it was asked."""
    from rasid import record

    held = _open(case)
    record.withdraw(held, question, by=by)
    _rebuild(held, by)


@app.command()
def status(case: CaseOption = None, as_json: JsonOption = False) -> None:
    """Say what the case holds and whether its pages are up to date."""
    from rasid import record

    held = _open(case)
    summary = record.summarise(held)
    if as_json:
        typer.echo(record.to_json(dict(summary.as_row())))
        return
    _print_summary(held, summary)
    if not summary.up_to_date:
        _say("The pages are not up to date with what the case holds: `rasid build` brings them up to date.")


@app.command()
def show(  # noqa: PLR0913  each filter is an option
    what: Annotated[Shown, typer.Argument(help="Which table.")],
    case: CaseOption = None,
    as_json: JsonOption = False,
    voice: Annotated[str | None, typer.Option(help="Claims and figures of this voice.")] = None,
    kind: Annotated[str | None, typer.Option(help="Claims of this kind: event, status, figure …")] = None,
    type_: Annotated[
        str | None, typer.Option("--type", help="Claims of this type: killing, control …")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Claims with this actor.")] = None,
    target: Annotated[str | None, typer.Option(help="Claims with this target.")] = None,
    place: Annotated[str | None, typer.Option(help="Claims at this place.")] = None,
    polarity: Annotated[str | None, typer.Option(help="affirmed or denied.")] = None,
    certainty: Annotated[str | None, typer.Option(help="certain, partial, possible or predicted.")] = None,
    document: Annotated[str | None, typer.Option(help="Of this document: its id or file name.")] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many rows.")] = None,
) -> None:
    """Print a table of the case, or its JSON lines."""
    from rasid import record
    from rasid.listing import matching, print_table

    held = _open(case)
    wanted = {
        "voice": voice, "kind": kind, "type": type_, "actor": actor, "target": target, "place": place,
        "polarity": polarity, "certainty": certainty, "document": document,
    }  # fmt: skip
    rows = matching(record.contract_rows(held, what.value), wanted, documents=record.document_names(held))
    shown = [row for number, row in enumerate(rows) if limit is None or number < limit]
    if as_json:
        for row in shown:
            typer.echo(record.to_json(row))
    else:
        print_table(what.value, shown)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words to look for, in any script.")],
    case: CaseOption = None,
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option(help="At most so many passages.")] = 20,
) -> None:
    """Find passages by their words; marks and spelling of letters do not matter (قتل finds قُتل)."""
    from rasid import record
    from rasid.listing import print_table

    rows = record.find(_open(case), " ".join(words), limit=limit)
    if as_json:
        for row in rows:
            typer.echo(record.to_json(row))
    else:
        print_table("passages", rows)


@app.command()
def explain(
    claim: Annotated[str, typer.Argument(help="The id of a claim, as the page and `show claims` give it.")],
    case: CaseOption = None,
) -> None:
    """Say in one sentence why a claim was read so: the rule, the words, the voice's cue."""
    from rasid import record

    held = _open(case)
    for row in record.contract_rows(held, "claims"):
        if row["id"] == claim:
            typer.echo(f"“{row['quote']}”\n{row['explain']}")
            return
    raise WrongUse(f"No claim {claim} in this case. `rasid show claims` lists them.")


@app.command()
def verify(case: CaseOption = None) -> None:
    """Check every original, every quote, every log and every table again. Exit 3 if something broke."""
    from rasid import record

    held = _open(case)
    problems = record.verify(held)
    for problem in problems:
        _say(f"{problem.what}: {problem.where}\n  {problem.sentence} {problem.advice}")
    if problems:
        _say(f"{_many(len(problems), 'problem')} found.")
        raise typer.Exit(3)
    _say("All originals, quotes, logs and tables are as they should be.")


# the commands of other files come after those that everybody needs
app.command()(suppose)
app.command()(drop)
app.command()(judge)
app.command()(stance)
app.command("map")(map_table)


def _open(folder: Path | None) -> Case:
    """The case named, the one we are in, or ./rasid-case."""
    from rasid.case import find_case, open_case
    from rasid.errors import NotACase

    if folder is not None:
        return open_case(folder)
    try:
        return find_case(Path.cwd())
    except NotACase:
        if (DEFAULT_CASE / "rasid.toml").is_file():
            return open_case(DEFAULT_CASE)
        raise


def _open_or_create(folder: Path | None) -> Case:
    from rasid.case import create_case
    from rasid.errors import NotACase

    try:
        return _open(folder)
    except NotACase:
        return create_case(folder or DEFAULT_CASE)


@contextmanager
def _progress() -> Iterator[ProgressBars]:
    bars = ProgressBars()
    try:
        yield bars
    finally:
        bars.close()


class ProgressBars:
    """Draws one bar per stage on standard error, only when it is a terminal and the work is long."""

    def __init__(self) -> None:
        self._rich: object | None = None
        self._tasks: dict[str, object] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` of this stage."""
        if not sys.stderr.isatty() or total < 2:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        if self._rich is None:
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            self._rich = Progress(*columns, console=Console(stderr=True))
            self._rich.start()
        assert isinstance(self._rich, Progress)
        if stage not in self._tasks:
            self._tasks[stage] = self._rich.add_task(stage, total=total)
        self._rich.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._rich is not None:
            self._rich.stop()  # type: ignore[attr-defined]
            self._rich = None


def _rebuild(case: Case, by: str | None) -> Summary:
    """Rebuild with bars, then say what the case holds."""
    from rasid import record

    with _progress() as progress:
        done = record.rebuild(case, by=by, progress=progress)
    if not done:
        _say("Nothing to do: the record is up to date.")
    summary = record.summarise(case)
    _print_summary(case, summary)
    return summary


def _print_summary(case: Case, summary: Summary) -> None:
    held = [
        (summary.documents, "document"),
        (summary.claims, "claim"),
        (summary.incidents, "incident"),
        (summary.voices, "voice"),
        (summary.figures, "figure"),
        (summary.questions, "question"),
        (summary.datasets, "dataset"),
        (summary.records, "record"),
        (summary.listings, "listing"),
        (summary.doubts, "doubt"),
    ]
    parts = [_many(number, noun) for number, noun in held if number] or ["The case is empty"]
    _say(", ".join(parts))
    if summary.doubts:
        _say("Doubts are what could not be read or decided: `rasid show doubts`, or the page Doubts.")
    page = case.site / "index.html"
    if page.exists():
        typer.echo(page.resolve().as_uri())


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _say(words: str) -> None:
    typer.echo(words, err=True)
