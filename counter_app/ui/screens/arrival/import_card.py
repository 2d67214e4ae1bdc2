"""A file of an old book: what it holds, its columns, the dry run, two persons, and how far it is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from counter_app.services.ports.arrival import DOSSIERS, LINES, ArrivalProgress, DryRun, FiguresView, OldFile
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.screens.arrival.rows import FaultsModel
from counter_app.ui.widgets.button import Button, commit_button
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.fields.choices import Segmented
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard, SecondFields, named
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import TableView
from counter_app.ui.widgets.notice import INFO, LOOK, STOP, Notice
from counter_app.ui.widgets.text import label

ACROSS = 3
MOST_COLUMNS = 12
"""Columns that are offered; a book has eight or nine."""


class ImportCard(QWidget):
    """Left the file and its columns, right the dry run and who lets it in."""

    def __init__(
        self, on_choose: Callable[[], None], on_pick: Callable[[int, str], None], on_stop: Callable[[], None]
    ) -> None:
        """``on_choose`` opens the file dialog, ``on_pick(column, role)``, ``on_stop`` between two pieces."""
        super().__init__()
        self._on_pick = on_pick
        self.what = Segmented(
            ((LINES, tr("Dòng sổ chứng thực")), (DOSSIERS, tr("Hồ sơ đang giải quyết"))), LINES
        )
        self.kind = Picker(tr("Sổ"))
        self._kinds: tuple[str, ...] = ()
        self._codes: tuple[str, ...] = ()
        self.choose = Button(tr("Chọn tệp Excel, CSV…"), "file-spreadsheet", "Ctrl O", on_click=on_choose)
        self.name = label(tr("Chưa chọn tệp."), "body", "text2", wrap=True)
        self.pickers: list[Picker] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(9)
        self.sums = Notice(tr("Chưa có gì để xem trước."), tr("Chọn tệp; chưa có gì được ghi."), INFO)
        self.faults = FaultsModel()
        self.table = TableView(self.faults, "compact", tr("Chỗ chưa đúng trong tệp"))
        self.stack = ListStack(
            self.table, StatePanel(tr("Chỗ chưa đúng trong tệp hiện ở đây."), "", "file-spreadsheet")
        )
        self.form = FormCard(tr("Hai người cho nhập"), "2")
        self.words, self.two = Field(tr("Căn cứ"), required=True), SecondFields()
        self.asked = QWidget()
        self.commit = commit_button(tr("Nhập vào sổ, in biên bản"), "upload")
        self.stop = Button(tr("Dừng"), "player-stop", on_click=on_stop)
        self.moving = label("", "bold", wrap=True)
        self._build()
        self.show_file(None, (), ())

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(11)
        source = Card(tr("Tệp của sổ cũ"), "1")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.what)
        line.addStretch(1)
        line.addWidget(self.choose)
        source.add(line)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.kind, 1)
        below.addWidget(self.name, 1)
        source.add(below)
        source.add(self._grid)
        listed = Card(flush=True)
        listed.add(self.stack, 1)
        left.addWidget(source)
        left.addWidget(listed, 1)
        asked = QVBoxLayout(self.asked)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(7)
        who = label(tr("Người thứ hai"), "caption_strong", "text2")
        for one in (self.words, who, self.two.picker, self.two.secret):
            asked.addWidget(one)
        self.form.add(self.asked)
        self.form.add(self.commit)
        self.form.fields = {"words": self.words, **self.two.fields()}
        self.form.chain = FocusChain((self.words, self.two.picker, self.two.secret), parent=self)
        for part in (self.sums, self.form, self.moving, self.stop):
            right.addWidget(part)
        right.addStretch(1)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        self.what.chosen.connect(self._what_chosen)

    def _what_chosen(self, what: str) -> None:
        self.kind.setVisible(what == LINES)

    def show_figures(self, view: FiguresView) -> None:
        """Registers that are open here, and who may stand beside."""
        opened = [one for one in view.registers if one.opened]
        self._kinds = tuple(one.kind for one in opened)
        self.kind.show_choices(
            [f"{one.symbol} · {one.title}" for one in opened], max(0, self.kind.currentIndex())
        )
        self.two.show_people(view.seconds)

    def chosen_kind(self) -> str:
        """The register of lines."""
        place = self.kind.currentIndex()
        return self._kinds[place] if 0 <= place < len(self._kinds) else "copy"

    def show_file(
        self, file: OldFile | None, roles: tuple[str, ...], names: tuple[tuple[str, str], ...]
    ) -> None:
        """Its columns with what each is taken for; None: nothing is chosen."""
        while self._grid.count():
            self._grid.takeAt(0).widget().deleteLater()
        self.pickers = []
        self.name.setText(tr("Chưa chọn tệp.") if file is None else tr("{name}: {n} dòng").format(
            name=file.name, n=len(file.rows)))  # fmt: skip
        if file is None:
            self.faults.show_rows(())
            self.stack.loaded(0)
            self.sums.show_words(tr("Chưa có gì để xem trước."), tr("Chọn tệp; chưa có gì được ghi."), INFO)
        self._codes = tuple(code for code, _ in names)
        for at, column in enumerate(() if file is None else file.columns[:MOST_COLUMNS]):
            picker = Picker(column.heading or tr("Cột {n}").format(n=at + 1))
            picker.show_choices([words for _, words in names], self._codes.index(roles[at]))
            picker.setProperty("column", at)
            picker.picked.connect(self._picked)
            self.pickers.append(picker)
            held = named(column.heading or tr("Cột {n}").format(n=at + 1), picker)
            held.setToolTip("\n".join(column.examples))
            self._grid.addWidget(held, at // ACROSS, at % ACROSS)
        self.commit.disable_because(tr("Chưa có tệp nào được xem trước."))

    def _picked(self, place: int) -> None:
        picker = self.sender()
        if isinstance(picker, Picker) and 0 <= place < len(self._codes):
            self._on_pick(int(picker.property("column")), self._codes[place])

    def show_roles(self, roles: tuple[str, ...]) -> None:
        """What each column is taken for now."""
        for picker, role in zip(self.pickers, roles, strict=False):
            picker.setCurrentIndex(self._codes.index(role))

    def show_dry_run(self, dry: DryRun) -> None:
        """Sums, notes and faults; F9 waits until there are none."""
        self.faults.show_rows(list(dry.faults))
        self.stack.loaded(len(dry.faults))
        more = "\n".join(dry.notes)
        if dry.lacking:
            words = tr("Chọn cột cho: {columns}.").format(columns=", ".join(dry.lacking))
            self.sums.show_words(tr("Chưa biết đủ các cột."), words, STOP)
        elif dry.fault_count:
            title = tr("{n} chỗ chưa đúng, chưa nhập được.").format(n=dry.fault_count)
            self.sums.show_words(title, tr("Sửa trong tệp, lưu lại, rồi chọn lại tệp."), STOP)
        else:
            self.sums.show_words(dry.sums, more or tr("Mọi dòng đều ghi được."), LOOK if more else INFO)
        wrong = bool(dry.lacking or dry.fault_count or not dry.rows)
        self.commit.disable_because(tr("Tệp còn chỗ chưa đúng.") if wrong else "")

    def show_progress(self, progress: ArrivalProgress | None, *, busy: bool) -> None:
        """How far a file is written; of a stopped one F9 goes on, and nobody is asked again."""
        self.stop.setVisible(busy)
        self.form.setVisible(not busy)
        self.asked.setVisible(progress is None)
        if progress is None:
            self.moving.setText("")
            self.commit.show_words(tr("Nhập vào sổ, in biên bản"))
            return
        if not busy:
            self.commit.show_words(tr("Ghi tiếp"))
            self.commit.disable_because("")
        words = tr("“{name}”: đã ghi {done} trong {all} dòng.") if busy else tr(
            "“{name}” dừng ở {done} trong {all} dòng. F9 ghi tiếp.")  # fmt: skip
        self.moving.setText(words.format(name=progress.name, done=progress.written, all=progress.planned))

    def done(self) -> None:
        """Everything is written: the secret goes."""
        self.two.secret.fill("")
