"""Papers of a piece into the print queue, in its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.time_limit import reason_of_next_day
from counter_app.domain.dates import vn_date
from counter_app.domain.groups.state import GroupState
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.copies.papers import appointment_of, receipt_of, strip_of
from counter_app.services.groups.papers import GroupPapers, receipt_of_group
from counter_app.services.papers.forms import Paper
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import groups as group_queries
from counter_app.storage.queries import money as money_queries
from sync.protocol.naming.ids import EntryId

COPY = "copy"


@dataclass(frozen=True)
class PapersOut:
    """Queues papers at ``at`` (ms) under ``clerk``; each method gives the numbers of its jobs."""

    work: Workplace
    queue: PrintQueue
    connection: Connection
    clerk: OfficialState
    at: int

    def of_person(self, request: EntryId, *, strip: bool) -> list[int]:
        """His receipt if he has one; with ``strip`` his strip and, if he comes again, his appointment."""
        state: RequestState = self.work.state(self.connection, request)
        place, jobs = self.work.place, []
        receipts = list(self._receipts(request))
        given, change = _cash(receipts)
        if strip:
            paper = strip_of(place, state, self.clerk.name, given=given, change=change)
            jobs.append(self.queue.put(self.connection, paper, request, self.at))
        for receipt in receipts:
            paper = receipt_of(place, receipt, state, self.clerk.name, self._template(receipt))
            jobs.append(self.queue.put(self.connection, paper, receipt.id, self.at))
        later = appointment_of(place, state, self.clerk.name, self._reason(state.taken_at)) if strip else None
        if later is not None:
            jobs.append(self.queue.put(self.connection, later, request, self.at))
        return jobs

    def of_group(self, group: GroupState, *, strip: bool) -> list[int]:
        """The list of its persons, its one receipt if it has one; with ``strip`` strip and appointment."""
        papers, receipts = self._papers(group), list(self._receipts(group.id))
        jobs: list[int] = []
        if strip:
            slip = papers.strip(*_cash(receipts))
            jobs.append(self.queue.put(self.connection, slip, group.id, self.at))
        jobs += self._group_receipts(group, receipts)
        later = papers.appointment(self._reason(group.taken_at)) if strip else None
        if later is not None:
            jobs.append(self.queue.put(self.connection, later, group.id, self.at))
        jobs.append(self.queue.put(self.connection, papers.listing(), group.id, self.at))
        return jobs

    def slip_and_list(self, group: GroupState) -> tuple[Paper, Paper]:
        """What is printed again when the school lost it."""
        papers = self._papers(group)
        return papers.strip(*_cash(list(self._receipts(group.id)))), papers.listing()

    def _papers(self, group: GroupState) -> GroupPapers:
        rows = group_queries.members(self.connection, group.id)
        requests: list[RequestState] = [self.work.state(self.connection, row.id) for row in rows]
        return GroupPapers(self.work.place, group, requests, self.clerk.name)

    def receipts_of(self, group: GroupState) -> list[int]:
        """The group's receipts alone: its money was taken at return."""
        return self._group_receipts(group, list(self._receipts(group.id)))

    def _group_receipts(self, group: GroupState, receipts: list[ReceiptState]) -> list[int]:
        papers = (
            (
                receipt,
                receipt_of_group(self.work.place, receipt, group, self.clerk.name, self._template(receipt)),
            )
            for receipt in receipts
        )
        return [self.queue.put(self.connection, paper, receipt.id, self.at) for receipt, paper in papers]

    def _receipts(self, subject: EntryId) -> Iterator[ReceiptState]:
        for row in money_queries.receipts_of_request(self.connection, subject):
            yield self.work.state(self.connection, row.id)

    def _template(self, receipt: ReceiptState) -> str:
        return self.work.state(self.connection, receipt.book).template if receipt.book else ""

    def _reason(self, taken_at: int) -> str:
        rules = self.work.rules(self.connection)
        return reason_of_next_day(taken_at, rules.intake(COPY, vn_date(taken_at)).limit, rules.calendar)


def _cash(receipts: list[ReceiptState]) -> tuple[int | None, int | None]:
    """Given and given back over the receipts in dong, None twice while nothing was paid."""
    if not receipts:
        return None, None
    return sum(receipt.given for receipt in receipts), sum(receipt.change for receipt in receipts)
