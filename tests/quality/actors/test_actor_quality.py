"""Floor of linking actors and voices, on sentences written for this before the linker had read them."""

from __future__ import annotations

from pathlib import Path

import yaml

from rasid.knowledge.registry import load_registry
from rasid.resolve.actors import Link, link_actor
from rasid.resolve.linker import make_linker, read_context

FLOOR = 0.95  # right, or rightly left open
HERE = Path(__file__).parent


def scored(file: str) -> tuple[int, list[tuple[str, str | None, Link]]]:
    """How many mentions the file has, and the wrong ones: mention, the right name, what it was linked to."""
    linker = make_linker(load_registry())
    wrong: list[tuple[str, str | None, Link]] = []
    count = 0
    for item in yaml.safe_load((HERE / file).read_text("utf-8")):
        people = [link[0] for link in item["links"] if link[1] == "voice"]
        context = read_context(item["text"], linker=linker, people=people)
        for mention, role, expected, *event in item["links"]:
            count += 1
            found = link_actor(
                mention, linker=linker, context=context, role=role, event=event[0] if event else None
            )
            right = found.kind is None if expected is None else found.name == expected
            if not right:
                wrong.append((mention, expected, found))
    return count, wrong


def test_actors_are_linked_right_or_rightly_left_open():
    count, wrong = scored("mentions.yaml")
    assert count >= 200
    assert 1 - len(wrong) / count >= FLOOR, wrong


def test_the_second_set_is_linked_as_well():
    count, wrong = scored("mentions_2.yaml")
    assert count >= 70
    assert 1 - len(wrong) / count >= FLOOR, wrong
