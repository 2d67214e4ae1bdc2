"""The page of certified copies: its four parts, and how a form is drawn on them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.copies import INFO, STOP
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.copies import entry, problems
from counter_app.ui.screens.copies.papers_card import PapersCard
from counter_app.ui.screens.copies.person_card import PersonCard
from counter_app.ui.screens.copies.side_cards import MoneyCard, TextCard, Yielding
from counter_app.ui.screens.copies.view_model import CopiesModel
from counter_app.ui.widgets import notice as notice_widgets
from counter_app.ui.widgets.button import LINK, Button, commit_button
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_banner, read_only_words
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel, recolour

RIGHT = roles.TAKE_IN
PRICES = "prices"
"""What the settings are asked to show."""


class CopiesPage(Screen):
    """Person, papers and notice at the left; money, text and F9 at the right."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the parts; a subclass joins them with keys and answers."""
        super().__init__(context)
        program = context.program
        self.model = CopiesModel(program.copies, program.papers, context.background, program.now)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.person, self.papers = PersonCard(), PapersCard()
        self.money, self.text = MoneyCard(), TextCard()
        self.notice = notice_widgets.Notice("", "", notice_widgets.LOOK)
        self.to_prices = Button(tr("Mở Cài đặt"), "settings", kind=LINK, on_click=self.open_prices)
        self.to_prices.hide()
        self.hint = ElidedLabel("", "caption", "text2")
        self.commit = commit_button(tr("Lưu, in phiếu"), on_click=self.on_commit)
        self.preview_button = Button(tr("Xem trước"), "eye", "Ctrl P", on_click=self.model.draw_strip)
        self.later_button = Button(
            tr("Để sau"), "history", "Esc", on_click=lambda: context.shell.open_screen("home")
        )
        self.may_write = context.may(RIGHT)
        self._build()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture of the text gives way where the window is low."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something in the side column became higher or lower (a fee line, a warning): what has room now?"""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def draw(self) -> None:
        """Everything from the model."""
        model = self.model
        self.papers.show_rows(model.form, model.view, model.viewed)
        self.money.show_money(model.form, model.view)
        self.text.show_text(model.preview)
        self.text.show_signatories(model.signatories, model.form, known=model.around.known)
        self.person.show_birth(model.birth_text)
        again = next((one.title for one in model.notices(INFO) if one.field == "id_number"), "")
        self.person.show_known(model.known, again)
        stops = model.notices(STOP)
        self.person.show_faults(stops, all_of_them=model.tried)
        self.money.show_fault(next((one for one in stops if one.field == "given"), None))
        self.person.drop.setVisible(self.may_write and not entry.is_blank(model.form))
        self.draw_notice()
        locked = model.busy or not self.may_write
        self.person.set_read_only(locked)
        self.papers.set_locked(locked)
        self.money.given.set_read_only(locked)
        self.commit.show_words(tr("Đang lưu ...") if model.busy else tr("Lưu, in phiếu"))
        self.commit.disable_because(
            "" if self.may_write else read_only_words(ReadOnly.NO_RIGHT, tr("tiếp nhận"))
        )
        self._fit()
        self.context.shell.legend_changed()

    def _fit(self) -> None:
        column = self.text.parentWidget()
        layout = column.layout() if column is not None else None
        if column is not None and layout is not None:
            layout.activate()
            least = max(layout.totalMinimumHeightForWidth(column.width()), layout.totalMinimumSize().height())
            self.text.fit(self.foot.fit(column.height() - least))

    def draw_notice(self) -> None:
        """The box below the list: what concerns the row under the bar first, and what stops F9."""
        shown = problems.to_show(self.model, self.papers.current_original())
        blank = entry.is_blank(self.model.form)
        self.notice.setVisible(bool(shown) or blank)
        if blank and not shown:
            start = tr("Quét thẻ căn cước để bắt đầu"), tr("Hoặc gõ số giấy tờ, Enter. Giấy tờ: gks 1x4.")
            self.notice.show_words(*start, notice_widgets.INFO)
        if shown:
            first, more = shown[0], len(shown) - 1
            words = first.detail
            if more:
                words = tr("{detail} Còn {n} điều nữa.").format(detail=words, n=more).strip()
            self.notice.show_words(first.title, words, first.level)
        no_price = bool(shown) and shown[0].code == problems.NO_PRICE
        self.to_prices.setVisible(no_price and self.context.may("settings"))
        to_mend = len(problems.problems(self.model)) if self.model.tried else 0
        words = tr("In 1 dải 80 mm: phần của dân + cuống kèm giấy tờ")
        if self.model.form.later_ground and self.model.view is not None:
            words = self.model.view.due_text
        if to_mend:
            words = tr("Còn {n} chỗ cần sửa (Ctrl+. tới chỗ kế tiếp)").format(n=to_mend)
        self.hint.setText(words)
        recolour(self.hint, colour="bad" if to_mend else "text2")

    def open_prices(self) -> None:
        """To the settings of the unit, where the price of a photocopied page is written."""
        self.context.shell.open_screen("settings", PRICES)

    def draw_surroundings(self) -> None:
        """Register, place and signatories."""
        around = self.model.around
        self.papers.show_book(around.book, around.place)
        self.text.show_place(around.place)
        self.draw()

    def fill(self, from_card: bool) -> None:
        """The cells the program filled; after a card the first row is typed."""
        self.person.fill(self.model.form.person, from_card=from_card)
        self.money.fill_given(self.model.form.given)
        if from_card:
            self.papers.open_last()

    def _build(self) -> None:
        column = page(self)
        if not self.may_write:
            column.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("tiếp nhận")))
        row, main, side = main_and_side(318)
        main.addWidget(self.person)
        main.addWidget(self.papers, 1)
        self.notice.add_right(self.to_prices)
        main.addWidget(self.notice)
        side.addWidget(self.money)
        side.addWidget(self.text)
        side.addStretch(1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.foot = Yielding(self.hint, below=side.spacing())
        foot = QVBoxLayout()
        foot.setSpacing(0)
        foot.addWidget(self.foot)
        foot.addWidget(self.commit)
        side.addLayout(foot)
        side.addLayout(self._buttons())
        column.addLayout(row, 1)
        if (holder := self.text.parentWidget()) is not None:
            holder.installEventFilter(self)
        self.chain = FocusChain(self.person.fields, self.papers.open_last, self)
        self.pay_chain = FocusChain((self.money.given, self.text.signatory), None, self)
        self._order_tabs()

    def _buttons(self) -> QHBoxLayout:
        pair = QHBoxLayout()
        for button in (self.preview_button, self.later_button):
            pair.addWidget(button)
        return pair

    def _order_tabs(self) -> None:
        """Reading order; what is rarely needed comes last."""
        when = self.money.when.findChildren(QPushButton)
        papers = (self.person.home.edit, self.papers.table, self.papers.refuse_button)
        money = (*when, self.money.given.edit, self.text.signatory)
        buttons = (self.commit, self.preview_button, self.later_button, self.person.drop)
        for first, second in pairwise((*papers, *money, *buttons)):
            QWidget.setTabOrder(first, second)
