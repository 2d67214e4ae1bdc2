"""Passwords and PINs at rest: nothing here opens without the device's secret.

A password opens the official's own key (``sync.protocol.naming.officials``): there is no table of passwords.
A PIN opens nothing: it is compared with argon2id bound to the device, only while the key is open in memory.

A key is sealed under the password and a random *account secret*, which lies beside it wrapped under the
device's secret. So an account can move to another PC of the unit without its password: only the wrapping is
made anew.
Form at rest: public key (32) || 2 || nonce (12) || AES-256-GCM of the account secret (48, the public key as
associated data) || sealed key.
"""

from __future__ import annotations

import hmac
import os
import re
import unicodedata
from calendar import monthrange
from typing import NamedTuple

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.storage.this_pc import device
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import KEY_BYTES, SigningKey
from sync.protocol.naming.officials import Cost, open_key, seal_key
from sync.protocol.naming.unit_keys import derive
from sync.protocol.refusals import WrongPassphrase

MIN_PASSWORD = 8
PIN_DIGITS = 6
_BIRTH_YEAR = re.compile(r"^(19[3-9]\d|20[0-3]\d)|(19[3-9]\d|20[0-3]\d)$")
"""A year somebody at work may be born in, written at either end."""
_SALT = 16
_PIN_INFO = b"commune-counter pin 1"
_ACCOUNT_INFO = b"commune-counter account 1"
_WRAPPED = 2
_NONCE = 12
_WRAPPED_END = KEY_BYTES + 1 + _NONCE + KEY_BYTES + 16


class Account(NamedTuple):
    """An official's account as it may travel between PCs: his password and ``secret`` together open it.

    ``public`` is the official's key (32 bytes), ``secret`` the account's (32), ``sealed`` the key under both.
    """

    public: bytes
    secret: bytes
    sealed: bytes


def check_password(password: str) -> str:
    """A password long enough beside the enrolled device (``law.md`` 7.1 [S]); ``password.short``."""
    if len(password) < MIN_PASSWORD:
        raise short_password(password)
    return password


def short_password(password: str, field: str = "password") -> DomainError:
    """Words about a password that is too short, for the ``field`` it was typed in."""
    return DomainError(
        f"Mật khẩu phải có ít nhất {MIN_PASSWORD} ký tự, hiện có {len(password)}.",
        field=field, code="password.short",
        title_en=f"A password has at least {MIN_PASSWORD} characters; there are {len(password)}.",
    )  # fmt: skip


def check_pin_form(pin: str) -> str:
    """Six digits that are not the first anybody tries; DomainError ``pin.form``, ``.easy``, ``.birth``."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise DomainError(
            f"PIN phải có {PIN_DIGITS} chữ số.", field="pin", code="pin.form",
            title_en=f"A PIN has {PIN_DIGITS} digits.",
        )  # fmt: skip
    if pin in "01234567890" or pin in "09876543210" or any(pin == pin[:n] * (6 // n) for n in (1, 2, 3)):
        raise DomainError(
            "PIN này dễ đoán.", remedy="Chọn 6 chữ số không giống nhau, không liền nhau, không lặp lại.",
            field="pin", code="pin.easy", title_en="This PIN is easy to guess.",
            remedy_en="Choose six digits that are neither equal, nor in sequence, nor repeated.",
        )  # fmt: skip
    if _BIRTH_YEAR.search(pin) or _is_short_date(pin):
        raise DomainError(
            "PIN này giống ngày sinh hoặc năm sinh.", "Người quen đoán được ngay.", "Chọn 6 chữ số khác.",
            "pin", code="pin.birth", title_en="This PIN looks like a date or year of birth.",
            meaning_en="Whoever knows you guesses it at once.", remedy_en="Choose six other digits.",
        )  # fmt: skip
    return pin


def _is_short_date(pin: str) -> bool:
    """Six digits that read as ``ddmmyy``; 29/02 of any year counts."""
    day, month = int(pin[:2]), int(pin[2:4])
    return 1 <= month <= 12 and 1 <= day <= monthrange(2000, month)[1]


def keep_key(
    connection: Connection,
    official: EntryId,
    key: SigningKey,
    password: str,
    secret: bytes,
    cost: Cost,
    at: int,
) -> None:
    """Keep an official's key on this PC under ``password`` and the device's secret."""
    own = os.urandom(KEY_BYTES)
    account = Account(key.public, own, seal_key(key, check_password(password), own, cost))
    keep_account(connection, official, account, secret, at)


def keep_account(connection: Connection, official: EntryId, account: Account, secret: bytes, at: int) -> None:
    """Keep an account that came from another PC (or was made just now) under this device's ``secret``."""
    nonce = os.urandom(_NONCE)
    wrapped = AESGCM(derive(secret, nonce, _ACCOUNT_INFO)).encrypt(nonce, account.secret, account.public)
    form = account.public + bytes([_WRAPPED]) + nonce + wrapped + account.sealed
    device.put_sealed_key(connection, f"official:{official.key}", form, at)


