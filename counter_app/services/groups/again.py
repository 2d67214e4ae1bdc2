"""The slip and the list of a group once more: lost at the school, or smeared at the counter."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.codes import parse_provisional
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.state import GroupState
from counter_app.services.groups.papers_out import PapersOut
from counter_app.services.papers.forms import Paper, pack
from counter_app.services.papers.queue import PrintQueue, reprint_reason
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import desk as desk_queries
from counter_app.storage.this_pc import device, local
from sync.protocol.naming.ids import EntryId


@dataclass
class Again:
    """Drawn anew from the group as it stands, at whichever counter it is asked for; marked as a reprint."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    group: EntryId
    reason: str

    def run(self) -> tuple[int, ...]:
        """Queue both; job numbers. Raises DomainError ``reprint.reason``, ``group.open``."""
        clerk, at, reason = self.desk.require(), self.work.now(), self.reason.strip()
        if not reason:
            raise DomainError(
                "Ghi lý do in lại.", field="reason", code="reprint.reason",
                title_en="Write why it is printed again.",
            )  # fmt: skip
        with self.work.store.write() as connection:
            state: GroupState = self.work.state(connection, self.group)
            if not state.is_ended:
                short = parse_provisional(state.code).short
                raise DomainError(
                    f"Nhóm {short} chưa ghi xong, chưa có phiếu.", remedy="F9 ghi tiếp, hoặc kết thúc nhóm.",
                    code="group.open", title_en=f"Group {short} is not complete, it has no slip yet.",
                    remedy_en="Go on with F9, or end the group.",
                )  # fmt: skip
            papers = PapersOut(self.work, self.queue, connection, clerk, at).slip_and_list(state)
            jobs = tuple(self._put(connection, paper, at, reason) for paper in papers)
        self.work.changed("prints")
        return jobs

    def _put(self, connection: Connection, paper: Paper, at: int, reason: str) -> int:
        again = desk_queries.prints_of(connection, self.group, paper.form) + 1
        job = local.queue_print(
            connection, paper.form, paper.title, pack(paper), self.group, at, copy_no=max(2, again)
        )
        device.put_setting(connection, reprint_reason(job), reason)
        return job
