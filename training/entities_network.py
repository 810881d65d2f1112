"""The network of the entity recogniser, its pretrained start, and how sentences become batches."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

import entities_data as data
from rasid.extract.wordpieces import SHAPES, WordPieces

WIDTH, HEADS, HIDDEN, TAGS = 384, 12, 128, len(data.TAGS)
MAX_PIECES = 256  # of one sentence, with the two at its ends
BATCH_PIECES = 2000


# --- the pretrained weights


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """The float arrays of a safetensors file."""
    raw = path.read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8 : 8 + size])
    found = {}
    for name, entry in head.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            a, b = entry["data_offsets"]
            array = np.frombuffer(raw[8 + size + a : 8 + size + b], "<f4").reshape(entry["shape"])
            found[name] = torch.from_numpy(array.copy())
    return found


def write_vocabulary(path: Path, weights: dict[str, Tensor], out: Path) -> tuple[Tensor, Tensor]:
    """Pieces in Latin script and common signs only; returns their embeddings in eight bits, with scales."""
    pieces = path.read_text("utf-8").split("\n")
    kept = [i for i, p in enumerate(pieces) if p and not p.startswith("[unused") and all(map(_latin, p))]
    (out / "vocab.txt").write_text("\n".join(pieces[i] for i in kept) + "\n", "utf-8")
    rows = weights["embeddings.word_embeddings.weight"][kept]
    scales = rows.abs().amax(1, keepdim=True) / 127
    return torch.round(rows / scales).to(torch.int8), scales


def _latin(c: str) -> bool:
    return ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or 0x2000 <= ord(c) < 0x2100


# --- the network


class Network(nn.Module):
    """First layers of MiniLM, a shape embedding at the bottom, a small head and a chain (CRF) at the top."""

    def __init__(self, weights: dict[str, Tensor], table: tuple[Tensor, Tensor], layers: int) -> None:
        super().__init__()
        self.register_buffer("table", table[0])
        self.register_buffer("scales", table[1])
        place = weights["embeddings.position_embeddings.weight"][:MAX_PIECES]
        self.places = nn.Parameter(place + weights["embeddings.token_type_embeddings.weight"][0])
        self.shapes = nn.Parameter(torch.randn(len(SHAPES), WIDTH) * 0.01)
        self.norm = _norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{i}.") for i in range(layers))
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.shape_head = nn.Parameter(torch.zeros(len(SHAPES), HIDDEN))
        self.source_head = nn.Parameter(torch.zeros(len(data.SOURCES), HIDDEN))
        self.scores = nn.Linear(HIDDEN, TAGS)
        self.chain = nn.Parameter(torch.zeros(TAGS, TAGS))
        self.first = nn.Parameter(torch.zeros(TAGS))

    def set_dropout(self, share: float) -> None:
        """Within the layers; the bottom and the head have their own."""
        for layer in self.layers:
            layer.dropout = share

    def forward(self, batch: Batch) -> Tensor:
        """Scores of the tags, (sentences, words, tags)."""
        x = self.table[batch.pieces].float() * self.scales[batch.pieces]
        x = x + self.places[: x.shape[1]] + self.shapes[batch.piece_shapes]
        x = F.dropout(self.norm(x), 0.1, self.training)
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, batch.mask)
        x = x.float().flatten(0, 1)
        summed = torch.zeros(batch.word_shapes.numel() + 1, WIDTH).index_add(0, batch.word_of_piece, x)[:-1]
        x = summed / batch.piece_counts[:, None]
        x = F.dropout(x, 0.2, self.training)
        n, words = batch.word_shapes.shape
        x = self.hidden(x).view(n, words, HIDDEN) + self.shape_head[batch.word_shapes]
        x = F.relu(x + self.source_head[batch.sources][:, None])
        return self.scores(F.dropout(x, 0.1, self.training))


class Layer(nn.Module):
    """One layer of the encoder, with x * sigmoid(1.702 x) for GELU: cheaper in NumPy, soon made good by training."""

    def __init__(self, weights: dict[str, Tensor], prefix: str) -> None:
        super().__init__()
        into = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
        self.into = _linear(
            torch.cat([weights[f"{n}.weight"] for n in into]), torch.cat([weights[f"{n}.bias"] for n in into])
        )
        self.out = _linear(*_pair(weights, f"{prefix}attention.output.dense"))
        self.norm = _norm(weights, f"{prefix}attention.output.LayerNorm")
        self.wide = _linear(*_pair(weights, f"{prefix}intermediate.dense"))
        self.narrow = _linear(*_pair(weights, f"{prefix}output.dense"))
        self.last_norm = _norm(weights, f"{prefix}output.LayerNorm")
        self.dropout = 0.0

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(sentences, pieces, width) -> the same."""
        n, pieces, _ = x.shape
        q, k, v = self.into(x).view(n, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.out(y.transpose(1, 2).reshape(n, pieces, WIDTH))
        share = self.dropout if self.training else 0.0
        x = self.norm(x + F.dropout(y, share))
        y = self.wide(x)
        return self.last_norm(x + F.dropout(self.narrow(y * torch.sigmoid(1.702 * y)), share))


def _pair(weights: dict[str, Tensor], name: str) -> tuple[Tensor, Tensor]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.data, made.bias.data = weight.clone(), bias.clone()
    return made


def _norm(weights: dict[str, Tensor], name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(WIDTH, eps=1e-12)
    made.weight.data, made.bias.data = (w.clone() for w in _pair(weights, name))
    return made


# --- batches


@dataclass(slots=True)
class Batch:
    """Sentences of like length, padded."""

    examples: list[data.Example]
    pieces: Tensor
    piece_shapes: Tensor
    mask: Tensor
    word_of_piece: Tensor
    piece_counts: Tensor
    word_shapes: Tensor
    lengths: Tensor
    tags: Tensor
    sources: Tensor


def batches(
    examples: Sequence[data.Example], pieces: WordPieces, rng: random.Random, *, keep_source: float
) -> Iterator[Batch]:
    """Sentences sorted by length with some noise, batches in random order."""
    read = [(e, [pieces.read(w) for w in e.words]) for e in examples]
    sized = [(sum(len(p) for p, _ in r) + 2, e, r) for e, r in read]
    sized = [s for s in sized if s[0] <= MAX_PIECES]
    sized.sort(key=lambda s: s[0] * rng.uniform(0.95, 1.05))
    groups: list[list[tuple[int, data.Example, list[tuple[tuple[int, ...], int]]]]] = [[]]
    longest = 0
    for s in sized:
        longest = max(longest, s[0])
        if longest * (len(groups[-1]) + 1) > BATCH_PIECES and groups[-1]:
            groups.append([])
            longest = s[0]
        groups[-1].append(s)
    rng.shuffle(groups)
    start, stop = pieces.numbers["[CLS]"], pieces.numbers["[SEP]"]
    for group in groups:
        n, long, words = len(group), max(s[0] for s in group), max(len(s[1].words) for s in group)
        ids, marks = np.zeros((n, long), np.int64), np.zeros((n, long), np.int64)
        mask, owner = np.zeros((n, long), bool), np.full((n, long), n * words)
        counts, shapes = np.ones((n, words), np.float32), np.zeros((n, words), np.int64)
        tags = np.zeros((n, words), np.int64)
        for i, (size, e, r) in enumerate(group):
            ids[i, :size] = [start, *(p for ps, _ in r for p in ps), stop]
            marks[i, 1 : size - 1] = [s for ps, s in r for _ in ps]
            owner[i, 1 : size - 1] = [i * words + w for w, (ps, _) in enumerate(r) for _ in ps]
            mask[i, :size] = True
            counts[i, : len(r)] = [len(ps) for ps, _ in r]
            shapes[i, : len(r)] = [s for _, s in r]
            tags[i, : len(r)] = data.tags(e)
        sources = [s[1].source if rng.random() < keep_source else 0 for s in group]
        yield Batch(
            [s[1] for s in group], *map(torch.from_numpy, (ids, marks)), torch.from_numpy(mask)[:, None, None],
            torch.from_numpy(owner.ravel()), torch.from_numpy(counts.ravel()), torch.from_numpy(shapes),
            torch.tensor([len(s[1].words) for s in group]), torch.from_numpy(tags), torch.tensor(sources),
        )  # fmt: skip
