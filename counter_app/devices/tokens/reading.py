"""In the child: tokens, certificates and keys through PKCS#11, told apart by id, never by label."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import PinState, Token, TokenCertificate

if TYPE_CHECKING:
    import pkcs11
    from asn1crypto import x509

Module = Any
"""A vendor's library as python-pkcs11 gives it; its types name no class for it."""

_PULLED: Final = frozenset(
    {
        "DeviceError", "DeviceRemoved", "KeyHandleInvalid", "NoSuchToken", "ObjectHandleInvalid",
        "SessionClosed", "SessionHandleInvalid", "SlotIDInvalid", "TokenNotPresent", "TokenNotRecognised",
        "UserNotLoggedIn",
    }
)  # fmt: skip
_PINS: Final = {
    "PinIncorrect": "pin.wrong", "PinInvalid": "pin.wrong", "PinLenRange": "pin.wrong",
    "ArgumentsBad": "pin.wrong", "PinLocked": "pin.locked", "PinExpired": "pin.expired",
}  # fmt: skip


def load(path: str) -> Module:
    """The vendor's module. Raises ``TokenFault`` ``token.module_missing``, ``token.extra_missing``."""
    try:
        import pkcs11
    except ImportError as error:
        raise TokenFault("token.extra_missing", str(error)) from error
    try:
        return pkcs11.lib(path)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise TokenFault("token.module_missing", type(error).__name__) from error


def fault_of(error: BaseException) -> TokenFault:
    """What an exception of PKCS#11 or of a vendor's module means; ``MemoryError`` is one vendor's habit."""
    name = type(error).__name__
    return TokenFault("token.pulled" if name in _PULLED else "token.failed", name)


def pin_state(flags: int) -> PinState:
    """What the token's flags say of its PIN (PKCS#11 ``CKF_USER_PIN_*``)."""
    from pkcs11.constants import TokenFlag

    if flags & TokenFlag.USER_PIN_LOCKED:
        return "locked"
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return "final"
    return "low" if flags & TokenFlag.USER_PIN_COUNT_LOW else "ok"


def wrong_pin(error: BaseException, state: PinState) -> TokenFault:
    """Words for a refused sign-in, with the tries left as far as the token tells."""
    code = _PINS.get(type(error).__name__)
    if code is None:
        return fault_of(error)
    if state == "locked":
        code = "pin.locked"
    elif code == "pin.wrong" and state != "ok":
        code = f"pin.wrong_{state}"
    return TokenFault(code, type(error).__name__)


def tokens_of(module: Module) -> tuple[Token, ...]:
    """Every token in a reader with its public certificates. Raises ``TokenFault``."""
    return tuple(_token(token) for token in _present(module))


def find(module: Module, serial: str) -> pkcs11.Token:
    """The token with a serial number. Raises ``TokenFault`` ``token.absent``."""
    for token in _present(module):
        if _serial(token) == serial:
            return token
    raise TokenFault("token.absent")


def _present(module: Module) -> Iterator[pkcs11.Token]:
    import pkcs11
    from pkcs11.constants import TokenFlag

    try:
        for slot in module.get_slots(token_present=True):
            try:
                token = slot.get_token()
            except pkcs11.TokenNotRecognised:
                continue
            if token.flags & TokenFlag.TOKEN_INITIALIZED:
                yield token
    except (pkcs11.PKCS11Error, MemoryError) as error:
        raise fault_of(error) from error


def _serial(token: pkcs11.Token) -> str:
    return token.serial.decode("ascii", "replace").strip("\x00 ")


def _token(token: pkcs11.Token) -> Token:
    import pkcs11

    try:
        with token.open() as session:
            certificates = tuple(described(*one) for one in certificates_in(session))
    except (pkcs11.PKCS11Error, MemoryError):
        certificates = ()  # listed without them rather than not at all
    return Token(
        serial=_serial(token), label=_text(token.label), maker=_text(token.manufacturer_id),
        model=_text(token.model), pin_state=pin_state(int(token.flags)), certificates=certificates,
    )  # fmt: skip


def _text(value: str | bytes) -> str:
    words = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return words.strip("\x00 ")[:300]


def certificates_in(session: pkcs11.Session) -> list[tuple[bytes, x509.Certificate]]:
    """Every X.509 certificate of a session with its CKA_ID; what does not parse is left out."""
    from asn1crypto import x509
    from pkcs11 import Attribute, ObjectClass

    found = []
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            certificate = x509.Certificate.load(bytes(one[Attribute.VALUE]))
            certificate.native  # noqa: B018 - parsed as a whole here, not somewhere later
            found.append((bytes(one[Attribute.ID]), certificate))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def described(key_id: bytes, certificate: x509.Certificate) -> TokenCertificate:
    """What people and the program need to know of a certificate."""
    subject, valid = certificate.subject.native, certificate["tbs_certificate"]["validity"].native
    return TokenCertificate(
        key_id=key_id.hex(), fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        subject=name_part(subject, "common_name") or certificate.subject.human_friendly[:300],
        organisation=name_part(subject, "organization_name"),
        issuer=name_part(certificate.issuer.native, "common_name"), serial=f"{certificate.serial_number:x}",
        valid_from=in_ms(valid["not_before"]), valid_to=in_ms(valid["not_after"]),
        authority=bool(certificate.ca),
    )  # fmt: skip


def name_part(name: dict[str, Any], part: str) -> str:
    """One part of a distinguished name as text, at most 300 letters; several of one kind are joined."""
    value = name.get(part, "")
    return (", ".join(value) if isinstance(value, list) else str(value))[:300]


def in_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of a moment with a zone."""
    return int(moment.timestamp() * 1000)


class Chosen(msgspec.Struct, frozen=True):
    """A private key of an open session and its certificate, with the others of the token (its chain)."""

    key: Any
    certificate: Any
    others: tuple[Any, ...]


def choose(session: pkcs11.Session, key_id: str, fingerprint: str) -> Chosen:
    """Key and certificate by id; two keys with one id are the vendor's copies, the first is taken.

    Raises ``TokenFault`` ``token.no_key``.
    """
    from pkcs11 import Attribute, ObjectClass

    held = certificates_in(session)
    own = [
        one for wanted, one in held
        if wanted.hex() == key_id and hashlib.sha256(one.dump()).hexdigest() == fingerprint
    ]  # fmt: skip
    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: bytes.fromhex(key_id)}
    keys = list(session.get_objects(wanted))
    if not own or not keys:
        raise TokenFault("token.no_key", f"certificates {len(own)}, keys {len(keys)}")
    return Chosen(keys[0], own[0], tuple(one for _, one in held if one.ca))
