"""The widgets of the signing desk in their places, and how they show what the view model holds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.services.ports.signing import Banner
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import KeyHint
from counter_app.ui.screens.signing.detail_card import DetailCard
from counter_app.ui.screens.signing.ink_cards import LinesCard, LotsCard
from counter_app.ui.screens.signing.pile_card import PileCard
from counter_app.ui.screens.signing.view_model import SigningModel
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import INFO, LOOK, Notice
from counter_app.ui.widgets.screen import main_and_side, page

PILE, INK = 2, 4
"""The moments a person can be in here; ``Ctrl+2`` and ``Ctrl+4`` go to them."""


class SigningPage:
    """Banner above; pile and lots at the left; at the right the paper's own list, or the lot's lines."""

    def __init__(self, screen: QWidget, model: SigningModel) -> None:
        """Lays everything out on ``screen``."""
        self._model = model
        self.banner = Notice("", "", "conf", "user-check")
        self.elsewhere = Notice("", "", INFO, "lock")
        self.pile = PileCard(lambda request: request in model.ticked)
        self.lots = LotsCard()
        self.detail = DetailCard()
        self.lines = LinesCard(lambda line: line in model.inked)
        column = page(screen)
        column.addWidget(self.banner)
        column.addWidget(self.elsewhere)
        row, main, side = main_and_side(372)
        main.addWidget(self.pile, 1)
        main.addWidget(self.lots)
        self._side = QStackedWidget()
        self._side.addWidget(self.detail)
        self._side.addWidget(self.lines)
        side.addWidget(self._side, 1)
        column.addLayout(row, 1)
        self.banner.hide()
        self.elsewhere.hide()

    def tables(self) -> tuple[TableView, TableView, TableView]:
        """Pile, lots, lines."""
        return self.pile.table, self.lots.table, self.lines.table

    def on_clicks(self, acts: tuple[tuple[Button, Callable[[], None]], ...]) -> None:
        """What the buttons run: the same acts as their keys."""
        for button, act in acts:
            button.clicked.connect(lambda _checked=False, run=act: run())

    def show_part(self, part: int) -> None:
        """The right pane and the key caps of the part that has focus."""
        comes = self.lines if part == INK else self.detail
        if self._side.currentWidget() is not comes:
            self._side.setCurrentWidget(comes)
            self.lines.show_from_current()
        for card in (self.pile, self.detail):
            card.show_caps(part == PILE)
        for ink in (self.lots, self.lines):
            ink.show_caps(part == INK)

    def show_desk(self, why_not: str) -> None:
        """Everything read again; ``why_not`` stops numbering, in words."""
        desk, unconfirmed = self._model.desk, self._model.unconfirmed()
        self._show_banner(desk.banner)
        self.elsewhere.show_words(why_not)
        self.elsewhere.setVisible(bool(why_not))
        for button in (self.pile.number, self.detail.number):
            button.disable_because(why_not)
        self.pile.show_tabs(desk.tabs, self._model.kind)
        self.pile.show_groups(self._model.groups)
        self.pile.show_rows(desk.rows, unconfirmed)
        self.lots.show_lots(desk.lots, unconfirmed)
        self.show_lot()
        self.show_ticks()

    def show_ticks(self) -> None:
        """Ticks and what the buttons would do with them."""
        self.pile.show_chosen(self._model.chosen(), self._model.desk.rows)
        self.lots.show_inked(len(self._model.inked))
        self.lines.show_inked(len(self._model.inked))

    def show_detail(self) -> None:
        """The right pane of the pile."""
        detail, rows = self._model.detail, self._model.desk.rows
        place = next((i for i, row in enumerate(rows, 1) if detail and row.request == detail.request), 0)
        words = f"{place} / {len(rows)}" if place else ""
        opened = detail is not None and detail.request in self._model.opened
        self.detail.show_detail(detail, words, opened=opened)

    def show_lot(self) -> None:
        """The lines of the lot under the bar."""
        lot = self.lots.current()
        self.lines.show_lot(lot, self._model.desk.lines.get(lot.lot, ()) if lot else ())

    def _show_banner(self, banner: Banner) -> None:
        if banner.act:
            level = LOOK if banner.warning else "conf"
            words = " · ".join(part for part in (banner.warning, banner.loads) if part)
            self.banner.show_words(banner.act, words, level, "user-check")
        self.banner.setVisible(bool(banner.act))


def legend_of(part: int) -> tuple[KeyHint, ...]:
    """Keys of a part."""
    if part == INK:
        return (
            KeyHint(tr("Quét"), tr("Đánh dấu")),
            KeyHint("Space", tr("Đánh dấu")),
            KeyHint("F9", tr("Ghi đã ký")),
            KeyHint("R", tr("Gạch số")),
            KeyHint("Ctrl 2", tr("Về xấp chờ cấp số")),
        )
    return (
        KeyHint("Space", tr("Chọn")),
        KeyHint("Ctrl A", tr("Chọn hết phiếu Đủ")),
        KeyHint("Enter", tr("Mở")),
        KeyHint("F9", tr("Phiếu này")),
        KeyHint("Ctrl Enter", tr("Cả lô, hỏi PIN")),
        KeyHint("R", tr("Trả lại")),
        KeyHint("Ctrl B", tr("Nhóm")),
        KeyHint("Ctrl 4", tr("Đã ký")),
    )


def help_of() -> tuple[str, ...]:
    """The four moments in five lines."""
    return (
        tr("Số chỉ có ở bước 2: chọn phiếu, Ctrl+Enter và PIN; lời chứng in theo thứ tự của xấp."),
        tr("Phiếu Cần xem: Enter để mở, xem xong F9 và PIN để cấp số riêng."),
        tr("Ký mực và đóng dấu làm ngoài máy."),
        tr("Bước 4: Ctrl+4, quét các phiếu đã ký, F9. Không quét gì thì F9 ghi cả xấp."),
        tr("Bản không ký: chọn số, R và lý do; số bị gạch vẫn ở trong sổ."),
    )
