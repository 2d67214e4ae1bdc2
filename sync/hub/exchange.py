"""Answering one exchange: who asks, what it brings, what it lacks, and the hub's signed word."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, select

from sync.hub import enrol, province
from sync.hub.contacts import Contact, ContactBook
from sync.hub.filling import Filler
from sync.hub.heads import answer_heads
from sync.hub.ingest import must_be_alone, take_in
from sync.hub.keys import ProvinceKeys
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import Database
from sync.hub.tables.held import HeldJournals
from sync.protocol.carrying.bundle import Bundle
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.carrying.vector import SignedVector, Vector, lacking, make_vector, sign_vector
from sync.protocol.meeting.exchange import (
    MAX_PARKED,
    ExchangeAnswer,
    ExchangeRequest,
    HeadAt,
    Parked,
    SignedRequest,
    pack_answer,
    unpack_request,
)
from sync.protocol.meeting.heads import is_about_heads
from sync.protocol.naming.grants import Opening, verify_opening
from sync.protocol.naming.ids import is_province
from sync.protocol.refusals import Malformed, OtherUnit, Refusal, SenderUnknown

_NOTHING = Vector({}, b"\0" * 8)


class Answered(NamedTuple):
    """The bytes of an answer, and the unit whose journals grew ("" for none): its reader has work."""

    data: bytes
    unit: str


class Exchanger:
    """Answers requests against one database. Safe to call from several threads."""

    def __init__(self, database: Database, keys: ProvinceKeys, now: Callable[[], int]) -> None:
        self._database = database
        self._keys = keys
        self._now = now
        self._hub_keys = {keys.signing.key_id: keys.signing.public}
        self._filler = Filler()
        self.contacts = ContactBook(database)

    def answer(self, data: bytes) -> Answered:
        """The answer to ``data``, whatever it is: a refusal's code when nothing of it was applied.

        A question about heads is answered here too, and changes nothing.
        """
        if is_about_heads(data):
            with self._database.read() as connection:
                return Answered(answer_heads(connection, self._keys, data, self._now()), "")
        try:
            asked = unpack_request(data)
        except Refusal as refusal:
            return Answered(self._refusal(refusal.code), "")
        try:
            return self._serve(asked)
        except Refusal as refusal:
            return Answered(self._refusal(refusal.code, _since(asked.request)), "")

    def _refusal(self, code: str, since: int | None = None) -> bytes:
        return pack_answer(ExchangeAnswer(self._now(), None, refused=code), _NOTHING, since)

    def _serve(self, asked: SignedRequest) -> Answered:
        request = asked.request
        with self._database.read() as connection:
            bundle = self._opened(connection, asked)
        parked: tuple[Parked, ...] = ()
        grew = ""
        if bundle is not None and bundle.runs:
            with self._database.write(alone=must_be_alone(bundle.runs)) as connection:
                plan = take_in(
                    connection, self._keys, request.unit, request.journal, bundle.runs, self._now()
                )
            parked = tuple(Parked(one.entry, one.code) for one in plan.parked[:MAX_PARKED])
            grew = request.unit if plan.steps or plan.forks else ""
        claims_more = False
        with self._database.read() as connection:
            answer = self._answer(connection, request, parked)
            claims_more = _knows_more_of_us(connection, request)
            held = journals.position(connection, request.journal)
        claimed = request.vector.positions.get(request.journal, 0)
        met = Contact(request.journal, request.unit, answer.at, request.at, claimed, held.seq if held else 0)
        self.contacts.met(met)
        if claims_more:
            self._hold(request.unit)
        return Answered(pack_answer(answer, request.vector, _since(request)), grew)

    def _hold(self, unit: str) -> None:
        with self._database.write() as connection:
            province.set_setting(connection, f"hold:{unit}", str(self._now() + province.HOLD_MS))

    def _opened(self, connection: Connection, asked: SignedRequest) -> Bundle | None:
        """The bundle of a request that a device of the unit signed, None when it has none.

        A stranger's bundle is opened only when an opening under a grant may stand in it. Raises OtherUnit,
        SenderUnknown, NotAuthentic, and what opening a bundle raises.
        """
        request = asked.request
        if request.unit not in province.unit_codes(connection):
            raise OtherUnit(f"unit {request.unit} is not served here")
        if is_province(request.journal):
            raise SenderUnknown("the province does not ask itself")
        held = journals.position(connection, request.journal)
        if held is not None:
            if held.unit != request.unit:
                raise OtherUnit(f"journal {request.journal} belongs to {held.unit}")
            public = HeldJournals(connection, self._hub_keys).signing_key(request.journal)
            if public is None:
                raise SenderUnknown(f"journal {request.journal}")
            asked.verify(public, self._keys.signing)
            return asked.open_bundle(
                load_dictionary,
                lambda first, last: journals.past_of(connection, request.journal, first, last),
            )
        bundle = asked.open_bundle(load_dictionary)
        opening = self._opening_in(connection, bundle, request.journal)
        enrol.check_opening(connection, self._keys, request.unit, opening)
        asked.verify(opening.opened.signing_key, self._keys.signing)
        return bundle

    def _opening_in(self, connection: Connection, bundle: Bundle | None, journal: int) -> Opening:
        """The opening by which an unknown journal enrols. Raises SenderUnknown and what verifying raises."""
        held = HeldJournals(connection, self._hub_keys)
        first = {run.journal: run.entries[0] for run in (bundle.runs if bundle else ()) if run.first_seq == 1}
        if journal not in first:
            raise SenderUnknown(f"journal {journal}")

        def earlier(number: int) -> bytes | None:
            known = held.signing_key(number)
            if known is not None or number not in first or number >= journal:
                return known
            return verify_opening(first[number], self._hub_keys, earlier).opened.signing_key

        opening = verify_opening(first[journal], self._hub_keys, earlier)
        if opening.journal != journal:
            raise Malformed(f"an opening of journal {opening.journal}")
        return opening

    def _answer(
        self, connection: Connection, request: ExchangeRequest, parked: tuple[Parked, ...]
    ) -> ExchangeAnswer:
        received = journals.vector_of(connection, request.unit)
        word = signed_word(connection, self._keys, request.unit, received, self._now())
        lacks = lacking(received, request.vector)
        if request.journal in enrol.revocations(connection, request.unit):
            # A lost PC learns that it is revoked, and nothing more of its unit.
            lacks = {journal: first for journal, first in lacks.items() if is_province(journal)}
        bundle, more = self._filler.fill(connection, request, lacks)
        heads: tuple[HeadAt, ...] = ()
        if received.forked_from(request.vector):
            held = journals.positions(connection, request.unit)
            heads = tuple(HeadAt(journal, at.covered, at.covered_head) for journal, at in held.items())
        return ExchangeAnswer(word.at, word, bundle, more, parked, heads)


def signed_word(
    connection: Connection, keys: ProvinceKeys, unit: str, received: Vector, at: int
) -> SignedVector:
    """The hub's word about ``unit`` at its clock ``at`` (ms): received, and in a verified backup."""
    table = schema.backup_marks
    rows = connection.execute(
        select(table.c.journal, table.c.seq, table.c.head).where(
            table.c.journal.in_(list(received.positions))
        )
    )
    safe = make_vector({journal: (seq, head) for journal, seq, head in rows})
    return sign_vector(keys.signing, unit, at, province.hub_life(connection), received, safe)


def _since(request: ExchangeRequest) -> int | None:
    """The clock from which the answer to a brief request counts; None for format 1."""
    return request.at if request.brief else None


def _knows_more_of_us(connection: Connection, request: ExchangeRequest) -> bool:
    """The device claims entries of our current journal that we do not hold: we may be a restored hub."""
    own = province.own_journal(connection, request.unit)
    held = journals.position(connection, own)
    return request.vector.positions.get(own, 0) > (held.covered if held else 0)
