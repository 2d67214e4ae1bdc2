"""One digest for a reading, made alike by whoever keeps it in whatever tables.

SHA-256 over the MessagePack array of each row, rows in ascending order of their subject's key: subject
(journal << 32 | seq), then what the reading says of it. Equal entries must be read alike; where heads agree
and these digests differ, one of the two has read wrongly, and a rebuild of its readings mends it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sync.protocol.journals.codec import encode

LINES = "lines"
"""Lines of registers: subject, number, state (text)."""
REQUESTS = "requests"
"""Requests for certification: subject, stage (text)."""
DOSSIERS = "dossiers"
"""Dossiers: subject, stage (text)."""
READINGS = (LINES, REQUESTS, DOSSIERS)


def reading_digest(rows: Iterable[Sequence[int | str]]) -> bytes:
    """32 bytes over ``rows``, which come in ascending order of their first column."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(encode(tuple(row)))
    return digest.digest()
