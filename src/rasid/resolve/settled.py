"""What people settled about names: found by document and name; what has no effect now is listed, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rasid.knowledge.actors import name_key
from rasid.model.ids import content_id
from rasid.model.settled import Settled
from rasid.model.tables import Row


@dataclass(frozen=True, slots=True)
class SettledNames:
    """Decisions by (document or "" for the whole case, key of the name). Make it with `index_settled`."""

    held: Mapping[tuple[str, str], Settled] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.held)

    def find(self, name: str, document: str) -> Settled | None:
        """What was settled for this name: for this document alone, else for the case."""
        key = name_key(name)
        return self.held.get((document, key)) or self.held.get(("", key))


def index_settled(settled: Iterable[Settled]) -> SettledNames:
    """The decisions by name; of two about one name the later one counts."""
    return SettledNames({(s.document, name_key(s.name)): s for s in settled})


def without_effect(settled: Settled, *, what: str, why: str) -> Row:
    """The doubt about a decision that changes nothing.

    what: "place" or "actor", as in `rasid settle`
    why:  a clause: "no claim has this name now"
    """
    alone = f" --document {settled.document}" if settled.document else ""
    means = f" is {settled.shown or settled.means}" if settled.means else f" is no {what}"
    return {
        "id": content_id("x", "resolve", "decision without effect", what, settled.document, settled.name),
        "stage": "resolve",
        "original": None,
        "document": None,
        "name": settled.name,
        "what": "decision without effect",
        "sentence": f'{settled.who} that "{settled.name}"{means}, but {why}.',
        "advice": f'It is kept. To take it back: `rasid reopen {what} "{settled.name}"{alone}`.',
    }
