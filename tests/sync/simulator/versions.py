"""A PC with the previous program: it knows fewer kinds, and an earlier version of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from counter_app.domain.certification import entries as c
from counter_app.domain.folding.readable import READABLE
from counter_app.domain.kinds import BY_BODY
from counter_app.storage.store import Store

UNKNOWN = (BY_BODY[c.RequestReturned].number,)
"""Kinds the previous program lacks."""
EARLIER = (BY_BODY[c.LineSigned].number,)
"""Kinds of which it reads the version before only."""

_Opens = Callable[[], AbstractContextManager[Any]]


@contextmanager
def previous_program() -> Iterator[None]:
    """Inside, entries are read as the previous program reads them."""
    present = {number: READABLE[number] for number in (*UNKNOWN, *EARLIER) if number in READABLE}
    for number, kind in present.items():
        if number in UNKNOWN:
            del READABLE[number]
        else:
            READABLE[number] = kind._replace(version=kind.version - 1)
    try:
        yield
    finally:
        READABLE.update(present)


def make_older(store: Store) -> None:
    """From now on every transaction of ``store`` runs the previous program's folds."""
    store.read = _under(store.read)  # type: ignore[method-assign,assignment]
    store.write = _under(store.write)  # type: ignore[method-assign,assignment]


def _under(opens: _Opens) -> _Opens:
    @contextmanager
    def opened() -> Iterator[Any]:
        with previous_program(), opens() as connection:
            yield connection

    return opened


def upgrade(store: Store) -> None:
    """The present program is installed: what the old one kept unread is read."""
    for name in ("read", "write"):
        vars(store).pop(name)
    with store.write() as connection:
        store.readings.rebuild(connection)
