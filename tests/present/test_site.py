"""The pages keep their promises: nothing outside, nothing unescaped, every link lands, nothing over 1 MB."""

from __future__ import annotations

import json
import posixpath
import random
import re
from collections.abc import Callable
from dataclasses import fields, replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import polars as pl
import pytest

from rasid.errors import TableShapeError
from rasid.model import tables
from rasid.present.site import About, SiteTables, render_site

MEGABYTE = 1_000_000
TAKEN_AWAY = (".csv", "-claimreview.json")  # tables for other programs: whole, and no page opens them
BIDI = "\u202e"


class Page(HTMLParser):
    """What matters of a page: elements with attributes, ids, links, text."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def ids(self) -> list[str]:
        return [held["id"] for _, held in self.elements if "id" in held]

    @property
    def links(self) -> list[str]:
        return [held[name] for _, held in self.elements for name in ("href", "src") if name in held]

    @property
    def text(self) -> str:
        return "".join(self.words)


@pytest.fixture(scope="module")
def site(dispute: SiteTables, about: About) -> dict[str, bytes]:
    return dict(render_site(dispute, about))


@pytest.fixture(scope="module")
def pages(site: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(content) for path, content in site.items() if path.endswith(".html")}


def test_the_same_tables_give_the_same_bytes_in_any_order_of_rows(
    dispute: SiteTables, about: About, site: dict[str, bytes]
) -> None:
    shuffled = SiteTables(
        **{
            f.name: getattr(dispute, f.name).sample(fraction=1, shuffle=True, seed=3)
            for f in fields(SiteTables)
        }
    )
    assert dict(render_site(shuffled, about)) == site


def test_every_page_of_the_brief_is_there(site: dict[str, bytes], dispute: SiteTables) -> None:
    wanted = {
        f"{name}/index.html" for name in ("questions", "claims", "documents", "voices", "figures", "doubts")
    }
    wanted |= {f"documents/{document}.html" for document in dispute.documents["id"]}
    wanted |= {f"questions/{question}.html" for question in dispute.questions["id"]}
    wanted |= {"index.html", "about.html", "assets/site.css", "assets/claims.js", "data/claims-1.js"}
    wanted |= {
        f"{name}/index.html" for name in ("map", "timeline", "places", "actors", "contradictions", "checks")
    }
    wanted |= {
        f"questions/{question}{end}"
        for question in dispute.questions["id"]
        for end in (".md", ".csv", "-claimreview.json")
    }
    wanted |= {"assets/map.js", "assets/map-draw.js", "assets/figures.css", "assets/charts.css"}
    wanted |= {"data/map-outlines.js", "charts/index.html"}
    wanted |= {"timeline/voices.html", "timeline/undated.html", "places/open.html"}
    more = r"actors/a[0-9a-f]{12}\.html|timeline/\d{4}(-voices)?\.html|charts/(?!index)[\w-]+\.(html|csv)"
    assert {path for path in site if not re.fullmatch(more, path)} == wanted


def test_no_path_leads_out_of_the_site(site: dict[str, bytes]) -> None:
    assert [
        path
        for path in site
        if not re.fullmatch(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.(html|css|js|md|csv|json)", path)
    ] == []


def test_every_link_is_relative_and_lands_on_a_file_and_an_anchor(
    site: dict[str, bytes], pages: dict[str, Page]
) -> None:
    anchors = {path: set(page.ids) for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.links:
            assert not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|\\", link), (path, link)
            target, _, anchor = link.partition("#")
            landed = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            assert landed in site, (path, link)
            if anchor and not (landed in ("claims/index.html", "map/index.html") and "=" in anchor):
                assert anchor in anchors[landed], (path, link)


def test_no_outside_address_in_any_attribute_style_or_script(
    site: dict[str, bytes], pages: dict[str, Page]
) -> None:
    for path, page in pages.items():
        for tag, held in page.elements:
            for name, value in held.items():
                shown_only = name in ("title", "aria-label")
                assert shown_only or not re.search(r"//|javascript:|data:", value), (path, tag, name, value)
                assert not name.startswith("on") and name not in ("style", "srcset", "action", "ping"), (
                    path,
                    tag,
                    name,
                )
    for path in (path for path in site if path.startswith("assets/")):
        content = site[path].decode("utf-8")
        assert not re.search(r"url\(|@import|https?:|\bfetch\(|XMLHttpRequest|innerHTML|eval\(", content), (
            path
        )
    for content in site.values():
        for address in re.findall(rb"(?:href|src)\s*=\s*[\"']?\s*([^\"'\s>]*)", content):
            assert not re.match(rb"[a-zA-Z]+:|//", address)


def test_only_known_elements_appear_so_that_no_document_smuggled_one_in(pages: dict[str, Page]) -> None:
    known = set(
        "html head meta title link script body a header p nav ul ol li main footer h1 h2 h3 section div dl dt dd "
        "bdi span b i blockquote details summary code article form label input select option button datalist "
        "table thead tbody tr th td br q em canvas svg path circle rect text tspan h4 line "
        "figure figcaption g defs pattern caption".split()
    )
    for path, page in pages.items():
        assert {tag for tag, _ in page.elements} <= known, path
        scripts = [held["src"] for tag, held in page.elements if tag == "script"]
        assert scripts == (["../assets/claims.js"] if path.startswith("claims/") else []), path


def test_each_page_forbids_everything_but_its_own_style_and_script(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        (policy,) = [held["content"] for tag, held in page.elements if held.get("http-equiv")]
        script = "'self' file:" if path.startswith("claims/") else "'none'"
        assert policy == (
            f"default-src 'none'; style-src 'self' file:; script-src {script}; base-uri 'none'; form-action 'none'"
        )


def test_no_template_switches_escaping_off() -> None:
    for template in files("rasid.present").joinpath("templates").iterdir():
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", template.read_text("utf-8")), template.name


def test_hostile_words_are_shown_as_words(pages: dict[str, Page], dispute: SiteTables) -> None:
    hostile = dispute.documents.filter(pl.col("title").str.starts_with("</title>")).row(0, named=True)
    text = pages[f"documents/{hostile['id']}.html"].text
    assert "<script>alert(1)</script>" in text and "<img src=x onerror=alert(3)>" in text
    assert "https://outside.example/page?a=1&b=2" in text and "javascript:alert(9)" in text


def test_no_page_obeys_an_override_of_direction(site: dict[str, bytes]) -> None:
    assert [p for p, content in site.items() if p.endswith(".html") and BIDI in content.decode("utf-8")] == []


def test_the_search_data_cannot_end_a_script_or_a_line(site: dict[str, bytes]) -> None:
    content = site["data/claims-1.js"].decode("utf-8")
    assert not re.search("[<>&\u2028\u2029]", content)
    body = content.removeprefix("rasidClaims(1,").removesuffix(");\n")
    assert len(json.loads(body)["rows"]) == 22


def test_the_words_of_each_claim_carry_its_anchor_and_its_mark(
    pages: dict[str, Page], dispute: SiteTables
) -> None:
    for claim in dispute.claims.iter_rows(named=True):
        page = pages[f"documents/{claim['document']}.html"]
        (pin,) = [held for tag, held in page.elements if tag == "a" and held.get("id") == claim["id"]]
        place = re.search(r"\bk\d+\b", pin["class"])
        assert place and pin["href"] == f"#n-{claim['id']}"
        assert any(
            tag == "span" and place.group() in held.get("class", "").split() for tag, held in page.elements
        )


def test_the_whole_kept_text_stands_on_the_page(pages: dict[str, Page], dispute: SiteTables) -> None:
    for document in dispute.documents.iter_rows(named=True):
        shown = pages[f"documents/{document['id']}.html"].text
        for word in document["text"].replace("\u202e", " ").replace("\x07", " ").split():
            assert all(part in shown for part in re.findall(r"\w+", word)), word


def test_denied_possible_and_predicted_figures_stand_apart_and_say_so(site: dict[str, bytes]) -> None:
    happened, _, apart = site["figures/index.html"].decode("utf-8").partition('id="apart"')
    assert "at least 23" in happened and "more than 30" not in happened and "within 10 days" not in happened
    assert "more than 30" in apart and "within 10 days" in apart and "at least 23" not in apart
    assert "predicted, not happened" in apart and "possible, not certain" in apart
    assert not re.search(r'class="figure (denied|possible|predicted)"', happened)


def test_every_claim_says_in_words_how_it_stands(site: dict[str, bytes]) -> None:
    listed = site["claims/index.html"].decode("utf-8")
    entries = re.findall(r'<li class="claim (\w+)">(.*?)</li>', listed, re.DOTALL)
    assert len(entries) == 22
    word = {"affirmed": "affirmed", "partial": "partly", "possible": "possible", "predicted": "predicted"}
    for code, entry in entries:
        (said,) = re.findall(r'<span class="standing \w+">([^<]+)</span>', entry)
        if code == "denied":
            assert re.search("denied|not so|not to happen", said)
        else:
            assert word[code] in said


def test_a_question_has_a_column_for_each_stance_and_folds_what_a_voice_repeats(
    pages: dict[str, Page],
) -> None:
    page = pages["questions/q00000000000a.html"]
    columns = [
        held["class"] for tag, held in page.elements if tag == "section" and "column" in held.get("class", "")
    ]
    assert columns == ["column affirms", "column partly", "column denies", "column unclear"]
    text = re.sub(r"\s+", " ", page.text)
    assert "Denies 3 voices" in text and "2 more statements" in text and "1 more statement " in text
    assert "Haro Denk via Nadia Orsel › Valley Courier" in text and "undated" in text


def test_counts_are_singular_where_there_is_one(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert not re.search(
            r"\b1 (claims|voices|documents|figures|questions|doubts|things|statements)\b", page.text
        ), path


def test_right_to_left_text_is_marked_so(site: dict[str, bytes], dispute: SiteTables) -> None:
    arabic = dispute.documents.filter(pl.col("direction") == "rtl")["id"].item()
    assert re.search(r'<article [^>]*dir="rtl" lang="ar"', site[f"documents/{arabic}.html"].decode("utf-8"))
    assert '<blockquote dir="rtl">' in site["claims/index.html"].decode("utf-8")


def test_landmarks_labels_and_one_first_heading_on_every_page(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        tags = [tag for tag, _ in page.elements]
        assert tags.count("h1") == tags.count("main") == 1, path
        assert len(page.ids) == len(set(page.ids)), path
        assert all("aria-label" in held for tag, held in page.elements if tag == "nav"), path
        named = {held["for"] for tag, held in page.elements if tag == "label"}
        assert {held["id"] for tag, held in page.elements if tag in ("input", "select")} <= named, path
        pointed = {held["aria-labelledby"] for _, held in page.elements if "aria-labelledby" in held}
        assert pointed <= set(page.ids), path
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert all(b - a <= 1 for a, b in pairwise(levels)), (path, levels)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_have_a_contrast_of_at_least_four_and_a_half(site: dict[str, bytes], mode: str) -> None:
    css = site["assets/site.css"].decode("utf-8")
    roots = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    held = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", roots[0 if mode == "light" else 1]))
    for ink in ("ink", "soft", "link", "affirmed", "denied", "partial", "open"):
        for ground in ("paper", "card"):
            assert contrast(held[ink], held[ground]) >= 4.5, (mode, ink, ground)
    for ground in ("said", "said2", "said3", "lit"):
        assert contrast(held["ink"], held[ground]) >= 4.5, (mode, ground)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours by WCAG 2.2."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_an_empty_case_has_all_its_pages(about: About) -> None:
    empty = SiteTables(**{f.name: tables.empty(getattr(tables, f.name.upper())) for f in fields(SiteTables)})
    site = dict(render_site(empty, about))
    assert "0 claims" in re.sub(r"\s+", " ", Page(site["claims/index.html"]).text)
    assert "data/claims-1.js" not in site


def test_no_file_is_over_a_megabyte_and_links_land_in_a_large_case(
    large: Callable[..., SiteTables], many_originals: About
) -> None:
    check_large(large(120, 20, stances=900), many_originals)


def test_a_long_document_is_split_and_links_find_the_right_part(
    large: Callable[..., SiteTables], about: About
) -> None:
    site = check_large(large(1, 3000, stances=1), about)
    parts = sorted(path for path in site if path.startswith("documents/d"))
    assert len(parts) > 2


@pytest.mark.slow
def test_no_file_is_over_a_megabyte_with_two_thousand_documents_and_forty_thousand_claims(
    large: Callable[..., SiteTables], many_originals: About
) -> None:
    check_large(large(2000, 20, stances=4000), many_originals)


def check_large(case: SiteTables, about: About) -> set[str]:
    """Render, check sizes and links without holding the pages; the paths."""
    anchors: set[tuple[str, str]] = set()
    wanted: set[tuple[str, str]] = set()
    paths: set[str] = set()
    for path, content in render_site(case, about):
        assert len(content) <= MEGABYTE or path.endswith(TAKEN_AWAY), (path, len(content))
        paths.add(path)
        text = content.decode("utf-8")
        if path.startswith("documents/d"):
            anchors |= {(path, anchor) for anchor in re.findall(r' id="(c\d+)"', text)}
        if path.startswith(
            ("claims/", "figures/", "questions/", "voices/", "places/", "actors/", "timeline/")
        ):
            wanted |= set(re.findall(r'href="\.\./(documents/[^"#]+)#([^"]+)"', text))
        if path.startswith("data/"):
            wanted |= set(re.findall(r'\["(documents/[^"#]+)#([^"]+)"', text))
    assert len(anchors) == case.claims.height
    assert wanted == anchors
    return paths


def test_an_escaped_page_of_the_worst_names_is_still_under_a_megabyte(
    large: Callable[..., SiteTables], about: About
) -> None:
    case = large(1, 400, stances=400)
    worst = pl.lit('"' * 5000)
    claims = case.claims.with_columns(
        voices=pl.concat_list([worst] * 8), explain=worst, reading=worst, type=worst, quote=worst
    )
    figures = case.figures.with_columns(
        voice=worst, quote=worst, text=worst, unit=worst, base=worst, place=worst
    )
    check_worst = replace(
        case,
        claims=claims,
        figures=figures,
        doubts=case.doubts.with_columns(sentence=worst, advice=worst, name=worst),
        voices=case.voices.with_columns(via=pl.concat_list([worst] * 8)),
        documents=case.documents.with_columns(title=worst, author=worst),
    )
    for path, content in render_site(check_worst, about):
        assert len(content) <= MEGABYTE, (path, len(content))


def test_an_id_that_could_leave_the_folder_is_refused(dispute: SiteTables, about: About) -> None:
    bad = replace(dispute, questions=dispute.questions.with_columns(id=pl.lit("../../x")))
    with pytest.raises(TableShapeError, match="cannot be an id"):
        list(render_site(bad, about))


def test_a_claim_without_its_document_is_refused(dispute: SiteTables, about: About) -> None:
    bad = replace(dispute, documents=dispute.documents.head(2))
    with pytest.raises(TableShapeError, match="not there"):
        list(render_site(bad, about))


def test_random_claims_on_a_random_text_all_get_an_anchor(dispute: SiteTables, about: About) -> None:
    chance = random.Random(5)
    document = dispute.documents.row(0, named=True)
    text = document["text"]
    claims = []
    for n in range(60):
        start, end = sorted(chance.sample(range(len(text) + 1), 2))
        row = dispute.claims.row(0, named=True) | {
            "id": f"c{n}",
            "document": document["id"],
            "start": start,
            "end": end,
            "quote": text[start:end],
            "trigger": None,
            "quantity": None,
        }
        claims.append(row)
    empty = {f.name: tables.empty(getattr(tables, f.name.upper())) for f in fields(SiteTables)}
    case = SiteTables(
        **empty | {"documents": dispute.documents.head(1), "claims": tables.table(claims, tables.CLAIMS)}
    )
    page = Page(dict(render_site(case, about))[f"documents/{document['id']}.html"])
    assert {f"c{n}" for n in range(60)} <= set(page.ids)
