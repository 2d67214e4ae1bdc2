"""The bundle: readable, small, and without any citizen, wherever one was written before."""

from __future__ import annotations

import ast
import io
import json
import logging
import shutil
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.exchange.pill import LineFacts
from counter_app.services.ports.technician import CheckRow
from counter_app.services.technician.diagnostics import bundle, crash_lines, log_lines, program_log, sections
from counter_app.services.technician.diagnostics.bundle import Diagnostics, pack
from counter_app.services.technician.diagnostics.program_log import ProgramLog
from counter_app.storage.this_pc import device, local
from tests.support import canaries as c
from tests.support.counter import Counter, form, make_counter, person

ROOT = Path(__file__).parents[4]


@dataclass
class FakeLine:
    """How the line stands."""

    facts: LineFacts = field(default_factory=LineFacts)


def doctor() -> tuple[CheckRow, ...]:
    """Lines as a careless check could word them."""
    return (
        CheckRow("store", "database", "Kho", "good", f"{c.NAME} {c.CARD}", c.PHONE),
        CheckRow("printers", "printer", c.WINDOW, "look", c.WINDOW, c.OFFICIAL),
        CheckRow(c.OFFICIAL, "printer", "lạ", "look", ""),
    )


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    made = make_counter(tmp_path_factory.mktemp("quay"))
    yield made
    made.close()


@pytest.fixture
def home(counter: Counter) -> Iterator[Path]:
    folder = counter.work.papers_folder.parent
    yield folder
    shutil.rmtree(folder / program_log.FOLDER, ignore_errors=True)


@pytest.fixture
def log(home: Path) -> Iterator[ProgramLog]:
    made = program_log.begin(home)
    assert made is not None
    yield made
    made.end()


@pytest.fixture
def diagnostics(counter: Counter) -> Diagnostics:
    return Diagnostics(counter.work, FakeLine(), doctor)  # type: ignore[arg-type]


