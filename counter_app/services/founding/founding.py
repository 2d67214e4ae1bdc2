"""The first officials of a unit, in one transaction: all of it or nothing survives a power cut.

The head (Chairman or director) and the technician are both present: each types a password of his own, and
both accounts exist from then on. Written are ordinary entries: the head's recording (nobody could make it for
him), the technician's by the head, of each an ``OfficialChanged`` that names the ground - the decision's
number and date and who founded together - sealed by the head (decision 021).
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import decisions, roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.founding.forms import check_person, check_together, head_state
from counter_app.services.ports.founding import FoundingForm, OfficialForm
from counter_app.services.session import secrets
from counter_app.services.session.desk import OpenedKey
from counter_app.services.workplace import Workplace
from counter_app.storage.journals import appending, ingest
from counter_app.storage.journals.appending import Act
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey

Drafts = tuple[Draft, ...]


class Founders(NamedTuple):
    """Who was recorded: the head and the technician."""

    head: EntryId
    technician: EntryId


def found(work: Workplace, form: FoundingForm) -> Founders:
    """Found the unit. Raises DomainError ``founding.*``, ``official.*``, ``password.*``, ``pin.*``."""
    check_together(form, work.day())
    return _Founding(work, form).run()


def ground_of(form: FoundingForm) -> str:
    """The ground as it stands in the entries."""
    day = f"{form.act_day % 100:02d}/{form.act_day // 100 % 100:02d}/{form.act_day // 10_000:04d}"
    names = f"{form.head.name.strip()}; {form.technician.name.strip()}"
    return f"QĐ số {form.act_number.strip()} ngày {day}. Cùng lập: {names}."


class _Founding:
    """One founding under way; keys are made before the transaction begins, it takes their time."""

    def __init__(self, work: Workplace, form: FoundingForm) -> None:
        self.work, self.form, self.at = work, form, work.now()
        self.keys = (SigningKey.fresh(), SigningKey.fresh())
        self.made: list[EntryId] = []

    def run(self) -> Founders:
        head = check_person(self.form.head)
        first = decisions.record_official(
            None, head.name, head.title_line, head.roles, self.keys[0].public, head.login
        )

        def decide(acting: Acting) -> Drafts:
            if unit_queries.officials(acting.connection, active_only=False):
                raise founded_already()
            return first

        self.work.store.act(decide, Act(self.at), self._then)
        return Founders(*self.made)

    def _then(self, connection: Connection, entries: tuple[Entry, ...]) -> None:
        """In the same transaction: the technician, the grounds, both accounts."""
        head = head_state(entries[0].id, self.form.head, self.keys[0].public)
        person = check_person(self.form.technician)
        drafts = decisions.record_official(
            head, person.name, person.title_line, person.roles, self.keys[1].public, person.login
        )
        (recorded,) = self._append(connection, head, drafts)
        technician = head_state(recorded.id, self.form.technician, self.keys[1].public)
        ground = ground_of(self.form)
        for one in (head, technician):
            self._append(
                connection,
                head,
                decisions.change_official(head, one, one.title_line, one.roles, True, ground),
            )
        self.made = [head.id, technician.id]
        for official, key, typed in zip(
            self.made, self.keys, (self.form.head, self.form.technician), strict=True
        ):
            self._keep(connection, official, key, typed)

    def _append(self, connection: Connection, head: OfficialState, drafts: Drafts) -> tuple[Entry, ...]:
        store = self.work.store
        act = Act(self.at, head.id, None, OpenedKey(self.keys[0], self.work.day()))
        entries = appending.append(connection, drafts, store.author, act)
        ingest.read_own(connection, store.readings, entries)
        return entries

    def _keep(self, connection: Connection, official: EntryId, key: SigningKey, typed: OfficialForm) -> None:
        work = self.work
        secrets.keep_key(connection, official, key, typed.password, work.device_secret, work.cost, self.at)
        if typed.pin:
            secrets.keep_pin(connection, official, typed.pin, work.device_secret, work.cost, self.at)


def founded_already() -> DomainError:
    """Officials of the unit are known here: others are made by its head, signed in."""
    return DomainError(
        "Đơn vị này đã có cán bộ.", "Cán bộ đầu tiên chỉ được lập một lần.",
        "Đăng nhập; Chủ tịch hoặc Giám đốc thêm cán bộ ở trang Cán bộ.", code="founding.again",
        title_en="This unit has officials already.", meaning_en="The first ones are recorded only once.",
        remedy_en="Sign in; the Chairman or the director adds officials on their page.",
    )  # fmt: skip


HEAD_ROLES = tuple(role for role in roles.ROLES if roles.grade((role,), roles.MANAGE_PEOPLE) == roles.YES)
"""Roles that may be a unit's first: who manages its people (``law.md`` 7.2, unverified [U])."""
