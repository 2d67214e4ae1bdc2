"""The house's figures for its own code: sizes of files, functions and classes, types, docstrings, names.

python tools/code_shape.py [FOLDER ...]     prints what is over a bar; exit code 1 if anything is
"""

import ast
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("counter_app", "sync", "resources", "tools")
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}

MAX_FILE, P95_FILE = 500, 350
MAX_FUNCTION, P95_FUNCTION = 60, 30
MAX_CLASS = 300
MIN_DOCSTRINGS = 0.95

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Shape:
    """Sizes in physical lines, and what breaks a bar by itself (`faults`, one sentence each)."""

    files: list[int] = field(default_factory=list)
    functions: list[int] = field(default_factory=list)
    documented: int = 0
    public: int = 0
    faults: list[str] = field(default_factory=list)

    def verdict(self) -> list[str]:
        """All faults: those of single places and those of the whole."""
        whole = []
        if percentile(self.files, 95) > P95_FILE:
            whole.append(f"95 % of the files should have at most {P95_FILE} lines")
        if percentile(self.functions, 95) > P95_FUNCTION:
            whole.append(f"95 % of the functions should have at most {P95_FUNCTION} lines")
        if self.public and self.documented / self.public < MIN_DOCSTRINGS:
            whole.append(f"only {self.documented} of {self.public} public names say what they are")
        return self.faults + whole


def percentile(values: Sequence[int], percent: int) -> int:
    """The value that `percent` of `values` do not exceed; 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else 0


def python_files(folders: Sequence[str], root: Path = ROOT) -> list[Path]:
    """Python files below `folders`, in order."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def _lines(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


def _untyped(function: Function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    stars = [one for one in (arguments.vararg, arguments.kwarg) if one]
    free = [one for one in named if one.arg not in ("self", "cls")] + stars
    return function.returns is None or any(one.annotation is None for one in free)


def _public(body: Sequence[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if any("overload" in ast.unparse(one) for one in node.decorator_list):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _overrides(node: Function | ast.ClassDef) -> bool:
    # Qt's own names (paintEvent, rowCount ...) are explained by Qt; ours are never camelCase.
    named = any("override" in ast.unparse(one) for one in node.decorator_list)
    return named or (isinstance(node, Function) and node.name != node.name.lower())


def measure(path: Path, shape: Shape, root: Path = ROOT) -> None:
    """Add one file to `shape`."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    where = path.relative_to(root).as_posix()
    length = text.count("\n")
    if length:
        shape.files.append(length)
    if length > MAX_FILE:
        shape.faults.append(f"{where}: {length} lines, at most {MAX_FILE}")
    if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES:
        shape.faults.append(f"{where}: the name does not say what is inside")
    if text.strip() and ast.get_docstring(tree) is None:
        shape.faults.append(f"{where}: no docstring says what the module is")
    for node in ast.walk(tree):
        if isinstance(node, Function):
            _measure_function(node, where, shape)
        elif isinstance(node, ast.ClassDef) and _lines(node) > MAX_CLASS:
            shape.faults.append(
                f"{where}:{node.lineno} class {node.name}: {_lines(node)} lines, at most {MAX_CLASS}"
            )
    for node in _public(tree.body):
        if not _overrides(node):
            shape.public += 1
            shape.documented += ast.get_docstring(node) is not None


def _measure_function(node: Function, where: str, shape: Shape) -> None:
    length = _lines(node)
    shape.functions.append(length)
    if length > MAX_FUNCTION:
        shape.faults.append(f"{where}:{node.lineno} {node.name}: {length} lines, at most {MAX_FUNCTION}")
    if _untyped(node):
        shape.faults.append(f"{where}:{node.lineno} {node.name}: not fully typed")


def undocumented(path: Path, root: Path = ROOT) -> list[str]:
    """Public names of one file without docstring, for whoever mends them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    where = path.relative_to(root).as_posix()
    bare = (node for node in _public(tree.body) if not _overrides(node) and ast.get_docstring(node) is None)
    return [f"{where}:{node.lineno} {node.name}" for node in bare]


def main(arguments: list[str]) -> int:
    """Measure the named folders (all of ours without arguments) and print what is over a bar."""
    shape = Shape()
    files = python_files(arguments or SOURCES)
    for path in files:
        measure(path, shape)
    faults = shape.verdict()
    print(*faults, sep="\n")
    if any("public names" in fault for fault in faults):
        print(*(name for path in files for name in undocumented(path)), sep="\n")
    print(
        f"{len(files)} files, p50/p95 {percentile(shape.files, 50)}/{percentile(shape.files, 95)} lines; "
        f"functions {percentile(shape.functions, 50)}/{percentile(shape.functions, 95)}; "
        f"{shape.documented} of {shape.public} public names documented"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
