"""Which printer a paper goes to: chosen by the technician for each role, kept in this PC's settings."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from counter_app.devices.printers import FOLDER_PREFIX, CounterPrinter, list_printers, open_printer
from counter_app.printing.jobs import PrinterRole
from counter_app.storage.this_pc import device


def printer_setting(role: PrinterRole) -> str:
    """Name of the setting that holds the printer of a role."""
    return f"printer.{role.value}"


def chosen(connection: Connection, role: PrinterRole) -> str:
    """Name of the printer of a role; the A4 printer serves where none was chosen, "" without any."""
    own = device.setting(connection, printer_setting(role))
    if own or role is PrinterRole.STRIP:
        return own
    return device.setting(connection, printer_setting(PrinterRole.A4))


def find(name: str) -> CounterPrinter | None:
    """The printer of that name, None for an empty or impossible one."""
    try:
        return open_printer(name)
    except ValueError:
        return None


def folder_printer(folder: Path) -> str:
    """Name of a printer that writes PDFs into ``folder``: practice, tests, no printer at hand."""
    return f"{FOLDER_PREFIX}{folder}"


def names() -> tuple[str, ...]:
    """Printers the system lists."""
    return tuple(list_printers())
