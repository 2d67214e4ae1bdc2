"""The scan of an electronic copy: Ctrl+O on its row chooses the PDF or JPEG that the scanner made."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.services.ports.digital import KeptScan
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.copies.papers_card import PapersCard
from counter_app.ui.screens.copies.rows import ELECTRONIC
from counter_app.ui.screens.copies.view_model import CopiesModel


class ScanPicker(QObject):
    """Asks for a file, has it read in the background, and writes it to the row it was asked for."""

    def __init__(self, context: ScreenContext, page: QWidget, model: CopiesModel, papers: PapersCard) -> None:
        """Owned by the screen; nothing is asked before ``choose``."""
        super().__init__(page)
        self._context, self._page, self._model, self._papers = context, page, model, papers
        self._row, self._text = -1, ""

    def choose(self) -> None:
        """Ctrl+O: for the row under the bar, if it is an electronic copy."""
        line = self._papers.current()
        if self._model.busy or line.kind != ELECTRONIC:
            self._context.shell.tell(
                tr("Chỉ bản sao điện tử (dt gks 1) có tệp quét. Chọn dòng đó rồi Ctrl+O.")
            )
            return
        self._row, self._text = line.row, self._model.form.rows[line.row].text
        dialog = QFileDialog(self._page, tr("Chọn tệp quét"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Tệp quét (*.pdf *.jpg *.jpeg)"), tr("Mọi tệp (*)")])
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, path: str) -> None:
        """The chosen file is read in a process of its own; the screen never waits."""
        port = self._context.program.digital
        self._context.background.run_query(
            lambda: port.take_scan(path), self._taken, self._context.shell.show_error, owner=self, key="scan"
        )

    def _taken(self, scan: KeptScan) -> None:
        rows = self._model.form.rows
        if self._row < len(rows) and rows[self._row].text == self._text:
            self._model.set_scan(self._row, scan)
