"""Who issues a document, as its first lines say: "Statement by X", a letterhead over a numbered statement, "(X) -".

In: the kept text. Out: the name with the words it was read from, or None. A name is given only where the first lines
leave no choice; two bodies that could both be meant are none. What the file says of itself (its metadata) is not
looked at here and goes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.knowledge.voices import IssuerWords, load_issuer_words
from rasid.model.tables import Row

_HEAD_CHARS = 2_000
_HEAD_LINES = 10
_LONG_LINE = 120  # prose has begun
_LONGEST_SHORT_NAME = 5  # "(AFP)", "(ACAN-EFE)"; a longer word in capitals and brackets may be a country
_SMALL = frozenset("of the for and in on at to against de del al el la le du des & -".split())
_WORD = r"[^\W\d_][\w.'’&-]*"
_PARTS = re.compile(r"\s+[-–—|·•]+\s+|\s*[:|·•–—]\s+|\t+|\s{3,}")
_BY = re.compile(
    r"(?:(?:this|the) \w+ (?:is|was) )?(?:issued|published|released|prepared|compiled|signed|distributed)"
    r"(?: jointly)? (?:by|for)\s*:?\s+(?P<who>\S.{1,90})\Z",
    re.I,
)
_LABEL = re.compile(
    r"(?:from|issuer|issuing body|organi[sz]ation|agency|issued by)\s*:\s+(?P<who>\S.{1,90})\Z", re.I
)
_DATELINE = re.compile(
    r"\A[\W_]*[A-Z][^\n(]{1,60}?(?:\([^()\n]{2,30}\)[^\n(]{1,40}?)?\((?P<who>[^()\n]{2,40})\)\s*(?:--+|[-–—])\s"
)
_WE_THE = re.compile(r"\AWe,? (?:at |of |in |from )?(?P<who>the [^,]{4,80}|[A-Z][^,]{4,80}),")
_MY_NAME = re.compile(r"\bMy name is (?P<who>(?:[A-Z][\w'’-]+ ){1,3}[A-Z][\w'’-]+)\s*(?=[.,;]|and\b)")
_CUT = re.compile(r"\s*(?:,|;|\(|\bon\b|\babout\b|\bregarding\b|\bconcerning\b|\bNo\b|№|#|\d).*\Z")
_OWN_PLURAL = re.compile(r"\b(?:[Ww]e|[Oo]ur|OUR|WE)\b")
_BESIDE = "its name stands beside the kind of paper"
_GENERIC = frozenset("domestic international foreign home service radio television news press agency".split())
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec"
).split()


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose document it is. start, end: the words it was read from, in the kept text; why: one plain phrase."""

    name: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the head, or a part of one, without marks of lists and headings."""

    text: str
    start: int


def find_issuer(text: str, *, words: IssuerWords | None = None) -> Issuer | None:
    """The issuer that the first lines of this text name, or None where they name none or more than one."""
    words = words or load_issuer_words()
    head, prose = _split_head(text)
    found = [*_named_outright(head, words), *_of_the_prose(prose, text, words)]
    if not found and _is_a_paper(head, words):
        found = [*_letterheads(head, words), *_speaking(prose, words)]
    elif not found and _OWN_PLURAL.search(text):
        found = [i for i in _letterheads(head[:1], words) if _is_signed(text, i.name)]
    return _only_one(found)


def mark_issuer(rows: list[Row], issuer: Issuer | None, text: str) -> list[Row]:
    """The claims of the issuer's document, each with the words that name him and the reason.

    rows: of tables.CLAIMS; they are changed in place
    """
    if issuer is None:
        return rows
    words = text[issuer.start : issuer.end]
    for row in rows:
        chain = row["attribution"]
        assert isinstance(chain, list)
        chain[0] = {**chain[0], "text": words, "start": issuer.start, "end": issuer.end}
        shown = " ".join(words.split())
        row["explain"] = (
            f"{row['explain']} Document of {issuer.name}, by its first lines: “{shown}” ({issuer.why})."
        )
    return rows


def _only_one(found: Sequence[Issuer]) -> Issuer | None:
    """The first, if all the others are the same name or a part of it."""
    if not found:
        return None
    longest = max(found, key=lambda i: len(i.name))
    held = set(longest.name.casefold().split())
    return found[0] if all(set(i.name.casefold().split()) <= held for i in found) else None


def _split_head(text: str) -> tuple[list[_Line], _Line | None]:
    """The short lines before the prose, and where the prose begins."""
    head: list[_Line] = []
    for m in re.finditer(r"[^\n]+", text[:_HEAD_CHARS]):
        stripped = m.group().strip().strip("*_#>=- ").strip()
        if not stripped:
            continue
        line = _Line(stripped, m.start() + m.group().index(stripped))
        is_prose = len(stripped) > _LONG_LINE or (stripped[-1] in ".!?" and len(stripped.split()) > 5)
        if is_prose or len(head) >= _HEAD_LINES or _DATELINE.match(stripped):
            return head, _Line(text[line.start : line.start + 600], line.start)
        head.append(line)
    return head, None


def _parts(head: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, and those with a dash or a colon also in their parts."""
    for line in head:
        yield line
        last = 0
        cuts = [m.span() for m in _PARTS.finditer(line.text)]
        for a, b in [*cuts, (len(line.text), len(line.text))] if cuts else []:
            if line.text[last:a].strip():
                yield _Line(line.text[last:a], line.start + last)
            last = b


