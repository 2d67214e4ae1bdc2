"""What lies beside the installers: digests of every file, the setup's keys refused when there are none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from installers.bundle import release
from installers.bundle.application import BuildFault
from installers.windows.build import build


def test_every_file_is_in_the_sums_and_a_changed_one_is_told(tmp_path: Path) -> None:
    for name in ("a.deb", "quầy b.exe"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "folder").mkdir()
    assert [path.name for path in release.sum_up(tmp_path)] == ["a.deb", "quầy b.exe"]
    check = ["sha256sum", "--quiet", "-c", release.SUMS]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    again = (tmp_path / release.SUMS).read_bytes()
    release.sum_up(tmp_path)
    assert (tmp_path / release.SUMS).read_bytes() == again, "the list does not name itself"
    (tmp_path / "a.deb").write_bytes(b"changed")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_what_cannot_be_made_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(release, "ROOT", tmp_path / "nothing")
    assert release.main(["--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("release: build: ")


def test_a_setup_is_not_made_with_keys_that_are_not_there(tmp_path: Path) -> None:
    """It would take no update, ever, and nobody would notice before the first one."""
    with pytest.raises(BuildFault, match="no key file"):
        build(tmp_path / "out", tmp_path, keys=tmp_path / "update-keys.json")
    assert not (tmp_path / "out").exists()
