"""Where the text of each signature will stand: on a page of its own, or how much of the sheet it takes.

What is measured is the very drawing, with the longest number and the names as they are now (``law.md`` 4.4).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from counter_app.domain.certification.entries import Circumstances, OriginalTaken, Requester
from counter_app.domain.certification.lines.codes import TEXT_PAGE, TEXT_UNDER
from counter_app.domain.certification.taking_in.circumstances import paper_words, text_under
from counter_app.domain.certification.taking_in.matters import OF_SIGNATURES
from counter_app.domain.dates import vn_datetime
from counter_app.domain.organisation.delegations import signatory_line
from counter_app.printing.forms.certification_matters import MatterText, Party, height_under
from counter_app.printing.texts import NoTextInForce
from counter_app.services.copies.rows import ReadRow
from counter_app.services.ports.copies import STOP, Notice, TextPlace
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.signing.matter_texts import parties_of, party_of
from counter_app.services.workplace import Workplace
from sync.protocol.naming.ids import EntryId

LONGEST_NUMBER = 99_999
UNKNOWN = "………………………………"


def text_places(
    connection: Connection,
    work: Workplace,
    rows: Sequence[ReadRow],
    requester: Requester | None,
    signatory: EntryId | None,
    receiver: str,
) -> dict[int, TextPlace]:
    """The place of the text of every row of signatures, by row."""
    found: dict[int, TextPlace] = {}
    for row in rows:
        if row.original is None or row.matter not in OF_SIGNATURES:
            continue
        facts = row.original.circumstances or Circumstances()
        if facts.text_on != TEXT_UNDER:
            found[row.index] = TextPlace(TEXT_PAGE)
            continue
        text = _text(connection, work, row.matter, row.original, requester, signatory, receiver)
        try:
            height = int(height_under(text)) + 1
        except NoTextInForce:
            height = 0
        found[row.index] = TextPlace(TEXT_UNDER, text_under(facts), height)
    return found


def faults(places: dict[int, TextPlace]) -> list[Notice]:
    """A text that would be cut stops its row."""
    return [
        Notice(
            STOP, "text.outside",
            say(f"Lời chứng cao {place.height} mm, tờ giấy không còn đủ chỗ.",
                f"The text is {place.height} mm high; the sheet has no room for it."),
            say("Bắt đầu cao hơn, hoặc chọn tờ riêng (đóng dấu giáp lai).",
                "Begin higher up, or choose a page of its own (sealed across the edges)."),
            row, "text_top",
        )
        for row, place in places.items() if not place.fits
    ]  # fmt: skip


def _text(
    connection: Connection,
    work: Workplace,
    matter: str,
    taken: OriginalTaken,
    requester: Requester | None,
    signatory: EntryId | None,
    receiver: str,
) -> MatterText:
    """The text as it would print now, without a code."""
    today, facts = work.today(), taken.circumstances or Circumstances()
    able = held.signers(connection, work, matter, work.day())
    chosen = next((one for one in able if signatory in (None, one.official.id)), None)
    name = UNKNOWN if chosen is None else chosen.official.name
    above = () if chosen is None else tuple(signatory_line(chosen.delegation, chosen.official))
    state = held.register_now(connection, work, today.year, matter)
    parties = parties_of(facts, requester) if requester is not None else ()
    return MatterText(
        kind=matter, number=LONGEST_NUMBER, book="01" if state is None else f"{state.book:02d}",
        year=today.year, symbol=held.symbol_on(matter, today), day=today, place=work.place.received_at,
        office=f"{work.place.issuing}, {work.place.title}",
        parties=parties or (Party(name=UNKNOWN, id_number=UNKNOWN),), paper=paper_words(taken),
        receiver=receiver, signer_lines=above, signer_name=name,
        signer_title=UNKNOWN if chosen is None else chosen.official.title_line, languages=facts.languages,
        outside_at=vn_datetime(facts.outside_at).replace(tzinfo=None) if facts.outside_at else None,
        outside_place=facts.outside_place, witness=party_of(facts.witness),
        interpreter=party_of(facts.interpreter),
    )  # fmt: skip
