"""The certified-copy counter: entry, refusal, drafts (``ux.md`` 4.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sync.protocol.naming.ids import EntryId

STOP = "stop"
LOOK = "look"
INFO = "info"
SHEET_MM, FOOT_MM = 297, 8
"""Height of an A4 sheet and of the lower margin that a printer may cut, millimetres."""


@dataclass(frozen=True, slots=True)
class PersonForm:
    """The requester as typed or read from a card; ``birth`` is the text of the field."""

    id_number: str = ""
    name: str = ""
    birth: str = ""
    address: str = ""
    phone: str = ""
    id_kind: str = "cccd"
    sex: str = ""
    old_id_number: str = ""
    card_issued: str = ""
    from_card: bool = False
    person: EntryId | None = None


@dataclass(frozen=True, slots=True)
class SignerForm:
    """Somebody who signs, or stands beside it; ``valid_until`` of the paper as ``yyyymmdd``, 0 unknown.

    ``valid``: the same as typed, which counts when it is not empty.
    """

    name: str = ""
    id_number: str = ""
    id_kind: str = "cccd"
    valid_until: int = 0
    fingerprint: bool = False
    address: str = ""
    valid: str = ""


@dataclass(frozen=True, slots=True)
class SigningForm:
    """What a row of signatures or of a transaction says beside its paper.

    Without ``signers`` the requester signs, by ``fingerprint`` or by hand. ``languages`` of a translation,
    ``authorisation`` and ``outside_ground`` are codes of ``CopiesPort.signing_choices``; ``outside_at`` ms.
    ``outside_time``: the same as typed (``14:30``, of today unless a date follows), which counts when it is
    not empty. ``text_on`` (``page``, ``under``, "" as the unit does) says where the text of a signature
    stands; ``text_top`` as typed: ``150`` millimetres or ``18d`` lines below the upper edge.
    """

    signers: tuple[SignerForm, ...] = ()
    fingerprint: bool = False
    languages: str = ""
    authorisation: str = ""
    outside_at: int = 0
    outside_place: str = ""
    outside_ground: str = ""
    witness: SignerForm | None = None
    interpreter: SignerForm | None = None
    outside_time: str = ""
    text_on: str = ""
    text_top: str = ""


@dataclass(frozen=True, slots=True)
class RowForm:
    """One row of the list: the text as typed (``hb 24x2p``, ``ck syll 1``), its mark and its ticks.

    ``compared_at`` of a signature: when it was given before the clerk (*đã ký trước mặt*). ``scan`` of an
    electronic copy (``dt gks 1``): the scan kept on this PC (``DigitalPort.take_scan``) and its pages.
    """

    text: str
    mark: str = ""
    compared_at: int = 0
    seen: tuple[str, ...] = ()
    signing: SigningForm = field(default_factory=SigningForm)
    scan: str = ""
    scan_pages: int = 0


EXTENSION = "extension"
"""The field of a stop that concerns the later promise."""


@dataclass(frozen=True, slots=True)
class RequestForm:
    """A whole request as it stands on the screen; saved as a draft at each field.

    ``request``: a slip that was opened again (``CopiesPort.reopen``); F9 mends it instead of making another.
    ``later_ground``: the copies are promised ``later_days`` working days later, on a ground of NĐ 23/2015
    art. 21 (``ExtensionGround``), with the number and date of an ``agreement`` where it is more than two.
    """

    person: PersonForm = field(default_factory=PersonForm)
    rows: tuple[RowForm, ...] = ()
    pay: str = "now"
    given: str = ""
    signatory: EntryId | None = None
    method: str = "cash"
    request: EntryId | None = None
    later_ground: str = ""
    later_days: str = ""
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Words beside a field or row. ``level`` STOP, LOOK (needs Alt+Enter) or INFO; ``row`` -1 = person."""

    level: str
    code: str
    title: str
    detail: str = ""
    row: int = -1
    field: str = ""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text stands: ``on`` is ``page`` or ``under``; then ``top`` and ``height`` in millimetres of an
    A4 sheet, ``height`` 0 while ``top`` is not known. ``fits``: none of it is cut.
    """

    on: str
    top: int = 0
    height: int = 0

    @property
    def fits(self) -> bool:
        """True when it ends above the lower margin of the sheet, or has a page of its own."""
        return self.on != "under" or self.top + self.height <= SHEET_MM - FOOT_MM


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as read; ``kind`` is its matter, or photocopy: the commune's own have a row of their own.

    ``paper`` is the key of its kind of paper. ``text`` says where a text of signatures will stand, None for
    every other row.
    """

    row: int
    name: str
    second_line: str
    kind: str
    pages: int
    copies: int
    unit_price: int
    amount: int
    compared: bool
    paper: str = ""
    text: TextPlace | None = None


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of the payment panel."""

    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class RequestView:
    """Everything the page shows for a form: rows, money, notices. ``change`` may be negative (short)."""

    rows: tuple[RowView, ...]
    money: tuple[MoneyLine, ...]
    total: int
    given: int
    change: int
    notices: tuple[Notice, ...]
    originals: int
    copies: int
    due_text: str
    can_commit: bool


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper with its alias, offered while typing."""

    alias: str
    name: str


