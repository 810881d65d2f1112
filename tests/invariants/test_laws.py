"""The laws of the design over a whole case (those of the store stand in test_store_laws.py)."""

from __future__ import annotations

import json
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rasid import record
from rasid.case import Case, create_case, open_case
from rasid.model import tables as t
from rasid.store import decisions, derived
from rasid.weigh.figures import happened
from tests import event_case
from tests.invariants.kill import QUESTION, REPORTS, contents, kill_at

TEXTS = {
    "a.txt": "The ministry said that the Ash Front shelled Imerra on 3 March 2024. At least 12 people were killed.",
    "b.txt": "The Ash Front has not been defeated. It will attack Imerra again, the governor warned.",
    "c.md": "# No victory\n\nThere is no victory over the Ash Front. 900 families fled from Sallow Ford.",
    "d.html": "<html><head><title>Quiet</title></head><body><p>The Ash Front denied that it shelled Imerra.</p></body></html>",
    "e.txt": "",
}


def make(folder: Path, texts: dict[str, str]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return [folder / name for name in texts]


def new_case(folder: Path) -> Case:
    case = create_case(folder, "Laws")
    decisions.ask(case, QUESTION, by="tester", at=datetime(2026, 1, 1, tzinfo=UTC))
    return case


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The example reports, built once."""
    case = new_case(tmp_path_factory.mktemp("laws") / "case")
    record.add(case, [REPORTS], by="tester")
    record.rebuild(case, by="tester")
    return case


def test_law_1_every_quote_is_exactly_the_kept_text(example: Case) -> None:
    texts = dict(derived.read_table(example, "documents", t.DOCUMENTS).select("id", "text").iter_rows())
    claims = derived.read_table(example, "claims", t.CLAIMS).to_dicts()
    assert len(claims) > 20
    for claim in claims:
        text = texts[claim["document"]]
        assert text[claim["start"] : claim["end"]] == claim["quote"] != ""
        spans = [claim[part] for part in ("trigger", "actor", "target", "instrument", "time", "quantity")]
        for span in [*spans, *claim["places"], *claim["persons"], *claim["attribution"]]:
            if span is not None and span["start"] is not None:
                assert text[span["start"] : span["end"]] == span["text"]


def test_law_1_holds_in_the_json_that_other_programs_read(example: Case) -> None:
    texts = {row["id"]: row["text"] for row in record.contract_rows(example, "documents")}
    rows = [json.loads(record.to_json(row)) for row in record.contract_rows(example, "claims")]
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["quote"] for row in rows)


def test_law_3_building_twice_changes_nothing(example: Case) -> None:
    before = contents(example.root)
    assert record.rebuild(example, by="tester") is False
    assert contents(example.root) == before


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_law_3_step_by_step_and_in_any_order_equals_from_scratch(tmp_path: Path, seed: int) -> None:
    files = make(tmp_path / "texts", TEXTS)
    at_once = new_case(tmp_path / "at-once")
    record.add(at_once, files, by="tester")
    record.rebuild(at_once, by="tester")
    shuffled = random.Random(seed).sample(files, len(files))
    in_steps = new_case(tmp_path / "in-steps")
    for first in range(0, len(shuffled), 2):
        record.add(in_steps, shuffled[first : first + 2], by="tester")
        record.rebuild(in_steps, by="tester")
    assert contents(in_steps.root) == contents(at_once.root)


def test_law_3_the_derived_folder_can_be_deleted_and_comes_back_the_same(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    record.add(case, make(tmp_path / "texts", TEXTS), by="tester")
    record.rebuild(case, by="tester")
    before = contents(case.root)
    shutil.rmtree(case.derived)
    shutil.rmtree(case.site)
    record.rebuild(case, by="tester")
    assert contents(case.root) == before


def test_law_4_a_question_survives_the_loss_of_all_derived_tables(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case")
    record.add(case, make(tmp_path / "texts", TEXTS), by="tester")
    record.rebuild(case, by="tester")
    shutil.rmtree(case.derived)
    record.rebuild(case, by="tester")
    assert [row["question"] for row in record.contract_rows(case, "questions")] == [QUESTION]
    record.withdraw(case, QUESTION, by="another")
    record.rebuild(case, by="tester")
    assert list(record.contract_rows(case, "questions")) == []


def test_law_6_nothing_predicted_denied_or_possible_counts_as_happened(example: Case) -> None:
    claims = {c["id"]: c for c in derived.read_table(example, "claims", t.CLAIMS).to_dicts()}
    figures = derived.read_table(example, "figures", t.FIGURES).to_dicts()
    assert figures
    for figure in figures:
        claim = claims[figure["claim"]]
        assert figure["happened"] is happened(claim["polarity"], claim["certainty"])


def test_law_10_no_page_holds_an_outside_address(example: Case) -> None:
    import re

    reaching = re.compile(
        r"""(?:src|href|action|data|poster|srcset)\s*=\s*["']?\s*(?:[a-z]+:|//)|url\(|@import""", re.I
    )
    pages = [p for p in example.site.rglob("*") if p.suffix in (".html", ".css")]
    assert pages
    for page in pages:
        found = reaching.findall(page.read_text("utf-8"))
        assert not found, f"{page.name}: {found[:3]}"


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.3, 0.8, 1.3, 1.8, 2.3, 2.8, 3.4, 4.0])
def test_law_3_a_killed_build_ends_in_the_same_bytes(example: Case, tmp_path: Path, moment: float) -> None:
    case = tmp_path / "killed"
    whole = tmp_path / "whole"
    assert kill_at(whole, 600) is None
    assert kill_at(case, moment) is None
    assert contents(case) == contents(whole)


# --- a case of everything: event data, a copied report, incidents, ranges, sources, decisions on incidents and grades --


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, list[Path]]:
    """Files added at once, then built, decided and built again."""
    folder = tmp_path_factory.mktemp("everything")
    files = event_case.write_files(folder / "files")
    case = create_case(folder / "case", "Laws")
    event_case.ask(case)
    record.add(case, files, by="tester")
    record.rebuild(case, by="tester")
    event_case.decide(case)
    record.rebuild(case, by="tester")
    return case, files


def test_law_3_a_case_with_event_data_and_decisions_is_the_same_built_twice_and_built_again(
    everything: tuple[Case, list[Path]], tmp_path: Path
) -> None:
    case, _ = everything
    before = contents(case.root)
    assert {
        "derived/records.parquet",
        "derived/incident_grades.parquet",
        "derived/reuse.parquet",
    } <= before.keys()
    assert record.rebuild(case, by="tester") is False
    copy = tmp_path / "copy"
    shutil.copytree(case.root, copy)
    shutil.rmtree(copy / "derived")
    shutil.rmtree(copy / "site")
    record.rebuild(open_case(copy), by="tester")
    assert contents(copy) == before


def test_law_3_event_data_and_reports_in_any_order_and_step_by_step_give_the_same_bytes(
    everything: tuple[Case, list[Path]], tmp_path: Path
) -> None:
    whole, files = everything
    in_steps = create_case(tmp_path / "in-steps", "Laws")
    event_case.ask(in_steps)
    mixed = [files[-1], *reversed(files[:-1])]  # the event data first
    for part in (mixed[:2], mixed[2:]):
        record.add(in_steps, part, by="tester")
        record.rebuild(in_steps, by="tester")
    event_case.decide(in_steps)
    record.rebuild(in_steps, by="tester")
    assert contents(in_steps.root) == contents(whole.root)
