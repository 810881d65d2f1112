"""The errors Rasid raises, as a tree.

    RasidError
    ├── WrongUse                 the command or a file in the case was not understood   (exit 2)
    │   ├── NotACase             the folder holds no case
    │   ├── BadSettings          rasid.toml has a value that cannot be used
    │   └── CaseBusy             another rasid is writing to this case
    ├── IntegrityError           going on would make the record wrong                    (exit 3)
    │   ├── ChangedOriginal      the bytes of an original no longer match their hash
    │   ├── MissingOriginal      an original named in the manifest is gone
    │   ├── BrokenLog            a decision log was altered or cut
    │   ├── BrokenQuote          a claim's quote is not at its offsets
    │   └── BrokenTable          a derived table no longer matches its fingerprint
    ├── WorkerDied               a worker process ended in the middle of its work
    └── TableShapeError          a stage was handed a table without the columns it needs (a defect)

One unreadable or doubtful item is never an error: it becomes a row in `doubts` and the run goes on.
Every message says what, where, and what to do next.
"""


class RasidError(Exception):
    """Anything Rasid raises on purpose. `exit_code` is what the command line returns."""

    exit_code = 1


class WrongUse(RasidError):
    """The person asked for something that cannot be done as asked."""

    exit_code = 2


class NotACase(WrongUse):
    """The folder is not a case."""


class BadSettings(WrongUse):
    """`rasid.toml` could not be used."""


class CaseBusy(WrongUse):
    """Another process holds the lock of this case."""


class IntegrityError(RasidError):
    """Something that must never change has changed. Nothing is written after this."""

    exit_code = 3


class ChangedOriginal(IntegrityError):
    """The bytes of an original no longer match their SHA-256."""


class MissingOriginal(IntegrityError):
    """The manifest names an original that is not there."""


class BrokenLog(IntegrityError):
    """A decision log was altered, cut in the middle, or reordered."""


class BrokenQuote(IntegrityError):
    """A quote is not at its place in the kept text."""


class BrokenTable(IntegrityError):
    """A derived table no longer matches the fingerprint written beside it."""


class WorkerDied(RasidError):
    """A worker process ended in the middle of a batch: killed for memory, or a defect (its traceback is on stderr)."""


class TableShapeError(RasidError):
    """A table lacks a column or has one of the wrong type."""
