"""Alembic for the journal and this PC's own tables; readings are never migrated but rebuilt.

Imported only when a store's revision differs from the program's: alembic takes 0.6 s to load.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from counter_app.storage.engine import transaction
from counter_app.storage.journals.guards import create_guards
from counter_app.storage.store_errors import StoreError

SCRIPTS = Path(__file__).parent


def config(scripts: Path = SCRIPTS) -> Config:
    """Alembic's configuration without any file."""
    made = Config()
    made.set_main_option("script_location", str(scripts).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    return made


@contextmanager
def scripts_on_disk(scripts: Path = SCRIPTS) -> Iterator[Path]:
    """The folder alembic reads; of an application that is one zip, a copy for as long as it reads.

    Raises OSError where no temporary folder can be made.
    """
    if scripts.is_dir():
        yield scripts
        return
    with TemporaryDirectory(prefix="commune-counter-") as folder:
        _copy(files(__name__), Path(folder))
        yield Path(folder)


def _copy(source: Traversable, target: Path) -> None:
    """The scripts' sources below ``target``."""
    target.mkdir(exist_ok=True)
    for one in source.iterdir():
        if one.is_dir():
            _copy(one, target / one.name)
        elif one.name.endswith(".py"):
            (target / one.name).write_bytes(one.read_bytes())


def upgrade(engine: Engine, found: str | None, target: str = "head", scripts: Path = SCRIPTS) -> None:
    """Bring the kept tables from revision ``found`` (None: empty) to ``target``, then restore the triggers.

    One transaction: a step that fails leaves the store as it was. Raises ``StoreError`` ``store.newer``
    for a revision that this program does not know.
    """
    with scripts_on_disk(scripts) as folder:
        made = config(folder)
        if found is not None:
            try:
                ScriptDirectory.from_config(made).get_revision(found)
            except CommandError as error:
                raise StoreError("store.newer", found) from error
        with transaction(engine, "write") as connection:
            made.attributes["connection"] = connection
            command.upgrade(made, target)
            create_guards(connection)
