"""The first journey: the scripted day as `make run` plays it, and its twin that never has a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLAY = "import sys; from pathlib import Path; from counter_app.practice.day import script; {code}"


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own: the day owns its windows and its message handler."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=540, check=False
    )


def played(code: str, out: Path) -> subprocess.CompletedProcess[str]:
    """Plays steps named in ``code``, which sets ``result``."""
    whole = PLAY.format(code=code) + "; sys.exit(script.play(Path(sys.argv[1]), steps))"
    return python("-c", whole, str(out))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_day_is_played_to_its_end(tmp_path: Path) -> None:
    done = python("-m", "counter_app", "--practice", "--play-day", "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    told = (tmp_path / "day.txt").read_text(encoding="utf-8")
    said = ("98.000 đ", "27 phiếu", "1776–1803", "gạch số", "chưa rõ", "giải trình", "Hết ngày",
            "thiếu giấy chứng sinh", "văn bản của người làm chứng", "khi không có mạng", "mẫu 03",
            "xin lỗi và hẹn lại", "nhận Giấy khai sinh", "mất giấy hẹn", "trạng thái Cổng")  # fmt: skip
    for words in said:
        assert words in told
    assert "HỎNG" not in told
    assert len(list((tmp_path / "papers").rglob("*.pdf"))) > 50
    pictures = list((tmp_path / "screens").glob("*.png"))
    assert len(pictures) >= 12
    assert all(picture.stat().st_size > 10_000 for picture in pictures)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_its_twin_never_has_a_line(tmp_path: Path) -> None:
    done = played("steps = script.WITHOUT_LINE", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tỉnh nhận bằng tệp" in done.stdout
    assert "Có đường truyền" not in done.stdout
    assert "5 hồ sơ: quá trình và trạng thái Cổng ở tỉnh và ở QUẦY-01 như nhau." in done.stdout


@pytest.mark.timeout(300)
def test_a_check_that_fails_ends_the_day_with_words_and_a_code(tmp_path: Path) -> None:
    code = (
        "from counter_app.practice.day.failures import check; "
        "bad = lambda stage: check(False, 'két thiếu tiền'); bad.__name__ = 'bad'; "
        "never = lambda stage: stage.say('KHONG BAO GIO'); steps = (bad, never)"
    )
    done = played(code, tmp_path)
    assert done.returncode == 1
    assert "HỎNG" in done.stdout
    assert "két thiếu tiền" in done.stdout
    assert "KHONG BAO GIO" not in done.stdout


@pytest.mark.timeout(300)
def test_a_fault_of_the_program_ends_the_day_too(tmp_path: Path) -> None:
    done = played("steps = (lambda stage: 1 / 0,)", tmp_path)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
