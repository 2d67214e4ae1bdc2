"""The wheel: built, installed into another environment, started from another folder, with all its data."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import counter_app

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONSAFEPATH"}
    }
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without asking any registry."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--wheel",
        "--outdir",
        str(folder),
        str(ROOT),
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with only the wheel in it; libraries are lent by the one we run in."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv = folder / "venv"
    assert run(sys.executable, "-m", "venv", "--without-pip", str(venv), cwd=folder).returncode == 0
    python = venv / "bin" / "python"
    own = sysconfig.get_path("purelib", "venv", {"base": str(venv), "platbase": str(venv)})
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    done = run(*pip, cwd=folder)
    assert done.returncode == 0, done.stderr
    lent = sysconfig.get_path("purelib")
    # Plain paths only: a .pth of the lending environment (the editable project) is not followed from here.
    (Path(own) / "lent_libraries.pth").write_text(lent + "\n", encoding="utf-8")
    return python


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_code_and_data(wheel: Path) -> None:
    have = names(wheel)
    assert wheel.name.startswith(f"commune_counter-{counter_app.__version__}-py3-none-any")
    for name in (
        "counter_app/__init__.py",
        "counter_app/py.typed",
        "sync/py.typed",
        "sync/protocol/__init__.py",
    ):
        assert name in have, name
    assert "resources/fonts/NotoSans-Regular.ttf" in have
    assert "resources/fonts/PaperSerif-Regular.ttf" in have
    assert "resources/fonts/OFL-Noto.txt" in have
    assert "resources/icons/home.svg" in have
    assert "resources/icons/MIT-Tabler.txt" in have


def test_everything_below_our_packages_is_in_the_wheel(wheel: Path) -> None:
    have = names(wheel)
    for package in ("counter_app", "sync", "resources"):
        for path in (ROOT / package).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and "__pycache__" not in name and not name.endswith(".part"):
                assert name in have, name


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"counter_app", "sync", "resources"}
    licences = {name.split("/")[-1] for name in names(wheel) if "/licenses/" in name}
    assert {"LICENSE", "THIRD_PARTY.md"} <= licences


def test_the_installed_code_is_the_wheels(installed: Path, tmp_path: Path) -> None:
    done = run(
        str(installed), "-P", "-c", "import counter_app, resources; print(counter_app.__file__)", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(installed.parent.parent)


def test_data_are_found_in_the_installed_program(installed: Path, tmp_path: Path) -> None:
    code = (
        "from resources import open_resource as o; print(len(o('fonts', 'NotoSans-Bold.ttf').read_bytes()))"
    )
    done = run(str(installed), "-P", "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 50_000


@pytest.mark.skipif(
    not (ROOT / "counter_app" / "__main__.py").exists(), reason="the program has no start yet"
)
def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    done = run(str(installed), "-P", "-m", "counter_app", "--version", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert counter_app.__version__ in done.stdout


@pytest.mark.parametrize(
    ("module", "command", "words"),
    [
        (
            "counter_app/cli/app.py",
            "commune-counter",
            [
                "enrol",
                "status",
                "exchange",
                "bundle",
                "backup",
                "restore",
                "rebuild",
                "verify",
                "doctor",
                "export",
            ],
        ),
        (
            "sync/hub/cli.py",
            "commune-hub",
            ["serve", "unit", "device", "grant", "catalogue", "bundle", "verify"],
        ),
    ],
)
def test_the_installed_commands_explain_themselves(
    installed: Path, tmp_path: Path, module: str, command: str, words: list[str]
) -> None:
    if not (ROOT / module).exists():
        pytest.skip(f"{command} is not written yet")
    done = run(str(installed.parent / command), "--help", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [word for word in words if word not in done.stdout] == []
