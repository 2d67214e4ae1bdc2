"""Signing in, locking, changing person: the port of the screens (``ux.md`` 4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.recovering import may_witness
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.founding.stage import stage_of
from counter_app.services.ports import reads
from counter_app.services.ports.session import (
    LOCKED,
    NEEDS_PASSWORD,
    NEEDS_PIN,
    CounterInfo,
    PasswordForm,
    PersonChoice,
    PinForm,
    RecoveryForm,
    Session,
)
from counter_app.services.session import clock_question, own_secrets, secrets, tries, uses
from counter_app.services.session.desk import Desk
from counter_app.services.session.last_seen import last_sign_in
from counter_app.services.session.new_year import open_registers
from counter_app.services.session.permissions import idle_minutes, permissions_of
from counter_app.services.session.recovering import recover
from counter_app.services.session.reminders import reminders
from counter_app.services.signing.presence import sign_in_here
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.this_pc import device, local
from counter_app.storage.this_pc.read_log import Read, log_read
from sync.protocol.naming.ids import EntryId

IDLE_MINUTES = "idle.minutes"
PRACTICE_HINT = "practice.hint"


@dataclass
class SessionArea:
    """Implements ``SessionPort``."""

    work: Workplace
    desk: Desk

    def counter(self) -> CounterInfo:
        """What the sign-in page and the frame show about this PC."""
        place = self.work.place
        with self.work.store.read() as connection:
            stage = stage_of(connection)
        return CounterInfo(
            place.unit, place.title, place.superior, place.counter_name, place.counter_number,
            place.practice, clock_question.words(self.work), self._practice_hint(), stage,
        )  # fmt: skip

    def _practice_hint(self) -> str:
        """The practice password for the sign-in page; "" on every real counter."""
        if not self.work.place.practice:
            return ""
        with self.work.store.read() as connection:
            return device.setting(connection, PRACTICE_HINT)

    def people(self) -> tuple[PersonChoice, ...]:
        """Officials with a key on this PC, the last one to sign in first."""
        with self.work.store.read() as connection:
            seen = desk_queries.last_sign_ins(connection)
            found = unit_queries.officials(connection)
            known = [row for row in found if secrets.has_key(connection, row.id)]
            known.sort(key=lambda row: (-seen.get(row.id, 0), row.id))
            idle = uses.closed(connection, self.work.now())
            return tuple(self._choice(connection, row, idle.get(row.id, 0)) for row in known)

    def _choice(self, connection: Connection, row: unit_queries.OfficialRow, idle: int) -> PersonChoice:
        until = tries.locked_until(connection, row.login, self.work.now())
        by_pin = self.desk.opened(row.id) is not None and secrets.has_pin(connection, row.id)
        needs = NEEDS_PIN if by_pin and tries.pin_left(connection, row.login) else NEEDS_PASSWORD
        locked = LOCKED if until or idle else needs
        held = tuple(row.roles.split())
        return PersonChoice(
            row.id, row.name, row.title_line, locked, until, idle,
            bool(roles.grade(held, roles.MANAGE_PEOPLE)), locked != LOCKED and may_witness(held),
        )  # fmt: skip

    def sign_in(self, official: EntryId, secret: str) -> Session:
        """Password, or PIN while the key is open since today's password.

        Raises DomainError ``pin.*``, ``password.*``, ``account.*``.
        """
        with self.work.store.read() as connection:
            state: OfficialState = self.work.state(connection, official)
            idle = uses.closed(connection, self.work.now()).get(official, 0)
            choice = self._choice(connection, _row(connection, state), idle)
        if not state.active:
            raise _ended(state)
        if choice.needs == LOCKED:
            raise uses.idle_words(idle) if idle else tries.locked_words(choice.locked_until)
        by_pin = choice.needs == NEEDS_PIN and len(secret) == secrets.PIN_DIGITS and secret.isdigit()
        if by_pin:
            self.desk.compare(state, secret)
        else:
            key = self.desk.unlock(state, secret)
            self.desk.open(state.id, key)
        return self._begin(state, by_password=not by_pin, forgot=not by_pin and choice.needs == NEEDS_PIN)

    def _begin(self, state: OfficialState, *, by_password: bool, forgot: bool) -> Session:
        now = self.work.now()
        with self.work.store.write() as connection:
            before = last_sign_in(connection, self.work, state)
            uses.take_failures(connection, state.login)
            local.end_session(connection, self.desk.session, now, "switched")
            session = local.begin_session(connection, state.id, None, now)
            chosen = device.setting(connection, IDLE_MINUTES)
            has_pin = secrets.has_pin(connection, state.id)
        self.desk.seat(state, session, proved=by_password)
        opened = open_registers(self.desk) if by_password else ""
        self.work.changed("session", *(("signing",) if sign_in_here(self.work, state.id) else ()))
        return Session(
            state.id, state.name, state.title_line, state.roles, permissions_of(state), now,
            idle_minutes(state, chosen), has_pin, by_password and (forgot or not has_pin),
            " ".join(filter(None, (before.words() if by_password or before.failed else "", opened))),
        )  # fmt: skip

    def check_pin(self, pin: str) -> None:
        """Confirms a lot by the PIN of the person at the counter; raises DomainError."""
        self.desk.check_pin(pin)

    def set_pin(self, pin: str, repeated: str) -> None:
        """Six digits for unlocking and confirming, by whoever came with his password.

        Raises DomainError ``pin.form``, ``pin.easy``, ``pin.birth``, ``pin.differs``, ``pin.unproved``.
        """
        own_secrets.set_pin(self.desk, pin, repeated)
        self.work.changed("session")

    def change_pin(self, form: PinForm) -> None:
        """Another PIN; the password is asked again. Raises DomainError ``pin.*``, ``password.*``."""
        own_secrets.change_pin(self.desk, form)
        self.work.changed("session")

    def change_password(self, form: PasswordForm) -> None:
        """Another password at this PC. Raises DomainError ``password.*``."""
        own_secrets.change_password(self.desk, form)
        self.work.changed("session")

    def lock(self) -> None:
        """Covers the screen; drafts stay, the key stays open for the PIN."""
        self._end("locked")

    def sign_out(self) -> tuple[str, ...]:
        """Ends the session; returns reminders of what stays open."""
        person = self.desk.require()
        found = reminders(self.work)
        self.desk.close_key(person.id)
        self._end("signed_out")
        return found

    def reminders(self) -> tuple[str, ...]:
        """What would stay open if the person at the counter signed out now. Raises ``session.none``."""
        self.desk.require()
        return reminders(self.work)

    def _end(self, how: str) -> None:
        with self.work.store.write() as connection:
            local.end_session(connection, self.desk.session, self.work.now(), how)
        self.desk.seat(None, 0)
        self.work.changed("session")

    def open_locked(self, locked: EntryId, supervisor: EntryId, secret: str, reason: str) -> None:
        """A supervisor opens a locked or idle account here, offline; the reason goes into the chained log.

        Raises DomainError ``role.*``, ``open.reason``, ``pin.*``, ``password.*``.
        """
        if not reason.strip():
            raise DomainError(
                "Ghi lý do mở khóa.", field="reason", code="open.reason", title_en="Write the reason."
            )
        with self.work.store.read() as connection:
            state: OfficialState = self.work.state(connection, locked)
            head: OfficialState = self.work.state(connection, supervisor)
        roles.require(head, roles.TWO_PERSONS_SECOND)
        if head.id == state.id:
            raise DomainError(
                "Không thể tự mở khóa tài khoản của mình.", remedy="Nhờ lãnh đạo khác mở.",
                code="open.self", title_en="Nobody opens his own account.",
                remedy_en="Ask another supervisor.",
            )  # fmt: skip
        self.desk.second(head.id, secret)
        with self.work.store.write() as connection:
            tries.forgive(connection, state.login)
            uses.note_use(connection, state.id, self.work.now())
            look = Read(self.work.now(), head.id, reads.OPEN_LOCKED, (state.id,), 1, reason.strip())
            log_read(connection, look)
        self.work.changed("session")

    def recover(self, form: RecoveryForm) -> None:
        """A head's lost password, witnessed by two officials or by one and the province, without any line.

        Raises DomainError ``recovery.*``, ``second.*``, ``password.*``, ``pin.*``, ``account.*``.
        """
        recover(self.desk, form)

    def confirm_date(self, at: int) -> None:
        """The answer to the clock question becomes an entry and serves papers and deadlines."""
        clock_question.answer(self.work, at, self.desk.person)
        self.work.changed("session")


def _row(connection: Connection, state: OfficialState) -> unit_queries.OfficialRow:
    found = unit_queries.official(connection, state.id)
    if found is None:
        raise DomainError("Chưa có tài khoản này.", code="account.unknown", title_en="Unknown account.")
    return found


def _ended(state: OfficialState) -> DomainError:
    return DomainError(
        f"Tài khoản của {state.name} đã dừng.", "Người đứng đầu đã tạm dừng hoặc kết thúc tài khoản này.",
        "Hỏi Chủ tịch hoặc Giám đốc Trung tâm.", "official", code="account.ended",
        title_en=f"The account of {state.name} is stopped.",
        meaning_en="The head suspended or ended this account.",
        remedy_en="Ask the Chairman or the director of the Centre.",
    )  # fmt: skip
