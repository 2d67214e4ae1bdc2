"""The system's secrets are wiped: said in words, opened with the key the province kept, a new life."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli.app import IMPOSSIBLE, OK, REFUSED, WRONG, main
from counter_app.composition import compose
from counter_app.devices.secrets import store_key
from counter_app.domain.recovery_key import RecoveredKeys, write_recovery_key
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE
from counter_app.services.enrolment.opening import secrets_of
from counter_app.settings import PASSPHRASE_VARIABLE
from sync.hub.cli import main as hub_main
from tests.support.practice import practice_world, take_in

Read = pytest.CaptureFixture[str]


def commanded(home: Path, capsys: Read, *words: str) -> tuple[int, Any]:
    """One command at the terminal of a PC."""
    capsys.readouterr()
    code = main(["--home", str(home), *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def at_the_province(folder: Path, capsys: Read, *words: str) -> tuple[int, Any]:
    """One command at the hub."""
    capsys.readouterr()
    code = hub_main(["--folder", str(folder), "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def test_a_pc_whose_secrets_are_gone_goes_on_with_the_provinces_key(
    tmp_path: Path, capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    with practice_world(tmp_path / "xa") as world:
        settings, program = world.settings[0], world.programs[0]
        home, device = settings.paths.home, program.technician.enrolment().device
        assert commanded(home, capsys, "escrow") == (OK, {"recovery_key_at_province": "written"})
        assert commanded(home, capsys, "escrow") == (OK, {"recovery_key_at_province": "kept"})
        world.meet(program)
        request = take_in(world).request  # nobody but this disk has it
        program.close()
        settings.paths.secrets.unlink()

        code, said = commanded(home, capsys, "status")
        assert (code, said["error"]) == (IMPOSSIBLE, "store.key")
        assert "khóa khôi phục" in said["words"].lower()

        code, told = at_the_province(world.hub_folder, capsys, "recovery", "key", "00000", str(device))
        assert code == OK
        assert at_the_province(world.hub_folder, capsys, "recovery", "key", "00000", "99")[0] == WRONG
        key = told["recovery_key"]

        wrong = key.replace(key[-1], "0" if key[-1] != "0" else "1")
        monkeypatch.setattr("sys.stdin", io.StringIO(wrong))
        code, said = commanded(home, capsys, "recover", "--key-from-stdin")
        assert (code, said["error"]) == (REFUSED, "recovery.mistyped")
        another_pc = write_recovery_key(RecoveredKeys(bytes(32), bytes(32)))
        monkeypatch.setattr("sys.stdin", io.StringIO(another_pc))
        code, said = commanded(home, capsys, "recover", "--key-from-stdin")
        assert (code, said["error"]) == (IMPOSSIBLE, "store.key")
        assert store_key(secrets_of(settings.paths, PASSPHRASE)) is None, "another PC's key is not kept"
        monkeypatch.setattr("sys.stdin", io.StringIO(key))
        code, again = commanded(home, capsys, "recover", "--key-from-stdin")
        assert (code, again["life"]) == (OK, 2)
        monkeypatch.setattr("sys.stdin", io.StringIO(key))
        code, said = commanded(home, capsys, "recover", "--key-from-stdin")
        assert (code, said["error"]) == (REFUSED, "recovery.needless")

        program = world.programs[0] = compose(settings)
        world.sign_in(people.CLERK)  # the same passwords
        with program.opened.store.read() as connection:
            assert program.areas.work.state(connection, request), "what lay on this disk alone is there"
        take_in(world)
        world.meet(program)
        assert program.exchange.status().waiting == 0
