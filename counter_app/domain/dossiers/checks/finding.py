"""What a check gives: level, code, field, and the sentence with its reason in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from counter_app.domain.dossiers.acts.intake import Intake

STOP, LOOK, INFO = "stop", "look", "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``reason`` says why it is asked, ``source`` the article or that it is unverified."""

    level: str
    code: str
    field: str
    vi: str
    en: str
    reason: str = ""
    reason_en: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the checks know besides the page itself; everything here is looked up by the caller.

    ``twins`` are short codes of open dossiers of the same person and procedure; ``clerk`` and
    ``clerk_number`` who sits at the counter; ``own_province`` the unit's province, ``party_province`` that of
    the commune picked (or empty), both as codes or both as names; ``card_until`` the last day of the card's
    validity when it can be told.
    """

    today: date
    twins: tuple[str, ...] = ()
    clerk: str = ""
    clerk_number: str = ""
    own_province: str = ""
    party_province: str = ""
    card_until: date | None = None
    remote: bool = False


Check = Callable[[Intake, Surroundings], Iterable[Finding]]
