"""``commune-counter check``: a picture and a list are enough; every list that does not count is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from PIL import Image

from counter_app.cli.app import IMPOSSIBLE, OK, REFUSED, WRONG, main
from counter_app.clock import SystemClock
from sync.protocol.journals.check_list import CheckList, write_check_list
from sync.protocol.journals.copy_code import write_copy_code
from tests.unit.protocol.examples import CODE, COUNTER, HUB, LISTED


def listed(folder: Path, **changed: object) -> Path:
    """The example's list, good for a month from now."""
    now = SystemClock().now()
    made: CheckList = msgspec.structs.replace(LISTED, issued=now, expires=now + 31 * 86_400_000, **changed)
    path = folder / "tinh.mcl"
    path.write_bytes(write_check_list(made, HUB))
    return path


def picture(folder: Path, text: str) -> Path:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    path = folder / f"{abs(hash(text))}.png"
    Image.fromarray(made.to_image(scale=4)).save(path)
    return path


def run(capsys: pytest.CaptureFixture[str], path: Path, *pictures: Path, key: str = HUB.public.hex()):
    code = main(["check", "--json", "--list", str(path), "--key", key, "--picture", *map(str, pictures)])
    said = capsys.readouterr().out
    return code, json.loads(said) if said else None


def test_a_valid_and_a_struck_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = picture(tmp_path, write_copy_code(CODE, COUNTER))
    struck = picture(tmp_path, write_copy_code(msgspec.structs.replace(CODE, number=1777), COUNTER))
    path = listed(tmp_path)
    code, (told,) = run(capsys, path, good)
    assert (code, told["kind"], told["number"]) == (OK, "valid", "1776/2026")
    assert told["words"] == "Chữ ký đúng: số 1776/2026, Xã Bình Lư."
    code, told = run(capsys, path, good, struck)
    assert (code, [one["kind"] for one in told]) == (WRONG, ["valid", "struck"])


def test_a_picture_without_a_code_is_not_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank, broken = tmp_path / "trang.png", tmp_path / "hong.png"
    Image.new("L", (80, 80), 255).save(blank)
    broken.write_bytes(io.BytesIO(b"\x89PNG rubbish").getvalue())
    code, told = run(capsys, listed(tmp_path), blank, broken)
    assert (code, [one["kind"] for one in told]) == (WRONG, ["not_a_copy", "not_a_copy"])


def test_lists_that_do_not_count_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, path = picture(tmp_path, write_copy_code(CODE, COUNTER)), listed(tmp_path)
    assert run(capsys, path, copy, key=COUNTER.public.hex())[1]["error"] == "list.hub-unknown"
    assert run(capsys, path, copy, key="abc")[1]["error"] == "check.key"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert run(capsys, path, copy)[1]["error"] == "list.not-authentic"
    path.write_bytes(write_check_list(msgspec.structs.replace(LISTED, issued=1, expires=2), HUB))
    code, told = run(capsys, path, copy)
    assert (code, told["error"]) == (REFUSED, "list.expired")
    assert run(capsys, tmp_path / "missing.mcl", copy)[0] == IMPOSSIBLE
