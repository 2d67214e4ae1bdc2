"""The pages of a diagnostics bundle: figures, codes and closed words of this PC, by allow-list.

Nothing free is ever copied: of a setting its value when it is a number, a yes or one of known words, of a
self-test's line its code and verdict, of the store the counts of its tables.
"""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

import counter_app
from counter_app.domain.dates import moment_text
from counter_app.services.exchange.clock_seen import SEEN
from counter_app.services.exchange.line import Line, tick_ms
from counter_app.services.exchange.neighbours import FIXED_SETTING, ON, PORT_SETTING
from counter_app.services.exchange.thrift import DAY_MB, HOURS, PAID, PROXY
from counter_app.services.ports.settings import LANGUAGES, THEME_CODES
from counter_app.services.ports.technician import CheckRow
from counter_app.services.registers.place import ON_THE_MOVE
from counter_app.services.session.port import IDLE_MINUTES
from counter_app.services.settings.port import LANGUAGE, LETTER_KEYS, SCALE, SOUNDS, SUPPORT, THEME
from counter_app.services.technician.backups import FOLDER, TROUBLE
from counter_app.services.technician.diagnostics import crash_lines, log_lines, program_log
from counter_app.services.workplace import CLOCK_OFFSET, CLOCK_PROVED, Workplace
from counter_app.storage.queries.exchange import parked, sync_counts
from counter_app.storage.store_errors import driver
from counter_app.storage.this_pc import attachments, device
from sync.protocol.naming.ids import device_of, is_province, life_of

LIBRARIES: Final = (
    "PySide6-Essentials", "PySide6", "SQLAlchemy", "sqlcipher3", "msgspec", "cryptography", "argon2-cffi",
    "reportlab", "requests", "keyring", "backports.zstd", "pypdfium2", "zxing-cpp",
)  # fmt: skip
SCANNER_TESTED: Final = "scanner.tested"
NUMBERS: Final = frozenset({
    SCALE, IDLE_MINUTES, LETTER_KEYS, SOUNDS, ON_THE_MOVE, ON, PORT_SETTING, DAY_MB, PAID,
})  # fmt: skip
"""Settings of which the value is shown, when it is a small number."""
MOMENTS: Final = frozenset({CLOCK_OFFSET, CLOCK_PROVED, SEEN, SCANNER_TESTED})
"""Settings that the program writes itself, in ms."""
WORDS: Final[Mapping[str, frozenset[str]]] = {THEME: frozenset(THEME_CODES), LANGUAGE: frozenset(LANGUAGES)}
"""Settings of which the value is shown, when it is one of these."""
SET_OR_NOT: Final = frozenset({FOLDER, TROUBLE, PROXY, SUPPORT, FIXED_SETTING, HOURS})
"""Settings of which only that is shown: their values are somebody's words."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._+-]{0,60}")
_CODE = re.compile(r"[a-z_]{1,40}")
_TABLE = re.compile(r"[a-z_]{1,60}")
_SMALL = re.compile(r"[0-9]{1,6}")
_NUMBER = re.compile(r"-?[0-9]{1,15}")


def versions() -> list[str]:
    """Program, interpreter, libraries, system; not the PC's name."""
    system = (platform.system(), platform.release(), platform.version(), platform.machine())
    found = {
        "program": counter_app.__version__,
        "python": platform.python_version(),
        "bits": str(64 if sys.maxsize > 2**32 else 32),
        "sqlite": driver.sqlite_version,
        **{name: _version(name) for name in LIBRARIES},
    }
    shown = [f"{name}: {value}" for name, value in found.items() if _PLAIN.fullmatch(value)]
    return [*shown, "system: " + " ".join(one for one in map(_plain, system) if one)]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def _plain(words: str) -> str:
    """What a system says of itself, reduced to the letters such words are made of."""
    return "".join(re.findall(r"[A-Za-z0-9 ._+~#:-]", words))[:60]


