"""A claim as far as incidents need it: what, when, where, whom, how many, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from rasid.knowledge.actors import fold_name, load_actors
from rasid.knowledge.person_names import skeleton
from rasid.model.tables import Row
from rasid.resolve.incidents.days import MAX_SPAN_DAYS, Days, written_day
from rasid.resolve.incidents.kinds import is_campaign, is_general, is_plural, strands, tells
from rasid.resolve.incidents.spots import Spot, proper_name, spot_in_target, spot_of

EFFECTS: Mapping[str, str] = {
    "killing": "dead", "execution": "dead", "death": "dead", "injury": "injured", "abduction": "abducted",
    "disappearance": "missing", "arrest": "arrested", "detention": "detained", "release": "released",
    "displacement": "displaced",
}  # fmt: skip

_DONE_TO_PLACES = frozenset(
    "air_strike drone_attack shelling territorial_gain territorial_loss facility_attack handover".split()
)
ALIKE = 75.0  # rapidfuzz ratio of two spellings of one word that sound alike

_NO_NAME = frozenset(
    "he she him her his they them their it its i we us our my a an the this that two three four five six seven eight"
    " nine ten several some many other others another one who".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_POINTING = re.compile(r"\b(?:the|this|that|these|those|both)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:another (?!\d|two|three|four|five|six|seven|eight|nine|ten|dozen)|separate(?:ly)?|elsewhere|meanwhile"
    r"|similar|other attacks?|also on|later that day|in a different"
    r"|(?:second|third|fourth) (?:air |drone |car |suicide |rocket )?"
    r"(?:attack|strike|raid|bomb|blast|explosion|incident|shell))\b",
    re.IGNORECASE,
)
_DATE_WORDS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday tonight yesterday tomorrow week month year day night morning evening".split()
)
# Words too common in reports of violence to tell two happenings apart, whatever a small case says of their rarity.
_EMPTY = frozenset(
    "a an the and or of in on at to by from for with near into was were is are be been has have had that which who it"
    " its he she they them his her their this these those as but not no after before during while when where more than"
    " least about some many said says told according report reported people person persons killed killing dead died"
    " attack attacked injured wounded today yesterday including among one two three four five six seven eight nine"
    " ten".split()
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many suffered what, as one claim says it."""

    effect: str
    base: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that tells of a happening, or speaks of one without telling it.

    days:    first and last day as ordinals; None if the claim gives none
    written: day of the document as an ordinal; None if unknown
    points:  "the attack", "this strike": it means a happening that the text has told
    another: its sentence says that it is another one than the one before
    """

    id: str
    document: str
    start: int
    end: int
    type: str
    strand: str
    tells: bool
    days: Days | None
    written: int | None
    spots: tuple[Spot, ...]
    actor: str
    target: frozenset[str]
    persons: frozenset[str]
    count: Count | None
    words: frozenset[str]
    points: bool
    another: bool
    voice: str

    @property
    def exact(self) -> bool:
        """Dated to one day."""
        return self.days is not None and self.days[0] == self.days[1]


def read_told(
    row: Row, *, days: Days | None, written: str | None, places: Mapping[tuple[str, str], Row]
) -> Told | None:
    """A claim of tables.CLAIMS as `Told`; None if it speaks of what goes on or happens again and again.

    days:    `days.read_days`
    written: date of its document, ISO year, month or day
    places:  `spots.place_index`
    """
    quote, event_type = str(row["quote"]), str(row["type"])
    trigger = _cell(row, "trigger")
    count = _count(row)
    if _is_running(row):
        return None
    exact = days is not None and days[0] == days[1]
    if is_campaign(trigger):
        return None
    general = is_general(quote) or (is_plural(trigger) and count is None)
    if general and not exact:
        return None
    document = str(row["document"])
    spots, persons = tuple(_spots(row, document, places)), frozenset(_persons(row))
    if count is not None and not persons and _is_toll(days, spots):
        return None
    start = _int(row["start"])
    before = quote[: max(0, _int(_part(row, "trigger", "start")) - start)]
    voices = row["voices"]
    assert isinstance(voices, list)
    return Told(
        id=str(row["id"]),
        document=document,
        start=start,
        end=_int(row["end"]),
        type=event_type,
        strand=strands().get(event_type, ""),
        tells=tells(
            str(row["kind"]), event_type, polarity=str(row["polarity"]), certainty=str(row["certainty"])
        ),
        days=days,
        written=written_day(written),
        spots=spots,
        actor=_party(row),
        target=_content(_cell(row, "target")),
        persons=persons,
        count=count,
        words=words_of(quote),
        points=_POINTING.search(before) is not None,
        another=_is_another(quote),
        voice=str(voices[-1]),
    )


def _is_toll(days: Days | None, spots: Sequence[Spot]) -> bool:
    """A number over weeks in a whole governorate or country: "90 killed in Idlib in April" counts many happenings."""
    is_long = days is not None and days[1] - days[0] > MAX_SPAN_DAYS
    return is_long and bool(spots) and not any(spot.fine for spot in spots)


@lru_cache(maxsize=100_000)
def _is_another(quote: str) -> bool:
    return _ANOTHER.search(quote) is not None


def _spots(row: Row, document: str, places: Mapping[tuple[str, str], Row]) -> Iterator[Spot]:
    """The places of the claim; where it has none, the place that its target is or lies in."""
    written = _rows(row["places"])
    for place in written:
        if (spot := spot_of(place, places.get((document, str(place["text"]))))) is not None:
            yield spot
    target = row["target"]
    if written or not isinstance(target, dict) or not target["text"]:
        return
    text = str(target["text"])
    found = places.get((document, text))
    if found is not None and found["place_id"] is not None:
        spot = spot_of(target, found)
    elif row["type"] in _DONE_TO_PLACES and _is_proper(text, row) and load_actors().find(text) is None:
        spot = Spot(f"n{proper_name(text)}", text, fine=True, known=False)
    else:
        spot = spot_in_target(text)
    if spot is not None:
        yield spot


def _is_proper(text: str, row: Row) -> bool:
    """ "Wadi Serin": nothing but words with capitals, in a text that is not all in capitals.

    A single word that begins its sentence has its capital from there.
    """
    if text.isupper() or (" " not in text and str(row["quote"]).startswith(text)):
        return False
    return all(word[:1].isupper() for word in text.split()) and bool(proper_name(text))


def is_date_word(word: str) -> bool:
    """ "november", "friday", "11": compared as days already."""
    return (
        word in _DATE_WORDS
        or (word.isdecimal() and len(word) <= 2)
        or (len(word) == 4 and word[:2] in {"19", "20"})
    )


@lru_cache(maxsize=100_000)
def words_of(quote: str) -> frozenset[str]:
    """The words and numbers of a sentence that could tell one happening from another, in small letters."""
    return frozenset(
        w for word in _WORD.findall(quote) if (w := fold_word(word)) not in _EMPTY and len(w) > 1
    )


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Small letters, no marks, no possessive, no plural of four letters or more."""
    folded = fold_name(re.sub(r"['’]s\Z", "", word)).replace(" ", "")
    return folded[:-1] if len(folded) > 4 and folded.endswith("s") and not folded.endswith("ss") else folded


