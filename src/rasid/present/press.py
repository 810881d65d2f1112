"""The printing press: templates in, bytes of a page out. Everything is escaped unless `words.shown` made it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rasid.present import words
from rasid.present.record import About

# `file:` stands beside 'self' because Firefox gives a page opened from a disk no origin of its own, so that
# 'self' matches nothing there. Served over http, `file:` can never be loaded and allows nothing.
_POLICY = "default-src 'none'; style-src 'self' file:; script-src {}; base-uri 'none'; form-action 'none'"
#: The navigation: groups, and in each its pages. A link to a group opens its first page.
_GROUPS = (
    ("Overview", (("Overview", "index.html"),)),
    ("Questions", (("Questions", "questions/index.html"), ("Contradictions", "contradictions/index.html"))),
    (
        "What happened",
        (
            ("Incidents", "incidents/index.html"),
            ("Claims", "claims/index.html"),
            ("Map", "map/index.html"),
            ("Timeline", "timeline/index.html"),
        ),
    ),
    (
        "Numbers",
        (
            ("Figures", "figures/index.html"),
            ("Checks", "checks/index.html"),
            ("Activity", "activity/index.html"),
            ("Charts", "charts/index.html"),
            ("Event data", "data/index.html"),
        ),
    ),
    (
        "Who and where",
        (
            ("Voices", "voices/index.html"),
            ("Sources", "sources/index.html"),
            ("Actors", "actors/index.html"),
            ("Places", "places/index.html"),
        ),
    ),
    (
        "Listed people",
        (
            ("Lists and overlap", "lists/index.html"),
            ("People", "people/index.html"),
            ("Estimate", "estimate/index.html"),
        ),
    ),
    (
        "Behind it",
        (
            ("Documents", "documents/index.html"),
            ("Doubts", "doubts/index.html"),
            ("About this record", "about.html"),
        ),
    ),
)

Links = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Press:
    """Renders pages of one case. absent: entries of the navigation that this case has no page for."""

    templates: Environment
    about: About
    absent: frozenset[str] = frozenset()

    def page(
        self, path: str, template: str, *, title: str, section: str, **values: object
    ) -> tuple[str, bytes]:
        """One page as (path, bytes).

        path:    relative to the site; links are made from its depth
        section: the entry of the main navigation that the page belongs to
        """
        groups = self.groups()
        html = self.templates.get_template(template).render(
            title=title,
            section=section,
            nav=groups,
            within=next((links for _, links in groups if section in dict(links)), ()),
            root="../" * path.count("/"),
            path=path,
            policy=_POLICY.format("'self' file:" if values.get("script") else "'none'"),
            about=self.about,
            **values,
        )
        return path, html.encode("utf-8")

    def groups(self) -> list[tuple[str, Links]]:
        """The groups of the navigation that have a page in this case, and their pages."""
        shown = (
            (name, tuple(link for link in links if link[0] not in self.absent)) for name, links in _GROUPS
        )
        return [(name, links) for name, links in shown if links]

    def macro(self, template: str, name: str) -> Callable[..., Markup]:
        """A macro of a template, to render a part whose size matters before its page is made."""
        found: Callable[..., Markup] = getattr(self.templates.get_template(template).module, name)
        return found


def open_press(about: About, *, absent: frozenset[str] = frozenset()) -> Press:
    """A press with the templates of the package; `absent` as in Press."""
    templates = Environment(
        loader=PackageLoader("rasid.present"),
        autoescape=True,
        auto_reload=False,  # the templates of a package do not change while it prints
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        shown=words.shown,
        plain=words.plain,
        clip=words.clip,
        label=words.label,
        thousands=words.thousands,
        day=words.day_words,
        size=words.size_words,
    )
    templates.globals.update(count=words.count)
    return Press(templates, about, absent)


def assets() -> Iterator[tuple[str, bytes]]:
    """The style sheet and the scripts, as they are in the package."""
    for name in ("charts.css", "claims.js", "map-draw.js", "map.js", "site.css"):
        yield f"assets/{name}", files("rasid.present").joinpath("static", name).read_bytes()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list that is split over pages.

    number, of: this page and how many there are, counted from 1
    links:      (page, file name beside this one) of the pages to offer; a gap in the numbers is a gap in the list
    """

    number: int
    of: int
    links: tuple[tuple[int, str], ...]

    @property
    def before(self) -> str | None:
        """File name of the page before, or None on the first."""
        return dict(self.links).get(self.number - 1)

    @property
    def after(self) -> str | None:
        """File name of the page after, or None on the last."""
        return dict(self.links).get(self.number + 1)


def sheet(number: int, of: int, *, stem: str, first: str) -> Sheet:
    """The navigator of page `number`; pages are `first`, then `stem`2.html, `stem`3.html …"""
    near = {1, of, *range(number - 2, number + 3)}
    names = ((n, first if n == 1 else f"{stem}{n}.html") for n in sorted(near) if 1 <= n <= of)
    return Sheet(number, of, tuple(names))


def sheets(folder: str, total: int, *, most: int) -> Iterator[tuple[str, Sheet, slice]]:
    """Split a list of `total` items over pages of `most`: (path, navigator, which items). At least one page."""
    of = max(1, -(-total // most))
    for number in range(1, of + 1):
        name = "index.html" if number == 1 else f"{number}.html"
        turn = sheet(number, of, stem="", first="index.html")
        yield f"{folder}/{name}", turn, slice((number - 1) * most, number * most)


def pack(parts: Sequence[Markup], *, most_bytes: int) -> list[list[Markup]]:
    """Fill pages with rendered parts, in order, up to `most_bytes` of UTF-8; a larger part has its own page."""
    pages: list[list[Markup]] = [[]]
    held = 0
    for part in parts:
        size = len(part.encode("utf-8"))
        if pages[-1] and held + size > most_bytes:
            pages.append([])
            held = 0
        pages[-1].append(part)
        held += size
    return pages
