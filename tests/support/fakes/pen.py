"""A pen desk without a store: PC 1 holds the pen or died with numbers nobody saw; all names are practice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import (
    AnnulForm,
    BookForm,
    Counterpart,
    Double,
    DoubleLine,
    LineFound,
    PenCard,
    PenOffer,
    RebuiltForm,
    ReceiptFound,
    RecoveryForm,
    RecoveryProposal,
    SecondPerson,
    UndoForm,
    UnknownNumber,
)
from sync.protocol.naming.ids import EntryId

REGISTER = EntryId(257, 8)
SECRET = "tap huan 2026"
ELSEWHERE = PenCard(
    REGISTER, "SCT/BS", 2026, 3, "BÀN KÝ", False, False, 1841, "", 0, 0, "", 6, False
)  # fmt: skip
RECOVERED = replace(
    ELSEWHERE, holder="QUẦY-01", here=True, last_number=1857, unknown="1842-1848", unknown_count=7, doubles=1
)
HERE = replace(ELSEWHERE, holder="QUẦY-01", here=True)
ON_PAPER = replace(ELSEWHERE, holder="sổ giấy", on_paper=True, sheets_to=1861)
BACK_TWICE = replace(HERE, last_number=1844, taken_back="QUẦY-01 (1844), BÀN KÝ (1846)", doubles=2)
TO_ENTER = replace(HERE, last_number=1844, to_enter="1842-1844", enter_first=1842)
OTHERS = (Counterpart(2, "QUẦY-02"), Counterpart(3, "BÀN KÝ"))
PIN = "246810"
PEOPLE = (
    SecondPerson(EntryId(257, 2), "Giàng A Chiến", "Chủ tịch"),
    SecondPerson(EntryId(257, 3), "Vàng Văn Thăng", "Phó Chủ tịch"),
)
UNKNOWN = tuple(UnknownNumber(number, "BÀN KÝ") for number in range(1842, 1849))
KEPT = DoubleLine(EntryId(513, 40), "Hoàng Văn Sơn", "Giấy khai sinh", 20261120, 2, "signed", "QUẦY-01")
OTHER = DoubleLine(EntryId(769, 51), "Phàn Thị Sểnh", "Học bạ", 20261120, 1, "numbered", "BÀN KÝ")
DOUBLE = Double(1830, (KEPT, OTHER))


@dataclass
class FakePen:
    """``calls`` holds every change that was asked for; a wrong secret is refused as the service does."""

    all_cards: tuple[PenCard, ...] = (ELSEWHERE,)
    unknown: tuple[UnknownNumber, ...] = ()
    twice: tuple[Double, ...] = ()
    people: tuple[SecondPerson, ...] = PEOPLE
    trouble: Exception | None = None
    others: tuple[Counterpart, ...] = OTHERS
    found: tuple[ReceiptFound, ...] = ()
    lines: tuple[LineFound, ...] = ()
    refuses: Exception | None = None
    running: tuple[PenOffer, ...] = ()
    calls: list[tuple[Any, ...]] = field(default_factory=list)

    def cards(self) -> tuple[PenCard, ...]:
        if self.trouble is not None:
            raise self.trouble
        return self.all_cards

    def seconds(self, *, money: bool = False) -> tuple[SecondPerson, ...]:
        return self.people

    def counterparts(self) -> tuple[Counterpart, ...]:
        return self.others

    def proposal(
        self, register: EntryId, highest_on_paper: int = 0, waiting_there: int = 0
    ) -> RecoveryProposal:
        waiting = max(6, waiting_there)
        least = max(1841, highest_on_paper) + waiting + 14 + 1
        return RecoveryProposal(register, "BÀN KÝ", 1841, 14, waiting, highest_on_paper, least)

    def recover(self, form: RecoveryForm) -> str:
        if form.second_secret != SECRET:
            raise DomainError("Mật khẩu không đúng.", field="password", code="password.wrong")
        self.calls.append(("recover", form))
        self.all_cards, self.unknown = (RECOVERED,), UNKNOWN
        return "Đã khôi phục quyền cấp số về QUẦY-01; 7 số chưa rõ. Đã in biên bản."

    def unknown_numbers(self, register: EntryId) -> tuple[UnknownNumber, ...]:
        return self.unknown

    def settle_rebuilt(self, form: RebuiltForm) -> str:
        if form.day == "32/11/2026":
            raise DomainError("Không có ngày 32/11/2026.", field="day", code="date.impossible")
        self.calls.append(("rebuilt", form))
        self._leave(form.number)
        return f"Đã dựng lại số {form.number} từ {form.evidence}."

    def settle_void(self, register: EntryId, number: int, minutes: str) -> str:
        self.calls.append(("void", register, number, minutes))
        self._leave(number)
        return f"Đã hủy số {number} theo {minutes}."

    def _leave(self, number: int) -> None:
        self.unknown = tuple(one for one in self.unknown if one.number != number)

    def doubles(self, register: EntryId) -> tuple[Double, ...]:
        return self.twice

    def rule_double(self, register: EntryId, number: int, keep: EntryId, strike: EntryId, ground: str) -> str:
        self.calls.append(("rule", number, keep, strike, ground))
        self.twice = ()
        return f"Số {number}: một dòng được giữ, dòng kia gạch."

    def pass_pen_to_file(self, counter: int, folder: str, register: EntryId | None = None) -> str:
        self._refuse()
        self.calls.append(("pass", counter, folder, register))
        self.all_cards = (replace(self.all_cards[0], here=False, holder="BÀN KÝ"),)
        return "00000-quay01-20261120-1041.mcx"

    def offers(self) -> tuple[PenOffer, ...]:
        return self.running

    def offer_pens(self, journal: int) -> str:
        self._refuse()
        self.calls.append(("offer", journal))
        return "Quyền cấp số đã chuyển sang BÀN KÝ."

    def fetch_pen(self, register: EntryId) -> str:
        self._refuse()
        self.calls.append(("fetch", register))
        self.all_cards = (HERE,)
        return "Quyền cấp số đã về máy này từ BÀN KÝ."

    def pass_to_paper(self, register: EntryId, sheets: int, second: EntryId, secret: str) -> str:
        self._refuse(secret)
        self.calls.append(("to_paper", register, sheets, second))
        self.all_cards = (replace(ON_PAPER, sheets_to=1841 + sheets),)
        return f"Quyền cấp số đã chuyển sang sổ giấy, {sheets} số in sẵn."

    def return_from_paper(self, register: EntryId, last_used: int, second: EntryId, secret: str) -> str:
        self._refuse(secret)
        self.calls.append(("back", register, last_used, second))
        self.all_cards = (TO_ENTER,)
        return "Quyền cấp số đã về QUẦY-01. Nhập các số đã dùng trên giấy: 1842-1844."

    def enter_from_paper(
        self, requests: tuple[EntryId, ...], first: int, day: str, pin: str, signatory: EntryId | None = None
    ) -> str:
        if pin != PIN:
            raise DomainError("PIN chưa đúng. Còn 4 lần.", field="pin", code="pin.wrong")
        self._refuse()
        self.calls.append(("enter", requests, first, day, signatory))
        self.all_cards = (replace(HERE, last_number=1844),)
        return "Đã nhập số 1842–1844 từ sổ giấy."

    def line_of_number(self, register: EntryId, number: int) -> tuple[LineFound, ...]:
        return tuple(line for line in self.lines if line.number.startswith(str(number)))

    def annul(self, form: AnnulForm) -> str:
        self._refuse(form.second_secret)
        self.calls.append(("annul", form))
        return "Số 1799/2026 đã huỷ bỏ giá trị theo 12/QĐ-UBND; dòng ở lại trong sổ."

    def receipts(self, text: str) -> tuple[ReceiptFound, ...]:
        return self.found if text else ()

    def void_receipt(self, form: UndoForm) -> str:
        self._refuse(form.second_secret)
        self.calls.append(("void_receipt", form))
        self.found = tuple(replace(one, void=True, left=0) for one in self.found)
        return "Đã hủy biên lai; số biên lai vẫn tính là đã dùng."

    def refund(self, form: UndoForm, amount: int) -> str:
        self._refuse(form.second_secret)
        self.calls.append(("refund", form, amount))
        self.found = tuple(replace(one, left=one.left - amount) for one in self.found)
        return "Đã hoàn 4.000 đ, trừ vào quỹ hôm nay."

    def open_receipt_book(self, form: BookForm) -> str:
        self._refuse()
        self.calls.append(("open_book", form))
        return f"Đã mở quyển biên lai {form.symbol}, số {form.next_number}–{form.last_number}."

    def _refuse(self, secret: str = SECRET) -> None:
        if secret != SECRET:
            raise DomainError("Mật khẩu không đúng.", field="password", code="password.wrong")
        if self.refuses is not None:
            raise self.refuses


RECEIPTS = (
    ReceiptFound(EntryId(257, 60), "Biên lai AA-26P số 18", "Lò Văn Tập Huấn", 20261120, 8_000, 8_000, False),
    ReceiptFound(
        EntryId(257, 61), "Biên lai AB-26P số 18", "Tẩn Thị Tập Huấn", 20261119, 4_000, 0, True, "transfer"
    ),
)


def recovered() -> FakePen:
    """After a recovery: seven unknown numbers and one double."""
    return FakePen((RECOVERED,), UNKNOWN, (DOUBLE,))
