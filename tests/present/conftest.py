"""Invented cases for the pages: a small dispute with every standing, a hostile file, Arabic, and a large one.

All people, groups, places and events are invented. The texts were written for these tests.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, sync_playwright

from rasid.model import tables
from rasid.model.ids import content_id
from rasid.model.tables import Row
from rasid.present.site import About, DecisionNote, OriginalNote, SiteTables

HOSTILE = (
    "A note <script>alert(1)</script> that closes </script></style></title> & \"quotes\" 'single' `ticks`.\n\n"
    "See javascript:alert(2) or https://outside.example/page?a=1&b=2 for the list of 12 killed in Marbat.\n\n"
    "The council denied \u202ethat anyone was hurt\u202c, wrote <img src=x onerror=alert(3)> the clerk."
    "\u2028Done \x07 here."
)
ARABIC = (
    "قال المتحدث باسم مجلس وادي الزهر إن الجسر لم يُقصف يوم الاثنين.\n\n"
    "وأضاف أن 14 مدنياً أصيبوا في السوق، وأن اللجنة قد تنشر تقريرها غداً."
)
BRIDGE = (
    "# The bridge at Qasr Amal\n\n"
    "The old bridge at Qasr Amal was shelled on 4 March 2024 by the Northern Column. According to the Amal Relief "
    "Circle, at least 23 civilians were killed, including 7 children. Salma Idrin, a nurse, said the count may "
    "be higher.\n\n"
    "- The market was partly destroyed.\n"
    "- The clinic will be closed for about 3 weeks.\n\n"
    "The Northern Column denied that it shelled the bridge. Its spokesman Haro Denk told the Valley Courier that "
    "the Southern Guard had fired the rounds."
)
DENIAL = (
    "Statement of the Northern Column\n\n"
    "We did not shell the bridge at Qasr Amal. No civilian was killed by our fire. The Southern Guard is responsible "
    "for the attack. We will open the road within 10 days."
)
LETTER = (
    "To the editor\n\n"
    "I was on the bank that morning. The bridge was hit from the north, I saw the flash. Dozens were hurt. "
    "People say that more than 30 died, I cannot confirm it."
)
SHEET = "Date | Place | Dead\n2024-03-04 | Qasr Amal | 23\n2024-03-05 | Tel Rima | 2\n"


@dataclass
class Writing:
    """Collects rows of a case, finding offsets from words."""

    documents: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    voices: list[Row] = field(default_factory=list)
    questions: list[Row] = field(default_factory=list)
    stances: list[Row] = field(default_factory=list)
    conflicts: list[Row] = field(default_factory=list)
    hypotheses: list[Row] = field(default_factory=list)
    matrix: list[Row] = field(default_factory=list)
    doubts: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)

    def tables(self) -> SiteTables:
        return SiteTables(
            **{name: tables.table(rows, getattr(tables, name.upper())) for name, rows in vars(self).items()}
        )

    def document(self, text: str, **known: object) -> str:
        document = content_id("d", text)
        row: Row = {
            "id": document,
            "original": content_id("", text) * 5 + "abcd",
            "member": "",
            "media_type": "text/plain",
            "language": "en",
            "direction": "ltr",
            "text": text,
        }
        self.documents.append(row | known)
        return document

    def passage(self, document: str, text: str, words: str, kind: str = "sentence") -> None:
        start = text.index(words)
        row: Row = {
            "document": document,
            "kind": kind,
            "start": start,
            "end": start + len(words),
            "language": "en",
        }
        row["index"] = sum(1 for held in self.passages if held["document"] == document)
        self.passages.append(row)

    def claim(self, document: str, text: str, quote: str, **known: object) -> Row:
        """A claim whose quote, trigger, actor and other words are found in the text."""
        start = text.index(quote)
        row: Row = {
            "id": content_id("c", document, start, len(self.claims)),
            "document": document,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
            "kind": "event",
            "type": "killing",
            "polarity": "affirmed",
            "certainty": "certain",
            "status": "claimed",
            "places": [],
            "persons": [],
            "voices": ["Valley Courier"],
            "attribution": [],
            "explain": "The verb has an agent and a victim.",
            "reading": "rules/parse",
        } | known
        for name in ("trigger", "actor", "target", "instrument"):
            if isinstance(said := row.get(name), str):
                row[name] = span(text, said, start) | ({} if name == "trigger" else {"name": said})
        if isinstance(number := row.get("quantity"), dict):
            row["quantity"] = span(text, str(number["text"]), start) | number
            self.figures.append(figure_of(row))
        self.claims.append(row)
        return row


def span(text: str, words: str, start: int) -> Row:
    at = text.index(words, start)
    return {"text": words, "start": at, "end": at + len(words)}


def figure_of(claim: Row) -> Row:
    number, voices = claim["quantity"], claim["voices"]
    assert isinstance(number, dict) and isinstance(voices, list)
    kept = {name: claim[name] for name in ("document", "start", "end", "quote", "type")}
    named = {name: number.get(name) for name in ("text", "low", "high", "bound", "unit", "base", "measure")}
    happened = claim["polarity"] == "affirmed" and claim["certainty"] in ("certain", "partial")
    row: Row = {"claim": claim["id"], "voice": voices[-1], "via": voices[:-1], "happened": happened}
    return kept | named | row


def quote_of(claim: Row) -> Row:
    return {"claim": claim["id"], **{name: claim[name] for name in ("document", "start", "end", "quote")}}


def number(text: str, low: float | None, high: float | None, bound: str, unit: str, **more: str) -> Row:
    return {"text": text, "low": low, "high": high, "bound": bound, "unit": unit, "measure": "count"} | more


def write_dispute() -> SiteTables:
    w = Writing()
    place = {
        "text": "Qasr Amal",
        "name": "Qasr Amal",
        "level": "town",
        "country": "XX",
        "start": 17,
        "end": 26,
    }
    bridge = w.document(
        BRIDGE,
        name="courier.md",
        title="The bridge at Qasr Amal",
        author="Nadia Orsel",
        publisher="Valley Courier",
        date="2024-03-06",
        address="https://courier.example/bridge",
    )
    denial = w.document(DENIAL, name="statement.txt", title=None, author="Northern Column", date="2024-03-07")
    letter = w.document(LETTER, name="letter.eml", title="To the editor", author="Ilan Marsk", date="2024")
    arabic = w.document(
        ARABIC,
        name="بيان.txt",
        title="بيان مجلس وادي الزهر",
        author="مجلس وادي الزهر",
        language="ar",
        direction="rtl",
        date="2024-03",
    )
    hostile = w.document(
        HOSTILE,
        name="<b>x</b>.html",
        title="</title><script>alert(0)</script>",
        author="a\u202eevil\"'><i>",
        address="javascript:alert(9)",
        publisher="Q & A <press>",
    )
    sheet = w.document(SHEET, name="archive.zip/deaths.csv", title=None, language="und", date=None)

    w.passage(bridge, BRIDGE, "# The bridge at Qasr Amal", "heading")
    first, second, third = (
        "The old bridge at Qasr Amal was shelled on 4 March 2024 by the Northern Column.",
        "According to the Amal Relief Circle, at least 23 civilians were killed, including 7 children.",
        "Salma Idrin, a nurse, said the count may be higher.",
    )
    for words in (first, second, third):
        w.passage(bridge, BRIDGE, words)
    w.passage(bridge, BRIDGE, "- The market was partly destroyed.", "bullet")
    w.passage(bridge, BRIDGE, "- The clinic will be closed for about 3 weeks.", "bullet")
    fourth = "The Northern Column denied that it shelled the bridge."
    fifth = "Its spokesman Haro Denk told the Valley Courier that the Southern Guard had fired the rounds."
    w.passage(bridge, BRIDGE, fourth)
    w.passage(bridge, BRIDGE, fifth)
    courier = ["Nadia Orsel"]
    relief = [*courier, "Amal Relief Circle"]
    shelled = w.claim(
        bridge,
        BRIDGE,
        first,
        type="shelling",
        trigger="shelled",
        actor="Northern Column",
        voices=courier,
        target="The old bridge",
        places=[place],
        time={
            "text": "4 March 2024",
            "first_day": "2024-03-04",
            "last_day": "2024-03-04",
            "precision": "day",
            "start": 70,
            "end": 82,
        },
    )
    killed = w.claim(
        bridge,
        BRIDGE,
        second,
        trigger="killed",
        target="civilians",
        voices=relief,
        places=[place],
        quantity=number("at least 23", 23, None, "at least", "civilian", base="civilians"),
    )
    w.claim(
        bridge,
        BRIDGE,
        "at least 23 civilians were killed, including 7 children",
        voices=relief,
        target="children",
        quantity=number("7", 7, 7, "exact", "child", base="children"),
    )
    w.claim(
        bridge,
        BRIDGE,
        third,
        certainty="possible",
        kind="figure",
        type="killing",
        trigger="may be higher",
        voices=[*courier, "Salma Idrin"],
        status="possible",
    )
    w.claim(
        bridge,
        BRIDGE,
        "The market was partly destroyed.",
        certainty="partial",
        type="property_destruction",
        trigger="destroyed",
        voices=courier,
    )
    w.claim(
        bridge,
        BRIDGE,
        "The clinic will be closed for about 3 weeks.",
        certainty="predicted",
        type="closure",
        trigger="will be closed",
        voices=courier,
        quantity=number("about 3 weeks", 3, 3, "about", "week", measure="duration"),
    )
    denied = w.claim(
        bridge,
        BRIDGE,
        fourth,
        polarity="denied",
        type="shelling",
        trigger="shelled",
        actor="The Northern Column",
        voices=[*courier, "Northern Column"],
        status="denied",
    )
    blamed = w.claim(
        bridge,
        BRIDGE,
        fifth,
        type="responsibility",
        kind="responsibility",
        trigger="had fired",
        actor="the Southern Guard",
        voices=[*courier, "Valley Courier", "Haro Denk"],
        status="accused",
    )
    column = ["Northern Column"]
    w.passage(denial, DENIAL, "Statement of the Northern Column", "heading")
    refusals = [
        w.claim(
            denial,
            DENIAL,
            "We did not shell the bridge at Qasr Amal.",
            polarity="denied",
            type="shelling",
            trigger="shell",
            voices=column,
        ),
        w.claim(
            denial,
            DENIAL,
            "No civilian was killed by our fire.",
            polarity="denied",
            trigger="killed",
            voices=column,
        ),
        w.claim(
            denial,
            DENIAL,
            "The Southern Guard is responsible for the attack.",
            kind="responsibility",
            type="responsibility",
            trigger="responsible",
            actor="The Southern Guard",
            voices=column,
        ),
    ]
    w.claim(
        denial,
        DENIAL,
        "We will open the road within 10 days.",
        certainty="predicted",
        type="opening",
        trigger="will open",
        voices=column,
        quantity=number("within 10 days", None, 10, "at most", "day", measure="duration"),
    )
    saw = w.claim(
        letter,
        LETTER,
        "The bridge was hit from the north, I saw the flash.",
        type="shelling",
        trigger="hit",
        voices=["Ilan Marsk"],
    )
    w.claim(
        letter,
        LETTER,
        "Dozens were hurt.",
        type="injury",
        trigger="hurt",
        voices=["Ilan Marsk"],
        quantity=number("Dozens", 24, None, "vague", "people"),
    )
    rumour = w.claim(
        letter,
        LETTER,
        "People say that more than 30 died, I cannot confirm it.",
        certainty="possible",
        trigger="died",
        voices=["Ilan Marsk", "unnamed"],
        quantity=number("more than 30", 30, None, "more than", "people", base="dead"),
    )
    speaker = ["مجلس وادي الزهر", "المتحدث باسم مجلس وادي الزهر"]
    not_hit = w.claim(
        arabic,
        ARABIC,
        "إن الجسر لم يُقصف يوم الاثنين",
        polarity="denied",
        type="shelling",
        trigger="يُقصف",
        voices=speaker,
    )
    w.claim(
        arabic,
        ARABIC,
        "أن 14 مدنياً أصيبوا في السوق",
        type="injury",
        trigger="أصيبوا",
        voices=speaker,
        quantity=number("14", 14, 14, "exact", "civilian", base="civilians"),
    )
    w.claim(
        arabic,
        ARABIC,
        "وأن اللجنة قد تنشر تقريرها غداً",
        type="publication",
        certainty="predicted",
        polarity="denied",
        trigger="تنشر",
        voices=speaker,
    )
    w.claim(
        hostile,
        HOSTILE,
        HOSTILE[: HOSTILE.index("\n")],
        type="<u>type</u>",
        trigger="<script>alert(1)</script>",
        voices=["a\u202eevil\"'><i>", "</script>"],
        explain="<b>why</b> \u2028 because",
    )
    w.claim(
        hostile,
        HOSTILE,
        "the list of 12 killed in Marbat.",
        trigger="killed",
        voices=["a\u202eevil\"'><i>"],
        quantity=number("12", 12, 12, "exact", "people", base="dead"),
    )
    w.claim(
        hostile,
        HOSTILE,
        "The council denied \u202ethat anyone was hurt\u202c",
        type="injury",
        polarity="denied",
        trigger="hurt",
        voices=["a\u202eevil\"'><i>", "The council"],
    )
    for line in SHEET.splitlines():
        w.passage(sheet, SHEET, line, "row")
    w.claim(
        sheet,
        SHEET,
        "2024-03-05 | Tel Rima | 2",
        trigger=None,
        voices=["archive.zip/deaths.csv"],
        quantity=number("2", 2, 2, "exact", "people", base="dead"),
    )

    w.questions += [
        {
            "id": "q00000000000a",
            "question": "Did the Northern Column shell the bridge at Qasr Amal?",
            "proposition": "Northern Column, shelling, the bridge",
            "type": "shelling",
            "actor": "Northern Column",
            "target": "bridge",
            "place": "Qasr Amal",
            "polarity": "affirmed",
        },
        {
            "id": "q00000000000b",
            "question": "<script>alert('q')</script> what?",
            "proposition": None,
            "type": None,
            "actor": None,
            "target": None,
            "place": None,
            "polarity": None,
        },
    ]
    sides: list[tuple[str, list[str], str, str, str | None, list[Row]]] = [
        ("Nadia Orsel", [], "affirms", "stated", "2024-03-06", [shelled, killed]),
        ("Ilan Marsk", [], "partly", "implied", "2024", [saw]),
        ("Northern Column", [], "denies", "stated", "2024-03-07", refusals),
        ("Northern Column", ["Nadia Orsel"], "denies", "stated", "2024-03-06", [denied]),
        ("Haro Denk", ["Nadia Orsel", "Valley Courier"], "denies", "implied", "2024-03-06", [blamed]),
        ("المتحدث باسم مجلس وادي الزهر", ["مجلس وادي الزهر"], "denies", "stated", None, [not_hit]),
        ("unnamed", ["Ilan Marsk"], "unclear", "implied", "2024", [rumour]),
    ]
    for voice, via, stance, directness, date, quotes in sides:
        w.stances.append(
            {
                "question": "q00000000000a",
                "voice": voice,
                "via": via,
                "stance": stance,
                "directness": directness,
                "date": date,
                "quotes": [quote_of(claim) for claim in quotes],
                "rule": "The claim has the same type, actor and target as the question.",
            }
        )
    w.conflicts.append(
        {
            "question": "q00000000000a",
            "kind": "conflicts",
            "reason": "One says that the Northern Column shelled the bridge, the other that it did not.",
            "quotes": [quote_of(shelled), quote_of(refusals[0])],
        }
    )
    w.conflicts.append(
        {
            "question": "q00000000000a",
            "kind": "conflicts unless the time differs",
            "reason": "Both speak of the bridge; only one names the day.",
            "quotes": [quote_of(shelled), quote_of(not_hit)],
        }
    )
    w.conflicts.append(
        {
            "question": None,
            "topic": "Shelling: <b>Northern Column</b>, bridge",
            "kind": "agrees",
            "reason": "2 voices say the same.",
            "voices": ["Nadia Orsel", "unnamed"],
            "quotes": [quote_of(shelled), quote_of(rumour)],
        }
    )
    w.checks.append(
        {
            "document": shelled["document"],
            "kind": "two totals",
            "severity": "hard",
            "sentence": "The same total is given twice, as 23 and as <b>24</b>.",
            "sum": "24 - 23 = 1.",
            "quotes": [quote_of(shelled), quote_of(killed) | {"claim": None}],
        }
    )
    w.hypotheses += [
        {
            "question": "q00000000000a", "hypothesis": name, "says": says, "by": by,
            "inconsistent": against, "consistent": 2, "silent": 0, "rank": rank,
        }
        for name, says, by, against, rank in (
            ("so", "it is so", None, 1, 1),
            ("9f3c11", "<i>somebody</i> else fired", "Rana \u202e", 2, 2),
        )
    ]  # fmt: skip
    w.matrix.append(
        {
            "question": "q00000000000a",
            "row": 0,
            "voices": ["Northern Column"],
            "says": "denies",
            "cells": [
                {"hypothesis": "so", "cell": "inconsistent", "by": None},
                {"hypothesis": "9f3c11", "cell": "neutral", "by": "Rana"},
            ],
            "diagnostic": 1.0,
            "turns": "Without it both would stand alike.",
            "quotes": [quote_of(refusals[0]), quote_of(denied)],
        }
    )
    w.voices += count_voices(w.claims)
    w.doubts += [
        {
            "id": "x1",
            "stage": "read",
            "name": "scan.pdf",
            "what": "no text",
            "sentence": "The file holds pictures of pages and no text.",
            "advice": "Run it through a text recogniser and add the result.",
        },
        {
            "id": "x2",
            "stage": "read",
            "name": "<i>locked</i>.docx",
            "what": "password",
            "sentence": "The file is locked with a password.",
            "advice": "Save it without a password and add it again.",
        },
        {
            "id": "x3",
            "stage": "weigh",
            "document": sheet,
            "name": "archive.zip/deaths.csv",
            "what": "undated",
            "sentence": "The document has no date, so what it says could not be put in order.",
            "advice": "Give the date by hand.",
        },
    ]
    return w.tables()


def count_voices(claims: list[Row]) -> list[Row]:
    held: dict[str, Row] = {}
    for claim in claims:
        chain = [str(name) for name in claim["voices"]]  # type: ignore[attr-defined]
        for at, name in enumerate(chain):
            last = at == len(chain) - 1
            kind = "unnamed" if name == "unnamed" else "document" if at == 0 else "named"
            row = held.setdefault(
                name, {"name": name, "kind": kind, "claims": 0, "passes_on": 0, "documents": [], "via": []}
            )
            key = "claims" if last else "passes_on"
            row[key] = int(str(row[key])) + 1
            for column, values in (("documents", [claim["document"]]), ("via", chain[:at][-1:])):
                cell = row[column]
                assert isinstance(cell, list)
                cell.extend(value for value in values if value not in cell)
    return list(held.values())


def write_large(documents: int, sentences: int, *, stances: int) -> SiteTables:
    """Documents of `sentences` claims each, one question with `stances` voices. Signs that need escaping."""
    w = Writing()
    for d in range(documents):
        said = [
            f'Report {d}: on day {s} the "Group {s % 7}" took <{s}> & left {s + 2} people hurt near Town {d % 50}.'
            for s in range(sentences)
        ]
        text = "\n\n".join(said)
        voice = f"Reporter {d} of the Long River Bulletin"
        document = w.document(
            text, name=f"report-{d}.txt", title=f"Report {d}", author=voice, date=f"2024-03-{d % 28 + 1:02}"
        )
        at = 0
        for s, words in enumerate(said):
            end = at + len(words)
            w.passages.append(
                {
                    "document": document,
                    "index": s,
                    "kind": "sentence",
                    "start": at,
                    "end": end,
                    "language": "en",
                }
            )
            hurt = text.index("hurt", at)
            low = float(s + 2)
            claim: Row = {
                "id": f"c{d:06}{s:06}",
                "document": document,
                "start": at,
                "end": end,
                "quote": words,
                "kind": "event",
                "type": "injury",
                "trigger": {"text": "hurt", "start": hurt, "end": hurt + 4},
                "places": [],
                "persons": [],
                "polarity": "denied" if s % 5 == 0 else "affirmed",
                "certainty": "predicted" if s % 11 == 0 else "certain",
                "status": "claimed",
                "voices": [voice],
                "attribution": [],
                "explain": "The participle has a subject.",
                "reading": "rules/parse",
                "quantity": {
                    "text": f"{s + 2}",
                    "low": low,
                    "high": low,
                    "bound": "exact",
                    "unit": "people",
                    "base": "injured",
                    "measure": "count",
                    "start": hurt - 10,
                    "end": hurt - 8,
                },
            }
            w.claims.append(claim)
            w.figures.append(figure_of(claim))
            at = end + 2
    w.voices += count_voices(w.claims)
    w.questions.append(
        {
            "id": "q1",
            "question": "Was anyone hurt near Town 3?",
            "proposition": "injury near Town 3",
            "type": "injury",
            "polarity": "affirmed",
        }
    )
    for claim in w.claims[:stances]:
        w.stances.append(
            {
                "question": "q1",
                "voice": f"Voice {claim['id']}",
                "via": [],
                "stance": "affirms",
                "directness": "stated",
                "date": None,
                "quotes": [quote_of(claim)] * 3,
                "rule": "Same type.",
            }
        )
        w.conflicts.append(
            {
                "question": "q1",
                "kind": "conflicts",
                "reason": "They differ.",
                "quotes": [quote_of(claim), quote_of(w.claims[0])],
            }
        )
    w.doubts += [
        {
            "id": f"x{n}",
            "stage": "read",
            "name": f"file {n}",
            "what": "empty file",
            "sentence": "The file is empty.",
            "advice": "Nothing.",
        }
        for n in range(stances)
    ]
    return w.tables()


def write_about(originals: int = 6) -> About:
    return About(
        title="The bridge at Qasr Amal: a test case",
        rasid_version="0.1.0",
        contract_version=1,
        reader="rules",
        pipeline="rasid_pipeline 1.0",
        stages=(("read", "1"), ("extract", "1"), ("resolve", "1"), ("weigh", "1"), ("present", "1")),
        originals=tuple(
            OriginalNote(
                f"{n:064x}", (f"file {n}.txt",) if n else ("<b>x</b>.html", "copy.html"), 812 + n * 100_000
            )
            for n in range(originals)
        ),
        decisions=(
            DecisionNote("Mira", "2024-04-01T10:00:00Z", "ask", "Did the Northern Column shell the bridge?"),
        ),
        fingerprints=(("claims", "ab" * 32), ("documents", "cd" * 32)),
    )


@pytest.fixture(scope="session")
def dispute() -> SiteTables:
    return write_dispute()


@pytest.fixture(scope="session")
def about() -> About:
    return write_about()


@pytest.fixture(scope="session")
def many_originals() -> About:
    return write_about(2500)


@pytest.fixture(scope="session")
def large() -> Callable[..., SiteTables]:
    return write_large


@pytest.fixture(scope="session")
def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium on this machine")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A real Chromium, closed when the module is done."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()
