"""The port of stray acts: listed in words, dealt with by two persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.seconds import Second, countersign
from counter_app.domain.strays.cases import Case, cases, written_anew
from counter_app.domain.strays.entries import LEFT, TAKEN, Origin, StraysSettled
from counter_app.services.exchange.titles import title_of
from counter_app.services.pen import status
from counter_app.services.ports import reads
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.saying import say
from counter_app.services.ports.strays import StrayCaseView, StrayForm
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.queries import strays as queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId

_NOBODY = EntryId(0, 1)


@dataclass
class StraysArea:
    """Implements ``StraysPort``."""

    work: Workplace
    desk: Desk

    def cases(self) -> tuple[StrayCaseView, ...]:
        """What nobody has dealt with. Raises DomainError ``session.none``, ``role.*``."""
        person = self.desk.require()
        if roles.may(person, roles.REVIEW_CLASHES) is not None:
            self._may()
        with self.work.store.read() as connection:
            shown = tuple(self._view(connection, one) for one, _ in self._open(connection))
        self.desk.saw(reads.WORK_LIST, [], shown=len(shown))
        return shown

    def seconds(self) -> tuple[SecondPerson, ...]:
        """Who may stand beside the person at the counter."""
        me = self.desk.require()
        with self.work.store.read() as connection:
            return status.seconds(connection, self.work, me, roles.TWO_PERSONS_SECOND)

    def settle(self, form: StrayForm) -> str:
        """One transaction: the acts anew under this PC's journal, and the entry that names their origins."""
        person = self._may()
        if form.outcome not in (TAKEN, LEFT):
            raise DomainError(
                "Chọn nhập lại hoặc để nguyên.", field="outcome", code="stray.outcome",
                title_en="Choose: write anew, or leave.",
            )  # fmt: skip
        if not form.words.strip():
            raise DomainError(
                "Ghi căn cứ.", field="words", code="stray.words", title_en="Write what it rests on."
            )
        self.desk.check_pin(form.pin)
        second = self.desk.second(form.second, form.second_secret)
        count = 0

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal count
            drafts = self._decided(acting, form, person, second)
            count = len(drafts) - 1
            return drafts

        self.work.store.act(decide, self.desk.act(sealed=True))
        self.work.changed("dossiers", "requests", "sync", "contradictions")
        if form.outcome == LEFT:
            return say("Đã ghi: để nguyên.", "Saved: left as they lie.")
        return say(f"Đã nhập lại {count} việc.", f"{count} acts written anew.")

    def _may(self) -> OfficialState:
        person = self.desk.require()
        roles.require(person, roles.TWO_PERSONS_FIRST)
        return person

    def _decided(
        self, acting: Acting, form: StrayForm, person: OfficialState, second: Second
    ) -> tuple[Draft, ...]:
        """Looked up inside the transaction: what another counter dealt with meanwhile is gone from here."""
        found = {_key(case): (case, done) for case, done in self._open(acting.connection)}.get(form.key)
        if found is None:
            raise DomainError(
                "Việc lạc này vừa được xử lý.", "Máy này hoặc máy khác đã ghi xong.", "Xem lại danh sách.",
                code="stray.gone", title_en="These acts were just dealt with.",
                meaning_en="This or another PC has done it.", remedy_en="Look at the list again.",
            )  # fmt: skip
        case, done = found
        if form.outcome == TAKEN and not case.acts:
            raise DomainError(
                "Không việc nào ở đây nhập lại được.", "Số sổ, biên lai, việc có chữ ký không cấp lại.",
                "Làm rõ từng số ở trang Quyền cấp số và sổ, rồi chọn để nguyên.", code="stray.nothing",
                title_en="None of these can be written anew.",
                meaning_en="Numbers, receipts and sealed acts are not given twice.",
                remedy_en="Settle each number on the page of the pen, then choose to leave them.",
            )  # fmt: skip
        acts = case.acts if form.outcome == TAKEN else ()
        drafts, names = written_anew(acts, acting.next_id(), done)
        # Numbers of a case that is written anew stay on the list until somebody says what became of them.
        dealt = acts or case.all
        origins = tuple(
            Origin(fact.id, fact.entry.header_hash, fact.at, fact.facts.actor, names.get(fact.id))
            for fact in dealt
        )
        body = StraysSettled(form.outcome, origins, form.words.strip(), salt(), _NOBODY, b"")
        main = names.get(case.subject, case.subject if acts else None)
        subjects = (SELF,) if main is None else (SELF, main)
        return (*drafts, draft(countersign(body, SELF, person, second), *subjects))

    def _open(self, connection: Connection) -> Iterator[tuple[Case, dict[EntryId, EntryId]]]:
        """Cases that wait, with what was written anew of their branch before."""
        dealt = queries.origins(connection)
        for branch in queries.branches(connection):
            facts = [one for one in branch.facts if (one.id, one.entry.header_hash) not in dealt]
            held = {(one.id, one.entry.header_hash) for one in branch.facts}
            done = {
                origin.entry: origin.written
                for key, origin in dealt.items()
                if key in held and origin.written is not None
            }
            whole = [fact.id for fact in branch.facts]
            for case in cases(facts, done, whole):
                # Two branches mixed in one journal: nobody can say whose an id is, so people decide alone.
                yield (Case(case.subject, (), case.all) if branch.several else case), done

    def _view(self, connection: Connection, case: Case) -> StrayCaseView:
        first = case.all[0]
        begun = next((one for one in case.all if one.id == case.subject), case.all[-1])
        title, second = title_of(begun.entry)
        journal = first.id.journal
        return StrayCaseView(
            _key(case), self.work.counter_name(connection, journal) or str(journal), first.at, title, second,
            tuple(_words(*title_of(one.entry)) for one in case.acts),
            tuple(_words(*title_of(one.entry)) for one in case.left),
        )  # fmt: skip


def _key(case: Case) -> str:
    """Names a case here: its acts by place and hash, so that one act more is another case."""
    return ".".join(f"{one.id.key:x}-{one.entry.header_hash[:6].hex()}" for one in case.all)


def _words(title: str, second: str) -> str:
    return f"{title} · {second}" if second else title
