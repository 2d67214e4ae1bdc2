"""A day of dossiers on a real store: intake with each outcome, papers brought, hands, result, return.

Of every step it can be asked whether the store holds it: the survivor does what is missing and nothing
else, as a clerk does who looks at the page before she presses F9 again.
"""

from __future__ import annotations

import os
import re
from collections import Counter as Tally
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pypdf
import pypdf.errors
from sqlalchemy import Connection

from counter_app.devices.printer_folder import FolderPrinter
from counter_app.domain.dossiers.state import DossierState, Stage
from counter_app.services.papers.forms import Paper, draw, pack
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.copies import LOOK
from counter_app.services.ports.dossiers import ActForm, GivingForm
from counter_app.services.ports.intake import ACCEPT, ASK, REFUSE, IntakeForm, PaperTick, PartyForm
from counter_app.storage.queries import dossiers as queries
from sync.protocol.naming.ids import EntryId
from tests.faults.harness import Faults, Steps, Tell
from tests.faults.scenes.day import start
from tests.support.counter import CLERK, PIN, SIGNER, Counter, make_counter
from tests.support.invariants import broken, rows, stale

BIRTH, EXTRACT, HOUSEHOLD = "1.001193", "2.000635", "1.010038"
"""A birth, an extract (8,000 dong, the same day), a parted household (10,000 dong, five working days)."""
PAID, RETURNED, ASKED, REFUSED = "012086000001", "012086000002", "012086000003", "012086000004"
"""The four persons of the day, by number: who pays at once, who pays with the result, form 02, form 03."""
FORM = re.compile(r"(?:one_stop|residence)_(\d\d)-")
NUMBER = re.compile(r"Số: (\d+)/\w+, quyển (\S+)")
CODE = re.compile(r"Mã hồ sơ: ([\d ]+)")
SLIP_CODE = re.compile(r"Mã: (\d+)")
SLIP = "slip"


class Step(NamedTuple):
    """One F9: who presses it, what it does, and whether the store holds it."""

    name: str
    login: str
    does: Callable[[Counter], object]
    held: Callable[[Counter], bool]


def dossier_of(pc: Counter, number: str) -> DossierState | None:
    """The newest dossier of a person, None while there is none."""
    with pc.store.read() as connection:
        found = queries.of_number(connection, number)
    return pc.state(found[0].id) if found else None


def _page(pc: Counter, number: str, procedure: str, outcome: str) -> IntakeForm:
    """A page filled for one of the three outcomes, its amber notices seen."""
    intake = pc.areas.intake
    party = PartyForm(
        id_number=number, name="LÝ A TẬP HUẤN", birth="1986", sex="male", address="Bản Nà Khan", unit="03390"
    )
    form = IntakeForm(party=party, procedure=procedure, pay="now" if number == PAID else "return")
    lacks = "missing" if outcome == ASK else "brought"
    ticks = tuple(PaperTick(row.row, lacks) for row in intake.view(form).papers)
    form = replace(form, ticks=ticks)
    if outcome == ASK:
        form = replace(form, outcome=ASK, reason="Thiếu giấy tờ (tập huấn)")
    if outcome == REFUSE:
        form = replace(form, outcome=REFUSE, ground=intake.refusal_grounds()[0][0], reason="Sai nơi nộp")
    looks = tuple(one.code for one in intake.view(form).notices if one.level == LOOK)
    return replace(form, seen=looks)


def _takes_in(number: str, procedure: str, outcome: str) -> Callable[[Counter], object]:
    def does(pc: Counter) -> object:
        form = _page(pc, number, procedure, outcome)
        pc.areas.intake.save_draft(form)
        return pc.areas.intake.commit(form)

    return does


def _acts(who: str, act: str, pin: str = "", **values: str) -> Callable[[Counter], object]:
    def does(pc: Counter) -> object:
        state = dossier_of(pc, who)
        assert state is not None
        return pc.areas.dossiers.act(ActForm(state.id, act, values, pin))

    return does


def _gives(pc: Counter) -> object:
    state = dossier_of(pc, RETURNED)
    assert state is not None
    pc.areas.dossiers.find_results(state.code)
    return pc.areas.dossiers.give(GivingForm((state.id,), originals_shown=True, given="100000"))


def _is(number: str, holds: Callable[[DossierState], bool]) -> Callable[[Counter], bool]:
    def held(pc: Counter) -> bool:
        state = dossier_of(pc, number)
        return state is not None and holds(state)

    return held