def account_of(kept: bytes, secret: bytes) -> Account | None:
    """The account in what is kept, None when this device's ``secret`` does not open it."""
    if len(kept) < _WRAPPED_END or kept[KEY_BYTES] != _WRAPPED:
        return None
    public, nonce = kept[:KEY_BYTES], kept[KEY_BYTES + 1 : KEY_BYTES + 1 + _NONCE]
    wrapped = kept[KEY_BYTES + 1 + _NONCE : _WRAPPED_END]
    try:
        own = AESGCM(derive(secret, nonce, _ACCOUNT_INFO)).decrypt(nonce, wrapped, public)
    except InvalidTag:
        return None
    return Account(public, own, kept[_WRAPPED_END:])


def is_of(kept: bytes, public: bytes) -> bool:
    """True when what is kept belongs to the key ``public``, and not to one that was replaced since."""
    return hmac.compare_digest(kept[:KEY_BYTES], public)


def forget(connection: Connection, official: EntryId, *, pin_only: bool = False) -> None:
    """The account, or its PIN alone, is no longer kept on this PC."""
    device.drop_sealed_key(connection, f"pin:{official.key}")
    if not pin_only:
        device.drop_sealed_key(connection, f"official:{official.key}")


def has_key(connection: Connection, official: EntryId) -> bool:
    """True when this PC keeps a key of the official."""
    return device.sealed_key(connection, f"official:{official.key}") is not None


def unlock_key(kept: bytes, password: str, secret: bytes) -> SigningKey | None:
    """The official's key, None for a wrong password or another device's ``secret``."""
    account = account_of(kept, secret)
    if account is None:
        return None
    try:
        return open_key(account.sealed, account.public, password, account.secret)
    except WrongPassphrase:
        return None


def kept_key(connection: Connection, official: EntryId) -> bytes | None:
    """The sealed key as it is kept, None when there is none."""
    return device.sealed_key(connection, f"official:{official.key}")


def keep_pin(connection: Connection, official: EntryId, pin: str, secret: bytes, cost: Cost, at: int) -> None:
    """Keep what a PIN will be compared with."""
    salt = os.urandom(_SALT)
    device.put_sealed_key(
        connection, f"pin:{official.key}", salt + _pin_hash(check_pin_form(pin), salt, secret, cost), at
    )


def has_pin(connection: Connection, official: EntryId) -> bool:
    """True when the official has set a PIN on this PC."""
    return device.sealed_key(connection, f"pin:{official.key}") is not None


def pin_fits(connection: Connection, official: EntryId, pin: str, secret: bytes, cost: Cost) -> bool:
    """True for the official's own PIN; takes as long for a wrong one."""
    kept = device.sealed_key(connection, f"pin:{official.key}")
    if kept is None:
        return False
    return hmac.compare_digest(kept[_SALT:], _pin_hash(pin, kept[:_SALT], secret, cost))


def _pin_hash(pin: str, salt: bytes, secret: bytes, cost: Cost) -> bytes:
    words = unicodedata.normalize("NFC", pin).encode()
    hashed = hash_secret_raw(words, salt, cost.passes, cost.memory, cost.lanes, KEY_BYTES, Type.ID)
    return derive(hashed + secret, salt, _PIN_INFO)
