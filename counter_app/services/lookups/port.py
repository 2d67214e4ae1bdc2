"""Rights to look up and how systems stand: the port of the screens."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dates import parse_date
from counter_app.domain.lookups.rights import end_right, give_right, right_of
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState, UnitState, unit_subject
from counter_app.domain.people.records import day_number
from counter_app.services import rules as tables_of_rules
from counter_app.services.lookups.rights import ENDLESS
from counter_app.services.lookups.words import short_name, standings
from counter_app.services.ports.lookups import RightForm, RightRow
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

__all__ = ["LookupsArea", "RightForm"]


@dataclass
class LookupsArea:
    """Implements ``LookupsPort``."""

    work: Workplace
    desk: Desk

    def systems(self) -> tuple[tuple[str, str], ...]:
        """Every system: (code, name)."""
        found = tables_of_rules.lookup_systems().systems
        return tuple((system.code, say(system.vi, system.en)) for system in found)

    def standings(self) -> tuple[tuple[str, str], ...]:
        """Systems that answer slowly or not at all: (kind, words)."""
        with self.work.store.read() as connection:
            return standings(connection)

    def rights(self) -> tuple[RightRow, ...]:
        """Officials whose role may have the right, with the right they have."""
        with self.work.store.read() as connection:
            unit = self.work.policies(connection)
            return tuple(
                self._row(connection, unit, row.id)
                for row in unit_queries.officials(connection)
                if roles.grade(tuple(row.roles.split()), roles.LOOK_UP_POPULATION)
            )

    def _row(self, connection: Connection, unit: UnitState, official: EntryId) -> RightRow:
        state: OfficialState = self.work.state(connection, official)
        held = right_of(unit, official)
        if held is None:
            return RightRow(official, state.name, state.login)
        until = f"{held.until % 100:02d}/{held.until // 100 % 100:02d}/{held.until // 10_000}"
        until = "" if held.until >= ENDLESS else until
        names = tuple(map(short_name, held.systems))
        return RightRow(official, state.name, state.login, names, held.act, until)

    def give_right(self, form: RightForm) -> None:
        """The head gives or changes a right, in force at once.

        Raises DomainError ``role.*``, ``session.*``, ``pin.*``, ``date.*``, ``lookup.*``.
        """
        head = self.desk.require()
        roles.require(head, roles.MANAGE_PEOPLE)
        until = day_number(parse_date(form.until, self.work.today(), "until"))
        unit = unit_subject(self.work.place.unit)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            official: OfficialState = self.work.state(acting.connection, form.official)
            if not form.systems:
                return end_right(head, unit, form.official, form.act)
            table = tables_of_rules.lookup_systems()
            return give_right(head, unit, official, form.systems, form.act, until, table)

        self.desk.check_pin(form.secret)
        self.work.store.act(decide, self.desk.act(sealed=True))
        self.work.changed("settings", "unit", "dossiers")
