"""Who may sign a letter about a dossier (forms 04, 05), under which written act, and what stands above it.

The head signs in his own right; a deputy only under an act of the scope ``dossier`` (``law.md`` 7.2 [U]). The
entry names the act, so that a reprint years later says what was true on its day.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from counter_app.domain.organisation import roles
from counter_app.domain.organisation.delegations import DOSSIER, choose_delegation, letter_line
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId


def act_for(
    connection: Connection, work: Workplace, person: OfficialState, day: int
) -> DelegationState | None:
    """The written act under which ``person`` signs letters on ``day`` (``yyyymmdd``).

    None when there is none, or when he needs none.
    """
    if roles.grade(person.roles, roles.EXTEND_OR_STOP) != roles.ACT:
        return None
    acts = [work.state(connection, row.id) for row in unit_queries.delegations(connection, day)]
    return choose_delegation(acts, person, DOSSIER, day)


def office_of(connection: Connection, work: Workplace, body: Any, official: OfficialState) -> str:
    """What stands above the signature of a form: the title, or the words of the act it names."""
    named: EntryId | None = getattr(body, "delegation", None)
    act = None if named is None else work.state(connection, named, required=False)
    return letter_line(act if isinstance(act, DelegationState) else None, official)
