"""`rasid settle` and `rasid reopen`: say once what a name means, or when a document was written; or take it back.

Each decision is a line in the log of the person who makes it. It beats every rule and outlives every rebuild.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.errors import WrongUse

if TYPE_CHECKING:
    from rasid.case import Case
    from rasid.knowledge.gazetteer import Candidate, Gazetteer
    from rasid.store.decisions import What

settle_app = typer.Typer(
    name="settle",
    help="Say what a name means in this case, or when a document was written.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
reopen_app = typer.Typer(
    name="reopen",
    help="Take back what was settled. The log keeps that it was.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DEFAULT_CASE = Path("rasid-case")  # as in cli.py
Rebuild = Callable[["Case", str | None], object]  # the command line hands in how it rebuilds and reports

CaseOption = Annotated[
    Path | None,
    typer.Option("--case", help="Folder of the case. Default: the case you are in, else ./rasid-case."),
]
ByOption = Annotated[
    str | None, typer.Option("--by", help="Who does it, for the log. Default: your user name.")
]
AloneOption = Annotated[
    str | None,
    typer.Option("--document", help="For this document alone: its id or file name. Default: the whole case."),
]
LaterOption = Annotated[
    bool, typer.Option("--later", help="Only write it down; `rasid build` brings the pages up to date.")
]
NameArgument = Annotated[str, typer.Argument(help="The name as the reports write it.")]


@settle_app.command("place")
def settle_place(  # noqa: PLR0913  each is an option
    context: typer.Context,
    name: NameArgument,
    means: Annotated[
        str | None, typer.Option("--as", help="Number or name of the place: `rasid gazetteer find`.")
    ] = None,
    inside: Annotated[
        str | None, typer.Option("--in", help="Governorate of the place: its name or its p-code.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="It is no place at all.")] = False,
    document: AloneOption = None,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Say which place a name means."""
    from rasid.store.decisions import What

    if (means is None) != none:
        raise WrongUse("Say which place it is with --as, or with --none that it is none.")
    held = open_named(case)
    if means is None:
        place_id, shown = "", ""
    else:
        place = _find_place(_gazetteer(held), means, inside)
        place_id, shown = str(place.place_id), _in_words(place)
    _settle(held, What.PLACE, name, means=place_id, shown=shown, document=document, by=by)
    _say(f'"{name}" is {shown or "no place"}{_where(document)}.')
    _rebuild(context, held, by, later=later)


