"""What each command does to an open program; options and results are plain JSON values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from counter_app.services.ports.technician import BROKEN

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram

Options = dict[str, Any]
Done = tuple[int, Any]
Act = Callable[["RunningProgram", Options], Done]

OK, WRONG, USAGE, REFUSED, IMPOSSIBLE = 0, 1, 2, 3, 4


def status(program: RunningProgram, options: Options) -> Done:
    """Who this PC is, what waits, when the province last answered."""
    view = program.exchange.status()
    return OK, {
        "enrolment": asdict(program.technician.enrolment()),
        "saved": view.saved, "received": view.received, "waiting": view.waiting,
        "in_backup": view.in_backup, "questions": view.questions, "last_ack": view.last_ack,
        "offline_since": view.offline_since, "pill": view.pill.words, "second_copy": view.second_copy,
    }  # fmt: skip


def exchange(program: RunningProgram, options: Options) -> Done:
    """One exchange now."""
    words = program.exchange.try_now()
    view = program.exchange.status()
    works = program.line.facts.works
    return (OK if works else WRONG), {"words": words, "waiting": view.waiting, "received": view.received}


def bundle_out(program: RunningProgram, options: Options) -> Done:
    """Bundle files for the province and siblings."""
    return OK, asdict(program.exchange.export_file(str(options["to"])))


def bundle_in(program: RunningProgram, options: Options) -> Done:
    """Bundle files taken."""
    return OK, [asdict(program.exchange.import_file(str(file))) for file in options["files"]]


def backup(program: RunningProgram, options: Options) -> Done:
    """Backup now, verified."""
    return OK, asdict(program.technician.back_up())


def verify(program: RunningProgram, options: Options) -> Done:
    """Pages, chains and signatures of the open store."""
    from counter_app.storage import integrity

    with program.opened.store.read() as connection:
        found = integrity.check_pages(connection) + integrity.check_chains(connection)
    return (WRONG if found else OK), {"problems": [one._asdict() for one in found]}


def rebuild(program: RunningProgram, options: Options) -> Done:
    """Readings dropped and made again from the journals."""
    from counter_app.storage.queries.exchange import sync_counts

    store = program.opened.store
    with store.write() as connection:
        store.readings.rebuild(connection)
    with store.read() as connection:
        entries = sync_counts(connection).saved
    return OK, {"entries": entries}


def doctor(program: RunningProgram, options: Options) -> Done:
    """The self-test; nothing in it names a citizen."""
    rows = program.technician.self_test()
    broken = any(row.verdict == BROKEN for row in rows)
    return (WRONG if broken else OK), [asdict(row) for row in rows]


def export(program: RunningProgram, options: Options) -> Done:
    """A month of the copies register as PDF and Excel."""
    year, month = int(options["year"]), int(options["month"])
    return OK, {
        "pdf": program.registers.export_pdf(year, month), "excel": program.registers.export_excel(year, month)
    }  # fmt: skip


SERVED: dict[str, Act] = {
    "status": status,
    "exchange": exchange,
    "bundle-out": bundle_out,
    "bundle-in": bundle_in,
    "backup": backup,
    "verify": verify,
    "rebuild": rebuild,
    "doctor": doctor,
    "export": export,
}
"""Commands of an open program by name."""
