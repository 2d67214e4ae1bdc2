"""Codes on papers and what a scan is (sync 4, "Numbers").

**Provisional code**, digits only: unit 5, counter 3, life 1, local date yymmdd 6, sequence 4, check 1.
The check digit is Damm's: unlike Luhn's it finds every wrong digit *and* every swap of neighbours,
the two mistakes of typing. A **receipt code** is ``41`` before a provisional code (22 digits, even,
as Code 128 C likes); the check digit covers the prefix too.
A scan is told by its content alone; the scanner's place or the focused cell decide nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.errors import DomainError
from sync.protocol.journals import copy_code

COPY_QR_PREFIX = copy_code.PREFIX
"""First characters of the signed QR on a certified copy; the rest is ``sync.protocol.journals.copy_code``."""
RECEIPT_PREFIX = "41"
_LENGTH = 20

# Damm's totally anti-symmetric quasigroup of order 10 (H. M. Damm, 2004).
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> str:
    """Damm's check digit of a run of decimal digits."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def has_valid_check(digits: str) -> bool:
    """True if the last digit is the check digit of those before it."""
    return digits.isascii() and digits.isdigit() and check_digit(digits) == "0"


@dataclass(frozen=True, slots=True, order=True)
class ProvisionalCode:
    """The parts of a provisional code; ``day`` is the local date of intake.

    ``life`` is the journal's life, of which the last digit is printed. Raises ``ValueError`` on
    parts that do not fit: those come from the program, not from a person.
    """

    unit: str
    counter: int
    life: int
    day: date
    seq: int

    def __post_init__(self) -> None:
        """Refuse parts that do not fit their places."""
        unit_fits = len(self.unit) == 5 and self.unit.isascii() and self.unit.isdigit()
        if not (unit_fits and 1 <= self.counter <= 999 and 0 <= self.life <= 9 and 1 <= self.seq <= 9999):
            raise ValueError("unit 5 digits, counter 1-999, life 0-9, seq 1-9999")
        if not 2000 <= self.day.year <= 2099:
            raise ValueError("the code has room for the years 2000-2099")

    @property
    def body(self) -> str:
        """The 19 digits before the check digit."""
        return f"{self.unit}{self.counter:03d}{self.life}{self.day:%y%m%d}{self.seq:04d}"

    @property
    def digits(self) -> str:
        """All 20 digits, as in the barcode."""
        return self.body + check_digit(self.body)

    @property
    def grouped(self) -> str:
        """``03390 002 1 261120 0018 4``: as printed under the barcode."""
        code = self.digits
        return " ".join((code[:5], code[5:8], code[8], code[9:15], code[15:19], code[19]))

    @property
    def short(self) -> str:
        """``02-0018``: counter and sequence, enough on the screens of the day."""
        return f"{self.counter:02d}-{self.seq:04d}"

    @property
    def receipt_digits(self) -> str:
        """The 22 digits of the receipt's barcode for the same counter, day and sequence."""
        body = RECEIPT_PREFIX + self.body
        return body + check_digit(body)


def provisional_code(unit: str, counter: int, life: int, day: date, seq: int) -> ProvisionalCode:
    """Code of the ``seq``-th request of a counter's day; ``life`` may be of any size."""
    return ProvisionalCode(unit, counter, life % 10, day, seq)


def _wrong_code(found: int) -> DomainError:
    return DomainError(
        "Mã phiếu chưa đúng.",
        f"Mã có 20 chữ số, số cuối để kiểm tra; hiện có {found}.",
        "Quét lại mã vạch, hoặc gõ lại từng nhóm số.",
        "code",
        code="code.wrong",
        title_en="The code of the slip is not right.",
        meaning_en=f"A code has 20 digits, the last one a check; there are {found}.",
        remedy_en="Scan the barcode again, or type it again group by group.",
    )


def _compact(text: str) -> str:
    return "".join(text.split())


def _parts(body: str) -> ProvisionalCode:
    """Code from its 19 digits; ``ValueError`` when a part is impossible."""
    day = date(2000 + int(body[9:11]), int(body[11:13]), int(body[13:15]))
    return ProvisionalCode(body[:5], int(body[5:8]), int(body[8]), day, int(body[15:19]))


def parse_provisional(text: str) -> ProvisionalCode:
    """Code as scanned or typed in groups; raises ``DomainError`` ``code.wrong``."""
    code = _compact(text)
    if len(code) != _LENGTH or not has_valid_check(code):
        raise _wrong_code(len(code))
    try:
        return _parts(code[:-1])
    except ValueError:
        raise _wrong_code(len(code)) from None


def parse_receipt_code(text: str) -> ProvisionalCode:
    """Counter, day and sequence of a receipt's barcode; raises ``DomainError`` ``code.wrong``."""
    code = _compact(text)
    if len(code) != _LENGTH + 2 or not code.startswith(RECEIPT_PREFIX) or not has_valid_check(code):
        raise _wrong_code(len(code))
    try:
        return _parts(code[2:-1])
    except ValueError:
        raise _wrong_code(len(code)) from None


def parse_short(text: str) -> tuple[int, int] | None:
    """Counter and sequence of ``02-0018`` as typed, or ``None`` if the text is something else."""
    counter, dash, seq = text.strip().partition("-")
    if not (dash and all(p.isascii() and p.isdigit() for p in (counter, seq))):
        return None
    in_range = len(counter) <= 3 and len(seq) <= 4 and int(counter) >= 1 and int(seq) >= 1
    return (int(counter), int(seq)) if in_range else None


class ScanKind(StrEnum):
    """What a scanned text is."""

    IDENTITY_CARD = "identity_card"
    REQUEST = "request"
    RECEIPT = "receipt"
    COPY_QR = "copy_qr"
    PERSONAL_NUMBER = "personal_number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """A scanned text and its kind; ``code`` is set for requests and receipts. Shows no text in logs."""

    kind: ScanKind
    text: str
    code: ProvisionalCode | None = None

    def __repr__(self) -> str:
        """The kind only: the text may be a card."""
        return f"Scan({self.kind})"


def _digit_scan(text: str) -> Scan:
    """Kind of a scan that is digits only."""
    for kind, parse in ((ScanKind.REQUEST, parse_provisional), (ScanKind.RECEIPT, parse_receipt_code)):
        try:
            return Scan(kind, text, parse(text))
        except DomainError:
            continue
    return Scan(ScanKind.PERSONAL_NUMBER if len(text) == 12 else ScanKind.UNKNOWN, text)


def classify_scan(text: str) -> Scan:
    """Kind of a scanned text, by content alone; never raises, and accepts any text.

    A text with ``|`` after twelve digits is a card even when it is cut: ``card_qr`` finds the words.
    """
    bare = text.strip(" \t\r\n\ufeff")
    if bare.upper().startswith(COPY_QR_PREFIX):
        return Scan(ScanKind.COPY_QR, bare)
    if bare.isascii() and bare.isdigit() and len(bare) <= _LENGTH + 2:
        return _digit_scan(bare)
    head, bar, _ = bare.partition("|")
    if bar and len(head) == 12 and head.isascii() and head.isdigit():
        return Scan(ScanKind.IDENTITY_CARD, bare)
    return Scan(ScanKind.UNKNOWN, bare)
