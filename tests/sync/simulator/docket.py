"""What stands of dossiers outside every PC: the papers that came out and the acts that were committed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from counter_app.domain.folding.fact import read_fact
from counter_app.services.dossiers.papers import FORM_OF
from counter_app.storage.store import Acted
from sync.protocol.naming.ids import EntryId


class Printed(NamedTuple):
    """A form that came out: of which dossier, its book, year and number, its slip's code ("" on most)."""

    dossier: EntryId
    form: str
    book: str
    year: int
    number: int
    code: str


@dataclass
class Docket:
    """``printed`` is never forgotten, ``acts`` only those whose last holder lost its disk."""

    printed: dict[EntryId, Printed] = field(default_factory=dict)
    acts: set[EntryId] = field(default_factory=set)
    online: int = 0

    def came_out(self, acted: Acted) -> None:
        """The act is committed, its paper printed."""
        for entry in acted.entries:
            self.acts.add(entry.id)
            body: Any = read_fact(entry).body
            if type(body) in FORM_OF:
                at = Printed(
                    entry.facts.subjects[0], FORM_OF[type(body)], body.form_book, body.day // 10_000,
                    body.form_number, getattr(body, "code", ""),
                )  # fmt: skip
                self.printed[entry.id] = at
