"""Signed files after they were signed: listed, proved, given away, time-stamped later (``law.md`` 4.7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Inspected, SignatureSeen, SignedFile
from counter_app.devices.tokens.ports import SigningTokens
from counter_app.domain.certification.electronic_entries import STAMPED
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles.electronic import extend_file, is_file_of
from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.services.attachments.asking import FileWish
from counter_app.services.ports import reads
from counter_app.services.ports.digital import FileLook, SignedRow
from counter_app.services.ports.saying import counted, say
from counter_app.services.session.desk import Desk
from counter_app.services.signing.digital_file import file_name
from counter_app.services.workplace import Workplace
from counter_app.storage.queries.electronic import signed_electronic
from counter_app.storage.store import Acting
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.flushed import write_flushed
from counter_app.storage.this_pc.kept_files import KeptFiles
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

MOST = 200
FOLDER: Final = "signed"
"""Below the program's home; files lie there sealed, named by the digest that the register knows."""
UNNOTED: Final = "signed_file."
"""Setting by line: the file that was kept for it and is not in the register yet."""


@dataclass(frozen=True)
class SignedFiles:
    """The signed files of this PC, one a number."""

    work: Workplace
    desk: Desk
    port: SigningTokens

    @property
    def kept(self) -> KeptFiles:
        """Where they lie."""
        return self.work.kept_files(FOLDER)

    def keep(self, line: LineState, data: bytes, digest: str) -> None:
        """Seal a file before its entry names it; what an earlier try left for its line goes.

        Raises OSError; ``TokenFault`` ``file.unproved`` when it is not the one of ``digest`` (hex).
        """
        if hashlib.sha256(data).hexdigest() != digest:
            raise TokenFault("file.unproved")
        with self.work.store.write() as connection:
            before = device.setting(connection, _unnoted(line))
            device.put_setting(connection, _unnoted(line), digest)
        if before and before not in (digest, _digest(line)):
            self.kept.drop(before)
        self.kept.put(data)

    def settled(self, connection: Connection, line: LineState) -> None:
        """The register knows the file of a line."""
        device.put_setting(connection, _unnoted(line), "")

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
        file, digest = line.file, _digest(line)
        return SignedRow(
            line.id, line.shown_number, line.original_name, line.requester_name, line.signed_at,
            digest, file_name(line) if self.kept.has(digest) else "", file is not None and file.stamped,
        )  # fmt: skip

    def export(self, lines: tuple[EntryId, ...], folder: str) -> str:
        """Each file into ``folder`` under its own name; none is written unless all are as the register says.

        Told as done is what was flushed and read back: a stick may be pulled then.

        Raises DomainError ``file.gone``, ``file.altered``, ``file.unwritable``.
        """
        self.desk.require()
        found = [self._proved(line) for line in lines]
        try:
            for line, data in found:
                _write_proved(Path(folder) / file_name(line), data)
        except OSError as error:
            raise _unwritable() from error
        self.desk.saw(reads.BUNDLE_OUT, [line.id for line, _ in found])
        return say(
            f"Đã xuất {len(found)} tệp đã ký.",
            f"{counted(len(found), 'signed file was', 'signed files were')} exported.",
        )

    def look(self, line: EntryId) -> FileLook:
        """Signatures and time-stamps. Raises ``TokenFault`` ``file.*``, DomainError as ``export``."""
        state, _ = self._proved(line)
        self.desk.saw(reads.LINE, [line])
        try:
            with self.kept.opened(_digest(state)) as path:
                return look_of(self.port.inspect(str(path), self.work.now()))
        except OSError as error:
            raise _unwritable() from error

    def stamp(self, line: EntryId, path: str) -> str:
        """A time-stamp, later, on the file kept here or the one at ``path``; the entry follows the file.

        Raises ``TokenFault``; DomainError ``file.*`` when the register knows another file.
        """
        with self.work.store.read() as connection:
            before: LineState = self.work.state(connection, line)
        try:
            done = self._stamped(before, path)
        except OSError as error:
            raise _unwritable() from error
        act = self.desk.act()

        def decide(acting: Acting) -> tuple[Draft, ...]:
            state: LineState = self.work.state(acting.connection, line)
            return extend_file(state, STAMPED, bytes.fromhex(done.sha256), done.size)

        self.work.store.act(decide, act)
        with self.work.store.write() as connection:
            self.settled(connection, before)
        if _digest(before) != done.sha256:
            self.kept.drop(_digest(before))  # the grown file holds all of it
        self.work.changed("registers", "signing")
        return say("Đã đóng dấu thời gian.", "The time-stamp was added.")

    def _stamped(self, line: LineState, path: str) -> SignedFile:
        """The file with its time-stamp, kept sealed beside the one that the register still knows."""
        if path:
            done = self.port.stamp(path, path)
            self.keep(line, Path(path).read_bytes(), done.sha256)
            return done
        self._proved(line.id)
        with self.kept.opened(_digest(line)) as copy:
            done = self.port.stamp(str(copy), str(copy))
            self.keep(line, copy.read_bytes(), done.sha256)
        return done

    def _asked_for(self, line: LineState) -> str:
        """Where the file lies, which the province is asked for, in words."""
        if line.file is None:
            return say("Sổ chưa ghi tệp nào cho số này.", "The register knows no file of this number.")
        return FileWish(self.work).ask(line.file.digest, FOLDER, line.id)

    def _proved(self, line: EntryId) -> tuple[LineState, bytes]:
        """The line and its file. Raises DomainError ``file.gone``, ``file.altered``."""
        with self.work.store.read() as connection:
            state: LineState = self.work.state(connection, line)
        if not self.kept.has(_digest(state)):
            raise _gone(state, self._asked_for(state))
        data = self.kept.get(_digest(state))
        if data is None or not is_file_of(state, data):
            raise _altered(state)
        return state, data


def _digest(line: LineState) -> str:
    """The name of a line's file among kept files, "" without one."""
    return "" if line.file is None else line.file.digest.hex()


def _unnoted(line: LineState) -> str:
    return f"{UNNOTED}{line.id.key}"


def _write_proved(target: Path, data: bytes) -> None:
    """The file on the stick, flushed and read back. Raises OSError."""
    write_flushed(target, data)
    if target.read_bytes() != data:
        raise OSError("read back as something else")


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


def _unwritable() -> DomainError:
    return DomainError(
        "Không ghi được vào thư mục đã chọn.", "Thư mục đầy, bị rút ra, hoặc không có quyền ghi.",
        "Chọn thư mục khác.", code="file.unwritable", title_en="The chosen folder cannot be written.",
        meaning_en="It is full, gone, or may not be written.", remedy_en="Choose another folder.",
    )  # fmt: skip


def _gone(line: LineState, where: str) -> DomainError:
    return DomainError(
        f"Tệp đã ký của số {line.shown_number} không có trên máy này.", where,
        "Mở lại sau khi tải xong, hoặc lấy tệp ở máy đã ký.", code="file.gone",
        title_en=f"The signed file of {line.shown_number} is not on this PC.", meaning_en=where,
        remedy_en="Open it again when it has come, or take it from the PC that signed it.",
    )  # fmt: skip


def _altered(line: LineState) -> DomainError:
    return DomainError(
        f"Tệp của số {line.shown_number} không phải tệp đã ký ghi trong sổ.",
        "Mã băm không khớp.",
        "Không giao tệp này. Lấy bản sao của tệp đã ký.", code="file.altered",
        title_en=f"The file of {line.shown_number} is not the one the register knows.",
        meaning_en="Its hash differs.", remedy_en="Do not give it away. Take a copy of the signed file.",
    )  # fmt: skip
