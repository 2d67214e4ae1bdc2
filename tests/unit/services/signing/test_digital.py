"""Electronic copies through the service: numbers and files together, tokens that fail, crashes in between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Inspected, SignedFile, Token, TokenCertificate
from counter_app.devices.tokens.ports import ChildTokens, FileToSign, SigningSession, SigningTokens, TokenPin
from counter_app.domain.certification.entries import OriginalTaken, Requester
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.taking_in.intake import Intake, take_request
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.codes import provisional_code
from counter_app.domain.errors import DomainError
from counter_app.services.ports.digital import KeyChoice, ScannedFile
from counter_app.services.signing.digital import DigitalSigning
from sync.protocol.naming.ids import EntryId
from tests.support import soft_token
from tests.support.counter import CLERK, MORNING, PIN, REGISTRAR, SIGNER, Counter, make_counter, open_register
from tests.support.soft_token import a_pdf
from tests.unit.devices.tokens.conftest import PERSON, UNIT, made_token

__all__ = ["made_token"]

TOKEN_PIN = soft_token.PIN
FULL, PULLED = "file.full", "token.pulled"


class PretendTokens:
    """Signs by appending; ``faults`` says what befalls the n-th file (from 0) of all that are tried."""

    def __init__(self) -> None:
        self.faults: dict[int, str] = {}
        self.tried = 0
        self.refuse = ""
        self.before: Callable[[], None] = lambda: None

    def tokens(self) -> tuple[Token, ...]:
        ends = MORNING + 20 * 86_400_000
        one = TokenCertificate(
            key_id="01", fingerprint="ab" * 32, subject="Người ký tập huấn", organisation="", issuer="CA",
            serial="1f", valid_from=0, valid_to=ends,
        )  # fmt: skip
        return (Token(serial="T", label="", maker="", model="", certificates=(one,)),)

    @contextmanager
    def session(self, pins: Sequence[TokenPin]) -> Iterator[SigningSession]:
        if self.refuse:
            raise TokenFault(self.refuse)
        yield self

    def sign(self, file: FileToSign) -> SignedFile:
        self.tried += 1
        self.before()
        code = self.faults.pop(self.tried - 1, "")
        if code:
            raise TokenFault(code)
        return self._kept(file.target, Path(file.source).read_bytes() + b"signed")

    def _kept(self, target: str, data: bytes) -> SignedFile:
        Path(target).write_bytes(data)
        return SignedFile(path=target, sha256=hashlib.sha256(data).hexdigest(), size=len(data))

    def stamp(self, source: str, target: str) -> SignedFile:
        return self._kept(target, Path(source).read_bytes() + b"stamped")

    def inspect(self, path: str, at: int) -> Inspected:
        raise NotImplementedError


KEY = KeyChoice("T", "01", "ab" * 32, "1f", "Người ký tập huấn", TOKEN_PIN)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """A counter with the register of electronic copies open at 1."""
    made = make_counter(tmp_path / "made")
    open_register(made, ELECTRONIC, "SCTĐT/BS", 0)
    yield made
    made.close()


def asked(counter: Counter, count: int = 1, daily: int = 1) -> EntryId:
    """A request of ``count`` electronic copies; the signatory then sits at the desk."""
    counter.sign_in(CLERK)
    work = counter.work
    rows = tuple(OriginalTaken("hb", f"Giấy tập huấn {n}", "", 1, 1, 2000, MORNING) for n in range(count))
    requester = Requester("LÝ THỊ TẬP HUẤN", "personal_number", "012190000001", 19900000, "Bản tập huấn", "")
    with counter.store.read() as connection:
        rules = work.rules(connection).intake("copy", work.today())
    code = provisional_code(work.place.unit, 1, 1, work.today(), daily).digits
    wanted = Intake(code, daily, requester, rows, work.now(), b"\x01\x02\x03\x04", register=ELECTRONIC)
    made = counter.store.append(take_request(wanted, rules), counter.areas.desk.act()).entries[0].id
    counter.sign_in(SIGNER)
    return made


def desk(counter: Counter, port: SigningTokens) -> DigitalSigning:
    """The service on a port."""
    return DigitalSigning(counter.work, counter.areas.desk, counter.areas.signing.guards, port)


def kept(counter: Counter, line: LineState) -> bytes:
    """The file of a line as it lies sealed on this PC."""
    data = counter.work.kept_files("signed").get(line.file.digest.hex())
    assert data is not None
    return data


def scans(counter: Counter, request: EntryId, count: int) -> tuple[ScannedFile, ...]:
    return tuple(
        ScannedFile(request, n, a_pdf(counter.folder / f"{request.seq}-{n}.pdf")) for n in range(count)
    )


def lines(counter: Counter) -> list[tuple[int, str]]:
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT l.number, l.state FROM lines l JOIN registers r ON r.id = l.register"
            " WHERE r.register = 'electronic' ORDER BY l.number"
        )
        return [(row[0], row[1]) for row in rows]


def test_files_are_numbered_and_signed_one_after_another(counter: Counter) -> None:
    request = asked(counter, 3)
    port = PretendTokens()
    done = desk(counter, port).sign(scans(counter, request, 3), PIN, KEY)
    assert [(one.state, one.number) for one in done.files] == [
        ("signed", "01/2026"), ("signed", "02/2026"), ("signed", "03/2026"),
    ]  # fmt: skip
    assert done.sentence == "Đã ký số 3 tệp."
    assert lines(counter) == [(1, "signed"), (2, "signed"), (3, "signed")]
    original = counter.state(request).originals[1]
    line = counter.state(original.line)
    assert done.files[1].path == "2026-SCTDTBS-000002.pdf"
    digest = hashlib.sha256(kept(counter, line))
    assert line.file.digest == digest.digest()
    with counter.store.read() as connection:
        row = connection.exec_driver_sql("SELECT file_digest FROM lines WHERE id = ?", (line.id.key,))
        assert row.scalar() == digest.hexdigest()
    assert desk(counter, port).waiting() == ()
    assert {one.suffix for one in (counter.folder / "signed").iterdir()} == {".sealed"}


def test_a_pulled_token_keeps_one_number_and_gives_no_other(counter: Counter) -> None:
    request = asked(counter, 7)
    port = PretendTokens()
    port.faults[5] = PULLED
    service = desk(counter, port)
    done = service.sign(scans(counter, request, 7), PIN, KEY)
    assert [one.state for one in done.files] == ["signed"] * 5 + ["numbered", "waiting"]
    assert done.sentence == "Ký được 5 trong 7. 2 chưa ký: thẻ ký số bị rút."
    assert lines(counter) == [(n, "signed") for n in range(1, 6)] + [(6, "numbered")]
    waiting = service.waiting()
    assert [(one.original, one.number) for one in waiting] == [(5, "06/2026"), (6, "")]
    again = service.sign(scans(counter, request, 7)[5:], PIN, KEY)
    assert [(one.state, one.number) for one in again.files] == [("signed", "06/2026"), ("signed", "07/2026")]
    assert lines(counter) == [(n, "signed") for n in range(1, 8)]


@pytest.mark.parametrize("code", ["pin.wrong", "pin.locked", "token.absent", "token.module_missing"])
def test_a_token_that_does_not_open_numbers_nothing(counter: Counter, code: str) -> None:
    request = asked(counter, 2)
    port = PretendTokens()
    port.refuse = code
    done = desk(counter, port).sign(scans(counter, request, 2), PIN, KEY)
    assert [one.state for one in done.files] == ["waiting", "waiting"]
    assert done.files[0].sentence == TokenFault(code).words("vi").sentence
    assert lines(counter) == []


def test_a_bad_file_keeps_its_number_and_the_others_are_signed(counter: Counter) -> None:
    request = asked(counter, 3)
    files = list(scans(counter, request, 3))
    Path(files[1].scan).write_bytes(b"no picture")
    service = desk(counter, PretendTokens())
    done = service.sign(tuple(files), PIN, KEY)
    assert [one.state for one in done.files] == ["signed", "numbered", "signed"]
    assert "Quét lại" in done.files[1].sentence
    a_pdf(Path(files[1].scan))
    again = service.sign((files[1],), PIN, KEY)
    assert [(one.state, one.number) for one in again.files] == [("signed", "02/2026")]


def test_a_full_disk_stops_the_lot_and_the_number_is_kept(counter: Counter) -> None:
    request = asked(counter, 3)
    port = PretendTokens()
    port.faults[1] = FULL
    done = desk(counter, port).sign(scans(counter, request, 3), PIN, KEY)
    assert [one.state for one in done.files] == ["signed", "numbered", "waiting"]
    assert lines(counter) == [(1, "signed"), (2, "numbered")]


def test_a_crash_between_file_and_entry_never_gives_the_number_away(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process ends after the file was written: signing again signs the same line, under the same name."""
    first, second = asked(counter, 1, daily=1), asked(counter, 1, daily=2)
    port = PretendTokens()

    class Crash(BaseException):
        """The power goes."""

    def crash(*_: object) -> None:
        raise Crash

    service = desk(counter, port)
    monkeypatch.setattr(service, "_note", crash)
    with pytest.raises(Crash):
        service.sign(scans(counter, first, 1), PIN, KEY)
    assert lines(counter) == [(1, "numbered")]
    counter.reopen()
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen(ELECTRONIC)
    if pen.paper_witness_needed:
        counter.areas.signing.confirm_witness(pen.last_number, PIN, ELECTRONIC)
    service = desk(counter, port)
    done = service.sign((*scans(counter, second, 1), *scans(counter, first, 1)), PIN, KEY)
    assert [one.number for one in done.files] == ["02/2026", "01/2026"]
    assert len(list((counter.folder / "signed").iterdir())) == 2
    assert lines(counter) == [(1, "signed"), (2, "signed")]


