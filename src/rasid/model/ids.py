"""Ids that depend on content alone, so that the same input gives the same id on every machine."""

from __future__ import annotations

import hashlib
from typing import NewType

Sha256 = NewType("Sha256", str)  # 64 lower-case hex digits
DocumentId = NewType("DocumentId", str)  # "d" + 12 hex digits
ClaimId = NewType("ClaimId", str)  # "c" + 12 hex digits
QuestionId = NewType("QuestionId", str)  # "q" + 12 hex digits
DoubtId = NewType("DoubtId", str)  # "x" + 12 hex digits


def content_id(prefix: str, *parts: str | int) -> str:
    """`prefix` and 12 hex digits of the SHA-256 of the parts, joined by NUL.

    48 bits: among a million ids of one kind a collision has a chance of 1 in 500; callers that mint ids
    for a whole table check for one.
    """
    joined = "\0".join(str(part) for part in parts)
    return prefix + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def document_id(original: str, member: str = "") -> DocumentId:
    """Id of the document that is `member` of the original with this SHA-256 ("" = the file itself)."""
    return DocumentId(content_id("d", original, member))
