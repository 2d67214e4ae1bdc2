"""Sentences of services in the language of the screen; each is written in both where its figures are known.

Errors carry their words in both languages (``domain.errors``). What is no error - a pill, a tile, a sentence
after F9 - is said by ``say`` in the language in force. Papers and entries are Vietnamese whatever the screen
speaks: whatever is drawn or kept takes plain text, or is said inside ``speaking("vi")``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from counter_app.domain.errors import Language, Notice, Words

_in_force: list[Language] = ["vi"]
_here: ContextVar[Language | None] = ContextVar("language of this piece of work", default=None)


def speak(language: Language) -> None:
    """From now on the whole program speaks ``language``; what was said before stays as it was."""
    _in_force[0] = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, this thread alone speaks ``language``: for papers and what is kept."""
    before = _here.set(language)
    try:
        yield
    finally:
        _here.reset(before)


def spoken() -> Language:
    """The language in force here."""
    return _here.get() or _in_force[0]


def say(vi: str, en: str) -> str:
    """The sentence in the language in force."""
    return en if spoken() == "en" else vi


def said(words: tuple[Words, Words]) -> Words:
    """A pair of (Vietnamese, English) in the language in force."""
    return words[1] if spoken() == "en" else words[0]


def noticed(notice: Notice) -> str:
    """A notice of the domain in the language in force."""
    return notice.text(spoken())


def counted(count: int, one: str, many: str) -> str:
    """English wants ``1 copy`` and ``2 copies``; Vietnamese does not."""
    return f"{count} {one if count == 1 else many}"
