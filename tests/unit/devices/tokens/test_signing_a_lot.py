"""Lots signed by a real PKCS#11 module (SoftHSM2): the signed prove themselves, the rest stays retryable."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Box, Mark, Token
from counter_app.devices.tokens.ports import ChildTokens, FileResult, FileToSign, TokenPin, sign_lot
from tests.support import soft_token
from tests.support.soft_token import NOON, PIN, SoftToken, a_pdf
from tests.unit.devices.tokens.conftest import CURVE, ENDED, PERSON, UNIT, mark


def lot(folder: Path, count: int, *marks: Mark) -> list[FileToSign]:
    """``count`` files of their own words, to be signed into ``signed``."""
    (folder / "signed").mkdir(exist_ok=True)
    return [
        FileToSign(
            a_pdf(folder / f"{n}.pdf", f"Ban sao {n} trang"), str(folder / "signed" / f"{n}.pdf"), marks, NOON
        )
        for n in range(count)
    ]


def pins(token: Token, pin: str = PIN) -> list[TokenPin]:
    return [TokenPin(token.serial, pin)]


def codes(results: list[FileResult]) -> list[str]:
    return ["signed" if one.fault is None else one.fault.code for one in results]


def test_twenty_files_are_signed_and_prove_themselves(
    tokens: ChildTokens, listed: Token, tmp_path: Path
) -> None:
    files = lot(tmp_path, 20, mark(listed, PERSON))
    results = list(sign_lot(tokens, files, pins(listed)))
    assert codes(results) == ["signed"] * 20
    assert len({one.signed.sha256 for one in results if one.signed}) == 20
    for file, result in zip(files, results, strict=True):
        data = Path(file.target).read_bytes()
        assert result.signed is not None
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (result.signed.sha256, result.signed.size)
        assert data.startswith(Path(file.source).read_bytes()), "signing only appends"
    seen = tokens.inspect(files[19].target, NOON)
    assert [(one.subject, one.trusted, one.good) for one in seen.signatures] == [
        ("Người ký tập huấn", True, True)
    ]
    assert not seen.tampered


@pytest.mark.skipif(
    shutil.which("pdfsig") is None, reason="pdfsig is missing (apt-get install poppler-utils)"
)
def test_another_program_finds_both_signatures_valid(
    tokens: ChildTokens, listed: Token, tmp_path: Path
) -> None:
    (file,) = lot(tmp_path, 1, mark(listed, PERSON), mark(listed, UNIT, "ToChuc", role="organisation"))
    assert codes(list(sign_lot(tokens, [file], pins(listed)))) == ["signed"]
    told = subprocess.run(
        ["pdfsig", "-nocert", file.target], capture_output=True, text=True, timeout=60, check=True
    )
    assert told.stdout.count("Signature is Valid") == 2
    assert "Total document signed" in told.stdout
    broken = bytearray(Path(file.target).read_bytes())
    broken[200] ^= 1
    Path(file.target).write_bytes(broken)
    told = subprocess.run(
        ["pdfsig", "-nocert", file.target], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Signature is Valid" not in told.stdout


def test_the_organisation_signs_behind_the_person_and_both_are_seen(
    tokens: ChildTokens, listed: Token, tmp_path: Path
) -> None:
    second = mark(listed, UNIT, "ToChuc", role="organisation", box=Box(page=0, left=300))
    (file,) = lot(tmp_path, 1, mark(listed, PERSON), second)
    list(sign_lot(tokens, [file], pins(listed)))
    seen = tokens.inspect(file.target, NOON).signatures
    assert [one.field for one in seen] == ["NguoiKy", "ToChuc"]
    assert all(one.good and one.trusted and one.signed_at == NOON for one in seen)
    page = pypdfium2.PdfDocument(file.target)
    page.init_forms()
    picture = page[0].render(scale=2, may_draw_forms=True).to_pil().convert("RGB")
    colours = {pixel for _, pixel in picture.getcolors(1 << 20)}
    assert any(b > 120 and r < 60 for r, g, b in colours), "the person's is blue"
    assert any(r > 150 and b < 90 for r, g, b in colours), "the organisation's is red"


def test_the_organisation_may_sign_later(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    (file,) = lot(tmp_path, 1, mark(listed, PERSON))
    list(sign_lot(tokens, [file], pins(listed)))
    first = Path(file.target).read_bytes()
    later = FileToSign(file.target, file.target, (mark(listed, UNIT, "ToChuc", role="organisation"),), NOON)
    assert codes(list(sign_lot(tokens, [later], pins(listed)))) == ["signed"]
    assert Path(file.target).read_bytes().startswith(first)
    assert not tokens.inspect(file.target, NOON).tampered


def test_a_key_on_a_curve_signs_too(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    (file,) = lot(tmp_path, 1, mark(listed, CURVE))
    assert codes(list(sign_lot(tokens, [file], pins(listed)))) == ["signed"]
    assert tokens.inspect(file.target, NOON).signatures[0].trusted


def test_a_wrong_pin_signs_nothing_and_says_so(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    files = lot(tmp_path, 3, mark(listed, PERSON))
    results = list(sign_lot(tokens, files, pins(listed, "11112222")))
    assert all(code.startswith("pin.wrong") for code in codes(results))
    assert not any(one.tried for one in results)
    assert not list((tmp_path / "signed").iterdir())
    assert results[0].fault is not None
    assert "11112222" not in str(results[0].fault) + repr(results[0]) + repr(pins(listed, "11112222"))
    assert codes(list(sign_lot(tokens, files, pins(listed)))) == ["signed"] * 3


def test_a_token_pulled_in_the_midst_leaves_the_rest_for_later(
    tokens: ChildTokens, token: SoftToken, listed: Token, tmp_path: Path
) -> None:
    files = lot(tmp_path, 6, mark(listed, PERSON))
    results = []
    for result in sign_lot(tokens, files, pins(listed)):
        results.append(result)
        if len(results) == 3:
            token.pull()
    assert codes(results) == ["signed"] * 3 + ["token.pulled"] * 3
    assert [one.tried for one in results] == [True] * 4 + [False] * 2
    assert sorted(path.name for path in (tmp_path / "signed").iterdir()) == ["0.pdf", "1.pdf", "2.pdf"]
    before = [Path(file.target).read_bytes() for file in files[:3]]
    token.plug()
    again = [one.file for one in results if one.fault is not None]
    assert codes(list(sign_lot(tokens, again, pins(listed)))) == ["signed"] * 3
    assert [Path(file.target).read_bytes() for file in files[:3]] == before


def test_an_ended_certificate_signs_nothing(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    files = lot(tmp_path, 2, mark(listed, ENDED))
    assert codes(list(sign_lot(tokens, files, pins(listed)))) == ["certificate.expired"] * 2
    assert not list((tmp_path / "signed").iterdir())


def test_the_faults_of_one_file_stay_with_it(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    files = lot(tmp_path, 4, mark(listed, PERSON))
    Path(files[1].source).unlink()
    Path(files[2].source).write_bytes(b"%PDF-1.7\nnothing that follows is one")
    assert codes(list(sign_lot(tokens, files, pins(listed)))) == [
        "signed", "file.missing", "file.unreadable", "signed",
    ]  # fmt: skip


def test_nobody_signs_twice_in_one_field(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    (file,) = lot(tmp_path, 1, mark(listed, PERSON))
    list(sign_lot(tokens, [file], pins(listed)))
    again = FileToSign(file.target, str(tmp_path / "again.pdf"), file.marks, NOON)
    assert codes(list(sign_lot(tokens, [again], pins(listed)))) == ["file.field_used"]
    assert not (tmp_path / "again.pdf").exists()


def test_a_folder_that_is_not_there_is_told(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    file = FileToSign(
        a_pdf(tmp_path / "a.pdf"), str(tmp_path / "no" / "a.pdf"), (mark(listed, PERSON),), NOON
    )
    assert codes(list(sign_lot(tokens, [file], pins(listed)))) == ["file.unwritable"]


def test_a_key_that_is_not_on_the_token(tokens: ChildTokens, listed: Token, tmp_path: Path) -> None:
    files = lot(tmp_path, 1, msgspec.structs.replace(mark(listed, PERSON), key_id="ffff"))
    assert codes(list(sign_lot(tokens, files, pins(listed)))) == ["token.no_key"]


def test_an_empty_reader_and_a_missing_module(
    tokens: ChildTokens, token: SoftToken, listed: Token, tmp_path: Path
) -> None:
    files = lot(tmp_path, 2, mark(listed, PERSON))
    token.pull()
    assert tokens.tokens() == ()
    assert codes(list(sign_lot(tokens, files, pins(listed)))) == ["token.absent"] * 2
    for module in ("", str(tmp_path / "none.so")):
        with pytest.raises(TokenFault) as told:
            ChildTokens(module).tokens()
        assert told.value.code == "token.module_missing"


def test_certificates_are_told_apart_by_id_though_all_have_one_label(listed: Token) -> None:
    assert len({one.key_id for one in listed.certificates}) == 4
    assert {one.issuer for one in listed.certificates} == {"CA tập huấn"}
    assert soft_token.PIN not in repr(listed)
