"""Lines about papers: printers by role, the system's queue, scanner, fonts, form files, signing tokens."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

from counter_app.devices.printers import FOLDER_PREFIX
from counter_app.devices.tokens.modules import known_vendors, modules_here, usual_folders
from counter_app.domain.dates import short_date, vn_datetime
from counter_app.printing import fonts
from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers import form_book, printers
from counter_app.services.ports.saying import counted, say
from counter_app.services.ports.technician import BROKEN, GOOD, LOOK, NOT_HERE
from counter_app.services.settings.tokens import MODULE
from counter_app.services.technician.doctor.bench import Bench, Found
from counter_app.services.technician.printer_roles import ROLE_WORDS
from counter_app.storage.this_pc import device

SCANNER_TESTED: Final = "scanner.tested"
MANY_JOBS: Final = 20
_VOWELS: Final = (*"aeiouy", "a\u0306", "a\u0302", "e\u0302", "o\u0302", "o\u031b", "u\u031b")
_CROSSED: Final = chr(0x111)
"""d with stroke has no parts that compose."""
_TONES: Final = "", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_SMALL: Final = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES]
LETTERS: Final = "".join(
    sorted({_CROSSED, _CROSSED.upper(), *_SMALL, *(letter.upper() for letter in _SMALL)})
)
"""Every Vietnamese letter, 146 in both cases with the plain vowels."""


def printers_set(bench: Bench) -> Found:
    """Each role has a printer, and the system knows the names."""
    with bench.work.store.read() as connection:
        chosen = {role: printers.chosen(connection, role) for role in PrinterRole}
    missing = [say(*ROLE_WORDS[role]) for role in (PrinterRole.A4, PrinterRole.STRIP) if not chosen[role]]
    if missing:
        return Found(
            LOOK,
            say(f"Chưa chọn máy in: {', '.join(missing)}.", f"No printer chosen for: {', '.join(missing)}."),
            say(
                "Chọn máy in theo loại giấy (trang Máy in).",
                "Choose printers by kind of paper (Printers page).",
            ),
        )
    known = set(printers.names())
    wanted = {name for name in chosen.values() if name and not name.startswith(FOLDER_PREFIX)}
    if gone := sorted(wanted - known):
        roles = ", ".join(say(*ROLE_WORDS[role]) for role, name in chosen.items() if name in gone)
        return Found(
            BROKEN,
            say(
                f"Không thấy máy in {', '.join(gone)} ({roles}).",
                f"Printer {', '.join(gone)} ({roles}) is not found.",
            ),
            say("Kiểm tra dây và nguồn, hoặc chọn máy khác.", "Check cable and power, or choose another."),
        )
    by_name: dict[str, list[str]] = {}
    for role, name in chosen.items():
        if name:
            by_name.setdefault(_printer_name(name), []).append(say(*ROLE_WORDS[role]))
    return Found(GOOD, "; ".join(f"{name}: {', '.join(roles)}" for name, roles in by_name.items()))


def _printer_name(name: str) -> str:
    return (
        say("ghi ra thư mục PDF", "written into the PDF folder") if name.startswith(FOLDER_PREFIX) else name
    )


def spooler(bench: Bench) -> Found:
    """The system's printing service runs, and its queue is no heap."""
    told = bench.machine.spooler()
    restart = say(
        "Mở lại dịch vụ in: Windows: services.msc, Print Spooler; Linux: systemctl restart cups.",
        "Start the printing service again: services.msc, Print Spooler; or systemctl restart cups.",
    )
    if told.runs is None:
        return Found(NOT_HERE, say("Máy không có dịch vụ in", "No printing service here"))
    if not told.runs:
        verdict = BROKEN if _uses_system(bench) else LOOK
        return Found(verdict, say("Dịch vụ in không chạy.", "The printing service does not run."), restart)
    if told.jobs > MANY_JOBS:
        return Found(
            LOOK, say(f"{told.jobs} bản in đang chờ.", f"{told.jobs} jobs wait in the queue."), restart
        )
    if told.jobs > 0:
        waiting = say(f", {told.jobs} bản chờ", f", {counted(told.jobs, 'job', 'jobs')} waiting")
    else:
        waiting = ""
    return Found(GOOD, say("Dịch vụ in đang chạy", "The printing service runs") + waiting)


