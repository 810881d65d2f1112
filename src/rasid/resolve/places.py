"""Written places -> places of the gazetteer, with the reason, or left open with candidates.

In:  claims as `resolve_names` leaves them, the documents, and what people settled.
Out: the claims with name, level and country of their places; tables.PLACES; one doubt for each open name.

The rules, in order (docs/concepts/places.md):
1. What a person settled for the case counts.
2. A well-known name (knowledge/places.tsv) counts. A bare name of a governorate or district and of its town is read
   as the wider one, which is true of both; "city", "town", "province" and the like choose.
3. Another name counts if the gazetteer is sure (gazetteer.ACCEPT_SHARE) once it knows the country of the document's
   well-known places, the governorate the words name, and the places near by that the document names.
4. Anything else stays open. A wrong place is worse than an open one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import polars as pl

from rasid.knowledge.actors import fold_name, load_actors, load_places, name_key
from rasid.knowledge.gazetteer import Candidate, Gazetteer, load_gazetteer, place_strength
from rasid.model.ids import content_id
from rasid.model.settled import Settled
from rasid.model.tables import CLAIMS, DOCUMENTS, DOUBTS, PLACES, Row, as_rows, check, table
from rasid.resolve.places_find import LIKELY, Finder, Reading, Written
from rasid.resolve.places_words import PlaceWords, read_words
from rasid.resolve.settled import SettledNames, index_settled, without_effect

_AROUND = 70  # letters of text before and after a place that are read
_WHERE_PREC = {"country": 6, "region": 5, "governorate": 4, "district": 3, "subdistrict": 3}
_GEO_PRECISION = {"country": 3, "region": 3, "governorate": 3, "district": 2, "subdistrict": 2}
#: Events that take place where somebody comes to; in all others "from" is where it happens ("displaced from").
_INTO = frozenset({"arrival", "deployment"})
_DIRECTION = re.compile(r"\b(from|in|into|to|at|near|on|inside|across|around|towards?)\b", re.IGNORECASE)


def resolve_places(
    claims: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    settled: Iterable[Settled] = (),
    gazetteer: Gazetteer | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Find the place of every written place of the case.

    claims:    tables.CLAIMS
    documents: tables.DOCUMENTS
    settled:   what people decided: `means` is a place_id, or "" where the name is none of a place
    gazetteer: the volumes to search; the shipped ones by default
    returns:   the claims, same rows, same order; tables.PLACES; tables.DOUBTS, one per open name of the case and
               one per decision without effect
    """
    rows = as_rows(check(claims, CLAIMS, where="resolve_places"))
    texts = _texts(documents)
    decided = index_settled(settled)
    finder = Finder(gazetteer or load_gazetteer(), decided)
    held: dict[tuple[str, str], Reading] = {}
    words: dict[tuple[str, str], PlaceWords] = {}
    by_document: dict[str, list[Row]] = {}
    for row in rows:
        by_document.setdefault(str(row["document"]), []).append(row)
    for document, of_document in by_document.items():
        written = _written_places(document, texts.get(document, ""), of_document, decided)
        for item in written:
            words[item.document, item.text] = item.words
        named = [item for item in written if not _is_no_place(item, decided)]
        held |= {(document, text): reading for text, reading in finder.read_document(named).items()}
    places = table((_place_row(key, held[key], words[key]) for key in sorted(held)), PLACES)
    filled = [_with_places(row, texts.get(str(row["document"]), ""), held, words, decided) for row in rows]
    doubts = _open_doubts(held, words) + _unused(decided, words, finder.gazetteer)
    return table(filled, CLAIMS), places, table(sorted(doubts, key=lambda d: str(d["id"])), DOUBTS)


def settled_names(settled: Iterable[Settled], gazetteer: Gazetteer) -> dict[str, str]:
    """What people decided for the whole case: key of a name -> name of its place, as the claims have it."""
    held = {name_key(s.name): s.means for s in settled if not s.document and s.means}
    places = {key: gazetteer.by_id(int(means)) for key, means in held.items()}
    return {key: place.name for key, place in places.items() if place is not None}


# --- what is written ------------------------------------------------------------------------------------------


def _texts(documents: pl.DataFrame) -> dict[str, str]:
    held = check(documents, DOCUMENTS, where="resolve_places")
    return dict(zip(held["id"].to_list(), held["text"].to_list(), strict=True))


def _written_places(document: str, text: str, rows: list[Row], decided: SettledNames) -> list[Written]:
    """The names of one document, each once; occurrences that say less of where it is win (see docs)."""
    found: dict[str, PlaceWords] = {}
    for row in rows:
        for place in (*_list(row["places"]), *_role_places(row, text, decided)):
            written = str(place["text"])
            if not _is_name(written) and decided.find(written, document) is None:
                continue
            words = _words_at(place, text, decided.find(written, document) is not None)
            found[written] = _merge(found[written], words) if written in found else words
    return [Written(document, name, found[name]) for name in sorted(found)]


