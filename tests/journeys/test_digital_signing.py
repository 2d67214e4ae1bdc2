"""Seven electronic copies: F4, the desk signs, the token is pulled after five, again, verified elsewhere.

The token is SoftHSM2 behind the child process that a real one would be behind. The last look is a process
that holds neither the store nor the program: only the file and the authority's root.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from counter_app.devices.tokens.messages import Inspected, SignedFile, Token
from counter_app.devices.tokens.ports import FileToSign, SigningSession, SigningTokens, TokenPin
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.services.ports.copies import Committed
from counter_app.services.ports.digital import DigitalLot, ScannedFile, SignedRow, TokenKey
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.settings import TokenSettings
from tests.support import soft_token
from tests.support.counter import CLERK, PIN, SIGNER, TECHNICIAN, Counter, form, make_counter, open_register
from tests.support.soft_token import SoftToken, a_pdf
from tests.unit.devices.tokens.conftest import PERSON, UNIT, made_token, token

__all__ = ["made_token", "token"]

SEVEN = ("dt gks 1", "dt bang 2", "dt hb 3", "dt syll 1", "dt cccd 2", "dt qsdd 2", "dt khac giấy nhập học 1")
_STRANGER = """
import hashlib, json, sys
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
import datetime
file, root = sys.argv[1:]
with open(root, "rb") as source:
    anchor = x509.Certificate.load(pem.unarmor(source.read())[2])
told = []
with open(file, "rb") as source:
    for one in PdfFileReader(source).embedded_signatures:
        moment = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.timezone.utc)
        context = ValidationContext(trust_roots=[anchor], moment=moment, allow_fetching=False)
        status = validate_pdf_signature(one, context)
        told.append([one.field_name, status.intact, status.valid, status.trusted])
    source.seek(0)
    print(json.dumps([told, hashlib.sha256(source.read()).hexdigest()]))
"""


@dataclass
class PulledAfter:
    """The port of the program, with somebody who pulls the token after so many files."""

    port: SigningTokens
    token: SoftToken
    files: int
    signed: int = 0

    def tokens(self) -> tuple[Token, ...]:
        return self.port.tokens()

    @contextmanager
    def session(self, pins: Sequence[TokenPin]) -> Iterator[SigningSession]:
        with self.port.session(pins) as session:
            self.open = session
            yield self

    def sign(self, file: FileToSign) -> SignedFile:
        if self.signed == self.files:
            self.token.pull()
        self.signed += 1
        return self.open.sign(file)

    def stamp(self, source: str, target: str) -> SignedFile:
        return self.port.stamp(source, target)

    def inspect(self, path: str, at: int) -> Inspected:
        return self.port.inspect(path, at)


@pytest.fixture
def counter(tmp_path: Path, token: SoftToken) -> Iterator[Counter]:
    """A counter whose technician named the module and the root; the register is open."""
    made = make_counter(tmp_path / "quay")
    open_register(made, ELECTRONIC, "SCTĐT/BS", 0)
    made.sign_in(TECHNICIAN)
    root = token.authority.write(tmp_path / "root.pem")
    made.areas.settings.keep_tokens(TokenSettings(soft_token.module_path(), roots=root))
    yield made
    made.close()


def taken_in(counter: Counter, tmp_path: Path) -> Committed:
    """F4: seven rows, each with the file its scanner made."""
    counter.sign_in(CLERK)
    typed = form(*SEVEN)
    rows = []
    for place, row in enumerate(typed.rows):
        path = a_pdf(tmp_path / f"{place}.pdf", words=f"original {place}", pages=1 + place % 3)
        scan = counter.areas.digital.take_scan(path)
        rows.append(replace(row, scan=scan.digest, scan_pages=scan.pages))
    return counter.areas.copies.commit(replace(typed, rows=tuple(rows)))


def keys(counter: Counter) -> tuple[TokenKey, TokenKey]:
    """The signatory's and the organisation's certificate, as the page offers them."""
    offered_keys = counter.areas.digital.keys()
    offered = {key.key_id: key for key in offered_keys}
    return offered[PERSON], offered[UNIT]


def signed(counter: Counter, person: TokenKey, unit: TokenKey) -> DigitalLot:
    """F9: everything that waits and has its scan."""
    digital = counter.areas.digital
    files = tuple(ScannedFile(one.request, one.original) for one in digital.waiting() if one.scan_pages)
    return digital.sign(files, PIN, person.choice(soft_token.PIN), unit.choice(soft_token.PIN))


def stranger(path: str, root: Path) -> tuple[list[list[object]], str]:
    """What a clean process says of a file."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _STRANGER, path, str(root)], capture_output=True, text=True, timeout=60,
        check=False, cwd=root.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    signatures, digest = json.loads(done.stdout)
    return signatures, digest


