"""Where and when of a figure: its own words, else its sentence, else what its document is about and only that.

What was taken from around the number is said in words, so that the page can show it. Nothing is taken where there is a
choice: a document that names two towns gives its place to no number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rasid.knowledge.actors import fold_name
from rasid.knowledge.registry import load_registry
from rasid.model.tables import Row
from rasid.model.values import Certainty, DateSpan, Kind, Polarity
from rasid.weigh.ranges.counting import HARMS
from rasid.weigh.ranges.said import When, Where, ordinal
from rasid.weigh.same import bare, has_a_name

SHORT_DAYS = 3  # a happening; anything longer is a period, in which much else may have happened at the place
_MOST_BESIDE = 40  # claims of one sentence that are looked at: a limit against tables read as one sentence
_TOP = 200  # a heading that begins so early is the title of the page
_JUST_BEFORE = 600  # characters: a paragraph; a day told further away is of something else
_FINEST = ("neighbourhood", "town", "", "district", "governorate", "region", "part", "country")
_DAY_AFTER = re.compile(
    r"\s+(?:on|in|at|during|since|before|after|around|over|from|by)\s+(?:\w+\s+){0,3}?"
    r"(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December).*\Z"
)
_BESIDE = re.compile(
    r"(?:(?:just|far|\w+ern|\d+)\s+)*(?:north|south|east|west|outskirts|countryside|suburbs?|edges?|vicinity|km"
    r"|kilomet\w+|miles?|front|\w+ern)\b",
    re.IGNORECASE,
)
_SORT_BEFORE = re.compile(r"\A[a-z][\w'-]*(?:\s+[a-z][\w'-]*)*\s+(?:of|in|at)\s+(?:the\s+)?(?=[A-Z])")
_SORT_AFTER = re.compile(r"\s+(?:town|city|village|camp|market|hospital|neighbou?rhood)\Z")
_SORTS = frozenset(
    "country town towns village villages city capital market church mosque school hospital highway road street house"
    " houses area region province district department camp bridge square station place places here there nation".split()
)
_AREA = re.compile(
    r"\b(governorate|province|region|district|county|territory|state|valley|plain|plateau|mountains?|desert|basin|strip"
    r"|peninsula|area|coast|hills|islands?)\b",
    re.IGNORECASE,
)
_AREA_LEVELS = {
    "governorate": "governorate", "province": "governorate", "state": "governorate", "region": "region",
    "district": "district", "county": "district", "territory": "district",
}  # fmt: skip
_MONTHS = "january february march april may june july august september october november december".split()
_DATED = re.compile(  # words of a time, be it that of saying so: nothing is lent to such a sentence
    rf"\b(?:{'|'.join(_MONTHS)}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tonight|last|this"
    r"|previous|earlier|since|ago|(?:19|20)\d\d)\b",
    re.I,
)
_MONTH_NAMES = frozenset(month.capitalize() for month in _MONTHS)
_IN_PLACE = re.compile(r"(?:\s+(?!in\b)[a-z][\w-]*){0,3}\s+in\s+([A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)")
_TO_PLACE = re.compile(r"\b(?:in|to|from|at)\s+((?:[A-Z][\w'’-]*)(?:\s+[A-Z][\w'’-]*)*)")
_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_MONTHS)})\b(?:\s+((?:19|20)\d\d)\b)?", re.I)
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b", re.I)
_YEAR = re.compile(r"\b(?:in|of|during)\s+((?:19|20)\d\d)\b", re.I)


@dataclass(slots=True)
class _Around:
    """What the claims of one document name."""

    places: dict[str, Where] = field(default_factory=dict)
    days: set[When] = field(default_factory=set)
    longer: set[When] = field(default_factory=set)
    dated: list[int] = field(default_factory=list)  # where the claims with days begin, in order
    title: str = ""
    year: int | None = None  # of the document
    is_headed: bool = False  # its first heading is taken as its title
    headings: list[tuple[int, str]] = field(default_factory=list)  # those below the first, folded


@dataclass(slots=True)
class Context:
    """Finds place and days of claims; made once for a case by `read_context`."""

    places: Mapping[tuple[str, str], Row]
    documents: dict[str, _Around] = field(default_factory=lambda: defaultdict(_Around))
    sentences: dict[tuple[str, int, int], list[Row]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, dict[str, Where]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # folded name -> places
    _held: dict[tuple[str, str], Where | None] = field(default_factory=dict)

    def where(self, claim: Row, when: When | None) -> tuple[Where | None, str]:
        """The finest place, and from where it was taken ("" if it is the claim's own).

        when: the days of the figure. The one town of a report lends its place to a happening, not to a monthly toll.
        """
        own = self.finest(claim)
        if behind := self._right_behind(claim):
            return behind, ""
        if own is not None:
            return own, ""
        beside = {w.key: w for other in self._beside(claim) if (w := self.finest(other))}
        if len(beside) == 1:
            return next(iter(beside.values())), "place taken from the same sentence"
        if len(beside) > 1:
            return None, ""
        if written := self._in_words(claim):
            return written, "place taken from the same sentence"
        around = self.documents[str(claim["document"])]
        section = _section(around, claim)
        is_short = when is None or 0 < when.days <= SHORT_DAYS
        lent = [w for w in around.places.values() if w.is_settlement or not is_short]
        if section:
            named = _finest_of(w for w in lent if fold_name(w.name) in section)
            return (named[0], "place taken from the heading above") if len(named) == 1 else (None, "")
        if len(lent) == 1 and (is_short or len(around.places) == 1):
            return lent[0], "place taken from the document, which names no other"
        named = _finest_of(w for w in lent if fold_name(w.name) in around.title)
        return (named[0], "place taken from the title of the document") if len(named) == 1 else (None, "")

    def when(self, claim: Row) -> tuple[When | None, str]:
        """The days, and from where they were taken ("" if they are the claim's own)."""
        if own := days_of(claim["time"]):
            return own, ""
        beside = {when for other in self._beside(claim) if (when := days_of(other["time"]))}
        if len(beside) == 1:
            return next(iter(beside)), "time taken from the same sentence"
        around = self.documents[str(claim["document"])]
        if beside:
            return None, ""
        if said := _titled(str(claim["quote"])):
            return said, "time taken from the same sentence"
        section = _section(around, claim)
        if section and (headed := _titled(section, year=around.year)):
            return headed, "time taken from the heading above"
        titled = _titled(around.title, year=around.year)
        if titled and (not section or any(fold_name(w.name) in section for w in around.places.values())):
            return titled, "time taken from the title of the document"
        if not _is_told_before(around, claim) or _DATED.search(str(claim["quote"])):
            return None, ""
        if len(around.days) == 1:
            return next(
                iter(around.days)
            ), "day taken from what was told just before; the document names no other"
        if not around.days and len(around.longer) == 1:
            return next(iter(around.longer)), "period taken from what was told just before"
        return None, ""

    def _in_words(self, claim: Row) -> Where | None:
        """The one place that the sentence names with "in", "to", "from" and that a claim of the case settles."""
        if claim["type"] != Kind.FIGURE.value:
            return None
        names = {fold_name(found[1]) for found in _TO_PLACE.finditer(str(claim["quote"]))} & self.known.keys()
        found = {w.key: w for name in names for w in self.known[name].values()}
        return next(iter(found.values())) if len(found) == 1 else None

    def _right_behind(self, claim: Row) -> Where | None:
        """The place that stands right behind the number, if it is another than the event's: "and 4 in Dar Sabla"."""
        quantity, held = claim["quantity"], claim["places"]
        if not isinstance(quantity, dict) or not isinstance(held, list) or not held:
            return None
        found = _IN_PLACE.match(str(claim["quote"])[_int(quantity["end"]) - _int(claim["start"]) :])
        if found is None or found[1] in _MONTH_NAMES:
            return None
        if any(found[1] in str(p["text"]) or str(p["text"]) in found[1] for p in held):
            return None
        name: Row = {"text": found[1], "name": found[1]}
        return self.place(str(claim["document"]), name)

    def _beside(self, claim: Row) -> list[Row]:
        key = (str(claim["document"]), _int(claim["start"]), _int(claim["end"]))
        return [other for other in self.sentences[key][:_MOST_BESIDE] if other["id"] != claim["id"]]

    def finest(self, claim: Row) -> Where | None:
        """The finest place of a claim; two of them side by side are one place of both names."""
        held = claim["places"]
        assert isinstance(held, list)
        found = {w.key: w for place in held if (w := self.place(str(claim["document"]), place))}
        if len(found) < 2:
            return next(iter(found.values()), None)
        rank = min(_FINEST.index(w.level) for w in found.values())
        finest = sorted((w for w in found.values() if _FINEST.index(w.level) == rank), key=lambda w: w.key)
        if len(finest) == 1:
            return finest[0]
        return Where(
            "+".join(w.key for w in finest),
            " and ".join(w.name for w in finest),
            finest[0].level,
            finest[0].country,
        )

    def place(self, document: str, place: Row) -> Where | None:
        """A place of a claim as a `Where`; None for "the market", which has no name."""
        key = (document, str(place["text"]))
        if key not in self._held:
            self._held[key] = _where(place, self.places.get(key))
        return self._held[key]


def read_context(
    claims: Iterable[Row], documents: Iterable[Row], places: Iterable[Row], headings: Iterable[Row]
) -> Context:
    """Look once over all claims of a case.

    documents: rows with id, title and date; headings: rows with document, start and text, in the order of the text
    """
    context = Context({(str(p["document"]), str(p["text"])): p for p in places})
    for row in documents:
        around = context.documents[str(row["id"])]
        around.title = fold_name(str(row["title"] or ""))
        around.year = int(str(row["date"])[:4]) if row["date"] else None
    for row in headings:
        around, folded = context.documents[str(row["document"])], fold_name(str(row["text"]))
        if around.is_headed or _int(row["start"]) > _TOP:
            around.headings.append((_int(row["start"]), folded))
        else:
            around.title = f"{around.title} {folded}"
            around.is_headed = True
    for claim in claims:
        document = str(claim["document"])
        context.sentences[document, _int(claim["start"]), _int(claim["end"])].append(claim)
        around = context.documents[document]
        held = claim["places"]
        assert isinstance(held, list)
        for place in held:
            where = context.place(document, place)
            if where is not None:
                around.places.setdefault(where.key, where)
                context.known[fold_name(where.name)].setdefault(where.key, where)
        when = days_of(claim["time"]) if claim["type"] in HARMS else None
        if when is not None:
            around.dated.append(_int(claim["start"]))
        if when is not None and _is_so(claim):
            (around.days if when.days == 1 else around.longer).add(when)
    for around in context.documents.values():
        around.dated.sort()
    return context


def days_of(time: object) -> When | None:
    """The days of a time cell; None if neither end is on the calendar."""
    if not isinstance(time, dict):
        return None
    first, last = ordinal(time["first_day"], last=False), ordinal(time["last_day"], last=True)
    return None if first is None and last is None else When(first, last)


def _is_so(claim: Row) -> bool:
    return claim["polarity"] == Polarity.AFFIRMED.value and claim["certainty"] == Certainty.CERTAIN.value


def _where(place: Row, settled: Row | None) -> Where | None:
    text = str(place["text"] or "")
    if settled is None or settled["place_id"] is None:
        name = core_name(str(place["name"] or text))
        return Where(f"n {fold_name(name)}", name, _said_level(text), "") if _is_name(name) else None
    name, level = str(settled["name"] or text), str(settled["level"] or "")
    country = str(settled["country"] or "")
    around = [fold_name(str(settled[each])) for each in ("adm2", "adm1") if settled[each]]
    known = load_registry().countries.get(country)
    if known is not None:
        around.append(fold_name(known.name))
    own = fold_name(name)
    return Where(
        f"g {settled['place_id']} {level}",
        name,
        level if level in _FINEST else "",
        country,
        tuple(each for each in around if each != own or level == "town"),
    )


def core_name(written: str) -> str:
    """ "The market of Kafr Naya on 3 May" -> "Kafr Naya"; "north of Kafr Naya" stays, it is another place."""
    name = bare(_DAY_AFTER.sub("", written))
    return name if _BESIDE.match(name) else _SORT_AFTER.sub("", _SORT_BEFORE.sub("", name))


def _is_name(words: str) -> bool:
    """Has a capital, and is more than "THE MARKET" in a text of capitals."""
    told = {word for word in fold_name(words).split() if not word.isdigit()}
    return has_a_name(words) and not told <= _SORTS


def _said_level(written: str) -> str:
    """What the words say of a place that is on no list: "Imerra governorate" is no town."""
    found = _AREA.search(written)
    return _AREA_LEVELS.get(found[1].casefold(), "region") if found else ""


def _titled(title: str, *, year: int | None = None) -> When | None:
    """The one day, else the one month, else the one year that a title names. year: of a day without one."""
    days = {(int(m[3] or year or 0), m[2].casefold(), int(m[1])) for m in _DAY.finditer(title)}
    if len(days) == 1:
        of, month, day = next(iter(days))
        found = ordinal(f"{of:04}-{_MONTHS.index(month) + 1:02}-{day:02}", last=True) if of else None
        return When(found, found) if found is not None else None
    months = {(_MONTHS.index(m[1].casefold()) + 1, int(m[2])) for m in _MONTH.finditer(title)}
    if len(months) == 1 and not days:
        month_of, of = next(iter(months))
        return _span(f"{of:04}-{month_of:02}")
    years = {int(m[1]) for m in _YEAR.finditer(title)}
    return _span(f"{next(iter(years)):04}") if len(years) == 1 and not months else None


def _section(around: _Around, claim: Row) -> str:
    """The heading below the title that the claim stands under; "" if there is none."""
    at = bisect_right(around.headings, (_int(claim["start"]), "\uffff")) - 1
    return around.headings[at][1] if at >= 0 else ""


def _is_told_before(around: _Around, claim: Row) -> bool:
    """Does a claim with days stand just before this one?"""
    start = _int(claim["start"])
    at = bisect_right(around.dated, start) - 1
    return at >= 0 and start - around.dated[at] <= _JUST_BEFORE


def _finest_of(places: Iterable[Where]) -> list[Where]:
    """Without those that another of them lies in."""
    held = list(places)
    return [w for w in held if not any(fold_name(w.name) in other.around for other in held)]


def _span(iso: str) -> When:
    span = DateSpan.from_iso(iso)
    assert span.first_day is not None and span.last_day is not None
    return When(span.first_day.toordinal(), span.last_day.toordinal())


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
