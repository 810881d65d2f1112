import pytest

from rasid.store.fold import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("قُتِلَ", "قتل"),
        ("قـــتل", "قتل"),
        ("أحمد إلى آل ٱلله", "احمد الي ال الله"),
        ("مدينة", "مدينه"),
        ("ﻻ", "لا"),
        ("مسؤول رئيس", "مسوول رييس"),
        ("ایران کوه", "ايران كوه"),
        ("می\u200cخواهم", "ميخواهم"),
        ("١٢ و ۱۲", "12 و 12"),
        ("Élysée STRASSE Straße", "elysee strasse strasse"),
        ("e\u0301", "e"),
        ("İstanbul", "istanbul"),
        ("co\u00adop", "coop"),
        ("ﬁre Ⅻ", "fire xii"),
        ("a\x00b\udc80c", "a b c"),
        ("line\nnext", "line next"),
    ],
)
def test_a_word_is_folded_to_what_people_type(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded
