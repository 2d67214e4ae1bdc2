"""Codes of the province's questions in words: what is asked, and what a person can do about it."""

from __future__ import annotations

from counter_app.services.ports.saying import say

WHAT = ("Tỉnh đã nhận và hỏi lại một chỗ", "The province took it in and asks about one place")
STAYS_TRUE = (
    "Hồ sơ vẫn có hiệu lực, hạn trả không đổi.",
    "The request stands, and the promised time does not change.",
)
STAYS_TRUE_NUMBER = (
    "Số đã cấp vẫn đứng trong sổ; bản sao đã giao vẫn có hiệu lực.",
    "The number stays in the register; copies handed over stay valid.",
)

WHY: dict[str, tuple[str, str]] = {
    "fee.differs": (
        "Phí đã thu khác biểu phí của ngày hôm đó.",
        "The fee taken differs from that day's table.",
    ),
    "lot.day": (
        "Ngày ghi trên xấp khác ngày của máy lúc cấp số.",
        "The day on the pile differs from the PC's day when it was numbered.",
    ),
    "line.year": (
        "Năm của số khác năm của sổ.",
        "The year of the number is not the year of the register.",
    ),
    "signatory.unknown": (
        "Tỉnh chưa biết người ký; tài khoản của người ký có thể chưa về tỉnh.",
        "The province does not know the signatory; his account may not have arrived.",
    ),
    "seal.missing": (
        "Việc này phải có chữ ký của người làm.",
        "This act wants the signature of whoever did it.",
    ),
    "seal.unknown": (
        "Tỉnh chưa biết người đã ký việc này.",
        "The province does not know who signed this.",
    ),
    "seal.bad": (
        "Chữ ký không phải của người ghi trên việc này.",
        "The signature is not of the person named on it.",
    ),
    "second.missing": (
        "Việc này phải có người thứ hai cùng chịu trách nhiệm.",
        "This act wants a second person who answers for it.",
    ),
    "second.unknown": (
        "Tỉnh chưa biết người thứ hai.",
        "The province does not know the second person.",
    ),
    "second.same-person": (
        "Một người không thể tự xác nhận việc của mình.",
        "Nobody can confirm his own act.",
    ),
    "second.not-signed": (
        "Chữ ký của người thứ hai không khớp.",
        "The second person's signature does not fit.",
    ),
    "delegation.missing": (
        "Người ký chưa có văn bản phân công, ủy quyền.",
        "The signatory has no act of delegation.",
    ),
    "delegation.ended": (
        "Văn bản phân công, ủy quyền đã hết hiệu lực vào ngày cấp số.",
        "The act of delegation had ended on the day of numbering.",
    ),
    "delegation.not-yet": (
        "Văn bản phân công, ủy quyền chưa có hiệu lực vào ngày cấp số.",
        "The act of delegation was not in force yet on the day of numbering.",
    ),
    "delegation.scope": (
        "Văn bản không giao ký loại việc này.",
        "The act does not give the signing of this kind.",
    ),
    "delegation.other-official": (
        "Văn bản giao cho người khác.",
        "The act names somebody else.",
    ),
    "delegation.redelegated": (
        "Người được ủy quyền không được ủy quyền lại.",
        "Who was delegated may not delegate again.",
    ),
    "account.recovered": (
        "Mật khẩu của lãnh đạo được hai người khác cho thay. Người đó xác nhận bằng văn bản.",
        "Two others had the head's password replaced. The head confirms it in writing.",
    ),
    "recovery.witness": (
        "Người làm chứng không có quyền làm chứng việc thay mật khẩu của lãnh đạo.",
        "A witness had no right to witness a head's new password.",
    ),
    "recovery.used": (
        "Văn bản của tỉnh chỉ dùng một lần; mật khẩu này không được tính. Xin tỉnh văn bản khác.",
        "The province's act serves once; this password does not count. Ask the province for another act.",
    ),
    "founding.again": (
        "Đơn vị đã có người giao quyền, mà cán bộ này được ghi không có ai đứng tên. Lãnh đạo xem lại.",
        "The unit has somebody who gives rights, and nobody recorded this official. The head looks at it.",
    ),
    "arrival.foreign": (
        "Dòng sổ cũ này không thuộc tệp nào đã có hai người cho nhập.",
        "This line of the old book is of no file that two persons let in.",
    ),
    "arrival.row-twice": (
        "Một dòng của sổ cũ được ghi hai lần.",
        "One line of the old book was written twice.",
    ),
    "role.not-active": (
        "Tài khoản của người làm đã hết hiệu lực.",
        "The account of whoever did it has lapsed.",
    ),
    "role.not-allowed": (
        "Vai trò của người làm không có quyền này.",
        "The roles of whoever did it do not allow this.",
    ),
    "role.needs-act": (
        "Quyền này cần văn bản giao.",
        "This right wants a written act.",
    ),
    "number.double": (
        "Một số đứng ở hai dòng.",
        "One number stands on two lines.",
    ),
    "number.gap": (
        "Số không nối tiếp số trước.",
        "The number does not follow the one before.",
    ),
    "number.unexpected": (
        "Dòng này không thuộc xấp nào.",
        "This line belongs to no pile.",
    ),
    "number.beyond-recovery": (
        "Số vượt phần dành cho máy đã mất.",
        "The number is beyond what was left to the lost PC.",
    ),
    "number.voided-but-written": (
        "Số đã hủy bằng biên bản nhưng có dòng trong nhật ký.",
        "The number was voided with minutes, yet a line stands in the journal.",
    ),
    "pen.late-term": (
        "Cấp số sau khi quyền cấp số đã chuyển đi.",
        "Numbered after the pen had gone elsewhere.",
    ),
    "pen.not-holder": (
        "Máy cấp số không giữ quyền cấp số.",
        "The PC that numbered did not hold the pen.",
    ),
    "pen.term-taken": (
        "Hai nơi cùng nhận một lượt quyền cấp số.",
        "Two places took one term of the pen.",
    ),
    "pen.two-terms": (
        "Quyền cấp số vừa được chuyển vừa được khôi phục.",
        "The pen was both passed on and recovered.",
    ),
    "register.closed": (
        "Sổ đã khóa.",
        "The register is closed.",
    ),
    "dossier.ended": (
        "Hồ sơ đã kết thúc trước việc này. Mở hồ sơ, V: xử lý việc trùng.",
        "The dossier had ended before. Open it, V settles the clash.",
    ),
    "dossier.accepted-twice": (
        "Hai quầy cùng tiếp nhận một hồ sơ; lần trước được tính. Mở hồ sơ, V: xử lý việc trùng.",
        "Two counters accepted one dossier; the first counts. Open it, V settles the clash.",
    ),
    "dossier.result-twice": (
        "Hai kết quả cho một hồ sơ; kết quả ghi trước được tính. Mở hồ sơ, V: xử lý việc trùng.",
        "Two results for one dossier; the first counts. Open it, V settles the clash.",
    ),
    "dossier.returned-twice": (
        "Hai quầy cùng ghi đã trả kết quả. Mở hồ sơ, V: xử lý việc trùng.",
        "Two counters noted the return. Open it, V settles the clash.",
    ),
    "paper.returned-twice": (
        "Hai máy cùng nhận lại một tập tờ sổ giấy. Mở Quyền cấp số để xem lần nào được tính.",
        "Two PCs took the same paper sheets back. Open the pen's page to see which one counts.",
    ),
    "dossier.extended-twice": (
        "Hồ sơ được hẹn lại hai lần; lần trước được tính. Mở hồ sơ, V: xử lý việc trùng.",
        "Two new dates for one dossier; the first counts. Open it, V settles the clash.",
    ),
    "dossier.not-waiting": (
        "Giấy tờ bổ sung nhận ở hai nơi. Mở hồ sơ, V: xử lý việc trùng.",
        "Papers were taken in at two places. Open it, V settles the clash.",
    ),
    "dossier.not-running": (
        "Việc này ghi khi hồ sơ đang chờ dân, nên không tính. Mở hồ sơ, V: xử lý việc trùng.",
        "It waited for the citizen meanwhile, so this does not count. Open it, V settles the clash.",
    ),
}
"""Why, by code, in Vietnamese and English; unknown codes get ``unknown``."""

FIELDS: dict[str, tuple[str, str]] = {
    "fee": ("Phí (đồng)", "Fee (đồng)"),
    "day": ("Ngày", "Day"),
    "year": ("Năm", "Year"),
    "signatory": ("Người ký", "Signatory"),
    "second": ("Người thứ hai", "Second person"),
    "name": ("Họ tên", "Name"),
    "address": ("Địa chỉ", "Address"),
    "phone": ("Điện thoại", "Phone"),
    "id_number": ("Số giấy tờ", "Document number"),
    "birth": (
        "Ngày sinh",
        "Date of birth",
    ),
}


def why(code: str) -> str:
    """Plain words for a code of the province."""
    unknown = (
        f"Tỉnh hỏi với mã {code}, chưa có hướng dẫn. Ctrl+H để hỏi.",
        f"The province asks with code {code}; there is no guidance yet. Ctrl+H to ask.",
    )
    return say(*WHY.get(code, unknown))


def field_label(field: str) -> str:
    """What a field of an entry is called on screens; its last part names it."""
    return say(*FIELDS.get(field.rsplit(".", 1)[-1], (field, field)))
