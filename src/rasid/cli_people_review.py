"""Judging pairs of rows at the terminal, or from a file of answers. Commands of cli_people.py use this."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rasid.errors import WrongUse
from rasid.model.listed import ANSWERS, DIFFERENT, SAME, UNCLEAR

if TYPE_CHECKING:
    from rasid.case import Case

KEYS = {"s": SAME, "d": DIFFERENT, "c": UNCLEAR}
_SHOWN = ("list", "name", "other_name", "age", "birth", "sex", "date", "place", "status")


def ask_all(case: Case, todo: Sequence[tuple[str, str]], who: str) -> int:
    """Ask until all is said or the person stops; each answer is written down at once."""
    from rasid.store.people_decisions import answer

    known, done, place = rows_of(case), [False] * len(todo), 0
    while place < len(todo):
        left, right = todo[place]
        say(f"\n--- {place + 1:,} of {len(todo):,}")
        show_pair(known[left], known[right])
        said = _read_key(can_go_back=place > 0)
        if said == "q":
            break
        if said == "b":
            place -= 1
            continue
        answer(case, [(left, right, KEYS[said])], by=who)
        done[place] = True
        place += 1
    return sum(done)


def _read_key(*, can_go_back: bool) -> str:
    """s, d, c, b or q; the end of the input stops."""
    back = ", [b] back" if can_go_back else ""
    while True:
        typer.echo(f"[s] same person, [d] different, [c] cannot tell{back}, [q] stop: ", err=True, nl=False)
        try:
            key = input().strip().casefold()[:1]
        except EOFError:
            return "q"
        if key in KEYS or key == "q" or (key == "b" and can_go_back):
            return key


def rows_of(case: Case) -> dict[str, dict[str, object]]:
    """All rows of all lists by their ids."""
    from rasid.model.people import LISTINGS
    from rasid.store import derived

    listings = derived.read_table(case, "listings", LISTINGS)
    return {row["id"]: row for row in listings.to_dicts()}


def show_pair(one: Mapping[str, object], other: Mapping[str, object]) -> None:
    """Two rows below each other, field by field: reads well in both directions of writing."""
    for field in _SHOWN:
        if one[field] is not None or other[field] is not None:
            words = [
                "-" if row[field] is None else f"{row[field]:g}" if field == "age" else str(row[field])
                for row in (one, other)
            ]
            typer.echo(f"{field.replace('_', ' '):11} {words[0]}\n{'':11} {words[1]}", err=True)


def read_answers(path: Path) -> Iterator[tuple[str, str, str]]:
    """(row, row, answer) of a CSV file with these three headings."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in enumerate(csv.DictReader(lines), start=2):
                said = (row.get("answer") or "").strip()
                left, right = (row.get("left") or "").strip(), (row.get("right") or "").strip()
                if said not in ANSWERS or not left or not right:
                    raise WrongUse(
                        f"{path}, line {number}: give left, right and answer ({', '.join(ANSWERS)})."
                    )
                yield left, right, said
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUse(f"{path} cannot be read as a CSV file in UTF-8: {error}.") from error


def say(words: str) -> None:
    """Chatter, which goes to stderr."""
    typer.echo(words, err=True)
