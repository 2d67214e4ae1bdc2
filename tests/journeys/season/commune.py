"""Three counters, two signers and a hub on real stores, worked through the services day by day."""

from __future__ import annotations

import random
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from counter_app.domain.organisation import entries as o
from counter_app.services.ports.copies import PersonForm, RequestForm, RowForm
from counter_app.services.ports.groups import GroupForm, PersonLine
from counter_app.services.ports.handover import ReturnForm
from counter_app.services.ports.pen import AnnulForm, RecoveryForm
from counter_app.services.ports.signing import Numbered
from sync.protocol.naming.ids import EntryId
from tests.journeys.season.plan import Citizen
from tests.support.counter import CHAIRMAN, CLERK, PASSWORD, PIN, REGISTRAR, SIGNER, Counter, give
from tests.sync.scenarios.office import Office

LOT = 60
"""Requests that go to a signer together."""
STRUCK_IN = 40
"""One line in so many comes back unsigned."""
SIGNERS = (SIGNER, CHAIRMAN)


class Commune:
    """The office and what people do in it. ``away`` holds requests numbered where nobody sees it."""

    def __init__(self, folder: Path, at: int, seed: int) -> None:
        self.office = Office(folder)
        self.office.clock.at = at
        self.chance = random.Random(seed)
        self.done: Tally[str] = Tally()
        self.away: set[EntryId] = set()
        self.turn = 0
        one = self.office.pc(1)
        self.register = one.register
        assert self.register is not None
        self._acts(one)
        self.pcs = [one, self.office.pc(2), self.office.pc(3)]
        self.living = list(self.pcs)
        for pc in self.pcs:
            pc.work.export = lambda folder: "goi.mcx"
        self.office.settle()

    def _acts(self, one: Counter) -> None:
        """Both signers have an act for the season."""
        one.sign_in(CHAIRMAN)
        for login, number, prefix, title in (
            (SIGNER, "21/QĐ-UBND", "KT.", "Phó Chủ tịch"), (CHAIRMAN, "22/QĐ-UBND", "", "Chủ tịch"),
        ):  # fmt: skip
            act = o.DelegationRecorded(
                number, 20260701, o.ASSIGNED, prefix, ("copy",), 20260701, 20261231, title
            )
            one.areas.accounts.delegate(one.officials[login], act)

    def close(self) -> None:
        """Let go of everything."""
        self.office.close()

    def clocks(self, at: int) -> None:
        """It is ``at`` everywhere, unless a clock is past it already."""
        self.office.clock.at = at
        for pc in self.pcs:
            pc.clock.at = max(at, pc.clock.at)

    @property
    def holder(self) -> Counter | None:
        """The running PC that holds the pen by what it reads."""
        return next((pc for pc in self.living if self.office.register(pc).holder == pc.work.journal), None)

    # what a counter does

    def take_in(self, pc: Counter, citizen: Citizen) -> EntryId:
        """The clerk takes a request in; somebody else's name each time."""
        if pc.areas.desk.person is None or pc.areas.desk.person.id != pc.officials[CLERK]:
            pc.sign_in(CLERK)
        person = PersonForm(
            id_number=citizen.id_number, name=citizen.name, birth="14/03/1986",
            address="Bản Nà Khan, xã Bình Lư", sex="male",
        )  # fmt: skip
        rows = tuple(RowForm(text, "", pc.clock.at, ("original.today",)) for text in citizen.rows)
        taken = pc.areas.copies.commit(RequestForm(person=person, rows=rows, given="500000"))
        self.done["requests"] += 1
        self.done["originals"] += len(rows)
        return taken.request

    def school(self, pc: Counter, pupils: int) -> None:
        """A school's pupils, pasted and written piece by piece."""
        pc.sign_in(CLERK)
        people = tuple(_pupil(place, pc.clock.at) for place in range(pupils))
        form = GroupForm(
            "Trường PTDTBT Bình Lư (tập huấn)", "Trần Thị Giáo (tập huấn)", "012090000001", "0912 000 001",
            ("hb 24x1",), people, given="100000000",
        )  # fmt: skip
        piece = pc.areas.groups.write_piece(form)
        while not piece.done:
            piece = pc.areas.groups.write_piece(replace(form, group=piece.group))
        self.done["pupils"] += pupils

    def hand_over(self, pc: Counter) -> None:
        """Those whose copies are ready get them."""
        pc.sign_in(CLERK)
        for ready in pc.areas.handover.waiting():
            pc.areas.handover.hand_over(ReturnForm(ready.request))
            self.done["handed over"] += 1

    # the signing desk

    def sign_all(self, pc: Counter) -> None:
        """What waits goes to the two signers in turn, lot by lot; each lot comes back signed or struck."""
        pc.sign_in(SIGNER)
        waiting = [row.request for row in pc.areas.signing.pile() if row.request not in self.away]
        for first in range(0, len(waiting), LOT):
            self.confirm(pc, self.number(pc, waiting[first : first + LOT]))

    def number(self, pc: Counter, requests: Sequence[EntryId]) -> Numbered:
        """The next signer numbers a lot, after looking at the paper where he is asked."""
        self.turn += 1
        pc.sign_in(SIGNERS[self.turn % 2])
        pen = pc.areas.signing.pen()
        if pen.paper_witness_needed or pen.date_confirmation_needed:
            pc.areas.signing.confirm_witness(pen.last_number, PIN)
        done = pc.areas.signing.number(tuple(requests), PIN)
        self.done["lots"] += 1
        self.done["texts"] += done.texts
        return done

    def confirm(self, pc: Counter, lot: Numbered) -> None:
        """Ink and seal; now and then a paper comes back unsigned."""
        for line in pc.areas.signing.lot_lines(lot.lot):
            if self.chance.random() < 1 / STRUCK_IN:
                pc.areas.signing.strike(line.line, "differs", "")
                self.done["struck"] += 1
        pc.areas.signing.confirm(lot.lot, None)

    def confirm_rest(self, pc: Counter) -> None:
        """Every lot with lines still open is confirmed."""
        pc.sign_in(SIGNER)
        for lot in pc.areas.signing.lots():
            pc.areas.signing.confirm(lot.lot, None)

    # the pen

    def pass_pen(self, pc: Counter, to: int, folder: Path) -> None:
        """Into a file for another counter; it arrives with the next exchange or stick."""
        pc.sign_in(REGISTRAR)
        pc.areas.pen.pass_pen_to_file(to, str(folder))
        self.done["pen moves"] += 1

    def to_paper(self, pc: Counter, sheets: int) -> None:
        """Power cut: two persons send the pen to printed sheets."""
        pc.sign_in(REGISTRAR)
        pc.areas.pen.pass_to_paper(self._register, sheets, pc.officials[SIGNER], PASSWORD)
        self.done["paper days"] += 1

    def from_paper(self, pc: Counter, used: Sequence[Citizen], day: str) -> None:
        """The pen comes back; those served by hand are entered with the numbers they bear on paper."""
        first = self.office.register(pc).papers[-1].first
        last = first + sum(len(citizen.rows) for citizen in used) - 1
        pc.sign_in(REGISTRAR)
        pc.areas.pen.return_from_paper(self._register, last, pc.officials[SIGNER], PASSWORD)
        entered = [self.take_in(pc, citizen) for citizen in used]
        pc.sign_in(SIGNER)
        at = first
        for start in range(0, len(entered), LOT):
            part = used[start : start + LOT]
            pc.areas.pen.enter_from_paper(tuple(entered[start : start + LOT]), at, day, PIN)
            at += sum(len(citizen.rows) for citizen in part)
        self.done["from paper"] += last - first + 1
        self.confirm_rest(pc)

    def dies(self, pc: Counter) -> int:
        """Numbers a lot that nobody else sees, prints it, and is dead. Returns the highest on paper."""
        pc.sign_in(SIGNER)
        unseen = [row.request for row in pc.areas.signing.pile()][:LOT]
        self.away |= set(unseen)
        last = self.number(pc, unseen).last
        self.living.remove(pc)
        self.done["dead"] += 1
        return last

    def recover(self, pc: Counter, on_paper: int) -> None:
        """Two persons take the pen of the dead PC over; the proposal says how many wait."""
        pc.sign_in(REGISTRAR)
        known = pc.areas.pen.proposal(self._register, on_paper)
        pc.areas.pen.recover(
            RecoveryForm(
                self._register,
                on_paper,
                known.waiting_there,
                "Máy hỏng nguồn",
                pc.officials[SIGNER],
                PASSWORD,
            )
        )
        self.done["recovered"] += 1

    def returns(self, pc: Counter) -> None:
        """The dead PC runs again, with all it held."""
        self.living.append(pc)
        self.away.clear()
        self.done["returned"] += 1

    def settle_unknown(self, pc: Counter) -> None:
        """Numbers that no paper and no journal shows are voided one by one, with minutes."""
        pc.sign_in(REGISTRAR)
        for unknown in pc.areas.pen.unknown_numbers(self._register):
            pc.areas.pen.settle_void(self._register, unknown.number, "BB 12/2026")
            self.done["voided"] += 1

    def annul(self, pc: Counter, number: int, day: str) -> None:
        """The Chairman's decision on one signed line."""
        pc.sign_in(REGISTRAR)
        (line,) = pc.areas.pen.line_of_number(self._register, number)
        form = AnnulForm(line.line, "12/QĐ-UBND", day, "Bản chính giả", pc.officials[CHAIRMAN], PASSWORD)
        pc.areas.pen.annul(form)
        self.done["annulled"] += 1

    def close_month(self, pc: Counter, year: int, month: int) -> None:
        """The registrar closes a month; whatever keeps it open raises DomainError."""
        pc.sign_in(REGISTRAR)
        pc.areas.registers.close_month(year, month, PIN)
        self.done["months closed"] += 1

    @property
    def _register(self) -> EntryId:
        assert self.register is not None
        return self.register

    # the line

    def meet(self, line: bool) -> None:
        """With a line everybody meets the hub; without, a stick goes round the desks, most times."""
        if line:
            self.office.settle(*self.living)
            self.done["met the hub"] += 1
        elif self.chance.random() < 0.7:
            self.stick()

    def stick(self) -> None:
        """Files go round all running counters, both ways."""
        first, *others = self.living
        for giver, taker in [(other, first) for other in others] + [(first, other) for other in others]:
            give(giver, taker)
        self.done["sticks"] += 1


def _pupil(place: int, at: int) -> PersonLine:
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{place:03d}").capitalize()
    return PersonLine(
        f"Giàng Thị {letters}", f"012212{place:06d}", "15/09/2012", f"{6 + place % 4}A", source=place + 2,
        compared_at=at,
    )  # fmt: skip
