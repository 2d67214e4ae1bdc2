"""What a unit's provisioning leaves to do once the journal is open: the province's data, printers, the file.

What is left stands in this PC's settings from before the journal's first entry until it is done: a power cut
in between is made good at the next start. Nothing here keeps a counter from working.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.errors import OutsideError
from counter_app.services.enrolment.provisioning import drop_setups_copy, read_file
from counter_app.services.enrolment.seats import leave_note, notes_beside, on_sticks
from counter_app.services.enrolment.steps import DATA, PRINTERS, TIDY, look_at
from counter_app.services.ports.enrolment import DONE, StepView
from counter_app.services.ports.saying import say, spoken
from counter_app.storage.store import Store
from counter_app.storage.this_pc import device
from sync.flushing import flush_folder
from sync.protocol.meeting.provision import SUFFIX, BesideFile, UnitProvision, read_unit_provision
from sync.protocol.meeting.seat_note import SeatNote
from sync.protocol.refusals import Refusal

LEFT = "arrival"
_LARGEST = 256 * 1024 * 1024
_PIECE = 1 << 20


class Left(msgspec.Struct, frozen=True):
    """What is left to do with the provisioning at ``file``: the data beside it, and the file itself.

    ``counters`` are the seats it has, ``counter`` is ours; ``keep``: the file is left where it is.
    """

    file: str
    counters: Annotated[tuple[int, ...], Meta(max_length=100)]
    counter: int
    files: tuple[BesideFile, ...]
    keep: bool = False


def remember(connection: Connection, file: str, counter: int, whole: UnitProvision, keep: bool) -> None:
    """Note what is left to do, in the transaction that keeps the new journal's keys."""
    counters = tuple(one.counter for one in whole.granted())
    _put(connection, Left(file, counters, counter, whole.files, keep))


def left_to_do(connection: Connection) -> Left | None:
    """What enrolment left to do, None when all is done."""
    text = device.setting(connection, LEFT)
    return msgspec.json.decode(text, type=Left) if text else None


def _put(connection: Connection, left: Left | None) -> None:
    text = "" if left is None else msgspec.json.encode(left).decode()
    device.put_setting(connection, LEFT, text)


