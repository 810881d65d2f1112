"""What one claim gives the answer keys of MUC-4: day, place, number of victims, organisation, in the keys' spelling.

Conventions of that task and of its source (FBIS datelines, the countries of its Latin America desk); none of it is in
the product. The words are the claims' own; the text is only looked at for its dateline and for what an abbreviation in
brackets stands for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rasid.extract.capitals import restore_case
from rasid.model.tables import Row

_DEADLY = {"killing", "execution", "death"}
HARM = _DEADLY | {"injury"}
_ORG_HEADS = re.compile(
    r"\b(?:FRONT|ARMY|ARMIES|MOVEMENT|PATH|CARTEL|FORCES?|PARTY|COMMAND|BRIGADE|EXTRADITABLES|SQUADS?|LEAGUE|UNION|"
    r"COORDINATOR|POLICE|GUARD|BATTALION|REGIME|GOVERNMENT|MAFIA|GROUP|ORGANIZATION|COMMANDOS?|CONTRAS)\b"
)
_GENERIC = re.compile(
    r"\b(?:GUERRILLAS?|GUERILLAS?|REBELS?|TERRORISTS?|SUBVERSIVES?|EXTREMISTS?|MEMBERS?|FIGHTERS?|TROOPS?|"
    r"COMBATANTS?|SOLDIERS?|GUNMEN|MILITANTS?|COLUMNS?|HIT ?MEN|SQUADS?|CRIMINALS?|INSURGENTS?|LEADERS?|ELEMENTS?|MEN|"
    r"COMMANDOS?|UNITS?|DETACHMENTS?|SUSPECTED|ALLEGED|PRESUMED|HEAVILY|ARMED(?! FORCES)|ORGANIZATION|GROUPS?)\b"
)
_CUT_ORG = re.compile(
    r",|\b(?:WHO|WHICH|THAT|LAST|YESTERDAY|TODAY|TONIGHT|WEARING|ARMED WITH|FROM|IN|ON|AT)\b|--"
)
_BEFORE_ORG = re.compile(
    r"^(?:\d{1,2} [A-Z]{3,9} |(?:YESTERDAY|TODAY|TONIGHT|LAST NIGHT|ACCORDING TO [A-Z]+,?) )?"
    r"(?:(?:THE|A|AN|SOME|SEVERAL|ABOUT|MANY|UNIDENTIFIED|HOODED|HEAVILY-ARMED|SELF-STYLED|MAOIST|LEFTIST|\d[\d,]*) )*"
)
_LOOSE_ENDS = re.compile(
    r"^(?:(?:OF|THE|A|AN|AND|FOR|DE|LA|TO|\d[\d,]*)\s+)+|(?:\s+(?:OF|THE|AND|FOR|DE|LA))+$"
)
_STATE_BODY = re.compile(
    r"\b(?:ARMED FORCES|AIR FORCE|NATIONAL GUARD|NATIONAL POLICE|ARMY|DEATH SQUADS?|POLICE|GOVERNMENT)\b"
)
_NO_ORG = frozenset(
    ("THE", "OF", "AND", "FOR", "IT", "HE", "THEY", "MEN", "WHO", "THAT", "WE", "I", "ONE", "US", "U.S")
)
_ALLEGED = re.compile(r"\b(?:ALLEGED|SUSPECTED|PRESUMED|SUPPOSED|APPARENTLY|PRESUMABLY)\b")
_MONTHS = {m: i + 1 for i, m in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split())}
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][A-Z .'-]+?)\s*(?:\((?P<country>[A-Z .]+)\))?,\s*"
    r"(?:NO DATE|(?P<day>\d{1,2}) (?P<month>[A-Z]{3})[A-Z]*(?: (?P<year>\d{2}))?)"
)
_HEADER = re.compile(r"\A.{1,200}?--\s*(?:\[[^\]]*\]\s*)*", re.DOTALL)
_BRACKETED = re.compile(r"((?:[A-Z][\w.'-]*\s+){2,7})[\[(]([A-Z][A-Z0-9-]{1,9})[\])]")
_BRACKETED_LONG = re.compile(r"\b([A-Z][A-Z0-9-]{1,9})\s+[\[(]((?:[A-Z][\w.'-]*\s*){2,7})[\])]")
_WHEN = r"(?:TODAY|YESTERDAY|TONIGHT|LAST NIGHT|THIS (?:MORNING|AFTERNOON|EVENING)|ON \w+DAY)"
_SAYING = (
    r"\w*(?:SAID|REPORT\w*|STATED|ANNOUNCED|TOLD|ADDED|CONFIRMED|DISCLOSED|CONDEMNED|ACCUSED|"
    r"CLAIMED|DENIED|ISSUED|RELEASED|ADMITTED|CHARGED|ASKED|STRESSED|INDICATED)"
)
SAID_THEN = re.compile(
    rf"\b{_SAYING} {_WHEN}|\b{_WHEN},? {_SAYING}"
)  # the time of saying, not of what is said
DAY_WORDS = re.compile(
    r"\b(?P<day>\d{1,2})(?:ST|ND|RD|TH)?\s+(?P<month>[A-Z]{3})[A-Z]*(?:\s+(?P<year>(?:19)?\d{2}))?\b"
)
_WEEKDAYS = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY".split()
_BEFORE_PLACE = re.compile(
    r"^(?:(?:the|a|an|this|northern|southern|eastern|western|central|north|south|east|west|downtown|city|town|department|"
    r"province|village|state|port|municipality|district)\s+(?:of\s+)?)+",
    re.IGNORECASE,
)
_AFTER_PLACE = re.compile(r"(?:\s+(?:department|province|city|area|region|state))+$", re.IGNORECASE)
#: Capital and demonyms of the countries that FBIS's Latin America desk covers: general knowledge.
COUNTRIES = {
    "EL SALVADOR": "SAN SALVADOR|SALVADORAN|SALVADORAN", "GUATEMALA": "GUATEMALA CITY|GUATEMALAN",
    "HONDURAS": "TEGUCIGALPA|HONDURAN", "NICARAGUA": "MANAGUA|NICARAGUAN|SANDINIST|SANDINISTA",
    "COSTA RICA": "SAN JOSE|COSTA RICAN",
    "PANAMA": "PANAMA CITY|PANAMANIAN", "COLOMBIA": "BOGOTA|COLOMBIAN", "VENEZUELA": "CARACAS|VENEZUELAN",
    "ECUADOR": "QUITO|ECUADORAN|ECUADOREAN|ECUADORIAN", "PERU": "LIMA|PERUVIAN", "BOLIVIA": "LA PAZ|BOLIVIAN",
    "CHILE": "SANTIAGO|CHILEAN", "ARGENTINA": "BUENOS AIRES|ARGENTINE|ARGENTINIAN", "URUGUAY": "MONTEVIDEO|URUGUAYAN",
    "PARAGUAY": "ASUNCION|PARAGUAYAN", "BRAZIL": "BRASILIA|BRAZILIAN", "MEXICO": "MEXICO CITY|MEXICAN",
    "CUBA": "HAVANA|CUBAN",
    "HAITI": "PORT-AU-PRINCE|HAITIAN", "DOMINICAN REPUBLIC": "SANTO DOMINGO|DOMINICAN", "SPAIN": "MADRID|SPANISH",
    "UNITED STATES": "WASHINGTON|U.S.", "GUYANA": "GEORGETOWN|GUYANESE", "SURINAME": "PARAMARIBO|SURINAMESE",
}  # fmt: skip
_MARKS = re.compile(r"[\[\]()\"\u201c\u201d]|''")
_OPINION = re.compile(r"\[[^\]]*(?:COMMENTARY|EDITORIAL|INTERVIEW|SPEECH|NEWS CONFERENCE|ARTICLE|TALK)")
_STATUS = {
    "reported as fact": "REPORTED AS FACT",
    "claimed": "CLAIMED OR ADMITTED",
    "admitted": "CLAIMED OR ADMITTED",
    "accused": "SUSPECTED OR ACCUSED",
    "suspected": "SUSPECTED OR ACCUSED",
    "accused by authorities": "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "possible": "POSSIBLE",
}


@dataclass(frozen=True, slots=True)
class Head:
    """What the dateline says: the day, and the country that is spoken from (None if unknown)."""

    day: date | None
    country: str | None
    opinion: bool = False  # a commentary, a speech, an interview: much violence in general, few reports
    clandestine: bool = False  # the radio of an armed group, sent from nowhere in particular


def split_header(text: str) -> tuple[str, str]:
    """The dateline with its marks in brackets, and the text after it."""
    m = _HEADER.match(text)
    return (text[: m.end()], text[m.end() :]) if m else ("", text)


def read_head(header: str) -> Head:
    """Day and country of the dateline."""
    m = _DATELINE.match(header)
    opinion = _OPINION.search(header) is not None
    hidden = header.lstrip().startswith("CLANDESTINE")
    if m is None:
        return Head(None, None, opinion, hidden)
    day = None
    if m["day"] and m["month"] in _MONTHS:
        day = _day(int(m["day"]), _MONTHS[m["month"]], 1900 + int(m["year"] or 89))
    place = m["country"] or m["place"]
    return Head(day, place if place in COUNTRIES else _country_of(place), opinion, hidden)


def day_of(claim: Row, head: Head) -> date | None:
    """The day that the claim's time names, counted from the dateline."""
    time = claim["time"]
    if not isinstance(time, dict) or not time["text"]:
        return None
    if _said_then(claim, time):
        return None
    return day_in(" ".join(str(time["text"]).upper().split()), head)


