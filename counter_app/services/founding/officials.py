"""Accounts of officials after their first day: the port of the page of officials.

Standing in the entry is one flag (``OfficialChanged.active``): suspended and ended differ in the ground,
which says so in words, and in what this PC keeps - who left has no account here from the same commit on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold, nfc
from counter_app.domain.organisation import decisions, delegations, ending, roles
from counter_app.domain.organisation.state import DelegationState, OfficialState
from counter_app.services import rules as tables_of_rules
from counter_app.services.dossiers.showing import tables
from counter_app.services.founding.act_scans import ActScans
from counter_app.services.lookups.rights import end_if_right, rights_as_acts
from counter_app.services.ports.founding import AccountView
from counter_app.services.ports.officials import (
    ENDED,
    IN_FORCE,
    LATER,
    OVER,
    SCAN_ELSEWHERE,
    SCAN_HERE,
    SUSPENDED,
    WORKING,
    ActView,
    ChangeForm,
    EndActForm,
    NewPasswordForm,
)
from counter_app.services.ports.saying import say
from counter_app.services.session import own_secrets, secrets, tries, uses
from counter_app.services.session.desk import Desk, OpenedKey
from counter_app.services.session.last_seen import last_sign_in
from counter_app.services.signing.presence import mark, on_duty, presence_words, until_typed
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey

_ORDER = {IN_FORCE: 0, LATER: 1, OVER: 2}
_GROUND = {SUSPENDED: "Tạm dừng", ENDED: "Kết thúc"}
NEVER = 99_999_999


@dataclass
class OfficialsArea:
    """Implements ``OfficialsPort``; the head is the person at the counter."""

    work: Workplace
    desk: Desk

    def officials(self) -> tuple[AccountView, ...]:
        """Who works here in the order recorded, then the others."""
        with self.work.store.read() as connection:
            held = {
                row.official: row.act_number for row in unit_queries.delegations(connection, self.work.day())
            }
            rows = unit_queries.officials(connection, active_only=False)
            rows.sort(key=lambda row: (not row.active, row.id))
            here, idle = on_duty(connection, self.work), uses.closed(connection, self.work.now())
            return tuple(
                replace(
                    self._view(connection, row, held.get(row.id, "")),
                    on_duty=row.id in here,
                    presence=presence_words(connection, self.work, row.id),
                    idle_days=idle.get(row.id, 0),
                )
                for row in rows
            )

    def _view(self, connection: Connection, row: unit_queries.OfficialRow, act: str) -> AccountView:
        kept = secrets.kept_key(connection, row.id)
        current = kept is None or secrets.is_of(kept, row.public_key)
        state = self.work.state(connection, row.id, required=False)
        own = state if isinstance(state, OfficialState) else None
        return AccountView(
            row.id, row.name, row.title_line, tuple(row.roles.split()), row.login, kept is not None,
            act if row.active else "", row.active, current, own.fields if own else (),
            own.id_number[-4:] if own else "", bool(own and own.address),
            last_sign_in=last_sign_in(connection, self.work, own).short() if own and kept else "",
        )  # fmt: skip

    def fields(self) -> tuple[str, ...]:
        """Fields of work of the catalogue in force, by name."""
        day = self.work.today()
        with self.work.store.read() as connection:
            found = {one.field for one in tables.catalogue(connection, day).on(day)}
        return tuple(sorted(found, key=fold))

    def _fields(self, typed: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Names as the catalogue writes them. Raises DomainError ``official.fields``."""
        if not typed:
            return typed
        known = {fold(name): name for name in self.fields()}
        found = []
        for name in filter(str.strip, typed):
            if fold(name) not in known:
                raise _no_field(name.strip(), get_close_matches(fold(name), list(known), 1), known)
            found.append(known[fold(name)])
        return tuple(dict.fromkeys(found))

    def acts(self) -> tuple[ActView, ...]:
        """In force, later, over; within each by the last day."""
        today = self.work.day()
        with self.work.store.read() as connection:
            names = {row.id: row.name for row in unit_queries.officials(connection, active_only=False)}
            states = [
                self.work.state(connection, row.id, required=False)
                for row in unit_queries.delegations(connection)
            ]
            looking_up = rights_as_acts(connection, self.work, today)
        held = [state for state in states if isinstance(state, DelegationState)]
        scans = self._scans(held)
        with_year = {state.id for state in delegations.ending_with_year(held, today)}
        views = [
            replace(
                _act_view(state, "" if state.official is None else names.get(state.official, ""), today),
                with_year=state.id in with_year, followed=ending.followed(state, held),
                scan=scans.get(state.scan, ""),
            )
            for state in held
        ]  # fmt: skip
        found = [*views, *looking_up]
        return tuple(sorted(found, key=lambda act: (_ORDER[act.standing], act.last_day or NEVER)))

    def systems(self) -> tuple[tuple[str, str], ...]:
        """The table's, in its order."""
        found = tables_of_rules.lookup_systems().systems
        return tuple((system.code, say(system.short_vi, system.short_en)) for system in found)

    def _scans(self, held: list[DelegationState]) -> dict[bytes, str]:
        """Where the scan of each act lies."""
        kept = ActScans(self.work)
        with self.work.store.read() as connection:
            return {
                act.scan: SCAN_HERE if kept.has(connection, act.scan) else SCAN_ELSEWHERE
                for act in held if act.scan
            }  # fmt: skip

    def act_pages(self, delegation: EntryId) -> tuple[bytes, ...]:
        """The scanned act in pictures."""
        return ActScans(self.work).pages(self._act(delegation).scan, delegation)

    def bring_scan(self, delegation: EntryId, path: str) -> None:
        """The same file as was recorded, kept here too."""
        self.desk.require()
        ActScans(self.work).take(path, self._act(delegation).scan)
        self.work.changed("people")

    def _act(self, delegation: EntryId) -> DelegationState:
        with self.work.store.read() as connection:
            state: DelegationState = self.work.state(connection, delegation)
        return state

    def change(self, form: ChangeForm) -> None:
        """Title, roles or standing; sealed by the head."""
        actor = self.desk.require()
        state = self._official(form)
        active = form.standing == WORKING
        ground = form.ground.strip()
        if ground and not active:
            ground = f"{_GROUND[form.standing]}: {ground}"
        title = form.title_line.strip()
        if not title:
            raise _no_title()
        fields = self._fields(form.fields)
        own = decisions.Own(form.id_number.strip() or None, nfc(form.address).strip() or None, salt())
        drafts = decisions.change_official(actor, state, title, form.roles, active, ground, fields, own)

        def keep(connection: Connection, _entries: tuple[Entry, ...]) -> None:
            if form.standing == ENDED:
                secrets.forget(connection, state.id)
            elif active and not state.active:
                uses.note_use(connection, state.id, self.work.now())

        self.work.store.act(lambda _: drafts, self.desk.act(sealed=True), keep)
        if not active:
            self.desk.close_key(state.id)
        self.work.changed("people", "session")

    def mark_present(self, official: EntryId, present: bool, until: str = "") -> None:
        """Whatever he did on a PC today. Raises DomainError ``role.*``, ``presence.time``."""
        roles.require(self.desk.require(), roles.DRAFT_DELEGATIONS)
        back = 0 if present else until_typed(self.work, until)
        mark(self.work, self.desk.act(), official, present, back)
        self.work.changed("people", "signing")

    def replace_password(self, form: NewPasswordForm) -> None:
        """The official's own entry under his new key, countersigned by the head."""
        head = self.desk.require()
        roles.require(head, roles.MANAGE_PEOPLE)
        state = self._official(form)
        if not state.active:
            raise _stopped(state)
        own_secrets.check_password_pair(form.password, form.repeated, field="new")
        if not form.ground.strip():
            raise decisions.ground_missing()
        second = self.desk.second(head.id, form.secret)
        key = SigningKey.fresh()
        drafts = decisions.set_key(state, state, key.public, form.ground.strip(), second)
        work, now = self.work, self.work.now()

        def keep(connection: Connection, _entries: tuple[Entry, ...]) -> None:
            # In the transaction of the entry: no power cut leaves a key that no password opens.
            secrets.forget(connection, state.id, pin_only=True)
            secrets.keep_key(
                connection, state.id, key, form.password, work.device_secret, work.cost, work.clock.now()
            )
            tries.forgive(connection, state.login)
            uses.note_use(connection, state.id, now)

        work.store.act(lambda _: drafts, Act(now, state.id, None, OpenedKey(key, work.day())), keep)
        self.desk.close_key(state.id)
        work.changed("people", "session")

    def end_act(self, form: EndActForm) -> None:
        """The act ends before its day; a right to look up at once."""
        if end_if_right(self.work, self.desk, form):
            return
        actor = self.desk.require()
        state = self._act(form.delegation)
        drafts = decisions.end_delegation(actor, state, form.on, form.ground.strip())
        self.work.store.append(drafts, self.desk.act(sealed=True))
        self.work.changed("people", "signing")

    def _official(self, form: ChangeForm | NewPasswordForm) -> OfficialState:
        with self.work.store.read() as connection:
            state: OfficialState = self.work.state(connection, form.official)
        return state


