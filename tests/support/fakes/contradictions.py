"""Contradictions as the page shows them in tests and pictures; decisions are kept in ``decided``."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.services.ports.contradictions import (
    ContradictionView,
    DecisionForm,
    SettledView,
    SideView,
)
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.strays import StrayCaseView, StrayForm
from sync.protocol.naming.ids import EntryId
from tests.ui.desk import MORNING

MINUTE = 60_000
PHONE = ContradictionView(
    "party.phone.1.2",
    "party",
    "Hai quầy đính chính một mục của người nộp",
    "02-0018 · PHÀN THỊ TẬP HUẤN · Đăng ký khai sinh",
    "Điện thoại",
    (
        SideView("QUẦY-01", "Lù Thị Mai", MORNING - 40 * MINUTE, "0912 000 001"),
        SideView("QUẦY-02", "Lò Thị Hoa", MORNING - 20 * MINUTE, "0912 000 002", "Đang được tính"),
    ),
    (("0", "0912 000 001"), ("1", "0912 000 002")),
    "1",
    "Ghi sau, đang được dùng.",
    "",
    "dossier",
    EntryId(257, 18),
)
RETURNED = ContradictionView(
    "dossier.dossier.returned_twice.3.4",
    "dossier",
    "Hai việc của một hồ sơ không cùng đúng",
    "01-0007 · LÝ VĂN TẬP HUẤN · Cấp giấy xác nhận tình trạng hôn nhân",
    "",
    (
        SideView("QUẦY-01", "Lù Thị Mai", MORNING - 90 * MINUTE, "Trả cho chính người nộp", "Đang được tính"),
        SideView("QUẦY-02", "Lò Thị Hoa", MORNING - 80 * MINUTE, "Trả cho LÝ THỊ TẬP HUẤN"),
    ),
    (
        ("told", "Đã báo người dân"),
        ("slip", "Đã đổi giấy cho người dân"),
        ("none", "Không ảnh hưởng người dân"),
    ),
    "told",
    "Việc ghi trước được tính.",
    "Hai quầy cùng ghi đã trả. Hỏi ai đang giữ kết quả; thu thừa thì hoàn tiền.",
    "dossier",
    EntryId(257, 7),
)
TWINS = ContradictionView(
    "same_case..5.6",
    "same_case",
    "Một người, một thủ tục, hai quầy",
    "01-0011 · VÀNG A TẬP HUẤN · Đăng ký khai tử",
    "",
    (
        SideView("QUẦY-01", "Lù Thị Mai", MORNING - 30 * MINUTE, "01-0011", "Đã tiếp nhận"),
        SideView("QUẦY-02", "Lò Thị Hoa", MORNING - 10 * MINUTE, "02-0012", "Đang xử lý"),
        SideView("QUẦY-04", "Lò Thị Hoa", MORNING - 5 * MINUTE, "04-0002", "Đã tiếp nhận"),
    ),
    (("0", "Giữ 01-0011"), ("1", "Giữ 02-0012"), ("both", "Cả hai đúng")),
    "0",
    "Hồ sơ tiếp nhận trước.",
    "Hồ sơ không giữ: mời người nộp rút (mở bằng Enter), hoàn tiền nếu đã thu.",
    "dossier",
    EntryId(257, 11),
)
WAITING = (PHONE, RETURNED, TWINS)
SETTLED = (
    SettledView(
        MORNING - 100 * MINUTE, "Vàng Văn Thăng", "BÀN KÝ", "Hai quầy đính chính một mục của người nộp",
        "02-0009 · SÙNG THỊ TẬP HUẤN · Nơi cư trú", "Theo QUẦY-02", "Theo thẻ căn cước", by_proposal=False,
    ),
    SettledView(
        MORNING - 300 * MINUTE, "Vàng Văn Thăng", "BÀN KÝ", "Một người, một thủ tục, hai quầy",
        "01-0003 · HẠNG A TẬP HUẤN · Đăng ký khai sinh", "Cả hai đúng", "Hai người con sinh đôi",
        by_proposal=True,
    ),
)  # fmt: skip


@dataclass
class FakeContradictions:
    """Answers at once; a decision takes its row from the list and puts one into the history."""

    open: tuple[ContradictionView, ...] = WAITING
    past: tuple[SettledView, ...] = SETTLED
    error: Exception | None = None
    refusal: Exception | None = None
    decided: list[DecisionForm] = field(default_factory=list)
    reads: int = 0

    def waiting(self) -> tuple[ContradictionView, ...]:
        self.reads += 1
        if self.error is not None:
            raise self.error
        return self.open

    def settled(self) -> tuple[SettledView, ...]:
        return self.past

    def settle(self, form: DecisionForm) -> str:
        self.decided.append(form)
        if self.refusal is not None:
            raise self.refusal
        self.open = tuple(one for one in self.open if one.key != form.key)
        return "Đã ghi quyết định."


STRAYS = (
    StrayCaseView(
        "a", "QUẦY-01", MORNING - 200 * MINUTE, "Yêu cầu chứng thực bản sao · LÒ VĂN TẬP HUẤN",
        "2 bản chính, 3 bản sao",
        ("Thông tin người dân · LÒ VĂN TẬP HUẤN",
         "Yêu cầu chứng thực bản sao · LÒ VĂN TẬP HUẤN · 2 bản chính, 3 bản sao"),
        ("Số chứng thực 1776/2026 · Giấy khai sinh", "Phiếu thu tạm · 9.000 đ"),
    ),
    StrayCaseView(
        "b", "QUẦY-01", MORNING - 190 * MINUTE, "Cấp số một xấp", "Số 1776 đến 1776, người ký Vàng Văn Thăng",
        (), ("Cấp số một xấp · Số 1776 đến 1776, người ký Vàng Văn Thăng",),
    ),
)  # fmt: skip
SECOND = SecondPerson(EntryId(257, 3), "Giàng A Chiến", "Chủ tịch")


@dataclass
class FakeStrays:
    """Two cases of a copied PC; what was dealt with leaves the list."""

    open: tuple[StrayCaseView, ...] = STRAYS
    refusal: Exception | None = None
    settled: list[StrayForm] = field(default_factory=list)

    def cases(self) -> tuple[StrayCaseView, ...]:
        return self.open

    def seconds(self) -> tuple[SecondPerson, ...]:
        return (SECOND,)

    def settle(self, form: StrayForm) -> str:
        self.settled.append(form)
        if self.refusal is not None:
            raise self.refusal
        self.open = tuple(one for one in self.open if one.key != form.key)
        return "Đã nhập lại 2 việc."
