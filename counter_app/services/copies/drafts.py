"""The draft of the person at the counter: local, saved at each field, gone with the act it became."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from counter_app.services.ports.copies import RequestForm
from counter_app.storage.this_pc import local
from sync.protocol.naming.ids import EntryId

SCREEN = "copies"


class Draft(msgspec.Struct, frozen=True):
    """A form and the row under the cursor."""

    form: RequestForm
    cursor: int = 0


def save(connection: Connection, official: EntryId, form: RequestForm, cursor: int, at: int) -> None:
    """Keep the draft as it stands."""
    local.save_draft(connection, official, SCREEN, "", msgspec.json.encode(Draft(form, cursor)), at)


def load(connection: Connection, official: EntryId) -> Draft | None:
    """The draft that was left, None without one or when another version wrote it."""
    content = local.load_draft(connection, official, SCREEN)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=Draft)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def drop(connection: Connection, official: EntryId) -> None:
    """Forget the draft."""
    local.drop_draft(connection, official, SCREEN)
