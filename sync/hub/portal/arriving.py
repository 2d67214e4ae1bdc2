"""An online dossier into the journal; one that the portal shows otherwise later is a person's matter.

No service by which a portal tells of later changes was read anywhere (``law.md`` 2.3): what is known is that
the same dossier may come again. An arrival is an entry and is never rewritten; papers that the citizen adds
are taken by the unit (form 02 and its answer), who withdraws is seen in the portal's state (``sender``).
"""

from __future__ import annotations

from counter_app.domain.certification.taking_in.intake import day_of
from counter_app.domain.dossiers.entries import OnlineDossierArrived
from sync.hub import dossiers
from sync.hub.dossiers import OnlineDossier
from sync.hub.hub import Hub
from sync.hub.tables import journals
from sync.protocol.journals.codec import decode_body
from sync.protocol.naming.ids import EntryId

ARRIVED = 501
_SAID = ("submitted_at", "party", "cases", "papers", "deliver", "paid")
"""What the portal says of a dossier; procedure, limit and fees are the catalogue's of the day."""


class ChangedThere(Exception):
    """The portal shows a dossier otherwise than when it came; ``fields`` by our names, without values."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def arrive(hub: Hub, unit: str, online: OnlineDossier) -> EntryId:
    """Write it, once. Raises DomainError, ValueError as ``Hub.online_arrived``; ChangedThere."""
    arrived = hub.online_arrived(unit, online)
    with hub.database.read() as connection:
        entry = journals.entry_at(connection, arrived)
        catalogue = dossiers.catalogue_on(connection, day_of(online.submitted_at))
    if entry is None or entry.facts.kind != ARRIVED or not entry.body:
        return arrived  # handed in at a counter under that code, or redacted: nothing to compare with
    held = decode_body(OnlineDossierArrived, entry.body)
    made = dossiers.arrival(online, held.salt, catalogue)
    told = decode_body(OnlineDossierArrived, made.body)
    changed = tuple(name for name in _SAID if getattr(held, name) != getattr(told, name))
    if changed:
        raise ChangedThere(changed)
    return arrived
