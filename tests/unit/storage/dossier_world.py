"""Dossiers on a real store for the readings' tests, by the product's own decisions."""

from __future__ import annotations

from counter_app.domain.codes import provisional_code
from counter_app.domain.dates import vn_date
from counter_app.domain.dossiers.acts import desk, handling, intake
from counter_app.domain.dossiers.acts.intake import FormNumber, Held
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.dossiers.docket import CALENDAR, arrived, handed_in, papers
from tests.unit.domain.dossiers.test_paths import POST, RESULT


class Dossiers:
    """Acts on dossiers at one counter of the practice world."""

    def __init__(self, counter, number: int = 1) -> None:
        """``counter`` of ``tests.unit.storage.world``; ``number`` among the unit's."""
        self.counter = counter
        self.number = number
        self.daily = 0

    def code(self) -> str:
        """The next code of the day."""
        self.daily += 1
        return provisional_code("03390", self.number, 1, vn_date(self.counter.at), self.daily).digits

    def take_in(self, form: int = 1, **more) -> EntryId:
        """Accepted with form 01."""
        given = handed_in(code=self.code(), daily=self.daily, received_at=self.counter.at, **more)
        number = FormNumber(f"{self.number:02d}", form)
        return self.counter.act(intake.accept(given, number, CALENDAR)).entries[0].id

    def ask(self, form: int = 1) -> EntryId:
        """Asked to complete at the desk."""
        given = handed_in(
            code=self.code(), daily=self.daily, received_at=self.counter.at, held={0: Held("brought")}
        )
        rows = intake.asked_of(given.checklist)
        number = FormNumber(f"{self.number:02d}", form)
        drafts = intake.ask(given, number, rows, "Thiếu", "0213")
        return self.counter.act(drafts).entries[0].id

    def arrive(self) -> EntryId:
        """Filed online."""
        return self.counter.act(arrived()).entries[0].id

    def state(self, dossier: EntryId):
        """As committed."""
        with self.counter.store.read() as connection:
            return self.counter.store.readings.state(connection, dossier).state

    def bring(self, dossier: EntryId, form: int) -> None:
        """Complete again."""
        number = FormNumber(f"{self.number:02d}", form)
        self.counter.act(
            desk.bring(
                self.state(dossier), papers("brought", "brought"), True, self.counter.at, CALENDAR, number
            )
        )

    def accept(self, dossier: EntryId, form: int, code: str = "", daily: int = 0) -> None:
        """An online dossier is taken in."""
        state = self.state(dossier)
        given = desk.CounterCode(code or self.code(), daily or self.daily)
        number = FormNumber(f"{self.number:02d}", form)
        drafts = desk.accept_online(state, state.papers, number, given, self.counter.at, CALENDAR)
        self.counter.act(drafts)

    def take(self, dossier: EntryId) -> None:
        """A post takes it."""
        self.counter.act(handling.take(self.state(dossier), POST))

    def decide(self, dossier: EntryId) -> None:
        """The result exists."""
        self.counter.act(handling.record_result(self.state(dossier), RESULT))