# --- the shapes -----------------------------------------------------------------------------------------------


def _named_outright(head: Sequence[_Line], words: IssuerWords) -> Iterator[Issuer]:
    """ "Statement by X", "Monthly report of the X Network", "Issued by X", "X - Monthly report"."""
    for part in _parts(head):
        m = _BY.match(part.text) or _LABEL.match(part.text)
        if m:
            yield from _issuer(part, m, words, "“issued by” in the first lines")
        m = re.match(rf"(?P<paper>(?:{_WORD}\s+){{0,5}}?)by\s+(?P<who>\S.{{1,90}})\Z", part.text, re.I)
        if m and _ends_in_paper(m["paper"], words):
            yield from _issuer(part, m, words, "the heading names its author")
        m = re.match(
            rf"(?P<paper>(?:{_WORD}\s+){{0,5}}?)(?:of|from)\s+(?P<who>\S.{{1,90}})\Z", part.text, re.I
        )
        if m and _ends_in_paper(m["paper"], words) and _is_body(_cut(m["who"]), words):
            yield from _issuer(part, m, words, "the heading names its author")
    for line in head:
        yield from _body_beside_paper(line, words)


def _body_beside_paper(line: _Line, words: IssuerWords) -> Iterator[Issuer]:
    """ "Tahl Monitor - Monthly report, May 2024", "Tahl Monitor Situation Report 14"."""
    parts = [*_parts([line])][1:]
    bodies = [p for p in parts if _is_body(p.text, words)]
    if len(bodies) == 1 and any(_is_paper(p.text, words) for p in parts if p is not bodies[0]):
        yield from _whole(bodies[0], words, _BESIDE)
    plain = re.sub(r"\s+(?:no\.?|#)?\s*\d+\Z", "", line.text, flags=re.I).split()
    for k in range(2, len(plain)):
        who, paper = " ".join(plain[:k]), " ".join(plain[k:])
        numbered = len(plain) - k > 1 or plain != line.text.split()
        if numbered and line.text.startswith(who) and _is_body(who, words) and _ends_in_paper(paper, words):
            yield Issuer(_clean(who, words), line.start, line.start + len(who), _BESIDE)
            return


def _letterheads(head: Sequence[_Line], words: IssuerWords) -> Iterator[Issuer]:
    """A line that is nothing but the name of a body, over a paper."""
    for line in head[:5]:
        if _is_body(_cut(line.text), words) and not _is_paper(line.text, words):
            yield from _whole(line, words, "letterhead")


def _of_the_prose(prose: _Line | None, text: str, words: IssuerWords) -> Iterator[Issuer]:
    """ "CITY, 3 May (AGENCY) -", "We, the council of X, ...", "My name is X"."""
    if prose is None:
        return
    m = _DATELINE.match(prose.text)
    if m and _is_agency(m["who"], words):
        yield from _issuer(prose, m, words, "the agency in the dateline", agency=True)
    m = _WE_THE.match(prose.text)
    if m and _is_body(m["who"], words):
        yield from _issuer(prose, m, words, "“we, the ...” in the first sentence")
    m = _MY_NAME.search(prose.text[:300])
    if m:
        yield from _issuer(prose, m, words, "the first lines say whose name it is", agency=True)


def _speaking(prose: _Line | None, words: IssuerWords) -> Iterator[Issuer]:
    """ "The General Command of X announces": the body that the first sentence of its paper makes speak."""
    if prose is None:
        return
    for m in re.finditer(r"\s(?:hereby\s+)?([a-z]+)\b", prose.text[:_LONG_LINE]):
        if m[1] in words.speaks:
            who = prose.text[: m.start()]
            if _is_body(who, words):
                yield Issuer(
                    _clean(who, words), prose.start, prose.start + len(who), "it speaks in its own paper"
                )
            return


# --- what is a body, a paper ------------------------------------------------------------------------------------


