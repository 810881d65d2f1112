"""The page of checks: the sum, how sure it is, and the words behind it."""

from __future__ import annotations

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
