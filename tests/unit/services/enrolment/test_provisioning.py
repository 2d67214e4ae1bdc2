"""The provisioning file before it is used, and enrolment through the port of the first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.clock import FixedClock
from counter_app.composition import compose
from counter_app.composition.enrolling import Enrolling, enrol_here
from counter_app.composition.ownership import Ownership
from counter_app.devices.secrets import SecretError
from counter_app.domain.errors import DomainError
from counter_app.paths import Paths
from counter_app.practice import province
from counter_app.services.enrolment import opening
from counter_app.services.enrolment.provisioning import checked, find_files
from counter_app.services.ports.enrolment import KNOWN_PASSPHRASE, NEW_PASSPHRASE, NO_PASSPHRASE
from counter_app.settings import PRACTICE_COST, Settings
from counter_app.storage import schema
from counter_app.storage.keeping import lives
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from sync.hub.hub import Hub
from sync.protocol.journals.system_kinds import UnitDescribed
from sync.protocol.meeting.provision import Provision, write_provision
from tests.support.authority import pem

AT = 1_795_134_600_000
PASSPHRASE = "may tap huan"


@pytest.fixture(scope="module")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tinh")
    province.found(folder)
    return folder


@pytest.fixture(scope="module")
def real_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a real province wrote for a commune of the shipped list."""
    with Hub.open(tmp_path_factory.mktemp("tinh-that"), practice=False) as hub:
        unit = "03390"
        hub.add_unit(unit, "Xã Bình Lư", UnitDescribed(unit, "Xã Bình Lư", "", "", "", "", "", "", False))
        number = hub.add_grant(unit, "QUẦY-01", valid_until=AT + 1000).device
        key = hub.unit_key(unit)
        assert key is not None
        made = Provision(
            unit, "https://hub.tinh.example:8443", pem(), hub.public_key, (hub.grant_bytes(number),),
            unit_key=key.key, unit_key_version=key.version,
        )  # fmt: skip
        return write_provision(made, hub.keys.signing)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        Paths(tmp_path / "home"), PASSPHRASE, practice=True, clock=FixedClock(AT, step=1),
        password_cost=PRACTICE_COST, exchanging=False, follows_hub_clock=False,
    )  # fmt: skip


@pytest.fixture
def file(hub_folder: Path, tmp_path: Path) -> Path:
    place = tmp_path / "usb" / "00000-1.mcp"
    place.parent.mkdir()
    place.write_bytes(province.provision(hub_folder, "QUẦY-01", "https://127.0.0.1:1", pem()))
    return place


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as error:
        act()
    assert error.value.code == code
    assert error.value.words("vi").remedy
    assert error.value.words("en").title != error.value.words("vi").title


def test_a_stick_shows_its_files_before_those_beside_the_program(tmp_path: Path) -> None:
    stick, beside = tmp_path / "USB KT", tmp_path / "home"
    for place in (stick / "03390-1.mcp", stick / "cap-phat" / "03390-2.mcp", beside / "old.mcp",
                  stick / "bundle.mcx", beside / "deep" / "no.mcp"):  # fmt: skip
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
    found = find_files((beside, beside, tmp_path / "gone"), (stick, tmp_path / "pulled-out"))
    assert [(one.name, one.removable) for one in found] == [
        ("03390-1.mcp", True), ("03390-2.mcp", True), ("old.mcp", False)
    ]  # fmt: skip
    assert found[0].place == "USB USB KT"


def test_the_file_is_shown_and_nothing_is_done(settings: Settings, tmp_path: Path) -> None:
    fresh, file = tmp_path / "tinh", tmp_path / "00000-1.mcp"
    province.found(fresh)
    file.write_bytes(province.provision(fresh, "QUẦY-01", "https://127.0.0.1:1", pem()))
    shown = Enrolling(settings, beside=(), sticks=()).look(str(file))
    assert (shown.unit, shown.counter_name, shown.counter_number, shown.spares) == ("00000", "QUẦY-01", 1, 2)
    assert (shown.practice, shown.sticks_ready, shown.hub_url) == (True, True, "https://127.0.0.1:1")
    assert not settings.paths.home.exists()
    assert file.exists()


def test_a_real_file_names_the_commune_and_its_last_day(settings: Settings, real_file: bytes) -> None:
    place = settings.paths.home.parent / "x.mcp"
    place.write_bytes(real_file)
    port = Enrolling(replace(settings, practice=False), beside=(), sticks=())
    shown = port.look(str(place))
    assert (shown.unit_name, shown.province) == ("Xã Bình Lư", "Tỉnh Lai Châu")
    assert (shown.valid_until, shown.practice) == (AT + 1000, False)
    settings.clock.at = AT + 2000  # type: ignore[attr-defined]
    refused("enrol.grant-expired", lambda: port.look(str(place)))


def test_practice_and_real_never_mix(settings: Settings, file: Path, real_file: bytes) -> None:
    real = replace(settings, practice=False)
    for act in (
        lambda: Enrolling(real).look(str(file)),
        lambda: Enrolling(real).enrol(str(file), "", False),
        lambda: enrol_here(real, file.read_bytes()),
    ):
        refused("enrol.practice-file", act)
    refused("enrol.real-file", lambda: enrol_here(settings, real_file))
    assert not settings.paths.home.exists()
    assert file.exists()


