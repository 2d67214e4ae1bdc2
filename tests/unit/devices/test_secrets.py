"""Keys are kept by the system or in a sealed file, never in plain text."""

from __future__ import annotations

import os
import stat
import struct

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from counter_app.devices import secrets
from counter_app.devices.secrets import (
    STORE_KEY,
    FileSecrets,
    KeyringSecrets,
    SecretError,
    keyring_works,
    make_secret,
    open_secrets,
    store_key,
)

PASSPHRASE = "ngô trên nương đã chín"


class Backend(KeyringBackend):
    """A system store in memory, only for the test that sets it: never found by keyring's own search."""

    priority = 5
    viable = False

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_password(self, service, username):
        if self.broken:
            raise KeyringError("locked")
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        if self.broken:
            raise KeyringError("locked")
        self.kept[service, username] = password

    def delete_password(self, service, username):
        if (service, username) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, username]


@pytest.fixture
def system():
    before = keyring.get_keyring()
    backend = Backend()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def code_of(call, *values) -> str:
    with pytest.raises(SecretError) as caught:
        call(*values)
    return caught.value.code


def test_the_systems_store_is_used_when_it_works(system, tmp_path):
    kept = open_secrets("mcx-test", tmp_path / "keys")
    key = make_secret(kept, STORE_KEY)
    assert kept.place == "keyring"
    assert store_key(open_secrets("mcx-test", tmp_path / "keys")) == key
    assert list(system.kept) == [("mcx-test", STORE_KEY)]
    assert not (tmp_path / "keys").exists()


def test_a_broken_system_store_falls_back_to_the_file_only_with_a_passphrase(system, tmp_path):
    system.broken = True
    assert not keyring_works("mcx-test")
    assert code_of(open_secrets, "mcx-test", tmp_path / "keys") == "secret.absent"
    assert open_secrets("mcx-test", tmp_path / "keys", PASSPHRASE).place == "file"
    assert code_of(KeyringSecrets("mcx-test").get, STORE_KEY) == "secret.refused"


def test_a_plain_text_back_end_does_not_count(system, monkeypatch):
    monkeypatch.setattr(Backend, "__module__", "keyrings.alt.file")
    assert not keyring_works("mcx-test")


def test_the_file_opens_with_its_passphrase_only(tmp_path):
    kept = FileSecrets(tmp_path / "keys", PASSPHRASE)
    key = make_secret(kept, STORE_KEY)
    assert store_key(FileSecrets(tmp_path / "keys", PASSPHRASE)) == key
    assert code_of(FileSecrets, tmp_path / "keys", PASSPHRASE + ".") == "secret.passphrase"


def test_a_passphrase_typed_decomposed_is_the_same(tmp_path):
    import unicodedata

    FileSecrets(tmp_path / "keys", PASSPHRASE).put("a", "b")
    assert FileSecrets(tmp_path / "keys", unicodedata.normalize("NFD", PASSPHRASE)).get("a") == "b"


def test_nothing_stands_in_the_file_in_plain_text(tmp_path):
    kept = FileSecrets(tmp_path / "keys", PASSPHRASE)
    kept.put(STORE_KEY, "00ff" * 16)
    raw = (tmp_path / "keys").read_bytes()
    for plain in (b"00ff", STORE_KEY.encode(), bytes.fromhex("00ff" * 4), PASSPHRASE.encode()):
        assert plain not in raw


@pytest.mark.skipif(os.name == "nt", reason="rights are ACLs there")
def test_only_the_owner_may_read_the_file(tmp_path):
    before = os.umask(0)
    try:
        FileSecrets(tmp_path / "keys", PASSPHRASE).put("a", "b")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600


@pytest.mark.parametrize("place", [0, 5, 20, 40, -1])
def test_a_changed_byte_is_noticed(tmp_path, place):
    FileSecrets(tmp_path / "keys", PASSPHRASE).put("a", "b")
    raw = bytearray((tmp_path / "keys").read_bytes())
    raw[place] ^= 0x80
    (tmp_path / "keys").write_bytes(raw)
    assert code_of(FileSecrets, tmp_path / "keys", PASSPHRASE) in ("secret.damaged", "secret.passphrase")