def test_a_wrong_counter_pin_asks_no_token(counter: Counter) -> None:
    request = asked(counter)
    port = PretendTokens()
    with pytest.raises(DomainError) as told:
        desk(counter, port).sign(scans(counter, request, 1), "000000", KEY)
    assert told.value.code.startswith("pin.")
    assert (port.tried, lines(counter)) == (0, [])


def test_who_may_not_sign_numbers_no_file(counter: Counter) -> None:
    request = asked(counter)
    counter.sign_in(REGISTRAR)
    with pytest.raises(DomainError):
        desk(counter, PretendTokens()).sign(scans(counter, request, 1), PIN, KEY)
    assert lines(counter) == []


def test_a_stamp_follows_later_and_the_register_knows_the_longer_file(counter: Counter) -> None:
    request = asked(counter)
    service = desk(counter, PretendTokens())
    done = service.sign(scans(counter, request, 1), PIN, KEY)
    line = counter.state(request).originals[0].line
    path = counter.folder / "taken along.pdf"
    path.write_bytes(kept(counter, counter.state(line)))
    assert done.signed == 1
    assert service.stamp(line, str(path)) == "Đã đóng dấu thời gian."
    file = counter.state(line).file
    assert file.stamped
    assert file.digest == hashlib.sha256(path.read_bytes()).digest()
    assert kept(counter, counter.state(line)) == path.read_bytes()


