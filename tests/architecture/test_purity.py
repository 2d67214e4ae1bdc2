"""What import contracts cannot say: domain and protocol without I/O and clock, Qt only where it may live."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE_WORLD = {
    "asyncio", "ftplib", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random",
    "secrets", "select", "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "tempfile",
    "threading", "time", "urllib",
}  # fmt: skip
DOMAIN_LIBRARIES = {"msgspec"}
QT_MAY_LIVE_IN = (
    "counter_app/ui/",
    "counter_app/devices/",
    "counter_app/composition/",
    "counter_app/practice/day/",
)
QT_FILES = {
    "counter_app/main.py",
    "counter_app/composition.py",
    "counter_app/__main__.py",
}
CLOCK_READINGS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time"),
    ("time", "time_ns"), ("QDateTime", "currentDateTime"), ("QDate", "currentDate"), ("QTime", "currentTime"),
    ("QDateTime", "currentMSecsSinceEpoch"), ("QDateTime", "currentDateTimeUtc"),
}  # fmt: skip
TIMELESS = (
    "counter_app/domain",
    "counter_app/services",
    "counter_app/printing",
    "counter_app/ui",
    "sync/protocol",
)


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def impure(text: str) -> list[str]:
    """Imports a domain module may not have."""
    found = []
    for line, name in imports(ast.parse(text)):
        top = name.split(".")[0]
        own = name.startswith(("counter_app.domain", "sync.protocol"))
        allowed = (
            own or top in DOMAIN_LIBRARIES or (top in sys.stdlib_module_names and top not in OUTSIDE_WORLD)
        )
        if not allowed:
            found.append(f"{line}: {name}")
    return found


def clock_readings(text: str) -> list[str]:
    """Places that ask the machine what time it is."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).split(".")[-1]
            if (owner, node.attr) in CLOCK_READINGS:
                found.append(f"{node.lineno}: {owner}.{node.attr}")
    return found


def opens_files(text: str) -> list[str]:
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    names = [(call.lineno, ast.unparse(call.func)) for call in calls]
    return [f"{line}: {name}" for line, name in names if name in {"open", "print", "input", "exec", "eval"}]


@pytest.mark.parametrize(
    "bad", ["import os", "import sqlalchemy", "from time import time", "import counter_app.storage.engine"]
)
def test_impure_imports_are_seen(bad: str) -> None:
    assert impure(bad)


@pytest.mark.parametrize(
    "good",
    ["import msgspec", "from sync.protocol.naming.ids import EntryId", "import datetime", "from .x import y"],
)
def test_pure_imports_are_allowed(good: str) -> None:
    assert not impure(good)


@pytest.mark.parametrize(
    "bad", ["datetime.now()", "import time\ntime.time()", "QtCore.QDateTime.currentDateTime()"]
)
def test_reading_the_clock_is_seen(bad: str) -> None:
    assert clock_readings(bad)


def test_domain_is_pure() -> None:
    found = {
        str(path.relative_to(ROOT)): impure(path.read_text("utf-8")) for path in sources("counter_app/domain")
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("folder", ["counter_app/domain", "sync/protocol"])
def test_pure_code_opens_and_prints_nothing(folder: str) -> None:
    found = {str(path.relative_to(ROOT)): opens_files(path.read_text("utf-8")) for path in sources(folder)}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("folder", TIMELESS)
def test_time_comes_in_as_an_argument(folder: str) -> None:
    found = {str(path.relative_to(ROOT)): clock_readings(path.read_text("utf-8")) for path in sources(folder)}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_qt_lives_in_the_screens_and_device_adapters_only() -> None:
    found = []
    for package in ("counter_app", "sync", "resources"):
        for path in sources(package):
            name = path.relative_to(ROOT).as_posix()
            if name.startswith(QT_MAY_LIVE_IN) or name in QT_FILES:
                continue
            found += [
                f"{name}:{line}"
                for line, what in imports(ast.parse(path.read_text("utf-8")))
                if what.startswith("PySide6")
            ]
    assert found == []


def test_view_models_know_no_widgets() -> None:
    found = []
    for path in sources("counter_app/ui"):
        if path.name in {"view_model.py", "rows.py"}:
            names = [what for _, what in imports(ast.parse(path.read_text("utf-8")))]
            found += [f"{path.parent.name}/{path.name}: {what}" for what in names if "QtWidgets" in what]
    assert found == []
