from collections.abc import Mapping
from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.model import tables
from rasid.store.archive import Archive
from rasid.store.decisions import ask, logs
from rasid.store.derived import write_table
from rasid.store.verify import broken_quotes, kept_texts, misplaced_passages, verify_case

TEXT = "Rana says two guards left the mill on Monday. It is quiet. 🌧 Rain."
#       0         1         2         3         4


def _span(words: str, **more: object) -> dict[str, object]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words), **more}


def _quote(words: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"claim": "c1", "document": "d1", "start": start, "end": start + len(words), "quote": words}


def _claim(**more: object) -> tables.Row:
    cue = _span("says")
    claim: tables.Row = {
        "id": "c1",
        "document": "d1",
        "start": 0,
        "end": 45,
        "quote": "Rana says two guards left the mill on Monday.",
        "trigger": _span("left"),
        "actor": _span("two guards", name="guards"),
        "target": None,
        "places": [_span("the mill", name="the mill")],
        "time": _span("on Monday", precision="open"),
        "quantity": _span("two", low=2.0, high=2.0),
        "voices": ["d1.txt", "Rana"],
        "attribution": [
            {"name": "d1.txt"},
            _span("Rana", name="Rana", cue="says", cue_start=cue["start"], cue_end=cue["end"]),
        ],
    }
    return claim | more


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "case")
    added = Archive(made.root).add(TEXT.encode(), by="rana", name="d1.txt")
    ask(made, "Is the mill quiet?", by="rana")
    document: tables.Row = {"id": "d1", "original": added.sha256, "text": TEXT}
    write_table(made, "documents", tables.table([document], tables.DOCUMENTS), inputs="1")
    passages: list[tables.Row] = [
        {"document": "d1", "index": 0, "start": 0, "end": 45},
        {"document": "d1", "index": 1, "start": 46, "end": len(TEXT)},
    ]
    write_table(made, "passages", tables.table(passages, tables.PASSAGES), inputs="1")
    write_table(made, "claims", tables.table([_claim()], tables.CLAIMS), inputs="1")
    stance: tables.Row = {"question": "q1", "voice": "Rana", "quotes": [_quote("It is quiet.")]}
    write_table(made, "stances", tables.table([stance], tables.STANCES), inputs="1")
    conflict: tables.Row = {"question": "q1", "quotes": [_quote("It is quiet."), _quote("🌧 Rain.")]}
    write_table(made, "conflicts", tables.table([conflict], tables.CONFLICTS), inputs="1")
    figure: tables.Row = {"claim": "c1", "text": "two", **_quote("two guards left")}
    write_table(made, "figures", tables.table([figure], tables.FIGURES), inputs="1")
    return made


def _what(case: Case) -> list[tuple[str, str]]:
    return [(problem.what, problem.where) for problem in verify_case(case)]


def test_a_sound_case_has_no_problems_and_is_not_changed(case: Case) -> None:
    before = {path: path.read_bytes() for path in case.root.rglob("*") if path.is_file()}
    assert verify_case(case) == []
    after = {path: path.read_bytes() for path in case.root.rglob("*") if path.is_file()}
    assert after == before


def test_a_new_case_has_no_problems(tmp_path: Path) -> None:
    assert verify_case(create_case(tmp_path / "new")) == []


def test_everything_that_broke_is_named_at_once(case: Case) -> None:
    archive = Archive(case.root)
    (sha,) = archive.originals()
    original = archive.path(sha)
    original.chmod(0o644)
    original.write_bytes(b"other")
    (log,) = logs(case)
    log.write_bytes(log.read_bytes().replace(b"quiet", b"noisy"))
    table = case.derived / "stances.parquet"
    table.write_bytes(table.read_bytes() + b"\0")
    assert _what(case) == [
        ("original", f"originals/{sha[:2]}/{sha}"),
        ("log", "decisions/rana.jsonl"),
        ("table", "derived/stances.json"),
    ]


def test_a_lost_original_and_a_stray_are_named(case: Case) -> None:
    archive = Archive(case.root)
    (sha,) = archive.originals()
    original = archive.path(sha)
    original.chmod(0o644)
    stray = original.with_name("ab" * 32 + ".txt")
    original.rename(stray)
    assert _what(case) == [
        ("original", f"originals/{sha[:2]}/{sha}"),
        ("stray", f"originals/{sha[:2]}/{stray.name}"),
    ]


