"""Databases of a running PostgreSQL for tests: each hub that opens gets a new one, dropped at the end.

``COMMUNE_TEST_POSTGRES`` is the address of a server where the caller may make databases; without it the
tests of the hub run on files, as everywhere.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from sync.hub.tables import place

VARIABLE = "COMMUNE_TEST_POSTGRES"


def server() -> str:
    """Address of the server that the environment names, empty without one."""
    return os.environ.get(VARIABLE, "")


class Databases:
    """New databases on the server at ``address``."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.made: list[str] = []

    def new(self) -> str:
        """The address of an empty database of its own."""
        name = f"hub_test_{uuid.uuid4().hex[:12]}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        self.made.append(name)
        return self.at(name)

    def at(self, name: str) -> str:
        """The address of database ``name``, which need not be there."""
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def drop(self) -> None:
        """Drop every database made here, also with guests in it."""
        for name in self.made:
            self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        self.made.clear()

    def _run(self, words: sql.Composed) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(words)


@contextmanager
def new_hubs_on(address: str) -> Iterator[Databases]:
    """While it lasts, a hub that opens in a folder without a database gets a new one on the server."""
    databases = Databases(address)
    real = place.remembered

    def remembered(folder: Path) -> str:
        if not place.is_there(folder):
            place.remember(folder, databases.new())
        return real(folder)

    place.remembered = remembered
    try:
        yield databases
    finally:
        place.remembered = real
        databases.drop()
