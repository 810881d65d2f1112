"""Rows for a person: filters and tables in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasid.model.tables import Row

_WIDEST = 70  # characters of a cell before it wraps
_PIPE_WIDTH = 160  # columns when the output is no terminal
_NARROW = 110  # columns below which only what is needed to find a row again is shown
_NEVER_CUT = frozenset({"id", "claim"})  # to be copied whole
_IN_NARROW = frozenset(
    {
        "id",
        "claim",
        "topic",
        "kind",
        "reason",
        "name",
        "number",
        "type",
        "standing",
        "quote",
        "title",
        "sentence",
        "passage",
        "claims",
    }
)

#: What a table in the terminal shows: heading -> cell.
_COLUMNS: Mapping[str, Sequence[tuple[str, Callable[[Row], str]]]] = {
    "documents": (
        ("id", lambda r: _text(r["id"])),
        ("name", lambda r: _text(r["name"])),
        ("title", lambda r: _text(r["title"])),
        ("author", lambda r: _text(r["author"] or r["publisher"])),
        ("date", lambda r: _text(r["date"]) or "undated"),
        ("language", lambda r: _text(r["language"])),
    ),
    "claims": (
        ("id", lambda r: _text(r["id"])),
        ("type", lambda r: _text(r["type"])),
        ("who", lambda r: _name(r["actor"])),
        ("to whom", lambda r: _name(r["target"])),
        ("standing", lambda r: f"{r['polarity']}, {r['certainty']}"),
        ("voices", lambda r: " › ".join(_texts(r["voices"]))),
        ("quote", lambda r: _text(r["quote"])),
    ),
    "voices": (
        ("name", lambda r: _text(r["name"])),
        ("kind", lambda r: _text(r["kind"])),
        ("claims", lambda r: _text(r["claims"])),
        ("passes on", lambda r: _text(r["passes_on"])),
        ("heard through", lambda r: ", ".join(_texts(r["via"]))),
    ),
    "figures": (
        ("claim", lambda r: _text(r["claim"])),
        ("number", lambda r: _text(r["text"])),
        ("bound", lambda r: _text(r["bound"])),
        ("of", lambda r: _text(r["unit"])),
        ("base", lambda r: _text(r["base"])),
        ("type", lambda r: _text(r["type"])),
        ("happened", lambda r: "yes" if r["happened"] else "no"),
        ("voice", lambda r: _text(r["voice"])),
        ("quote", lambda r: _text(r["quote"])),
    ),
    "contradictions": (
        ("topic", lambda r: _text(r["topic"])),
        ("kind", lambda r: _text(r["kind"])),
        ("voices", lambda r: " × ".join(_texts(r["voices"]))),
        ("reason", lambda r: _text(r["reason"])),
    ),
    "checks": (
        ("document", lambda r: _text(r["document"])),
        ("kind", lambda r: _text(r["kind"])),
        ("severity", lambda r: _text(r["severity"])),
        ("sentence", lambda r: _text(r["sentence"])),
        ("sum", lambda r: _text(r["sum"])),
    ),
    "ranges": (
        ("counted", lambda r: " ".join(_texts([r["counted"], r["base"]]))),
        ("where", lambda r: _text(r["place"])),
        ("from", lambda r: _text(r["first_day"])),
        ("to", lambda r: _text(r["last_day"])),
        ("low", lambda r: _text(r["low"])),
        ("best", lambda r: _text(r["best"])),
        ("high", lambda r: _text(r["high"])),
        ("voices", lambda r: _text(r["voices"])),
    ),
    "incidents": (
        ("id", lambda r: _text(r["id"])),
        ("what", lambda r: _text(r["what"])),
        ("from", lambda r: _text(r["first_day"])),
        ("to", lambda r: _text(r["last_day"])),
        ("where", lambda r: _text(r["place"])),
        ("voices", lambda r: ", ".join(_texts(r["voices"]))),
        ("documents", lambda r: _text(r["documents"])),
    ),
    "sources": (
        ("name", lambda r: _text(r["name"])),
        ("kind", lambda r: _text(r["kind"])),
        ("nearness", lambda r: _text(r["nearness"])),
        ("claims", lambda r: _text(r["claims"])),
        ("origins", lambda r: _text(r["origins"])),
        ("proposed", lambda r: _text(r["proposed"])),
        ("given", lambda r: _text(r["given"])),
    ),
    "reuse": (
        ("id", lambda r: _text(r["id"])),
        ("kind", lambda r: _text(r["kind"])),
        ("reason", lambda r: _text(r["reason"])),
    ),
    "credibilities": (
        ("claim", lambda r: _text(r["claim"])),
        ("proposed", lambda r: _text(r["proposed"])),
        ("given", lambda r: _text(r["given"])),
        ("reason", lambda r: _text(r["reason"])),
    ),
    "datasets": (
        ("id", lambda r: _text(r["id"])),
        ("name", lambda r: _text(r["name"])),
        ("shape", lambda r: _text(r["shape"])),
        ("version", lambda r: _text(r["version"])),
        ("rows", lambda r: _text(r["rows"])),
        ("from", lambda r: _text(r["first_day"])),
        ("to", lambda r: _text(r["last_day"])),
    ),
    "records": (
        ("id", lambda r: _text(r["id"])),
        ("type", lambda r: _text(r["type"])),
        ("who", lambda r: _text(r["actor"])),
        ("to whom", lambda r: _text(r["target"])),
        ("where", lambda r: _text(r["place"])),
        ("from", lambda r: _text(r["first_day"])),
        ("number", lambda r: _text(r["as_said"])),
        ("base", lambda r: _text(r["base"])),
    ),
    "doubts": (
        ("stage", lambda r: _text(r["stage"])),
        ("name", lambda r: _text(r["name"])),
        ("what", lambda r: _text(r["what"])),
        ("sentence", lambda r: _text(r["sentence"])),
        ("what to do", lambda r: _text(r["advice"])),
    ),
    "passages": (
        ("document", lambda r: _text(r["name"])),
        ("at", lambda r: f"{r['start']}-{r['end']}"),
        ("passage", lambda r: _text(r["snippet"])),
    ),
}


def print_table(what: str, rows: Sequence[Row]) -> None:
    """Draw the rows on standard output; questions as short lists of who says what."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPE_WIDTH)
    if what == "questions":
        for row in rows:
            _print_question(console, row)
    elif rows:
        console.print(_table(what, rows, narrow=console.width < _NARROW), markup=False)
    if not rows:
        Console(stderr=True).print(f"No {what} to show.")


