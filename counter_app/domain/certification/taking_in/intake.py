"""Moment 1: a request of certified copies is taken in and submitted, or an original is refused.

No number is born here. Fees go by the table of the day of intake, the promise by the time-limit rule of
that day (NĐ 23/2015 arts. 7, 21); each original was compared one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.entries import (
    PAY_AT_RETURN,
    PAY_BY_GROUP,
    PAY_NOW,
    AppointmentExtended,
    CopiesRequested,
    OriginalRefused,
    OriginalTaken,
    Requester,
)
from counter_app.domain.certification.taking_in.grounds import GroundTable
from counter_app.domain.certification.taking_in.intake_faults import (
    count_faults,
    notice_faults,
    original_faults,
    requester_faults,
)
from counter_app.domain.certification.taking_in.matters import COPY, ELECTRONIC
from counter_app.domain.certification.taking_in.time_limit import Extension, TimeLimitRule, certification_due
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import vn_date
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError, Notice
from counter_app.domain.money.fee_table import FeeTable
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """What is in force on the day of intake: fees, time limit of the matter, calendar of the unit."""

    fees: FeeTable
    limit: TimeLimitRule
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True)
class Intake:
    """A request as it stands when F9 is pressed; ``received_at`` in ms.

    ``required`` are the amber notices that must have been seen: (row from 0, -1 for the person).
    ``person`` may be ``pending(i)`` when the batch records the person too.
    """

    code: str
    daily: int
    requester: Requester
    originals: tuple[OriginalTaken, ...]
    received_at: int
    salt: bytes
    pay: str = PAY_NOW
    channel: str = "counter"
    signatory: EntryId | None = None
    person: EntryId | None = None
    register: str = COPY
    required: tuple[tuple[int, Notice], ...] = ()
    extension: Extension | None = None


def day_of(at: int) -> int:
    """Local day of a moment (ms) as ``yyyymmdd``."""
    day = vn_date(at)
    return day.year * 10_000 + day.month * 100 + day.day


def intake_faults(intake: Intake, rules: IntakeRules) -> Iterator[DomainError]:
    """Everything that stops the request, in the order of the page; the screen shows them as they come."""
    yield from requester_faults(intake.requester)
    yield from count_faults(intake.originals)
    for index, original in enumerate(intake.originals):
        yield from original_faults(index, original, rules.fees, intake.received_at, intake.register)
    yield from notice_faults(intake.required, intake.originals)


def take_request(intake: Intake, rules: IntakeRules) -> tuple[Draft, ...]:
    """The entry of a request that was taken in and submitted.

    Raises the first DomainError of ``intake_faults``, ``code.wrong`` for a code that is none,
    ``pay.unknown``, or those of the time limit.
    """
    for fault in intake_faults(intake, rules):
        raise fault
    parse_provisional(intake.code)
    _check_pay(intake.pay)
    due = certification_due(intake.received_at, rules.limit, rules.calendar)
    body = CopiesRequested(
        code=intake.code,
        daily=intake.daily,
        day=day_of(intake.received_at),
        requester=intake.requester,
        originals=intake.originals,
        due_at=due.at,
        pay=intake.pay,
        channel=intake.channel,
        signatory=intake.signatory,
        salt=intake.salt,
        register=intake.register,
    )
    subjects = (SELF,) if intake.person is None else (SELF, intake.person)
    return (draft(body, *subjects),)


def extended_at_intake(intake: Intake, rules: IntakeRules, request: EntryId) -> tuple[Draft, ...]:
    """The later promise that is made with the request ``request`` (a placeholder), none without an extension.

    Beside the request's own entry, which keeps the day the law gives, so that the ground stays readable.
    Raises DomainError ``extension.range``, ``extension.agreement``.
    """
    if intake.extension is None:
        return ()
    due = certification_due(intake.received_at, rules.limit, rules.calendar, intake.extension)
    return (extension_draft(request, due.at, intake.extension),)


def extension_draft(request: EntryId, due_at: int, extension: Extension) -> Draft:
    """The entry of an extension; its ground is the stored code, with the agreement behind a colon."""
    agreement = extension.agreement.strip()
    ground = f"{extension.ground}: {agreement}" if agreement else str(extension.ground)
    return draft(AppointmentExtended(due_at, ground, bool(agreement)), request)


def _check_pay(pay: str) -> None:
    if pay not in (PAY_NOW, PAY_AT_RETURN, PAY_BY_GROUP):
        raise DomainError(
            "Chưa chọn lúc thu tiền.",
            remedy="Ctrl+M: thu ngay hoặc thu khi trả.",
            field="pay",
            code="pay.unknown",
            title_en="It is not said when to take the money.",
            remedy_en="Ctrl+M: now, or at return.",
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """An original that may not be certified; ``paper_kind`` tells exemptions (TT 01/2020 art. 6).

    ``matter``: copies go by the grounds of art. 22, signatures by those of art. 25.
    """

    requester: Requester
    original_name: str
    paper_kind: str
    ground: str
    at: int
    salt: bytes
    words: str = ""
    request: EntryId | None = None
    matter: str = COPY


def refuse_original(refusal: Refusal, grounds: GroundTable) -> tuple[Draft, ...]:
    """A written refusal with its ground (NĐ 23/2015 arts. 8(1), 9(7), 22): no number, no register line.

    Raises DomainError ``ground.unknown``, ``ground.exempt``, ``requester.name``, ``original.name``.
    """
    for fault in requester_faults(refusal.requester):
        raise fault
    if not refusal.original_name.strip():
        raise DomainError(
            "Nhập tên giấy tờ bị từ chối.",
            field="original_name",
            code="original.name",
            title_en="Type the name of the refused paper.",
        )
    ground = grounds.check(refusal.ground, refusal.paper_kind, vn_date(refusal.at), refusal.matter)
    body = OriginalRefused(
        requester=refusal.requester,
        original_name=refusal.original_name,
        ground=ground.key,
        words=refusal.words.strip() or ground.text,
        day=day_of(refusal.at),
        salt=refusal.salt,
        matter=refusal.matter,
    )
    subjects = (SELF,) if refusal.request is None else (SELF, refusal.request)
    return (draft(body, *subjects),)


def own_notices(originals: Sequence[OriginalTaken]) -> tuple[tuple[int, Notice], ...]:
    """What the rows themselves give to look at: the same paper twice, an unusual number of copies.

    A paper may be wanted once on paper and once as a file.
    """
    found: list[tuple[int, Notice]] = []
    first: dict[tuple[str, str, str, bool], int] = {}
    for index, row in enumerate(originals):
        same = first.setdefault((row.kind, row.name, row.mark, row.matter == ELECTRONIC), index)
        if same != index:
            found.append((index, _twice(same, index)))
        if row.copies > MANY_COPIES:
            found.append((index, _many(row.copies)))
    return tuple(found)


MANY_COPIES = 50
"""More copies of one original than this are looked at twice (own figure)."""


def _twice(first: int, second: int) -> Notice:
    return Notice(
        "original.twice",
        f"cùng giấy tờ với dòng {first + 1}. Mỗi bản chính một dòng, một số.",
        f"the same paper as row {first + 1}. One row, one number for each original.",
        f"originals.{second}",
    )


def _many(copies: int) -> Notice:
    return Notice("original.many_copies", f"{copies} bản sao.", f"{copies} copies.")
