"""Vietnamese source, English behind a switch: one JSON file an area, keyed by the source text.

Every text a person sees goes through ``tr()``, with ``{name}`` slots filled by ``.format`` afterwards; no
string is built by joining. A ``QTranslator`` of our own reads ``resources/i18n/<language>/<area>.json``, so
``QObject.tr`` of Qt works too; no compiled file stands between a word and its translation, and no build
step. The cost is one look-up in a dictionary.
"""

from __future__ import annotations

from functools import cache

import msgspec
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from counter_app.domain.errors import Language
from counter_app.services.ports import saying
from resources import open_resource

_CONTEXT = "counter"
_language: list[Language] = ["vi"]
_installed: list[QTranslator] = []


def tr(source: str) -> str:
    """The text in the language of the screen; the Vietnamese source where no other is in force."""
    return QCoreApplication.translate(_CONTEXT, source)


def translated(source: str) -> str:
    """Marks a source text that is shown later through ``tr`` (titles of entries, module constants)."""
    return source


def language() -> Language:
    """The language in force."""
    return _language[0]


def areas(code: str) -> dict[str, dict[str, str]]:
    """The files of a language: area -> source -> text. Raises msgspec.DecodeError for a damaged file."""
    folder = open_resource("i18n", code)
    if not folder.is_dir():
        return {}
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".json")), key=lambda i: i.name)
    return {
        item.name.removesuffix(".json"): msgspec.json.decode(item.read_bytes(), type=dict[str, str])
        for item in files
    }


def disagreements(found: dict[str, dict[str, str]]) -> list[str]:
    """Sources that two areas translate differently; a test keeps this empty."""
    seen: dict[str, str] = {}
    return [
        f"{area}: {source}"
        for area, words in found.items()
        for source, text in words.items()
        if seen.setdefault(source, text) != text
    ]


@cache
def texts(code: str) -> dict[str, str]:
    """All texts of a language by source."""
    return {source: text for words in areas(code).values() for source, text in words.items()}


class AreaTranslator(QTranslator):
    """Answers Qt from the area files; what is not ours is left as it is."""

    def __init__(self, found: dict[str, str]) -> None:
        """``found``: source -> text."""
        super().__init__()
        self._found = found

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The translation, or the source itself."""
        return self._found.get(source, source)

    def isEmpty(self) -> bool:
        """Never: an empty translator is not asked by Qt."""
        return False


def use_language(code: Language) -> None:
    """Switches the language; windows built before keep their words until they are built again."""
    app = QCoreApplication.instance()
    for old in _installed:
        QCoreApplication.removeTranslator(old)
    _installed.clear()
    _language[0] = code
    saying.speak(code)
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    if code != "vi" and app is not None:
        translator = AreaTranslator(texts(code))
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)
