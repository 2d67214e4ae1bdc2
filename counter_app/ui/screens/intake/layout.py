"""The page of intake: its four parts, and how a form is drawn on them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.copies import INFO, STOP
from counter_app.services.ports.intake import ACCEPT, ASK, REFUSE
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.intake import entry, problems
from counter_app.ui.screens.intake.papers_card import PapersCard
from counter_app.ui.screens.intake.party_card import PartyCard
from counter_app.ui.screens.intake.procedure_card import ProcedureCard
from counter_app.ui.screens.intake.slip_card import SlipCard
from counter_app.ui.screens.intake.view_model import IntakeModel
from counter_app.ui.widgets import notice as notice_widgets
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import ReadOnly, read_only_banner, read_only_words
from counter_app.ui.widgets.screen import GUTTER, Screen, main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel, recolour

RIGHT = roles.TAKE_IN
MOST_WORDS = 140
"""Letters of what is missing shown beside the slip."""


class IntakePage(Screen):
    """Party, procedure and papers at the left; the citizen's slip and F9 at the right."""

    def __init__(self, context: ScreenContext) -> None:
        """Builds the parts; a subclass joins them with keys and answers."""
        super().__init__(context)
        program = context.program
        self.model = IntakeModel(program.intake, program.papers, context.background, program.now)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.party, self.procedure, self.papers = PartyCard(), ProcedureCard(), PapersCard()
        self.slip = SlipCard(f"{context.counter.counter_number:02d}")
        self.notice = notice_widgets.Notice("", "", notice_widgets.LOOK)
        self.lacks = notice_widgets.Notice("", "", notice_widgets.LOOK, "file-text")
        self.hint = ElidedLabel("", "caption", "text2")
        self.commit = commit_button(tr("Lưu, in giấy tiếp nhận và hẹn"), on_click=self.on_commit)
        self.twin_button = Button(
            tr("Mở hồ sơ đang xử lý"), "folder-open", "Ctrl O", on_click=self._open_twin
        )
        self.later_button = Button(tr("Để sau"), "history", "Esc", on_click=self._leave)
        self.may_write = context.may(RIGHT)
        self._chain: FocusChain | None = None
        self._build()

    def draw(self) -> None:
        """Everything from the model."""
        model = self.model
        form, view = model.form, model.view
        stops = model.notices(STOP)
        self.party.show_form(form)
        self.party.show_birth(model.birth_text)
        again = next((one.title for one in model.notices(INFO) if one.field == "id_number"), "")
        self.party.show_known(again, view.routed if view is not None else "")
        self.party.show_faults(stops, all_of_them=model.tried)
        self.party.drop.setVisible(self.may_write and form.dossier is None and not entry.is_blank(form))
        self.procedure.show_form(form, view)
        self.procedure.show_fault(stops, tried=model.tried)
        self.papers.show_form(form, view)
        self.slip.show_exemptions(model.exemptions)
        self.slip.show_form(form, view, model.read_at)
        self.slip.show_fault(stops, tried=model.tried)
        self._lock()
        self._draw_notices()
        self._draw_commit()
        self._fit()
        self.context.shell.legend_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The slip scrolls where the window is low, so that what must be answered stays in sight."""
        super().resizeEvent(event)
        self._fit()

    def open_twin(self) -> bool:
        """Ctrl+O: the open dossier of the same person and procedure."""
        view = self.model.view
        if view is None or view.open_twin is None:
            return False
        self.context.shell.open_screen("dossier", view.open_twin)
        return True

    def _open_twin(self) -> None:
        self.open_twin()

    def _leave(self) -> None:
        self.context.shell.open_screen("home")

    def _lock(self) -> None:
        """No right or F9 running: nothing. A dossier opened here: who and what stay as handed in.

        Of an online dossier papers are unticked only to be asked for again (B).
        """
        form, busy = self.model.form, self.model.busy or not self.may_write
        given = form.dossier is not None
        self.party.set_read_only(busy or given)
        self.procedure.set_read_only(busy or given)
        self.procedure.gaps.set_read_only(busy or (given and not entry.is_online(form)))
        self.papers.set_locked(busy or (entry.is_online(form) and form.outcome != ASK), answers=not busy)
        self.slip.set_read_only(busy or entry.is_online(form))

    def _fit(self) -> None:
        """The slip as high as its words, no higher: the notices stand right below it."""
        layout = self.slip.layout()
        if layout is not None:
            layout.activate()
            wide = self.side_area.width()
            high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else 0
            self.side_area.setMaximumHeight(max(high, self.slip.sizeHint().height()) + 2)

    def _draw_notices(self) -> None:
        model = self.model
        shown, view = problems.to_show(model), model.view
        outcome = view.outcome if view is not None else ACCEPT
        blank = entry.is_blank(model.form)
        self.notice.setVisible(bool(shown) or blank)
        if shown:
            words, more = shown[0].detail, len(shown) - 1
            if more:
                words = tr("{detail} Còn {n} điều nữa.").format(detail=words, n=more).strip()
            self.notice.show_words(shown[0].title, words, shown[0].level)
        elif blank:
            start = tr("Quét thẻ căn cước để bắt đầu"), tr("Hoặc gõ số giấy tờ, Enter. Thủ tục: ks, Enter.")
            self.notice.show_words(*start, notice_widgets.INFO)
        self.lacks.setVisible(outcome in (ASK, REFUSE) and view is not None)
        if outcome == REFUSE:
            self.lacks.show_words(tr("Từ chối tiếp nhận"), model.form.reason, notice_widgets.STOP, "file-x")
        elif view is not None and outcome == ASK:
            words = view.missing_words or tr("Chọn giấy cần bổ sung rồi ghi rõ ở ô dưới danh sách.")
            self.lacks.show_words(tr("Chưa đủ giấy tờ"), shortened(words), notice_widgets.LOOK, "file-text")
            self.lacks.setToolTip(words)
        self.twin_button.setVisible(view is not None and view.open_twin is not None)

    def _draw_commit(self) -> None:
        model, view = self.model, self.model.view
        outcome = view.outcome if view is not None else ACCEPT
        self.commit.show_words(tr("Đang lưu ...") if model.busy else self._commit_words(outcome))
        why = "" if self.may_write else read_only_words(ReadOnly.NO_RIGHT, tr("tiếp nhận"))
        self.commit.disable_because(why)
        to_mend = len(problems.problems(model)) if model.tried else 0
        hint = tr("Còn {n} chỗ cần sửa (Ctrl+. tới chỗ kế tiếp)").format(n=to_mend) if to_mend else ""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        recolour(self.hint, colour="bad" if to_mend else "text2")

    def _commit_words(self, outcome: str) -> str:
        """Verb and paper: what F9 does for this outcome (``ux.md`` 4.3)."""
        if outcome == ACCEPT and entry.is_online(self.model.form):
            return tr("Tiếp nhận, in giấy hẹn")
        return {
            ASK: tr("Lưu, in phiếu bổ sung"),
            REFUSE: tr("Lưu, in phiếu từ chối"),
        }.get(outcome, tr("Lưu, in giấy tiếp nhận và hẹn"))

    def _build(self) -> None:
        column = page(self)
        if not self.may_write:
            column.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("tiếp nhận")))
        self.online_banner = notice_widgets.Notice(
            tr("Hồ sơ trực tuyến chờ tiếp nhận"),
            tr("F9 tiếp nhận · B yêu cầu bổ sung · R từ chối. Câu trả lời tự gửi khi có mạng."),
            "primary", "world-download",
        )  # fmt: skip
        self.online_banner.hide()
        column.addWidget(self.online_banner)
        row, main, side = main_and_side(318)
        self.main_area = scrolled(_stacked(self.party, self.procedure, self.papers))
        self.side_area = scrolled(_stacked(self.slip))
        main.addWidget(self.main_area, 1)
        side.addWidget(self.side_area, 1)
        side.addWidget(self.lacks)
        side.addWidget(self.notice)
        side.addStretch(0)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for part in (self.hint, self.twin_button, self.commit, self.later_button):
            side.addWidget(part)
        column.addLayout(row, 1)
        self._gap_chain = FocusChain(self.procedure.gaps.inputs(), self.papers.start, self)
        self._words_chain = FocusChain((self.papers.words,), self.papers.table.setFocus, self)
        self._slip_chain = FocusChain(self.slip.inputs(), None, self)
        self.rechain()

    def rechain(self) -> None:
        """Enter and Tab in reading order, over the companions that stand now."""
        if self._chain is not None:
            for one in self._chain.inputs():
                one.removeEventFilter(self._chain)
            self._chain.deleteLater()
        party = [field.edit for field in (*self.party.cells, *self.party.more)]
        self._chain = FocusChain(
            (*party, *self.party.companions.inputs(), self.procedure.edit), self._after_procedure, self
        )
        self.party.place.installEventFilter(self.party.place)  # what is offered takes Enter before the chain
        self.procedure.edit.installEventFilter(self.procedure)
        channel = self.party.channel.findChildren(QPushButton)
        links = (self.party.add_phone, self.party.add_proxy, self.party.fingerprint, self.party.add_beside)
        kind = self.party.kind.findChildren(QPushButton)
        papers = (self.papers.table, self.papers.words.edit)
        money = (*self.slip.inputs(), *self.slip.deliver.findChildren(QPushButton))
        buttons = (self.commit, self.twin_button, self.later_button, *kind, *channel, *links)
        gaps = self.procedure.gaps.inputs()
        for first, second in pairwise((self.procedure.edit, *gaps, *papers, *money, *buttons)):
            QWidget.setTabOrder(first, second)

    def _after_procedure(self) -> None:
        """What the catalogue lacks, else the papers."""
        first = next(
            (one for one in self.procedure.gaps.inputs() if one.isVisible() and one.isEnabled()), None
        )
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.papers.start()


def shortened(words: str) -> str:
    """A sentence of many papers cut at a word; the tooltip and the list hold all of it."""
    return words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS].rpartition(' ')[0]} …"


def _stacked(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GUTTER - 3)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return holder
