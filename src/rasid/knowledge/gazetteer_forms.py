"""The forms in which place names of any romanisation, and of Arabic script, are compared.

A name has three forms, from fine to coarse; all are joined words without articles:

sound:    one letter per sound, vowels kept as a, i, u: "Khān Shaykhūn" -> "xanSaixun"
bones:    the sound without vowels, kh, gh, q, k, h apart: "xnSxn"
key:      a number of four bits a consonant class, romanisations of one Arabic letter in one class

Arabic script has no short vowels, so its sound holds the long ones only. Names are found by key
(gazetteer_index) and judged by bones and sound (gazetteer.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Longest key, in consonants: 14 x 4 bits, the top eight bits hold the country.
KEY_LETTERS = 14
#: Number of consonant classes; class 0 is the empty place.
CLASSES = 11

_SPECIAL = str.maketrans(
    {"ə": "a", "ı": "i", "ş": "sh", "ș": "sh", "ç": "ch", "ğ": "gh", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}
    | {
        "æ": "a",
        "œ": "o",
        "ḫ": "kh",
        "ẖ": "kh",
        "ḏ": "dh",
        "ṯ": "th",
        "ġ": "gh",
        "š": "sh",
        "č": "ch",
        "ž": "j",
    }
)
_APOSTROPHES = re.compile(r"['’‘ʿʾ`´ʼʻ′\"ʹʽ]")
_NOT_LETTERS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[/\\_()،,]|\s-\s|(?<=\w{4})-(?=\w{4})")
_GLUED = re.compile(r"^[aeu]l(?=[^aeiou]\w{3})")
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")

#: Articles in all their assimilated and Turkish, Kurdish and European spellings, and small linking words.
_ARTICLES = frozenset(
    "al el ul il l ar er ur as es us ash esh ush ad ed ud at et ut az ez uz an en un ath eth adh edh"
    " the of de du".split()
)
#: Words that say what kind of place it is, and are often left out or added.
GENERIC = frozenset(
    "village vilage villge villages town city governorate province district subdistrict sub"
    " muhafazat muhafaza muhafazah mohafazat"
    " nahiyat nahiyah nahia nahiya nahyat qada qadaa mintaqat mantiqat manatiq mudiriyat mudiriyah madinat"
    " markaz qaryat qaryah qarya qaryt karyat wilayat neighborhood neighbourhood area county"
    " ناحيه منطقه مديريه محافظه مدينه قريه قضاء مركز".split()
)

#: Words that tell two neighbours of one name apart, in English, Arabic, Turkish and Kurdish; compared as one word,
#: and put last: "Upper Safira" is "Safirah al Fawqani".
_APART = {
    "kabir": "big great greater large kabir kabira kabirah kabire kabireh kbir kbira kbireh kebir kebire kubra kobra"
    " buyuk mazin mezin kawra gawra كبير كبيره كبري",
    "saghir": "little small lesser saghir saghira saghirah saghireh sghir sghireh zghir sagir sughra soghra kucuk"
    " kuchuk bachuk bichuk bichuk صغير صغيره صغري",
    "fauqani": "upper fawqani fawqa fawqaniyah foqani fouqani foqa fouqa fawka fawkani fawqaniya faouqani juri jori"
    " jorin zhori zhuri زوري فوقاني فوقا فوقانيه علوي عليا ulya",
    "tahtani": "lower tahtani tahta tahtaniyah tehtani tahtaniya tahtaniye jeri jerin zheri zhiri تحتاني تحتا تحتانيه"
    " سفلي sufla",
    "wastani": "middle central wasta wasati wastani wusta wastaniyah wasateh وسطي وسطاني اوسط وسطانيه awsat",
    "sharqi": "east eastern sharqi sharqiya sharqiyah sharqiyeh sharki sharkiya charqi شرقي شرقيه",
    "gharbi": "west western gharbi gharbiya gharbiyah gharbiyeh gharbieh garbi غربي غربيه",
    "shamali": "north northern shamali shamaliya shamaliyah shamaliyeh shimali shemali shmali شمالي شماليه",
    "janubi": "south southern janubi janoubi janubiya janubiyah qibli qabli qibliyah qebli qibliyeh جنوبي جنوبيه"
    " قبلي قبليه",
}
_APART_WORDS = {word: name for name, words in _APART.items() for word in words.split()}

_ARABIC_FOLD = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ـ": "",
        "ھ": "ه",
        "ە": "ه",
    }
)
_ARABIC_SOUNDS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "T", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "D", "ر": "r",
    "ز": "z", "س": "s", "ش": "S", "ص": "s", "ض": "D", "ط": "t", "ظ": "D", "ع": "", "غ": "G", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "", "ؤ": "u",
    "ئ": "i", "پ": "b", "چ": "S", "ژ": "j", "گ": "g", "ڤ": "f", "ڕ": "r", "ڵ": "l", "ۆ": "u", "ێ": "i",
    "ۇ": "u", "ۋ": "u", "ې": "i", "ہ": "h", "ے": "i", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n",
}  # fmt: skip
_DIGRAPHS = {
    "sch": "S", "tch": "S", "kh": "x", "gh": "G", "sh": "S", "ch": "S", "th": "T", "dh": "D", "dj": "j",
    "dzh": "j", "zh": "j", "ph": "f", "ck": "k", "qu": "q", "ee": "i", "ei": "ai", "ey": "ai", "oo": "u",
    "ou": "u", "ow": "au", "x": "x",
}  # fmt: skip
_DIGRAPH = re.compile("|".join(sorted(_DIGRAPHS, key=len, reverse=True)))
_LETTERS = str.maketrans({"p": "b", "v": "f", "c": "k", "e": "a", "o": "u", "w": "u", "y": "i"})
_DOUBLE = re.compile(r"(.)\1+")
_LAST_H = re.compile(r"(?<=[aiu])h$")
_VOWELS = str.maketrans({"a": None, "i": None, "u": None})
_BONES = str.maketrans({"a": None, "i": None, "u": None, "T": "t", "D": "d"})
_CLASS = {
    letter: number
    for number, letters in enumerate(("b", "f", "tTdD", "sz", "S", "j", "kqgGx", "l", "m", "n", "r"), start=1)
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one name (see the head of the file). `arabic` says in which script it was written."""

    sound: str
    bones: str
    key: int
    arabic: bool


