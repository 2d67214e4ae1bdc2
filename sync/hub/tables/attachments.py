"""Index of the hub's files: uploads under way, and files that came whole and were opened once.

The bytes lie in the hub's folder (``sync.hub.attachments.folder``). Kept with the journals, not a reading: an
offset is written here only after the bytes below it were flushed.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.tables.schema import META, blob, number, words

uploads = Table(
    "uploads",
    META,
    words("id", primary=True),
    words("unit"),
    number("journal"),
    words("name"),
    number("length"),
    number("taken"),
    number("touched"),
)
"""Uploads under way; ``taken`` of ``length`` bytes of the sealed file, ``touched`` ms."""
Index("ix_uploads_unit", uploads.c.unit)

attachments = Table(
    "attachments",
    META,
    words("unit", primary=True),
    words("name", primary=True),
    blob("digest"),
    number("size"),
    number("sealed"),
    number("key_version"),
    number("journal"),
    number("arrived"),
)
"""Files that came whole: ``name`` on the wire, ``digest`` and ``size`` of the file, ``sealed`` its bytes."""
Index("ix_attachments_digest", attachments.c.unit, attachments.c.digest)
