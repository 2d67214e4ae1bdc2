"""Record a person with the request that brought him, or bring his record up to date from his card."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from counter_app.domain.people.records import BY_HAND, FROM_CARD, change_person, record_person
from counter_app.domain.people.state import PersonState
from counter_app.services.people.reading import PersonRead
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId, pending

BY_THE_CARD = "Theo thẻ quét tại quầy"


class Recorded(NamedTuple):
    """Drafts that stand first in the batch, and the person's id (``pending(1)`` when new)."""

    drafts: tuple[Draft, ...]
    person: EntryId


def record(acting: Acting, work: Workplace, read: PersonRead, *, from_card: bool) -> Recorded:
    """The person of an intake. A number already recorded here is the same person unless a clerk parts them.

    What was typed never overwrites a record: only a scanned card does, and only what it says. Raises
    DomainError of ``records``.
    """
    p = read.particulars
    rows = [
        row
        for row in unit_queries.people_with_number(acting.connection, p.id_number)
        if row.joined_to is None and row.id_number == p.id_number
    ]
    if not rows:
        return Recorded(record_person(p, FROM_CARD if from_card else BY_HAND, salt()), pending(1))
    state: PersonState = work.state(acting.connection, rows[0].id)
    if not from_card:
        return Recorded((), state.id)
    kept = p if p.phone else replace(p, phone=state.phone)
    return Recorded(change_person(state, kept, BY_THE_CARD, salt()), state.id)
