"""The look: every colour pair is legible, every slot and icon exists, stacked capitals lose no ink."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from counter_app.ui.theme import icons
from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.stylesheet import style_sheet
from counter_app.ui.theme.theme import Theme
from counter_app.ui.theme.tokens import THEMES, check_state, contrast, record_state, tokens
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.text import label
from tests.ui.samples import build_window
from tools.build_assets import icon_names

ROOT = Path(__file__).resolve().parents[2]
LINES_ONLY = ("field_line/", "focus/")
STACKED = "ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", tokens().contrast_pairs)
def test_every_pair_is_legible(theme: str, pair: str) -> None:
    front, ground = pair.split("/")
    colours = tokens().themes[theme]
    least = 3.0 if pair.startswith(LINES_ONLY) else 4.5
    assert contrast(colours[front], colours[ground]) >= least


def test_contrast_is_the_formula_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0B5AA6", "#FFFFFF") == contrast("#FFFFFF", "#0B5AA6")


def test_pairs_are_many_enough_to_mean_something() -> None:
    assert len(tokens().contrast_pairs) >= 46
    assert {len(colours) for colours in tokens().themes.values()} == {len(tokens().themes["light"])}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3, 1.5])
def test_every_slot_of_the_style_sheet_is_filled(theme: str, scale: float) -> None:
    sheet = style_sheet(Theme(theme, scale))
    assert "${" not in sheet
    assert sheet.count("{") == sheet.count("}")
    assert Theme(theme).hex("primary") in sheet


def test_an_unknown_slot_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from counter_app.ui.theme import stylesheet

    monkeypatch.setattr(stylesheet, "_template", lambda: "QLabel { color: ${c:nothing}; }")
    with pytest.raises(KeyError):
        stylesheet.style_sheet(Theme())


@pytest.mark.parametrize("bad", [("pink", 1.0), ("light", 0.9), ("light", 1.6)])
def test_a_theme_nobody_described_is_refused(bad: tuple[str, float]) -> None:
    with pytest.raises(ValueError, match="no theme"):
        Theme(*bad)


def test_boxes_grow_less_than_text() -> None:
    big = Theme("light", 1.3)
    assert big.px("body") == 17
    assert Theme().size(34) == 34
    assert 34 < big.size(34) < 34 * 1.3
    assert big.size("rail") > Theme().size("rail")


def test_the_palette_reaches_what_the_sheet_does_not(themed: QApplication) -> None:
    palette = themed.palette()
    assert palette.color(QPalette.ColorRole.PlaceholderText) == QColor(Theme().hex("text3"))
    off = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert off == QColor(Theme().hex("text3"))


def test_fonts_come_from_our_files(themed: QApplication) -> None:
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(QFontDatabase.styles("Noto Sans"))
    info = QFontInfo(Theme().font("body", 600))
    assert info.family() == "Noto Sans"
    assert info.weight() == QFont.Weight.DemiBold


def test_icons_take_our_colour_and_stroke() -> None:
    svg = icons.svg_of("alarm", "#123456")
    assert "currentColor" not in svg
    assert 'stroke="#123456"' in svg
    assert 'stroke-width="1.75"' in svg


def test_an_icon_is_drawn_in_its_colour_and_once(themed: QApplication) -> None:
    first = icons.pixmap("square", "#ff0000", 20, 2.0)
    assert first.width() == 40
    assert first.devicePixelRatio() == 2.0
    image = first.toImage()
    inked = [
        image.pixelColor(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    assert {(c.red(), c.green(), c.blue()) for c in inked} == {(255, 0, 0)}
    assert icons.pixmap("square", "#ff0000", 20, 2.0).cacheKey() == first.cacheKey()


def test_an_unknown_icon_is_a_question_mark_and_nothing_breaks() -> None:
    assert not icons.exists("no-such-icon")
    assert icons.svg_of("no-such-icon", "#000000") == icons.svg_of("help-circle", "#000000")


def named_icons() -> set[str]:
    """Literal strings of `counter_app/ui` that stand where an icon is named."""
    found = {
        state[2] for states in (tokens().record_states, tokens().check_states) for state in states.values()
    }
    listed = set(icon_names())
    for path in (ROOT / "counter_app" / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "icon" and isinstance(node.value, ast.Constant):
                found.add(str(node.value.value))
            elif isinstance(node, ast.Constant) and node.value in listed:
                found.add(str(node.value))
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Icon":
                found |= {str(a.value) for a in node.args[:1] if isinstance(a, ast.Constant)}
    return {name for name in found if re.fullmatch(r"[a-z0-9-]+", name)}


def test_every_icon_named_in_the_screens_is_prepared() -> None:
    assert len(named_icons()) > 30
    assert [name for name in sorted(named_icons()) if not icons.exists(name)] == []


def test_states_have_words_kind_and_icon() -> None:
    assert record_state("numbered").words == "Đã cấp số, chờ ký"
    assert record_state("of a newer version") == record_state("unclear_number")
    assert check_state("?") == check_state("look")
    for kind in {state[1] for state in tokens().record_states.values()}:
        assert {kind, f"{kind}_soft", f"{kind}_line"} <= set(tokens().themes["dark"])


def ink_rows(image: QImage) -> list[int]:
    """Dark pixels of each line of the picture."""
    return [
        sum(image.pixelColor(x, y).lightness() < 128 for x in range(image.width()))
        for y in range(image.height())
    ]


def ink(widget: QWidget) -> int:
    """Dark pixels of a widget drawn on white."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    widget.render(image)
    return sum(ink_rows(image))


