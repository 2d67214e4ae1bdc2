"""Who may import whom: the contracts on the real house, and on houses built wrong on purpose."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import import_contracts

ROOT = import_contracts.ROOT


def run(root: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "tools" / "import_contracts.py"), str(root)]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def house(root: Path, files: dict[str, str]) -> Path:
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    for package in ("counter_app", "sync"):
        (root / package).mkdir()
        (root / package / "__init__.py").write_text("")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in path.parents:
            if folder == root:
                break
            (folder / "__init__.py").touch()
        path.write_text(text)
    return root


def test_the_house_keeps_its_contracts() -> None:
    done = run(ROOT)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "0 broken" in done.stdout


def test_a_house_of_two_empty_packages_is_in_order(tmp_path: Path) -> None:
    done = run(house(tmp_path, {}))
    assert done.returncode == 0, done.stdout + done.stderr


WRONG = {
    "domain reaches up": {
        "counter_app/domain/rules.py": "from counter_app.storage import journal\n",
        "counter_app/storage/journals/journal.py": "",
    },
    "protocol reaches up": {
        "sync/protocol/journals/codec.py": "import counter_app.domain.rules\n",
        "counter_app/domain/rules.py": "",
    },
    "client knows the counter": {
        "sync/client/engine.py": "from counter_app.domain import rules\n",
        "counter_app/domain/rules.py": "",
    },
    "hub knows the counter's storage": {
        "sync/hub/tables.py": "from counter_app.storage import journal\n",
        "counter_app/storage/journals/journal.py": "",
    },
    "screens touch the store": {
        "counter_app/ui/home.py": "from counter_app.storage import journal\n",
        "counter_app/storage/journals/journal.py": "",
    },
    "screens touch the database library": {"counter_app/ui/home.py": "import sqlalchemy\n"},
    "screens touch the line": {"counter_app/ui/home.py": "import requests\n"},
    "printing imports storage": {
        "counter_app/printing/slip.py": "from counter_app.storage import journal\n",
        "counter_app/storage/journals/journal.py": "",
    },
    "services know a screen": {
        "counter_app/services/intake.py": "from counter_app.ui import home\n",
        "counter_app/ui/home.py": "",
    },
    "client and hub know each other": {
        "sync/client/engine.py": "from sync.hub import tables\n",
        "sync/hub/tables.py": "",
    },
}


@pytest.mark.parametrize("files", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_import_breaks_a_contract(tmp_path: Path, files: dict[str, str]) -> None:
    done = run(house(tmp_path, files))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_what_layers_allow_is_allowed(tmp_path: Path) -> None:
    files = {
        "counter_app/ui/home.py": "from counter_app.services import ports\nimport counter_app.domain.rules\n",
        "counter_app/services/ports.py": "from counter_app.storage import journal\n",
        "counter_app/storage/journals/journal.py": "from sync.protocol import ids\nimport sqlalchemy\n",
        "counter_app/domain/rules.py": "from sync.protocol import ids\n",
        "sync/hub/tables.py": "from counter_app.domain import rules\n",
        "sync/protocol/naming/ids.py": "",
    }
    done = run(house(tmp_path, files))
    assert done.returncode == 0, done.stdout + done.stderr


def test_names_of_absent_modules_are_left_out_and_libraries_kept(tmp_path: Path) -> None:
    house(tmp_path, {"counter_app/ui/home.py": ""})
    contract = {
        "source_modules": ["counter_app.ui"],
        "forbidden_modules": ["counter_app.storage", "sqlalchemy"],
    }
    kept = import_contracts.present(contract, ("counter_app", "sync"), tmp_path)
    assert kept == {"source_modules": ["counter_app.ui"], "forbidden_modules": ["sqlalchemy"]}
    assert (
        import_contracts.present({"source_modules": ["sync.hub"]}, ("counter_app", "sync"), tmp_path) is None
    )
