"""Names of persons in Arabic and Latin script: how a written name falls into words that can be compared.

A name as lists write it, "Abd al-Karim Yusuf Abu Zayd" or its Arabic, is a chain: given name, father, grandfather,
family. Some words belong together and are joined here, because the space in them comes and goes from list to list:

    abd:karim    a servant of: Abd al-Karim, Abdel Karim, Abdulkarim
    abu:zayd     father of:    Abu Zayd, Abo Zaid, Abuzaid (mostly a family name today)
    umm:kulthum  mother of
    din:salah    of the faith: Salah al-Din, Salaheddine
    ilah:nasr    of God:       Nasr Allah, Nasrallah

The article (al-, el-, its assimilated forms) and the words for son and daughter are dropped: lists do not agree on
them. What stands after the colon, or the whole word, is its core; only cores of one kind are compared.

Two cores of one name may still be spelled in many ways: person_names_spelling.py judges that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rasid.knowledge.gazetteer_forms import is_arabic, key_of, plain_form, word_forms

__all__ = [
    "core_of",
    "fold_letters",
    "folded_words",
    "is_arabic",
    "joined_words",
    "kind_of",
    "name_words",
    "other_reading",
    "skeleton",
    "stands_alone",
]

MAX_WORDS = 8  # a cell with more words holds more than one name, or a note

_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u200c-\u200f]")
_ARABIC_FOLD = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "ھ": "ه",
        "ء": "",
    }
)
_APOSTROPHES = re.compile(r"['’‘ʿʾ`´ʼʻ′\"ʹʽ]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")

_SON = frozenset("bin ibn ben bint بن ابن بنت".split())
_ABU = frozenset("abu abo abou aboo aba abi ابو ابي ابا".split())
_UMM = frozenset("um umm om oum ام".split())
_ABD = frozenset("abd abed abdel abdul abdal abdol abdoul abdil abdu abdur عبد".split())
_DIN = frozenset("aldin eldin uddin eddin eddine aldeen eldeen din deen aldine alden alddin الدين".split())
_ALLAH = frozenset("allah alla ullah ollah الله".split())
_ARTICLES = frozenset(
    "al el ul il ar er ur as es us ash esh ush ad ed ud at et ut az ez uz an en ath adh ال".split()
)
#: Words that change what stands beside them.
_JOINING = _ABU | _UMM | _ABD | _DIN | _ALLAH | _ARTICLES
#: Glued compounds. Two letters at least must be left for the core.
_GLUED = (
    ("abd", re.compile(r"^abd[aeiou](?:l|([rsztdn])(?=\1))(?=..)")),
    ("abd", re.compile(r"^abd(?=[^aeiouy][a-z]{2})")),
    ("abd", re.compile(r"^عبدال(?=..)")),
    ("abd", re.compile(r"^عبد(?=ربه|نبي)")),
    ("abu", re.compile(r"^ab(?:u|o|ou)(?=[^aeiou][a-z]{3})")),
    ("abu", re.compile(r"^ابو(?=...)")),
)
_DIN_GLUED = re.compile(r"^(\w{3,}?)(?:[aeiu]l|[aeiu](?=dd)d?|ال)(?:d(?:i|ee|e|y)ne?|دين)$")
_ALLAH_GLUED = re.compile(r"^(\w{3,}?)(?:[aeu]?llah?|الله)$")


def fold_letters(word: str) -> str:
    """One word, lower case, without marks; Arabic letters in the form that careless typing leaves of them."""
    if is_arabic(word):
        return _MARKS.sub("", word).translate(_ARABIC_FOLD)
    return plain_form(word).replace(" ", "")


def name_words(name: str) -> tuple[str, ...]:
    """The comparable words of a name as written, in its order. Empty for a cell without letters."""
    return joined_words(folded_words(name))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in its order; without those for son and daughter.

    Texts that are joined by spaces have the words of one, then those of the other.
    """
    plain = _APOSTROPHES.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", text)))
    raw = [fold_letters(word) for word in _NOT_LETTERS.split(plain)]
    return tuple(word for word in raw if word and word not in _SON)


def joined_words(words: Sequence[str]) -> tuple[str, ...]:
    """The comparable words of the folded words of one name."""
    return tuple(_joined(words))[:MAX_WORDS]


def stands_alone(word: str) -> bool:
    """Is a folded word the same whatever stands beside it? Not so those that compounds are made with, and articles.

    Of words that all stand alone, the joined words of the name are the joined words of each.
    """
    return word not in _JOINING


def kind_of(word: str) -> str:
    """`abd`, `abu`, `umm`, `din`, `ilah`, or the empty string for a simple word."""
    return word.partition(":")[0] if ":" in word else ""


def core_of(word: str) -> str:
    """What is compared of a word of its kind."""
    return word.rpartition(":")[2]


def other_reading(core: str) -> str | None:
    """The core without an article that may be glued to it ("Alnajjar"); None where none can be."""
    if len(core) > 4 and core[:2] in {"al", "el"} and core[2] not in "aeiouwy":
        return core[2:]
    doubled = len(core) > 5 and core[0] in "ae" and core[1] == core[2] and core[1] in "srztdn"
    return core[2:] if doubled else None


def skeleton(core: str) -> str:
    """Consonant classes, one hex digit each; romanisations of one Arabic letter share a class."""
    return f"{key_of(word_forms([core]).bones):x}"[::-1]


def _joined(words: Sequence[str]) -> list[str]:
    """Compounds as one word, articles dropped."""
    out: list[str] = []
    place = 0
    while place < len(words):
        word, place = words[place], place + 1
        kind = next((k for k, of in (("abu", _ABU), ("umm", _UMM), ("abd", _ABD)) if word in of), "")
        if word in _ARTICLES and place < len(words):
            continue
        if kind and (core := _next_core(words, place)):
            place, bare = core
            out.append(f"{kind}:{bare}")
        elif word in _DIN and out and ":" not in out[-1]:
            out[-1] = f"din:{out[-1]}"
        elif word in _ALLAH and out and ":" not in out[-1]:
            out[-1] = f"ilah:{out[-1]}"
        else:
            out.append(_simple(word))
    return out


def _next_core(words: Sequence[str], place: int) -> tuple[int, str] | None:
    """The word that a compound opens onto, behind any article: where to read on, and the word."""
    while place < len(words) - 1 and words[place] in _ARTICLES:
        place += 1
    if place >= len(words):
        return None
    return place + 1, _without_article(words[place])


def _simple(word: str) -> str:
    for kind, pattern in _GLUED:
        if match := pattern.match(word):
            return f"{kind}:{_without_article(word[match.end() :])}"
    for kind, pattern in (("din", _DIN_GLUED), ("ilah", _ALLAH_GLUED)):
        if match := pattern.match(word):
            return f"{kind}:{match[1]}"
    return _without_article(word)


def _without_article(word: str) -> str:
    if word.startswith("ال") and len(word) > 3:
        return word[2:]
    return word[2:] if word in {"allah", "ullah"} else word