def _act_view(state: DelegationState, name: str, today: int) -> ActView:
    last = delegations.last_day(state)
    last_day = 0 if last is None else last.year * 10_000 + last.month * 100 + last.day
    if delegations.valid_on(state, today):
        standing = IN_FORCE
    else:
        standing = LATER if today < state.valid_from and (last_day or NEVER) >= state.valid_from else OVER
    left = ending.days_left(state, today) if ending.ends_soon(state, today) else None
    term = ending.next_term(state, today)
    return ActView(
        state.id, name, state.act_number, state.scope, state.valid_from, last_day, standing, False,
        state.official, state.basis, state.prefix, state.signs_as, -1 if left is None else left, False,
        renew_from=term.first, renew_to=term.last,
    )  # fmt: skip


def _no_field(typed: str, near: list[str], known: dict[str, str]) -> DomainError:
    nearest = known[near[0]] if near else next(iter(known.values()), "")
    return DomainError(
        f"Không có lĩnh vực “{typed}”.", "Tên lĩnh vực lấy theo danh mục thủ tục.",
        f"Gần đúng: {nearest}." if near else f"Ví dụ: {nearest}.", "fields", code="official.fields",
        title_en=f"There is no field “{typed}”.", meaning_en="Fields are those of the catalogue.",
        remedy_en=f"Nearest: {nearest}." if near else f"For example: {nearest}.",
    )  # fmt: skip


def _no_title() -> DomainError:
    return DomainError(
        "Chưa ghi chức danh.", "", "Điền ô này.", "title_line", code="official.title_line",
        title_en="The title is missing.", remedy_en="Fill in this field.",
    )  # fmt: skip


def _stopped(state: OfficialState) -> DomainError:
    return DomainError(
        f"Tài khoản của {state.name} đã dừng.", "Tài khoản đã dừng thì không thay mật khẩu.",
        "Cho làm lại trước (Ctrl+3).", "official", code="official.stopped",
        title_en=f"The account of {state.name} is stopped.",
        meaning_en="A stopped account gets no new password.", remedy_en="Resume it first (Ctrl+3).",
    )  # fmt: skip
