"""The page of arrival: Ctrl+1 opening figures, Ctrl+2 files of old books; F9 does what stands in front."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QStackedWidget

from counter_app.services.ports.arrival import LINES
from counter_app.ui.actions import Action
from counter_app.ui.errors import field_of, words_of
from counter_app.ui.i18n import tr
from counter_app.ui.screens.arrival.figures_card import FiguresCard
from counter_app.ui.screens.arrival.import_card import ImportCard
from counter_app.ui.screens.arrival.view_model import ArrivalModel
from counter_app.ui.screens.contract import KeyHint, ScreenContext
from counter_app.ui.widgets.button import Button
from counter_app.ui.widgets.fields.choices import TabStrip
from counter_app.ui.widgets.screen import Screen, page

FIGURES, FILES = "figures", "files"


class ArrivalView(Screen):
    """An office arrives once: figures first, then what its books hold of the year."""

    def __init__(self, context: ScreenContext) -> None:
        """Nothing is read before it is shown."""
        super().__init__(context)
        self.model = ArrivalModel(context.program.arrival, context.background)
        self.tabs = TabStrip(((FIGURES, tr("Số liệu đầu kỳ (Ctrl+1)")), (FILES, tr("Nhập sổ cũ (Ctrl+2)"))))
        self.figures = FiguresCard()
        self.files = ImportCard(self._ask_file, self.model.choose, self.model.stop)
        self.pages = QStackedWidget()
        for part in (self.figures, self.files):
            self.pages.addWidget(part)
        column = page(self)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)
        self._listen()

    def _listen(self) -> None:
        model = self.model
        model.changed.connect(self._changed)
        model.taken.connect(self._taken)
        model.read_done.connect(self._file_read)
        model.looked.connect(self._looked)
        model.moved.connect(self._moved)
        model.ended.connect(self._ended)
        model.failed.connect(self._failed)
        self.tabs.chosen.connect(self._tab)
        self.figures.commit.clicked.connect(self._commit_clicked)
        self.files.commit.clicked.connect(self._commit_clicked)

    # --- what the shell asks ---

    def title(self) -> str:
        """The name of the page."""
        return tr("Tiếp nhận sổ đang dùng")

    def legend(self) -> tuple[KeyHint, ...]:
        """Keys of the half in front."""
        own = (KeyHint("Ctrl O", tr("Chọn tệp")),)
        button = self._button()
        return (
            KeyHint("Ctrl 1", tr("Số liệu đầu kỳ")),
            KeyHint("Ctrl 2", tr("Nhập sổ cũ")),
            *(own if self._in_files() else ()),
            KeyHint("F9", button.words()),
        )

    def help_lines(self) -> tuple[str, ...]:
        """What the page is for."""
        return (
            tr("Dùng một lần, khi văn phòng đang có sổ giấy trong năm chuyển sang máy."),
            tr("Số liệu đầu kỳ: số cuối của từng sổ, biên lai, sổ theo dõi, tiền; hai người xác nhận."),
            tr("Nhập sổ cũ: tệp Excel hoặc CSV; máy xem trước từng dòng, chưa ghi gì khi còn chỗ sai."),
            tr("Dòng nhập vào có dấu “Từ sổ cũ”; bản gốc vẫn là sổ giấy."),
        )

    def on_shown(self, argument: object) -> None:
        """Reads what is open here."""
        if argument in (FIGURES, FILES):
            self.tabs.choose(str(argument))
        self.model.read()
        self._focus()

    def on_commit(self) -> None:
        """F9: takes the figures, or lets the file in."""
        if self.model.busy or not self._button().isEnabled():
            return
        if not self._in_files():
            form = self.figures.form()
            if form is not None:
                self.model.take_figures(form)
            return
        half = self.model.half_written()
        if half is not None:
            self.model.go_on(half.arrival)
            return
        two, words = self.files.two, self.files.words
        if self.files.form.missing(words, two.secret) is None:
            self.model.begin(words.text(), two.chosen(), two.typed())

    def on_escape(self) -> bool:
        """The file is put aside; nothing of it was written."""
        if self._in_files() and self.model.file is not None and not self.model.busy:
            self.model.forget()
            return True
        return False

    def on_action(self, action: Action) -> bool:
        """Ctrl+1, Ctrl+2 and Ctrl+O."""
        if action in (Action.PART_1, Action.PART_2):
            return self.tabs.choose(FIGURES if action is Action.PART_1 else FILES)
        if action is Action.OPEN_EXISTING and self._in_files():
            self._ask_file()
            return True
        return False

    def on_changed(self, areas: frozenset[str]) -> None:
        """Registers or figures changed elsewhere; our own pieces are read at their end."""
        if areas & {"registers", "arrival", "money"} and not self.model.busy:
            self.model.read()

    # --- inside ---

    def _in_files(self) -> bool:
        return self.tabs.current() == FILES

    def _button(self) -> Button:
        return self.files.commit if self._in_files() else self.figures.commit

    def _focus(self) -> None:
        if self._in_files():
            self.files.choose.setFocus()
        elif self.figures.registers:
            self.figures.registers[0].last.edit.setFocus()
        else:
            self.figures.form_number.edit.setFocus()

    def _tab(self, code: str) -> None:
        self.pages.setCurrentWidget(self.files if code == FILES else self.figures)
        self._focus()
        self.context.shell.legend_changed()

    def _commit_clicked(self, _checked: bool = False) -> None:
        self.on_commit()

    def _ask_file(self) -> None:
        if self.model.busy:
            return
        dialog = QFileDialog(self, tr("Chọn tệp của sổ cũ"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Bảng tính (*.xlsx *.csv)"))
        dialog.fileSelected.connect(self.take_file)
        dialog.open()

    def take_file(self, path: str) -> None:
        """A file was chosen: it is read and looked at, nothing is written."""
        what = self.files.what.current()
        self.model.read_file(path, what, self.files.chosen_kind() if what == LINES else "")

    def _changed(self) -> None:
        if self.model.figures is not None:
            first = not self.figures.registers
            self.figures.show_figures(self.model.figures)
            if first and not self._in_files():
                self._focus()
            self.files.show_figures(self.model.figures)
        self._moved()

    def _taken(self, words: str) -> None:
        self.figures.done()
        self.context.shell.tell(words)

    def _file_read(self) -> None:
        model = self.model
        self.files.show_file(model.file, model.roles, model.role_names)
        self._moved()

    def _looked(self) -> None:
        self.files.show_roles(self.model.roles)
        if self.model.dry is not None:
            self.files.show_dry_run(self.model.dry)

    def _moved(self) -> None:
        model = self.model
        self.files.show_progress(model.progress if model.busy else model.half_written(), busy=model.busy)
        self.context.shell.legend_changed()

    def _ended(self, words: str) -> None:
        self.files.done()
        self.context.shell.tell(words)

    def _failed(self, error: BaseException) -> None:
        form = self.files.form if self._in_files() else self.figures.rest
        if not form.show_error(field_of(error), words_of(error).sentence):
            self.context.shell.show_error(error)