def day_in(words: str, head: Head) -> date | None:
    if m := DAY_WORDS.search(words):
        if m["month"] not in _MONTHS:
            return None
        month = _MONTHS[m["month"]]
        if m["year"]:
            return _day(int(m["day"]), month, 1900 + int(m["year"][-2:]))
        if head.day is None:
            return None
        found = _day(int(m["day"]), month, head.day.year)
        return _day(int(m["day"]), month, head.day.year - 1) if found and found > head.day else found
    if head.day is None:
        return None
    if re.search(r"\b(?:TODAY|TONIGHT|THIS (?:MORNING|AFTERNOON|EVENING|NOON)|AT DAWN)\b", words):
        return head.day
    if re.search(r"\b(?:YESTERDAY|LAST NIGHT|LAST EVENING)\b", words):
        return head.day - timedelta(days=1)
    for number, name in enumerate(_WEEKDAYS):
        if name in words:
            return head.day - timedelta(days=(head.day.weekday() - number) % 7 or 7)
    return None


def _said_then(claim: Row, time: Row) -> bool:
    """Does the time stand beside the verb of saying ("said today that"), not in what is said?"""
    start, end = _number_of(time["start"]), _number_of(time["end"])
    for voice in rows_of(claim["attribution"]):
        if voice["cue_start"] is None:
            continue
        cue_start, cue_end = _number_of(voice["cue_start"]), _number_of(voice["cue_end"])
        if 0 <= start - cue_end <= 2 or 0 <= cue_start - end <= 2:
            return True
    return False


