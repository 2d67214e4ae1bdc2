"""Make the environment: a virtual environment from the hashed locks, and the libraries Qt needs.

    python3 tools/setup.py run     what the program and its fonts need
    python3 tools/setup.py dev     that and what work and tests need

Only the standard library is used before the environment exists. The second run compares one stamp and
returns. `CC_VENV` names another folder than `.venv`.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import system_libraries

ROOT = Path(__file__).resolve().parent.parent
STAMP = "commune-counter.json"
LOCKS = {"run": ("runtime.txt", "build.txt"), "dev": ("dev.txt",)}
OLDEST = (3, 11)
# Where packages come from and how to get there may be set by whoever looks after this machine; everything
# else a foreign pip configuration says (constraints, links, targets) would change what is installed.
KEPT_OPTIONS = ("index-url", "proxy", "cert", "client-cert", "trusted-host", "timeout")


class SetupFailed(Exception):
    """The environment cannot be made; the text says what to do."""


def digest(kind: str, root: Path = ROOT) -> str:
    """What an environment of `kind` is made from: the locks, the project's table and the interpreter."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    seen = hashlib.sha256(repr((kind, sys.version_info[:2], str(root), project)).encode())
    for lock in LOCKS[kind]:
        seen.update((root / "requirements" / lock).read_bytes())
    return seen.hexdigest()


def stamped(venv: Path) -> dict[str, str]:
    """The digests of what `venv` was last completed with, by kind; empty for one that is new or half made."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(kind): str(value) for kind, value in stamp.items()} if isinstance(stamp, dict) else {}


def pip_environment(configured: dict[str, str], outside: dict[str, str]) -> dict[str, str]:
    """The environment pip runs in: `outside` without pip's own settings, but for the way to the packages.

    `configured` are pip's merged settings (`global.index-url` ...); a PIP_ variable wins over them.
    """
    clean = {name: value for name, value in outside.items() if not name.startswith("PIP_")}
    clean |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    for option in KEPT_OPTIONS:
        variable = "PIP_" + option.upper().replace("-", "_")
        value = outside.get(variable) or configured.get(f"global.{option}")
        if value:
            clean[variable] = value
    return clean


def configured_pip(python: Path) -> dict[str, str]:
    """What pip's configuration files say on this machine: `global.index-url` -> value."""
    done = subprocess.run(
        [str(python), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    pairs = (line.partition("=") for line in done.stdout.splitlines())
    return {name.strip(): value.strip().strip("'") for name, equals, value in pairs if equals}


def make_venv(venv: Path) -> None:
    """A bare virtual environment with pip. Raises SetupFailed with the line to type."""
    command = [sys.executable, "-m", "venv", str(venv)]
    if (venv / "bin" / "python").exists() and subprocess.run(
        [str(venv / "bin" / "python"), "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode == 0:
        return
    shutil.rmtree(venv, ignore_errors=True)
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    # Debian and Ubuntu ship venv without ensurepip until python3-venv is there.
    package = f"python3.{sys.version_info.minor}-venv"
    system_libraries.refresh()
    shutil.rmtree(venv, ignore_errors=True)
    if not (system_libraries.install([package]) and subprocess.run(command, check=False).returncode == 0):
        shutil.rmtree(venv, ignore_errors=True)
        raise SetupFailed(
            f"Python cannot make environments here. Please type:\n  {system_libraries.apt_line([package])}"
        )


def install(venv: Path, kind: str) -> None:
    """Install the locks of `kind` into `venv`, every file checked against its hash. Raises SetupFailed."""
    python = venv / "bin" / "python"
    environment = pip_environment(configured_pip(python), dict(os.environ))
    pip = [str(python), "-m", "pip", "install", "-q", "--no-warn-script-location"]
    for lock in LOCKS[kind]:
        # --no-deps: the lock is the whole closure, and what it leaves out is left out on purpose.
        wanted = [
            "--no-deps",
            "--require-hashes",
            "--only-binary=:all:",
            "-r",
            str(ROOT / "requirements" / lock),
        ]
        if subprocess.run([*pip, *wanted], env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
            raise SetupFailed(f"The packages of requirements/{lock} could not be installed (see above).")
    own = ["--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT)]
    if subprocess.run([*pip, *own], env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SetupFailed("The project itself could not be installed into its environment (see above).")


def prepare(kind: str, venv: Path) -> bool:
    """Bring `venv` to what `kind` asks. True when something was done, False when it stood already."""
    wanted = digest(kind)
    stamps = stamped(venv)
    if stamps.get(kind) == wanted and (venv / "bin" / "python").exists():
        return False
    print(f"preparing the environment in {venv.name} (once; it needs the package registry) ...", flush=True)
    make_venv(venv)
    # Without a stamp until it is whole: a run that is cut off starts again.
    (venv / STAMP).unlink(missing_ok=True)
    install(venv, kind)
    # The larger set holds the smaller one; another lock of the other kind would no longer be true.
    made = {kind: wanted} | ({"run": digest("run")} if kind == "dev" else {})
    (venv / STAMP).write_text(json.dumps(made), encoding="utf-8")
    return True


def main(arguments: list[str]) -> int:
    """Prepare the environment the first argument names (`run` or `dev`). Exit code 1 if it failed."""
    kind = arguments[0] if arguments else "dev"
    if kind not in LOCKS:
        print(f"one of {', '.join(LOCKS)} is asked for, not {kind!r}", file=sys.stderr)
        return 2
    if sys.version_info < OLDEST:
        print(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, this is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        return 1
    try:
        prepare(kind, ROOT / os.environ.get("CC_VENV", ".venv"))
    except SetupFailed as error:
        print(error, file=sys.stderr)
        return 1
    tests = system_libraries.TESTS if kind == "dev" else ()
    lacking = system_libraries.provide((*system_libraries.OFFSCREEN, *system_libraries.WINDOW, *tests))
    needed = {library.probe for library in system_libraries.OFFSCREEN}
    return 1 if any(library.probe in needed for library in lacking) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
