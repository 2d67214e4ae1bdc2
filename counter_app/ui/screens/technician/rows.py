"""Rows of the technician's lists."""

from __future__ import annotations

from counter_app.services.ports.technician import (
    BROKEN,
    GOOD,
    LOOK,
    NOT_HERE,
    OFFLINE,
    UNCHECKED,
    BackupRow,
    CheckRow,
    PrinterRoleView,
)
from counter_app.ui import formatting
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column


def verdict_badge(verdict: str) -> tuple[str, str, str]:
    """Words, kind and icon of a verdict; an unknown one is to be looked at."""
    return {
        GOOD: (tr("Đạt"), "ok", "circle-check"),
        BROKEN: (tr("Hỏng"), "bad", "alert-circle"),
        OFFLINE: (tr("Ngoại tuyến"), "wait", "cloud-off"),
        LOOK: (tr("Cần xem"), "warn", "alert-triangle"),
        NOT_HERE: (tr("Không áp dụng"), "wait", "minus"),
        UNCHECKED: (tr("Không rõ"), "warn", "help"),
    }.get(verdict, (tr("Cần xem"), "warn", "alert-triangle"))


class ChecksModel(CellModel):
    """The self-test."""

    def __init__(self) -> None:
        """What, result, verdict."""
        super().__init__((Column(tr("Hạng mục"), 212), Column(tr("Kết quả")), Column("", 148)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        check: CheckRow = self.rows()[row]
        if column == 0:
            return CellSpec(check.title, icon=(check.icon, "text2"), weight=600)
        if column == 1:
            return CellSpec(check.words, check.remedy, tooltip=check.words)
        return CellSpec(badge=verdict_badge(check.verdict))


class RolesModel(CellModel):
    """Kinds of paper."""

    def __init__(self) -> None:
        """Paper and printer."""
        super().__init__((Column(tr("Loại giấy"), 190), Column(tr("Máy in")), Column("", 134)))

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        role: PrinterRoleView = self.rows()[row]
        if column == 0:
            return CellSpec(role.words, icon=("printer", "text2"), weight=600)
        if column == 1:
            if not role.printer:
                return CellSpec(tr("Chưa chọn máy in"), colour="text2")
            return CellSpec(role.shown, tr("dùng máy in giấy A4") if role.falls_back else "")
        if not role.printer:
            return CellSpec(badge=(tr("Cần chọn"), "warn", "alert-triangle"))
        return CellSpec(badge=(tr("Đã chọn"), "ok", "circle-check"))


class PrintersListModel(CellModel):
    """Printers the system lists."""

    def __init__(self) -> None:
        """One column."""
        super().__init__((Column(tr("Máy in của máy này")),))

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        return CellSpec(self.rows()[row], icon=("printer", "text2"), weight=500)


class BackupsTableModel(CellModel):
    """Backups, newest first."""

    def __init__(self) -> None:
        """When, where, size, proof."""
        super().__init__(
            (
                Column(tr("Lúc sao lưu"), 168),
                Column(tr("Tệp")),
                Column(tr("Cỡ"), 90, right=True),
                Column(tr("Tệp kèm"), 104, right=True),
                Column("", 146),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """One cell."""
        backup: BackupRow = self.rows()[row]
        if column == 0:
            moment = tr("{date} {time}").format(
                date=formatting.date(backup.at), time=formatting.time(backup.at)
            )
            return CellSpec(moment, icon=("database", "text2"), weight=600)
        if column == 1:
            return CellSpec(file_name(backup.path), backup.words, tooltip=backup.path)
        if column == 2:
            return CellSpec(megabytes(backup.size), align="right")
        if column == 3:
            return _files_cell(backup)
        if backup.faulty:
            return CellSpec(badge=(tr("Thiếu tệp"), "warn", "alert-triangle"))
        if backup.verified:
            return CellSpec(badge=(tr("Đã kiểm tra"), "ok", "shield-check"))
        return CellSpec(badge=(tr("Chưa kiểm tra"), "warn", "alert-triangle"))


def _files_cell(backup: BackupRow) -> CellSpec:
    """``214`` over their bytes; nothing is claimed of a backup that this PC did not prove."""
    if not backup.verified:
        return CellSpec("-", colour="text2", align="right")
    words = tr("{n} hỏng").format(n=backup.faulty) if backup.faulty else ""
    size = megabytes(backup.files_size) if backup.files else ""
    return CellSpec(str(backup.files), words or size, align="right")


def file_name(path: str) -> str:
    """Last part of a path of either system."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def megabytes(size: int) -> str:
    """``148,0 MB``, ``41,0 GB``."""
    if size >= 10_000_000_000:
        return f"{size / 1_000_000_000:.1f} GB".replace(".", ",")
    return f"{max(size, 100_000) / 1_000_000:.1f} MB".replace(".", ",")
