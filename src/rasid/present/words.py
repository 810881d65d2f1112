"""How values are put into plain English on a page: counts, numbers, dates, how sure a voice is.

Everything here is a pure function from a value to words; `shown` alone returns markup, already escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from rasid.model.values import Bound, Certainty, DateSpan, Polarity, Precision

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)

# An override makes letters run backwards, so that a reader sees other words than the file holds. It has no
# honest use in a report; embeddings and isolates do, and are left alone.
_OVERRIDES = "\u202d\u202e"
_UNSEEN = re.compile(f"([{_OVERRIDES}\x00-\x08\x0b\x0c\x0e-\x1f\x7f])\\1*")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands, for the eye and in words.

    code:  affirmed, partial, possible, predicted or denied; the class on the page
    words: one short phrase that a screen reader can say
    so:    the voice says that it is or was so; only this may look like a thing that happened
    """

    code: str
    words: str
    so: bool


_STANDINGS = {
    (Polarity.AFFIRMED, Certainty.CERTAIN): Standing("affirmed", "affirmed", True),
    (Polarity.AFFIRMED, Certainty.PARTIAL): Standing("partial", "only partly so", True),
    (Polarity.AFFIRMED, Certainty.POSSIBLE): Standing("possible", "possible, not certain", False),
    (Polarity.AFFIRMED, Certainty.PREDICTED): Standing("predicted", "predicted, not happened", False),
    (Polarity.DENIED, Certainty.CERTAIN): Standing("denied", "denied", False),
    (Polarity.DENIED, Certainty.PARTIAL): Standing("denied", "denied in part", False),
    (Polarity.DENIED, Certainty.POSSIBLE): Standing("denied", "possibly not so", False),
    (Polarity.DENIED, Certainty.PREDICTED): Standing("denied", "predicted not to happen", False),
}


def standing(polarity: str, certainty: str) -> Standing:
    """What polarity and certainty mean together.

    raises: ValueError if either is not one of the contract's words
    """
    return _STANDINGS[Polarity(polarity), Certainty(certainty)]


def thousands(number: float) -> str:
    """`900000.0` -> "900,000"; whole numbers lose their point, others keep at most four digits after it."""
    if number == int(number):
        return f"{int(number):,}"
    return f"{number:,.4f}".rstrip("0")


def count(number: int, one: str, many: str = "") -> str:
    """`1, "claim"` -> "1 claim"; `2, "claim"` -> "2 claims"; `many` where the plural is not `one` + s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def span_words(low: float | None, high: float | None, bound: str | None) -> str:
    """What the number allows, in words: "12, said without a bound", "more than 7, no upper end", "about 40"."""
    if low is None and high is None:
        return "no number can be put on it"
    if bound is None:
        return _ends(low, high)
    match Bound(bound):
        case Bound.EXACT if low is not None and low == high:
            return f"{thousands(low)}, said without a bound"  # "exactly" would say more than the voice did
        case Bound.ABOUT if low is not None and low == high:
            return f"about {thousands(low)}"
        case Bound.MORE_THAN if low is not None and high is None:
            return f"more than {thousands(low)}, no upper end"
        case Bound.LESS_THAN if high is not None and low is None:
            return f"less than {thousands(high)}, no lower end"
        case Bound.VAGUE:
            return f"vague: {_ends(low, high)}"
        case _:
            return _ends(low, high)


def _ends(low: float | None, high: float | None) -> str:
    if high is None:
        return f"{thousands(low or 0)} or more, no upper end"
    if low is None:
        return f"{thousands(high)} or fewer, no lower end"
    return thousands(low) if low == high else f"{thousands(low)} to {thousands(high)}"


def day_words(iso: str | None) -> str:
    """`2024-03-05` -> "5 March 2024", `2024-03` -> "March 2024"; "undated" for None; other text as it is."""
    if not iso:
        return "undated"
    try:
        span = DateSpan.from_iso(iso)
    except ValueError:
        return iso
    day = span.first_day
    assert day is not None
    match span.precision:
        case Precision.YEAR:
            return str(day.year)
        case Precision.MONTH:
            return f"{MONTHS[day.month - 1]} {day.year}"
        case _:
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_words(first: str | None, last: str | None) -> str:
    """A stretch of days in words; "" where neither end is known."""
    if first and last:
        return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
    if first:
        return f"from {day_words(first)}"
    return f"until {day_words(last)}" if last else ""


def size_words(size: int) -> str:
    """Bytes as a person reads them: "812 bytes", "3.4 kB", "12.0 MB" (decimal units)."""
    if size < 1000:
        return count(size, "byte")
    if size < 1_000_000:
        return f"{size / 1000:,.1f} kB"
    return f"{size / 1_000_000:,.1f} MB"


def label(code: str | None) -> str:
    """A code as words: "air_strike" -> "air strike"; "" for None."""
    return (code or "").replace("_", " ").replace("-", " ")


def clip(text: str, most: int = 600) -> str:
    """`text` if it is short enough, else its beginning, cut at a space, and an ellipsis."""
    if len(text) <= most:
        return text
    head = text[:most]
    space = head.rfind(" ", most // 2)
    return (head[:space] if space > 0 else head).rstrip() + " …"


def plain(text: str, most: int = 600) -> str:
    """`text` for an attribute: clipped, on one line, direction overrides and control characters named."""
    return _UNSEEN.sub(lambda hit: f"[{_code(hit)}]", " ".join(clip(text, most).split()))


def shown(text: str) -> Markup:
    """`text` as escaped markup, direction overrides and control characters made visible and harmless."""
    if not _UNSEEN.search(text):
        return escape(text)
    parts: list[Markup] = []
    last = 0
    for hit in _UNSEEN.finditer(text):
        parts.append(escape(text[last : hit.start()]))
        parts.append(Markup('<i class="unseen">{}</i>').format(_code(hit)))
        last = hit.end()
    return Markup("").join([*parts, escape(text[last:])])


def _code(hit: re.Match[str]) -> str:
    """The code of a run of one hidden character, with its length if there is more than one."""
    times = len(hit.group())
    return f"U+{ord(hit.group(1)):04X}" + (f" ×{times}" if times > 1 else "")
