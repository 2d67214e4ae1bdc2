"""Accounts of officials on this PC: the first ones at set-up, later ones by a supervisor."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.organisation import decisions
from counter_app.domain.organisation.entries import DelegationRecorded
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.session import secrets
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.appending import Act
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey


@dataclass(frozen=True, slots=True)
class NewOfficial:
    """A person to be given an account; ``roles`` are codes of ``domain.organisation.roles``."""

    name: str
    title_line: str
    roles: tuple[str, ...]
    login: str
    password: str
    pin: str = ""


@dataclass
class Accounts:
    """What a supervisor, or the technician at set-up, does with accounts."""

    work: Workplace
    desk: Desk

    def record(self, new: NewOfficial, key: SigningKey | None = None) -> EntryId:
        """A new official with a fresh key under his password; the supervisor is at the counter.

        Nobody at the counter: only for the first ones of a unit, at set-up. Raises DomainError ``role.*``,
        ``official.*``, ``password.short``, ``pin.*``, ``session.key_closed``.
        """
        secrets.check_password(new.password)
        key = key or SigningKey.fresh()
        actor = self.desk.require() if self.desk.person is not None else None
        drafts = decisions.record_official(actor, new.name, new.title_line, new.roles, key.public, new.login)
        act = self.desk.act(sealed=True) if actor is not None else Act(self.work.now())

        def keep(connection: Connection, entries: tuple[Entry, ...]) -> None:
            # In one transaction: a power cut never leaves an official without an account anywhere.
            self._keep(connection, entries[0].id, key, new.password, new.pin)

        acted = self.work.store.act(lambda _: drafts, act, keep)
        self.work.changed("people")
        return acted.entries[0].id

    def admit(self, official: EntryId, key: SigningKey, password: str, pin: str = "") -> None:
        """Keep an official's key on this PC under his password, and his PIN if he gives one."""
        with self.work.store.write() as connection:
            self._keep(connection, official, key, password, pin)

    def _keep(
        self, connection: Connection, official: EntryId, key: SigningKey, password: str, pin: str
    ) -> None:
        work = self.work
        now = work.clock.now()
        secrets.keep_key(connection, official, key, password, work.device_secret, work.cost, now)
        if pin:
            secrets.keep_pin(connection, official, pin, work.device_secret, work.cost, now)

    def delegate(self, official: EntryId, body: DelegationRecorded) -> EntryId:
        """Record the Chairman's written act for ``official``; sealed by the supervisor at the counter.

        Raises DomainError ``role.*``, ``delegation.*``, ``session.*``.
        """
        actor = self.desk.require()
        act = self.desk.act(sealed=True)
        with self.work.store.read() as connection:
            state: OfficialState = self.work.state(connection, official)
        acted = self.work.store.append(decisions.record_delegation(actor, state, body), act)
        self.work.changed("people", "signing")
        return acted.entries[0].id

    def set_policy(self, unit: EntryId, key: str, value: str) -> None:
        """A setting of the unit (``organisation.decisions.POLICIES``); sealed by the supervisor."""
        actor = self.desk.require()
        self.work.store.append(decisions.set_policy(actor, unit, key, value), self.desk.act(sealed=True))
        self.work.changed("people", "signing", "requests")
