"""The self-test of a version before it is used: everything is loaded and the window painted, without a
counter.

``rehearse`` also opens a copy of the store as this version's own. Run by the version before it (decision
050).
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Final

import counter_app

OK: Final = 0
MODULES: Final = (
    "counter_app.composition.wiring", "counter_app.cli.app", "counter_app.cli.acts",
    "counter_app.practice.program",
    "counter_app.printing.warm", "counter_app.devices.printers", "counter_app.devices.secrets",
    "sync.client.engine",
    "sync.client.internet", "sync.client.lan.node", "alembic.command", "keyring", "zxingcpp", "pypdfium2",
    "xlsxwriter",
    "openpyxl", "argon2",
)  # fmt: skip
"""What a day at a counter loads sooner or later; a part that is missing is seen now."""


def smoke(copy: Path | None = None) -> int:
    """Load, paint and, with ``copy``, open that store by the key on standard input; 0, or an error is
    raised."""
    for name in MODULES:
        importlib.import_module(name)
    _read_data()
    _paint()
    if copy is not None:
        entries = rehearse(copy, bytes.fromhex(sys.stdin.readline().strip()))
        print(f"{entries} entries")
    print(f"commune-counter {counter_app.__version__}: ok")
    return OK


def rehearse(copy: Path, key: bytes) -> int:
    """Bring the copy to this version's shape, readings too, and check it; the entries it holds.

    Raises StoreError, RuntimeError for a copy that is not whole afterwards.
    """
    from counter_app.storage.keeping import integrity
    from counter_app.storage.queries.exchange import sync_counts
    from counter_app.storage.store import Store

    store = Store.open(copy, key)
    try:
        while store.read_more():
            pass
        with store.read() as connection:
            problems = integrity.check_pages(connection) + integrity.check_chains(connection)
            saved = sync_counts(connection).saved
    finally:
        store.close()
    if problems:
        raise RuntimeError(f"{len(problems)} problems: {problems[0].code} {problems[0].where}")
    return saved


def _read_data() -> None:
    from counter_app.printing.warm import prewarm
    from counter_app.services.rules import shipped_rules

    shipped_rules()
    prewarm()


def _paint() -> None:
    from PySide6.QtWidgets import QApplication

    from counter_app.ui.application import Application

    app = QApplication.instance() or QApplication(["counter_app"])
    assert isinstance(app, QApplication)
    application = Application(app)
    try:
        if application.window.grab().isNull():
            raise RuntimeError("the window cannot be painted")
    finally:
        application.close()
