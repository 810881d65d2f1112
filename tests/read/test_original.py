"""One original in, rows out: every format, and files that were made to do harm."""

import gzip
import hashlib
import io
import time
import warnings
import zipfile
from dataclasses import replace

import pytest

from rasid.model import tables
from rasid.read import Limits, Reading, is_risky, read_original
from tests.read.made import (
    ARABIC,
    HTML,
    MARKDOWN,
    TEXT,
    docx_file,
    every_format,
    mail_file,
    mailbox_file,
    pdf_file,
    saved,
    zip_file,
)

FILES = every_format()


def read(content: bytes, name: str, **limits: int) -> Reading:
    return read_original(
        content, original=hashlib.sha256(content).hexdigest(), name=name, limits=replace(Limits(), **limits)
    )


def shown(reading: Reading) -> list[tuple[str, str]]:
    texts = {row["id"]: str(row["text"]) for row in reading.documents}
    return [
        (str(p["kind"]), texts[p["document"]][int(str(p["start"])) : int(str(p["end"]))])
        for p in reading.passages
    ]


def only_doubt(reading: Reading) -> str:
    assert [(row["stage"], bool(row["sentence"]), bool(row["advice"])) for row in reading.doubts] == [
        ("read", True, True)
    ]
    return str(reading.doubts[0]["what"])


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_rows_fit_the_tables_and_passages_stand_in_the_text(name: str) -> None:
    reading = read(FILES[name], name)
    tables.table(reading.documents, tables.DOCUMENTS)
    tables.table(reading.doubts, tables.DOUBTS)
    assert tables.table(reading.passages, tables.PASSAGES).height == len(reading.passages) > 0
    assert not reading.doubts
    last = ("", 0)
    for (_, quote), row in zip(shown(reading), reading.passages, strict=True):
        assert quote and quote == quote.strip()
        start = int(str(row["start"]))
        assert row["document"] != last[0] or start >= last[1]
        last = (str(row["document"]), int(str(row["end"])))


@pytest.mark.parametrize("name", sorted(FILES))
def test_reading_twice_gives_the_same_rows(name: str) -> None:
    assert read(FILES[name], name) == read(FILES[name], name)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_plain_text_file_is_kept_as_it_is(end: str) -> None:
    words = f"\ufeff{TEXT}  \n\n\t".replace("\n", end)
    assert read(words.encode(), "a.txt").documents[0]["text"] == words.removeprefix("\ufeff")


def test_a_plain_text_file_is_cut_into_passages() -> None:
    reading = read(TEXT.encode(), "post.txt")
    assert shown(reading) == [
        ("heading", "Convoy hit near Marwa"),
        ("heading", "By Lina Haddad"),
        ("sentence", "A convoy was hit near Marwa on Monday ."),
        ("sentence", "Five people died, the mayor said."),
        ("sentence", "They were drivers."),
        ("heading", "What is known"),
        ("bullet", "Three lorries burned."),
        ("bullet", "Two drivers were killed."),
        ("sentence", '"We saw the smoke," said Karim Odeh.'),
        ("sentence", "The army denied it."),
    ]
    row = reading.documents[0]
    assert (row["title"], row["author"], row["language"]) == ("Convoy hit near Marwa", "Lina Haddad", "en")
    assert (row["name"], row["member"], row["media_type"], row["date"]) == (
        "post.txt",
        "",
        "text/plain",
        None,
    )


def test_arabic_text_runs_from_right_to_left() -> None:
    row = read(ARABIC.encode("cp1256"), "a.txt").documents[0]
    assert (row["text"], row["language"], row["direction"]) == (ARABIC, "ar", "rtl")


def test_a_passage_in_another_script_has_its_own_language() -> None:
    reading = read((TEXT + "\nانسحب الجيش من البلدة وعاد الناس إلى بيوتهم في المساء.\n").encode(), "a.txt")
    assert reading.passages[-1]["language"] == "ar"
    assert reading.passages[0]["language"] == "en"


def test_markdown_keeps_its_text_and_gives_its_front_matter() -> None:
    reading = read(MARKDOWN.encode(), "week.md")
    row = reading.documents[0]
    assert (row["title"], row["author"], row["date"], row["text"]) == (
        "A week in Marwa",
        "Sami Nur",
        "2024-03",
        MARKDOWN,
    )
    assert shown(reading) == [
        ("heading", "A week in Marwa"),
        ("sentence", "The market was **closed**."),
        ("sentence", "Nobody came."),
        ("sentence", "They told us to wait."),
        ("bullet", "Bread was gone."),
        ("bullet", "Water was not."),
        ("row", "| Day | Killed |"),
        ("row", "| Monday | 5 |"),
    ]


