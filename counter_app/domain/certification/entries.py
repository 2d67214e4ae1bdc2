"""Kinds of entry of the certified-copy counter (``law.md`` 4, ``sync.md`` 4).

Subjects: a request (begun by ``CopiesRequested``), a lot (``LotNumbered``; main subject is the
register-year so that lots of one register are causally ordered), a register line
(``LineNumbered``; main subject is the request, so that acts on one request are known concurrent),
a refusal (``OriginalRefused``).
"""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import (
    Amount,
    Body,
    Code,
    Copies,
    Count,
    Day,
    Digest,
    Index,
    Moment,
    Number,
    Pages,
    Salt,
    Seal,
    Short,
    Term,
    Text,
    Year,
)
from .lines.codes import BY_HAND

PAY_NOW = "now"
PAY_AT_RETURN = "return"
PAY_BY_GROUP = "group"
"""The group he came with pays for all (``domain.groups``)."""


class Requester(Body):
    """Who asks, as given at intake (never changed by later joins of persons).

    ``birth`` is ``yyyymmdd``, or ``yyyy0000`` when only the year is known, or 0.
    """

    name: Short
    id_kind: Code
    id_number: Code
    birth: Day
    address: Text
    phone: Code
    person: EntryId | None = None


class Signer(Body):
    """Somebody whose signature or fingerprint is certified, or who stands beside it.

    ``valid_until`` is the last day of the identity paper (``yyyymmdd``), 0 when it is not known or has no
    end; ``how`` is ``codes.BY_HAND`` or ``codes.FINGERPRINT``.
    """

    name: Short
    id_kind: Code
    id_number: Code
    valid_until: Day = 0
    how: Code = BY_HAND
    address: Text = ""


class Circumstances(Body):
    """What a certification of signatures or of a transaction says beside the paper (NĐ 23/2015 arts. 10, 24).

    ``act`` is "", ``codes.AMENDMENT`` or ``.ERROR_CORRECTION``; ``languages`` those of a translation;
    ``authorisation`` the case of TT 01/2020 art. 14 for a signature on a paper of authorisation.
    ``outside_at`` (ms) and ``outside_place`` are written when it happens away from the office, for the reason
    ``outside_ground``. ``text_on`` is ``codes.TEXT_UNDER`` when the text of a signature stands on the paper
    itself, ``text_top`` millimetres below its upper edge, else ``codes.TEXT_PAGE``: a page of its own joined
    by the seal across the edges; "", as older programs write, is that too (TT 01/2020 art. 13).
    """

    signers: tuple[Signer, ...] = ()
    act: Code = ""
    languages: Short = ""
    authorisation: Code = ""
    outside_at: Moment = 0
    outside_place: Text = ""
    outside_ground: Code = ""
    witness: Signer | None = None
    interpreter: Signer | None = None
    text_on: Code = ""
    text_top: Count = 0


class OriginalTaken(Body):
    """One original as compared at the desk: one certification number will belong to it (TT 01/2020 art. 4).

    ``compared_at`` 0 means not compared, or not signed before the clerk; ``noticed`` are the codes of amber
    notices the clerk has seen. ``matter`` names the register of this row, "" that of the whole request; for
    all but copies ``circumstances`` say who signed and where.
    """

    kind: Code
    name: Short
    mark: Short
    pages: Pages
    copies: Copies
    fee: Amount
    compared_at: Moment
    photocopy_pages: Count = 0
    photocopy_price: Amount = 0
    noticed: tuple[Code, ...] = ()
    note: Text = ""
    matter: Code = ""
    circumstances: Circumstances | None = None


class CopiesRequested(Body):
    """A request of certifications is taken in and submitted (moment 1); no number is born here.

    ``daily`` is the running number of the counter's day (``02-0018``), ``code`` the digits-only
    provisional code printed on the strip, ``due_at`` the promise (same day, 15:00 rule: art. 7).
    ``register`` is that of every row that names none of its own. Version 2: rows may.
    """

    code: Code
    daily: Count
    day: Day
    requester: Requester
    originals: tuple[OriginalTaken, ...]
    due_at: Moment
    pay: Code
    channel: Code
    signatory: EntryId | None
    salt: Salt
    register: Code = "copy"


