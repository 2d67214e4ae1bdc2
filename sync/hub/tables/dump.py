"""A PostgreSQL database as one sealed file, and back: ``pg_dump``'s custom format, never plain on a disk.

The file is a header (magic, 32 random bytes) and pieces of at most 1 MiB under AES-256-GCM. A piece's nonce
is its number and whether it is the last: none is left out, moved or cut off unseen. The key is made of the
province's database key: as with the file of a small hub, a stolen backup opens nothing.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import URL, Connection, Engine

from sync.hub.tables.postgres import open_postgres
from sync.protocol.naming.unit_keys import derive

MAGIC = b"MCHD1\n"
_SALT = 32
_PIECE = 1 << 20
_LARGEST = _PIECE + 16
_INFO = b"commune-counter dump of a hub"
RESTORING = "restoring"
"""A table that stands in a database while a restore into it is not done: nobody serves such a one."""


class DumpFailed(OSError):
    """A tool of PostgreSQL is missing or gave up; its own words."""


class DumpBad(ValueError):
    """No sealed dump, cut off, changed, or of another province."""


def dump(engine: Engine, target: Path, key: bytes) -> None:
    """Write the database of ``engine`` as it is at one moment into the new file ``target``, sealed, flushed.

    Raises DumpFailed, OSError.
    """
    words, environment = _tool("pg_dump", engine.url, "--format=custom", "--no-owner", "--no-privileges")
    with (
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running,
        target.open("xb") as file,
    ):
        if running.stdout is None:
            raise DumpFailed(5, "pg_dump gives nothing")
        _seal(running.stdout, file, key)
        file.flush()
        os.fsync(file.fileno())
        _done("pg_dump", running)


def load(sealed: Path, engine: Engine, key: bytes) -> None:
    """Bring a dump into the database of ``engine``: all of it or nothing. Raises DumpBad, DumpFailed."""
    words, environment = _tool(
        "pg_restore", engine.url, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"
    )
    with (
        sealed.open("rb") as file,
        subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as running,
    ):
        try:
            _feed(running, _opened(file, key))
        except DumpBad:
            running.kill()  # half a dump is no dump: its one transaction is never committed
            raise
        _done("pg_restore", running)


@contextmanager
def loaded_apart(sealed: Path, beside: Engine, key: bytes) -> Iterator[Engine]:
    """A dump in a database of its own on the server of ``beside``, dropped at the end.

    The user needs the right to make databases. Raises DumpBad, DumpFailed, ``sqlalchemy.exc.DBAPIError``.
    """
    name = f"{beside.url.database}_check_{secrets.token_hex(4)}"
    _command(beside, f'CREATE DATABASE "{name}"')
    address = beside.url.set(database=name).render_as_string(hide_password=False)
    apart = open_postgres(address, connections=2)
    try:
        load(sealed, apart, key)
        yield apart
    finally:
        apart.dispose()
        _command(beside, f'DROP DATABASE "{name}" WITH (FORCE)')


def begin_restore(connection: Connection) -> bool:
    """Note that a restore begins; False when the database is not empty."""
    held = connection.exec_driver_sql(
        "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') LIMIT 1"
    ).first()
    if held is not None:
        return False
    connection.exec_driver_sql(f"CREATE TABLE {RESTORING} (since bigint)")
    return True


def end_restore(connection: Connection) -> None:
    """The restore is done when this commits."""
    connection.exec_driver_sql(f"DROP TABLE {RESTORING}")


def _command(engine: Engine, sql: str) -> None:
    with engine.connect() as plain:
        plain.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(sql)


def _tool(name: str, url: URL, *options: str) -> tuple[list[str], dict[str, str]]:
    """The words that run a tool on ``url``; a password travels in the environment, not in the words."""
    path = shutil.which(name)
    if path is None:
        raise DumpFailed(2, f"{name} is not installed", name)
    bare = url.set(drivername="postgresql", password=None).render_as_string()
    environment = dict(os.environ)
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    return [path, *options, f"--dbname={bare}"], environment


def _done(name: str, running: subprocess.Popen[bytes]) -> None:
    said = running.stderr.read().decode("utf-8", "replace").strip() if running.stderr else ""
    if running.wait() != 0:
        raise DumpFailed(5, f"{name}: {said.splitlines()[-1] if said else 'it gave up'}")


def _feed(running: subprocess.Popen[bytes], pieces: Iterator[bytes]) -> None:
    if running.stdin is None:
        raise DumpFailed(5, "pg_restore takes nothing")
    try:
        for piece in pieces:
            running.stdin.write(piece)
        running.stdin.close()
    except BrokenPipeError:  # it gave up and says why
        running.stdin = None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _seal(source: IO[bytes], target: IO[bytes], key: bytes) -> None:
    salt = secrets.token_bytes(_SALT)
    cipher = AESGCM(derive(key, salt, _INFO))
    target.write(MAGIC + salt)
    piece, number, last = source.read(_PIECE), 0, False
    while not last:
        following = source.read(_PIECE)
        last = not following
        sealed = cipher.encrypt(_nonce(number, last), piece, MAGIC)
        target.write(len(sealed).to_bytes(4, "big") + sealed)
        piece, number = following, number + 1


def _opened(source: IO[bytes], key: bytes) -> Iterator[bytes]:
    """The pieces of a sealed dump. Raises DumpBad before the end of one that is cut off or changed."""
    if source.read(len(MAGIC)) != MAGIC:
        raise DumpBad("no sealed dump of a hub")
    cipher = AESGCM(derive(key, source.read(_SALT), _INFO))
    sealed, number, last = _piece(source), 0, False
    while not last:
        following = _piece(source)
        last = not following
        try:
            yield cipher.decrypt(_nonce(number, last), sealed, MAGIC)
        except InvalidTag as error:
            raise DumpBad("it does not open under this key, or was cut off or changed") from error
        sealed, number = following, number + 1


def _piece(source: IO[bytes]) -> bytes:
    size = int.from_bytes(source.read(4), "big")
    if size > _LARGEST:
        raise DumpBad("no sealed dump of a hub")
    return source.read(size)
