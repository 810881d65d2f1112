"""Fine-grained type of a news snippet (CASE 2021 task 2), mapped from our event types, zero training.

Each type of the vocabulary names its label in its `case2021` code; the parties decide between labels that
share words (troops against troops is a clash, an attack on civilians is an attack). The label that the snippet says
most, early and most specially, wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from rasid.extract.events import read_events
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary, load_vocabulary

# How much one mention of a label says: means of violence are special, "attack" and "protest" stand in all kinds.
_WEIGHT = {
    "CHEM_WEAP": 5, "SUIC_BOMB": 5, "GRENADE": 5, "SEX_VIOL": 5, "ABDUCT_DISSAP": 3, "AIR_STRIKE": 3,
    "ART_MISS_ATTACK": 2.5, "REM_EXPLOS": 2, "DISR_WEAP": 3, "HQ_ESTABLISHED": 3, "ORG_CRIME": 2.5, "ARREST": 1.5,
    "ATTRIB": 2, "NATURAL_DISASTER": 3, "MAN_MADE_DISASTER": 2, "PROPERTY_DISTRUCT": 1.5, "FORCE_AGAINST_PROTEST": 2,
    "PROTEST_WITH_INTER": 2, "VIOL_DEMONSTR": 2.5, "PEACE_PROTEST": 1, "AGREEMENT": 1.5, "DIPLO": 1.2,
    "GOV_REGAINS_TERIT": 2, "NON_STATE_ACTOR_OVERTAKES_TER": 2, "NON_VIOL_TERRIT_TRANSFER": 2,
    "CHANGE_TO_GROUP_ACT": 1.2, "ARMED_CLASH": 1.6, "ATTACK": 1, "OTHER": 0.7,
}  # fmt: skip
_LATER = 0.75  # each further sentence counts that much less: a snippet opens with its news
_STATE = listed("army troops soldiers government regime police forces military navy coalition state")
_ARMED = listed(
    "army troops soldiers soldier police policemen rebels militants insurgents fighters forces military terrorists "
    "jihadists militia base convoy checkpoint patrol guards officers personnel gunmen guerrillas separatists troop"
)
_FROM_OUTSIDE = {"killing": "ATTACK", "death": "ATTACK", "injury": "ATTACK", "execution": "ATTACK", "torture": "ATTACK",
                 "weapons_seizure": "DISR_WEAP"}  # fmt: skip


def run(job: Job) -> Report:
    """Accuracy and macro-F1 on the split."""
    rows = list(read_lines(find_split(job.folder("event_types_case2021"), job.split), job.limit))
    vocabulary, nlp = load_vocabulary(), load_pipeline()
    passages = [
        PassageText(str(i), n, "sentence", 0, part)
        for i, row in enumerate(rows)
        for n, part in enumerate(cut(row["text"]))
    ]
    votes: list[Counter[str]] = [Counter() for _ in rows]
    words = 0
    for s in parse(passages, nlp):
        words += len(s)
        for label, weight in labels(s, read_events(s, vocabulary), vocabulary):
            votes[int(s.document)][label] += weight * _LATER**s.index
    guesses = [pick(v) for v in votes]
    write_predictions(job.predictions, ({"label": g} for g in guesses))
    whole = score([row.get("label", "") for row in rows], guesses)
    unseen = range(2, len(rows), 3)
    part = score([rows[i].get("label", "") for i in unseen], [guesses[i] for i in unseen])
    return Report(
        name="CASE 2021 event types, zero training",
        ours=whole,
        peers={"majority": {"accuracy": 6.3}, "trained TF-IDF": {"accuracy": 31.0}},
        aim={"accuracy": 45, "macro-F1": 35},
        words=words,
        notes=["third never looked at: " + ", ".join(f"{k} {v:.1f}" for k, v in part.items())],
    )


def cut(text: str) -> list[str]:
    """Sentences, roughly."""
    return [p for p in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", text) if p.strip()]


def score(gold: list[str], guesses: list[str]) -> dict[str, float]:
    """Accuracy and macro-F1 over the labels of the gold, in per cent."""
    if not gold:
        return {"accuracy": 0.0, "macro-F1": 0.0}
    fs = []
    for label in sorted(set(gold)):
        hits = sum(g == p == label for g, p in zip(gold, guesses, strict=True))
        fs.append(f_score(hits, guesses.count(label), gold.count(label))[2])
    right = sum(g == p for g, p in zip(gold, guesses, strict=True))
    return {"accuracy": 100 * right / len(gold), "macro-F1": sum(fs) / len(fs)}


def labels(s: Sentence, events: list[EventFound], vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Label and weight of each event of a sentence."""
    types = {e.type for e in events}
    protest = bool({"protest", "riot", "dispersal"} & types) or not vocabulary.classes["protest"].isdisjoint(
        s.lower
    )
    found = []
    for e in events:
        label = _label(s, e, types, vocabulary, protest=protest)
        if label:
            found.append((label, _WEIGHT[label] * (0.5 if e.rule == "bare noun" else 1.0)))
    return found


def _label(
    s: Sentence, e: EventFound, types: set[str], vocabulary: Vocabulary, *, protest: bool
) -> str | None:
    codes: Mapping[str, str] = vocabulary.types[e.type].codes
    label = codes.get("case2021") or _FROM_OUTSIDE.get(e.type)
    match label:
        case "ATTACK" if _touches(s, e.target, _ARMED) or (
            _touches(s, e.actor, _STATE) and "battle" in types
        ):
            return "ARMED_CLASH"
        case "ATTACK" if protest:
            return "FORCE_AGAINST_PROTEST" if _touches(s, e.actor, _STATE) else "VIOL_DEMONSTR"
        case "ARMED_CLASH" if protest:
            return "VIOL_DEMONSTR"
        case "ARREST" if protest and ("protest" in types or "riot" in types):
            return "PROTEST_WITH_INTER"
        case "FORCE_AGAINST_PROTEST" if not ({"killing", "death", "injury"} & types) and "riot" not in types:
            return "PROTEST_WITH_INTER" if "arrest" in types or "detention" in types else label
        case "NON_STATE_ACTOR_OVERTAKES_TER" if _touches(s, e.actor, _STATE) and not _touches(
            s, e.actor, {"rebel"}
        ):
            return "GOV_REGAINS_TERIT"
        case _:
            return label


def _touches(s: Sentence, phrase: Stretch | None, listed: frozenset[str] | set[str]) -> bool:
    return phrase is not None and not listed.isdisjoint(s.lower[phrase.first : phrase.last + 1])


def pick(votes: Counter[str]) -> str:
    """The label with most weight; the commonest kind when nothing was found."""
    return min(votes, key=lambda label: (-votes[label], label)) if votes else "ATTACK"