def places_of(claim: Row) -> list[str]:
    """Names of places in the claim, one level each, as the answer keys write them."""
    found: list[str] = []
    for place in rows_of(claim["places"]):
        for part in re.split(r",|\band\b|\bin\b|\bof\b", in_case(claim, place)):
            name = " ".join(part.split())
            for noise in (_BEFORE_PLACE, _AFTER_PLACE):
                name = noise.sub("", name)
            if name and _is_name(name.split()) and name.upper() not in found:
                found.append(name.upper())
    return found


def long_names(text: str) -> dict[str, tuple[str, ...]]:
    """Abbreviation or long name -> all its forms, from "LONG NAME [ABBR]" and "ABBR [LONG NAME]" in the text."""
    forms: dict[str, tuple[str, ...]] = {}
    pairs = [(m[2], m[1].split()) for m in _BRACKETED.finditer(text)]
    pairs += [(m[1], m[2].split()) for m in _BRACKETED_LONG.finditer(text)]
    for short, words in pairs:
        for length in range(2, len(words) + 1):
            tail = words[-length:]
            if _abbreviates(short, tail):
                both = (" ".join(tail), short)
                forms[short] = forms[both[0]] = both
                break
    return forms


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """The letters are first letters of the words: all of them in any order, or some with the first one first."""
    wanted = Counter(short.replace("-", ""))
    given = Counter(word[0] for word in words if word not in ("OF", "THE", "AND", "FOR", "DE", "LA"))
    return wanted == given or (wanted <= given and words[0][0] == short[0])


