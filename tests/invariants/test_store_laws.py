"""Laws 2, 3 and 4 of the design, as far as the store keeps them."""

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rasid.case import Case, create_case
from rasid.errors import BrokenLog, ChangedOriginal
from rasid.store.archive import Archive
from rasid.store.decisions import FIRST, ask, log_name, logs, plain_question, read_decisions, replay, withdraw
from rasid.store.fold import fold, fold_sign
from rasid.store.lines import append, encode, is_json_object, read

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
names = st.text(min_size=1, max_size=20)
questions = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.split()))
people = st.sampled_from(["rana", "Rana", "نور", "o/m/a/r"])


@contextlib.contextmanager
def _case() -> Iterator[Case]:
    with tempfile.TemporaryDirectory() as folder:
        yield create_case(Path(folder) / "case")


@few
@given(st.lists(st.tuples(st.binary(max_size=200), names, names), max_size=8))
def test_any_bytes_come_back_as_they_went_in(files: list[tuple[bytes, str, str]]) -> None:
    with _case() as case:
        archive = Archive(case.root)
        added = [(archive.add(content, by="r", name=n, origin=o).sha256, content) for content, n, o in files]
        again = Archive(case.root)
        assert all(again.read(sha) == content for sha, content in added)
        assert again.originals() == tuple(sorted({sha for sha, _ in added}))
        assert again.strays() == []


@few
@given(st.permutations([(b"a", "x"), (b"b", "y"), (b"a", "y"), (b"c", "x"), (b"a", "x")]))
def test_the_order_of_files_changes_neither_originals_nor_names(files: list[tuple[bytes, str]]) -> None:
    with _case() as case:
        archive = Archive(case.root)
        for content, name in files:
            archive.add(content, by="r", name=name)
        held = {archive.read(sha): archive.names(sha) for sha in archive.originals()}
        assert held == {b"a": ["x", "y"], b"b": ["y"], b"c": ["x"]}
        assert len(archive.entries()) == 4


@few
@given(st.binary(min_size=1, max_size=200), st.data())
def test_an_original_changed_in_one_bit_or_cut_is_never_read(content: bytes, data: st.DataObject) -> None:
    with _case() as case:
        archive = Archive(case.root)
        sha = archive.add(content, by="r", name="a").sha256
        path = archive.path(sha)
        path.chmod(0o644)
        place = data.draw(st.integers(0, len(content) - 1))
        changed = bytearray(content)
        changed[place] ^= 1 << data.draw(st.integers(0, 7))
        for damaged in (bytes(changed), content[:place], content + b"\0"):
            path.write_bytes(damaged)
            with pytest.raises(ChangedOriginal):
                archive.read(sha)
            with pytest.raises(ChangedOriginal):
                archive.check(sha)


@few
@given(st.lists(st.tuples(st.booleans(), people, questions), max_size=12))
def test_the_replay_of_the_logs_is_the_story_as_it_happened(story: list[tuple[bool, str, str]]) -> None:
    with _case() as case:
        standing: dict[str, str] = {}
        for asks, person, question in story:
            plain = plain_question(question)
            if asks:
                assert ask(case, question, by=person) == (plain not in standing)
                standing.setdefault(plain, person)
            elif plain in standing:
                withdraw(case, question, by=person)
                del standing[plain]
        assert {asked.question: asked.by for asked in replay(case).questions} == standing
        assert [asked.question for asked in replay(case).questions] == list(standing)
        assert replay(case) == replay(case)
        assert {path.name for path in logs(case)} == {log_name(one.by) for one in read_decisions(case)}


@few
@given(st.lists(questions, min_size=1, max_size=4, unique_by=plain_question), st.data())
def test_a_flipped_byte_in_a_log_is_detected_or_is_in_an_unfinished_last_line(
    asked: list[str], data: st.DataObject
) -> None:
    with _case() as case:
        for question in asked:
            ask(case, question, by="rana")
        path = case.decisions / log_name("rana")
        whole, before = path.read_bytes(), replay(case)
        place = data.draw(st.integers(0, len(whole) - 1))
        byte = data.draw(st.integers(0, 255))
        assume(byte != whole[place])
        path.write_bytes(whole[:place] + bytes([byte]) + whole[place + 1 :])
        if place < len(whole) - 1:
            with pytest.raises(BrokenLog, match=r"rana\.jsonl, line \d+"):
                replay(case)
        else:  # the last newline: the last line is unfinished now
            assert replay(case).questions == before.questions[:-1]


@few
@given(st.lists(questions, min_size=1, max_size=4, unique_by=plain_question), st.data())
def test_a_log_cut_anywhere_holds_the_decisions_before_the_cut(asked: list[str], data: st.DataObject) -> None:
    with _case() as case:
        for question in asked:
            ask(case, question, by="rana")
        path = case.decisions / log_name("rana")
        whole = path.read_bytes()
        cut = whole[: data.draw(st.integers(0, len(whole)))]
        path.write_bytes(cut)
        finished = whole.count(b"\n", 0, len(cut) + 1)  # a line that lacks its newline alone counts
        plain = [plain_question(question) for question in asked]
        assert [one.question for one in replay(case).questions] == plain[:finished]
        ask(case, "And now, after the cut?", by="rana")
        assert [one.question for one in replay(case).questions] == [
            *plain[:finished],
            "And now, after the cut?",
        ]


@few
@given(st.text(min_size=1, max_size=60).filter(lambda name: bool(name.split())))
def test_a_log_name_is_safe_for_any_person(person: str) -> None:
    name = log_name(person)
    stem = name.removesuffix(".jsonl")
    assert name.endswith(".jsonl") and stem
    assert all(sign.isalnum() or sign == "-" for sign in stem)
    assert len(name.encode()) <= 255
    assert log_name(f" {person} ") == name
    assert stem.casefold() == stem


@few
@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3), max_size=5))
def test_any_record_survives_a_line(records: list[dict[str, str]]) -> None:
    with _case() as case:
        path = case.root / "log"
        for record in records:
            append(path, encode(record), after=read(path, is_whole=is_json_object))
        assert [json.loads(line) for line in read(path, is_whole=is_json_object).whole] == records


@few
@given(st.text(max_size=60))
def test_folding_is_done_once_and_sign_by_sign(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert "".join(map(fold_sign, text)) == folded
    folded.encode("utf-8")


def test_the_first_line_of_a_log_follows_nothing() -> None:
    assert FIRST == "0" * 64
