"""Forms 01-06 as papers: every field of the law's table is there, codes are read back, nothing is cut."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from counter_app.printing.forms.one_stop import content as c
from counter_app.printing.layout import PRACTICE_MARK
from counter_app.printing.model import Letterhead, Marks
from counter_app.printing.preview import page_count, page_image
from tests.unit.printing.one_stop.practice_papers import (
    ALL,
    CAPITALS,
    CODE,
    GROUPED,
    HEAD,
    LAST_OLD,
    OFFICIAL,
    a_hop,
    form_01,
    form_02,
    form_03,
    form_04,
    form_05,
    form_06,
    missing,
    pdf_of,
    places,
)
from tests.unit.printing.seeing import (
    codes_in,
    ink,
    page_size_mm,
    poor_scan,
    squeezed,
    text_of,
    white_margins_mm,
)

HEADING = (
    "UBND XÃ TẬP HUẤN",
    "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Tập Huấn, ngày 20 tháng 11 năm 2026",
)

LAW_01 = (
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Bộ phận tiếp nhận và trả kết quả: Quầy số 02",
    "Tiếp nhận hồ sơ của: SÙNG THỊ TẬP HUẤN",
    "Số CMND/Thẻ căn cước/Hộ chiếu: 000000000017",
    "Địa chỉ: Bản Thí Dụ, xã Tập Huấn",
    "Số điện thoại: 0900 000 017",
    "Email: hoc-vien@example.invalid",
    "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
    "1. Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ",
    "2. Số lượng hồ sơ: 01 (bộ)",
    "3. Thời gian giải quyết hồ sơ theo quy định là: 05 ngày làm việc",
    "4. Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026",
    "5. Thời gian dự kiến trả kết quả: 16 giờ 30 phút, ngày 27 tháng 11 năm 2026",
    "6. Đăng ký nhận kết quả tại: Quầy trả kết quả số 03",
    "7. Phí, lệ phí (nếu có): Lệ phí hộ tịch: 8.000 đ",
    "Vào Sổ theo dõi hồ sơ, Quyển số: 02 Số thứ tự: 07",
    "NGƯỜI NỘP HỒ SƠ",
)
"""The fields of form 01 in the order of the law's table, with the practice dossier's values."""

LAW: dict[str, tuple[str, ...]] = {
    "01": (
        *LAW_01,
        *("STT", "Tên giấy tờ", "Loại giấy tờ", "Bản chính", "Bản chứng thực", "Bản photo", "Số lượng"),
        *("NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký và ghi rõ họ tên)", "LÒ THỊ TẬP HUẤN"),
        *("Liên 1: Lưu", "Liên 2: Giao người nộp", "Số: 07/TNHS"),
    ),
    "02": (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Hồ sơ của: SÙNG THỊ TẬP HUẤN",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Địa chỉ: Bản Thí Dụ, xã Tập Huấn",
        "Số điện thoại: 0900 000 017",
        "Email: hoc-vien@example.invalid",
        *("TT", "Thành phần hồ sơ", "Bản chính", "Bản chứng thực", "Bản photo"),
        "bản nộp bị rách, mất số",
        "Lý do: Thiếu giấy chứng sinh theo quy định.",
        "LÒ THỊ TẬP HUẤN, số điện thoại 0213 000 002",
        *("NGƯỜI HƯỚNG DẪN", "VÀNG A TẬP HUẤN", "Số: 07/HDHS"),
    ),
    "03": (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        "Tiếp nhận hồ sơ của: SÙNG THỊ TẬP HUẤN",
        "Địa chỉ: Bản Thí Dụ, xã Tập Huấn",
        "Số điện thoại: 0900 000 017",
        "Email: hoc-vien@example.invalid",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
        "Không thuộc thẩm quyền giải quyết.",
        "Thủ tục thuộc cơ quan cấp tỉnh khác.",
        *("NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"),
    ),
    "04": (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Kính gửi: SÙNG THỊ TẬP HUẤN",
        *("Địa chỉ: Bản Thí Dụ", "Số điện thoại: 0900 000 017"),
        "tiếp nhận ngày 20 tháng 11 năm 2026",
        "Thời gian hẹn trả kết quả: 16 giờ 30 phút, ngày 27 tháng 11 năm 2026",
        "xin lỗi ông (bà)",
        "Lý do chậm: Chờ ý kiến cơ quan phối hợp.",
        "gia hạn thời gian giải quyết đến: 10 giờ 00 phút, ngày 04 tháng 12 năm 2026",
        *("GIÁM ĐỐC", "(Ký, đóng dấu, ghi rõ họ tên)", "TRẦN VĂN TẬP HUẤN", "Số: 07/PXL"),
    ),
    "05": (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "Kính gửi: SÙNG THỊ TẬP HUẤN",
        "tiếp nhận ngày 20 tháng 11 năm 2026",
        "lý do dừng: Đơn đề nghị dừng của người nộp.",
        "Giấy tờ trả lại: 01 giấy chứng sinh bản chính",
        *("GIÁM ĐỐC", "(Ký, đóng dấu, ghi rõ họ tên)", "TRẦN VĂN TẬP HUẤN"),
    ),
    "06": (
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Cơ quan giải quyết hồ sơ: UBND xã Tập Huấn",
        "Cơ quan phối hợp giải quyết hồ sơ: Công an xã Tập Huấn",
        *("TÊN CƠ QUAN", "THỜI GIAN GIAO, NHẬN HỒ SƠ", "KẾT QUẢ GIẢI QUYẾT HỒ SƠ", "GHI CHÚ"),
        *("Trước hạn", "Đúng hạn", "Quá hạn"),
        "1. Giao: 08 giờ 05 phút, ngày 20 tháng 11 năm 2026",
        "Người giao: LÒ THỊ TẬP HUẤN",
        "2. Nhận: 09 giờ 40 phút, ngày 20 tháng 11 năm 2026",
        "Người nhận: GIÀNG A TẬP HUẤN",
        "đủ giấy tờ",
    ),
}


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    """Each form about the ordinary dossier."""
    return {form: pdf_of(form, make()) for form, make in ALL.items()}


@pytest.mark.parametrize("form", sorted(LAW))
def test_every_field_of_the_laws_table_is_on_its_form(papers: dict[str, bytes], form: str) -> None:
    assert missing(papers[form], *HEADING, *LAW[form], f"Mã hồ sơ: {GROUPED} (mã tạm)") == []


def test_the_fields_of_form_01_stand_in_the_laws_order(papers: dict[str, bytes]) -> None:
    found = places(papers["01"], *LAW_01)
    assert found == sorted(found)
    assert found[0] >= 0


@pytest.mark.parametrize("form", sorted(ALL))
def test_papers_are_a5_small_and_whole(papers: dict[str, bytes], form: str) -> None:
    assert page_size_mm(papers[form]) == (148.0, 210.0)
    assert len(papers[form]) <= 65_000
    for page in range(page_count(papers[form])):
        assert min(white_margins_mm(papers[form], page)) > 2.5


def test_an_ordinary_receipt_is_two_copies_of_one_page_each(papers: dict[str, bytes]) -> None:
    assert page_count(papers["01"]) == 2
    assert missing(papers["01"], "Liên 1: Lưu", page=0) == []
    assert missing(papers["01"], "Liên 2: Giao người nộp", page=1) == []
    assert "Trang" not in text_of(papers["01"])
    first, second = (text_of(papers["01"], page).replace("Liên 1: Lưu", "") for page in (0, 1))
    assert squeezed(first) == squeezed(second).replace("Liên2:Giaongườinộp", "")


@pytest.mark.parametrize("form", sorted(set(ALL) - {"01"}))
def test_other_forms_are_one_page(papers: dict[str, bytes], form: str) -> None:
    assert page_count(papers[form]) == 1


@pytest.mark.parametrize("form", sorted(ALL))
def test_the_bars_are_read_after_a_poor_scan_at_200_dpi(papers: dict[str, bytes], form: str) -> None:
    for page in range(page_count(papers[form])):
        assert codes_in(poor_scan(papers[form], page)) == [("Code128", CODE)]


def test_the_official_code_stands_on_reprints_when_it_has_come() -> None:
    pdf = pdf_of("01", form_01(official_code=OFFICIAL, marks=Marks(copy_number=2)))
    assert missing(pdf, f"Mã hồ sơ: {OFFICIAL}", f"Mã của quầy: {GROUPED} (mã tạm)", "(Bản in lần 2)") == []
    assert codes_in(poor_scan(pdf)) == [("Code128", CODE)]
    assert OFFICIAL not in text_of(pdf_of("01", form_01()))


@pytest.mark.parametrize("form", sorted(ALL))
def test_the_counters_code_is_never_shown_without_its_mark(form: str) -> None:
    text = squeezed(text_of(pdf_of(form, ALL[form]())))
    assert text.count(CODE) == text.count(f"{CODE}(mãtạm)") > 0


def test_a_dossier_without_a_code_of_the_counter_has_no_bars() -> None:
    pdf = pdf_of("03", form_03(code="", official_code=OFFICIAL))
    assert codes_in(page_image(pdf, 0, 200)) == []
    assert missing(pdf, f"Mã hồ sơ: {OFFICIAL}") == []
    assert "mã tạm" not in text_of(pdf)


def test_the_longest_official_code_wraps_and_is_whole() -> None:
    code = "T00.00.00.H99-" + "20261120" * 4 + "-999"
    assert len(code) == 50
    pdf = pdf_of("01", form_01(official_code=code))
    assert missing(pdf, code) == []
    assert codes_in(page_image(pdf, 0, 200)) == [("Code128", CODE)]


def test_an_unknown_rate_is_words_and_never_nought() -> None:
    fees = (c.FeeLine(label="Lệ phí tập huấn", amount=None),)
    text = text_of(pdf_of("01", form_01(fees=fees)))
    assert "Lệ phí tập huấn: chưa có mức" in text
    assert "0 đ" not in text
    assert "Còn phải nộp" not in text


def test_an_unknown_limit_and_date_are_words() -> None:
    pdf = pdf_of("01", form_01(limit="", due_at=None))
    assert (
        missing(pdf, "theo quy định là: chưa có", "trả kết quả: chưa có (chưa có thời hạn giải quyết)") == []
    )


def test_an_exemption_carries_its_reason_and_its_word_of_the_law() -> None:
    fees = (
        c.FeeLine(label="Lệ phí hộ tịch", amount=8_000, exemption="hộ nghèo"),
        c.FeeLine(label="Phí chứng thực", amount=2_000, kind="phi", exemption="trẻ em"),
    )
    pdf = pdf_of("01", form_01(fees=fees))
    assert missing(pdf, "Miễn lệ phí (hộ nghèo)", "Phí chứng thực: Miễn phí (trẻ em)") == []
    assert "8.000" not in text_of(pdf)


def test_a_procedure_without_fees_says_so() -> None:
    assert missing(pdf_of("01", form_01(fees=())), "7. Phí, lệ phí (nếu có): Không") == []


def test_paid_and_owed_stand_when_there_is_something_to_say() -> None:
    pdf = pdf_of("01", form_01(paid=5_000))
    assert missing(pdf, "Đã nộp: 5.000 đ", "Còn phải nộp: 3.000 đ") == []
    settled = text_of(pdf_of("01", form_01(paid=8_000)))
    assert "Đã nộp: 8.000 đ" in settled
    assert "Còn phải nộp" not in settled


def test_an_exempt_fee_is_not_owed() -> None:
    fees = (c.FeeLine(label="Lệ phí", amount=8_000, exemption="hộ nghèo"),)
    assert form_01(fees=fees).owed == 0


@pytest.mark.parametrize("form", sorted(ALL))
def test_a_procedure_nobody_reviewed_is_marked(form: str) -> None:
    assert missing(pdf_of(form, ALL[form](reviewed=False)), "Đăng ký khai sinh (thủ tục chưa rà soát)") == []
    assert "chưa rà soát" not in text_of(pdf_of(form, ALL[form]()))


def test_who_cannot_sign_gives_a_fingerprint_before_a_witness_and_an_interpreter() -> None:
    beside = (
        c.Beside(role=c.WITNESS, name="GIÀNG A TẬP HUẤN", identity="000000000018"),
        c.Beside(role=c.INTERPRETER, name="VÀNG THỊ TẬP HUẤN", detail="Mông"),
        c.Beside(role="representative", name="SÙNG A TẬP HUẤN", detail="giấy ủy quyền số 5"),
    )
    pdf = pdf_of("01", form_01(beside=beside, cannot_sign=c.FINGERPRINT, read_aloud=True))
    wanted = (
        "(Điểm chỉ)",
        "Người làm chứng: GIÀNG A TẬP HUẤN, số giấy tờ 000000000018",
        "Người phiên dịch (tiếng Mông): VÀNG THỊ TẬP HUẤN",
        "Người đại diện, được ủy quyền: SÙNG A TẬP HUẤN, giấy ủy quyền số 5",
        "NGƯỜI LÀM CHỨNG",
        "NGƯỜI PHIÊN DỊCH (TIẾNG MÔNG)",
        "Đã đọc lại cho người yêu cầu nghe.",
    )
    assert missing(pdf, *wanted) == []
    plain = text_of(pdf_of("01", form_01()))
    assert "Điểm chỉ" not in plain
    assert "NGƯỜI LÀM CHỨNG" not in plain
    assert "đọc lại" not in plain


def test_witness_and_interpreter_sign_in_the_same_row_where_that_saves_a_page() -> None:
    beside = (
        c.Beside(role=c.WITNESS, name="GIÀNG A TẬP HUẤN"),
        c.Beside(role=c.INTERPRETER, name="VÀNG THỊ TẬP HUẤN", detail="Mông"),
    )
    papers = tuple(c.PaperLine(name=f"Giấy tờ {i}") for i in range(4))
    pdf = pdf_of("01", form_01(beside=beside, cannot_sign=c.FINGERPRINT, read_aloud=True, papers=papers))
    assert page_count(pdf) == 2
    assert missing(pdf, "NGƯỜI PHIÊN DỊCH (TIẾNG MÔNG)", "NGƯỜI LÀM CHỨNG", page=0) == []
    assert min(white_margins_mm(pdf)) > 2.5


def test_who_can_neither_sign_nor_give_a_fingerprint_has_its_own_words() -> None:
    pdf = pdf_of("03", form_03(cannot_sign="neither"))
    assert missing(pdf, "(Không ký được)") == []
    assert "Điểm chỉ" not in text_of(pdf)


def test_the_receiver_signs_as_ever_when_the_requester_cannot() -> None:
    text = text_of(pdf_of("01", form_01(cannot_sign=c.FINGERPRINT)), 0)
    assert text.count("(Ký và ghi rõ họ tên)") == 1
    assert text.count("(Điểm chỉ)") == 1


@pytest.mark.parametrize("form", sorted(ALL))
def test_practice_papers_are_marked_on_every_page(form: str) -> None:
    pdf = pdf_of(form, ALL[form](marks=Marks(practice=True)))
    for page in range(page_count(pdf)):
        assert text_of(pdf, page).count(PRACTICE_MARK) == 2
    assert PRACTICE_MARK not in text_of(pdf_of(form, ALL[form]()))


def test_forty_papers_go_on_to_the_next_page_under_the_same_heads() -> None:
    papers = tuple(
        c.PaperLine(name=f"Giấy tờ tập huấn thứ {i}", made_as=c.PHOTO, count=i) for i in range(1, 41)
    )
    pdf = pdf_of("01", form_01(papers=papers))
    pages = page_count(pdf) // 2
    assert pages >= 2
    assert len(pdf) <= 65_000
    assert missing(pdf, *(f"Giấy tờ tập huấn thứ {i}" for i in range(1, 41))) == []
    for page in range(pages):
        assert missing(pdf, f"Trang {page + 1}/{pages}", page=page) == []
        assert missing(pdf, f"Trang {page + 1}/{pages}", page=pages + page) == []
    assert (
        missing(
            pdf,
            "Tên giấy tờ",
            "Loại giấy tờ",
            "Số lượng",
            f"Mẫu số 01 - {GROUPED} (mã tạm) (tiếp theo)",
            page=1,
        )
        == []
    )
    assert missing(pdf, "Liên 2: Giao người nộp", "Trang 1/", page=pages) == []


def test_names_keep_every_mark_and_markup_stays_text() -> None:
    name = f"{CAPITALS} <b>HỢP TÁC XÃ</b> & =SUM(A1) {{number}} " + "BẢN THÍ DỤ " * 12
    for form, make in ALL.items():
        paper = make(party=c.PartyLines(name=name.strip()))
        assert missing(pdf_of(form, paper), name) == [], form


def test_a_word_without_spaces_is_broken_and_whole() -> None:
    name = "Ẩ" * 140
    pdf = pdf_of("01", form_01(party=c.PartyLines(name=name)))
    assert missing(pdf, name) == []
    assert min(white_margins_mm(pdf)) > 2.5


def test_empty_particulars_leave_no_empty_labels() -> None:
    text = text_of(pdf_of("01", form_01(party=c.PartyLines(name="LẺ"))))
    assert "Email" not in text
    assert "Số điện thoại" not in text
    assert "Ghi chú" not in text
    assert "Cơ quan giải quyết" not in text


def test_a_routed_dossier_says_who_decides() -> None:
    pdf = pdf_of("01", form_01(decides="UBND xã Thí Dụ", note="tính từ khi chuyển hồ sơ"))
    assert missing(pdf, "Cơ quan giải quyết: UBND xã Thí Dụ", "Ghi chú: tính từ khi chuyển hồ sơ") == []


def test_each_kind_of_paper_is_ticked_in_its_column() -> None:
    kinds = (c.ORIGINAL, c.CERTIFIED, c.PHOTO, c.ELECTRONIC)
    ticks = {}
    for kind in kinds:
        papers = (
            c.PaperLine(name="Giấy", made_as=kind, note="xuất trình khi nhận" if kind == c.PHOTO else ""),
        )
        text = text_of(pdf_of("01", form_01(papers=papers)), 0)
        ticks[kind] = text.split("2. Số lượng hồ sơ")[0].count(" x ")
        assert ("(bản điện tử)" in text) is (kind == c.ELECTRONIC)
        assert ("(xuất trình khi nhận)" in text) is (kind == c.PHOTO)
    assert ticks == {c.ORIGINAL: 1, c.CERTIFIED: 1, c.PHOTO: 1, c.ELECTRONIC: 0}


def test_a_long_list_of_what_is_missing_keeps_its_reasons() -> None:
    papers = tuple(c.PaperLine(name=f"Giấy tờ {i}", note=f"sai ở mục {i}") for i in range(1, 31))
    pdf = pdf_of("02", form_02(papers=papers, reason="Lý do rất dài. " * 60))
    assert page_count(pdf) >= 2
    assert missing(pdf, *(f"Giấy tờ {i} sai ở mục {i}" for i in range(1, 31)), "Lý do rất dài. " * 60) == []
    assert missing(pdf, "NGƯỜI HƯỚNG DẪN", page=page_count(pdf) - 1) == []


def test_a_refusal_longer_than_a_page_is_not_cut() -> None:
    reason = " ".join(f"câu thứ {i} của lý do từ chối." for i in range(160))
    pdf = pdf_of("03", form_03(reason=reason))
    assert page_count(pdf) >= 2
    assert missing(pdf, "câu thứ 0 của", "câu thứ 80 của", "câu thứ 159 của lý do từ chối.") == []
    for page in range(page_count(pdf)):
        assert min(white_margins_mm(pdf, page)) > 2.5


@pytest.mark.parametrize("lines", range(12, 30, 2))
def test_the_last_sentence_stays_with_the_places_to_sign(lines: int) -> None:
    reason = " ".join(f"câu {i}" for i in range(lines)) + " và" * 20 * lines
    pdf = pdf_of("03", form_03(reason=reason))
    last = page_count(pdf) - 1
    assert missing(pdf, "Xin thông báo để ông (bà)", "NGƯỜI NỘP HỒ SƠ", "LÒ THỊ TẬP HUẤN", page=last) == []
    assert last == 0 or "NGƯỜI NỘP HỒ SƠ" not in text_of(pdf, last - 1)


def test_the_apology_and_the_stop_are_for_the_head_to_sign_and_seal() -> None:
    for form, paper in (("04", form_04()), ("05", form_05())):
        text = text_of(pdf_of(form, paper))
        assert "(Ký, đóng dấu, ghi rõ họ tên)" in text
        assert "NGƯỜI NỘP HỒ SƠ" not in text


def test_a_deputy_signs_under_two_lines_and_the_letter_stays_one_page() -> None:
    offices = ("GIÁM ĐỐC", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
    plain, under = (pdf_of("04", form_04(office=office)) for office in offices)
    text = text_of(under)
    assert text.index("KT. GIÁM ĐỐC") < text.index("PHÓ GIÁM ĐỐC")
    assert (page_count(plain), page_count(under)) == (1, 1)


def test_a_stop_that_returns_nothing_says_so() -> None:
    assert missing(pdf_of("05", form_05(papers_returned="")), "Giấy tờ trả lại: Không có") == []


def test_a_hand_over_not_yet_taken_has_the_dotted_line_of_the_form() -> None:
    pdf = pdf_of("06", form_06(hops=(a_hop(taken_at=None, taken_by="", result=""),)))
    assert missing(pdf, "2. Nhận: … giờ … phút, ngày … tháng … năm ……") == []


@pytest.mark.parametrize(("result", "column"), [("early", 0), ("on_time", 1), ("late", 2), ("", None)])
def test_trước_đúng_quá_hạn_are_ticked_in_their_columns(result: str, column: int | None) -> None:
    import pypdfium2

    pdf = pdf_of("06", form_06(hops=(a_hop(result=result, body="Bộ phận", note=""),)))
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(i) for i in range(text.count_chars()) if text.get_text_range(i, 1) == "x"]
        heads = []
        for words in ("Trước", "Đúng", "Quá"):
            found = text.search(words, match_case=True)
            at: tuple[int, int] | None = None
            while (hit := found.get_next()) is not None:
                at = hit
            assert at is not None
            heads.append(text.get_charbox(at[0])[0])
    middle = [head + 8 for head in heads]
    ticks = [min(range(3), key=lambda i: abs(middle[i] - box[0])) for box in boxes if box[0] > middle[0] - 20]
    assert ticks == ([] if column is None else [column])


def test_a_long_way_takes_as_many_control_pages_as_it_needs() -> None:
    hops = tuple(
        a_hop(
            body=f"Bộ phận {i}", handed_at=datetime.fromisoformat(f"2026-11-20T08:{i:02d}"), note=f"lượt {i}"
        )
        for i in range(23)
    )
    pdf = pdf_of("06", form_06(hops=hops))
    pages = page_count(pdf)
    assert pages >= 5
    for page in range(pages):
        wanted = ("TÊN CƠ QUAN", "Quá hạn", f"Trang {page + 1}/{pages}")
        assert missing(pdf, *wanted, page=page) == []
    found = places(pdf, *(f"1. Giao: 08 giờ {i:02d} phút" for i in range(23)))
    assert found == sorted(found)
    assert found[0] >= 0
    assert len(pdf) <= 65_000


def test_a_control_slip_without_a_hand_over_has_its_heads() -> None:
    assert (
        missing(pdf_of("06", form_06(hops=(), joined="")), "TÊN CƠ QUAN", "giải quyết hồ sơ: Không có") == []
    )


def test_two_a5_pages_lie_on_one_a4_sheet_when_the_printer_has_no_a5() -> None:
    pdf = pdf_of("01", form_01(), half=True)
    assert page_count(pdf) == 1
    assert page_size_mm(pdf) == (297.0, 210.0)
    assert missing(pdf, "Liên 1: Lưu", "Liên 2: Giao người nộp") == []
    found = codes_in(page_image(pdf, 0, 200))
    assert found == [("Code128", CODE)] * 2
    picture = page_image(pdf, 0, 100)
    width, height = picture.size
    left, right = (
        picture.crop((0, 0, width // 2 - 4, height)),
        picture.crop((width // 2 + 4, 0, width, height)),
    )
    assert abs(ink(left) - ink(right)) < 0.05 * ink(left)


def test_the_third_half_goes_to_a_second_sheet() -> None:
    papers = tuple(c.PaperLine(name=f"Giấy tờ tập huấn thứ {i}") for i in range(30))
    pdf = pdf_of("02", form_02(papers=papers * 2), half=True)
    assert page_count(pdf) == 2
    assert missing(pdf, "Trang 3/3", page=1) == []


def test_halves_are_for_a5_only() -> None:
    from counter_app.printing.forms.one_stop import books, drawing

    template = replace(books.load().in_force("03", form_03().issued_at.date()), size="A4")
    pdf = drawing.render(template, form_03(), half=True)
    assert page_size_mm(pdf) == (210.0, 297.0)


def test_a_head_without_superior_or_place_leaves_no_gap_in_words() -> None:
    head = Letterhead(superior="", unit=HEAD.unit, place="")
    assert missing(pdf_of("03", form_03(head=head)), "Ngày 20 tháng 11 năm 2026", HEAD.unit) == []


def test_the_same_paper_is_the_same_file() -> None:
    assert pdf_of("01", form_01()) == pdf_of("01", form_01())


def test_a_dossier_of_before_keeps_the_old_apology() -> None:
    pdf = pdf_of("04", form_04(), LAST_OLD)
    assert (
        missing(pdf, "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ", "Hẹn lại ngày trả kết quả: 10 giờ 00 phút")
        == []
    )
    assert "GIA HẠN" not in text_of(pdf)


def test_residence_has_its_own_papers() -> None:
    receipt = pdf_of("01", form_01(), form_set="residence")
    refusal = pdf_of("03", form_03(), form_set="residence")
    assert (
        missing(receipt, "Mẫu CT04", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Cơ quan đăng ký cư trú")
        == []
    )
    assert missing(pdf_of("02", form_02(), form_set="residence"), "Mẫu CT05", "NGƯỜI HƯỚNG DẪN") == []
    assert missing(refusal, "Mẫu CT06", "TỪ CHỐI TIẾP NHẬN") == []
    assert "TT 03/2025" not in text_of(receipt)
