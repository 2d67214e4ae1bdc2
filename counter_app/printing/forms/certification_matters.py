"""Certification texts of signatures, translators' signatures and transactions (``law.md`` 4.4).

They go on a page of their own behind the paper, joined to it by the seal across the edges, or directly under
the signature on the citizen's own sheet (TT 01/2020 art. 13), printed alone at its place. The wording is
data by date and place of reception (``resources/forms``); at the Centre it names the receiving officer.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from counter_app.printing import barcodes, fonts
from counter_app.printing.formats import long_date, register_number
from counter_app.printing.layout import A4, Align, Sheet
from counter_app.printing.model import Marks
from counter_app.printing.texts import text_in_force

LEFT: Final = 28.0
"""Millimetres of the margin where papers are bound."""
WIDTH: Final = 160.0
TOP: Final = 22.0
SIZE: Final = 12.5
SIGN_ROOM: Final = 26.0
"""Blank millimetres for ink and round seal."""
QR_SIDE: Final = 26.0
SIGNATURES: Final = "signature"
LONG: Final = 1_500
"""Letters from which a text is written smaller: twenty parties with long names fill a page."""
SMALL: Final = 9.5
SIGNATURE_HEIGHT: Final = 62.0
"""Millimetres of number, day, title, seal and name; they stay together, on the next page if need be."""
FOOT_LINES: Final = 3
"""Lines of every wording that stand below its sentences: number, day, the word above the signature."""
HEADING: Final = "CHỨNG THỰC"
UNDER_SIZE: Final = 11.0
UNDER_SMALL: Final = 9.0
UNDER_ROOM: Final = 22.0
"""Blank millimetres for ink and round seal under a signature, where a sheet has little room left."""
FOOT: Final = 8.0
"""Millimetres at the lower edge of a citizen's sheet that a printer may cut."""


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed, with the number of the identity paper; ``fingerprint`` instead of a signature."""

    name: str
    id_number: str
    fingerprint: bool = False

    @property
    def words(self) -> str:
        """``NGUYỄN VĂN A, giấy tờ tùy thân số 012…``"""
        return f"{self.name}, giấy tờ tùy thân số {self.id_number}"


class MatterText(msgspec.Struct, frozen=True, kw_only=True):
    """What one text says.

    ``kind`` is ``signature``, ``translator`` or ``transaction``; ``place`` where it was received (``seat`` or
    ``one_stop``), which with ``day`` chooses the wording. ``office`` is the unit where it was signed;
    ``outside_at`` and ``outside_place`` stand instead when it was elsewhere, with hour and minute.
    ``receiver`` is who saw it signed; ``copies`` pages are printed, for a transaction one for each original.
    ``signer_title`` is the title in sentences, ``signer_lines`` what stands above the signature.
    ``under_top``: millimetres below the upper edge where the text begins on the paper itself, 0: a page of
    its own.
    """

    kind: str
    number: int
    book: str
    year: int
    symbol: str
    day: date
    place: str
    office: str
    parties: tuple[Party, ...]
    paper: str
    receiver: str
    signer_lines: tuple[str, ...]
    signer_name: str
    signer_title: str
    qr_payload: str = ""
    languages: str = ""
    copies: int = 1
    outside_at: datetime | None = None
    outside_place: str = ""
    witness: Party | None = None
    interpreter: Party | None = None
    under_top: float = 0.0


class MatterPile(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of a pile in pile order."""

    texts: tuple[MatterText, ...]
    marks: Marks = Marks()


def render(data: MatterPile) -> bytes:
    """Return one PDF with all texts of the pile in its order, a page for each.

    A text that does not fit under the signature after all goes on a page of its own, as the law allows: it is
    never cut.

    Raises NoTextInForce, BarcodeRefused, FontMissing; ValueError for an empty pile or a text without parties.
    """
    if not data.texts or any(text.copies < 1 or not text.parties for text in data.texts):
        raise ValueError("a pile has at least one text, a text at least one copy and one party")
    sheet = Sheet(A4, "Loi chung thuc", practice=data.marks.practice)
    for text in data.texts:
        for _ in range(text.copies):
            if text.under_top and text.under_top + height_under(text) <= A4[1] - FOOT:
                _under(sheet, text, data.marks)
            else:
                sheet.practice_marks()
                _page(sheet, text, data.marks)
            sheet.new_page()
    return sheet.finish()


def height_under(text: MatterText) -> float:
    """Millimetres that the text takes under a signature, ink and seal with it. Raises as ``render``."""
    scratch = Sheet(A4, "Loi chung thuc", practice=False)
    return _under(scratch, msgspec.structs.replace(text, under_top=TOP), Marks()) - TOP


def lines_of(text: MatterText) -> list[str]:
    """Return the lines of the text in the wording in force, places filled.

    One who signs and several who sign have wordings of their own. Raises NoTextInForce.
    """
    several = text.kind == SIGNATURES and len(text.parties) > 1
    wording = text_in_force(f"{text.kind}_many" if several else text.kind, text.day, text.place)
    places = {
        "number": register_number(text.number),
        "book": text.book,
        "year": str(text.year),
        "symbol": text.symbol,
        "day": _capital(long_date(text.day)),
        "where": _where(text),
        "certifier": text.signer_name,
        "title": text.signer_title,
        "signers": "; ".join(party.words for party in text.parties),
        "signed": _signed(text.parties),
        "before": _before(text),
        "languages": text.languages,
        "paper": text.paper,
        "originals": f"{text.copies:02d}",
    }
    return [line.format_map(places) for line in wording.lines]


