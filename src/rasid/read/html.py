"""A web page -> kept text: the article without menus, scripts and hidden words, its structure kept as blocks.

trafilatura finds the article and most metadata. Around it stands what it does not do: hidden elements are taken out
first, captions are carried past it, and dates are read here, because its date finder invents days ("2024-03"
became the day of today's date in March).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from rasid.model.values import PassageKind
from rasid.read.build import TextBuilder
from rasid.read.encoding import decode
from rasid.read.facts import clean_author, clean_title, facts_of_head, merge, read_date
from rasid.read.plain import lost_characters
from rasid.read.reading import BROKEN_FILE, Facts, Kept, Opened, Trouble, broken, refuse

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BROKEN_PAGE = (etree.LxmlError, *BROKEN_FILE)
_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_XML_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\ue0c7]")
_NUMBERED = re.compile(r"&#(?:([xX])([0-9a-fA-F]+)|([0-9]+));?")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|\Z)|opacity\s*:\s*0\s*(?:;|!|\Z)",
    re.I,
)
_COLOUR = re.compile(r"(?:\A|;)\s*color\s*:\s*([^;!]+)", re.I)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]+)", re.I)
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)"}
_NEVER_TEXT = ("script", "style", "noscript", "template", "svg", "object", "iframe", "canvas")
_FURNITURE = {"nav", "footer", "form", "dialog", "button", "menu", "select", "aside", "header"}
_CAPTION_MARK = "\ue0c7"  # private use: carries a caption past trafilatura, which knows none
_MIN_HIDDEN_WORDS = 20  # fewer are labels for screen readers and closed menus
_MIN_ARTICLE_SHARE = (
    0.25  # of the visible words outside page furniture; less means that the article was missed
)
_BLOCK_TAGS = {
    "p", "div", "article", "section", "main", "body", "blockquote", "pre", "address", "dd", "dt", "dl", "ul", "ol",
    "td", "th", "center", "figure", "details", "summary", "fieldset", "table", "tbody", "thead", "html", "hr",
}  # fmt: skip
_DATE_METAS = (
    "article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.created",
    "dcterms.date", "citation_publication_date", "citation_date", "pubdate", "publishdate", "publish_date",
    "publication_date", "og:published_time", "og:article:published_time", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip


def read_html(content: bytes, *, declared: str | None = None) -> Opened:
    """The article of a page. declared: the character set that a mail header gives."""
    charset = _CHARSET.search(content[:4_096])
    decoded = decode(content, declared=charset[1].decode("ascii") if charset else declared)
    source = _clean_source(decoded.text)
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        tree = html.document_fromstring(source, parser=parser)
        opened = _read_tree(tree)
    except (etree.LxmlError, RecursionError, ValueError) as error:
        return broken("web page", error)
    return replace(opened, troubles=lost_characters(decoded) + opened.troubles)


def _clean_source(text: str) -> str:
    """The page without what no XML tree can hold: control characters, also those written as numbers."""

    def number(found: re.Match[str]) -> str:
        digits = found[2] or found[3]
        code = int(digits, 16 if found[1] else 10) if len(digits) <= 12 else 0
        fits = (
            code in (9, 10, 13)
            or 0x20 <= code <= 0xD7FF
            or 0xE000 <= code <= 0xFFFD
            or 0xFFFF < code < 0x110000
        )
        return found[0] if fits and chr(code) != _CAPTION_MARK else " "

    return _NUMBERED.sub(number, _NOT_XML.sub("", _XML_HEAD.sub("", text)))


def _read_tree(tree: HtmlElement) -> Opened:
    """The article of a parsed page."""
    hidden = _drop_hidden(tree)
    facts = _facts(tree)
    _carry_captions(tree)
    builder = _article(tree)
    text = builder.text()
    troubles = _hidden_words(hidden)
    if not text.strip():
        empty = refuse(
            "no text",
            "This page holds no readable text; it may need a browser to fill it, or it holds only pictures.",
            "Save the page from a browser as complete HTML or as PDF, and add that.",
        )
        return Opened(troubles=troubles + empty.troubles)
    first = builder.blocks[0]
    title = text[first.start : first.end] if first.kind is PassageKind.HEADING else None
    found = merge(facts, merge(facts_of_head(text), Facts(title=clean_title(title))))
    return Opened(Kept(text, "text/html", tuple(builder.blocks), found), troubles=troubles)


def _drop_hidden(tree: HtmlElement) -> int:
    """Take out what no reader sees; the number of words hidden outside menus and other furniture."""
    words = 0
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag == "body":
            continue
        if element.tag in _NEVER_TEXT:
            if element.tag != "script" or "ld+json" not in (element.get("type") or ""):
                element.drop_tree()
        elif _is_hidden(element):
            if not _in_furniture(element):
                words += len(element.text_content()[:100_000].split())
            element.drop_tree()
    return words


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag == "head" or element.tag in ("meta", "link", "title"):
        return False
    if "hidden" in element.attrib or (element.get("aria-hidden") or "").strip().casefold() == "true":
        return True
    if element.tag == "input":
        return True
    style = element.get("style")
    if not style:
        return False
    if _HIDING.search(style):
        return True
    colour, ground = _COLOUR.search(style), _BACKGROUND.search(style)
    if colour is None:
        return False
    ink = colour[1].replace(" ", "").casefold()
    if ground is not None:
        return ink == ground[1].replace(" ", "").casefold()
    return ink in _WHITE and element.tag in {"span", "p", "font", "div"} and not _has_ground(element)


def _has_ground(element: HtmlElement) -> bool:
    """Does the element or one around it name a class or a background, so that white letters may be seen?"""
    return any(
        e.get("class") or e.get("id") or e.get("bgcolor") or "background" in (e.get("style") or "")
        for e in (element, *element.iterancestors())
    )


def _in_furniture(element: HtmlElement) -> bool:
    return element.tag in _FURNITURE or any(e.tag in _FURNITURE for e in element.iterancestors())


def _hidden_words(words: int) -> tuple[Trouble, ...]:
    if words < _MIN_HIDDEN_WORDS:
        return ()
    return (
        Trouble(
            "hidden text",
            f"This page holds {words} words that a reader of it does not see; they were left out.",
            "Look at the page in a browser if you expected them. They may be an aid for machines, or a trick.",
        ),
    )


def _carry_captions(tree: HtmlElement) -> None:
    """Turn each caption into a marked paragraph behind its figure, which the article finder keeps."""
    for caption in list(tree.iter("figcaption", "caption")):
        words = " ".join(caption.text_content().split())
        figure = next((e for e in caption.iterancestors("figure", "table")), caption)
        if words and figure.getparent() is not None and not _in_furniture(caption):
            paragraph = html.Element("p")
            paragraph.text = _CAPTION_MARK + words
            paragraph.tail, figure.tail = figure.tail, None
            figure.addnext(paragraph)
        if caption.getparent() is not None:
            caption.drop_tree()


def _article(tree: HtmlElement) -> TextBuilder:
    """The blocks of the article: as trafilatura finds it, or all of the page where it finds hardly anything."""
    everything = TextBuilder()
    _walk_page(tree, everything)
    found = TextBuilder()
    body = _trafilatura_body(tree)
    if body is not None:
        for words, kind in _body_blocks(body):
            _add(found, words, kind)
    if len(found.text()) < _MIN_ARTICLE_SHARE * len(everything.text()) or not found.blocks:
        return everything
    return found


def _trafilatura_body(tree: HtmlElement) -> Any:
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "20")  # with its 250 a short page loses its structure
    config.set("DEFAULT", "MAX_FILE_SIZE", "1000000000")  # ours is in Limits
    try:
        document = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, with_metadata=False, favor_recall=True, config=config
        )
    except _BROKEN_PAGE:
        return None
    return getattr(document, "body", None)


def _body_blocks(body: Any) -> Iterator[tuple[str, PassageKind]]:
    """The blocks of trafilatura's tree: head, p, list > item, quote, table > row > cell, lb."""
    kinds = {"head": PassageKind.HEADING, "item": PassageKind.BULLET}
    for element in body.iter("head", "p", "item", "row", "quote", "code", "ab"):
        if element.tag == "row":
            cells = (" ".join(_inner_text(cell, ()).split()) for cell in element.iter("cell"))
            yield "\t".join(cell for cell in cells if cell), PassageKind.ROW
        elif not any(e.tag == "row" for e in element.iterancestors()):
            kind = kinds.get(element.tag, PassageKind.SENTENCE)
            if kind is PassageKind.SENTENCE and any(e.tag == "item" for e in element.iterancestors("item")):
                kind = PassageKind.BULLET
            for words in _inner_text(
                element, ("head", "p", "item", "row", "quote", "list", "table", "code", "ab")
            ).split("\0"):
                yield words, kind
    if not len(body) and body.text:
        yield body.text, PassageKind.SENTENCE


