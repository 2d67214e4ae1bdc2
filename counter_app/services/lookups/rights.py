"""The right to look up, recorded by the head with the written act that gives it."""

from __future__ import annotations

from counter_app.domain.lookups.rights import give_right
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState, unit_subject
from counter_app.services import rules as tables_of_rules
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

LOOK_UP = "look_up"
"""What an act may be for beside signing: looking up in every system of the table."""
ENDLESS = 99_991_231


def record_right(work: Workplace, desk: Desk, official: EntryId, act: str, until: int) -> None:
    """``official`` may look up by the written ``act`` up to ``until`` (yyyymmdd, 0: without an end).

    Sealed by the head at the counter. Raises DomainError ``role.*``, ``session.*``, ``lookup.*``.
    """
    head = desk.require()
    roles.require(head, roles.MANAGE_PEOPLE)
    table, unit = tables_of_rules.lookup_systems(), unit_subject(work.place.unit)
    codes = [system.code for system in table.systems]

    def decide(acting: Acting) -> tuple[Draft, ...]:
        state: OfficialState = work.state(acting.connection, official)
        return give_right(head, unit, state, codes, act, until or ENDLESS, table)

    work.store.act(decide, desk.act(sealed=True))
    work.changed("people", "unit", "dossiers")