def _words_at(place: Row, text: str, settled: bool) -> PlaceWords:
    """The words of a place with the text around it; a name that is known or settled as it stands is left whole."""
    written = str(place["text"])
    start, end = place["start"], place["end"]
    before = after = ""
    if isinstance(start, int) and isinstance(end, int) and text[start:end] == written:
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    words = read_words(written, before, after)
    if words.core != written and (settled or load_places().find(written) is not None):
        return replace(read_words("X", before, after), core=written, side="")
    return words


def _merge(a: PlaceWords, b: PlaceWords) -> PlaceWords:
    """Two occurrences of one name: any word that adds evidence is kept, and the less precise relation."""
    return PlaceWords(
        a.core,
        a.relation or b.relation,
        a.unit or b.unit,
        a.inside if a.inside is not None and (a.sure or not b.inside) else b.inside,
        a.side or b.side,
        a.sure if a.inside is not None and (a.sure or not b.inside) else b.sure,
    )


def _role_places(row: Row, text: str, decided: SettledNames) -> list[Row]:
    """The target, when it is a place: settled, well-known, or one that lies in another by the words behind it."""
    target = row["target"]
    if not isinstance(target, dict) or not isinstance(target["text"], str):
        return []
    taken = {place["start"] for place in _list(row["places"])}
    name = str(target["text"])
    if target["start"] in taken:
        return []
    if decided.find(name, str(row["document"])) is not None:
        return [{**target, "level": None, "country": None}]
    if not _is_name(name) or load_actors().find(name) is not None:
        return []
    words = _words_at(target, text, False)
    known = load_places().find(words.core)
    if known is None:
        inside = load_places().find(words.inside) if words.inside is not None else None
        if inside is None or not words.sure or not place_strength(words.core):
            return []
    elif known.level in ("country", "region"):  # "sanctions against Syria" happens elsewhere
        return []
    return [{**target, "level": None, "country": None}]


def _is_origin(place: Row, text: str, row: Row) -> bool:
    """Does the last word of direction before it in the quote say that it is left: "from Turgat and also Ordun"?"""
    first, start = row["start"], place["start"]
    if not isinstance(first, int) or not isinstance(start, int):
        return False
    hits = _DIRECTION.findall(text[first:start])
    return bool(hits) and hits[-1].casefold() == "from"


def _is_no_place(item: Written, decided: SettledNames) -> bool:
    settled = decided.find(item.words.core, item.document)
    return settled is not None and not settled.means


def _is_name(written: str) -> bool:
    """Has it a word with a capital, or in a script without capitals? "the hospital" names no place."""
    return any(c.isupper() or (c.isalpha() and not c.isascii() and c.lower() == c.upper()) for c in written)


# --- what comes out -------------------------------------------------------------------------------------------


def _with_places(
    row: Row,
    text: str,
    held: Mapping[tuple[str, str], Reading],
    words: Mapping[tuple[str, str], PlaceWords],
    decided: SettledNames,
) -> Row:
    document = str(row["document"])
    places = []
    for place in (*_list(row["places"]), *_role_places(row, text, decided)):
        key = (document, str(place["text"]))
        if key in words and key not in held:
            continue  # a person said that it is none
        if row["type"] in _INTO and _is_origin(place, text, row):
            continue  # "troops from Turgat arrived in Ordun" happens in Ordun
        places.append(_filled(place, held.get(key), words.get(key)))
    row = {
        **row,
        "places": sorted(places, key=lambda p: (p["start"] is None, p["start"] or 0, str(p["text"]))),
    }
    target = row["target"]
    if isinstance(target, dict):
        for place in places:
            if (
                place["start"] == target["start"]
                and place["text"] == target["text"]
                and place["name"] is not None
            ):
                row["target"] = {**target, "name": place["name"]}
    return row


def _filled(place: Row, reading: Reading | None, words: PlaceWords | None) -> Row:
    """A PLACE of a claim with what was found; keys of MENTION that PLACE lacks are left behind."""
    base = {key: place.get(key) for key in ("text", "name", "level", "country", "start", "end")}
    if reading is None or words is None or reading.name is None:
        return {**base, "name": None, "level": None, "country": None}
    return {
        **base,
        "name": _shown(reading, words),
        "level": _level(reading, words),
        "country": reading.country,
    }


def _shown(reading: Reading, words: PlaceWords) -> str:
    """The name to show: of the place, with the words of direction where they are part of the written place."""
    name = reading.name or words.core
    return f"{words.side} {name}" if words.relation in ("part", "side of") and words.side else name


