"""Which language a text is in, and which way it runs.

The script decides first; py3langid decides among the languages of that script. It is asked only when the cheap look
for the commonest English words is not sure: loading its model costs half a second, most of a small build.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNSURE = "und"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ug"})
_LATIN = (
    "en",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "tr",
    "sv",
    "no",
    "da",
    "fi",
    "pl",
    "cs",
    "ro",
    "hu",
    "id",
    "ku",
    "so",
    "sw",
)
_BY_SCRIPT = {
    "arabic": ("ar", "fa", "ur", "ps", "ug"),
    "hebrew": ("he",),
    "cyrillic": ("ru", "uk", "bg", "sr", "be"),
    "latin": _LATIN,
}
_SCRIPTS = (
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f]")),
    ("arabic", re.compile(r"[\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")),
    ("hebrew", re.compile(r"[\u05d0-\u05ea]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
)
_MIN_LETTERS = 20  # below this a guess is a coin toss
_SAMPLE_CHARS = 3_000
_MIN_CONFIDENCE = 0.5  # the most likely of the languages of this script must outweigh all others together
_NOT_ARABIC = re.compile("[پچژگکیےںٹڈڑہھەۆڕێټډړښځڅ]")  # letters of Persian, Urdu, Pashto, Kurdish
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
# Words that no other language of the Latin script shares as common words.
_ENGLISH = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "that",
        "was",
        "with",
        "for",
        "were",
        "from",
        "have",
        "has",
        "this",
        "they",
        "which",
        "by",
        "it",
    }
)


def guess_language(text: str, *, hint: str | None = None) -> str:
    """ISO 639-1 code of the language of a text, "und" when it is too short or unclear.

    hint: what the file declares; used only where the text itself does not decide
    """
    sample = _sample(text)
    script = main_script(sample)
    if script is None:
        return UNSURE
    languages = _BY_SCRIPT[script]
    if len(languages) == 1:
        return languages[0]
    declared = (hint or "").casefold().replace("_", "-").split("-")[0]
    if sum(c.isalpha() for c in sample) < _MIN_LETTERS:
        return declared if declared in languages else UNSURE
    if script == "latin" and _surely_english(sample):
        return "en"
    if script == "arabic" and _surely_arabic(sample):
        return "ar"
    guess, confidence = _identifier(languages).classify(sample)
    if confidence >= _MIN_CONFIDENCE:
        return str(guess)
    return declared if declared in languages else UNSURE


def main_script(text: str) -> str | None:
    """The script of most letters among those Rasid knows, or None if there are hardly any."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 2 else None


def direction_of(language: str, text: str) -> str:
    """`rtl` or `ltr`: by the language, or by the script where the language is unsure."""
    if language != UNSURE:
        return "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return "rtl" if main_script(_sample(text)) in ("arabic", "hebrew") else "ltr"


def _sample(text: str) -> str:
    """The start and the middle: boilerplate stands at the ends of a text."""
    if len(text) <= _SAMPLE_CHARS:
        return text
    half, middle = _SAMPLE_CHARS // 2, len(text) // 2
    return text[:half] + " " + text[middle : middle + half]


def _surely_english(sample: str) -> bool:
    words = _WORD.findall(sample.casefold())
    common = [word for word in words if word in _ENGLISH]
    # 8 %: news with many names has few small words; "the" beside three others is English and nothing else
    return len(words) >= 8 and "the" in common and len(common) >= 0.08 * len(words) and len(set(common)) >= 4


def _surely_arabic(sample: str) -> bool:
    """No letter that only its neighbours use, and the article where Arabic has it."""
    words = sample.split()
    article = sum(word.startswith(("ال", "وال", "بال", "لل", "فال", "كال")) for word in words)
    return len(words) >= 5 and article >= 0.12 * len(words) and not _NOT_ARABIC.search(sample)


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return identifier
