"""A whole form read once: the person, the rows by register, what is seen, who would sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import msgspec
from sqlalchemy import Connection

from counter_app.domain import errors
from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.certification.taking_in.matters import REGISTERS, one_number_each
from counter_app.domain.certification.taking_in.time_limit import Extension, read_extension
from counter_app.domain.dates import vn_date
from counter_app.domain.organisation.decisions import TEXT_OF_SIGNATURES, policy
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.copies import notices, under
from counter_app.services.copies.rows import ReadRow, read_rows
from counter_app.services.people import known
from counter_app.services.people.reading import PersonRead, read_person
from counter_app.services.ports.copies import Notice, RequestForm, TextPlace
from counter_app.services.registers.held import certifiers
from counter_app.services.rules import Rules
from counter_app.services.workplace import Workplace
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class FormRead:
    """A form as it stands at ``at`` (ms, local ``day``); ``found`` are the amber notices it gives, ``texts``
    the places of the texts of signatures by row.
    """

    form: RequestForm
    at: int
    day: date
    rules: Rules
    person: PersonRead
    rows: tuple[ReadRow, ...]
    found: tuple[notices.Found, ...]
    stops: tuple[Notice, ...]
    hints: tuple[Notice, ...] = ()
    texts: Mapping[int, TextPlace] = field(default_factory=dict)

    @property
    def seen(self) -> dict[int, frozenset[str]]:
        """Codes of amber notices the clerk has seen, by row."""
        return {index: frozenset(row.seen) for index, row in enumerate(self.form.rows)}

    @property
    def extension(self) -> Extension | None:
        """The later promise as typed, None without one; ``certification_due`` refuses what the law does."""
        return read_extension(self.form.later_ground, self.form.later_days, self.form.agreement)

    @property
    def unseen(self) -> list[Notice]:
        """Amber notices nobody has looked at."""
        return notices.looks(self.found, self.seen)

    def registers(self) -> tuple[str, ...]:
        """Registers the rows belong to, copies first."""
        has = {row.matter for row in self.rows if row.original is not None}
        return tuple(matter for matter in REGISTERS if matter in has)

    def originals(self, register: str) -> tuple[tuple[OriginalTaken, ...], tuple[notices.Found, ...]]:
        """The papers of the form with what was seen on them, and what must have been seen there.

        Rows of ``register``, that of the request, name none of their own; a row of several signed documents
        becomes one for each. Notices of the person stand at the first row, so that the signatory's side sees
        them once.
        """
        mine = [row for row in self.rows if row.original is not None]
        places: dict[int, int] = {}
        everywhere = {code for codes in self.seen.values() for code in codes}
        taken: list[OriginalTaken] = []
        for place, row in enumerate(mine):
            places[row.index] = len(taken)
            known = self.seen.get(row.index, frozenset())
            seen = [
                notice
                for index, notice in self.found
                if (index == row.index and notice.code in known)
                or (index == notices.PERSON and place == 0 and notice.code in everywhere)
            ]
            taken += one_number_each(_with_seen(row, seen, register), row.matter)
        required = tuple(
            (places.get(index, -1), notice)
            for index, notice in self.found
            if index == notices.PERSON or index in places
        )
        return tuple(taken), required

    def all_originals(self) -> Iterator[OriginalTaken]:
        """Every original of the form, in the order of the page."""
        return (row.original for row in self.rows if row.original is not None)

    @property
    def total(self) -> int:
        """Fees and photocopies together, dong."""
        return sum(one.fee + one.photocopy_pages * one.photocopy_price for one in self.all_originals())


def _with_seen(row: ReadRow, seen: list[errors.Notice], register: str) -> OriginalTaken:
    assert row.original is not None
    words = "; ".join(dict.fromkeys(notice.vi.rstrip(".") for notice in seen))
    codes = tuple(dict.fromkeys(notice.code for notice in seen))
    matter = "" if row.matter == register else row.matter
    return msgspec.structs.replace(row.original, noticed=codes, note=words, matter=matter)


def read_form(connection: Connection, work: Workplace, form: RequestForm, at: int, me: EntryId) -> FormRead:
    """The form read by the tables in force at ``at`` (ms); never raises for what was typed."""
    rules, day = work.rules(connection), vn_date(at)
    person = read_person(form.person, day)
    on = policy(work.policies(connection), TEXT_OF_SIGNATURES)
    rows = read_rows(form.rows, rules, day, person.requester(None), on)
    around = notices.Surroundings(
        rules, at, day_of(at), me, work.policies(connection), form.signatory,
        certifiers(connection, work, me, form.signatory),
        known.taken_today(connection, person.particulars.id_number, day_of(at), form.request),
    )  # fmt: skip
    found = notices.to_look_at(person, rows, around)
    receiver: OfficialState = work.state(connection, me)
    texts = under.text_places(connection, work, rows, person.requester(None), form.signatory, receiver.name)
    stops = (*notices.stops(person, rows, around), *under.faults(texts))
    hints = tuple(notices.hints(rows, around))
    return FormRead(form, at, day, rules, person, rows, found, stops, hints, texts)
