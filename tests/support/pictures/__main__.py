"""``python -m tests.support.pictures --out DIR``: every picture, contact sheets beside them.

``--docs docs/pictures`` renews the pictures that are kept with the project. Exit code 1 when a window would
not fit 1366x697 or a screen reported an error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from counter_app.ui import i18n
from counter_app.ui.application import qt_application
from counter_app.ui.theme.tokens import LIGHT, THEMES
from tests.support.pictures.scenes import DAY, Scene, scenes
from tests.support.pictures.shooting import Shot, contact_sheet, shoot

SMALL = (1366, 697)
DESIGNED = {"supervisor": "signing", "return": "handover"}
"""Screens whose picture in the design has another name."""
NAMES = {"light": "Sáng", "dark": "Tối", "high_contrast": "Tương phản cao", "english": "English"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Takes all pictures."""
    parser = argparse.ArgumentParser("tests.support.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/pictures"))
    parser.add_argument("--docs", type=Path, help="renew the kept pictures in this folder too")
    parser.add_argument("--design", type=Path, help="the design's pictures: a sheet of each beside ours")
    parser.add_argument("--only", default="", help="scenes whose name begins like this")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    app = qt_application()
    wanted = [scene for scene in scenes() if scene.name.startswith(options.only)]
    taken: dict[str, list[Shot]] = {}
    wrong: list[str] = []
    for theme in THEMES:
        taken[theme] = [shoot(app, scene, theme) for scene in wanted]
    days = [scene for scene in wanted if scene.state == DAY]
    taken["130"] = [shoot(app, scene, LIGHT, 1.3, SMALL) for scene in days]
    taken["english"] = _in_english(app, days)
    for group, shots in taken.items():
        for shot in shots:
            _save(shot.image, options.out / f"{shot.name}.png")
            wrong += faults_of(shot)
        title = f"{NAMES.get(group, 'Cỡ chữ 130 %, 1366 × 697')} · {len(shots)}"
        _save(contact_sheet(title, shots), options.out / f"sheet-{group}.png")
    if options.docs is not None:
        _keep(taken, options.docs)
        if options.design is not None:
            beside = _beside(taken[LIGHT], options.design)
            _save(_lean(contact_sheet("Thiết kế (trái) và màn hình (phải)", beside, 2)),
                  options.docs / "sheets" / "beside_the_design.png")  # fmt: skip
    print(f"{sum(map(len, taken.values()))} pictures in {options.out}")
    print(*wrong, sep="\n" if wrong else "")
    return 1 if wrong else 0


def _in_english(app: QApplication, days: Sequence[Scene]) -> list[Shot]:
    """The day's pictures with the language switched; what fakes say themselves stays Vietnamese."""
    i18n.use_language("en")
    try:
        shots = [shoot(app, scene, LIGHT) for scene in days]
    finally:
        i18n.use_language("vi")
    return [replace(shot, name=f"{shot.name}-english") for shot in shots]


def _beside(shots: Sequence[Shot], design: Path) -> list[Shot]:
    """Each of the design's light pictures, then ours of the same screen."""
    ours = {shot.name.removesuffix(f"-{DAY}-{LIGHT}"): shot for shot in shots}
    found: list[Shot] = []
    for picture in sorted(design.glob(f"*-{LIGHT}.png")):
        drawn = picture.stem.removesuffix(f"-{LIGHT}")
        shot = ours.get(DESIGNED.get(drawn, drawn))
        if shot is not None:
            found += [replace(shot, name=f"{drawn} (design)", image=QImage(str(picture))), shot]
    return found


def faults_of(shot: Shot) -> list[str]:
    """What is wrong with a picture, a sentence each."""
    found = [f"{shot.name}: {error}" for error in shot.errors]
    if shot.least[0] > SMALL[0] or shot.least[1] > SMALL[1]:
        found.append(f"{shot.name}: needs {shot.least[0]} x {shot.least[1]}")
    if (shot.image.width(), shot.image.height()) != shot.asked:
        grew = f"{shot.image.width()} x {shot.image.height()}"
        found.append(f"{shot.name}: grew to {grew}, the screen has {shot.asked[0]} x {shot.asked[1]}")
    return found


def _keep(taken: dict[str, list[Shot]], folder: Path) -> None:
    """The day's picture of each screen in full size, a contact sheet of each theme."""
    for place in ("screens", "sheets"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    for shot in taken[LIGHT]:
        if shot.name.endswith(f"-{DAY}-{LIGHT}"):
            name = f"{shot.name.removesuffix(f'-{DAY}-{LIGHT}')}.png"
            _save(_lean(shot.image), folder / "screens" / name)
    for group, shots in taken.items():
        title = NAMES.get(group, "Cỡ chữ 130 %, 1366 × 697")
        _save(_lean(contact_sheet(title, shots)), folder / "sheets" / f"{group}.png")


def keep(image: QImage, path: Path) -> None:
    """A picture as the project keeps it. Raises OSError."""
    _save(_lean(image), path)


def _lean(image: QImage) -> QImage:
    """Its 256 commonest colours: a third of the size, and nothing an eye would miss on these flat pages."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    palette = [colour for colour, _ in counted.most_common(256)]
    return plain.convertToFormat(
        QImage.Format.Format_Indexed8, palette, Qt.ImageConversionFlag.ThresholdDither
    )


def _save(image: QImage, path: Path) -> None:
    lean = image.format() is QImage.Format.Format_Indexed8
    small = image if lean else image.convertToFormat(QImage.Format.Format_RGB888)
    if not small.save(str(path), quality=0):
        raise OSError(f"cannot write {path}")


if __name__ == "__main__":
    sys.exit(main())
