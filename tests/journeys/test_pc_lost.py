"""A PC dies with scans that wait and files that are signed; a new one goes on from the stick and the safe.

The stick holds backups and kept files, the safe a sheet with the recovery key. The token is SoftHSM2.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.cli.app import OK, main
from counter_app.composition import compose
from counter_app.composition.running import RunningProgram
from counter_app.paths import Paths
from counter_app.practice import people
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.services.ports.digital import ScannedFile
from counter_app.services.ports.settings import TokenSettings
from counter_app.settings import PASSPHRASE_VARIABLE
from tests.support import soft_token
from tests.support.practice import practice_world
from tests.support.soft_token import SoftToken, a_pdf
from tests.unit.devices.tokens.conftest import PERSON, made_token, token

__all__ = ["made_token", "token"]

Files = dict[str, str]


def commanded(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """One command at the terminal of a PC."""
    capsys.readouterr()
    code = main(["--home", str(home), *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def three_files_two_signed(world: PracticeWorld, token: SoftToken, folder: Path) -> Files:
    """Three rows with scans; the signatory signs two of them. Digests by number."""
    program = world.programs[0]
    world.sign_in(people.TECHNICIAN)
    root = token.authority.write(folder / "root.pem")
    program.settings.keep_tokens(TokenSettings(soft_token.module_path(), roots=root))
    world.sign_in(people.CLERK)
    rows = []
    for place, text in enumerate(("dt gks 1", "dt bang 2", "dt hb 3")):
        scan = program.digital.take_scan(a_pdf(folder / f"{place}.pdf", words=f"original {place}"))
        row = RowForm(text, "", program.now(), ("original.today",))
        rows.append(replace(row, scan=scan.digest, scan_pages=scan.pages))
    person = PersonForm("012086006812", "HOÀNG VĂN SƠN", "14/03/1986", "Bản Nà Khan", sex="male")
    program.copies.commit(RequestForm(person, tuple(rows), given="200000"))
    world.sign_in(people.SIGNER)
    offered = program.digital.keys()
    key = next(one for one in offered if one.key_id == PERSON)
    two = tuple(ScannedFile(one.request, one.original) for one in program.digital.waiting()[:2])
    done = program.digital.sign(two, people.PIN, key.choice(soft_token.PIN))
    assert done.sentence == "Đã ký số 2 tệp."
    return {row.number: row.digest for row in program.digital.signed()}


def test_a_new_pc_goes_on_from_the_stick_and_the_safe(
    tmp_path: Path, token: SoftToken, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    stick, safe = tmp_path / "usb", ""
    stick.mkdir()
    with practice_world(tmp_path / "xa") as world:
        files = three_files_two_signed(world, token, tmp_path)
        old = world.settings[0].paths.home
        world.programs[0].technician.choose_backup_place(str(stick))
        code, made = commanded(old, capsys, "backup")
        assert (code, made["files"], made["faulty"]) == (OK, 3, 0)
        assert not [one for one in old.rglob("*") if one.is_file() and b"%PDF-" in one.read_bytes()[:8]
                    and one.parent.name in ("scans", "signed")]  # fmt: skip
        world.programs[0].close()
        safe = commanded(old, capsys, "recovery-key")[1]["recovery_key"]
        shutil.rmtree(old)

        new = replace(world.settings[0], paths=Paths(tmp_path / "new-pc"), passphrase="mot mat khau khac")
        monkeypatch.setenv(PASSPHRASE_VARIABLE, "mot mat khau khac")
        monkeypatch.setattr("sys.stdin", io.StringIO(safe))
        backup = str(stick / Path(made["path"]).name)
        code, told = commanded(new.paths.home, capsys, "restore", backup, "--recover", "--key-from-stdin")
        assert (code, told["life"], told["files"]) == (OK, 2, 3)
        program = world.programs[0] = compose(new)
        goes_on(world, program, files, tmp_path)


def goes_on(world: PracticeWorld, program: RunningProgram, files: Files, folder: Path) -> None:
    """The same passwords; the scan that waited opens, what was signed verifies and is given away."""
    world.sign_in(people.SIGNER)
    (waits,) = program.digital.waiting()
    assert waits.scan_pages == 1
    rows = program.digital.signed()
    assert {row.number: row.digest for row in rows} == files
    out = folder / "out"
    out.mkdir()
    program.digital.export(tuple(row.line for row in rows), str(out))
    for row in rows:
        assert hashlib.sha256((out / row.path).read_bytes()).hexdigest() == files[row.number]
        assert program.digital.look(row.line).good
    world.meet(program)
    assert program.technician.back_up().files == 3
