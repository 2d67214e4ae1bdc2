"""Signing files: what the signing desk's page of electronic copies sees (``ux.md`` 4.5, Ký số)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from counter_app.devices.tokens.messages import Inspected, Token
from sync.protocol.naming.ids import EntryId

State = Literal["signed", "numbered", "waiting"]


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """An electronic copy to number and sign; ``number`` is "" until it has one that a token's fault kept.

    ``scan_pages`` counts the pages of the scan that lies on this PC, 0 without one.
    """

    request: EntryId
    original: int
    code: str
    requester: str
    name: str
    pages: int
    number: str
    scan_pages: int = 0


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """An electronic copy and the PDF of its scan: a path, "" for the scan that is kept on this PC."""

    request: EntryId
    original: int
    scan: str = ""


@dataclass(frozen=True, slots=True)
class KeptScan:
    """A scan that is kept on this PC: SHA-256 of its PDF in hex, and its pages."""

    digest: str
    pages: int


@dataclass(slots=True)
class Progress:
    """How far a lot is; shared by the worker that signs and the screen that shows it.

    ``stopped`` is set by the screen: the file under way is finished, the rest waits.
    """

    total: int = 0
    done: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A certificate that was chosen on a token (``serial`` its number in hex), and the token's PIN.

    The PIN is never shown and never kept.
    """

    token: str
    key_id: str
    fingerprint: str
    serial: str
    subject: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A certificate on a token, to choose from: whose it is, its number in hex, until when, days left.

    ``warning`` when it ends soon, has ended, or its token is locked; ``usable`` while a file may be signed.
    """

    token: str
    key_id: str
    fingerprint: str
    serial: str
    subject: str
    last_day: str
    days: int
    warning: str = ""
    usable: bool = True

    def choice(self, pin: str) -> KeyChoice:
        """This key, with the PIN that was typed for its token."""
        return KeyChoice(self.token, self.key_id, self.fingerprint, self.serial, self.subject, pin)


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What came of a file: ``signed`` with its name in ``path``, ``numbered`` (number kept), or ``waiting``.

    ``sentence`` is for the line of the list; "" for a file that was signed.
    """

    request: EntryId
    original: int
    state: State
    number: str = ""
    path: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class DigitalLot:
    """What came of F9: every file in order, and the sentence for the bar.

    ``fault`` is the code of what stopped the lot ("" when nothing did), ``fault_words`` its sentence.
    """

    files: tuple[FileOutcome, ...]
    sentence: str
    fault: str = ""
    fault_words: str = ""

    @property
    def signed(self) -> int:
        """How many were signed."""
        return sum(one.state == "signed" for one in self.files)


@dataclass(frozen=True, slots=True)
class CertificateEnd:
    """A certificate with its last day, and the sentence to show when it ends soon ("" else)."""

    subject: str
    last_day: str
    days: int
    warning: str


@dataclass(frozen=True, slots=True)
class SignedRow:
    """A signed file of the register: ``digest`` SHA-256 in hex, ``path`` its name, "" if not on this PC."""

    line: EntryId
    number: str
    name: str
    requester: str
    signed_at: int
    digest: str
    path: str
    stamped: bool


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a signed file says: a sentence for each signature or time-stamp; ``good``: as it was signed."""

    good: bool
    title: str
    lines: tuple[str, ...]


class DigitalPort(Protocol):
    """Electronic copies at the signing desk."""

    def waiting(self) -> tuple[WaitingFile, ...]:
        """Files to sign, those with a kept number first."""
        ...

    def tokens(self) -> tuple[Token, ...]:
        """Tokens in the readers. Raises ``TokenFault``, also ``token.absent`` when there is none."""
        ...

    def keys(self) -> tuple[TokenKey, ...]:
        """Certificates to choose from, those that can sign on top. Raises ``TokenFault`` as ``tokens``."""
        ...

    def certificates(self) -> tuple[CertificateEnd, ...]:
        """Certificates on the tokens with their ends, the first to end on top. Raises ``TokenFault``."""
        ...

    def sign(
        self,
        files: tuple[ScannedFile, ...],
        pin: str,
        person: KeyChoice,
        organisation: KeyChoice | None = None,
        progress: Progress | None = None,
    ) -> DigitalLot:
        """Number and sign file after file; ``pin`` is the person's at this counter. Raises DomainError."""
        ...

    def take_scan(self, path: str) -> KeptScan:
        """A PDF or JPEG that was chosen is kept on this PC. Raises ``ScanFault``, DomainError."""
        ...

    def attach(self, request: EntryId, original: int, path: str) -> str:
        """The scan of a file that waits; returns the sentence. Raises ``ScanFault``, DomainError."""
        ...

    def signed(self) -> tuple[SignedRow, ...]:
        """Signed files, newest first."""
        ...

    def export(self, lines: tuple[EntryId, ...], folder: str) -> str:
        """Signed files into a folder, each proved against the register; returns the sentence.

        Raises DomainError ``file.gone``, ``file.altered``, ``file.unwritable``.
        """
        ...

    def look(self, line: EntryId) -> FileLook:
        """Signatures and time-stamps of a signed file. Raises ``TokenFault``, DomainError ``file.*``."""
        ...

    def inspect(self, path: str) -> Inspected:
        """Who signed a file and whether it is as signed. Raises ``TokenFault`` ``file.*``."""
        ...

    def stamp(self, line: EntryId, path: str = "") -> str:
        """A time-stamp for a signed file, later; returns the sentence. Raises ``TokenFault``, DomainError."""
        ...
