"""Keys and names: another passphrase, another password, a PC enrolled, the next life of one."""

from __future__ import annotations

from pathlib import Path

from counter_app.cli import alone
from counter_app.composition import compose
from counter_app.devices.secrets import FileSecrets, SecretError
from counter_app.domain.errors import DomainError
from counter_app.practice import people
from tests.faults.harness import Faults, Steps, Tell
from tests.faults.scenes.desk import PASSPHRASE, Desk, requests_held, settings_of, sound

NEW_PASSPHRASE = "cau khac de nho hon"
NEW_PASSWORD = "tap huan moi 2027"
NEW_PIN = "135792"


class NewPassphrase:
    """The key file is sealed under another passphrase."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)

    def prepare(self) -> None:
        """One counter at work."""
        self.desk.make()

    def work(self, tell: Tell) -> None:
        """The change, then a start with the new one."""
        FileSecrets(self.desk.home / "keys.sealed", PASSPHRASE).change_passphrase(NEW_PASSPHRASE)
        tell("changed", 0)
        self.desk.start(passphrase=NEW_PASSPHRASE).close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Exactly one of the two opens, the new one once it was told."""
        program, opened = None, ""
        for word in (PASSPHRASE, NEW_PASSPHRASE):
            try:
                program = self.desk.start(passphrase=word)
                opened += word
                wrong = sound(program)
                program.close()
            except SecretError as error:
                if error.code != "secret.passphrase":
                    raise
        if opened not in (PASSPHRASE, NEW_PASSPHRASE):
            return Faults([f"opens with {opened or 'neither'}"])
        if "changed" in dict(steps) and opened == PASSPHRASE:
            wrong.append("the change that was shown is gone")
        return Faults(wrong)


class NewPassword:
    """An official's password and PIN are set anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)

    def prepare(self) -> None:
        """One counter at work."""
        self.desk.make()

    def work(self, tell: Tell) -> None:
        """Both in one step, as the accounts page does; then the PIN alone."""
        program = self.desk.start()
        clerk = self.desk.founded.officials[people.CLERK]
        program.areas.accounts.admit(clerk, self.desk.founded.keys[people.CLERK], NEW_PASSWORD, people.PIN)
        tell("password", 0)
        program.session.sign_in(clerk, NEW_PASSWORD)
        program.session.set_pin(NEW_PIN, NEW_PIN)
        tell("pin", 0)
        program.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """Exactly one password opens the key; a PIN that was told is the one that counts."""
        program = self.desk.start()
        clerk = self.desk.founded.officials[people.CLERK]
        wrong, opened = sound(program), []
        for word in (people.PASSWORD, NEW_PASSWORD):
            try:
                program.session.sign_in(clerk, word)
                opened.append(word)
                program.session.sign_out()
            except DomainError:
                pass
        if len(opened) != 1 or ("password" in dict(steps) and opened != [NEW_PASSWORD]):
            wrong.append(f"these open the account: {opened}")
        if "pin" in dict(steps):
            program.session.sign_in(clerk, NEW_PASSWORD)
            program.session.check_pin(NEW_PIN)
        program.close()
        return Faults(wrong)


class Enrolling:
    """A new PC is enrolled from a provisioning file, by the technician's command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)
        self.other = Desk(folder, "QUẦY-02", "quay-02")
        self.file = folder / "quay-02.mcp"

    def prepare(self) -> None:
        """The unit runs on another counter; the file lies on a stick."""
        self.desk.make()
        self.file.write_bytes(self.other.provisioned())
        self.kept = self.file.read_bytes()

    def work(self, tell: Tell) -> None:
        """The command, then the first start."""
        alone.enrol_pc(settings_of(self.other.home), {"file": str(self.file), "practice": True})
        tell("enrolled", 0)
        compose(settings_of(self.other.home, 60_000)).close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """The command repeated enrols or says that it is done; one life is open and the province takes it."""
        self.file.write_bytes(self.kept)
        try:
            alone.enrol_pc(settings_of(self.other.home, 120_000), {"file": str(self.file), "practice": True})
        except DomainError as done:
            if done.code != "enrol.again":
                raise
        else:
            if "enrolled" in dict(steps):
                return Faults(["what was shown as enrolled could be enrolled again"])
        program = compose(settings_of(self.other.home, 180_000))
        try:
            self.other.meet(program)
            wrong = sound(program)
            if len(requests_held(program)) != 2:
                wrong.append("the new counter did not learn the unit's work")
            if program.areas.work.journal & 0xFF != 1:
                wrong.append(f"life {program.areas.work.journal & 0xFF} of a PC that is new")
        finally:
            program.close()
        return Faults(wrong)


class NextLife:
    """A copied store goes on as the next life of its journal, by the technician's command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder)

    def prepare(self) -> None:
        """One counter at work."""
        self.desk.make()

    def work(self, tell: Tell) -> None:
        """The command, then a start and a request."""
        alone.enrol_pc(settings_of(self.desk.home, 60_000), {"next_life": "copy"})
        tell("next", 0)
        program = self.desk.start()
        tell("request", self.desk.take_in(program, 6).key)
        program.close()
        tell("closed", 0)

    def survived(self, steps: Steps) -> Faults:
        """The old life or the next one writes; nothing is lost, the province takes all of it."""
        program = self.desk.start(7_200_000)
        try:
            wrong = sound(program)
            asked = dict(steps).get("request")
            if asked is not None and asked not in requests_held(program):
                wrong.append("a request that was acknowledged is lost")
            if "next" in dict(steps) and program.areas.work.journal & 0xFF < 2:
                wrong.append("the old life writes on")
            self.desk.take_in(program, 9)
            self.desk.meet(program)
            wrong += sound(program)
            if program.exchange.status().waiting:
                wrong.append(f"{program.exchange.status().waiting} entries never reach the province")
        finally:
            program.close()
        return Faults(wrong)
