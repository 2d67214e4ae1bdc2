"""A dossier's page, the handlers' queue, online dossiers, the return of results (``ux.md`` 4.2-4.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of the history, newest last: who did what, where, in words; ``kind`` is an icon's name.

    ``sync``: waiting, received, asked. ``contested`` says why an act does not count.
    """

    at: int
    when: str
    who: str
    post: str
    title: str
    words: str
    kind: str
    sync: str
    contested: str = ""


@dataclass(frozen=True, slots=True)
class ActField:
    """One field an act asks for; ``kind``: text, words, date, money, choice, scan, pin, due, tick.

    ``choices`` are (code, words). ``value`` is what stands there first.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ActOffer:
    """An act possible now for this person; ``why_not`` greys it with its reason. ``key`` is a letter or
    F-key.

    ``sealed``: asks the PIN. ``label`` is verb + object.
    """

    code: str
    label: str
    icon: str
    fields: tuple[ActField, ...] = ()
    key: str = ""
    sealed: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of the dossier as it stands: ``words`` are the clerk's note, the ``state`` is a badge."""

    row: int
    name: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class FieldForOther:
    """One field of "Chép sang phần mềm ngành": what goes to the clipboard next."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """The whole page of a dossier.

    ``state`` is a key of the record states, ``due_kind`` the colour of ``due`` ("Quá hạn 1 ngày", "Chờ dân
    bổ sung, 3 ngày"; a waiting dossier never carries overdue words). ``codes`` are (label, text) pairs of
    own, official and portal code; ``forms`` are (form, words) such as ("01", "Mẫu 01, quyển 02, số 17").
    ``read_only`` is the banner of a dossier that cannot be acted on here.
    """

    dossier: EntryId
    title: str
    short_code: str
    codes: tuple[tuple[str, str], ...]
    state: str
    due: str
    due_second: str
    due_kind: str
    why_due: tuple[str, ...]
    party: tuple[tuple[str, str], ...]
    companions: tuple[tuple[str, str], ...]
    papers: tuple[PaperLine, ...]
    money: tuple[tuple[str, str], ...]
    place: str
    result: tuple[tuple[str, str], ...]
    forms: tuple[tuple[str, str], ...]
    timeline: tuple[TimelineRow, ...]
    acts: tuple[ActOffer, ...]
    for_other: tuple[FieldForOther, ...]
    portal: str
    sync: str
    read_only: str = ""


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One row of a queue; as a row of home."""

    dossier: EntryId
    code: str
    code_second: str
    name: str
    name_second: str
    what: str
    what_second: str
    due: str
    due_second: str
    due_kind: str
    state: str
    sync: str


@dataclass(frozen=True, slots=True)
class QueueView:
    """A handler's queue: tabs (code, label, count) and the rows of one."""

    tabs: tuple[tuple[str, str, int], ...]
    rows: tuple[DossierRow, ...]
    last_asked: str = ""


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act as filled in: values by field name, PIN when it is sealed."""

    dossier: EntryId
    act: str
    values: dict[str, str] = field(default_factory=dict)
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the sentence for the bar, and queued print jobs."""

    sentence: str
    jobs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GivingRow:
    """One result at the return desk; not ready ones are grey with their date.

    ``waited``: whole days since it was ready; ``contact``: how the requester was told last, or that he has
    no telephone; ``name`` and ``identity`` stand in the waiting list.
    """

    dossier: EntryId
    code: str
    what: str
    result: str
    drawer: str
    due: str
    ready: bool
    to_pay: int
    originals_due: bool
    words: str = ""
    name: str = ""
    identity: str = ""
    waited: int = 0
    contact: str = ""


@dataclass(frozen=True, slots=True)
class GivingView:
    """All results of the person whose slip, strip or card was scanned; ``slip_lost``: found by card.

    ``id_number`` is his whole number, by which his copies are found too; it is never shown.
    """

    name: str
    identity: str
    rows: tuple[GivingRow, ...]
    slip_lost: bool
    message: str = ""
    id_number: str = ""


@dataclass(frozen=True, slots=True)
class GivingForm:
    """How results are handed over. ``how``: counter, post. ``how_signed``: ink, pad, fingerprint.

    ``read_back``: everything was read to the receiver ("đã đọc lại cho người nhận nghe"). ``method``: cash,
    or transfer (exactly what it costs).
    """

    dossiers: tuple[EntryId, ...]
    how: str = "counter"
    receiver: str = ""
    receiver_id: str = ""
    authorisation: str = ""
    how_signed: str = "ink"
    witness: str = ""
    interpreter: str = ""
    language: str = ""
    slip_lost: bool = False
    originals_shown: bool = False
    tracking: str = ""
    given: str = ""
    witness_id: str = ""
    read_back: bool = False
    method: str = "cash"


class DossiersPort(Protocol):
    """Everything about a dossier after its intake."""

    def look(self, dossier: EntryId) -> DossierView:
        """The page; raises DomainError when it is not on this PC."""
        ...

    def act(self, form: ActForm) -> Done:
        """F9 on an act: one transaction, then printing; raises DomainError."""
        ...

    def queue(self, tab: str = "mine") -> QueueView:
        """Work of this person: mine, fields (only for who has fields of work), unit, waiting, deciding,
        late, online.
        """
        ...

    def online(self) -> QueueView:
        """Online dossiers waiting for acceptance, the most urgent acceptance clock first."""
        ...

    def find_results(self, code_or_text: str) -> GivingView:
        """By slip, strip or card; raises DomainError with words when nothing is found."""
        ...

    def ready(self) -> tuple[GivingRow, ...]:
        """Results waiting for their owners; uncollected over 30 days first."""
        ...

    def give(self, form: GivingForm) -> Done:
        """F9 at the return desk; takes what is owed in the same transaction."""
        ...

    def tracking_register(self, *, whole_year: bool = False, year: int = 0) -> str:
        """Form 07 as a file: today's lines of this counter as PDF, or a year of the unit as Excel; its path.

        ``year`` 0: this one.
        """
        ...

    def reprint(self, dossier: EntryId, form: str, reason: str) -> Done:
        """A paper again, marked "Bản in lần 2"; the official code when it has come."""
        ...
