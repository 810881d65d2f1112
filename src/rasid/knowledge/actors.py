"""Known names of actors and places, and how a written name finds one.

Exact names and aliases only, compared after folding (case, marks, hyphens, the Arabic article). Short names in
capitals ("US", "IS") must be written in capitals to count. A name that two entries share finds neither.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from rasid.knowledge.registry import load_registry, own_text

_JOINTS = re.compile(r"[\s\-_'’‘ʿʾ`.]+")
_ARTICLE = re.compile(r"^(?:the|al|el|ad|ar|as|ash|at|az|an) (?=\S)")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": "", "ؤ": "و", "ئ": "ي"})
_THE = re.compile(r"^(?:the|The) ")
_SHORT = 4  # a name of up to this many letters, all capitals, is an acronym and must be written as one

#: Labels the entity recogniser uses, by kind of actor.
_LABELS = {"person": "PERSON", "people": "NORP"}


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a written name stands for.

    name:    the name to show
    kind:    actors: "state", "state forces", "armed group", "coalition", "monitor", "media", "un", "person",
             "people", "organisation"; places: "place"
    level:   places only: country, governorate, district, town, region
    country: places only: ISO 3166 two letters, None for regions over several
    """

    name: str
    kind: str
    level: str | None = None
    country: str | None = None

    @property
    def label(self) -> str:
        """The entity label of a span with this name."""
        return "LOC" if self.kind == "place" else _LABELS.get(self.kind, "ORG")


@dataclass(frozen=True, slots=True)
class Names:
    """Written names -> what they stand for.

    folded:    folded name -> entry
    acronyms:  exact name -> entry, for short names in capitals
    max_words: words in the longest name
    starts:    first words of the folded names, to skip the rest fast
    """

    folded: dict[str, KnownName]
    acronyms: dict[str, KnownName]
    max_words: int
    starts: frozenset[str]

    def find(self, written: str) -> KnownName | None:
        """What this name stands for, or None if it is unknown or shared by two."""
        stripped = written.strip()
        bare = _THE.sub("", stripped)
        return self.acronyms.get(bare) or self.folded.get(fold_name(stripped))


@lru_cache(maxsize=100_000)
def fold_name(written: str) -> str:
    """The form names are compared in: no case, no marks, no article, one space between parts."""
    decomposed = unicodedata.normalize("NFKD", written.translate(_ARABIC))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    joined = _JOINTS.sub(" ", bare).strip()
    while (shorter := _ARTICLE.sub("", joined)) != joined:
        joined = shorter
    return joined


def is_acronym(name: str) -> bool:
    """Must this name be written in capitals to count?"""
    return len(name) <= _SHORT and name.isupper() and name.isascii()


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """The form names of actors are looked up in: "=US" for short names in capitals, else folded; no article."""
    stripped = _THE.sub("", name.strip()).replace("U.S.", "US").replace("U.K.", "UK").replace("U.N.", "UN")
    return f"={stripped}" if is_acronym(stripped) else fold_name(stripped)


def load_actors(extra: Path | None = None) -> Names:
    """Names of actors that hold in any document, from knowledge/actors/*.yaml and a case's own file.

    States by their bare names ("Syria") are not among them: these are places too, and what a name means there
    depends on the sentence (resolve/actors.py).

    raises: BadSettings if the file cannot be read
    """
    return _made_actors(extra, own_text(extra))


@lru_cache(maxsize=4)
def _made_actors(extra: Path | None, _own: str) -> Names:
    actors = load_registry(extra).actors.values()
    return _index([(KnownName(a.name, a.kind), [a.name, *a.aliases]) for a in actors])


@lru_cache(maxsize=1)
def load_places() -> Names:
    """Names of places from knowledge/places.tsv."""
    entries: list[tuple[KnownName, list[str]]] = []
    lines = (resources.files("rasid.knowledge") / "places.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            name, level, country, *aliases = line.split("\t")
            written = [name, *(alias for cell in aliases for alias in cell.split("|") if alias)]
            entries.append((KnownName(name, "place", level, country or None), written))
    return _index(entries)


#: When two places share a name, the wider one wins only against districts and towns of its own country.
_WIDTH = {"country": 0, "region": 1, "governorate": 2, "town": 3, "district": 4}


def _index(entries: list[tuple[KnownName, list[str]]]) -> Names:
    folded: dict[str, KnownName] = {}
    acronyms: dict[str, KnownName] = {}
    shared: set[str] = set()
    unclear: set[str] = set()
    for entry, written in entries:
        for name in written:
            if is_acronym(name):
                if acronyms.setdefault(name, entry) != entry:
                    unclear.add(name)
                continue
            key = fold_name(name)
            held = folded.get(key)
            if held is None:
                folded[key] = entry
            elif held != entry:
                winner = _wider(held, entry)
                if winner is None:
                    shared.add(key)
                else:
                    folded[key] = winner
    for key in shared:
        del folded[key]
    for name in unclear:
        del acronyms[name]
    return Names(
        folded=folded,
        acronyms=acronyms,
        max_words=max((key.count(" ") + 1 for key in folded), default=1) + 2,
        starts=frozenset(key.split(" ")[0] for key in folded),
    )


def _wider(a: KnownName, b: KnownName) -> KnownName | None:
    """The one that holds the other, when both are places of one country; else None."""
    if a.country != b.country or a.level is None or b.level is None:
        return None
    return min(a, b, key=lambda n: _WIDTH.get(n.level or "", 9))
