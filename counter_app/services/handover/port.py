"""The return desk: the port of the screens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import RequestState
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.groups.state import GroupState
from counter_app.domain.organisation import roles
from counter_app.services.dossiers.giving import Handing
from counter_app.services.handover.finding import find
from counter_app.services.handover.leaving import Leaving
from counter_app.services.handover.view import view_of
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports import reads
from counter_app.services.ports.dossiers import GivingForm
from counter_app.services.ports.handover import ReturnForm, ReturnView
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry


@dataclass
class HandoverArea:
    """Implements ``HandoverPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def find(self, code_or_text: str) -> tuple[ReturnView, ...]:
        """By slip, receipt, card or copy; raises DomainError with words when nothing is found."""
        with self.work.store.read() as connection:
            states = find(connection, self.work, code_or_text)
            found = tuple(self._view(connection, state) for state in states)
        self.desk.saw(reads.REQUEST, [state.id for state in states])
        return found

    def waiting(self) -> tuple[ReturnView, ...]:
        """Requests with copies ready to be handed over, oldest promise first."""
        with self.work.store.read() as connection:
            rows = request_queries.to_hand_over(connection)
            found = tuple(self._view(connection, self.work.state(connection, row.id)) for row in rows)
        self.desk.saw(reads.WORK_LIST, [row.id for row in rows])
        return found

    def _view(self, connection: Connection, state: RequestState) -> ReturnView:
        """The request; a signed file is named by its hash, as the register names it."""
        files: dict[int, str] = {}
        for index, one in enumerate(state.originals):
            if one.line is not None and state.register_of(one) == ELECTRONIC:
                line: LineState = self.work.state(connection, one.line)
                files[index] = "" if line.file is None else line.file.digest.hex()
        seen = view_of(state, files)
        if state.group is None:
            return seen
        group: GroupState = self.work.state(connection, state.group)
        return replace(seen, group=group.name)

    def hand_over(self, form: ReturnForm) -> str:
        """F9 for one request; see ``hand_over_all``."""
        return self.hand_over_all((form,), None)

    def hand_over_all(self, copies: tuple[ReturnForm, ...], results: GivingForm | None) -> str:
        """F9: all that one person takes away and all he owes, in one transaction; printing comes after.

        Either everything is in his hand or nothing: one line that cannot be given stops all, and a power cut
        leaves no half.

        Raises DomainError ``handover.*``, ``return.*``, ``dossier.*``, ``money.*``, ``role.*``.
        """
        clerk = self.desk.require()
        roles.require(clerk, roles.TAKE_IN)
        act = self.desk.act()
        leaving = Leaving(self.work, self.queue, copies, clerk)
        giving = None if results is None else Handing(self.work, self.desk, self.queue, results)
        jobs: list[int] = []

        def decide(acting: Acting) -> list[Draft]:
            batch = leaving.drafts(acting, act.at)
            return batch if giving is None else [*batch, *giving.drafts(acting, act.at, leaving.receipts)]

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            jobs.extend(leaving.put(connection, entries, act.at))
            if giving is not None:
                jobs.extend(giving.put(connection, entries, act.at))

        self.work.store.act(decide, act, then)
        areas = ("requests",) if giving is None else ("requests", "dossiers")
        self.work.changed(*areas, "money", "prints")
        self.queue.run(jobs)
        return " ".join(filter(None, (leaving.sentence(), giving.sentence() if giving else "")))
