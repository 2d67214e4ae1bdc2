"""The measurement of backup and restore at its smallest: everything it names is really done."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import bench_restore, full_store


def test_the_table_names_the_limit_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(full_store.PLACE, str(tmp_path))
    assert bench_restore.main(["--lines", "200", "--files", "3", "--times", "1"]) == 0
    printed = capsys.readouterr().out
    assert "MB of store, 3 files, 1 MB" in printed
    assert "restore of the store, checked, opened (< 4 s at 200 MB)" in printed
    assert [one.name for one in tmp_path.iterdir()] == ["lines-200"]