@dataclass(frozen=True, slots=True)
class SignatoryChoice:
    """A person with a valid act, the one to propose first (on duty, smallest pile).

    ``waiting`` requests; ``load`` says how much lies with him and since when, and whether he is here.
    """

    official: EntryId
    delegation: EntryId
    label: str
    waiting: int
    warning: str = ""
    load: str = ""


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """What a person brought before: the slip (``02-0011``), its day as shown, its rows to be typed again."""

    slip: str
    day: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person found by identity number, with his earlier requests this year and the last rows.

    ``earlier``: the requests whose rows may be taken again, newest first, ``last_rows`` among them; none
    repeats the rows of a newer one.
    ``card_notes``: what to look at on a card that was read, but not whole, as sentences.
    """

    person: PersonForm
    times_this_year: int
    last_rows: tuple[str, ...]
    card_notes: tuple[str, ...] = ()
    earlier: tuple[EarlierRequest, ...] = ()


@dataclass(frozen=True, slots=True)
class TextPreview:
    """The certification text as it will print, without number and date.

    ``medium``: of copies the unit's (``overlay``, ``stamp`` …), ``electronic``, or ``page`` and ``under``.
    """

    lines: tuple[str, ...]
    count: int
    medium: str


@dataclass(frozen=True, slots=True)
class Committed:
    """What F9 did: short code, sentence for the bar, and the print jobs that were queued."""

    request: EntryId
    short_code: str
    sentence: str
    jobs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefusalForm:
    """A paper that may not be certified: who, what, which ground (art. 22, of a signature art. 25)."""

    person: PersonForm
    original_name: str
    ground: str
    words: str = ""
    matter: str = "copy"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of NĐ 23/2015 art. 22 (copies) or 25 (signatures)."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class SigningChoices:
    """(code, words) of the lists a row of signatures chooses from."""

    outside_grounds: tuple[tuple[str, str], ...]
    authorisations: tuple[tuple[str, str], ...]


class CopiesPort(Protocol):
    """Fast entry of certified copies."""

    def book_line(self) -> tuple[str, str]:
        """('Quyển số 03/2026-SCT/BS', 'cấp số tại BÀN KÝ') for the header; no number is ever shown."""
        ...

    def kinds(self, typed: str) -> tuple[PaperKind, ...]:
        """Kinds of paper for what was typed: exact alias, last used, score; diacritics optional."""
        ...

    def view(self, form: RequestForm) -> RequestView:
        """The form read: rows, fees by today's table, notices. Never raises for what was typed."""
        ...

    def read_card(self, text: str) -> KnownPerson:
        """A card's QR; raises DomainError with words when it is cut, reordered or not a card."""
        ...

    def known(self, id_number: str) -> KnownPerson | None:
        """A person typed by number, if known here."""
        ...

    def signatories(self, matter: str = "copy") -> tuple[SignatoryChoice, ...]:
        """Who may sign certifications of a matter now."""
        ...

    def signing_choices(self) -> SigningChoices:
        """Reasons to certify outside the office, cases of a signature on an authorisation."""
        ...

    def preview(self, form: RequestForm) -> TextPreview:
        """The certification text for the side panel."""
        ...

    def commit(self, form: RequestForm) -> Committed:
        """F9: one transaction (request, receipt, print job), then printing; raises DomainError."""
        ...

    def reopen(self, request: EntryId) -> RequestForm:
        """A slip the desk sent back, or whose number was struck, as a form to mend and submit again."""
        ...

    def grounds(self, matter: str = "copy") -> tuple[Ground, ...]:
        """The refusal grounds valid today."""
        ...

    def refuse(self, form: RefusalForm) -> Committed:
        """A written refusal with its ground; no number, no register line."""
        ...

    def load_draft(self) -> RequestForm | None:
        """The draft of the person at the counter, if one was left."""
        ...

    def draft_cursor(self) -> int:
        """The row under the cursor of the draft that was left, 0 without one."""
        ...

    def save_draft(self, form: RequestForm | None, cursor: int = 0) -> None:
        """Keeps (or with None drops) the draft; local, never exchanged."""
        ...

    def strip_preview(self, form: RequestForm) -> bytes:
        """PNG of the strip that F9 would print (Ctrl+P)."""
        ...
