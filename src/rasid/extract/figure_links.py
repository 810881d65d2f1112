"""What ties the figures of one sentence together: part of, running total, stock or flow, borrowed units.

In: drafts in the order of the text. Out: the figures that can be told, with their links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rasid.extract.counted import Counted
from rasid.extract.found import FigureFound
from rasid.extract.numeral import Numeral, word_at
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords
from rasid.model.values import Bound, Measure

_COUNTS = frozenset({Measure.COUNT, Measure.SHARE})
_TOTAL_REACH = 14  # tokens between "the toll" and its number
_NEAR = 10  # tokens in front of a number in which "including" or "among them" still governs it
_BREAKS = frozenset(
    {";", ".", "while", "but", "whereas", "?", "!", "bringing", "raising", "taking", "pushing"}
)
_TOLL_HEADS = frozenset({"number", "toll", "count", "tally"})
_TOLL_IS = frozenset({"to", "at", "is", "was", "reached", "of"})
_TOLL_OF = {
    "killed": "dead",
    "dead": "dead",
    "deaths": "dead",
    "death": "dead",
    "wounded": "wounded",
    "injured": "wounded",
}
_LINK_WORDS = frozenset(
    {"and", ",", "or", "as", "well", "/", "&", "plus", "at", "least", "also", "a", "an", "the", "including"}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure before it is tied to the others."""

    figure: FigureFound
    numeral: Numeral
    counted: Counted | None


def link_figures(sentence: Sentence, drafts: Sequence[Draft], words: FigureWords) -> list[FigureFound]:
    """Tie the figures; a lone number that nothing explains is left out."""
    figures: list[FigureFound] = []
    for draft in drafts:
        figure = _of_a_toll(sentence, _borrowed(sentence, draft, figures, words))
        if not _is_told(figure):
            continue
        running = figure.measure is Measure.COUNT and _is_running(sentence, figure, words)
        part_of = None if running else _part_of(sentence, figure, figures, words)
        cumulative = running or (figure.measure is Measure.COUNT and _is_since(sentence, figure, words))
        stock_flow = _stock_flow(sentence, figure, words)
        figures.append(replace(figure, part_of=part_of, cumulative=cumulative, stock_flow=stock_flow))
    return _broken_down(sentence, figures)


def _is_people(figure: FigureFound) -> bool:
    return figure.measure is Measure.COUNT and figure.base is not None


def _is_told(figure: FigureFound) -> bool:
    """A number with a unit, or a lone one whose words ("at least", "dozens") say that it counts."""
    if figure.unit is not None:
        return True
    return figure.bound not in {Bound.EXACT, Bound.RANGE, Bound.ABOUT}


def _borrowed(
    sentence: Sentence, draft: Draft, earlier: Sequence[FigureFound], words: FigureWords
) -> FigureFound:
    """A lone number takes the unit of the figure before it: "23 civilians died, 12 in Idlib and 11 in Homs"."""
    figure = draft.figure
    is_open_share = figure.measure is Measure.SHARE and figure.base is None
    if (figure.unit is not None and not is_open_share) or not earlier:
        return figure
    if figure.unit is None and _continues_ages(sentence, figure, earlier[-1]):
        return replace(figure, measure=Measure.AGE, unit="year")
    source = next((f for f in reversed(earlier) if f.measure is Measure.COUNT and f.unit), None)
    if source is None:
        return figure
    if figure.unit is None and _is_running(sentence, figure, words):
        whole = next(
            (f for f in reversed(earlier) if f.part_of is None and f.unit and f.measure is Measure.COUNT),
            source,
        )
        return replace(figure, unit=whole.unit, base=whole.base)
    after, second = word_at(sentence, figure.where.last + 1), word_at(sentence, figure.where.last + 2)
    before = word_at(sentence, figure.where.first - 1)
    of_them = after == "of" and second in {"them", "whom", "which", "these", "those"}
    if is_open_share:
        return replace(figure, base=source.base or source.unit) if of_them else figure
    spread = after in {"in", "from", "near", "at"} and before in {",", "and", ":", "-", "–", "—", "("}
    changed = before in {"to", "from"} or word_at(sentence, figure.where.first - 2) in {"to", "from"}
    of_all = word_at(sentence, source.where.first - 1) in {"of", "the"} and sentence.lower[0] in {"of", "out"}
    if of_them or spread or of_all or (changed and source.where.last >= figure.where.first - 8):
        return replace(figure, unit=source.unit, base=source.base)
    return figure


