"""How a written name falls into words that can be compared, and which spellings are one name."""

import pytest

from rasid.knowledge.person_names import core_of, kind_of, name_words, other_reading
from rasid.knowledge.person_names_spelling import score_words
from rasid.resolve.people.spellings import group_spellings, name_counts


@pytest.mark.parametrize(
    ("latin", "arabic", "kinds"),
    [
        ("Abd al-Karim Yusuf Abu Zayd", "عبد الكريم يوسف أبو زيد", ["abd", "", "abu"]),
        ("Abdulkarim Youssef Abuzaid", "عبدالكريم يوسف ابوزيد", ["abd", "", "abu"]),
        ("Salaheddine Nasrallah", "صلاح الدين نصر الله", ["din", "ilah"]),
        ("Umm Kulthum al-Najjar", "أم كلثوم النجار", ["umm", ""]),
        ("Sami bin Nabil", "سامي بن نبيل", ["", ""]),
    ],
)
def test_compounds_are_joined_alike_in_both_scripts(latin, arabic, kinds):
    assert [kind_of(word) for word in name_words(latin)] == kinds
    assert [kind_of(word) for word in name_words(arabic)] == kinds


def test_a_space_in_a_compound_does_not_matter():
    assert name_words("عبد الله ابو شادي") == name_words("عبدالله أبوشادي")
    assert name_words("Abd al-Rahman") == name_words("Abdurrahman")


def test_careless_letters_are_one_form():
    assert name_words("هدى أحمد فاطمة") == name_words("هدي احمد فاطمه")


def test_a_cell_without_letters_has_no_words():
    assert name_words("-- 12/3 --") == ()


def test_an_article_that_may_be_glued_is_a_second_reading_only():
    assert other_reading("alnajjar") == "najjar"
    assert other_reading("ali") is None
    assert other_reading("alaa") is None


def test_the_core_of_a_simple_word_is_the_word():
    assert core_of("yusuf") == "yusuf"
    assert core_of("abu:zayd") == "zayd"


def test_spellings_of_one_name_score_above_look_alikes():
    same = score_words(["جهاد", "مراد", "yousef"], ["gehad", "morad", "iusuf"])
    other = score_words(["جمال", "مازن", "yousef"], ["gehad", "morad", "yasser"])
    assert (same > 0).all()
    assert (other < same).all()


def test_latin_spellings_have_no_order():
    assert score_words(["khalid"], ["haled"])[0] == pytest.approx(score_words(["haled"], ["khalid"])[0])


def test_arabic_words_lose_two_for_each_letter_typed_wrong():
    assert list(score_words(["ماجد", "ماجد"], ["ماجد", "ماجر"])) == [6.0, 4.0]


def test_no_words_give_no_scores():
    assert len(score_words([], [])) == 0


def test_latin_spellings_stand_for_the_arabic_name_of_the_case():
    spelled = group_spellings({"يوسف": 40, "yousef": 9, "youssef": 12, "yusuf": 5, "نبيل": 30, "nabil": 8})
    yusuf, nabil = spelled.first("يوسف"), spelled.first("نبيل")
    assert {spelled.first(word) for word in ("yousef", "youssef", "yusuf")} == {yusuf}
    assert spelled.first("nabil") == nabil != yusuf


def test_a_spelling_that_fits_two_names_keeps_both():
    spelled = group_spellings({"اميره": 20, "عميره": 20, "amira": 5})
    assert {name for name, _ in spelled.of["amira"]} == {spelled.first("اميره"), spelled.first("عميره")}


def test_latin_words_without_arabic_are_grouped_among_themselves():
    spelled = group_spellings({"mohammed": 30, "mohamed": 20, "muhammad": 10, "nabil": 9})
    assert spelled.first("mohamed") == spelled.first("mohammed") == spelled.first("muhammad")
    assert spelled.first("nabil") != spelled.first("mohammed")


def test_a_rare_arabic_word_may_be_a_usual_one_mistyped():
    spelled = group_spellings({"ابراهيم": 2000, "ابراهيك": 1})
    assert spelled.first("ابراهيم") in {name for name, _ in spelled.of["ابراهيك"]}


def test_a_short_form_may_stand_for_each_of_its_full_names():
    spelled = group_spellings({"william": 40, "willie": 5, "edward": 30, "edmund": 20, "ned": 4})
    assert spelled.first("william") in {name for name, _ in spelled.of["willie"]}
    meant = {name for name, _ in spelled.of["ned"]}
    assert {spelled.first("edward"), spelled.first("edmund")} <= meant


def test_a_name_in_another_language_may_stand_for_the_english_one():
    spelled = group_spellings({"henry": 40, "enrique": 5, "lorenzo": 3})
    assert spelled.first("henry") in {name for name, _ in spelled.of["enrique"]}
    assert spelled.first("henry") not in {name for name, _ in spelled.of["lorenzo"]}


def test_a_short_form_of_no_name_in_the_lists_stands_for_itself():
    spelled = group_spellings({"willie": 5, "horace": 3})
    assert [spelled.names[name] for name, _ in spelled.of["willie"]] == ["willie"]


def test_a_rare_latin_word_may_be_a_usual_one_mistyped():
    spelled = group_spellings({"harrington": 400, "harrxngton": 1})
    assert spelled.first("harrington") in {name for name, _ in spelled.of["harrxngton"]}


def test_names_are_counted_over_all_spellings():
    counts = {"يوسف": 40, "yousef": 10}
    spelled = group_spellings(counts)
    assert name_counts(counts, spelled)[spelled.first("يوسف")] == pytest.approx(50)


def test_a_usual_name_does_not_draw_those_that_are_only_a_little_like_it():
    usual = {"george": 60, "darcy": 20, "clarke": 30, "king": 25, "lucas": 40}
    spelled = group_spellings(usual)
    assert len({spelled.first(word) for word in usual}) == len(usual)
