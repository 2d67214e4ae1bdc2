"""Opening figures: registers, receipt book, book 07 and float in one act; numbers go on from there."""

from __future__ import annotations

import pytest

from counter_app.services.ports.arrival import FiguresForm, ReceiptOpening, RegisterOpening
from tests.support.counter import CLERK, PASSWORD, REGISTRAR, SIGNER
from tests.unit.services.test_registers_and_cash import numbered, refused


@pytest.fixture
def arriving(counters):
    """A founded office without any open register."""
    counter = counters(1, register=False)
    counter.sign_in(REGISTRAR)
    return counter


def form(counter, **more) -> FiguresForm:
    given = {
        "registers": (RegisterOpening("copy", 1775, 3), RegisterOpening("signature", 212, 1)),
        "receipts": ReceiptOpening("AA-26P", "C1-10", 1, 50, 18),
        "last_form": 640,
        "cash": 350_000,
        "words": "Sổ giấy và quyển biên lai đang dùng",
        "second": counter.officials[SIGNER],
        "second_secret": PASSWORD,
        **more,
    }
    return FiguresForm(**given)


def test_one_act_opens_everything_and_prints_the_minutes(arriving):
    told = arriving.areas.arrival.take_figures(form(arriving))
    assert told == "Đã tiếp nhận sổ đang dùng. Đã in biên bản."
    view = arriving.areas.arrival.figures()
    opened = {one.kind: one.first for one in view.registers if one.opened}
    assert opened == {"copy": 1776, "signature": 213}
    assert (view.next_form, view.cash, view.taken) == (641, 350_000, True)
    assert view.receipt_book == "AA-26P, 18–50"
    assert [path.name[:15] for path in arriving.papers()] == ["arrival_minutes"]


def test_numbers_given_after_it_go_on_from_there(arriving):
    arriving.areas.arrival.take_figures(form(arriving))
    arriving.sign_in(CLERK)
    numbered(arriving, 2)
    assert [row.number for row in arriving.areas.registers.month(2026, 11).rows] == [1776, 1777]
    assert arriving.areas.cash.day().opening == 350_000


def test_figures_are_taken_once_a_counter(arriving):
    arriving.areas.arrival.take_figures(form(arriving))
    refused("arrival.figures_taken", arriving.areas.arrival.take_figures, form(arriving))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"registers": (RegisterOpening("copy", -1, 3),)}, "register.opening"),
        ({"last_form": -1}, "arrival.last_form"),
        ({"cash": -5}, "cash.opening"),
        ({"words": ""}, "register.words"),
        ({"words": "", "registers": ()}, "arrival.words"),
        ({"second": None}, "second.missing"),
        ({"receipts": ReceiptOpening("AA-26P", "C1-10", 10, 50, 3)}, "book.numbers"),
    ],
)
def test_a_wrong_figure_writes_nothing_at_all(arriving, more, code):
    refused(code, arriving.areas.arrival.take_figures, form(arriving, **more))
    view = arriving.areas.arrival.figures()
    assert not view.taken
    assert not any(one.opened for one in view.registers)
    assert (view.next_form, view.cash, view.receipt_book) == (1, 0, "")


def test_a_counter_may_arrive_without_registers_of_its_own(arriving):
    arriving.areas.arrival.take_figures(form(arriving, registers=(), receipts=None))
    assert arriving.areas.arrival.figures().next_form == 641


def test_the_clerk_does_not_take_books_over(arriving):
    arriving.sign_in(CLERK)
    refused("role.not_allowed", arriving.areas.arrival.figures)