def whole_ink(font: QFont, text: str) -> int:
    """Dark pixels of a text with room all around: what a label should show of it."""
    image = QImage(160, 120, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor(Theme().hex("text")))
    painter.drawText(10, 70, text)
    painter.end()
    return sum(ink_rows(image))


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3, 1.5])
@pytest.mark.parametrize("role", ["caption", "body", "input", "h1"])
def test_labels_keep_every_tone_mark(themed: QApplication, role: str, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    try:
        for letter in (f"H{one}H" for one in STACKED):  # marks may lean over a neighbour, never be cut above
            made = label(letter, role)
            made.ensurePolished()
            made.resize(made.sizeHint())
            assert ink(made) == whole_ink(made.font(), letter), f"{letter} at {role} x {scale}"
    finally:
        themes.apply(themed, Theme())


def test_the_ink_test_sees_a_clipped_mark(themed: QApplication) -> None:
    bare = QLabel("Ẫ")
    bare.setFont(Theme().font("body"))
    bare.setFixedSize(20, 14)
    assert ink(bare) < whole_ink(bare.font(), "Ẫ")


@pytest.mark.parametrize("px", ["caption", "body", "input", "h1"])
def test_cells_keep_every_tone_mark(themed: QApplication, px: str) -> None:
    for letter in STACKED:
        font = Theme().font(px)
        image = QImage(80, 60, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painting.draw_text(painter, QRect(10, 20, 60, 16), letter, font, QColor(Theme().hex("text")))
        painter.end()
        assert sum(ink_rows(image)) == whole_ink(font, letter)


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.5])
def test_inputs_keep_every_tone_mark(themed: QApplication, scale: float) -> None:
    themes.apply(themed, Theme("light", scale))
    for letter in STACKED:
        line = QLineEdit(letter)
        line.ensurePolished()
        line.resize(60, line.maximumHeight())
        image = QImage(line.size(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        line.render(image)
        inside = image.copy(QRect(4, 3, 52, line.height() - 6))
        assert sum(ink_rows(inside)) == whole_ink(line.font(), letter)


def test_sample_letters_are_composed() -> None:
    assert unicodedata.normalize("NFC", STACKED) == STACKED
    assert len(STACKED) == 30


def test_changing_theme_and_scale_with_a_window_open(themed: QApplication) -> None:
    window = build_window()
    window.show()
    for name in ("copies", "states", "home"):
        window.open_screen(name)
        for theme in THEMES:
            for scale in (1.3, 1.0):
                themes.apply(themed, Theme(theme, scale))
                themed.processEvents()
                ground = window.grab().toImage().pixelColor(window.width() - 4, window.height() // 2)
                assert ground == QColor(Theme(theme).hex("canvas"))
    themes.apply(themed, Theme())
    window.close()