def test_a_web_page_gives_its_article_without_menus_scripts_and_hidden_words() -> None:
    reading = read(HTML.encode(), "page.html")
    assert shown(reading) == [
        ("heading", "Convoy hit near Marwa"),
        ("sentence", "A convoy was hit near Marwa on Monday."),
        ("sentence", "Five people died,\nthe mayor said."),
        ("heading", "What is known"),
        ("bullet", "Three lorries burned."),
        ("bullet", "Two drivers were killed."),
        ("sentence", "We saw the smoke."),
        ("caption", "Smoke over the road, by Sami Nur"),
        ("row", "Day | Killed"),
        ("row", "Monday | 5"),
    ]
    row = reading.documents[0]
    assert (row["title"], row["author"], row["publisher"]) == (
        "Convoy hit near Marwa",
        "Lina Haddad",
        "Valley Post",
    )
    assert (row["date"], row["address"]) == ("2024-03", "https://valley.example.org/convoy")


def test_a_date_in_linked_data_is_read() -> None:
    page = HTML.replace('<meta property="article:published_time" content="2024-03">', "").replace(
        "<style>",
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2024-03-05"}]}</script><style>',
    )
    assert read(page.encode(), "a.html").documents[0]["date"] == "2024-03-05"


def test_a_page_without_a_date_has_none() -> None:
    page = "<html><body><p>On 5 March 2024 the bridge fell. Nobody was there.</p></body></html>"
    assert read(page.encode(), "a.html").documents[0]["date"] is None


def test_a_page_in_an_arabic_code_page_is_read_as_its_meta_tag_says() -> None:
    page = (
        f'<html><head><meta charset="windows-1256"></head><body><p>{ARABIC.splitlines()[2]}</p></body></html>'
    )
    assert "انسحب الجيش من البلدة." in [words for _, words in shown(read(page.encode("cp1256"), "a.html"))]


def test_much_hidden_text_is_a_doubt() -> None:
    page = HTML.replace("Words that nobody sees.", "Words that nobody sees. " * 20)
    reading = read(page.encode(), "a.html")
    assert only_doubt(reading) == "hidden text"
    assert "nobody sees" not in str(reading.documents[0]["text"])


def test_a_page_without_words_is_a_doubt() -> None:
    assert only_doubt(read(b"<html><body><script>draw()</script></body></html>", "a.html")) == "no text"


def test_a_pdf_gives_paragraphs_with_lines_and_hyphens_joined() -> None:
    reading = read(pdf_file(), "valley.pdf")
    assert shown(reading) == [
        ("heading", "Convoy hit near Marwa"),
        (
            "sentence",
            "A convoy was hit near Marwa on Monday morning, the mayor said, and five people died on their way to the "
            "hospital of the next town.",
        ),
        ("sentence", "They were brought to the central hospital, a well-known place."),
        ("sentence", "The army denied it."),
        ("sentence", "It left on Tuesday."),
        ("bullet", "Three lorries burned."),
    ]
    row = reading.documents[0]
    assert (row["title"], row["author"], row["date"]) == ("The valley report", "Lina Haddad", "2024-03-05")


def test_a_pdf_page_without_text_is_a_doubt() -> None:
    import fpdf

    pdf = fpdf.FPDF()
    pdf.add_page()
    reading = read(bytes(pdf.output()), "scan.pdf")
    assert only_doubt(reading) == "scan"
    assert not reading.documents


def test_running_heads_and_page_numbers_of_a_pdf_are_left_out() -> None:
    import fpdf

    pdf = fpdf.FPDF()
    pdf.set_font("helvetica", size=11)
    for number in range(1, 5):
        pdf.add_page()
        for words in ("Valley Post, yearly report", f"Town number {number} was burned.", str(number)):
            pdf.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(20)
    words = [words for _, words in shown(read(bytes(pdf.output()), "a.pdf"))]
    assert words == [f"Town number {number} was burned." for number in range(1, 5)]


def test_a_word_file_gives_headings_lists_rows_and_captions() -> None:
    reading = read(docx_file(), "bridge.docx")
    assert shown(reading) == [
        ("heading", "The bridge at Marwa"),
        ("sentence", "The army left the bridge."),
        ("sentence", "Nobody stayed."),
        ("bullet", "Three lorries burned."),
        ("sentence", "Seen."),
        ("row", "Day | Killed"),
        ("row", "Monday | 5"),
        ("caption", "The bridge in May, by Sami Nur"),
    ]
    assert (reading.documents[0]["title"], reading.documents[0]["author"]) == (
        "The bridge at Marwa",
        "Lina Haddad",
    )


def test_the_template_of_python_docx_dates_nothing() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("The army left the bridge.")
    row = read(saved(document), "a.docx").documents[0]
    assert (row["author"], row["date"]) == (None, None)


