"""One practice morning as home shows it."""

from __future__ import annotations

from counter_app.services.ports.home import (
    CopyVerdict,
    HomeView,
    ScanResult,
    SearchHit,
    SideCard,
    Tile,
    TodayFigure,
    WorkRow,
)
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.dossiers import FakeDossiers

ROWS = (
    WorkRow(EntryId(1, 37), "01-0037", "18/11", "Giàng A Páo", "CCCD …4471", "Chứng thực bản sao · 3 bản",
            "Học bạ", "19/11 17:00", "Quá hạn 1 ngày", "bad", "submitted", "waiting"),
    WorkRow(EntryId(1, 8), "01-0008", "", "Lò Văn Pọm", "CCCD …7730", "Chứng thực bản sao · 2 bản",
            "Bằng tốt nghiệp", "11:30", "Bàn ký trả lại", "bad", "accepted", "received"),
    WorkRow(EntryId(1, 12), "01-0012", "", "LÝ THỊ ẨM", "Sinh năm 1951", "Chứng thực bản sao · 4 bản",
            "Giấy khai sinh", "17:00", "Còn 6 giờ 6 phút", "warn", "numbered", "waiting"),
    WorkRow(EntryId(1, 13), "02-0002", "", "Má A Chu", "CCCD …8812", "Chứng thực bản sao · 4 bản",
            "Thẻ căn cước", "17:00", "chờ dân đến lấy", "ok", "ready", "asked"),
)  # fmt: skip

TODAY = (
    TodayFigure("taken", "Mọi quầy đã nhận", "38", "Phiếu của mọi máy mà máy này đã biết."),
    TodayFigure("waiting", "Chờ cấp số", "24", "31 bản chính, 52 bản sao."),
    TodayFigure("at_signer", "Đang ở người ký", "17", "Số đã cấp, chưa xác nhận đã ký."),
    TodayFigure("expected", "Dự kiến đến 16:00", "96", "Cả ngày dự kiến 104 phiếu."),
    TodayFigure("hours", "Giờ ký cần", "1,9", ""),
)


def dossier_rows() -> tuple[WorkRow, ...]:
    """Dossiers of the practice day as home lists them; a request of copies among them."""
    port = FakeDossiers()
    found = [
        WorkRow(
            row.dossier, row.code, row.code_second, row.name, row.name_second, row.what, row.what_second,
            row.due, row.due_second, row.due_kind, row.state, row.sync,
            "intake" if row.state == "online_new" else "dossier",
        )
        for row in port.queue("unit").rows
    ]  # fmt: skip
    return (*found[:2], ROWS[2], *found[2:])


class FakeHome:
    """Answers like the program; keeps which tabs were asked."""

    def __init__(
        self, rows: tuple[WorkRow, ...] = ROWS, waiting: int = 14, *, dossiers: bool = False
    ) -> None:
        self.rows, self.waiting, self.dossiers = rows, waiting, dossiers
        self.asked: list[str] = []
        self.scanned: list[str] = []
        self.lists: list[str] = []
        self.listed = "Danh sách của tỉnh ngày 20/11/2026, dùng đến 21/12/2026."
        self.verdict = CopyVerdict("valid", "Bản sao đúng với sổ.", "Số 1776/2026-SCT/BS.", ())
        self.hits: tuple[SearchHit, ...] = ()
        self.failure: Exception | None = None
        self.supervised = False
        self.figures = TODAY

    def home(self, tab: str = "todo") -> HomeView:
        """The page."""
        self.asked.append(tab)
        if self.failure is not None:
            raise self.failure
        tiles = (
            Tile("overdue", "alarm", "1", "Quá hạn", "bad", "Chưa ký xong, đã qua giờ hẹn trả."),
            Tile("due_today", "calendar-due", "7", "Đến hạn hôm nay", "warn", ""),
            Tile("ready", "package-export", "12", "Chờ trả kết quả", "ok", ""),
            Tile("taken", "file-plus", "38", "Đã nhận hôm nay", "primary", ""),
            Tile("on_time", "circle-check", "98,6%", "Đúng hạn tháng 11", "ok", ""),
        )
        tabs = (("todo", "", 24), ("overdue", "", 1), ("returned", "", 1), ("ready", "", 12))
        if self.dossiers:
            tabs = (*tabs, ("online", "", 5), ("supplement", "", 3))
        side = SideCard(
            "Mất mạng từ 08:12, vẫn làm việc bình thường" if self.waiting else "Mọi mục đã có ở tỉnh",
            f"{self.waiting} mục đã lưu trên máy này, sẽ tự gửi khi có mạng. Bản thứ hai: QUẦY-01, 10:24.",
            self.waiting, "2 giờ 10", 3, 17, "tại BÀN KÝ", "info", bool(self.waiting),
        )  # fmt: skip
        figures = self.figures if self.supervised else ()
        return HomeView(tiles, tabs, self.rows, side, (("history", "1 nháp dở dang"),), "08:11", figures)

    def search(self, text: str, limit: int = 30) -> tuple[SearchHit, ...]:
        """Whatever the test put there."""
        return self.hits[:limit]

    def scan(self, text: str) -> ScanResult:
        """Unknown."""
        self.scanned.append(text)
        return ScanResult("unknown", text, "Không thấy mã vừa quét trên máy này.")

    def check_copy(self, text: str) -> CopyVerdict:
        """Whatever the test put there."""
        return self.verdict

    def list_words(self) -> str:
        """As after a list of that day."""
        return self.listed

    def take_list(self, path: str) -> str:
        """Keeps which file was given."""
        self.lists.append(path)
        return self.listed

    def badges(self) -> dict[str, int]:
        """Two of them."""
        return {"home": 2, "handover": 12}
