"""The slip of a ticket that could not leave: kept among the papers, printed where a printer stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from counter_app.domain.dates import vn_datetime
from counter_app.domain.tickets.state import TicketState
from counter_app.printing.forms import ticket_slip
from counter_app.printing.jobs import PrinterRole, ascii_only
from counter_app.services.papers import printers
from counter_app.services.papers.queue import NO_PRINTER
from counter_app.services.ports.saying import say, speaking
from counter_app.services.ports.technician import BROKEN, LOOK, CheckRow
from counter_app.services.technician.tickets.words import screen_words
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc.flushed import make_folder, write_flushed


def print_slip(
    work: Workplace, ticket: TicketState, support: str, rows: Sequence[CheckRow]
) -> tuple[Path, str]:
    """The slip's file and what became of the print, in words. Raises OSError."""
    place = work.place
    with speaking("vi"):  # the paper is Vietnamese whatever the screen speaks
        screen = screen_words(ticket.screen)
    data = ticket_slip.TicketSlip(
        head=place.head, number=ticket.number, counter=place.counter_name, screen=screen,
        opened_at=vn_datetime(ticket.opened_at), words=ticket.words, support=support,
        lacking=tuple(row.title for row in rows if row.verdict in (BROKEN, LOOK)), marks=place.marks(),
    )  # fmt: skip
    pdf = ticket_slip.render(data)
    make_folder(work.papers_folder)
    file = work.papers_folder / f"bao-su-co-{ticket.number}.pdf"
    write_flushed(file, pdf)
    return file, _print(work, pdf)


def _print(work: Workplace, pdf: bytes) -> str:
    with work.store.read() as connection:
        found = printers.find(printers.chosen(connection, PrinterRole.A4))
    if found is None:
        kept = say("Phiếu giấy đã lưu trong thư mục giấy tờ.", "The slip lies in the papers' folder.")
        return f"{say(*NO_PRINTER)} {kept}"
    outcome = found.print_pdf(pdf, ascii_only("phieu-bao-su-co"))
    if outcome.accepted:
        return say("Đã in phiếu giấy.", "The slip is printed.")
    return f"{outcome.problem} {outcome.remedy}".strip()
