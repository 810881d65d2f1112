"""The built example case beside its answer key (examples/expected.yaml): what fits, what is missing, what is wrong.

Run as a program it builds the case in a folder of its own and prints the table.
"""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from rasid import flow, record
from rasid.case import create_case
from rasid.model import tables
from rasid.store import derived

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NOT_READ = "ar"  # the shipped pipeline reads no Arabic, and says so
_SPACES = re.compile(r"[\s>*_]+")
_SPEECH = frozenset({"denial", "accusation", "appeal"})  # that it was denied did happen
_OPPOSITE = {"affirms": "denies", "denies": "affirms"}

Row = dict[str, Any]


@dataclass(slots=True)
class Answers:
    """One line each: stances by how they compare with the key, figures, and what is shown though it must not be."""

    right: list[str] = field(default_factory=list)
    also_fair: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    reversed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    figures_found: list[str] = field(default_factory=list)
    figures_missing: list[str] = field(default_factory=list)
    wrongly_happened: list[str] = field(default_factory=list)
    absent_words: list[str] = field(default_factory=list)
    persons_missing: list[str] = field(default_factory=list)
    doubted: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Built:
    """The tables of the built case that the key speaks of."""

    documents: list[Row]
    claims: list[Row]
    questions: list[Row]
    stances: list[Row]
    doubts: list[Row]


def read_key() -> Row:
    """The answer key."""
    key: Row = yaml.safe_load((EXAMPLES / "expected.yaml").read_text("utf-8"))
    return key


def build_examples(folder: Path, key: Row) -> Built:
    """Build the example reports as a case in `folder`, asked the questions of the key."""
    case = create_case(folder)
    record.add(case, [EXAMPLES / "reports"], by="tester")
    for question in key["questions"]:
        record.ask(case, question["question"], by="tester")
    flow.rebuild(case, by="tester")
    schemas = {
        "documents": tables.DOCUMENTS,
        "claims": tables.CLAIMS,
        "questions": tables.QUESTIONS,
        "stances": tables.STANCES,
        "doubts": tables.DOUBTS,
    }
    return Built(*(derived.read_table(case, name, schema).to_dicts() for name, schema in schemas.items()))


def compare(built: Built, key: Row) -> Answers:
    """Everything the key says, compared."""
    answers = Answers(doubted={str(d["name"]) for d in built.doubts})
    names = {d["id"]: str(d["name"]) for d in built.documents}
    for asked in key["questions"]:
        _compare_stances(built, asked, answers)
    _compare_figures(built, key["figures"], names, answers)
    _compare_happened(built, key["never_happened"], names, answers)
    _compare_words(built, key, answers)
    persons = {fold(str(p["name"])) for c in built.claims for p in c["persons"]}
    answers.persons_missing = [p["name"] for p in key["persons"] if fold(p["name"]) not in persons]
    return answers


def _compare_stances(built: Built, asked: Row, answers: Answers) -> None:
    question = next(q["id"] for q in built.questions if q["question"] == asked["question"])
    taken = [s for s in built.stances if s["question"] == question]
    known: set[str] = set()
    for wanted in asked["stances"]:
        called = [wanted["voice"], *wanted.get("also_called", [])]
        known |= {fold(name) for name in called}
        if all(q.get("language") == NOT_READ for q in wanted["quotes"]):
            continue
        found = [s for s in taken if fold(s["voice"]) in {fold(name) for name in called}]
        line = f"{asked['question'][:24]}… {wanted['voice']}: {wanted['stance']}"
        _put_stance(line, wanted, {s["stance"] for s in found}, answers)
    silent = {fold(name) for name in asked["no_stance_of_their_own"]}
    for stance in taken:
        if stance["stance"] != "unclear" and (
            fold(stance["voice"]) in silent or fold(stance["voice"]) not in known
        ):
            quote = stance["quotes"][0]["quote"][:90]
            answers.invented.append(
                f"{asked['question'][:24]}… {stance['voice']}: {stance['stance']} “{quote}”"
            )


