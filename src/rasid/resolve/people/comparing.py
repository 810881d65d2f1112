"""How two listings are compared: the parts and their levels, in SQL over the features, most alike first.

Splink reads these as its comparisons. A level is one condition; the first that holds is taken. The last level of a
part, "else", has no condition. The sentence of a level is what a person reads as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass

SAME_WORDS = (
    "case when len(list_intersect(rest_l, rest_any_r)) >= len(list_intersect(rest_r, rest_any_l))"
    " then list_intersect(rest_l, rest_any_r) else list_intersect(rest_r, rest_any_l) end"
)
MATCHED = f"len({SAME_WORDS})"
RARITY = f"((list_sum({SAME_WORDS})::bigint & 4095) / 3)"  # bits; see features.py for how codes add up
SHORTER = "least(len(list_distinct(rest_l)), len(list_distinct(rest_r)))"
UNMATCHED = f"({SHORTER} - {MATCHED})"
GIVEN_RARITY = "((given_l & 4095) / 3)"
GIVEN_ANY = "list_has_any(given_any_l, given_any_r)"
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
        Level(GIVEN_ANY, "given names that may be spellings of one name"),
        Level(
            "list_has_any(given_any_l, rest_any_r) or list_has_any(given_any_r, rest_any_l)",
            "the given name of one stands further back in the other",
        ),
        Level("", "different given names"),
    ),
)

REST = Part(
    "rest",
    "len(rest_l) = 0 or len(rest_r) = 0",
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
            f"{UNMATCHED} = 1 and {MATCHED} >= 1",
            RARITY,
            ((18, "rare"), (11, "not common"), (7, "common"), (0, "very common")),
            "all but one of the names behind the given name agree,",
        ),
        Level(f"{MATCHED} >= 1", "one of the names behind the given name agrees, two or more do not"),
        Level(f"{SHORTER} = 1", "the only name behind the given name of one does not stand in the other"),
        Level("", "no name behind the given name agrees"),
    ),
)

ORDER = Part(
    "order",
    "len(rest_l) < 2 or len(rest_r) < 2",
    (
        Level(
            "list_has_any(father_any_l, father_any_r) and list_has_any(last_any_l, last_any_r)",
            "father's name and last name agree",
        ),
        Level("list_has_any(last_any_l, last_any_r)", "the last name agrees, the father's name does not"),
        Level("list_has_any(father_any_l, father_any_r)", "the father's name agrees, the last name does not"),
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
            "list_contains(within_l, place_r) or list_contains(within_r, place_l)",
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
    "codes_l is null or codes_r is null or len(codes_l) = 0 or len(codes_r) = 0",
    (
        Level("len(list_intersect(codes_l, codes_r)) >= 2", "two or more other things agree"),
        Level("list_has_any(codes_l, codes_r)", "one other thing agrees"),
        Level("", "no other thing agrees"),
    ),
)

PARTS = (GIVEN, REST, ORDER, DATE, AGE, BIRTH, SEX, PLACE, CODES)