def test_a_mail_gives_its_headers_its_body_and_its_attachment() -> None:
    reading = read(mail_file(), "convoy.eml")
    first, second = reading.documents
    assert (first["title"], first["author"], first["date"]) == (
        "The convoy — تقرير",
        "Sami Nur",
        "2024-03-05",
    )
    assert (second["member"], second["name"]) == ("list.txt", "convoy.eml/list.txt")
    assert [words for _, words in shown(reading)] == [
        "Dear all,",
        "the convoy was hit near Marwa.",
        "Five people died there.",
        "The list of the five is attached.",
    ]


def test_a_mail_in_html_only_is_read() -> None:
    mail = b"From: a@example.org\nSubject: S\nContent-Type: text/html\n\n<p>They left the town.</p><p>All of them.</p>"
    assert [words for _, words in shown(read(mail, "a.eml"))] == ["They left the town.", "All of them."]


def test_each_mail_of_a_mailbox_is_a_document() -> None:
    reading = read(mailbox_file(), "desk.mbox")
    assert [row["member"] for row in reading.documents] == ["mail-1.eml", "mail-1.eml/list.txt", "mail-2.eml"]


def test_the_members_of_nested_archives_are_documents() -> None:
    reading = read(FILES["all.zip"], "all.zip")
    assert [row["name"] for row in reading.documents] == [
        "all.zip/a/post.txt",
        "all.zip/mail.eml",
        "all.zip/mail.eml/list.txt",
        "all.zip/more.zip/page.html",
        "all.zip/more.zip/bridge.docx",
    ]
    assert len({row["id"] for row in reading.documents}) == 5


def test_the_content_decides_and_not_the_name() -> None:
    assert read(pdf_file(), "notes.txt").documents[0]["media_type"] == "application/pdf"
    assert read(HTML.encode(), "page").documents[0]["media_type"] == "text/html"
    assert is_risky(HTML.encode(), "page") and not is_risky(TEXT.encode(), "post.txt")


@pytest.mark.parametrize(
    ("content", "name", "what"),
    [
        (b"", "a.txt", "empty file"),
        (b" \r\n\t\n", "a.txt", "empty file"),
        (b"\xef\xbb\xbf", "a.txt", "empty file"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 40, "a.png", "format not read yet"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 40, "a.txt", "format not read yet"),
        (b"day,dead\nMonday,5\n", "a.csv", "table not read"),
        (b"{\\rtf1 words}", "a.rtf", "format not read yet"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 50, "a.mp4", "format not read yet"),
        (bytes(range(256)) * 20, "a.txt", "format not read yet"),
        (bytes(range(256)) * 20, "a", "format not read yet"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "a.doc",
            "format not read yet",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"%PDF-1.7\nnothing", "a.pdf", "broken file"),
        (b"PK\x03\x04 nothing", "a.zip", "broken file"),
        (b"PK\x03\x04 nothing", "a.docx", "broken file"),
        (pdf_file()[:700], "a.pdf", "broken file"),
        (docx_file()[:-900], "a.docx", "broken file"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-20], "a.txt.gz", "broken file"),
        (b"\x1f\x8b\x08nothing", "a.gz", "broken file"),
        (pdf_file(password="secret"), "a.pdf", "password"),
        (zip_file({}), "a.zip", "empty file"),
    ],
)
def test_what_cannot_be_read_is_one_doubt(content: bytes, name: str, what: str) -> None:
    reading = read(content, name)
    assert only_doubt(reading) == what
    assert not reading.documents


