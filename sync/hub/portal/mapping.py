"""Our names to the portal's, its states, its limits a field: data that changes without a release.

A value that does not fit is cut, and the cut is told: nothing is shortened behind anybody's back. A required
field that is empty is a fault before anything leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError

MOST_BYTES = 1 << 18
_KINDS = MappingProxyType(
    {
        "code": re.compile(r"[^0-9A-Za-z._/\-]"),
        "digits": re.compile(r"[^0-9]"),
        "phone": re.compile(r"[^0-9+]"),
        "email": re.compile(r"[^0-9A-Za-z._%+\-@]"),
        "text": re.compile(r"[\x00-\x08\x0b-\x1f\x7f]"),
    }
)


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field: the portal's name ``to``, our value ``from`` ("" for a fixed ``default``).

    ``kind``: text, code, digits, phone, email, moment (ms to yyyyMMddHHmmss of Viet Nam, 0 to ""), or the
    name of a table in ``tables``. ``length`` 0: no limit is known.
    """

    to: str
    source: str = msgspec.field(name="from", default="")
    kind: str = "text"
    length: int = 0
    required: bool = False
    default: str = ""


class Rows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list within the record: the portal's name, our list, the fields of one row."""

    to: str
    source: str = msgspec.field(name="from", default="")
    fields: tuple[Field, ...] = ()


class PortalMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping file. ``status``: verified, secondary, unverified; ``source`` says where the names are from.

    ``states``: our 1-10 to the portal's word, read backwards for what comes in. ``answers``: names of the
    fields in the portal's answers. ``online``: the portal's field (``from``) of each of ours (``to``).
    ``certification``: the procedure of each register's requests; a register without one is not sent.
    """

    version: str
    generation: str
    source: str
    status: str
    paths: dict[str, str]
    services: dict[str, str]
    answers: dict[str, str]
    states: dict[str, str]
    record: tuple[Field, ...]
    lists: tuple[Rows, ...]
    step: tuple[Field, ...]
    online: tuple[Field, ...]
    tables: dict[str, dict[str, str]] = {}
    certification: dict[str, str] = {}
    session_over: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class FieldFault(ValueError):
    """Required fields that are empty: their names on the portal's side."""


class Filled(NamedTuple):
    """A filled record and what was cut: ``TrichYeuHoSo 812>500``."""

    fields: dict[str, object]
    cuts: tuple[str, ...]


def parse_map(raw: bytes) -> PortalMap:
    """A mapping from its JSON. Raises ValueError with what is wrong."""
    if len(raw) > MOST_BYTES:
        raise ValueError("a mapping of more than 256 KiB")
    found = msgspec.json.decode(raw, type=PortalMap)
    faults = map_faults(found)
    if faults:
        raise ValueError("; ".join(faults))
    return found


def map_faults(mapping: PortalMap) -> list[str]:
    """What makes a mapping unusable: states missing or told alike, unknown kinds, names given twice."""
    faults = [f"state {n} is missing" for n in map(str, range(1, 11)) if n not in mapping.states]
    if len(set(mapping.states.values())) < len(mapping.states):
        faults.append("two states have one word")
    for where, fields in _parts(mapping):
        names = [field.to for field in fields]
        faults += [f"{where}: {name} twice" for name in sorted({n for n in names if names.count(n) > 1})]
        faults += [
            f"{where}: {field.to} has unknown kind {field.kind}"
            for field in fields
            if field.kind not in _KINDS and field.kind != "moment" and field.kind not in mapping.tables
        ]
    return faults


def _parts(mapping: PortalMap) -> list[tuple[str, Sequence[Field]]]:
    lists = [(rows.to, rows.fields) for rows in mapping.lists]
    return [("record", mapping.record), ("step", mapping.step), ("online", mapping.online), *lists]


def fill_record(
    mapping: PortalMap, values: Mapping[str, Any], lists: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Filled:
    """A dossier's record with its lists. Raises FieldFault naming every required field that is empty."""
    cuts: list[str] = []
    missing: list[str] = []
    made: dict[str, object] = dict(_fill(mapping, mapping.record, values, cuts, missing))
    for rows in mapping.lists:
        made[rows.to] = [
            _fill(mapping, rows.fields, row, cuts, missing) for row in lists.get(rows.source, ())
        ]
    if missing:
        raise FieldFault(", ".join(missing))
    return Filled(made, tuple(dict.fromkeys(cuts)))


def fill_step(mapping: PortalMap, values: Mapping[str, Any]) -> Filled:
    """One step of progress. Raises FieldFault."""
    cuts: list[str] = []
    missing: list[str] = []
    made: dict[str, object] = dict(_fill(mapping, mapping.step, values, cuts, missing))
    if missing:
        raise FieldFault(", ".join(missing))
    return Filled(made, tuple(cuts))


def _fill(
    mapping: PortalMap,
    fields: Sequence[Field],
    values: Mapping[str, Any],
    cuts: list[str],
    missing: list[str],
) -> dict[str, str]:
    made: dict[str, str] = {}
    for field in fields:
        text = _text(mapping, field, values.get(field.source, "")) or field.default
        if field.length and len(text) > field.length:
            cuts.append(f"{field.to} {len(text)}>{field.length}")
            text = text[: field.length - 1] + "…" if field.kind == "text" else text[: field.length]
        if field.required and not text:
            missing.append(field.to)
        made[field.to] = text
    return made


def _text(mapping: PortalMap, field: Field, value: Any) -> str:
    if field.kind == "moment":
        return _moment(value)
    if field.kind in mapping.tables:
        table = mapping.tables[field.kind]
        return table.get(str(value), table.get("", ""))
    plain = unicodedata.normalize("NFC", str(value)).strip()
    return _KINDS[field.kind].sub("", plain)


def _moment(value: Any) -> str:
    """A clock that was wild gives no moment rather than none of the record."""
    try:
        return f"{vn_datetime(int(value)):%Y%m%d%H%M%S}" if value else ""
    except DomainError:
        return ""


def state_of(mapping: PortalMap, word: object) -> int:
    """Our state 1-10 of the portal's word, text or number. Raises ValueError for any other."""
    text = "" if isinstance(word, bool) else str(word).strip()
    for ours, theirs in mapping.states.items():
        if theirs == text:
            return int(ours)
    raise ValueError(f"no state: {text[:20]!r}")


def read_fields(mapping: PortalMap, fields: Sequence[Field], item: Mapping[str, Any]) -> dict[str, str]:
    """Our values of what came: text or numbers only, nothing longer than its limit, nothing repaired.

    Raises FieldFault for a required field that is empty, ValueError for one of another type or length.
    """
    found: dict[str, str] = {}
    for field in fields:
        value = item.get(field.source)
        if value is not None and (isinstance(value, bool) or not isinstance(value, (str, int))):
            raise ValueError(f"{field.source}: {type(value).__name__}")
        text = unicodedata.normalize("NFC", "" if value is None else str(value)).strip()
        if field.length and len(text) > field.length:
            raise ValueError(f"{field.source}: {len(text)} characters")
        if field.kind in mapping.tables:
            table = mapping.tables[field.kind]
            text = table.get(text, table.get("", ""))
        elif field.kind in _KINDS and (_KINDS[field.kind].search(text) or "\ufffd" in text):
            raise ValueError(f"{field.source}: other characters than it may have")
        if field.required and not text:
            raise FieldFault(field.source)
        found[field.to] = text
    return found
