"""Event factuality: does the text say that it happened (3), that it did not (-3), or leave it open (0)?

The text comes in tokens and is parsed on exactly these; nothing is cut or joined. Per corpus: mean absolute error,
Pearson's r, and macro-F of the sign (below -0.5, between, above 0.5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.common import Job, Report, find_split, read_lines, write_predictions
from rasid.extract.certainty import judge
from rasid.extract.certainty_head import load_head, refined_value
from rasid.extract.found import Judgement
from rasid.extract.syntax import Sentence, load_pipeline
from rasid.knowledge.certainty import CertaintyLexicon, load_certainty

if TYPE_CHECKING:
    from spacy.language import Language

CORPORA = ("UW", "MEANTIME", "UDS_IH2", "CB", "MV2")
PEERS = {
    "5-token window rule": {"UW r": 0.61, "UDS_IH2 r": 0.38},
    "TruthTeller": {"UW r": 0.67},
    "neural, from": {"UW r": 0.72, "UDS_IH2 r": 0.77},
    "neural, to": {"UW r": 0.77, "UDS_IH2 r": 0.77},
}
_ENDS = frozenset({".", "!", "?"})
_CLOSING = frozenset({"''", '"', "'", "”", "’", ")"})


def run(job: Job) -> Report:
    """Judge every target of the split."""
    rows = list(read_lines(find_split(job.folder("factuality"), job.split), job.limit))
    head = load_head()
    guesses: list[list[float]] = []
    rules: list[list[float]] = []
    last: dict[str, Any] | None = None
    for row, _, sentence, i, judgement in judged_targets(rows, load_pipeline(), load_certainty()):
        if row is not last:
            guesses.append([])
            rules.append([])
            last = row
        rules[-1].append(judgement.value)
        guesses[-1].append(refined_value(sentence, i, judgement, head=head))
    write_predictions(job.predictions, ({"labels": labels} for labels in guesses))
    figures = score(rows, guesses)
    alone = {name: value for name, value in score(rows, rules).items() if name in figures}
    return Report(
        "factuality",
        figures,
        {"Rasid, rules alone": alone, **PEERS},
        {"UW r": 0.70, "UDS_IH2 r": 0.60},
        words=sum(row["text"].count(" ") + 1 for row in rows),
        notes=["Mean absolute error, Pearson r and macro-F of the sign. Nothing was trained on UW or CB."],
    )


def parse_rows(
    rows: list[dict[str, Any]], nlp: Language
) -> Iterator[tuple[dict[str, Any], list[tuple[int, Sentence]]]]:
    """Each row with its sentences and the token where each begins, parsed on the tokens as given."""
    cuts = [list(cut_tokens(row["text"].split(" "))) for row in rows]
    parsed = parse_tokens((words for parts in cuts for _, words in parts), nlp)
    for row, parts in zip(rows, cuts, strict=True):
        yield row, [(first, next(parsed)) for first, _ in parts]


def cut_tokens(words: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The sentences of a token list that holds more than one (CB gives two or three at once)."""
    first = 0
    for k in range(len(words) - 1):
        ended = words[k] in _ENDS or (words[k] in _CLOSING and k and words[k - 1] in _ENDS)
        if ended and words[k + 1] not in _CLOSING | _ENDS and k + 1 > first:
            yield first, words[first : k + 1]
            first = k + 1
    yield first, words[first:]


def parse_tokens(texts: Iterable[list[str]], nlp: Language) -> Iterator[Sentence]:
    """Parse ready-made token lists, one sentence each."""
    from spacy.tokens import Doc

    def docs() -> Iterator[Doc]:
        for words in texts:
            doc = Doc(nlp.vocab, words=words)
            for k in range(1, len(doc)):
                doc[k].is_sent_start = False
            yield doc

    for doc in nlp.pipe(docs(), batch_size=256):
        yield Sentence(
            document="",
            index=0,
            kind="sentence",
            start=0,
            text=doc.text,
            words=[t.text for t in doc],
            lemmas=[t.lemma_.lower() for t in doc],
            pos=[t.pos_ for t in doc],
            tags=[t.tag_ for t in doc],
            deps=["root" if t.dep_ == "ROOT" else t.dep_ for t in doc],
            heads=[t.head.i for t in doc],
            starts=[t.idx for t in doc],
            ends=[t.idx + len(t) for t in doc],
            entities=[(e.start, e.end, e.label_) for e in doc.ents],
        )


Judged = tuple[dict[str, Any], dict[str, Any], Sentence, int, Judgement]


def judged_targets(rows: list[dict[str, Any]], nlp: Language, lexicon: CertaintyLexicon) -> Iterator[Judged]:
    """Row, target, sentence, token and judgement of each target; of a long span, its highest token in the parse."""
    for row, parts in parse_rows(rows, nlp):
        for target in row["targets"]:
            first, sentence = max((p for p in parts if p[0] <= target["start"]), key=lambda p: p[0])
            i = head_of(sentence, target["start"] - first, target["end"] - first)
            yield row, target, sentence, i, judge(sentence, i, lexicon=lexicon)


def head_of(sentence: Sentence, start: int, end: int) -> int:
    """The token of a span whose head lies outside it."""
    span = range(start, min(end, len(sentence)))
    outside = [k for k in span if sentence.heads[k] == k or sentence.heads[k] not in span]
    return outside[0] if outside else start


def score(rows: list[dict[str, Any]], guesses: list[list[float]]) -> dict[str, float]:
    """Figures per corpus."""
    gold: dict[str, list[float]] = defaultdict(list)
    ours: dict[str, list[float]] = defaultdict(list)
    for row, labels in zip(rows, guesses, strict=True):
        gold[row["corpus"]] += [t["label"] for t in row["targets"]]
        ours[row["corpus"]] += labels
    figures = {}
    for name in (c for c in CORPORA if gold[c]):
        g, o = np.array(gold[name]), np.array(ours[name])
        figures[f"{name} MAE"] = float(np.abs(g - o).mean())
        figures[f"{name} r"] = float(np.corrcoef(g, o)[0, 1]) if g.std() > 0 and o.std() > 0 else 0.0
        figures[f"{name} F"] = macro_f(g, o)
    return figures


def macro_f(gold: np.ndarray[Any, Any], ours: np.ndarray[Any, Any]) -> float:
    """Mean F over the signs that occur in the gold: below -0.5, between, above 0.5. In per cent."""
    g, o = (np.where(v < -0.5, -1, np.where(v > 0.5, 1, 0)) for v in (gold, ours))
    scores = []
    for sign in (-1, 0, 1):
        if (g == sign).any():
            hits = ((g == sign) & (o == sign)).sum()
            scores.append(200 * hits / ((g == sign).sum() + (o == sign).sum()))
    return float(np.mean(scores))