def _of_a_toll(sentence: Sentence, figure: FigureFound) -> FigureFound:
    """ "The number of people killed when the ferry was shelled has risen to 26": a lone number of a toll."""
    if figure.unit is not None or figure.measure is not Measure.COUNT:
        return figure
    before = sentence.lower[: figure.where.first]
    if not before or before[-1] not in _TOLL_IS or not _TOLL_HEADS.intersection(before):
        return figure
    done = next((word for word in before if word in _TOLL_OF), None)
    return figure if done is None else replace(figure, unit="people", base=_TOLL_OF[done])


def _continues_ages(sentence: Sentence, figure: FigureFound, last: FigureFound) -> bool:
    """ "aged 19, 22 and 34"."""
    between = sentence.lower[last.where.last + 1 : figure.where.first]
    return (
        last.measure is Measure.AGE
        and last.unit == "year"
        and bool(between)
        and set(between) <= {",", "and", "or", "to", "-"}
    )


# --- part of ------------------------------------------------------------------------------------------------------


def _part_of(
    sentence: Sentence, figure: FigureFound, earlier: Sequence[FigureFound], words: FigureWords
) -> int | None:
    """The figure that this one is a part of, by "including", "among them", "of whom", "of them"."""
    if figure.measure not in _COUNTS or not earlier:
        return None
    whole = _whole(figure, earlier)
    if whole is None:
        return None
    if figure.measure is Measure.SHARE:
        after = tuple(sentence.lower[figure.where.last + 1 : figure.where.last + 3])
        return whole if after in {("of", "them"), ("of", "whom"), ("of", "these"), ("of", "those")} else None
    if _cued(sentence, figure, earlier[whole], words):
        return whole
    last = earlier[-1]
    if last.part_of is not None and last.part_of == whole and _goes_on(sentence, last, figure):
        return last.part_of
    return None


def _whole(figure: FigureFound, earlier: Sequence[FigureFound]) -> int | None:
    """The nearest figure before that can be the whole: counts people or the same, is no part, is not smaller."""
    for j in range(len(earlier) - 1, -1, -1):
        candidate = earlier[j]
        if candidate.measure is not Measure.COUNT or candidate.part_of is not None:
            continue
        if not (candidate.unit == figure.unit or candidate.base is not None):
            continue
        if (
            candidate.high is not None
            and figure.low is not None
            and figure.measure is Measure.COUNT
            and figure.low > candidate.high
        ):
            continue
        return j
    return None


def _cued(sentence: Sentence, figure: FigureFound, whole: FigureFound, words: FigureWords) -> bool:
    """Does a cue stand between the whole and this figure (or right behind it), with no other clause between?"""
    start = max(whole.where.last + 1, figure.where.first - _NEAR)
    end = figure.where.first
    between = sentence.lower[start:end]
    stop = max((k for k, word in enumerate(between) if word in _BREAKS), default=-1)
    reach = between[stop + 1 :]
    after = sentence.lower[figure.where.last + 1 : figure.where.last + 4]
    for cue in words.part_cues:
        for k in range(len(reach) - len(cue) + 1):
            if tuple(reach[k : k + len(cue)]) == cue and _reaches(
                sentence, start + stop + 1 + k + len(cue), figure
            ):
                return True
        if cue[0] == "of" and tuple(after[: len(cue)]) == cue:
            return True
    return False


def _reaches(sentence: Sentence, i: int, figure: FigureFound) -> bool:
    """No finite verb between the cue and the figure."""
    return not any(
        sentence.tags[j] in {"VBD", "VBZ", "VBP"} and sentence.pos[j] == "VERB"
        for j in range(i, figure.where.first)
    )


def _goes_on(sentence: Sentence, last: FigureFound, figure: FigureFound) -> bool:
    """ "including 7 children and 3 women": nothing but the counted words, commas and "and" between."""
    end = max(last.where.last, last.counted.last if last.counted else 0)
    between = range(end + 1, figure.where.first)
    return len(between) <= 4 and all(sentence.lower[j] in _LINK_WORDS for j in between)


def _broken_down(sentence: Sentence, figures: list[FigureFound]) -> list[FigureFound]:
    """Parts without a cue: "12 people (7 civilians, 5 fighters)", known by their sum; "12 of the 30" by its words."""
    out = list(figures)
    for j, whole in enumerate(figures):
        if j and _is_within(sentence, figures[j - 1], whole) and out[j - 1].part_of is None:
            out[j - 1] = replace(out[j - 1], part_of=j)
        parts = _parts(sentence, figures, j)
        if len(parts) >= 2 and sum(figures[k].low or 0 for k in parts) == whole.low:
            for k in parts:
                out[k] = replace(out[k], part_of=j)
    return out


