"""The rows of a file as they will be written: read once, looked at, kept sealed until the last is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from counter_app.domain.arrival import columns
from counter_app.domain.arrival.cells import Fault
from counter_app.domain.arrival.dossiers import OldDossier, read_dossiers
from counter_app.domain.arrival.lines import OldBook, OldLine, left_out, read_lines
from counter_app.domain.money_words import money_figures
from counter_app.domain.registers.spans import Spans, size, spans_text
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.formats import grouped
from counter_app.services.arrival import files
from counter_app.services.dossiers.showing import tables
from counter_app.services.ports.arrival import LINES, DryRun, OldFile, RowFault
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import old_books
from counter_app.storage.queries import registers as register_queries

FOLDER = "arrivals"
"""Beside the folder of papers: the rows of a file, sealed, until all are written."""
MOST_SHOWN = 200
_SAMPLES = 5


class Plan(msgspec.Struct, array_like=True, frozen=True):
    """What will be written; exactly one of the two is filled."""

    what: str
    year: int
    lines: tuple[OldLine, ...] = ()
    dossiers: tuple[OldDossier, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.lines) + len(self.dossiers)

    def packed(self) -> bytes:
        """The bytes that ``plan_digest`` is of."""
        return msgspec.msgpack.encode(self)

    @property
    def digest(self) -> bytes:
        """SHA-256 of ``packed``."""
        return hashlib.sha256(self.packed()).digest()


@dataclass(frozen=True)
class Looked:
    """A plan with what stands against it; ``left`` are numbers that stay on paper alone."""

    plan: Plan
    faults: tuple[Fault, ...]
    register: RegisterState | None
    left: Spans = ()


def look(connection: Connection, work: Workplace, file: OldFile, roles: tuple[str, ...]) -> Looked:
    """The file under ``roles``. Raises DomainError ``register.none``."""
    if file.what == LINES:
        return _lines(connection, work, file, roles)
    year = work.today().year
    catalogue = tables.catalogue(connection, work.today())
    known = old_books.dossier_codes(connection)
    found, faults = read_dossiers(file.rows, roles, catalogue, known, work.now(), year)
    return Looked(Plan(file.what, year, dossiers=found), faults, None)


def _lines(connection: Connection, work: Workplace, file: OldFile, roles: tuple[str, ...]) -> Looked:
    register = held.required_register(connection, work, work.today().year, file.kind)
    known = frozenset(register_queries.numbers_of(connection, register.id))
    book = OldBook(register, known, work.day())
    found, faults = read_lines(file.rows, roles, book)
    return Looked(Plan(file.what, register.year, lines=found), faults, register, left_out(found, book))


def dry_run(looked: Looked, roles: tuple[str, ...]) -> DryRun:
    """What the page shows before anything is written."""
    plan, lacking = looked.plan, columns.lacking(looked.plan.what, roles)
    faults = sorted(looked.faults)
    shown = tuple(
        RowFault(one.line, files.role_words(one.role), say(one.vi, one.en)) for one in faults[:MOST_SHOWN]
    )
    return DryRun(
        plan.rows, () if lacking else shown, 0 if lacking else len(faults), sums_of(plan), _notes(looked),
        _samples(plan), tuple(files.role_words(role) for role in lacking),
    )  # fmt: skip


def going_on(looked: Looked, written: int) -> DryRun:
    """What the page shows of a file that stopped half way and is chosen again for the rows that were lost."""
    note = say(
        f"Tệp này đã có hai người cho nhập và ghi được {written} dòng; chọn lại để ghi tiếp phần còn lại.",
        f"Two persons let this file in and {written} rows are written; choose it again to go on.",
    )
    plan = looked.plan
    return DryRun(plan.rows, (), 0, sums_of(plan), (note,), _samples(plan), ())


def sums_of(plan: Plan) -> str:
    """``1.775 dòng, số 01–1775; 3.550 bản; 7.100.000 đ; 2 số gạch``."""
    count = grouped(plan.rows)
    if plan.what != LINES:
        due = sum(not one.due_at for one in plan.dossiers)
        late = say(f"; {due} hồ sơ chưa có hạn", f"; {due} without a due date") if due else ""
        return say(f"{count} hồ sơ", f"{plan.rows} dossiers") + late
    numbers = [one.number for one in plan.lines] or [0]
    struck = sum(one.struck for one in plan.lines)
    copies, fees = sum(one.copies for one in plan.lines), sum(one.fee for one in plan.lines)
    span = f"{min(numbers):02d}–{max(numbers):02d}"
    tail = say(f"; {struck} số gạch", f"; {struck} struck") if struck else ""
    return (
        say(
            f"{count} dòng, số {span}; {grouped(copies)} bản; {money_figures(fees)}",
            f"{plan.rows} lines, numbers {span}; {grouped(copies)} copies; {money_figures(fees)}",
        )
        + tail
    )


def _notes(looked: Looked) -> tuple[str, ...]:
    if not looked.left:
        return ()
    text = spans_text(looked.left[:12]) + (" …" if len(looked.left) > 12 else "")
    return (
        say(
            f"{size(looked.left)} số của sổ cũ không có trong tệp, chỉ còn ở sổ giấy: {text}.",
            f"{size(looked.left)} numbers of the old book are not in the file and stay on paper: {text}.",
        ),
    )


def _samples(plan: Plan) -> tuple[tuple[str, ...], ...]:
    lines = tuple(
        (f"{one.number:02d}", f"{one.day % 100:02d}/{one.day // 100 % 100:02d}", one.name, one.original,
         str(one.copies), money_figures(one.fee))
        for one in plan.lines[:_SAMPLES]
    )  # fmt: skip
    return lines + tuple((one.code, one.procedure, one.name) for one in plan.dossiers[:_SAMPLES])


def kept(work: Workplace, digest: bytes) -> Plan | None:
    """The rows of a file that is being written, None when this PC does not have them."""
    data = work.kept_files(FOLDER).get(digest.hex())
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=Plan)
    except msgspec.MsgspecError:
        return None
