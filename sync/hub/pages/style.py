"""The one style sheet of the pages and its letters: colours of ``tokens.json``, fonts where there are any."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources as package_files
from importlib.resources.abc import Traversable
from pathlib import Path

FONTS = {400: "NotoSans-Regular.ttf", 600: "NotoSans-SemiBold.ttf"}
_SHEET = Path(__file__).parent / "templates" / "page.css"


def _of(*parts: str) -> Traversable:
    found = package_files.files("resources")
    for part in parts:
        found = found.joinpath(part)
    return found


@cache
def colours(theme: str = "light") -> dict[str, str]:
    """Colour names and values of a theme of the kit."""
    tokens = json.loads(_of("styles", "tokens.json").read_text(encoding="utf-8"))
    found: dict[str, str] = tokens["themes"][theme]
    return found


@cache
def style_sheet() -> bytes:
    """The whole sheet: faces, colours of both themes, layout."""
    faces = "".join(
        f'@font-face{{font-family:"Noto Sans";font-weight:{weight};font-display:swap;'
        f'src:url("/pages/fonts/{name}") format("truetype")}}\n'
        for weight, name in FONTS.items()
        if font(name) is not None
    )
    light, dark = _variables("light"), _variables("dark")
    themes = f":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
    return (faces + themes + _SHEET.read_text(encoding="utf-8")).encode()


@cache
def style_tag() -> str:
    """Changes with the sheet, so that browsers may keep it for long."""
    return hashlib.sha256(style_sheet()).hexdigest()[:12]


def _variables(theme: str) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colours(theme).items())


@cache
def font(name: str) -> bytes | None:
    """A font file of the package; None where assets were not prepared, or for another name."""
    found = _of("fonts", name)
    return found.read_bytes() if name in FONTS.values() and found.is_file() else None


@cache
def icon(name: str) -> str:
    """An icon as inline SVG that readers of the page's text pass over; "" where it was not prepared."""
    found = _of("icons", f"{name}.svg")
    if not found.is_file():
        return ""
    svg = " ".join(found.read_text(encoding="utf-8").split())
    return svg.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1)


@cache
def site_icon() -> bytes:
    """A building on the kit's dark blue, drawn here: an SVG of its own, so that no asset has to be there."""
    chosen = colours()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="7" fill="{chosen["rail"]}"/>'
        f'<path d="M6 13 16 7l10 6v2H6zM8 17h3v6H8zm6.500 0h3v6h-3zM21 17h3v6h-3zM6 24.500h20V27H6z"'
        f' fill="{chosen["rail_accent"]}"/></svg>'
    ).encode()
