"""From content to the words that stand in a form's fields: dates, money, unknown values, ticks."""

from __future__ import annotations

from datetime import date, datetime
from functools import singledispatch
from typing import Final

import msgspec

from counter_app.printing.barcodes import spaced
from counter_app.printing.formats import NBSP, money, register_number
from counter_app.printing.formats import hour_and_date as plain_hour_and_date
from counter_app.printing.formats import long_date as plain_long_date
from counter_app.printing.forms.one_stop import content as c

UNKNOWN_LIMIT: Final = "chưa có"
UNKNOWN_RATE: Final = "chưa có mức"
UNKNOWN_DUE: Final = "chưa có (chưa có thời hạn giải quyết)"
NOT_REVIEWED: Final = "(thủ tục chưa rà soát)"
READ_ALOUD: Final = "Đã đọc lại cho người yêu cầu nghe."
PROVISIONAL: Final = "mã tạm"
"""Stands beside every code of the counter (``law.md`` 2.1)."""
TICK: Final = "x"
ELECTRONIC_WORDS: Final = "bản điện tử"
_ROLES: Final = {
    c.WITNESS: "Người làm chứng",
    c.INTERPRETER: "Người phiên dịch",
    "representative": "Người đại diện, được ủy quyền",
    "helper": "Người nộp hộ",
}

Row = dict[str, str]


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """A form's fields as words, and the rows of its tables by name. ``beside`` sign beside the requester."""

    values: dict[str, str]
    tables: dict[str, tuple[Row, ...]]
    beside: tuple[tuple[str, str], ...] = ()
    fingerprint: bool = False
    cannot_sign: bool = False


def date_words(day: date) -> str:
    """Return a date in words that no line end parts: ``ngày 20 tháng 11 năm 2026``."""
    return plain_long_date(day).replace(" ", NBSP)


def moment_words(moment: datetime) -> str:
    """Return hour and date; a line may end between them only."""
    hour = plain_hour_and_date(moment).split(",")[0].replace(" ", NBSP)
    return f"{hour}, {date_words(moment.date())}"


def fill(content: c.Content) -> Filled:
    """Return all fields and tables of a paper as words."""
    values, tables = _own(content)
    values.update(_shared(content))
    return Filled(
        values=values,
        tables=tables,
        beside=tuple(
            (_signing_role(person), person.name)
            for person in content.beside
            if person.role in {c.WITNESS, c.INTERPRETER}
        ),
        fingerprint=content.cannot_sign == c.FINGERPRINT,
        cannot_sign=bool(content.cannot_sign),
    )


def _shared(content: c.DossierContent) -> Row:
    """Return the fields that every paper has."""
    party = content.party
    return {
        "requester": party.name,
        "identity": party.identity,
        "address": party.address,
        "phone": party.phone,
        "email": party.email,
        "content": content.procedure if content.reviewed else f"{content.procedure} {NOT_REVIEWED}",
        "procedure_code": content.procedure_code,
        "code": code_words(content),
        "official_code": content.official_code,
        "unit": content.head.unit,
        "superior": content.head.superior,
        "place": content.head.place,
        "companions": "\n".join(_companion(person) for person in content.beside),
        "read_aloud": READ_ALOUD if content.read_aloud else "",
        "book": content.book,
        "number": register_number(content.number) if content.number else "",
        "issued_on": date_words(content.issued_at.date()),
    }


def code_words(content: c.DossierContent) -> str:
    """Return the official code, else the counter's own in groups, which is never shown as official."""
    if content.official_code or not content.code:
        return content.official_code
    return f"{spaced(content.code)} ({PROVISIONAL})".replace(" ", NBSP)


def _companion(person: c.Beside) -> str:
    """Return ``Người làm chứng: LÒ THỊ A, số giấy tờ 012…``."""
    role = _ROLES.get(person.role, "Người liên quan")
    if person.role == c.INTERPRETER and person.detail:
        return ", ".join(filter(None, (f"{role} (tiếng {person.detail}): {person.name}", _paper(person))))
    return ", ".join(filter(None, (f"{role}: {person.name}", _paper(person), person.detail)))


def _paper(person: c.Beside) -> str:
    """Return the number of the ID paper with its word."""
    return f"số giấy tờ {person.identity}" if person.identity else ""


def _signing_role(person: c.Beside) -> str:
    """Return the capitals above the place where a witness or an interpreter signs."""
    if person.role == c.INTERPRETER:
        return f"NGƯỜI PHIÊN DỊCH (TIẾNG {person.detail.upper()})" if person.detail else "NGƯỜI PHIÊN DỊCH"
    return "NGƯỜI LÀM CHỨNG"


