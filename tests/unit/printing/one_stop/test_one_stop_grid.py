"""Tables of the forms: nothing of a cell is lost, rows fit their pages, heads stand in two levels."""

from __future__ import annotations

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.printing import blocks, fonts
from counter_app.printing.formats import clean
from counter_app.printing.forms.one_stop.grid import SECTION, Grid
from counter_app.printing.forms.one_stop.template import Column, Table
from counter_app.printing.layout import A5, MM, Sheet
from counter_app.printing.preview import page_image
from tests.unit.printing.seeing import ink, squeezed, text_of

FRAME = blocks.Frame(11, 137, 11, 199)


def a_grid(*columns: Column, size: float = 9.0, room: float = 0.0) -> Grid:
    """A table of the frame."""
    chosen = columns or (
        Column(field="a", label="Đầu cột một", share=1),
        Column(field="b", label="Hai", share=2, align="centre", under="Nhóm"),
        Column(field="c", label="Ba", share=1, align="right", under="Nhóm"),
    )
    return Grid(FRAME, Table(rows="x", columns=chosen, size=size, room=room))


def a_line(a: str = "", b: str = "", c: str = "") -> dict[str, str]:
    """A line of the three columns."""
    return {"a": a, "b": b, "c": c}


words = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=120).map(
    lambda text: " ".join(text.split())
)


@settings(deadline=None, max_examples=60)
@given(words, words, st.integers(10, 80))
def test_nothing_of_a_cell_is_lost_however_it_is_parted(first: str, second: str, highest: int) -> None:
    rows = a_grid().rows([a_line(first, f"{second}\n{first}")], highest)
    for column, text in ((0, first), (1, second + first)):
        seen = "".join("".join(row.cells[column]) for row in rows)
        assert squeezed(seen) == squeezed("".join(clean(part) for part in text.split("\n")))


@settings(deadline=None, max_examples=60)
@given(words, st.integers(10, 60))
def test_no_row_is_higher_than_its_page_and_no_line_wider_than_its_column(text: str, highest: int) -> None:
    grid = a_grid()
    measure = fonts.widths(fonts.SERIF).of
    for row in grid.rows([a_line(text * 3, text, text)], highest):
        assert row.height <= highest
        for index, cell in enumerate(row.cells):
            width = grid.edges[index + 1] - grid.edges[index]
            for line in cell:
                assert measure(line, grid.size) <= width * MM or len(line) == 1


def test_lines_keep_room_for_ink() -> None:
    assert a_grid(room=24).rows([a_line("x")], 100)[0].height == 24


def test_an_empty_line_is_still_a_line() -> None:
    assert len(a_grid().rows([a_line()], 100)) == 1


def test_empty_paragraphs_leave_room() -> None:
    grid = a_grid()
    with_gap, without = grid.rows([a_line("a\n\nb"), a_line("a\nb")], 100)
    assert with_gap.height > without.height


def test_heads_share_one_above_and_others_take_both_levels() -> None:
    grid = a_grid()
    spans = {" ".join(lines): (first, last, upper) for first, last, upper, lines in grid.heads}
    assert spans["Nhóm"] == (1, 2, True)
    assert spans["Hai"] == (1, 1, False)
    assert spans["Đầu cột một"] == (0, 0, True)


def test_equal_names_apart_are_two_heads() -> None:
    grid = a_grid(
        Column(field="a", label="1", share=1, under="N"),
        Column(field="b", label="2", share=1),
        Column(field="c", label="3", share=1, under="N"),
    )
    assert [(first, last) for first, last, _, lines in grid.heads if lines == ["N"]] == [(0, 0), (2, 2)]


def test_a_high_single_head_makes_room_for_itself() -> None:
    grid = a_grid(
        Column(field="a", label="một đầu cột rất dài " * 9, share=1),
        Column(field="b", label="Hai", share=2, under="Nhóm"),
    )
    lines = next(lines for first, _, _, lines in grid.heads if first == 0)
    assert len(lines) > 4
    assert grid.head_height >= len(lines) * grid.step
    assert grid.head_height > 2 * a_grid().head_height


def test_columns_share_the_whole_width() -> None:
    edges = a_grid().edges
    assert (edges[0], round(edges[-1], 6)) == (FRAME.left, FRAME.right)
    assert round((edges[2] - edges[1]) / (edges[1] - edges[0]), 6) == 2


def drawn(lines: list[dict[str, str]]) -> bytes:
    """A page with the table."""
    sheet = Sheet(A5, "x", practice=False)
    grid = a_grid()
    grid.draw(sheet, 20, grid.rows(lines, 150))
    return sheet.finish()


def test_heads_and_cells_are_on_the_page() -> None:
    text = text_of(drawn([a_line("ẤẦẨẪẬẶ", "<b>giữa</b>", "12")]))
    for part in ("Đầu cột một", "Nhóm", "Hai", "Ba", "ẤẦẨẪẬẶ", "<b>giữa</b>", "12"):
        assert part in text


def test_the_shared_head_stands_above_its_own_and_a_single_one_between() -> None:
    heights = {}
    with pypdfium2.PdfDocument(drawn([a_line("x", "y", "z")])) as document:
        page = document[0].get_textpage()
        for words in ("Nhóm", "Hai", "Đầu"):
            at = page.search(words, match_case=True).get_next()
            assert at is not None
            _, bottom, _, top = page.get_charbox(at[0])
            heights[words] = (bottom, top)
    assert heights["Nhóm"][0] > heights["Hai"][1]
    assert heights["Nhóm"][1] > heights["Đầu"][1] > heights["Hai"][0]


def test_a_section_runs_over_all_columns_without_rules_through_it() -> None:
    long = "Quyển số 02 của quầy tiếp nhận, dòng chữ này chạy qua mọi cột của bảng"
    section = drawn([a_line("x"), {SECTION: long}, a_line("y")])
    assert long in text_of(section)
    picture = page_image(drawn([{SECTION: ""}, a_line()]), 0, 200)
    grid = a_grid()
    rows = grid.rows([{SECTION: ""}], 150)
    top = 20 + grid.head_height + 0.6
    bottom = 20 + grid.head_height + rows[0].height - 0.6
    dot = 200 / 25.4

    def rule(index: int) -> int:
        x = grid.edges[index] * dot
        return ink(picture.crop((int(x - 4), int(top * dot), int(x + 4), int(bottom * dot))))

    assert rule(1) == 0
    assert rule(0) > 0
    assert rule(3) > 0
