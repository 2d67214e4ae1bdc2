"""The composed program: its start in words, its end clean, what it loads and when."""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.composition import compose, running
from counter_app.devices.secrets import FileSecrets
from counter_app.domain.errors import DomainError
from counter_app.paths import HOME_VARIABLE, Paths, default_home
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE
from counter_app.settings import PASSPHRASE_VARIABLE, Settings, from_environment
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.journals.appending import Act
from counter_app.storage.keeping.copy_guard import SECRET_NAME, Verdict
from counter_app.storage.readings import upkeep
from counter_app.storage.store_errors import StoreError
from sync.hub.hub import Hub
from sync.protocol.naming.ids import life_of
from tests.support.practice import practice_world, take_in, waiting

ROOT = Path(__file__).parents[3]
HEAVY = ("sqlalchemy", "sqlcipher3", "keyring", "requests", "urllib3", "reportlab", "alembic", "xlsxwriter",
         "argon2", "cryptography", "PIL", "pypdfium2", "uvicorn", "litestar")  # fmt: skip
AT_FIRST_PAINT = f"""
import sys
sys.argv = ["counter_app"]
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import counter_app.main as main
app = QApplication([])
def look():
    painted = [w for w in app.topLevelWidgets() if w.isVisible()]
    assert painted, "nothing on the screen"
    print("LOADED", *[name for name in {HEAVY!r} if name in sys.modules], flush=True)
    app.quit()
QTimer.singleShot(0, look)
import os
main.show(lambda: None)
os._exit(0)
"""


def test_the_shell_is_painted_before_anything_heavy_is_loaded() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_FIRST_PAINT], cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    loaded = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    assert loaded == ["LOADED"], done.stdout + done.stderr


def test_composition_is_light_to_import() -> None:
    code = f"import sys; import counter_app.composition; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


NOT_FOR_HOME = ("requests", "urllib3", "reportlab", "alembic", "xlsxwriter", "PIL", "pypdfium2", "zxingcpp",
                "litestar", "uvicorn", "keyring")  # fmt: skip
"""What the desk does not need before somebody asks for what it does; SQLAlchemy and the keys it does."""
AT_USABLE_HOME = f"""
import sys
home, official, passphrase, password = sys.argv[1:]
sys.argv = ["counter_app"]
from pathlib import Path
from PySide6.QtCore import QTimer
import counter_app.main as main
from counter_app.paths import Paths
from counter_app.settings import PRACTICE_COST, Settings
from counter_app.ui.application import Application
attached = Application.attach
def attach(application, program):
    attached(application, program)
    look, seated = QTimer(application.window), []
    def turn():
        if application.background.busy():
            return
        if not seated:
            from sync.protocol.naming.ids import EntryId
            seated.append(program.session.sign_in(EntryId.from_key(int(official)), password))
            application.window.signed_in(seated[0])
        elif application.window.current_name() == "home":
            print("LOADED", *[name for name in {NOT_FOR_HOME!r} if name in sys.modules], flush=True)
            import os
            os._exit(0)
    look.timeout.connect(turn)
    look.start(2)
Application.attach = attach
def load():
    from counter_app.composition import compose
    return compose(Settings(Paths(Path(home)), passphrase, practice=True, password_cost=PRACTICE_COST,
                            exchanging=False, follows_hub_clock=False))
main.show(load)
"""


