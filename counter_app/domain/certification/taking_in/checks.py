"""What the machine checks before a number is given: Đủ, Cần xem, Thiếu (``ux.md`` 4.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counter_app.domain.certification.state import SUBMITTED, OriginalState, RequestState
from counter_app.domain.certification.taking_in.intake_faults import fee_of, original_faults
from counter_app.domain.certification.taking_in.matters import OF_COPIES
from counter_app.domain.certification.taking_in.signing_faults import (
    Certifier,
    conflict_faults,
    conflict_notices,
)
from counter_app.domain.errors import DomainError
from counter_app.domain.money.fee_table import FeeTable
from counter_app.domain.money_words import money_figures
from sync.protocol.naming.ids import EntryId

COMPLETE = "complete"
NEEDS_LOOK = "look"
MISSING = "missing"

ALLOW = "allow"
WARN = "warn"
FORBID = "forbid"

VERDICT_WORDS = {
    COMPLETE: ("Đủ", "Complete"),
    NEEDS_LOOK: ("Cần xem", "To look at"),
    MISSING: ("Thiếu", "Missing"),
}


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One thing checked; ``level`` COMPLETE, NEEDS_LOOK or MISSING, words in both languages."""

    code: str
    level: str
    vi: str
    en: str

    @property
    def passed(self) -> bool:
        """True when there is nothing to see to."""
        return self.level == COMPLETE


@dataclass(frozen=True, slots=True)
class RequestCheck:
    """All points in the order of the pane, and the worst of them as verdict."""

    verdict: str
    points: tuple[CheckPoint, ...]

    @property
    def reasons(self) -> tuple[CheckPoint, ...]:
        """The points that are not fine, worst first."""
        found = [point for point in self.points if not point.passed]
        return tuple(sorted(found, key=lambda point: point.level != MISSING))


@dataclass(frozen=True, slots=True)
class CheckRules:
    """What a request is checked against.

    ``signatory`` is the official who would sign; ``authority`` None when he may, else why not;
    ``receiver_policy`` ALLOW, WARN or FORBID (TT 01/2020 art. 11(1): receiver = signer is lawful);
    ``recent`` are the day's other requests. ``register`` "" looks at every row. ``office`` are those who
    receive and sign: no party may be one of them (art. 9(3)).
    """

    fees: FeeTable
    signatory: EntryId | None
    authority: DomainError | None = None
    receiver_policy: str = WARN
    recent: Sequence[RequestState] = ()
    register: str = ""
    office: Sequence[Certifier] = ()

    def concerns(self, state: RequestState, original: OriginalState) -> bool:
        """True for an original that waits for a number of the register that is looked at."""
        kind = state.register_of(original)
        return original.state == SUBMITTED and self.register in ("", kind)


def check_request(state: RequestState, rules: CheckRules) -> RequestCheck:
    """The verdict on one request of the pile, from its submitted originals; never raises."""
    points = (
        _submitted(state, rules),
        *_rows(state, rules),
        _authority(rules),
        _receiver(state, rules),
        _duplicates(state, rules),
        *_conflicts(state, rules),
        *_noticed(state, rules),
        _money(state),
    )
    levels = {point.level for point in points}
    verdict = MISSING if MISSING in levels else NEEDS_LOOK if NEEDS_LOOK in levels else COMPLETE
    return RequestCheck(verdict, points)


def _submitted(state: RequestState, rules: CheckRules) -> CheckPoint:
    if state.is_returned:
        words = state.returned_words
        return CheckPoint(
            "returned", MISSING, f"Đang ở người tiếp nhận: {words}.", f"With the clerk: {words}."
        )
    if state.contested:
        return CheckPoint(
            "contested", MISSING, "Hai bản khác nhau, chờ xử lý.", "Two versions, to be settled."
        )
    count = sum(rules.concerns(state, original) for original in state.originals)
    if not count:
        return CheckPoint(
            "submitted", MISSING, "Không có giấy tờ chờ cấp số.", "No paper waits for a number."
        )
    return CheckPoint(
        "submitted", COMPLETE, f"{count} giấy tờ chờ cấp số.", f"{count} papers wait for numbers."
    )


def _rows(state: RequestState, rules: CheckRules) -> tuple[CheckPoint, ...]:
    """Fee by the table of the day of intake, and every original compared."""
    faults: list[DomainError] = []
    total = 0
    try:
        for index, original in enumerate(state.originals):
            if rules.concerns(state, original):
                faults += original_faults(index, original.taken, rules.fees, state.taken_at, state.register)
                total += fee_of(original.taken, rules.fees, state.taken_at, state.register)
    except DomainError as error:
        faults.append(error)
    if faults:
        return tuple(CheckPoint(f.code, MISSING, f.words("vi").title, f.words("en").title) for f in faults)
    fee = money_figures(total)
    return (
        CheckPoint("fee", COMPLETE, f"Phí đúng bảng phí: {fee}.", f"The fee agrees with the table: {fee}."),
        _compared(state, rules),
    )


