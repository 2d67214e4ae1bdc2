"""A page that was put away leaves nothing behind: each change of person builds every page again."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.support.pictures.scenes import DAY, Scene, scenes
from tests.support.pictures.shooting import COVERS
from tests.support.pictures.stage import Stage

PAGES = {scene.screen: scene for scene in scenes() if scene.state == DAY and scene.screen not in COVERS}


@pytest.mark.parametrize("scene", PAGES.values(), ids=lambda scene: scene.screen)
def test_a_page_goes_with_its_widgets_and_its_python_side(themed: QApplication, scene: Scene) -> None:
    before = set(map(id, themed.allWidgets()))
    stage = Stage(themed, scene.person, scene.ready_ports(), may_act=scene.may_act, practice=scene.practice)
    stage.show(scene.screen, scene.argument, (1366, 697))
    stage.settle()
    page = weakref.ref(stage.view())
    stage.close()
    del stage
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert page() is None
    assert [type(one).__name__ for one in themed.allWidgets() if id(one) not in before] == []
