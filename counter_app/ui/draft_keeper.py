"""The draft on disk follows a form: one save at a time, the newest form in the place of older ones.

A turn among the changes saves until nothing waits any more. A lock asked for meanwhile so comes after it,
and the last keys are still kept for the person who typed them.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, Signal

from counter_app.ui.background import Background

Save = Callable[[Any], int]
"""Writes a form on a worker, or takes the draft of a blank one away; the moment (ms), 0 for no draft."""


class DraftKeeper(QObject):
    """``saved`` when a form was written; ``at`` is the moment (ms), 0 when there is nothing to keep."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, save: Save, background: Background) -> None:
        """``save`` is called on workers only."""
        super().__init__()
        self._save, self._background = save, background
        self.at = 0
        self._guard = Lock()  # the worker ends its turn, or finds one more form: never between the two
        self._turn = False
        self._first: object | None = None
        self._newest: object | None = None

    def put(self, form: object) -> None:
        """Saves ``form`` as it stands, in the place of one that still waits."""
        with self._guard:
            if self._turn:
                self._newest = form
                return
            self._turn, self._first = True, form
        self._background.run_change(self._run, self._done, self.failed.emit, owner=self, act=False)

    def forget(self) -> None:
        """The draft became an act: what waited to be saved is not saved any more."""
        with self._guard:
            self._first = self._newest = None
        self.at = 0

    def _run(self) -> int | None:
        """One turn on a worker; what waits behind a save that failed is saved all the same."""
        at: int | None = None
        failure: Exception | None = None
        while (form := self._take()) is not None:
            try:
                at, failure = self._save(form), None
            except Exception as error:
                failure = error
        if failure is not None:
            raise failure
        return at

    def _take(self) -> object | None:
        with self._guard:
            form = self._newest if self._first is None else self._first
            if self._first is None:
                self._newest = None
            self._first = None
            self._turn = form is not None
            return form

    def _done(self, at: int | None) -> None:
        if at is not None:
            self.at = at
            self.saved.emit()