@dataclass(frozen=True)
class Arrival:
    """The last steps of a PC that has its journal.

    ``take`` imports a bundle and says what came, ``printers`` are the system's, ``beside`` the folders whose
    copies of the file belong to this PC, ``sticks`` what is plugged in, ``note`` this PC in its seat.
    """

    store: Store
    take: Callable[[str], str]
    printers: Callable[[], Sequence[str]]
    beside: tuple[Path, ...]
    sticks: tuple[Path, ...]
    note: Callable[[], SeatNote]

    def go_on(self) -> tuple[StepView, ...]:
        """Do what is left, each step as far as it goes; empty when nothing was left."""
        with self.store.read() as connection:
            left = left_to_do(connection)
            wanted = device.settings_of(connection, "printer.")
        if left is None:
            return ()
        data, more = self._data(left)
        steps = (data, self._printers(wanted), self._tidy(left))
        with self.store.write() as connection:
            _put(connection, msgspec.structs.replace(left, keep=True) if more else None)
        return steps

    # --- the province's data ---

    def _data(self, left: Left) -> tuple[StepView, bool]:
        """The step, and whether it is to be tried again at the next start."""
        if not left.files:
            return StepView(DATA, "", DONE, say("Tỉnh không giao kèm dữ liệu.", "None came along.")), False
        folder = self._folder_of(left)
        if folder is None:
            title = say("Không thấy tệp dữ liệu cạnh tệp cấp phát.", "The data files were not found.")
            remedy = say(
                "Máy vẫn dùng được với dữ liệu kèm chương trình. Cắm USB rồi mở lại, hoặc nối tỉnh.",
                "The PC works with what the program brings. Plug the stick in and start again, or meet the "
                "province.",
            )
            return look_at(DATA, title, remedy), True
        if wrong := [one.name for one in left.files if not _is_whole(folder / one.name, one)]:
            title = say(
                f"Tệp {wrong[0]} đã bị sửa hoặc hỏng.", f"The file {wrong[0]} was changed or damaged."
            )
            remedy = say(
                "Không nhận gì từ tệp ấy. Chép lại thư mục từ tỉnh.", "Nothing of it was taken. Copy it anew."
            )
            return look_at(DATA, title, remedy), True
        try:
            return StepView(DATA, "", DONE, self.take(str(folder / left.files[0].name))), False
        except (DomainError, OutsideError) as error:
            words = error.words(spoken())
            return look_at(DATA, words.title, words.remedy), True

    def _folder_of(self, left: Left) -> Path | None:
        """The provisioning folder: where the file was, or on a stick; it has every file of the list."""
        places = [Path(left.file).parent, *on_sticks(self.sticks)]
        return next((one for one in places if all((one / file.name).is_file() for file in left.files)), None)

    # --- printers ---

    def _printers(self, wanted: dict[str, str]) -> StepView:
        if not wanted:
            words = say(
                "Tỉnh không định trước; chọn ở trang Kỹ thuật viên.",
                "The province named none; choose them on the Technician page.",
            )
            return StepView(PRINTERS, "", DONE, words)
        there = set(self.printers())
        missing = sorted({name for name in wanted.values() if name not in there})
        if not missing:
            return StepView(PRINTERS, "", DONE, ", ".join(sorted(set(wanted.values()))))
        return look_at(
            PRINTERS,
            say(f"Chưa thấy máy in: {', '.join(missing)}.", f"Not found: {', '.join(missing)}."),
            say(
                "Cắm và cài máy in, hoặc chọn máy khác ở trang Kỹ thuật viên.",
                "Plug it in and install it, or choose another on the Technician page.",
            ),
        )

    # --- the file ---

    def _tidy(self, left: Left) -> StepView:
        """This PC's seat is noted in the folder; a copy that belongs to this PC, or to nobody more, goes."""
        file = Path(left.file)
        if left.keep:
            return StepView(TIDY, "", DONE)
        try:
            own = self._is_own(file)
            shared = self._on_stick(left, file.name) if own else file
            data = read_file(file) if file.is_file() else b""
            words = self._shared(left, shared) if shared is not None and shared.is_file() else ""
            # Taken from the stick although the setup had brought it: that copy holds the same grants.
            brought = drop_setups_copy(data, self._on_disk()) if data else False
            if own and file.is_file():
                _drop(file)
                brought = True
            if brought:
                words = (
                    f"{say('Đã xóa bản chép trên máy này.', 'The copy here was deleted.')} {words}".strip()
                )
        except (OSError, DomainError):
            title = say(
                f"Không ghi hoặc xóa được tệp {file.name}.", f"{file.name} cannot be noted or deleted."
            )
            remedy = say(
                f"Tự ghi nhớ: máy này là quầy số {left.counter}; xong các máy thì tự xóa tệp.",
                f"Remember: this PC is counter {left.counter}; delete the file when all PCs are done.",
            )
            return look_at(TIDY, title, remedy)
        return StepView(TIDY, "", DONE, words)

    def _shared(self, left: Left, file: Path) -> str:
        """The seat noted beside a file that others use too; the file goes with its last free seat."""
        note = self.note()
        leave_note(file, note)
        free = sorted(set(left.counters) - set(notes_beside(file, note.unit)))
        if free:
            numbers = ", ".join(str(one) for one in free)
            return say(f"Tệp trên USB ở lại cho quầy số {numbers}.", f"The file stays for counter {numbers}.")
        _drop(file)
        return say("Hết số trống: đã xóa tệp trên USB.", "No seat is free: the file was deleted.")

    def _is_own(self, file: Path) -> bool:
        return file.parent in self._on_disk()

    def _on_disk(self) -> list[Path]:
        """The folders beside the program that are not on a stick."""
        return [one for one in self.beside if not any(one.is_relative_to(stick) for stick in self.sticks)]

    def _on_stick(self, left: Left, name: str) -> Path | None:
        """The shared file of which this PC had a copy: on a stick, with the same data beside it."""
        folder = self._folder_of(left) if left.files else None
        if folder is None or self._is_own(folder / name):
            return None
        return next((path for path in sorted(folder.glob(f"*{SUFFIX}")) if _is_same(path, left)), None)


def _is_same(path: Path, left: Left) -> bool:
    """Whether a file holds the provisioning of this PC: another unit's may lie in the same folder."""
    try:
        whole = read_unit_provision(read_file(path))
        seats = tuple(one.counter for one in whole.granted())
    except (DomainError, Refusal):
        return False
    return whole.files == left.files and seats == left.counters


def _drop(file: Path) -> None:
    """Deleted, and the folder flushed; what an SSD or a stick still holds below is beyond any program."""
    file.unlink()
    flush_folder(file.parent)


def _is_whole(path: Path, file: BesideFile) -> bool:
    """Whether the file is the one that the province signed for."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size != file.size or file.size > _LARGEST:
                return False
            while piece := opened.read(_PIECE):
                digest.update(piece)
    except OSError:
        return False
    return digest.digest() == file.digest
