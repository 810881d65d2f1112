"""A case: the folder that holds one record, and the settings a person wrote for it in `rasid.toml`.

In: a path. Out: a `Case`, which every other part is handed. Nothing here knows what is inside the
originals, the decisions or the tables; `rasid.store` does.
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from rasid.errors import BadSettings, CaseBusy, NotACase, WrongUse

SETTINGS_FILE = "rasid.toml"
LOCK_FILE = ".rasid.lock"
TEMP_PREFIX = ".rasid-tmp-"  # every file that is still being written begins so, in the whole case

# What an operating system leaves in any folder; a folder that holds only these counts as empty.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", LOCK_FILE})


class Limits(BaseModel):
    """What a single file may cost before it becomes a doubt instead of a document."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    max_file_bytes: int = Field(default=200_000_000, gt=0)


class People(BaseModel):
    """What the pages may say of listed people.

    names: show names and rows of listed persons; off, pages hold sums only
    by:    also estimate apart for each sex, age, status, place, month or year
    draws: ways to link the lists that an estimate is carried through
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    names: bool = False
    by: Literal["", "sex", "age", "status", "place", "month", "year"] = ""
    draws: int = Field(default=20, ge=2, le=200)


class Figures(BaseModel):
    """How the best number of a range is chosen (docs/concepts/ranges.md).

    ranking: names of voices for the rule "ranking", first the one that goes before all others
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rule: Literal["range", "majority", "ranking", "most conservative"] = "range"
    ranking: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _ranking_has_an_order(self) -> Figures:
        if self.rule == "ranking" and not self.ranking:
            raise ValueError('the rule "ranking" needs an order of voices: ranking = ["...", "..."]')
        return self


class Settings(BaseModel):
    """`rasid.toml`, validated. Every key has a default except the title."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    title: str = Field(min_length=1)
    reader: str = Field(default="rules", min_length=1)
    pipeline: str = Field(default="rasid", min_length=1)
    limits: Limits = Limits()
    people: People = People()
    figures: Figures = Figures()


@dataclass(frozen=True, slots=True)
class Case:
    """An open case.

    root:     the folder, absolute
    settings: what `rasid.toml` said when the case was opened
    """

    root: Path
    settings: Settings

    @property
    def originals(self) -> Path:
        """Files as received, by their SHA-256."""
        return self.root / "originals"

    @property
    def decisions(self) -> Path:
        """One append-only log per person."""
        return self.root / "decisions"

    @property
    def derived(self) -> Path:
        """Everything computed; may be deleted and built again."""
        return self.root / "derived"

    @property
    def own_places(self) -> Path:
        """Places that a person added to this case (`rasid gazetteer add`)."""
        return self.root / "gazetteer"

    @property
    def own_actors(self) -> Path:
        """Actors that a person added to this case."""
        return self.root / "actors.yaml"

    @property
    def site(self) -> Path:
        """The record as static pages."""
        return self.root / "site"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the only writer of this case; does not wait.

        raises: CaseBusy if another process, or another thread, is writing already
        """
        busy = f"Another rasid is writing to {self.root}. Wait until it ends, then run the command again."
        with hold_lock(self.root / LOCK_FILE, busy=busy):
            yield


