"""`rasid people`: lists of people, from adding them to how many nobody listed.

    add       keep files as lists          review    judge pairs of rows, blind to the score
    drop      take a list out              estimate  print the figures
    link      who is who                   report    bring the pages up to date
    answer    judge one pair, or take it back        explain   why two rows are held to be one person

Names appear in `review` and `explain` alone, on the terminal of the person who asks. Logs and pages hold ids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_people_review import ask_all, read_answers, rows_of, say, show_pair
from rasid.cli_settle import ByOption, CaseOption, open_named
from rasid.errors import NotACase, WrongUse
from rasid.model.listed import ANSWERS, UNCLEAR

if TYPE_CHECKING:
    from rasid.case import Case
    from rasid.people import PeoplePlan

people_app = typer.Typer(
    name="people",
    help="Lists of people: who is who across them, and how many nobody listed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DEFAULT_CASE = Path("rasid-case")  # as in cli.py
Rebuild = Callable[["Case", str | None], object]
NAMED_IN_REPORTS = "named in reports"

LaterOption = Annotated[
    bool, typer.Option("--later", help="Only write it down; `rasid people report` computes it.")
]
RowArgument = Annotated[str, typer.Argument(help="The id of a row of a list.")]


class By(StrEnum):
    """What an estimate can be taken apart by."""

    PLACE = "place"
    MONTH = "month"
    YEAR = "year"
    SEX = "sex"
    AGE = "age"
    STATUS = "status"


class Said(StrEnum):
    """What can be said of two rows."""

    SAME = "same"
    DIFFERENT = "different"
    UNCLEAR = "cannot-tell"
    OPEN = "open"


@people_app.command("add")
def add(
    files: Annotated[
        list[Path] | None, typer.Argument(help="CSV or XLSX files, one row a person.", show_default=False)
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--list", help="Name of the list; all files are then one list. Default: the file's name."
        ),
    ] = None,
    deduplicated: Annotated[
        bool, typer.Option("--deduplicated", help="The makers say that the list names nobody twice.")
    ] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="What a column is, as in `Victim=name`; may be repeated."),
    ] = None,
    from_claims: Annotated[
        bool,
        typer.Option(
            "--from-claims", help="Make a list of the persons harmed whom the reports of the case name."
        ),
    ] = False,
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Keep files as lists of people, and say what was understood and what looks wrong."""
    from rasid import people, record
    from rasid.store import decisions
    from rasid.store.people_decisions import give_list

    if from_claims:
        _add_claims(open_named(case), files or [], name=name or NAMED_IN_REPORTS, by=record.person(by))
        return
    if not files:
        raise WrongUse("Name the files of the list, or say --from-claims.")
    held, named = _open_or_create(case), _columns(columns or [])
    kept = _keep(held, files, record.person(by))
    groups = {name: list(kept.values())} if name else {path.stem: [sha] for path, sha in kept.items()}
    if name is None and len(groups) < len(kept):
        raise WrongUse("Two of the files have the same name. Add them one by one with --list.")
    for each, shas in groups.items():
        give_list(held, each, files=shas, columns=named, deduplicated=deduplicated, by=record.person(by))
    for given in decisions.replay(held).lists:
        if given.name in groups:
            _, doubts, row = people.read_list(held, given)
            say(f"{given.name}: {row['rows']:,} rows. Read as: {row['columns'] or 'nothing'}.")
            for doubt in doubts.to_dicts():
                say(f"  {doubt['sentence']} {doubt['advice']}")
    say("`rasid people link` is next.")


