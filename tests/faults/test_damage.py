"""Damaged pages and cut files: what is wrong is said, nothing whole is lost, and there is a way on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_app.cli.app import IMPOSSIBLE, OK, WRONG, main
from counter_app.settings import PASSPHRASE_VARIABLE
from counter_app.storage.keeping import integrity, remaking
from counter_app.storage.keeping.backup import back_up
from counter_app.storage.keeping.restore import restore
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from tests.faults.scenes.desk import PASSPHRASE, Desk, requests_held
from tests.faults.scenes.exchange import running, work_on
from tests.support.counter import Counter, make_counter
from tests.support.invariants import broken, contents, rows, stale

PAGE = 4_096
AT = 1_795_140_000_000
READINGS = ("requests", "lines", "document_words_data", "document_words_idx", "documents")
JOURNAL = ("entries", "journal_heads", "checkpoints", "settings")

pytestmark = pytest.mark.fault


@dataclass
class Whole:
    """A closed counter after a morning, with a verified backup; ``roots`` is the first page of each table."""

    pc: Counter
    path: Path
    data: bytes
    roots: dict[str, int]
    entries: dict[tuple[int, int], tuple[bytes, bytes | None]]
    backup: Path

    def flip(self, page: int, at: int = 100) -> None:
        """One byte of a page is another one."""
        raw = bytearray(self.data)
        raw[(page - 1) * PAGE + at] ^= 0xFF
        self.put(bytes(raw))

    def put(self, data: bytes) -> None:
        """The file as it is found at the next start."""
        for left in self.path.parent.glob(f"{self.path.name}-*"):
            left.unlink()
        self.path.write_bytes(data)

    def open(self) -> Store:
        """The store as the program opens it."""
        return Store.open(self.path, self.pc.store_key)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("morning")
    pc = make_counter(folder, 1)
    work_on(pc, "A", 6)
    backup = back_up(pc.store, folder / "backups", AT).path
    sql = "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"
    roots = dict(rows(pc.store, sql))
    entries = contents(pc.store)
    pc.close()
    return Whole(pc, pc.store.path, pc.store.path.read_bytes(), roots, entries, backup)


@pytest.fixture
def whole(morning: Whole) -> Iterator[Whole]:
    morning.put(morning.data)
    yield morning
    for aside in morning.path.parent.glob("*-before-*"):
        aside.unlink()


def said(call: object, *values: object) -> StoreError:
    with pytest.raises(StoreError) as caught:
        call(*values)  # type: ignore[operator]
    return caught.value


def checked(store: Store) -> list[str]:
    """What ``commune-counter verify`` finds: codes, or the code of the error that ended it."""
    try:
        with store.read() as connection:
            found = integrity.check_pages(connection) + integrity.check_chains(connection)
    except StoreError as error:
        return [error.code]
    return [one.code for one in found]


def test_a_damaged_header_is_said_and_the_backup_restores(whole: Whole) -> None:
    whole.flip(1)
    error = said(whole.open)
    assert error.code == "store.key"
    assert "khôi phục từ bản sao lưu" in error.words("vi").remedy
    store = restore(whole.backup, whole.pc.store_key, whole.path, AT)
    assert contents(store).items() >= whole.entries.items()
    assert broken(store) == []
    store.close()


@pytest.mark.parametrize("table", READINGS)
def test_a_damaged_reading_is_said_and_made_again_without_losing_anything(whole: Whole, table: str) -> None:
    whole.flip(whole.roots[table])
    store = whole.open()
    assert checked(store) != []
    store.close()
    assert remaking.remake(whole.path, whole.pc.store_key, AT) == len(whole.entries)
    pc = running(whole.pc)
    assert contents(pc.store) == whole.entries
    assert broken(pc.store) + stale(pc.store) + checked(pc.store) == []
    work_on(pc, "B", 1)
    pc.close()
    assert whole.path.with_name(f"{whole.path.stem}-before-{AT}.db").exists(), "the damaged file is kept"


def test_the_technicians_command_makes_a_damaged_store_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(tmp_path)
    desk.make()
    program = desk.start(60_000)
    held = requests_held(program)
    root = rows(program.opened.store, "SELECT rootpage FROM sqlite_master WHERE name = 'requests'")[0][0]
    program.close()
    store = desk.home / "store.db"
    raw = bytearray(store.read_bytes())
    raw[(root - 1) * PAGE + 100] ^= 0xFF
    store.write_bytes(raw)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    home = ["--home", str(desk.home)]
    assert main([*home, "verify"]) in (WRONG, IMPOSSIBLE)
    assert main([*home, "rebuild"]) == IMPOSSIBLE
    assert "rebuild --damaged" in capsys.readouterr().err, "the words name the way on"
    assert main([*home, "rebuild", "--damaged"]) == OK
    assert main([*home, "verify"]) == OK
    program = desk.start(120_000)
    assert requests_held(program) == held
    desk.take_in(program, 4)
    program.close()


@pytest.mark.parametrize("table", JOURNAL)
def test_a_damaged_journal_is_said_left_alone_and_the_backup_restores(whole: Whole, table: str) -> None:
    whole.flip(whole.roots[table])
    before = whole.path.read_bytes()
    error = said(lambda: checked_or_raise(whole.open()))
    assert error.code == "store.damaged"
    assert "khôi phục từ bản sao lưu" in error.words("vi").remedy
    assert said(remaking.remake, whole.path, whole.pc.store_key, AT).code == "store.damaged"
    assert whole.path.read_bytes() == before
    assert list(whole.path.parent.glob("*.remade*")) == []
    store = restore(whole.backup, whole.pc.store_key, whole.path, AT)
    assert contents(store).items() >= whole.entries.items()
    store.close()


def checked_or_raise(store: Store) -> None:
    """Read all of the journal and this PC's tables, as the program does in a day."""
    try:
        with store.read() as connection:
            integrity.check_chains(connection)
            connection.exec_driver_sql("SELECT * FROM settings").all()
    finally:
        store.close()


