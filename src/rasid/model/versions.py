"""The version of each stage. Raise one when the same input gives another result: then old tables are made again.

Kept apart from the stages so that a build with nothing to do need not load them.
"""

CONTRACT = 2  # of the tables and the JSON that other programs read: docs/reference/json.md

READ = 2
EXTRACT = 7
RESOLVE = 6
WEIGH = 9
PEOPLE = 5  # lists of people: listings, linking, estimates
SITE = 6

STAGES = (
    ("read", str(READ)),
    ("extract", str(EXTRACT)),
    ("resolve", str(RESOLVE)),
    ("weigh", str(WEIGH)),
    ("people", str(PEOPLE)),
    ("present", str(SITE)),
)
