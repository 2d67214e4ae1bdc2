"""Where the key of the store and the device's secret are kept: the system's secret store, else a sealed file.

The file is the visible fallback (headless Linux has no secret store): mode 0600, everything in it encrypted
under a passphrase that somebody types at each start. Nothing is ever written in plain text.
File: 'CCS' || version 1 || argon2id passes, memory KiB, lanes (u32 BE each) || salt (16) || nonce (12) ||
AES-256-GCM of a JSON object, with everything before the nonce as associated data.
"""

from __future__ import annotations

import json
import os
import secrets as randomness
import struct
import unicodedata
from pathlib import Path
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.domain.errors import Words
from counter_app.errors import OutsideError
from sync.flushing import flush_folder

STORE_KEY = "store-key"
DEVICE_SECRET = "device-secret"
MIN_PASSPHRASE = 8

_MAGIC = b"CCS\x01"
_COST = (3, 65_536, 4)
_MOST = (16, 1_048_576, 16)
_SALT, _NONCE = 16, 12
_HEAD = len(_MAGIC) + 12 + _SALT
_PROBE = "probe"

_WORDS = {
    "secret.passphrase": (
        Words(
            "Mật khẩu mở khóa chưa đúng.",
            "Khóa của kho được cất bằng mật khẩu; mật khẩu này không mở được.",
            "Nhập lại mật khẩu, hoặc dùng khóa khôi phục của tỉnh.",
        ),
        Words(
            "The passphrase is not right.",
            "The key of the store is kept under a passphrase, and this one does not open it.",
            "Type it again, or use the province's recovery key.",
        ),
    ),
    "secret.short": (
        Words(
            f"Mật khẩu cất khóa cần ít nhất {MIN_PASSPHRASE} ký tự.",
            "Mật khẩu ngắn thì ai lấy được đĩa cũng dò ra.",
            "Nhập một câu dài, dễ nhớ.",
        ),
        Words(
            f"The passphrase needs at least {MIN_PASSPHRASE} characters.",
            "Whoever takes the disk would guess a short one.",
            "Type a long sentence that is easy to remember.",
        ),
    ),
    "secret.damaged": (
        Words(
            "Tệp cất khóa bị hỏng.",
            "Tệp có nhưng đọc không ra; kho dữ liệu vẫn nguyên.",
            "Dùng khóa khôi phục của tỉnh.",
        ),
        Words(
            "The key file is damaged.",
            "It is there but cannot be read; the store itself is untouched.",
            "Use the province's recovery key.",
        ),
    ),
    "secret.absent": (
        Words(
            "Máy này chưa có nơi cất khóa.",
            "Hệ điều hành không có kho khóa dùng được và chưa đặt mật khẩu cho tệp khóa.",
            "Đặt mật khẩu cất khóa (trang Kỹ thuật viên).",
        ),
        Words(
            "This PC has no place for keys.",
            "The system has no usable secret store, and no passphrase was set for a key file.",
            "Set a passphrase for the key file (Technician page).",
        ),
    ),
    "secret.unwritable": (
        Words(
            "Không ghi được tệp cất khóa.",
            "Đĩa đầy, lỗi hoặc khóa ghi; tệp khóa trước đó vẫn nguyên.",
            "Xóa bớt tệp trên đĩa hoặc mở quyền ghi, rồi làm lại.",
        ),
        Words(
            "The key file cannot be written.",
            "The disk is full, failing or locked; the key file is as it was.",
            "Free some room or allow writing, then repeat.",
        ),
    ),
    "secret.refused": (
        Words(
            "Kho khóa của hệ điều hành không cho đọc hoặc ghi.",
            "Kho khóa đang khóa hoặc hỏng; chưa có gì thay đổi.",
            "Mở khóa kho khóa của hệ điều hành rồi thử lại.",
        ),
        Words(
            "The system's secret store refuses to read or write.",
            "It is locked or out of order; nothing was changed.",
            "Unlock the system's secret store and try again.",
        ),
    ),
}


class SecretError(OutsideError):
    """The place of keys does not answer, told in words; ``code`` begins with ``secret.``."""

    def __init__(self, code: str, detail: str = "") -> None:
        vi, en = _WORDS[code]
        super().__init__(code, vi, en, detail)


class SecretStore(Protocol):
    """Small texts (64 hex digits and the like) under names; ``place`` is shown on the technician's page."""

    place: str

    def get(self, name: str) -> str | None:
        """The secret, None without one. Raises ``SecretError``."""
        ...

    def put(self, name: str, value: str) -> None:
        """Keep or replace it. Raises ``SecretError``."""
        ...

    def drop(self, name: str) -> None:
        """Forget it; nothing happens without one. Raises ``SecretError``."""
        ...


