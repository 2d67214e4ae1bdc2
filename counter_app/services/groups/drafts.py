"""What is kept of a group on this PC: the draft of who prepares it, and the fixed list while it is written.

Both are local. The fixed list belongs to the PC, not to a person: whoever sits down next goes on with it.
"""

from __future__ import annotations

import hashlib

import msgspec
from sqlalchemy import Connection

from counter_app.services.ports.groups import GroupForm
from counter_app.storage.this_pc import local
from sync.protocol.naming.ids import EntryId

SCREEN = "groups"
FIXED = "groups.fixed"


def save(connection: Connection, official: EntryId, form: GroupForm, at: int) -> None:
    """Keep what is being prepared."""
    local.save_draft(connection, official, SCREEN, "", msgspec.json.encode(form), at)


def load(connection: Connection, official: EntryId) -> GroupForm | None:
    """What was being prepared, None without it or when another version wrote it."""
    return _read(local.load_draft(connection, official, SCREEN))


def drop(connection: Connection, official: EntryId) -> None:
    """Forget what was being prepared: it is being written."""
    local.drop_draft(connection, official, SCREEN)


def fix(connection: Connection, group: EntryId, form: GroupForm, at: int) -> None:
    """Keep the list as it is written, in the transaction of its first piece."""
    local.save_draft(connection, None, FIXED, str(group.key), msgspec.json.encode(form), at)


def fixed(connection: Connection, group: EntryId) -> GroupForm | None:
    """The list of a group that is being written here."""
    return _read(local.load_draft(connection, None, FIXED, str(group.key)))


def release(connection: Connection, group: EntryId) -> None:
    """Forget the list: everybody on it is written, or the group was ended."""
    local.drop_draft(connection, None, FIXED, str(group.key))


def digest(form: GroupForm) -> bytes:
    """SHA-256 over papers and persons in their order: what may not change while the group is written."""
    return hashlib.sha256(msgspec.json.encode((form.papers, form.people))).digest()


def _read(content: bytes | None) -> GroupForm | None:
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=GroupForm)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