def _is_body(phrase: str, words: IssuerWords) -> bool:
    """Capitalised words with one that names a kind of body, and nothing that could be a verb."""
    parts = phrase.strip().strip(".,;:").split()
    if not 1 <= len(parts) <= 11 or any(re.search(r"\d", p) for p in parts):
        return False
    if parts[0].casefold() in {"the", "our"}:
        parts = parts[1:]
    if not parts or not all(p[0].isupper() or p.casefold() in _SMALL for p in parts):
        return False
    folded = [p.casefold().strip(".,()") for p in parts]
    named = [w for w in folded if w not in _SMALL]
    return not words.bodies.isdisjoint(named) and len(named) > 1 and words.papers.isdisjoint(folded[-1:])


def _is_paper(phrase: str, words: IssuerWords) -> bool:
    """ "STATEMENT No. 31", "Monthly report, May 2024", "Press release": a kind of paper and nothing else but a date."""
    rest = [w.casefold().strip(".,:()#’'") for w in phrase.split()]
    rest = [w for w in rest if w and not any(c.isdigit() for c in w)]
    known = (
        words.papers
        | words.kinds
        | set(_MONTHS)
        | {"no", "nr", "issue", "for", "of", "the", "number", "year"}
    )
    return bool(rest) and not words.papers.isdisjoint(rest[:5]) and all(w in known for w in rest[:4])


def _is_a_paper(head: Sequence[_Line], words: IssuerWords) -> bool:
    return any(_is_paper(part.text, words) for part in _parts(head))


def _ends_in_paper(phrase: str, words: IssuerWords) -> bool:
    """ "Monthly report", "a joint press statement"."""
    folded = [w.casefold().strip(".,:") for w in phrase.split()]
    before = words.kinds | words.papers | {"a", "the"}
    return bool(folded) and folded[-1] in words.papers and before.issuperset(folded[:-1])


def _is_agency(name: str, words: IssuerWords) -> bool:
    """A short name in capitals, or one with a word for an agency; a country in brackets is none."""
    from rasid.knowledge.actors import load_places

    folded = name.casefold().replace("-", " ").split()
    if not words.agencies.isdisjoint(folded):
        return not _GENERIC.issuperset(folded)
    short = name.isupper() and all(len(part) <= _LONGEST_SHORT_NAME for part in folded)
    return len(folded) <= 2 and short and load_places().find(name.title()) is None


def _is_signed(text: str, name: str) -> bool:
    """Does the name, or its last words, stand alone on one of the last lines?"""
    last = [line.strip(" -–—*_.").casefold() for line in text.rstrip().splitlines()[-4:]]
    return any(
        line and len(line.split()) <= len(name.split()) + 4 and name.casefold() in line for line in last
    )


# --- the name ---------------------------------------------------------------------------------------------------


def _issuer(
    line: _Line, m: re.Match[str], words: IssuerWords, why: str, *, agency: bool = False
) -> Iterator[Issuer]:
    who = m["who"] if agency else _cut(m["who"])
    name = _clean(who, words)
    large = [w for w in name.split() if w.casefold() not in _SMALL]
    if not large or not name[0].isupper() or any(w[0].islower() for w in large):
        return
    start = line.start + m.start("who")
    yield Issuer(name, start, start + len(who.rstrip()), why)


def _whole(line: _Line, words: IssuerWords, why: str) -> Iterator[Issuer]:
    who = _cut(line.text)
    yield Issuer(_clean(who, words), line.start, line.start + len(who.rstrip()), why)


def _cut(who: str) -> str:
    """Without what follows the name: its town after a comma, "on ...", a number."""
    return _CUT.sub("", who).rstrip(" .-–—:")


def _clean(who: str, words: IssuerWords) -> str:
    """ "THE MEDIA OFFICE OF THE GREY BANNER" -> "Grey Banner"."""
    name = " ".join(who.split()).strip(" .,;:").replace(" - ", "-")
    name = re.sub(r"\A(?:the|our)\s+", "", name, flags=re.I)
    for office in words.offices:
        m = re.match(rf"{re.escape(office)}\s+(?:of|for|in|at)\s+(?:the\s+)?(?=\S)", name, re.I)
        if m:
            name = name[m.end() :]
            break
    if name.isupper() and " " in name:
        name = " ".join(w.lower() if w.casefold() in _SMALL else _capital(w) for w in name.split())
    return name


def _capital(word: str) -> str:
    """ "DEFENCE" -> "Defence"; a short form stays."""
    short = word.startswith("(") or "." in word or len(word) < 4
    return word if short else "-".join(p.capitalize() for p in word.split("-"))
