"""Written names -> the names to show: actors, places and voices, by the name lists and what the document says.

In:  claims as `extract` leaves them (names null, or the name a pronoun stands for).
Out: the same claims with names filled. A name that no list knows stays as written, without its article. Beside them
     why each name was linked or left open (tables.ACTORS), and a doubt for each that a person can settle.

Column by column, each different mention of a document once: rows as Python dicts would take ten times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import polars as pl

from rasid.knowledge.actors import KnownName, Names, fold_name, name_key
from rasid.knowledge.registry import load_registry, own_text
from rasid.model.settled import Settled
from rasid.model.tables import ACTORS, CLAIMS, PLACE, QUESTIONS, Row, as_rows, check, table
from rasid.resolve.actor_doubts import Seen, open_doubts
from rasid.resolve.actors import Link, is_pronoun, link_actor
from rasid.resolve.linker import Context, Linker, make_linker, read_context, show_name
from rasid.resolve.settled import index_settled

__all__ = ["Named", "known_name", "name_actors", "resolve_names", "resolve_questions", "show_name"]

_NOTHING = Context()  # of a document that says nothing
_Key = tuple[str, str, str, str | None]  # document, words, role, event type


@dataclass(frozen=True, slots=True)
class Named:
    """claims: tables.CLAIMS, same rows, same order; actors: tables.ACTORS; doubts: tables.DOUBTS, sorted by id."""

    claims: pl.DataFrame
    actors: pl.DataFrame
    doubts: pl.DataFrame


def resolve_names(
    claims: pl.DataFrame, documents: pl.DataFrame | None = None, *, actors_file: Path | None = None
) -> pl.DataFrame:
    """The claims of `name_actors` alone, without decisions."""
    return name_actors(claims, documents, actors_file=actors_file).claims


def name_actors(
    claims: pl.DataFrame,
    documents: pl.DataFrame | None = None,
    *,
    actors_file: Path | None = None,
    settled: Collection[Settled] = (),
) -> Named:
    """Fill `name` of actors, targets, instruments, persons, places and voices.

    claims:      tables.CLAIMS
    documents:   tables.DOCUMENTS; without them a document is known by the quotes of its claims alone
    actors_file: more actors, of the case (knowledge/registry.py)
    settled:     what people decided: `means` is the name of an actor
    raises:      BadSettings if the file cannot be read
    """
    check(claims, CLAIMS, where="name_actors")
    linker = load_linker(actors_file, tuple(settled))
    settling = _Settling(linker, _contexts(claims, documents, linker), _usual_spellings(claims, linker))
    held = claims
    for role in ("actor", "target", "instrument"):
        held = held.with_columns(_settled_role(claims, role, settling))
    held = held.with_columns(_not_themselves(held))
    held = held.with_columns(_settled_list(claims, "persons", settling.person))
    held = held.with_columns(_settled_list(claims, "attribution", settling.voice))
    held = held.with_columns(_settled_voices(claims, settling), _resolved_places(claims, linker.places))
    seen = [Seen(*key, link) for key, link in settling.seen.items()]
    actors = table((row for s in seen if (row := s.row()) is not None), ACTORS)
    order = ["document", "text", "name", "reason"]
    unique = actors.unique(order, keep="first", maintain_order=True).sort(order)
    return Named(held.select(list(CLAIMS)), unique, open_doubts(seen, linker.settled))


def resolve_questions(
    questions: pl.DataFrame,
    *,
    actors_file: Path | None = None,
    settled: Collection[Settled] = (),
    place_names: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """The names in the questions as the claims have them. A question has no document: "the regime" stays open.

    questions:   tables.QUESTIONS, names as written
    settled:     what people decided about actors
    place_names: what they decided about places: key of the name -> name to show (places.settled_names)
    returns:     tables.QUESTIONS, same rows, same order
    """
    linker = load_linker(actors_file, tuple(settled))
    rows = as_rows(check(questions, QUESTIONS, where="resolve_questions"))
    for row in rows:
        for role in ("actor", "target", "place"):
            if row[role] is not None:
                row[role] = _asked_name(str(row[role]), role, row, linker, place_names or {})
    return table(rows, QUESTIONS)


def known_name(written: str, actors: Names, places: Names) -> KnownName | None:
    """The entry of the lists for a name as written, with or without article and possessive."""
    bare = show_name(written)
    return actors.find(bare) or places.find(bare)


def load_linker(actors_file: Path | None = None, settled: tuple[Settled, ...] = ()) -> Linker:
    """The linker over the shipped registry, a case's own actors, and what people settled."""
    return _made_linker(actors_file, own_text(actors_file), settled)