def _put_stance(line: str, wanted: Row, said: set[str], answers: Answers) -> None:
    fair = set(wanted.get("also_fair", []))
    if _OPPOSITE.get(wanted["stance"]) in said - fair:
        answers.reversed.append(f"{line}, found {sorted(said)}")
    elif wanted["stance"] in said:
        answers.right.append(line)
    elif said & fair:
        answers.also_fair.append(line)
    elif not said:
        answers.missing.append(line)
    else:
        answers.different.append(f"{line}, found {sorted(said)}")


def _compare_figures(built: Built, figures: Sequence[Row], names: dict[str, str], answers: Answers) -> None:
    for wanted in figures:
        if wanted.get("language") == NOT_READ:
            continue
        held = [
            c["quantity"] for c in built.claims if c["quantity"] and _of_file(names[c["document"]], wanted)
        ]
        fits = any(
            _overlaps(q["text"], wanted["words"])
            and (q["low"], q["high"], q["bound"]) == (wanted["low"], wanted["high"], wanted["bound"])
            for q in held
        )
        line = f"{wanted['file']}: {wanted['words']}"
        (answers.figures_found if fits else answers.figures_missing).append(line)


def _compare_happened(built: Built, never: Sequence[Row], names: dict[str, str], answers: Answers) -> None:
    """Of what must never be shown as happened: the events whose words stand in these words, read as happened."""
    texts = {d["id"]: d["text"] for d in built.documents}
    for wanted in never:
        if wanted.get("language") == NOT_READ:
            continue
        for claim in built.claims:
            if (
                claim["kind"] == "figure"
                or claim["type"] in _SPEECH
                or not _of_file(names[claim["document"]], wanted)
            ):
                continue
            trigger = claim["trigger"]
            around = texts[claim["document"]][max(0, trigger["start"] - 200) : trigger["end"] + 200]
            happened = claim["polarity"] == "affirmed" and claim["certainty"] in {"certain", "partial"}
            if (
                happened
                and _stands_in(trigger["text"], wanted["words"])
                and fold(wanted["words"]) in fold(around)
            ):
                answers.wrongly_happened.append(f"{wanted['file']}: {wanted['words']} [{claim['type']}]")


def _compare_words(built: Built, key: Row, answers: Answers) -> None:
    texts = {str(d["name"]): fold(d["text"]) for d in built.documents}
    quotes = [q for asked in key["questions"] for s in asked["stances"] for q in s["quotes"]]
    for wanted in [*quotes, *key["figures"], *key["never_happened"]]:
        text = next((t for name, t in texts.items() if _of_file(name, wanted)), "")
        if fold(wanted["words"]) not in text:
            answers.absent_words.append(f"{wanted['file']}: {wanted['words']}")


def _of_file(name: str, wanted: Row) -> bool:
    return (
        name == wanted["file"] or name.endswith("/" + wanted["file"]) or wanted["file"].endswith("/" + name)
    )


def _overlaps(found: str, wanted: str) -> bool:
    """The number as found is in the words of the key, which name the thing counted too, or the other way round."""
    return fold(found) in fold(wanted) or fold(wanted) in fold(found)


def _stands_in(trigger: str, words: str) -> bool:
    return fold(trigger) in fold(words)


def fold(text: str) -> str:
    """Without case, accents of form, double spaces and the marks of mails."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    return _SPACES.sub(" ", plain).strip(" .")


def lines(answers: Answers) -> Iterable[str]:
    """The lines to print."""
    for name in Answers.__slots__:
        held = getattr(answers, name)
        yield f"{name}: {len(held)}"
        if name not in {"right", "figures_found"}:
            yield from (f"    {line}" for line in sorted(held))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        answer_key = read_key()
        for row in lines(compare(build_examples(Path(made) / "case", answer_key), answer_key)):
            sys.stdout.write(row + "\n")
