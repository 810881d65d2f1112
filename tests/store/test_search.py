import random
from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.errors import BrokenTable, WrongUse
from rasid.model import tables
from rasid.store.derived import is_current
from rasid.store.search import SNIPPET_CHARS, Hit, search, write_index

ENGLISH = "The mill at Qasr Noor was burned. Nobody was killed there. A driver says it was 'an accident'."
ARABIC = "قُتل سائق قرب الجسر. المدينةُ هادئة."
LONG = "rain " * 200 + "Éclair of a rare word " + "wind " * 200


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def _document(name: str, text: str, **more: object) -> tables.Row:
    return {"id": name, "name": f"{name}.txt", "text": text, **more}


def _passage(document: str, index: int, text: str, words: str) -> tables.Row:
    start = text.index(words)
    return {
        "document": document,
        "index": index,
        "kind": "sentence",
        "start": start,
        "end": start + len(words),
    }


DOCUMENTS = [_document("d1", ENGLISH, title="A quiet week", author="Rana Haddad"), _document("d2", ARABIC)]
DOCUMENTS += [_document("d3", LONG)]
PASSAGES = [
    _passage("d1", 0, ENGLISH, "The mill at Qasr Noor was burned."),
    _passage("d1", 1, ENGLISH, "Nobody was killed there."),
    _passage("d1", 2, ENGLISH, "A driver says it was 'an accident'."),
    _passage("d2", 0, ARABIC, "قُتل سائق قرب الجسر."),
    _passage("d2", 1, ARABIC, "المدينةُ هادئة."),
    _passage("d3", 0, LONG, LONG),
]
CLAIMS: list[tables.Row] = [
    {
        "id": "c1",
        "document": "d1",
        "start": 34,
        "end": 58,
        "quote": "Nobody was killed there.",
        "places": [{"text": "there", "name": "Qasr Noor Mill", "start": 52, "end": 57}],
        "voices": ["Rana Haddad"],
    }
]


def _index(case: Case, *, inputs: str = "one", shuffled: int | None = None) -> None:
    documents, passages = list(DOCUMENTS), list(PASSAGES)
    if shuffled is not None:
        random.Random(shuffled).shuffle(documents)
        random.Random(shuffled).shuffle(passages)
    write_index(
        case,
        tables.table(documents, tables.DOCUMENTS),
        tables.table(passages, tables.PASSAGES),
        claims=tables.table(CLAIMS, tables.CLAIMS),
        inputs=inputs,
    )


def _found(case: Case, words: str) -> list[str]:
    return [hit.snippet for hit in search(case, words)]


def test_a_bare_arabic_word_finds_the_vowelled_one(case: Case) -> None:
    _index(case)
    assert search(case, "قتل") == [Hit("d2", 0, ARABIC.index(".") + 1, "قُتل سائق قرب الجسر.")]
    assert _found(case, "المدينه") == ["المدينةُ هادئة."]


def test_all_words_must_be_there_and_long_ones_find_longer_ones(case: Case) -> None:
    _index(case)
    assert _found(case, "MILL burn") == ["The mill at Qasr Noor was burned."]
    assert _found(case, "mill accident") == []
    assert _found(case, "at mil") == ["The mill at Qasr Noor was burned."]
    assert _found(case, "a m") == []


def test_a_resolved_name_finds_the_words_that_meant_it_once(case: Case) -> None:
    _index(case)
    assert sorted(_found(case, "qasr noor")) == [
        "Nobody was killed there.",
        "The mill at Qasr Noor was burned.",
    ]
    assert _found(case, "nobody killed") == ["Nobody was killed there."]


def test_a_title_or_an_author_finds_the_document(case: Case) -> None:
    _index(case)
    assert Hit("d1", 0, 0, "A quiet week") in search(case, "haddad")


def test_a_snippet_shows_the_original_words_around_the_hit(case: Case) -> None:
    _index(case)
    (hit,) = search(case, "eclair")
    assert (hit.start, hit.end) == (0, len(LONG))
    assert "Éclair of a rare word" in hit.snippet
    assert len(hit.snippet) <= SNIPPET_CHARS + 4


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        '""',
        "a AND",
        "NOT",
        "NEAR(",
        "mill*",
        "-mill",
        "col:mill",
        "(",
        "^",
        "\x00",
        "\udc80",
        "",
        "؟!",
    ],
)
def test_no_string_a_person_can_type_is_a_syntax_error(case: Case, typed: str) -> None:
    _index(case)
    search(case, typed)
    search(case, f"mill {typed} burned")


def test_signs_do_not_change_what_is_found(case: Case) -> None:
    _index(case)
    assert _found(case, '"mill" -burned*') == _found(case, "mill burned") != []


def test_the_limit_is_kept(case: Case) -> None:
    _index(case)
    assert len(search(case, "was", limit=2)) == 2
    assert search(case, "was", limit=0) == []


def test_the_same_tables_give_the_same_bytes_in_any_order(case: Case) -> None:
    found = set()
    for seed in (None, 1, 2):
        _index(case, shuffled=seed)
        found.add((case.derived / "search.sqlite").read_bytes())
    assert len(found) == 1


def test_the_index_has_a_fingerprint_and_leaves_nothing_beside_it(case: Case) -> None:
    _index(case, inputs="one")
    assert is_current(case, "search", "one")
    assert sorted(path.name for path in case.derived.iterdir()) == ["search.json", "search.sqlite"]


def test_a_missing_or_broken_index_is_named(case: Case) -> None:
    with pytest.raises(WrongUse, match="rasid build"):
        search(case, "mill")
    _index(case)
    (case.derived / "search.sqlite").write_bytes(b"no database at all" * 500)
    with pytest.raises(BrokenTable, match="Delete it"):
        search(case, "mill")
