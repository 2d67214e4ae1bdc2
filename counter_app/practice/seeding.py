"""The first acts of a practice commune: officials, the Chairman's act, the register, accounts elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.composition.running import RunningProgram
from counter_app.domain.certification.taking_in.matters import MATTERS
from counter_app.domain.organisation import entries as o
from counter_app.practice import people
from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers.printers import folder_printer, printer_setting
from counter_app.services.ports.registers import OpeningForm
from counter_app.services.session.port import PRACTICE_HINT
from counter_app.services.workplace import PHOTOCOPY_PRICE
from counter_app.storage.queries import registers
from counter_app.storage.this_pc import device
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey

ACT_NUMBER = "47/QĐ-UBND"
LAST_ON_PAPER = 1_775
BOOK_ON_PAPER = 3
PHOTOCOPY_DONG = 500
OTHER_BOOKS = (("signature", 1, 412), ("translator", 1, 0), ("transaction", 1, 57), ("electronic", 1, 0))
"""Kind, book and last number of the paper books beside that of copies."""


@dataclass
class Founded:
    """Who and what the founding counter recorded; keys are the officials' own, by login."""

    officials: dict[str, EntryId] = field(default_factory=dict)
    keys: dict[str, SigningKey] = field(default_factory=dict)
    delegation: EntryId | None = None
    register: EntryId | None = None


def equip(program: RunningProgram) -> None:
    """Printers that write PDFs into the PC's own folder, and a price for photocopies."""
    work = program.areas.work
    with work.store.write() as connection:
        for role in PrinterRole:
            device.put_setting(connection, printer_setting(role), folder_printer(work.papers_folder))
        device.put_setting(connection, PHOTOCOPY_PRICE, str(PHOTOCOPY_DONG))
        device.put_setting(connection, PRACTICE_HINT, people.HINT)


def found(program: RunningProgram, *, register: bool = True) -> Founded:
    """On the founding counter: officials, the act that lets the deputy sign, the register from paper."""
    accounts, made = program.areas.accounts, Founded()
    for new in people.STAFF:
        made.keys[new.login] = SigningKey.fresh()
        made.officials[new.login] = accounts.record(new, made.keys[new.login])
    program.session.sign_in(made.officials[people.CHAIRMAN], people.PASSWORD)
    day = program.areas.work.day()
    year = day // 10_000
    act = o.DelegationRecorded(
        ACT_NUMBER, year * 10_000 + 101, o.ASSIGNED, "KT.", MATTERS, year * 10_000 + 101,
        year * 10_000 + 1231, "Phó Chủ tịch",
    )  # fmt: skip
    made.delegation = accounts.delegate(made.officials[people.SIGNER], act)
    program.session.sign_out()
    if register:
        made.register = open_register(program, made, LAST_ON_PAPER)
    return made


def open_register(program: RunningProgram, founded: Founded, last: int) -> EntryId:
    """The registers go on after the paper books, that of copies after ``last``: the registrar, the deputy
    beside her. Returns that of copies."""
    program.session.sign_in(founded.officials[people.REGISTRAR], people.PASSWORD)
    year = program.areas.work.today().year
    for kind, book, final in (("copy", BOOK_ON_PAPER, last), *OTHER_BOOKS):
        program.registers.open_register(
            OpeningForm(
                year, book, final, f"Số cuối trên sổ giấy: {final}", founded.officials[people.SIGNER],
                people.PASSWORD, kind,
            )
        )  # fmt: skip
    program.session.sign_out()
    with program.opened.store.read() as connection:
        register = registers.register_of(connection, "copy", year)
    assert register is not None
    return register.id


def admit(program: RunningProgram, founded: Founded) -> None:
    """On another counter, once it holds the officials: the same accounts under the same passwords."""
    for login, official in founded.officials.items():
        program.areas.accounts.admit(official, founded.keys[login], people.PASSWORD, people.PIN)
