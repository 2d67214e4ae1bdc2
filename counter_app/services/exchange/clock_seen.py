"""The province's clock beside ours: appended when it moved by more than 30 s (``sync.md`` 6)."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain import clock_trust
from counter_app.services.session.clock_question import SLACK_MS
from counter_app.services.workplace import CLOCK_DOUBTED, CLOCK_OFFSET, Workplace
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.this_pc import device
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft
from sync.protocol.journals.system_kinds import ClockSeen, SystemKind
from sync.protocol.naming.ids import SELF

SEEN = "clock.seen"
WORTH_MS = 30_000
_MOST_ERROR = 2**31 - 1


def note_offset(work: Workplace, offset_ms: int, error_ms: int, *, follow: bool) -> bool:
    """Keep the hub's offset when it changed by more than 30 s; True when an entry was written.

    ``follow``: the program's time follows the province from now on, in place of what a person had said; where
    the province's clock can be the wrong one (``clock_trust``) it stays and a person is asked.
    """
    if not work.store.is_enrolled:  # a stopped PC goes on exchanging and writes nothing
        return False
    with work.store.read() as connection:
        before = int(device.setting(connection, SEEN, "0"))
        if abs(offset_ms - before) <= max(WORTH_MS, error_ms):  # nearly every exchange ends here
            return False
        own = desk_queries.last_entry_at(connection, work.journal)
        era = clock_trust.era(desk_queries.last_entries_at(connection))
    body = ClockSeen(offset_ms, min(error_ms, _MOST_ERROR))
    believed = clock_trust.follows(work.clock.now() + offset_ms, work.now(), own, era)

    def keep(connection: Connection, _: object) -> None:
        device.put_setting(connection, SEEN, str(offset_ms))
        if follow:
            device.put_setting(connection, CLOCK_DOUBTED, "" if believed else str(offset_ms))
        if follow and believed:
            device.put_setting(connection, CLOCK_OFFSET, str(offset_ms if abs(offset_ms) > SLACK_MS else 0))

    draft = Draft(SystemKind.CLOCK_SEEN, (SELF,), encode_body(body))
    work.store.act(lambda _: (draft,), Act(work.now()), keep)
    return True
