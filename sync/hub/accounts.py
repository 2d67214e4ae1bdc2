"""Accounts of officials who read the province's pages: passwords, lock-out, sessions, and what was read.

A password is kept as argon2id's own text, a session as the digest of its cookie. Failures are counted in the
database, so that a restart forgives nothing. Times (ms) and randomness come in as arguments.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import threading
import unicodedata
from collections.abc import Callable

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import ARGON2_VERSION
from sqlalchemy import Connection, RowMapping, func, select

from sync.hub import clock
from sync.hub.tables.engine import Database, add, note, put
from sync.hub.tables.officials import accounts, read_log, sessions

PROVINCE, UNIT = "province", "unit"
ROLES = (PROVINCE, UNIT)
MIN_PASSWORD = 12
"""Longer than at a counter, where the enrolled device stands beside the password."""
MAX_PASSWORD = 200
TRIES = 5
LOCKED_MS = 15 * 60_000
IDLE_MS = 30 * 60_000
LONGEST_MS = 10 * 3_600_000
WORKERS_APART_MS = 5 * 60_000
"""So far apart may clocks of two workers stand; a session from further ahead was begun in another year."""
KEPT_READS_MS = 366 * 24 * 3_600_000
_NAME_LENGTH = 60
_HASHER = PasswordHasher()


def _secret_of_nobody(hasher: PasswordHasher) -> str:
    """A text in argon2id's form that no password fits, made without working one: each start would pay."""
    salt, digest = (
        base64.b64encode(os.urandom(size)).rstrip(b"=").decode()
        for size in (hasher.salt_len, hasher.hash_len)
    )
    work = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${work}${salt}${digest}"


_NOBODY = _secret_of_nobody(_HASHER)
"""Checked for names that are not there: they cost as long as wrong passwords do."""
_ONE_GUESS = threading.Lock()


class AccountRefused(ValueError):
    """An account cannot be made so: the words say why."""


class Account(msgspec.Struct, frozen=True):
    """Who reads: ``unit`` is empty for the whole province."""

    name: str
    role: str
    unit: str
    disabled: bool

    def may_see(self, unit: str) -> bool:
        """True for a unit whose figures this account may open."""
        return self.role == PROVINCE or self.unit == unit


class Read(msgspec.Struct, frozen=True):
    """One look at rows: when (ms), who, what, of which unit, how many were shown."""

    at: int
    reader: str
    what: str
    unit: str
    shown: int


def add_account(connection: Connection, name: str, password: str, role: str, unit: str, at: int) -> Account:
    """A new account, or a new password (and role) for a known one, which also ends its sessions.

    Raises AccountRefused.
    """
    name, password = _plain(name), _plain(password)
    if not 1 <= len(name) <= _NAME_LENGTH or any(not c.isprintable() for c in name):
        raise AccountRefused(f"a name has 1 to {_NAME_LENGTH} letters")
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise AccountRefused(f"a password has {MIN_PASSWORD} to {MAX_PASSWORD} letters")
    if role not in ROLES or (role == UNIT) != bool(unit):
        raise AccountRefused("the role is province, or unit with the unit's code")
    row = {"name": name, "secret": _HASHER.hash(password), "role": role, "unit": unit, "disabled": 0}
    put(connection, accounts, [{**row, "failures": 0, "locked_until": 0, "made": at}])
    end_all(connection, name)
    return Account(name, role, unit, False)


def disable(connection: Connection, name: str) -> None:
    """The account signs in no more, and its sessions end. Raises KeyError for a name that is not there."""
    done = connection.execute(accounts.update().where(accounts.c.name == _plain(name)).values(disabled=1))
    if not done.rowcount:
        raise KeyError(f"no account {name}")
    end_all(connection, _plain(name))


def listed(connection: Connection) -> tuple[Account, ...]:
    """Every account, by name."""
    rows = connection.execute(select(accounts).order_by(accounts.c.name)).mappings()
    return tuple(_account(row) for row in rows)


def _account(row: RowMapping) -> Account:
    return Account(row["name"], row["role"], row["unit"], bool(row["disabled"]))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def check(database: Database, name: str, password: str, at: int) -> tuple[Account | None, int]:
    """The account that name and password open, or None; and until when it is locked (ms, 0: it is not).

    A locked account is not even compared, so the answer tells a guesser nothing. Guesses are compared one
    after the other in a process, else many at once would all count as the first; and never while writing.
    """
    with _ONE_GUESS:
        return _check(database, _plain(name), password, at)


