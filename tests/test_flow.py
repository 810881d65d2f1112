"""The flow as a whole, where no single stage owns the behaviour."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid import record
from rasid.case import create_case

PAGE = "<html><head><title>Mill</title>{date}</head><body><p>The army shelled the mill in Imerra yesterday.</p></body></html>"


@pytest.mark.parametrize(
    ("date", "first_day", "precision"),
    [
        ('<meta property="article:published_time" content="2019-03-05">', "2019-03-04", "day"),
        ("", None, "open"),
    ],
)
def test_yesterday_is_settled_only_by_the_date_of_the_document(
    tmp_path: Path, date: str, first_day: str | None, precision: str
) -> None:
    report = tmp_path / "mill.html"
    report.write_text(PAGE.format(date=date), encoding="utf-8")
    case = create_case(tmp_path / "case")
    record.add(case, [report], by="tester")
    record.rebuild(case, by="tester")
    (row,) = [r for r in record.contract_rows(case, "claims") if r["type"] == "shelling"]
    time = row["time"]
    assert isinstance(time, dict)
    assert (time["text"], time["first_day"], time["precision"]) == ("yesterday", first_day, precision)


def test_a_case_inside_the_folder_it_reads_does_not_read_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The army shelled Imerra.")
    case = create_case(tmp_path / "rasid-case")
    assert record.add(case, [tmp_path], by="tester").new == 1
    assert record.add(case, [tmp_path], by="tester").known == 1


def test_a_file_that_vanished_from_the_folder_stays_in_the_record(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("The army shelled Imerra.")
    case = create_case(tmp_path / "case")
    record.add(case, [report], by="tester")
    report.unlink()
    record.rebuild(case, by="tester")
    assert [row["name"] for row in record.contract_rows(case, "documents")] == ["a.txt"]


def test_a_cases_own_actors_are_known_to_the_reader_and_a_change_is_read_again(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("Zorn and Daughters shelled the mill in Imerra.")
    case = create_case(tmp_path / "case")
    record.add(case, [report], by="tester")
    record.rebuild(case, by="tester")

    def actor() -> str:
        (row,) = [r for r in record.contract_rows(case, "claims") if r["type"] == "shelling"]
        assert isinstance(row["actor"], dict)
        return str(row["actor"]["name"])

    for name in ("Zorn Family", "House of Zorn"):
        own = f"- {{name: {name}, kind: armed group, aliases: [Zorn and Daughters]}}\n"
        case.own_actors.write_text(own, encoding="utf-8")
        assert record.rebuild(case, by="tester")
        assert actor() == name
