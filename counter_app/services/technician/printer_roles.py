"""Which printer each kind of paper goes to, chosen by the technician and kept on this PC."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.devices.printers import FOLDER_PREFIX
from counter_app.domain.errors import DomainError
from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers import printers
from counter_app.services.ports.saying import say
from counter_app.services.ports.technician import PrinterRoleView
from counter_app.services.workplace import Workplace
from counter_app.storage.this_pc import device

ROLE_WORDS = {
    PrinterRole.A4: ("giấy A4", "A4 paper"),
    PrinterRole.COPIES: ("bản sao", "copies"),
    PrinterRole.A5: ("giấy A5", "A5 paper"),
    PrinterRole.STRIP: ("phiếu 80 mm", "80 mm strips"),
    PrinterRole.LABELS: ("nhãn", "labels"),
}  # fmt: skip


def roles_of(work: Workplace) -> tuple[PrinterRoleView, ...]:
    """Every role in the order of the page."""
    with work.store.read() as connection:
        return tuple(_view(connection, role) for role in PrinterRole)


def choose(work: Workplace, role: str, printer: str) -> str:
    """Keep the printer of a role. Raises DomainError ``printer.role`` or ``printer.name``."""
    try:
        wanted = PrinterRole(role)
    except ValueError as error:
        raise DomainError(
            "Không có loại giấy này.", code="printer.role", title_en="There is no such kind of paper."
        ) from error
    if printers.find(printer) is None:
        raise DomainError(
            "Chọn một máy in trong danh sách.", code="printer.name", field="printer",
            title_en="Choose a printer of the list.",
        )  # fmt: skip
    with work.store.write() as connection:
        device.put_setting(connection, printers.printer_setting(wanted), printer)
    work.changed("printers")
    kind, place = say(*ROLE_WORDS[wanted]), shown(printer)
    return say(f"Giấy loại {kind} từ nay in ở {place}.", f"Papers of kind {kind} now go to {place}.")


def shown(printer: str) -> str:
    """A printer as people read it."""
    return say("thư mục PDF", "PDF folder") if printer.startswith(FOLDER_PREFIX) else printer


def _view(connection: Connection, role: PrinterRole) -> PrinterRoleView:
    own = device.setting(connection, printers.printer_setting(role))
    name = printers.chosen(connection, role)
    return PrinterRoleView(role.value, say(*ROLE_WORDS[role]), name, shown(name), bool(name) and not own)
