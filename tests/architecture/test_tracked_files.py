"""What may stand in no file: machine paths, registry hosts, foreign matters, loose Unicode."""

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".git", ".venv", "out", "dist", "build", "__pycache__"}
TEXT = {
    ".py", ".md", ".toml", ".txt", ".json", ".yml", ".yaml", ".sh", ".cfg", ".ini", ".qss", ".ts", ".svg",
    ".css", ".html", ".nsi", ".in", ".c", ".h", "",
}  # fmt: skip
# Written with a bar inside, so that this file does not hold what it forbids.
FORBIDDEN = {
    what: re.compile(pattern.replace("¦", ""))
    for what, pattern in {
        "a path of some machine": r"(?<![\w.~}])/(?:wo¦rk|ro¦ot|ho¦me/[a-z]+|opt/py¦pi|opt/wh¦eels)/",
        "a package registry": r"\b(?:py¦pi\.org|python¦hosted\.org|npm¦js\.(?:org|com)|deb\.deb¦ian\.org)\b",
        "who or what wrote it": r"(?i)\b(?:clau¦de|anthro¦pic|chat¦gpt|copi¦lot|co-auth¦ored-by)\b",
        "a promise instead of work": r"\b(?:TO¦DO|FIX¦ME|XX¦X)\b(?!-)",
    }.items()
}


def project_files() -> list[Path]:
    """Tracked files and those about to be; everything that is not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        names = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        names = [p for p in ROOT.rglob("*") if not SKIPPED_FOLDERS & set(p.relative_to(ROOT).parts)]
    return sorted(path for path in names if path.is_file() and path.suffix in TEXT)


def found(text: str) -> list[str]:
    """Which forbidden things `text` holds, each with its line number."""
    lines = text.splitlines()
    return [
        f"{number}: {what}: {line.strip()[:80]}"
        for number, line in enumerate(lines, 1)
        for what, pattern in FORBIDDEN.items()
        if pattern.search(line)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "see /wo¦rk/main/x",
        "in /ro¦ot/.cache",
        "at /ho¦me/lan/x",
        "from py¦pi.org",
        "by Clau¦de",
        "# TO¦DO later",
    ],
)
def test_forbidden_things_are_seen(text: str) -> None:
    assert found(text.replace("¦", ""))
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["framework/", "the root/of it", "a home/page", "https://example.invalid/work/x", "claudication"]
)
def test_ordinary_words_pass(text: str) -> None:
    assert found(text) == []


def test_no_file_names_machines_registries_or_foreign_matters() -> None:
    wrong = {}
    for path in project_files():
        if path.name == "LICENSE":
            continue
        lines = found(path.read_text(encoding="utf-8", errors="replace"))
        if lines:
            wrong[path.relative_to(ROOT).as_posix()] = lines
    assert wrong == {}


def test_every_text_is_utf8_and_composed() -> None:
    wrong = []
    for path in project_files():
        data = path.read_bytes()
        if b"\0" in data:
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            wrong.append(f"{path.relative_to(ROOT)}: {error}")
            continue
        if unicodedata.normalize("NFC", text) != text:
            wrong.append(f"{path.relative_to(ROOT)}: not NFC")
    assert wrong == []


def test_prepared_fonts_and_icons_are_not_committed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "resources/fonts", "resources/icons"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    assert [name for name in tracked if not name.endswith("README.md")] == []