RESULT = {
    "kind": "decision", "title": "Thông báo (tập huấn)", "number": "118/2026", "date": "20/11/2026",
    "signer": "Giàng A Chiến (tập huấn)", "medium": "paper",
}  # fmt: skip
DAY: tuple[Step, ...] = (
    Step("paid", CLERK, _takes_in(PAID, EXTRACT, ACCEPT), _is(PAID, lambda s: True)),
    Step("asked", CLERK, _takes_in(ASKED, BIRTH, ASK), _is(ASKED, lambda s: True)),
    Step("refused", CLERK, _takes_in(REFUSED, EXTRACT, REFUSE), _is(REFUSED, lambda s: True)),
    Step("accepted", CLERK, _takes_in(RETURNED, HOUSEHOLD, ACCEPT), _is(RETURNED, lambda s: True)),
    Step("brought", CLERK, _acts(ASKED, "bring", all="1"), _is(ASKED, lambda s: s.form("01") is not None)),
    Step("taken", SIGNER, _acts(RETURNED, "take"), _is(RETURNED, lambda s: s.stage is not Stage.ACCEPTED)),
    Step("forwarded", SIGNER, _acts(RETURNED, "forward", to="unit:Giàng A Chiến (tập huấn)"),
         _is(RETURNED, lambda s: "Chiến" in s.place.name)),
    Step("extended", SIGNER, _acts(RETURNED, "extend", PIN, due="02/12/2026", reason="Chờ xác minh"),
         _is(RETURNED, lambda s: s.clock.extended)),
    Step("result", SIGNER, _acts(RETURNED, "result", **RESULT), _is(RETURNED, lambda s: bool(s.result))),
    Step("returned", CLERK, _gives, _is(RETURNED, lambda s: s.stage is Stage.RETURNED)),
)  # fmt: skip


class DossierDay:
    """The scene: one counter, the clerk and the deputy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """The unit on its only counter."""
        self.made = make_counter(self.folder, 1)
        self.made.close()

    def work(self, tell: Tell) -> None:
        """The session, from the start of the program to its end."""
        pc = start(self.made)
        if os.environ.get("PLANT") == "printed-too-early":
            _print_before_commit(pc)
        _session(pc, tell)
        pc.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Open the store again, compare it with what was told and printed, do what is missing."""
        papers, pages, wrong = printed(self.made)
        pc = start(self.made)
        try:
            pc.sign_in(CLERK)
            wrong += _compared(pc, dict(steps), papers)
            _session(pc, lambda *_: None)
            wrong += _evening(pc)
        finally:
            pc.close()
        return Faults(wrong, pages)


def _session(pc: Counter, tell: Tell) -> None:
    """What the store does not hold yet, in order."""
    seated = ""
    for step in DAY:
        if step.held(pc):
            continue
        if seated != step.login:
            pc.sign_in(step.login)
            seated = step.login
        if os.environ.get("PLANT") == "told-too-early":
            tell(step.name, 0)
        step.does(pc)
        tell(step.name, 0)


def _print_before_commit(pc: Counter) -> None:
    """The planted fault: a paper comes out of the printer inside the transaction that numbers it."""
    put, printer = PrintQueue.put, FolderPrinter(pc.folder / "papers")

    def early(queue: PrintQueue, connection: Connection, paper: Paper, subject: EntryId, at: int) -> int:
        job = put(queue, connection, paper, subject, at)
        printer.print_pdf(draw(paper.form, pack(paper), 1), f"{paper.form}-early{job}")
        return job

    setattr(PrintQueue, "put", early)  # noqa: B010 - in the child alone


class PrintedForm(NamedTuple):
    """What stands on a paper that came out; a slip for money has only its code."""

    form: str
    book: str
    number: int
    code: str


def printed(made: Counter) -> tuple[set[PrintedForm], int, list[str]]:
    """Forms that came out, how many pages, and papers that are cut."""
    found: set[PrintedForm] = set()
    pages, cut = 0, []
    for paper in (made.folder / "papers").glob("*.pdf"):
        try:
            sheets = pypdf.PdfReader(paper).pages[:]
        except pypdf.errors.PyPdfError:
            cut.append(f"{paper.name} is cut and bears its final name")
            continue
        pages += len(sheets)
        if (read := _read(paper.name, sheets[0].extract_text())) is None:
            cut.append(f"{paper.name} has no number or code to compare")
        else:
            found.add(read)
    return found, pages, cut


