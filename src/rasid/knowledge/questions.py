"""What bears on a question: which types of claims say the same, speak for it or speak against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

_HOW = ("same", "excludes", "supports")


@dataclass(frozen=True, slots=True)
class Bearing:
    """Claims of `type` bear on a question when their `role` is what the question has as `asked`.

    how:   "same", "excludes" or "supports"
    why:   a clause that can follow "implied:"; empty for "same"
    turns: the claim denied speaks the other way
    """

    type: str
    role: str
    asked: str
    how: str
    why: str
    turns: bool = False


@lru_cache(maxsize=1)
def load_bearings() -> Mapping[str, Sequence[Bearing]]:
    """Type of question -> what bears on it, in the order of knowledge/questions.yaml."""
    text = (resources.files("rasid.knowledge") / "questions.yaml").read_text("utf-8")
    raw = yaml.safe_load(text)
    return {
        asked_type: tuple(
            Bearing(
                item["type"], item["role"], item["asked"], how, item.get("why", ""), item.get("turns", False)
            )
            for how in _HOW
            for item in groups.get(how, [])
        )
        for asked_type, groups in raw.items()
    }