class KeyringSecrets:
    """The system's secret store: Credential Manager, Keychain, Secret Service."""

    place = "keyring"

    def __init__(self, service: str) -> None:
        self._service = service

    def get(self, name: str) -> str | None:
        """The secret, None without one."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(self._service, name)
        except KeyringError as error:
            raise SecretError("secret.refused", type(error).__name__) from error

    def put(self, name: str, value: str) -> None:
        """Keep it; Windows takes at most 1,280 characters."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(self._service, name, value)
        except KeyringError as error:
            raise SecretError("secret.refused", type(error).__name__) from error

    def drop(self, name: str) -> None:
        """Forget it."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(self._service, name)
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise SecretError("secret.refused", type(error).__name__) from error


def keyring_works(service: str) -> bool:
    """True when the system's store keeps a value and gives it back. Plain-text back ends do not count."""
    import keyring

    backend = keyring.get_keyring()
    if backend.priority < 1 or type(backend).__module__.startswith("keyrings.alt"):
        return False
    kept, value = KeyringSecrets(service), randomness.token_hex(8)
    try:
        kept.put(_PROBE, value)
        answered = kept.get(_PROBE)
        kept.drop(_PROBE)
    except SecretError:
        return False
    return answered == value


class FileSecrets:
    """A sealed file. The passphrase is worked once, at opening; each change rewrites the whole file."""

    place = "file"

    def __init__(self, path: Path, passphrase: str) -> None:
        self._path = path
        if path.exists():
            data = path.read_bytes()
            self._head, self._key = _opened(data, passphrase)
            self._kept = _unsealed(data, self._head, self._key)
        else:
            if len(passphrase) < MIN_PASSPHRASE:
                raise SecretError("secret.short")
            self._head = _MAGIC + struct.pack(">3I", *_COST) + randomness.token_bytes(_SALT)
            self._key = _worked(passphrase, self._head)
            self._kept = {}
            self._write()

    def get(self, name: str) -> str | None:
        """The secret, None without one."""
        return self._kept.get(name)

    def put(self, name: str, value: str) -> None:
        """Keep it and write the file anew."""
        self._kept[name] = value
        self._write()

    def drop(self, name: str) -> None:
        """Forget it."""
        if self._kept.pop(name, None) is not None:
            self._write()

    def change_passphrase(self, passphrase: str) -> None:
        """Seal everything under another passphrase. Raises ``SecretError`` for a short one."""
        if len(passphrase) < MIN_PASSPHRASE:
            raise SecretError("secret.short")
        self._head = _MAGIC + struct.pack(">3I", *_COST) + randomness.token_bytes(_SALT)
        self._key = _worked(passphrase, self._head)
        self._write()

    def _write(self) -> None:
        """Replace the file in one step; it never exists with wider rights or half written.

        Raises ``SecretError`` ``secret.unwritable``; the file is then as it was.
        """
        try:
            self._replace()
        except OSError as error:
            raise SecretError("secret.unwritable", type(error).__name__) from error

    def _replace(self) -> None:
        nonce = randomness.token_bytes(_NONCE)
        sealed = AESGCM(self._key).encrypt(nonce, json.dumps(self._kept).encode(), self._head)
        draft = self._path.with_name(self._path.name + ".new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(self._head + nonce + sealed)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._path)
        flush_folder(self._path.parent)


def _worked(passphrase: str, head: bytes) -> bytes:
    passes, memory, lanes = struct.unpack(">3I", head[len(_MAGIC) : len(_MAGIC) + 12])
    words = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(words, head[-_SALT:], passes, memory, lanes, 32, Type.ID)


def _opened(data: bytes, passphrase: str) -> tuple[bytes, bytes]:
    head = data[:_HEAD]
    if len(data) < _HEAD + _NONCE + 16 or not head.startswith(_MAGIC):
        raise SecretError("secret.damaged")
    cost = struct.unpack(">3I", head[len(_MAGIC) : len(_MAGIC) + 12])
    if any(not 1 <= asked <= most for asked, most in zip(cost, _MOST, strict=True)) or cost[1] < 8 * cost[2]:
        raise SecretError("secret.damaged")
    return head, _worked(passphrase, head)


def _unsealed(data: bytes, head: bytes, key: bytes) -> dict[str, str]:
    nonce, sealed = data[_HEAD : _HEAD + _NONCE], data[_HEAD + _NONCE :]
    try:
        kept: dict[str, str] = json.loads(AESGCM(key).decrypt(nonce, sealed, head))
    except InvalidTag as error:
        raise SecretError("secret.passphrase") from error
    return kept


def open_secrets(service: str, file: Path, passphrase: str | None = None) -> SecretStore:
    """The place of keys on this PC: a key file that exists, else the system's store, else a new key file.

    Raises ``SecretError``: ``secret.absent`` when a passphrase is needed and none was given, or a wrong one.
    """
    if file.exists():
        if passphrase is None:
            raise SecretError("secret.absent", "passphrase wanted")
        return FileSecrets(file, passphrase)
    if keyring_works(service):
        return KeyringSecrets(service)
    if passphrase is None:
        raise SecretError("secret.absent")
    return FileSecrets(file, passphrase)


def store_key(kept: SecretStore) -> bytes | None:
    """The raw 256-bit key of the store, None before it was made. Raises ``SecretError`` for a damaged one."""
    value = kept.get(STORE_KEY)
    if value is None:
        return None
    try:
        key = bytes.fromhex(value)
    except ValueError as error:
        raise SecretError("secret.damaged", STORE_KEY) from error
    if len(key) != 32:
        raise SecretError("secret.damaged", STORE_KEY)
    return key


def make_secret(kept: SecretStore, name: str) -> bytes:
    """A fresh random secret of 32 bytes, kept under ``name``; an existing one is returned as it is."""
    value = kept.get(name)
    if value is None:
        value = randomness.token_hex(32)
        kept.put(name, value)
    return bytes.fromhex(value)