def test_certificates_that_end_soon_are_warned_of(counter: Counter) -> None:
    asked(counter)
    (row,) = desk(counter, PretendTokens()).certificates()
    assert row.days == 20
    assert row.warning == "Chứng thư của Người ký tập huấn còn 20 ngày. Gia hạn trước khi hết."


def test_no_pin_in_what_is_shown(counter: Counter) -> None:
    assert TOKEN_PIN not in repr(KEY)


def test_a_real_token_signs_for_person_and_organisation(
    counter: Counter, made_token: soft_token.SoftToken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", str(made_token.configuration))
    port = ChildTokens(soft_token.module_path(), roots=(made_token.authority.write(tmp_path / "root.pem"),))
    request = asked(counter, 2)
    service = desk(counter, port)
    (token,) = service.tokens()
    by_id = {one.key_id: one for one in token.certificates}
    person, unit = (
        KeyChoice(token.serial, key, by_id[key].fingerprint, by_id[key].serial, by_id[key].subject, TOKEN_PIN)
        for key in (PERSON, UNIT)
    )
    done = service.sign(scans(counter, request, 2), PIN, person, unit)
    assert [one.state for one in done.files] == ["signed", "signed"]
    for one in done.files:
        line = counter.state(counter.state(request).originals[one.original].line)
        with counter.work.kept_files("signed").opened(line.file.digest.hex()) as path:
            seen = service.inspect(str(path))
        assert [(sign.field, sign.good, sign.trusted) for sign in seen.signatures] == [
            ("NguoiKy", True, True), ("CoQuan", True, True),
        ]  # fmt: skip
        assert line.file.digest.hex() == seen.sha256
        assert line.file.certificate.hex() == by_id[PERSON].fingerprint
        assert line.file.organisation.hex() == by_id[UNIT].fingerprint
        assert "Bản điện tử, SHA-256" in line.remarks
