"""Shuffled and cut sentences: no rule may fail on a text, however broken it is."""

import random
from pathlib import Path

import pytest
import yaml

from rasid.extract.certainty import judge
from rasid.extract.certainty_window import window_reading
from rasid.extract.reader import RulesReader
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.certainty import load_certainty
from rasid.model.tables import PASSAGES, table
from tests.builders import document, documents

QUALITY = Path(__file__).parents[1] / "quality"
LAST_WORDS = (
    "no",
    "not",
    "until",
    "but",
    "neither",
    "the",
    "that",
    "to",
    "said",
    "if not",
    "not to",
    '"',
    ":",
)
HOW_MANY = 240


def broken_texts() -> list[str]:
    groups = yaml.safe_load((QUALITY / "certainty/sentences.yaml").read_text("utf-8"))
    whole = [row[0] for rows in groups.values() for row in rows]
    whole += [row["text"] for row in yaml.safe_load((QUALITY / "voices/passages.yaml").read_text("utf-8"))]
    rng = random.Random(11)
    return [broken(rng.choice(whole).split(), rng, n % 3) for n in range(HOW_MANY)]


def broken(words: list[str], rng: random.Random, way: int) -> str:
    """The words in any order, or the end of them, or the beginning with an odd last word."""
    if way == 0:
        rng.shuffle(words)
    cut = rng.randrange(len(words))
    kept = {0: words, 1: words[cut:], 2: [*words[: cut + 1], rng.choice(LAST_WORDS)]}[way]
    return " ".join(kept)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return broken_texts()


def test_no_rule_fails_on_a_broken_text(texts: list[str]) -> None:
    rows = [document(id=f"d{n:012}", text=text) for n, text in enumerate(texts)]
    spans = [
        {
            "document": row["id"],
            "index": 0,
            "kind": "sentence",
            "start": 0,
            "end": len(row["text"]),
            "language": "en",
        }
        for row in rows
    ]
    claims, doubts = RulesReader().read(documents(*rows), table(spans, PASSAGES))
    assert claims.height > HOW_MANY // 10
    failed = [row["document"] for row in doubts.to_dicts() if row["what"] == "rule failed"]
    assert failed == [], [texts[int(name[1:])] for name in failed]


def test_every_word_of_a_broken_text_can_be_judged(texts: list[str]) -> None:
    lexicon = load_certainty()
    passages = [PassageText("d", n, "sentence", 0, text) for n, text in enumerate(texts)]
    for sentence in parse(passages, load_pipeline()):
        for i in range(len(sentence)):
            assert -3 <= judge(sentence, i, lexicon=lexicon).value <= 3
            window_reading(sentence, i, lexicon=lexicon)
