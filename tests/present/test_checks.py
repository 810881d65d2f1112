"""The page of checks: the sum, how sure it is, and the words behind it."""

from __future__ import annotations

import re
from dataclasses import replace

from rasid.model import tables
from rasid.present.site import About, SiteTables, render_site


def test_a_finding_shows_its_sum_its_severity_and_a_link_to_the_words(
    dispute: SiteTables, about: About
) -> None:
    html = dict(render_site(dispute, about))["checks/index.html"].decode()
    quotes = dispute.checks["quotes"].to_list()[0]
    assert "24 - 23 = 1." in html
    assert '<span class="tag">hard</span>' in html
    assert f'#{quotes[0]["claim"]}"' in html
    assert "<b>24</b>" not in html and "&lt;b&gt;24&lt;/b&gt;" in html


def test_a_case_without_findings_says_so(dispute: SiteTables, about: About) -> None:
    clean = replace(dispute, checks=tables.empty(tables.CHECKS))
    html = dict(render_site(clean, about))["checks/index.html"].decode()
    assert "No document was found whose own numbers do not go together." in html


def test_a_quote_without_a_claim_opens_its_very_words(dispute: SiteTables, about: About) -> None:
    row = dispute.checks.to_dicts()[0]
    document, text = dispute.documents.select("id", "text").row(0)
    start, end = 4, 20
    quote = {"claim": None, "document": document, "start": start, "end": end, "quote": text[start:end]}
    checks = tables.table([{**row, "quotes": [quote]}], tables.CHECKS)
    site = dict(render_site(replace(dispute, checks=checks), about))
    assert f'documents/{document}.html#w{start}"' in site["checks/index.html"].decode()
    page = site[f"documents/{document}.html"].decode()
    assert page.count(f'id="w{start}"') == 1
    assert re.search(rf'<span id="w{start}"[^>]*>', page)
