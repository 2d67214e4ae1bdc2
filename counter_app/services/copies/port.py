"""The certified-copy counter: the port of the screens (``ux.md`` 4.4)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.certification.taking_in.circumstances import AUTHORISATION_CASES, OUTSIDE_GROUNDS
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS
from counter_app.domain.dates import vn_datetime
from counter_app.domain.fold_text import fold
from counter_app.printing.forms.strip import Strip
from counter_app.printing.forms.strip import render as draw_strip
from counter_app.printing.preview import preview_png
from counter_app.services.copies import drafts
from counter_app.services.copies.commit import Commit
from counter_app.services.copies.mending import form_of, mend
from counter_app.services.copies.papers import strip_lines
from counter_app.services.copies.preview import preview_of
from counter_app.services.copies.reading import read_form
from counter_app.services.copies.refusal import refuse as refuse_original
from counter_app.services.copies.view import view_of
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.people import known
from counter_app.services.people.reading import form_of_card
from counter_app.services.ports import reads
from counter_app.services.ports.copies import (
    Committed,
    Ground,
    KnownPerson,
    PaperKind,
    RefusalForm,
    RequestForm,
    RequestView,
    SignatoryChoice,
    SigningChoices,
    TextPreview,
)
from counter_app.services.ports.saying import noticed, say
from counter_app.services.registers import held
from counter_app.services.session.desk import Desk
from counter_app.services.signing import load
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device
from sync.protocol.naming.ids import EntryId

RECENT_KINDS = "kinds.recent"
MOST_KINDS = 8


@dataclass
class CopiesArea:
    """Implements ``CopiesPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def book_line(self) -> tuple[str, str]:
        """('Quyển số 03/2026-SCT/BS', 'cấp số tại BÀN KÝ'); no number is ever shown."""
        year = self.work.today().year
        with self.work.store.read() as connection:
            state = held.register_now(connection, self.work, year)
            place = held.where(connection, self.work, state) or self.work.place.counter_name
        if state is None:
            return say("Chưa mở sổ SCT/BS", "The register SCT/BS is not open"), ""
        book = f"{state.book:02d}/{state.year}-{state.symbol}"
        return say(f"Quyển số {book}", f"Book {book}"), say(f"cấp số tại {place}", f"numbers at {place}")

    def kinds(self, typed: str) -> tuple[PaperKind, ...]:
        """Kinds for what was typed: exact alias, last used, likeness; diacritics optional."""
        with self.work.store.read() as connection:
            table = self.work.rules(connection).kinds
            recent = device.setting(connection, RECENT_KINDS).split()
        words = fold(typed).split()
        bare = words[1] if len(words) > 1 and words[0] in MATTER_WORDS else " ".join(words)
        used = [kind for key in recent if (kind := table.get(key)) is not None]
        if not bare:
            return tuple(PaperKind(kind.aliases[0], kind.name) for kind in used)
        near = list(table.near(bare, MOST_KINDS))
        exact = [kind for kind in table.kinds if kind.is_called(bare)]
        ordered = [*exact, *(kind for kind in used if kind in near), *near]
        return tuple(PaperKind(kind.aliases[0], kind.name) for kind in dict.fromkeys(ordered))

    def view(self, form: RequestForm) -> RequestView:
        """The form read: rows, fees by today's table, notices. Never raises for what was typed."""
        now, day = self.work.now(), self.work.day()
        me = self.desk.require().id
        with self.work.store.read() as connection:
            return view_of(connection, read_form(connection, self.work, form, now, me), day)

    def read_card(self, text: str) -> KnownPerson:
        """A card's QR with what is known of the person; raises DomainError ``card.*`` with words."""
        reading = parse_card_qr(text)
        found = self.known(reading.card.number)
        card = form_of_card(reading)
        notes = tuple(noticed(note) for note in reading.notes)
        if found is None:
            return KnownPerson(card, 0, (), notes)
        kept = found.person
        person = replace(card, phone=kept.phone, person=kept.person, address=card.address or kept.address)
        return replace(found, person=person, card_notes=notes)

    def known(self, id_number: str) -> KnownPerson | None:
        """A person typed by number, if known here."""
        day = self.work.day()
        with self.work.store.read() as connection:
            kinds = self.work.rules(connection).kinds
            found = known.find(connection, "".join(id_number.split()), day, kinds)
        if found is not None:
            self.desk.saw(reads.PERSON, [found.person.person])
        return found

    def signatories(self, matter: str = held.COPY) -> tuple[SignatoryChoice, ...]:
        """Who may sign certifications of a matter now, the one to propose first."""
        with self.work.store.read() as connection:
            return load.choices(connection, self.work, matter)

    def signing_choices(self) -> SigningChoices:
        """Reasons to certify outside the office, cases of a signature on an authorisation."""
        return SigningChoices(
            tuple((code, say(*words)) for code, words in OUTSIDE_GROUNDS.items()),
            tuple((code, say(*words)) for code, words in AUTHORISATION_CASES.items()),
        )

    def preview(self, form: RequestForm) -> TextPreview:
        """The certification text for the side panel, without number and date."""
        me = self.desk.require()
        with self.work.store.read() as connection:
            read = read_form(connection, self.work, form, self.work.now(), me.id)
            return preview_of(connection, self.work, read, me.name)

    def commit(self, form: RequestForm) -> Committed:
        """F9: one transaction (person, requests, receipts, print jobs), then printing; raises DomainError."""
        if form.request is not None:
            return mend(self.work, self.desk, form)
        done = Commit(self.work, self.desk, self.queue, form).run()
        self._remember_kinds(form)
        return done

    def reopen(self, request: EntryId) -> RequestForm:
        """A slip the desk sent back, or whose number was struck, as a form to mend and submit again."""
        with self.work.store.read() as connection:
            form = form_of(self.work.state(connection, request), self.work.rules(connection).kinds)
        self.desk.saw(reads.REQUEST, [request])
        return form

    def _remember_kinds(self, form: RequestForm) -> None:
        """The last five kinds, newest first, are offered before others."""
        with self.work.store.write() as connection:
            table = self.work.rules(connection).kinds
            read = read_form(connection, self.work, form, self.work.now(), self.desk.require().id)
            used = [one.kind for one in read.all_originals() if table.get(one.kind) is not None]
            recent = dict.fromkeys([*used, *device.setting(connection, RECENT_KINDS).split()])
            device.put_setting(connection, RECENT_KINDS, " ".join(list(recent)[:5]))

    def grounds(self, matter: str = held.COPY) -> tuple[Ground, ...]:
        """The refusal grounds valid today."""
        today = self.work.today()
        with self.work.store.read() as connection:
            table = self.work.rules(connection).grounds
        return tuple(Ground(ground.key, ground.refusal) for ground in table.on(today, matter))

    def refuse(self, form: RefusalForm) -> Committed:
        """A written refusal with its ground; no number, no register line."""
        return refuse_original(self.work, self.desk, self.queue, form)

    def load_draft(self) -> RequestForm | None:
        """The draft of the person at the counter, if one was left."""
        with self.work.store.read() as connection:
            found = drafts.load(connection, self.desk.require().id)
        return None if found is None else found.form

    def draft_cursor(self) -> int:
        """The row under the cursor of the draft that was left, 0 without one."""
        with self.work.store.read() as connection:
            found = drafts.load(connection, self.desk.require().id)
        return 0 if found is None else found.cursor

    def save_draft(self, form: RequestForm | None, cursor: int = 0) -> None:
        """Keeps (or with None drops) the draft; local, never exchanged."""
        official, now = self.desk.require().id, self.work.now()
        with self.work.store.write() as connection:
            if form is None or form == RequestForm(pay=form.pay, signatory=form.signatory):
                drafts.drop(connection, official)
            else:
                drafts.save(connection, official, form, cursor, now)

    def strip_preview(self, form: RequestForm) -> bytes:
        """PNG of the strip that F9 would print (Ctrl+P); the code is not born yet, so it shows zeros."""
        clerk, now = self.desk.require(), self.work.now()
        with self.work.store.read() as connection:
            read = read_form(connection, self.work, form, now, clerk.id)
            view = view_of(connection, read, self.work.day())
        data = Strip(
            head=self.work.place.head, short_code="……", code="0" * 20,
            requester=read.person.particulars.name or "……", taken_at=vn_datetime(now),
            lines=tuple(line for one in read.all_originals() for line in strip_lines(one, one.matter)),
            due_at=None,
            received=view.given if form.pay == "now" else None,
            change=view.change if form.pay == "now" else None, receiver=clerk.name,
            marks=self.work.place.marks(),
        )  # fmt: skip
        return preview_png(draw_strip(data))
