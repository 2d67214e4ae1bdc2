"""Settings as read, and keeping them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from counter_app.services.ports.session import PasswordForm, PinForm, SessionPort
from counter_app.services.ports.settings import (
    PcSettings,
    PhotocopyPrices,
    PriceForm,
    SettingsPort,
    UnitForm,
    UnitSetting,
)
from counter_app.ui.background import Background


class SettingsModel(QObject):
    """``kept`` fires after F9; whoever listens to the program's changes puts them in force."""

    changed = Signal()
    kept = Signal()
    secret_changed = Signal(str)
    """"pin" or "password"."""
    secret_refused = Signal(object)
    words_read = Signal(object)
    """The unit's ``PaperWord``s."""
    unit_kept = Signal()
    """A setting of the unit, or a price, was written."""
    unit_refused = Signal(object)
    word_kept = Signal()
    word_refused = Signal(object)
    failed = Signal(object)

    def __init__(self, port: SettingsPort, session: SessionPort, background: Background) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._port, self._session, self._background = port, session, background
        self.pc = PcSettings()
        self.unit: tuple[UnitSetting, ...] = ()
        self.prices: PhotocopyPrices | None = None

    def read(self) -> None:
        """All lists."""
        port = self._port
        self._background.run_query(
            lambda: (port.pc(), port.unit(), port.photocopy_prices()), self._show, self.failed.emit,
            owner=self, key="settings",
        )  # fmt: skip

    def keep(self, settings: PcSettings) -> None:
        """Keeps them. Called from F9 alone."""
        port = self._port
        self._background.run_change(lambda: port.keep(settings), self._kept, self.failed.emit, owner=self)

    def keep_unit(self, form: UnitForm) -> None:
        """One setting of the unit. Called from F9 alone."""
        port = self._port
        self._background.run_change(
            lambda: port.keep_unit(form), self._unit_kept, self.unit_refused.emit, owner=self
        )

    def keep_price(self, form: PriceForm) -> None:
        """One price of photocopies. Called from F9 alone."""
        port = self._port
        self._background.run_change(
            lambda: port.keep_photocopy_price(form), self._unit_kept, self.unit_refused.emit, owner=self
        )

    def read_words(self) -> None:
        """The unit's short words."""
        port = self._port
        self._background.run_query(
            port.paper_words, self.words_read.emit, self.failed.emit, owner=self, key="settings.words"
        )

    def keep_word(self, word: str, paper: str) -> None:
        """One short word. Called from F9 alone."""
        port = self._port
        self._background.run_change(
            lambda: port.keep_paper_word(word, paper), self._word_kept, self.word_refused.emit, owner=self
        )

    def change_secret(self, form: PinForm | PasswordForm) -> None:
        """His own PIN or password. Called from F9 alone."""
        session = self._session
        kind = "pin" if isinstance(form, PinForm) else "password"

        def change() -> None:
            if isinstance(form, PinForm):
                session.change_pin(form)
            else:
                session.change_password(form)

        self._background.run_change(
            change, lambda _nothing: self.secret_changed.emit(kind), self.secret_refused.emit, owner=self
        )

    def _show(self, found: tuple[PcSettings, tuple[UnitSetting, ...], PhotocopyPrices]) -> None:
        self.pc, self.unit, self.prices = found
        self.changed.emit()

    def _unit_kept(self, _nothing: None) -> None:
        self.unit_kept.emit()
        self.read()

    def _word_kept(self, _nothing: None) -> None:
        self.word_kept.emit()
        self.read_words()

    def _kept(self, _nothing: None) -> None:
        self.kept.emit()
        self.read()
