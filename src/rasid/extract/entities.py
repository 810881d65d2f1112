"""Tokens -> named people, organisations, places and nationalities.

A small encoder (the first layers of MiniLM, fine-tuned; `training/entities.py`) reads each sentence alone, in
plain NumPy. It knows names that no training corpus contains, because its word pieces were trained on far more
text than the corpora. How a word is written (capitals, digits) goes in beside the pieces, so text in lower case
or capitals throughout is read too, less well.

In: sentences as tokens of spaCy's English tokenizer. Out: spans (first token, token after the last, label).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rasid.extract.wordpieces import START, STOP, WordPieces, load_pieces

LABELS = ("PERSON", "ORG", "LOC", "NORP")
BATCH_PIECES = 1024  # word pieces computed together: from 512 to 2048 the rate is the same within 3 %
HEADS = 12  # of attention; a property of MiniLM
FORBIDDEN = -1e4  # score of a step that no reading may take
TINY = 1e-12  # keeps the norm of a constant row finite; MiniLM's own value

_BRACKETS = {"(": ")", "[": "]"}
_UNFINISHED = frozenset({"the", "and", "for", "of", "in", "a", "by", "with", ",", "to"})

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
EntitySpan = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the encoder: matrices for `x @ w`, norms as (weight, bias)."""

    into: Floats
    into_bias: Floats
    out: Floats
    out_bias: Floats
    norm: Floats
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    last_norm: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What training left. The table of word pieces stays in eight bits; rows are widened when they are used.

    table, table_scales: piece -> embedding, eight bits and a factor a row
    places:              position in the sentence -> what is added to the embedding
    shapes:              how the word is written -> what is added to the embedding
    hidden_shapes:       the bias of the hidden layer, one row for each shape
    chain, first:        score of tag after tag, and of the first tag; impossible steps are FORBIDDEN
    """

    table: npt.NDArray[np.int8]
    table_scales: Floats
    places: Floats
    shapes: Floats
    norm: Floats
    layers: tuple[Layer, ...]
    hidden: Floats
    hidden_shapes: Floats
    scores: Floats
    scores_bias: Floats
    chain: Floats
    first: Floats


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence, or a part of one that is too long to be read at once.

    sentence, offset: which sentence, and its first token in it
    pieces:           piece numbers with the two marks at the ends
    shapes:           shape of each word
    sizes:            pieces of each word
    """

    sentence: int
    offset: int
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    sizes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntityReader:
    """Finds names in tokenised sentences. Holds no state but the words it has cut before."""

    pieces: WordPieces
    weights: Weights

    def read(self, sentences: Sequence[Sequence[str]]) -> list[list[EntitySpan]]:
        """The names of each sentence, in order of the text, none overlapping.

        A sentence is read the same whichever others are read with it.
        """
        windows = [w for i, words in enumerate(sentences) for w in self._windows(i, words)]
        windows.sort(key=lambda w: (len(w.pieces), w.sentence, w.offset))
        found: list[list[EntitySpan]] = [[] for _ in sentences]
        for batch in _batches(windows):
            for window, path in zip(batch, self._tag(batch), strict=True):
                words = sentences[window.sentence][window.offset :]
                spans = (mended_span(words, span) for span in spans_of(path))
                found[window.sentence] += [
                    (a + window.offset, b + window.offset, label) for a, b, label in spans
                ]
        return [sorted(spans) for spans in found]

    def _windows(self, number: int, words: Sequence[str]) -> Iterator[Window]:
        room = len(self.weights.places) - 2
        cut = [self.pieces.read(word) for word in words]
        first, used = 0, 0
        for i, (pieces, _) in enumerate(cut):
            if used + len(pieces) > room:
                yield self._window(number, first, cut[first:i])
                first, used = i, 0
            used += len(pieces)
        if cut:
            yield self._window(number, first, cut[first:])

    def _window(self, number: int, offset: int, cut: Sequence[tuple[tuple[int, ...], int]]) -> Window:
        inner = [p for pieces, _ in cut for p in pieces]
        ends = self.pieces.numbers[START], self.pieces.numbers[STOP]
        return Window(
            number,
            offset,
            (ends[0], *inner, ends[1]),
            tuple(shape for _, shape in cut),
            tuple(len(pieces) for pieces, _ in cut),
        )

    def _tag(self, batch: Sequence[Window]) -> list[list[int]]:
        sizes = np.array([n for w in batch for n in w.sizes])
        shapes = np.array([s for w in batch for s in w.shapes])
        inner = np.concatenate([[False, *[True] * (len(w.pieces) - 2), False] for w in batch])
        states = _encode(self.weights, batch, inner, np.repeat(shapes, sizes))
        starts = np.cumsum(sizes) - sizes
        words = np.add.reduceat(states[inner], starts, axis=0) / sizes[:, None].astype(np.float32)
        hidden = words @ self.weights.hidden + self.weights.hidden_shapes[shapes]
        scores = np.maximum(hidden, 0) @ self.weights.scores + self.weights.scores_bias
        return best_tags(scores, [len(w.sizes) for w in batch], self.weights.chain, self.weights.first)


