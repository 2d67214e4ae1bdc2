"""The verdict on a copy: every kind has its colour, nothing that waits is red, scan follows scan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from counter_app.domain.certification.lines import copy_check
from counter_app.domain.codes import ScanKind, classify_scan
from counter_app.services.ports.home import CopyVerdict, ScanResult
from counter_app.ui import i18n
from counter_app.ui.screens.check import ENTRY
from counter_app.ui.screens.check.view import LOOKS
from counter_app.ui.screens.check.view_model import KEPT
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES
from sync.protocol.journals import copy_verdict as by_list
from sync.protocol.journals.copy_code import PREFIX
from tests.support.fakes.home import FakeHome
from tests.ui.desk import Desk
from tests.ui.screen_checks import KEY, colours, nameless, press, scan, too_big

CODE = f"{PREFIX}ABCDEFGH23456789ABCDEFGH23456789"
FIELDS = (("Số chứng thực", "1838/2026"), ("Bản chính", "Bằng tốt nghiệp"))
KINDS = (
    copy_check.VALID, copy_check.UNCONFIRMED, copy_check.ALTERED, copy_check.ANNULLED_COPY,
    copy_check.STRUCK_COPY, copy_check.UNKNOWN, copy_check.NOT_SENT, copy_check.RECOVERING,
    by_list.DOUBLED, by_list.REVOKED, by_list.NO_KEY, by_list.OTHER_PROVINCE,
)  # fmt: skip


class Checked(FakeHome):
    """Keeps the codes it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self.broken = False

    def check_copy(self, text: str) -> CopyVerdict:
        self.codes.append(text)
        if self.broken:
            raise OSError("tập huấn")
        return super().check_copy(text)


@pytest.fixture
def desk(themed: QApplication) -> Iterator[Desk]:
    """The page as a scan opens it."""
    made = at_desk(themed)
    yield made
    made.close()


def at_desk(app: QApplication) -> Desk:
    """The page in front."""
    made = Desk(app, ENTRY, {"home": Checked()}, frozenset({"search"}))
    made.window.open_screen("check")
    made.view = made.window.current_view()
    return made.show()


def port_of(desk: Desk) -> Any:
    return desk.view.context.program.home


def show(desk: Desk, verdict: CopyVerdict) -> None:
    port_of(desk).verdict = verdict
    desk.view.model.check(CODE)
    desk.settle()


def test_the_code_used_here_is_one_the_program_knows() -> None:
    assert classify_scan(CODE).kind is ScanKind.COPY_QR


def test_a_scan_that_brought_the_person_here_is_checked(desk: Desk) -> None:
    port_of(desk).verdict = CopyVerdict("valid", "Bản sao đúng với sổ.", "Học bạ; 2 bản.", FIELDS)
    desk.window.open_screen("check", ScanResult("copy", CODE, ""))
    desk.settle()
    assert port_of(desk).codes == [CODE]
    assert desk.view.verdict.accessibleName() == "Bản sao đúng với sổ. Học bạ; 2 bản."
    assert desk.view.verdict.isVisible()


def test_the_page_says_of_which_day_the_list_is_and_takes_a_newer_one(desk: Desk) -> None:
    desk.settle()
    assert desk.view.list_words.text() == port_of(desk).listed
    port_of(desk).listed = "Danh sách của tỉnh ngày 22/11/2026, dùng đến 23/12/2026."
    desk.view.take_list.click()
    (dialog,) = desk.view.findChildren(QFileDialog)
    dialog.fileSelected.emit("/media/usb/tinh.mcl")
    dialog.close()
    desk.settle()
    assert port_of(desk).lists == ["/media/usb/tinh.mcl"]
    assert desk.view.list_words.text().endswith("dùng đến 23/12/2026.")


def test_every_verdict_of_the_list_has_a_look_of_its_own(desk: Desk) -> None:
    for kind in (by_list.DOUBLED, by_list.REVOKED, by_list.NO_KEY, by_list.OTHER_PROVINCE):
        assert LOOKS[kind][0] in ("warn", "wait"), "nobody did wrong who shows such a copy"
    for kind in (by_list.ALTERED, by_list.ANNULLED_COPY, by_list.STRUCK_COPY):
        assert LOOKS[kind][0] == "bad"


