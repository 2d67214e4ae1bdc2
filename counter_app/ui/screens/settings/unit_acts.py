"""What the head does with the unit's settings: two drawers, F9 of the one that stands open."""

from __future__ import annotations

from PySide6.QtCore import QObject

from counter_app.domain.organisation import roles
from counter_app.services.ports.settings import PhotocopyPrices
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.settings.price_panel import PricePanel
from counter_app.ui.screens.settings.unit_panel import UnitPanel
from counter_app.ui.screens.settings.view_model import SettingsModel
from counter_app.ui.standing import standing


class UnitActs(QObject):
    """Opens the drawers for whoever leads the unit; others only read."""

    def __init__(self, model: SettingsModel, context: ScreenContext, parent: QObject) -> None:
        """Nothing is open."""
        super().__init__(parent)
        self._model, self._context = model, context
        self.may = context.may(roles.MANAGE_PEOPLE)
        self._panel: UnitPanel | PricePanel | None = None
        model.changed.connect(self._show)
        model.unit_kept.connect(self._kept)
        model.unit_refused.connect(self._refused)

    def open_settings(self) -> None:
        """The drawer of the settings that are chosen from a list."""
        if self.may:
            self._open(tr("Thiết lập của đơn vị"), UnitPanel())

    def open_prices(self) -> None:
        """The drawer of the prices; who may not write them hears who does."""
        if self.may:
            self._open(tr("Giá sao chụp"), PricePanel())
        else:
            self._context.shell.tell(tr("Giá sao chụp do Chủ tịch hoặc Giám đốc ghi, tại quầy bất kỳ."))

    def commit(self) -> bool:
        """F9; False when none of the drawers stands open."""
        panel = self._opened()
        if panel is None:
            return False
        panel.clear_errors()
        if isinstance(panel, PricePanel):
            self._model.keep_price(panel.form())
        elif (form := panel.form()) is not None:
            self._model.keep_unit(form)
        return True

    def leave(self) -> bool:
        """Esc; False when none of the drawers stands open."""
        if self._opened() is None:
            return False
        self._close()
        return True

    def _close(self) -> None:
        self._panel = None
        self._context.shell.close_panel()

    def _open(self, title: str, panel: UnitPanel | PricePanel) -> None:
        self._panel = panel
        panel.confirm.clicked.connect(self.commit)
        self._context.shell.open_panel(title, panel)
        self._show()
        panel.begin_anew()

    def _opened(self) -> UnitPanel | PricePanel | None:
        return None if standing(self._panel) is None else self._panel

    def _show(self) -> None:
        panel = self._opened()
        if isinstance(panel, UnitPanel):
            panel.show_settings(self._model.unit)
        elif panel is not None:
            panel.show_prices(self._model.prices or PhotocopyPrices())

    def _kept(self) -> None:
        panel = self._opened()
        if panel is None:
            return
        price = isinstance(panel, PricePanel)
        words = tr("Đã ghi giá sao chụp cho mọi quầy.") if price else tr("Đã áp dụng ở mọi quầy của đơn vị.")
        self._context.shell.tell(words)
        panel.begin_anew()

    def _refused(self, error: BaseException) -> None:
        panel, words = self._opened(), words_of(error)
        said = f"{words.title} {words.remedy}".strip()
        if panel is None or not panel.take_error(field_of(error) or "", said):
            self._context.shell.show_error(error)