def load_entities(folder: Path | None = None) -> EntityReader:
    """The recogniser that ships with Rasid, or one that `training/entities.py` wrote to `folder`."""
    folder = folder or _own_folder()
    with np.load(folder / "weights.npz") as stored:
        wide = {n: a if a.dtype == np.int8 else a.astype(np.float32) for n, a in stored.items()}
    layers: list[Layer] = []
    while f"into{len(layers)}" in wide:
        i = len(layers)
        layers.append(Layer(**{name: wide.pop(f"{name}{i}") for name in Layer.__dataclass_fields__}))
    wide["chain"], wide["first"] = _allowed_only(wide["chain"], wide["first"])
    return EntityReader(load_pieces(folder / "vocab.txt"), Weights(layers=tuple(layers), **wide))


def entities_version() -> str:
    """Name and version of the weights that ship, without loading them: part of a fingerprint."""
    meta = json.loads((_own_folder() / "meta.json").read_text("utf-8"))
    return f"{meta['name']}-{meta['version']}"


def spans_of(tags: Sequence[int]) -> list[EntitySpan]:
    """Tag numbers -> spans. 0 is outside; 1, 3, 5, 7 begin the four labels; the number above goes on."""
    spans: list[EntitySpan] = []
    start = -1
    for i, tag in enumerate([*tags, 0]):
        if start >= 0 and (tag == 0 or tag % 2 == 1):
            spans.append((start, i, LABELS[(tags[start] - 1) // 2]))
            start = -1
        if tag % 2 == 1:
            start = i
    return spans


def mended_span(words: Sequence[str], span: EntitySpan) -> EntitySpan:
    """A name without what it cannot hold: a bracket it does not close, a last word that wants another one, and
    for people what stands before a comma ("the Minister, Karim Odeh")."""
    start, end, label = span
    opened = next((i for i in range(start + 1, end) if words[i] in _BRACKETS), end)
    if opened < end and _BRACKETS[words[opened]] not in words[opened:end]:
        end = opened
    while end - start > 1 and words[end - 1] in _UNFINISHED:
        end -= 1
    if label == "PERSON" and "," in words[start:end]:
        start = max(i for i in range(start, end) if words[i] == ",") + 1
    return start, end, label


def best_tags(scores: Floats, lengths: Sequence[int], chain: Floats, first: Floats) -> list[list[int]]:
    """The best path of tags through each sentence (Viterbi), all sentences at once.

    scores:  (words of all sentences, tags); lengths: words of each sentence
    """
    n, longest = len(lengths), max(lengths)
    padded = np.zeros((n, longest, scores.shape[1]), np.float32)
    real = np.arange(longest) < np.array(lengths)[:, None]
    padded[real] = scores
    best = first + padded[:, 0]
    back = np.zeros((n, longest, scores.shape[1]), np.int64)
    for t in range(1, longest):
        steps = best[:, :, None] + chain
        back[:, t] = steps.argmax(1)
        best = np.where(real[:, t, None], steps.max(1) + padded[:, t], best)
    paths = []
    for i, length in enumerate(lengths):
        path = [int(best[i].argmax())]
        for t in range(length - 1, 0, -1):
            path.append(int(back[i, t, path[-1]]))
        paths.append(path[::-1])
    return paths


# --- the encoder


def _encode(
    weights: Weights, batch: Sequence[Window], inner: npt.NDArray[np.bool_], shapes: Numbers
) -> Floats:
    """State of every piece after the last layer, all windows one after the other."""
    lengths = [len(w.pieces) for w in batch]
    pieces = np.array([p for w in batch for p in w.pieces])
    x = weights.table[pieces] * weights.table_scales[pieces, None]
    x += weights.places[np.concatenate([np.arange(n) for n in lengths])]
    x += weights.shapes[0]
    x[inner] += weights.shapes[shapes] - weights.shapes[0]
    x = _normalise(x, weights.norm)
    runs = [(length, len(list(same))) for length, same in groupby(lengths)]
    for layer in weights.layers:
        x = _normalise(x + _linear(_attend(x, layer, runs), layer.out, layer.out_bias), layer.norm)
        wide = _gate(_linear(x, layer.wide, layer.wide_bias))
        x = _normalise(x + _linear(wide, layer.narrow, layer.narrow_bias), layer.last_norm)
    return x


def _attend(x: Floats, layer: Layer, runs: Sequence[tuple[int, int]]) -> Floats:
    """Attention within each window. Windows of one length stand side by side, so no padding is needed."""
    mixed = _linear(x, layer.into, layer.into_bias)
    result = np.empty_like(x)
    depth = x.shape[1] // HEADS
    at = 0
    for length, count in runs:
        after = at + length * count
        split = mixed[at:after].reshape(count, length, 3, HEADS, depth)
        q, k, v = (split[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
        weight = q @ k.transpose(0, 1, 3, 2)
        weight -= weight.max(-1, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(-1, keepdims=True)
        result[at:after] = (weight @ v).transpose(0, 2, 1, 3).reshape(after - at, -1)
        at = after
    return result


def _linear(x: Floats, weight: Floats, bias: Floats) -> Floats:
    y: Floats = x @ weight
    y += bias
    return y


def _gate(x: Floats) -> Floats:
    """x times the logistic function of 1.702 x, in place: close to GELU and cheap."""
    gate = x * np.float32(-1.702)
    with np.errstate(over="ignore"):  # far below zero exp is infinite and the result 0, as it should be
        np.exp(gate, out=gate)
    gate += 1
    x /= gate
    return x


def _normalise(x: Floats, norm: Floats) -> Floats:
    """Each row to mean 0 and variance 1, then weight and bias."""
    x -= x.mean(1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + TINY)
    x /= spread[:, None]
    x *= norm[0]
    x += norm[1]
    return x


# --- helpers


def _batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Neighbours in length, up to BATCH_PIECES together."""
    batch: list[Window] = []
    held = 0
    for window in windows:
        if batch and held + len(window.pieces) > BATCH_PIECES:
            yield batch
            batch, held = [], 0
        batch.append(window)
        held += len(window.pieces)
    if batch:
        yield batch


def _allowed_only(chain: Floats, first: Floats) -> tuple[Floats, Floats]:
    """A name goes on only after its own label."""
    chain, first = chain.copy(), first.copy()
    for inside in range(2, len(first), 2):
        first[inside] = FORBIDDEN
        chain[[t for t in range(len(first)) if t not in (inside, inside - 1)], inside] = FORBIDDEN
    return chain, first


def _own_folder() -> Path:
    return Path(str(resources.files("rasid.knowledge") / "entities"))