def page(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def fails() -> None:
    """What a bug in an intake raises."""
    raise ValueError(f"no such person {c.NAME} {c.CARD}")


def plant_everywhere(counter: Counter, home: Path) -> None:
    """A citizen in store, drafts, settings, log lines, exceptions, crash file; secrets in settings."""
    counter.areas.copies.commit(form("gks 1x2", who=person(c.NAME, c.CARD, address=c.ADDRESS, phone=c.PHONE)))
    with counter.store.write() as connection:
        local.save_draft(connection, None, "copies", "", f"{c.NAME} {c.CARD}".encode(), counter.clock.now())
        planted = {
            "support.words": f"{c.OFFICIAL} {c.PHONE}", "backup.folder": f"/media/{c.OFFICIAL}",
            "line.proxy": f"http://{c.TOKEN}@p", "lan.port": c.CARD, "screen.theme": c.NAME,
            "ticket.draft": c.NAME, f"backup.verified.{c.NAME}": "1", c.OFFICIAL: c.TOKEN,
            "hub.token": c.TOKEN, "printer.a4": c.WINDOW, "screen.scale": c.PHONE,
        }  # fmt: skip
        for name, value in planted.items():
            device.put_setting(connection, name, value)
    own, other = logging.getLogger("counter_app.services.x"), logging.getLogger(f"lib.{c.OFFICIAL}")
    own.warning("figures of the frame: %s", c.NAME)
    own.error(f"{c.NAME} could not be printed on {c.WINDOW}")
    other.error("%s %s", c.CARD, c.TOKEN)
    own.warning({"name": c.NAME})  # type: ignore[arg-type]
    logging.getLogger(f"counter_app.{c.OFFICIAL}").warning("x", extra={"name_of": c.NAME})
    try:
        fails()
    except ValueError as error:
        own.error("unexpected error", exc_info=error)
        own.error("unexpected error", exc_info=DomainError(c.NAME, code=c.TOKEN))
        own.error("unexpected error", exc_info=type(c.OFFICIAL, (ValueError,), {})(c.PASSWORD))
    logs = home / program_log.FOLDER
    with (logs / program_log.FILE).open("a", encoding="utf-8") as file:
        file.write(
            f'{c.NAME} {c.CARD}\n{{"at": 1, "level": "ERROR", "what": "{c.NAME}", "x": "{c.PHONE}"}}\n'
        )
        file.write(json.dumps({"at": int(c.CARD), "level": c.NAME}) + "\n")
    (logs / program_log.CRASHES).write_text(
        f'Fatal Python error: {c.NAME}\nFatal Python error: Segmentation fault\n'
        f'Current thread 0x00007f (most recent call first):\n'
        f'  File "/home/{c.OFFICIAL}/counter_app/x.py", line 4 in {c.TOKEN}\n'
        f'  File "{ROOT}/counter_app/main.py", line 40 in show\n'
        f'  File "C:\\Users\\{c.OFFICIAL}\\sync\\{c.NAME}.py", line 4 in run\n', encoding="utf-8",
    )  # fmt: skip


def test_no_canary_is_in_the_bundle(
    counter: Counter, home: Path, log: ProgramLog, diagnostics: Diagnostics
) -> None:
    plant_everywhere(counter, home)
    data = diagnostics.make()
    assert c.seen_in(data) == []
    for name in home.rglob("*"):
        assert not any(canary in name.name for canary in c.CANARIES)
    assert c.NAME.encode() not in b"".join(
        line.encode() for line in (home / "logs" / "program.jsonl").read_text("utf-8").splitlines()[:-3]
    )
    assert "store: good" in page(data, "doctor.txt") or "good: store" in page(data, "doctor.txt")
    assert '"what": "figures of the frame: %s"' in page(data, "log.jsonl")
    assert "test_diagnostics" not in page(data, "log.jsonl")
    assert "Segmentation fault" in page(data, "crashes.txt")
    assert "counter_app/main.py:40 show" in page(data, "crashes.txt")
    assert "line.proxy: set" in page(data, "settings.txt")


@pytest.mark.parametrize("canary", c.CANARIES)
def test_the_search_finds_a_canary_in_each_writing(canary: str) -> None:
    for writing in c.writings(canary):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("log.jsonl", b'{"x": "' + writing + b'"}')
        assert canary in c.seen_in(packed.getvalue())


def test_planted_fault_a_log_that_fills_in_its_words(
    counter: Counter, home: Path, log: ProgramLog, diagnostics: Diagnostics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(log_lines._FORMS, "what", lambda value: isinstance(value, str))
    real = log_lines.fields_of
    monkeypatch.setattr(program_log, "fields_of", lambda r: {**real(r), "what": r.getMessage()})
    logging.getLogger("counter_app.x").warning("figures of the frame: %s", c.NAME)
    assert c.seen_in(diagnostics.make()) == [c.NAME]


def test_planted_fault_the_words_of_a_check(
    counter: Counter, home: Path, diagnostics: Diagnostics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "doctor", lambda rows: [f"{row.code}: {row.words}" for row in rows])
    assert c.NAME in c.seen_in(diagnostics.make())


def test_a_bundle_tells_what_a_technician_asks_first(counter: Counter, diagnostics: Diagnostics) -> None:
    data = diagnostics.make()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert file.namelist() == [
            "README.txt", "about.txt", "versions.txt", "settings.txt", "doctor.txt", "journals.txt",
            "sync.txt", "counts.txt", "disk.txt", "timings.txt", "crashes.txt", "log.jsonl", "SHA256SUMS",
        ]  # fmt: skip
    assert "unit: 00000" in page(data, "about.txt")
    assert "program: " in page(data, "versions.txt")
    with counter.store.read() as connection:
        entries = connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()
    assert f"entries: {entries}\n" in page(data, "counts.txt")
    assert f"entry {entries} head " in page(data, "journals.txt")
    assert f"waiting: {entries}\n" in page(data, "sync.txt")


def test_a_bundle_stays_below_a_megabyte_whatever_is_in_the_log() -> None:
    chance = __import__("random").Random(7)
    noise = [chance.randbytes(60).hex() for _ in range(60_000)]
    data = pack({"one.txt": noise, "two.txt": noise, "log.jsonl": noise})
    assert len(data) < 1_000_000
    assert page(data, "one.txt").splitlines()[-1] == noise[-1]


def test_the_log_is_bounded_to_five_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program_log.MOST_BYTES * program_log.MOST_FILES == 10_000_000
    monkeypatch.setattr(program_log, "MOST_BYTES", 2_000)
    made = program_log.begin(tmp_path)
    assert made is not None
    for number in range(300):
        logging.getLogger("counter_app.x").warning("figures of the frame: %s", number)
    logging.getLogger("counter_app.x").info("figures of the frame: %s", "quiet")
    made.end()
    logging.getLogger("counter_app.x").warning("nobody listens")
    files = sorted((tmp_path / "logs").iterdir())
    assert [file.name for file in files] == ["program.jsonl", *(f"program.jsonl.{n}" for n in range(1, 5))]
    assert all(file.stat().st_size <= 2_000 for file in files)
    moments = [json.loads(line)["at"] for line in program_log.tail(tmp_path)]
    assert moments == sorted(moments)
    assert len(program_log.tail(tmp_path, 500)) < 10


def test_the_crash_file_is_bounded_and_the_newest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_log, "MOST_CRASH_BYTES", 1_000)
    monkeypatch.setattr("faulthandler.enable", lambda *_, **__: None)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logs = tmp_path / "logs"
    for number in range(60):  # a program that dies at each start
        program_log.catch_crashes(tmp_path)
        with (logs / program_log.CRASHES).open("a") as file:
            file.write(f"crash {number:03} " + "x" * 90 + "\n")
    files = sorted(logs.iterdir())
    assert [file.name for file in files] == ["crash.txt", "crash.txt.1"]
    assert sum(file.stat().st_size for file in files) <= 2 * (1_000 + 101)
    told = program_log.crashes(tmp_path, 1_500)
    assert told.endswith("crash 059 " + "x" * 90 + "\n")
    assert [f"crash {number:03}" in told for number in (58, 50, 40)] == [True, True, False]


def test_a_crash_file_of_an_earlier_version_keeps_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_log, "MOST_CRASH_BYTES", 1_000)
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / program_log.CRASHES).write_text("old " * 10_000 + "the last one")
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise OSError("full")

        patch.setattr(program_log, "write_flushed", full)
        program_log.bound_crashes(tmp_path)
    assert program_log.crashes(tmp_path, 100).endswith("the last one"), "a full disk loses nothing"
    program_log.bound_crashes(tmp_path)
    (kept,) = logs.iterdir()
    assert kept.stat().st_size == 1_000
    assert kept.read_text().endswith("old the last one")


