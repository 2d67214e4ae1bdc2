"""Faults in words, states of a PIN, the list of certificates, the known modules, letters in a box."""

from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import msgspec
import pytest

from counter_app.devices.tokens import appearance, reading, signing
from counter_app.devices.tokens.certificates import WARN_DAYS, as_csv, certificate_rows
from counter_app.devices.tokens.faults import STOPS_LOT, WORDS, TokenFault
from counter_app.devices.tokens.messages import (
    Box,
    Failed,
    Mark,
    OpenToken,
    Token,
    TokenCertificate,
    read_answer,
    read_order,
    write,
)
from counter_app.devices.tokens.modules import Vendor, known_vendors, modules_here, usual_folders
from tests.support.soft_token import NOON

DAY = 86_400_000


def a_certificate(name: str, ends: int, *, authority: bool = False) -> TokenCertificate:
    return TokenCertificate(
        key_id="01", fingerprint=f"{ends:064x}", subject=name, organisation="UBND xã tập huấn", issuer="CA",
        serial="1f", valid_from=NOON - 300 * DAY, valid_to=ends, authority=authority,
    )  # fmt: skip


def a_token(*certificates: TokenCertificate) -> Token:
    return Token(serial="T1", label="x", maker="m", model="m", certificates=certificates)


@pytest.mark.parametrize("code", sorted(WORDS))
def test_every_fault_says_what_it_means_and_what_to_do_in_both_languages(code: str) -> None:
    fault = TokenFault(code)
    for language in ("vi", "en"):
        words = fault.words(language)
        assert words.title
        assert words.meaning
        assert words.remedy
        assert words.sentence == unicodedata.normalize("NFC", words.sentence)
    assert fault.words("vi") != fault.words("en")
    assert fault.stops_lot == (code in STOPS_LOT)


def test_what_a_child_of_another_version_says_becomes_a_known_fault() -> None:
    assert TokenFault("token.new_one").code == "token.failed"


@pytest.mark.parametrize(
    ("flag", "state"),
    [(0, "ok"), (0x10000, "low"), (0x20000, "final"), (0x30000, "final"), (0x70000, "locked")],
)
def test_tries_left_are_told_as_far_as_the_token_tells(flag: int, state: str) -> None:
    pytest.importorskip("pkcs11")
    assert reading.pin_state(flag) == state


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("PinIncorrect", "ok", "pin.wrong"), ("PinIncorrect", "low", "pin.wrong_low"),
        ("PinIncorrect", "final", "pin.wrong_final"), ("PinIncorrect", "locked", "pin.locked"),
        ("PinLocked", "ok", "pin.locked"), ("PinLenRange", "ok", "pin.wrong"),
        ("PinExpired", "ok", "pin.expired"),
        ("DeviceRemoved", "ok", "token.pulled"), ("GeneralError", "ok", "token.failed"),
        ("MemoryError", "ok", "token.failed"),
    ],
)  # fmt: skip
def test_a_refused_sign_in(name: str, state: str, code: str) -> None:
    error = type(name, (RuntimeError,), {})()
    assert reading.wrong_pin(error, state).code == code  # type: ignore[arg-type]


def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TokenFault) as told:
        signing._kept(b"new", str(target), stamped=False, problem="")
    assert told.value.code == "file.full"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert target.read_bytes() == b"old"


def test_certificates_by_their_end_with_the_days_left() -> None:
    token = a_token(
        a_certificate("long", NOON + 200 * DAY), a_certificate("soon", NOON + WARN_DAYS * DAY),
        a_certificate("later", NOON + (WARN_DAYS + 1) * DAY), a_certificate("over", NOON - 1),
        a_certificate("authority", NOON, authority=True),
    )  # fmt: skip
    rows = certificate_rows([token], NOON)
    assert [(row.certificate.subject, row.days, row.ends_soon, row.ended) for row in rows] == [
        ("over", -1, False, True), ("soon", 30, True, False), ("later", 31, False, False),
        ("long", 200, False, False),
    ]  # fmt: skip


def test_the_list_of_certificates_is_no_formula() -> None:
    text = as_csv(certificate_rows([a_token(a_certificate('=cmd|"/c calc"', NOON))], NOON)).decode(
        "utf-8-sig"
    )
    head, line = text.splitlines()
    assert head.startswith("Người / tổ chức,")
    assert line.startswith("\"'=cmd")
    assert line.endswith("23/11/2026,0")


def test_known_modules_are_a_start_and_named_unverified(tmp_path: Path) -> None:
    vendors = known_vendors()
    assert {vendor.platform for vendor in vendors} == {"win32", "linux"}
    assert all(os.sep not in name and "/" not in name for vendor in vendors for name in vendor.names)
    (tmp_path / "b.so").write_bytes(b"")
    mine = (Vendor("one", "linux", ("a.so", "b.so")), Vendor("other", "win32", ("b.so",)))
    found = modules_here((*mine, Vendor("two", "linux", ("b.so",))), [tmp_path, tmp_path / "no"], "linux")
    assert [(one.vendor, one.path) for one in found] == [("one", str(tmp_path / "b.so"))]
    assert usual_folders("win32")[0].name == "System32"


@pytest.mark.parametrize(
    "line",
    [b"", b"[]", b'{"type":"open","token":"x","pin_bytes":257}', b'{"type":"steal"}', b"\xff", b"[" * 4000,
     b'{"type":"sign","source":"a","target":"b","marks":[],"at":0}'],
)  # fmt: skip
def test_what_is_no_order_is_refused(line: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError, RecursionError)):
        read_order(line)


def test_messages_come_back_as_they_went() -> None:
    assert read_order(write(OpenToken(token="T", pin_bytes=6))) == OpenToken(token="T", pin_bytes=6)
    assert read_answer(write(Failed(code="pin.wrong"))) == Failed(code="pin.wrong")


@pytest.mark.parametrize(
    "box", [Box(width=200, height=60), Box(width=90, height=30), Box(width=60, height=14)]
)
def test_the_lines_of_a_mark_stand_inside_its_box(box: Box) -> None:
    lines = ("Lường Thị Hường", "Phó Chủ tịch Ủy ban nhân dân xã tập huấn", "Ngày ký: 23/11/2026 12:00")
    size, parts = appearance.fitted(lines, box.width - 10, box.height - 10)
    assert parts
    assert len(parts) * size <= max(box.height, 14)
    mark = Mark(token="T", key_id="01", fingerprint="00", field="A", lines=lines, box=box)
    assert appearance.drawn(mark).startswith(b"%PDF")
