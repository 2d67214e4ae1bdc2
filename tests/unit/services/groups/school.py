"""A practice school: pupils with numbers that agree with their years, papers, whole groups."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.ports.groups import GroupForm, PersonLine, Piece
from tests.support.counter import MORNING, Counter

ONE_PAPER = ("hb 24x1",)
TWO_PAPERS = ("hb 24x1", "ks 1x2")
FEE_OF_TWO = 26_000 + 2 * 2_000
"""24 pages: 2 x 2,000 + 22 x 1,000; one page twice: 2 x 2,000 (TT 226/2016 art. 4)."""
_FAMILY = ("Lò Văn", "Lù Thị", "Vàng A", "Giàng Thị", "Sùng A")


def pupil(place: int, *, ticked: bool = True) -> PersonLine:
    """The ``place``-th pupil (from 0), born 2012."""
    letters = "".join(chr(ord("A") + int(digit)) for digit in f"{place:03d}").capitalize()
    return PersonLine(
        f"{_FAMILY[place % 5]} {letters}", f"012212{place:06d}", "15/09/2012", f"{6 + place % 4}A",
        source=place + 2, compared_at=MORNING if ticked else 0,
    )  # fmt: skip


def a_group(count: int, *, papers: tuple[str, ...] = ONE_PAPER, ticked: bool = True, **more) -> GroupForm:
    """A whole form of ``count`` pupils."""
    people = tuple(pupil(place, ticked=ticked) for place in range(count))
    return GroupForm(
        "Trường PTDTBT Bình Lư (tập huấn)", "Trần Thị Giáo (tập huấn)", "012090000001", "0912 000 001",
        papers, people, **more,
    )  # fmt: skip


def write_all(counter: Counter, form: GroupForm) -> Piece:
    """Every piece of a group; the last."""
    piece = counter.areas.groups.write_piece(form)
    while not piece.done:
        piece = counter.areas.groups.write_piece(replace(form, group=piece.group))
    return piece


def as_text(
    people: tuple[PersonLine, ...], head: str = "STT\tHọ và tên\tSố định danh\tNgày sinh\tLớp"
) -> str:
    """The list as Excel puts it on the clipboard."""
    rows = (f"{n}\t{p.name}\t{p.id_number}\t{p.birth}\t{p.label}" for n, p in enumerate(people, 1))
    return "\n".join((head, *rows)) + "\n"