def _compared(state: RequestState, rules: CheckRules) -> CheckPoint:
    """What the clerk ticked: originals compared, signatures given before him."""
    kinds = {state.register_of(one) for one in state.originals if rules.concerns(state, one)}
    if kinds <= OF_COPIES:
        return CheckPoint("compared", COMPLETE, "Đã đối chiếu đủ bản chính.", "All originals were compared.")
    if kinds & OF_COPIES:
        return CheckPoint(
            "compared",
            COMPLETE,
            "Đã đối chiếu bản chính, đã ký trước mặt.",
            "Compared; signed before the clerk.",
        )
    return CheckPoint("compared", COMPLETE, "Đã ký trước mặt người tiếp nhận.", "Signed before the clerk.")


def _conflicts(state: RequestState, rules: CheckRules) -> Iterator[CheckPoint]:
    """A party who receives or signs stops it; who may be, or may be kin, is looked at (art. 9(3))."""
    for index, one in enumerate(state.originals):
        if not rules.concerns(state, one):
            continue
        matter = state.register_of(one)
        for fault in conflict_faults(index, one.taken, matter, rules.office):
            yield CheckPoint(fault.code, MISSING, fault.words("vi").title, fault.words("en").title)
        for notice in conflict_notices(one.taken, matter, rules.office):
            if notice.code not in one.taken.noticed:
                words = (f"Dòng {index + 1}: {notice.vi}", f"Row {index + 1}: {notice.en}")
                yield CheckPoint(notice.code, NEEDS_LOOK, *words)


def _authority(rules: CheckRules) -> CheckPoint:
    if rules.signatory is None:
        return CheckPoint("authority", MISSING, "Chưa chọn người ký.", "No signatory is chosen.")
    if rules.authority is not None:
        vi, en = rules.authority.words("vi"), rules.authority.words("en")
        return CheckPoint("authority", MISSING, vi.title, en.title)
    return CheckPoint(
        "authority", COMPLETE, "Người ký có thẩm quyền lúc này.", "The signatory has authority now."
    )


def _receiver(state: RequestState, rules: CheckRules) -> CheckPoint:
    if state.taken_by is None or state.taken_by != rules.signatory or rules.receiver_policy == ALLOW:
        return CheckPoint(
            "receiver",
            COMPLETE,
            "Người tiếp nhận và người ký: đúng quy định của đơn vị.",
            "Receiver and signatory: as the unit has set.",
        )
    if rules.receiver_policy == FORBID:
        return CheckPoint(
            "receiver",
            MISSING,
            "Người tiếp nhận không được là người ký (quy định của đơn vị).",
            "The receiver may not be the signatory (set by the unit).",
        )
    return CheckPoint(
        "receiver", NEEDS_LOOK, "Người tiếp nhận sẽ là người ký.", "The receiver will be the signatory."
    )


def _duplicates(state: RequestState, rules: CheckRules) -> CheckPoint:
    """The same paper of the same person in another request of the day."""
    mine = {(o.taken.kind, o.taken.name, o.taken.mark) for o in state.originals if rules.concerns(state, o)}
    for other in rules.recent:
        if other.id == state.id or other.requester.id_number != state.requester.id_number:
            continue
        if any((o.taken.kind, o.taken.name, o.taken.mark) in mine for o in other.originals):
            return CheckPoint(
                "duplicate",
                NEEDS_LOOK,
                f"Trùng người và giấy tờ với phiếu số {other.daily:04d}.",
                f"Same person and paper as slip number {other.daily:04d}.",
            )
    return CheckPoint(
        "duplicate",
        COMPLETE,
        "Không trùng với phiếu khác trong ngày.",
        "No other slip of the day is the same.",
    )


def _noticed(state: RequestState, rules: CheckRules) -> tuple[CheckPoint, ...]:
    """Amber notices that the clerk saw at intake: the signatory's side sees them too."""
    return tuple(
        CheckPoint(
            f"noticed.{code}",
            NEEDS_LOOK,
            f"Dòng {index + 1}: {original.taken.note or 'có cảnh báo đã xem khi tiếp nhận'}.",
            f"Row {index + 1}: {original.taken.note or 'a warning was seen at intake'}.",
        )
        for index, original in enumerate(state.originals)
        if rules.concerns(state, original)
        for code in original.taken.noticed
    )


def _money(state: RequestState) -> CheckPoint:
    if state.pay == "now" and state.to_pay:
        owed = money_figures(state.to_pay)
        return CheckPoint("money", NEEDS_LOOK, f"Còn thu {owed}.", f"{owed} still to be paid.")
    if state.to_refund:
        over = money_figures(state.to_refund)
        return CheckPoint("money", NEEDS_LOOK, f"Thu thừa {over}.", f"{over} were taken too much.")
    words = ("Đã thu đủ.", "All is paid.") if not state.to_pay else ("Thu khi trả.", "To be paid at return.")
    return CheckPoint("money", COMPLETE, *words)
