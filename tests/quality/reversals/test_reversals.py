"""How often the voice, the polarity or the certainty of our own traps is read so that the meaning turns round: never."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rasid.extract.reader import make_reader
from rasid.extract.syntax import OWN_PIPELINE
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, table
from rasid.model.values import Status
from rasid.read import Limits, read_original

ROWS = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8"))
FEWEST = 119
ASKED_FOR = [
    "The nuns demanded that the army stop its shelling of Kelan.",
    "He urged the army to end its siege of Kelan.",
    "The judge was asked to delay the execution of Omar.",
    "The mayor hopes that the arrest of nine farmers calms the town.",
    "The widow wonders why he was killed.",
    "The rebels demanded the return of the nuns who were deported in May.",
]


def read_claims(text: str) -> list[Row]:
    read = read_original(text.encode(), original="0" * 64, name="a.txt", limits=Limits())
    found, _ = make_reader("rules", OWN_PIPELINE).read(
        table(read.documents, DOCUMENTS), table(read.passages, PASSAGES)
    )
    return found.to_dicts()


def one_of(value: str, wanted: str) -> bool:
    return value in wanted.split("/")


def fits(claim: Row, wanted: str) -> bool:
    """Do voices, polarity and certainty of the claim fit the line?"""
    _, voices, polarity, certainty = (part.strip() for part in wanted.split(";"))
    said = claim["voices"]
    assert isinstance(said, list)
    chain = " > ".join(said[1:]) or "-"
    return (
        (chain == voices or one_of(chain, voices))
        and one_of(str(claim["polarity"]), polarity)
        and one_of(str(claim["certainty"]), certainty)
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["t"][:60] for row in ROWS])
def test_no_trap_turns_the_meaning_round(row: dict[str, object]) -> None:
    claims = read_claims(str(row["t"]))
    wanted = row["c"]
    assert isinstance(wanted, list)
    for line in wanted:
        of_type = [c for c in claims if one_of(str(c["type"]), line.split(";")[0].strip())]
        assert of_type, f"no claim of {line}"
        wrong = [(c["voices"][1:], c["polarity"], c["certainty"]) for c in of_type if not fits(c, line)]
        assert len(wrong) < len(of_type), f"wanted {line}, read {wrong}"


def test_what_stands_as_possible_is_nowhere_certain() -> None:
    """The two fields must not contradict each other: nothing only asked for, hoped or feared has happened."""
    texts = [str(row["t"]) for row in ROWS]
    claims = [claim for text in [*texts, *ASKED_FOR] for claim in read_claims(text)]
    open_only = [c for c in claims if c["status"] == Status.POSSIBLE.value]
    assert len(open_only) > len(ASKED_FOR) // 2
    assert [c["quote"] for c in open_only if c["certainty"] in ("certain", "partial")] == []


def test_the_set_is_not_thinned_out() -> None:
    assert len(ROWS) >= FEWEST