def test_scan_follows_scan_and_the_earlier_ones_stay_in_sight(desk: Desk) -> None:
    for place in range(KEPT + 2):
        port_of(desk).verdict = CopyVerdict("valid", f"Bản sao {place}.", "", ())
        scan(desk, CODE)
    assert len(port_of(desk).codes) == KEPT + 2
    assert [one.title for one in desk.view.model.verdicts] == [
        f"Bản sao {n}." for n in range(KEPT + 1, 1, -1)
    ]
    assert desk.view._earlier.count() == KEPT - 1


def test_every_kind_has_a_look_and_only_wrong_ones_are_red() -> None:
    assert set(LOOKS) == set(KINDS)
    red = {kind for kind, (colour, _) in LOOKS.items() if colour == "bad"}
    assert red == {copy_check.ALTERED, copy_check.ANNULLED_COPY, copy_check.STRUCK_COPY}
    assert [kind for kind, (colour, _) in LOOKS.items() if colour == "ok"] == [copy_check.VALID]


@pytest.mark.parametrize("kind", KINDS)
def test_the_colour_is_the_kinds_own(desk: Desk, kind: str) -> None:
    show(desk, CopyVerdict(kind, "Tiêu đề.", "Nghĩa.", FIELDS))
    assert desk.view.verdict.property("kind") == LOOKS[kind][0]


def test_a_kind_nobody_knows_yet_is_never_green(desk: Desk) -> None:
    show(desk, CopyVerdict("something_newer", "Chưa rõ.", "", ()))
    assert desk.view.verdict.property("kind") == "warn"


def test_fields_of_the_last_copy_only(desk: Desk) -> None:
    show(desk, CopyVerdict("valid", "A.", "", FIELDS))
    assert desk.view.fields.count() == 4
    assert desk.view.fields.itemAtPosition(1, 1).widget().text() == "Bằng tốt nghiệp"
    show(desk, CopyVerdict("unknown", "B.", "", ()))
    assert desk.view.fields.count() == 0


def test_other_codes_are_the_shells(desk: Desk) -> None:
    heard: list[str] = []
    desk.window.scan_unclaimed.connect(heard.append)
    scan(desk, "0339000212611200182")
    assert heard == ["0339000212611200182"]
    assert port_of(desk).codes == []


def test_a_check_that_fails_is_not_a_verdict(desk: Desk) -> None:
    port_of(desk).broken = True
    scan(desk, CODE)
    assert desk.view.verdict.property("kind") == "bad"
    assert "Có lỗi của chương trình." in desk.view.verdict.accessibleName()
    assert desk.view.model.verdicts == []


def test_before_the_first_scan_it_says_what_to_do(desk: Desk) -> None:
    assert desk.view.empty.isVisible()
    assert "Quét mã QR" in desk.view.empty.accessibleName()
    press(desk, KEY.Key_F9, KEY.Key_Return)
    assert port_of(desk).codes == []


def test_it_is_not_on_the_rail() -> None:
    assert ENTRY.on_rail is False
    assert ENTRY.permission == "search"


@pytest.mark.parametrize("scale", [1.0, 1.3])
@pytest.mark.parametrize("name", THEMES)
def test_it_fits_and_is_painted(themed: QApplication, name: str, scale: float) -> None:
    themes.apply(themed, Theme(name, scale))
    made = at_desk(themed)
    try:
        made.show()
        show(made, CopyVerdict("valid", "Bản sao đúng với sổ.", "Học bạ; 2 bản.", FIELDS))
        assert too_big(made) == ""
        assert colours(made) > 4
        assert nameless(made.view) == []
    finally:
        made.close()
        themes.apply(themed, Theme())


def test_english(themed: QApplication) -> None:
    i18n.use_language("en")
    made = at_desk(themed)
    assert made.view.title() == "Check a copy"
    made.close()
