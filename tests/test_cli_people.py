"""`rasid people`: from files to persons and figures, as a person meets it. The lists are those of examples/lists."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from rasid.read.listings import read_listing
from tests.test_cli import rasid

LISTS = Path(__file__).parent.parent / "examples" / "lists"
NAMES = ("hospital-register", "families-committee", "monitor", "press-watch")
DRAWN = 210  # examples/make_lists.py


def typed(keys: str, *words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasid", *map(str, words)]
    return subprocess.run(
        command, input=keys, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False
    )


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "rasid-case" / "derived" / f"{name}.parquet")


@pytest.fixture(scope="module")
def with_lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case of three lists and twenty answers, its pages built."""
    folder = tmp_path_factory.mktemp("people")
    files = [LISTS / f"{name}.csv" for name in NAMES[:3]]
    done = rasid("people", "add", *files, "--deduplicated", "--by", "Rana", cwd=folder)
    assert done.returncode == 0, done.stderr
    done = rasid("people", "link", cwd=folder)
    assert done.returncode == 0, done.stderr
    here = set(table(folder, "listings")["id"])
    with (LISTS / "answers.csv").open(encoding="utf-8") as lines:
        answers = [row for row in csv.DictReader(lines) if {row["left"], row["right"]} <= here][:20]
    text = "left,right,answer\n" + "".join(f"{r['left']},{r['right']},{r['answer']}\n" for r in answers)
    (folder / "answers.csv").write_text(text, encoding="utf-8")
    for words in (("review", "--answers", "answers.csv", "--by", "Rana"), ("report", "--by", "Rana")):
        done = rasid("people", *words, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def case(with_lists: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(with_lists / "rasid-case", tmp_path / "rasid-case")
    return tmp_path


def test_adding_says_what_was_understood_and_what_looks_wrong(tmp_path: Path) -> None:
    rows = "".join(f"Salma Idrin {n},999,M,2021-03-0{n}\n" for n in range(1, 8))
    (tmp_path / "odd.csv").write_text("Victim,Age,Sex,Date\n" + rows, encoding="utf-8")
    done = rasid("people", "add", "odd.csv", "--map", "Victim=name", "--list", "odd", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "odd: 7 rows" in done.stderr
    assert "name=Victim" in done.stderr
    assert "7 ages are below 0 or above 119" in done.stderr


def test_a_meaning_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Victim\nSalma\n", encoding="utf-8")
    done = rasid("people", "add", "a.csv", "--map", "Victim=person", cwd=tmp_path)
    assert done.returncode == 2
    assert "grandfather" in done.stderr


def test_without_a_list_there_is_nothing_to_link(tmp_path: Path) -> None:
    rasid("build", cwd=tmp_path)
    done = rasid("people", "link", cwd=tmp_path)
    assert done.returncode == 2
    assert "rasid people add" in done.stderr


def test_too_few_answers_are_a_refusal_that_says_what_helps(with_lists: Path) -> None:
    done = rasid("people", "estimate", cwd=with_lists)
    assert done.returncode == 0, done.stderr
    assert "no figure, too few labels" in done.stdout
    assert "rasid people review" in done.stdout
    assert "estimated" not in done.stdout
    page = (with_lists / "rasid-case" / "site" / "estimate" / "index.html").read_text("utf-8")
    assert "No figure is given" in page


def test_no_page_names_anybody_unless_the_owner_says_so(case: Path) -> None:
    names = set(table(case, "listings")["name"].drop_nulls())
    site = case / "rasid-case" / "site"
    pages = "\n".join(path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js"))
    assert not [name for name in names if name in pages]
    settings = case / "rasid-case" / "rasid.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("names = false", "names = true"), encoding="utf-8"
    )
    assert rasid("people", "report", cwd=case).returncode == 0
    rows = "\n".join(path.read_text("utf-8") for path in (site / "people" / "rows").glob("*.html"))
    assert all(name in rows for name in names)


def test_reporting_twice_changes_nothing_and_from_scratch_gives_the_same_bytes(case: Path) -> None:
    held = case / "rasid-case"
    before = {p.relative_to(held): p.read_bytes() for p in held.rglob("*.parquet")}
    pages = {p.relative_to(held): p.read_bytes() for p in (held / "site").rglob("*.html")}
    assert "Nothing to do" in rasid("people", "report", "--by", "Rana", cwd=case).stderr
    shutil.rmtree(held / "derived")
    assert rasid("people", "report", "--by", "Rana", cwd=case).returncode == 0
    again = {p.relative_to(held): p.read_bytes() for p in held.rglob("*.parquet")}
    assert {name: again[name] for name in again if name in before} == again
    assert {p.relative_to(held): p.read_bytes() for p in (held / "site").rglob("*.html")} == pages
    assert rasid("verify", cwd=case).returncode == 0


def test_a_review_can_be_stopped_and_gone_on_with_and_shows_no_score(case: Path) -> None:
    first = typed("d\nc\nb\nx\nd\nq\n", "people", "review", "--count", "60", "--by", "Omar", cwd=case)
    assert first.returncode == 0, first.stderr
    assert "2 answers written down" in first.stderr
    assert not any(word in first.stderr for word in ("bits", "robab", "score", "%"))
    left = int(first.stderr.split(" pairs left")[0].split()[-1])
    second = typed("d\n", "people", "review", "--count", "60", "--by", "Omar", cwd=case)
    assert f"{left - 1} pairs left" in second.stderr  # the end of the input stops, too


def test_a_word_said_of_one_pair_stands_against_the_score_and_can_be_taken_back(case: Path) -> None:
    pairs = table(case, "pairs").filter(pl.col("probability") > 0.9)
    left, right = next(pairs.select("left_id", "right_id").iter_rows())
    told = rasid("people", "explain", left, right, cwd=case)
    assert "bits" in told.stdout
    assert rasid("people", "answer", left, right, "different", "--by", "Omar", cwd=case).returncode == 0
    assert rasid("people", "link", cwd=case).returncode == 0
    person = dict(table(case, "persons").iter_rows())
    assert person[left] != person[right]
    assert rasid("people", "answer", left, right, "open", "--by", "Omar", cwd=case).returncode == 0


def test_one_more_list_keeps_the_ids_of_persons_and_every_answer(case: Path) -> None:
    before = dict(table(case, "persons").iter_rows())
    done = rasid("people", "add", LISTS / "press-watch.csv", "--deduplicated", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    done = rasid("people", "link", cwd=case)
    assert "20 answers" in done.stderr
    after = dict(table(case, "persons").iter_rows())
    changed = [row for row, person in before.items() if after[row] != person]
    assert len(changed) < 0.05 * len(before)  # only where the new list joins or parts somebody


@pytest.mark.parametrize(("by", "part"), [("place", "جسر الحجر"), ("age", "18 to 44"), ("month", "2021-03")])
def test_the_parts_of_an_estimate_are_those_that_the_user_names(case: Path, by: str, part: str) -> None:
    done = rasid("people", "estimate", "--by", by, cwd=case)
    assert done.returncode == 0, done.stderr
    assert part in done.stdout
    parts = table(case, "captures").filter(
        (pl.col("by") == by) & (pl.col("draw") == 0) & (pl.col("what") == "count")
    )
    everybody = table(case, "captures").filter(
        (pl.col("by") == "") & (pl.col("draw") == 0) & (pl.col("what") == "count")
    )
    persons = everybody["value"].sum()
    assert persons <= parts["value"].sum() <= 1.03 * persons  # a drawn person may join rows of two parts


def test_ten_reviews_more_leave_the_rows_and_the_other_persons_as_they_were(case: Path) -> None:
    derived = case / "rasid-case" / "derived"
    rows = (derived / "listings.json").stat().st_mtime_ns
    before = dict(table(case, "persons").iter_rows())
    assert typed("c\n" * 10, "people", "review", "--by", "Omar", cwd=case).returncode == 0
    assert rasid("people", "report", "--by", "Omar", cwd=case).returncode == 0
    assert (derived / "listings.json").stat().st_mtime_ns == rows
    assert dict(table(case, "persons").iter_rows()) == before  # nobody could tell, so nothing is known now


def test_after_one_more_list_and_ten_reviews_ids_and_answers_stand_and_only_what_changed_is_done_again(
    case: Path,
) -> None:
    derived = case / "rasid-case" / "derived"

    def made(*names: str) -> list[int]:
        return [(derived / f"{name}.json").stat().st_mtime_ns for name in names]

    before, reports = dict(table(case, "persons").iter_rows()), made("documents", "claims", "voices")
    done = rasid("people", "add", LISTS / "press-watch.csv", "--deduplicated", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    assert rasid("people", "link", cwd=case).returncode == 0
    of_rows = made("listings", "list_features", "list_pairs")
    with (LISTS / "answers.csv").open(encoding="utf-8") as lines:
        every = list(csv.DictReader(lines))
    first = [row for row in every if {row["left"], row["right"]} <= before.keys()][:20]
    more = [row for row in every if row not in first][:10]
    text = "left,right,answer\n" + "".join(f"{r['left']},{r['right']},{r['answer']}\n" for r in more)
    (case / "more.csv").write_text(text, encoding="utf-8")
    assert rasid("people", "review", "--answers", "more.csv", "--by", "Omar", cwd=case).returncode == 0
    assert rasid("people", "report", "--by", "Omar", cwd=case).returncode == 0
    after = dict(table(case, "persons").iter_rows())
    for row in first + more:  # every answer stands, the old and the new
        together = after[row["left"]] == after[row["right"]]
        assert together == (row["answer"] == "same") or row["answer"] == "cannot tell"
    facts = dict(table(case, "linking").iter_rows())
    assert sum(facts[f"answers {said}"] for said in ("same", "different", "cannot tell")) == 30
    assert sum(after[row] != person for row, person in before.items()) < 0.05 * len(before)
    assert made("listings", "list_features", "list_pairs") == of_rows
    assert made("documents", "claims", "voices") == reports


def test_bad_lists_give_findings_in_plain_words(tmp_path: Path) -> None:
    good = [("Samer", "Karim", 31), ("Nabil", "Farid", 9), ("Huda", "Jamil", 44), ("Rami", "Saeed", 52)]
    people = [
        (f"{given} {father} {family}", age + n, f"2021-0{n + 1}-1{n}")
        for n, family in enumerate(("Zahrani", "Qaisi", "Baghdadi"))
        for given, father, age in good
    ]
    lists: dict[str, list[tuple[object, ...]]] = {
        "whole": [(n, a, d) for n, a, d in people],
        "part": [(n, a, d) for n, a, d in people[2:9]],
        "turned": [(a, n, d) for n, a, d in people],
        "codes": [(n, 999, "1900-01-01") for n, _, _ in people],
        "loud": [(n.upper(), a, d) for n, a, d in people[:11]],
        "both": [(f"سامر {n}", a, d) for n, a, d in people[:6]],
    }
    for name, rows in lists.items():
        text = "Name,Age,Date\n" + "".join(f"{n},{a},{d}\n" for n, a, d in rows)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    shutil.copy(tmp_path / "whole.csv", tmp_path / "again.csv")
    added = rasid("people", "add", *(f"{name}.csv" for name in (*lists, "again")), cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    linked = rasid("people", "link", cwd=tmp_path)
    assert linked.returncode == 0, linked.stderr
    for sentence in (
        "The column 'Age' looks like name: the two may be swapped.",
        "12 ages are below 0 or above 119, most often 999",
        "12 dates of the event are days like 1900-01-01",
        "The names are written in capitals",
        "6 cells hold Arabic and Latin letters at once",
    ):
        assert sentence in added.stderr
    assert "again and whole hold the same rows." in linked.stderr
    assert "7 of the 7 rows of part stand in again as they are." in linked.stderr
    assert not [name for name, _, _ in people if name in added.stderr + linked.stderr]


def test_persons_named_in_claims_become_a_list_only_when_asked_for(tmp_path: Path) -> None:
    text = "Salim Qasri was arrested in Aleppo on 3 March 2024. Lina Zahri was abducted in Homs on 5 March 2024.\n"
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert rasid("build", "report.txt", "--by", "Rana", cwd=tmp_path).returncode == 0
    assert rasid("people", "link", cwd=tmp_path).returncode == 2
    done = rasid("people", "add", "--from-claims", "--by", "Rana", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Reports often draw on lists" in done.stderr
    lines = "Name,Age,Date,Place\nسليم القصري,30,2024-03-03,حلب\nدنيا العمالي,9,2024-04-01,حمص\n"
    (tmp_path / "list.csv").write_text(lines, encoding="utf-8")
    assert rasid("people", "add", "list.csv", "--by", "Rana", cwd=tmp_path).returncode == 0
    assert rasid("people", "link", cwd=tmp_path).returncode == 0
    rows = table(tmp_path, "listings").filter(pl.col("list") == "named in reports").sort("name")
    assert rows.select("name", "date", "place", "status").rows() == [
        ("Lina Zahri", "2024-03-05", "Homs", "detained"),
        ("Salim Qasri", "2024-03-03", "Aleppo", "detained"),
    ]
    opens = set(table(tmp_path, "listed_claims")["claim"])
    assert opens <= set(table(tmp_path, "claims")["id"]) and len(opens) == 2
    assert rasid("people", "drop", "named in reports", "--by", "Rana", cwd=tmp_path).returncode == 0
    assert rasid("people", "link", cwd=tmp_path).returncode == 0
    assert table(tmp_path, "listings")["list"].unique().to_list() == ["list"]


def test_two_swapped_columns_are_mended_as_the_finding_says(tmp_path: Path) -> None:
    rows = "".join(f"{20 + n},Samer{'x' * n} Karim\n" for n in range(8))
    (tmp_path / "list.csv").write_text(f"Name,Age\n{rows}", encoding="utf-8")
    assert "--map" in rasid("people", "add", "list.csv", cwd=tmp_path).stderr
    done = rasid("people", "add", "list.csv", "--map", "Age=name", "--map", "Name=age", cwd=tmp_path)
    assert "swapped" not in done.stderr
    assert rasid("people", "link", cwd=tmp_path).returncode == 0
    assert table(tmp_path, "listings").filter(pl.col("age") == 20)["name"].to_list() == ["Samer Karim"]


@pytest.mark.parametrize(
    ("text", "why"),
    [("Code,Count\n1,2\n", "No row of any list"), ("Name,Age\nSalma Idrin,30\n", "With one list")],
)
def test_lists_that_support_nothing_are_refused_not_crashed_on(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    assert rasid("people", "add", "list.csv", cwd=tmp_path).returncode == 0
    done = rasid("people", "report", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert why in rasid("people", "estimate", cwd=tmp_path).stdout


def test_answers_about_rows_that_are_gone_are_kept_and_said(case: Path) -> None:
    assert rasid("people", "drop", "monitor", "--by", "Rana", cwd=case).returncode == 0
    done = rasid("people", "link", cwd=case)
    assert "answers are about rows that are in no list now" in done.stderr
    assert "They are kept" in done.stderr
    logs = "".join(path.read_text("utf-8") for path in (case / "rasid-case" / "decisions").glob("*.jsonl"))
    assert logs.count('"kind": "pair"') == 20


def test_a_list_given_twice_and_a_list_inside_another_are_findings(case: Path) -> None:
    shutil.copy(LISTS / "monitor.csv", case / "copy.csv")
    done = rasid("people", "add", "copy.csv", "--list", "copy", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    done = rasid("people", "link", cwd=case)
    assert "hold the same rows" in done.stderr
    assert "it looks copied" in done.stderr


def test_the_example_lists_are_those_that_their_script_writes() -> None:
    done = subprocess.run(
        [sys.executable, LISTS.parent / "make_lists.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_example_answers_are_about_rows_of_the_example_lists() -> None:
    rows: set[str] = set()
    for name in NAMES:
        content = (LISTS / f"{name}.csv").read_bytes()
        rows |= set(read_listing(content, name=f"{name}.csv", list_name=name).listings["id"])
    with (LISTS / "answers.csv").open(encoding="utf-8") as lines:
        answers = list(csv.DictReader(lines))
    assert len(answers) >= 200
    assert all({row["left"], row["right"]} <= rows for row in answers)


@pytest.mark.slow
def test_the_example_goes_from_lists_to_an_interval_that_holds_the_number_drawn(tmp_path: Path) -> None:
    files = [LISTS / f"{name}.csv" for name in NAMES]
    assert rasid("people", "add", *files, "--deduplicated", "--by", "Rana", cwd=tmp_path).returncode == 0
    done = rasid("people", "review", "--answers", LISTS / "answers.csv", "--by", "Rana", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = rasid("people", "report", "--by", "Rana", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    held = table(tmp_path, "estimate").filter(pl.col("what") == "population").row(0, named=True)
    assert held["low"] <= DRAWN <= held["high"]
    assert held["high"] - held["low"] < 0.6 * DRAWN
    apart = rasid("people", "estimate", "--by", "sex", cwd=tmp_path)
    assert "female:" in apart.stdout and "not known:" not in apart.stdout
    width = table(tmp_path, "estimate_sex").filter(
        (pl.col("what") == "width") & (pl.col("name") == "missing_values")
    )
    assert width.height == 2 and width["value"].min() > 0.01  # one list does not say the sex
