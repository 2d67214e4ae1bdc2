"""The page of a group: who brings it, the papers, the list, and at the right money, columns, one person."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from counter_app.domain.organisation import roles
from counter_app.services.ports.groups import GroupForm
from counter_app.ui.formatting import money
from counter_app.ui.i18n import tr
from counter_app.ui.screens.contract import ScreenContext
from counter_app.ui.screens.groups.cards import ColumnsPanel, MoneyCard, PersonPanel
from counter_app.ui.screens.groups.owed_card import OwedPanel
from counter_app.ui.screens.groups.rows import GroupsListModel, ListRow, PeopleModel
from counter_app.ui.screens.groups.view_model import ALL, OPEN, READY, WRONG, GroupsModel
from counter_app.ui.widgets.button import DANGER, Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.scrolled import scrolled
from counter_app.ui.widgets.lists.states import (
    ListStack,
    ReadOnly,
    StatePanel,
    read_only_banner,
    read_only_words,
)
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import INFO, LOOK, STOP, Notice
from counter_app.ui.widgets.screen import Screen, main_and_side, page
from counter_app.ui.widgets.text import ElidedLabel

RIGHT = roles.TAKE_IN
PAPERS_APART = ","


class GroupsPage(Screen):
    """Builds the parts and draws the model on them; a subclass joins them with keys."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = GroupsModel(
            context.program.groups,
            context.background,
            context.program.now,
            partial(context.program.copies.signatories, "copy"),
        )
        self.may_write = context.may(RIGHT)
        self.fields = {
            "name": Field(tr("Trường, đơn vị"), required=True),
            "bearer": Field(tr("Người nộp")),
            "bearer_id": Field(tr("Số giấy tờ người nộp")),
            "phone": Field(tr("Điện thoại")),
        }
        self.papers = Field(tr("Giấy tờ giống nhau cho mọi người"), required=True, hint=tr("hb 24x1, ks 1x2"))
        self.rows = PeopleModel()
        self.table = TableView(self.rows, "two_line", tr("Danh sách người của nhóm"))
        self.tabs = TabStrip(
            ((ALL, tr("Tất cả")), (WRONG, tr("Cần sửa, cần xem")), (OPEN, tr("Chưa đối chiếu")),
             (READY, tr("Đủ")))
        )  # fmt: skip
        self.stack = ListStack(self.table, self._nothing())
        self.money, self.person, self.columns = MoneyCard(), PersonPanel(), ColumnsPanel()
        self.owed = OwedPanel()
        self.recent_rows = GroupsListModel()
        self.recent = TableView(self.recent_rows, "two_line", tr("Nhóm gần đây"), heads=False)
        self.side = QStackedWidget()
        self.notice = Notice("", "", INFO)
        self.read_papers = ElidedLabel("", "caption", "text2")
        self.stop = Button(tr("Dừng"), "player-stop", "Esc", on_click=self.model.writing.stop)
        self.finish = Button(tr("Kết thúc tại đây ..."), "ban", "", DANGER)
        self.commit = commit_button(tr("Lưu nhóm, in phiếu"), on_click=self.on_commit)
        self.progress = ""
        self._build()

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Dán danh sách từ Excel (Ctrl+V) hoặc mở tệp .xlsx, .csv (Ctrl+O)."),
            tr("Gõ giấy tờ giống nhau cho mọi người: hb 24x1, ks 1x2. Ai thiếu giấy thì R ở dòng người đó."),
            tr("Space ở từng dòng khi đã đối chiếu bản chính; ai chưa đánh dấu thì không ghi."),
            tr("Mỗi người một yêu cầu riêng, sổ ghi tên từng người; biên lai một tờ hoặc mỗi người."),
            tr("Dừng hoặc mất điện giữa chừng: mở lại trang này, F9 ghi tiếp; không ai bị ghi hai lần."),
        )

    def keep_in_sight(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Where the text is large the cell that has the focus scrolls into view."""
        if now is not None and self.side.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, self.area.height() // 4)

    def draw(self) -> None:
        """Everything from the model."""
        model, form, view = self.model, self.model.form, self.model.view
        locked = model.is_fixed or not self.may_write
        for name, field in self.fields.items():
            self._fill(field, str(getattr(form, name)), locked=locked)
        self._fill(self.papers, f"{PAPERS_APART} ".join(form.papers), locked=locked)
        faults = {} if view is None else dict(reversed(view.faults))
        touched = bool(form.people)
        self.fields["name"].show_error(faults.get("name", "") if touched else "")
        self.papers.show_error(faults.get("papers", "") if form.papers else "")
        self.read_papers.setText(self._papers_words())
        self._draw_list()
        self.money.show_form(form, view, locked=locked)
        self.money.show_signers(model.signers, form, locked=locked)
        self.recent_rows.show_rows(model.recent)
        if self.side.currentWidget() is self.person and not model.is_fixed:
            self.person.show_read(model.line(self.person.place))
        self._draw_notice(faults)
        self.commit.show_words(self._commit_words())
        why = "" if self.may_write else read_only_words(ReadOnly.NO_RIGHT, tr("tiếp nhận"))
        self.commit.disable_because(why)
        self.context.shell.legend_changed()

    def typed(self) -> GroupForm:
        """The form with what stands in the cells above the list."""
        texts = {name: field.text() for name, field in self.fields.items()}
        papers = tuple(part.strip() for part in self.papers.text().split(PAPERS_APART) if part.strip())
        return replace(self.model.form, papers=papers, **texts)  # type: ignore[arg-type]

    def current_place(self) -> int:
        """Place on the list (from 0) of the row under the bar, -1 without one."""
        row = self.table.current_row()
        return self.rows.rows()[row].place if 0 <= row < len(self.rows.rows()) else -1

    def _draw_list(self) -> None:
        model = self.model
        people = model.form.people
        states = [model.state_of(place) for place in range(len(people))]
        shown = [ListRow(p, people[p], model.line(p), states[p]) for p in model.lines()]
        self.tabs.show_counts(
            {ALL: len(states), WRONG: sum(state in ("stop", "look") for state in states),
             OPEN: states.count("unticked"), READY: sum(state in ("ready", "taken") for state in states)},
            {WRONG: "bad"},
        )  # fmt: skip
        if [row.place for row in shown] == [row.place for row in self.rows.rows()]:
            self.rows.show_changes(shown)
        else:
            self.table.show_again(shown, lambda row: row.place)
        self.stack.loaded(len(people))

    def _draw_notice(self, faults: dict[str, str]) -> None:
        model, form = self.model, self.model.form
        self.stop.setVisible(model.writing.busy)
        self.finish.setVisible(form.group is not None and not model.writing.busy)
        words = faults.get("people", "")
        self.notice.setVisible(True)
        if model.writing.busy:
            self.notice.show_words(
                self.progress or tr("Đang ghi ..."), tr("Có thể dừng: phần đã ghi vẫn còn."), INFO
            )
        elif form.group is not None:
            title = tr("{name}: {progress}").format(name=form.name, progress=self._half())
            self.notice.show_words(
                title, tr("F9 ghi tiếp những người còn lại; không ai bị ghi hai lần."), LOOK
            )
        elif form.people and words:
            self.notice.show_words(words, "", STOP if model.form.people else INFO)
        else:
            self.notice.hide()

    def _half(self) -> str:
        form, model = self.model.form, self.model
        row = next((row for row in model.recent if row.group == form.group), None)
        taken = 0 if row is None else row.taken
        return tr("đã ghi {taken}/{planned}").format(taken=taken, planned=len(form.people))

    def _papers_words(self) -> str:
        view = self.model.view
        if view is None or not self.model.form.papers:
            return tr("Tên tắt, số trang x số bản; nhiều giấy cách nhau bằng dấu phẩy.")
        return " · ".join(
            tr("{name}: {pages} trang × {copies} bản, {money}").format(
                name=paper.name, pages=paper.pages, copies=paper.copies, money=money(paper.amount)
            )
            for paper in view.papers
            if not paper.fault
        )

    def _commit_words(self) -> str:
        if self.model.writing.busy:
            return tr("Đang ghi ...")
        if self.side.currentWidget() is self.owed:
            return tr("Thu tiền, in biên lai")
        return tr("Ghi tiếp, in phiếu") if self.model.form.group is not None else tr("Lưu nhóm, in phiếu")

    def _fill(self, field: Field, text: str, *, locked: bool) -> None:
        field.set_read_only(locked)
        if field.text() != text and not (field.edit.hasFocus() and field.edit.isModified()):
            field.fill(text)

    def _nothing(self) -> StatePanel:
        return StatePanel(
            tr("Chưa có danh sách."),
            tr("Chọn các ô trong Excel, Ctrl+C, rồi Ctrl+V ở đây; hoặc Ctrl+O mở tệp .xlsx, .csv."),
            "school",
        )

    def _build(self) -> None:
        column = page(self)
        if not self.may_write:
            column.addWidget(read_only_banner(ReadOnly.NO_RIGHT, tr("tiếp nhận")))
        row, main, side = main_and_side(318)
        head = Card(tr("Nhóm"), "1")
        cells = QHBoxLayout()
        cells.setSpacing(10)
        for field, width in zip(self.fields.values(), (260, 190, 150, 120), strict=True):
            cells.addWidget(field, width)
        head.add(cells)
        head.add(self.papers)
        head.add(self.read_papers)
        main.addWidget(head)
        people = Card(flush=True)
        people.add(self.tabs)
        people.add(self.stack, 1)
        main.addWidget(people, 1)
        self.notice.add_right(self.stop, self.finish)
        main.addWidget(self.notice)
        for card in (self.money, self.person, self.columns, self.owed):
            self.side.addWidget(card)
        self.area = scrolled(self.side)
        side.addWidget(self.area, 3)
        before = Card(tr("Nhóm gần đây"), "4", flush=True)
        before.add(self.recent, 1)
        side.addWidget(before, 1)
        side.addWidget(self.commit)
        column.addLayout(row, 1)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
