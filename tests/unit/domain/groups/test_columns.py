"""Which column is what: head words of schools, content without them, words that only look alike."""

from __future__ import annotations

import pytest

from counter_app.domain.groups.columns import (
    ADDRESS,
    BIRTH,
    GIVEN,
    ID_NUMBER,
    LABEL,
    NAME,
    NONE,
    PHONE,
    find_head,
    role_of_head,
    roles_by_content,
    roles_by_head,
)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("HỌ VÀ TÊN", NAME), ("Họ, tên học sinh", NAME), ("ho ten", NAME), ("Họ đệm", NAME), ("Tên", GIVEN),
        ("Số CCCD", ID_NUMBER), ("Mã định danh", ID_NUMBER), ("CCCD/ĐDCN", ID_NUMBER),
        ("Số căn cước", ID_NUMBER),
        ("Ngày sinh", BIRTH), ("Ngày, tháng, năm sinh", BIRTH), ("Năm sinh", BIRTH), ("Lớp", LABEL),
        ("Địa chỉ", ADDRESS), ("Nơi thường trú", ADDRESS), ("SĐT", PHONE), ("Điện thoại", PHONE),
        ("STT", NONE), ("Tổng số", NONE), ("Nơi sinh", NONE), ("Giới tính", NONE), ("Dân tộc", NONE),
        ("Ghi chú", NONE),
    ],
)  # fmt: skip
def test_a_head_word_says_what_its_column_is(head, role) -> None:
    assert role_of_head(head) == role


def test_the_first_column_of_a_role_keeps_it() -> None:
    assert roles_by_head(("STT", "Họ tên", "Họ tên cha", "Lớp")) == (NONE, NAME, NONE, LABEL)


def test_a_given_name_alone_is_the_name() -> None:
    assert roles_by_head(("STT", "Tên", "Lớp")) == (NONE, NAME, LABEL)


def test_the_head_is_found_below_titles_and_a_line_of_a_person_is_none() -> None:
    rows = [
        ("TRƯỜNG TẬP HUẤN",),
        ("Danh sách lớp 6A",),
        ("STT", "Họ tên", "CCCD"),
        ("1", "Lò Anh", "012212000001"),
    ]
    assert find_head(rows) == 2
    assert find_head(rows[3:]) == -1


def test_content_tells_where_no_head_does() -> None:
    rows = [("1", "Lò Văn Anh", "6A", "15/09/2012", f"01221200000{n}", "0912 345 678") for n in range(5)]
    assert roles_by_content(rows) == (NONE, NAME, LABEL, BIRTH, ID_NUMBER, PHONE)


def test_a_column_of_mixed_things_is_nothing() -> None:
    assert roles_by_content([("Lò Văn Anh",), ("12",), ("x",)]) == (NONE,)
