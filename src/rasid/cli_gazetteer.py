"""`rasid gazetteer`: look at what a place name can mean, and add places of another country to a case."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.errors import WrongUse

if TYPE_CHECKING:
    from rasid.case import Case
    from rasid.knowledge.gazetteer import Found, Gazetteer

app = typer.Typer(
    name="gazetteer",
    help="Places: what a name can mean, and places to add.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

DEFAULT_CASE = Path("rasid-case")  # as in cli.py

CaseOption = Annotated[
    Path | None, typer.Option("--case", help="Folder of the case whose added places count.")
]


@app.command()
def find(
    name: Annotated[str, typer.Argument(help="A place name in any spelling, Latin or Arabic.")],
    inside: Annotated[str | None, typer.Option("--in", help="Governorate: its name or its p-code.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code of the country, two letters.")] = None,
    case: CaseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines on standard output.")] = False,
) -> None:
    """Show the places that a name can mean, best first, with the reasons."""
    gazetteer = _gazetteer(case)
    adm1, of_country = find_area(gazetteer, inside, country) if inside else (None, country)
    found = gazetteer.look_up(name, country=of_country.upper() if of_country else None, adm1=adm1, most=8)
    if as_json:
        for candidate in found.candidates:
            typer.echo(json.dumps(asdict(candidate), ensure_ascii=False))
    else:
        _print(found)


@app.command()
def add(
    file: Annotated[
        Path, typer.Argument(help="GeoNames country dump, CSV with name, lat, lon, or OCHA p-codes.")
    ],
    case: CaseOption = None,
) -> None:
    """Add the places of a file to the case. Nothing is fetched; build the case again afterwards."""
    from rasid.knowledge.gazetteer_add import add_places

    held = _open(case)
    with held.locked():
        added = add_places(file, held.root)
    typer.echo(f"{added.places} places with {added.names} names added from {file.name}.", err=True)
    if added.left_out:
        typer.echo(
            f"{added.left_out} lines had no name or no point on the globe and were left out.", err=True
        )


def _open(case: Path | None) -> Case:
    from rasid.case import SETTINGS_FILE, find_case, open_case

    if case is not None:
        return open_case(case)
    if (DEFAULT_CASE / SETTINGS_FILE).is_file():
        return open_case(DEFAULT_CASE)
    return find_case(Path.cwd())


def _gazetteer(case: Path | None) -> Gazetteer:
    """The shipped volumes, and those of the case where there is one."""
    from rasid.errors import NotACase
    from rasid.knowledge.gazetteer import load_gazetteer
    from rasid.knowledge.gazetteer_add import FOLDER

    try:
        held = _open(case)
    except NotACase:
        if case is not None:
            raise
        return load_gazetteer()
    return load_gazetteer(added=(held.root / FOLDER,))


def find_area(gazetteer: Gazetteer, inside: str, country: str | None) -> tuple[str, str | None]:
    """P-code and country of a governorate given by its name or p-code.

    raises: WrongUse if no such governorate is known
    """
    for volume in gazetteer.volumes:
        if inside.upper() in volume.adm1_codes:
            return inside.upper(), country
    found = gazetteer.look_up(inside, country=country.upper() if country else None, most=12)
    for candidate in found.candidates:
        if (
            candidate.level == "governorate"
            and candidate.adm1_pcode is not None
            and "differs" not in candidate.reason
        ):
            return candidate.adm1_pcode, candidate.country
    raise WrongUse(f"No governorate {inside!r} is known. Give its p-code, such as SY07, or name the country.")


def _print(found: Found) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("sure", "name", "level", "in", "lat", "lon", "number", "why"):
        table.add_column(heading)
    for c in found.candidates:
        area = ", ".join(part for part in (c.adm2, c.adm1, c.country) if part)
        name = f"{c.name}  {c.name_ar}" if c.name_ar and c.name_ar != c.name else c.name
        table.add_row(
            f"{c.score:.0%}",
            name,
            c.level,
            area,
            f"{c.latitude:.4f}",
            f"{c.longitude:.4f}",
            str(c.place_id),
            c.reason,
        )
    Console(width=None if Console().is_terminal else 160).print(table)
    if not found.candidates:
        typer.echo("No place of this name, and none near it, is known.", err=True)
    elif found.accepted:
        typer.echo("Sure enough to be taken without a person.", err=True)
    else:
        typer.echo(f"Not sure enough ({found.share:.0%}) to be taken without a person.", err=True)
