"""A register-year begins: first of its kind, from the paper book in mid-year, or for the new year.

NĐ 23/2015 art. 13: numbers run from 01 through the calendar year, across books.
"""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.domain.dates import vn_date
from counter_app.domain.drafting import draft
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.entries import FIRST, NEW_YEAR, OPENING_BALANCE, BookOpened, RegisterOpened
from counter_app.domain.registers.refusals import pen_elsewhere, refusal, register_closed, wrong_field
from counter_app.domain.registers.state import RegisterState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF

FIRST_NUMBER = 1
DECEMBER = 12


def open_register(
    author: OfficialState, register: str, symbol: str, journal: int, at: int, held: Iterable[RegisterState]
) -> tuple[Draft, ...]:
    """The first register of its kind in this unit, from number 1, in the year of ``at`` (ms).

    ``held`` are all register-years known here. Raises DomainError ``role.*``, ``register.exists``.
    """
    roles.require(author, roles.CLOSE_BOOKS)
    year = vn_date(at).year
    _check_new(register, year, held)
    return (draft(RegisterOpened(register, symbol, year, FIRST_NUMBER, 1, FIRST, "", journal), SELF),)


def open_from_paper_book(
    author: OfficialState, second: Second, body: RegisterOpened, held: Iterable[RegisterState]
) -> tuple[Draft, ...]:
    """Mid-year: ``next_number`` and ``book`` come from the paper book; two persons (``sync.md`` 4).

    ``body.words`` names the paper book and its last line. Raises ``register.exists``, ``register.words``,
    ``role.*``, ``second.*``.
    """
    roles.require(author, roles.CLOSE_BOOKS)
    _check_new(body.register, body.year, held)
    if body.ground != OPENING_BALANCE:
        raise ValueError("an opening balance says so in its ground")
    if not body.words.strip():
        raise wrong_field(
            "register.words",
            "words",
            "Chưa ghi căn cứ: số cuối cùng trên sổ giấy.",
            "Name the last line of the paper book.",
        )
    return (draft(countersign(body, SELF, author, second), SELF),)


def open_new_year(
    author: OfficialState,
    previous: RegisterState,
    symbol: str,
    journal: int,
    at: int,
    held: Iterable[RegisterState],
) -> tuple[Draft, ...]:
    """The last holder of ``previous`` opens the next year's register, from December on; numbers from 1 again.

    Raises ``pen.elsewhere``, ``register.too_early``, ``register.exists``, ``role.*``.
    """
    roles.require(author, roles.CLOSE_BOOKS)
    if journal != previous.holder:
        raise pen_elsewhere("")
    today, year = vn_date(at), previous.year + 1
    if today.year < previous.year or (today.year == previous.year and today.month < DECEMBER):
        raise refusal(
            "register.too_early",
            (f"Sổ năm {year} mở được từ tháng 12.", "", "Chờ đến ngày 01/12."),
            (f"The register of {year} may be opened from December on.", "", "Wait until 1 December."),
        )
    _check_new(previous.register, year, held)
    body = RegisterOpened(previous.register, symbol, year, FIRST_NUMBER, 1, NEW_YEAR, "", journal)
    return (draft(body, SELF),)


def open_book(author: OfficialState, state: RegisterState, journal: int) -> tuple[Draft, ...]:
    """The next bound volume of the same year; numbers go on (art. 13(2)). Only where the pen is."""
    roles.require(author, roles.CLOSE_BOOKS)
    if state.closed:
        raise register_closed(state.year)
    if journal != state.holder:
        raise pen_elsewhere("")
    return (draft(BookOpened(state.book + 1, state.next_number), state.id),)


def _check_new(register: str, year: int, held: Iterable[RegisterState]) -> None:
    if any(other.register == register and other.year == year for other in held):
        raise refusal(
            "register.exists",
            (f"Sổ này của năm {year} đã mở.", "Mỗi loại sổ chỉ có một sổ trong một năm.", "Dùng sổ đã mở."),
            (f"This register of {year} is open already.", "One register of a kind in a year.", "Use it."),
        )
