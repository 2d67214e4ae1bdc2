"""The right to look up: given by name, by a written act, for some systems, up to a day (``law.md`` 7.1 [S]).

It is a setting of the unit, sealed by its head: key ``lookup.<journal>.<seq>`` of the official, value
``systems;act;yyyymmdd``. An empty value takes it away. One province gave it to 584 of 1,794 accounts: it is a
right of a person, never of a unit or of a role alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from counter_app.domain.dates import vn_date
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.lookups.systems import Systems
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.entries import UnitPolicySet
from counter_app.domain.organisation.state import OfficialState, UnitState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

MOST_ACT = 40
_VALUE = re.compile(r"([a-z_,]+);([^;]{1,40});(\d{8})")


class LookupRight(NamedTuple):
    """Who gave what: codes of systems, number of the written act, last day (yyyymmdd)."""

    key: str
    systems: tuple[str, ...]
    act: str
    until: int


def right_key(official: EntryId) -> str:
    """The unit's setting with the right of ``official``."""
    return f"lookup.{official.journal}.{official.seq}"


def right_of(unit: UnitState, official: EntryId) -> LookupRight | None:
    """The right of an official as it stands, None when he has none or it does not read."""
    key = right_key(official)
    found = _VALUE.fullmatch(unit.policy(key))
    return None if found is None else LookupRight(key, tuple(found[1].split(",")), found[2], int(found[3]))


def give_right(
    head: OfficialState, unit: EntryId, official: OfficialState, codes: Sequence[str], act: str, until: int,
    systems: Systems,
) -> tuple[Draft, ...]:  # fmt: skip
    """``official`` may look up in ``codes`` up to the day ``until`` (yyyymmdd), by the written ``act``.

    Raises DomainError ``role.*``, ``lookup.systems``, ``lookup.act``, ``lookup.role``.
    """
    roles.require(head, roles.MANAGE_PEOPLE)
    known = systems.known(codes)
    if not known or len(known) != len(set(codes)):
        raise _fault("systems", "Chọn hệ thống được tra cứu.", "Choose the systems.")
    number = " ".join(nfc(act).split())
    if not number or len(number) > MOST_ACT or ";" in number:
        raise _fault("act", "Ghi số văn bản giao quyền tra cứu.", "Write the number of the act.")
    if (refused := roles.may(official, roles.LOOK_UP_POPULATION, with_act=True)) is not None:
        raise refused
    value = f"{','.join(system.code for system in known)};{number};{until:08d}"
    return (draft(UnitPolicySet(right_key(official.id), value, number), unit),)


def end_right(head: OfficialState, unit: EntryId, official: EntryId, ground: str) -> tuple[Draft, ...]:
    """The right ends at once. Raises DomainError ``role.*``."""
    roles.require(head, roles.MANAGE_PEOPLE)
    return (draft(UnitPolicySet(right_key(official), "", nfc(ground).strip()[:120]), unit),)


def check_right(
    official: OfficialState, unit: UnitState, system: str, at: int, giver: OfficialState | None
) -> LookupRight:
    """The right under which ``official`` may ask ``system`` at ``at`` (ms); ``giver`` wrote the setting.

    Raises DomainError ``role.not_allowed``, ``role.needs_act``, ``lookup.inactive``, ``lookup.giver``,
    ``lookup.system``, ``lookup.lapsed``. Asked at the counter and again by the province.
    """
    right = right_of(unit, official.id)
    roles.require(official, roles.LOOK_UP_POPULATION, with_act=right is not None)
    if right is None:  # a table of roles that gives it without an act names nothing the log could show
        raise _fault("act", "Chưa có văn bản giao quyền tra cứu.", "No act gives the right to look up.")
    if not official.active:
        raise _fault("inactive", "Tài khoản đã hết hiệu lực hoặc đang tạm dừng.", "The account has lapsed.")
    if giver is None or roles.may(giver, roles.MANAGE_PEOPLE) is not None:
        raise _fault("giver", "Người ghi quyền tra cứu không có thẩm quyền.",
                     "Who wrote the right had no power to.")  # fmt: skip
    if system not in right.systems:
        raise _fault("system", "Văn bản giao quyền không có hệ thống này.", "The act does not name it.")
    day = vn_date(at)
    if day.year * 10_000 + day.month * 100 + day.day > right.until:
        raise _fault("lapsed", "Quyền tra cứu đã hết hạn.", "The right to look up has lapsed.")
    return right


def _fault(code: str, vi: str, en: str) -> DomainError:
    return DomainError(
        vi, "Chỉ người được giao bằng văn bản mới tra cứu được.", "Hỏi lãnh đạo Trung tâm.", "right",
        code=f"lookup.{code}", title_en=en, meaning_en="Only who was given the right in writing may look up.",
        remedy_en="Ask the head of the Centre.",
    )  # fmt: skip
