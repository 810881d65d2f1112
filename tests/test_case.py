import subprocess
import sys
from pathlib import Path

import pytest

from rasid.case import SETTINGS_FILE, create_case, find_case, open_case
from rasid.errors import BadSettings, CaseBusy, NotACase, WrongUse


def _settings(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_new_case_takes_its_title_from_its_folder_and_opens_again(tmp_path: Path) -> None:
    made = create_case(tmp_path / "Bridge of Tal Amara")
    assert made.settings.title == "Bridge of Tal Amara"
    assert made.settings.pipeline == "rasid"
    assert open_case(tmp_path / "Bridge of Tal Amara") == made


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('The "quiet" week \\ two', 'The "quiet" week \\ two'),
        ("جسر تل عمارة", "جسر تل عمارة"),
        ("two\nlines\tand\x7fmore", "two lines and more"),
        ("half \udc80 a pair", "half a pair"),
        ("\x00", "Untitled case"),
        ("#[not.a.section] = '''", "#[not.a.section] = '''"),
    ],
)
def test_any_title_survives_the_settings_file(tmp_path: Path, given: str, kept: str) -> None:
    assert create_case(tmp_path / "case", given).settings.title == kept


def test_a_new_settings_file_explains_itself(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    text = (case.root / SETTINGS_FILE).read_text(encoding="utf-8")
    assert text.count("\n#") >= 3
    assert f"max_file_bytes = {case.settings.limits.max_file_bytes:_}" in text


def test_a_folder_with_other_files_does_not_become_a_case(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(WrongUse, match=r"holiday\.jpg.*--case"):
        create_case(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_case_that_lost_its_settings_is_not_made_anew(tmp_path: Path) -> None:
    (tmp_path / "originals").mkdir()
    with pytest.raises(WrongUse, match=r"lost its rasid\.toml"):
        create_case(tmp_path)


def test_a_case_whose_making_was_killed_is_made_by_the_next_call(tmp_path: Path) -> None:
    (tmp_path / ".rasid-tmp-17-settings").write_text("title = ", encoding="utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"")
    assert create_case(tmp_path, "Again").settings.title == "Again"


def test_a_case_is_not_made_twice(tmp_path: Path) -> None:
    create_case(tmp_path, "First")
    with pytest.raises(WrongUse, match="a case already"):
        create_case(tmp_path, "Second")
    assert open_case(tmp_path).settings.title == "First"


def test_a_case_cannot_be_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("x", encoding="utf-8")
    with pytest.raises(WrongUse, match="No case can be made"):
        create_case(tmp_path / "note")


def test_a_case_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    below = case.root / "site" / "pages"
    below.mkdir(parents=True)
    assert find_case(below) == case


def test_a_folder_without_settings_is_not_a_case(tmp_path: Path) -> None:
    with pytest.raises(NotACase, match="rasid build"):
        open_case(tmp_path)
    with pytest.raises(NotACase, match="--case"):
        find_case(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "A"\npipelin = "rasid"\n', r'"pipelin" is not a setting \(did you mean "pipeline"\?\)'),
        (
            'title = "A"\n[limits]\nmax-file-bytes = 5\n',
            r'"limits\.max-file-bytes" is not a setting \(did you mean "limits\.max_file_bytes"\?\)',
        ),
        ('title = "A"\n[figures]\nrule = "mean"\n', r'"figures.rule" cannot be \'mean\''),
        ('title = "A"\n[figures]\nrule = "ranking"\n', r"needs an order of voices"),
        ('title = "A"\nzzz = 1\n', r"known here: figures, limits, people, pipeline, reader, title"),
        ('pipeline = "rasid"\n', r'"title" is missing'),
        ("title = 5\n", r'"title" cannot be 5'),
        ('title = "A"\nlimits = { max_file_bytes = 0 }\n', r'"limits\.max_file_bytes" cannot be 0'),
        ('title = "A\n', r"not valid TOML.*line 1"),
    ],
)
def test_a_wrong_setting_is_named_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadSettings, match=said):
        open_case(_settings(tmp_path / "case", text))


def test_settings_that_are_not_utf8_are_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(b'title = "caf\xe9"\n')
    with pytest.raises(BadSettings, match="UTF-8"):
        open_case(tmp_path)


def test_settings_saved_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(b'\xef\xbb\xbftitle = "A"\r\n')
    assert open_case(tmp_path).settings.title == "A"


def test_a_case_has_one_writer_at_a_time(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    with case.locked(), pytest.raises(CaseBusy, match="Another rasid"), open_case(case.root).locked():
        raise AssertionError("two writers")
    with case.locked():
        pass


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    holder = (
        "import sys; from pathlib import Path; from rasid.case import open_case\n"
        "with open_case(Path(sys.argv[1])).locked(): print('held', flush=True); sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(case.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None and process.stdout is not None
    with process.stdin, process.stdout:
        assert process.stdout.readline().strip() == b"held"
        with pytest.raises(CaseBusy), case.locked():
            raise AssertionError("two writers")
        process.kill()
        process.wait()
    with case.locked():
        pass
