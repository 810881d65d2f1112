"""What the field knows, as data: event types and their words, actors, places, code lists."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable


@lru_cache(maxsize=1)
def knowledge_version() -> str:
    """A hash over all data files but the language pipeline, which has a version of its own."""
    digest = hashlib.sha256()
    for name, content in _data_files(resources.files(__name__), ""):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _data_files(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        if item.is_dir():
            if item.name not in {"pipeline", "__pycache__"}:
                found += _data_files(item, f"{prefix}{item.name}/")
        elif not item.name.endswith((".py", ".pyc")):
            found.append((prefix + item.name, item.read_bytes()))
    return found