class OriginalRefused(Body):
    """A paper is refused in writing with its ground (arts. 22, 25); it gets no number and no line."""

    requester: Requester
    original_name: Short
    ground: Code
    words: Text
    day: Day
    salt: Salt
    matter: Code = "copy"


class RequestReturned(Body):
    """The signatory's side sends a request back to the clerk before numbering (R + reason)."""

    reason: Code
    words: Text


class RequestResubmitted(Body):
    """The clerk mends a returned or waiting request and submits it again; replaces its originals.

    Originals with a line keep their index; struck ones are submitted again unless ``left_out`` names them.
    """

    originals: tuple[OriginalTaken, ...]
    due_at: Moment
    signatory: EntryId | None
    ground: Text
    salt: Salt
    left_out: tuple[Index, ...] = ()


class RequesterCorrected(Body):
    """A correction of the requester's particulars; the first text stays in history."""

    requester: Requester
    ground: Text
    salt: Salt


class AppointmentExtended(Body):
    """The time limit is extended: at most 2 working days, or longer by written agreement (art. 21)."""

    due_at: Moment
    ground: Text
    written_agreement: bool


class LotNumbered(Body):
    """A pile leaves for the signatory: numbers are born (moment 2); sealed by ``numberer``'s key.

    Subjects: register-year (main), the lot itself, the delegation relied on.
    ``lines_digest`` is SHA-256 over the concatenated body digests of its ``LineNumbered`` entries in
    order, so the one seal covers every line. ``under_own_key`` false: the registrar numbered against
    the signatory's written act.
    """

    signatory: EntryId
    delegation: EntryId
    signatory_line: Short
    signatory_name: Short
    prefix: Code
    term: Term
    book: Count
    first_number: Number
    count: Count
    day: Day
    lines_digest: Digest
    under_own_key: bool


class LineNumbered(Body):
    """One original gets its number: a register line begins, with every legal column (art. 13, sổ SCT/BS).

    Subjects: request (main), the line itself, register-year, lot. ``parties`` is column 3 where it holds more
    than the requester's name, ``remarks`` what column 8 says from the beginning.
    """

    number: Number
    book: Count
    year: Year
    term: Term
    original: Index
    day: Day
    requester_name: Short
    original_name: Short
    signatory_line: Short
    copies: Copies
    fee: Amount
    salt: Salt
    parties: Text = ""
    remarks: Text = ""


class LineSigned(Body):
    """Ink and seal are confirmed (moment 4): by scan, or for the whole pile; subjects: line, request."""

    how: Code


class LineStruck(Body):
    """A numbered paper came back unsigned: the line stays, struck, with its reason.

    Subjects: line, request, lot.
    """

    reason: Code
    words: Text


class LineAnnulled(Body):
    """The Chairman's decision annuls an unlawful certification (TT 01/2020 art. 7); two persons."""

    act_number: Short
    act_date: Day
    words: Text
    second: EntryId
    second_seal: Seal


class LineNoted(Body):
    """A note in column 8 (Ghi chú) of a line; subjects: line."""

    words: Text


class LineCorrected(Body):
    """A written column of a line is put right in Ghi chú; two persons, the line itself stays as it was bound.

    ``column`` is that of the book (2-7), ``was`` and ``now`` its words; subjects: line, request.
    """

    column: Count
    was: Text
    now: Text
    words: Text
    second: EntryId
    second_seal: Seal


class CopiesHandedOver(Body):
    """Signed copies of a request are handed over (moment 5); subjects: request.

    ``originals`` are the indexes handed over; ``receiver`` is empty for the requester himself.
    """

    originals: tuple[Index, ...]
    receiver: Short
    receiver_id: Code
    how_signed: Code
    slip_lost: bool
    salt: Salt


class Printed(Body):
    """A paper came out of a printer; subjects: what it was printed for. ``copy_no`` 2 is a reprint."""

    form: Code
    pages: Count
    copy_no: Count
    reason: Text
