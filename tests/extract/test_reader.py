import polars as pl
import pytest

from rasid.errors import BadSettings
from rasid.extract.reader import RulesReader, check_quotes, make_reader, own_voice
from rasid.model.tables import CLAIMS, DOUBTS, PASSAGES, check, table
from tests.builders import claim, document, documents, mention, voice

TEXT = "The Rivers Front shelled Imerra. At least 12 people were killed."


@pytest.fixture(scope="module")
def reader():
    return RulesReader()


def passages(*spans, language="en", document_id="d000000000001"):
    rows = [
        {"document": document_id, "index": n, "kind": "sentence", "start": a, "end": b, "language": language}
        for n, (a, b) in enumerate(spans)
    ]
    return table(rows, PASSAGES)


def test_a_document_gives_claims_of_the_agreed_shape(reader):
    claims, doubts = reader.read(documents(document(text=TEXT)), passages((0, 32), (33, len(TEXT))))
    check(claims, CLAIMS, where="test")
    check(doubts, DOUBTS, where="test")
    assert {"shelling", "killing"} <= set(claims["type"].to_list())


def test_ids_are_the_same_each_time_and_never_twice(reader):
    held = documents(document(text=TEXT)), passages((0, 32), (33, len(TEXT)))
    first, second = reader.read(*held)[0], reader.read(*held)[0]
    assert first.equals(second)
    assert first["id"].is_unique().all()


def test_other_documents_beside_it_change_nothing(reader):
    alone, _ = reader.read(documents(document(text=TEXT)), passages((0, 32)))
    other = document(id="d000000000002", text="Planes bombed Sallow Ford.")
    both = documents(document(text=TEXT), other)
    spans = pl.concat([passages((0, 32)), passages((0, 26), document_id="d000000000002")])
    together, _ = reader.read(both, spans)
    assert together.filter(pl.col("document") == "d000000000001").equals(alone)


def test_a_language_that_is_not_read_is_a_doubt_and_not_a_guess(reader):
    text = "قصفت الجبهة البلدة."
    claims, doubts = reader.read(documents(document(text=text)), passages((0, len(text)), language="ar"))
    assert claims.height == 0
    assert doubts["what"].to_list() == ["language not read"]


def test_a_passage_without_an_end_is_a_doubt(reader):
    text = "word " * 2000
    claims, doubts = reader.read(documents(document(text=text)), passages((0, len(text) - 1)))
    assert claims.height == 0
    assert doubts["what"].to_list() == ["passage too long"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "The bridge stood."},
        {"actor": mention("Bridge")},
        {"attribution": [voice("x") | {"text": "nobody", "start": 0, "end": 6}]},
        {"places": [mention("far", start=900) | {"level": None, "country": None}]},
    ],
)
def test_a_claim_whose_words_are_not_in_the_text_is_refused_whoever_read_it(wrong):
    kept, doubts = check_quotes([claim(**wrong)], {"d000000000001": "The bridge fell."})
    assert kept == []
    assert [d["what"] for d in doubts] == ["quote not in the text"]


def test_a_claim_whose_words_fit_is_kept():
    kept, doubts = check_quotes([claim()], {"d000000000001": "The bridge fell."})
    assert (len(kept), doubts) == (1, [])


def test_a_cases_own_actors_are_read_as_one_name(tmp_path):
    text = "The mill was burned by Zorn and Daughters."
    own = tmp_path / "actors.yaml"
    own.write_text("- {name: Zorn, kind: armed group, aliases: [Zorn and Daughters]}\n", encoding="utf-8")
    held = documents(document(text=text)), passages((0, len(text)))
    claims, _ = make_reader("rules", actors_file=own).read(*held)
    assert "Zorn and Daughters" in [row["actor"]["text"] for row in claims.to_dicts() if row["actor"]]


def test_an_unknown_reader_is_named_with_those_that_exist():
    with pytest.raises(BadSettings, match="rules"):
        make_reader("oracle")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"author": "Rana Odeh", "publisher": "The Post"}, "Rana Odeh"),
        ({"publisher": "The Post"}, "The Post"),
        ({}, "author of a.txt"),
    ],
)
def test_the_documents_own_voice(given, name):
    assert own_voice({"author": None, "publisher": None, **document(**given)}) == name


def test_a_rule_that_fails_on_one_document_costs_only_that_document(reader, monkeypatch):
    from rasid.extract import reader as module

    whole = module.read_claims

    def failing(document_id, *rest):
        if document_id == "d000000000002":
            raise IndexError("no such token")
        return whole(document_id, *rest)

    monkeypatch.setattr(module, "read_claims", failing)
    both = documents(document(text=TEXT), document(id="d000000000002", text=TEXT))
    spans = pl.concat([passages((0, 32)), passages((0, 32), document_id="d000000000002")])
    claims, doubts = reader.read(both, spans)
    assert set(claims["document"]) == {"d000000000001"}
    assert doubts["what"].to_list() == ["rule failed"]
