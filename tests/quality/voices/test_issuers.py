"""How many invented documents are given to the body that issues them, and none to a wrong one."""

from __future__ import annotations

from pathlib import Path

import yaml

from rasid.extract.voices.issuer import find_issuer

MOST_MISSED = 1


def test_the_first_lines_name_the_issuer_or_leave_it_open() -> None:
    rows = yaml.safe_load((Path(__file__).parent / "issuers.yaml").read_text(encoding="utf-8"))
    missed, wrong = [], []
    for row in rows:
        found = find_issuer(row["text"])
        name = found.name if found else None
        if name == row.get("issuer"):
            continue
        line = f"{row['text'][:60]!r}: {name}, not {row.get('issuer')}"
        (missed if name is None else wrong).append(line)
    assert not wrong, "\n".join(wrong)
    assert len(missed) <= MOST_MISSED, "\n".join(missed)


def test_the_words_that_name_the_issuer_stand_in_the_text() -> None:
    text = "STATEMENT No. 12\nMedia Office of the Rivers Front, Kelan\n3 May\n\nOur men left the mill by order.\n"
    found = find_issuer(text)
    assert found is not None
    assert text[found.start : found.end] == "Media Office of the Rivers Front"
    assert (found.name, found.why) == ("Rivers Front", "letterhead")
