"""Lists of the page Ký số: files that wait, files that are signed."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.services.ports.digital import SignedRow, WaitingFile
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column

Sentence = Callable[[WaitingFile], str]
_SHOWN = 16
"""Hexadecimal digits of a hash that a list shows; the whole stands in the tip."""


class WaitingModel(CellModel):
    """Files to sign, those with a kept number first."""

    def __init__(self, sentence: Sentence) -> None:
        """``sentence``: why a file was not signed by the last F9."""
        super().__init__(
            (
                Column(tr("Số"), 78),
                Column(tr("Người yêu cầu"), 150, grow=2),
                Column(tr("Giấy tờ"), 170, grow=3),
                Column(tr("Tệp quét"), 148),
            )
        )
        self._sentence = sentence

    def cell(self, row: int, column: int) -> CellSpec:
        """Number kept by a fault, person, paper with the last fault, scan."""
        file: WaitingFile = self.rows()[row]
        if column == 0:
            return CellSpec(file.number or "—", weight=700, colour="warn" if file.number else "text3")
        if column == 1:
            return CellSpec(file.requester, file.code, weight=600)
        if column == 2:
            words = self._sentence(file)
            pages = tr("{n} trang").format(n=file.pages)
            return CellSpec(
                file.name, words or pages, second_colour="bad" if words else "text2", tooltip=words
            )
        if not file.scan_pages:
            return CellSpec(badge=(tr("Chưa có"), "warn", "scan"))
        kind = "ok" if file.scan_pages == file.pages else "warn"
        return CellSpec(badge=(tr("{n} trang").format(n=file.scan_pages), kind, "file-check"))


class SignedModel(CellModel):
    """Signed files, the newest first; the hash is the one in the register."""

    def __init__(self) -> None:
        """Nothing signed yet."""
        super().__init__(
            (
                Column(tr("Số"), 88),
                Column(tr("Giấy tờ"), 150, grow=2),
                Column(tr("SHA-256 trong sổ"), 150, grow=1),
                Column(tr("Dấu thời gian"), 130),
            )
        )

    def cell(self, row: int, column: int) -> CellSpec:
        """Number, paper and person, hash, time-stamp."""
        one: SignedRow = self.rows()[row]
        if column == 0:
            return CellSpec(one.number, weight=700)
        if column == 1:
            return CellSpec(f"{one.name} · {one.requester}")
        if column == 2:
            return CellSpec(f"{one.digest[:_SHOWN]}…", colour="text2", tooltip=one.digest)
        if not one.path:
            return CellSpec(badge=(tr("Ở máy khác"), "wait", "device-desktop"))
        return CellSpec(badge=(tr("Có"), "ok", "clock") if one.stamped else (tr("Chưa có"), "wait", "clock"))
