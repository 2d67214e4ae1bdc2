"""Looking at a signed file: who, intact, tampered; time-stamps now and later."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import pytest

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Token
from counter_app.devices.tokens.ports import ChildTokens, FileToSign, TokenPin, sign_lot
from tests.support import soft_token
from tests.support.soft_token import NOON, PIN, SoftToken, a_pdf
from tests.support.stamping_service import stamping_service
from tests.unit.devices.tokens.conftest import PERSON, UNIT, mark


@pytest.fixture(scope="module")
def signed_once(made_token: SoftToken, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with two signatures, made once: every test looks at a copy, in a child of its own."""
    place = tmp_path_factory.mktemp("signed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(made_token.copy(place / "token").configuration))
        tokens = ChildTokens(
            soft_token.module_path(), roots=(made_token.authority.write(place / "root.pem"),)
        )
        (listed,) = tokens.tokens()
        marks = (mark(listed, PERSON), mark(listed, UNIT, "ToChuc"))
        file = FileToSign(a_pdf(place / "a.pdf"), str(place / "b.pdf"), marks, NOON)
        (result,) = sign_lot(tokens, [file], [TokenPin(listed.serial, PIN)])
    assert result.fault is None
    return place / "b.pdf"


@pytest.fixture
def signed(signed_once: Path, tmp_path: Path) -> Path:
    """A copy that this test may bend."""
    return Path(shutil.copy(signed_once, tmp_path / "b.pdf"))


def test_a_file_as_signed_is_not_tampered(tokens: ChildTokens, signed: Path) -> None:
    seen = tokens.inspect(str(signed), NOON)
    assert not seen.tampered
    assert len(seen.signatures) == 2


@pytest.mark.parametrize(
    "where",
    [b"stream\n", b"/FontName", b"/SubFilter", b"/MediaBox"],
)
def test_one_changed_byte_is_found(tokens: ChildTokens, signed: Path, where: bytes) -> None:
    data = bytearray(signed.read_bytes())
    data[data.index(where) + len(where) + 3] ^= 0x01
    signed.write_bytes(data)
    assert tokens.inspect(str(signed), NOON).tampered


def test_what_is_hung_behind_the_last_signature_is_found(tokens: ChildTokens, signed: Path) -> None:
    signed.write_bytes(signed.read_bytes() + b"\n% one more line\n")
    assert tokens.inspect(str(signed), NOON).tampered


def _turn_a_page(path: Path) -> None:
    """An incremental update that changes what is seen."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    with path.open("rb+") as file:
        writer: Any = IncrementalPdfFileWriter(file)
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        turned: Any = generic.NumberObject
        page["/Rotate"] = turned(90)
        writer.update_container(page)
        writer.write_in_place()


def test_a_page_changed_by_a_later_update_is_found(tokens: ChildTokens, signed: Path) -> None:
    _turn_a_page(signed)
    assert tokens.inspect(str(signed), NOON).tampered


def test_an_unsigned_file_has_no_signatures(tokens: ChildTokens, tmp_path: Path) -> None:
    seen = tokens.inspect(a_pdf(tmp_path / "plain.pdf"), NOON)
    assert seen.signatures == ()
    assert not seen.tampered


def test_without_a_root_nobody_is_trusted(tokens: ChildTokens, signed: Path) -> None:
    seen = dataclasses.replace(tokens, roots=()).inspect(str(signed), NOON)
    assert [one.trusted for one in seen.signatures] == [False, False]
    assert all(one.good for one in seen.signatures)


def test_a_certificate_after_its_end_is_not_trusted_any_more(tokens: ChildTokens, signed: Path) -> None:
    later = NOON + 90 * 86_400_000
    assert [one.trusted for one in tokens.inspect(str(signed), later).signatures] == [False, False]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"hello", b"%PDF-1.4\n" + b"[" * 5000])
def test_files_of_strangers_are_told_as_unreadable(tokens: ChildTokens, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "strange.pdf"
    path.write_bytes(data)
    with pytest.raises(TokenFault) as told:
        tokens.inspect(str(path), NOON)
    assert told.value.code == "file.unreadable"


def test_a_time_stamp_comes_with_the_signature_when_there_is_a_line(
    tokens: ChildTokens, token: SoftToken, listed: Token, tmp_path: Path
) -> None:
    with stamping_service(token.authority) as (address, asked):
        port = dataclasses.replace(tokens, tsa=address)
        file = FileToSign(a_pdf(tmp_path / "a.pdf"), str(tmp_path / "b.pdf"), (mark(listed, PERSON),), NOON)
        (result,) = sign_lot(port, [file], [TokenPin(listed.serial, PIN)])
    assert asked
    assert result.signed is not None
    assert (result.signed.stamped, result.signed.stamp_problem) == (True, "")
    (seen,) = tokens.inspect(file.target, 0).signatures
    assert seen.stamped_at > 0
    assert seen.good


def test_without_a_line_the_signature_stands_and_the_stamp_follows(
    tokens: ChildTokens, token: SoftToken, listed: Token, tmp_path: Path
) -> None:
    silent = dataclasses.replace(tokens, tsa="http://127.0.0.1:9/")
    files = [
        FileToSign(a_pdf(tmp_path / f"{n}.pdf"), str(tmp_path / f"s{n}.pdf"), (mark(listed, PERSON),), NOON)
        for n in range(2)
    ]
    results = list(sign_lot(silent, files, [TokenPin(listed.serial, PIN)]))
    assert [one.signed and one.signed.stamp_problem for one in results] == ["stamp.unreachable"] * 2
    first = Path(files[0].target).read_bytes()
    with pytest.raises(TokenFault):
        silent.stamp(files[0].target, files[0].target)
    assert Path(files[0].target).read_bytes() == first
    with stamping_service(token.authority) as (address, _):
        done = dataclasses.replace(tokens, tsa=address).stamp(files[0].target, files[0].target)
    assert done.stamped
    assert Path(files[0].target).read_bytes().startswith(first)
    seen = tokens.inspect(files[0].target, 0)
    assert not seen.tampered
    assert [one.document_stamp for one in seen.signatures] == [False, True]
    assert seen.signatures[1].stamped_at > 0


def test_the_organisation_does_not_sign_what_was_changed_behind_the_person(
    tokens: ChildTokens, listed: Token, tmp_path: Path
) -> None:
    first = FileToSign(a_pdf(tmp_path / "a.pdf"), str(tmp_path / "b.pdf"), (mark(listed, PERSON),), NOON)
    list(sign_lot(tokens, [first], [TokenPin(listed.serial, PIN)]))
    _turn_a_page(tmp_path / "b.pdf")
    second = FileToSign(first.target, str(tmp_path / "c.pdf"), (mark(listed, UNIT, "ToChuc"),), NOON)
    (result,) = sign_lot(tokens, [second], [TokenPin(listed.serial, PIN)])
    assert result.fault is not None
    assert result.fault.code == "file.unproved"
    assert not (tmp_path / "c.pdf").exists()