def _check(database: Database, name: str, password: str, at: int) -> tuple[Account | None, int]:
    with database.read() as connection:
        found = connection.execute(select(accounts).where(accounts.c.name == name)).mappings().first()
    locked = found["locked_until"] if found else 0
    if locked > at + LOCKED_MS:  # of a clock that ran ahead: it counts from now
        locked = at + LOCKED_MS
        with database.write() as connection:
            connection.execute(accounts.update().where(accounts.c.name == name).values(locked_until=locked))
    if locked > at:
        return None, locked
    right = _matches(found["secret"] if found else _NOBODY, password)
    if found is None or found["disabled"]:
        return None, 0
    failures = 0 if right else found["failures"] + 1
    until = at + LOCKED_MS if failures >= TRIES else 0
    if failures or found["failures"] or found["locked_until"]:
        values = {"failures": 0 if until else failures, "locked_until": until}
        with database.write() as connection:
            connection.execute(accounts.update().where(accounts.c.name == name).values(**values))
    return (_account(found) if right else None), until


def _matches(secret: str, password: str) -> bool:
    try:
        return _HASHER.verify(secret, _plain(password[: MAX_PASSWORD + 1]))
    except (Argon2Error, InvalidHashError):
        return False


def begin(connection: Connection, account: Account, at: int, entropy: Callable[[int], bytes]) -> str:
    """A new session; returns the secret for its cookie. Old ones of anybody are swept."""
    connection.execute(sessions.delete().where(sessions.c.begun < at - LONGEST_MS))
    kept_since = clock.believed(connection, at) - KEPT_READS_MS
    connection.execute(read_log.delete().where(read_log.c.at < kept_since))
    secret = entropy(32).hex()
    add(connection, sessions, [{"digest": _digest(secret), "account": account.name, "begun": at, "seen": at}])
    return secret


def signed_in(connection: Connection, secret: str, at: int) -> Account | None:
    """Who holds ``secret``; None when the session is unknown, ended or too old, or the account disabled."""
    joined = sessions.join(accounts, accounts.c.name == sessions.c.account)
    row = connection.execute(
        select(sessions.c.begun, sessions.c.seen, accounts)
        .select_from(joined)
        .where(sessions.c.digest == _digest(secret))
    ).mappings().first()  # fmt: skip
    if row is None or row["disabled"]:
        return None
    age = at - row["begun"]
    fresh = at - row["seen"] < IDLE_MS and -WORKERS_APART_MS <= age < LONGEST_MS
    return _account(row) if fresh else None


def touch(connection: Connection, secret: str, at: int) -> None:
    """The session was used at ``at``."""
    connection.execute(sessions.update().where(sessions.c.digest == _digest(secret)).values(seen=at))


def end(connection: Connection, secret: str) -> None:
    """The session is over."""
    connection.execute(sessions.delete().where(sessions.c.digest == _digest(secret)))


def end_all(connection: Connection, name: str) -> None:
    """Every session of an account is over."""
    connection.execute(sessions.delete().where(sessions.c.account == name))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def form_token(secret: str) -> str:
    """What a form of this session carries: nobody without the cookie can make it."""
    return hmac.new(secret.encode(), b"commune-counter form", hashlib.sha256).hexdigest()


def note_read(connection: Connection, read: Read) -> None:
    """Keep that rows were shown; the same look twice in one millisecond is one."""
    note(connection, read_log, [msgspec.structs.asdict(read)])


def reads(connection: Connection, unit: str = "", limit: int = 200) -> tuple[Read, ...]:
    """Who looked at rows of ``unit`` ("" for all), the newest first."""
    table = read_log.c
    asked = select(table.at, table.reader, table.what, table.unit, table.shown)
    if unit:
        asked = asked.where(table.unit == unit)
    return tuple(Read(*row) for row in connection.execute(asked.order_by(table.at.desc()).limit(limit)))


def has_any(connection: Connection) -> bool:
    """True once somebody may sign in."""
    return bool(connection.execute(select(func.count()).select_from(accounts)).scalar())
