"""Turns of talk: "REPORTER: Who burned it? / SARRAF: The soldiers.", "[Begin recording] [Odeh] ... [End recording]".

All that stands behind a label is said by the one it names, up to the next label. Where passages were left out in
between (they hold no claim, but may have held a label) the rest of the turn is open. A paper that is labelled so at
its head ("[Speech] [General Odeh] [Text]", "[Statement by the Marj Front]") is the word of that one to its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft
from rasid.extract.voices.quotes import begins_paragraph
from rasid.model.values import Status

TURN = "turn of talk"
_COLON = re.compile(r"\A[\"“\s]*(?P<name>(?:[A-Z][A-Z.'’-]*\s?){1,4}?|Q|A)\s*:\s+(?=\S)")
_BRACKETS = re.compile(r"\A(?:[^\[\]]{0,100}--\s*)?\s*(?P<all>(?:\[[^\]]{1,160}\]\s*)+)")
_OPENS_LABEL = frozenset({"by", "from", "of", "as", "with", "to", "in"})
_PAPER = frozenset(
    "speech statement communique communiqué address message letter commentary declaration".split()
)
_BY = re.compile(
    r"\b(?:by|from|of)\s+(?P<who>.+?)(?=\s+(?:at|in|on|to|for|before|--)\s|[,;]|\Z)", re.I | re.S
)
_TALKING = re.compile(r"\?|\b(?:I|we|you|We|You|our|my)\b")
_ASKS = frozenset("reporter reporters moderator interviewer correspondent announcer host".split())
_NOBODY = frozenset("q a question answer".split())
_NO_NAMES = frozenset(
    "note update photo video breaking watch live text headline source read more passage words word article report"
    " indistinct continued omitted recording applause editorial communique excerpt excerpts passages speech statement"
    " address message letter commentary declaration interview introduction summary unknown laughter music cheers"
    " shouts signed dated heard received thought himself correction sentence sentences name question as".split()
)


@dataclass(slots=True)
class _Label:
    """name: None where the label ends a recording; begin, after: offsets of the label; paper: all of the rest is his"""

    name: str | None
    begin: int
    after: int
    paper: bool = False


def read_turns(sentences: Sequence[Sentence]) -> list[Draft]:
    """One draft per turn; none in a document that is no transcript."""
    labels = {i: label for i, s in enumerate(sentences) if (label := _bracketed(s))}
    recorded = any("[" in s.text and "recording" in s.text.casefold() for s in sentences)
    recorded = recorded or (len(labels) > 1 and _is_interview(sentences, labels))
    if recorded or len({label.name for label in labels.values()}) < len(labels):  # a label that comes twice
        return _turns(sentences, labels, recorded=True)
    if alone := {i: label for i, label in labels.items() if _holds_alone(label, sentences[i])}:
        return _turns(sentences, alone, recorded=any(label.paper for label in alone.values()))
    labels = {i: label for i, s in enumerate(sentences) if (label := _before_colon(s))}
    asked = any("?" in sentences[i].text for i in labels)  # towns with a colon behind them ask nothing
    if not asked:
        labels = {i: label for i, label in labels.items() if sentences[i].labels[0] != "LOC"}
    if len(labels) < 2 or not any(_TALKING.search(sentences[i].text) for i in labels):
        return []
    return _turns(sentences, labels, recorded=False)


def _before_colon(s: Sentence) -> _Label | None:
    """ "SARRAF: The soldiers burned it": a name in capitals before words that are not."""
    m = _COLON.match(s.text)
    if m is None or s.text[m.end() :].isupper() or m["name"].casefold() in _NO_NAMES:
        return None
    return _Label(m["name"].strip(), s.start + m.start("name"), s.start + m.end())


def _bracketed(s: Sentence) -> _Label | None:
    """ "[Begin recording] [Odeh] The soldiers", "[Odeh] They", "[End recording]"."""
    m = _BRACKETS.match(s.text)
    if m is None:
        return None
    parts = re.findall(r"\[([^\]]+)\]", m["all"])
    after = s.start + m.end()
    if any("end recording" in p.casefold() for p in parts) and "begin" not in parts[-1].casefold():
        return _Label(None, s.start, after)
    named = [p for p in parts if _is_name(p)]
    paper = [p for p in parts if not _PAPER.isdisjoint(_words(p)[:3])]
    named = named or [by["who"] for p in paper if (by := _BY.search(p))]
    starts = any("begin recording" in p.casefold() for p in parts)
    if not named and not starts:
        return None
    name = named[-1].split(",")[0] if named else "q"
    begin = s.start + s.text.index(named[-1]) if named else s.start
    return _Label(name, begin, after, paper=bool(paper and named))


def _is_name(part: str) -> bool:
    """ "General Odeh, chief of staff", and not "Text", "Words indistinct", "By the Front"."""
    said = _words(part.split(",")[0])
    return bool(said) and said[0] not in _OPENS_LABEL and _NO_NAMES.isdisjoint(said)


def _is_interview(sentences: Sequence[Sentence], labels: dict[int, _Label]) -> bool:
    """ "[Interview with ...]" at the head, or somebody who asks: then one label each is enough."""
    if any("[interview" in s.text.casefold() for s in sentences[:3]):
        return True
    return any(label.name and not _ASKS.isdisjoint(_words(label.name)) for label in labels.values())


def _words(part: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", part.casefold())


def _holds_alone(label: _Label, s: Sentence) -> bool:
    """ "[Speech] [General Odeh] [Text]", or "[Odeh]" before a quotation mark: no second label is needed."""
    if label.name is None or label.name == "q":
        return False
    return label.paper or s.text[label.after - s.start :][:1] in {'"', "“", "`"}


def _turns(sentences: Sequence[Sentence], labels: dict[int, _Label], *, recorded: bool) -> list[Draft]:
    drafts: list[Draft] = []
    numbers = sorted(labels)
    for here, following in zip_longest(numbers, numbers[1:]):
        label = labels[here]
        if label.name is None:
            continue
        stop = _turn_end(sentences, here, following, recorded=recorded)
        gaps = (i for i in range(here + 1, stop) if sentences[i].index - sentences[i - 1].index > 1)
        sure = stop if label.paper else next(gaps, stop)
        drafts += [d for d in (_draft(sentences, label, here, sure), _rest(sentences, sure, stop)) if d]
    return drafts


def _turn_end(sentences: Sequence[Sentence], here: int, following: int | None, *, recorded: bool) -> int:
    """The sentence after the turn: the next label, a heading, for the last turn the next paragraph."""
    last = following if following is not None else len(sentences)
    for i in range(here + 1, last):
        ends = following is None and not recorded and begins_paragraph(sentences, i)
        if sentences[i].kind == "heading" or ends:
            return i
    return last


def _draft(sentences: Sequence[Sentence], label: _Label, here: int, stop: int) -> Draft | None:
    s = sentences[here]
    end = sentences[stop - 1].ends[-1]
    if label.name is None or label.after >= end:
        return None
    inside = [t for t in range(len(s)) if label.begin <= s.starts[t] < label.begin + len(label.name)]
    cue = next((t for t in range(len(s)) if s.ends[t] >= label.after - 1), 0)
    named = label.name.casefold() not in _NOBODY and bool(inside)
    source = (inside[0], inside[-1]) if named else None
    return Draft(
        here, (cue, cue), [(label.after, end)], "talk", Status.REPORTED_AS_FACT, TURN, source,
        inside[-1] if named else None, whole=True,
    )  # fmt: skip


def _rest(sentences: Sequence[Sentence], sure: int, stop: int) -> Draft | None:
    """What follows passages that were left out: they may have held the label of another."""
    if sure >= stop:
        return None
    span = (sentences[sure].starts[0], sentences[stop - 1].ends[-1])
    return Draft(sure, (0, 0), [span], "talk", Status.REPORTED_AS_FACT, f"{TURN}, its label was not read")
