"""Practice content for every form: what a new template is tried on, and what is looked at by eye.

Every field is filled, with names and lists as long as they come.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from counter_app.printing.forms.one_stop import content as c
from counter_app.printing.forms.one_stop.drawing import render
from counter_app.printing.forms.one_stop.register import RegisterContent, TrackedDossier
from counter_app.printing.forms.one_stop.register import render as render_register
from counter_app.printing.forms.one_stop.template import Template
from counter_app.printing.model import Letterhead, Marks

HEAD: Final = Letterhead(
    superior="UBND XÃ TẬP HUẤN", unit="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", place="Tập Huấn"
)
CODE: Final = "00000002126112000182"
AT: Final = datetime.fromisoformat("2026-11-20T10:15")
DUE: Final = datetime.fromisoformat("2026-11-27T16:30")
CLERK: Final = "LÒ THỊ TẬP HUẤN"
HEAD_OF_BODY: Final = "TRẦN VĂN TẬP HUẤN"
LONG: Final = (
    "ẤẦẨẪẬẶ NGUYỄN THỊ <b>TẬP HUẤN</b> & =SUM(A1) {number} HỢP TÁC XÃ NÔNG NGHIỆP VÀ DỊCH VỤ TỔNG HỢP "
    "BẢN THÍ DỤ XÃ TẬP HUẤN"
)
PROCEDURE: Final = "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con (thủ tục tập huấn)"

_PARTY: Final = c.PartyLines(
    name=LONG,
    identity="000000000001",
    address="Bản Thí Dụ, xã Tập Huấn, tỉnh Tập Huấn",
    phone="0900 000 000",
    email="taphuan@example.invalid",
)
_BESIDE: Final = (
    c.Beside(role=c.WITNESS, name="GIÀNG A TẬP HUẤN", identity="000000000002"),
    c.Beside(role=c.INTERPRETER, name="SÙNG THỊ TẬP HUẤN", identity="000000000003", detail="Mông"),
    c.Beside(role="representative", name="VÀNG A TẬP HUẤN", detail="giấy ủy quyền số 01"),
)


def _shared(practice: bool) -> dict[str, Any]:
    """Return what all papers of the sample dossier share."""
    return {
        "head": HEAD,
        "code": CODE,
        "issued_at": AT,
        "party": _PARTY,
        "procedure": PROCEDURE,
        "official_code": "T00.00-20261120-0000001",
        "procedure_code": "0.000000",
        "reviewed": False,
        "book": "02",
        "number": 12,
        "beside": _BESIDE,
        "cannot_sign": c.FINGERPRINT,
        "read_aloud": True,
        "marks": Marks(practice=practice, copy_number=2),
    }


def papers(count: int) -> tuple[c.PaperLine, ...]:
    """Return papers of all kinds, numbered."""
    kinds = (c.ORIGINAL, c.CERTIFIED, c.PHOTO, c.ELECTRONIC)
    return tuple(
        c.PaperLine(
            name=f"Giấy tờ tập huấn số {i + 1}, tờ khai theo mẫu của thủ tục",
            made_as=kinds[i % 4],
            count=1 + i % 3,
            note="xuất trình khi nhận kết quả" if i % 4 == 1 else "",
        )
        for i in range(count)
    )


def contents(*, practice: bool = True, size: int = 5) -> dict[str, c.Content]:
    """Return one content per form 01-06; ``size``: papers and hand-overs on it."""
    shared = _shared(practice)
    fees = (
        c.FeeLine(label="Lệ phí hộ tịch", amount=8_000),
        c.FeeLine(label="Phí khai thác dữ liệu", amount=None, kind="phi"),
        c.FeeLine(label="Lệ phí tập huấn", amount=5_000, exemption="người thuộc hộ nghèo"),
    )
    hops = tuple(
        c.Hop(
            body=f"Bộ phận tập huấn số {i + 1}",
            handed_at=AT,
            handed_by=CLERK,
            taken_at=None if i == size - 1 else AT,
            taken_by="" if i == size - 1 else HEAD_OF_BODY,
            result=("early", "on_time", "late", "")[i % 4],
            note="chuyển hồ sơ giấy" if i % 2 else "",
        )
        for i in range(size)
    )
    return {
        "01": c.Form01Content(
            **shared, desk="Trung tâm Phục vụ hành chính công xã Tập Huấn, quầy 02", papers=papers(size),
            limit="05 ngày làm việc", received_at=AT, due_at=DUE, deliver="Trung tâm, quầy 02", fees=fees,
            receiver=CLERK, sets=1, paid=5_000, decides="UBND xã Thí Dụ (tiếp nhận phi địa giới)",
            note="Nhận kết quả thì mang theo bản chính để đối chiếu.",
        ),
        "02": c.Form02Content(
            **shared, papers=papers(size), reason="Chưa có giấy chứng sinh, văn bản của người làm chứng.",
            contact=CLERK, contact_phone="0213 300 000", guide=CLERK,
        ),
        "03": c.Form03Content(
            **shared, ground="Không thuộc thẩm quyền giải quyết (tập huấn).",
            reason="Nơi cư trú của người yêu cầu ở ngoài tỉnh.", receiver=CLERK,
        ),
        "04": c.Form04Content(
            **shared, received_at=AT, due_at=DUE, new_due_at=datetime.fromisoformat("2026-12-04T16:30"),
            reason="Cơ quan phối hợp chưa trả lời ý kiến.", office="GIÁM ĐỐC", signer=HEAD_OF_BODY,
        ),
        "05": c.Form05Content(
            **shared, received_at=AT, ground="Đề nghị dừng giải quyết của người nộp ngày 20/11/2026.",
            papers_returned="01 bản chính giấy chứng sinh", office="GIÁM ĐỐC", signer=HEAD_OF_BODY,
        ),
        "06": c.Form06Content(
            **shared, decides="UBND xã Tập Huấn", joined="Công an xã Tập Huấn", hops=hops
        ),
    }  # fmt: skip


def register(count: int, *, day: date | None = None, practice: bool = True) -> RegisterContent:
    """Return a register of ``count`` dossiers in two counters' books; ``day`` None is the year's."""
    lines = tuple(
        TrackedDossier(
            book="02" if i % 3 else "01",
            number=1 + i,
            code=CODE if i % 2 else "T00.00-20261120-0000001",
            provisional=bool(i % 2),
            procedure=PROCEDURE,
            reviewed=i % 5 != 0,
            party=LONG if i % 7 == 3 else "SÙNG THỊ TẬP HUẤN",
            contact="Bản Thí Dụ, xã Tập Huấn\n0900 000 000",
            decides="UBND xã Tập Huấn",
            received_at=AT,
            due_at=None if i % 6 == 5 else DUE,
            returned_at=DUE if i % 2 else None,
            how="Tại quầy",
            signed="Đã ký" if i % 2 else "",
            note="gia hạn" if i % 9 == 4 else "",
        )
        for i in range(count)
    )
    return RegisterContent(
        head=HEAD, year=2026, lines=lines, as_of=DUE, maker=CLERK, office="GIÁM ĐỐC", signer=HEAD_OF_BODY,
        day=day, closed=day is None, marks=Marks(practice=practice),
    )  # fmt: skip


def try_out(template: Template) -> bytes:
    """Draw a template on practice content. Raises whatever the drawing raises."""
    if template.form == "07":
        return render_register(template, register(12))
    return render(template, contents()[template.form])