def test_a_file_of_another_unit_is_refused_where_a_script_names_the_unit(
    settings: Settings, file: Path
) -> None:
    refused("enrol.other-unit", lambda: enrol_here(settings, file.read_bytes(), "03390"))
    assert enrol_here(settings, file.read_bytes(), "00000").unit == "00000"


def test_a_cut_file_changes_nothing(settings: Settings, file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    refused("enrol.malformed", lambda: Enrolling(settings).enrol(str(file), "", False))
    refused("enrol.unreadable", lambda: Enrolling(settings).look(str(file) + "x"))
    assert not settings.paths.home.exists()


def test_enrolling_deletes_the_file_and_the_program_opens(settings: Settings, file: Path) -> None:
    port = Enrolling(settings, beside=(), sticks=())
    assert port.enrol(str(file), "", False).file_left == ""
    assert not file.exists(), "it holds grants"
    program = port.open("")
    assert program.session.counter().counter_name == "QUẦY-01"
    program.close()


def test_a_file_that_cannot_be_deleted_is_named(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == ".mcp":
            raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", read_only)
    assert Enrolling(settings).enrol(str(file), "", False).file_left == "00000-1.mcp"


def test_a_pc_that_is_enrolled_keeps_the_file(settings: Settings, file: Path, hub_folder: Path) -> None:
    port = Enrolling(settings)
    port.enrol(str(file), "", True)
    assert file.exists()
    refused("enrol.again", lambda: port.enrol(str(file), "", False))
    assert file.exists()


def test_the_key_file_wants_its_passphrase(settings: Settings, file: Path) -> None:
    bare = replace(settings, passphrase=None)
    port = Enrolling(bare, beside=(), sticks=())
    assert (port.state().has_store, port.state().passphrase) == (False, NEW_PASSPHRASE)
    with pytest.raises(SecretError, match=r"secret\.short"):
        port.enrol(str(file), "ngắn", False)
    assert file.exists()
    port.enrol(str(file), PASSPHRASE, False)
    assert (port.state().has_store, port.state().passphrase) == (True, KNOWN_PASSPHRASE)
    assert Enrolling(settings).state().passphrase == NO_PASSPHRASE
    with pytest.raises(SecretError, match=r"secret\.passphrase"):
        port.open("không phải")
    port.open(PASSPHRASE).close()


def test_a_running_program_is_not_enrolled_beside(settings: Settings, file: Path) -> None:
    settings.paths.prepare()
    owned = Ownership(settings.paths.lock)
    with pytest.raises(StoreError, match=r"store\.in_use"):
        Enrolling(settings).enrol(str(file), "", False)
    owned.release()
    assert file.exists()


class Killed(BaseException):
    """The power went."""


STEPS: tuple[tuple[object, str], ...] = (
    (opening, "make_secret"), (schema, "create_kept"),
    (schema, "create_guards"), (device, "put_sealed_key"), (device, "put_setting"), (lives, "open_life"),
    (lives, "_remember"),
)  # fmt: skip


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_power_cut_at_any_step_lets_the_technician_begin_again(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str, nth: int,
    after: bool,
) -> None:  # fmt: skip
    wanted, calls = getattr(module, name), [0]

    def dying(*arguments: object, **named: object) -> object:
        calls[0] += 1
        if calls[0] == nth and not after:
            raise Killed
        result = wanted(*arguments, **named)
        if calls[0] == nth and after:
            raise Killed
        return result

    monkeypatch.setattr(module, name, dying)
    try:
        Enrolling(settings).enrol(str(file), "", False)
        monkeypatch.undo()
    except Killed:
        monkeypatch.undo()
        assert file.exists(), "the grants are still on the stick"
        try:
            compose(settings).close()  # the cut came after the life was open
            return
        except StoreError as error:
            assert error.code in ("store.no_journal", "store.key", "store.absent")  # noqa: PT017
        Enrolling(settings).enrol(str(file), "", False)
    program = compose(settings)
    assert program.session.counter().founding == "found"
    program.close()


def test_an_empty_file_in_the_stores_place_is_begun_again(settings: Settings, file: Path) -> None:
    """A cut right after the file was made: no table stands in it."""
    settings.paths.prepare()
    opening.make_secret(opening.secrets_of(settings.paths, PASSPHRASE), opening.STORE_KEY)
    settings.paths.store.touch()
    Enrolling(settings).enrol(str(file), "", False)
    compose(settings).close()


@pytest.mark.parametrize(
    "broken", ["", "PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_an_authority_that_no_line_could_pin_is_refused_before_anything_is_made(
    hub_folder: Path, broken: str
) -> None:
    """It would only be found out at the first exchange, on a PC that is enrolled by then."""
    data = province.provision(hub_folder, "QUẦY-03", "https://127.0.0.1:1", broken)
    with pytest.raises(DomainError) as caught:
        checked(data, AT)
    assert (caught.value.code, caught.value.field) == ("enrol.authority", "file")
    for language in ("vi", "en"):
        words = caught.value.words(language)
        assert words.title
        assert words.remedy
