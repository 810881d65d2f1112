"""Tables with a line of HXL tags: each column says what it is. Data: knowledge/shapes/_hxl.yaml.

Source: the Humanitarian Exchange Language, HXL 1.1 tags and attributes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources

from rasid.knowledge.data_files import parse_yaml
from rasid.knowledge.shapes import Number, Shape, Source, fold_heading


def shape_of_tags(headings: Sequence[str], tags: Sequence[str]) -> Shape | None:
    """What a tagged table means; None if no tag of it says where, when or how many."""
    held = parse_yaml((resources.files("rasid.knowledge") / "shapes" / "_hxl.yaml").read_text("utf-8"))
    tagged = [
        (fold_heading(heading), set(tag.split("+"))) for heading, tag in zip(headings, tags, strict=True)
    ]
    fields: dict[str, Source] = {}
    for name, wanted in held["columns"].items():
        found = [heading for each in wanted for heading, tag in tagged if _fits(tag, each)]
        if found:
            fields[name] = Source(tuple(dict.fromkeys(found)))
    taken = {heading for source in fields.values() for heading in source.headings}
    numbers = [
        number
        for heading, tag in tagged
        if heading not in taken and (number := _number(heading, tag, held["numbers"])) is not None
    ]
    if not numbers and not fields.keys() & {"first_day", "place", "latitude"}:
        return None
    ignored = {heading: f"tagged {'+'.join(sorted(tag))}" for heading, tag in tagged if tag != {""}}
    return Shape(name="HXL-tagged table", voice="", fields=fields, numbers=tuple(numbers), ignored=ignored)


def _fits(tag: set[str], wanted: str) -> bool:
    """Does a column's tag hold all that is asked for? `#date` alone wants no attribute that says another day."""
    return set(wanted.split("+")) <= tag


def _number(heading: str, tag: set[str], known: Sequence[dict[str, str]]) -> Number | None:
    for each in known:
        if _fits(tag, each["tag"]):
            return Number(
                part=heading,
                low=None,
                best=heading,
                high=None,
                base=each["base"],
                unit=each.get("unit", "people"),
                stock_flow=each.get("stock_flow"),
            )
    return None
