"""F9 of a group: pieces of at most 25 persons, each a whole transaction; what stopped half way goes on.

The list is fixed with the first piece. The group's own state says which lines are written, so a piece that
comes again after a kill, a stop or an error writes only what is missing. Papers are queued in the piece's
transaction and printed after its commit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from counter_app.domain.certification.entries import PAY_NOW, CopiesRequested, OriginalTaken
from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.codes import ProvisionalCode, parse_provisional
from counter_app.domain.groups.acts import Beginning, begin_group, check_open, check_same_list, end_group
from counter_app.domain.groups.entries import EACH, ONE
from counter_app.domain.groups.state import GroupState
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.money.cash import read_given
from counter_app.domain.money.receipts import total
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.groups import drafts
from counter_app.services.groups.checking import Checker
from counter_app.services.groups.papers_out import PapersOut
from counter_app.services.groups.piece import PieceDrafts, group_lines
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.groups import GroupForm, Piece
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import requests as request_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId

_REQUESTED = BY_BODY[CopiesRequested].number
PIECE = 25
"""Persons of one transaction: some tens of ms, so that other work of this PC goes on between pieces."""


@dataclass
class Writing:
    """One piece. ``form`` is the fixed list; ``group`` None for the first piece."""

    work: Workplace
    desk: Desk
    queue: PrintQueue
    form: GroupForm
    group: EntryId | None = None
    ends: str | None = None
    """A ground to end here with what is written, without writing anybody more."""
    left: GroupForm | None = None
    """Those who are not ticked: they stay the clerk's draft."""
    _jobs: list[int] = field(default_factory=list)
    _state: GroupState | None = None
    _code: ProvisionalCode = field(init=False)

    def run(self) -> Piece:
        """Write and queue. Raises DomainError; then nothing of the piece is written."""
        clerk = self.desk.require()
        roles.require(clerk, roles.TAKE_IN)
        roles.require(clerk, roles.COMPARE, with_act=True)
        if self.form.pay == PAY_NOW:
            roles.require(clerk, roles.TAKE_MONEY, with_act=True)
        act = self.desk.act()

        def decide(acting: Acting) -> list[Draft]:
            self._jobs.clear()
            checker = Checker(self.work, acting.connection, clerk.id, act.at)
            daily = request_queries.last_daily(acting.connection, day_of(act.at), self.work.journal)
            piece = PieceDrafts(self.work, acting, self.form, checker, daily)
            self._decide(piece)
            return piece.batch

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            self._follow(connection, entries, clerk, act.at)

        self.work.store.act(decide, act, then)
        self.work.changed("requests", "groups", "money", "prints", "people")
        assert self._state is not None
        return self._piece(self._state)

    def _decide(self, piece: PieceDrafts) -> None:
        """What this piece adds: the beginning in the first, the next persons, the end in the last."""
        planned = len(self.form.people)
        if self.group is None:
            group, written = self._begin(piece), frozenset[int]()
        else:
            state = self._open_state(piece)
            group, self._code = state.id, parse_provisional(state.code)
            written = frozenset(line for line in range(planned) if state.has(line))
        rest = [] if self.ends is not None else [line for line in range(planned) if line not in written]
        for line in rest[:PIECE]:
            piece.take(group, line)
        if len(rest) <= PIECE:
            self._end(piece, group, written.union(rest))

    def _open_state(self, piece: PieceDrafts) -> GroupState:
        assert self.group is not None
        state: GroupState = piece.acting.state(self.group).state
        check_open(state)
        check_same_list(state, drafts.digest(self.form))
        return state

    def _begin(self, piece: PieceDrafts) -> EntryId:
        self._code, form = piece.next_code(), self.form
        papers = "; ".join(text for text in form.papers if text.strip())
        beginning = Beginning(
            self._code.digits, self._code.seq, day_of(piece.checker.at), form.name, form.bearer,
            form.bearer_id, form.phone, papers[:600], len(form.people), form.pay, form.receipt, form.slip,
            drafts.digest(form), salt(),
        )  # fmt: skip
        return piece.add(begin_group(beginning))

    def _end(self, piece: PieceDrafts, group: EntryId, lines: frozenset[int]) -> None:
        """The last entries: the group's end, and its one receipt when it is paid now."""
        piece.add(end_group(group, len(self.form.people), len(lines), self.ends or ""))
        if self.form.pay != PAY_NOW or self.form.receipt != ONE:
            return
        originals: list[OriginalTaken] = []
        for line in sorted(lines):
            originals += piece.checker.originals(self.form, self.form.people[line])
        fees = group_lines(originals)
        due = total(fees)
        given = due if self.ends is not None else read_given(self.form.given, due)
        piece.money(fees, given, self.form.name, group, self._code)

    def _follow(
        self, connection: Connection, entries: tuple[Entry, ...], clerk: OfficialState, at: int
    ) -> None:
        """Papers and the fixed list, in the piece's transaction."""
        if self.group is None:
            self.group = entries[0].id
            drafts.fix(connection, self.group, replace(self.form, group=self.group), at)
            if self.left is None:
                drafts.drop(connection, clerk.id)
            else:
                drafts.save(connection, clerk.id, self.left, at)
        self._state = self.work.state(connection, self.group)
        out = PapersOut(self.work, self.queue, connection, clerk, at)
        began = [entry.id for entry in entries if entry.facts.kind == _REQUESTED]
        if self.form.slip == EACH or self.form.receipt == EACH:
            for request in began:
                self._jobs += out.of_person(request, strip=self.form.slip == EACH)
        if self._state.is_ended:
            drafts.release(connection, self.group)
            self._jobs += out.of_group(self._state, strip=self.form.slip != EACH)

    def _piece(self, state: GroupState) -> Piece:
        sentence = ""
        if state.is_ended:
            short, money = self._code.short, money_figures(state.amount)
            sentence = say(
                f"Đã lưu nhóm {short}: {state.taken} người, {state.copies} bản sao, {money}.",
                f"Group {short} is saved: {state.taken} persons, {state.copies} copies, {money}.",
            )
        return Piece(state.id, state.taken, state.planned, state.is_ended, tuple(self._jobs), sentence)