@pytest.mark.parametrize("content", [b"", b"CCS", b"x" * 200, b"CCS\x01" + b"\xff" * 60])
def test_a_foreign_or_cut_file_is_told(tmp_path, content):
    (tmp_path / "keys").write_bytes(content)
    assert code_of(FileSecrets, tmp_path / "keys", PASSPHRASE) == "secret.damaged"


def test_a_crash_while_writing_keeps_the_old_file(tmp_path, monkeypatch):
    kept = FileSecrets(tmp_path / "keys", PASSPHRASE)
    kept.put("a", "first")
    monkeypatch.setattr(secrets.os, "replace", lambda *_: (_ for _ in ()).throw(OSError("power")))
    with pytest.raises(SecretError) as told:
        kept.put("a", "second")
    assert told.value.code == "secret.unwritable"
    monkeypatch.undo()
    monkeypatch.setattr(secrets, "_COST", (1, 64, 1))
    again = FileSecrets(tmp_path / "keys", PASSPHRASE)
    assert again.get("a") == "first"
    again.put("a", "third")
    assert FileSecrets(tmp_path / "keys", PASSPHRASE).get("a") == "third"


def test_the_new_name_of_the_key_file_is_flushed_too(tmp_path, monkeypatch):
    """Three power cuts soon after a start would else look like an older copy of the store."""
    kept = FileSecrets(tmp_path / "keys", PASSPHRASE)
    order = []
    real_sync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("sync"), real_sync(handle))[1])
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append("name"), real_replace(a, b))[1])
    kept.put("a", "b")
    assert order == ["sync", "name", "sync"]


def test_a_new_passphrase_replaces_the_old_one(tmp_path):
    kept = FileSecrets(tmp_path / "keys", PASSPHRASE)
    kept.put("a", "b")
    assert code_of(kept.change_passphrase, "ngắn") == "secret.short"
    kept.change_passphrase("mưa rào trên bản tập huấn")
    assert code_of(FileSecrets, tmp_path / "keys", PASSPHRASE) == "secret.passphrase"
    assert FileSecrets(tmp_path / "keys", "mưa rào trên bản tập huấn").get("a") == "b"


def test_short_passphrases_make_no_file(tmp_path):
    assert code_of(FileSecrets, tmp_path / "keys", "1234567") == "secret.short"
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("value", ["zz", "00" * 31])
def test_a_damaged_store_key_is_told(tmp_path, value):
    kept = FileSecrets(tmp_path / "keys", PASSPHRASE)
    kept.put(STORE_KEY, value)
    assert code_of(store_key, kept) == "secret.damaged"


def test_dropping_is_final_and_may_be_repeated(system, tmp_path):
    for kept in (KeyringSecrets("mcx-test"), FileSecrets(tmp_path / "keys", PASSPHRASE)):
        kept.put("a", "b")
        kept.drop("a")
        kept.drop("a")
        assert kept.get("a") is None


def test_words_in_both_languages():
    for code in secrets._WORDS:
        vi, en = (SecretError(code).words(language) for language in ("vi", "en"))
        assert vi.title != en.title
        assert vi.remedy
        assert en.remedy


def test_a_new_key_file_costs_a_guesser_the_full_work(tmp_path, monkeypatch, full_key_cost) -> None:
    """RFC 9106's second choice, in the head of the file; tests make theirs cheap (``tests/conftest.py``)."""
    assert full_key_cost == (3, 65_536, 4)
    cheap = tmp_path / "cheap"
    FileSecrets(cheap, PASSPHRASE).put("a", "b")
    assert struct.unpack(">3I", cheap.read_bytes()[4:16]) == (1, 64, 1)
    monkeypatch.setattr(secrets, "_COST", full_key_cost)
    FileSecrets(tmp_path / "keys", PASSPHRASE).put("a", "b")
    assert struct.unpack(">3I", (tmp_path / "keys").read_bytes()[4:16]) == full_key_cost
    assert FileSecrets(tmp_path / "keys", PASSPHRASE).get("a") == "b"