def _uses_system(bench: Bench) -> bool:
    """Whether any paper goes to a printer of the system, not into a folder."""
    with bench.work.store.read() as connection:
        names = [printers.chosen(connection, role) for role in PrinterRole]
    return any(name and not name.startswith(FOLDER_PREFIX) for name in names)


def scanner(bench: Bench) -> Found:
    """The scanner is proved by scanning: the page has the test."""
    with bench.work.store.read() as connection:
        seen = device.setting(connection, SCANNER_TESTED)
    if not seen:
        return Found(
            LOOK,
            say("Chưa thử trên máy này.", "Not tried on this PC yet."),
            say("In trang thử rồi quét mã trên đó.", "Print the test page and scan its code."),
        )
    moment = vn_datetime(int(seen))
    return Found(GOOD, say(f"Đã thử {short_date(moment.date())}", f"Tried {short_date(moment.date())}"))


def font_files(bench: Bench) -> Found:
    """The papers' fonts are there, and each draws every Vietnamese letter."""
    again = say("Cài lại chương trình.", "Install the program again.")
    try:
        lacking = {name: fonts.widths(name).lacks(LETTERS) for name in fonts.FILES}
    except fonts.FontMissing as error:
        return Found(BROKEN, say(f"Thiếu phông: {error.detail}", f"A font is missing: {error.detail}"), again)
    except OSError as error:
        told = f"{type(error).__name__}: {error}"
        return Found(BROKEN, say(f"Không đọc được phông: {told}", f"A font cannot be read: {told}"), again)
    for name, letters in lacking.items():
        if letters:
            return Found(
                BROKEN,
                say(f"{name} thiếu chữ {letters[:12]}", f"{name} lacks {letters[:12]}"),
                again,
            )
    return Found(
        GOOD,
        say(
            f"{len(fonts.FILES)} phông, đủ {len(LETTERS)} chữ tiếng Việt",
            f"{len(fonts.FILES)} fonts with all {len(LETTERS)} Vietnamese letters",
        ),
    )


def form_files(bench: Bench) -> Found:
    """Form files of the unit: a bad one is not used and says why."""
    if refused := form_book.refused_files(bench.work):
        first = refused[0]
        return Found(LOOK, f"{first.title}. {first.meaning}", first.remedy)
    own = form_book.own_files(bench.work)
    return Found(GOOD, say(f"{own} tệp của đơn vị", f"{own} of the unit") if own else _shipped())


def _shipped() -> str:
    return say("Mẫu đi kèm", "As shipped")


def tokens(bench: Bench) -> Found:
    """The PKCS#11 module for signed copies lies where the technician named it."""
    with bench.work.store.read() as connection:
        module = device.setting(connection, MODULE)
    if module:
        if Path(module).is_file():
            return Found(GOOD, say(f"Thư viện {Path(module).name}", f"Module {Path(module).name}"))
        return Found(
            BROKEN,
            say(f"Không thấy thư viện {module}.", f"The module {module} is not there."),
            say("Cài phần mềm của nơi cấp thẻ, hoặc chọn lại.", "Install the issuer's software, or choose."),
        )
    offered = modules_here(known_vendors(), usual_folders())
    if not offered:
        return Found(NOT_HERE, say("Không ký số ở máy này", "No signing at this PC"))
    return Found(
        NOT_HERE,
        say(f"Thấy thư viện {offered[0].path}, chưa chọn.", f"{offered[0].path} is here, but not chosen."),
        say("Chọn ở trang Thẻ ký số nếu máy này ký số.", "Choose it on the page of tokens if it signs."),
    )
