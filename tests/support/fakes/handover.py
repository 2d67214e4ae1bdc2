"""A return desk without a store: two results of one person, one not ready, and a waiting list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports.dossiers import DossiersPort, GivingForm
from counter_app.services.ports.handover import ReturnForm, ReturnLine, ReturnView
from sync.protocol.naming.ids import EntryId

SLIP = "03390002126112000062"
CARD = "012152000318||SUNG THI DI|01011952|Nu|Ban Na Khan, Binh Lu|01012022"
OTHER_CARD = "012085004471||GIANG A PAO|02031985|Nam|Ban Na Khan, Binh Lu|01012022"


def result(
    place: int, code: str, name: str, *lines: ReturnLine, to_pay: int = 0, message: str = ""
) -> ReturnView:
    """One request at the desk."""
    return ReturnView(EntryId(514, place), code, name, "CCCD …0318", lines, to_pay, message)


READY = ReturnLine(0, "1829/2026", "Giấy CN hộ nghèo", 3, True, "signed")
READY_TOO = ReturnLine(0, "1830/2026", "Giấy khai sinh", 1, True, "signed")
UNSIGNED = ReturnLine(
    1, "1838/2026", "Bằng trung cấp", 2, False, "numbered", "Số 1838 chưa xác nhận đã ký, đóng dấu."
)
LATER = ReturnLine(0, "", "Học bạ tiểu học", 2, False, "submitted", "Chưa có kết quả. Hẹn 25/11.")
FIRST = result(
    6, "02-0006", "SÙNG THỊ DÍ", READY, UNSIGNED, to_pay=6000, message="Còn thu 6.000 đ trước khi trả."
)
SECOND = result(9, "02-0009", "SÙNG THỊ DÍ", READY_TOO)
THIRD = result(14, "02-0014", "SÙNG THỊ DÍ", LATER)


def day_waiting() -> tuple[ReturnView, ...]:
    """What lies in the drawer."""
    names = ("Má A Chu", "Sùng A Chỉnh", "Lò Thị Ộn", "Chang A Dế", "Vàng Thị Ẩn")
    return (
        FIRST,
        SECOND,
        *(
            replace(SECOND, request=EntryId(514, 40 + i), short_code=f"01-00{31 + i}", name=name)
            for i, name in enumerate(names)
        ),
    )


@dataclass
class FakeHandover:
    """``forms`` holds every handing over that was asked for."""

    requests: tuple[ReturnView, ...] = field(default_factory=day_waiting)
    of_person: tuple[ReturnView, ...] = (FIRST, SECOND, THIRD)
    forms: list[ReturnForm] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    refuses: DomainError | None = None
    dossiers: DossiersPort | None = None
    """The fake that notes the results handed over together with copies."""
    trouble: Exception | None = None

    def find(self, code_or_text: str) -> tuple[ReturnView, ...]:
        self.searched.append(code_or_text)
        if code_or_text == SLIP:
            return (FIRST,)
        if code_or_text == CARD or "dí" in code_or_text.lower():
            return self.of_person
        raise DomainError(
            "Không thấy hồ sơ nào.", "", "Quét thẻ căn cước của người nhận.", code="return.none"
        )

    def waiting(self) -> tuple[ReturnView, ...]:
        if self.trouble is not None:
            raise self.trouble
        return self.requests

    def hand_over(self, form: ReturnForm) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.forms.append(form)
        self.requests = tuple(view for view in self.requests if view.request != form.request)
        return f"Đã trả {form.request.seq}."

    def hand_over_all(self, copies: tuple[ReturnForm, ...], results: GivingForm | None) -> str:
        told = [self.hand_over(form) for form in copies]
        if results is not None:
            assert self.dossiers is not None
            told.append(self.dossiers.give(results).sentence)
        return " ".join(told)
