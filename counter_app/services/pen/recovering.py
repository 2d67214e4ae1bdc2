"""The pen of a dead PC is taken over here by two persons, with minutes (``sync.md`` 4)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.entries import PenRecovered
from counter_app.domain.registers.recovery import least_resume_at, recover_pen
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.formats import fold_name
from counter_app.printing.forms import minutes
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.pen.status import lost_name
from counter_app.services.ports.pen import RecoveryForm, RecoveryProposal
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.signing.guards import Guards
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import position
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId


@dataclass
class Recovering:
    """Proposal and act; what is computed here may be raised by persons, never lowered."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    guards: Guards

    def proposal(
        self, connection: Connection, state: RegisterState, highest_on_paper: int, waiting_there: int
    ) -> RecoveryProposal:
        """Everything that waits anywhere counts as waiting at the lost PC: its journal may have reached it.

        Too high costs a few more numbers to settle, too low would let a number be given twice.
        """
        waiting = max(waiting_there, request_queries.waiting_originals(connection, state.register))
        lost = (
            say("sổ giấy", "the paper book")
            if state.is_on_paper
            else lost_name(connection, self.work, state.holder)
        )
        least = least_resume_at(state.highest_heard, highest_on_paper, waiting, state.largest_lot)
        return RecoveryProposal(
            state.id, lost, state.highest_heard, state.largest_lot, waiting, highest_on_paper, least
        )

    def recover(self, form: RecoveryForm) -> str:
        """Take over and print. Raises DomainError ``recovery.*``, ``ground.missing``, ``register.closed``,
        ``role.*``, ``second.*``, ``pin.*``, ``password.*``."""
        act = self.desk.act(sealed=True)
        person = self.desk.require()
        if not 0 <= form.highest_on_paper < 10_000_000 or not 0 <= form.waiting_there < 100_000:
            raise _bad_numbers()
        second = self.desk.second(form.second, form.second_secret)
        jobs: list[int] = []

        def decide(acting: Acting) -> tuple[Draft, ...]:
            state: RegisterState = self.work.state(acting.connection, form.register)
            known = self.proposal(acting.connection, state, form.highest_on_paper, 0)
            if form.waiting_there < known.waiting_there:
                raise _too_few(known.waiting_there)
            return recover_pen(
                state, self.work.journal, person, second, highest_on_paper=form.highest_on_paper,
                waiting_there=form.waiting_there, ground=form.ground.strip(), resume_at=form.resume_at,
            )  # fmt: skip

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            paper = self._minutes(connection, form.register, entries[0], (person, second.official), act.at)
            jobs.append(self.queue.put(connection, paper, form.register, act.at))

        acted = self.work.store.act(decide, act, then)
        # Both persons have just looked for the highest number on paper.
        self.guards.witnessed(form.register)
        self.work.changed("registers", "signing", "prints")
        printed = self.queue.run(jobs)[0].state == "done"
        body = decode_body(PenRecovered, acted.entries[0].body or b"")
        unknown = body.resume_at - body.last_known - 1
        place = self.work.place.counter_name
        done = say(
            f"Đã khôi phục quyền cấp số về {place}; {unknown} số chưa rõ.",
            f"The pen is recovered at {place}; {unknown} numbers are unknown.",
        )
        minutes_out = say("Đã in biên bản.", "The minutes are printed.")
        return f"{done} {minutes_out if printed else self.queue.words(jobs[0])}"

    def _minutes(
        self,
        connection: Connection,
        register: EntryId,
        entry: Entry,
        persons: tuple[OfficialState, OfficialState],
        at: int,
    ) -> Paper:
        state: RegisterState = self.work.state(connection, register)
        body = decode_body(PenRecovered, entry.body or b"")
        first, second = signers(*persons)
        data = minutes.recovery(
            head=self.work.place.head, held_at=vn_datetime(at), register=state.symbol,
            year=state.year, lost_counter=lost_name(connection, self.work, body.lost) if body.lost
            else "Sổ giấy", last_known=max(body.last_known, 0), resume_at=body.resume_at, reason=body.ground,
            first=first, second=second, journal_head=position(connection, self.work.journal).head.hex(),
            marks=self.work.place.marks(),
        )  # fmt: skip
        return Paper(forms.MINUTES, f"Biên bản khôi phục quyền cấp số {state.symbol}/{state.year}", data)


def signers(first: OfficialState, second: OfficialState) -> tuple[minutes.Person, minutes.Person]:
    """Two persons for minutes; namesakes are told apart by their login."""
    names = [first.name, second.name]
    if fold_name(first.name) == fold_name(second.name):
        names = [f"{one.name} ({one.login})" for one in (first, second)]
    return minutes.Person(name=names[0], office=first.title_line), minutes.Person(
        name=names[1], office=second.title_line
    )


def _too_few(waiting: int) -> DomainError:
    return DomainError(
        f"Số bản chính chờ ở máy mất phải từ {waiting} trở lên.",
        "Máy này biết có ngần ấy giấy tờ còn chờ số; máy mất có thể đã cấp.", "Giữ số này hoặc nâng lên.",
        "waiting_there", code="recovery.waiting",
        title_en=f"At least {waiting} originals were waiting.",
        meaning_en="That many are known here to wait; the lost PC may have numbered them.",
        remedy_en="Keep the figure or raise it.",
    )  # fmt: skip


def _bad_numbers() -> DomainError:
    return DomainError(
        "Số lớn nhất trên giấy hoặc số giấy tờ chờ chưa đúng.", remedy="Xem lại các số đã nhập.",
        field="highest_on_paper", code="recovery.numbers",
        title_en="The highest number on paper or the count of waiting papers is wrong.",
        remedy_en="Look at the figures again.",
    )  # fmt: skip
