"""Officials and their accounts: the port of the first page and of the page of officials."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import DelegationRecorded
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.enrolment.provisioning import find_files
from counter_app.services.exchange.places import SUFFIX as BUNDLE
from counter_app.services.founding import accounts_file
from counter_app.services.founding.act_scans import ActScans
from counter_app.services.founding.forms import as_official, check_person
from counter_app.services.founding.founding import found
from counter_app.services.founding.stage import stage_of
from counter_app.services.lookups.rights import LOOK_UP, record_right, systems_in
from counter_app.services.ports.enrolment import FoundFile
from counter_app.services.ports.founding import (
    AccountView,
    CarriedAccounts,
    DelegationForm,
    FoundingForm,
    FoundingView,
    OfficialForm,
)
from counter_app.services.session import secrets
from counter_app.services.session.accounts import Accounts
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey

UnitKeys = Callable[[], Mapping[int, UnitKey]]


@dataclass
class FoundingArea:
    """Implements ``FoundingPort``. ``unit_keys`` are the unit's keys that this PC holds, by version.

    ``sticks`` None asks the system for them.
    """

    work: Workplace
    records: Accounts
    unit_keys: UnitKeys
    sticks: tuple[Path, ...] | None = None

    def stage(self) -> FoundingView:
        """What the first page has to be."""
        with self.work.store.read() as connection:
            known = unit_queries.officials(connection, active_only=False)
            siblings = tuple(
                one.name for one in self.work.counters(connection) if one.name != self.work.place.counter_name
            )
            return FoundingView(stage_of(connection), len(known), siblings, self.work.place.practice)

    def files(self) -> tuple[FoundFile, ...]:
        """Sticks first, then what lies in the outbox."""
        outbox = self.work.papers_folder.with_name("outbox")
        return find_files((outbox,), self.sticks, (accounts_file.SUFFIX, BUNDLE))

    def found(self, form: FoundingForm) -> EntryId:
        """Head and technician, in one transaction."""
        founders = found(self.work, form)
        self.work.changed("people")
        return founders.head

    def accounts(self) -> tuple[AccountView, ...]:
        """Officials of the unit, in the order they were recorded."""
        with self.work.store.read() as connection:
            held = {
                row.official: row.act_number for row in unit_queries.delegations(connection, self.work.day())
            }
            return tuple(
                AccountView(
                    row.id, row.name, row.title_line, tuple(row.roles.split()), row.login,
                    secrets.has_key(connection, row.id), held.get(row.id, ""),
                )
                for row in unit_queries.officials(connection)
            )  # fmt: skip

    def add(self, form: OfficialForm) -> EntryId:
        """One more official; the head is at the counter, the new one types his own password."""
        self.records.desk.require()
        check_person(form)
        with self.work.store.read() as connection:
            taken = unit_queries.official_of_login(connection, form.login)
        if taken is not None:
            raise DomainError(
                f"Tên đăng nhập “{form.login}” đã có người dùng.", remedy="Chọn tên khác.", field="login",
                code="official.login_taken", title_en=f"The account name “{form.login}” is taken.",
                remedy_en="Choose another.",
            )  # fmt: skip
        return self.records.record(as_official(form))

    def delegate(self, form: DelegationForm) -> EntryId:
        """A written act; sealed by the head at the counter. Its scan is kept first.

        One that lets somebody look up is the unit's setting, which the official stands for.
        """
        desk = self.records.desk
        roles.require(desk.require(), roles.MANAGE_PEOPLE)
        scope = tuple(code for code in form.scope if code.partition(".")[0] != LOOK_UP)
        if len(scope) < len(form.scope):
            systems = systems_in(form.scope)
            record_right(self.work, desk, form.official, form.act_number, form.valid_to, systems)
            if not scope:
                return form.official
        body = DelegationRecorded(
            form.act_number.strip(), form.act_day, form.basis, form.prefix, scope, form.valid_from,
            form.valid_to, form.signs_as.strip(),
            scan=ActScans(self.work).take(form.scan) if form.scan else None,
        )  # fmt: skip
        return self.records.delegate(form.official, body)

    def write_accounts(self, folder: str) -> CarriedAccounts:
        """Every account of this PC, sealed under the unit's newest key."""
        keys = self.unit_keys()
        if not keys:
            raise accounts_file.refused("no_key")
        moving = self._moving()
        if not moving:
            raise accounts_file.refused("nobody")
        place = self.work.place
        name = f"{place.unit}-tai-khoan-{vn_datetime(self.work.now()):%Y%m%d-%H%M}{accounts_file.SUFFIX}"
        data = accounts_file.write_file(moving, keys[max(keys)])
        _write(Path(folder) / name, data)
        return CarriedAccounts(str(Path(folder) / name), len(moving))

    def _moving(self) -> tuple[tuple[EntryId, secrets.Account], ...]:
        found = []
        with self.work.store.read() as connection:
            for row in unit_queries.officials(connection):
                kept = secrets.kept_key(connection, row.id)
                if kept is None or not secrets.is_of(kept, row.public_key):
                    continue  # replaced elsewhere: what this PC keeps opens nothing any more
                account = secrets.account_of(kept, self.work.device_secret)
                if account is not None:
                    found.append((row.id, account))
        return tuple(found)

    def read_accounts(self, path: str) -> CarriedAccounts:
        """Accounts whose owners this PC knows and does not keep yet; each still wants his password."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise accounts_file.refused("unreadable") from error
        brought = accounts_file.read_file(data, self.work.place.unit, self.unit_keys)
        taken = known = 0
        with self.work.store.write() as connection:
            for one in brought:
                state = self.work.state(connection, one.official, required=False)
                if not isinstance(state, OfficialState) or one.public not in {key for _, key in state.keys}:
                    continue
                known += 1
                if not state.active or one.public != state.public_key:
                    continue  # stopped, or a password that was replaced since the file was written
                kept = secrets.kept_key(connection, one.official)
                if kept is None or not secrets.is_of(kept, state.public_key):
                    taken += 1
                    secrets.forget(connection, one.official, pin_only=True)
                    secrets.keep_account(
                        connection, one.official, one.account, self.work.device_secret, self.work.clock.now()
                    )
        if brought and not known:
            raise accounts_file.refused("unknown")
        self.work.changed("people")
        return CarriedAccounts(path, taken)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, for its owner only."""
    draft = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise accounts_file.refused("unwritable") from error
