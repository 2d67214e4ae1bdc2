"""What stands on a dossier's page: its head, its five lists, and the side with acts or the form of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.services.ports.dossiers import ActOffer, DossierView
from counter_app.ui.i18n import tr
from counter_app.ui.screens.dossier.act_form import ActFormCard
from counter_app.ui.screens.dossier.detail import ActsDetail, Detailed
from counter_app.ui.screens.dossier.rows import (
    ActsModel,
    FactsModel,
    FieldsModel,
    FormsModel,
    PapersModel,
    TimelineModel,
    act_detail,
    fact_rows,
    fact_words,
    field_words,
    form_words,
    paper_words,
    possible_first,
    sync_words,
    timeline_words,
)
from counter_app.ui.theme.tokens import record_state
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.lists.badge import Badge
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import CellModel, TableView
from counter_app.ui.widgets.notice import INFO, Notice
from counter_app.ui.widgets.screen import main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel, label, recolour

HISTORY, FACTS, PAPERS, FORMS, OTHER = "history", "facts", "papers", "forms", "other"
SIDE = 344


class HeadCard(Card):
    """Code, state, due time, what it is and whose."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._code = label("", "h1")
        self.badge = Badge("", "wait")
        self.due = ElidedLabel("", "h2")
        self.due_second = ElidedLabel("", "caption_strong", "text2")
        self._title = ElidedLabel("", "strong")
        self._party = ElidedLabel("", "caption", "text2")
        right = Qt.AlignmentFlag.AlignRight
        for one in (self.due, self.due_second):
            one.setAlignment(right)
        top, middle = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._code)
        top.addWidget(self.badge)
        top.addWidget(self.due, 1)
        middle.addWidget(self._title, 3)
        middle.addWidget(self.due_second, 2)
        self.add(top)
        self.add(middle)
        self.add(self._party)
        self.badge.hide()

    def show_view(self, view: DossierView) -> None:
        """Another dossier, or the same a moment later."""
        state = record_state(view.state)
        self._code.setText(view.short_code)
        self.badge.show_state(tr(state.words), state.kind, state.icon)
        self.badge.show()
        self.due.setText(view.due)
        self.due_second.setText(view.due_second)
        recolour(self.due_second, colour=view.due_kind or "text2")
        recolour(self.due, colour=view.due_kind if view.due_kind in ("bad", "warn") else "")
        self._title.setText(view.title)
        who = " · ".join(value for _, value in view.party[:2] if not view.title.startswith(value))
        place = tr("Người giữ: {place}").format(place=view.place) if view.place else ""
        self._party.setText(" · ".join(part for part in (who, place, sync_words(view.sync)) if part))


class ActsTable(TableView):
    """A letter typed in this list runs the act it stands for; everywhere else it does nothing."""

    letter = Signal(str)

    def keyboardSearch(self, search: str) -> None:
        """Qt asks this for each letter typed in a list that has the focus."""
        self.letter.emit(search)