def _is_within(sentence: Sentence, part: FigureFound, whole: FigureFound) -> bool:
    """ "three of the 12 men"."""
    between = sentence.lower[part.where.last + 1 : whole.where.first]
    return between in (
        ["of", "the"],
        ["out", "of", "the"],
        ["of", "those"],
        ["of", "these"],
        ["of", "all"],
        ["of", "its"],
        ["of", "their"],
    )


def _parts(sentence: Sentence, figures: Sequence[FigureFound], j: int) -> list[int]:
    """The counts that follow figure `j` behind a comma, dash, colon or bracket, one after the other."""
    whole = figures[j]
    parts: list[int] = []
    if not _is_people(whole) or whole.bound is not Bound.EXACT or whole.counted is None:
        return []
    for k in range(j + 1, len(figures)):
        figure = figures[k]
        if not _is_people(figure) or figure.bound is not Bound.EXACT or (figure.low or 0) >= (whole.low or 0):
            break
        before = figures[k - 1] if parts else whole
        end = max(before.where.last, before.counted.last if before.counted else 0)
        gap = sentence.lower[end + 1 : figure.where.first]
        opened = not parts and gap[-1:] in (
            ["("],
            [":"],
        )  # "60 people were killed in the town (38 civilians, ..."
        if (
            not gap
            or len(gap) > (_NEAR if opened else 4)
            or not set(gap) & {",", "(", ":", "-", "–", "—", "and"}
        ):
            break
        parts.append(k)
    return parts


# --- running totals, stock and flow -------------------------------------------------------------------------------


def _is_since(sentence: Sentence, figure: FigureFound, words: FigureWords) -> bool:
    """ "so far", "since 2011"."""
    left, right = _clause(sentence, figure)
    if any(sentence.lower[i] == "since" and _is_begin(sentence, i + 1, words) for i in range(left, right)):
        return True
    return any(
        tuple(sentence.lower[i : i + len(phrase)]) == phrase
        for phrase in words.so_far
        for i in range(left, right)
    )


def _is_running(sentence: Sentence, figure: FigureFound, words: FigureWords) -> bool:
    """ "bringing the total to 34", "the toll has risen to 34"."""
    left = _clause(sentence, figure)[0]
    before = range(max(left - 1, 0, figure.where.first - _TOTAL_REACH), figure.where.first)
    total = any(sentence.lower[i] in words.total_words and not _is_a_total_of(sentence, i) for i in before)
    return total and any(sentence.lower[i] in words.total_moves for i in before)


def _is_a_total_of(sentence: Sentence, i: int) -> bool:
    """ "a total of 12", "a number of": no running total."""
    return word_at(sentence, i - 1) in {"a", "an", "large"} and word_at(sentence, i + 1) == "of"


def _is_begin(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """After "since": a year, a month, "the start of", not "since they left"."""
    for j in range(i, min(i + 4, len(sentence))):
        word = sentence.lower[j]
        if word[0].isdigit() or word in words.since_begin or (sentence.pos[j] == "PROPN" and word.isalpha()):
            return True
        if sentence.pos[j] in {"PRON", "VERB", "AUX"}:
            return False
        if sentence.pos[j] == "NOUN":
            return True
    return False


def _clause(sentence: Sentence, figure: FigureFound) -> tuple[int, int]:
    """The stretch around the figure up to a semicolon, "while", "but"."""
    left = figure.where.first
    while left > 0 and sentence.lower[left - 1] not in _BREAKS:
        left -= 1
    right = figure.where.last + 1
    while right < len(sentence) and sentence.lower[right] not in _BREAKS:
        right += 1
    return left, right


def _stock_flow(sentence: Sentence, figure: FigureFound, words: FigureWords) -> str | None:
    """People who are displaced now (stock) or became it (flow); None where displacement is not spoken of."""
    if figure.measure not in {Measure.COUNT, Measure.RATE} or (
        figure.base is None and figure.unit is not None
    ):
        return None
    left, right = _clause(sentence, figure)
    right = min(right, figure.where.last + 12)
    left = max(left, figure.where.first - 8)
    reach = sentence.lower[left:right]
    if figure.base not in {"displaced", "refugees", "returnees"} and not words.displacement.intersection(
        reach
    ):
        return None
    if figure.base in {"dead", "wounded", "fighters", "soldiers", "casualties"}:
        return None
    if figure.per is not None:
        return "flow"
    if words.stock_cues.intersection(reach) or _is_there(reach):
        return "stock"
    if words.flow_cues.intersection(reach):
        return "flow"
    return None


def _is_there(reach: list[str]) -> bool:
    """ "there are 3 million displaced", "are displaced"."""
    pairs = set(pairwise(reach))
    return bool(
        pairs
        & {
            ("there", "are"),
            ("are", "displaced"),
            ("remain", "displaced"),
            ("are", "refugees"),
            ("is", "displaced"),
        }
    )
