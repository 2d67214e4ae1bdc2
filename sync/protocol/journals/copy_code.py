"""The signed QR of a certified copy, checked offline by any counter.

Text: 'MC1:' and base32 (A-Z, 2-7, no padding) of: unit (u24), signing device's journal (u32), register kind
(u8), year - 2000 (u8), number (varint), day of the year (varint, 1 January = 1), copies (varint), digest of
the original (8), Ed25519 signature (64) over all before it. Upper case and digits only: the dense mode of a
QR, and nothing that a keyboard layout changes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import unicodedata
from datetime import date, timedelta

import msgspec

from sync.protocol.carrying.wire import Reader, put_varint
from sync.protocol.naming.ids import MAX_JOURNAL
from sync.protocol.naming.keys import SIGNATURE_BYTES, Purpose, SigningKey, verify
from sync.protocol.refusals import Malformed, NewerFormat, NotOurs

PREFIX = "MC1:"
MAX_TEXT = 400
WORDS_DIGEST_BYTES = 8
_FIRST_YEAR = 2000


class CopyCode(msgspec.Struct, frozen=True):
    """What the code says: certification ``number`` of ``year`` in register ``register`` of ``unit``.

    ``journal`` signed it, on ``day``; ``copies`` were made; ``words`` is ``digest_of_words`` of the original.
    No personal data.
    """

    unit: str
    journal: int
    register: int
    year: int
    number: int
    day: date
    copies: int
    words: bytes


class SignedCopyCode(msgspec.Struct, frozen=True):
    """A code as read: not yet believed."""

    code: CopyCode
    signed: bytes
    signature: bytes

    def verify(self, public: bytes) -> None:
        """Raises NotAuthentic unless the device with key ``public`` signed it."""
        verify(public, Purpose.COPY, self.signed, self.signature)


def digest_of_words(*words: str) -> bytes:
    """8 bytes that tell whether a copy is of the original it names, whatever case and spacing.

    Each text is NFC, case-folded, single-spaced; joined by a line feed; SHA-256 after 'commune-counter copy
    of'.
    """
    plain = (" ".join(unicodedata.normalize("NFC", text).casefold().split()) for text in words)
    data = b"commune-counter copy of" + "\n".join(plain).encode()
    return hashlib.sha256(data).digest()[:WORDS_DIGEST_BYTES]


def write_copy_code(code: CopyCode, key: SigningKey) -> str:
    """The text of the QR, about 140 characters.

    Raises ValueError for fields that do not fit: a unit of five digits, a year 2000-2255, a day in that year.
    """
    unit_ok = len(code.unit) == 5 and code.unit.isascii() and code.unit.isdigit()
    if not unit_ok or code.day.year != code.year:
        raise ValueError("a copy's code needs a unit of five digits and a day of its year")
    if len(code.words) != WORDS_DIGEST_BYTES:
        raise ValueError("digest_of_words gives 8 bytes")
    out = bytearray(int(code.unit).to_bytes(3, "big") + code.journal.to_bytes(4, "big"))
    out += bytes([code.register, code.year - _FIRST_YEAR])
    for value in (code.number, code.day.timetuple().tm_yday, code.copies):
        put_varint(out, value)
    signed = bytes(out + code.words)
    data = signed + key.sign(Purpose.COPY, signed)
    return PREFIX + base64.b32encode(data).decode().rstrip("=")


def read_copy_code(text: str) -> SignedCopyCode:
    """The code in a scanned ``text``; surrounding blanks and lower case do not matter.

    Raises NotOurs for any other text, NewerFormat for a later 'MCn:', Malformed for a damaged one.
    """
    text = text.strip().upper()
    if not text.startswith(PREFIX):
        if text[:2] == "MC" and text[2:3].isdigit() and text[3:4] == ":":
            raise NewerFormat(text[:4])
        raise NotOurs("not the code of a certified copy")
    data = _bytes_of(text.removeprefix(PREFIX))
    signed, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
    return SignedCopyCode(_read_fields(Reader(signed)), signed, signature)


def _bytes_of(letters: str) -> bytes:
    if len(letters) > MAX_TEXT:
        raise Malformed("too long for a copy's code")
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as error:
        raise Malformed("letters that a copy's code does not use") from error
    if base64.b32encode(data).decode().rstrip("=") != letters:
        raise Malformed("a last letter that says more than its bits")
    return data


def _read_fields(reader: Reader) -> CopyCode:
    unit = int.from_bytes(reader.take(3), "big")
    journal = int.from_bytes(reader.take(4), "big")
    register, short_year = reader.take(2)
    number, day, copies = reader.varint(10**7), reader.varint(366), reader.varint(10**5)
    words = reader.take(WORDS_DIGEST_BYTES)
    reader.done()
    year = _FIRST_YEAR + short_year
    when = date(year, 1, 1) + timedelta(days=day - 1)
    if unit > 99_999 or not 1 <= journal <= MAX_JOURNAL or not number or not day or when.year != year:
        raise Malformed("impossible values in a copy's code")
    return CopyCode(f"{unit:05d}", journal, register, year, number, when, copies, words)
