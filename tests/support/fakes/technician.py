"""A PC under a technician's hands: what each check says, and every act that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counter_app.domain.errors import DomainError
from counter_app.services.ports.technician import (
    BROKEN,
    GOOD,
    LOOK,
    MEND_BACKUP,
    NOT_HERE,
    OFFLINE,
    UNCHECKED,
    BackupPlace,
    BackupRow,
    CheckRow,
    EnrolmentView,
    LanForm,
    LanSibling,
    LanView,
    LineForm,
    LineView,
    PrinterRoleView,
)
from tests.support.fakes.exchange import at

DIGITS = "00000001261120000109"
TEXT = "MOT CUA CAP XA - TRANG THU - ẤẦẨẪẬ ẶẴ đ ư ơ"

_MADE = "/srv/luu/03390-quay02-{}-000.mcbak"

CHECKS = (
    CheckRow("scanner", "scan", "Máy quét", LOOK, "Chưa thử trên máy này.", "In trang thử rồi quét."),
    CheckRow("clock", "clock", "Ngày giờ", LOOK, "10:20, lệch tỉnh 412 giây", "Chỉnh lại giờ của máy."),
    CheckRow("store", "database", "Kho dữ liệu", GOOD, "Nguyên vẹn, 148,0 MB, đã mã hóa"),
    CheckRow("chain", "shield-check", "Chuỗi nhật ký", GOOD, "1204 mục, chuỗi và chữ ký đúng"),
    CheckRow("backup", "database-export", "Sao lưu", GOOD, "Bản gần nhất 20/11/2026 10:00, đã kiểm tra"),
    CheckRow("printers", "printer", "Máy in", GOOD, "HP LaserJet 1020, XP-80"),
    CheckRow("secrets", "key", "Nơi cất khóa", GOOD, "Kho khóa của hệ điều hành"),
    CheckRow("copy", "copy", "Chống bản sao kho", GOOD, "Kho đúng là của máy này"),
    CheckRow("hub", "wifi-off", "Tỉnh", OFFLINE, "Chưa nối được tỉnh.", "Tự thử lại."),
    CheckRow("space", "database", "Chỗ trống trên đĩa", GOOD, "Còn trống 41 GB"),
    CheckRow("fonts", "typography", "Phông chữ", GOOD, "6 phông, đủ dấu tiếng Việt"),
    CheckRow("version", "info-circle", "Phiên bản", GOOD, "0.1.0"),
)  # fmt: skip
TO_MEND = (
    CheckRow(
        "backup", "database-export", "Sao lưu", LOOK, "Chưa có bản sao lưu.", "Sao lưu ngay.", MEND_BACKUP
    ),
    CheckRow("proxy", "server", "Proxy", NOT_HERE, "Không dùng proxy"),
    CheckRow("lan", "wifi", "Mạng nội bộ", UNCHECKED, "Không trả lời sau 5 giây.", "Chạy lại."),
    CheckRow("store", "database", "Kho dữ liệu", GOOD, "Nguyên vẹn, 148,0 MB"),
)
"""One line that a key mends, one that does not apply, one that could not be looked at, one that is well."""
BROKEN_STORE = (
    *CHECKS[:2],
    CheckRow("store", "database", "Kho dữ liệu", BROKEN, "2 chỗ hỏng: page", "Không tắt máy. Khôi phục."),
    *CHECKS[3:],
)
ALL_GOOD = tuple(replace(row, verdict=GOOD, remedy="") for row in CHECKS)
BACKUPS = (
    BackupRow(_MADE.format("20261120-100000"), at(10, 0), 148_000_000, True, "Đã kiểm tra 20/11 10:00",
        214, 96_400_000),
    BackupRow(_MADE.format("20261119-170200"), at(17, 2, 1), 147_100_000, True, "Đã kiểm tra 19/11 17:02",
        209, 93_800_000, 2),
    BackupRow("/media/usb/store-001794398400000.mcbak", at(17, 5, 9), 139_900_000, False, "Chưa kiểm tra"),
)  # fmt: skip
PLACE = BackupPlace("/srv/luu", True, False, 41_000_000_000)
ROLES = (
    PrinterRoleView("a4", "giấy A4", "HP LaserJet 1020", "HP LaserJet 1020"),
    PrinterRoleView("copies", "bản sao", "HP LaserJet 1020", "HP LaserJet 1020", True),
    PrinterRoleView("a5", "giấy A5", "HP LaserJet 1020", "HP LaserJet 1020", True),
    PrinterRoleView("strip", "phiếu 80 mm", "", ""),
    PrinterRoleView("labels", "nhãn", "HP LaserJet 1020", "HP LaserJet 1020", True),
)
ENROLLED = EnrolmentView(
    "Xã Bình Lư (00000)", "QUẦY-02", 2, 1, "https://tinh.tap-huan.test:8443", at(8, 0, 18), 2
)


LAN = LanView(
    True, 7443, "192.168.1.13", ("192.168.1.10:7443",),
    (
        LanSibling("QUẦY-02", "192.168.1.12", True, "QUẦY-02 · 10:24, đủ"),
        LanSibling("BÀN KÝ", "192.168.1.13", False, "BÀN KÝ · mất liên lạc từ 09:10, thiếu 3 mục"),
    ),
    ("192.168.1.12", "192.168.1.13"),
)  # fmt: skip


LINE = LineView(200, "8-11:30, 13-17", False, "10.0.0.1:3128", "xa-binh-lu", True, 38_400_000,
                "https://hub.tinh.example:8443")  # fmt: skip


@dataclass
class FakeTechnician:
    """``calls`` holds every act; ``broken`` is raised by whatever reads."""

    rows: tuple[CheckRow, ...] = CHECKS
    saved: list[BackupRow] = field(default_factory=lambda: list(BACKUPS))
    roles: list[PrinterRoleView] = field(default_factory=lambda: list(ROLES))
    enrolled: EnrolmentView = ENROLLED
    calls: list[tuple[object, ...]] = field(default_factory=list)
    tests: int = 0
    broken: Exception | None = None
    at_place: BackupPlace = PLACE
    bad_backup: DomainError | None = None
    on_lan: LanView = LAN
    bad_lan: DomainError | None = None
    on_line: LineView = LINE
    bad_line: DomainError | None = None

    def self_test(self) -> tuple[CheckRow, ...]:
        self.tests += 1
        if self.broken is not None:
            raise self.broken
        return self.rows

    def mend(self, what: str) -> str:
        self.calls.append(("mend", what))
        return "Đã sao lưu 148,2 MB."

    def write_results(self, folder: str, rows: tuple[CheckRow, ...] = ()) -> str:
        self.calls.append(("results", folder))
        return "Đã ghi doctor/03390-quay02-20261120.json."

    def backups(self) -> tuple[BackupRow, ...]:
        if self.broken is not None:
            raise self.broken
        return tuple(self.saved)

    def back_up(self) -> BackupRow:
        self.calls.append(("back_up",))
        made = BackupRow(
            "/srv/luu/03390-quay02-20261120-104100-000.mcbak",
            at(10, 41),
            148_200_000,
            True,
            "Đã kiểm tra",
            215,
            96_800_000,
        )
        self.saved.insert(0, made)
        return made

    def backup_place(self) -> BackupPlace:
        return self.at_place

    def choose_backup_place(self, path: str) -> str:
        self.calls.append(("place", path))
        self.at_place = BackupPlace(path, True, False, 12_000_000_000)
        return "Sao lưu ghi vào nơi này từ nay."

    def try_restore(self, path: str) -> str:
        self.calls.append(("try", path))
        if self.bad_backup is not None:
            raise self.bad_backup
        return "Khôi phục thử được: 1204 mục của 3 nhật ký, chuỗi và chữ ký đúng."

    def enrolment(self) -> EnrolmentView:
        return self.enrolled

    def acceptance(self) -> str:
        self.calls.append(("acceptance",))
        return "Đã in biên bản nghiệm thu."

    def test_page(self, printer: str) -> str:
        self.calls.append(("test_page", printer))
        return "Đã in trang thử."

    def printer_roles(self) -> tuple[PrinterRoleView, ...]:
        return tuple(self.roles)

    def choose_printer(self, role: str, printer: str) -> str:
        self.calls.append(("choose", role, printer))
        place = [one.role for one in self.roles].index(role)
        self.roles[place] = replace(self.roles[place], printer=printer, shown=printer, falls_back=False)
        return f"Giấy loại {self.roles[place].words} từ nay in ở {printer}."

    def lan(self) -> LanView:
        if self.broken is not None:
            raise self.broken
        return self.on_lan

    def keep_lan(self, form: LanForm) -> str:
        if self.bad_lan is not None:
            raise self.bad_lan
        self.calls.append(("lan", form))
        self.on_lan = replace(self.on_lan, on=form.on, port=int(form.port or 7443), addresses=form.addresses)
        return "Đã lưu; máy này nghe và gọi lại từ bây giờ."

    def province_line(self) -> LineView:
        if self.broken is not None:
            raise self.broken
        return self.on_line

    def keep_province_line(self, form: LineForm) -> str:
        if self.bad_line is not None:
            raise self.bad_line
        self.calls.append(("line", form))
        self.on_line = replace(self.on_line, paid=form.paid, proxy=form.proxy, user=form.user)
        return "Đã lưu; lần gửi tới theo cài đặt này."

    def call_siblings(self) -> None:
        self.calls.append(("call",))

    def scan_samples(self) -> tuple[str, ...]:
        return DIGITS, TEXT

    def scanner_answered(self) -> None:
        self.calls.append(("scanner",))