def settings(connection: Connection) -> list[str]:
    """Settings of this PC: values by allow-list, of the others only that they are set."""
    found = []
    for name, value in device.settings_of(connection).items():
        small = name in NUMBERS and _SMALL.fullmatch(value)
        if small or (name in MOMENTS and _NUMBER.fullmatch(value)) or value in WORDS.get(name, ()):
            found.append(f"{name}: {value}")
        elif name in SET_OR_NOT:
            found.append(f"{name}: {'set' if value else 'not set'}")
    return found


def doctor(rows: tuple[CheckRow, ...]) -> list[str]:
    """Code and verdict of each line; its words may name a printer or a folder of somebody."""
    return [
        f"{row.verdict}: {row.code}"
        for row in rows
        if _CODE.fullmatch(row.code.replace(".", "_")) and _CODE.fullmatch(row.verdict)
    ]


def journals(connection: Connection) -> list[str]:
    """Each journal: device, life, last entry, its head, how far the province has it."""
    rows = connection.exec_driver_sql(
        "SELECT h.journal, h.seq, hex(h.head), coalesce(w.received, 0), coalesce(w.backed_up, 0)"
        " FROM journal_heads h LEFT JOIN hub_words w USING (journal) ORDER BY h.journal"
    ).all()
    return [
        f"{'province' if is_province(row[0]) else 'counter'} {device_of(row[0])}.{life_of(row[0])}:"
        f" entry {row[1]} head {row[2][:16].lower()} at-province {row[3]} in-backup {row[4]}"
        for row in rows
    ]


def sync(connection: Connection, line: Line) -> list[str]:
    """How the exchange stands; of what was refused only the codes."""
    held, facts = sync_counts(connection), line.facts
    files = attachments.counts(connection)
    found = [
        f"saved: {held.saved}", f"at the province: {held.received}", f"waiting: {held.waiting}",
        f"waiting bytes: {held.waiting_bytes}", f"oldest waiting: {moment(held.oldest_waiting)}",
        f"in the province's backup: {held.backed_up}", f"line works: {'yes' if facts.works else 'no'}",
        f"failing since: {moment(facts.failing_since)}", f"last code: {_coded(facts.code)}",
        f"files sent: {files.sent}", f"files waiting: {files.waiting}",
    ]  # fmt: skip
    refused = parked(connection)
    return found + [f"refused: {_coded(one.code)} at {one.journal}.{one.first_seq}" for one in refused]


def counts(connection: Connection) -> list[str]:
    """Rows of each table of the store."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    plain = [name for (name,) in names.all() if _TABLE.fullmatch(name) and not name.startswith("sqlite")]
    return [f"{name}: {_rows_in(connection, name)}" for name in plain]


def _rows_in(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar() or 0)


def disk(work: Workplace) -> list[str]:
    """Room on the store's disk and sizes of what lies there, in bytes."""
    home = work.papers_folder.parent
    usage = shutil.disk_usage(home)
    found = [f"free: {usage.free}", f"total: {usage.total}", f"store: {_size(work.store.path)}"]
    return [*found, f"store wal: {work.store.wal_bytes()}"]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def timings(work: Workplace) -> list[str]:
    """How long some plain work takes here and now, in ms."""

    def read() -> None:
        with work.store.read() as connection:
            sync_counts(connection)

    def count() -> None:
        with work.store.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()

    def flush() -> None:
        work.store.fold_wal()

    return [f"{name}: {_took(act)}" for name, act in (("status", read), ("count", count), ("fold", flush))]


def _took(act: Callable[[], None]) -> int:
    began = tick_ms()
    act()
    return tick_ms() - began


def log(home: Path) -> list[str]:
    """The newest lines of the log, each through the allow-list again."""
    return log_lines.read_lines(program_log.tail(home))


def crashes(home: Path) -> list[str]:
    """Where the interpreter died, if ever."""
    return crash_lines.readable(program_log.crashes(home, 200_000))


def moment(at: int) -> str:
    """A moment (ms) as local date and time; ``none`` for 0."""
    return moment_text(max(at, 0), "%Y-%m-%d %H:%M", "none")


def _coded(code: str) -> str:
    return code if re.fullmatch(r"[a-z_.-]{1,40}", code) else "other"
