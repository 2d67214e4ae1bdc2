"""A form as data: title, labels in order, tables, places to sign, size and validity.

A template file is JSON: a list of templates, each with its parts from top to bottom. The national heading,
the code with its barcode, the number and the date are drawn on every form and are no part of a template.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import msgspec

from counter_app.printing.layout import A4, A4_LANDSCAPE, A5

SIZES: Final = {"A5": A5, "A4": A4, "A4_LANDSCAPE": A4_LANDSCAPE}
MAX_FILE: Final = 200_000
"""Bytes of the largest template file that is read."""

Aligned = Literal["left", "centre", "right"]


class Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record in which a misspelt name is an error instead of being passed over."""


class Labelled(Strict, frozen=True, tag="labelled", tag_field="part"):
    """``label: value of field``; left out when the value is empty, unless ``keep``.

    ``joined`` puts it on the line of the part before when both fit there.
    """

    field: str
    label: str
    bold: bool = False
    keep: bool = False
    joined: bool = False


class Words(Strict, frozen=True, tag="words", tag_field="part"):
    """A sentence with fields in braces; left out when it has fields and all of them are empty."""

    text: str
    style: Literal["plain", "bold", "italic"] = "plain"
    align: Aligned = "left"
    size: float = 0.0
    """Points; 0 is the text size of the form."""


class Column(Strict, frozen=True):
    """A column of a table: its field, its head, its share of the width, the head it stands under."""

    field: str
    label: str
    share: float
    align: Aligned = "left"
    under: str = ""


class Table(Strict, frozen=True, tag="table", tag_field="part"):
    """A ruled table, one line per row of ``rows``; over pages with its heads repeated.

    ``size`` in points; ``room`` is the least height of a line in millimetres (for ink).
    """

    rows: str
    columns: tuple[Column, ...]
    size: float = 9.5
    room: float = 0.0


class Place(Strict, frozen=True):
    """A place to sign: role (may hold fields in braces), hint, and the field of the printed name."""

    role: str
    hint: str = "(Ký và ghi rõ họ tên)"
    name: str = ""


class Signing(Strict, frozen=True, tag="signatures", tag_field="part"):
    """Places to sign side by side, ``room`` mm for ink; a place without a role stays empty."""

    places: tuple[Place, ...]
    room: float = 14.0


class Gap(Strict, frozen=True, tag="gap", tag_field="part"):
    """Empty height in millimetres."""

    height: float


Part = Labelled | Words | Table | Signing | Gap


class Template(Strict, frozen=True):
    """One form of one set in one validity.

    ``form`` is the number since 2025-09-15 (``01`` to ``07``) and never changes its meaning; ``shown`` is the
    number or name printed. ``mark`` is the evidence: V read, S second-hand, U unverified. ``number_line``
    stands under the unit. ``copies`` names each copy (Liên); ``cover`` is a page before the first.
    """

    form: str
    set: str
    shown: str
    title: str
    valid_from: date | None
    valid_to: date | None
    mark: Literal["V", "S", "U"]
    source: str
    parts: tuple[Part, ...]
    size: Literal["A5", "A4", "A4_LANDSCAPE"] = "A5"
    text_size: float = 10.5
    title_size: float = 12.5
    number_line: str = ""
    copies: tuple[str, ...] = ("",)
    cover: tuple[Part, ...] = ()
    foot: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether a day lies within the validity, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    @property
    def name(self) -> str:
        """Return how messages call it: ``Mẫu số 04 (one_stop, từ 2025-09-15)``."""
        first = "trước đây" if self.valid_from is None else f"từ {self.valid_from:%d/%m/%Y}"
        return f"{self.shown} ({self.set}, {first})"

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """Return the parts of the cover and of the pages."""
        return (*self.cover, *self.parts)


def decode(content: bytes) -> tuple[Template, ...]:
    """Return the templates of one file. Raises msgspec.DecodeError or ValidationError naming the place."""
    return msgspec.json.decode(content, type=tuple[Template, ...])
