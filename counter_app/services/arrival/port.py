"""Arrival in a living office: the port of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.arrival import columns
from counter_app.domain.organisation import roles
from counter_app.services.arrival import files, kept_rows, plan
from counter_app.services.arrival.figures import Figures
from counter_app.services.arrival.writing import Writing
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports import reads
from counter_app.services.ports.arrival import (
    LINES,
    ArrivalProgress,
    DryRun,
    FiguresForm,
    FiguresView,
    LetIn,
    OldFile,
)
from counter_app.services.registers import held
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from sync.protocol.naming.ids import EntryId


@dataclass
class ArrivalArea:
    """Implements ``ArrivalPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def figures(self) -> FiguresView:
        """What is open here already. Raises DomainError ``role.*``."""
        return Figures(self.work, self.desk, self.queue).view()

    def take_figures(self, form: FiguresForm) -> str:
        """Everything in one act of two persons, minutes printed."""
        return Figures(self.work, self.desk, self.queue).take(form)

    def read_file(self, path: str, what: str, kind: str = held.COPY) -> OldFile:
        """An .xlsx or .csv file with its columns proposed. Raises DomainError ``sheet.*``, ``role.*``."""
        roles.require(self.desk.require(), roles.CLOSE_BOOKS)
        with self.work.store.read() as connection:
            return files.read(connection, path, what, kind if what == LINES else "")

    def role_names(self, what: str) -> tuple[tuple[str, str], ...]:
        """What a column may be, the first passes it over."""
        return tuple((role, files.role_words(role)) for role in ("", *columns.ROLES[what]))

    def look(self, file: OldFile, roles_: tuple[str, ...]) -> DryRun:
        """The dry run; nothing is written. Raises DomainError ``register.none``, ``role.*``."""
        roles.require(self.desk.require(), roles.CLOSE_BOOKS)
        with self.work.store.read() as connection:
            looked = plan.look(connection, self.work, file, roles_)
            left = kept_rows.lacking_rows(connection, self.work, looked)
        self.desk.saw(reads.WORK_LIST, (), shown=looked.plan.rows, reason="arrival")
        return plan.dry_run(looked, roles_) if left is None else plan.going_on(looked, left.written)

    def begin(self, form: LetIn) -> ArrivalProgress:
        """The file is let in by two persons."""
        return self._writing().begin(form)

    def write_piece(self, arrival: EntryId) -> ArrivalProgress:
        """The next rows in one transaction."""
        return self._writing().write_piece(arrival)

    def unfinished(self) -> tuple[ArrivalProgress, ...]:
        """Files that stopped half way."""
        return self._writing().unfinished()

    def _writing(self) -> Writing:
        return Writing(self.work, self.desk, self.queue)
