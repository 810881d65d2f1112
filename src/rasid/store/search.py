"""Search: an SQLite FTS5 index over folded text, built from the derived tables.

In: documents, passages, claims. Out: `derived/search.sqlite`; the same tables give the same bytes.
One entry per passage (its words), per document (title, author, name) and per claim (the names that were
resolved: actors, places, voices, so that a search for a name finds the words that meant it).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rasid.case import Case
from rasid.errors import BrokenTable, WrongUse
from rasid.store.derived import Fingerprint, put_derived
from rasid.store.disk import aside, remove
from rasid.store.fold import fold, fold_sign

if TYPE_CHECKING:
    import polars as pl

NAME = "search"
SNIPPET_CHARS = 240  # three lines on a phone
_MIN_PREFIX_CHARS = 3  # "kill" finds "killed"; two letters would find half the language

_Entry: TypeAlias = tuple[str, int, int, str, str]  # document, start, end, shown, words to find it by


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a document, best first; start and end in code points of the kept text."""

    document: str
    start: int
    end: int
    snippet: str


def write_index(
    case: Case, documents: pl.DataFrame, passages: pl.DataFrame, *, claims: pl.DataFrame, inputs: str
) -> Fingerprint:
    """Build the index anew and put it in place; `derived.is_current(case, "search", inputs)` asks for it.

    raises: WrongUse if another program holds the old index open (Windows)
    """
    case.derived.mkdir(exist_ok=True)
    temp = aside(case.derived)
    try:
        rows = _fill(temp, _entries(documents, passages, claims))
        return put_derived(case, NAME, temp.read_bytes(), suffix=".sqlite", rows=rows, inputs=inputs)
    finally:
        remove(temp)


def search(case: Case, words: str, limit: int = 20) -> list[Hit]:
    """The places that hold all the words; a word of three or more letters also finds longer ones.

    words:  anything a person can type; signs that are no letters or digits part words
    raises: WrongUse if there is no index yet; BrokenTable if it cannot be read
    """
    path = case.derived / f"{NAME}.sqlite"
    if not path.is_file():
        raise WrongUse("The case has no search index yet. Run `rasid build`.")
    wanted = _words(words)
    if not wanted or limit < 1:
        return []
    query = " AND ".join(f'"{word}"{" *" if len(word) >= _MIN_PREFIX_CHARS else ""}' for word in wanted)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as index:
            found = index.execute(_FIND, (query, limit)).fetchall()
    except sqlite3.DatabaseError as error:
        raise BrokenTable(f"{path} cannot be searched ({error}). Delete it and run `rasid build`.") from error
    return [Hit(document, start, end, snippet(shown, wanted)) for document, start, end, shown in found]


def snippet(text: str, folded_words: list[str]) -> str:
    """At most SNIPPET_CHARS of the text around the first of the words, as it stands there."""
    if len(text) <= SNIPPET_CHARS:
        return text
    first = max(0, _place_of_any(text, folded_words) - SNIPPET_CHARS // 3)
    last = first + SNIPPET_CHARS
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")


def _place_of_any(text: str, folded_words: list[str]) -> int:
    folded, origin = [], []
    for position, sign in enumerate(text):
        new = fold_sign(sign)
        folded.append(new)
        origin.extend([position] * len(new))
    whole = "".join(folded)
    places = [place for word in folded_words if (place := whole.find(word)) >= 0]
    return origin[min(places)] if places else 0


def _words(typed: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in fold(typed)).split()


# Of several entries for the same place (a passage and its claims) only the best is shown.
_FIND = """
SELECT document, start, "end", shown FROM (
  SELECT document, start, "end", shown, score,
         row_number() OVER (PARTITION BY document, start, "end" ORDER BY score, id) AS rank
  FROM (SELECT entries.*, bm25(words) AS score FROM words JOIN entries ON entries.id = words.rowid
        WHERE words MATCH ?)
) WHERE rank = 1 ORDER BY score, document, start, "end" LIMIT ?
"""

_SHAPE = """
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE entries (id INTEGER PRIMARY KEY, document TEXT, start INTEGER, "end" INTEGER, shown TEXT);
CREATE VIRTUAL TABLE words USING fts5 (folded, content = '', tokenize = 'unicode61 remove_diacritics 0');
"""


def _fill(path: Path, entries: Iterable[_Entry]) -> int:
    """Write all entries in one transaction and pack the file, so that its bytes follow from them."""
    count = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        index.executescript(_SHAPE)
        index.execute("BEGIN")
        for count, (document, start, end, shown, words) in enumerate(entries, start=1):
            index.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (count, document, start, end, shown))
            index.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (count, words))
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.execute("COMMIT")
        index.execute("VACUUM")
    return count


def _entries(documents: pl.DataFrame, passages: pl.DataFrame, claims: pl.DataFrame) -> Iterator[_Entry]:
    texts: dict[str, str] = {}
    for row in documents.sort("id").iter_rows(named=True):
        texts[row["id"]] = row["text"] or ""
        headings = [row["title"], row["author"], row["publisher"], row["name"]]
        shown = _plain(row["title"] or row["name"] or "")
        yield row["id"], 0, 0, shown, fold(" ".join(filter(None, headings)))
    for row in passages.sort("document", "index").iter_rows(named=True):
        words = texts[row["document"]][row["start"] : row["end"]]
        yield row["document"], row["start"], row["end"], _plain(words), fold(words)
    for row in claims.sort("document", "start", "end", "id").iter_rows(named=True):
        names = " ".join(_names(row))
        yield row["document"], row["start"], row["end"], _plain(row["quote"]), fold(f"{row['quote']} {names}")


def _names(claim: dict[str, object]) -> Iterator[str]:
    for mention in (claim["actor"], claim["target"], claim["instrument"]):
        yield from _name_of(mention)
    for many in (claim["places"], claim["persons"]):
        for mention in many if isinstance(many, list) else []:
            yield from _name_of(mention)
    voices = claim["voices"]
    yield from (str(voice) for voice in (voices if isinstance(voices, list) else []))


def _name_of(mention: object) -> Iterator[str]:
    if isinstance(mention, dict) and isinstance(mention["name"], str):
        yield mention["name"]


def _plain(text: str) -> str:
    """SQLite takes no half of a surrogate pair; a file name that is no text may hold one."""
    return text.encode("utf-8", "replace").decode("utf-8")
