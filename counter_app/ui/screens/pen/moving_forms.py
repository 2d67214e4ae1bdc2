"""The pen leaves in a file for another counter, or arrives in one (``sync.md`` 2, 4)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.services.ports.exchange import FilePlace
from counter_app.services.ports.pen import Counterpart
from counter_app.ui.focus_chain import FocusChain
from counter_app.ui.i18n import tr
from counter_app.ui.widgets.fields.field import Field
from counter_app.ui.widgets.fields.picker import Picker
from counter_app.ui.widgets.form_card import FormCard
from counter_app.ui.widgets.text import label


class PathChoice:
    """A list of what was found and the field that F9 takes; what a person typed there stays."""

    def __init__(self, picker: Picker, field: Field) -> None:
        """Choosing writes into the field."""
        self.picker, self.field = picker, field
        self._paths: tuple[str, ...] = ()
        picker.picked.connect(self._take)

    def show(self, found: Sequence[tuple[str, str]]) -> None:
        """``found``: (path, words); the first stands in the field while it is empty or was found before."""
        stale = self.field.text() in ("", *self._paths)
        self._paths = tuple(path for path, _ in found)
        at = self.field.text()
        place = self._paths.index(at) if at in self._paths else 0 if stale else -1
        self.picker.show_choices([words for _, words in found], place)
        self.picker.setEnabled(bool(found))
        if stale:
            self._take(place)

    def _take(self, place: int) -> None:
        self.field.fill(self._paths[place] if 0 <= place < len(self._paths) else "")


class PassCard(FormCard):
    """Which counter gets the pen, and where the file is written."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__(tr("Chuyển quyền cấp số vào tệp"), "4")
        self.counter = Picker(tr("Máy nhận quyền"))
        place = Picker(tr("Nơi ghi tệp"))
        self.folder = Field(tr("Thư mục ghi tệp"), required=True)
        self.places = PathChoice(place, self.folder)
        self._others: tuple[Counterpart, ...] = ()
        words = tr("F9 xong thì máy này không cấp số nữa. Máy nhận cấp số khi đã nhập tệp.")
        self.add(label(words, wrap=True))
        self.add(label(tr("Máy nhận quyền"), "caption_strong", "text2"))
        self.add(self.counter)
        self.add(label(tr("Nơi ghi tệp"), "caption_strong", "text2"))
        self.add(place)
        self.add(self.folder)
        lost = tr("Tệp mất hay hỏng: xuất lại ở trang Đồng bộ, quyền chỉ chuyển một lần.")
        self.add(label(lost, "caption", "text2", wrap=True))
        self.fields = {"folder": self.folder, "file": self.folder}
        self.chain = FocusChain((self.counter, place, self.folder))

    def show_others(self, others: Sequence[Counterpart]) -> None:
        """Counters that can receive it; the choice stays."""
        before = self.chosen()
        self._others = tuple(others)
        at = next((i for i, one in enumerate(others) if before and one.number == before.number), 0)
        self.counter.show_choices([one.name for one in others], at)

    def show_places(self, places: Sequence[FilePlace]) -> None:
        """Sticks first, then the program's own folder."""
        writable = sorted((one for one in places if one.writable), key=lambda one: not one.removable)
        self.places.show([(one.path, place_words(one)) for one in writable])

    def chosen(self) -> Counterpart | None:
        """Who gets it; None where no other counter is known."""
        at = self.counter.currentIndex()
        return self._others[at] if 0 <= at < len(self._others) else None

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        return self.missing(self.folder)

    def commit_words(self) -> str:
        """Verb and object."""
        chosen = self.chosen()
        return tr("Chuyển quyền cho {name}").format(name=chosen.name) if chosen else tr("Chuyển quyền")


class TakeCard(FormCard):
    """Which file is read; the pen is here once it was for this PC."""

    def __init__(self) -> None:
        """Nothing was looked for yet."""
        super().__init__(tr("Nhận quyền từ tệp"), "4")
        found = Picker(tr("Tệp tìm thấy"))
        self.path = Field(tr("Tệp (.mcx)"), required=True)
        self.found = PathChoice(found, self.path)
        words = tr("Tệp do máy giữ quyền ghi ra cho máy này. Tệp sai bị từ chối cả tệp, không gì đổi.")
        self.add(label(words, wrap=True))
        self.add(label(tr("Tệp tìm thấy"), "caption_strong", "text2"))
        self.add(found)
        self.add(self.path)
        self.add(label(tr("Cắm USB rồi nhấn F5, hoặc gõ đường dẫn."), "caption", "text2", wrap=True))
        self.fields = {"file": self.path, "path": self.path, "folder": self.path}
        self.chain = FocusChain((found, self.path))

    def show_places(self, places: Sequence[FilePlace]) -> None:
        """Files on sticks first, newest first in each place."""
        ordered = sorted(places, key=lambda one: not one.removable)
        self.found.show(
            [(path, path.replace("\\", "/").rsplit("/", 1)[-1]) for one in ordered for path in one.bundles]
        )

    def check(self) -> QWidget | None:
        """Field errors; the first wrong input, or None."""
        return self.missing(self.path)

    def commit_words(self) -> str:
        """Verb and object."""
        return tr("Nhập tệp, nhận quyền")


def place_words(place: FilePlace) -> str:
    """A stick by its name, else the program's own folder."""
    return tr("USB {name}").format(name=place.name) if place.removable else tr("Thư mục của chương trình")
