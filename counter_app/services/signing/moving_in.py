"""What earlier versions left beside the store: signed files that lay open are sealed, once and for all.

Each file is on the disk sealed, and read back, before the open one goes. A power cut at any moment leaves one
of both, or both; the next start goes on (decision 037).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from counter_app.storage.this_pc.files_key import ensure
from counter_app.storage.this_pc.kept_files import KeptFiles, sweep_opened
from sync.flushing import flush_folder

RESEALED: Final = "files.resealed"
"""Setting: what the PC's own secret sealed is sealed under the store's by now."""
FOLDERS: Final = ("scans", "acts", "signed")
"""Where kept files lay before their secret was the store's; later folders never knew another."""
OPEN_FILES: Final = "signed"


def settle_kept_files(work: Workplace) -> None:
    """At each start: leftovers of a killed program go, earlier files are sealed as they should be.

    A disk that refuses is asked again at the next start: what lies there is read as it is until then.
    """
    ensure(work.store)
    with suppress(OSError):
        for name in FOLDERS:
            sweep_opened(work.kept_files(name).folder)
        move_in(work.kept_files(OPEN_FILES))
        with work.store.read() as connection:
            done = device.setting(connection, RESEALED)
        if not done:
            for name in FOLDERS:
                work.kept_files(name).reseal()
            with work.store.write() as connection:
                device.put_setting(connection, RESEALED, "1")


def move_in(files: KeptFiles) -> int:
    """Seal every open PDF in the folder of ``files`` and remove it; returns how many. Raises OSError.

    Unsigned drafts that a killed program left are removed: their scan is kept, signing makes them again.
    """
    done = 0
    for path in sorted(files.folder.glob("*.pdf")):
        if _sealed(files, path):
            path.unlink()
            done += 1
    for left in files.folder.glob("*.draft"):
        left.unlink(missing_ok=True)
    if done:
        flush_folder(files.folder)
    return done


def _sealed(files: KeptFiles, path: Path) -> bool:
    data = path.read_bytes()
    return files.get(files.put(data)) == data
