"""Where a hub's tables are: an encrypted file in its folder, or the PostgreSQL database the folder names."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine

from sync.hub.tables.engine import open_sqlite
from sync.hub.tables.postgres import open_postgres

DATABASE_NAME = "hub.db"
ADDRESS_NAME = "database.url"
"""Below a hub's folder: the address of its PostgreSQL database, for its owner's eyes only."""
ADDRESS_VARIABLE = "COMMUNE_HUB_DATABASE"
"""Names the database of a hub that begins; a folder that has one keeps to it."""


def remembered(folder: Path) -> str:
    """The PostgreSQL address of the hub in ``folder``; empty for a file."""
    try:
        return (folder / ADDRESS_NAME).read_text("utf-8").strip()
    except FileNotFoundError:
        return ""


def named(folder: Path) -> str:
    """The PostgreSQL address for ``folder``: its own, the environment's for a hub that begins, or empty."""
    address = remembered(folder)
    return address if address or is_there(folder) else os.environ.get(ADDRESS_VARIABLE, "")


def remember(folder: Path, address: str) -> None:
    """Later commands on ``folder`` use ``address``. Raises OSError."""
    draft = folder / f".{ADDRESS_NAME}.part"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(address + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / ADDRESS_NAME)


def is_there(folder: Path) -> bool:
    """True when ``folder`` holds a hub's file, or names its database."""
    return (folder / DATABASE_NAME).exists() or (folder / ADDRESS_NAME).exists()


def open_engine(folder: Path, key: bytes, address: str, *, durable: bool = True) -> Engine:
    """The tables at ``address``, or for an empty one in the folder's file under ``key`` (32 bytes).

    Raises ValueError for another key length or an address of another kind.
    """
    if address:
        return open_postgres(address)
    return open_sqlite(folder / DATABASE_NAME, key, durable=durable)
