"""The two posts that started the project: they stay outside it, so this runs only where ../shared is present."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid import record
from rasid.case import Case, create_case
from rasid.store.verify import verify_case

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def posts(tmp_path_factory: pytest.TempPathFactory) -> Case:
    reports = Path(__file__).resolve().parents[2] / "shared" / "reports"
    case = create_case(tmp_path_factory.mktemp("posts") / "case")
    record.add(case, sorted(reports.glob("0*.txt")), by="tester")
    record.ask(case, "Has ISIS been defeated?", by="tester")
    record.rebuild(case, by="tester")
    return case


def rows(case: Case, what: str) -> list[dict]:
    return list(record.contract_rows(case, what))


def test_both_authors_and_the_voices_they_report_have_their_own_stance(posts: Case) -> None:
    (question,) = rows(posts, "questions")
    stances = {(v["voice"][:13], len(v["via"])): v["stance"] for v in question["voices"]}
    assert stances["author of 000", 0] == "denies"
    assert stances["author of 003", 0] == "partly"
    assert stances["United States", 1] == "affirms"
    assert stances["Syrian source", 1] == "partly"
    assert stances["United Nation", 1] == "denies"


def test_the_figures_keep_their_bound_words(posts: Case) -> None:
    figures = {(f["low"], f["high"], f["bound"], f["measure"]) for f in rows(posts, "figures")}
    assert (900_000, 900_000, "exact", "count") in figures
    assert (7, None, "more than", "count") in figures
    assert (11, 11, "exact", "share") in figures


def test_the_man_named_only_in_a_file_name_is_a_person_of_a_disappearance(posts: Case) -> None:
    named = {p["name"] for c in rows(posts, "claims") if c["type"] == "disappearance" for p in c["persons"]}
    assert named == {"Ahmad Jnaid"}


def test_what_is_expected_is_not_shown_as_happened(posts: Case) -> None:
    of_quneitra = [c for c in rows(posts, "claims") if any(p["name"] == "Quneitra" for p in c["places"])]
    assert of_quneitra
    assert {c["certainty"] for c in of_quneitra} == {"predicted"}


def test_every_quote_is_in_its_place(posts: Case) -> None:
    assert verify_case(posts) == []


def test_the_three_conflicts_between_the_posts_are_found_unasked_and_neither_is_dated(posts: Case) -> None:
    found = [r for r in rows(posts, "contradictions") if r["kind"] == "conflicts unless the time differs"]
    between = [r for r in found if all(v.startswith("author of 00") for v in r["voices"])]
    topics = {r["topic"]: r for r in between}
    assert set(topics) == {
        "Presence: Islamic State, Baghuz",  # the Caliphate project is over / still holds ground
        "Withdrawal: Islamic State, Ar-Raqqa",
        "Withdrawal: United States",  # builds bases / withdraws
    }
    assert all("neither is dated" in r["reason"] and len(r["quotes"]) >= 2 for r in between)


def test_three_denials_of_one_author_are_one_voice_and_his_concession_stands_beside_them(posts: Case) -> None:
    (question,) = rows(posts, "questions")
    author = next(v for v in question["voices"] if v["voice"].startswith("author of 000"))
    assert "3 times, counted as one voice" in author["rule"]
