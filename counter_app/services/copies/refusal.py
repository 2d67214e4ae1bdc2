"""A written refusal of one original with its ground: no number, no register line (NĐ 23/2015 art. 22)."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection

from counter_app.domain.certification.state import RefusalState
from counter_app.domain.certification.taking_in.intake import Refusal, refuse_original
from counter_app.domain.certification.taking_in.row_grammar import parse_row
from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.fold_text import nfc
from counter_app.domain.organisation import roles
from counter_app.printing.forms import refusal as paper
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.people.reading import read_person
from counter_app.services.ports.copies import Committed, RefusalForm
from counter_app.services.ports.saying import say
from counter_app.services.rules import Rules
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Place, Workplace, salt
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import life_of

_MAX_NAME = 120


def paper_of(typed: str, rules: Rules) -> tuple[str, str]:
    """(kind, name) of what was typed: a row such as ``hb 24x2``, an alias, or the name of the paper."""
    try:
        row = parse_row(typed, rules.kinds)
        return row.paper.key, row.name
    except DomainError:
        pass
    try:
        kind = rules.kinds.find(typed)
        return kind.key, kind.name
    except DomainError:
        return "", " ".join(nfc(typed).split())[:_MAX_NAME]


def refuse(work: Workplace, desk: Desk, queue: PrintQueue, form: RefusalForm) -> Committed:
    """Record the refusal and print it. Raises DomainError ``ground.*``, ``requester.*``, ``role.*``."""
    clerk = desk.require()
    roles.require(clerk, roles.TAKE_IN)
    act = desk.act()
    jobs: list[int] = []

    def decide(acting: Acting) -> tuple[Draft, ...]:
        rules = work.rules(acting.connection)
        person = read_person(form.person, vn_date(act.at))
        for fault in person.faults:
            raise fault
        kind, name = paper_of(form.original_name, rules)
        refusal = Refusal(
            person.requester(None),
            name,
            kind,
            form.ground,
            act.at,
            salt(),
            form.words,
            matter=form.matter,
        )
        return refuse_original(refusal, rules.grounds)

    def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
        state = cast(RefusalState, work.state(connection, entries[0].id))
        code = provisional_code(
            work.place.unit, work.place.counter_number, life_of(work.journal), vn_date(act.at),
            entries[0].id.seq % 9_999 or 9_999,
        ).digits  # fmt: skip
        jobs.append(
            queue.put(connection, _paper(work.place, state, code, clerk.name, form.words), state.id, act.at)
        )

    acted = work.store.act(decide, act, then)
    work.changed("requests", "prints")
    tried = queue.run(jobs)
    printed = tried[0].state == "done"
    words = say("Đã lưu, đã in phiếu từ chối.", "The refusal is saved and printed.")
    if not printed:
        words = f"{say('Đã lưu phiếu từ chối.', 'The refusal is saved.')} {queue.words(jobs[0])}"
    return Committed(acted.entries[0].id, "", words, tuple(jobs))


def _paper(place: Place, state: RefusalState, code: str, receiver: str, details: str) -> Paper:
    who = state.requester
    data = paper.Refusal(
        head=place.head, code=code, requester=who.name, address=who.address, phone=who.phone,
        original=state.original_name, ground=state.ground, details=details.strip(),
        refused_at=vn_datetime(state.refused_at), receiver=receiver, marks=place.marks(),
    )  # fmt: skip
    return Paper(forms.REFUSAL, f"Phiếu từ chối: {state.original_name}", data)