class DossierPage:
    """The widgets of the page by name."""

    def __init__(self, screen: QWidget, is_copied: Callable[[str], bool]) -> None:
        """Builds them into ``screen``; ``is_copied`` asks the view by a field's name."""
        self.form: ActFormCard | None = None
        self.details: dict[str, Detailed] = {}
        self.tables: dict[str, TableView] = {}
        self.head = HeadCard()
        self.read_only = Notice("", "", INFO, "lock")
        self.read_only.hide()
        self.tabs = TabStrip(
            (
                (HISTORY, tr("Quá trình")), (FACTS, tr("Thông tin")), (PAPERS, tr("Giấy tờ")),
                (FORMS, tr("Giấy đã in")), (OTHER, tr("Chép sang phần mềm ngành")),
            )
        )  # fmt: skip
        self.models: dict[str, CellModel] = {
            HISTORY: TimelineModel(), FACTS: FactsModel(), PAPERS: PapersModel(), FORMS: FormsModel(),
            OTHER: FieldsModel(is_copied),
        }  # fmt: skip
        column = page(screen)
        row, main, side = main_and_side(SIDE)
        for part in (self.read_only, self.head):
            main.addWidget(part)
        main.addWidget(self._lists(), 1)
        self._side(side)
        column.addLayout(row, 1)

    def current_table(self) -> TableView:
        """The list in front."""
        return self.tables[self.tabs.current()]

    def show_view(self, view: DossierView) -> None:
        """Every part of the page; the bars stay on their rows."""
        self.head.show_view(view)
        self.read_only.show_words(view.read_only)
        self.read_only.setVisible(bool(view.read_only))
        rows = {
            HISTORY: view.timeline, FACTS: fact_rows(view), PAPERS: view.papers, FORMS: view.forms,
            OTHER: view.for_other,
        }  # fmt: skip
        for code, shown in rows.items():
            self._show_rows(code, shown, newest=code == HISTORY)
        counts = {code: len(rows[code]) for code in (PAPERS, FORMS)}
        self.tabs.show_counts(counts)
        self._show_acts(possible_first(view.acts))
        self.history_stack.loaded(len(view.timeline))

    def show_list(self, code: str) -> None:
        """The list of a tab."""
        self.lists.setCurrentIndex(list(self.models).index(code))

    def open_form(self, offer: ActOffer, kept: dict[str, str]) -> ActFormCard:
        """The form of an act in place of the list of acts."""
        self.close_form()
        self.form = ActFormCard(offer, kept)
        self.side.addWidget(self.form)
        self.side.setCurrentWidget(self.form)
        self.commit.show_words(self.form.commit_words(), offer.icon)
        self.commit.show()
        return self.form

    def close_form(self) -> None:
        """The list of acts again."""
        if self.form is not None:
            self.side.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        self.side.setCurrentIndex(0)
        self.commit.hide()

    def _lists(self) -> Card:
        names = {
            HISTORY: tr("Quá trình giải quyết"), FACTS: tr("Thông tin hồ sơ"), PAPERS: tr("Giấy tờ"),
            FORMS: tr("Giấy đã in"), OTHER: tr("Chép sang phần mềm ngành"),
        }  # fmt: skip
        empty = {
            PAPERS: tr("Hồ sơ này không có giấy tờ nào."),
            FORMS: tr("Chưa in giấy nào."),
            OTHER: tr("Thủ tục này chưa có bảng chép sang phần mềm ngành."),
        }
        words: dict[str, Callable[[Any], str]] = {
            HISTORY: timeline_words, FACTS: fact_words, PAPERS: paper_words, FORMS: form_words,
            OTHER: field_words,
        }  # fmt: skip
        card = Card(flush=True)
        card.add(self.tabs)
        self.stacks: dict[str, ListStack] = {}
        self.lists = QStackedWidget()
        for code, model in self.models.items():
            table = self.tables[code] = TableView(
                model, "two_line" if code in (HISTORY, PAPERS) else "compact", names[code],
                fill_current=False, fill_held=True,
            )  # fmt: skip
            nothing = StatePanel(empty.get(code, tr("Chưa có gì ở đây.")), "", "list")
            stack = ListStack(table, nothing)
            if code == HISTORY:
                self.history_stack = stack
            self.stacks[code] = stack
            self.details[code] = Detailed(table, stack, words[code])
            self.lists.addWidget(self.details[code])
        card.add(self.lists, 1)
        self.lists_card = card
        return card

    def _side(self, side: QVBoxLayout) -> None:
        self.act_rows = ActsModel()
        self.acts = ActsTable(
            self.act_rows, "compact", tr("Việc làm được lúc này"), heads=False, fill_current=False,
            fill_held=True,
        )  # fmt: skip
        self._nothing = StatePanel(tr("Không có việc nào với hồ sơ này."), "", "lock")
        self.acts_stack = ListStack(self.acts, self._nothing)
        acts = Card(tr("Việc làm được lúc này"), "2", flush=True)
        self.acts_detail = ActsDetail(self.acts, self.acts_stack, act_detail)
        acts.add(self.acts_detail, 1)
        self.side = QStackedWidget()
        self.side.addWidget(acts)
        self.commit = commit_button("", "check")
        self.commit.hide()
        side.addWidget(self.side, 1)
        side.addWidget(self.commit)

    def _show_rows(self, code: str, rows: tuple[object, ...], *, newest: bool) -> None:
        table, before = self.tables[code], self.tables[code].current_row()
        known = self.models[code].rowCount()
        self.models[code].show_rows(rows)
        last = max(len(rows) - 1, 0)
        table.go_to(last if newest and known != len(rows) else min(max(before, 0), last))
        self.stacks[code].loaded(len(rows))
        self.details[code].fit()

    def _show_acts(self, acts: tuple[ActOffer, ...]) -> None:
        """The bar stays while the same acts are offered; after an act it stands on the first one possible."""
        same = [one.code for one in acts] == [one.code for one in self.act_rows.rows()]
        before = self.acts.current_row()
        self.act_rows.show_rows(acts)
        self.acts.go_to(min(max(before, 0), max(len(acts) - 1, 0)) if same else 0)
        self.acts_stack.loaded(len(acts))
        self.acts_detail.fit()
