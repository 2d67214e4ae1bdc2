"""Who asks for files: a device of a unit that is served, known by its pass and not revoked."""

from __future__ import annotations

from typing import NamedTuple

from sync.hub import enrol, province
from sync.hub.attachments.refusing import FileRefused
from sync.hub.hub import Hub
from sync.hub.tables import journals
from sync.hub.tables.held import HeldJournals
from sync.protocol.meeting.file_pass import read_pass
from sync.protocol.naming.ids import is_province
from sync.protocol.refusals import Malformed, NotAuthentic


class Asker(NamedTuple):
    """A device that proved who it is."""

    unit: str
    journal: int


def asker(hub: Hub, authorization: str) -> Asker:
    """The device behind an Authorization header.

    Raises FileRefused: 401 without a good pass (``pass-stale``: the clocks differ), 403 for a revoked device.
    """
    try:
        shown = read_pass(authorization)
    except Malformed as error:
        raise FileRefused(401, "no-pass", "a device shows its pass") from error
    with hub.database.read() as connection:
        held = journals.position(connection, shown.journal)
        served = shown.unit in province.unit_codes(connection) and not is_province(shown.journal)
        keys = {hub.keys.signing.key_id: hub.public_key}
        public = HeldJournals(connection, keys).signing_key(shown.journal) if held and served else None
        if held is None or held.unit != shown.unit or public is None:
            raise FileRefused(401, "sender-unknown", "this device has not enrolled here")
        try:
            shown.verify(public, hub.keys.signing)
        except NotAuthentic as error:
            raise FileRefused(401, "not-authentic", "not the pass of this device") from error
        if not shown.is_fresh(hub.now()):
            raise FileRefused(401, "pass-stale", "written at another time than the hub's")
        if shown.journal in enrol.revocations(connection, shown.unit):
            raise FileRefused(403, "revoked", "this device was revoked")
    return Asker(shown.unit, shown.journal)
