"""One picture of one scene, and contact sheets of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.ui.theme import theme as themes
from counter_app.ui.theme.theme import Theme
from tests.support.pictures.scenes import LOADING, SKELETON_MS, Scene
from tests.support.pictures.stage import Stage

THUMB = (455, 256)
COVERS = ("signin", "founding", "bare")
MARGIN, CAPTION, ACROSS = 12, 24, 4


@dataclass(frozen=True)
class Shot:
    """A picture with its name, what the window could shrink to, and the size it was asked to have."""

    name: str
    image: QImage
    least: tuple[int, int]
    errors: tuple[str, ...]
    asked: tuple[int, int]


def shoot(
    app: QApplication, scene: Scene, theme: str, scale: float = 1.0, size: tuple[int, int] = (1366, 768)
) -> Shot:
    """Builds the window, brings the scene about, photographs it, takes it down."""
    themes.apply(app, Theme(theme, scale))
    more = {} if scene.pill is None else {"pill": scene.pill}
    stage = Stage(
        app, scene.person, scene.ready_ports(), may_act=scene.may_act, practice=scene.practice, **more
    )
    if scene.practice:
        stage.window._practice.setVisible(True)
    try:
        bring(stage, scene, size)
        if scene.state == LOADING:
            QTest.qWait(SKELETON_MS)
        else:
            stage.settle()
        if scene.act is not None:
            scene.act(stage)
            stage.settle()
        QTest.qWait(20)
        image = stage.picture()
        least = stage.window.minimumSizeHint()
        errors = tuple(str(error) for error in stage.errors)
    finally:
        stage.close()
    big = f"-{round(scale * 100)}" if scale != 1 else ""
    return Shot(f"{scene.name}-{theme}{big}", image, (least.width(), least.height()), errors, size)


def bring(stage: Stage, scene: Scene, size: tuple[int, int]) -> None:
    """The scene's screen to the front, or over the frame where it covers it."""
    if scene.screen in COVERS:
        _cover(stage, scene.screen, size)
    else:
        stage.show(scene.screen, scene.argument, size)


def _cover(stage: Stage, screen: str, size: tuple[int, int]) -> None:
    from counter_app.ui.screens import enrolment, founding, signin

    stage.stand(size)
    if screen == "bare":
        stage.window.cover(enrolment.load(stage.ports["enrolment"], stage.background, lambda _program: None))
        return
    entry = signin.ENTRY if screen == "signin" else founding.ENTRY
    counter = replace(stage.context.counter, founding="found", counter_number=1)
    stage.window.cover(entry.load(replace(stage.context, counter=counter)))


def contact_sheet(title: str, shots: Sequence[Shot], across: int = ACROSS) -> QImage:
    """Small pictures, ``across`` in a row, each with its name below."""
    rows = ceil(len(shots) / across)
    wide, high = THUMB[0] + MARGIN, THUMB[1] + CAPTION + MARGIN
    sheet = QImage(across * wide + MARGIN, rows * high + 46 + MARGIN, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#FFFFFF"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(QColor("#14212E"))
    painter.setFont(_font(20, bold=True))
    painter.drawText(QRect(MARGIN, 8, sheet.width(), 34), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(_font(13))
    for place, shot in enumerate(shots):
        left, top = MARGIN + place % across * wide, 46 + place // across * high
        small = shot.image.scaled(
            *THUMB, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(left, top, small)
        painter.drawRect(left, top, THUMB[0] - 1, THUMB[1] - 1)
        painter.drawText(QRect(left, top + THUMB[1] + 2, THUMB[0], CAPTION - 4), 0, shot.name)
    painter.end()
    return sheet


def _font(px: int, *, bold: bool = False) -> QFont:
    font = QFont("Noto Sans")
    font.setPixelSize(px)
    font.setBold(bold)
    return font
