"""Open dossiers of an old tracking register: read row by row; their clocks run on from their own days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from counter_app.domain.arrival import cells, columns
from counter_app.domain.arrival.cells import BadCell, Fault
from counter_app.domain.arrival.entries import OldDossierTaken
from counter_app.domain.catalogue.procedure import Catalogue, Procedure
from counter_app.domain.certification.lines.line_state import OLD_BOOK
from counter_app.domain.dates import vn_datetime, vn_instant
from counter_app.domain.dossiers.acts.intake import procedure_used
from counter_app.domain.dossiers.entries import (
    CITIZEN,
    COUNTER,
    DossierAccepted,
    DossierSubmitted,
    LimitUsed,
    Party,
)
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import fold
from counter_app.domain.identity import PaperKind
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId, pending

OLD_FORM_BOOK = "SC"
"""Stands where the counter's own book of form 01 stands: the number is the old register's."""
MORNING, EVENING = 8, 17
"""Hours of a day that is written without one: received in the morning, due before the office closes."""
_PERSONAL, _OLD = 12, 9

Rows = Iterable[tuple[int, tuple[str, ...]]]


class OldDossier(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """An open dossier as it was read; ``procedure`` is the catalogue's code, ``due_at`` 0: none (ms)."""

    line: int
    code: str
    procedure: str
    name: str
    id_number: str
    phone: str
    address: str
    received_at: int
    due_at: int
    remarks: str


class Taking(msgspec.Struct, frozen=True):
    """What a row gets here: this counter's code of its day, the procedure in force then."""

    code: str
    daily: int
    procedure: Procedure
    version: str
    salt: bytes


def read_dossiers(
    rows: Rows, roles: Sequence[str], catalogue: Catalogue, known: Collection[str], now: int, year: int
) -> tuple[tuple[OldDossier, ...], tuple[Fault, ...]]:
    """Every row as a dossier or with what is wrong with it; ``known`` are codes that are here already."""
    places = {role: place for place, role in reversed(list(enumerate(roles))) if role}
    by_name = {fold(procedure.title): procedure for procedure in catalogue.procedures}
    found: list[OldDossier] = []
    faults: list[Fault] = []
    for line, row in rows:
        given = {role: row[place].strip() for role, place in places.items() if place < len(row)}
        if columns.is_numbering(row) or not (given.get(columns.CODE) or given.get(columns.PROCEDURE)):
            continue
        reader = _Row(line, given, year)
        one = reader.read(catalogue, by_name, now)
        faults += reader.wrong
        if one is not None:
            found.append(one)
    times = Counter(one.code for one in found)
    for one in found:
        if times[one.code] > 1:
            faults.append(Fault(one.line, columns.CODE, f"mã {one.code} có {times[one.code]} dòng",
                                f"{times[one.code]} rows with code {one.code}"))  # fmt: skip
        elif one.code in known:
            faults.append(Fault(one.line, columns.CODE, f"hồ sơ {one.code} đã có trên máy",
                                f"dossier {one.code} is here already"))  # fmt: skip
    return tuple(found), tuple(faults)


