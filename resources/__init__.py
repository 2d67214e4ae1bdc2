"""Data only: fonts, icons, translations, catalogue, calendar, styles and help of the program.

`resources/fonts` and `resources/icons` are prepared by `tools/build_assets.py` from locked packages; git
ignores what it makes. Everything is read through `importlib.resources`: from a folder, a wheel or a zip.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["open_resource"]


def open_resource(*parts: str) -> Traversable:
    """Point at one file or folder below `resources`: `open_resource("fonts", "NotoSans-Bold.ttf")`.

    The result may not exist yet (prepared assets); ask `.is_file()` where that matters.
    """
    return files(__name__).joinpath(*parts)