def victims_of(claims: Sequence[Row]) -> list[dict[str, list[str]]]:
    """Each group of victims once: how many, and what happened to them."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for claim in sorted(claims, key=lambda c: not c["persons"]):
        kind = str(claim["type"])
        unsure = claim["certainty"] == "possible" and not claim["persons"]
        if kind not in HARM or unsure:  # "suspected of killing X": who did it is unsure, not that X is dead
            continue
        effect = "INJURY" if kind == "injury" else "DEATH"
        persons = [last_name(str(p["text"])) for p in rows_of(claim["persons"])]
        if persons:
            for person in persons:
                found.setdefault((effect, person), _victim("1", effect))
        elif (number := number_of(claim)) is not None:
            target = text_of(claim["target"]).upper()
            if (
                number == "1"
                and any(e == effect for e, _ in found)
                and not target.startswith(("A ", "AN ", "ONE ", "ANOTHER "))
            ):
                continue  # "the mayor": somebody who has been named before
            key = number if number != "1" else last_name(target)
            found.setdefault((effect, key), _victim(number, effect))
    return _without_repeats(list(found.values()))


def _without_repeats(victims: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
    """PLURAL says nothing where a number with the same effect is there."""
    known = {v["effect"][0] for v in victims if v["number"] != ["PLURAL"]}
    return [v for v in victims if v["number"] != ["PLURAL"] or v["effect"][0] not in known]


def _victim(number: str, effect: str) -> dict[str, list[str]]:
    return {"number": [number], "effect": [effect]}


def number_of(claim: Row) -> str | None:
    """The number of victims as the answer keys write it: "3", "~100", "5-", "-80", "PLURAL"."""
    quantity, target = claim["quantity"], claim["target"]
    if isinstance(quantity, dict) and quantity["measure"] == "count":
        low, high = quantity["low"], quantity["high"]
        match quantity["bound"]:
            case "exact" if low is not None:
                return f"{low:.0f}"
            case "about" if low is not None:
                return f"~{(low + (high or low)) / 2:.0f}"
            case "at least" | "more than" if low is not None:
                return f"{low - (quantity['bound'] == 'more than') * 0:.0f}-"
            case "at most" | "less than" if high is not None:
                return f"-{high:.0f}"
            case "range" if low is not None and high is not None:
                return f"{low:.0f} - {high:.0f}"
        return "PLURAL"
    if not isinstance(target, dict):
        return None
    words = str(target["text"]).upper().split()
    if not words:
        return None
    head = re.split(r"\b(?:OF|WHO|FROM|IN|AT)\b|,", " ".join(words))[0].split()
    last = head[-1] if head else words[-1]
    if words[0] in ("HE", "HIM", "SHE", "HER", "IT", "THAT", "WHO", "THEM", "THEY"):
        return None
    plural = last in ("PEOPLE", "CHILDREN", "WOMEN", "MEN", "POLICEMEN") or (
        last.endswith("S") and not last.endswith("SS")
    )
    return "PLURAL" if plural and words[0] not in ("A", "AN", "ONE") else "1"


def status_of(claim: Row) -> str:
    """The task's word for how the text stands to the accusation."""
    if claim["type"] == "claim_of_responsibility":
        return "CLAIMED OR ADMITTED"
    if _ALLEGED.search(text_of(claim["actor"]).upper()):
        return "SUSPECTED OR ACCUSED"
    if claim["certainty"] == "possible" and claim["status"] == "reported as fact":
        return "POSSIBLE"
    return _STATUS.get(str(claim["status"]), "SUSPECTED OR ACCUSED")


