"""Documents and passages -> rows."""

from __future__ import annotations

import polars as pl

from rasid.extract.stances import DOCUMENT_STANCES, read_stances
from rasid.model.tables import DOCUMENTS, PASSAGES, empty, table

TEXT = "Rebels took Orlin mill on Monday.\nArmy denies that rebels seized the mill at Orlin."
CLAIM = "Rebels seized the mill at Orlin"


def _read(*, title: str | None = None, claim: str = CLAIM, reverse: bool = False) -> list[dict[str, object]]:
    documents = [
        {"id": "d1", "name": "a.txt", "title": title, "text": TEXT},
        {"id": "d2", "name": "b.txt", "text": "Bread is dear."},
    ]
    passages = [
        {"document": "d1", "index": 0, "kind": "sentence", "start": 0, "end": 33},
        {"document": "d1", "index": 1, "kind": "sentence", "start": 34, "end": len(TEXT)},
        {"document": "d2", "index": 0, "kind": "sentence", "start": 0, "end": 14},
    ]
    order = -1 if reverse else 1
    found = read_stances(
        table(documents[::order], DOCUMENTS), table(passages[::order], PASSAGES), claim=claim
    )
    assert dict(found.schema) == dict(DOCUMENT_STANCES)
    return found.to_dicts()


def test_quote_and_cues_are_exactly_the_kept_text() -> None:
    row = _read()[0]
    assert row["stance"] == "disagree"
    assert row["quote"] == TEXT[34:]
    assert (row["start"], row["end"]) == (34, len(TEXT))
    cues = row["cues"]
    assert isinstance(cues, list)
    assert [(c["text"], TEXT[c["start"] : c["end"]]) for c in cues] == [("denies", "denies")]


def test_an_unrelated_document_has_no_quote_but_a_reason() -> None:
    row = _read()[1]
    assert (row["stance"], row["quote"], row["start"], row["cues"]) == ("unrelated", None, None, [])
    assert row["reason"]


def test_a_title_that_decides_has_no_offsets() -> None:
    row = _read(title="Rebels never seized the mill at Orlin: the story is false")[0]
    assert row["stance"] == "disagree"
    assert row["quote"] == "Rebels never seized the mill at Orlin: the story is false"
    assert (row["start"], row["end"]) == (None, None)


def test_the_order_of_rows_changes_nothing() -> None:
    assert _read() == _read(reverse=True)


def test_a_document_in_another_language_gets_no_stance() -> None:
    documents = [{"id": "d1", "name": "a.txt", "language": "fr", "text": "Rebels Orlin."}]
    passages = [{"document": "d1", "index": 0, "kind": "sentence", "start": 0, "end": 13}]
    row = read_stances(table(documents, DOCUMENTS), table(passages, PASSAGES), claim=CLAIM).to_dicts()[0]
    assert (row["stance"], row["quote"]) == (None, None)
    assert "only English is read" in row["reason"]


def test_no_documents_give_no_rows() -> None:
    found = read_stances(empty(DOCUMENTS), empty(PASSAGES), claim=CLAIM)
    assert found.equals(pl.DataFrame(schema=dict(DOCUMENT_STANCES)))


def test_a_claim_without_words_of_matter_is_related_to_nothing() -> None:
    assert [row["stance"] for row in _read(claim="It is so.")] == ["unrelated", "unrelated"]
