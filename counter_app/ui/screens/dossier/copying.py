"""Fields to other software by the clipboard, one after the other; number and date back from it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from counter_app.services.ports.dossiers import ActOffer, FieldForOther
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import Shell
from counter_app.ui.screens.dossier.page import OTHER, DossierPage
from counter_app.ui.screens.dossier.view_model import DossierModel, taken_back

Open = Callable[[ActOffer, dict[str, str]], None]


class Copying:
    """``copied``: names of the fields of this dossier that went over."""

    def __init__(self, model: DossierModel, parts: DossierPage, shell: Shell, open_act: Open) -> None:
        """``open_act`` opens the form of an act with values in it."""
        self._model, self._parts, self._shell, self._open = model, parts, shell, open_act
        self.copied: set[str] = set()

    def copy_next(self) -> None:
        """Space: this field goes to the clipboard, the bar goes on to the next."""
        table, model = self._parts.tables[OTHER], self._parts.models[OTHER]
        place, rows = table.current_row(), model.rows()
        if self._parts.tabs.current() != OTHER or not table.hasFocus() or not 0 <= place < len(rows):
            return
        field: FieldForOther = rows[place]
        QGuiApplication.clipboard().setText(field.value)
        self.copied.add(field.name)
        table.viewport().update()
        table.go_to(min(place + 1, len(rows) - 1))
        left = sum(one.name not in self.copied for one in rows)
        said = tr("Đã chép {field}. Còn {n} ô.") if left else tr("Đã chép {field}, đủ mọi ô.")
        self._shell.tell(said.format(field=field.label, n=left))

    def take_back(self) -> None:
        """Enter: number and date that were copied over there stand in the result's form; F9 writes them.

        The keys go to the first field that is still empty.
        """
        offer = self._model.takes_number_and_date()
        if offer is None:
            self._shell.tell(tr("Lúc này chưa ghi được số và ngày của kết quả."))
            return
        found = taken_back(QGuiApplication.clipboard().text())
        self._open(offer, found)
        form = self._parts.form
        if form is not None and (empty := form.first_empty()) is not None:
            empty.setFocus(Qt.FocusReason.TabFocusReason)
        if found:
            self._shell.tell(tr("Đã lấy về {found}.").format(found=", ".join(found.values())))
        else:
            self._shell.tell(tr("Chưa thấy số và ngày vừa chép. Gõ vào hai ô rồi nhấn F9."))