def test_home_is_usable_without_the_libraries_of_papers_and_the_line(tmp_path: Path) -> None:
    with practice_world(tmp_path) as world:
        take_in(world)
        clerk, home = world.founded.officials[people.CLERK], world.settings[0].paths.home
    done = subprocess.run(
        [sys.executable, "-c", AT_USABLE_HOME, str(home), str(clerk.key), PASSPHRASE, people.PASSWORD],
        cwd=ROOT, env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    loaded = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    assert loaded == ["LOADED"], done.stdout + done.stderr


def test_a_pc_that_was_never_enrolled_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        compose(Settings(Paths(tmp_path / "home"), "may tap huan"))
    assert refused.value.code == "store.no_journal"
    assert "Ghi danh" in refused.value.remedy


def test_one_program_a_store_and_a_clean_end(tmp_path: Path) -> None:
    with practice_world(tmp_path) as world:
        (program,) = world.programs
        take_in(world, "gks 1x2")
        with pytest.raises(StoreError, match=r"store\.in_use"):
            compose(world.settings[0])
        saved = program.exchange.status().saved
        key = program.opened.store.key
        program.close()
        program.close()
        path = world.settings[0].paths.store
        assert (
            not path.with_name(path.name + "-wal").exists()
            or not path.with_name(path.name + "-wal").stat().st_size
        )
        engine = open_engine(path, key, pooled=False)
        with transaction(engine, "read") as connection:
            row = connection.exec_driver_sql(
                "SELECT seq, covered FROM journal_heads ORDER BY journal"
            ).first()
        engine.dispose()
        assert row is not None
        assert row[0] == row[1], "our head is signed before the program ends"
        again = world.start(0)
        assert again.exchange.status().saved == saved


def test_a_wrong_passphrase_lets_go_of_the_store(tmp_path: Path) -> None:
    from counter_app.devices.secrets import SecretError

    with practice_world(tmp_path) as world:
        world.programs[0].close()
        with pytest.raises(SecretError) as refused:
            compose(replace(world.settings[0], passphrase="not this one"))
        world.start(0)  # the lock was let go, though the error still holds the frames that took it
        assert refused.value.code == "secret.passphrase"


def test_a_store_from_elsewhere_takes_in_and_never_numbers(tmp_path: Path) -> None:
    """The folder was copied to another PC: work goes on there in a new life, without pen and without book."""
    with practice_world(tmp_path / "xa") as world:
        taken = take_in(world, "gks 1x2")
        world.programs[0].close()
        copied = replace(world.settings[0], paths=Paths(tmp_path / "copy"))
        shutil.copytree(world.settings[0].paths.home, copied.paths.home)
        for _ in range(2):
            world.start(0).close()
        FileSecrets(copied.paths.secrets, PASSPHRASE).put(SECRET_NAME, "99")
        world.programs[0] = program = compose(copied)
        assert program.opened.verdict is Verdict.OLDER_COPY
        assert life_of(program.areas.work.journal) == 2
        assert program.technician.enrolment().life == 2
        assert program.session.counter().counter_name == "QUẦY-01"
        done = take_in(world, "gks 1x1")
        assert (taken.request.journal, done.request.journal) == (257, 258)
        assert not program.signing.pen().here
        world.sign_in(people.SIGNER)
        with pytest.raises(DomainError) as refused:
            program.signing.number((taken.request,), people.PIN)
        assert refused.value.code.startswith("pen.")
        world.meet(program)
        program.close()
        again = world.programs[0] = compose(copied)
        assert life_of(again.areas.work.journal) == 2, "the copy is at home here now"


def test_the_background_exchange_sends_by_itself(tmp_path: Path) -> None:
    with practice_world(tmp_path, exchanging=True) as world:
        (program,) = world.programs
        news: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
        program.on_change(news.put)
        done = take_in(world, "gks 1x2")
        while waiting(program):
            news.get(timeout=30)
        with Hub.open(world.hub_folder, practice=True) as hub:
            assert hub.word("00000").received.covers(done.request.journal, done.request.seq)


def test_where_the_program_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "a phrase")
    assert default_home() == tmp_path
    settings = from_environment()
    assert (settings.paths.home, settings.passphrase) == (tmp_path, "a phrase")
    assert from_environment(tmp_path / "other").paths.store == tmp_path / "other" / "store.db"
    monkeypatch.delenv(HOME_VARIABLE)
    assert default_home().name == "commune-counter"
    Paths(tmp_path / "new").prepare()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_newer_version_is_read_while_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The start waits for nothing; people may sign in; when all is read the screens are told."""
    with practice_world(tmp_path) as world:
        take_in(world)
        (before,) = world.programs
        before.close()
        monkeypatch.setitem(upkeep.VERSIONS, "requests", upkeep.VERSIONS["requests"] + 1)
        monkeypatch.setattr(running, "BETWEEN_READINGS_S", 3_600.0)  # nothing is read until it is let go
        program = compose(world.settings[0])
        try:
            assert program.percent_read() < 100
            session = program.session.sign_in(world.founded.officials[people.CLERK], people.PASSWORD)
            assert session.name
            with pytest.raises(StoreError, match=r"store\.anew"):
                program.opened.store.append([], Act(0))
            told: queue.Queue[frozenset[str]] = queue.Queue()
            program.on_change(told.put)
            monkeypatch.setattr(running, "BETWEEN_READINGS_S", 0.0)
            program._read_anew()
            assert "read_anew" in told.get(timeout=30)
            assert program.percent_read() == 100
        finally:
            program.close()