def _inner_text(element: Any, stop_at: tuple[str, ...]) -> str:
    """The words of an element; those of blocks inside it are left to them and stand as NUL."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in stop_at:
            parts.append("\0")
        elif child.tag == "lb":
            parts.append("\n")
        elif isinstance(child.tag, str):
            parts.append(_inner_text(child, stop_at))
        parts.append(child.tail or "")
    return "".join(parts)


def _walk_page(tree: HtmlElement, builder: TextBuilder) -> None:
    """All visible words of a page but for its furniture, block by block, without recursion."""
    inline: list[str] = []

    def flush(kind: PassageKind) -> None:
        _add(builder, "".join(inline), kind)
        inline.clear()

    stack: list[tuple[Any, bool, PassageKind]] = [(tree, False, PassageKind.SENTENCE)]
    while stack:
        element, closing, outer = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        kind = _kind_of_tag(tag, outer)
        if closing:
            if tag == "tr" or _is_block(tag):
                flush(kind)
            elif tag in ("td", "th"):
                inline.append("\t")
            inline.append(element.tail or "")
            continue
        if tag == "br":
            inline.append("\n")
        if not tag or tag in _FURNITURE or tag in ("head", "script", "title"):
            inline.append(element.tail or "")
            continue
        if _is_block(tag):
            flush(outer)
        inline.append(element.text or "")
        stack.append((element, True, outer))
        stack.extend((child, False, kind) for child in reversed(element))
    flush(PassageKind.SENTENCE)


def _kind_of_tag(tag: str, outer: PassageKind) -> PassageKind:
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return PassageKind.HEADING
    if tag == "li":
        return PassageKind.BULLET
    if tag == "tr":
        return PassageKind.ROW
    return outer


def _is_block(tag: str) -> bool:
    return tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "tr") or tag in _BLOCK_TAGS - {"td", "th"}


def _add(builder: TextBuilder, words: str, kind: PassageKind) -> None:
    if _CAPTION_MARK in words:
        words, kind = words.replace(_CAPTION_MARK, ""), PassageKind.CAPTION
    if kind is PassageKind.ROW:
        words = " | ".join(cell for part in words.split("\t") if (cell := " ".join(part.split())))
    elif kind is PassageKind.HEADING:
        words = " ".join(words.split())
    builder.add(words, kind)


def _facts(tree: HtmlElement) -> Facts:
    """Title, author, publisher and address by trafilatura; the date by what the page declares, and only that."""
    from trafilatura.metadata import extract_metadata

    linked = list(_linked_data(tree))
    try:
        said = extract_metadata(deepcopy(tree), None, {"original_date": True, "max_date": "2200-12-31"}, True)
    except _BROKEN_PAGE:
        said = None
    for script in list(tree.iter("script")):
        script.drop_tree()
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    dated = _declared_date(tree, linked)
    if said is None:
        return Facts(date=dated, language=language)
    publisher = said.sitename if said.sitename and "." not in said.sitename.strip(".") else None
    return Facts(
        title=clean_title(said.title),
        author=clean_author(said.author),
        publisher=clean_author(publisher or said.sitename),
        date=dated,
        address=said.url if said.url and said.url.startswith(("http://", "https://")) else None,
        language=language,
    )


def _declared_date(tree: HtmlElement, linked: list[dict[str, Any]]) -> str | None:
    """The day, month or year of publication as meta tags, linked data or a <time> give it."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold()
        metas.setdefault(name, meta.get("content") or "")
    said = [metas.get(name) for name in _DATE_METAS]
    said += [str(thing.get("datePublished") or "") for thing in linked]
    times = [time for time in tree.iter("time") if time.get("datetime") and not _in_aside(time)]
    times.sort(
        key=lambda time: (
            not ("pubdate" in time.attrib or "publish" in (time.get("itemprop") or "").casefold())
        )
    )
    said += [time.get("datetime") for time in times[:1]]
    return next((day for words in said if (day := read_date(words))), None)


def _in_aside(element: HtmlElement) -> bool:
    return any(e.tag in ("nav", "footer", "aside", "form") for e in element.iterancestors())


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The things that a page's JSON-LD describes, those in a graph, too."""
    for script in tree.iter("script"):
        try:
            held = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        things = held if isinstance(held, list) else [held]
        for thing in things:
            if isinstance(thing, dict):
                graph = thing.get("@graph")
                yield from (
                    t for t in [thing, *(graph if isinstance(graph, list) else [])] if isinstance(t, dict)
                )
