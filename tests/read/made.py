"""Files of every format, made in code from literals. The people and places in them are invented."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

TEXT = """Convoy hit near Marwa

By Lina Haddad

A convoy was hit near Marwa on Monday . Five people died, the mayor said.They were drivers.

What is known
- Three lorries burned.
- Two drivers were killed.

"We saw the smoke," said Karim Odeh. The army denied it.
"""
ARABIC = "بيان صحفي\n\nانسحب الجيش من البلدة. عاد الناس إلى بيوتهم في المساء؟ لا أحد يعرف.\n"
MARKDOWN = """---
title: A week in Marwa
author: Sami Nur
date: 2024-03
---
# A week in Marwa

The market was **closed**. Nobody came.

> They told us to wait.

1. Bread was gone.
2. Water was not.

| Day | Killed |
|-----|--------|
| Monday | 5 |
"""
HTML = """<!doctype html><html lang="en"><head><title>Convoy hit near Marwa - Valley Post</title>
<meta name="author" content="Lina Haddad"><meta property="og:site_name" content="Valley Post">
<meta property="article:published_time" content="2024-03">
<link rel="canonical" href="https://valley.example.org/convoy"><style>p{color:red}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/b">About</a></li></ul></nav>
<article><h1>Convoy hit near Marwa</h1><p>A convoy was hit near Marwa on Monday. Five people died,<br>
the mayor said.</p>
<div style="display:none">Words that nobody sees.</div><p hidden>More of them.</p>
<p style="color:#fff;background-color:#FFF">White on white.</p><p aria-hidden="true">Not for readers.</p>
<h2>What is known</h2>
<ul><li>Three lorries burned.</li><li>Two drivers <b>were</b> killed.</li></ul>
<blockquote><p>We saw the smoke.</p></blockquote>
<figure><img src="x.png" alt="Smoke"><figcaption>Smoke over the road, by Sami Nur</figcaption></figure>
<table><tr><th>Day</th><th>Killed</th></tr><tr><td>Monday</td><td>5</td></tr></table>
<script>var x = "a script is not text";</script></article>
<footer>All rights reserved by Valley Post.</footer></body></html>"""


def docx_file() -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.author = "Lina Haddad"
    document.core_properties.title = "The bridge at Marwa"
    document.add_heading("The bridge at Marwa", 1)
    document.add_paragraph("The army left the bridge. Nobody stayed.")
    document.add_paragraph("Three lorries burned.", style="List Bullet")
    hidden = document.add_paragraph("Seen.").add_run(" Not seen.")
    hidden.font.hidden = True
    table = document.add_table(2, 2)
    for row, cells in zip(table.rows, [("Day", "Killed"), ("Monday", "5")], strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.add_paragraph("The bridge in May, by Sami Nur", style="Caption")
    return _undated(saved(document))


def _undated(content: bytes) -> bytes:
    """The same zip file without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zip_file({name: archive.read(name) for name in archive.namelist()})


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def pdf_file(*, password: str = "") -> bytes:
    import fpdf

    pdf = fpdf.FPDF()
    pdf.set_creation_date(datetime(2024, 3, 5, 12, 0, tzinfo=UTC))
    pdf.set_title("The valley report")
    pdf.set_author("Lina Haddad")
    if password:
        pdf.set_encryption(owner_password=password + "o", user_password=password)
    pdf.add_page()

    def put(size: int, words: str) -> None:
        pdf.set_font("helvetica", "B" if size > 12 else "", size)
        pdf.multi_cell(0, size * 0.55, words, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)

    put(18, "Convoy hit near Marwa")
    put(
        11,
        "A convoy was hit near Marwa on Monday morning, the mayor said, and five people died "
        "on their way to the hospital of the next town. They were brought to the central "
        "hos-\npital, a well-\nknown place.",
    )
    put(11, "The army denied it. It left on Tuesday.")
    put(11, "- Three lorries burned.")
    return bytes(pdf.output())


def mail_file() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Sami Nur <sami@example.org>"
    mail["To"] = "desk@example.org"
    mail["Subject"] = "The convoy — تقرير"
    mail["Date"] = "Tue, 05 Mar 2024 23:10:00 +0300"
    mail.set_content("Dear all,\n\nthe convoy was hit near Marwa. Five people died there.\n")
    mail.add_alternative("<p>Another form of the same words.</p>", subtype="html")
    mail.add_attachment(
        b"The list of the five is attached.", maintype="text", subtype="plain", filename="list.txt"
    )
    content = mail.as_bytes()
    for number, boundary in enumerate(dict.fromkeys(re.findall(rb"=={5,}\d+==", content))):
        content = content.replace(boundary, b"part-%d" % number)
    return content


def mailbox_file() -> bytes:
    second = b"From: a@example.org\nSubject: Second\n\nThey left the town. Nobody stayed in it.\n"
    return (
        b"From sami Tue Mar  5 23:10:00 2024\n" + mail_file() + b"\n\nFrom a Tue Mar  5 23:11:00 2024\n" + second
    )  # fmt: skip


def zip_file(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def every_format() -> dict[str, bytes]:
    """File name -> bytes, one of each format that is read."""
    files = {
        "post.txt": TEXT.encode(),
        "arabic.txt": ARABIC.encode("cp1256"),
        "wide.txt": ARABIC.encode("utf-16"),
        "week.md": MARKDOWN.encode(),
        "page.html": HTML.encode(),
        "bridge.docx": docx_file(),
        "valley.pdf": pdf_file(),
        "convoy.eml": mail_file(),
        "desk.mbox": mailbox_file(),
    }
    inner = zip_file({"page.html": HTML.encode(), "bridge.docx": files["bridge.docx"]})
    files["all.zip"] = zip_file(
        {"a/post.txt": TEXT.encode(), "mail.eml": files["convoy.eml"], "more.zip": inner}
    )
    files["page.html.gz"] = gzip.compress(HTML.encode(), mtime=0)
    return files
