"""The application's zip: the same bytes each time, and Python runs it."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
import zipfile
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

import pytest

from installers.bundle import application
from installers.bundle.application import BuildFault, bytecode, digest_of, version_of, write_application

ROOT = Path(__file__).resolve().parents[3]
MAIN = "import sys\n\ndef main():\n    print('{}', *sys.argv[1:])\n    return {}\n"
SOURCE = b'MARKS = ["\\x07", "a:"]\ndef told(one):\n    return one in {"a", "b"}\n'


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small product: three packages, a font, something that must not be shipped."""
    root = tmp_path / "sources"
    files = {
        "counter_app/__init__.py": '__version__ = "1.2.3"\n',
        "counter_app/main.py": MAIN.format("window", 0),
        "counter_app/cli/__init__.py": "",
        "counter_app/cli/app.py": MAIN.format("command", 3),
        "counter_app/__pycache__/main.cpython-311.pyc": "left over",
        "sync/__init__.py": "",
        "resources/__init__.py": "",
        "resources/fonts/NotoSans-Regular.ttf": "a font",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-P", *words], capture_output=True, text=True, check=False)


def test_python_runs_window_and_commands_from_the_zip(sources: Path, tmp_path: Path) -> None:
    made = str(write_application(sources, tmp_path))
    assert run(made, "--practice").stdout == "window --practice\n"
    command = run(made, "cli", "status", "--json")
    assert (command.returncode, command.stdout) == (3, "command status --json\n")


def test_it_is_stored_and_carries_no_left_over(sources: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(write_application(sources, tmp_path)) as archive:
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        names = archive.namelist()
    assert not [name for name in names if "__pycache__" in name]
    assert {"counter_app/main.py", "counter_app/main.pyc", "resources/fonts/NotoSans-Regular.ttf"} <= set(
        names
    )


def test_times_and_order_of_the_disk_do_not_show(sources: Path, tmp_path: Path) -> None:
    one = digest_of(write_application(sources, tmp_path))
    for path in sources.rglob("*.py"):
        os.utime(path, (1, 1))
    (tmp_path / "again").mkdir()
    assert digest_of(write_application(sources, tmp_path / "again")) == one


def test_another_version_stands_in_for_the_sources(sources: Path, tmp_path: Path) -> None:
    made = write_application(sources, tmp_path, "9.0.0")
    assert made.name == "app-9.0.0.zip"
    with zipfile.ZipFile(made) as archive:
        assert archive.read("counter_app/__init__.py") == b'__version__ = "9.0.0"\n'


def test_two_processes_make_the_same_bytecode(tmp_path: Path) -> None:
    """Each has its own order of hashes, and interned other strings than the other."""
    call = f"from installers.bundle.application import bytecode; print(bytecode({SOURCE!r}, 'a.py').hex())"
    made = {
        subprocess.run(
            [sys.executable, "-c", f"{more}{call}"], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed, more in (("1", ""), ("2", "import sys; kept = sys.intern(chr(7)); "), ("3", ""))
    }  # fmt: skip
    assert len(made) == 1


def test_bytecode_is_taken_without_its_source_and_names_no_folder() -> None:
    made = bytecode(SOURCE, "counter_app/a.py")
    assert made[:4] == MAGIC_NUMBER
    assert int.from_bytes(made[4:8], "little") == 0b01, "known by hash, not compared"
    assert made[8:16] == source_hash(SOURCE)
    assert marshal.loads(made[16:]).co_filename == "counter_app/a.py"


def test_without_fonts_nothing_is_made(sources: Path, tmp_path: Path) -> None:
    (sources / "resources/fonts/NotoSans-Regular.ttf").unlink()
    with pytest.raises(BuildFault, match="build_assets"):
        write_application(sources, tmp_path)


def test_another_python_does_not_compile_for_this_one(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "TARGET", (3, 99))
    with pytest.raises(BuildFault, match=r"3\.99"):
        write_application(sources, tmp_path)


def test_the_version_is_read_from_the_sources() -> None:
    import counter_app

    assert version_of(ROOT) == counter_app.__version__
