"""``kill -9`` of the hub's own process between what the portal did and its answer: nothing is told twice."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from sync.hub.hub import Hub
from sync.hub.portal import queue
from sync.hub.portal.config import keep_config
from tests.support.portal.simulator import SECRET, USER, Portal
from tests.unit.hub.portal.test_service import worked

UNIT, CODE = "00000", "G15.99-9"
ROOT = Path(__file__).resolve().parents[2]


def a_hub(folder: Path, portal: Portal) -> None:
    """One dossier filed on the portal, worked on to its result, not told yet."""
    given = {
        "generation": "legacy", "address": portal.address, "user": USER, "secret": SECRET, "practice": True,
        "offices": {UNIT: "H35.20"},
    }  # fmt: skip
    from tests.unit.hub.test_dossiers import online

    with Hub.open(folder, practice=True) as hub:
        hub.add_unit(UNIT, "Xã Bình Lư (tập huấn)")
        keep_config(folder, json.dumps(given).encode())
        portal.file_online(CODE, MaTTHC="1.001193")
        dossier = hub.online_arrived(UNIT, online(portal_code=CODE))
        hub.read(UNIT)
        worked(hub, dossier)
        with hub.database.write() as connection:
            queue.mark_all(connection, 20260101)


def due_now(folder: Path) -> None:
    """The dead sender's three minutes and every wait are over."""
    with Hub.open(folder, practice=True) as hub, hub.database.write() as connection:
        connection.exec_driver_sql("UPDATE portal_orders SET next_at = 0")
        connection.exec_driver_sql("DELETE FROM settings WHERE name = 'portal-lease'")


def run_killed(folder: Path, portal: Portal, at: int) -> int:
    """A visit that dies at the ``at``-th request of it; how it ended."""
    command = [sys.executable, "-m", "sync.hub.cli", "--folder", str(folder), "portal", "run"]
    counted = itertools.count(1)
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def taken() -> None:
        if next(counted) == at:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()

    portal.taken = taken
    child.communicate(timeout=60)
    return child.returncode


def test_killed_at_every_request(tmp_path: Path) -> None:
    """Each visit dies one request later than the one before, until one lives."""
    with Portal() as portal:
        a_hub(tmp_path / "hub", portal)
        ends = []
        for at in itertools.count(1):
            ends.append(run_killed(tmp_path / "hub", portal, at))
            if ends[-1] >= 0:
                break
            due_now(tmp_path / "hub")
        told = portal.told[CODE]
    assert portal.wrong == []
    assert ends.count(-signal.SIGKILL) == len(ends) - 1 >= 3
    assert told in ([5, 2, 4, 9], [5, 1, 2, 4, 9])
    assert len(portal.lines) == len(set(portal.lines)) == len(told)
