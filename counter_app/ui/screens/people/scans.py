"""The scan of a written act: chosen for the form, brought from another PC, looked at in the drawer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from counter_app.services.ports.officials import SCAN_ELSEWHERE, ActView
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.people.delegation_card import DelegationCard
from counter_app.ui.screens.people.view_model import PeopleModel
from counter_app.ui.theme import theme as themes

PAGE_WIDTH = 300
"""What the drawer leaves for a page, px."""


class ActScans(QObject):
    """Ctrl+O and Ctrl+P of the page of officials, as far as they concern the scan of an act."""

    def __init__(
        self, model: PeopleModel, card: DelegationCard, context: ScreenContext, parent: QWidget
    ) -> None:
        """``card`` gets the file that is chosen."""
        super().__init__(parent)
        self._model, self._card, self._context, self._parent = model, card, context, parent
        self._looked: ActView | None = None
        model.pages_read.connect(self._show)
        card.choose.clicked.connect(self.choose_for_form)

    def choose_for_form(self) -> None:
        """The file of the act that is being recorded."""
        dialog = self._dialog()
        dialog.fileSelected.connect(self._card.scan.fill)
        dialog.open()

    def bring(self, act: ActView) -> bool:
        """The file of an act whose scan lies on another PC; False when nothing is lacking."""
        if act.scan != SCAN_ELSEWHERE:
            return False
        self._looked = act
        dialog = self._dialog()
        dialog.fileSelected.connect(self._bring)
        dialog.open()
        return True

    def look(self, act: ActView | None) -> None:
        """The scan of the act under the bar."""
        self._looked = act
        if act is None or not act.scan:
            self._context.shell.tell(tr("Chọn văn bản có ảnh (phím 2) rồi nhấn Ctrl+P."))
        else:
            self._model.look(act.delegation)

    def _bring(self, path: str) -> None:
        if self._looked is not None:
            self._model.bring_scan(self._looked, path)

    def _dialog(self) -> QFileDialog:
        dialog = QFileDialog(self._parent, tr("Chọn ảnh văn bản"))
        dialog.setNameFilters([tr("Ảnh quét (*.pdf *.jpg *.jpeg)"), tr("Mọi tệp (*)")])
        return dialog

    def _show(self, pages: tuple[bytes, ...]) -> None:
        number = "" if self._looked is None else self._looked.act_number
        self._context.shell.open_panel(tr("Văn bản số {number}").format(number=number), pages_panel(pages))


def pages_panel(pages: tuple[bytes, ...]) -> QWidget:
    """PNG pages below one another, each as wide as the drawer."""
    panel = QWidget()
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(8)
    for place, png in enumerate(pages, 1):
        picture, shown = QPixmap(), QLabel()
        picture.loadFromData(png)
        width = themes.current().size(PAGE_WIDTH)
        shown.setPixmap(picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        shown.setAccessibleName(tr("Trang {n}").format(n=place))
        column.addWidget(shown)
    column.addStretch(1)
    return panel
