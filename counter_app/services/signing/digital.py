"""Electronic copies: numbered, signed by token, and noted in the register, file after file (``sync.md`` 4).

Order for each file, so that no crash gives a number to two files: the number is committed; the file that
bears it is signed and proves itself under its final name; its SHA-256 is committed. What stops in between
leaves the line numbered, and signing again signs the same line and replaces the file. Nothing is numbered
before the tokens are open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Inspected, SignedFile, Token
from counter_app.devices.tokens.ports import FileToSign, SigningSession, SigningTokens, TokenPin
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.piles import lots
from counter_app.domain.certification.piles.electronic import (
    SignedFileFacts,
    number_file,
    sign_file,
    waiting_files,
)
from counter_app.domain.certification.piles.lots import Signing
from counter_app.domain.certification.state import NUMBERED, LotState, RequestState
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.errors import DomainError
from counter_app.printing.forms.electronic_copy import ScanRefused
from counter_app.services.ports import reads
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
from counter_app.services.ports.saying import counted, say, spoken
from counter_app.services.registers import held
from counter_app.services.registers.place import require_place
from counter_app.services.session.desk import Desk
from counter_app.services.signing import token_certificates
from counter_app.services.signing.checking import checker
from counter_app.services.signing.digital_file import copy_of, file_name, marks_of
from counter_app.services.signing.guards import Guards
from counter_app.services.signing.pile import short_code
from counter_app.services.signing.scans import Scans
from counter_app.services.signing.signed_files import SignedFiles
from counter_app.services.signing.token_certificates import ends_of, keys_of
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries.electronic import electronic_to_sign
from counter_app.storage.store import Acting
from counter_app.storage.this_pc.kept_files import private_folder
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

NO_SCAN = "file.no_scan"


@dataclass
class _Lot:
    """One press of F9: the keys, how far it is, and the fault that meets all further files."""

    keys: tuple[KeyChoice, ...]
    progress: Progress
    stopped: TokenFault | None = None


@dataclass
class DigitalSigning:
    """Implements ``DigitalPort``; signed files are kept sealed, one a number."""

    work: Workplace
    desk: Desk
    guards: Guards
    port: SigningTokens

    def waiting(self) -> tuple[WaitingFile, ...]:
        """Files to sign, those with a kept number first."""
        self.desk.require()
        with self.work.store.read() as connection:
            rows = electronic_to_sign(connection)
            states: list[RequestState] = [self.work.state(connection, row) for row in rows]
            scans = Scans(self.work)
            files = [
                _waiting(state, index, scans.of(connection, state.id, index))
                for state in states
                for index in waiting_files(state)
            ]
        self.desk.saw(reads.PILE, [state.id for state in states])
        return tuple(sorted(files, key=lambda one: not one.number))

    def tokens(self) -> tuple[Token, ...]:
        """Tokens in the readers. Raises ``TokenFault``, also ``token.absent`` when there is none."""
        found = self.port.tokens()
        if not found:
            raise TokenFault("token.absent")
        token_certificates.note(self.work, found)
        return found

    def keys(self) -> tuple[TokenKey, ...]:
        """Certificates to choose from, those that can sign on top. Raises ``TokenFault`` as ``tokens``."""
        return keys_of(self.tokens(), self.work.now())

    def certificates(self) -> tuple[CertificateEnd, ...]:
        """Certificates on the tokens with their ends, the first to end on top. Raises ``TokenFault``."""
        return ends_of(self.tokens(), self.work.now())

    def sign(
        self,
        files: tuple[ScannedFile, ...],
        pin: str,
        person: KeyChoice,
        organisation: KeyChoice | None = None,
        progress: Progress | None = None,
    ) -> DigitalLot:
        """Number and sign file after file; ``pin`` is the person's at this counter.

        A file without a scan on this PC waits without a number. ``progress`` is told after each file.

        Raises DomainError ``pin.*``, ``role.*``, and what refuses the first file's number; a token's fault is
        told in the result, files signed before it stay signed.
        """
        self.desk.check_pin(pin)
        keys = (person,) if organisation is None else (person, organisation)
        pins = {key.token: TokenPin(key.token, key.pin) for key in keys}
        lot = _Lot(keys, progress or Progress())
        lot.progress.total = len(files)
        try:
            with self.port.session(tuple(pins.values())) as session:
                done = tuple(self._each(files, lot, session))
        except TokenFault as fault:
            lot.stopped = fault
            done = tuple(_untouched(one, fault) for one in files)
        if any(one.state != "waiting" for one in done):
            self.work.changed("requests", "registers", "signing")
        if lot.stopped is None:
            return DigitalLot(done, _sentence(done))
        return DigitalLot(done, _sentence(done), lot.stopped.code, lot.stopped.words(spoken()).sentence)

    def inspect(self, path: str) -> Inspected:
        """Who signed a file and whether it is as signed. Raises ``TokenFault`` ``file.*``."""
        return self.port.inspect(path, self.work.now())

    def signed(self) -> tuple[SignedRow, ...]:
        """Signed files, newest first."""
        return self._files.rows()

    def export(self, lines: tuple[EntryId, ...], folder: str) -> str:
        """See ``SignedFiles.export``."""
        return self._files.export(lines, folder)

    def look(self, line: EntryId) -> FileLook:
        """See ``SignedFiles.look``."""
        return self._files.look(line)

    def stamp(self, line: EntryId, path: str = "") -> str:
        """See ``SignedFiles.stamp``; without a ``path`` the file that is kept here."""
        return self._files.stamp(line, path)

    def take_scan(self, path: str) -> KeptScan:
        """See ``Scans.take``."""
        self.desk.require()
        return Scans(self.work).take(path)

    def attach(self, request: EntryId, original: int, path: str) -> str:
        """The scan of a file that waits, where intake brought none or another PC took it in."""
        scan, scans = self.take_scan(path), Scans(self.work)
        with self.work.store.write() as connection:
            scans.link(connection, request, original, scan)
        self.work.changed("signing")
        return say(
            f"Đã nhận tệp quét {scan.pages} trang.",
            f"The scan of {counted(scan.pages, 'page', 'pages')} is kept.",
        )

    @property
    def _files(self) -> SignedFiles:
        return SignedFiles(self.work, self.desk, self.port)

    def _each(
        self, files: tuple[ScannedFile, ...], lot: _Lot, session: SigningSession
    ) -> Iterator[FileOutcome]:
        """One outcome a file; a fault that would meet the rest too leaves them as they were."""
        for file in files:
            if lot.stopped is None and lot.progress.stopped:
                lot.stopped = TokenFault("token.stopped")
            if lot.stopped is not None:
                yield _untouched(file, lot.stopped)
                continue
            try:
                scan = self._scan(file)
                line = self._numbered(file)
            except TokenFault as missing:
                yield _untouched(file, missing)
            except DomainError as refused:
                if file is files[0] and refused.code != NO_SCAN:
                    raise
                yield _untouched(file, refused)
            else:
                yield self._outcome(file, scan, line, lot, session)
            lot.progress.done += 1

    def _outcome(
        self, file: ScannedFile, scan: bytes, line: LineState, lot: _Lot, session: SigningSession
    ) -> FileOutcome:
        """A numbered line and its file; what fails from here on keeps the number."""
        try:
            return self._signed(file, scan, line, lot.keys, session)
        except TokenFault as fault:
            lot.stopped = fault if fault.stops_lot else None
            words = fault.words(spoken()).sentence
        except ScanRefused as refused:
            words = say(f"{refused.title}. {refused.remedy}", f"{refused.title_en}. {refused.remedy_en}")
        return FileOutcome(file.request, file.original, "numbered", line.shown_number, sentence=words)

    def _scan(self, file: ScannedFile) -> bytes:
        """The pages to sign. Raises ``TokenFault`` ``file.missing``, DomainError ``file.no_scan``."""
        if file.scan:
            try:
                return Path(file.scan).read_bytes()
            except OSError as error:
                raise TokenFault("file.missing", type(error).__name__) from error
        with self.work.store.read() as connection:
            found = Scans(self.work).pdf_of(connection, file.request, file.original)
        if found is None:
            raise _no_scan()
        return found

    def _numbered(self, file: ScannedFile) -> LineState:
        """The line of a file: the one whose number a fault kept, else a new one, committed."""
        with self.work.store.read() as connection:
            state: RequestState = self.work.state(connection, file.request)
            one = state.originals[file.original]
            if one.state == NUMBERED and one.line is not None:
                kept: LineState = self.work.state(connection, one.line)
                return kept
        act = self.desk.act(sealed=True)
        entries = self.work.store.act(lambda acting: self._drafts(acting, file, act.at), act).entries
        with self.work.store.read() as connection:
            born: LineState = self.work.state(connection, entries[1].id)
        self.guards.witnessed(born.register)  # the guard stood before the first one; this run gave it itself
        return born

    def _drafts(self, acting: Acting, file: ScannedFile, at: int) -> tuple[Draft, ...]:
        connection, work, me = acting.connection, self.work, self.desk.require()
        state: RequestState = work.state(connection, file.request)
        day = work.day()
        register = held.required_register(connection, work, day // 10_000, ELECTRONIC)
        require_place(connection, work, ELECTRONIC)
        self.guards.check(register)
        checks = checker(work, connection, me, day)
        signing = Signing(me, checks.act_for(me, ELECTRONIC), me)
        desk = lots.Desk(
            work.journal, at, self.guards.last_contact(connection), self.guards.date_confirmed(),
            held.where(connection, work, register),
        )  # fmt: skip
        return number_file(
            state, file.original, signing, register, checks.check_rules((state,), me.id), desk, salt()
        )  # fmt: skip

    def _signed(
        self, file: ScannedFile, scan: bytes, line: LineState, keys: tuple[KeyChoice, ...],
        session: SigningSession,
    ) -> FileOutcome:  # fmt: skip
        """The file kept and on the disk, then its entry. Raises ``TokenFault``, ``ScanRefused``."""
        with self.work.store.read() as connection:
            lot: LotState = self.work.state(connection, line.lot)
        now = self.work.now()
        try:
            with private_folder(self._files.kept.folder) as folder:
                draft, target = folder / "draft.pdf", folder / file_name(line)
                draft.write_bytes(copy_of(self.work, scan, line, lot))
                done = session.sign(FileToSign(str(draft), str(target), marks_of(keys, lot, now), now))
                self._files.keep(line, target.read_bytes(), done.sha256)
        except OSError as error:
            raise TokenFault("file.unwritable", type(error).__name__) from error
        self._note(line, lot, done, keys)
        with self.work.store.write() as connection:
            self._files.settled(connection, line)
            Scans(self.work).forget(connection, file.request, file.original)
        return FileOutcome(file.request, file.original, "signed", line.shown_number, target.name)

    def _note(self, line: LineState, lot: LotState, done: SignedFile, keys: tuple[KeyChoice, ...]) -> None:
        """The file stands in the register, under the signatory's seal."""
        certificate, *organisation = (bytes.fromhex(key.fingerprint) for key in keys)
        facts = SignedFileFacts(
            bytes.fromhex(done.sha256), done.size, certificate, keys[0].serial[:40], keys[0].subject[:120],
            organisation[0] if organisation else b"", done.stamped,
        )  # fmt: skip
        me = self.desk.require()

        def decide(acting: Acting) -> tuple[Draft, ...]:
            now: LineState = self.work.state(acting.connection, line.id)
            return sign_file(now, lot, me, facts)

        self.work.store.act(decide, self.desk.act(sealed=True))


