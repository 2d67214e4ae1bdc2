"""The file of an electronic copy: what is drawn before signing, its name, what is seen of the signatures."""

from __future__ import annotations

from datetime import date

from counter_app.devices.tokens.messages import ORGANISATION, PERSON, Box, Mark
from counter_app.domain.certification.lines.copy_check import copy_code_of
from counter_app.domain.certification.lines.line_state import LineState
from counter_app.domain.certification.state import LotState
from counter_app.domain.certification.taking_in.matters import ELECTRONIC
from counter_app.domain.dates import short_date, vn_date, vn_datetime
from counter_app.printing.forms.certification import CertificationText
from counter_app.printing.forms.electronic_copy import (
    ORGANISATION_AT,
    SIGNATORY_AT,
    ElectronicCopy,
    SeenAt,
    render,
)
from counter_app.services.ports.digital import KeyChoice
from counter_app.services.workplace import Workplace
from sync.protocol.journals.copy_code import write_copy_code

PERSON_FIELD = "NguoiKy"
ORGANISATION_FIELD = "CoQuan"


def file_name(line: LineState) -> str:
    """``2026-SCTDTBS-000012.pdf``: one name a number, so that signing again replaces the file."""
    return f"{line.year}-SCTDTBS-{line.number:06d}.pdf"


def copy_of(work: Workplace, scan: bytes, line: LineState, lot: LotState) -> bytes:
    """Scan and certification sheet as one PDF. Raises ``ScanRefused``, ``NoTextInForce``, ``FontMissing``."""
    author = work.store.author
    code = copy_code_of(line, work.place.unit, author.journal, ELECTRONIC)
    text = CertificationText(
        number=line.number, book=f"{line.book:02d}", year=line.year,
        day=date(line.day // 10_000, line.day // 100 % 100, line.day % 100), place=work.place.received_at,
        signer_lines=tuple(lot.signatory_line.split(" / ")), signer_name=lot.signatory_name,
        qr_payload=write_copy_code(code, author.key),
    )  # fmt: skip
    return render(ElectronicCopy(scan=scan, text=text, original=line.original_name, marks=work.place.marks()))


def marks_of(keys: tuple[KeyChoice, ...], lot: LotState, now: int) -> tuple[Mark, ...]:
    """The person's signature, then the organisation's if a key of it was chosen; Vietnamese on any screen."""
    when = f"Ngày ký: {short_date(vn_date(now))} {vn_datetime(now):%H:%M}"
    title = lot.signatory_line.split(" / ")[-1]
    person, *organisation = keys
    return (
        _mark(person, PERSON, PERSON_FIELD, SIGNATORY_AT, (f"Ký bởi: {person.subject}", title, when)),
        *(
            _mark(key, ORGANISATION, ORGANISATION_FIELD, ORGANISATION_AT, (f"Ký bởi: {key.subject}", when))
            for key in organisation
        ),
    )


def _mark(key: KeyChoice, role: str, field: str, at: SeenAt, lines: tuple[str, ...]) -> Mark:
    return Mark(
        token=key.token, key_id=key.key_id, fingerprint=key.fingerprint, field=field,
        role="organisation" if role == ORGANISATION else "person", name=key.subject,
        reason="Chứng thực bản sao điện tử từ bản chính", lines=lines,
        box=Box(page=-1, left=at.left, bottom=at.bottom, width=at.width, height=at.height),
    )  # fmt: skip