@lru_cache(maxsize=4)
def _made_linker(actors_file: Path | None, _own: str, settled: tuple[Settled, ...]) -> Linker:
    return make_linker(load_registry(actors_file), index_settled(settled))


@dataclass(slots=True)
class _Settling:
    """Settles names, each different one of a document once."""

    linker: Linker
    contexts: Mapping[str, Context]
    spellings: Mapping[str, str]
    links: dict[_Key, Link] = field(default_factory=dict)
    seen: dict[tuple[str, str, str], Link] = field(default_factory=dict)  # document, words, name shown

    def link(self, key: _Key) -> Link:
        found = self.links.get(key)
        if found is None:
            document, words, role, event = key
            context = self.context(document)
            found = link_actor(words, linker=self.linker, context=context, role=role, event=event)
            self.links[key] = found
        return found

    def context(self, document: str) -> Context:
        return self.contexts.get(document, _NOTHING)

    def party(self, document: str, words: str, role: str, event: str | None) -> str:
        """Name of an actor or target: of an actor, else of a place ("captured Mosul"), else as written."""
        found = self.link((document, words, role, event))
        if found.kind is not None or found.candidates:
            return self._noted(document, words, found.name, found)
        place = self.linker.places.find(found.name)
        name = place.name if place else self.spellings.get(fold_name(found.name), found.name)
        return self._noted(document, words, name, found)

    def voice(self, document: str, words: str, first: bool) -> str:
        found = self.link((document, words, "author" if first else "voice", None))
        name = found.name if found.kind else self.spellings.get(fold_name(found.name), found.name)
        return self._noted(document, words, name, found)

    def person(self, document: str, words: str, first: bool) -> str:
        found = self.link((document, words, "person", None))
        return self._noted(document, words, found.name, found)

    def _noted(self, document: str, words: str, name: str, link: Link) -> str:
        self.seen.setdefault((document, words, name), link)
        return name


# --- columns ---------------------------------------------------------------------------------------------------


def _settled_role(claims: pl.DataFrame, role: str, settling: _Settling) -> pl.Series:
    """The column of an actor, target or instrument with its names. Pronouns that stand for nobody stay without."""
    column = claims[role]
    said = column.struct.field("name").to_list()
    text = column.struct.field("text").to_list()
    names: list[str | None] = []
    for document, event, name, written in zip(claims["document"], claims["type"], said, text, strict=True):
        words = name or written
        if words is None or (name is None and is_pronoun(words, shouted=settling.context(document).shouted)):
            names.append(None)
        elif role == "instrument":
            names.append(show_name(words))  # a weapon is no party
        else:
            names.append(settling.party(document, words, role, event))
    return _with_names(column, names)


def _not_themselves(claims: pl.DataFrame) -> pl.Series:
    """The targets; a pronoun that would make an actor fight itself ("the Front fights them") is open again."""
    column = claims["target"]
    words = column.struct.field("text").to_list()
    named = column.struct.field("name").to_list()
    actors = claims["actor"].struct.field("name").to_list()
    wrong = (
        w is not None and n == a and is_pronoun(w) and "sel" not in w
        for w, n, a in zip(words, named, actors, strict=True)
    )
    return _with_names(column, [None if bad else name for bad, name in zip(wrong, named, strict=True)])


def _settled_list(claims: pl.DataFrame, name: str, settle: Callable[[str, str, bool], str]) -> pl.Series:
    """A column of lists of mentions, each with its name settled."""
    column = claims[name]
    inner = column.explode(empty_as_null=False, keep_nulls=False)
    documents, firsts = _owners(claims["document"].to_list(), column.list.len().to_list())
    said = inner.struct.field("name").to_list()
    text = inner.struct.field("text").to_list()
    names = [
        settle(document, str(word or written), first)
        for document, first, word, written in zip(documents, firsts, said, text, strict=True)
    ]
    return _imploded(_with_names(inner, names), column)


def _settled_voices(claims: pl.DataFrame, settling: _Settling) -> pl.Series:
    column = claims["voices"]
    inner = column.explode(empty_as_null=False, keep_nulls=False).to_list()
    documents, firsts = _owners(claims["document"].to_list(), column.list.len().to_list())
    names = [settling.voice(d, v, first) for d, v, first in zip(documents, inner, firsts, strict=True)]
    return _imploded(pl.Series(column.name, names, dtype=pl.String()), column)


