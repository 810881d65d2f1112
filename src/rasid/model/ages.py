"""The age of a listed person in years, and the group it belongs to."""

from __future__ import annotations

from rasid.model.tables import Row

Groups = tuple[tuple[int, int, str], ...]  # first and last year of each group, and its words

#: As tables show them.
SHOWN: Groups = (
    (0, 5, "0 to 5"), (6, 11, "6 to 11"), (12, 17, "12 to 17"), (18, 29, "18 to 29"), (30, 44, "30 to 44"),
    (45, 59, "45 to 59"), (60, 130, "60 and over"),
)  # fmt: skip
#: As estimates are made apart: few enough that each part holds persons on several lists.
ESTIMATED: Groups = ((0, 17, "0 to 17"), (18, 44, "18 to 44"), (45, 130, "45 and over"))


def age_group(row: Row, groups: Groups) -> str:
    """Of the age, or of the years from birth to the event; "" if neither is known.

    row: of LISTINGS
    """
    age = row["age"]
    if isinstance(age, float | int):
        years = int(age)
    elif row["birth"] and row["date"]:
        years = int(str(row["date"])[:4]) - int(str(row["birth"])[:4])
    else:
        return ""
    return next((words for low, high, words in groups if low <= years <= high), "")