def test_a_document_without_its_original_in_the_manifest_is_named(case: Case) -> None:
    Archive(case.root).manifest.unlink()
    assert [what for what, _ in _what(case)] == ["stray", "reference"]


def test_a_broken_manifest_is_named_once(case: Case) -> None:
    Archive(case.root).manifest.write_bytes(b"nothing\n")
    assert _what(case) == [("manifest", "originals/manifest.jsonl")]


def test_a_table_of_another_shape_is_named(case: Case) -> None:
    write_table(case, "claims", tables.table([], tables.VOICES), inputs="1")
    assert _what(case) == [("table", "derived/claims.parquet")]


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "Rana says two guards left the mill on monday."},
        {"start": 1},
        {"end": 999},
        {"end": 0, "quote": ""},
        {"start": -45, "end": -1},
        {"start": None},
        {"quote": None},
        {"document": "d2"},
        {"document": None},
        {"trigger": {"text": "Left", "start": 21, "end": 25}},
        {"trigger": {"text": None, "start": 21, "end": 25}},
        {"target": {"text": "mill", "start": 0, "end": 4}},
        {"instrument": {"text": "mill", "start": 60, "end": 640}},
        {"places": [_span("the mill"), {"text": "the mill", "start": 27, "end": 35}]},
        {"time": {"text": "on Monday", "start": 36, "end": 45}},
        {"quantity": {"text": "2", "low": 2.0, "start": 10, "end": 13}},
        {"persons": [{"text": "Rana", "name": "Rana", "start": 1, "end": 5}]},
        {"attribution": [{"name": "Rana", "text": "Rana", "start": 5, "end": 9}]},
        {"attribution": [_span("Rana", cue="said", cue_start=5, cue_end=9)]},
    ],
)
def test_every_span_of_a_claim_must_be_at_its_place(change: Mapping[str, object]) -> None:
    claims = tables.table([_claim(**change)], tables.CLAIMS)
    assert [problem.where for problem in broken_quotes({"d1": TEXT}, claims, table="claims")][:1] == [
        "claims, row 1 (c1)"
    ]


def test_a_claim_with_all_its_spans_in_place_is_sound() -> None:
    claims = tables.table([_claim()], tables.CLAIMS)
    assert list(broken_quotes({"d1": TEXT}, claims, table="claims")) == []


def test_offsets_count_code_points_not_bytes(case: Case) -> None:
    moved = _quote("🌧 Rain.") | {"start": TEXT.index("🌧") + 3}
    stances = tables.table([{"question": "q1", "quotes": [_quote("🌧 Rain."), moved]}], tables.STANCES)
    assert len(list(broken_quotes({"d1": TEXT}, stances, table="stances"))) == 1


def test_a_quote_in_a_stance_points_into_its_own_document() -> None:
    lost = _quote("It is quiet.") | {"document": "d9"}
    conflicts = tables.table([{"question": "q1", "quotes": [lost]}], tables.CONFLICTS)
    (problem,) = broken_quotes({"d1": TEXT}, conflicts, table="conflicts")
    assert "d9" in problem.sentence


@pytest.mark.parametrize(
    ("spans", "wrong"),
    [
        ([(0, 5), (5, 10)], []),
        ([(0, 5), (4, 10)], [1]),
        ([(0, 0), (4, 10)], [0]),
        ([(0, 5), (6, 11)], [1]),
        ([(-3, 5), (6, 10)], [0]),
        ([(None, 5)], [0]),
    ],
)
def test_passages_are_inside_their_document_and_do_not_overlap(
    spans: list[tuple[int | None, int]], wrong: list[int]
) -> None:
    rows: list[tables.Row] = [
        {"document": "d1", "index": n, "start": start, "end": end} for n, (start, end) in enumerate(spans)
    ]
    texts = kept_texts(tables.table([{"id": "d1", "text": "ten signs."}], tables.DOCUMENTS))
    problems = list(misplaced_passages(texts, tables.table(rows, tables.PASSAGES)))
    assert [problem.where for problem in problems] == [f"passages, d1 {n}" for n in wrong]
