"""The one place where a dossier becomes paper: content of forms 01-06 and its receipt, for the queue.

Content is Vietnamese whatever the screen speaks. An unknown limit, date or rate stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counter_app.domain.dates import vn_datetime
from counter_app.domain.dossiers.entries import (
    DossierAccepted,
    DossierRefused,
    DossierStopped,
    DueExtended,
    PaperTaken,
    SupplementRequested,
)
from counter_app.domain.dossiers.state import DossierState
from counter_app.domain.field_types import Body
from counter_app.domain.money.state import ReceiptState
from counter_app.printing.forms.one_stop import content as c
from counter_app.services import rules
from counter_app.services.cash.receipt_paper import receipt_paper
from counter_app.services.dossiers.showing import words
from counter_app.services.papers.forms import Paper
from counter_app.services.ports.saying import speaking
from counter_app.services.workplace import Place

TITLES = {
    "01": "Giấy tiếp nhận và hẹn",
    "02": "Phiếu bổ sung",
    "03": "Phiếu từ chối",
    "04": "Xin lỗi, gia hạn",
    "05": "Thông báo dừng",
    "06": "Phiếu kiểm soát",
}
FORM_OF: dict[type[Body], str] = {
    DossierAccepted: "01",
    SupplementRequested: "02",
    DossierRefused: "03",
    DueExtended: "04",
    DossierStopped: "05",
}
"""Which form an entry is printed as."""
_DELIVER = {"post": "Gửi bưu chính công ích", "online": "Cổng Dịch vụ công quốc gia"}


@dataclass(frozen=True, slots=True)
class Written:
    """An entry that is a paper: its body, when (ms), who wrote it with his title, a phone for form 02.

    ``promised``: the date in force before an extension, ms.
    """

    body: Any
    at: int
    by: str
    title: str = ""
    phone: str = ""
    promised: int = 0


def paper_of(place: Place, state: DossierState, written: Written) -> Paper:
    """The paper of an acceptance, request, refusal, extension or stop."""
    form = FORM_OF[type(written.body)]
    with speaking("vi"):
        content = _MAKE[form](place, state, written)
    return Paper(f"{_set_of(state)}_{form}", f"{TITLES[form]} {_short(state)}", content)


def control_slip(place: Place, state: DossierState, hops: tuple[c.Hop, ...], at: int) -> Paper:
    """Form 06: a print of the journal, never of anything kept beside it."""
    content = c.Form06Content(
        **_shared(place, state, at, None), decides=_decides(place, state) or place.issuing, hops=hops
    )
    return Paper(f"{_set_of(state)}_06", f"{TITLES['06']} {_short(state)}", content)


def _short(state: DossierState) -> str:
    return words.short_code(state.code, state.portal_code)


def _set_of(state: DossierState) -> str:
    return "residence" if state.procedure.form_set == "residence" else "one_stop"


def _shared(place: Place, state: DossierState, at: int, body: Any) -> dict[str, Any]:
    party, used = state.party, state.procedure
    beside = tuple(
        c.Beside(role=one.role, name=one.name, identity=one.id_number, detail=one.detail)
        for one in state.companions
    )
    return {
        "head": place.head,
        "code": state.code,
        "official_code": state.official_code or state.portal_code,
        "issued_at": vn_datetime(at),
        "party": c.PartyLines(
            name=party.name, identity=party.id_number, address=party.address, phone=party.phone,
            email=party.email,
        ),
        "procedure": used.name,
        "procedure_code": used.code,
        "reviewed": used.reviewed,
        "book": "" if body is None else body.form_book,
        "number": 0 if body is None else body.form_number,
        "beside": beside,
        "cannot_sign": state.cannot_sign,
        "read_aloud": bool(state.cannot_sign) or any(one.role == "interpreter" for one in beside),
        "marks": place.marks(),
    }  # fmt: skip


def _decides(place: Place, state: DossierState) -> str:
    """The body that decides a routed dossier, "" for the own unit."""
    if not state.competent:
        return ""
    found = rules.places().unit(state.competent)
    return state.competent if found is None else f"UBND {found.name}, {found.province}"


def _taken(paper: PaperTaken) -> c.PaperLine:
    note = {"looked_up": "đã tra cứu", "queued": "chờ tra cứu", "at_return": "xuất trình khi nhận"}
    return c.PaperLine(
        name=paper.name, made_as=paper.made_as, count=paper.count,
        note=", ".join(filter(None, (note.get(paper.state, ""), paper.note))),
    )  # fmt: skip


def _fees(state: DossierState) -> tuple[c.FeeLine, ...]:
    return tuple(
        c.FeeLine(
            label=line.label, amount=line.amount if line.known else None, kind=line.kind,
            exemption=line.ground if line.exemption else "",
        )
        for line in state.fees
    )  # fmt: skip


def _form_01(place: Place, state: DossierState, written: Written) -> c.Form01Content:
    body: DossierAccepted = written.body
    return c.Form01Content(
        **_shared(place, state, written.at, body),
        desk=place.issuing,
        papers=tuple(_taken(paper) for paper in body.papers if paper.state != "missing"),
        limit=words.limit_text(body.limit.value, body.limit.unit) if body.limit.unit else "",
        received_at=vn_datetime(body.received_at),
        due_at=vn_datetime(body.due_at) if body.due_at else None,
        deliver=_DELIVER.get(state.deliver, place.issuing),
        fees=_fees(state),
        receiver=written.by,
        paid=state.paid,
        decides=_decides(place, state),
        note=state.note,
    )


def _form_02(place: Place, state: DossierState, written: Written) -> c.Form02Content:
    body: SupplementRequested = written.body
    asked = tuple(c.PaperLine(name=row.name, made_as=row.made_as, note=row.words) for row in body.asked)
    return c.Form02Content(
        **_shared(place, state, written.at, body), papers=asked, reason=body.reason,
        contact=body.contact or written.by, contact_phone=written.phone, guide=written.by,
    )  # fmt: skip


def _form_03(place: Place, state: DossierState, written: Written) -> c.Form03Content:
    body: DossierRefused = written.body
    ground = rules.dossier_grounds().refusal(body.ground)
    return c.Form03Content(
        **_shared(place, state, written.at, body), ground="" if ground is None else ground.vi,
        reason=body.words, receiver=written.by,
    )  # fmt: skip


def _form_04(place: Place, state: DossierState, written: Written) -> c.Form04Content:
    body: DueExtended = written.body
    return c.Form04Content(
        **_shared(place, state, written.at, body), received_at=vn_datetime(state.received_at),
        due_at=vn_datetime(written.promised or body.due_at), new_due_at=vn_datetime(body.due_at),
        reason=body.reason, office=written.title, signer=written.by,
    )  # fmt: skip


def _form_05(place: Place, state: DossierState, written: Written) -> c.Form05Content:
    body: DossierStopped = written.body
    return c.Form05Content(
        **_shared(place, state, written.at, body), received_at=vn_datetime(state.received_at),
        ground=body.ground, papers_returned=body.papers_returned, office=written.title, signer=written.by,
    )  # fmt: skip


_MAKE: dict[str, Any] = {
    "01": _form_01,
    "02": _form_02,
    "03": _form_03,
    "04": _form_04,
    "05": _form_05,
}


def receipt_of(
    place: Place, receipt: ReceiptState, state: DossierState, cashier: str, template: str
) -> Paper:
    """The receipt of a paper book, or the provisional slip, for a dossier."""
    return receipt_paper(
        place, receipt, cashier, template, code=state.code, address=state.party.address, whose=_short(state)
    )


def counter_book(counter: int, life: int) -> str:
    """Quyển số of a counter: ``02``; a later life of its journal continues no book: ``02-2``."""
    return f"{counter:02d}" if life == 1 else f"{counter:02d}-{life}"
