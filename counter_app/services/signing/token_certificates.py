"""Ends of the certificates that were last seen on tokens here: home warns without asking a token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
from sqlalchemy import Connection

from counter_app.devices.tokens.certificates import CertificateRow, certificate_rows
from counter_app.devices.tokens.messages import Token
from counter_app.domain.dates import short_date, vn_date
from counter_app.services.ports.digital import CertificateEnd, TokenKey
from counter_app.services.ports.saying import say
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device

SEEN: Final = "token.certificates"
WARN_DAYS: Final = 30
"""Days before its end from which a certificate is warned of (issue 4, section 2)."""
_MOST: Final = 20


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """A certificate as it was last seen; ``valid_to`` ms."""

    fingerprint: str
    subject: str
    valid_to: int


def note(work: Workplace, tokens: Iterable[Token]) -> None:
    """Remember the certificates of the tokens in the readers; others seen before stay."""
    rows = certificate_rows(tokens, work.now())
    found = {row.certificate.fingerprint: _seen(row) for row in rows}
    with work.store.read() as connection:
        before = {one.fingerprint: one for one in _kept(connection)}
    if found and before != {**before, **found}:
        kept = sorted({**before, **found}.values(), key=lambda one: one.valid_to)[-_MOST:]
        with work.store.write() as connection:
            device.put_setting(connection, SEEN, msgspec.json.encode(kept).decode())


def ending(connection: Connection, now: int) -> tuple[str, ...]:
    """A sentence for each certificate that ends within ``WARN_DAYS`` or has ended, the first to end on top.

    One that ended more than ``WARN_DAYS`` ago was renewed or given up.
    """
    ends = (warned(one.subject, _days(one.valid_to, now)) for one in _kept(connection)
            if _days(one.valid_to, now) >= -WARN_DAYS)  # fmt: skip
    return tuple(words for words in ends if words)


def ends_of(tokens: Iterable[Token], now: int) -> tuple[CertificateEnd, ...]:
    """Certificates on the tokens, the first to end on top."""
    return tuple(
        CertificateEnd(
            row.certificate.subject, short_date(vn_date(row.certificate.valid_to)), row.days,
            warned(row.certificate.subject, row.days),
        )
        for row in certificate_rows(tokens, now)
    )  # fmt: skip


def keys_of(tokens: Iterable[Token], now: int) -> tuple[TokenKey, ...]:
    """Keys to choose from: usable ones on top, then the one that ends last."""
    found = tuple(tokens)
    locked = {token.serial for token in found if token.pin_state == "locked"}
    keys = [_key(row, locked=row.token in locked) for row in certificate_rows(found, now)]
    return tuple(sorted(keys, key=lambda key: (not key.usable, -key.days, key.fingerprint)))


def _key(row: CertificateRow, *, locked: bool) -> TokenKey:
    one = row.certificate
    warning = warned(one.subject, row.days)
    if locked:
        warning = say("Thẻ đã khóa. Gọi nơi cấp thẻ.", "The token is locked. Call its issuer.")
    return TokenKey(
        row.token, one.key_id, one.fingerprint, one.serial, one.subject,
        short_date(vn_date(one.valid_to)), row.days, warning, usable=not locked and not row.ended,
    )  # fmt: skip


def warned(subject: str, days: int) -> str:
    """Words about a certificate with so many days left; "" while there is time."""
    if days < 0:
        return say(f"Chứng thư của {subject} đã hết hạn.", f"The certificate of {subject} has ended.")
    if days > WARN_DAYS:
        return ""
    return say(
        f"Chứng thư của {subject} còn {days} ngày. Gia hạn trước khi hết.",
        f"The certificate of {subject} ends in {days} days. Renew it before.",
    )


def _seen(row: CertificateRow) -> Seen:
    one = row.certificate
    return Seen(one.fingerprint, one.subject, one.valid_to)


def _kept(connection: Connection) -> list[Seen]:
    try:
        return msgspec.json.decode(device.setting(connection, SEEN, "[]"), type=list[Seen])
    except msgspec.DecodeError:
        return []


def _days(valid_to: int, now: int) -> int:
    return (vn_date(valid_to) - vn_date(now)).days if valid_to >= now else -1 - (now - valid_to) // 86_400_000
