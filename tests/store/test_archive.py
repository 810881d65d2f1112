import json
from pathlib import Path

import pytest

from rasid.errors import BrokenLog, ChangedOriginal, MissingOriginal
from rasid.model.ids import Sha256
from rasid.store.archive import Archive

SHA_OF_HELLO = Sha256("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")


def _overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_an_original_lies_under_its_hash_with_its_suffix(tmp_path: Path) -> None:
    source = tmp_path / "Report.HTML"
    source.write_bytes(b"hello")
    added = Archive(tmp_path / "case").add(source, by="Rana")
    assert (added.sha256, added.name, added.new_original, added.new_entry) == (
        SHA_OF_HELLO,
        "Report.HTML",
        True,
        True,
    )
    lies_at = tmp_path / "case" / "originals" / "2c" / f"{SHA_OF_HELLO}.html"
    assert lies_at.read_bytes() == b"hello"


def test_the_manifest_says_what_from_where_when_and_by_whom(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="رنا", name="تقرير.txt", origin="mail/تقرير.txt")
    line = json.loads(archive.manifest.read_text(encoding="utf-8"))
    when = line.pop("added_at")
    assert line == {
        "sha256": SHA_OF_HELLO,
        "size": 5,
        "name": "تقرير.txt",
        "origin": "mail/تقرير.txt",
        "added_by": "رنا",
    }
    assert when.endswith("Z") and "T" in when
    assert "تقرير" in archive.manifest.read_text(encoding="utf-8")


def test_the_same_bytes_from_two_places_are_one_original_and_two_entries(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="b.txt", origin="x/b.txt")
    second = archive.add(b"hello", by="Omar", name="a.html", origin="y/a.html")
    third = archive.add(b"hello", by="Omar", name="a.html", origin="y/a.html")
    assert (second.new_original, second.new_entry) == (False, True)
    assert (third.new_original, third.new_entry) == (False, False)
    assert [entry.origin for entry in archive.entries()] == ["x/b.txt", "y/a.html"]
    assert archive.names(SHA_OF_HELLO) == ["a.html", "b.txt"]
    assert [path.name for path in archive.folder.glob("2c/*")] == [f"{SHA_OF_HELLO}.txt"]


def test_adding_what_is_held_writes_nothing(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    before = {path: path.stat().st_mtime_ns for path in archive.folder.rglob("*")}
    Archive(tmp_path).add(b"hello", by="Rana", name="a.txt")
    assert {path: path.stat().st_mtime_ns for path in archive.folder.rglob("*")} == before


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/home/rana/secret/a.txt", "a.txt"),
        ("C:\\Users\\rana\\a.txt", "a.txt"),
        ("../../a.txt", "a.txt"),
        ("bad \udc80 bytes.txt", "bad \udc80 bytes.txt"),
        ("two\nlines.txt", "two\nlines.txt"),
        ("", "unnamed"),
    ],
)
def test_a_name_never_holds_a_folder_and_any_name_survives(tmp_path: Path, given: str, kept: str) -> None:
    Archive(tmp_path).add(b"hello", by="Rana", name=given)
    assert Archive(tmp_path).names(SHA_OF_HELLO) == [kept]


@pytest.mark.parametrize("name", ["a.con:x", "a.تقرير", "a.aaaaaaaaaaaaaaaaaaaa", "a", ".hidden", "a."])
def test_a_strange_suffix_is_not_taken_into_the_file_name(tmp_path: Path, name: str) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name=name)
    assert archive.path(SHA_OF_HELLO).name == SHA_OF_HELLO
    assert archive.read(SHA_OF_HELLO) == b"hello"


