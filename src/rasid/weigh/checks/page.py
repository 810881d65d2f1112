"""A document as the checks see it: lines of text, each with its counts, and what each count counts.

Classes of people tell which counts may be added: women, children and doctors overlap, men, women and children do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rasid.weigh.checks.numbers import Number, months, read_numbers

_CLASSES: Mapping[str, str] = {
    "person": "people person persons individual individuals victim victims death deaths fatality fatalities dead "
    "killed casualty casualties martyrs martyr bodies resident residents citizen citizens lives others villagers "
    "inhabitants prisoners detainees captives hostages displaced arrests detentions wounded injured missing survivors "
    "patients members kidnappings abductions refugees returnees worshippers",
    "civilian": "civilian civilians noncombatant noncombatants non-combatants",
    "child": "child children minor minors boy boys girl girls infant infants baby babies kids",
    "woman": "woman women female females",
    "man": "man men male males",
    "adult": "adult adults",
    "combatant": "fighter fighters militant militants combatant combatants soldier soldiers troops rebels gunmen "
    "insurgents jihadists",
    "profession": "medic medics doctor doctors nurse nurses paramedic paramedics journalist journalists rescuer "
    "rescuers teacher teachers workers personnel staff elderly officers policemen students activists",
    "facility": "facility facilities school schools hospital hospitals clinic clinics mosque mosques market markets "
    "bakery bakeries centre centres center centers",
}  # fmt: skip
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}
HUMAN = frozenset(_CLASSES) - {"facility"}
_STATES: Mapping[str, str] = {
    "dead": "killed|kills?|deaths?|dead|died|dies|fatalit\\w+|martyr\\w*|executed|lost|bodies|toll|drowned|slain",
    "wounded": "wounded|wounds?|injured|injuries|injur\\w+|hurt|maimed",
    "detained": "detain\\w*|arrest\\w*|captur\\w*|imprison\\w*|prisoners?|abduct\\w*|kidnap\\w*",
    "displaced": "displac\\w*|fled|flee|refugees?|returned|returnees?",
    "missing": "missing|disappear\\w*",
}
_STATE = re.compile("|".join(f"(?P<{name}>\\b(?:{words})\\b)" for name, words in _STATES.items()), re.I)
_LEAD = re.compile(
    r"\s*(?:of\s+(?:them|whom|these|those|which)\b\s*)?(?:(?:were|was|are|is|being)\b\s*)?(?:all\s+)?"
)
_STOP = re.compile(
    r"[,;:().!?—–|\"“”]|\s-\s|\b(?:and|or|but|in|by|on|at|from|to|of|with|for|during|near|as|per|than|who|that|which|were|was"
    r"|are|is|have|has|had|its|their|his|her|our|left|fled|reached|entered|arrived|came|went|died|killed|when|while|including|after|before|since|between|through|over|a|each|every|against)\b",
    re.I,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_LABEL = re.compile(r"(?P<label>[^:|\t–]{1,80}?)\s*(?::|\||\t|\s[-–—=])\s*(?:about\s|at least\s|some\s)?\Z")
_RATE = re.compile(
    r"(?:\s+\w+){0,4}?\s*(?:\b(?:a|per|each|every)\s+(?:day|week|month|year|hour)\b|\bdaily\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts.

    start, end: in the kept text, of the number with its bound words
    noun:       the last word of what is counted, small letters; "" if unsaid
    kind:       class of people or things; "" if unknown
    state:      dead, wounded, detained, displaced, missing or ""
    where:      the words after the thing counted: "in Idra", "by the army"; "" if none
    """

    number: Number
    start: int
    end: int
    noun: str
    kind: str
    state: str
    where: str
    label: str = ""

    @property
    def low(self) -> float:
        return self.number.low

    @property
    def high(self) -> float:
        return self.number.high

    @property
    def exact(self) -> bool:
        return self.number.exact

    @property
    def human(self) -> bool:
        return self.kind in HUMAN


@dataclass(frozen=True, slots=True)
class Line:
    """One passage with its numbers. Offsets of numbers are into `text`; `Count.start` into the kept text."""

    kind: str
    start: int
    end: int
    text: str
    counts: tuple[Count, ...]
    numbers: tuple[Number, ...]

    def percents(self) -> list[Number]:
        return [n for n in self.numbers if n.role == "percent"]

    def after(self, count: Count) -> str:
        """The text after the number, up to the next count."""
        later = [c.number.begin for c in self.counts if c.number.start > count.number.start]
        return self.text[count.number.end : min(later, default=len(self.text))]


@dataclass(frozen=True, slots=True)
class Page:
    """A document.

    head:        its headline: the title in the text if it begins with a heading, else ""
    month, year: the one month that the headline names without a day; 0 if none
    """

    document: str
    title: str
    source: str
    lines: tuple[Line, ...]
    head: Line | None
    month: int
    year: int
    body: tuple[Line, ...] = field(default=())


