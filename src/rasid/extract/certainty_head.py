"""A small trained head that refines the graded value of a judgement, and nothing else.

Polarity and certainty stay with the rules, which can be explained; the head only says how far towards certain an
average reader would put it. Linear over the rules' judgement and the words around the token; trained by
`training/factuality.py` on UDS-IH2, MegaVeridicality and MEANTIME (see NOTICE).

In: a sentence, a token, its judgement. Out: a number from -3 to 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from rasid.extract.found import Judgement
from rasid.extract.syntax import Sentence

WEIGHTS_FILE = "factuality_head.tsv.gz"
# The head is trained on web text and made-up frames; alone it reads newswire worse than the rules do (r .52 against
# .73 on UW). A third of it lifts web text (UDS-IH2 .45 to .62) and costs newswire .01; chosen on two thirds of the
# development part, docs/concepts/certainty.md.
HEAD_SHARE = 0.35
_SMALL_DEPS = frozenset({"aux", "aux:pass", "mark", "advmod", "case", "cop", "det", "cc", "neg"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})


@dataclass(frozen=True, slots=True)
class FactualityHead:
    """Weights by feature name; "bias" is always there."""

    weights: dict[str, float]


def load_head() -> FactualityHead:
    """Read the weights that ship with the package."""
    import gzip

    packed = (resources.files("rasid.knowledge") / WEIGHTS_FILE).read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return FactualityHead({name: float(weight) for name, weight in rows})


def refined_value(sentence: Sentence, i: int, judgement: Judgement, *, head: FactualityHead) -> float:
    """The value of a judgement, drawn towards what the trained head says of it, in [-3, 3]."""
    weights = head.weights
    learnt = sum(weights.get(name, 0.0) for name in features(sentence, i, judgement))
    value = (1 - HEAD_SHARE) * judgement.value + HEAD_SHARE * max(-3.0, min(3.0, learnt))
    return round(value, 3)


def features(sentence: Sentence, i: int, judgement: Judgement) -> Iterator[str]:
    """Names of what is there; each counts once."""
    s = sentence
    rule = f"{judgement.polarity[0]}{judgement.certainty[:2]}"
    h = s.heads[i]
    lemma, dep = s.lemmas[i], s.deps[i]
    yield "bias"
    yield f"rule={rule}"
    yield f"value={judgement.value:.1f}"
    yield f"lemma={lemma}"
    yield f"lemma={lemma},{rule}"
    yield f"tag={s.tags[i]}"
    yield f"dep={dep}"
    yield f"dep={dep},{s.tags[i]},{rule}"
    yield f"head={s.lemmas[h]},{dep}"
    yield f"head={s.lemmas[h]},{dep},{rule}"
    yield f"headtag={s.tags[h]},{dep}"
    yield f"headrule={rule},{s.deps[h]},{dep}"
    g = s.heads[h]
    yield f"grand={s.lemmas[g]},{s.deps[h]},{dep}"
    yield f"end={s.words[-1]}"
    yield f"end={s.words[-1]},{dep}"
    for start, end in judgement.cues:
        cue = s.words_between(start, end).lower()
        yield f"cue={cue},{rule}"
        yield f"cue={cue},{lemma}"
    for c in s.children[i]:
        if s.deps[c] in _SMALL_DEPS:
            yield f"has={s.lower[c]},{s.deps[c]}"
            yield f"has={s.lower[c]},{rule}"
        elif s.deps[c] in _SUBJECTS:
            yield f"subject={s.lower[c]}"
            yield f"subject={s.tags[c]},{s.tags[i]}"
        else:
            yield f"child={s.deps[c]}"
    for c in s.children[h]:
        if h != i and (s.deps[c] in _SMALL_DEPS or s.deps[c] in _SUBJECTS):
            yield f"headhas={s.lower[c]},{dep}"
    for k in (-2, -1, 1, 2):
        if 0 <= i + k < len(s):
            yield f"at{k}={s.lower[i + k]}"
    yield f"place={min(i, 6)}"
    yield f"length={min(len(s) // 8, 5)}"