def _is_running(row: Row) -> bool:
    """A running total or a rate: a number over many happenings."""
    quantity = row["quantity"]
    return isinstance(quantity, dict) and (bool(quantity["cumulative"]) or quantity["per"] is not None)


def _count(row: Row) -> Count | None:
    quantity, effect = row["quantity"], EFFECTS.get(str(row["type"]))
    if effect is None or not isinstance(quantity, dict) or quantity["measure"] != "count":
        return None
    if quantity["low"] is None and quantity["high"] is None:
        return None
    base = str(quantity["base"] or quantity["unit"] or "people")
    return Count(effect, base, quantity["low"], quantity["high"])


def _party(row: Row) -> str:
    actor = row["actor"]
    if not isinstance(actor, dict) or not actor["text"]:
        return ""
    return fold_name(str(actor["name"] or actor["text"]))


def same_person(one: str, other: str) -> bool:
    """All words of one name are in the other, in some spelling: "Rafiq Sabbagh", "Sabagh"."""
    few, many = sorted((one.split(), other.split()), key=len)
    return all(any(_same_word(a, b) for b in many) for a in few)


@lru_cache(maxsize=100_000)
def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    return sound_of(one) == sound_of(other) and fuzz.ratio(one, other) >= ALIKE


@lru_cache(maxsize=100_000)
def sound_of(word: str) -> str:
    """What two spellings of a word of a name share; the word itself where it is too short to tell."""
    found = skeleton(word) if len(word) > 4 else word
    return found if len(found) > 2 else word


def _persons(row: Row) -> Iterator[str]:
    """Names of the people harmed; "his wife", "her" and "two bodyguards" are none."""
    for person in _rows(row["persons"]):
        name = str(person["name"] or person["text"])
        words = name.split()
        if (
            words
            and words[0].casefold() not in _NO_NAME
            and any(word[:1].isupper() or not word[:1].isascii() for word in words)
        ):
            yield fold_name(name)


def _content(text: str) -> frozenset[str]:
    return words_of(text) if text else frozenset()


def _cell(row: Row, name: str) -> str:
    return str(_part(row, name, "text") or "")


def _part(row: Row, name: str, part: str) -> object:
    cell = row[name]
    return cell[part] if isinstance(cell, dict) else None


def _int(cell: object) -> int:
    return cell if isinstance(cell, int) else 0


def _rows(cell: object) -> list[Row]:
    return cell if isinstance(cell, list) else []
