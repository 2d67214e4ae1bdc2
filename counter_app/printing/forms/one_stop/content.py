"""What forms 01-06 say about a dossier: plain content, built by services from the dossier's state.

Moments are local (Asia/Ho_Chi_Minh) without zone. An unknown limit, date or rate is None or empty and
comes out in words, never as 0 (``law.md`` 0.15, ``ux.md`` 4.3).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from counter_app.printing.model import Letterhead, Marks

ORIGINAL: Final = "original"
CERTIFIED: Final = "certified"
PHOTO: Final = "photo"
ELECTRONIC: Final = "electronic"
FINGERPRINT: Final = "fingerprint"
WITNESS: Final = "witness"
INTERPRETER: Final = "interpreter"


class PartyLines(msgspec.Struct, frozen=True, kw_only=True):
    """Who the dossier is for, as printed; empty lines are left out. ``identity``: number of the ID paper."""

    name: str
    identity: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody beside the party; ``role`` as in the dossier's entries: witness, interpreter, representative …

    ``detail``: the language of an interpreter, the authorisation paper, the relation.
    """

    role: str
    name: str
    identity: str = ""
    detail: str = ""


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """One paper of the list; ``made_as``: original, certified, photo, electronic or empty.

    ``note`` stands under the name: "đã tra cứu", "xuất trình khi nhận", or on form 02 what is wrong with it.
    """

    name: str
    made_as: str = ""
    count: int = 1
    note: str = ""


class FeeLine(msgspec.Struct, frozen=True, kw_only=True):
    """One fee in whole đồng; ``amount`` None: no rate is known ("chưa có mức").

    ``kind``: ``le_phi`` or ``phi``, two words of the law; ``exemption`` is the reason in words, empty: none.
    """

    label: str
    amount: int | None
    kind: str = "le_phi"
    exemption: str = ""


class DossierContent(msgspec.Struct, frozen=True, kw_only=True):
    """What all papers about one dossier carry.

    ``code`` are the digits of the counter's provisional code, in the barcode (empty: none was given, as for
    an online dossier that was refused); ``official_code`` the province's opaque one when it has come.
    ``book``/``number``: the form's place in the counter's book, 0 for form 06. ``reviewed`` False prints
    "chưa rà soát" beside the procedure. ``cannot_sign``: empty, ``fingerprint`` or another reason.
    """

    head: Letterhead
    code: str
    issued_at: datetime
    party: PartyLines
    procedure: str
    official_code: str = ""
    procedure_code: str = ""
    reviewed: bool = True
    book: str = ""
    number: int = 0
    beside: tuple[Beside, ...] = ()
    cannot_sign: str = ""
    read_aloud: bool = False
    marks: Marks = Marks()


class Form01Content(DossierContent, frozen=True, kw_only=True):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

    ``limit`` in words ("05 ngày làm việc"), empty: not known. ``fees`` empty: the procedure has none.
    ``decides`` names another body that decides a routed dossier. ``deliver`` says where the result is given.
    """

    desk: str
    papers: tuple[PaperLine, ...]
    limit: str
    received_at: datetime
    due_at: datetime | None
    deliver: str
    fees: tuple[FeeLine, ...]
    receiver: str
    sets: int = 1
    paid: int = 0
    decides: str = ""
    note: str = ""

    @property
    def owed(self) -> int:
        """Return what is still to be paid of the known rates, in đồng."""
        return max(0, sum(f.amount or 0 for f in self.fees if not f.exemption) - self.paid)


class Form02Content(DossierContent, frozen=True, kw_only=True):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: the whole list at once, why, and whom to ask."""

    papers: tuple[PaperLine, ...]
    reason: str
    contact: str
    contact_phone: str
    guide: str


class Form03Content(DossierContent, frozen=True, kw_only=True):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ: ``ground`` of the law, ``reason`` what was seen here."""

    ground: str
    reason: str
    receiver: str


class Form04Content(DossierContent, frozen=True, kw_only=True):
    """Văn bản xin lỗi và đề nghị gia hạn: signed by the head, at least a day before the due date."""

    received_at: datetime
    due_at: datetime
    new_due_at: datetime
    reason: str
    office: str
    signer: str


class Form05Content(DossierContent, frozen=True, kw_only=True):
    """Thông báo dừng giải quyết hồ sơ; the field list is our assumption [U]."""

    received_at: datetime
    ground: str
    papers_returned: str
    office: str
    signer: str


class Hop(msgspec.Struct, frozen=True, kw_only=True):
    """One hand-over: Giao at ``handed_at`` by ``handed_by``, Nhận at ``taken_at`` (None: not yet taken).

    ``result``: ``early``, ``on_time``, ``late`` or empty while the body still works.
    """

    body: str
    handed_at: datetime | None
    handed_by: str
    taken_at: datetime | None
    taken_by: str
    result: str = ""
    note: str = ""


class Form06Content(DossierContent, frozen=True, kw_only=True):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: a print of the journal, every hand-over in order."""

    decides: str
    hops: tuple[Hop, ...]
    joined: str = ""


Content = Form01Content | Form02Content | Form03Content | Form04Content | Form05Content | Form06Content
