"""In the child: who signed a PDF, and whether it is as it was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import Inspected, SignatureSeen
from counter_app.devices.tokens.reading import in_ms, name_part


def inspect(data: bytes, at: int, roots: Sequence[str]) -> Inspected:
    """Every signature of a PDF, oldest first. ``at`` ms is the moment of judging, 0 for now.

    ``roots`` are files of certificates that are trusted; nothing is fetched from the line. Raises
    ``TokenFault`` ``file.unreadable``.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(data))
        found = list(reader.embedded_signatures)
        trusted = _roots(roots)
        seen = tuple(_seen(one, trusted, at) for one in found)
        tail = bool(found) and max(_end(one) for one in found) < len(data.rstrip(b"\r\n"))
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TokenFault("file.unreadable", type(error).__name__) from error
    return Inspected(sha256=hashlib.sha256(data).hexdigest(), size=len(data), signatures=seen, tail=tail)


def _end(embedded: Any) -> int:
    """One beyond the last byte that a signature covers."""
    _, _, start, length = (int(number) for number in embedded.byte_range)
    return start + length


def _seen(embedded: Any, roots: list[Any], at: int) -> SignatureSeen:
    certificate = embedded.signer_cert
    stamp_of_file = str(embedded.sig_object_type) == "/DocTimeStamp"
    status = _status(embedded, roots, at, stamp_of_file)
    stamped = _stamped(status, embedded, stamp_of_file)
    told = embedded.self_reported_timestamp
    subject = certificate.subject.native
    return SignatureSeen(
        field=str(embedded.field_name)[:300], subject=name_part(subject, "common_name"),
        organisation=name_part(subject, "organization_name"),
        issuer=name_part(certificate.issuer.native, "common_name"), serial=f"{certificate.serial_number:x}",
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
        signed_at=stamped or (in_ms(told) if told else 0), stamped_at=stamped,
        intact=status is not None and bool(status.intact and status.valid),
        allowed=status is not None and _allowed(status), trusted=status is not None and bool(status.trusted),
        document_stamp=stamp_of_file,
    )  # fmt: skip


def _allowed(status: Any) -> bool:
    """Later changes are further signatures and what belongs to them (pyHanko's difference policy)."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    return bool(
        status.modification_level is not None and status.modification_level <= ModificationLevel.FORM_FILLING
    )


def _stamped(status: Any, embedded: Any, stamp_of_file: bool) -> int:
    if status is None:
        return 0
    stamp = status if stamp_of_file else status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid):
        return 0
    return in_ms(stamp.timestamp)


def _status(embedded: Any, roots: list[Any], at: int, stamp_of_file: bool) -> Any:
    """pyHanko's verdict; None when the signature itself cannot be read."""
    from pyhanko.sign.general import CMSStructuralError
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    moment = datetime.fromtimestamp(at / 1000, UTC) if at else None
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, moment=moment, revocation_mode="soft-fail"
    )
    try:
        if stamp_of_file:
            return validate_pdf_timestamp(embedded, context)
        return validate_pdf_signature(embedded, context)
    except (SignatureValidationError, CMSStructuralError):
        return None


def _roots(paths: Sequence[str]) -> list[Any]:
    """Certificates of PEM or DER files; what cannot be read raises ``TokenFault`` ``file.unreadable``."""
    from pyhanko.keys import load_certs_from_pemder_data

    try:
        return [one for path in paths for one in load_certs_from_pemder_data(Path(path).read_bytes())]
    except OSError as error:
        raise TokenFault("file.unreadable", "root certificate") from error
