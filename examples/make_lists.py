"""Write the four invented lists of the example case and the answers of an invented reviewer, always the same bytes.

out: lists/*.csv        four lists that name some of the same invented people, in Arabic and in two Latin spellings
     lists/answers.csv  what a reviewer said to the pairs that `rasid people review` asks about

    python examples/make_lists.py            write them
    python examples/make_lists.py --check    exit 1 if a committed list differs

Nobody in them exists: names, ages, days and places are drawn by chance. How many people were drawn is PEOPLE below,
so that a reader can compare it with the estimate. The answers depend on which pairs are asked about; as decisions
about rows they stay true whatever is asked later.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "lists"
PEOPLE = 210  # drawn; most stand on a list, some on none
SEED = 11
ANSWERS = 240
UNSURE = 0.04  # of the pairs the reviewer cannot tell

# Arabic | as one list writes it | as another writes it
MEN = """
محمد|Mohammad|Muhammed
احمد|Ahmad|Ahmed
محمود|Mahmoud|Mahmud
خالد|Khaled|Khalid
عمر|Omar|Umar
يوسف|Youssef|Yusuf
ابراهيم|Ibrahim|Ebrahim
حسن|Hassan|Hasan
حسين|Hussein|Husayn
سعيد|Saeed|Said
عبد الله|Abdullah|Abd Allah
عبد الرحمن|Abdulrahman|Abd al-Rahman
مصطفى|Mustafa|Moustafa
علي|Ali|Aly
وليد|Walid|Waleed
سامر|Samer|Samir
ماجد|Majed|Majid
طارق|Tarek|Tariq
زياد|Ziad|Ziyad
فراس|Firas|Feras
نور الدين|Nour al-Din|Noureddine
صلاح الدين|Salah al-Din|Salaheddine
عماد|Imad|Emad
جمال|Jamal|Gamal
""".strip().splitlines()
WOMEN = """
فاطمة|Fatima|Fatmeh
عائشة|Aisha|Aysha
مريم|Maryam|Mariam
خديجة|Khadija|Khadijeh
زينب|Zainab|Zeinab
هدى|Huda|Hoda
سعاد|Suad|Souad
امينة|Amina|Amineh
رانيا|Rania|Raniya
سلمى|Salma|Selma
نور|Nour|Noor
ليلى|Layla|Leila
""".strip().splitlines()
FAMILIES = """
الحلاق|al-Hallaq|Hallak
النجار|al-Najjar|Najar
الخطيب|al-Khatib|Khateeb
العلي|al-Ali|Alali
الحداد|al-Haddad|Hadad
الشامي|al-Shami|Shamy
القاسم|al-Qasem|Kassem
المصري|al-Masri|Masry
الزعبي|al-Zoubi|Zuabi
البكري|al-Bakri|Bakry
الصباغ|al-Sabbagh|Sabagh
درويش|Darwish|Darweesh
حمدان|Hamdan|Hemdan
عثمان|Othman|Uthman
شاهين|Shahin|Shaheen
بركات|Barakat|Berakat
الراعي|al-Raei|Rai
السيد|al-Sayed|Sayyid
الطويل|al-Tawil|Taweel
مرعي|Marei|Mari
""".strip().splitlines()
PLACES = (
    ("تل الرمان", "Tell Rumman"),
    ("وادي السرو", "Wadi Sarw"),
    ("جسر الحجر", "Jisr Hajar"),
    ("عين الحور", "Ayn Hor"),
)
FIRST_DAY = date(2021, 2, 1)
DAYS = 240


@dataclass(frozen=True)
class Name:
    """One name in three spellings."""

    arabic: str
    one: str
    two: str


@dataclass(frozen=True)
class Person:
    """One invented person; `chance` is how easily a list hears of them."""

    number: int
    given: Name
    father: Name
    grandfather: Name
    family: Name
    woman: bool
    age: int
    day: date
    place: tuple[str, str]
    chance: float


def names(lines: list[str]) -> list[Name]:
    """The names of a block."""
    return [Name(*line.split("|")) for line in lines]


def draw_people(rng: random.Random) -> list[Person]:
    """Everybody, listed or not. One in six is a brother or sister of the person before, met by the same event."""
    men, women, families = names(MEN), names(WOMEN), names(FAMILIES)
    people: list[Person] = []
    for number in range(PEOPLE):
        woman = rng.random() < 0.3
        given = rng.choice(women if woman else men)
        age = min(84, max(1, round(rng.gauss(33, 17))))
        person = Person(
            number, given, rng.choice(men), rng.choice(men), rng.choice(families), woman, age,
            FIRST_DAY + timedelta(days=rng.randrange(DAYS)), rng.choice(PLACES), rng.choice((0.85, 1.0, 1.15)),
        )  # fmt: skip
        if people and rng.random() < 1 / 6:
            kin = people[-1]
            person = replace(person, father=kin.father, grandfather=kin.grandfather, family=kin.family)
            person = replace(person, day=kin.day, place=kin.place)
        people.append(person)
    return people


def near_age(person: Person, rng: random.Random) -> str:
    """The age as a list has it: mostly right, sometimes a year off or missing."""
    if rng.random() < 0.08:
        return ""
    return str(max(0, person.age + rng.choice((0, 0, 0, 0, 0, 1, -1))))


def near_day(person: Person, rng: random.Random) -> date:
    """The day as a list has it: sometimes the day after, when the news came."""
    return person.day + timedelta(days=rng.choice((0, 0, 0, 0, 0, 1)))


def hospital(person: Person, rng: random.Random) -> list[str]:
    """Arabic, four names in one cell."""
    given, father, grandfather, family = person.given, person.father, person.grandfather, person.family
    parts = [given.arabic, father.arabic, grandfather.arabic, family.arabic]
    if rng.random() < 0.25:
        del parts[2]
    day = near_day(person, rng).strftime("%d/%m/%Y")
    return [" ".join(parts), near_age(person, rng), "انثى" if person.woman else "ذكر", day, person.place[0]]


def families(person: Person, rng: random.Random) -> list[str]:
    """Arabic, names in columns, the year of birth."""
    birth = "" if rng.random() < 0.1 else str(person.day.year - person.age)
    father = "" if rng.random() < 0.05 else person.father.arabic
    cells = [person.given.arabic, father, person.family.arabic, birth]
    return [*cells, near_day(person, rng).isoformat(), person.place[0]]


def monitor(person: Person, rng: random.Random) -> list[str]:
    """Latin letters, three names."""
    name = f"{person.given.one} {person.father.one} {person.family.one}"
    sex = "F" if person.woman else "M"
    return [name, near_age(person, rng), sex, near_day(person, rng).isoformat(), person.place[1]]


def press(person: Person, rng: random.Random) -> list[str]:
    """Other Latin spellings, mostly two names, now and then capitals."""
    parts = [person.given.two, person.father.two, person.family.two]
    if rng.random() < 0.35:
        del parts[1]
    name = " ".join(parts)
    name = name.upper() if rng.random() < 0.05 else name
    return [name, near_age(person, rng), near_day(person, rng).isoformat(), person.place[1]]


LISTS = {
    "hospital-register": (("الاسم الرباعي", "العمر", "الجنس", "تاريخ الوفاة", "المكان"), hospital, 0.40),
    "families-committee": (
        ("الاسم الاول", "اسم الاب", "العائلة", "تاريخ الميلاد", "التاريخ", "المكان"), families, 0.34),
    "monitor": (("Full name", "Age", "Sex", "Date of death", "Place"), monitor, 0.32),
    "press-watch": (("Name", "Age", "Date", "Place"), press, 0.28),
}  # fmt: skip


def make_lists() -> tuple[dict[str, bytes], dict[str, list[int]]]:
    """The bytes of each list, and which person stands in each of its rows."""
    rng = random.Random(SEED)
    people = draw_people(rng)
    files: dict[str, bytes] = {}
    whose: dict[str, list[int]] = {}
    for name, (headings, write, share) in LISTS.items():
        on = [person for person in people if rng.random() < share * person.chance]
        on.sort(key=lambda person: (person.day, person.number))
        files[name] = as_csv([list(headings), *(write(person, rng) for person in on)])
        whose[name] = [person.number for person in on]
    return files, whose


def as_csv(rows: list[list[str]]) -> bytes:
    """UTF-8, one line a row."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def make_answers(files: dict[str, bytes], whose: dict[str, list[int]]) -> bytes:
    """What a reviewer who knows everybody says, but cannot tell in a few cases."""
    import polars as pl

    from rasid.read.listings import read_listing
    from rasid.resolve.people import Settings, ask, compare_listings

    frames, person = [], {}
    for name, content in files.items():
        found = read_listing(content, name=f"{name}.csv", list_name=name).listings
        person |= dict(zip(found["id"].to_list(), whose[name], strict=True))
        frames.append(found)
    settings = Settings(deduplicated=tuple(files), order=tuple(files))
    pairs = ask(compare_listings(pl.concat(frames), settings=settings), count=ANSWERS)
    rng = random.Random(SEED)
    rows = [["left", "right", "answer"]]
    for left, right in pairs:
        said = "same" if person[left] == person[right] else "different"
        rows.append([left, right, "cannot tell" if rng.random() < UNSURE else said])
    return as_csv(rows)


def main() -> int:
    """Write the files, or compare them."""
    files, whose = make_lists()
    held = {f"{name}.csv": content for name, content in files.items()}
    if "--check" in sys.argv:
        changed = [name for name, content in held.items() if (FOLDER / name).read_bytes() != content]
        print("changed:", ", ".join(changed) if changed else "nothing", file=sys.stderr)
        return 1 if changed else 0
    FOLDER.mkdir(exist_ok=True)
    for name, content in (held | {"answers.csv": make_answers(files, whose)}).items():
        (FOLDER / name).write_bytes(content)
    listed = {number for numbers in whose.values() for number in numbers}
    print(f"{PEOPLE} people drawn, {len(listed)} on a list", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