def is_arabic(name: str) -> bool:
    """Is the name written in Arabic script?"""
    return _ARABIC_SCRIPT.search(name) is not None


def plain_form(name: str) -> str:
    """Lower case, no marks, no apostrophes, other punctuation as one space; Arabic letters in their usual form."""
    special = name.casefold().translate(_SPECIAL).translate(_ARABIC_FOLD)
    bare = "".join(c for c in unicodedata.normalize("NFKD", special) if not unicodedata.combining(c))
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", bare)).strip()


def name_words(plain: str) -> list[str]:
    """The words of a plain form, without articles; all of them if nothing else is left."""
    words = [_without_arabic_article(word) for word in plain.split()]
    bare = [word for word in words if word not in _ARTICLES] or words
    if len(bare) == 1:
        return bare
    last = sorted(_APART_WORDS[word] for word in bare if word in _APART_WORDS)
    return [word for word in bare if word not in _APART_WORDS] + last if len(last) < len(bare) else bare


def without_generic(words: list[str]) -> list[str]:
    """The words less those that only say what kind of place it is; all of them if nothing is left."""
    return [word for word in words if word not in GENERIC] or words


def query_readings(name: str) -> list[list[str]]:
    """The ways to read a name that somebody wrote, as words: whole, less generic words, its parts, less articles
    that are glued to a word ("Elqabli"). The first is the whole name."""
    whole = name_words(plain_form(name))
    readings = [whole, without_generic(whole), [_unglued(word) for word in whole]]
    if parts := [part for part in _PARTS.split(name) if len(part.strip()) > 2]:
        words = [name_words(plain_form(part)) for part in parts]
        readings += [w for w in words if sum(map(len, w)) > 3] if len(parts) > 1 else []
    return [list(words) for words in dict.fromkeys(tuple(r) for r in readings if r)]


def without_apart(words: list[str]) -> list[str]:
    """The words less those that tell neighbours apart ("east Damascus"); all of them if nothing is left."""
    return [word for word in words if word not in _APART] or words


def name_forms(name: str) -> Forms:
    """The forms of a name as written."""
    return word_forms(name_words(plain_form(name)))


def word_forms(words: list[str]) -> Forms:
    """The forms of the words of a name."""
    arabic = any(is_arabic(word) for word in words)
    sound = "".join(_arabic_sound(w) if is_arabic(w) else _latin_sound(w) for w in words)
    bones = sound.translate(_BONES)
    return Forms(sound, bones, key_of(bones), arabic)


def exact_forms(words: list[str]) -> Forms:
    """The forms of the words of a name in a volume where only the same spelling counts: the sound is the spelling."""
    spelling = "".join(words)
    return Forms(spelling, spelling.translate(_BONES), word_forms(words).key, is_arabic(spelling))


def key_of(bones: str) -> int:
    """The key of bones: four bits a consonant, first consonant lowest."""
    key = shift = 0
    for letter in bones:
        number = _CLASS.get(letter)
        if number is None:
            continue
        key |= number << shift
        shift += 4
        if shift == 4 * KEY_LETTERS:
            break
    return key


def _without_arabic_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def _unglued(word: str) -> str:
    return _GLUED.sub("", word)


def _latin_sound(word: str) -> str:
    sounds = _DIGRAPH.sub(lambda m: _DIGRAPHS[m.group()], word).translate(_LETTERS)
    return _LAST_H.sub("", _DOUBLE.sub(r"\1", sounds))


def _arabic_sound(word: str) -> str:
    sounds = "".join(_ARABIC_SOUNDS.get(letter, letter if letter.isalnum() else "") for letter in word)
    if word.endswith("ه") and len(word) > 2:
        sounds = sounds[:-1] + "a"
    return sounds
