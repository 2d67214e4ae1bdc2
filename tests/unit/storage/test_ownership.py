"""One program a store."""

from __future__ import annotations

import subprocess
import sys

import pytest

from counter_app.storage.keeping.ownership import Ownership
from counter_app.storage.store_errors import StoreError

HOLD = "import sys, pathlib; from counter_app.storage.keeping.ownership import Ownership\n"
HOLD += "held = Ownership(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"


def test_a_second_program_is_sent_to_the_first(tmp_path):
    first = Ownership(tmp_path / "store.db")
    with pytest.raises(StoreError) as refused:
        Ownership(tmp_path / "store.db")
    assert refused.value.code == "store.in_use"
    first.release()
    first.release()
    Ownership(tmp_path / "store.db").release()


def test_a_killed_program_leaves_no_lock_behind(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path / "store.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline().strip() == "held"
        with pytest.raises(StoreError):
            Ownership(tmp_path / "store.db")
        other.kill()
        other.wait()
    Ownership(tmp_path / "store.db").release()
