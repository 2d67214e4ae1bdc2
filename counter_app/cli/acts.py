"""What each command does to an open program; options and results are plain JSON values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from counter_app.cli import diagnosing, exporting, sealing, updating
from counter_app.cli.doctor import doctor
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.logins import login_of
from counter_app.services.ports.founding import AccountView, FoundingForm, OfficialForm

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
    """Bundle files taken, each after a look into it; with ``look`` that is all."""
    return OK, [_taken(program, str(file), look=bool(options.get("look"))) for file in options["files"]]


def _taken(program: RunningProgram, file: str, *, look: bool) -> dict[str, Any]:
    seen = program.exchange.look_into_file(file)
    if look:
        return {"path": file, **asdict(seen)}
    return {"contents": seen.sentence, **asdict(program.exchange.import_file(file))}


def found(program: RunningProgram, options: Options) -> Done:
    """The first two officials; passwords come with the options, never from the command line itself."""
    head = _person(options, "head", str(options["head_role"]))
    technician = _person(options, "technician", "technician")
    day = str(options["act_date"]).split("/")
    whole = len(day) == 3 and all(part.isdigit() and len(part) <= 4 for part in day)
    number = int(day[2]) * 10_000 + int(day[1]) * 100 + int(day[0]) if whole else 0
    program.founding.found(FoundingForm(head, technician, str(options["act"]), number))
    return OK, [_shown(one) for one in program.founding.accounts()]


def _person(options: Options, who: str, role: str) -> OfficialForm:
    name, password = str(options[who]), str(options[f"{who}_password"])
    login = str(options.get(f"{who}_login") or "") or login_of(name)
    return OfficialForm(name, str(options[f"{who}_title"]), (role,), login, password, password)


def _shown(one: AccountView) -> dict[str, Any]:
    return {"name": one.name, "title": one.title_line, "login": one.login, "roles": list(one.roles)}


def accounts_out(program: RunningProgram, options: Options) -> Done:
    """Accounts of this PC into a sealed file."""
    return OK, asdict(program.founding.write_accounts(str(options["to"])))


def accounts_in(program: RunningProgram, options: Options) -> Done:
    """Accounts from another PC's file."""
    return OK, asdict(program.founding.read_accounts(str(options["file"])))


def backup(program: RunningProgram, options: Options) -> Done:
    """Backup now, verified."""
    return OK, asdict(program.technician.back_up())


def verify(program: RunningProgram, options: Options) -> Done:
    """Pages, chains, signatures of the open store and years' seals; ``with_hub``: against the province."""
    from counter_app.storage.keeping import integrity

    if options.get("with_hub") or options.get("heads"):
        return _compared(program, options)
    with program.opened.store.read() as connection:
        found = integrity.check_pages(connection) + integrity.check_chains(connection)
    seals = sealing.rows(program)
    code = WRONG if found or sealing.differs(seals) else OK
    told = {"problems": [one._asdict() for one in found]}
    return code, {**told, "sealed_years": seals} if seals else told


def _compared(program: RunningProgram, options: Options) -> Done:
    port, heads = program.exchange, options.get("heads")
    proof = port.compare_with_file(str(heads)) if heads else port.compare()
    first = "" if proof.first is None else f"{proof.first.journal}/{proof.first.seq}"
    told = {
        "verdict": proof.verdict,
        "words": proof.words,
        "remedy": proof.remedy,
        "first": first,
        "at": proof.at,
    }
    return (WRONG if proof.bad else OK), told


def stray(program: RunningProgram, options: Options) -> Done:
    """Acts of a copy of a PC, kept apart: counter, moment and kind of each; no citizen's name."""
    from counter_app.services.exchange.titles import kind_of
    from counter_app.storage.queries import apart

    work = program.areas.work
    with program.opened.store.read() as connection:
        return OK, [
            {
                "counter": work.counter_name(connection, one.place.journal) or str(one.place.journal),
                "item": one.place.seq,
                "at": 0 if one.entry is None else one.entry.facts.at,
                "what": "" if one.entry is None else kind_of(one.entry),
            }
            for one in apart.strays(connection)
        ]


def escrow(program: RunningProgram, options: Options) -> Done:
    """The province keeps this PC's recovery key; exit code 1 while the province was never met."""
    done = program.keep_key_at_province()
    return (WRONG if done == "no-province" else OK), {"recovery_key_at_province": done}


def rebuild(program: RunningProgram, options: Options) -> Done:
    """Readings dropped and made again from the journals."""
    from counter_app.storage.queries.exchange import sync_counts

    store = program.opened.store
    with store.write() as connection:
        store.readings.rebuild(connection)
    with store.read() as connection:
        entries = sync_counts(connection).saved
    return OK, {"entries": entries}


def export(program: RunningProgram, options: Options) -> Done:
    """A month of the copies register as PDF and Excel, by the person at the counter or by ``login``."""
    year, month = int(options["year"]), int(options["month"])
    with somebody(program, options):
        return OK, {
            "pdf": program.registers.export_pdf(year, month),
            "excel": program.registers.export_excel(year, month),
        }


@contextmanager
def somebody(program: RunningProgram, options: Options) -> Iterator[None]:
    """Registers are read under somebody's name: who sits there, else the one who gives his password."""
    if program.areas.desk.person is not None:
        yield
        return
    login = str(options.get("login") or "")
    who = next((one for one in program.founding.accounts() if login and one.login == login), None)
    if who is None:
        raise DomainError(
            "Sổ chỉ xuất dưới tên một cán bộ.", "Chưa có ai đăng nhập ở máy này.",
            "Thêm --login TÊN-ĐĂNG-NHẬP (máy hỏi mật khẩu), hoặc đăng nhập trong chương trình rồi làm lại.",
            "login", code="export.who", title_en="A register is exported under an official's name.",
            meaning_en="Nobody is signed in at this PC.",
            remedy_en="Add --login NAME (the password is asked), or sign in in the program and try again.",
        )  # fmt: skip
    program.session.sign_in(who.official, str(options.get("password") or ""))
    try:
        yield
    finally:
        program.session.sign_out()


SERVED: dict[str, Act] = {
    "status": status,
    "exchange": exchange,
    "bundle-out": bundle_out,
    "bundle-in": bundle_in,
    "found": found,
    "accounts-out": accounts_out,
    "accounts-in": accounts_in,
    "backup": backup,
    "verify": verify,
    "seal": sealing.seal,
    "stray": stray,
    "rebuild": rebuild,
    "escrow": escrow,
    "doctor": doctor,
    "diagnostics": diagnosing.diagnostics,
    "export": export,
    "export-all": exporting.export_all,
    "update-check": updating.check,
    "update-now": updating.now,
    "update-from-file": updating.from_file,
    "update-pause": updating.pause,
}
"""Commands of an open program by name."""
