"""Reading a portal's answers: the same for both generations, believing nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sync.hub.portal.mapping import PortalMap, state_of
from sync.hub.portal.port import PortalDirty, PortalRefused, Seen

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/\-]{0,49}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")


def error_number(mapping: PortalMap, answer: dict[str, Any]) -> str:
    """The portal's number of an error, "0" for none; "0", "00" and 0 are one. Raises PortalDirty."""
    value = answer.get(mapping.answers["error"])
    text = str(value).strip() if isinstance(value, (int, str)) else ""
    if not _NUMBER.fullmatch(text):
        raise PortalDirty(f"{mapping.answers['error']}: {type(value).__name__}")
    return str(int(text))


def refusal(mapping: PortalMap, answer: dict[str, Any], number: str) -> PortalRefused:
    """The portal's no with its own words."""
    said = answer.get(mapping.answers["message"])
    return PortalRefused(f"{number}: {said}" if isinstance(said, str) and said.strip() else number)


def rows_of(mapping: PortalMap, answer: dict[str, Any]) -> Sequence[object]:
    """The list an answer carries; an object alone is a list of one. Raises PortalDirty."""
    rows = answer.get(mapping.answers["rows"])
    if isinstance(rows, dict):
        return [rows]
    if not isinstance(rows, list):
        raise PortalDirty(f"{mapping.answers['rows']}: {type(rows).__name__}")
    return rows


def code_of(mapping: PortalMap, answer: dict[str, Any]) -> str:
    """The official code an answer carries. Raises PortalDirty."""
    value = answer.get(mapping.answers["code"])
    text = value.strip() if isinstance(value, str) else ""
    if not _CODE.fullmatch(text):
        raise PortalDirty(f"{mapping.answers['code']}: no code")
    return text


def seen_of(mapping: PortalMap, rows: Sequence[object], code: str) -> Seen | None:
    """The dossier ``code`` among ``rows``, None when they are empty. Raises PortalDirty."""
    if not rows:
        return None
    for row in rows:
        if isinstance(row, dict) and str(row.get(mapping.answers["row_code"], "")).strip() == code:
            try:
                return Seen(state_of(mapping, row.get(mapping.answers["row_state"])))
            except ValueError as error:
                raise PortalDirty(str(error)) from None
    raise PortalDirty("another dossier's row")