def _read(name: str, words: str) -> PrintedForm | None:
    form, number, code = FORM.match(name), NUMBER.search(words), CODE.search(words)
    if form and number and code:
        return PrintedForm(form[1], number[2], int(number[1]), code[1].replace(" ", ""))
    slip = SLIP_CODE.search(words) if name.startswith(SLIP) else None
    return PrintedForm(SLIP, "", 0, slip[1]) if slip else None


def _compared(pc: Counter, told: dict[str, object], papers: set[PrintedForm]) -> list[str]:
    wrong = broken(pc.store) + stale(pc.store)
    wrong += [f"{step.name} was told and is lost" for step in DAY if step.name in told and not step.held(pc)]
    sql = "SELECT f.form, f.book, f.number, d.code FROM form_numbers f JOIN dossiers d ON d.id = f.dossier"
    held = {PrintedForm(*row) for row in rows(pc.store, sql)}
    held |= {PrintedForm(SLIP, "", 0, code) for (code,) in rows(pc.store, "SELECT code FROM receipts")}
    wrong += [f"{one} is on paper and not in the store" for one in sorted(papers - held)]
    return wrong + _queued(pc) + _draft(pc)


def _queued(pc: Counter) -> list[str]:
    """Every form and every receipt has its job: committed with it, never without, never twice."""
    queued = rows(pc.store, "SELECT subject, form FROM print_jobs")
    jobs = Tally((subject, form[-2:]) for subject, form in queued if form != SLIP)
    forms = Tally(rows(pc.store, "SELECT dossier, form FROM form_numbers"))
    wrong = [f"{at} has {jobs[at]} jobs, {forms[at]} numbers" for at in jobs | forms if jobs[at] != forms[at]]
    slips = Tally(subject for subject, form in queued if form == SLIP)
    money = Tally(key for (key,) in rows(pc.store, "SELECT id FROM receipts"))
    return wrong + ([] if slips == money else [f"receipts {dict(money)}, their jobs {dict(slips)}"])


def _draft(pc: Counter) -> list[str]:
    """The page of an intake is kept until its act is, and gone with it."""
    draft = pc.areas.intake.draft()
    if draft is not None and dossier_of(pc, draft.party.id_number) is not None:
        return [f"the page of {draft.party.id_number} is still there, its dossier too"]
    return []


def _evening(pc: Counter) -> list[str]:
    """All is done: each thing once, books continuous, nothing owed or taken twice, no job forgotten."""
    wrong = broken(pc.store) + stale(pc.store)
    wrong += [f"{step.name} could not be done" for step in DAY if not step.held(pc)]
    persons = Tally(number for (number,) in rows(pc.store, "SELECT id_number FROM dossiers"))
    wrong += [f"{number} has {many} dossiers" for number, many in persons.items() if many != 1]
    recorded = Tally(number for (number,) in rows(pc.store, "SELECT id_number FROM people"))
    wrong += [f"{number} is {many} persons" for number, many in recorded.items() if number and many != 1]
    for column in ("code", "daily"):
        values = Tally(value for (value,) in rows(pc.store, f"SELECT {column} FROM dossiers"))
        wrong += [f"{column} {value} was given {many} times" for value, many in values.items() if many != 1]
    books: dict[tuple[str, str], list[int]] = {}
    for form, book, number in rows(pc.store, "SELECT form, book, number FROM form_numbers"):
        books.setdefault((form, book), []).append(number)
    wrong += [f"form {at} has {sorted(numbers)}" for at, numbers in books.items()
              if sorted(numbers) != list(range(1, len(numbers) + 1))]  # fmt: skip
    paid = {number: state.paid for number in (PAID, RETURNED) if (state := dossier_of(pc, number))}
    if paid != {PAID: 8_000, RETURNED: 10_000}:
        wrong.append(f"taken: {paid}")
    waiting = tuple(
        key for (key,) in rows(pc.store, "SELECT id FROM print_jobs WHERE state IN ('waiting', 'failed')")
    )
    pc.areas.intake.queue.run(waiting)
    left = rows(pc.store, "SELECT id, state FROM print_jobs WHERE state NOT IN ('done', 'sent')")
    told = {key: pc.areas.intake.queue.words(key) for key, _ in left}
    return wrong + [f"job {key} is {state}: {told[key]}" for key, state in left] + _queued(pc)
