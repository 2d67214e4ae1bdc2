"""Bundle files: one written, one taken in, with the program or the disk failing on the way."""

from __future__ import annotations

from pathlib import Path

from counter_app.services.exchange.bundle_files import BundleFiles
from sync.hub import files as hub_files
from sync.hub.hub import Hub
from sync.protocol.naming.ids import PRACTICE_UNIT
from tests.faults.harness import Faults, Steps, Tell
from tests.faults.scenes.desk import Desk, requests_held, sound


class BundleOut:
    """A morning's work goes to a stick."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)
        self.stick = folder / "usb"

    def prepare(self) -> None:
        """A counter with two requests the province does not have."""
        self.desk.make()
        program = self.desk.start(60_000)
        self.asked = [self.desk.take_in(program, place).key for place in (5, 6)]
        program.close()

    def work(self, tell: Tell) -> None:
        """Start, export, end."""
        program = self.desk.start()
        done = program.exchange.export_file(str(self.stick))
        tell("exported", [done.path, done.entries])
        program.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Whole files or none; a second export works and brings the province everything."""
        program = self.desk.start()
        wrong = sound(program)
        wrong += [f"request {key} is lost" for key in self.asked if key not in requests_held(program)]
        left = sorted(self.stick.glob("*.mcx"))
        if "exported" in dict(steps) and not left:
            wrong.append("the file that was shown as exported is not there")
        program.exchange.export_file(str(self.stick))
        with self.desk.hub() as hub:
            for path in sorted(self.stick.glob("*.mcx")):
                taken = hub_files.take(hub, [path])
                wrong += [f"{path.name}: {parked}" for parked in taken.parked]
            wrong += lacking(hub, program._exchange.files)
        program.close()
        return Faults(wrong)


def lacking(hub: Hub, files: BundleFiles) -> list[str]:
    """Own entries the province does not hold."""
    held = {one.journal: one.seq for one in hub.journals_held(PRACTICE_UNIT)}
    mine = files.port.vector().positions
    return [f"journal {j}: province {held.get(j, 0)} of {s}" for j, s in mine.items() if held.get(j, 0) < s]


class BundleIn:
    """The province's answer comes on a stick and is taken in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)
        self.stick = folder / "usb"

    def prepare(self) -> None:
        """The stick holds what the unit's other counter did this morning."""
        self.desk.make()
        other = self.desk.sibling()
        program = other.start(60_000)
        self.asked = [other.take_in(program, place).key for place in (7, 8, 9)]
        self.path = Path(program.exchange.export_file(str(self.stick)).path)
        program.close()
        program = self.desk.start(60_000)
        self.before = requests_held(program)
        program.close()

    def work(self, tell: Tell) -> None:
        """Start, import, end."""
        program = self.desk.start()
        done = program.exchange.import_file(str(self.path))
        tell("imported", done.entries)
        program.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Taken whole or not; again changes nothing more."""
        program = self.desk.start()
        wrong = sound(program)
        came = requests_held(program) & set(self.asked)
        if "imported" in dict(steps) and len(came) < len(self.asked):
            wrong.append("what was shown as imported is not there")
        if came and len(came) < len(self.asked):
            wrong.append("a part of the file was taken")
        program.exchange.import_file(str(self.path))
        wrong += [f"request {key} did not come" for key in self.asked if key not in requests_held(program)]
        wrong += sound(program)
        wrong += [f"request {key} is lost" for key in self.before - requests_held(program)]
        program.close()
        return Faults(wrong)
