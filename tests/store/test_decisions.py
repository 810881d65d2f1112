import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.errors import BrokenLog, WrongUse
from rasid.store.decisions import (
    FIRST,
    Asked,
    What,
    ask,
    log_name,
    read_decisions,
    read_log,
    reopen,
    replay,
    settle,
    withdraw,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def _questions(case: Case) -> list[str]:
    return [asked.question for asked in replay(case).questions]


def _log(case: Case, person: str) -> Path:
    return case.decisions / log_name(person)


def test_a_line_carries_the_hash_of_the_line_before_and_of_itself(case: Case) -> None:
    ask(case, "Is the bridge open?", by="rana", at=NOON)
    ask(case, "هل الجسر مفتوح؟", by="rana", at=NOON)
    first, second = _log(case, "rana").read_bytes().splitlines()
    record = json.loads(first)
    assert record.pop("check") == hashlib.sha256(first[: first.index(b', "check"')]).hexdigest()
    assert record == {
        "n": 1,
        "previous": FIRST,
        "at": "2026-03-01T12:00:00.000000Z",
        "by": "rana",
        "kind": "ask",
        "question": "Is the bridge open?",
    }
    assert json.loads(second)["previous"] == hashlib.sha256(first).hexdigest()
    assert "هل الجسر مفتوح؟".encode() in second


def test_a_question_asked_twice_is_asked_once(case: Case) -> None:
    assert ask(case, "Is the bridge open?", by="rana", at=NOON)
    assert not ask(case, "  Is the   bridge open? ", by="omar")
    assert replay(case).questions == (
        Asked("Is the bridge open?", by="rana", at="2026-03-01T12:00:00.000000Z"),
    )
    assert not _log(case, "omar").exists()


def test_anyone_can_withdraw_and_ask_again(case: Case) -> None:
    ask(case, "Is the bridge open?", by="rana")
    ask(case, "Who holds the mill?", by="rana")
    withdraw(case, "Is the bridge open?", by="omar")
    assert _questions(case) == ["Who holds the mill?"]
    assert ask(case, "Is the bridge open?", by="omar")
    assert _questions(case) == ["Who holds the mill?", "Is the bridge open?"]


def test_a_clock_that_is_behind_does_not_undo_a_later_decision(case: Case) -> None:
    ask(case, "Is the bridge open?", by="zeina", at=datetime(2026, 3, 1, tzinfo=UTC))
    withdraw(case, "Is the bridge open?", by="anas", at=datetime(2020, 1, 1, tzinfo=UTC))
    assert _questions(case) == []
    assert [(decision.by, decision.at) for decision in read_decisions(case)] == [
        ("zeina", "2026-03-01T00:00:00.000000Z"),
        ("anas", "2026-03-01T00:00:00.000001Z"),
    ]


def test_only_a_question_that_stands_can_be_withdrawn(case: Case) -> None:
    with pytest.raises(WrongUse, match="rasid show questions"):
        withdraw(case, "Is the bridge open?", by="rana")
    assert read_decisions(case) == []


def test_an_empty_question_and_a_nameless_person_are_refused(case: Case) -> None:
    with pytest.raises(WrongUse, match="empty"):
        ask(case, " \n ", by="rana")
    with pytest.raises(WrongUse, match="name of the person"):
        ask(case, "Is the bridge open?", by=" ")


def test_a_case_without_decisions_has_no_questions(case: Case) -> None:
    assert _questions(case) == []


def test_an_unfinished_last_line_never_happened_and_is_written_over(case: Case) -> None:
    ask(case, "Is the bridge open?", by="rana")
    whole = _log(case, "rana").read_bytes()
    ask(case, "Who holds the mill?", by="rana")
    _log(case, "rana").write_bytes(_log(case, "rana").read_bytes()[: len(whole) + 50])
    assert _questions(case) == ["Is the bridge open?"]
    ask(case, "Who holds the well?", by="rana")
    assert _questions(case) == ["Is the bridge open?", "Who holds the well?"]
    assert _log(case, "rana").read_bytes().startswith(whole)


def test_a_log_whose_last_newline_was_stripped_keeps_its_last_decision(case: Case) -> None:
    ask(case, "Is the bridge open?", by="rana")
    _log(case, "rana").write_bytes(_log(case, "rana").read_bytes().rstrip(b"\n"))
    ask(case, "Who holds the mill?", by="rana")
    assert _questions(case) == ["Is the bridge open?", "Who holds the mill?"]


def test_a_lost_moved_or_repeated_line_is_named(case: Case) -> None:
    for question in ("One?", "Two?", "Three?"):
        ask(case, question, by="rana")
    one, two, three = _log(case, "rana").read_bytes().splitlines(keepends=True)
    for damaged, line in [
        (one + three, 2),
        (two + three, 1),
        (one + three + two, 2),
        (one + one + two + three, 2),
        (one + b"\n" + two + three, 2),
        (one + two.replace(b"\n", b"\r\n") + three, 2),
    ]:
        _log(case, "rana").write_bytes(damaged)
        with pytest.raises(BrokenLog, match=rf"rana\.jsonl, line {line} .*backup"):
            replay(case)
        with pytest.raises(BrokenLog):
            ask(case, "Four?", by="rana")
        assert _log(case, "rana").read_bytes() == damaged


def test_a_log_under_another_persons_name_is_refused(case: Case) -> None:
    ask(case, "One?", by="rana")
    _log(case, "rana").rename(_log(case, "omar"))
    with pytest.raises(BrokenLog, match="not the one of rana"):
        replay(case)


def test_a_decision_of_a_newer_version_is_not_skipped(case: Case) -> None:
    line = (
        f'{{"n": 1, "previous": "{FIRST}", "at": "2026-03-01T12:00:00.000000Z", "by": "rana", "kind": "bless"'
    )
    check = hashlib.sha256(line.encode()).hexdigest()
    case.decisions.mkdir()
    _log(case, "rana").write_text(f'{line}, "check": "{check}"}}\n', encoding="utf-8")
    with pytest.raises(BrokenLog, match=r"bless.*newer Rasid"):
        read_log(_log(case, "rana"))


def test_every_person_has_a_file_of_their_own_on_every_system() -> None:
    people = ["ana", "Ana", "ANA", "a na", "a/na", "a\\na", "a:na", "a-na", "نور", "نُور", "con", "CON", "nul"]
    people += [
        "com1",
        "lpt³",
        "..",
        ".",
        "x" * 300,
        "x" * 301,
        "陳大文",
        "Ж" * 90,
        "a\x00",
        "\udc80",
        "aux.x",
    ]
    names = [log_name(person) for person in people]
    assert len({name.casefold() for name in names}) == len(people)
    for name in names:
        stem = name.removesuffix(".jsonl")
        assert len(name.encode()) <= 255
        assert all(sign.isalnum() or sign == "-" for sign in stem)
        assert stem not in {"con", "nul", "com1", "lpt³", "aux"}


def test_a_plain_name_is_its_own_file_name() -> None:
    assert log_name("rana") == "rana.jsonl"
    assert log_name("نور") == "نور.jsonl"
    assert log_name("Rana Haddad").startswith("rana-haddad-")


# --- what names and documents were settled as ---------------------------------------------------------------


def _places(case: Case) -> list[tuple[str, str, str]]:
    return [(s.name, s.means, s.by) for s in replay(case).places]


def test_a_settled_name_is_a_readable_line_of_the_same_chain(case: Case) -> None:
    ask(case, "Is the bridge open?", by="rana", at=NOON)
    assert settle(case, What.PLACE, " Old  Mill", means="12", shown="Mill, town, SY", by="rana", at=NOON)
    first, second = _log(case, "rana").read_bytes().splitlines()
    record = json.loads(second)
    assert {key: record[key] for key in ("kind", "name", "means", "shown", "previous")} == {
        "kind": "settle place",
        "name": "Old Mill",
        "means": "12",
        "shown": "Mill, town, SY",
        "previous": hashlib.sha256(first).hexdigest(),
    }
    assert read_decisions(case)[1].in_words() == "“Old Mill” is Mill, town, SY (12)"


def test_the_last_word_on_a_name_counts_whoever_says_it(case: Case) -> None:
    assert settle(case, What.PLACE, "Old Mill", means="12", shown="", by="rana")
    assert not settle(case, What.PLACE, "old-mill", means="12", shown="", by="omar")
    assert settle(case, What.PLACE, "old-mill", means="13", shown="", by="omar")
    assert _places(case) == [("old-mill", "13", "omar")]


def test_the_case_and_one_document_are_settled_apart(case: Case) -> None:
    settle(case, What.ACTOR, "the army", means="Ash Front", shown="", by="rana")
    settle(case, What.ACTOR, "the army", means="Tin Front", shown="", document="d1", by="rana")
    reopen(case, What.ACTOR, "army", by="omar")
    assert [(s.means, s.document) for s in replay(case).actors] == [("Tin Front", "d1")]
    assert replay(case).places == ()


def test_what_was_settled_can_be_taken_back_and_settled_again(case: Case) -> None:
    settle(case, What.DATE, "d1", means="2019-03", shown="a.txt", by="rana")
    reopen(case, What.DATE, "d1", by="omar")
    assert replay(case).dates == ()
    settle(case, What.DATE, "d1", means="2019-03", shown="a.txt", by="rana")
    assert [(s.name, s.means) for s in replay(case).dates] == [("d1", "2019-03")]
    assert [d.in_words() for d in read_decisions(case)][1:] == ["d1", "a.txt (d1) is of 2019-03"]


def test_only_what_is_settled_can_be_taken_back(case: Case) -> None:
    settle(case, What.PLACE, "Old Mill", means="12", shown="", by="rana")
    with pytest.raises(WrongUse, match='Settled now: "Old Mill"'):
        reopen(case, What.PLACE, "New Mill", by="rana")
    with pytest.raises(WrongUse, match="empty"):
        settle(case, What.PLACE, "  ", means="12", shown="", by="rana")
