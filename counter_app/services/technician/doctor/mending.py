"""What the button of a line does: acts that change nothing but what the line is about."""

from __future__ import annotations

from counter_app.domain.errors import DomainError
from counter_app.services.exchange.line import Line
from counter_app.services.exchange.outcome_words import trouble
from counter_app.services.ports.saying import said, say
from counter_app.services.ports.technician import MEND_BACKUP, MEND_REBUILD, MEND_SEND
from counter_app.services.technician.backups import Backups
from counter_app.services.technician.doctor.bench import megabytes
from counter_app.services.workplace import Workplace


def mend(what: str, work: Workplace, line: Line, backups: Backups) -> str:
    """Do it; returns the sentence. Raises DomainError ``doctor.mend``, StoreError, OutsideError."""
    if what == MEND_BACKUP:
        made = backups.make()
        return say(f"Đã sao lưu {megabytes(made.size)}.", f"Backed up {megabytes(made.size)}.")
    if what == MEND_SEND:
        last = line.exchange()[-1]
        words = trouble(last.code, last.refusal)
        return say("Đã gửi.", "Sent.") if words is None else said(words).sentence
    if what == MEND_REBUILD:
        return _rebuilt(work)
    raise DomainError(
        "Mục này không tự chữa được.", remedy="Làm theo cách chữa đã ghi.", code="doctor.mend",
        title_en="This is not mended by a key.", remedy_en="Follow the cure as told.",
    )  # fmt: skip


def _rebuilt(work: Workplace) -> str:
    with work.store.write() as connection:
        subjects = work.store.readings.rebuild(connection)
    work.changed("received", "sync")
    return say(
        f"Đã lập lại bảng của {subjects} đối tượng từ nhật ký.",
        f"Made the tables of {subjects} subjects again from the journals.",
    )
