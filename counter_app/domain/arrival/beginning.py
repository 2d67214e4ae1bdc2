"""What two persons decide when an office arrives: a file is let in, a counter's opening figures are taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counter_app.domain.arrival.entries import ArrivalBegun, FiguresTaken
from counter_app.domain.arrival.state import ArrivalState
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.refusals import pen_elsewhere, register_closed
from counter_app.domain.registers.state import RegisterState
from counter_app.domain.seconds import Second, countersign
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF

MOST_ROWS = 20_000
"""Rows of one file (own figure): more than a commune's year of certified copies."""


@dataclass(frozen=True, slots=True)
class Letting:
    """Who lets a file in, where: ``journal`` is this PC's, ``held`` are files that were let in before."""

    author: OfficialState
    second: Second
    journal: int
    held: tuple[ArrivalState, ...]


def begin_arrival(of: Letting, body: ArrivalBegun, register: RegisterState | None) -> tuple[Draft, ...]:
    """The entry that begins a file of ``body.planned`` rows; of lines where the register's pen is.

    Raises DomainError ``arrival.empty``, ``arrival.long``, ``arrival.again``, ``arrival.words``,
    ``register.closed``, ``pen.elsewhere``, ``role.*``, ``second.*``.
    """
    roles.require(of.author, roles.CLOSE_BOOKS)
    if not 0 < body.planned <= MOST_ROWS:
        raise _size(body.planned)
    if register is not None:
        if register.closed:
            raise register_closed(register.year)
        if register.holder != of.journal:
            raise pen_elsewhere("")
    check_again(body.plan_digest, of.held)
    _check_words(body.words)
    subjects = (SELF,) if register is None else (SELF, register.id)
    return (draft(countersign(body, SELF, of.author, of.second), *subjects),)


def check_again(plan_digest: bytes, held: Iterable[ArrivalState]) -> None:
    """DomainError ``arrival.again`` when the same rows were let in before."""
    if any(one.plan_digest == plan_digest for one in held):
        raise DomainError(
            "Tệp này đã được nhập.", "Mỗi dòng của sổ cũ chỉ ghi một lần.",
            "Nếu lần trước dừng giữa chừng: chọn “Ghi tiếp”.", "file", code="arrival.again",
            title_en="This file was let in before.", meaning_en="A line of the old book is written once.",
            remedy_en="If it stopped half way, choose “Go on”.",
        )  # fmt: skip


def take_figures(author: OfficialState, second: Second, body: FiguresTaken) -> tuple[Draft, ...]:
    """The entry of a counter's opening figures.

    Raises DomainError ``arrival.words``, ``role.*``, ``second.*``.
    """
    roles.require(author, roles.CLOSE_BOOKS)
    _check_words(body.words)
    return (draft(countersign(body, SELF, author, second), SELF),)


def _check_words(words: str) -> None:
    if not words.strip():
        raise DomainError(
            "Chưa ghi căn cứ.", "", "Ghi sổ giấy hay tệp nào, ai giữ.", "words", code="arrival.words",
            title_en="The ground is missing.", remedy_en="Say which paper book or file it is, who keeps it.",
        )  # fmt: skip


def too_long() -> DomainError:
    """A file of more than ``MOST_ROWS`` rows."""
    most = f"{MOST_ROWS:,}".replace(",", ".")
    return DomainError(
        f"Tệp có hơn {most} dòng.", remedy="Tách tệp theo quý, rồi nhập từng tệp.", field="file",
        code="arrival.long", title_en=f"The file has more than {most} rows.",
        remedy_en="Split it by quarter and let the parts in one after another.",
    )  # fmt: skip


def _size(planned: int) -> DomainError:
    if planned > MOST_ROWS:
        return too_long()
    return DomainError(
        "Tệp không có dòng nào ghi được.", remedy="Xem lại tên các cột.", field="file", code="arrival.empty",
        title_en="The file has no row that can be written.", remedy_en="Look at the columns again.",
    )  # fmt: skip
