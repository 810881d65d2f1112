"""Questions: what each voice says to a proposition, with its words, and where two voices contradict each other.

In:  questions as understood (tables.QUESTIONS), claims with names, documents (for their dates).
Out: tables.STANCES and tables.CONFLICTS.

A claim speaks to a question when it is of the same type about the same thing (stated), or when its type
entails or excludes that (implied): who still holds territory is not wholly defeated. Nothing is decided
for the reader: the stance is the voice's, the rule and the quotes stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from rasid.knowledge.actors import fold_name
from rasid.knowledge.questions import Bearing, load_bearings
from rasid.knowledge.vocabulary import Vocabulary, load_vocabulary
from rasid.model.tables import CLAIMS, CONFLICTS, DOCUMENTS, QUESTIONS, STANCES, Row, as_rows, check, table
from rasid.model.values import Certainty, Polarity, Stance
from rasid.weigh.figures import happened

_FROM_SOMEWHERE = frozenset({"expulsion"})  # types that have no sense without a place
_SURE = Certainty.CERTAIN.value
_ARTICLE = re.compile(r"\A(?:the|a|an|this|that|our)\s+", re.IGNORECASE)
_OPEN = frozenset({Certainty.POSSIBLE.value, Certainty.PREDICTED.value})
_MAX_QUOTES = 50  # of one voice to one question; the rest stand on the claims page


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that speaks to a question.

    leaning: the stance it alone would give
    stated:  the claim is about the proposition itself, not about something that follows from it
    """

    claim: Row
    leaning: Stance
    stated: bool
    reason: str