def test_seven_files_a_pulled_token_and_a_stranger(
    counter: Counter, token: SoftToken, tmp_path: Path
) -> None:
    request = taken_in(counter, tmp_path).request
    counter.sign_in(SIGNER)
    assert (ELECTRONIC, 1) in [(tab.kind, tab.count) for tab in counter.areas.signing.tabs()]
    digital = counter.areas.digital
    person, unit = keys(counter)
    digital.port = PulledAfter(digital.port, token, 5)

    first = signed(counter, person, unit)
    assert first.sentence == "Ký được 5 trong 7. 2 chưa ký: thẻ ký số bị rút."
    assert [(one.state, one.number) for one in first.files[4:]] == [
        ("signed", "05/2026"), ("numbered", "06/2026"), ("waiting", ""),
    ]  # fmt: skip
    files = {row.number: row.digest for row in digital.signed()}

    token.plug()
    again = signed(counter, person, unit)
    assert again.sentence == "Đã ký số 2 tệp."
    assert [one.number for one in again.files] == ["06/2026", "07/2026"]
    rows = {row.number: row for row in digital.signed()}
    assert sorted(rows) == [f"{n:02d}/2026" for n in range(1, 8)]
    assert all(rows[number].path and rows[number].digest == digest for number, digest in files.items())
    the_register_knows(counter, rows)
    somebody_else_verifies(counter, rows, tmp_path)
    the_files_are_handed_over(counter, request)


def the_register_knows(counter: Counter, rows: dict[str, SignedRow]) -> None:
    """Column 8 and the reading hold each file's hash."""
    for row in rows.values():
        line: LineState = counter.state(row.line)
        assert line.file is not None
        assert line.file.digest.hex() == row.digest
        assert row.digest[:8] in line.remarks


def somebody_else_verifies(counter: Counter, rows: dict[str, SignedRow], tmp_path: Path) -> None:
    """Exported, and looked at where nothing of the program is."""
    out = tmp_path / "usb"
    out.mkdir()
    some = [rows["01/2026"], rows["06/2026"]]
    counter.areas.digital.export(tuple(row.line for row in some), str(out))
    for row in some:
        signatures, digest = stranger(str(out / Path(row.path).name), tmp_path / "root.pem")
        assert signatures == [["NguoiKy", True, True, True], ["CoQuan", True, True, True]]
        assert digest == row.digest
    assert counter.areas.digital.look(some[0].line).good


def the_files_are_handed_over(counter: Counter, request: object) -> None:
    """F6: the lines say which file is handed over, by the hash of the register."""
    counter.sign_in(CLERK)
    (view,) = [one for one in counter.areas.handover.waiting() if one.request == request]
    assert all(line.ready for line in view.lines)
    digests = [row.digest[:8] for row in reversed(counter.areas.digital.signed())]
    assert all(digest in line.name for line, digest in zip(view.lines, digests, strict=True))
    counter.areas.handover.hand_over(ReturnForm(view.request, "HOÀNG VĂN SƠN", "012086006812"))
    state = counter.state(view.request)
    assert [one.state for one in state.originals] == ["handed_over"] * 7
