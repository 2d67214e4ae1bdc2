"""What stops the particulars of a dossier (``ux.md`` 4.3; ``law.md`` 5): each fault names its field.

One-word names, a year of birth alone, no phone, a fingerprint: all usual here and none of them a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from counter_app.domain.dossiers.acts.words import needed
from counter_app.domain.dossiers.entries import (
    CHANNELS,
    CITIZEN,
    HOUSEHOLD,
    ONLINE_HELPED,
    ORGANISATION,
    Companion,
    Party,
)
from counter_app.domain.errors import DomainError
from counter_app.domain.identity import organisation_number, personal_number
from counter_app.domain.names import clean_name

REPRESENTATIVE, HELPER, WITNESS, INTERPRETER = "representative", "helper", "witness", "interpreter"
ROLES = (REPRESENTATIVE, HELPER, WITNESS, INTERPRETER)
CCCD = "cccd"

FINGERPRINT = "fingerprint"
CANNOT_SIGN = (FINGERPRINT, "neither")
"""Why there is no signature: signs with a fingerprint, or can do neither (NĐ 23/2015 arts. 12, 26)."""


def party_faults(party: Party) -> Iterator[DomainError]:
    """Faults of who the dossier is for, in the order of the page."""
    if party.kind == ORGANISATION:
        yield from _organisation_faults(party)
        return
    if party.kind == HOUSEHOLD:  # a trading name, with figures and signs as it is registered
        if not party.name.strip():
            yield needed("Nhập tên hộ kinh doanh.", "Type the name of the household business.", "name",
                         "party.name")  # fmt: skip
    else:
        yield from _name_faults(party.name)
    if not party.id_number:
        yield needed("Nhập số căn cước hoặc giấy tờ.", "Type the number of the identity paper.", "id_number",
                     "party.identity")  # fmt: skip
    elif party.kind == CITIZEN and party.id_kind == CCCD:
        yield from _number_faults(personal_number, party.id_number)


def _name_faults(name: str) -> Iterator[DomainError]:
    try:
        clean_name(name)
    except DomainError as fault:
        yield fault


def _organisation_faults(party: Party) -> Iterator[DomainError]:
    if not party.name.strip():
        yield needed("Nhập tên tổ chức.", "Type the name of the organisation.", "name", "party.name")
    if party.id_number:
        yield from _number_faults(organisation_number, party.id_number)


def _number_faults(read: Callable[[str, str], str], number: str) -> Iterator[DomainError]:
    """What the one reading of identity papers (``domain.identity``) says of a number."""
    try:
        read(number, "id_number")
    except DomainError as fault:
        yield fault


def companion_faults(
    party: Party, companions: tuple[Companion, ...], channel: str, cannot_sign: str
) -> Iterator[DomainError]:
    """Faults of who is beside the party: a helper who is not named, a fingerprint without a witness."""
    roles = {companion.role for companion in companions}
    if channel not in CHANNELS:
        yield needed("Chọn kênh nộp.", "Choose the way of handing in.", "channel", "dossier.channel")
    if channel == ONLINE_HELPED and HELPER not in roles:
        yield needed("Ghi tên người nộp hộ trực tuyến.", "Name who helped to file it online.", "helper",
                     "dossier.helper")  # fmt: skip
    if cannot_sign and WITNESS not in roles:
        yield needed("Chọn điểm chỉ nên cần người làm chứng.", "A fingerprint needs a witness.", "witness",
                     "dossier.witness")  # fmt: skip
    if party.kind == ORGANISATION and REPRESENTATIVE not in roles:
        yield needed("Ghi người đại diện tổ chức đến nộp.", "Name who hands in for the organisation.",
                     "representative", "dossier.representative")  # fmt: skip
    for companion in companions:
        if not companion.name.strip():
            vi, en = _ROLE_WORDS.get(companion.role, _OTHER_ROLE)
            yield needed(f"Nhập họ tên {vi}.", f"Type the name of the {en}.", companion.role,
                         "companion.name")  # fmt: skip
        if companion.role == INTERPRETER and not companion.detail.strip():
            yield needed("Ghi tiếng được phiên dịch.", "Say which language is interpreted.", "interpreter",
                         "companion.language")  # fmt: skip


_OTHER_ROLE = ("người liên quan", "person concerned")
_ROLE_WORDS = {
    REPRESENTATIVE: ("người đại diện", "representative"),
    HELPER: ("người nộp hộ", "helper"),
    WITNESS: ("người làm chứng", "witness"),
    INTERPRETER: ("người phiên dịch", "interpreter"),
}
