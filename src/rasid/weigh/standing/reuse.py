"""Documents and passages -> groups of stretches that share text.

In: tables.DOCUMENTS, tables.PASSAGES. Out: standing.REUSE, the same whatever the order of files.

1. passages as words (words.py); of passages with the same words one stands for all
2. pairs that may share text (candidates.py), and those that do (match.py)
3. pairs that are too weak alone are kept where the same two documents share more
4. groups: who shares text with whom; neighbouring passages shared by the same documents become one stretch
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from rasid.model.ids import content_id
from rasid.model.standing import REUSE, ReuseKind
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, as_rows, check, table
from rasid.weigh.standing.candidates import pair_passages
from rasid.weigh.standing.connected import connect
from rasid.weigh.standing.match import FEWEST, Match, match_passages
from rasid.weigh.standing.words import Flags, Words, digests, read_words

_COMPANY = 10  # ordinary words that weak matches of two documents must share together
_COMPANY_SHARE = 0.1  # of the ordinary words of the shorter document: long ones on one thing meet by chance
_BESIDE = 2  # passages between a weak match and a strong one that vouches for it
_ORDER = (ReuseKind.COPIED, ReuseKind.REWRITTEN, ReuseKind.SAME_FORM)


@dataclass(slots=True)
class _Group:
    """Passages that share text. spans: passage -> (first, last word) of what it shares"""

    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    kinds: set[ReuseKind] = field(default_factory=set)
    words: int = 1_000_000
    share: float = 1.0


def find_reuse(documents: pl.DataFrame, passages: pl.DataFrame) -> pl.DataFrame:
    """standing.REUSE of a case. About 4 s for two thousand documents with a million words."""
    documents = check(documents, DOCUMENTS, where="find_reuse").sort("id")
    passages = check(passages, PASSAGES, where="find_reuse").sort("document", "index")
    words = read_words(documents, passages)
    twins = _twins(words)
    kept = np.zeros(len(words.first) - 1, dtype=bool)
    kept[[members[0] for members in twins.values()]] = True
    matches = _in_company(words, _matches(words, kept))
    groups = _joined(_groups(words, matches, list(twins.values())), words)
    about = as_rows(documents.select("id", "author", "publisher", "date", "text"))
    rows = [_row(group, words, about) for group in groups]
    return table(sorted(rows, key=lambda row: str(row["id"])), REUSE)


def _twins(words: Words) -> dict[int, list[int]]:
    """Passages with the same words, by the digest of these; only those with words enough to be a copy of something."""
    held: dict[int, list[int]] = defaultdict(list)
    below = np.append(0, np.cumsum(words.keys != 0))
    many = np.diff(below[words.first])
    for passage, digest in enumerate(digests(words).tolist()):
        if digest and many[passage] >= 2:
            held[digest].append(passage)
    return held


def _matches(words: Words, kept: Flags) -> list[Match]:
    lefts, rights = pair_passages(words, kept)
    found = (
        match_passages(words, left, right)
        for left, right in zip(lefts.tolist(), rights.tolist(), strict=True)
    )
    return [match for match in found if match is not None]


def _in_company(words: Words, matches: Sequence[Match]) -> list[Match]:
    """Those that stand alone, and weak ones where the two documents share enough beside."""
    size = np.bincount(np.repeat(words.documents, np.diff(words.first)), weights=words.keys != 0)
    together: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in matches:
        together[int(words.documents[match.left]), int(words.documents[match.right])].append(match)
    kept: list[Match] = []
    for (one, other), held in together.items():
        strong = [match for match in held if match.alone]
        if strong:
            kept += [match for match in held if match.alone or _is_beside(match, strong)]
        elif _enough(held, float(min(size[one], size[other]))):
            kept += held
    return kept


def _is_beside(match: Match, strong: Sequence[Match]) -> bool:
    """Does one of these stand near it in both documents?"""
    return any(
        abs(match.left - other.left) <= _BESIDE and abs(match.right - other.right) <= _BESIDE
        for other in strong
    )


def _enough(held: Sequence[Match], size: float) -> bool:
    """Are these weak matches together more than chance brings?"""
    shared: set[int] = set().union(*(match.keys for match in held))
    return len(held) >= 2 and len(shared) >= max(_COMPANY, _COMPANY_SHARE * size)


def _groups(words: Words, matches: Iterable[Match], twins: Iterable[list[int]]) -> list[_Group]:
    """Connected passages. Twins come with the one that stands for them."""
    members: dict[int, list[int]] = {group[0]: group for group in twins}
    held = sorted(matches, key=lambda m: (m.left, m.right))
    find = connect((match.left, match.right) for match in held)
    groups: dict[int, _Group] = defaultdict(_Group)
    for match in held:
        group = groups[find(match.left)]
        group.kinds.add(match.kind)
        group.words, group.share = min(group.words, match.shared), min(group.share, match.share)
        for passage, span in zip((match.left, match.right), match.spans, strict=True):
            _add(group, words, members.get(passage, [passage]), span)
    for first, same in members.items():
        own = int(np.count_nonzero(words.keys[words.of(first)]))
        if len(same) > 1 and own >= FEWEST:
            group = groups[find(first)]
            group.kinds.add(ReuseKind.COPIED)
            group.words = min(group.words, own)
            part = words.of(first)
            _add(group, words, same, (part.start, part.stop - 1))
    return [group for _, group in sorted(groups.items()) if _is_shared(group, words)]


def _add(group: _Group, words: Words, passages: Iterable[int], span: tuple[int, int]) -> None:
    """Widen what these passages, which have the same words, share with others."""
    passages = list(passages)
    begin = int(words.first[passages[0]])
    for passage in passages:
        move = int(words.first[passage]) - begin
        first, last = group.spans.get(passage, (span[0] + move, span[1] + move))
        group.spans[passage] = (min(first, span[0] + move), max(last, span[1] + move))


def _is_shared(group: _Group, words: Words) -> bool:
    return len({int(words.documents[passage]) for passage in group.spans}) >= 2


def _joined(groups: list[_Group], words: Words) -> list[_Group]:
    """Groups of neighbouring passages of the same documents become one: a copied paragraph is one stretch."""
    of: dict[int, _Group] = {}
    for group in groups:
        for passage in group.spans:
            of[passage] = group
    done: list[_Group] = []
    for group in groups:
        before = _before(group, of)
        if before is None or not _fits(before, group, words):
            done.append(group)
            continue
        for passage, span in group.spans.items():
            before.spans[passage] = span
            of[passage] = before
        before.kinds |= group.kinds
        before.words += group.words
        before.share = min(before.share, group.share)
    return done


def _before(group: _Group, of: dict[int, _Group]) -> _Group | None:
    found = {id(of.get(passage - 1)): of.get(passage - 1) for passage in group.spans}
    return next(iter(found.values())) if len(found) == 1 else None


def _fits(before: _Group, group: _Group, words: Words) -> bool:
    """The passage before each of its passages is of the same document and in the other group, and there are no more."""
    if before is group:
        return False
    ends = {int(words.documents[passage]) for passage in group.spans}
    held = {int(words.documents[passage]) for passage in before.spans}
    return ends == held and all(
        words.documents[passage] == words.documents[passage - 1] for passage in group.spans
    )


def _row(group: _Group, words: Words, documents: Sequence[Row]) -> Row:
    kind = next(kind for kind in _ORDER if kind in group.kinds)
    about = [documents[row] for row in sorted({int(words.documents[passage]) for passage in group.spans})]
    stretches = _stretches(group, words, documents)
    own, first = _are_one_house(about), _first(about)
    return {
        "id": content_id("r", *(f"{s['document']} {s['start']} {s['end']}" for s in stretches)),
        "kind": kind.value,
        "words": group.words,
        "share": group.share,
        "first": first,
        "own": own,
        "reason": _reason(kind, group, len(about), first is not None, own),
        "stretches": stretches,
    }


def _stretches(group: _Group, words: Words, documents: Sequence[Row]) -> list[Row]:
    """Neighbouring passages of a document as one stretch, in the order of documents and words."""
    found: list[Row] = []
    before, begin = (-2, -1), 0  # passage and document of the stretch before; where it began
    for passage, (first_word, last_word) in sorted(group.spans.items()):
        row = int(words.documents[passage])
        if before == (passage - 1, row):
            found.pop()
        else:
            begin = int(words.starts[first_word])
        end = int(words.ends[last_word])
        quote = str(documents[row]["text"])[begin:end]
        found.append({"document": documents[row]["id"], "start": begin, "end": end, "quote": quote})
        before = (passage, row)
    return found


def _are_one_house(about: Sequence[Row]) -> bool:
    """Do all documents name one author, or one publisher?"""
    names = [{row[column] for row in about} for column in ("author", "publisher")]
    return any(len(held) == 1 and None not in held for held in names)


def _first(about: Sequence[Row]) -> str | None:
    """The document whose whole date lies before every other's."""
    dated = sorted((str(row["date"]), str(row["id"])) for row in about if row["date"])
    if len(dated) < len(about):
        return None
    (first, name), (second, _) = dated[:2]
    return name if first[: len(second)] < second[: len(first)] else None


def _reason(kind: ReuseKind, group: _Group, documents: int, dated: bool, own: bool) -> str:
    match kind:
        case ReuseKind.COPIED:
            how = f"{documents} documents share the same words in the same order"
        case ReuseKind.REWRITTEN:
            how = f"{documents} documents share at least {group.share:.0%} of the ordinary words of a passage"
        case ReuseKind.SAME_FORM:
            how = f"{documents} documents use the same wording around other names or numbers"
    whose = "; all are of one author or publisher" if own else ""
    who = "" if dated else "; their dates do not say who had it first"
    return f"{how} ({group.words} ordinary words){whose}{who}."