def _resolved_places(claims: pl.DataFrame, places: Names) -> pl.Series:
    """The column of places, those that the list knows with name, level and country."""
    column = claims["places"]
    inner = column.explode(empty_as_null=False, keep_nulls=False)
    rows = inner.to_list()
    return _imploded(pl.Series("places", [_resolved_place(row, places) for row in rows], dtype=PLACE), column)


def _resolved_place(place: Row, places: Names) -> Row:
    known = places.find(show_name(str(place["text"])))
    if known is None:
        return place
    return {**place, "name": known.name, "level": known.level, "country": known.country}


def _with_names(column: pl.Series, names: Sequence[str | None]) -> pl.Series:
    """The struct column with another field `name`; null structs stay null."""
    given = pl.DataFrame({"held": column, "name": pl.Series(names, dtype=pl.String())})
    filled = pl.when(pl.col("held").is_not_null()).then(pl.col("held").struct.with_fields(pl.col("name")))
    return given.select(filled.alias(column.name)).to_series().cast(column.dtype)


def _owners(documents: Iterable[str], lengths: Iterable[int | None]) -> tuple[list[str], list[bool]]:
    """For lists laid end to end: the document of each item, and whether it is the first of its list."""
    owners: list[str] = []
    firsts: list[bool] = []
    for document, length in zip(documents, lengths, strict=True):
        owners += [document] * (length or 0)
        firsts += [True, *[False] * (length - 1)] if length else []
    return owners, firsts


def _imploded(inner: pl.Series, like: pl.Series) -> pl.Series:
    """Items laid end to end -> lists of the lengths of `like`; empty and null lists stay."""
    lengths = like.list.len().fill_null(0)
    rows = pl.DataFrame({"row": pl.int_range(like.len(), eager=True), "length": lengths})
    owners = (
        rows.select(pl.col("row").repeat_by("length"))
        .to_series()
        .explode(empty_as_null=False, keep_nulls=False)
    )
    lists = pl.DataFrame({"row": owners, "item": inner}).group_by("row", maintain_order=True).agg("item")
    empty = pl.lit([], dtype=like.dtype)
    filled = pl.when(pl.col("like").is_null()).then(None).otherwise(pl.coalesce("item", empty))
    joined = pl.DataFrame({"row": rows["row"], "like": like}).join(
        lists, on="row", how="left", maintain_order="left"
    )
    return joined.select(filled.alias(like.name)).to_series().cast(like.dtype)


# --- what the documents say --------------------------------------------------------------------------------------


def _contexts(claims: pl.DataFrame, documents: pl.DataFrame | None, linker: Linker) -> dict[str, Context]:
    """Document -> what it says, from its text or else from its quotes."""
    quotes = claims.group_by("document", maintain_order=True).agg(
        pl.col("quote").unique(maintain_order=True),
        pl.col("voices").list.explode().unique(maintain_order=True),
    )
    texts = dict(documents.select("id", "text").iter_rows()) if documents is not None else {}
    dates = dict(documents.select("id", "date").iter_rows()) if documents is not None else {}
    owns = dict(
        claims.select("document", pl.col("voices").list.first())
        .unique("document", keep="first", maintain_order=True)
        .iter_rows()
    )
    return {
        document: read_context(
            texts.get(document) or "\n".join(said),
            linker=linker,
            people=[voice for voice in voices if voice],
            own_voice=owns.get(document),
            date=dates.get(document),
            document=document,
        )
        for document, said, voices in quotes.iter_rows()
    }


def _usual_spellings(claims: pl.DataFrame, linker: Linker) -> dict[str, str]:
    """For voices no list knows: the spelling that stands most often (then first in the alphabet)."""
    counts: dict[str, dict[str, int]] = {}
    voices = claims["voices"].list.explode().drop_nulls().value_counts()
    for voice, times in voices.iter_rows():
        shown = show_name(voice)
        if linker.places.find(shown) is None:
            per = counts.setdefault(fold_name(shown), {})
            per[shown] = per.get(shown, 0) + times
    return {folded: min(per, key=lambda s: (-per[s], s)) for folded, per in counts.items()}


def _asked_name(written: str, role: str, row: Row, linker: Linker, place_names: Mapping[str, str]) -> str:
    known = linker.places.find(show_name(written))
    place = place_names.get(name_key(show_name(written))) or (known.name if known else None)
    if role == "place":
        return place or show_name(written)
    event = str(row["type"]) if row["type"] is not None else None
    found = link_actor(written, linker=linker, context=Context(), role=role, event=event)
    return found.name if found.kind or place is None else place
