"""Kinds of entry of electronic certified copies: a line is signed by signing a file (``law.md`` 4.7).

NĐ 45/2020/NĐ-CP art. 10 was not read in full [U]: what the person and the organisation sign, and that the
register keeps the file's hash, follow ``law.md``; where the copies are kept stays outside the entries.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from ..field_types import Body, Code, Count, Digest, Short
from .entries import LineSigned

DIGITAL = "digital"
"""``LineSigned.how`` of a line that was signed by signing its file."""
STAMPED = "stamp"
ORGANISATION = "organisation"
GROUNDS = (STAMPED, ORGANISATION)
"""Why a signed file grew: a time-stamp that followed, the organisation's signature that followed."""

DigestOrNone = Annotated[bytes, msgspec.Meta(max_length=32)]


class FileSigned(LineSigned):
    """The file of an electronic copy was signed and read back as intact; subjects: line, request, lot.

    ``how`` is ``DIGITAL``. ``digest`` is SHA-256 of the whole signed file and ``size`` its bytes, so that a
    file that grew later still proves its first ``size`` bytes. ``certificate`` is SHA-256 of the signatory's
    certificate, ``organisation`` of the organisation's, empty while it has not signed.
    """

    digest: Digest
    size: Count
    certificate: Digest
    serial: Code
    signer: Short
    organisation: DigestOrNone = b""
    stamped: bool = False


class FileExtended(Body):
    """A signed file grew by an incremental update; subjects: line, request.

    ``before`` is the digest it grew from: of two that grew from one, the first in order counts. ``ground`` is
    one of ``GROUNDS``, ``certificate`` of who signed, empty for a time-stamp.
    """

    before: Digest
    digest: Digest
    size: Count
    ground: Code
    certificate: DigestOrNone = b""
