"""A dossier as its first entry, for journals written by hand."""

from __future__ import annotations

from counter_app.domain.dossiers.entries import (
    CITIZEN,
    DossierSubmitted,
    LimitUsed,
    Party,
    ProcedureUsed,
)
from counter_app.domain.drafting import draft
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF
from tests.unit.domain.folding.writing import NOON

PARTY_TAKEN = Party(
    CITIZEN, "LÝ THỊ TẬP HUẤN", "cccd", "012190000001", 19900000, "female", "Bản tập huấn", "03390", "", ""
)
ALLOWANCE = ProcedureUsed("9.000001", "Thủ tục xét trợ cấp (tập huấn)", "Bảo trợ xã hội", "mirror", True)
LIMIT = LimitUsed(5, "working_day", "")


def submitted(
    party: Party = PARTY_TAKEN, procedure: ProcedureUsed = ALLOWANCE, at: int = NOON
) -> list[Draft]:
    """The entry that begins a dossier."""
    body = DossierSubmitted(
        "0" * 20, 1, 20261121, "counter", at, procedure, party, (), (), (), (), LIMIT, "counter", "", "now",
        "", "", b"salt",
    )  # fmt: skip
    return [draft(body, SELF)]