class _Row:
    """One row on its way: what is wrong collects in ``wrong``."""

    def __init__(self, line: int, given: Mapping[str, str], year: int) -> None:
        self.line, self.given, self.year = line, given, year
        self.wrong: list[Fault] = []

    def read(self, catalogue: Catalogue, by_name: Mapping[str, Procedure], now: int) -> OldDossier | None:
        for role, vi, en in _WANTED:
            if not self.given.get(role):
                self.wrong.append(Fault(self.line, role, vi, en))
        received = self._moment(columns.RECEIVED, MORNING)
        due = self._moment(columns.DUE, EVENING) if self.given.get(columns.DUE) else None
        procedure = None if received is None else self._procedure(catalogue, by_name, received.date())
        if received is not None and vn_instant(received) > now:
            self._no(columns.RECEIVED, "ngày tiếp nhận sau hôm nay", "the day of receipt has not come")
        if received is not None and due is not None and due < received:
            self._no(columns.DUE, "ngày hẹn trả trước ngày tiếp nhận", "it is due before it was received")
        if self.wrong or received is None or procedure is None:
            return None
        given = self.given
        number = given.get(columns.ID_NUMBER, "").lstrip("'’").replace(" ", "").replace(".", "")
        return OldDossier(
            self.line, given[columns.CODE][:50], procedure.code, given[columns.NAME][:120], number[:40],
            given.get(columns.PHONE, "")[:40], given.get(columns.ADDRESS, "")[:300], vn_instant(received),
            0 if due is None else vn_instant(due), given.get(columns.REMARKS, "")[:300],
        )  # fmt: skip

    def _no(self, role: str, vi: str, en: str) -> None:
        self.wrong.append(Fault(self.line, role, vi, en))

    def _moment(self, role: str, hour: int) -> datetime | None:
        if not self.given.get(role):
            return None
        try:
            return cells.moment(self.given[role], self.year, hour)
        except BadCell as bad:
            self._no(role, bad.vi, bad.en)
            return None

    def _procedure(
        self, catalogue: Catalogue, by_name: Mapping[str, Procedure], day: date
    ) -> Procedure | None:
        typed = self.given.get(columns.PROCEDURE, "")
        if not typed:
            return None
        first = typed.split()[0]
        try:
            return catalogue.require(first, day)
        except DomainError as error:
            named = by_name.get(fold(typed.removeprefix("Thủ tục ").strip()))
            if named is not None:
                return named
            ended = error.code == "procedure.ended"
            vi = (
                f"thủ tục {first} đã hết hiệu lực"
                if ended
                else f"không có thủ tục “{typed[:60]}” trong danh mục"
            )
            en = f"procedure {first} has ended" if ended else f"no procedure “{typed[:60]}” in the catalogue"
            self._no(columns.PROCEDURE, vi, en)
            return None


_WANTED = (
    (columns.CODE, "chưa có mã hồ sơ", "the code is missing"),
    (columns.PROCEDURE, "chưa có thủ tục", "the procedure is missing"),
    (columns.NAME, "chưa có họ tên", "the name is missing"),
    (columns.RECEIVED, "chưa có ngày tiếp nhận", "the day of receipt is missing"),
)


def dossier_drafts(
    one: OldDossier, row: int, taking: Taking, arrival: EntryId, place: int
) -> tuple[Draft, ...]:
    """The dossier as taken in on its day, and the tie to the file; ``place`` from 1 in the batch.

    Its due date is the one that was promised on paper, whatever the catalogue says of the limit.
    """
    received = vn_datetime(one.received_at)
    day = received.year * 10_000 + received.month * 100 + received.day
    limit = taking.procedure.limit(received.date())
    used = LimitUsed(limit.value, limit.unit, f"{OLD_BOOK}: hạn đã hẹn", limit.settings)
    submitted = DossierSubmitted(
        code=taking.code, daily=taking.daily, day=day, channel=COUNTER, arrived_at=one.received_at,
        procedure=procedure_used(taking.procedure, taking.version), party=_party(one), companions=(),
        cases=(), papers=(), fees=(), limit=used, deliver="counter", competent="", pay="now", cannot_sign="",
        note="; ".join(part for part in (f"{OLD_BOOK}, mã {one.code}", one.remarks) if part),
        salt=taking.salt,
    )  # fmt: skip
    accepted = DossierAccepted(
        form_book=OLD_FORM_BOOK, form_number=row + 1, received_at=one.received_at, due_at=one.due_at,
        papers=(), limit=used, day=day,
    )  # fmt: skip
    dossier = pending(place)
    return (draft(submitted, SELF), draft(accepted, dossier),
            draft(OldDossierTaken(row, one.code), dossier, arrival))  # fmt: skip


def _party(one: OldDossier) -> Party:
    kinds = {_PERSONAL: PaperKind.PERSONAL, _OLD: PaperKind.OLD_NUMBER}
    plain = one.id_number.isascii() and one.id_number.isdigit()
    kind = kinds.get(len(one.id_number), PaperKind.OTHER) if plain else PaperKind.OTHER
    shown = str(kind) if one.id_number else ""
    return Party(CITIZEN, one.name, shown, one.id_number, 0, "", one.address, "", one.phone, "")
