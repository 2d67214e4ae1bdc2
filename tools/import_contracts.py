"""The import contracts of pyproject.toml, held against the packages that exist.

import-linter stops at a contract that names a module which is not there. Here such names are left out before
it runs, so that a layer is held to its contract from the day it appears and nothing is written twice.
"""

import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def exists(module: str, root: Path = ROOT) -> bool:
    """Whether a dotted module of the project is a file or package below `root`."""
    path = root.joinpath(*module.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def present(contract: dict[str, Any], own: tuple[str, ...], root: Path = ROOT) -> dict[str, Any] | None:
    """The contract without the project's modules that do not exist; None when nothing is left to hold.

    `own` are the root packages: names outside them are libraries and stay.
    """
    kept = dict(contract)
    for key in ("source_modules", "forbidden_modules"):
        if key in kept:
            kept[key] = [m for m in kept[key] if m.split(".")[0] not in own or exists(m, root)]
            if not kept[key]:
                return None
    return kept


def configuration(root: Path = ROOT) -> str:
    """The contracts of `root`'s pyproject.toml as an import-linter TOML file, absent modules left out."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    own = tuple(settings["root_packages"])
    lines = ["[tool.importlinter]", f"root_packages = {list(own)!r}", "include_external_packages = true"]
    for contract in settings["contracts"]:
        kept = present(contract, own, root)
        if kept is None:
            continue
        lines.append("[[tool.importlinter.contracts]]")
        lines += [f"{key} = {_toml(value)}" for key, value in kept.items()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def check(root: Path = ROOT) -> int:
    """Run import-linter over `root`; prints its report and returns its exit code (0 kept, 1 broken)."""
    from importlinter.cli import lint_imports

    sys.path.insert(0, str(root))
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "contracts.toml"
        config.write_text(configuration(root), encoding="utf-8")
        return lint_imports(config_filename=str(config), no_cache=True)


if __name__ == "__main__":
    sys.exit(check(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT))
