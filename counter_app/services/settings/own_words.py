"""Short words of papers of the unit: read, set, taken away; every counter of the unit types the same."""

from __future__ import annotations

from counter_app.domain.certification.taking_in.own_words import (
    OWN_KIND,
    OWN_NAME,
    own_words,
    set_own_word,
)
from counter_app.domain.organisation.state import unit_subject
from counter_app.services.ports.saying import say
from counter_app.services.ports.settings import PaperWord
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import unit as unit_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft


def words_of(work: Workplace) -> tuple[PaperWord, ...]:
    """The unit's words with the papers they stand for, by word; one whose kind is gone shows its key."""
    with work.store.read() as connection:
        words = own_words(unit_queries.policies_of(connection, unit_subject(work.place.unit)))
        kinds = work.rules(connection).kinds
    found = []
    for word, value in words.items():
        own = value.startswith(OWN_NAME)
        kind = kinds.get(f"{OWN_KIND}{word}" if own else value)
        found.append(PaperWord(word, value if kind is None else say(kind.name, kind.name_en), own))
    return tuple(found)


def keep(work: Workplace, desk: Desk, word: str, paper: str) -> None:
    """One word, in force at once. Raises DomainError ``alias.*``, ``role.*``, ``session.*``."""
    clerk = desk.require()
    unit = unit_subject(work.place.unit)

    def decide(acting: Acting) -> tuple[Draft, ...]:
        words = own_words(unit_queries.policies_of(acting.connection, unit))
        return set_own_word(clerk, unit, (word, paper), work.rules(acting.connection).kinds, words)

    work.store.act(decide, desk.act(sealed=True))
    work.changed("settings")