@settle_app.command("actor")
def settle_actor(
    context: typer.Context,
    name: NameArgument,
    means: Annotated[
        str, typer.Option("--as", help="The actor: a name that the list of actors or this case has.")
    ],
    document: AloneOption = None,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Say which actor or voice a name means."""
    from rasid.store.decisions import What

    held = open_named(case)
    actor = _find_actor(held, means)
    _settle(held, What.ACTOR, name, means=actor, shown="", document=document, by=by)
    _say(f'"{name}" is {actor}{_where(document)}.')
    _rebuild(context, held, by, later=later)


@settle_app.command("date")
def settle_date(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="The document: its id or file name.")],
    date: Annotated[str, typer.Argument(help="2019-03-23, or 2019-03, or 2019: as precise as you know it.")],
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Say when a document was written. "Yesterday" and the like then get their days."""
    from rasid.model.values import DateSpan
    from rasid.store.decisions import What

    held = open_named(case)
    try:
        DateSpan.from_iso(date)
    except ValueError as error:
        raise WrongUse(f'"{date}" is no date ({error}). Write 2019-03-23, 2019-03 or 2019.') from error
    found, shown = _find_document(held, document)
    _settle(held, What.DATE, found, means=date, shown=shown, document=None, by=by)
    _say(f"{shown} is of {date}.")
    _rebuild(context, held, by, later=later)


@reopen_app.command("place")
def reopen_place(
    context: typer.Context,
    name: NameArgument,
    document: AloneOption = None,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Take back which place a name means."""
    from rasid.store.decisions import What

    _reopen(context, What.PLACE, name, document=document, case=case, by=by, later=later)


@reopen_app.command("actor")
def reopen_actor(
    context: typer.Context,
    name: NameArgument,
    document: AloneOption = None,
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Take back which actor a name means."""
    from rasid.store.decisions import What

    _reopen(context, What.ACTOR, name, document=document, case=case, by=by, later=later)


@reopen_app.command("date")
def reopen_date(
    context: typer.Context,
    document: Annotated[str, typer.Argument(help="The document: its id or file name.")],
    case: CaseOption = None,
    by: ByOption = None,
    later: LaterOption = False,
) -> None:
    """Take back the date that a person gave to a document."""
    from rasid.store.decisions import What

    _reopen(context, What.DATE, document, document=None, case=case, by=by, later=later)


# --- the log ---------------------------------------------------------------------------------------------------


def _settle(
    case: Case, what: What, name: str, *, means: str, shown: str, document: str | None, by: str | None
) -> None:
    from rasid.record import person
    from rasid.store import decisions

    alone = _find_document(case, document)[0] if document else ""
    decisions.settle(case, what, name, means=means, shown=shown, document=alone, by=person(by))


def _reopen(
    context: typer.Context,
    what: What,
    name: str,
    *,
    document: str | None,
    case: Path | None,
    by: str | None,
    later: bool,
) -> None:
    from rasid.record import person
    from rasid.store import decisions

    held = open_named(case)
    dated = {s.shown: s.name for s in decisions.replay(held).dates}
    about = dated.get(name, name) if what is decisions.What.DATE else name
    alone = _known_document(held, document) if document else ""
    decisions.reopen(held, what, about, document=alone, by=person(by))
    _say(f'"{name}" is open again{_where(document)}.')
    _rebuild(context, held, by, later=later)


def _known_document(case: Case, document: str) -> str:
    """The id of a document, even if it is no longer in the case."""
    from rasid.store import decisions

    decided = decisions.replay(case)
    if any(s.document == document for s in (*decided.places, *decided.actors)):
        return document
    return _find_document(case, document)[0]


def _rebuild(context: typer.Context, case: Case, by: str | None, *, later: bool) -> None:
    rebuild: Rebuild | None = context.obj
    if later or rebuild is None:
        _say("`rasid build` brings the pages up to date.")
    else:
        rebuild(case, by)


# --- what is meant ---------------------------------------------------------------------------------------------


def _find_place(gazetteer: Gazetteer, means: str, inside: str | None) -> Candidate:
    """The place of a number, or of a name that is sure enough."""
    from rasid.cli_gazetteer import find_area

    if means.isdecimal():
        place = gazetteer.by_id(int(means))
        if place is None:
            raise WrongUse(f"The gazetteer has no place {means}. `rasid gazetteer find NAME` shows numbers.")
        return place
    adm1, country = find_area(gazetteer, inside, None) if inside else (None, None)
    found = gazetteer.look_up(means, country=country, adm1=adm1, most=5)
    if found.accepted:
        return found.candidates[0]
    listed = "; ".join(f"{_in_words(c)}: {c.place_id}" for c in found.candidates)
    raise WrongUse(
        f'Which place "{means}" is, is not sure. '
        + (f"Give the number of one of these: {listed}." if listed else "No place of this name is known.")
    )


def _in_words(place: Candidate) -> str:
    parts = (place.name, place.level, place.adm2, place.adm1, place.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _find_actor(case: Case, means: str) -> str:
    """The name of an actor of the registry, or one that a claim of the case has as it stands."""
    from rasid.knowledge.actors import name_key
    from rasid.resolve.names import load_linker

    linker = load_linker(case.own_actors if case.own_actors.is_file() else None)

    key = name_key(means)
    held = dict.fromkeys((*linker.plain.get(key, ()), *linker.local.get(key, ())))
    if means in linker.registry.actors or len(held) == 1:
        return means if means in linker.registry.actors else next(iter(held))
    if held:
        raise WrongUse(f'"{means}" has several holders: {"; ".join(held)}. Give one of these.')
    here = _names_in(case)
    if means in here:
        return means
    all_names = list(dict.fromkeys((*linker.registry.actors, *here)))
    near = difflib.get_close_matches(means, all_names, n=3, cutoff=0.75)
    raise WrongUse(
        f'No list and no claim of this case has the actor "{means}".'
        + (f" Did you mean {_quoted(near)}?" if near else "")
        + f" To add an actor, write it into {case.own_actors}: docs/how-to/settle-a-name.md."
    )


def _names_in(case: Case) -> list[str]:
    """Every name of an actor, target or voice in the claims."""
    from rasid import record

    rows = record.contract_rows(case, "claims")
    found: dict[str, None] = {}
    for row in rows:
        mentions = [row["actor"], row["target"]]
        voices = row["voices"]
        found |= dict.fromkeys(str(m["name"]) for m in mentions if isinstance(m, dict) and m["name"])
        found |= dict.fromkeys(str(voice) for voice in (voices if isinstance(voices, list) else ()))
    return list(found)


def _find_document(case: Case, document: str) -> tuple[str, str]:
    """Id and name of a document given by either."""
    from rasid import record

    names = record.document_names(case)
    if document in names:
        return document, names[document]
    held = [id_ for id_, name in names.items() if name == document]
    if len(held) == 1:
        return held[0], document
    if held:
        raise WrongUse(f'{len(held)} documents are named "{document}". Give the id of one: {_listed(held)}.')
    near = difflib.get_close_matches(document, names.values(), n=1, cutoff=0.6)
    raise WrongUse(
        f'This case has no document "{document}"'
        + (f' (did you mean "{near[0]}"?)' if near else "")
        + ". `rasid show documents` lists them."
    )


def _quoted(names: Iterable[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(sorted(ids))


def open_named(case: Path | None) -> Case:
    """The case named, else the one this folder is in, else ./rasid-case."""
    from rasid.case import SETTINGS_FILE, find_case, open_case
    from rasid.errors import NotACase

    if case is not None:
        return open_case(case)
    try:
        return find_case(Path.cwd())
    except NotACase:
        if (DEFAULT_CASE / SETTINGS_FILE).is_file():
            return open_case(DEFAULT_CASE)
        raise


def _gazetteer(case: Case) -> Gazetteer:
    from rasid.knowledge.gazetteer import load_gazetteer

    return load_gazetteer(added=(case.own_places,))


def _where(document: str | None) -> str:
    return f" in {document}" if document else " in this case"


def _say(words: str) -> None:
    typer.echo(words, err=True)