def test_after_a_damaged_page_the_same_program_still_says_damaged_not_read_only(whole: Whole) -> None:
    """SQLCipher poisons a connection that met such a page; the pool gives a fresh one."""
    whole.flip(whole.roots["requests"])
    store = whole.open()

    def read() -> None:
        with store.read() as connection:
            connection.exec_driver_sql("SELECT count(name) FROM requests").all()

    def write() -> None:
        with store.write() as connection:
            connection.exec_driver_sql("UPDATE requests SET name = name")

    assert said(read).code == "store.damaged"
    assert said(write).code == "store.damaged"
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('still', 'works')")
    store.close()


def opened_and_checked(whole: Whole) -> list[str]:
    """Codes of what opening or checking says; an empty file is a store without any enrolment."""
    try:
        store = whole.open()
    except StoreError as error:
        return [error.code]
    found = checked(store)
    store.close()
    return found


@pytest.mark.parametrize("share", [0, 1, 3, 7])
def test_a_cut_file_is_said_and_the_backup_restores(whole: Whole, share: int) -> None:
    whole.put(whole.data[: len(whole.data) * share // 8])
    assert share == 0 or opened_and_checked(whole) != []
    store = restore(whole.backup, whole.pc.store_key, whole.path, AT)
    assert contents(store).items() >= whole.entries.items()
    store.close()


def test_a_flipped_byte_in_the_wal_ends_it_there_and_what_is_before_stands(whole: Whole) -> None:
    """What SQLite cannot prove of the WAL it leaves out: the store is whole, at an earlier moment."""
    pc = running(whole.pc)
    work_on(pc, "C", 2)
    now = contents(pc.store)
    wal = whole.path.with_name(whole.path.name + "-wal")
    raw, main = bytearray(wal.read_bytes()), whole.path.read_bytes()
    pc.close()
    raw[len(raw) // 2] ^= 0xFF
    whole.put(main)
    wal.write_bytes(raw)
    again = running(whole.pc)
    held = contents(again.store)
    assert whole.entries.items() <= held.items() <= now.items()
    assert broken(again.store) + stale(again.store) + checked(again.store) == []
    again.close()
