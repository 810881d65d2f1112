"""How two listings are compared: the parts and their levels, in SQL over numbers of the pair, most alike first.

A level is one condition; the first that holds is taken. The last level of a part, "else", has no condition. The
sentence of a level is what a person reads as evidence.

The conditions may name SCALARS with _l and _r, and what both share (kernels.SHARED).
"""

from __future__ import annotations

from dataclasses import dataclass

#: Numbers of one listing. rest_words: names behind the given one; other_things: how many codes there are.
SCALARS = (
    "given", "rest_words", "age", "sex", "day", "month", "birth_day", "birth_year", "place", "area", "other_things"
)  # fmt: skip
RARITY = "(rarity_steps / 3)"  # bits of the names behind the given one that both have; see features.py
UNMATCHED = "(shorter - matched)"  # of these names, those that the shorter name alone has
GIVEN_RARITY = "((given_l & 4095) / 3)"
DAYS_APART = "abs(day_l - day_r)"
YEARS_APART = "abs(age_l - age_r)"


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which a part of two listings can compare.

    sql:      the condition; "" for what is left
    sentence: for a person who reads the evidence
    """

    sql: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a listing that is compared. `absent` holds where it cannot be."""

    name: str
    absent: str
    levels: tuple[Level, ...]


def _bands(condition: str, rarity: str, bands: tuple[tuple[int, str], ...], words: str) -> tuple[Level, ...]:
    return tuple(Level(f"{condition} and {rarity} >= {bits}", f"{words} {how}") for bits, how in bands)


GIVEN = Part(
    "given",
    "given_l is null or given_r is null",
    (
        *_bands(
            "given_l = given_r",
            GIVEN_RARITY,
            ((12, "that very few bear"), (9, "that few bear"), (6, "that some bear"), (0, "that many bear")),
            "the same given name, one",
        ),
        Level("given_shared > 0", "given names that may be spellings of one name"),
        Level(
            "given_further > 0",
            "the given name of one stands further back in the other",
        ),
        Level("", "different given names"),
    ),
)

REST = Part(
    "rest",
    "rest_words_l = 0 or rest_words_r = 0",
    (
        *_bands(
            f"{UNMATCHED} <= 0",
            RARITY,
            (
                (30, "very rare together"),
                (25, "rare together"),
                (20, "not common together"),
                (16, "somewhat common together"),
                (12, "common together"),
                (8, "common"),
                (0, "very common"),
            ),
            "all names behind the given name that both have agree,",
        ),
        *_bands(
            f"{UNMATCHED} = 1 and matched >= 1",
            RARITY,
            ((18, "rare"), (11, "not common"), (7, "common"), (0, "very common")),
            "all but one of the names behind the given name agree,",
        ),
        Level("matched >= 1", "one of the names behind the given name agrees, two or more do not"),
        Level("shorter = 1", "the only name behind the given name of one does not stand in the other"),
        Level("", "no name behind the given name agrees"),
    ),
)

ORDER = Part(
    "order",
    "rest_words_l < 2 or rest_words_r < 2",
    (
        Level(
            "fathers_shared > 0 and lasts_shared > 0",
            "father's name and last name agree",
        ),
        Level("lasts_shared > 0", "the last name agrees, the father's name does not"),
        Level("fathers_shared > 0", "the father's name agrees, the last name does not"),
        Level("", "neither the father's name nor the last name agrees"),
    ),
)

DATE = Part(
    "date",
    "month_l is null or month_r is null",
    (
        Level(f"{DAYS_APART} = 0", "the same day"),
        Level(f"{DAYS_APART} = 1", "days that follow one another"),
        Level(f"{DAYS_APART} <= 3", "two or three days apart"),
        Level(f"{DAYS_APART} <= 7", "within a week"),
        Level("month_l = month_r or abs(day_l - day_r) <= 31", "within a month"),
        Level("abs(month_l - month_r) % 12 = 0 and day_l is not null", "the same month of different years"),
        Level("", "more than a month apart"),
    ),
)

AGE = Part(
    "age",
    "age_l is null or age_r is null",
    (
        Level(f"{YEARS_APART} < 1 and age_l < 60 and age_l % 5 <> 0", "the same age, not a round one"),
        Level(f"{YEARS_APART} < 1", "the same age"),
        Level(f"{YEARS_APART} < 2", "ages a year apart"),
        Level(f"{YEARS_APART} < 3", "ages two years apart"),
        Level(f"{YEARS_APART} < 5", "ages three or four years apart"),
        Level(f"{YEARS_APART} <= 10", "ages five to ten years apart"),
        Level("", "ages more than ten years apart"),
    ),
)

SEX = Part(
    "sex",
    "sex_l is null or sex_r is null",
    (Level("sex_l = sex_r", "the same sex"), Level("", "different sex")),
)

PLACE = Part(
    "place",
    "place_l is null or place_r is null",
    (
        Level("place_l = place_r", "the same place"),
        Level(
            "place_inside > 0",
            "the place of one lies in the place of the other",
        ),
        Level("area_l = area_r", "another place of the same governorate"),
        Level("", "places that are not the same"),
    ),
)

BIRTH = Part(
    "birth",
    "birth_year_l is null or birth_year_r is null",
    (
        Level("birth_day_l = birth_day_r", "born on the same day"),
        Level("abs(birth_day_l - birth_day_r) <= 31", "born within a month"),
        Level(
            "birth_year_l = birth_year_r and birth_day_l is not null and birth_day_r is not null",
            "born in the same year, on other days",
        ),
        Level("birth_year_l = birth_year_r", "born in the same year"),
        Level("abs(birth_year_l - birth_year_r) <= 1", "born in years that follow one another"),
        Level("abs(birth_year_l - birth_year_r) <= 10", "born up to ten years apart"),
        Level("", "born more than ten years apart"),
    ),
)

CODES = Part(
    "codes",
    "other_things_l = 0 or other_things_r = 0",
    (
        Level("codes_shared >= 2", "two or more other things agree"),
        Level("codes_shared >= 1", "one other thing agrees"),
        Level("", "no other thing agrees"),
    ),
)

PARTS = (GIVEN, REST, ORDER, DATE, AGE, BIRTH, SEX, PLACE, CODES)
