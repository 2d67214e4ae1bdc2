"""A procedure of the catalogue in the project's own format (``law.md`` 3; ``resources/catalogue``).

Null is "chưa có", never 0: a limit or fee that is not known asks the clerk for a value with its ground.
Everything has dates of validity, since law changes every few months; a code is no primary key: a code may
end and be replaced by another (``law.md`` 2.1).
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from counter_app.domain.catalogue.paper_title import paper_title
from counter_app.domain.dossiers.clock.rule import LimitRule, Unit, read_settings
from counter_app.domain.errors import DomainError
from counter_app.domain.table_files import decode_table

REQUIRED = "required"
ONE_OF = "one_of"
IF = "if"
BY_CHANNEL = "by_channel"
DATA_INSTEAD = "data_instead"

HAND_IN = "hand_in"
SHOW = "show"

CIVIL_STATUS_FIELD = "Hộ tịch"
"""The catalogue's field that the registrar's right reaches (``law.md`` 7.2)."""

ONE_STOP = "one_stop"
RESIDENCE = "residence"
"""Form sets: forms 01-07, or the police's CT04-06 for residence (TT 66/2023/TT-BCA)."""


class Group(msgspec.Struct, frozen=True, gc=False):
    """How a row is required: ``kind`` as above; rows of one ``key`` belong together."""

    kind: str
    key: str
    condition: str = ""


class Paper(msgspec.Struct, frozen=True, gc=False):
    """One row of the list: ``originals`` and ``copies`` wanted, handed in or only shown (``mode``).

    ``text`` is the portal's whole sentence when ``name`` is its shortened beginning.
    """

    name: str
    originals: int
    copies: int
    mode: str
    group: Group
    text: str = ""

    @property
    def whole_text(self) -> str:
        """The sentence as the portal has it."""
        return self.text or self.name

    @property
    def title(self) -> str:
        """A few words for a list: the paper itself, without its cases and provisos (``paper_title``)."""
        return paper_title(self.whole_text)


class Limit(msgspec.Struct, frozen=True, gc=False):
    """A time limit from a date on; ``unit`` empty: not known. ``remote``: value of a remote commune [U]."""

    value: int
    unit: str
    remote: int | None = None
    note: str = ""
    source: str = ""
    settings: str = ""
    valid_from: date | None = None

    @property
    def is_known(self) -> bool:
        """False: the clerk must give one with its ground, or go on without a due date."""
        return bool(self.unit)

    def rule(self, *, remote: bool = False, settings: str = "") -> LimitRule:
        """The clock's rule; ``remote`` takes the value of a remote commune where there is one."""
        value = self.remote if remote and self.remote is not None else self.value
        return read_settings(value, Unit(self.unit), f"{self.settings} {settings}".strip())


class Fee(msgspec.Struct, frozen=True, gc=False):
    """A fee from a date on; ``amount`` None: not known ("chưa có mức"), never 0.

    ``kind``: ``le_phi`` (hộ tịch and others) or ``phi`` (chứng thực); the two words differ in law.
    """

    kind: str
    amount: int | None
    note: str = ""
    valid_from: date | None = None


Dated = TypeVar("Dated", Limit, Fee)


class Procedure(msgspec.Struct, frozen=True, dict=True):
    """A procedure in one version; ``reviewed`` False shows amber "chưa rà soát" and makes no form 02."""

    code: str
    name: str
    field: str
    limits: tuple[Limit, ...]
    fees: tuple[Fee, ...]
    papers: tuple[Paper, ...]
    channels: tuple[str, ...]
    source: str
    verified: bool
    reviewed: bool
    core: bool = False
    review_note: str = ""
    decision: str = ""
    level: str = ""
    result_codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    form_set: str = ONE_STOP
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""

    def in_force(self, day: date) -> bool:
        """True on the days of this version, both included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def limit(self, day: date) -> Limit:
        """The limit in force on ``day``."""
        return _latest(self.limits, day, Limit(0, ""))

    def fee(self, day: date) -> Fee:
        """The fee in force on ``day``."""
        return _latest(self.fees, day, Fee("le_phi", None))

    @cached_property
    def title(self) -> str:
        """The name as people say it, without "Thủ tục" before it."""
        return bare_title(self.name)


def bare_title(name: str) -> str:
    """A procedure's name without "Thủ tục" before it, as people say it."""
    bare = name.removeprefix("Thủ tục ").strip()
    return bare[:1].upper() + bare[1:]


def _latest(rows: tuple[Dated, ...], day: date, none: Dated) -> Dated:
    fit = [row for row in rows if row.valid_from is None or row.valid_from <= day]
    return max(fit, key=lambda row: row.valid_from or date.min, default=none)


class Catalogue(msgspec.Struct, frozen=True, dict=True):
    """All procedures of one version; ``as_of`` is the day of the data."""

    version: str
    as_of: date
    source: str
    procedures: tuple[Procedure, ...]

    @cached_property
    def _by_code(self) -> dict[str, tuple[Procedure, ...]]:
        found: dict[str, tuple[Procedure, ...]] = {}
        for procedure in self.procedures:
            found[procedure.code] = (*found.get(procedure.code, ()), procedure)
        return found

    def get(self, code: str, day: date) -> Procedure | None:
        """The version of ``code`` in force on ``day``; a provincial suffix is stripped (``law.md`` 2.1)."""
        return next((p for p in self._by_code.get(national_code(code), ()) if p.in_force(day)), None)

    def require(self, code: str, day: date) -> Procedure:
        """Like ``get``; raises DomainError ``procedure.unknown`` or ``procedure.ended``."""
        found = self.get(code, day)
        if found is not None:
            return found
        versions = self._by_code.get(national_code(code), ())
        raise _ended(versions[-1]) if versions else _unknown(code)

    def on(self, day: date) -> tuple[Procedure, ...]:
        """Every procedure in force on ``day``."""
        return tuple(p for p in self.procedures if p.in_force(day))


def national_code(code: str) -> str:
    """``1.001193`` of ``1.001193.000.00.00.H35`` or ``1.001193.H35``."""
    parts = code.strip().split(".")
    return ".".join(parts[:2]) if len(parts) > 2 else code.strip()


def _unknown(code: str) -> DomainError:
    return DomainError(
        f"Không có thủ tục {code[:40]} trong danh mục.", remedy="Gõ vài chữ tên thủ tục để tìm.",
        field="procedure", code="procedure.unknown",
        title_en=f"There is no procedure {code[:40]} in the catalogue.",
        remedy_en="Type a few letters of its name.",
    )  # fmt: skip


def _ended(procedure: Procedure) -> DomainError:
    instead = f" Dùng {procedure.replaced_by} thay thế." if procedure.replaced_by else ""
    instead_en = f" Use {procedure.replaced_by} instead." if procedure.replaced_by else ""
    return DomainError(
        f"Thủ tục {procedure.code} không còn hiệu lực.{instead}", remedy="Chọn thủ tục đang áp dụng.",
        field="procedure", code="procedure.ended",
        title_en=f"Procedure {procedure.code} is no longer in force.{instead_en}",
        remedy_en="Choose the procedure that is in force.",
    )  # fmt: skip


def parse_catalogue(raw: bytes) -> Catalogue:
    """A catalogue from its JSON; ``DomainError`` ``table.file`` if it is not one."""
    return decode_table(raw, Catalogue, "Danh mục thủ tục", "The catalogue of procedures")
