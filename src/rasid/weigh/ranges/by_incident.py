"""Place and day of a figure from the incident that its claim tells of, where the reports of it agree on one.

In: figures, the claims of the case, claim -> incident (`resolve/incidents`, only those that tell it). A person can
settle which reports are one incident; what is taken from it rests on that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rasid.model.tables import Row
from rasid.weigh.ranges.context import SHORT_DAYS, Context, days_of
from rasid.weigh.ranges.counting import FLOW
from rasid.weigh.ranges.said import Said, When, Where


@dataclass(slots=True)
class _Facts:
    """Towns and days that the claims of one incident name, each with the documents that name it."""

    towns: dict[str, Where] = field(default_factory=dict)
    days: set[When] = field(default_factory=set)
    named_in: dict[object, set[str]] = field(default_factory=lambda: defaultdict(set))

    def town_for(self, said: Said) -> Where | None:
        """The one town, if another document names it: what the own one tells is for `context` to judge."""
        town = next(iter(self.towns.values())) if len(self.towns) == 1 else None
        return town if town is not None and self.named_in[town.key] - {said.document} else None

    def days_for(self, said: Said) -> When | None:
        """The same for the days."""
        days = next(iter(self.days)) if len(self.days) == 1 else None
        return days if days is not None and self.named_in[days] - {said.document} else None


def settle_by_incident(
    figures: Sequence[Said], claims: Iterable[Row], context: Context, *, incidents: Mapping[str, str]
) -> list[Said]:
    """The figures; a flow without a town or without days takes those of its incident, if there is only one."""
    facts: dict[str, _Facts] = defaultdict(_Facts)
    for claim in claims:
        incident = incidents.get(str(claim["id"]))
        if incident is None:
            continue
        where, when = context.finest(claim), days_of(claim["time"])
        if where is not None and where.is_settlement:
            facts[incident].towns[where.key] = where
            facts[incident].named_in[where.key].add(str(claim["document"]))
        if when is not None and 0 < when.days <= SHORT_DAYS:
            facts[incident].days.add(when)
            facts[incident].named_in[when].add(str(claim["document"]))
    return [_settled(said, facts[incidents[said.id]]) if said.id in incidents else said for said in figures]


def _settled(said: Said, facts: _Facts) -> Said:
    if said.counted.span != FLOW:
        return said
    if said.where is None and (town := facts.town_for(said)) is not None:
        said = replace(
            said, where=town, taken=(*said.taken, "place taken from the other reports of this incident")
        )
    if said.when is None and (days := facts.days_for(said)) is not None:
        said = replace(
            said, when=days, taken=(*said.taken, "day taken from the other reports of this incident")
        )
    return said
