"""The drawer of the years: what keeps one open, three steps, two persons, the next year; tabs in use."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from counter_app.domain.errors import DomainError
from counter_app.services.ports.register_years import BookProgress
from counter_app.services.ports.registers import RegisterTab
from counter_app.ui import i18n
from counter_app.ui.screens.registers.year_model import CHECK, COUNT, SIGN, to_close
from sync.protocol.naming.ids import EntryId
from tests.support.fakes.registers import PIN, FakeRegisters, year_2026, year_2027
from tests.ui import robot
from tests.ui.desk import CLERK, Desk
from tests.ui.screen_checks import KEY, bar, give_pin, nameless, press, too_big

Seat = Callable[..., Desk]
CLOSES = CLERK | {"close_books"}
SECRET = "mat khau hai"


@pytest.fixture
def seat(sits: Seat) -> Seat:
    """Sits a registrar down who may close books and read no reports."""

    def sit(port: FakeRegisters, may: frozenset[str] = CLOSES, scale: float = 1.0) -> Desk:
        return sits(port, may, scale)

    return sit


def opened(seat: Seat, port: FakeRegisters, **more) -> Desk:
    """The drawer stands."""
    desk = seat(port, **more)
    press(desk, KEY.Key_T)
    assert desk.view.yearly.stands()
    return desk


def test_three_steps_a_secret_and_a_pin_close_the_year(seat: Seat) -> None:
    desk = opened(seat, port := FakeRegisters())
    yearly = desk.view.yearly
    steps = []
    for _ in range(2):
        steps.append(yearly.step)
        press(desk, KEY.Key_F9)
    assert [*steps, yearly.step] == [CHECK, COUNT, SIGN]
    assert port.calls == []
    press(desk, KEY.Key_F9)
    assert port.calls == [], "without the second person's secret nothing happens"
    assert yearly.panel.form.two.secret.error()
    yearly.panel.form.two.secret.edit.setText(SECRET)
    press(desk, KEY.Key_F9)
    assert port.calls == [], "the PIN comes last"
    give_pin(desk, PIN)
    ((what, form),) = port.calls
    assert what == "close_year"
    assert (form.kind, form.year, form.pin, form.second, form.second_secret) == (
        "copy", 2026, PIN, EntryId(1, 1), SECRET,
    )  # fmt: skip
    assert "31/12/2026" in bar(desk)
    assert yearly.panel.card is None, "no year is left to close"


def test_what_is_open_is_said_and_f9_goes_nowhere(seat: Seat) -> None:
    items = ("tháng 12 chưa khóa", "2 số chưa xác nhận ký")
    desk = opened(seat, port := FakeRegisters(kept_years=(year_2026(open_items=items),)))
    panel = desk.view.yearly.panel
    assert panel.said == ("Còn: tháng 12 chưa khóa", "Còn: 2 số chưa xác nhận ký")
    assert not panel.commit.isEnabled()
    assert panel.commit.toolTip() == "; ".join(items)
    press(desk, KEY.Key_F9)
    assert desk.view.yearly.step == CHECK
    assert "tháng 12 chưa khóa" in bar(desk)
    assert port.calls == []


def test_escape_goes_back_a_step_and_then_closes_the_drawer(seat: Seat) -> None:
    desk = opened(seat, FakeRegisters())
    press(desk, KEY.Key_F9)
    assert desk.view.yearly.step == COUNT
    assert desk.view.on_escape()
    assert desk.view.yearly.step == CHECK
    assert not desk.view.on_escape()


def test_a_wrong_pin_is_asked_again_and_a_wrong_secret_stands_at_its_field(seat: Seat) -> None:
    wrong = DomainError("Mật khẩu chưa đúng.", field="password", code="password.wrong")
    desk = opened(seat, port := FakeRegisters(refuses=wrong))
    press(desk, KEY.Key_F9)
    press(desk, KEY.Key_F9)
    desk.view.yearly.panel.form.two.secret.edit.setText(SECRET)
    press(desk, KEY.Key_F9)
    give_pin(desk, "000000")
    assert port.calls == []
    give_pin(desk, PIN)
    assert "Mật khẩu chưa đúng" in desk.view.yearly.panel.form.two.secret.error()


def test_the_next_year_is_opened_and_both_stand_side_by_side(seat: Seat) -> None:
    desk = opened(seat, port := FakeRegisters())
    (year,) = desk.view.yearly.panel.years
    assert year.following.words() == "Mở sổ năm 2027"
    year.following.click()
    desk.settle()
    assert port.calls == [("next_year", 2026, "copy")]
    words = [one.words for one in desk.view.yearly.panel.years]
    assert words[0][1] == "Chưa khóa sổ, bắt đầu từ số 01; cấp số ở BÀN KÝ"
    assert words[1][2:4] == ["Tháng 11: số 1776–2105, đã khóa", "Tháng 12: số 2106–2650, đã khóa"]
    assert desk.view.yearly.panel.card.year == 2026, "the old year is the one to close"


def test_the_book_and_the_slips(seat: Seat) -> None:
    desk = opened(seat, port := FakeRegisters(kept_years=(year_2026(unprinted=2),)))
    (year,) = desk.view.yearly.panel.years
    assert year.slips.words() == "In 2 phiếu ghi chú bổ sung"
    year.book.click()
    desk.settle()
    assert "so-copy-2026.pdf" in bar(desk)
    year.slips.click()
    desk.settle()
    assert port.calls == [("year_pdf", 2026, "copy"), ("slips", 2026, "copy")]
    assert desk.view.yearly.panel.years[0].slips.isHidden()


class SlowBook(FakeRegisters):
    """Writes a book month by month, as fast as the test lets it."""

    def __init__(self, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]
        self.go, self.told = threading.Semaphore(0), threading.Semaphore(0)

    def export_year(self, year: int, kind: str = "copy", progress: BookProgress | None = None) -> str:
        assert progress is not None
        progress.total = 13
        for _ in range(12):
            progress.done += 1
            self.told.release()
            self.go.acquire(timeout=5)
            if progress.stopped:
                raise DomainError("Đã dừng ghi quyển năm.", code="export.stopped", title_en="Stopped.")
        return super().export_year(year, kind)


def test_a_long_book_says_how_far_it_is_and_stops_on_its_button(seat: Seat) -> None:
    desk = opened(seat, port := SlowBook())
    year, model = desk.view.yearly.panel.years[0], desk.view.yearly._model
    year.book.click()
    port.told.acquire(timeout=5)
    model._tell()
    assert year.book.words() == "Đang ghi tháng 1 trong 12. Dừng"
    port.go.release()
    port.told.acquire(timeout=5)
    model._tell()
    assert year.book.words() == "Đang ghi tháng 2 trong 12. Dừng"
    year.book.click()
    assert year.book.words() == "Đang dừng…"
    port.go.release()
    desk.settle()
    assert year.book.words() == "Ghi quyển năm (PDF)"
    assert "Đã dừng ghi quyển năm." in bar(desk)
    assert port.calls == []


def test_a_book_goes_on_when_its_drawer_is_closed(seat: Seat) -> None:
    desk = opened(seat, port := SlowBook())
    desk.view.yearly.panel.years[0].book.click()
    port.told.acquire(timeout=5)
    desk.view.context.shell.close_panel()
    assert not desk.view.yearly.stands()
    desk.view.yearly._model._tell()
    for _ in range(12):
        port.go.release()
    desk.settle()
    assert "so-copy-2026.pdf" in bar(desk)


def test_who_may_not_close_reads_and_writes_the_book_alone(seat: Seat) -> None:
    desk = opened(seat, port := FakeRegisters(kept_years=(year_2026(unprinted=1),)), may=CLERK)
    (year,) = desk.view.yearly.panel.years
    assert not year.following.isEnabled()
    assert not year.slips.isEnabled()
    assert year.book.isEnabled()
    press(desk, KEY.Key_F9)
    assert "Không có quyền" in bar(desk)
    assert port.calls == []


def test_a_register_without_a_year_says_so(seat: Seat) -> None:
    desk = seat(FakeRegisters(kept_years=()))
    press(desk, KEY.Key_T)
    assert not desk.view.yearly.stands()
    assert "chưa mở" in bar(desk)


def test_the_oldest_open_year_is_closed_first() -> None:
    assert to_close((year_2027(), year_2026())) == year_2026()
    assert to_close((year_2027(), year_2026(closed=True))) == year_2027()
    assert to_close((year_2026(closed=True),)) is None


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_drawer_fits_and_everything_has_a_name(seat: Seat, scale: float) -> None:
    desk = opened(seat, FakeRegisters(kept_years=(year_2027(), year_2026(unprinted=2))), scale=scale)
    assert nameless(desk.view.yearly.panel) == []
    assert too_big(desk) == ""
    assert robot.squeezed(desk.window) == []


def test_english_of_the_drawer(seat: Seat) -> None:
    i18n.use_language("en")
    try:
        desk = opened(seat, FakeRegisters())
        assert desk.view.yearly.panel.years[0].book.words() == "Write the yearly book (PDF)"
        assert desk.view.yearly.panel.said == (
            "Every number once; each struck one has its reason; the months are closed.",
        )
    finally:
        i18n.use_language("vi")


# --- tabs ---


def test_the_tabs_are_the_registers_in_use_and_keys_go_through_them(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    book = desk.view.book
    assert book.tab_keys() == "1–5"
    press(desk, KEY.Key_5)
    assert desk.view.model.kind == "electronic"
    assert desk.view.title() == "Sổ chứng thực bản sao điện tử từ bản chính"
    press(desk, KEY.Key_1)
    assert desk.view.model.kind == "copy"


def test_a_register_less_and_the_one_in_front_stays_in_front(seat: Seat) -> None:
    desk = seat(FakeRegisters())
    press(desk, KEY.Key_2)
    book = desk.view.book
    book.show_tabs((RegisterTab("copy", "SCT/BS", "x", True), RegisterTab("signature", "SCT/CK", "y", True)))
    assert book.tab_keys() == "1–2"
    assert book.tabs.current() == "signature"
    assert desk.view.model.kind == "signature"
