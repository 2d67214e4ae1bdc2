"""Settings of a PC are kept, wrong ones refused, damaged ones read as their default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports.settings import IDLE_CHOICES, MOST_SUPPORT, SCALES, THEME_CODES, PcSettings
from counter_app.services.session.permissions import idle_minutes
from counter_app.services.session.port import IDLE_MINUTES
from counter_app.services.settings.port import LANGUAGE, SCALE, SUPPORT, THEME, SettingsArea
from counter_app.storage.this_pc import device
from sync.protocol.naming.ids import EntryId, Journal, Seq
from tests.support.practice import practice_world


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProgram]:
    with practice_world(tmp_path_factory.mktemp("xa")) as world:
        yield world.programs[0]


@pytest.fixture
def area(program: RunningProgram) -> SettingsArea:
    found = program.settings
    assert isinstance(found, SettingsArea)
    found.keep(PcSettings())
    return found


def put(area: SettingsArea, name: str, value: str) -> None:
    with area.work.store.write() as connection:
        device.put_setting(connection, name, value)


def test_what_is_kept_is_read_again(area: SettingsArea) -> None:
    wanted = PcSettings("dark", 130, "en", letter_keys=False, sounds=False, idle_minutes=5)
    area.keep(wanted)
    assert area.pc() == wanted


def test_a_fresh_pc_has_the_defaults(area: SettingsArea) -> None:
    assert area.pc() == PcSettings("system", 100, "vi", letter_keys=True, sounds=True, idle_minutes=0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": "pink"},
        {"scale": 200},
        {"scale": 0},
        {"language": "fr"},
        {"idle_minutes": 1},
        {"idle_minutes": 60},
    ],
)
def test_a_wrong_value_is_refused_and_nothing_changes(area: SettingsArea, wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as refused:
        area.keep(replace(PcSettings("dark"), **wrong))
    assert refused.value.code == "settings.value"
    assert area.pc() == PcSettings()


@pytest.mark.parametrize(("name", "value"), [(THEME, "pink"), (SCALE, "99999"), (SCALE, "x"), (LANGUAGE, "")])
def test_a_damaged_setting_is_its_default(area: SettingsArea, name: str, value: str) -> None:
    put(area, name, value)
    assert area.pc() == PcSettings()


def test_every_choice_offered_can_be_kept(area: SettingsArea) -> None:
    for theme in THEME_CODES:
        for scale in SCALES:
            for idle in IDLE_CHOICES:
                wanted = PcSettings(theme, scale, idle_minutes=idle)
                area.keep(wanted)
                assert area.pc() == wanted


def test_the_idle_lock_takes_effect_at_the_next_sign_in(area: SettingsArea) -> None:
    clerk = OfficialState(EntryId(Journal(1), Seq(1)), "Lù Thị Mai", "", ("intake",), b"", "mai")
    for wanted, minutes in ((2, 2), (15, 15), (0, 10)):
        area.keep(PcSettings(idle_minutes=wanted))
        with area.work.store.read() as connection:
            assert idle_minutes(clerk, device.setting(connection, IDLE_MINUTES)) == minutes


def test_who_helps_is_kept_when_the_screen_saves(area: SettingsArea) -> None:
    put(area, SUPPORT, "Tổ công nghệ (tập huấn) 0213 000 000")
    area.keep(replace(area.pc(), theme="dark"))
    assert area.pc().support == "Tổ công nghệ (tập huấn) 0213 000 000"
    put(area, SUPPORT, "")


def test_who_helps_can_be_written_and_taken_away(area: SettingsArea) -> None:
    area.keep(PcSettings(support="  Tổ công nghệ\n(tập huấn)\t0213 000 000 "))
    assert area.pc().support == "Tổ công nghệ (tập huấn) 0213 000 000"
    area.keep(PcSettings(support="To\u0302\u0309 o\u0302"))
    assert area.pc().support == "Tổ ô"
    area.keep(PcSettings(support=""))
    assert area.pc().support == ""


def test_who_helps_is_one_line_of_bounded_length(area: SettingsArea) -> None:
    area.keep(PcSettings(support="a" * MOST_SUPPORT))
    with pytest.raises(DomainError) as refused:
        area.keep(PcSettings("dark", support="b" * (MOST_SUPPORT + 1)))
    assert (refused.value.code, refused.value.field) == ("settings.support", "support")
    assert str(MOST_SUPPORT + 1) in refused.value.title
    assert area.pc().support == "a" * MOST_SUPPORT
    assert area.pc().theme != "dark"  # all or nothing
    area.keep(PcSettings())


def test_the_screens_are_told(area: SettingsArea) -> None:
    heard: list[frozenset[str]] = []
    area.work.on_change(heard.append)
    area.keep(PcSettings("light"))
    assert heard == [frozenset({"settings"})]
    area.keep(PcSettings("light", on_the_move=True))
    assert heard[1:] == [frozenset({"settings", "signing"})]
    assert area.pc().on_the_move


def test_settings_of_the_unit_have_a_value_each(area: SettingsArea) -> None:
    shown = {setting.code: (setting.value, setting.is_set) for setting in area.unit()}
    assert shown["receiver_signs"] == ("warn", False)
    assert set(shown) == {
        "who_numbers",
        "receiver_signs",
        "medium_of_texts",
        "text_of_signatures",
        "remote_commune",
        "copies_on_the_move",
        "contact_phone",
    }
