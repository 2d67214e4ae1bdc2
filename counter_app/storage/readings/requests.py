"""Reading: requests of certified copies with their originals, and written refusals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Index, Table

from counter_app.domain.certification.state import RefusalState, RequestState
from counter_app.domain.folding.aggregate import Folded
from counter_app.storage.readings.reading import READ, Filled, Reading, key, key_of, link, text, whole
from counter_app.storage.statements import Row

requests = Table(
    "requests",
    READ,
    key(),
    text("code"),
    whole("daily"),
    whole("day"),
    whole("journal"),
    whole("taken_at"),
    link("taken_by"),
    text("name"),
    text("id_kind"),
    text("id_number"),
    whole("birth"),
    text("address"),
    text("phone"),
    link("person"),
    whole("originals"),
    whole("copies"),
    text("titles"),
    whole("due_at"),
    text("pay"),
    text("channel"),
    text("register"),
    link("signatory"),
    text("stage"),
    whole("waits_for_number"),
    whole("fees"),
    whole("paid"),
    whole("to_pay"),
    whole("to_refund"),
    text("returned_reason"),
    text("returned_words"),
    whole("returned_at"),
    whole("extended"),
    whole("handed_over_at"),
    whole("is_open"),
    whole("frozen"),
    whole("waiting"),
    whole("conflicts"),
)
"""One row a request; ``stage`` as in the domain, ``is_open`` 1 until everything is handed over or struck."""

Index("ix_requests_open", requests.c.due_at, sqlite_where=requests.c.is_open == 1)
Index("ix_requests_number", requests.c.taken_at, sqlite_where=requests.c.waits_for_number == 1)
Index("ix_requests_code", requests.c.code)
Index("ix_requests_day", requests.c.day, requests.c.journal)
Index("ix_requests_id_number", requests.c.id_number)
Index("ix_requests_person", requests.c.person)

originals = Table(
    "originals",
    READ,
    key("request"),
    whole("place", primary=True),
    text("register"),
    text("kind"),
    text("name"),
    text("mark"),
    whole("pages"),
    whole("copies"),
    whole("fee"),
    whole("photocopy_pages"),
    whole("photocopy_price"),
    whole("compared_at"),
    text("state"),
    link("line"),
    whole("number"),
    whole("book"),
    whole("year"),
    link("lot"),
    text("reason"),
    whole("handed_over_at"),
    sqlite_with_rowid=False,
)
"""One row an original, ``place`` from 0; ``number`` 0 before one is born; ``register`` its kind."""

refusals = Table(
    "refusals",
    READ,
    key(),
    link("request"),
    text("name"),
    text("original_name"),
    text("ground"),
    text("words"),
    whole("day"),
    whole("refused_at"),
    link("refused_by"),
)
"""Written refusals (NĐ 23/2015 art. 22)."""

Index("ix_refusals_day", refusals.c.day)

_CLOSED = ("handed_over", "annulled", "struck")


def _request_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: RequestState = folded.state
    who = state.requester
    taken = [original.taken for original in state.originals]
    stage = state.stage
    row = (
        state.id.key,
        state.code,
        state.daily,
        state.day,
        state.id.journal,
        state.taken_at,
        key_of(state.taken_by),
        who.name,
        who.id_kind,
        who.id_number,
        who.birth,
        who.address,
        who.phone,
        key_of(state.person),
        len(taken),
        sum(one.copies for one in taken),
        "; ".join(one.name for one in taken),
        state.due_at,
        state.pay,
        state.channel,
        state.register,
        key_of(state.signatory),
        stage,
        int(state.waits_for_number),
        state.fees,
        state.paid,
        state.to_pay,
        state.to_refund,
        state.returned_reason,
        state.returned_words,
        state.returned_at,
        int(state.extended),
        state.handed_over_at,
        int(stage not in _CLOSED),
        int(folded.frozen),
        len(folded.waiting),
        len(folded.open_conflicts),
    )
    return (row,), [_original_row(state, place) for place in range(len(state.originals))]


def _original_row(state: RequestState, place: int) -> Row:
    one = state.originals[place]
    taken = one.taken
    return (
        state.id.key,
        place,
        state.register_of(one),
        taken.kind,
        taken.name,
        taken.mark,
        taken.pages,
        taken.copies,
        taken.fee,
        taken.photocopy_pages,
        taken.photocopy_price,
        taken.compared_at,
        one.state,
        key_of(one.line),
        one.number,
        one.book,
        one.year,
        key_of(one.lot),
        one.reason,
        one.handed_over_at,
    )


def _refusal_rows(folded: Folded) -> Sequence[Iterable[Row]]:
    state: RefusalState = folded.state
    row = (state.id.key, key_of(state.request), state.requester.name, state.original_name, state.ground)
    rest = (state.words, state.day, state.refused_at, key_of(state.refused_by))
    return ((row + rest,),)


READINGS = (
    Reading("requests", 2, ("request",), (Filled(requests), Filled(originals, "request")), _request_rows),
    Reading("refusals", 1, ("refusal",), (Filled(refusals),), _refusal_rows),
)