def org_of(written: str, in_case: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The organisation that a doer is, or is of: its forms, or None if the words name none."""
    words = " ".join(_MARKS.sub(" ", written.upper()).split())
    for form in sorted(names, key=len, reverse=True):
        if re.search(rf"\b{re.escape(form)}\b", words):
            return names[form]
    phrase = _CUT_ORG.split(_BEFORE_ORG.sub("", words))[0]
    bare = _LOOSE_ENDS.sub("", " ".join(_GENERIC.sub(" ", phrase).split())).strip(" ,.-")
    shown = [w for w in _MARKS.sub(" ", in_case).split() if w[0].isupper() and w.upper() in bare.split()]
    if bare in _NO_ORG or not bare or any(c.isdigit() for c in bare.split()[0]):
        return None
    if _ORG_HEADS.search(bare) or (shown and re.fullmatch(r"[A-Z]{2,5}(?:-(?:\d+|[A-Z]+))?", bare)):
        state = _STATE_BODY.search(bare)
        return tuple(dict.fromkeys((bare, state[0]))) if state else (bare,)
    return None


def main_country(text: str, head: Head) -> str | None:
    """The country that the text speaks of most; the one it is sent from weighs three mentions."""
    counts = {
        c: sum(len(re.findall(rf"\b{re.escape(n)}\b", text)) for n in (c, *COUNTRIES[c].split("|")))
        for c in COUNTRIES
    }
    counts.pop("UNITED STATES")
    if head.country in counts:
        counts[head.country] += 3
    best = max(counts, key=lambda c: counts[c])
    return best if counts[best] else None


def _country_of(place: str) -> str | None:
    return next((c for c, forms in COUNTRIES.items() if place in forms.split("|")[:1]), None)


@lru_cache(maxsize=2_000)
def _restored(quote: str) -> str:
    return restore_case(quote) if not any(c.islower() for c in quote) else quote


def in_case(claim: Row, mention: Row) -> str:
    """The words of a mention with the case they would have had, read in their sentence."""
    begin = start_of(claim)
    return _restored(str(claim["quote"]))[
        _number_of(mention["start"]) - begin : _number_of(mention["end"]) - begin
    ]


def _is_name(words: Sequence[str]) -> bool:
    """Names of places and bodies: capitals first and last, no digits."""
    letters = [w for w in words if w[0].isalpha()]
    return (
        bool(letters)
        and letters[0][0].isupper()
        and letters[-1][0].isupper()
        and not any(c.isdigit() for w in words for c in w)
    )


def words_in(mention: object) -> frozenset[str]:
    if not isinstance(mention, dict):
        return frozenset()
    return frozenset(re.findall(r"[a-z]+", str(mention["text"]).lower()))


def text_of(mention: object) -> str:
    return str(mention["text"]) if isinstance(mention, dict) else ""


def last_name(name: str) -> str:
    return name.upper().split()[-1] if name.split() else ""


def rows_of(value: object) -> Iterable[Row]:
    return value if isinstance(value, list) else ()


def _number_of(value: object) -> int:
    assert isinstance(value, int)
    return value


def start_of(claim: Row) -> int:
    return int(str(claim["start"]))


def end_of(claim: Row) -> int:
    return int(str(claim["end"]))


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def written_day(day: date) -> str:
    return f"{day.day:02d} {list(_MONTHS)[day.month - 1]} {day.year % 100:02d}"
