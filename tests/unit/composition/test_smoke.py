"""The self-test of a version: all is loaded and painted; a copy of a store is opened and checked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.composition import smoke as module
from counter_app.storage.keeping import integrity
from counter_app.storage.store_errors import StoreError
from tests.support.counter import CLERK, Counter, form, make_counter

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Counter:
    made = make_counter(tmp_path_factory.mktemp("quay"))
    made.sign_in(CLERK)
    made.areas.copies.commit(form("hb 1x1"))
    made.close()
    return made


def test_the_program_says_that_it_is_well_and_what_it_is() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", "--smoke"], cwd=ROOT, env=environment, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "ok" in done.stdout


def test_a_copy_is_opened_as_its_own_and_counted(counter: Counter) -> None:
    assert module.rehearse(counter.store.path, counter.store_key) > 5


def test_another_key_opens_nothing(counter: Counter) -> None:
    with pytest.raises(StoreError):
        module.rehearse(counter.store.path, bytes(32))


def test_a_copy_that_is_not_whole_afterwards_is_a_failed_rehearsal(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [integrity.Finding("chain.broken", "1/2")]
    monkeypatch.setattr(integrity, "check_chains", lambda connection: found)
    with pytest.raises(RuntimeError, match=r"1 problems: chain\.broken"):
        module.rehearse(counter.store.path, counter.store_key)


def test_a_missing_part_or_a_wrong_key_ends_the_self_test(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_paint", lambda: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("not a key\n"))
    with pytest.raises(ValueError):
        module.smoke(counter.store.path)
    monkeypatch.setattr(module, "MODULES", ("counter_app.no_such_part",))
    with pytest.raises(ImportError):
        module.smoke()
