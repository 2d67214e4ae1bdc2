"""Sample screens with practice rows: what the kit is looked at and tested with; no service behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.ports.exchange import OFFLINE, Pill
from counter_app.services.ports.program import Program
from counter_app.services.ports.session import CounterInfo, Session
from counter_app.ui.actions import Action
from counter_app.ui.background import Background
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.formatting import money
from counter_app.ui.notifications import Notifications
from counter_app.ui.screens.contract import KeyHint, ScreenContext, ScreenEntry
from counter_app.ui.shell.topbar import pill_state
from counter_app.ui.shell.window import Window
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.button import Button, WideButton, commit_button
from counter_app.ui.widgets.card import Card, line
from counter_app.ui.widgets.fields.choices import Segmented, TabStrip, Tick
from counter_app.ui.widgets.fields.field import Field, MoneyField
from counter_app.ui.widgets.fields.pin import PinBox
from counter_app.ui.widgets.lists.badge import Badge, key_cap
from counter_app.ui.widgets.lists.states import (
    ListStack,
    ReadOnly,
    Skeleton,
    StatePanel,
    asked_notice,
    offline_line,
    read_only_banner,
)
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView
from counter_app.ui.widgets.notice import LOOK, STOP, KpiTile, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel, HintLabel, Icon, label, rule

WORK = [
    ("01-0037", "18/11", "Giàng A Páo", "CCCD ...4471", "Đăng ký khai tử", "Hộ tịch", "19/11 17:00",
     "Quá hạn 1 ngày", "bad", "submitted", "up"),
    ("01-0008", "19/11", "Lò Văn Pọm", "CCCD ...7730", "Đăng ký kết hôn", "Hộ tịch", "20/11 11:30",
     "Còn 1 giờ 6 phút", "warn", "submitted", "up"),
    ("01-0012", "10/11", "Vàng Thị Dở", "CCCD ...2218", "Trợ cấp xã hội hằng tháng", "Bảo trợ xã hội",
     "20/11 16:30", "Còn 6 giờ 6 phút", "warn", "in_work", "ok"),
    ("02-0002", "20/11", "Má A Chu", "CCCD ...8812", "Chứng thực bản sao · 4 bản", "Chứng thực",
     "20/11 17:00", "Còn 6 giờ 36 phút", "warn", "ready", "up"),
    ("01-0009", "20/11", "LÝ THỊ ẨM", "Sinh năm 1951", "Thay đổi, cải chính hộ tịch", "Hộ tịch",
     "25/11 17:00", "Còn 3 ngày làm việc", "text2", "in_work", "up"),
    ("02-0015", "19/11", "Tẩn Mý Dao", "CCCD ...5104", "Đăng ký lại khai sinh", "Hộ tịch", "26/11 17:00",
     "Còn 4 ngày làm việc", "text2", "questioned", "ask"),
    ("01-0021", "17/11", "Nguyễn Thị Thảo", "CCCD ...0926", "Xác nhận tình trạng hôn nhân", "Hộ tịch",
     "Chờ dân bổ sung", "3 ngày", "text2", "supplement", "ok"),
]  # fmt: skip
SYNC = {"up": ("cloud-up", "text2"), "ok": ("cloud-check", "ok"), "ask": ("alert-triangle", "bad")}
SYNC_WORDS = {"up": "chưa ở tỉnh", "ok": "tỉnh đã nhận", "ask": "tỉnh hỏi lại"}
PAPERS = [
    ("Bằng tốt nghiệp THPT", "Số hiệu A 0451278", "copy", 1, 3, 2000, True),
    ("Học bạ trung học phổ thông", "hb 24x2p", "copy", 24, 2, 26000, True),
    ("Photo tại xã: học bạ", "48 trang · khoản riêng", "photo", 24, 2, 500, None),
    ("Thẻ căn cước (2 mặt)", "Số 012 086 006 812", "copy", 2, 5, 4000, True),
    ("Sơ yếu lý lịch", "ck syll 1 · đã ký trước mặt", "sign", 1, 1, 10000, True),
    ("Giấy CN quyền sử dụng đất", "qsdd 4x2 · số hiệu DB 214077", "copy", 4, 2, 6000, False),
]
KINDS = {
    "copy": ("Bản sao", "primary", "copy"),
    "photo": ("Photo", "wait", "printer"),
    "sign": ("Chữ ký", "conf", "writing-sign"),
}


class WorkModel(CellModel):
    """Rows of the sample home."""

    def __init__(self, rows: Sequence[Any] = ()) -> None:
        super().__init__(
            (
                Column("Mã hồ sơ", 82), Column("Người nộp", 144), Column("Thủ tục"),
                Column("Hạn trả", 146), Column("Trạng thái", 128), Column("", 44),
            )
        )  # fmt: skip
        self.show_rows(list(rows))

    def cell(self, row: int, column: int) -> CellSpec:
        code, day, name, paper, what, field, due, left, kind, state, sync = self.rows()[row]
        if column == 0:
            return CellSpec(code, day, weight=600)
        if column == 1:
            return CellSpec(name, paper, weight=500)
        if column == 2:
            return CellSpec(what, field)
        if column == 3:
            return CellSpec(due, left, second_colour=kind, weight=600 if kind in ("bad", "warn") else 400)
        if column == 4:
            shown = record_state(state)
            return CellSpec(badge=(shown.words, shown.kind, shown.icon))
        return CellSpec(icon=SYNC[sync], align="centre", words=SYNC_WORDS[sync])


class PaperModel(CellModel):
    """Rows of the sample copies screen."""

    def __init__(self) -> None:
        right = {"right": True}
        super().__init__(
            (
                Column("#", 38), Column("Giấy tờ"), Column("Loại", 104), Column("Số trang", 70, **right),
                Column("Số bản", 68, **right), Column("Đơn giá", 94, **right),
                Column("Thành tiền", 94, **right), Column("Đối chiếu", 84, centre=True),
            )
        )  # fmt: skip
        self.show_rows(list(PAPERS))

    def cell(self, row: int, column: int) -> CellSpec:
        title, second, kind, pages, copies, price, tick = self.rows()[row]
        number = str(row + 1)
        cells = (
            CellSpec(number, colour="text2"),
            CellSpec(title, second, weight=600),
            CellSpec(badge=KINDS[kind]),
            CellSpec(str(pages), align="right"),
            CellSpec(str(copies), align="right", weight=600),
            CellSpec(money(price), align="right", colour="text2"),
            CellSpec(money(price * copies), align="right", weight=600),
            CellSpec(tick=tick, align="centre"),
        )
        return cells[column]


class SampleHome(Screen):
    """Home with tiles, tabs, list and side column."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.done: list[str] = []
        column = page(self)
        column.addLayout(self._tiles())
        row, main, side = main_and_side(292)
        self.model = WorkModel(WORK)
        self.table = TableView(self.model, "two_line", "Việc cần làm")
        self.tabs = TabStrip(
            (("todo", "Việc cần làm"), ("online", "Trực tuyến chờ tiếp nhận"), ("late", "Quá hạn"),
             ("wait", "Chờ dân bổ sung"), ("ready", "Chờ trả"))
        )  # fmt: skip
        counts = {"todo": 24, "online": 5, "late": 1, "wait": 3, "ready": 12}
        self.tabs.show_counts(counts, {"late": "bad"})
        card = Card(flush=True)
        card.add(self.tabs)
        card.add(self.table, 1)
        main.addWidget(card)
        self._side(side)
        column.addLayout(row, 1)

    def title(self) -> str:
        return "Bàn làm việc"

    def legend(self) -> tuple[KeyHint, ...]:
        pairs = (("↑ ↓", "Chọn hồ sơ"), ("Enter", "Mở"), ("P", "In lại giấy"), ("1–5", "Đổi nhóm"),
                 ("Ctrl .", "Việc chờ xử lý"), ("Ctrl K", "Tìm"))  # fmt: skip
        return tuple(KeyHint(*pair) for pair in pairs)

    def help_lines(self) -> tuple[str, ...]:
        return ("Việc cần làm tiếp theo, việc gấp đứng trước.", "Quét mã bất kỳ để mở hồ sơ.")

    def on_shown(self, argument: object) -> None:
        self.done.append(f"shown {argument}")
        self.table.setFocus()

    def on_commit(self) -> None:
        self.done.append("commit")

    def on_action(self, action: Action) -> bool:
        self.done.append(action.value)
        return action in (Action.OPEN, Action.GIVE_BACK, Action.TAB_1)

    def on_changed(self, areas: frozenset[str]) -> None:
        self.done.append(f"changed {sorted(areas)}")

    def _tiles(self) -> QHBoxLayout:
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for value, words, icon, kind in (
            ("1", "Quá hạn", "alarm", "bad"), ("7", "Đến hạn hôm nay", "calendar-due", "warn"),
            ("12", "Chờ trả kết quả", "package-export", "ok"),
            ("38", "Đã nhận hôm nay", "file-plus", "primary"),
            ("98,6%", "Đúng hạn tháng 11", "circle-check", "ok"),
        ):  # fmt: skip
            tile = KpiTile(words, icon, kind, "Công thức")
            tile.show_value(value)
            tiles.addWidget(tile)
        return tiles

    def _side(self, side: Any) -> None:
        side.addWidget(WideButton("Tiếp nhận hồ sơ", "Quét CCCD để bắt đầu", "file-plus", "F3", primary=True))
        side.addWidget(WideButton("Chứng thực bản sao", "Bản sao, chữ ký, photo", "rubber-stamp", "F4"))
        side.addWidget(WideButton("Trả kết quả", "Quét mã trên giấy hẹn", "package-export", "F6"))
        card = Card()
        head = QHBoxLayout()
        head.addWidget(Icon("cloud-off", "text2", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label("Mất mạng từ 08:12, vẫn làm việc bình thường", "strong", wrap=True), 1)
        card.add(head)
        words = "Mọi thứ đã lưu trên máy này, bản thứ hai ở QUẦY-01 lúc 10:24; sẽ tự gửi khi có mạng."
        card.add(label(words, "caption", "text2", wrap=True))
        card.add(rule())
        card.add(line(label("Chờ gửi tỉnh · cũ nhất 2 giờ 10", "caption", "text2"), label("14", "bold")))
        asked = Badge("3", "bad", "alert-triangle")
        card.add(line(label("Việc chờ xử lý", "caption", "text2"), asked))
        card.add(rule())
        unsigned = Badge("17", "conf", "writing-sign")
        card.add(line(label("Đã cấp số, chưa xác nhận đã ký", "caption", "text2"), unsigned))
        card.add(line(label("Cấp số SCT/BS", "caption", "text2"), label("tại BÀN KÝ", "bold")))
        side.addWidget(card)
        side.addStretch(1)


class SampleCopies(Screen):
    """Copies with fields, list, money and commit."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.commits = 0
        self.scans: list[str] = []
        column = page(self)
        row, main, side = main_and_side(318)
        main.addWidget(self._person())
        main.addWidget(self._papers(), 1)
        notice = Notice(
            "Dòng 3: thẻ căn cước hết hạn ngày 14/03/2026",
            "Vẫn được chứng thực nếu bản chính không bị tẩy xóa. "
            "Kiểm tra rồi nhấn Alt+Enter để xác nhận đã xem.",
            LOOK,
        )
        main.addWidget(notice)
        self._side(side)
        column.addLayout(row, 1)

    def title(self) -> str:
        return "Chứng thực bản sao"

    def subtitle(self) -> str:
        return "02-0017 · đã lưu 10:24"

    def legend(self) -> tuple[KeyHint, ...]:
        pairs = (("Enter", "Đến ô đối chiếu"), ("Space", "Đã đối chiếu, dòng mới"), ("Ctrl D", "Nhân đôi"),
                 ("Ctrl −", "Xóa dòng"), ("Ctrl B", "Nhập lô"), ("F9", "Lưu và in"))  # fmt: skip
        return tuple(KeyHint(*pair) for pair in pairs)

    def help_lines(self) -> tuple[str, ...]:
        return ("Nhập nhanh bản chính và số bản: gks 1x4.", "Số chỉ có khi trình ký, không có lúc nhập.")

    def on_commit(self) -> None:
        self.commits += 1

    def on_scan(self, code: str) -> bool:
        self.scans.append(code)
        return True

    def on_shown(self, argument: object) -> None:
        self.identity.edit.setFocus()

    def _person(self) -> Card:
        card = Card("Người yêu cầu", "1")
        card.add_to_head(
            Badge("Đã đọc từ QR CCCD", "ok", "qrcode"),
            label("Lần thứ 3 trong năm · lấy lại dòng cũ", "caption", "text2"), key_cap("Ctrl R"),
        )  # fmt: skip
        self.identity = Field("Số căn cước / giấy tờ")
        self.identity.fill("012 086 006 812")
        self.identity.show_state("circle-check")
        self.name, self.birth, self.home = Field("Họ và tên"), Field("Ngày sinh"), Field("Nơi cư trú")
        self.name.fill("HOÀNG VĂN SƠN")
        self.birth.fill("14/03/1986")
        self.home.fill("Bản Nà Khan, xã Bình Lư (tập huấn)")
        fields = QHBoxLayout()
        fields.setSpacing(10)
        for field, width in ((self.identity, 164), (self.name, 176), (self.birth, 106), (self.home, 278)):
            fields.addWidget(field, width)
        card.add(fields)
        self.chain = FocusChain((self.identity, self.name, self.birth, self.home))
        return card

    def _papers(self) -> Card:
        card = Card("Giấy tờ cần chứng thực", "2", flush=True)
        book = label("Quyển số", "caption", "text2"), label("03/2026-SCT/BS", "caption_strong")
        card.add_to_head(*book, Badge("cấp số tại BÀN KÝ", "wait", "lock"))
        self.papers = PaperModel()
        self.table = TableView(self.papers, "normal", "Giấy tờ cần chứng thực", fill_current=False)
        self.table.go_to(5)
        card.add(self.table, 1)
        return card

    def _side(self, side: Any) -> None:
        pay = Card("Thu tiền", "3")
        self.when = Segmented((("now", "Thu ngay"), ("later", "Thu khi trả")))
        pay.add_to_head(self.when, key_cap("Ctrl M"))
        for words, amount in (("Phí chứng thực bản sao · 12 bản", 90000), ("Photo · 48 trang", 24000)):
            pay.add(line(label(words, "body", "text2"), label(money(amount))))
        pay.add(rule())
        pay.add(line(label("Phải thu", "strong"), label(money(124000), "display")))
        self.given = MoneyField("Tiền nhận")
        self.given.show_amount(150000)
        change = label(money(26000), "h1", "ok")
        row = QHBoxLayout()
        row.addWidget(self.given, 1)
        row.addWidget(change, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        pay.add(row)
        side.addWidget(pay)
        text = Card("Lời chứng", "4")
        text.add_to_head(ElidedLabel("13 lời chứng · in lên trang cuối", "caption", "text2"))
        text.add(HintLabel("Số, ngày, tên người ký in khi cấp số tại BÀN KÝ."))
        self.signer = Field("Trình ai ký · ít phiếu chờ nhất: 7")
        self.signer.fill("Vàng Văn Thăng — Phó Chủ tịch")
        text.add(self.signer)
        side.addWidget(text)
        side.addStretch(1)
        hint = HintLabel("In 1 dải 80 mm: phần của dân + cuống kèm giấy tờ")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        side.addWidget(hint)
        side.addWidget(commit_button("Lưu, in phiếu", on_click=self.on_commit))
        pair = QHBoxLayout()
        pair.addWidget(Button("Xem trước", "eye", "Ctrl P"))
        pair.addWidget(Button("Để sau", "history", "Esc"))
        side.addLayout(pair)


class SampleStates(Screen):
    """The six states and the small widgets on one page."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        column = page(self)
        row = QHBoxLayout()
        row.setSpacing(14)
        empty = StatePanel("Chưa có việc nào đến hạn.", "Nhấn F3 để tiếp nhận hồ sơ.", "checks")
        failed = ListStack(QWidget(), QWidget())
        failed.failed("Chưa đọc được danh sách.", "Nhấn F5 để thử lại.", lambda: None)
        for one in (empty, Skeleton(), failed):
            card = Card(flush=True)
            card.add(one)
            row.addWidget(card, 1)
        column.addLayout(row, 1)
        for notice in (
            Notice("Dòng 2: chưa đánh dấu đã đối chiếu bản chính.", "", STOP),
            offline_line(),
            asked_notice("Số định danh của mẹ khác Cơ sở dữ liệu dân cư. Hồ sơ vẫn có hiệu lực."),
            read_only_banner(ReadOnly.NEWER),
        ):
            column.addWidget(notice)
        row = QHBoxLayout()
        wrong = Field("Số căn cước / giấy tờ", required=True)
        wrong.fill("01208600681")
        wrong.show_error("Số căn cước phải có 12 chữ số, hiện có 11.")
        for widget in (wrong, PinBox(), Tick("Đã đọc lại cho người nhận nghe", on=True)):
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        danger = Button("Trả lại ...", "", "R", "danger")
        off = Button("Khóa tháng, in quyển", "lock", "F9", "commit")
        off.disable_because("Tháng 11 còn 5 số chưa xác nhận đã ký, chưa khóa được.")
        for button in (danger, off):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        stacked = QHBoxLayout()
        for role in ("caption", "body", "input", "h1"):
            stacked.addWidget(label("ĐỖ ẪM ẤẦẨẪẬ ẶỮ", role))
        column.addLayout(stacked)

    def title(self) -> str:
        return "Sáu trạng thái"


def _entry(
    name: str, title: str, key: str, icon: str, load: Callable[[ScreenContext], Screen], **more: Any
) -> ScreenEntry:
    return ScreenEntry(name, title, "", key, icon, load, **more)


ENTRIES = (
    _entry("home", "Bàn làm việc", "F2", "home", SampleHome),
    _entry("intake", "Tiếp nhận hồ sơ", "F3", "file-plus", SampleStates),
    _entry("online", "Trực tuyến", "", "world-download", SampleStates, second_line="chờ tiếp nhận"),
    _entry("copies", "Chứng thực", "F4", "rubber-stamp", SampleCopies),
    _entry("return", "Trả kết quả", "F6", "package-export", SampleStates),
    _entry("signing", "Trình ký", "F7", "writing-sign", SampleStates),
    _entry("search", "Tra cứu", "F8", "search", SampleStates),
    _entry("registers", "Sổ và báo cáo", "", "books", SampleStates, group=1),
    _entry("closing", "Chốt quỹ ngày", "", "cash-banknote", SampleStates, group=1),
    _entry("sync", "Đồng bộ với tỉnh", "", "refresh", SampleStates, group=1),
    _entry("states", "Kỹ thuật viên", "", "tools", SampleStates, group=1),
)


def build_window(*, practice: bool = False, errors: list[BaseException] | None = None) -> Window:
    """A window with the sample screens, as a clerk of the practice commune sees it."""
    window = Window()
    session = Session(cast(Any, (1, 1)), "Lù Thị Mai", "Công chức một cửa", ("intake",), frozenset(), 0, 10)
    unit = "UBND xã Bình Lư"
    counter = CounterInfo("00000", unit, unit, "QUẦY-02", 2, practice)
    context = ScreenContext(
        program=cast(Program, None),
        background=Background((errors if errors is not None else []).append),
        notifications=Notifications(),
        shell=window,
        theme=themes.current(),
        session=session,
        counter=counter,
    )
    window.start(ENTRIES, ENTRIES, context, "Hỗ trợ: 0213 3xxx xxx")
    window.show_badges({"online": 5, "return": 12, "signing": 6, "sync": 3})
    window.top.show_sync(pill_state(Pill(OFFLINE, "Ngoại tuyến · 14 chưa ở tỉnh", 3)))
    window.top.show_tasks(3)
    window.legend.show_time("Thứ Sáu, 20/11/2026 · 10:24")
    return window
