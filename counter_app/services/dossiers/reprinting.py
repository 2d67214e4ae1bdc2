"""A dossier's paper printed again, with the official code when it has come; form 06 as the journal stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.decisions import contact_phone
from counter_app.domain.organisation.state import OfficialState
from counter_app.printing.formats import clean
from counter_app.services.dossiers import letters, papers
from counter_app.services.dossiers.control import hops_of
from counter_app.services.dossiers.papers import Written
from counter_app.services.papers.forms import Paper, pack
from counter_app.services.papers.queue import PrintQueue, reprint_reason
from counter_app.services.ports.dossiers import Done
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.this_pc import device, local
from sync.protocol.naming.ids import EntryId

CONTROL_SLIP = "06"


@dataclass
class Reprint:
    """One more print of a paper; nothing about the dossier changes but the count of its prints."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def run(self, dossier: EntryId, form: str, reason: str) -> Done:
        """Queue and print. Raises ``reprint.reason`` (from the second print on), ``reprint.none``."""
        self.desk.require()
        now = self.work.now()
        with self.work.store.write() as connection:
            state: DossierState = self.work.state(connection, dossier)
            paper = self._paper(connection, state, form, now)
            again = desk_queries.prints_of(connection, dossier, paper.form) + 1
            if again > 1 and not reason.strip():
                raise DomainError(
                    "Ghi lý do in lại.", field="reason", code="reprint.reason",
                    title_en="Write why it is printed again.",
                )  # fmt: skip
            job = local.queue_print(
                connection, paper.form, clean(paper.title), pack(paper), dossier, now, copy_no=again
            )
            device.put_setting(connection, reprint_reason(job), reason.strip())
        tried = self.queue.run((job,))[0]
        if tried.state != "done":
            return Done(self.queue.words(job), (job,))
        return Done(say(f"Đã in {paper.title}.", f"{paper.title} is printed."), (job,))

    def _paper(self, connection: Connection, state: DossierState, form: str, now: int) -> Paper:
        if form == CONTROL_SLIP:
            return papers.control_slip(
                self.work.place, state, hops_of(connection, self.work, state), now
            )  # fmt: skip
        issued = state.form(form)
        if issued is None:
            raise DomainError(
                f"Hồ sơ này chưa có mẫu {form[:4]}.", code="reprint.none",
                title_en=f"The dossier has no form {form[:4]}.",
            )  # fmt: skip
        fact = next(f for f in queries.history(connection, state.id) if f.id == issued.entry)
        by = None
        if fact.facts.actor is not None:
            by = self.work.state(connection, fact.facts.actor, required=False)
        name = title = ""
        if isinstance(by, OfficialState):
            name, title = by.name, letters.office_of(connection, self.work, fact.body, by)
        phone = contact_phone(self.work.policies(connection))
        return papers.paper_of(self.work.place, state, Written(fact.body, fact.at, name, title, phone))