def test_a_disk_that_takes_no_log_costs_no_work(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    assert program_log.begin(tmp_path) is None
    (tmp_path / "logs").unlink()
    made = program_log.begin(tmp_path)
    assert made is not None
    shutil.rmtree(tmp_path / "logs")
    (tmp_path / "logs").write_text("gone")
    logging.getLogger("counter_app.x").warning("nobody reads this")
    made.end()
    assert "Traceback" not in capfd.readouterr().err


def test_what_nobody_caught_is_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *args: seen.append(args))
    monkeypatch.setattr(threading, "excepthook", seen.append)
    monkeypatch.setattr("faulthandler.enable", lambda *_, **__: None)
    made = program_log.begin(tmp_path)
    assert made is not None
    program_log.catch_crashes(tmp_path)
    try:
        fails()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    made.end()
    lines = [json.loads(line) for line in program_log.tail(tmp_path)]
    assert [(line["level"], line["error"]) for line in lines] == [("CRITICAL", "builtins.ValueError")] * 2
    assert len(seen) == 2


def test_errors_leave_their_code_and_our_places_only(home: Path, log: ProgramLog) -> None:
    try:
        raise DomainError("Lời", code="enrol.no_spare")
    except DomainError as error:
        logging.getLogger("counter_app.x").error("unexpected error", exc_info=error)
    (line,) = log_lines.read_lines(program_log.tail(home))
    told = json.loads(line)
    assert (told["code"], told["error"]) == ("enrol.no_spare", "counter_app.domain.errors.DomainError")
    assert told["from"] == "counter_app.x"


def test_crash_lines_of_any_other_form_are_left_out() -> None:
    assert crash_lines.readable("Windows fatal exception: access violation\nhello\n\x00") == [
        "Windows fatal exception: access violation"
    ]
    assert len(crash_lines.readable("Fatal Python error: Aborted\n" * 900)) == crash_lines.MOST_LINES


def test_every_log_call_of_ours_begins_with_a_constant() -> None:
    loose, told = [], set()
    for path in (*(ROOT / "counter_app").rglob("*.py"), *(ROOT / "sync" / "client").rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "import logging" in text else ():
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            target = node.func.value
            if not (isinstance(target, ast.Name) and target.id in ("_log", "log", "logger")):
                continue
            if node.func.attr not in ("debug", "info", "warning", "error", "critical", "exception"):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant):
                told.add(first.value)
            else:
                loose.append(f"{path.name}:{node.lineno}")
    assert loose == []
    assert told >= log_lines.MESSAGES, "a message that nobody logs any more"


def test_a_bundle_is_written_beside_the_papers_or_refused_in_words(
    counter: Counter, diagnostics: Diagnostics, tmp_path: Path
) -> None:
    path = diagnostics.write(tmp_path / "usb")
    assert path.name.startswith("chan-doan-00000-quay01-")
    assert page(path.read_bytes(), "README.txt") == bundle.readme()
    assert not list((tmp_path / "usb").glob("*.part"))
