"""Whose fault is it? Known errors speak for themselves; a bug gets one calm sentence and goes to the log."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from counter_app.domain.errors import DomainError, Words
from counter_app.errors import OutsideError
from counter_app.ui.i18n import language, tr


def words_of(error: BaseException) -> Words:
    """Title, meaning and remedy in the language of the screen."""
    if isinstance(error, DomainError | OutsideError):
        return error.words(language())
    return Words(
        tr("Có lỗi của chương trình."),
        tr("Việc đã lưu vẫn còn nguyên."),
        tr("Xuất tệp chẩn đoán để gửi hỗ trợ."),
    )


def is_bug(error: BaseException) -> bool:
    """Whether the error is the program's own fault and belongs into the funnel's log."""
    return not isinstance(error, DomainError | OutsideError)


def is_nobody_signed_in(error: BaseException) -> bool:
    """Whether a question was refused only because the screen had just been locked."""
    return isinstance(error, DomainError) and error.code == "session.none"


def field_of(error: BaseException) -> str | None:
    """The cell a domain error points to, or None."""
    return error.field if isinstance(error, DomainError) else None


def hook_into(
    funnel: Callable[[BaseException], None],
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """A ``sys.excepthook``: an error inside an answer to Qt goes the way of all others, never unseen."""

    def stray(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            funnel(error)
        else:
            sys.__excepthook__(kind, error, trace)

    return stray
