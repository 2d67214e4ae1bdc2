"""The drafts of one piece: persons, requests, receipts, and what ties them to the group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from counter_app.domain.certification.entries import PAY_AT_RETURN, PAY_BY_GROUP, PAY_NOW, OriginalTaken
from counter_app.domain.certification.taking_in.intake import Intake, take_request
from counter_app.domain.codes import ProvisionalCode, provisional_code
from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.groups.acts import join_group
from counter_app.domain.groups.entries import ONE
from counter_app.domain.money.entries import TRANSFER, FeeLine
from counter_app.domain.money.receipts import Taking, receipt_lines, total
from counter_app.services.cash.receiving import receive
from counter_app.services.copies.commit import MOST_A_DAY
from counter_app.services.copies.reading import FormRead
from counter_app.services.groups.checking import COPY, Checker
from counter_app.services.people.recording import record
from counter_app.services.ports.groups import GroupForm, PersonLine
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId, life_of, pending


@dataclass
class PieceDrafts:
    """One transaction of a group in the making. ``daily`` is the last running number of the day that is used.

    ``receipts`` counts papers of the open book that this batch uses: its state does not know them yet.
    """

    work: Workplace
    acting: Acting
    form: GroupForm
    checker: Checker
    daily: int
    batch: list[Draft] = field(default_factory=list)
    receipts: int = 0

    def add(self, draft: Draft) -> EntryId:
        """One more draft; its place-holder."""
        self.batch.append(draft)
        return pending(len(self.batch))

    def next_code(self) -> ProvisionalCode:
        """The next slip of the day. Raises DomainError ``code.day_full``."""
        self.daily += 1
        if self.daily > MOST_A_DAY:
            raise DomainError(
                "Quầy này đã hết số phiếu trong ngày.", remedy="Nhận tiếp ở quầy khác.", code="code.day_full",
                title_en="This counter has used up its slips of the day.",
                remedy_en="Go on at another counter.",
            )  # fmt: skip
        place, day = self.work.place, vn_date(self.checker.at)
        return provisional_code(place.unit, place.counter_number, life_of(self.work.journal), day, self.daily)

    def take(self, group: EntryId, line: int) -> None:
        """The person at ``line``: record, request, his own receipt if any, the tie to the group.

        Raises DomainError with his name in front: a fault that arose since the list was looked at.
        """
        person = self.form.people[line]
        read = self.checker.read(self.form, person)
        for stop in (*read.stops, *read.unseen):
            raise DomainError(
                f"Dòng {line + 1}, {person.name}: {stop.title}", remedy=stop.detail, field=stop.field or None,
                code=stop.code, title_en=f"Line {line + 1}, {person.name}: {stop.title}",
                remedy_en=stop.detail,
            )  # fmt: skip
        recorded = record(self.acting, self.work, read.person, from_card=False)
        who = recorded.person
        for draft in recorded.drafts:
            placed = self.add(draft)
            who = placed if who.is_placeholder else who
        taken, request = self._request(read, person, who)
        self.add(join_group(group, request, line, person.label, taken))

    def _request(
        self, read: FormRead, person: PersonLine, who: EntryId
    ) -> tuple[tuple[OriginalTaken, ...], EntryId]:
        taken, required = read.originals(COPY)
        code = self.next_code()
        by_group = self.form.receipt == ONE
        pay = PAY_BY_GROUP if by_group else PAY_NOW if self.form.pay == PAY_NOW else PAY_AT_RETURN
        known = None if who.is_placeholder else who
        intake = Intake(
            code=code.digits, daily=code.seq, requester=read.person.requester(known), originals=taken,
            received_at=read.at, salt=salt(), pay=pay, signatory=self.form.signatory, person=who,
            register=COPY, required=required,
        )  # fmt: skip
        (draft,) = take_request(intake, read.rules.intake(COPY, read.day))
        request = self.add(draft)
        if pay == PAY_NOW:
            self.money(receipt_lines(taken, COPY), None, read.person.particulars.name, request, code)
        return taken, request

    def money(
        self,
        lines: tuple[FeeLine, ...],
        given: int | None,
        payer: str,
        subject: EntryId,
        code: ProvisionalCode,
    ) -> None:
        """A receipt of the open book, else a provisional slip; ``given`` None is exactly what is due."""
        due = total(lines)
        taken = due if given is None or self.form.method == TRANSFER else given
        taking = Taking(lines, taken, payer, vn_date(self.checker.at), salt(), self.form.method)
        drafts = receive(
            self.acting, self.work, taking, subject, code.receipt_digits, used=self.receipts
        )  # fmt: skip
        self.receipts += 1
        for draft in drafts:
            self.add(draft)


def group_lines(taken: Iterable[OriginalTaken]) -> tuple[FeeLine, ...]:
    """The lines of one receipt for everybody: one a paper, however many brought it; then photocopies."""
    merged: dict[tuple[str, str], FeeLine] = {}
    for line in (line for one in taken for line in receipt_lines((one,), COPY)):
        same = merged.get((line.kind, line.label))
        merged[line.kind, line.label] = (
            line
            if same is None
            else FeeLine(line.kind, line.label, same.quantity + line.quantity, same.amount + line.amount)
        )
    return tuple(merged.values())
