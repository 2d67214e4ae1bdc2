"""The technician's acts: the port of the screens (``ux.md`` 4.11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import counter_app
from counter_app.devices.machine.facts import Machine, this_machine
from counter_app.domain.dates import vn_datetime
from counter_app.domain.organisation import roles
from counter_app.printing.forms import acceptance, trial_sheet
from counter_app.printing.jobs import PrinterRole, ascii_only
from counter_app.services.enrolment.enrol import Enrolment, enrolment_of
from counter_app.services.enrolment.opening import OpenedStore
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.exchange.thrift import Thrift
from counter_app.services.papers import printers
from counter_app.services.papers.queue import NO_PRINTER
from counter_app.services.ports.saying import say, speaking
from counter_app.services.ports.technician import (
    BROKEN,
    LOOK,
    NOT_HERE,
    OFFLINE,
    UNCHECKED,
    BackupPlace,
    BackupRow,
    CheckRow,
    EnrolmentView,
    LanForm,
    LanView,
    LineForm,
    LineView,
    PrinterRoleView,
)
from counter_app.services.session.desk import Desk
from counter_app.services.technician import lan_settings, line_settings, printer_roles
from counter_app.services.technician.backups import Backups
from counter_app.services.technician.doctor import mending, results
from counter_app.services.technician.doctor.bench import Bench
from counter_app.services.technician.doctor.paper_checks import SCANNER_TESTED
from counter_app.services.technician.doctor.running import Rounds
from counter_app.services.updates.updates import Updates
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.this_pc import device
from sync.protocol.carrying import doctor_file
from sync.protocol.naming.ids import EntryId, device_of, life_of

if TYPE_CHECKING:
    from sync.client.internet import HubAddress

_VERDICTS = {
    LOOK: acceptance.Verdict.LOOK, BROKEN: acceptance.Verdict.BROKEN, OFFLINE: acceptance.Verdict.OFFLINE,
    NOT_HERE: acceptance.Verdict.NOT_HERE, UNCHECKED: acceptance.Verdict.UNCHECKED,
}  # fmt: skip


@dataclass
class TechnicianArea:
    """Implements ``TechnicianPort``."""

    work: Workplace
    desk: Desk
    opened: OpenedStore
    enrolled: Enrolment
    line: Line
    saved: Backups
    neighbours: Neighbours | None = None
    updates: Updates | None = None
    thrift: Thrift | None = None
    machine: Machine = field(default_factory=this_machine)
    rounds: Rounds = field(default_factory=Rounds)

    def self_test(self) -> tuple[CheckRow, ...]:
        """Runs the list; the hub is asked once. Never raises: what cannot be checked is a line."""
        return tuple(self.rounds.run(self.bench()))

    def bench(self) -> Bench:
        """What the checks look at."""
        return Bench(
            self.work, self.opened.secrets, self.opened.verdict, self.line, self.saved, self.machine,
            self.enrolled, self._hub_address, self.neighbours, self.updates,
        )  # fmt: skip

    def _hub_address(self) -> HubAddress:
        from counter_app.services.technician.way_to_hub import hub_address

        with self.work.store.read() as connection:
            return hub_address(connection, self.enrolled, self.opened.secrets)

    def mend(self, what: str) -> str:
        """What a line's button says. Raises DomainError ``role.*``, ``session.*``, ``doctor.mend``."""
        roles.require(self.desk.require(), roles.MANAGE_DEVICES)
        return mending.mend(what, self.work, self.line, self.saved)

    def write_results(self, folder: str, rows: tuple[CheckRow, ...] = ()) -> str:
        """The results below ``folder``. Raises OutsideError ``doctor.place``."""
        if not rows:
            with speaking("vi"):  # what leaves for the province is read there
                rows = self.self_test()
        report = results.report_of(self.work, self.machine, rows)
        kept = results.write_results(self.work, report, Path(folder))
        words = f"{doctor_file.FOLDER}/{kept.name}"
        return say(f"Đã ghi {words}.", f"Written: {words}.")

    def backups(self) -> tuple[BackupRow, ...]:
        """Backups on this PC, newest first."""
        return self.saved.rows()

    def back_up(self) -> BackupRow:
        """Backup now: written, opened, verified. Raises ``StoreError``."""
        return self.saved.make()

    def backup_place(self) -> BackupPlace:
        """Where backups go."""
        return self.saved.place()

    def choose_backup_place(self, path: str) -> str:
        """Another place from now on. Raises DomainError ``backup.inside``, OutsideError ``backup.*``."""
        return self.saved.choose(path)

    def try_restore(self, path: str) -> str:
        """Restores into a copy and verifies it; changes nothing. Raises ``StoreError``."""
        return self.saved.try_restore(Path(path))

    def enrolment(self) -> EnrolmentView:
        """Unit, counter, life, hub."""
        with self.work.store.read() as connection:
            known = enrolment_of(connection) or self.enrolled
            first = entry_at(connection, EntryId(known.journal, 1))
        place = self.work.place
        return EnrolmentView(
            f"{place.title} ({place.unit})", place.counter_name, device_of(known.journal),
            life_of(known.journal), known.hub_url, 0 if first is None else first.facts.at, known.spare_grants,
        )  # fmt: skip

    def acceptance(self) -> str:
        """Prints the acceptance minutes of a fresh self-test; returns the sentence."""
        with speaking("vi"):  # the paper is Vietnamese whatever the screen speaks
            rows = self.self_test()
        now = self.work.now()
        place = self.work.place
        data = acceptance.Acceptance(
            head=place.head, unit=f"{place.title} ({place.unit})", system=self._system(),
            counter=place.counter_name, device=str(device_of(self.work.journal)),
            version=counter_app.__version__, tested_at=vn_datetime(now),
            checks=tuple(_line(row) for row in rows),
            technician=self.desk.person.name if self.desk.person else "", representative="",
            marks=place.marks(),
        )  # fmt: skip
        pdf = acceptance.render(data)
        folder = self.work.papers_folder
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / f"nghiem-thu-{vn_datetime(now):%Y%m%d-%H%M%S}.pdf"
        kept.write_bytes(pdf)
        with self.work.store.read() as connection:
            name = printers.chosen(connection, PrinterRole.A4)
        return self._print(pdf, name, "bien-ban-nghiem-thu", say("biên bản nghiệm thu", "acceptance minutes"))

    def _system(self) -> str:
        try:
            return self.machine.system().shown
        except OSError:  # its own line says so
            return ""

    def test_page(self, printer: str) -> str:
        """Prints the test page on a printer; returns the sentence."""
        now, place = self.work.now(), self.work.place
        data = trial_sheet.TrialSheet(
            printer=printer_roles.shown(printer),
            role=place.counter_name,
            printed_at=vn_datetime(now),
            marks=place.marks(),
        )
        return self._print(trial_sheet.render(data), printer, "trang-thu", say("trang thử", "test page"))

    def printer_roles(self) -> tuple[PrinterRoleView, ...]:
        """Kinds of paper and their printers."""
        return printer_roles.roles_of(self.work)

    def choose_printer(self, role: str, printer: str) -> str:
        """Papers of ``role`` go to ``printer``. Raises DomainError ``printer.role``, ``printer.name``."""
        return printer_roles.choose(self.work, role, printer)

    def lan(self) -> LanView:
        """The office LAN: settings, siblings, what is wrong."""
        return lan_settings.read(self.work, self.neighbours)

    def keep_lan(self, form: LanForm) -> str:
        """Keeps the settings, at once in force. Raises DomainError ``role.*``, ``lan.*``, ``session.*``."""
        return lan_settings.keep(self.work, self.desk, self.neighbours, form)

    def province_line(self) -> LineView:
        """The line to the province: what it may cost, the way out."""
        return line_settings.read(self.work, self.opened.secrets, self.enrolled.proxy)

    def keep_province_line(self, form: LineForm) -> str:
        """Keeps the settings. Raises DomainError ``role.*``, ``session.*``, ``line.*``."""
        return line_settings.keep(self.work, self.desk, self.opened.secrets, self.line, self.thrift, form)

    def call_siblings(self) -> None:
        """Every address is called now."""
        if self.neighbours is not None:
            self.neighbours.hurry()

    def scan_samples(self) -> tuple[str, ...]:
        """Texts of the codes on the test page."""
        return trial_sheet.SCAN_DIGITS, trial_sheet.SCAN_QR

    def scanner_answered(self) -> None:
        """The code of the test page was read back by the scanner."""
        with self.work.store.write() as connection:
            device.put_setting(connection, SCANNER_TESTED, str(self.work.now()))

    def _print(self, pdf: bytes, name: str, title: str, words: str) -> str:
        found = printers.find(name)
        if found is None:
            kept = say(
                f"Bản {words} đã lưu trong thư mục giấy tờ.", f"The {words} lie in the papers' folder."
            )
            return f"{say(*NO_PRINTER)} {kept}"
        outcome = found.print_pdf(pdf, ascii_only(title))
        return (
            say(f"Đã in {words}.", f"Printed: {words}.")
            if outcome.accepted
            else f"{outcome.problem} {outcome.remedy}".strip()
        )


def _line(row: CheckRow) -> acceptance.Check:
    words = f"{row.words.removesuffix('.')}. {row.remedy}" if row.remedy else row.words
    return acceptance.Check(
        name=row.title, verdict=_VERDICTS.get(row.verdict, acceptance.Verdict.PASSED), words=words
    )
