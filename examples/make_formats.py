"""Write those reports of the example case that are not plain text, always with the same bytes.

in:  sources/*.txt and sources/field_notes/*, the words, readable in a diff
out: reports/03 (pdf), 04 (docx), 06 (Windows-1252 text), 07 (eml), 10 (a docx cut off on purpose), 11 (zip)

    python examples/make_formats.py            write them
    python examples/make_formats.py --check    exit 1 if a committed file differs

The bytes depend on the versions of fpdf2 and python-docx in requirements-dev.lock. Nothing is compressed,
because two builds of zlib may pack the same words differently.
"""

from __future__ import annotations

import argparse
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from fpdf import FPDF

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
REPORTS = HERE / "reports"

ZIP_TIME = (2026, 10, 9, 8, 0, 0)
PAGE_MM = (140, 190)  # small, so that a sentence runs over the foot of a page
UNUSED_PARTS = ("/thumbnail", "/stylesWithEffects", "/customXml")  # ends of relationship types
KEPT_OF_BROKEN = 0.6  # enough to look like a docx, too little to hold the directory at its end


def main() -> int:
    """Write the files, or compare them with what is there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 if a file differs")
    check = parser.parse_args().check
    stale = 0
    for name, content in make_all().items():
        path = REPORTS / name
        if check:
            same = path.is_file() and path.read_bytes() == content
            stale += not same
            print(f"{'same' if same else 'DIFFERS'}  {name}")
        else:
            path.write_bytes(content)
            print(f"wrote {len(content):>7,} bytes  {name}")
    return 1 if stale else 0


def make_all() -> dict[str, bytes]:
    """The bytes of each made report, by file name."""
    monitor = make_docx(read_source("04_monitor.txt"))
    return {
        "03_communique_118.pdf": make_pdf(read_source("03_communique.txt")),
        "04_monitor_september.docx": monitor,
        "06_courier_feature.txt": read_source("06_courier.txt").encode("cp1252"),
        "07_forwarded_witness.eml": make_mail(read_source("07_mail.txt")),
        "10_broken_on_purpose.docx": monitor[: int(len(monitor) * KEPT_OF_BROKEN)],
        "11_field_notes.zip": make_zip(
            (path.name, path.read_bytes().replace(b"\r\n", b"\n"))
            for path in sorted((SOURCES / "field_notes").iterdir())
        ),
    }


def read_source(name: str) -> str:
    """The words of one source, lines ending in \\n on every system."""
    return (SOURCES / name).read_text(encoding="utf-8")


class _Letter(FPDF):
    """Letter paper of the ministry: fpdf2 asks for the foot of the page as a method."""

    def footer(self) -> None:
        """The page number, as it lands between the sentences of so many PDFs."""
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 10, f"Press Communiqué No. 118 - page {self.page_no()}", align="C")


def make_pdf(text: str) -> bytes:
    """A page of set text; the second paragraph is the heading."""
    pdf = _Letter(format=PAGE_MM)
    pdf.set_compression(False)
    pdf.set_creation_date(datetime(2026, 10, 1, 18, 0, tzinfo=UTC))
    pdf.set_producer("Ministry of Defence")
    pdf.set_title("On the liberation of the Imerra valley")
    pdf.set_author("Ministry of Defence of Kalvesh")
    pdf.add_page()
    head, heading, *paragraphs = text.strip().split("\n\n")
    pdf.set_font("Helvetica", size=9)
    pdf.multi_cell(0, 5, head, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font("Helvetica", style="B", size=13)
    pdf.multi_cell(0, 7, heading, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    pdf.set_font("Helvetica", size=10)
    for paragraph in paragraphs:
        pdf.multi_cell(0, 5, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())


def make_docx(text: str) -> bytes:
    """Headings from lines with #, paragraphs, and a table from the lines after `table:`."""
    document = Document()
    document.core_properties.author = "Kalvesh Casualty Monitor"
    document.core_properties.title = "Monthly update: civilian harm in the Imerra valley, September 2026"
    document.core_properties.created = document.core_properties.modified = datetime(2026, 10, 9, 8, 0)
    prose, _, table = text.partition("table:\n")
    for block in prose.strip().split("\n\n"):
        level = len(block) - len(block.lstrip("#"))
        if level:
            document.add_heading(block.lstrip("# "), level)
        else:
            document.add_paragraph(block)
    rows = [line.split(" | ") for line in table.strip().splitlines()]
    grid = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.text = words
    slim(document)
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as parts:
        return make_zip((name, parts.read(name)) for name in parts.namelist())


def slim(document: WordDocument) -> None:
    """Take out what python-docx's template carries and this page never uses: nine tenths of the file."""
    package, main = document.part.package, document.part
    for relations in (package.rels, main.rels):
        for key in [key for key, held in relations.items() if held.reltype.endswith(UNUSED_PARTS)]:
            del relations[key]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()


def make_mail(text: str) -> bytes:
    """A plain mail, quoted-printable as most programs send it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Yusel Dornat <yusel@emerra-citizens.example>"
    mail["To"] = "list@emerra-citizens.example"
    mail["Date"] = "Wed, 30 Sep 2026 07:12:44 +0200"
    mail["Message-ID"] = "<20260930071244.31@emerra-citizens.example>"
    mail["Subject"] = "Fwd: what they saw in Upper Halvin"
    mail.set_content(text, cte="quoted-printable")
    return mail.as_bytes()


def make_zip(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these members with one fixed time and no compression."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, date_time=ZIP_TIME)
            entry.create_system = 3  # what Linux writes; Python on Windows would write 0
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
