# ruff: noqa: E501 - a sentence of the portal stays on one line
"""Short titles of papers: the paper stays, its cases and provisos go; the whole sentence is kept elsewhere."""

from __future__ import annotations

import pytest

from counter_app.domain.catalogue import parse_catalogue
from counter_app.domain.catalogue.paper_title import MOST, paper_title
from resources import load


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Đơn đề nghị", "Đơn đề nghị"),
        (
            "Trường hợp trẻ em bị bỏ rơi thì phải có biên bản về việc trẻ bị bỏ rơi do cơ quan có thẩm quyền lập",
            "Biên bản về việc trẻ bị bỏ rơi",
        ),
        (
            "Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản của người làm chứng",
            "Giấy chứng sinh",
        ),
        (
            "Tờ khai đăng ký khai sinh theo mẫu (nếu người có yêu cầu lựa chọn)",
            "Tờ khai đăng ký khai sinh theo mẫu",
        ),
        ("Giấy đề nghị theo Mẫu số 01 tại Phụ lục", "Giấy đề nghị"),
        ("  -  dự thảo   giao dịch ", "Dự thảo giao dịch"),
    ],
)
def test_what_stays(sentence: str, title: str) -> None:
    """Cases worked by hand from sentences of the portal."""
    assert paper_title(sentence) == title


def test_a_sentence_that_only_looks_like_a_case_is_kept() -> None:
    """Nothing sensible after the cut: the sentence stays."""
    assert paper_title("Trường hợp khác thì nộp").startswith("Trường hợp khác")


def test_every_paper_of_the_catalogue_has_a_title() -> None:
    """Never empty, never longer than a line, a capital first, and begun in the portal's own words."""
    for procedure in parse_catalogue(load.procedures()).procedures:
        for paper in procedure.papers:
            assert 3 <= len(paper.title) <= MOST + 2, paper.whole_text
            assert not paper.title[0].islower()
            assert paper.title.rstrip(" …")[1:] in " ".join(paper.whole_text.split())
