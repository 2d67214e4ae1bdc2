"""The pictures show every screen; while one is built, nothing appears as a window of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from counter_app.ui import i18n
from counter_app.ui.screens import ENTRIES
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.pictures import __main__ as command
from tests.support.pictures import guide
from tests.support.pictures.scenes import DAY, scenes
from tests.support.pictures.shooting import COVERS, THUMB, Shot, contact_sheet, shoot
from tests.support.pictures.stage import PEOPLE, session_of


@pytest.fixture
def light(themed: QApplication) -> Iterator[QApplication]:
    yield themed
    if themes.current() != Theme():
        themes.apply(themed, Theme())


def test_every_screen_has_its_days_picture() -> None:
    assert {scene.screen for scene in scenes() if scene.state == DAY} == {entry.name for entry in ENTRIES}


def test_no_two_pictures_share_a_name() -> None:
    names = [scene.name for scene in scenes()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("person", PEOPLE)
def test_who_sits_there_may_open_what_is_photographed(person: str) -> None:
    permitted = session_of(person).permissions
    for scene in scenes():
        if scene.person == person and scene.may_act and scene.screen not in COVERS:
            entry = next(one for one in ENTRIES if one.name == scene.screen)
            assert not entry.permission or entry.permission in permitted, scene.name


def test_the_same_scene_gives_the_same_picture(light: QApplication) -> None:
    scene = next(one for one in scenes() if one.name == "settings-day")
    first, second = shoot(light, scene, "dark"), shoot(light, scene, "dark")
    assert first.image == second.image
    assert first.name == "settings-day-dark"
    assert first.errors == ()


def test_a_slow_port_shows_grey_rows_and_is_let_go(light: QApplication) -> None:
    scene = next(one for one in scenes() if one.name == "prints-loading")
    assert shoot(light, scene, "light").errors == ()


def test_the_command_writes_pictures_sheets_and_the_kept_ones(
    light: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, docs = tmp_path / "out", tmp_path / "docs"
    design = tmp_path / "design"
    design.mkdir()
    QImage(40, 20, QImage.Format.Format_RGB32).save(str(design / "enrolment-light.png"))
    asked = ["--out", str(out), "--docs", str(docs), "--only", "enrolment", "--design", str(design)]
    assert command.main(asked) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "enrolment-day-dark.png", "enrolment-day-high_contrast.png", "enrolment-day-light-130.png",
        "enrolment-day-light-english.png", "enrolment-day-light.png", "sheet-130.png", "sheet-dark.png",
        "sheet-english.png", "sheet-high_contrast.png", "sheet-light.png",
    ]  # fmt: skip
    assert i18n.tr("Đóng") == "Đóng", "the language is switched back"
    beside = QImage(str(docs / "sheets" / "beside_the_design.png"))
    assert beside.width() > 2 * THUMB[0]
    kept = QImage(str(docs / "screens" / "enrolment.png"))
    full = QImage(str(out / "enrolment-day-light.png"))
    assert kept.size() == full.size()
    assert kept.pixelColor(300, 30) == full.pixelColor(300, 30)
    assert "5 pictures" in capsys.readouterr().out


def test_the_guides_pictures_are_made_by_their_command_and_a_large_one_is_a_fault(
    light: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guide, "SHOWN", {"first-page": "bare-number"})
    assert guide.main([str(tmp_path)]) == 0
    (made,) = tmp_path.iterdir()
    assert (made.name, QImage(str(made)).width()) == ("first-page.png", 1366)
    monkeypatch.setattr(guide, "MOST_BYTES", made.stat().st_size - 1)
    assert guide.main([str(tmp_path)]) == 1
    assert "first-page.png: " in capsys.readouterr().out


def test_a_window_that_is_too_big_is_a_fault() -> None:
    size = (10, 10)
    image = QImage(*size, QImage.Format.Format_RGB32)
    assert command.faults_of(Shot("x", image, (1366, 697), (), size)) == []
    assert command.faults_of(Shot("x", image, (1367, 697), (), size)) == ["x: needs 1367 x 697"]
    assert command.faults_of(Shot("x", image, (1, 1), ("Hỏng.",), size)) == ["x: Hỏng."]
    grown = command.faults_of(Shot("x", image, (1, 1), (), (10, 9)))
    assert grown == ["x: grew to 10 x 10, the screen has 10 x 9"]


@pytest.mark.parametrize("screen", ["signin-day", "founding-day"])
def test_a_cover_keeps_the_size_of_a_small_screen_with_big_text(themed: QApplication, screen: str) -> None:
    """Text at 130 % in a window that once grew to 765 px for fields nobody was asked for."""
    scene = next(one for one in scenes() if one.name == screen)
    shot = shoot(themed, scene, "light", 1.3, (1366, 697))
    themes.apply(themed, Theme())
    assert (shot.image.width(), shot.image.height()) == (1366, 697)


def test_a_sheet_has_room_for_all(themed: QApplication) -> None:
    image = QImage(1366, 768, QImage.Format.Format_RGB32)
    image.fill(QColor("#0B5AA6"))
    shots = [Shot(str(number), image, (1, 1), (), (455, 256)) for number in range(5)]
    one_row, two_rows = contact_sheet("x", shots[:4]), contact_sheet("x", shots)
    assert one_row.width() == two_rows.width()
    assert two_rows.height() > one_row.height() + 250
    assert two_rows.pixelColor(30, one_row.height() + 60) == QColor("#0B5AA6")
