"""The only place where concrete things meet: store, secrets, clock, areas, line, printers.

Light to import: nothing heavy is loaded before ``compose`` runs on a worker, after the shell is painted
(``architecture.md`` 2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram
    from counter_app.settings import Settings


def compose(settings: Settings) -> RunningProgram:
    """Open the program of an enrolled PC: store owned, journal resumed, exchange running. Blocks a moment.

    Raises ``SecretError``, ``StoreError``: ``store.in_use``, ``store.no_journal``, ``store.key``, or one of
    the disk's.
    """
    from counter_app.composition.wiring import open_program
    from counter_app.storage.store_errors import disk_words

    with disk_words():
        return open_program(settings)
