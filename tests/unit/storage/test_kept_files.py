"""Kept files: sealed, whole after any power cut, readable by whatever opens the store, copied but once."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from counter_app.storage.store import Store
from counter_app.storage.this_pc import files_key, flushed, kept_files
from counter_app.storage.this_pc.flushed import PART, make_folder, write_flushed
from counter_app.storage.this_pc.kept_files import KeptFiles, sweep_opened

KEY, OTHER, THIRD = b"k" * 32, b"o" * 32, b"t" * 32


def test_a_file_is_kept_once_and_tells_nothing(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path / "scans", KEY)
    name = files.put(b"%PDF of a citizen")
    lying = (tmp_path / "scans" / f"{name}.sealed").read_bytes()
    assert b"citizen" not in lying
    assert files.put(b"%PDF of a citizen") == name
    assert (tmp_path / "scans" / f"{name}.sealed").read_bytes() == lying, "not written again"
    assert (files.names(), files.size(name)) == ((name,), len(lying))
    assert files.has("../keys") is False


def test_a_damaged_file_is_mended_by_putting_it_again(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, KEY)
    name = files.put(b"pages")
    (tmp_path / f"{name}.sealed").write_bytes(b"rubbish")
    assert files.get(name) is None
    assert files.put(b"pages") == name
    assert files.get(name) == b"pages"


def test_a_file_under_another_name_does_not_open(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, KEY)
    one, two = files.put(b"one"), files.put(b"two")
    (tmp_path / f"{one}.sealed").write_bytes((tmp_path / f"{two}.sealed").read_bytes())
    assert files.get(one) is None


def test_what_an_older_secret_sealed_is_read_and_sealed_anew(tmp_path: Path) -> None:
    name = KeptFiles(tmp_path, OTHER).put(b"before the update")
    files = KeptFiles(tmp_path, KEY, (OTHER,))
    assert files.get(name) == b"before the update"
    leaving = files.sealed(name)
    assert leaving is not None
    assert kept_files.unseal(leaving, name, (KEY,)) == b"before the update", (
        "nothing leaves under the PC's own"
    )
    assert KeptFiles(tmp_path, KEY).get(name) is None
    assert (files.reseal(), files.reseal()) == (1, 0)
    assert KeptFiles(tmp_path, KEY).get(name) == b"before the update"


def test_an_opened_copy_is_for_this_user_alone_and_goes(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path / "signed", KEY)
    name = files.put(b"%PDF")
    with files.opened(name) as path:
        assert path.read_bytes() == b"%PDF"
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in (tmp_path / "signed").iterdir()] == [f"{name}.sealed"]
    with pytest.raises(FileNotFoundError), files.opened("0" * 64):
        pass


def test_what_a_kill_left_open_is_swept(tmp_path: Path) -> None:
    files = KeptFiles(tmp_path, KEY)
    name = files.put(b"%PDF")
    left = tmp_path / f"{kept_files.OPEN}abc"
    left.mkdir()
    (left / f"{name}.pdf").write_bytes(b"%PDF")
    (tmp_path / f"x{PART}").write_bytes(b"half")
    sweep_opened(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [f"{name}.sealed"]


def test_a_full_disk_leaves_no_half_file_and_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x"
    write_flushed(target, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(flushed.os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_flushed(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_bytes_are_flushed_before_the_name_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut at any moment leaves the name with everything in it, or no name."""
    done: list[str] = []
    flush, rename = os.fsync, os.replace

    def fsync(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes")
        flush(handle)

    def replace(one: Path, two: Path) -> None:
        done.append("name")
        rename(one, two)

    monkeypatch.setattr(flushed.os, "fsync", fsync)
    monkeypatch.setattr(flushed.os, "replace", replace)
    write_flushed(tmp_path / "x", b"1")
    assert done == ["bytes", "name", "folder"]
    done.clear()
    make_folder(tmp_path / "a" / "b")
    assert done == ["folder", "folder"]
    assert (tmp_path / "a" / "b").is_dir()


def test_the_files_secret_lies_in_the_store_and_is_made_once(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store.db", KEY)
    with store.read() as connection:
        assert files_key.keys_of(connection) == ()
    made = files_key.ensure(store)
    assert (len(made), len(made[0])) == (1, 32)
    assert files_key.ensure(store) == made
    store.close()
    again = Store.open(tmp_path / "store.db", KEY)
    with again.read() as connection:
        assert files_key.keys_of(connection) == made
    assert made[0].hex().encode() not in (tmp_path / "store.db").read_bytes()
    again.close()


def test_secrets_of_another_store_are_kept_beside_ones_own(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "store.db", KEY)
    with store.write() as connection:
        files_key.adopt(connection, (OTHER,))
        assert files_key.keys_of(connection) == (OTHER,)
        files_key.adopt(connection, (THIRD, OTHER, KEY))
        files_key.adopt(connection, (KEY,))
        assert files_key.keys_of(connection) == (OTHER, THIRD, KEY)
    store.close()