def beside_lines(text: MatterText) -> list[str]:
    """Return who stood beside: witness and interpreter, each with the number of his paper."""
    found = []
    if text.witness is not None:
        found.append(f"Người làm chứng: {text.witness.words}.")
    if text.interpreter is not None:
        found.append(f"Người phiên dịch: {text.interpreter.words}.")
    return found


def _where(text: MatterText) -> str:
    if text.outside_at is None:
        return f"tại {text.office}"
    moment = text.outside_at
    return f"lúc {moment.hour:02d} giờ {moment.minute:02d} phút, tại {text.outside_place} (ngoài trụ sở)"


def _before(text: MatterText) -> str:
    """Who saw it: the certifier, or at the one-stop desk the officer who received it."""
    if text.place != "one_stop" or not text.receiver:
        return "tôi"
    return f"ông/bà {text.receiver}, là người tiếp nhận hồ sơ"


def _signed(parties: tuple[Party, ...]) -> str:
    by_finger = {party.fingerprint for party in parties}
    if by_finger == {True}:
        return "điểm chỉ"
    return "ký, điểm chỉ" if by_finger == {True, False} else "ký"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _page(sheet: Sheet, text: MatterText, marks: Marks) -> None:
    """Draw one text from the top of a page."""
    lines = lines_of(text)
    middle = LEFT + WIDTH / 2
    top = sheet.block(
        middle, TOP, lines[0], WIDTH, font=fonts.SERIF_BOLD, size=SIZE + 1.5, align=Align.CENTRE
    )
    top += 3
    sentences = (*lines[1:-FOOT_LINES], *beside_lines(text))
    size = SMALL if sum(map(len, sentences)) > LONG else SIZE
    for line in sentences:
        if line == HEADING:
            top = sheet.block(
                middle, top + 1, line, WIDTH, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
            )
        else:
            top = sheet.block(LEFT, top, line, WIDTH, size=size)
        top += 1.6
    if top + SIGNATURE_HEIGHT > A4[1] - 10:
        sheet.new_page()
        sheet.practice_marks()
        top = TOP
    number, day, above = lines[-FOOT_LINES:]
    top = sheet.block(LEFT, top, number, WIDTH, font=fonts.SERIF_BOLD, size=SIZE) + 4
    _signature(sheet, top, day, above, text, marks)


def _under(sheet: Sheet, text: MatterText, marks: Marks) -> float:
    """Draw one text at its place and nothing else of the sheet; return its lower edge in millimetres."""
    lines, top, middle = lines_of(text), text.under_top, LEFT + WIDTH / 2
    if marks.practice:
        sheet.practice_line(middle, top - 5.5, size=8)
    sentences = (*lines[1:-FOOT_LINES], *beside_lines(text))
    size = UNDER_SMALL if sum(map(len, sentences)) > LONG / 2 else UNDER_SIZE
    for line in (lines[0], *sentences):
        if line in (lines[0], HEADING):
            top = sheet.block(
                middle, top, line, WIDTH, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
            )  # fmt: skip
        else:
            top = sheet.block(LEFT, top, line, WIDTH, size=size)
        top += 0.6
    number, day, above = lines[-FOOT_LINES:]
    top = sheet.block(LEFT, top, number, WIDTH, font=fonts.SERIF_BOLD, size=size) + 1
    return _signature(sheet, top, day, above, text, marks, room=UNDER_ROOM, size=size)


def _signature(
    sheet: Sheet,
    top: float,
    day: str,
    above: str,
    text: MatterText,
    marks: Marks,
    *,
    room: float = SIGN_ROOM,
    size: float = SIZE,
) -> float:
    """Draw the code on the left, day, title and name on the right; return the lower edge of both."""
    code_bottom = top
    if text.qr_payload:
        modules = barcodes.qr(text.qr_payload).width + 2 * barcodes.QR_QUIET
        side = sheet.qr(LEFT, top, text.qr_payload, module=max(barcodes.PAPER_MODULE_MM, QR_SIDE / modules))
        caption = f"{register_number(text.number)}/{text.year}-{text.symbol}"
        code_bottom = sheet.block(
            LEFT + side / 2, top + side, caption, side + 10, font=fonts.SANS, size=7, align=Align.CENTRE
        )
    column = WIDTH / 2
    middle = LEFT + WIDTH - column / 2
    top = sheet.block(middle, top, day, column, font=fonts.SERIF_ITALIC, size=size, align=Align.CENTRE)
    for line in (above, *text.signer_lines):
        top = sheet.block(middle, top, line, column, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE)
    top = sheet.block(
        middle, top + room, text.signer_name, column, font=fonts.SERIF_BOLD, size=size, align=Align.CENTRE
    )
    if marks.reprint:
        again = f"({marks.reprint})"
        top = sheet.block(LEFT, top + 2, again, WIDTH, font=fonts.SERIF_ITALIC, size=size - 3)
    return max(top, code_bottom)