def _level(reading: Reading, words: PlaceWords) -> str | None:
    return "part" if words.relation else reading.level


def _precision(level: str | None, relation: str) -> tuple[int, int]:
    """where_prec of UCDP and geo_precision of ACLED (see tables.PLACES)."""
    if level is None:
        return 0, 0
    if relation:
        small = level in ("town", "neighbourhood") and relation != "between"
        return (
            (2, 2)
            if small
            else (6, 3)
            if level == "country" and relation == "near"
            else (5, 2 if small else 3)
        )
    return _WHERE_PREC.get(level, 1), _GEO_PRECISION.get(level, 1)


def _place_row(key: tuple[str, str], reading: Reading, words: PlaceWords) -> Row:
    where_prec, geo_precision = _precision(reading.level, words.relation)
    place = reading.place
    return {
        "document": key[0],
        "text": key[1],
        "place_id": place.place_id if place else None,
        "name": _shown(reading, words) if reading.name else None,
        "level": _level(reading, words) if reading.level else None,
        "country": reading.country,
        "adm1": place.adm1 if place and reading.level not in ("country", "region") else None,
        "adm2": place.adm2 if place and reading.level not in ("country", "region", "governorate") else None,
        "latitude": round(place.latitude, 5) if place else None,
        "longitude": round(place.longitude, 5) if place else None,
        "where_prec": where_prec or None,
        "geo_precision": geo_precision or None,
        "reason": reading.reason,
        "candidates": [_candidate_row(c) for c in reading.candidates],
    }


def _candidate_row(candidate: Candidate) -> Row:
    return {
        "place_id": candidate.place_id,
        "name": candidate.name,
        "level": candidate.level,
        "country": candidate.country,
        "adm1": candidate.adm1,
        "latitude": candidate.latitude,
        "longitude": candidate.longitude,
        "score": round(candidate.score, 4),
    }


def _open_doubts(
    held: Mapping[tuple[str, str], Reading], words: Mapping[tuple[str, str], PlaceWords]
) -> list[Row]:
    """One doubt for each name that is open in some document."""
    opened: dict[str, list[tuple[str, str]]] = {}
    for key in sorted(held):
        if held[key].place is None and held[key].name is None:
            opened.setdefault(fold_name(words[key].core), []).append(key)
    return [_doubt(folded, keys, held, words) for folded, keys in opened.items()]


def _unused(
    decided: SettledNames, words: Mapping[tuple[str, str], PlaceWords], gazetteer: Gazetteer
) -> list[Row]:
    """One doubt for each decision whose name stands nowhere now, or whose place the gazetteer lacks."""
    used = {id(decided.find(held.core, document)) for (document, _), held in words.items()}
    rows = []
    for settled in decided.held.values():
        if id(settled) not in used:
            rows.append(without_effect(settled, what="place", why="no place of a claim has this name now"))
        elif settled.means and gazetteer.by_id(int(settled.means)) is None:
            why = "the gazetteer has no such place now"
            rows.append(without_effect(settled, what="place", why=why))
    return rows


def _doubt(
    folded: str,
    keys: list[tuple[str, str]],
    held: Mapping[tuple[str, str], Reading],
    words: Mapping[tuple[str, str], PlaceWords],
) -> Row:
    name = words[keys[0]].core
    reading = max((held[key] for key in keys), key=lambda r: len(r.candidates))
    count = len({document for document, _ in keys})
    listed = "; ".join(
        f"{c.name} ({c.level}, {c.adm1 or c.country}, {c.place_id})"
        for c in reading.candidates[:3]
        if c.score >= LIKELY
    )
    return {
        "id": content_id("x", "resolve", "open place", folded),
        "stage": "resolve",
        "original": None,
        "document": None,
        "name": name,
        "what": "open place",
        "sentence": f'"{name}" ({count} document{"s" if count > 1 else ""}) was not put on the map. {reading.reason}'
        + (f" Nearest: {listed}." if listed else ""),
        "advice": _advice(name, reading.candidates),
    }


def _advice(name: str, candidates: tuple[Candidate, ...]) -> str:
    settle = f'`rasid settle place "{name}" '
    if candidates and candidates[0].score >= LIKELY:
        return (
            f"{settle}--as {candidates[0].place_id}` settles it for the case, if it is that one; "
            f'`rasid gazetteer find "{name}"` shows the others. If it names no place: {settle}--none`.'
        )
    look = f' (`rasid gazetteer find "{name}"`)' if candidates else ""
    return (
        f"If you know the place: {settle}--as PLACE`, by its name or number{look}; `rasid gazetteer add FILE` adds "
        f"one that is missing (a table with name, lat, lon). If it names no place: {settle}--none`."
    )


def _list(value: object) -> list[Row]:
    return list(value) if isinstance(value, list) else []
