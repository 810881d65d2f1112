"""Trains the English pipeline that ships with Rasid: `python training/train.py CORPORA OUT [--steps N]`.

CORPORA is a folder with the treebanks and entity corpora as spaCy DocBin files (`ud/*.spacy`, `ner/*.spacy`);
names, versions and licences are in NOTICE. OUT receives the finished pipeline. Two models are trained apart,
because they learn from different data, and joined: syntax (tagger, morphologizer, lemmatizer, parser) and
entities. On two cores about 35 and 20 minutes.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import spacy
from spacy.cli.train import train
from spacy.tokens import DocBin

HERE = Path(__file__).parent
VERSION = "0.1.0"
NAME = "ud_ner_conflict_sm"
PARSER_STEPS = 6500  # the plateau
NER_STEPS = 4500  # the best on the development parts

SYNTAX = {"train": ["ud/ewt-train", "ud/gumfree-train"], "dev": ["ud/ewt-dev", "ud/gumfree-dev"]}
ENTITIES = {
    "train": [
        "ner/gmb-train", "ner/re3d-train", "ner/wikigold-train", "ner/crossner-politics-train",
        "ner/grobidner-train", "ud/ewt-train", "ud/gumfree-train",
    ],
    "dev": ["ner/gmb-dev", "ud/ewt-dev", "ud/gumfree-dev"],
}  # fmt: skip


def gather(corpora: Path, parts: dict[str, list[str]], folder: Path) -> dict[str, str]:
    """Lay the parts of a split side by side; returns the paths as spaCy's command line wants them."""
    paths = {}
    for split, names in parts.items():
        target = folder / split
        target.mkdir(parents=True)
        for name in names:
            source = corpora / f"{name}.spacy"
            if name == "ner/gmb-train":
                halve(source, target / "gmb-train.spacy")
            else:
                shutil.copy(source, target / f"{name.replace('/', '-')}.spacy")
        paths[f"paths.{split}"] = str(target)
    return paths


def halve(source: Path, target: Path) -> None:
    """Every other run of eight documents: the whole of GMB would drown the other kinds of text."""
    vocab = spacy.blank("en").vocab
    docs = list(DocBin().from_disk(source).get_docs(vocab))
    DocBin(docs=[d for i, d in enumerate(docs) if (i // 8) % 2 == 0]).to_disk(target)


def main() -> None:
    """Train both parts and join them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, help="stop both after N steps, to try the recipe")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temp:
        work = Path(temp)
        for config, parts, steps in (("parser", SYNTAX, PARSER_STEPS), ("ner", ENTITIES, NER_STEPS)):
            paths = gather(args.corpora, parts, work / config)
            limit = args.steps or steps
            train(
                HERE / f"{config}.cfg",
                work / f"{config}-model",
                overrides={**paths, "training.max_steps": limit, "training.eval_frequency": min(500, limit)},
            )
        nlp = spacy.load(work / "parser-model" / "model-best")
        nlp.add_pipe("ner", source=spacy.load(work / "ner-model" / "model-best"))
        nlp.meta.update(name=NAME, version=VERSION, license="CC BY-SA 4.0")
        nlp.to_disk(args.out)
    print(f"joined -> {args.out}")


if __name__ == "__main__":
    main()
