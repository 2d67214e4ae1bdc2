"""Printers of the counter: what the system lists, the printer of a role, and the words of their faults."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, Protocol

import msgspec

FOLDER_PREFIX: Final = "folder:"
"""A printer named ``folder:<path>`` writes PDFs into that folder: practice, tests, no printer at hand."""


class PrintOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a try to print, in words for people when it failed.

    ``problem`` says what happened and that nothing is lost, ``remedy`` what to do; ``detail`` is raw
    text for the technician's page only.
    """

    accepted: bool
    problem: str = ""
    remedy: str = ""
    detail: str = ""


class CounterPrinter(Protocol):
    """A printer that takes whole PDFs and tells faults as outcomes."""

    @property
    def name(self) -> str:
        """Return the name as the system lists it."""

    def print_pdf(self, pdf: bytes, title: str, copies: int = 1) -> PrintOutcome:
        """Hand the PDF over; return what came of it."""


ACCEPTED: Final = PrintOutcome(accepted=True)
REMEDY: Final = "In lại, chọn máy khác, hoặc để sau trong “Bản in đang chờ”."


def silent(name: str, detail: str = "") -> PrintOutcome:
    """Return the outcome of a printer that does not answer (words of ``ux.md`` 3.4)."""
    return PrintOutcome(
        accepted=False, problem=f"Máy in {name} không trả lời. Hồ sơ đã lưu.", remedy=REMEDY, detail=detail
    )


def missing(name: str, detail: str = "") -> PrintOutcome:
    """Return the outcome of a printer the system does not know."""
    return PrintOutcome(
        accepted=False,
        problem=f"Không thấy máy in {name}. Hồ sơ đã lưu.",
        remedy="Kiểm tra dây và nguồn máy in, hoặc chọn máy khác.",
        detail=detail,
    )


def refused(name: str, detail: str = "") -> PrintOutcome:
    """Return the outcome of a printer that would not take the paper."""
    return PrintOutcome(
        accepted=False,
        problem=f"Máy in {name} không nhận bản in. Hồ sơ đã lưu.",
        remedy=REMEDY,
        detail=detail,
    )


def unreachable(detail: str = "") -> PrintOutcome:
    """Return the outcome on a PC whose printing system is not there or not running."""
    return PrintOutcome(
        accepted=False,
        problem="Hệ thống in của máy này chưa chạy. Hồ sơ đã lưu.",
        remedy="Báo kỹ thuật viên; bản in chờ trong “Bản in đang chờ”.",
        detail=detail,
    )


def list_printers() -> list[str]:
    """Return the names of the system's printers, sorted; an empty list when there are none or no system."""
    if sys.platform == "win32":
        from counter_app.devices import printer_windows

        return printer_windows.names()
    from counter_app.devices import printer_cups

    return printer_cups.names()


def open_printer(name: str) -> CounterPrinter:
    """Return the printer of that name; it need not answer: faults show when it prints.

    Raises ValueError for an empty name or one that could be taken for an option or a path.
    """
    if name.startswith(FOLDER_PREFIX):
        from counter_app.devices.printer_folder import FolderPrinter

        return FolderPrinter(Path(name.removeprefix(FOLDER_PREFIX)))
    if not name or name.startswith("-") or any(ord(sign) < 32 for sign in name):
        raise ValueError(f"not a printer name: {name!r}")
    if sys.platform == "win32":
        from counter_app.devices.printer_windows import WindowsPrinter

        return WindowsPrinter(name)
    from counter_app.devices.printer_cups import CupsPrinter

    return CupsPrinter(name)


def child_environment() -> dict[str, str]:
    """Return the environment of a printing child: ours, with messages in plain English to recognise."""
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
