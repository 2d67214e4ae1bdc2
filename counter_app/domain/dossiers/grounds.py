"""Grounds of form 03 and reasons of exemption: data that a province replaces [U]."""

from __future__ import annotations

import msgspec

from counter_app.domain.table_files import decode_table


class Reason(msgspec.Struct, frozen=True):
    """One reason with its stable code, in both languages."""

    code: str
    vi: str
    en: str


class DossierGrounds(msgspec.Struct, frozen=True):
    """Reasons offered at the counter; ``status`` says whether a reviewer confirmed them."""

    source: str
    status: str
    refusals: tuple[Reason, ...]
    exemptions: tuple[Reason, ...]

    def exemption(self, code: str) -> Reason | None:
        """The reason of exemption with this code."""
        return next((reason for reason in self.exemptions if reason.code == code), None)

    def refusal(self, code: str) -> Reason | None:
        """The ground of refusal with this code."""
        return next((reason for reason in self.refusals if reason.code == code), None)


def parse_dossier_grounds(raw: bytes) -> DossierGrounds:
    """Reasons from their JSON; ``DomainError`` ``table.file`` if it is not that."""
    return decode_table(raw, DossierGrounds, "Lý do tại quầy", "Reasons at the counter")