def test_a_changed_original_stops_reading_and_adding(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    _overwrite(archive.path(SHA_OF_HELLO), b"hellO")
    with pytest.raises(ChangedOriginal, match="2cf24dba5fb0"):
        archive.read(SHA_OF_HELLO)
    with pytest.raises(ChangedOriginal):
        archive.check(SHA_OF_HELLO)
    with pytest.raises(ChangedOriginal):
        archive.add(b"hello", by="Rana", name="elsewhere.txt")
    assert archive.path(SHA_OF_HELLO).read_bytes() == b"hellO"


def test_a_missing_original_is_named_and_comes_back_when_added_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    archive.path(SHA_OF_HELLO).chmod(0o644)
    archive.path(SHA_OF_HELLO).unlink()
    with pytest.raises(MissingOriginal, match=r"a\.txt"):
        archive.read(SHA_OF_HELLO)
    added = archive.add(b"hello", by="Rana", name="a.txt")
    assert (added.new_original, added.new_entry) == (True, False)
    assert archive.read(SHA_OF_HELLO) == b"hello"


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_an_unfinished_manifest_line_is_repaired_by_the_next_one(tmp_path: Path, cut: int) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    whole = archive.manifest.read_bytes()
    archive.add(b"world", by="Rana", name="b.txt")
    archive.manifest.write_bytes(archive.manifest.read_bytes()[: len(whole) + cut])
    again = Archive(tmp_path)
    assert [entry.name for entry in again.entries()] == ["a.txt"]
    assert len(again.strays()) == 1
    added = again.add(b"world", by="Rana", name="b.txt")
    assert (added.new_original, added.new_entry) == (False, True)
    assert [entry.name for entry in Archive(tmp_path).entries()] == ["a.txt", "b.txt"]
    assert again.strays() == []


def test_a_manifest_whose_last_newline_was_stripped_keeps_its_last_line(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    archive.manifest.write_bytes(archive.manifest.read_bytes().rstrip(b"\n"))
    again = Archive(tmp_path)
    again.add(b"world", by="Rana", name="b.txt")
    assert [entry.name for entry in Archive(tmp_path).entries()] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("damage", [b"{}\n", b"\n", b"[1]\n", b'{"sha256": "x"\n', b"\xff\xfe\n"])
def test_a_damaged_manifest_line_is_named_by_its_number(tmp_path: Path, damage: bytes) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    archive.manifest.write_bytes(archive.manifest.read_bytes() + damage)
    with pytest.raises(BrokenLog, match=r"manifest\.jsonl, line 2"):
        Archive(tmp_path).entries()


def test_a_stray_is_adopted_and_gives_way_to_the_real_name(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.add(b"hello", by="Rana", name="a.txt")
    archive.manifest.unlink()
    again = Archive(tmp_path)
    assert again.originals() == ()
    assert again.adopt_strays(by="Rana") == [SHA_OF_HELLO]
    assert again.names(SHA_OF_HELLO) == [f"{SHA_OF_HELLO}.txt"]
    assert again.adopt_strays(by="Rana") == []
    again.add(b"hello", by="Rana", name="a.txt")
    assert again.names(SHA_OF_HELLO) == ["a.txt"]


def test_two_archives_on_one_folder_see_each_others_entries(tmp_path: Path) -> None:
    one, other = Archive(tmp_path), Archive(tmp_path)
    one.add(b"hello", by="Rana", name="a.txt")
    other.add(b"world", by="Omar", name="b.txt")
    one.add(b"third", by="Rana", name="c.txt")
    names = ["a.txt", "b.txt", "c.txt"]
    assert [entry.name for entry in one.entries()] == [entry.name for entry in other.entries()] == names


def test_a_file_larger_than_one_piece_is_kept_whole(tmp_path: Path) -> None:
    source = tmp_path / "large.bin"
    source.write_bytes(bytes(range(256)) * 12_000)  # three pieces
    added = Archive(tmp_path / "case").add(source, by="Rana")
    assert Archive(tmp_path / "case").read(added.sha256) == source.read_bytes()
    assert list((tmp_path / "case" / "originals").glob(".rasid-tmp-*")) == []
