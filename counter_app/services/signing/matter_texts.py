"""The texts of a lot of signatures or transactions, each on a page behind its paper, with its signed QR."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from counter_app.domain.certification.entries import Circumstances, Signer
from counter_app.domain.certification.lines.codes import FINGERPRINT
from counter_app.domain.certification.lines.copy_check import copy_code_of
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import LotState, RequestState
from counter_app.domain.certification.taking_in.circumstances import paper_words
from counter_app.domain.dates import vn_datetime
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms.certification_matters import MatterPile, MatterText, Party
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.journals.copy_code import write_copy_code


def matter_texts_of(connection: Connection, work: Workplace, lot: LotState, lines: list[LineState]) -> Paper:
    """The paper of a lot that is not one of copies; ``lines`` in pile order."""
    register: RegisterState = work.state(connection, lot.register)
    numbers = f"{lot.first_number}-{lot.last_number}" if lot.count > 1 else f"{lot.first_number}"
    pile = MatterPile(
        texts=tuple(_text(connection, work, lot, line, register) for line in lines),
        marks=work.place.marks(),
    )
    return Paper(
        forms.CERTIFICATION_MATTERS, f"Lời chứng {register.symbol} số {numbers}/{register.year}", pile
    )


def _text(
    connection: Connection, work: Workplace, lot: LotState, line: LineState, register: RegisterState
) -> MatterText:
    request: RequestState = work.state(connection, line.request)
    taken = request.originals[line.original].taken
    facts = taken.circumstances or Circumstances()
    author = work.store.author
    code = copy_code_of(line, work.place.unit, author.journal, register.register)
    receiver = None if request.taken_by is None else unit_queries.official(connection, request.taken_by)
    day = date(line.day // 10_000, line.day // 100 % 100, line.day % 100)
    return MatterText(
        kind=register.register, number=line.number, book=f"{line.book:02d}", year=line.year,
        symbol=register.symbol, day=day, place=work.place.received_at,
        office=f"{work.place.issuing}, {work.place.title}",
        parties=_parties(facts, request), paper=paper_words(taken),
        receiver="" if receiver is None else receiver.name,
        signer_lines=tuple(lot.signatory_line.split(" / ")),
        signer_title=line.signatory_line.removeprefix(f"{lot.signatory_name}, "),
        signer_name=lot.signatory_name, qr_payload=write_copy_code(code, author.key),
        languages=facts.languages, copies=line.copies,
        outside_at=vn_datetime(facts.outside_at).replace(tzinfo=None) if facts.outside_at else None,
        outside_place=facts.outside_place, witness=_party(facts.witness),
        interpreter=_party(facts.interpreter),
    )  # fmt: skip


def _parties(facts: Circumstances, request: RequestState) -> tuple[Party, ...]:
    """Who signed; of an entry that names nobody, the requester."""
    found = tuple(party for signer in facts.signers if (party := _party(signer)) is not None)
    who = request.requester
    return found or (Party(name=who.name, id_number=who.id_number),)


def _party(signer: Signer | None) -> Party | None:
    if signer is None:
        return None
    return Party(name=signer.name, id_number=signer.id_number, fingerprint=signer.how == FINGERPRINT)
