"""Trains the syntax half of the English pipeline: `python training/train.py CORPORA OUT [--steps N]`.

CORPORA is a folder with the treebanks as spaCy DocBin files (`ud/*.spacy`); names, versions and licences are in
NOTICE. OUT receives the pipeline: tagger, morphologizer, lemmatizer, parser. About 35 minutes on two cores. Names of
people, organisations and places are learned apart, by `entities.py`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import spacy
from spacy.cli.train import train

HERE = Path(__file__).parent
VERSION = "0.2.0"
NAME = "ud_conflict_sm"
STEPS = 6500  # the plateau

SYNTAX = {"train": ["ud/ewt-train", "ud/gumfree-train"], "dev": ["ud/ewt-dev", "ud/gumfree-dev"]}


def gather(corpora: Path, folder: Path) -> dict[str, str]:
    """Lay the parts of each split side by side; returns the paths as spaCy's command line wants them."""
    paths = {}
    for split, names in SYNTAX.items():
        target = folder / split
        target.mkdir(parents=True)
        for name in names:
            shutil.copy(corpora / f"{name}.spacy", target / f"{name.replace('/', '-')}.spacy")
        paths[f"paths.{split}"] = str(target)
    return paths


def main() -> None:
    """Train and name the pipeline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS, help="stop after N steps, to try the recipe")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temp:
        work = Path(temp)
        limits = {"training.max_steps": args.steps, "training.eval_frequency": min(500, args.steps)}
        train(HERE / "parser.cfg", work / "model", overrides={**gather(args.corpora, work), **limits})
        nlp = spacy.load(work / "model" / "model-best")
        nlp.meta.update(name=NAME, version=VERSION, license="CC BY-SA 4.0")
        nlp.to_disk(args.out)
    print(f"trained -> {args.out}")


if __name__ == "__main__":
    main()
