"""Bundles carried by hand, in the drawer: where to write one, or which one to read. F9 does it.

A file to read is opened at once and what lies in it is shown; only then F9 takes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.services.ports.exchange import FileContents, FilePlace
from counter_app.ui.i18n import tr
from counter_app.ui.screens.sync.contents_card import ContentsCard
from counter_app.ui.widgets.button import commit_button
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.lists.states import ListStack, StatePanel
from counter_app.ui.widgets.lists.table import CellModel, CellSpec, Column, TableView
from counter_app.ui.widgets.text import label


class Choice(NamedTuple):
    """One place or file: the path it stands for and how it is shown."""

    path: str
    name: str
    second: str
    icon: str


class _Choices(CellModel):
    def __init__(self) -> None:
        super().__init__((Column(""),))

    def cell(self, row: int, column: int) -> CellSpec:
        choice: Choice = self.rows()[row]
        return CellSpec(choice.name, choice.second, icon=(choice.icon, "text2"), weight=600)


def folders(places: Sequence[FilePlace]) -> tuple[Choice, ...]:
    """Where a bundle can be written, and sticks that take none: a person is told, not left to search."""
    return tuple(Choice(place.path, _place_name(place), _path_words(place), _icon(place)) for place in places)


def files(places: Sequence[FilePlace]) -> tuple[Choice, ...]:
    """Bundles that lie in some place."""
    return tuple(
        Choice(path, _last(path), _place_name(place), _icon(place))
        for place in places
        for path in place.bundles
    )


class FilePanel(QWidget):
    """One of the two halves; ``path()`` is what F9 takes."""

    def __init__(
        self, *, reads: bool, on_commit: Callable[[], None], on_look: Callable[[str], None] = lambda _: None
    ) -> None:
        """``reads`` True chooses a file, False a folder; ``on_look`` asks for what lies in a chosen file."""
        super().__init__()
        self.setObjectName("plain")
        self.reads = reads
        self.seen_path = ""
        self.contents = ContentsCard()
        self._on_look = on_look
        self._model = _Choices()
        self.table = TableView(self._model, "two_line", self._list_name(), heads=False)
        self.path_field = Field(tr("Tệp gói (.mcx)") if reads else tr("Thư mục"))
        self.commit = commit_button(
            tr("Nhập gói") if reads else tr("Xuất gói gửi tỉnh"),
            "database-import" if reads else "usb",
            on_commit,
        )
        empty = StatePanel(
            tr("Chưa thấy USB hay gói nào."), tr("Cắm USB rồi nhấn F5, hoặc gõ đường dẫn."), "usb"
        )
        self._stack = ListStack(self.table, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(9)
        self._before = (
            label(self._explains(), wrap=True),
            label(self._small(), "caption", "text2", wrap=True),
        )
        column.addWidget(self._before[0])
        column.addWidget(self._stack, 1)
        column.addWidget(self.path_field)
        column.addWidget(self.contents)
        column.addWidget(self._before[1])
        column.addWidget(self.commit)
        self.table.current_changed.connect(self._take)
        self.path_field.edit.textChanged.connect(self._forget)
        self.setFocusProxy(self.table)

    def show_places(self, places: Sequence[FilePlace]) -> None:
        """What the system found; what was chosen stays, else the first choice stands in the field."""
        choices, chosen = files(places) if self.reads else folders(places), self.path()
        self._model.show_rows(choices)
        self._stack.loaded(len(choices))
        if choices:
            place = next((row for row, choice in enumerate(choices) if choice.path == chosen), 0)
            self.table.go_to(place)
            self._take(place)
        else:
            self.path_field.edit.setFocus()

    def path(self) -> str:
        """What was chosen or typed."""
        return self.path_field.text()

    def show_contents(self, path: str, seen: FileContents) -> None:
        """What lies in the file at ``path``; dropped when another was chosen meanwhile."""
        if path == self.path():
            self.seen_path = path
            self.path_field.show_error("")
            self._show(seen)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._model.rows()):
            path = self._model.rows()[row].path
            self.path_field.fill(path)
            if self.reads and path != self.seen_path:
                self._on_look(path)

    def _forget(self) -> None:
        if self.path() != self.seen_path:
            self.seen_path = ""
            self._show(None)

    def _show(self, seen: FileContents | None) -> None:
        """The facts of one file take the place of what is said about files in general."""
        self.contents.show_contents(seen)
        for words in self._before:
            words.setVisible(seen is None)

    def _list_name(self) -> str:
        return tr("Gói tìm thấy") if self.reads else tr("Nơi ghi gói")

    def _explains(self) -> str:
        if self.reads:
            return tr(
                "Gói do tỉnh hoặc máy khác của xã xuất. Gói sai bị từ chối cả gói, máy này không đổi gì."
            )
        return tr("Ghi mọi mục tỉnh chưa có vào gói đã niêm phong. Nhập cùng một gói hai lần không sao.")

    def _small(self) -> str:
        if self.reads:
            return tr("Gói nhiều phần: nhập từng phần, thứ tự nào cũng được; máy giữ đến khi đủ.")
        return tr("Gói lớn tự chia phần, mỗi phần không quá 10 MB: gửi được bằng thư công vụ.")


def _place_name(place: FilePlace) -> str:
    return tr("USB {name}").format(name=place.name) if place.removable else tr("Thư mục của chương trình")


def _path_words(place: FilePlace) -> str:
    if place.writable:
        return place.path
    return tr("Máy không cho ghi: chọn thư mục của chương trình, gửi thư công vụ")


def _icon(place: FilePlace) -> str:
    return "usb" if place.removable else "folder"


def _last(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
