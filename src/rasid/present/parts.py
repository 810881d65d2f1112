"""What the site is made from beside the claims; each part may be missing."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.present.activity_views import ActivityTables
from rasid.present.data_pages import DataTables
from rasid.present.figure_pages import RangeTables
from rasid.present.incident_views import IncidentTables
from rasid.present.people_pages import PeopleTables
from rasid.present.source_pages import Standings

__all__ = [
    "ActivityTables",
    "DataTables",
    "IncidentTables",
    "PeopleTables",
    "RangeTables",
    "SiteParts",
    "Standings",
]


@dataclass(frozen=True, slots=True)
class SiteParts:
    """The parts; None where a case has none: no activity without event data, no people without lists."""

    incidents: IncidentTables | None = None
    ranges: RangeTables | None = None
    standings: Standings | None = None
    data: DataTables | None = None
    activity: ActivityTables | None = None
    people: PeopleTables | None = None

    def absent(self) -> frozenset[str]:
        """Entries of the navigation that this case has no page for."""
        entries = {
            "Incidents": self.incidents,
            "Sources": self.standings,
            "Event data": self.data,
            "Activity": self.activity,
            "Lists and overlap": self.people,
            "People": self.people,
            "Estimate": self.people,
        }
        return frozenset(name for name, part in entries.items() if part is None)
