"""Folding: the form of a text in which people find words, however they were typed.

Letters lose their case and their marks (é e, قُتل قتل), the Arabic letters that writers use for one another
become one (أ إ آ ٱ ا, ى ی ي, ة ه, ک ك), tatweel and invisible signs go, all digits become 0-9.
For searching only: a folded text is never shown and never quoted.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans("ٱىیةہەک", "ايي\u0647\u0647\u0647ك", "ـ")
_GONE = {"Cf"}  # joiners, direction marks, soft hyphens: inside words, and not to be typed
_APART = {"Cc", "Cs"}  # control signs and halves of surrogate pairs, which no index takes


def fold(text: str) -> str:
    """The text folded. Folding sign by sign and folding the whole give the same."""
    if text.isascii() and text.isprintable():
        return text.lower()
    return "".join(map(fold_sign, text))


@lru_cache(maxsize=16_384)
def fold_sign(sign: str) -> str:
    """One code point folded: none, one or several code points."""
    category = unicodedata.category(sign)
    if category in _APART:
        return " "
    if category in _GONE:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    bare = _strip(_strip(sign).casefold())
    return bare.translate(_ARABIC)


def _strip(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
