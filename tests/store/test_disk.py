from pathlib import Path

import pytest

from rasid.case import create_case
from rasid.errors import WrongUse
from rasid.store.disk import (
    folder_aside,
    hash_file,
    put,
    recover_folder,
    replace_folder,
    sweep,
    write_aside,
    write_whole,
)


def _pages(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    return folder


def _read(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"one")
    write_whole(tmp_path / "a", b"two")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"two"}


def test_bytes_written_aside_are_hashed_on_the_way(tmp_path: Path) -> None:
    temp, sha, size = write_aside(tmp_path, [b"hel", b"", b"lo"])
    assert (hash_file(temp), size, temp.read_bytes()) == (sha, 5, b"hello")


def test_a_file_that_cannot_be_replaced_is_named(tmp_path: Path) -> None:
    (tmp_path / "in the way").mkdir()
    temp, _, _ = write_aside(tmp_path, [b"x"])
    with pytest.raises(WrongUse, match="in the way cannot be replaced"):
        put(temp, tmp_path / "in the way")


def test_a_new_folder_takes_the_place_of_the_old(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in ("first", "second", "third"):
        replace_folder(_pages(folder_aside(site), text), site)
        assert _read(site) == text
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_page_that_is_no_longer_made_is_gone_after_the_replacement(tmp_path: Path) -> None:
    site = _pages(tmp_path / "site", "old")
    (site / "dropped.html").write_text("x", encoding="utf-8")
    replace_folder(_pages(folder_aside(site), "new"), site)
    assert [path.name for path in site.iterdir()] == ["index.html"]


def test_a_replacement_killed_before_the_first_rename_keeps_the_old(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    _pages(case.site, "old")
    _pages(folder_aside(case.site), "new")
    assert sweep(case) == 1
    assert _read(case.site) == "old"


def test_a_replacement_killed_between_the_renames_goes_back_to_the_old(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    _pages(case.site, "old")
    _pages(folder_aside(case.site), "new")
    case.site.rename(case.root / ".rasid-old-site")
    sweep(case)
    assert _read(case.site) == "old"
    assert {path.name for path in case.root.iterdir()} == {"site", "rasid.toml"}


def test_a_replacement_killed_after_the_renames_keeps_the_new(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    _pages(case.site, "new")
    _pages(case.root / ".rasid-old-site", "old")
    sweep(case)
    assert _read(case.site) == "new"
    assert {path.name for path in case.root.iterdir()} == {"site", "rasid.toml"}


def test_a_replacement_goes_on_after_one_that_was_killed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _pages(tmp_path / ".rasid-old-site", "old")
    replace_folder(_pages(folder_aside(site), "new"), site)
    assert _read(site) == "new"


def test_a_replacement_that_fails_leaves_the_old_in_place(tmp_path: Path) -> None:
    site = _pages(tmp_path / "site", "old")
    with pytest.raises(WrongUse, match=r"site cannot be replaced.*browser tabs"):
        replace_folder(tmp_path / "never-made", site)
    assert _read(site) == "old"
    recover_folder(site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_sweeping_touches_nothing_that_a_person_put_there(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    (case.root / "notes.txt").write_text("mine", encoding="utf-8")
    case.originals.mkdir()
    (case.originals / ".rasid-tmp-1-ff").write_bytes(b"half")
    assert sweep(case) == 1
    assert sweep(case) == 0
    assert {path.name for path in case.root.iterdir()} == {"notes.txt", "originals", "rasid.toml"}