def _table(what: str, rows: Sequence[Row], *, narrow: bool) -> Table:
    columns = [(head, cell) for head, cell in _COLUMNS[what] if not narrow or head in _IN_NARROW]
    drawn = Table(show_lines=what in {"claims", "doubts"}, box=None, pad_edge=False, header_style="bold")
    for heading, _ in columns:
        drawn.add_column(heading, overflow="fold", max_width=_WIDEST, no_wrap=heading in _NEVER_CUT)
    for row in rows:
        # text comes from reports: nothing in it may be read as rich's own markup
        drawn.add_row(*(Text(_plain(cell(row))) for _, cell in columns))
    return drawn


def matching(
    rows: Iterable[Row], wanted: Mapping[str, str | None], *, documents: Mapping[str, str]
) -> Iterator[Row]:
    """Rows that fit every filter that is set; names are compared without regard to case.

    documents: id -> file name, so that a document can be named either way
    """
    tests = {key: value.casefold() for key, value in wanted.items() if value is not None}
    return (row for row in rows if all(_fits(row, key, value, documents) for key, value in tests.items()))


def _fits(row: Row, key: str, value: str, documents: Mapping[str, str]) -> bool:
    if key == "voice":
        voices = _texts(row.get("voices")) or [_text(row.get("voice") or row.get("name"))]
        return value in (voice.casefold() for voice in voices)
    if key == "document":
        held = _text(row.get("document") or row.get("id"))
        return value in (held.casefold(), documents.get(held, "").casefold())
    if key == "place":
        places = row.get("places")
        if not isinstance(places, list):
            return value == _text(row.get("place")).casefold()
        return any(value in (_text(p["name"]).casefold(), _text(p["text"]).casefold()) for p in places)
    if key in ("actor", "target"):
        mention = row.get(key)
        if not isinstance(mention, dict):
            return False
        return value in (_text(mention["name"]).casefold(), _text(mention["text"]).casefold())
    return value == _text(row.get(key)).casefold()


def _print_question(console: Console, row: Row) -> None:
    console.print(_plain(_text(row["question"])), style="bold", markup=False)
    console.print(f"  understood as: {row['proposition']}", markup=False)
    voices = row["voices"]
    assert isinstance(voices, list)
    for voice in voices:
        via = f" (via {' › '.join(voice['via'])})" if voice["via"] else ""
        console.print(f"  {voice['stance']:8} {voice['voice']}{via}, {voice['directness']}", markup=False)
        for quote in voice["quotes"][:1]:
            console.print(f"           “{_plain(quote['quote'])}”", markup=False)


def _plain(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _texts(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []


def _name(mention: object) -> str:
    return _text(mention["name"] or mention["text"]) if isinstance(mention, dict) else ""
