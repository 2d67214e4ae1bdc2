"""Counters and what persons do at them: numbering, the recovery of a dead PC's pen."""

from __future__ import annotations

from itertools import count

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.pen import RecoveryForm
from counter_app.services.ports.signing import Numbered
from tests.support.counter import CLERK, LAST_ON_PAPER, PASSWORD, PIN, REGISTRAR, SIGNER, Counter, person
from tests.support.counter import take_in as taken

FIRST = LAST_ON_PAPER + 1
_people = count(1)


def refused(code: str, act, *values, **more) -> DomainError:
    """The refusal with this code."""
    with pytest.raises(DomainError) as caught:
        act(*values, **more)
    assert caught.value.code == code
    return caught.value


def take_in(counter: Counter, *rows: str):
    """A request of somebody new."""
    counter.sign_in(CLERK)
    n = next(_people)
    letters = chr(65 + n // 26 % 26) + chr(65 + n % 26)
    who = person(f"TẬP HUẤN {letters}", f"01208600{n:04d}")
    return taken(counter, *(rows or ("gks 1x2",)), who=who).request


def number(counter: Counter, requests, *, on_paper: int | None = None) -> Numbered:
    """The signatory numbers; where he is asked he types what the paper says."""
    counter.sign_in(SIGNER)
    pen = counter.areas.signing.pen()
    if pen.paper_witness_needed or pen.date_confirmation_needed:
        counter.areas.signing.confirm_witness(pen.last_number if on_paper is None else on_paper, PIN)
    return counter.areas.signing.number(tuple(requests), PIN)


def day(counter: Counter, originals: int) -> Numbered:
    """Requests of one original each, numbered as one pile."""
    return number(counter, [take_in(counter) for _ in range(originals)])


def recovery(counter: Counter, on_paper: int, waiting: int = 0, **more) -> RecoveryForm:
    """The form as two persons fill it in."""
    given = {"ground": "Máy hỏng nguồn", "second": counter.officials[SIGNER], "second_secret": PASSWORD}
    return RecoveryForm(counter.register, on_paper, waiting, **{**given, **more})


def recover(counter: Counter, on_paper: int, waiting: int = 0, **more) -> str:
    """The registrar at the counter, the signatory beside her."""
    counter.sign_in(REGISTRAR)
    return counter.areas.pen.recover(recovery(counter, on_paper, waiting, **more))


def numbers(counter: Counter) -> list[tuple[int, str]]:
    """Every line as (number, state)."""
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT number, state FROM lines ORDER BY number, id")
        return [(row[0], row[1]) for row in rows]


def entries(counter: Counter) -> int:
    """How many entries the store holds."""
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()


def text_of(path) -> str:
    """Words of a printed paper."""
    import pypdf

    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).replace("\n", " ")


def printed(counter: Counter, form: str) -> list[str]:
    """Words of every paper of a form that came out."""
    return [text_of(path) for path in counter.papers() if path.name.startswith(f"{form}-")]
