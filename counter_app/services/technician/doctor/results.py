"""The results of a self-test as a signed file for the stick: ``doctor/<unit>-quay<nn>-<date>.json``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import counter_app
from counter_app.devices.machine.facts import Machine
from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import Words
from counter_app.errors import OutsideError
from counter_app.services.ports.technician import CheckRow
from counter_app.services.workplace import Workplace
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc.flushed import write_flushed
from sync.flushing import flush_folder
from sync.protocol.carrying import doctor_file
from sync.protocol.carrying.doctor_file import Line, Report
from sync.protocol.naming.ids import device_of, life_of
from sync.protocol.naming.keys import SigningKey


def report_of(work: Workplace, machine: Machine, rows: Sequence[CheckRow]) -> Report:
    """What is written down: this PC, its system, every line. No personal data."""
    place = work.place
    try:
        system = machine.system().shown
    except OSError:  # the line of the self-test says why
        system = ""
    return Report(
        unit=place.unit, counter=place.counter_number, name=place.counter_name, journal=_journal(work),
        device=device_of(_journal(work)), life=life_of(_journal(work)), version=counter_app.__version__,
        system=system, at=work.now(), practice=place.practice,
        lines=tuple(Line(row.code, row.verdict, row.title, row.words, row.remedy) for row in rows),
    )  # fmt: skip


def _journal(work: Workplace) -> int:
    try:
        return work.journal
    except StoreError:  # a PC that may not write any more is looked at too
        return 0


def write_results(work: Workplace, report: Report, folder: Path) -> Path:
    """Write the file below ``folder``, which must be there; a later one of the day takes its place.

    Raises OutsideError ``doctor.place``.
    """
    place = folder / doctor_file.FOLDER
    day = f"{vn_datetime(report.at):%Y%m%d}"
    path = place / f"{report.unit}-quay{report.counter:02d}-{day}.json"
    try:
        place.mkdir(exist_ok=True)
        flush_folder(folder)
        write_flushed(path, doctor_file.sealed(report, _key(work)))
    except OSError as error:
        raise _refused(error) from error
    return path


def _refused(error: OSError) -> OutsideError:
    why = error.strerror or type(error).__name__
    return OutsideError(
        "doctor.place",
        Words(
            "Không ghi được kết quả kiểm tra vào nơi đã chọn.", f"Nơi đó báo: {why}.",
            "Cắm USB khác hoặc chọn thư mục khác, rồi ghi lại.",
        ),
        Words(
            "The results cannot be written where they should go.", f"The place says: {why}.",
            "Take another stick or another folder and write again.",
        ),
    )  # fmt: skip


def _key(work: Workplace) -> SigningKey | None:
    try:
        return work.store.author.key
    except StoreError:
        return None
