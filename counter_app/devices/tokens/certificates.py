"""The list of certificates of a unit with the days they still last."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

import msgspec

from counter_app.devices.tokens.messages import Token, TokenCertificate
from counter_app.domain.dates import short_date, vn_date

WARN_DAYS: Final = 30
"""Days before its end from which a certificate is warned of (issue 4, section 2)."""


class CertificateRow(msgspec.Struct, frozen=True):
    """A certificate and its end; ``days`` to the last day it is valid, negative afterwards."""

    token: str
    certificate: TokenCertificate
    days: int

    @property
    def ended(self) -> bool:
        """True when it is no longer valid."""
        return self.days < 0

    @property
    def ends_soon(self) -> bool:
        """True within ``WARN_DAYS`` of its end."""
        return 0 <= self.days <= WARN_DAYS


def certificate_rows(tokens: Iterable[Token], now: int) -> tuple[CertificateRow, ...]:
    """Certificates of persons and the organisation (no authorities), the one that ends first on top."""
    today = vn_date(now)
    rows = (
        CertificateRow(token.serial, one, (vn_date(one.valid_to) - today).days if one.valid_to >= now else -1)
        for token in tokens
        for one in token.certificates
        if not one.authority
    )
    return tuple(sorted(rows, key=lambda row: (row.certificate.valid_to, row.certificate.fingerprint)))


def as_csv(rows: Iterable[CertificateRow]) -> bytes:
    """The list for a spreadsheet: UTF-8 with mark; no cell is taken for a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ("Người / tổ chức", "Tổ chức", "Nơi cấp", "Số chứng thư", "Thẻ", "Từ", "Đến", "Còn (ngày)")
    )
    for row in rows:
        one = row.certificate
        days = (short_date(vn_date(one.valid_from)), short_date(vn_date(one.valid_to)))
        cells = (one.subject, one.organisation, one.issuer, one.serial, row.token, *days)
        writer.writerow((*(_plain(cell) for cell in cells), row.days))
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