def class_of(words: str) -> str:
    """The class that these words name last; "" if none."""
    known = [_CLASS_OF[w] for w in (w.lower() for w in _WORD.findall(words)) if w in _CLASS_OF]
    return known[-1] if known else ""


def state_of(words: str) -> str:
    """The first state that these words name; "" if none."""
    match = _STATE.search(words)
    return str(match.lastgroup) if match else ""


def read_page(document: Mapping[str, object], passages: Iterable[Mapping[str, object]]) -> Page:
    """Read a document of `tables.DOCUMENTS` with its rows of `tables.PASSAGES`, in order."""
    text = str(document["text"])
    lines = tuple(
        read_line(str(p["kind"]), int(str(p["start"])), text[int(str(p["start"])) : int(str(p["end"]))])
        for p in passages
    )
    head = lines[0] if lines and lines[0].kind == "heading" else None
    month, year = _month_of_head(head.text if head else "")
    return Page(
        document=str(document["id"]),
        title=str(document["title"] or ""),
        source=str(document["publisher"] or document["author"] or ""),
        lines=lines,
        head=head,
        month=month,
        year=year,
        body=lines[1:] if head else lines,
    )


def read_line(kind: str, start: int, text: str) -> Line:
    """One passage with its counts. A row of a table is no sentence: lists.py reads its cells."""
    if kind == "row":
        return Line(kind, start, start + len(text), text, (), ())
    numbers = read_numbers(text)
    counts = tuple(
        _count(text, n, start) for n in numbers if n.role == "count" and not _RATE.match(text, n.end)
    )
    return Line(kind, start, start + len(text), text, counts, tuple(numbers))


def _count(text: str, number: Number, offset: int) -> Count:
    lead = _LEAD.match(text, number.end)
    begin = lead.end() if lead else number.end
    stop = _STOP.search(text, begin)
    phrase = text[begin : stop.start() if stop else len(text)]
    words = _WORD.findall(phrase)[:6]
    label_match = _LABEL.match(text[: number.begin]) if not words else None
    label = label_match["label"] if label_match else ""
    if re.search(r"\d\s+[a-z]", label):
        label = ""  # "88 attacks on homes in May - 34": a sentence, no label
    named = " ".join(words)
    if not named and (also := re.match(r"\s*(?:killed|wounded|died)\b", text[begin : begin + 12])):
        named = also[0].strip()
    if lead and re.search(r"(?:were|was|are|is|being)\s", lead[0]) and not class_of(named):
        words = []  # "52 were burned" counts what was named before
    kind = class_of(named) or class_of(label) or _class_of_case(named, text[begin + len(phrase) :])
    noun = (
        (words[-1].lower() if words else "")
        if not class_of(named)
        else next(w.lower() for w in reversed(_WORD.findall(named)) if w.lower() in _CLASS_OF)
    )
    rest = text[stop.start() : stop.start() + 60] if stop else ""
    verb = r"(?:(?:were|was)\s+)?(?:(?:killed|recorded|arrested|documented|detained|wounded|found|committed)\s+)?"
    where = re.match(
        rf"{verb}(?P<where>(?:in|by|from|at|near|on|against|under)\s+(?:(?!\band\b|\s-\s)[^,;.:()])*)", rest
    )
    state = _state(text, number, named, label)
    return Count(number, offset + number.begin, offset + number.end, noun, kind, state,
                 where["where"].strip() if where else "", label)  # fmt: skip


def _class_of_case(named: str, after: str) -> str:
    """A case of arrest, death or disappearance is one person."""
    case = named.lower() in {"case", "cases"} and re.match(r"of\s+(?:\w+\s+)?(?P<what>\w+)", after)
    return "person" if case and state_of(case["what"]) in {"dead", "detained", "missing"} else ""


def _state(text: str, number: Number, named: str, label: str) -> str:
    """Of the thing counted itself, else of the nearest verb before it, else of the first after it."""
    if own := state_of(named) or state_of(label):
        return own
    before = list(_STATE.finditer(text[: number.begin]))
    if before:
        return str(before[-1].lastgroup)
    return state_of(re.split(r"[.;]", text[number.end :])[0])


def _month_of_head(text: str) -> tuple[int, int]:
    from rasid.weigh.checks.numbers import MONTHS

    named = list(months(text))
    if len(named) != 1 or re.search(r"\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?\Z", text[: named[0].start()]):
        return 0, 0
    if re.match(r"\s+\d{1,2}(?!\d)", text[named[0].start("month") + len(named[0]["month"]) :]):
        return 0, 0
    return MONTHS[named[0]["month"]], int(named[0]["year"] or 0)
