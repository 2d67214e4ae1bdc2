"""Which fields a form may show and which it must show (``law.md`` 1.3, second-hand layout).

A template may order, name and phrase them as it likes; it may neither ask for a field nobody fills nor
leave out one that the form is there for.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

ONE_STOP: Final = "one_stop"
RESIDENCE: Final = "residence"
SETS: Final = (ONE_STOP, RESIDENCE)

PLACE_OF_FIELD: Final = re.compile(r"\{([a-z_0-9]+)\}")
"""A field in a sentence: ``{number}``."""


def _names(words: str) -> frozenset[str]:
    """Turn names separated by spaces into a set."""
    return frozenset(words.split())


SHARED: Final = _names(
    "requester identity address phone email content procedure_code code official_code unit superior "
    "companions read_aloud book number issued_on place"
)
"""Fields of every paper about one dossier."""


class Vocabulary(msgspec.Struct, frozen=True):
    """Fields of a form, fields it must show, and its tables: rows' name to the fields of a row."""

    fields: frozenset[str]
    required: frozenset[str]
    tables: dict[str, frozenset[str]]
    required_cells: frozenset[str] = frozenset()


def _form(own: str, required: str, cells: str = "", **tables: str) -> Vocabulary:
    """Build a form's vocabulary from words separated by spaces."""
    return Vocabulary(
        SHARED | _names(own),
        _names(required),
        {rows: _names(fields) for rows, fields in tables.items()},
        _names(cells),
    )


REGISTER_CELLS: Final = _names(
    "number code procedure sets party contact decides received due returned how signed note"
)
"""The thirteen columns of form 07 (names from TT 01/2018 by memory [U])."""

FORMS: Final[dict[str, Vocabulary]] = {
    "01": _form(
        "desk sets limit received due deliver fees paid to_pay decides note receiver signer",
        "desk requester identity address phone email content sets limit received due deliver fees book "
        "number receiver read_aloud companions paid to_pay decides",
        "name original certified photo count",
        papers="index name original certified photo count",
    ),
    "02": _form(
        "reason contact contact_phone guide",
        "requester content address phone email reason contact contact_phone guide read_aloud companions",
        "name original certified photo",
        papers="index name original certified photo words",
    ),
    "03": _form(
        "ground reason receiver",
        "requester address phone email content ground reason receiver read_aloud companions",
    ),
    "04": _form(
        "received due new_due reason office signer",
        "requester address phone content received code due reason new_due office signer",
    ),
    "05": _form(
        "received ground papers_returned office signer",
        "requester address phone content received code ground papers_returned office signer",
    ),
    "06": _form(
        "decides joined",
        "code content requester decides joined",
        "body times early on_time late note",
        hops="index body times early on_time late note",
    ),
    "07": Vocabulary(
        _names(
            "unit superior book period status year count ranges returned open pages office signer maker "
            "as_of place"
        ),
        _names("book period status count ranges office signer pages"),
        {"lines": REGISTER_CELLS},
        REGISTER_CELLS,
    ),
}
"""Form to vocabulary. ``sets`` is Số lượng hồ sơ (bộ); ``decides`` the body that decides."""


def fields_in(text: str) -> tuple[str, ...]:
    """Return the fields named in braces in a sentence, in order."""
    return tuple(PLACE_OF_FIELD.findall(text))


def filled(text: str, values: dict[str, str]) -> str:
    """Return a sentence with its fields put in; an empty one becomes a dotted line to write on.

    Values are put in once and never read again, so a name with braces stays as it is.
    """
    return PLACE_OF_FIELD.sub(lambda place: values[place[1]] or "…………", text)
