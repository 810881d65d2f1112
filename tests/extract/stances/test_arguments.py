"""Arguments for and against a claim."""

from __future__ import annotations

import pytest

from rasid.extract.stances.arguments import ArgumentReader, load_arguments

CLAIM = "Pedal carts should be allowed in the old town"


@pytest.fixture(scope="module")
def reader() -> ArgumentReader:
    return load_arguments()


def test_praise_supports_and_blame_undermines(reader: ArgumentReader) -> None:
    read = reader.weigh(
        [(CLAIM, "They improve the lives of old people"), (CLAIM, "They are a danger to children")]
    )
    assert [(r.side, r.by_rule) for r in read] == [("support", "support"), ("undermine", "undermine")]


def test_a_claim_against_something_turns_the_rule(reader: ArgumentReader) -> None:
    against = "Pedal carts should be banned from the old town"
    read = reader.weigh(
        [(against, "They improve the lives of old people"), (against, "They are a danger to children")]
    )
    assert [r.by_rule for r in read] == ["undermine", "support"]


def test_not_good_sounds_bad(reader: ArgumentReader) -> None:
    features = reader.read(CLAIM, "This is not good")
    assert features["rule:sound"] < 0
    assert features["rule:direction"] > 0


def test_a_text_is_weighed_the_same_alone_and_among_others(reader: ArgumentReader) -> None:
    pairs = [
        (CLAIM, "They are slow"),
        (CLAIM, "Carts help shops, and shops help the town a lot in winter"),
        (CLAIM, ""),
    ]
    together = reader.weigh(pairs)
    alone = [reader.weigh([pair])[0] for pair in pairs]
    assert [r.side for r in together] == [r.side for r in alone]
    assert all(abs(a.score - b.score) < 1e-3 for a, b in zip(together, alone, strict=True))
