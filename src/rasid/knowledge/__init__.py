"""What the field knows, as data: event types and their words, actors, places, code lists."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_HASHED_BYTES = 500_000  # larger files are trained or compiled; hashing 40 MB would slow every build
_CODE = frozenset({".py", ".pyc"})


@lru_cache(maxsize=1)
def knowledge_version() -> str:
    """A hash over all data files: of large ones the name and the size, of the others the content."""
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _CODE:
            size = path.stat().st_size
            digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
            if size <= _HASHED_BYTES:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