def answer_questions(
    questions: pl.DataFrame, claims: pl.DataFrame, documents: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The stance of each voice to each question, and the conflicts between them."""
    check(questions, QUESTIONS, where="answer_questions")
    check(documents, DOCUMENTS, where="answer_questions")
    vocabulary = load_vocabulary()
    rows = as_rows(check(claims, CLAIMS, where="answer_questions")) if questions.height else []
    dates = dict(documents.select("id", "date").iter_rows())
    stances: list[Row] = []
    conflicts: list[Row] = []
    for question in as_rows(questions):
        evidence = [e for claim in rows if (e := weigh_claim(question, claim, vocabulary)) is not None]
        taken = _stances(question, evidence, dates)
        stances += taken
        conflicts += _conflicts(question, taken)
    return table(stances, STANCES), table(conflicts, CONFLICTS)


def weigh_claim(question: Row, claim: Row, vocabulary: Vocabulary) -> Evidence | None:
    """What this claim alone says to the question; None if it does not speak to it."""
    asked = question["type"]
    if asked is None or claim["kind"] == "figure":
        return None
    said = str(claim["type"])
    if _is_a(said, str(asked), vocabulary):
        return Evidence(claim, _stated_leaning(claim), True, "") if _same_things(question, claim) else None
    for bearing in load_bearings().get(str(asked), ()):
        if _is_a(said, bearing.type, vocabulary) and _bears(bearing, question, claim):
            if bearing.how == "same":
                return Evidence(claim, _stated_leaning(claim), True, "")
            leaning = _implied_leaning(bearing, claim)
            return None if leaning is None else Evidence(claim, leaning, False, bearing.why)
    return None


def _implied_leaning(bearing: Bearing, claim: Row) -> Stance | None:
    """What follows for the question; None where nothing does.

    "Is no longer in Raqqa" does not make a defeat, "may attack" is no attack: silence beats a guess.
    """
    if happened(str(claim["polarity"]), str(claim["certainty"])):
        return Stance.AFFIRMS if bearing.how == "supports" else Stance.DENIES
    if bearing.turns and claim["polarity"] == Polarity.DENIED.value and claim["certainty"] == _SURE:
        return Stance.DENIES if bearing.how == "supports" else Stance.AFFIRMS
    return None


def _is_a(said: str, asked: str, vocabulary: Vocabulary) -> bool:
    return said == asked or (said in vocabulary.types and asked in vocabulary.lineage(said))


def _bears(bearing: Bearing, question: Row, claim: Row) -> bool:
    """The claim's role is the thing asked about, and it is at the place asked about."""
    asked = question[bearing.asked]
    if asked is None or not _same(_mention_name(claim, bearing.role), asked):
        return False
    if bearing.how == "same" and bearing.role == "actor" and question["target"] is not None:
        said = _mention_name(claim, "target")  # "attacked" says "shelled" only of the same thing
        if said is None or not _names_the_same(said, str(question["target"])):
            return False
    return _at_the_place(question, claim, compared=bearing.how == "same")


def _has_a_name(words: str) -> bool:
    return any(word[:1].isupper() for word in words.split())


def _names_the_same(said: str, asked: str) -> bool:
    """ "The market of Dovrek" and "market": all words of one are in the other."""
    a, b = (set(_ARTICLE.sub("", words).casefold().split()) for words in (said, asked))
    return a <= b or b <= a


def _at_the_place(question: Row, claim: Row, *, compared: bool = False) -> bool:
    """The claim is of the place asked about. compared: its target is the one asked about.

    "The valley" in an answer to "the Imerra valley" is that valley: the same common noun without another name.
    """
    place = question["place"]
    if place is None:
        return True
    names = _place_names(claim)
    if not claim["places"] and claim["type"] in _FROM_SOMEWHERE:
        return True  # "they have not been driven out": of the place in question
    if compared and question["target"] is not None and not any(_has_a_name(n) for n in names):
        return True  # "fired on the market" answers for "the market in Dovrek": the target has been compared
    kind = str(place).split()[-1]
    return any(_same(p, place) or (p.split()[-1] == kind and p.islower()) for p in names if p)


def _stated_leaning(claim: Row) -> Stance:
    if claim["certainty"] in _OPEN:
        return Stance.UNCLEAR
    if claim["certainty"] == Certainty.PARTIAL.value:
        return Stance.PARTLY
    return Stance.DENIES if claim["polarity"] == Polarity.DENIED.value else Stance.AFFIRMS


def _same_things(question: Row, claim: Row) -> bool:
    """Every role that the question fixes is filled with the same name in the claim."""
    for role in ("actor", "target"):
        said = _mention_name(claim, role)
        if question[role] is not None and not (said and _names_the_same(said, str(question[role]))):
            return False
    return _at_the_place(question, claim, compared=True)


def _mention_name(claim: Row, role: str) -> str | None:
    mention = claim[role]
    return str(mention["name"]) if isinstance(mention, dict) and mention["name"] is not None else None


def _place_names(claim: Row) -> list[str]:
    """Names of its places, and of its object: "controls Raqqa"."""
    places, target = claim["places"], claim["target"]
    assert isinstance(places, list)
    names = [_ARTICLE.sub("", str(p["name"] or p["text"])) for p in places]
    if isinstance(target, dict) and target["name"] is not None:
        names.append(str(target["name"]))
    return names


def _same(name: str | None, asked: object) -> bool:
    if name is None or asked is None:
        return False
    return fold_name(_ARTICLE.sub("", name)) == fold_name(_ARTICLE.sub("", str(asked)))


def _stances(question: Row, evidence: Iterable[Evidence], dates: Mapping[str, str | None]) -> list[Row]:
    by_voice: dict[tuple[str, tuple[str, ...]], list[Evidence]] = {}
    for item in evidence:
        voices = item.claim["voices"]
        assert isinstance(voices, list)
        by_voice.setdefault((voices[-1], tuple(voices[:-1])), []).append(item)
    return [_stance(question, voice, via, held, dates) for (voice, via), held in sorted(by_voice.items())]


def _stance(
    question: Row, voice: str, via: Sequence[str], held: list[Evidence], dates: Mapping[str, str | None]
) -> Row:
    stated = [e for e in held if e.stated]
    deciding = [e for e in stated if e.leaning is not Stance.UNCLEAR] or [
        e for e in held if e.leaning is not Stance.UNCLEAR
    ]
    stance, rule = weigh_leanings([e.leaning for e in deciding])
    if not deciding:
        stance, rule = Stance.UNCLEAR, "speaks of it only as possible, wished or to come"
    if deciding and not deciding[0].stated:
        rule = f"implied: {deciding[0].reason}"
    ranked = sorted(held, key=lambda e: _rank(e, stance, deciding))
    said_on = {dates.get(str(e.claim["document"])) for e in held}
    return {
        "question": question["id"],
        "voice": voice,
        "via": list(via),
        "stance": stance.value,
        "directness": "stated" if not deciding or deciding[0].stated else "implied",
        "date": next(iter(said_on)) if len(said_on) == 1 else None,
        "quotes": _quotes(ranked),
        "rule": rule,
    }


def weigh_leanings(leanings: Sequence[Stance]) -> tuple[Stance, str]:
    """One stance from what a voice's claims say, each once, and the rule in words.

    All of one mind: that. Something called partial among them: partly. Both so and not so: unclear.
    """
    counts = {stance: leanings.count(stance) for stance in Stance}
    affirms, denies, partly = counts[Stance.AFFIRMS], counts[Stance.DENIES], counts[Stance.PARTLY]
    if partly:
        return Stance.PARTLY, _said("says it is partly so", partly, others=affirms + denies)
    if affirms and denies:
        return Stance.UNCLEAR, f"says both: that it is so ({affirms}) and that it is not ({denies})"
    if affirms:
        return Stance.AFFIRMS, _said("says it is so", affirms, others=0)
    if denies:
        return Stance.DENIES, _said("says it is not so", denies, others=0)
    return Stance.UNCLEAR, "says nothing that decides it"


def _said(what: str, times: int, *, others: int) -> str:
    how_often = "once" if times == 1 else f"{times} times, counted as one voice"
    rest = f"; {others} other statement{'s' if others > 1 else ''} read in this light" if others else ""
    return f"{what} ({how_often}){rest}"


def _rank(e: Evidence, stance: Stance, deciding: Sequence[Evidence]) -> tuple[object, ...]:
    return (
        e.leaning is not stance,
        e not in deciding,
        not e.stated,
        e.claim["certainty"] != _SURE,
        str(e.claim["document"]),
        e.claim["start"],
        str(e.claim["id"]),
    )


def _quotes(ranked: Sequence[Evidence]) -> list[Row]:
    quotes: list[Row] = []
    seen: set[tuple[object, object]] = set()
    for e in ranked:
        place = (e.claim["document"], e.claim["start"])
        if place not in seen and len(quotes) < _MAX_QUOTES:
            seen.add(place)
            quote: Row = {name: e.claim[name] for name in ("document", "start", "end", "quote")}
            quotes.append(quote | {"claim": e.claim["id"]})
    return quotes


def _conflicts(question: Row, stances: Sequence[Row]) -> list[Row]:
    """Pairs of voices of which one affirms and one denies, or one affirms and one says only partly."""
    found = []
    for a, b in combinations(stances, 2):
        pair = {str(a["stance"]), str(b["stance"])}
        if pair == {Stance.AFFIRMS.value, Stance.DENIES.value}:
            kind, what = _conflict_kind(a, b)
        elif pair == {Stance.AFFIRMS.value, Stance.PARTLY.value}:
            kind, what = "differs in degree", "one says it is so, the other that it is so only in part"
        else:
            continue
        found.append(
            {
                "question": question["id"],
                "kind": kind,
                "reason": f"{a['voice']} and {b['voice']}: {what}.",
                "quotes": _first_quote(a) + _first_quote(b),
            }
        )
    return found


def _conflict_kind(a: Row, b: Row) -> tuple[str, str]:
    if a["date"] is None or b["date"] is None:
        which = "neither is dated" if a["date"] == b["date"] else "one of them is not dated"
        return "conflicts unless the time differs", f"one affirms, the other denies; {which}"
    if a["date"] != b["date"]:
        return (
            "conflicts unless the time differs",
            f"one affirms, the other denies; one is of {a['date']}, the other of {b['date']}",
        )
    return "conflicts", "one affirms, the other denies, on the same date"


def _first_quote(stance: Row) -> list[Row]:
    quotes = stance["quotes"]
    assert isinstance(quotes, list)
    return quotes[:1]


def _words(event_type: str) -> str:
    return event_type.replace("_", " ")
