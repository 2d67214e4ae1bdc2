"""A slip the signing desk sent back, or whose number was struck: opened again, mended, submitted again."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.certification.entries import OriginalTaken, Requester
from counter_app.domain.certification.state import STRUCK, OriginalState, RequestState
from counter_app.domain.certification.taking_in.amend import resubmit_request
from counter_app.domain.certification.taking_in.kinds_of_papers import OTHER, PaperKinds
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.certification.taking_in.row_grammar import MATTER_WORDS
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import PartialDate
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.copies import drafts
from counter_app.services.copies.reading import read_form
from counter_app.services.copies.signers import form_of_circumstances
from counter_app.services.ports.copies import Committed, PersonForm, RequestForm, RowForm
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.signing.scans import Scans
from counter_app.services.workplace import Workplace, salt
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry


def form_of(state: RequestState, kinds: PaperKinds) -> RequestForm:
    """The page for a request: its rows that have no valid number, as they would be typed."""
    who = state.requester
    birth = PartialDate.from_int(who.birth)
    person = PersonForm(
        id_number=who.id_number, name=who.name, birth="" if birth is None else birth.text,
        address=who.address, phone=who.phone, id_kind=who.id_kind, person=state.person,
    )  # fmt: skip
    rows = tuple(_row(one.taken, state.register_of(one), who, kinds) for one in _open(state))
    return RequestForm(person, rows, state.pay, "", state.signatory, request=state.id)


def _open(state: RequestState) -> list[OriginalState]:
    return [one for one in state.originals if not one.has_valid_line]


def _row(taken: OriginalTaken, matter: str, who: Requester, kinds: PaperKinds) -> RowForm:
    kind = kinds.get(taken.kind)
    alias = f"khac {taken.name}" if kind is None or kind.key == OTHER else kind.aliases[0]
    photo = "p" if taken.photocopy_pages else ""
    act = "" if taken.circumstances is None else taken.circumstances.act
    word = next((word for word, asks in MATTER_WORDS.items() if asks == (matter, act)), "")
    papers = taken.pages if matter == ELECTRONIC else taken.copies
    text = f"{word} {alias} {papers}" if word else f"{alias} {taken.pages}x{taken.copies}{photo}"
    return RowForm(text, taken.mark, taken.compared_at, taken.noticed, form_of_circumstances(taken, who))


def mend(work: Workplace, desk: Desk, form: RequestForm) -> Committed:
    """F9 on an opened request: its mended rows go to the pile again, under the fees of its own day.

    Rows with a valid number stay untouched. Raises DomainError of the rows, ``request.*``, ``role.*``.
    """
    clerk = desk.require()
    roles.require(clerk, roles.TAKE_IN)
    roles.require(clerk, roles.COMPARE, with_act=True)
    act = desk.act()
    if form.request is None:
        raise ValueError("only a request that was opened again is mended")
    request = form.request
    short = ""

    def decide(acting: Acting) -> tuple[Draft, ...]:
        nonlocal short
        state: RequestState = work.state(acting.connection, request)
        short = parse_provisional(state.code).short
        read = read_form(acting.connection, work, form, state.taken_at, clerk.id)
        for stop in read.stops:
            raise DomainError(stop.title, remedy=stop.detail, field=stop.field or None, code=stop.code)
        for look in read.unseen:
            raise DomainError(look.title, remedy=look.detail, code="notice.unseen")
        originals, left_out = _placed(state, read.originals(state.register)[0])
        rules = read.rules.intake_all(read.registers() or state.registers, state.taken_at)
        return resubmit_request(
            state, originals, rules, ground=state.returned_words or "Sửa tại quầy", salt=salt(),
            signatory=form.signatory, left_out=left_out,
        )  # fmt: skip

    def then(connection: Connection, _: tuple[Entry, ...]) -> None:
        Scans(work).take_in(connection, work.state(connection, request), form)
        drafts.drop(connection, clerk.id)

    work.store.act(decide, act, then)
    work.changed("requests", "signing")
    return Committed(
        request, short, say(f"Đã sửa {short}, đã trình lại.", f"{short} is mended and submitted again."), ()
    )


def _placed(
    state: RequestState, mended: tuple[OriginalTaken, ...]
) -> tuple[tuple[OriginalTaken, ...], tuple[int, ...]]:
    """The whole list again: numbered rows in their places, mended ones in the free places, then the rest.

    Struck rows for which nothing is left are given up (``left_out``).
    """
    rest = list(mended)
    placed: list[OriginalTaken] = []
    left_out: list[int] = []
    for one in state.originals:
        if one.has_valid_line:
            placed.append(one.taken)
        elif rest:
            placed.append(rest.pop(0))
        elif one.state == STRUCK:
            left_out.append(len(placed))
            placed.append(one.taken)
    return (*placed, *rest), tuple(left_out)
