"""What the sender asks of a portal, whichever generation answers, and the three ways it can go wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

Fields = Mapping[str, object]
"""The portal's own field names to text, or to lists of such."""


class PortalError(Exception):
    """``code`` names it (``words``), ``detail`` is the portal's or the system's own word, never a secret."""

    code = "portal"

    def __init__(self, detail: str = "", code: str = "") -> None:
        super().__init__(detail)
        self.detail = detail[:300]
        if code:
            self.code = code


class PortalAway(PortalError):
    """No answer, or half of one: whether the request counted is not known. The same is asked again later."""

    code = "away"


class PortalDirty(PortalError):
    """An answer that nobody can read: whether the request counted is not known."""

    code = "dirty"


class PortalRefused(PortalError):
    """The portal said no, in ``detail``."""

    code = "refused"


class Seen(NamedTuple):
    """A dossier as the portal shows it: its state 1-10."""

    state: int


class PortalPort(Protocol):
    """A portal. Every call raises PortalAway, PortalDirty or PortalRefused and nothing else.

    ``office`` is the code under which the portal knows the unit.
    """

    def official_code(self, office: str, own_code: str) -> str:
        """The official code for the counter's ``own_code``; asked twice, one code is wasted at most."""

    def put_dossier(self, office: str, record: Fields, *, known: bool) -> None:
        """All particulars with their lists; ``known``: the portal has it, this replaces them."""

    def put_step(self, office: str, step: Fields) -> None:
        """One step of progress; sets the portal's state."""

    def look(self, office: str, code: str) -> Seen | None:
        """The dossier as the portal has it, None when it has none of that code."""

    def online(self, office: str, since: int) -> Sequence[object]:
        """Dossiers filed online since a moment (ms), each as it came: nothing about them is believed yet."""