def _no_scan() -> DomainError:
    return DomainError(
        "Chưa có tệp quét trên máy này.", "Quét bản chính, chọn tệp PDF hoặc JPEG (Ctrl+O).", code=NO_SCAN,
        title_en="There is no scan on this PC.",
        meaning_en="Scan the original, choose the PDF or JPEG (Ctrl+O).",
    )  # fmt: skip


def _waiting(state: RequestState, index: int, scan: KeptScan | None) -> WaitingFile:
    one = state.originals[index]
    number = f"{one.number:02d}/{one.year}" if one.state == NUMBERED else ""
    return WaitingFile(
        state.id, index, short_code(state), state.requester.name, one.taken.name, one.taken.pages, number,
        0 if scan is None else scan.pages,
    )  # fmt: skip


def _untouched(file: ScannedFile, fault: TokenFault | DomainError) -> FileOutcome:
    return FileOutcome(file.request, file.original, "waiting", sentence=fault.words(spoken()).sentence)


def _sentence(done: tuple[FileOutcome, ...]) -> str:
    """``Đã ký số 7 tệp.`` or ``Ký được 5 trong 7. 2 chưa ký: thẻ ký số bị rút.``"""
    signed = sum(one.state == "signed" for one in done)
    left = [one for one in done if one.state != "signed"]
    if not left:
        return say(f"Đã ký số {signed} tệp.", f"{signed} signed.")
    why = left[0].sentence.split(". ")[0].rstrip(".")
    if why[1:2].islower():  # "PIN" stays as it is
        why = why[:1].lower() + why[1:]
    return say(
        f"Ký được {signed} trong {len(done)}. {len(left)} chưa ký: {why}.",
        f"{signed} of {len(done)} signed. {len(left)} not signed: {why}.",
    )
