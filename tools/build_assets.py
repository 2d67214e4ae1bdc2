"""Prepare fonts and icons from locked packages into `resources/fonts` and `resources/icons`.

Git ignores what is made; the wheel and the installers carry it. A second run with the same inputs does
nothing. The same inputs give the same bytes, so that two machines ship the same fonts.
"""

import argparse
import hashlib
import json
import re
import sys
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.paper_face import FaceUnavailable, read_tinos

ROOT = Path(__file__).resolve().parent.parent
RECORD = "prepared.json"
SOURCES = ("fonttools", "fontpkg-noto-sans", "fontpkg-noto-serif", "pytablericons")
SANS_WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
SERIF_STYLES = {
    "Regular": ("NotoSerif[wdth,wght].ttf", 400),
    "Bold": ("NotoSerif[wdth,wght].ttf", 700),
    "Italic": ("NotoSerif-Italic[wdth,wght].ttf", 400),
    "BoldItalic": ("NotoSerif-Italic[wdth,wght].ttf", 700),
}
# Latin with every Vietnamese letter, the letters of minority languages, combining marks, punctuation, money,
# arrows and comparison signs (kept where the face has them).
CHARACTERS = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0253, 0x0253), (0x0257, 0x0257), (0x0294, 0x0294),
    (0x02B0, 0x02DD), (0x0300, 0x036F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20AB, 0x20AC),
    (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248),
    (0x2260, 0x2265), (0x2610, 0x2611), (0x2713, 0x2713), (0xFFFD, 0xFFFD),
)  # fmt: skip
NAMES = [0, 1, 2, 4, 6, 14]
"""Copyright, family, style, full and PostScript name, address of the licence."""
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def icon_names(listing: Path = ROOT / "tools" / "icons.txt") -> list[str]:
    """The names of the icons to ship, in the order of the list."""
    lines = (line.strip() for line in listing.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def static_face(variable: bytes, weight: int) -> bytes:
    """One weight (100-900) of a variable TTF as a static subset of `CHARACTERS`."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(BytesIO(_letters_of(variable)), recalcTimestamp=False)
    instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True, updateFontNames=True)
    return subset_of(font)


@lru_cache(maxsize=1)
def _letters_of(variable: bytes) -> bytes:
    """A variable face with our letters alone, once for all its weights: the rest would be work in vain."""
    from fontTools.ttLib import TTFont

    return subset_of(TTFont(BytesIO(variable), recalcTimestamp=False))


def paper_subset(face: bytes, style: str) -> bytes:
    """A static TTF for papers: the subset of `CHARACTERS` without its screen hints, under a name of its own.

    Printers ignore hints, and reportlab copies the whole hint program and every licence text of the name
    table into every paper: a third of its bytes. Whose face it is stays in it; the licence lies beside.
    """
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(face), recalcTimestamp=False)
    own = {1: "Paper Serif", 4: f"Paper Serif {style}", 6: f"PaperSerif-{style}"}
    for record in font["name"].names:
        if record.nameID in own:
            record.string = own[record.nameID]
    return subset_of(font, hinting=False)


def subset_of(font: Any, *, hinting: bool = True) -> bytes:
    """The letters of `CHARACTERS` of an opened font, as a file."""
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.hinting = hinting
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern", "tnum", "lnum", "liga"]
    options.name_IDs = ["*"]
    if not hinting:
        options.name_IDs = NAMES
        options.drop_tables += ["STAT", "GSUB", "GPOS", "GDEF"]  # reportlab knows no features
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in CHARACTERS for code in range(low, high + 1)])
    subsetter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def sans() -> dict[str, bytes]:
    """The screen face: file name -> TTF."""
    variable = files("fontpkg_noto_sans").joinpath("files", "NotoSans[wdth,wght].ttf").read_bytes()
    return {f"NotoSans-{name}.ttf": static_face(variable, weight) for name, weight in SANS_WEIGHTS.items()}


def stand_in() -> dict[str, bytes]:
    """Noto Serif in the four styles of the paper face: style -> TTF."""
    folder = files("fontpkg_noto_serif").joinpath("files")
    return {
        style: static_face(folder.joinpath(name).read_bytes(), weight)
        for style, (name, weight) in SERIF_STYLES.items()
    }


def paper_face(allow_tinos: bool = True) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The paper face (file name -> TTF) and the note that says which face it is and why."""
    note: dict[str, Any] = {"face": "Tinos", "metric_twin_of_times": True, "reason": ""}
    try:
        if not allow_tinos:
            raise FaceUnavailable("the stand-in was asked for")
        styles = read_tinos()
    except FaceUnavailable as reason:
        note = {"face": "Noto Serif", "metric_twin_of_times": False, "reason": str(reason)}
        styles = stand_in()
    named = {f"PaperSerif-{style}.ttf": paper_subset(data, style) for style, data in styles.items()}
    note["sha256"] = {name: hashlib.sha256(data).hexdigest() for name, data in named.items()}
    return named, note


def icons(names: list[str]) -> dict[str, bytes]:
    """The outline icons, comments removed: file name -> SVG. Raises FileNotFoundError for an unknown name."""
    # Found without importing: the package's own code wants a game library that is not installed.
    found_package = find_spec("pytablericons")
    if found_package is None or not found_package.origin:
        raise FileNotFoundError("the package pytablericons is not installed")
    folder = Path(found_package.origin).parent / "icons" / "outline"
    found: dict[str, bytes] = {}
    for name in names:
        text = folder.joinpath(f"{name}.svg").read_text(encoding="utf-8")
        found[f"{name}.svg"] = _COMMENT.sub("", text).encode()
    return found


def licences() -> dict[str, dict[str, bytes]]:
    """Licence texts that go beside the files, by folder."""
    ofl = files("fontpkg_noto_sans").joinpath("LICENSE").read_bytes()
    from importlib.metadata import distribution

    texts = [p for p in distribution("pytablericons").files or [] if p.name == "LICENSE"]
    return {
        "fonts": {"OFL-Noto.txt": ofl},
        "icons": {"MIT-Tabler.txt": Path(str(texts[0].locate())).read_bytes()} if texts else {},
    }


def inputs() -> dict[str, str]:
    """What the prepared files depend on: versions of the sources and digests of the recipe."""
    recipe = hashlib.sha256()
    for name in ("build_assets.py", "paper_face.py", "icons.txt"):
        recipe.update((ROOT / "tools" / name).read_bytes())
    return {name: version(name) for name in SOURCES} | {"recipe": recipe.hexdigest()}


def up_to_date(target: Path, wanted: dict[str, str]) -> bool:
    """Whether `target` holds everything an earlier run with the same inputs wrote."""
    record = target / "fonts" / RECORD
    if not record.is_file():
        return False
    said = json.loads(record.read_text(encoding="utf-8"))
    return said["inputs"] == wanted and all((target / name).is_file() for name in said["files"])


def build(target: Path, allow_tinos: bool = True) -> dict[str, Any]:
    """Write all assets below `target` and return the note about the paper face."""
    papers, note = paper_face(allow_tinos)
    texts = licences()
    folders = {
        "fonts": sans() | papers | texts["fonts"] | {"paper_face.json": _json(note)},
        "icons": icons(icon_names()) | texts["icons"],
    }
    for folder, contents in folders.items():
        (target / folder).mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            _replace(target / folder / name, data)
    written = sorted(f"{folder}/{name}" for folder, contents in folders.items() for name in contents)
    _replace(target / "fonts" / RECORD, _json({"inputs": inputs(), "files": written}))
    return note


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _replace(path: Path, data: bytes) -> None:
    # Written aside and renamed: a program that is reading the font now keeps its whole old file.
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    partial.replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Prepare the assets unless they are up to date; prints one line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--target", type=Path, default=ROOT / "resources")
    parser.add_argument("--force", action="store_true", help="prepare again even when nothing changed")
    parser.add_argument(
        "--stand-in", action="store_true", help="take Noto Serif for the papers without trying Tinos"
    )
    options = parser.parse_args(arguments)
    if not options.force and up_to_date(options.target, inputs()):
        return 0
    note = build(options.target, allow_tinos=not options.stand_in)
    because = f" ({note['reason']})" if note["reason"] else ""
    print(f"assets: {len(icon_names())} icons, Noto Sans in 4 weights, papers in {note['face']}{because}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