@contextmanager
def hold_lock(path: Path, *, busy: str, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock file at `path`; the system lets go of it when the process dies.

    busy:   the sentence for a person who has to wait
    wait_s: how long to wait for another holder, in seconds
    raises: CaseBusy with that sentence; WrongUse if the lock file cannot be made
    """
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise CaseBusy(busy) from None
    except OSError as error:
        raise WrongUse(f"{path.parent} cannot be written to: {error.strerror}. Check your rights.") from error
    try:
        yield
    finally:
        lock.release()


def open_case(root: Path) -> Case:
    """Open the case in this folder.

    raises: NotACase if there is no `rasid.toml`; BadSettings if it cannot be used
    """
    path = root / SETTINGS_FILE
    if not path.is_file():
        raise NotACase(f"{root} is not a case: it has no {SETTINGS_FILE}. `rasid build` makes one.")
    return Case(root.resolve(), read_settings(path))


def find_case(start: Path) -> Case:
    """Open the case that `start` lies in: the folder itself or the nearest one above it.

    raises: NotACase if no folder on the way up is a case; BadSettings if its settings cannot be used
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return open_case(folder)
    raise NotACase(f"Neither {here} nor a folder above it is a case. Name one with --case.")


def create_case(root: Path, title: str | None = None) -> Case:
    """Make a new case in a new or empty folder; its title is the folder's name unless given.

    A kill at any moment leaves either no case, and the same call makes it, or the whole one.

    raises: WrongUse if the folder is a case already, is not empty, or cannot be made
    """
    if (root / SETTINGS_FILE).exists():
        raise WrongUse(f"{root} is a case already.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        _refuse_a_folder_in_use(root)
        _write_settings(root, _plain_title(title or root.resolve().name))
    except OSError as error:
        raise WrongUse(f"No case can be made in {root}: {error.strerror}.") from error
    return open_case(root)


def read_settings(path: Path) -> Settings:
    """Read and validate a `rasid.toml`.

    raises: BadSettings with one sentence per wrong key
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path} is not valid TOML: {error}. Mend that line.") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path} is not UTF-8 text. Save it as UTF-8 in your editor.") from error
    except OSError as error:
        raise BadSettings(f"{path} cannot be read: {error.strerror}.") from error
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        raise BadSettings(f"{path}: {_sentences(error)}") from error


def _sentences(error: ValidationError) -> str:
    said = []
    for problem in error.errors(include_url=False):
        where = tuple(str(part) for part in problem["loc"])
        key = ".".join(where)
        match problem["type"]:
            case "extra_forbidden":
                said.append(f'"{key}" is not a setting{_nearest(where)}.')
            case "missing":
                said.append(f'the setting "{key}" is missing. Add a line: {key} = "…".')
            case _:
                said.append(f'the setting "{key}" cannot be {problem["input"]!r}: {problem["msg"]}.')
    return " ".join(said)


def _nearest(where: tuple[str, ...]) -> str:
    known = _keys_beside(where[:-1])
    # 0.5: "titel" and "max-file-bytes" are caught, an unrelated word is not
    near = difflib.get_close_matches(where[-1].casefold(), known, n=1, cutoff=0.5)
    if near:
        return f' (did you mean "{".".join((*where[:-1], near[0]))}"?)'
    return f" (known here: {', '.join(known)})"


def _keys_beside(section: tuple[str, ...]) -> list[str]:
    models: dict[tuple[str, ...], type[BaseModel]] = {
        ("limits",): Limits,
        ("people",): People,
        ("figures",): Figures,
    }
    return sorted(models.get(section, Settings).model_fields)


def _refuse_a_folder_in_use(root: Path) -> None:
    """A folder of somebody's own files must not become a case by a slip of the hand."""
    held = sorted(path.name for path in root.iterdir() if not _is_nothing(path))
    if not held:
        return
    if {"originals", "decisions"} & set(held):
        raise WrongUse(
            f"{root} looks like a case that has lost its {SETTINGS_FILE}. "
            f'Restore that file from a backup, or write one with the line: title = "…".'
        )
    raise WrongUse(
        f"{root} is not empty (it holds {held[0]!r}) and is not a case. "
        "Name a new folder with --case; the reports themselves stay where they are."
    )


def _is_nothing(path: Path) -> bool:
    return path.name.casefold() in _LITTER or path.name.startswith(TEMP_PREFIX)


def _plain_title(title: str) -> str:
    """One line of text that TOML can hold: no control characters, no half of a surrogate pair."""
    shown = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in title)
    return " ".join(shown.split()) or "Untitled case"


def _write_settings(root: Path, title: str) -> None:
    limits = Limits()
    text = _NEW_SETTINGS.format(
        title=json.dumps(title, ensure_ascii=False), max_file_bytes=f"{limits.max_file_bytes:_}"
    )
    temp = root / f"{TEMP_PREFIX}{os.getpid()}-settings"
    with temp.open("w", encoding="utf-8", newline="\n") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    temp.replace(root / SETTINGS_FILE)


_NEW_SETTINGS = """\
# The settings of this case. A line that begins with # is a comment.

# Shown at the top of every page of the record.
title = {title}

# Which reader finds the claims: "rules" is the one that comes with Rasid.
reader = "rules"

# Which language pipeline reads the texts: "rasid" is the one that comes with Rasid;
# the name of any other installed spaCy pipeline can stand here.
pipeline = "rasid"

[limits]
# A larger file is kept as an original, but not read; it becomes a doubt.
max_file_bytes = {max_file_bytes}

[people]
# Lists of people: the pages show sums only. With true they name every listed person;
# hand such pages to nobody who may not know the names.
names = false
# Estimate also apart for each "sex", "age", "status", "place", "month" or "year"; "" for everybody only.
by = ""

[figures]
# How the best number of a range is chosen: "range" (both ends, none between them), "majority",
# "ranking" (then add: ranking = ["first voice", "second voice"]) or "most conservative".
rule = "range"
"""