@people_app.command("drop")
def drop(
    name: Annotated[str, typer.Argument(help="Name of the list.")],
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Take a list out of the case. Its file and all answers are kept; `rasid people add` brings it back."""
    from rasid import record
    from rasid.store.people_decisions import drop_list

    held = open_named(case)
    drop_list(held, name, by=record.person(by))
    say(f'"{name}" is no longer a list of this case. `rasid people report` brings the pages up to date.')


@people_app.command("link")
def link(case: CaseOption = None) -> None:
    """Find out who is who, with what people answered so far."""
    from rasid import people
    from rasid.model.people import LINKING, OVERLAP
    from rasid.model.tables import DOUBTS
    from rasid.store import derived

    held = open_named(case)
    plan = _plan(held)
    with held.locked():
        people.read_lists(held, plan)
        people.link(held, plan, _no_progress)
    for table in ("list_findings", "people_findings"):
        for row in derived.read_table(held, table, DOUBTS).to_dicts():
            say(f"{row['sentence']} {row['advice']}")
    facts = dict(derived.read_table(held, "linking", LINKING).iter_rows())
    judged = sum(facts[f"answers {said}"] for said in ANSWERS)
    say(
        f"{facts['rows']:,.0f} rows, {facts['pairs compared']:,.0f} pairs compared, {judged:,.0f} answers of people. "
        f"{facts['persons']:,.0f} persons documented."
    )
    for row in derived.read_table(held, "overlap", OVERLAP).to_dicts():
        if row["what"] in ("list", "shared"):
            typer.echo(f"{row['one']}{' and ' + row['other'] if row['other'] else ''}\t{row['persons']:.0f}")


@people_app.command("review")
def review(
    count: Annotated[
        int,
        typer.Option("--count", min=1, max=600, help="Pairs to judge in all, those judged before included."),
    ] = 300,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Read answers from a CSV file: left, right, answer.")
    ] = None,
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Judge pairs of rows: one person or two? You do not see what Rasid thinks. Stop at any time and go on later."""
    from rasid import people, record
    from rasid.store import decisions
    from rasid.store.people_decisions import answer

    held, who = open_named(case), record.person(by)
    if answers is not None:
        new = answer(held, list(read_answers(answers)), by=who)
        say(f"{new:,} answers written down. `rasid people report` is next.")
        return
    plan = _plan(held)
    with held.locked():
        people.read_lists(held, plan)
        pairs = people.pairs_to_judge(held, plan, count=count)
    judged = {(pair.left, pair.right) for pair in decisions.replay(held).pairs}
    todo = [pair for pair in pairs if pair not in judged]
    say(f"{len(pairs) - len(todo):,} of {len(pairs):,} pairs are judged.")
    done = ask_all(held, todo, who)
    say(f"{done:,} answers written down, {len(todo) - done:,} pairs left. `rasid people report` is next.")


@people_app.command("answer")
def answer_pair(
    left: RowArgument,
    right: RowArgument,
    said: Annotated[Said, typer.Argument(help="What is so; `open` takes an answer back.")],
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Judge one pair of rows, or take back what was said. Your word stands against any score."""
    from rasid import people, record
    from rasid.store.people_decisions import answer

    held = open_named(case)
    plan = _plan(held)
    with held.locked():
        people.read_lists(held, plan)
    known = rows_of(held)
    for row in (left, right):
        if row not in known and said is not Said.OPEN:
            raise WrongUse(f"No list of this case has a row {row}.")
    words = {Said.OPEN: "", Said.UNCLEAR: UNCLEAR}.get(said, said.value)
    new = answer(held, [(left, right, words)], by=record.person(by))
    say("Written down. `rasid people report` is next." if new else "That stands already.")


@people_app.command("explain")
def explain(left: RowArgument, right: RowArgument, case: CaseOption = None) -> None:
    """Say in words and bits why two rows are held to be one person, or not."""
    from rasid import people

    held = open_named(case)
    plan = _plan(held)
    with held.locked():
        people.read_lists(held, plan)
    known = rows_of(held)
    for row in (left, right):
        if row not in known:
            raise WrongUse(f"No list of this case has a row {row}.")
    show_pair(known[left], known[right])
    found = people.explain_pair(held, plan, left, right)
    if found is None:
        say("The two have too little in common to be compared.")
        return
    for piece in found.pieces:
        typer.echo(f"{piece.bits:+6.1f} bits  {piece.sentence}")
    typer.echo(f"{found.bits:+6.1f} bits  together: probability {found.probability:.3f}")


@people_app.command("estimate")
def estimate(
    by: Annotated[
        By | None, typer.Option("--by", help="Apart for each part, as far as it can be estimated.")
    ] = None,
    case: CaseOption = None,
) -> None:
    """Print how many persons the models hold likely, listed or not; or why no figure can be given."""
    from rasid import people
    from rasid.model.people import ESTIMATE
    from rasid.store import derived

    held = open_named(case)
    plan = _plan(held)
    with held.locked():
        people.read_lists(held, plan)
        people.link(held, plan, _no_progress)
        people.estimate(held, plan, _no_progress)
        table = people.estimate_by(held, plan, by.value, _no_progress) if by else "estimate"
    rows = derived.read_table(held, table, ESTIMATE).to_dicts()
    for stratum in dict.fromkeys(row["stratum"] for row in rows if row["what"] != "setting"):
        _print_estimate(stratum, [row for row in rows if row["stratum"] == stratum])
    if by and held.settings.people.by != by:
        say(f'For the pages: write  by = "{by}"  under [people] in rasid.toml.')


@people_app.command("report")
def report(context: typer.Context, case: CaseOption = None, by: ByOption = None) -> None:
    """Compute all that is missing, and bring the pages up to date."""
    held = open_named(case)
    _plan(held)
    rebuild: Rebuild | None = context.obj
    if rebuild is not None:
        rebuild(held, by)
    page = held.site / "estimate" / "index.html"
    if page.is_file():
        typer.echo(page.resolve().as_uri())


# --- adding ----------------------------------------------------------------------------------------------------


def _add_claims(case: Case, files: Sequence[Path], *, name: str, by: str) -> None:
    """The persons named in claims as one more list. Asked for, never made unasked: reports draw on lists."""
    from rasid.model.listed import FROM_CLAIMS
    from rasid.store.people_decisions import give_list

    if files:
        raise WrongUse("--from-claims takes no files. Add these apart.")
    give_list(case, name, files=[FROM_CLAIMS], columns={}, deduplicated=False, by=by)
    say(
        f'"{name}" is now a list of the persons killed, missing, detained or released whom the reports of this case '
        "name. Reports often draw on lists: look at the overlap before you trust an estimate with it."
    )
    say("`rasid people link` is next.")


def _keep(case: Case, files: Sequence[Path], who: str) -> dict[Path, str]:
    from rasid.store.archive import Archive

    archive, kept = Archive(case.root), {}
    for path in files:
        if not path.is_file():
            raise WrongUse(f"{path} is no file. Give the lists one by one: CSV, or XLSX.")
        try:
            kept[path] = str(archive.add(path, by=who).sha256)
        except OSError as error:
            raise WrongUse(f"{path} cannot be read: {error.strerror}. Check your rights to it.") from error
    return kept


def _columns(said: Sequence[str]) -> dict[str, str]:
    """`["Victim=name"]` -> {"name": "Victim"}."""
    from rasid.read.listings import HEADINGS

    found = {}
    for each in said:
        heading, _, meaning = (part.strip() for part in each.rpartition("="))
        if not heading or meaning not in HEADINGS:
            raise WrongUse(
                f'"{each}" was not understood. Write HEADING=MEANING; a meaning is {", ".join(HEADINGS)}.'
            )
        found[meaning] = heading
    return found


def _open_or_create(folder: Path | None) -> Case:
    from rasid.case import create_case

    try:
        return open_named(folder)
    except NotACase:
        return create_case(folder or DEFAULT_CASE)


def _plan(case: Case) -> PeoplePlan:
    """The plan; nothing here works without a list."""
    from rasid import people
    from rasid.plan import make_plan
    from rasid.store import decisions

    decided = decisions.replay(case)
    by_claims = any(given.from_claims for given in decided.lists)
    plan = people.make_plan(case, decided, claims=make_plan(case).resolve if by_claims else "")
    if not plan.lists:
        raise WrongUse("The case has no list of people. Add some: `rasid people add FILE...`.")
    return plan


# --- printing --------------------------------------------------------------------------------------------------


def _print_estimate(stratum: str, rows: Sequence[Mapping[str, object]]) -> None:
    if stratum:
        typer.echo(f"{stratum}:")
    for row in rows:
        if row["what"] == "population":
            typer.echo(f"estimated, listed or not: {_interval(row)}")
        elif row["what"] == "unlisted":
            typer.echo(f"estimated, on no list: {_interval(row)}")
        elif row["what"] == "model":
            typer.echo(f"  {row['name']}: {_interval(row)}{' (a lower bound)' if row['words'] else ''}")
        elif row["what"] == "refused":
            typer.echo(f"  no figure, {row['name']}: {row['words']} {row['helps']}")


def _interval(row: Mapping[str, object]) -> str:
    return f"{row['value']:,.0f} ({row['low']:,.0f} to {row['high']:,.0f})"


def _no_progress(stage: str, done: int, total: int) -> None:
    """Says nothing."""
