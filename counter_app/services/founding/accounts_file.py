"""Accounts carried to another PC of the unit: a file that only the unit's PCs can open (``*.mca``).

'MCA' || version 1 || MessagePack array [unit, version of the unit's key, nonce (12), AES-256-GCM]. Contents,
an array of [journal, seq, public key, account secret, sealed key], stand under HKDF-SHA256(unit key,
salt = nonce, info = 'commune-counter accounts 1') with unit and version as associated data. An account still
wants its owner's password, and only a public key that a journal names for him is taken.
PINs do not travel.
"""

from __future__ import annotations

import secrets as randomness
from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta

from counter_app.domain.errors import DomainError
from counter_app.services.session.secrets import Account
from sync.protocol.journals.codec import PublicKey, UnitCode, decode, encode
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.unit_keys import UnitKey, derive
from sync.protocol.refusals import Malformed

MAGIC = b"MCA\x01"
SUFFIX = ".mca"
MAX_BYTES = 1_000_000
MOST_ACCOUNTS = 500
_INFO = b"commune-counter accounts 1"
_NONCE = 12


class Carried(msgspec.Struct, array_like=True, frozen=True):
    """One account on its way."""

    journal: Annotated[int, Meta(ge=1, lt=2**31)]
    seq: Annotated[int, Meta(ge=1, lt=2**31)]
    public: PublicKey
    secret: Annotated[bytes, Meta(min_length=32, max_length=32)]
    sealed: Annotated[bytes, Meta(max_length=256)]

    @property
    def official(self) -> EntryId:
        """Whose it is."""
        return EntryId(self.journal, self.seq)

    @property
    def account(self) -> Account:
        """As ``session.secrets`` keeps it."""
        return Account(self.public, self.secret, self.sealed)


class _File(msgspec.Struct, array_like=True, frozen=True):
    unit: UnitCode
    version: Annotated[int, Meta(ge=1, lt=2**31)]
    nonce: Annotated[bytes, Meta(min_length=_NONCE, max_length=_NONCE)]
    sealed: Annotated[bytes, Meta(max_length=MAX_BYTES)]


class _Contents(msgspec.Struct, array_like=True, frozen=True):
    accounts: Annotated[tuple[Carried, ...], Meta(max_length=MOST_ACCOUNTS)]


def write_file(accounts: tuple[tuple[EntryId, Account], ...], key: UnitKey) -> bytes:
    """The file's bytes, sealed under the unit's ``key``."""
    nonce = randomness.token_bytes(_NONCE)
    contents = _Contents(tuple(Carried(who.journal, who.seq, *account) for who, account in accounts))
    sealed = AESGCM(derive(key.key, nonce, _INFO)).encrypt(
        nonce, encode(contents), _about(key.unit, key.version)
    )
    return MAGIC + encode(_File(key.unit, key.version, nonce, sealed))


def read_file(data: bytes, unit: str, keys: Callable[[], Mapping[int, UnitKey]]) -> tuple[Carried, ...]:
    """The accounts in a file for ``unit``; ``keys`` are the unit's by version.

    Raises DomainError ``accounts.not_ours``, ``.damaged``, ``.other_unit``, ``.no_key``.
    """
    if len(data) > MAX_BYTES or not data.startswith(MAGIC):
        raise _refused("not_ours")
    try:
        file = decode(_File, data[len(MAGIC) :])
    except Malformed as error:
        raise _refused("damaged") from error
    if file.unit != unit:
        raise _refused("other_unit")
    key = keys().get(file.version)
    if key is None:
        raise _refused("no_key")
    try:
        plain = AESGCM(derive(key.key, file.nonce, _INFO)).decrypt(
            file.nonce, file.sealed, _about(file.unit, file.version)
        )
        return decode(_Contents, plain).accounts
    except (InvalidTag, Malformed) as error:
        raise _refused("damaged") from error


def _about(unit: str, version: int) -> bytes:
    return unit.encode() + version.to_bytes(4, "big")


_WORDS = {
    "not_ours": (
        "Đây không phải tệp tài khoản.", "Tệp không bắt đầu như tệp .mca của chương trình.",
        "Chọn tệp .mca xuất từ trang Cán bộ của máy khác trong xã.", "This is no file of accounts.",
        "It does not begin like an .mca file.", "Choose the .mca file written at another PC of the unit.",
    ),
    "damaged": (
        "Tệp tài khoản bị hỏng.", "Nội dung không trọn vẹn hoặc đã bị sửa. Máy chưa đổi gì.",
        "Xuất và chép lại tệp.", "The file of accounts is damaged.",
        "It is not whole or was changed. Nothing was changed on this PC.", "Write and copy it again.",
    ),
    "other_unit": (
        "Tệp tài khoản của đơn vị khác.", "Máy này chưa đổi gì.", "Chọn tệp của đúng đơn vị.",
        "The file is another unit's.", "Nothing was changed on this PC.", "Choose a file of this unit.",
    ),
    "no_key": (
        "Máy này chưa có khóa của đơn vị.", "Tệp được niêm phong bằng khóa máy này chưa nhận.",
        "Nối tỉnh một lần hoặc nhập gói của tỉnh, rồi nhập lại tệp.", "This PC lacks the unit's key.",
        "The file is sealed under a key it was not given yet.",
        "Meet the province once or import its bundle, then try again.",
    ),
    "nobody": (
        "Chưa có tài khoản nào mang đi được.", "Máy này chưa giữ tài khoản của ai.",
        "Lập cán bộ trước.", "There is no account to carry.", "This PC keeps nobody's.",
        "Record officials first.",
    ),
    "unknown": (
        "Chưa nhận được danh sách cán bộ của các tài khoản này.",
        "Tệp đúng, nhưng máy này chưa biết những người trong tệp.",
        "Đồng bộ hoặc nhập gói .mcx của máy kia trước, rồi nhập lại tệp.",
        "The officials of these accounts are not known here yet.",
        "The file is right, but this PC has not heard of the people in it.",
        "Exchange, or import the other PC's .mcx bundle first, then try again.",
    ),
    "unreadable": (
        "Không đọc được tệp tài khoản.", "Tệp không còn, hoặc USB đã rút.", "Kiểm tra đường dẫn hoặc USB.",
        "The file of accounts cannot be read.", "The file or the stick is gone.", "Check the path or stick.",
    ),
    "unwritable": (
        "Không ghi được tệp tài khoản.", "Nơi này đầy, chỉ đọc, hoặc USB đã rút.",
        "Chọn thư mục khác hoặc USB khác.", "The file of accounts cannot be written.",
        "The place is full, read-only or gone.", "Choose another folder or stick.",
    ),
}  # fmt: skip


def _refused(code: str, field: str = "file") -> DomainError:
    title, meaning, remedy, title_en, meaning_en, remedy_en = _WORDS[code]
    return DomainError(
        title, meaning, remedy, field, code=f"accounts.{code}", title_en=title_en, meaning_en=meaning_en,
        remedy_en=remedy_en,
    )  # fmt: skip


def refused(code: str) -> DomainError:
    """Why accounts do not move: ``accounts.nobody``, ``.unknown``, ``.unreadable``, ``.unwritable``."""
    return _refused(code)
