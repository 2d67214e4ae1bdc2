"""In the child: PAdES signatures by keys of a token, time-stamps, and files that are whole or not there."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from counter_app.devices.tokens import checking
from counter_app.devices.tokens.appearance import stamp_style
from counter_app.devices.tokens.faults import TokenFault
from counter_app.devices.tokens.messages import MAX_PDF, Mark, SignedFile, SignFile, StampFile
from counter_app.devices.tokens.reading import Chosen, choose, in_ms
from sync.flushing import flush_folder

if TYPE_CHECKING:
    import pkcs11

DIGEST: Final = "sha256"
STAMP_SECONDS: Final = 10
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def sign(order: SignFile, sessions: Mapping[str, pkcs11.Session], silent_stampers: set[str]) -> SignedFile:
    """All marks of the order in memory, then one file. Raises ``TokenFault``; the target is then as it was.

    ``silent_stampers`` remembers services that did not answer, so that a lot waits for them once.
    """
    data, problem = read(order.source), ""
    for mark in order.marks:
        chosen = _chosen(mark, sessions, order.at)
        stamper = _stamper(order.tsa, silent_stampers)
        try:
            data = _signed(data, mark, chosen, order.at, stamper)
        except _unreachable():
            silent_stampers.add(order.tsa)
            data = _signed(data, mark, chosen, order.at, None)
        if order.tsa in silent_stampers:
            problem = "stamp.unreachable"
    fields = {mark.field for mark in order.marks}
    _prove(data, order.at, fields)
    return _kept(data, order.target, stamped=bool(order.tsa) and not problem, problem=problem)


def add_stamp(order: StampFile) -> SignedFile:
    """A document time-stamp behind the signatures of a file. Raises ``TokenFault`` ``stamp.unreachable``."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfTimeStamper

    data = read(order.source)
    stamper = _stamper(order.tsa, set())
    if stamper is None:
        raise TokenFault("stamp.unreachable", "no address")
    try:
        stamped = PdfTimeStamper(stamper).timestamp_pdf(
            IncrementalPdfFileWriter(BytesIO(data)), DIGEST, output=BytesIO()
        )
    except _unreachable() as error:
        raise TokenFault("stamp.unreachable", type(error).__name__) from error
    result = stamped.getvalue()
    _prove(result, 0, set())
    return _kept(result, order.target, stamped=True, problem="")


def read(path: str) -> bytes:
    """A PDF of at most ``MAX_PDF`` bytes. Raises ``TokenFault`` ``file.*``."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_PDF + 1)
    except OSError as error:
        raise TokenFault("file.missing", type(error).__name__) from error
    try:
        encrypted = len(data) <= MAX_PDF and PdfFileReader(BytesIO(data)).encrypted
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise TokenFault("file.unreadable", type(error).__name__) from error
    if encrypted or len(data) > MAX_PDF:
        raise TokenFault("file.unreadable", "encrypted or too large")
    return data


def _chosen(mark: Mark, sessions: Mapping[str, pkcs11.Session], at: int) -> Chosen:
    session = sessions.get(mark.token)
    if session is None:
        raise TokenFault("token.absent", "not opened")
    chosen = choose(session, mark.key_id, mark.fingerprint)
    valid = chosen.certificate["tbs_certificate"]["validity"].native
    if not in_ms(valid["not_before"]) <= at <= in_ms(valid["not_after"]):
        raise TokenFault("certificate.expired")
    return chosen


def _signed(data: bytes, mark: Mark, chosen: Chosen, at: int, stamper: Any) -> bytes:
    """``data`` with one more signature, by an incremental update."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError

    from counter_app.devices.tokens.token_signer import TokenSigner

    box = mark.box
    corners = None if box is None else (box.left, box.bottom, box.left + box.width, box.bottom + box.height)
    meta = PdfSignatureMetadata(
        field_name=mark.field, md_algorithm=DIGEST, name=mark.name or None, reason=mark.reason or None,
        location=mark.location or None, subfilter=SigSeedSubFilter.PADES,
    )  # fmt: skip
    signer = PdfSigner(
        meta, TokenSigner(chosen), timestamper=stamper,
        stamp_style=None if box is None else stamp_style(mark),
        new_field_spec=SigFieldSpec(mark.field, on_page=0 if box is None else box.page, box=corners),
    )  # fmt: skip
    try:
        writer = IncrementalPdfFileWriter(BytesIO(data))
        return _run(signer, writer, datetime.fromtimestamp(at / 1000, UTC))
    except SigningError as error:
        code = "file.field_used" if "appears to be filled" in str(error) else "file.unreadable"
        raise TokenFault(code, type(error).__name__) from error
    except PdfError as error:
        raise TokenFault("file.unreadable", type(error).__name__) from error


def _run(signer: Any, writer: Any, moment: datetime) -> bytes:
    """pyHanko's own steps, with the program's time instead of the PC's."""
    import asyncio

    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    async def steps() -> bytes:
        session = signer.init_signing_session(writer)
        session.system_time = moment
        size = await session.estimate_signature_container_size(None)
        document = session.prepare_tbs_document(None, bytes_reserved=size)
        prepared, target = document.digest_tbs_document(output=BytesIO())
        attributes = PdfCMSSignedAttributes(signing_time=moment)
        done = await document.perform_signature(prepared.document_digest, attributes)
        await done.post_signature_processing(target)
        result: bytes = target.getvalue()
        return result

    return asyncio.run(steps())


def _stamper(address: str, silent: set[str]) -> Any:
    """A time-stamping client, None without an address or when the service was silent before."""
    if not address.startswith(("http://", "https://")) or address in silent:
        return None
    from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

    client: Any = RequestsHTTPTimeStamper
    return client(address, timeout=STAMP_SECONDS)


def _unreachable() -> type[Exception]:
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    return TimestampRequestError


def _prove(data: bytes, at: int, fields: set[str]) -> None:
    """What was signed is read back as anybody would. Raises ``TokenFault`` ``file.unproved``."""
    seen = checking.inspect(data, at, ())
    if not seen.signatures or seen.tampered or not fields <= {one.field for one in seen.signatures}:
        raise TokenFault("file.unproved")


def _kept(data: bytes, target: str, *, stamped: bool, problem: str) -> SignedFile:
    """Written beside, flushed, renamed: the name never stands for half a file. Raises ``file.*``."""
    path = Path(target)
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        flush_folder(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        code = "file.full" if error.errno in _FULL else "file.unwritable"
        raise TokenFault(code, type(error).__name__) from error
    return SignedFile(
        path=target, sha256=hashlib.sha256(data).hexdigest(), size=len(data), stamped=stamped,
        stamp_problem=problem,
    )  # fmt: skip
