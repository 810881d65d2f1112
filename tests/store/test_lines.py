import json
from pathlib import Path

from rasid.store.lines import Lines, append, encode, is_json_object, read


def test_a_line_is_readable_in_its_own_script() -> None:
    assert encode({"name": "تقرير\n"}) == '{"name": "تقرير\\n"}'.encode()


def test_a_name_that_is_no_text_survives_as_escapes() -> None:
    line = encode({"name": "bad \udc80"})
    assert line == b'{"name": "bad \\udc80"}'
    assert json.loads(line) == {"name": "bad \udc80"}


def test_a_file_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    assert read(tmp_path / "log", is_whole=is_json_object) == Lines((), 0, open_ended=False)


def test_a_last_line_without_newline_counts_only_if_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b'{"n": 1}\n{"n": 2}')
    assert read(path, is_whole=is_json_object) == Lines((b'{"n": 1}', b'{"n": 2}'), 17, open_ended=True)
    path.write_bytes(b'{"n": 1}\n{"n": 2')
    assert read(path, is_whole=is_json_object) == Lines((b'{"n": 1}',), 9, open_ended=False)


def test_an_append_writes_over_an_unfinished_line_and_closes_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "log"
    for before in (b"", b'{"n"', b'{"n": 9}', b'{"n": 9}\n', b'{"n": 9}\n{"a long unfinished line": "'):
        path.write_bytes(before)
        append(path, b'{"n": 1}', after=read(path, is_whole=is_json_object))
        kept = b'{"n": 9}\n' if b"9}" in before else b""
        assert path.read_bytes() == kept + b'{"n": 1}\n'
