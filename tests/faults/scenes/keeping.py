"""What is done to the store itself: backup, restore, readings made anew, an older store updated."""

from __future__ import annotations

import os
from pathlib import Path

from counter_app.cli import acts, recovering
from counter_app.storage import migrations, schema
from counter_app.storage.keeping import backup as backups
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError
from sync.hub import backup as hub_backups
from sync.hub.hub import DATABASE_NAME, Hub
from sync.hub.keys import FILE_NAME
from tests.faults.harness import Faults, Steps, Tell
from tests.faults.scenes.desk import Desk, requests_held, settings_of, sound
from tests.faults.scenes.exchange import hub_words
from tests.support.invariants import hub_broken, rows

NEXT = """
from alembic import op
import sqlalchemy as sa
revision = "9999"
down_revision = "{before}"

def upgrade():
    with op.batch_alter_table("entries", recreate="always") as batch:
        batch.add_column(sa.Column("extra", sa.Integer(), nullable=True))
"""


class Keeping:
    """A counter with two requests, one of them not at the province."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)

    def prepare(self) -> None:
        """Requests and numbers on one counter."""
        self.desk.make()
        program = self.desk.start(60_000)
        self.asked = {self.desk.take_in(program, 5).key}
        self.numbers = self.desk.number(program)
        self.asked |= requests_held(program)
        self.prepared(Path(program.technician.back_up().path))
        program.close()

    def prepared(self, backup: Path) -> None:
        """What more a scene needs; ``backup`` was just made."""

    def lost(self, store: Store) -> list[str]:
        """Requests and numbers of the morning that are not in ``store``."""
        held = {key for (key,) in rows(store, "SELECT id FROM requests")}
        numbers = [n for (n,) in rows(store, "SELECT number FROM lines ORDER BY number")]
        found = [f"request {key} is lost" for key in self.asked - held]
        wanted = list(range(self.numbers[0], self.numbers[1] + 1))
        return found + ([] if numbers[: len(wanted)] == wanted else [f"numbers {numbers}, not {wanted}"])

    def goes_on(self) -> list[str]:
        """The program opens, holds everything, takes in and numbers."""
        program = self.desk.start()
        try:
            wrong = sound(program) + self.lost(program.opened.store)
            self.desk.take_in(program, 8)
            first, _ = self.desk.number(program)
            if first != self.numbers[1] + 1:
                wrong.append(f"number {first} after {self.numbers[1]}")
            return wrong + sound(program)
        finally:
            program.close()


class BackingUp(Keeping):
    """A backup in the middle of the day."""

    def work(self, tell: Tell) -> None:
        """Start, back up, end."""
        program = self.desk.start()
        for word in (b"a scan", b"an act"):
            program.areas.work.kept_files("scans").put(word)
        tell("backup", program.technician.back_up().path)
        program.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Every file that bears a backup's name proves itself; the store is untouched."""
        key = self.key()
        wrong = []
        found = backups.backups_in(self.desk.home / "backups")
        for path in found:
            try:
                backups.verify(path, key)
                held = backups.verify_files(path, key)
                wrong += [f"{path.name} lists {name}, which is not there" for name in held.faulty]
                if path.name == Path(str(dict(steps).get("backup", ""))).name and held.files != 2:
                    wrong.append(f"{path.name} was shown and holds {held.files} files of 2")
            except StoreError as bad:
                wrong.append(f"{path.name} bears a backup's name: {bad.detail}")
        made = dict(steps).get("backup")
        if made is not None and Path(str(made)) not in found:
            wrong.append("the backup that was shown is not there")
        return Faults(wrong + self.goes_on())

    def key(self) -> bytes:
        """The key of the store."""
        from counter_app.services.enrolment.opening import key_of, secrets_of

        settings = settings_of(self.desk.home)
        return key_of(secrets_of(settings.paths, settings.passphrase))


