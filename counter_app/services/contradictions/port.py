"""The port of the page *Đối chiếu việc trùng*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.contradictions.entries import LINE, REQUEST, REQUESTER, SAME_REQUEST
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.services.contradictions import words
from counter_app.services.contradictions.deciding import decided
from counter_app.services.contradictions.finding import Found, found_in
from counter_app.services.ports import reads
from counter_app.services.ports.contradictions import (
    ContradictionView,
    DecisionForm,
    SettledView,
    SideView,
)
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import contradictions as queries
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import EntryId

_PAGES = {LINE: "registers", REQUEST: "handover", REQUESTER: "handover", SAME_REQUEST: "handover"}
Names = Mapping[EntryId | None, str]


@dataclass
class ContradictionsArea:
    """Implements ``ContradictionsPort``."""

    work: Workplace
    desk: Desk

    def waiting(self) -> tuple[ContradictionView, ...]:
        """Those that nobody has decided, the newest first. Raises DomainError ``session.none``."""
        self.desk.require()
        with self.work.store.read() as connection:
            found = found_in(connection, self.work)
            names = _names(connection)
            shown = tuple(self._view(connection, one, names) for one in found)
        self.desk.saw(reads.WORK_LIST, [subject for one in found for subject in one.subjects])
        return shown

    def settled(self) -> tuple[SettledView, ...]:
        """Decisions of the unit. Raises DomainError ``session.none``."""
        self.desk.require()
        with self.work.store.read() as connection:
            found = queries.settlements(connection)
            names = _names(connection)
            shown = tuple(self._decision(connection, one, names) for one in found)
        self.desk.saw(reads.WORK_LIST, [one.fact.facts.subjects[0] for one in found])
        return shown

    def settle(self, form: DecisionForm) -> str:
        """The decision, sealed by the reviewer, and what follows from it, in one transaction.

        Raises DomainError as the port says.
        """
        roles.require(self.desk.require(), roles.REVIEW_CLASHES)
        self.desk.check_pin(form.pin)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            return decided(self._now(acting.connection, form.key), form.choice, form.words)

        self.work.store.act(decide, self.desk.act(sealed=True))
        self.work.changed("contradictions", "dossiers", "requests", "registers")
        return say("Đã ghi quyết định.", "The decision is saved.")

    def _now(self, connection: Connection, key: str) -> Found:
        """The contradiction as it stands inside the transaction: one more act changes its key."""
        found = next((one for one in found_in(connection, self.work) if one.key == key), None)
        if found is None:
            raise DomainError(
                "Việc này vừa thay đổi hoặc đã được quyết định.", "Máy khác vừa ghi thêm.",
                "Xem lại danh sách.", code="contradiction.gone",
                title_en="This has just changed or was decided.",
                meaning_en="Another PC wrote meanwhile.", remedy_en="Look at the list again.",
            )  # fmt: skip
        return found

    def _view(self, connection: Connection, found: Found, names: Names) -> ContradictionView:
        sides = tuple(
            SideView(
                self.work.counter_name(connection, _journal(found, index)) or say("Tỉnh", "The province"),
                names.get(side.actor, ""),
                side.at,
                words.value(side, found.field),
                words.note(found, index),
            )
            for index, side in enumerate(found.sides)
        )
        return ContradictionView(
            found.key, found.matter, words.title(found.matter), words.about(found.state),
            words.field_words(found), sides, words.choices(found), words.proposed(found), words.why(found),
            words.todo(found), _PAGES.get(found.matter, "dossier"), found.subjects[0],
        )  # fmt: skip

    def _decision(self, connection: Connection, one: queries.Settlement, names: Names) -> SettledView:
        body, fact = one.body, one.fact
        state = self.work.state(connection, fact.facts.subjects[0], required=False)
        counter = "" if body.chosen is None else self.work.counter_name(connection, body.chosen.journal)
        chosen = (
            say(f"Theo {counter}", f"As {counter} says") if counter else say("Cả hai đúng", "Both are right")
        )
        label = "" if "." in body.field and not body.field.startswith("column.") else body.field
        about = " · ".join(filter(None, (words.about(state), words.field_label(label) if label else "")))
        return SettledView(
            fact.at, names.get(fact.facts.actor, ""), self.work.counter_name(connection, fact.id.journal),
            words.title(body.matter), about, chosen, body.words, body.chosen == body.proposed,
        )  # fmt: skip


def _names(connection: Connection) -> Names:
    return {row.id: row.name for row in unit_queries.officials(connection, active_only=False)}


def _journal(found: Found, index: int) -> int:
    """The journal of the PC that speaks on a side: of an online dossier the one that took it in."""
    side = found.sides[index]
    if isinstance(side.value, DossierState) and (form := side.value.form("01")) is not None:
        return form.entry.journal
    return side.entry.journal
