"""Form 07, the tracking register: this counter's day, or the year of the unit (``law.md`` 1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_app.domain.catalogue.procedure import bare_title
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.organisation import roles
from counter_app.printing.forms.one_stop import register
from counter_app.printing.forms.one_stop.register import RegisterContent, TrackedDossier
from counter_app.services.papers.form_book import form_book
from counter_app.services.ports import reads
from counter_app.services.registers.desk_of_books import BookDesk
from counter_app.storage.queries.tracking import TrackedRow, tracked

OFFICE = "THỦ TRƯỞNG ĐƠN VỊ"
"""Who closes the yearly book; his name is written by hand."""


@dataclass
class TrackingRegister(BookDesk):
    """Writes the register beside the other papers; the unit's own form file is used when there is one."""

    def write_day(self) -> str:
        """Today's lines of this counter as PDF; its path. Raises ``role.*``, ``export.disk``."""
        today = vn_date(self.work.now())
        content = self._content(today.year, today, reads.MONTH_PDF)
        template = form_book(self.work).in_force("07", today)
        return self.write_file(f"so-theo-doi-{today:%Y-%m-%d}.pdf", register.render(template, content))

    def write_year(self, year: int, *, excel: bool) -> str:
        """The unit's year, one counter's book after the other; its path. Raises as ``write_day``."""
        today = vn_date(self.work.now())
        content = self._content(year, None, reads.MONTH_EXCEL if excel else reads.MONTH_PDF)
        template = form_book(self.work).in_force("07", min(today, date(year, 12, 31)))
        if not excel:
            return self.write_file(f"so-theo-doi-{year}.pdf", register.render(template, content))
        from counter_app.printing.forms.one_stop import register_excel  # xlsxwriter, on use

        return self.write_file(f"so-theo-doi-{year}.xlsx", register_excel.render(template, content))

    def _content(self, year: int, day: date | None, what: str) -> RegisterContent:
        person, now = self.desk.require(), self.work.now()
        roles.require(person, roles.TAKE_IN)
        first, last = (_number(day), _number(day)) if day else (year * 10_000 + 101, year * 10_000 + 1231)
        with self.work.store.read() as connection:
            rows = tracked(connection, first, last, 0 if day is None else self.work.journal)
        self.desk.saw(what, [row.dossier for row in rows], reason=f"07 {day or year}")
        place = self.work.place
        return RegisterContent(
            head=place.head, year=year, lines=tuple(map(_line, rows)), as_of=vn_datetime(now),
            maker=person.name, office=OFFICE, signer="", day=day, marks=place.marks(),
        )  # fmt: skip


def _line(row: TrackedRow) -> TrackedDossier:
    return TrackedDossier(
        book=row.book, number=row.number, code=row.official_code or row.code,
        provisional=not row.official_code, procedure=bare_title(row.procedure_name), party=row.name,
        contact=row.phone, decides="", received_at=vn_datetime(row.received_at or row.at),
        due_at=vn_datetime(row.promised_at) if row.promised_at else None,
        returned_at=vn_datetime(row.returned_at) if row.returned_at else None, note=row.result_title,
    )  # fmt: skip


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
