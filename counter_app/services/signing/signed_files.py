"""Signed files after they were signed: listed, proved, given away, time-stamped later (``law.md`` 4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_app.devices.tokens.messages import Inspected, SignatureSeen
from counter_app.devices.tokens.ports import SigningTokens
from counter_app.domain.certification.electronic_entries import STAMPED
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.electronic import extend_file, is_file_of
from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.services.ports import reads
from counter_app.services.ports.digital import FileLook, SignedRow
from counter_app.services.ports.saying import counted, say
from counter_app.services.session.desk import Desk
from counter_app.services.signing.digital_file import file_name
from counter_app.services.workplace import Workplace
from counter_app.storage.queries.electronic import signed_electronic
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

MOST = 200


@dataclass(frozen=True)
class SignedFiles:
    """The signed files in ``folder``, one a number."""

    work: Workplace
    desk: Desk
    port: SigningTokens
    folder: Path

    def rows(self) -> tuple[SignedRow, ...]:
        """The newest ``MOST`` of the register, whether their files are here or not."""
        self.desk.require()
        with self.work.store.read() as connection:
            lines: list[LineState] = [
                self.work.state(connection, line) for line in signed_electronic(connection, MOST)
            ]
        self.desk.saw(reads.LOT, [line.id for line in lines])
        return tuple(self._row(line) for line in lines)

    def _row(self, line: LineState) -> SignedRow:
        path, file = self.folder / file_name(line), line.file
        return SignedRow(
            line.id, line.shown_number, line.original_name, line.requester_name, line.signed_at,
            file.digest.hex() if file is not None else "", str(path) if path.exists() else "",
            file is not None and file.stamped,
        )  # fmt: skip

    def export(self, lines: tuple[EntryId, ...], folder: str) -> str:
        """Each file into ``folder`` under its own name; none is written unless all are as the register says.

        Raises DomainError ``file.gone``, ``file.altered``, ``file.unwritable``.
        """
        self.desk.require()
        found = [self._proved(line) for line in lines]
        try:
            for line, data in found:
                (Path(folder) / file_name(line)).write_bytes(data)
        except OSError as error:
            raise DomainError(
                "Không ghi được vào thư mục đã chọn.", "Thư mục đầy, bị rút ra, hoặc không có quyền ghi.",
                "Chọn thư mục khác.", code="file.unwritable", title_en="The chosen folder cannot be written.",
                meaning_en="It is full, gone, or may not be written.", remedy_en="Choose another folder.",
            ) from error  # fmt: skip
        self.desk.saw(reads.BUNDLE_OUT, [line.id for line, _ in found])
        return say(
            f"Đã xuất {len(found)} tệp đã ký.",
            f"{counted(len(found), 'signed file was', 'signed files were')} exported.",
        )

    def look(self, line: EntryId) -> FileLook:
        """Signatures and time-stamps. Raises ``TokenFault`` ``file.*``, DomainError as ``export``."""
        state, _ = self._proved(line)
        self.desk.saw(reads.LINE, [line])
        return look_of(self.port.inspect(str(self.folder / file_name(state)), self.work.now()))

    def stamp(self, line: EntryId, path: str) -> str:
        """A time-stamp, later; the entry follows the file.

        Raises ``TokenFault``; DomainError ``file.*`` when the register knows another file.
        """
        with self.work.store.read() as connection:
            before: LineState = self.work.state(connection, line)
        target = path or str(self.folder / file_name(before))
        done = self.port.stamp(target, target)
        act = self.desk.act()

        def decide(acting: Acting) -> tuple[Draft, ...]:
            state: LineState = self.work.state(acting.connection, line)
            return extend_file(state, STAMPED, bytes.fromhex(done.sha256), done.size)

        self.work.store.act(decide, act)
        self.work.changed("registers", "signing")
        return say("Đã đóng dấu thời gian.", "The time-stamp was added.")

    def _proved(self, line: EntryId) -> tuple[LineState, bytes]:
        """The line and its file. Raises DomainError ``file.gone``, ``file.altered``."""
        with self.work.store.read() as connection:
            state: LineState = self.work.state(connection, line)
        try:
            data = (self.folder / file_name(state)).read_bytes()
        except OSError as error:
            raise _gone(state) from error
        if not is_file_of(state, data):
            raise _altered(state)
        return state, data


def look_of(seen: Inspected) -> FileLook:
    """What an inspection says to people; several time-stamps are listed and harm nothing."""
    good = bool(seen.signatures) and not seen.tampered
    title = say("Tệp nguyên vẹn.", "The file is as it was signed.")
    if not good:
        title = say("Tệp đã bị sửa hoặc chưa ký.", "The file was changed, or is not signed.")
    return FileLook(good, title, tuple(_signature(one) for one in seen.signatures))


def _signature(one: SignatureSeen) -> str:
    moment = one.stamped_at or one.signed_at
    when = f"{vn_datetime(moment):%d/%m/%Y %H:%M}" if moment else ""
    if one.document_stamp:
        words = say(f"Dấu thời gian {when} · {one.subject}", f"Time-stamp {when} · {one.subject}")
    else:
        words = say(f"Ký bởi {one.subject} · {when}", f"Signed by {one.subject} · {when}")
        if one.stamped_at:
            words += say(" (dấu thời gian)", " (time-stamp)")
    return words if one.good else words + say(" · không còn nguyên vẹn", " · not intact")


def _gone(line: LineState) -> DomainError:
    return DomainError(
        f"Tệp đã ký của số {line.shown_number} không có trên máy này.", "Tệp ký ở máy khác, hoặc đã bị xóa.",
        "Lấy tệp ở máy đã ký.", code="file.gone",
        title_en=f"The signed file of {line.shown_number} is not on this PC.",
        meaning_en="It was signed on another PC, or deleted.",
        remedy_en="Take it from the PC that signed it.",
    )  # fmt: skip


def _altered(line: LineState) -> DomainError:
    return DomainError(
        f"Tệp của số {line.shown_number} không phải tệp đã ký ghi trong sổ.",
        "Mã băm không khớp.",
        "Không giao tệp này. Lấy bản sao của tệp đã ký.", code="file.altered",
        title_en=f"The file of {line.shown_number} is not the one the register knows.",
        meaning_en="Its hash differs.", remedy_en="Do not give it away. Take a copy of the signed file.",
    )  # fmt: skip
