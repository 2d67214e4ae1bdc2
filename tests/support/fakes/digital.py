"""Electronic copies without a token: seven files of practice people, and what a lot may come to."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Any

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Inspected, Token
from counter_app.domain.errors import DomainError
from counter_app.services.ports.digital import (
    CertificateEnd,
    DigitalLot,
    FileLook,
    FileOutcome,
    KeptScan,
    KeyChoice,
    Progress,
    ScannedFile,
    SignedRow,
    TokenKey,
    WaitingFile,
)
from sync.protocol.naming.ids import EntryId

PIN, TOKEN_PIN = "246810", "48215937"
PERSON = TokenKey("T1", "01", "ab" * 32, "5a01f3c2", "Vàng Văn Thăng", "14/12/2026", 24,
                  "Chứng thư của Vàng Văn Thăng còn 24 ngày. Gia hạn trước khi hết.")  # fmt: skip
UNIT = TokenKey("T1", "02", "cd" * 32, "5a01f3c3", "UBND xã Bình Lư (tập huấn)", "01/06/2027", 193)
OTHER_TOKEN = replace(UNIT, token="T2")
_NAMES = ("Phàn Thị Sểnh", "Giàng Thị Mỷ", "Chẻo A Lù", "Hảng A Sính", "Sùng Thị Dí", "Má A Chu", "Tẩn A Ửng")
_PAPERS = ("Giấy khai sinh", "Bằng tốt nghiệp THPT", "Học bạ trung học phổ thông")


def seven() -> list[WaitingFile]:
    """Seven files; all but the last have their scan here."""
    return [
        WaitingFile(
            EntryId(513, 300 + n), 0, f"02-{31 + n:04d}", name, _PAPERS[n % 3], 1 + n % 3, "",
            0 if n == 6 else 1 + n % 3,
        )
        for n, name in enumerate(_NAMES)
    ]  # fmt: skip


def three_signed() -> list[SignedRow]:
    """Three signed files, one on another PC."""
    return [
        SignedRow(
            EntryId(513, 400 + n), f"{12 - n:02d}/2026", _PAPERS[n % 3], _NAMES[n], 0,
            f"{n + 3}f9c0a7e41b2d58{n}" * 4, "" if n == 2 else f"/ky/{n}.pdf", n == 1,
        )
        for n in range(3)
    ]  # fmt: skip


@dataclass
class FakeDigital:
    """``calls`` holds every change; ``pulled_at`` the file at which the token is pulled out."""

    files: list[WaitingFile] = field(default_factory=seven)
    rows: list[SignedRow] = field(default_factory=three_signed)
    found: tuple[TokenKey, ...] = (PERSON, UNIT)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    no_token: str = ""
    pin_fault: str = ""
    pulled_at: int = -1
    go_on: threading.Event | None = None
    trouble: Exception | None = None

    def waiting(self) -> tuple[WaitingFile, ...]:
        if self.trouble is not None:
            raise self.trouble
        return tuple(self.files)

    def tokens(self) -> tuple[Token, ...]:
        raise NotImplementedError

    def keys(self) -> tuple[TokenKey, ...]:
        if self.no_token:
            raise TokenFault(self.no_token)
        return self.found

    def certificates(self) -> tuple[CertificateEnd, ...]:
        return ()

    def sign(
        self,
        files: tuple[ScannedFile, ...],
        pin: str,
        person: KeyChoice,
        organisation: KeyChoice | None = None,
        progress: Progress | None = None,
    ) -> DigitalLot:
        if pin != PIN:
            raise DomainError("PIN chưa đúng.", code="pin.wrong", title_en="The PIN is not right.")
        self.calls.append(("sign", len(files), person.pin, organisation and organisation.pin))
        if self.pin_fault:
            words = TokenFault(self.pin_fault).words("vi").sentence
            done = tuple(FileOutcome(one.request, one.original, "waiting", sentence=words) for one in files)
            return DigitalLot(done, f"Ký được 0 trong {len(files)}.", self.pin_fault, words)
        return self._signed(files, progress or Progress())

    def _signed(self, files: tuple[ScannedFile, ...], progress: Progress) -> DigitalLot:
        done: list[FileOutcome] = []
        fault = ""
        for n, one in enumerate(files):
            if self.go_on is not None:
                self.go_on.wait(5)
            fault = fault or ("token.stopped" if progress.stopped else "")
            fault = fault or ("token.pulled" if n == self.pulled_at else "")
            if fault:
                words = TokenFault(fault).words("vi").sentence
                numbered = n == self.pulled_at
                number = f"{13 + n:02d}/2026" if numbered else ""
                state = "numbered" if numbered else "waiting"
                done.append(FileOutcome(one.request, one.original, state, number, sentence=words))  # type: ignore[arg-type]
                self._keep_number(one, number)
                continue
            done.append(FileOutcome(one.request, one.original, "signed", f"{13 + n:02d}/2026", "/ky/x.pdf"))
            self.files = [w for w in self.files if w.request != one.request]
            progress.done += 1
        signed = sum(one.state == "signed" for one in done)
        words = f"Đã ký số {signed} tệp."
        if fault:
            why = TokenFault(fault).words("vi").title.rstrip(".")
            left = len(done) - signed
            words = f"Ký được {signed} trong {len(done)}. {left} chưa ký: {why[0].lower()}{why[1:]}."
        return DigitalLot(tuple(done), words, fault, words)

    def _keep_number(self, file: ScannedFile, number: str) -> None:
        self.files = [replace(w, number=number) if w.request == file.request else w for w in self.files]

    def take_scan(self, path: str) -> KeptScan:
        self.calls.append(("take", path))
        return KeptScan("ef" * 32, 2)

    def attach(self, request: EntryId, original: int, path: str) -> str:
        self.calls.append(("attach", request, path))
        self.files = [replace(w, scan_pages=2) if w.request == request else w for w in self.files]
        return "Đã nhận tệp quét 2 trang."

    def signed(self) -> tuple[SignedRow, ...]:
        return tuple(self.rows)

    def export(self, lines: tuple[EntryId, ...], folder: str) -> str:
        self.calls.append(("export", lines, folder))
        return f"Đã xuất {len(lines)} tệp đã ký."

    def look(self, line: EntryId) -> FileLook:
        self.calls.append(("look", line))
        return FileLook(
            True, "Tệp nguyên vẹn.",
            ("Ký bởi Vàng Văn Thăng · 20/11/2026 10:41", "Dấu thời gian 20/11/2026 10:42 · TSA tập huấn",
             "Dấu thời gian 21/11/2026 08:00 · TSA tập huấn"),
        )  # fmt: skip

    def inspect(self, path: str) -> Inspected:
        raise NotImplementedError

    def stamp(self, line: EntryId, path: str = "") -> str:
        self.calls.append(("stamp", line))
        return "Đã đóng dấu thời gian."
