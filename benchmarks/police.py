"""Police actions per sentence (IndiaPoliceEvents), derived from our events: the actor is police.

KILL: a killing by police. ARREST: an arrest or detention by police, or by nobody named. FAIL: police failed to act.
FORCE: force used by police (KILL implies it). ANY_ACTION: any of these, or another deed that police are the subject of.
A third of the documents (by a hash of their id) was never looked at while the rules were made; its figures
are printed beside the whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from rasid.extract.certainty import judge as judge_certainty
from rasid.extract.events import read_events
from rasid.extract.events_verbs import verb_places
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.certainty import CertaintyLexicon, load_certainty
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary, load_vocabulary
from rasid.model.values import Certainty, Polarity

LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
_KILL = {"killing", "execution"}
_ARREST = {"arrest", "detention"}
_FORCE = {"dispersal", "torture", "attack", "injury", "hostile_crime"}
_STATE = frozenset({"government", "administration", "authorities"})
# Words of what only police do: a sentence without police, state or one of these has no label.
_FORCE_WORDS = ("arrest", "detain", "lathi", "teargas", "tear")
# What police are there to do: left undone, it is a failure.
_DUTIES = listed(
    "act respond help protect prevent stop intervene arrest assist save come reach register do control"
)
_WORDS_NOT_DEEDS = listed(
    "say tell add claim state believe think know have be do admit deny report suspect explain want need seem "
    "appear feel maintain allege confirm announce hope fear expect inform assert warn"
)


def run(job: Job) -> Report:
    """Score every label on the split."""
    rows = list(read_lines(find_split(job.folder("police_events"), job.split), job.limit))
    vocabulary, certainty = load_vocabulary(), load_certainty()
    passages = [PassageText(str(i), i, "sentence", 0, row["text"]) for i, row in enumerate(rows)]
    found: dict[int, dict[str, int]] = {}
    words = 0
    for s in parse(passages, load_pipeline()):
        words += len(s)
        found[s.index] = judge(s, vocabulary, certainty)
    predictions = [found.get(i, dict.fromkeys(LABELS, 0)) for i in range(len(rows))]
    write_predictions(job.predictions, predictions)
    whole = score(rows, predictions)
    unseen = [i for i, row in enumerate(rows) if held_out(row["doc_id"])]
    notes = []
    if unseen:
        part = score([rows[i] for i in unseen], [predictions[i] for i in unseen])
        notes = ["third never looked at: " + ", ".join(f"{k} {v:.1f}" for k, v in part.items())]
    return Report(
        name="IndiaPoliceEvents, F per label",
        ours=whole,
        peers={"authors' keyword rules": {"KILL": 56.9, "ARREST": 51.0, "FAIL": 4.7, "FORCE": 65.6}},
        aim={"KILL": 68, "ARREST": 68, "FAIL": 25, "FORCE": 75},
        words=words,
        notes=notes,
    )


def held_out(document: str) -> bool:
    """One document in three, by a hash that does not change."""
    return zlib.crc32(document.encode()) % 3 == 0


def score(rows: list[dict[str, object]], predictions: list[dict[str, int]]) -> dict[str, float]:
    """F of each label in per cent."""
    figures = {}
    for label in LABELS:
        hits = sum(bool(r.get(label)) and bool(p[label]) for r, p in zip(rows, predictions, strict=True))
        gold = sum(bool(r.get(label)) for r in rows)
        figures[label] = f_score(hits, sum(p[label] for p in predictions), gold)[2]
    return figures


def judge(s: Sentence, vocabulary: Vocabulary, certainty: CertaintyLexicon) -> dict[str, int]:
    """The five labels of one sentence."""
    police = vocabulary.classes["police"]
    if (police | _STATE).isdisjoint(s.lower) and not any(w.startswith(_FORCE_WORDS) for w in s.lower):
        return dict.fromkeys(LABELS, 0)
    events = read_events(s, vocabulary)
    by_police = [e for e in events if _is_police(s, e.actor, police)]
    firing = any(e.type in _FORCE for e in by_police)
    kill = any(
        e.type in _KILL or (e.type == "death" and _is_police(s, e.instrument, police)) for e in by_police
    ) or any(
        e.type in _KILL | {"death"} and (_is_police(s, e.instrument, police) or _caused(s, e, by_police))
        for e in events
        if e.actor is None
    )
    arrest = any(
        e.type in _ARREST
        and (e.actor is None or _is_police(s, e.actor, police))
        and _happened(s, e.head, certainty)
        for e in events
    )
    fail = any(e.type == "inaction" and _is_police(s, e.actor, police | _STATE) for e in events) or any(
        s.lemmas[i] in _DUTIES and _is_police_deed(s, i, police) and _is_denied(s, i, certainty)
        for i in range(len(s))
    )
    force = kill or firing or any(_is_unnamed_force(s, e) for e in events)
    deed = any(s.lemmas[i] not in _WORDS_NOT_DEEDS and _is_police_deed(s, i, police) for i in range(len(s)))
    return {
        "KILL": int(kill),
        "ARREST": int(arrest),
        "FAIL": int(fail),
        "FORCE": int(force),
        "ANY_ACTION": int(kill or arrest or fail or force or deed),
    }


def _caused(s: Sentence, death: EventFound, by_police: Iterable[EventFound]) -> bool:
    """Do the dead stand beside the firing: "killed in police firing", "police fired, killing two"?"""
    near = [e for e in by_police if e.type in _FORCE]
    return any(abs(e.trigger.first - death.trigger.last) <= 8 for e in near)


def _is_unnamed_force(s: Sentence, e: EventFound) -> bool:
    """Force of the kind that only police use, by nobody named: "six rounds were fired", "tear gas was used"."""
    if e.actor is not None:
        return False
    return e.type == "dispersal" or (
        e.type == "attack" and s.lower[e.head] == "fired" and e.rule == "passive"
    )


def _is_police(s: Sentence, actor: Stretch | None, police: frozenset[str]) -> bool:
    return actor is not None and not police.isdisjoint(s.lower[actor.first : actor.last + 1])


def _happened(s: Sentence, head: int, certainty: CertaintyLexicon) -> bool:
    """Said as something that is or was: not denied, not expected, not merely possible."""
    said = judge_certainty(s, head, lexicon=certainty)
    return said.polarity == Polarity.AFFIRMED and said.certainty in {Certainty.CERTAIN, Certainty.PARTIAL}


def _is_denied(s: Sentence, head: int, certainty: CertaintyLexicon) -> bool:
    return judge_certainty(s, head, lexicon=certainty).polarity == Polarity.DENIED


def _is_police_deed(s: Sentence, i: int, police: frozenset[str]) -> bool:
    """A verb whose subject is police."""
    if s.pos[i] != "VERB":
        return False
    subject = verb_places(s, i, "past").get("subject")
    return subject is not None and (
        s.lower[subject] in police or any(s.lower[c] in police for c in s.children[subject])
    )
