"""The intake draft of the person at the counter: local, saved at each field, gone with the act it became."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from counter_app.services.ports.intake import IntakeForm
from counter_app.storage.this_pc import local
from sync.protocol.naming.ids import EntryId

SCREEN = "intake"


def save(connection: Connection, official: EntryId, form: IntakeForm, at: int) -> None:
    """Keep the page as it stands."""
    local.save_draft(connection, official, SCREEN, "", msgspec.json.encode(form), at)


def load(connection: Connection, official: EntryId) -> IntakeForm | None:
    """The page that was left, None without one or when another version wrote it."""
    content = local.load_draft(connection, official, SCREEN)
    if content is None:
        return None
    try:
        return msgspec.json.decode(content, type=IntakeForm)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def drop(connection: Connection, official: EntryId) -> None:
    """Forget the page."""
    local.drop_draft(connection, official, SCREEN)
