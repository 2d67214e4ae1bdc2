"""The pen: who numbers now, how it moves, and the numbers themselves (``sync.md`` 4 and 6)."""

from __future__ import annotations

import msgspec

from counter_app.domain.dates import vn_date
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers import refusals
from counter_app.domain.registers.entries import (
    INTO_FILE,
    LIVE_REQUEST,
    PenPassed,
    PenPassedToPaper,
    PenReturnedFromPaper,
)
from counter_app.domain.registers.state import RegisterState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

MAX_LOT = 500
HOUR = 3_600_000
DATE_PROVED_FOR = 36 * HOUR
REQUEST_LIVES = 120_000
NONCE_BYTES = 16


class PenRequest(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A running PC asks for the pen; never stored, never an entry.

    It says what it holds: the ``term`` and ``next_number`` it knows, and whether it lacks any line below.
    """

    register: EntryId
    journal: int
    nonce: bytes
    term: int
    next_number: int
    missing_lines: int = 0


def request_pen(state: RegisterState, journal: int, nonce: bytes) -> PenRequest:
    """What this PC asks the holder; ``nonce`` are 16 fresh random bytes."""
    return PenRequest(state.id, journal, nonce, state.term, state.next_number, state.missing_lines)


def take_numbers(
    state: RegisterState,
    journal: int,
    count: int,
    at: int,
    *,
    last_contact: int,
    date_confirmed: bool = False,
    holder_name: str = "",
) -> int:
    """First of ``count`` consecutive numbers that are born now on ``journal``; the caller writes the lot.

    ``at``: corrected time (ms). ``last_contact``: last exchange, closing or confirmed date (ms).
    ``date_confirmed``: the signatory has confirmed the date under his key. Raises DomainError
    ``pen.elsewhere``, ``pen.on_paper``, ``pen.incomplete``, ``pen.own_numbers``, ``register.closed``,
    ``register.other_year``, ``month.closed``, ``lot.size``, ``clock.behind``, ``clock.unproved``.
    """
    if state.closed:
        raise refusals.register_closed(state.year)
    if state.is_on_paper:
        raise refusals.pen_on_paper()
    if journal != state.holder:
        raise refusals.pen_elsewhere(holder_name)
    check_whole(state, journal)
    _check_own_numbers(state, journal)
    if not 1 <= count <= MAX_LOT:
        raise refusals.count_out_of_bounds(count, MAX_LOT)
    if not date_confirmed:
        check_clock(state, at, last_contact)
    today = vn_date(at)
    if today.year != state.year:
        raise refusals.other_year(state.year, today.year)
    if any(closed.month == today.month for closed in state.closed_months):
        raise refusals.month_closed(today.month)
    return state.next_number


def check_whole(state: RegisterState, journal: int) -> None:
    """Raises ``pen.incomplete`` while the state of the pen here is known to lag behind what was done.

    An act of this very journal waits for a parent, so the state does not know what this PC itself did; or
    somebody else's act under a later term waits, so the pen was passed or recovered without this PC.
    """
    if journal in state.waiting_authors or state.claimed_term:
        raise refusals.pen_incomplete()


def _check_own_numbers(state: RegisterState, journal: int) -> None:
    """Whatever order the entries fell into: a number that this journal has given is never given again."""
    given = state.highest_given(journal)
    if given >= state.next_number:
        raise refusals.own_numbers(given, state.last_number)


def check_clock(state: RegisterState, at: int, last_contact: int) -> None:
    """Raises ``clock.behind`` or ``clock.unproved`` when the signatory has to confirm the date."""
    if at < state.last_numbered_at:
        raise refusals.clock_behind()
    if at - last_contact > DATE_PROVED_FOR:
        raise refusals.clock_unproved()


def pass_pen(
    state: RegisterState, journal: int, request: PenRequest, asked_at: int, now: int
) -> tuple[Draft, ...]:
    """The holder answers a live request of a PC that holds all lines below ``next``.

    ``asked_at`` and ``now`` are this PC's own clock (ms) when the request came and now. Raises
    ``pen.elsewhere``, ``pen.on_paper``, ``pen.incomplete``, ``register.closed``, ``pen.not_passed``.
    """
    _check_holder(state, journal)
    if request.register != state.id or len(request.nonce) != NONCE_BYTES or request.journal == journal:
        raise refusals.not_held("yêu cầu không đúng sổ này", "the request is not for this register")
    if not 0 <= now - asked_at <= REQUEST_LIVES:
        raise refusals.not_held("yêu cầu đã cũ", "the request is too old")
    if (request.term, request.next_number) != (state.term, state.next_number) or request.missing_lines:
        raise refusals.not_held("máy xin chưa có đủ các dòng", "the asking PC lacks lines")
    passed = PenPassed(state.term + 1, request.journal, state.next_number, LIVE_REQUEST, request.nonce)
    return (draft(passed, state.id),)


def pass_pen_into_file(state: RegisterState, journal: int, to: int) -> tuple[Draft, ...]:
    """The holder sends the pen in a file that a person chose; the other PC has it once the file is read."""
    _check_holder(state, journal)
    if to in (journal, 0):
        raise refusals.not_held("chưa chọn máy nhận", "no receiving PC is chosen")
    return (draft(PenPassed(state.term + 1, to, state.next_number, INTO_FILE), state.id),)


def pass_to_paper(
    state: RegisterState, journal: int, sheets_to: int, author: OfficialState, second: Second
) -> tuple[Draft, ...]:
    """Power cut: sheets printed with numbers ``next .. sheets_to`` go on; two persons."""
    _check_holder(state, journal)
    _check_own_numbers(state, journal)
    roles.require(author, roles.NUMBER)
    if sheets_to < state.next_number:
        raise refusals.wrong_field(
            "paper.sheets",
            "sheets_to",
            "Tờ sổ in phải có số kế tiếp.",
            "The sheets must hold the next number.",
        )
    body = PenPassedToPaper(state.term + 1, state.next_number, sheets_to, second.official.id, b"")
    return (draft(countersign(body, state.id, author, second), state.id),)


def return_from_paper(
    state: RegisterState,
    journal: int,
    last_used: int,
    author: OfficialState,
    second: Second,
    *,
    holder_name: str = "",
) -> tuple[Draft, ...]:
    """The pen comes back with the last number used on paper (``next - 1``: none); two persons.

    Only to the PC that printed the sheets: two PCs out of touch could both be told that they came back, one
    PC cannot (decision 039). From there the pen is passed on; of a dead PC it is recovered. The numbers used
    are then entered as lots of the paper's numbers (``paper_numbers``). Raises ``paper.back``,
    ``paper.elsewhere``, ``pen.not_passed``, ``pen.incomplete``, ``paper.last_used``, ``role.*``,
    ``second.*``; ``holder_name`` is where the sheets were printed, or came back to, for the words.
    """
    if not state.is_on_paper and state.papers and state.papers[-1].back:
        raise refusals.paper_back(state.papers[-1].last_used or 0, holder_name)
    if not state.is_on_paper:
        raise refusals.not_held("quyền cấp số không ở sổ giấy", "the pen is not on paper")
    if journal != state.previous_holder:
        raise refusals.paper_elsewhere(holder_name)
    check_whole(state, journal)
    roles.require(author, roles.NUMBER)
    if not state.last_number <= last_used <= state.papers[-1].sheets_to:
        raise refusals.wrong_field(
            "paper.last_used",
            "last_used",
            f"Số cuối trên giấy phải từ {state.last_number} đến {state.papers[-1].sheets_to}.",
            f"The last number on paper lies between {state.last_number} and {state.papers[-1].sheets_to}.",
        )
    body = PenReturnedFromPaper(state.term + 1, last_used, journal, second.official.id, b"")
    return (draft(countersign(body, state.id, author, second), state.id),)


def paper_numbers(state: RegisterState, first: int, count: int) -> int:
    """``first`` when ``first .. first + count - 1`` were used on paper and nobody has entered them yet.

    A lot entered afterwards bears these numbers and the holder's present term. Raises ``paper.not_used``.
    """
    last = first + count - 1
    if count < 1 or not any(part.first <= first and last <= part.last for part in state.to_enter_from_paper):
        raise refusals.wrong_field(
            "paper.not_used",
            "number",
            f"Các số {first}-{last} không có trong phần đã dùng trên giấy.",
            f"Numbers {first}-{last} are not among those used on paper.",
        )
    return first


def _check_holder(state: RegisterState, journal: int) -> None:
    if state.closed:
        raise refusals.register_closed(state.year)
    if state.is_on_paper:
        raise refusals.pen_on_paper()
    if journal != state.holder:
        raise refusals.pen_elsewhere("")
    check_whole(state, journal)
