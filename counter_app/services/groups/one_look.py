"""The workplace as it stands in one transaction: what 500 persons ask for alike is read once."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.organisation.state import UnitState
from counter_app.services.rules import Rules
from counter_app.services.workplace import Workplace
from sync.protocol.naming.ids import EntryId


@dataclass
class OneLook(Workplace):
    """Rules, settings of the unit and states, each read once; thrown away with the transaction."""

    _known: dict[Any, Any] = field(default_factory=dict)

    def rules(self, connection: Connection) -> Rules:
        """The tables in force."""
        if "rules" not in self._known:
            self._known["rules"] = super().rules(connection)
        found: Rules = self._known["rules"]
        return found

    def policies(self, connection: Connection) -> UnitState:
        """Settings of the unit."""
        if "policies" not in self._known:
            self._known["policies"] = super().policies(connection)
        found: UnitState = self._known["policies"]
        return found

    def state(self, connection: Connection, subject: EntryId, *, required: bool = True) -> Any:
        """State of a subject as it was when it was first asked for."""
        if (subject, required) not in self._known:
            self._known[subject, required] = super().state(connection, subject, required=required)
        return self._known[subject, required]


def one_look(work: Workplace) -> OneLook:
    """``work`` for one transaction."""
    return OneLook(**{one.name: getattr(work, one.name) for one in fields(Workplace)})
