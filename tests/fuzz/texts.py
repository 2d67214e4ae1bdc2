"""Texts from scanners and clipboard: the card's QR, our own codes, a copy's code, passes, pasted lists."""

from __future__ import annotations

import base64
from datetime import date

from counter_app.domain import codes
from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.errors import DomainError
from counter_app.services.groups import sheets
from sync.protocol.journals.copy_code import PREFIX, read_copy_code
from sync.protocol.meeting.file_pass import read_pass
from sync.protocol.refusals import Refusal
from tests.fuzz.target import Target
from tests.unit.protocol.examples import examples

CARDS = (
    "012086006812|045123456|HOÀNG VĂN SƠN TẬP HUẤN|14031986|Nam|Bản Nà Khan, Bình Lư|01072021",
    "012190000001||LÙ THỊ TẬP HUẤN|05061991|Nữ|Bản Nà Hum|15082022||VÀNG THỊ ẰNG|LÙ VĂN ẮN",
    "012190000001||LÙ THỊ TẬP HUẤN|1991|Nữ",
)
LISTS = (
    "STT\tHọ tên\tSố căn cước\r\n1\tLÙ TẬP HUẤN\t012190000001\r\n",
    '1;"a\nb";=1+1\n2;c\n',
)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _our_codes(data: bytes) -> None:
    """Every reader of a scanned text; ``classify_scan`` and ``parse_short`` never raise."""
    text = _text(data)
    codes.classify_scan(text)
    codes.parse_short(text)
    for parse in (codes.parse_provisional, codes.parse_receipt_code):
        try:
            parse(text)
        except DomainError:
            continue


def _copy_code_inside(data: bytes) -> object:
    """What lies behind the letters of a copy's code, so that the fields are reached."""
    return read_copy_code(PREFIX + base64.b32encode(data).decode().rstrip("="))


def _inside_of_a_copy_code() -> list[bytes]:
    letters = examples()["copy-code"].decode().removeprefix(PREFIX)
    return [base64.b32decode(letters + "=" * (-len(letters) % 8))]


def _examples_of_codes() -> list[bytes]:
    made = codes.provisional_code("00000", 2, 1, date(2026, 11, 20), 18)
    body = codes.RECEIPT_PREFIX + made.body
    receipt = body + codes.check_digit(body)
    found = (made.digits, made.grouped, "02-0018", receipt, "012086006812", CARDS[0])
    return [one.encode() for one in found]


TARGETS = (
    Target(
        "card-qr",
        lambda: lambda data: parse_card_qr(_text(data)),
        lambda: [one.encode() for one in CARDS],
        (DomainError,),
        (b"|", b"||", "Nữ".encode(), b"31022000", "\u0301".encode(), b"\0"),
    ),
    Target(
        "our-codes",
        lambda: _our_codes,
        _examples_of_codes,
        (),
        (b"-", b"20", b" ", "\u0663".encode(), "\u00b2".encode(), b"MC1:", b"000000"),
    ),
    Target(
        "copy-code",
        lambda: lambda data: read_copy_code(_text(data)),
        lambda: [examples()["copy-code"]],
        (Refusal,),
        (b"MC1:", b"MC2:", "\u0131".encode(), "ß".encode()),
    ),
    Target("copy-code-inside", lambda: _copy_code_inside, _inside_of_a_copy_code, (Refusal,)),
    Target(
        "file-pass",
        lambda: lambda data: read_pass(data.decode("latin-1")),
        lambda: [examples()["file-pass"]],
        (Refusal,),
        (b".", b"Counter ", b"\xb2", b"9" * 20, b"\n"),
    ),
    Target(
        "pasted-list",
        lambda: lambda data: sheets.read_text(_text(data)),
        lambda: [one.encode() for one in LISTS],
        (DomainError,),
        (b"\t", b'"', b"\r", b"\n", b";", b"\0"),
        weight=8,
        goal=1_000_000,
        modules=("counter_app.services.groups", "counter_app.domain"),
    ),
)