@singledispatch
def _own(content: c.DossierContent) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Return the fields and tables of one form."""
    raise TypeError(f"no form for {type(content).__name__}")


@_own.register
def _form_01(content: c.Form01Content) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Fields of form 01."""
    values = {
        "desk": content.desk,
        "sets": f"{content.sets:02d}",
        "limit": content.limit or UNKNOWN_LIMIT,
        "received": moment_words(content.received_at),
        "due": UNKNOWN_DUE if content.due_at is None else moment_words(content.due_at),
        "deliver": content.deliver,
        "fees": "\n".join(map(_fee, content.fees)) or "Không",
        "paid": money(content.paid) if content.paid else "",
        "to_pay": money(content.owed) if content.owed else "",
        "decides": content.decides,
        "note": content.note,
        "receiver": content.receiver,
        "signer": content.receiver,
    }
    return values, {"papers": tuple(_taken(i, p) for i, p in enumerate(content.papers, 1))}


def _fee(line: c.FeeLine) -> str:
    """Return one fee in words; an unknown rate is never 0, an exemption carries its reason."""
    if line.exemption:
        return f"{line.label}: {'Miễn phí' if line.kind == 'phi' else 'Miễn lệ phí'} ({line.exemption})"
    return f"{line.label}: {UNKNOWN_RATE if line.amount is None else money(line.amount)}"


def _ticks(paper: c.PaperLine) -> Row:
    """Return the three columns of Loại giấy tờ."""
    return {kind: TICK if paper.made_as == kind else "" for kind in (c.ORIGINAL, c.CERTIFIED, c.PHOTO)}


def _taken(index: int, paper: c.PaperLine) -> Row:
    """One line of the list of papers taken in."""
    notes = (ELECTRONIC_WORDS if paper.made_as == c.ELECTRONIC else "", paper.note)
    note = ", ".join(filter(None, notes))
    name = f"{paper.name} ({note})" if note else paper.name
    return {"index": str(index), "name": name, "count": f"{paper.count:02d}", **_ticks(paper)}


@_own.register
def _form_02(content: c.Form02Content) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Fields of form 02."""
    values = {
        "reason": content.reason,
        "contact": content.contact,
        "contact_phone": content.contact_phone,
        "guide": content.guide,
    }
    return values, {"papers": tuple(_asked(i, p) for i, p in enumerate(content.papers, 1))}


def _asked(index: int, paper: c.PaperLine) -> Row:
    """One line of what must be completed; what exactly is wrong stands under the name.

    The form has no column for an electronic paper: the words beside the name are its mark.
    """
    beside = f"{paper.name} ({ELECTRONIC_WORDS})" if paper.made_as == c.ELECTRONIC else paper.name
    name = f"{beside}\n{paper.note}" if paper.note else beside
    return {"index": str(index), "name": name, "words": paper.note, **_ticks(paper)}


@_own.register
def _form_03(content: c.Form03Content) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Fields of form 03."""
    return {"ground": content.ground, "reason": content.reason, "receiver": content.receiver}, {}


@_own.register
def _form_04(content: c.Form04Content) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Fields of form 04."""
    values = {
        "received": date_words(content.received_at.date()),
        "due": moment_words(content.due_at),
        "new_due": moment_words(content.new_due_at),
        "reason": content.reason,
        "office": content.office,
        "signer": content.signer,
    }
    return values, {}


@_own.register
def _form_05(content: c.Form05Content) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Fields of form 05."""
    values = {
        "received": date_words(content.received_at.date()),
        "ground": content.ground,
        "papers_returned": content.papers_returned or "Không có",
        "office": content.office,
        "signer": content.signer,
    }
    return values, {}


@_own.register
def _form_06(content: c.Form06Content) -> tuple[Row, dict[str, tuple[Row, ...]]]:
    """Fields of form 06."""
    values = {"decides": content.decides, "joined": content.joined or "Không có"}
    return values, {"hops": tuple(_hop(i, hop) for i, hop in enumerate(content.hops, 1))}


def _hop(index: int, hop: c.Hop) -> Row:
    """One hand-over: when and by whom given, when and by whom taken, and how it stood with time.

    An empty line above each name is left for ink.
    """
    times = "\n".join(
        (
            f"1. Giao: {_when(hop.handed_at)}",
            "",
            f"Người giao: {hop.handed_by}",
            f"2. Nhận: {_when(hop.taken_at)}",
            "",
            f"Người nhận: {hop.taken_by}",
        )
    )
    results = {name: TICK if hop.result == name else "" for name in ("early", "on_time", "late")}
    return {"index": str(index), "body": hop.body, "times": times, "note": hop.note, **results}


def _when(moment: datetime | None) -> str:
    """Return hour and date, or the dotted line of the form while it has not happened."""
    return "… giờ … phút, ngày … tháng … năm ……" if moment is None else moment_words(moment)