def test_other_formats_inside_a_zip_are_named() -> None:
    slides = zip_file({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"})
    reading = read(zip_file({"slides.pptx": slides, "post.txt": TEXT.encode()}), "a.zip")
    assert only_doubt(reading) == "format not read yet"
    assert reading.doubts[0]["name"] == "a.zip/slides.pptx"
    assert "presentation" in str(reading.doubts[0]["sentence"])


def test_a_table_in_a_zip_is_left_to_the_reader_of_tables_and_one_deeper_is_a_doubt() -> None:
    sheet = zip_file({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    assert not read(zip_file({"sheet.xlsx": sheet, "post.txt": TEXT.encode()}), "a.zip").doubts
    deeper = read(
        zip_file({"inner.zip": zip_file({"sheet.xlsx": sheet}), "post.txt": TEXT.encode()}), "a.zip"
    )
    assert only_doubt(deeper) == "table not read"
    assert "a spreadsheet inside another file" in str(deeper.doubts[0]["sentence"])


def test_a_bomb_is_stopped_and_what_came_before_it_is_kept() -> None:
    reading = read(
        zip_file({"a.txt": TEXT.encode(), "bomb.txt": b"0" * 30_000_000, "z.txt": b"They left."}), "a.zip"
    )
    assert only_doubt(reading) == "zip bomb"
    assert [row["member"] for row in reading.documents] == ["a.txt"]


def test_a_gzip_bomb_is_stopped() -> None:
    assert only_doubt(read(gzip.compress(b"0" * 30_000_000), "a.gz")) == "zip bomb"


def test_a_word_file_that_unpacks_to_a_bomb_is_refused() -> None:
    content = docx_file()
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/more.xml", b" " * 90_000_000)
    assert only_doubt(read(stream.getvalue(), "a.docx")) == "zip bomb"


def test_archives_within_archives_end_at_the_depth_limit() -> None:
    content = TEXT.encode()
    for _ in range(9):
        content = zip_file({"inner.zip": content})
    assert only_doubt(read(content, "a.zip")) == "too deep"


def test_too_many_members_are_named_and_not_read() -> None:
    many = {f"{number:03}.txt": TEXT.encode() for number in range(30)}
    reading = read(zip_file(many), "a.zip", max_members=10)
    assert only_doubt(reading) == "too many members"
    assert len(reading.documents) == 10


def test_the_unpacked_bytes_of_all_depths_are_counted_together() -> None:
    inner = zip_file({f"{number}.txt": TEXT.encode() * 100 for number in range(5)})
    reading = read(zip_file({"1.zip": inner, "2.zip": inner}), "a.zip", max_total_bytes=150_000)
    assert 1 <= len(reading.documents) < 10
    assert {row["what"] for row in reading.doubts} <= {"zip bomb", "too many members"}
    assert reading.doubts


@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/abs/a.txt", "abs/a.txt"),
        ("C:\\temp\\a.txt", "temp/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("line\nbreak.txt", "line_break.txt"),
        ("\u202etxt.exe.txt", "_txt.exe.txt"),
        ("تقرير.txt", "تقرير.txt"),
    ],
)
def test_member_names_are_shown_without_tricks(path: str, member: str) -> None:
    assert [row["member"] for row in read(zip_file({path: TEXT.encode()}), "a.zip").documents] == [member]


def test_two_members_with_one_name_are_two_documents() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("a.txt", "They left the town.")
            archive.writestr("a.txt", "They came back to it.")
    reading = read(stream.getvalue(), "a.zip")
    assert [row["member"] for row in reading.documents] == ["a.txt", "a (2).txt"]


def test_a_locked_member_is_one_doubt() -> None:
    content = bytearray(zip_file({"a.txt": TEXT.encode()}))
    content[6] |= 1  # the flag for "encrypted" in the local header, and in the directory
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert only_doubt(read(bytes(content), "a.zip")) == "password"


def test_a_text_over_the_limit_is_refused_and_the_limit_is_named() -> None:
    reading = read(b"They left. " * 1_000, "a.txt", max_chars=5_000)
    assert only_doubt(reading) == "too large"
    assert "5,000" in str(reading.doubts[0]["sentence"])
    assert only_doubt(read(b"They left. " * 1_000, "a.txt", max_bytes=5_000)) == "too large"


def test_lost_characters_are_a_doubt_beside_the_document() -> None:
    reading = read(ARABIC.encode()[:42], "a.txt")
    assert only_doubt(reading) == "lost characters"
    assert reading.doubts[0]["document"] == reading.documents[0]["id"]


@pytest.mark.parametrize(
    "name", ["تقرير.txt", "報告.txt", "bad\udcff.txt", "../up.txt", "a\x00b.txt", "C:\\x\\y.txt", ""]
)
def test_a_file_name_in_any_script_is_shown(name: str) -> None:
    shown_name = str(read(TEXT.encode(), name).documents[0]["name"])
    assert shown_name and shown_name.isprintable() and "/" not in shown_name
    shown_name.encode()


@pytest.mark.parametrize("unit", ["<div>", "<b><i>", "<table><tr><td>", "<p><ul><li>", "<font color=x>"])
def test_deeply_nested_pages_end_in_time(unit: str) -> None:
    begun = time.process_time()
    read(("<html><body>" + unit * 5_000 + "They left the town.").encode(), "a.html")
    assert time.process_time() - begun < 20


@pytest.mark.slow
def test_a_hundred_megabytes_of_text_are_read_in_reasonable_time() -> None:
    content = TEXT.encode() * (100_000_000 // len(TEXT))
    begun = time.process_time()
    reading = read(content, "a.txt", max_chars=200_000_000)
    assert len(reading.passages) > 2_000_000
    assert time.process_time() - begun < 240
    assert only_doubt(read(content, "a.txt")) == "too large"
