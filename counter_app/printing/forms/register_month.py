"""A register of certifications of one month: the legal columns and the closing line.

Printed and bound monthly when software keeps the register (``law.md`` 4.5). A struck number keeps its line,
struck through with its reason in Ghi chú; numbers of a lost PC stand as a range *chưa rõ*.
This module holds the model and the rows; ``register_pdf`` and ``register_excel`` draw them.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Final

import msgspec

from counter_app.printing.formats import clean, grouped, money, register_number, short_date, short_moment
from counter_app.printing.model import Letterhead, Marks, Signature

HEADS: Final = (
    "Số thứ tự/số chứng thực",
    "Ngày, tháng, năm chứng thực",
    "Họ tên của người yêu cầu chứng thực",
    "Tên của bản chính giấy tờ, văn bản",
    "Họ tên, chức danh người ký chứng thực",
    "Số bản sao đã được chứng thực",
    "Lệ phí/Phí chứng thực",
    "Ghi chú",
)
"""The eight columns of the book SCT/BS, verified in two printed templates (``law.md`` 4.5)."""


class LineState(Enum):
    """What a number of the register is."""

    SIGNED = "signed"
    UNCONFIRMED = "unconfirmed"
    STRUCK = "struck"
    ANNULLED = "annulled"
    UNKNOWN = "unknown"


STATE_WORDS: Final = {
    LineState.SIGNED: "",
    LineState.UNCONFIRMED: "Chưa xác nhận đã ký",
    LineState.STRUCK: "Số gạch",
    LineState.ANNULLED: "Hủy bỏ giá trị",
    LineState.UNKNOWN: "Chưa rõ",
}


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line: a number, or a range of unknown numbers when ``last`` is above ``number``.

    ``fee`` in whole đồng; ``note`` is the reason, act or remark and stands in Ghi chú after the state's word.
    """

    number: int
    state: LineState = LineState.SIGNED
    last: int = 0
    day: date | None = None
    requester: str = ""
    original: str = ""
    signer: str = ""
    copies: int | None = None
    fee: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a range that is not one of unknown numbers."""
        if self.last and (self.last < self.number or self.state is not LineState.UNKNOWN):
            raise ValueError("only unknown numbers stand as a range")

    @property
    def count(self) -> int:
        """Return how many numbers the line covers."""
        return self.last - self.number + 1 if self.last else 1

    @property
    def number_words(self) -> str:
        """Return the number, or the range as ``1843 - 1850``."""
        first = register_number(self.number)
        return f"{first} - {register_number(self.last)}" if self.count > 1 else first

    @property
    def note_words(self) -> str:
        """Return what stands in Ghi chú: the state in words and the note."""
        return ": ".join(filter(None, (STATE_WORDS[self.state], clean(self.note))))


class RegisterMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month of one register: head, lines by number, and what is known about its closing.

    ``as_of``: the moment of the reading. ``closed``: the month is locked; else the paper says it is not.
    ``by_hand``: empty sheets with the next numbers, written on while there is no power (``sync.md`` 4).
    ``title``, ``heads`` and ``counted`` (what column 6 counts) are those of the kind of register.
    """

    head: Letterhead
    book: str
    year: int
    month: int
    lines: tuple[RegisterLine, ...]
    as_of: datetime
    closed: bool
    signatures: tuple[Signature, ...] = ()
    marks: Marks = Marks()
    symbol: str = "SCT/BS"
    heads: tuple[str, ...] = HEADS
    by_hand: bool = False
    title: str = "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH"
    counted: str = "bản sao"

    @property
    def status_words(self) -> str:
        """Return the line under the title: closed, or as of when."""
        if self.by_hand:
            return f"TỜ SỔ GHI TAY KHI MẤT ĐIỆN, in lúc {short_moment(self.as_of)}"
        if self.closed:
            return f"Đã khóa sổ tháng, số liệu đến {short_moment(self.as_of)}"
        return f"CHƯA KHÓA SỔ THÁNG, số liệu đến {short_moment(self.as_of)}"


def cells(line: RegisterLine) -> tuple[str, ...]:
    """Return the eight cells of a line as printed."""
    return (
        line.number_words,
        short_date(line.day) if line.day else "",
        line.requester,
        line.original,
        line.signer,
        "" if line.copies is None else grouped(line.copies),
        "" if line.fee is None else grouped(line.fee),
        line.note_words,
    )


def counts(lines: tuple[RegisterLine, ...]) -> dict[LineState, int]:
    """Return how many numbers are in each state."""
    found = dict.fromkeys(LineState, 0)
    for line in lines:
        found[line.state] += line.count
    return found


def totals(lines: tuple[RegisterLine, ...]) -> tuple[int, int]:
    """Return copies and fees in đồng of the lines that count: neither struck nor unknown."""
    valid = [line for line in lines if line.state not in {LineState.STRUCK, LineState.UNKNOWN}]
    return sum(line.copies or 0 for line in valid), sum(line.fee or 0 for line in valid)


def closing_words(data: RegisterMonth) -> str:
    """Return the closing line: numbers by state, copies, money; the parts add up to the whole."""
    if not data.lines:
        return f"Tháng {data.month:02d}/{data.year} không có số chứng thực nào."
    if data.by_hand:
        return _by_hand_words(data)
    by_state = counts(data.lines)
    words = (
        (LineState.SIGNED, "đã ký"),
        (LineState.UNCONFIRMED, "chưa xác nhận đã ký"),
        (LineState.STRUCK, "gạch"),
        (LineState.ANNULLED, "hủy bỏ giá trị"),
        (LineState.UNKNOWN, "chưa rõ"),
    )
    parts = " + ".join(f"{grouped(by_state[state])} {word}" for state, word in words if by_state[state])
    first, end = data.lines[0].number, data.lines[-1].last or data.lines[-1].number
    copies, fees = totals(data.lines)
    return (
        f"Tổng cộng tháng {data.month:02d}/{data.year}: từ số {register_number(first)} đến số "
        f"{register_number(end)}, {grouped(sum(by_state.values()))} số = {parts}; "
        f"{grouped(copies)} {data.counted}; "
        f"phí chứng thực {money(fees)}."
    )


def _by_hand_words(data: RegisterMonth) -> str:
    """Return what stands below the empty lines: which numbers, and room for the last one used."""
    first, last = data.lines[0].number, data.lines[-1].number
    return (
        f"Số in sẵn từ {register_number(first)} đến {register_number(last)}, ghi liên tiếp, không bỏ trống. "
        "Số cuối cùng đã dùng: ................ "
        "Chữ ký hai người: ................................................"
    )