class Restoring(Keeping):
    """The technician restores this morning's backup."""

    def prepared(self, backup: Path) -> None:
        """The backup lies on a stick."""
        self.stick = self.folder / "usb.mcbak"
        self.stick.write_bytes(backup.read_bytes())

    def work(self, tell: Tell) -> None:
        """The command ``commune-counter restore``, then a start of the program."""
        tell("asked", 0)
        recovering.restore(settings_of(self.desk.home, 3_600_000), {"file": str(self.stick)})
        tell("restored", 0)
        self.desk.start(3_700_000).close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """A store opens, or words say that none is there and the command repeated mends it."""
        wrong: list[str] = []
        try:
            program = self.desk.start(4_000_000)
        except StoreError as absent:
            if absent.code not in ("store.absent", "store.no_journal") or "restored" in dict(steps):
                raise
            recovering.restore(settings_of(self.desk.home, 4_000_000), {"file": str(self.stick)})
            program = self.desk.start(4_100_000)
        try:
            wrong += sound(program) + self.lost(program.opened.store)
            life = program.areas.work.journal & 0xFF
            if "restored" in dict(steps) and life < 2:
                wrong.append("a restored counter writes on in its old journal")
            self.desk.take_in(program, 8)
            wrong += sound(program)
            with self.desk.hub() as hub:
                self.desk.meet(program)
                wrong += hub_broken(hub)
        finally:
            program.close()
        return Faults(wrong + self.old_is_kept(steps))

    def old_is_kept(self, steps: Steps) -> list[str]:
        """The store that was there is never deleted: it is in its place or aside, whole."""
        aside = sorted(self.desk.home.glob("store-before-*.db"))
        if "restored" in dict(steps) and not aside:
            return ["the store from before the restore is gone"]
        return []


class Rebuilding(Keeping):
    """The technician has the readings made anew; a start after an update does the same."""

    def work(self, tell: Tell) -> None:
        """Rebuild by command, then by a version that no longer fits."""
        program = self.desk.start()
        acts.rebuild(program, {})
        tell("rebuilt", 0)
        with program.opened.store.write() as connection:
            connection.exec_driver_sql("UPDATE reading_versions SET version = 0")
        program.close()
        self.desk.start(3_700_000).close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Readings say what the entries say, whichever version is noted."""
        return Faults(self.goes_on())


class Migrating(Keeping):
    """A program that is one revision newer opens the store for the first time."""

    def prepared(self, backup: Path) -> None:
        """The newer program's scripts; they stay known to this process, as the program stays updated."""
        scripts = self.folder.with_name("scripts")
        (scripts / "versions").mkdir(parents=True)
        for path in (migrations.SCRIPTS / "env.py", *(migrations.SCRIPTS / "versions").glob("*.py")):
            (scripts / path.relative_to(migrations.SCRIPTS)).write_text(path.read_text("utf-8"), "utf-8")
        (scripts / "versions" / "9999_next.py").write_text(NEXT.format(before=schema.REVISION), "utf-8")
        self.scripts = scripts

    def update(self) -> None:
        """From now on this process is the newer program."""
        schema.REVISION = "9999"
        migrations.upgrade.__defaults__ = ("head", self.scripts)

    def work(self, tell: Tell) -> None:
        """Start, end."""
        self.update()
        program = self.desk.start()
        tell("migrated", 0)
        program.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """The newer program opens it, now or again, with everything in it."""
        self.update()
        return Faults(self.goes_on())


class HubBackingUp:
    """The province's backup, and its restore into an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)
        self.copy = folder / "hub.backup"
        self.fresh = folder / "again"

    def prepare(self) -> None:
        """A province that holds a counter's morning."""
        self.desk.make()

    def work(self, tell: Tell) -> None:
        """Back up, restore elsewhere."""
        with hub_words(), self.desk.hub() as hub:
            hub_backups.back_up(hub, self.copy)
            tell("backup", 0)
        with hub_words():
            self.again()
        tell("restored", 0)

    def again(self) -> None:
        """A new machine with the province's key file and the backup."""
        self.fresh.mkdir(exist_ok=True)
        key = self.fresh / FILE_NAME
        if not key.exists():
            draft = self.fresh / "key.part"
            draft.write_bytes((self.desk.province / FILE_NAME).read_bytes())
            os.replace(draft, key)
        hub_backups.restore(self.copy, self.fresh).close()

    def survived(self, steps: Steps) -> Faults:
        """The hub is whole; a backup that was shown proves itself; what was restored is in its next life."""
        wrong = []
        with self.desk.hub() as hub:
            wrong += hub_broken(hub)
            life = hub.life
        if "backup" in dict(steps) and not self.copy.exists():
            wrong.append("the backup that was shown is not there")
        if self.copy.exists():
            if not (self.fresh / DATABASE_NAME).exists():
                self.again()
            with Hub.open(self.fresh, practice=True) as back:
                wrong += hub_broken(back)
                if back.life <= life:
                    wrong.append(f"the restored hub serves in life {back.life} of a hub in life {life}")
        return Faults(wrong)
