"""The texts of a lot of signatures or transactions, behind their papers or under the signature on them.

Each has its signed QR. Each way makes a job of its own: one needs blank sheets, the other the citizens'.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from counter_app.domain.certification.entries import Circumstances, Requester, Signer
from counter_app.domain.certification.lines.codes import FINGERPRINT
from counter_app.domain.certification.lines.copy_check import copy_code_of
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import LotState, RequestState
from counter_app.domain.certification.taking_in.circumstances import paper_words, text_under
from counter_app.domain.dates import vn_datetime
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms.certification_matters import MatterPile, MatterText, Party
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.journals.copy_code import write_copy_code


def matter_texts_of(
    connection: Connection, work: Workplace, lot: LotState, lines: list[LineState]
) -> tuple[Paper, ...]:
    """The papers of a lot that is not one of copies; ``lines`` in pile order."""
    register: RegisterState = work.state(connection, lot.register)
    texts = [_text(connection, work, lot, line, register) for line in lines]
    behind = [text for text in texts if not text.under_top]
    under = [text for text in texts if text.under_top]
    found = []
    if behind:
        pile = MatterPile(texts=tuple(behind), marks=work.place.marks())
        found.append(
            Paper(
                forms.CERTIFICATION_MATTERS,
                f"Lời chứng {register.symbol} số {_numbers(behind)}/{register.year}",
                pile,
            )
        )
    if under:
        pile = MatterPile(texts=tuple(under), marks=work.place.marks())
        found.append(
            Paper(
                forms.CERTIFICATION_UNDER,
                f"Lời chứng dưới chữ ký {register.symbol} số {_numbers(under)}/{register.year}",
                pile,
            )
        )
    return tuple(found)


def _numbers(texts: list[MatterText]) -> str:
    """``12``, ``12-15``, or one by one where others stand between them."""
    numbers = [text.number for text in texts]
    whole = numbers == list(range(numbers[0], numbers[-1] + 1))
    if whole:
        return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
    return ", ".join(map(str, numbers))


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
        parties=parties_of(facts, request.requester), paper=paper_words(taken),
        receiver="" if receiver is None else receiver.name,
        signer_lines=tuple(lot.signatory_line.split(" / ")),
        signer_title=line.signatory_line.removeprefix(f"{lot.signatory_name}, "),
        signer_name=lot.signatory_name, qr_payload=write_copy_code(code, author.key),
        languages=facts.languages, copies=line.copies,
        outside_at=vn_datetime(facts.outside_at).replace(tzinfo=None) if facts.outside_at else None,
        outside_place=facts.outside_place, witness=party_of(facts.witness),
        interpreter=party_of(facts.interpreter), under_top=float(text_under(facts)),
    )  # fmt: skip


def parties_of(facts: Circumstances, who: Requester) -> tuple[Party, ...]:
    """Who signed; of an entry that names nobody, the requester ``who``."""
    found = tuple(party for signer in facts.signers if (party := party_of(signer)) is not None)
    return found or (Party(name=who.name, id_number=who.id_number),)


def party_of(signer: Signer | None) -> Party | None:
    """Somebody as the text names him; None for nobody."""
    if signer is None:
        return None
    return Party(name=signer.name, id_number=signer.id_number, fingerprint=signer.how == FINGERPRINT)
