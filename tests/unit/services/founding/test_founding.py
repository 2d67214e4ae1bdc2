"""Founding a unit: two persons, a ground, one transaction; then people by its head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.composition import compose
from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.organisation.entries import OfficialChanged, OfficialRecorded
from counter_app.domain.organisation.logins import login_of
from counter_app.services.ports.founding import (
    ADMIT,
    FOUND,
    READY,
    DelegationForm,
    FoundingForm,
    OfficialForm,
)
from counter_app.services.session import secrets
from counter_app.storage.journals.journal import entry_at
from counter_app.storage.keeping import integrity
from sync.hub import files as hub_files
from sync.hub.hub import Hub
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import SigningKey
from sync.protocol.naming.officials import seal_key, verify_seal
from sync.protocol.refusals import NotAuthentic
from tests.unit.services.founding.conftest import (
    FORM,
    HEAD,
    PASSWORD,
    PIN,
    TECHNICIAN,
    person,
    settings_of,
)

Make = Callable[..., RunningProgram]
CLERK = person("Lù Thị Mai (tập huấn)", "Công chức một cửa", "mai", "intake", "cashier")


def entries(program: RunningProgram) -> list[object]:
    """Bodies of this PC's journal after its opening."""
    journal = program.areas.work.journal
    found = []
    with program.opened.store.read() as connection:
        seq = 2
        while (entry := entry_at(connection, EntryId(journal, seq))) is not None:
            found.append(read_fact(entry).body)
            seq += 1
    return found


def refused(code: str, field: str | None, act: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as error:
        act()
    assert (error.value.code, error.value.field) == (code, field)
    assert error.value.words("en").title != error.value.title


def test_a_pc_of_nobody_founds_and_both_founders_sign_in(enrolled: Make) -> None:
    program = enrolled()
    assert program.founding.stage().stage == FOUND
    assert program.session.counter().founding == FOUND
    head = program.founding.found(FORM)
    assert program.session.counter().founding == READY
    assert [choice.name for choice in program.session.people()] == [HEAD.name, TECHNICIAN.name]
    assert program.session.sign_in(head, PASSWORD).name == HEAD.name
    program.session.check_pin(PIN)


def test_the_ground_and_both_names_stand_in_entries_sealed_by_the_head(enrolled: Make) -> None:
    program = enrolled()
    head = program.founding.found(FORM)
    first, second, *grounds = entries(program)
    assert isinstance(first, OfficialRecorded)
    assert isinstance(second, OfficialRecorded)
    assert (first.roles, second.roles) == (("chairman",), ("technician",))
    for ground in grounds:
        assert isinstance(ground, OfficialChanged)
        assert ground.ground == (
            "QĐ số 12/QĐ-UBND ngày 01/07/2026. Cùng lập: Giàng A Chiến (tập huấn); Lê Quốc Hùng (tập huấn)."
        )
    assert len(grounds) == 2
    with program.opened.store.read() as connection:
        for seq in (head.seq + 2, head.seq + 3):
            entry = entry_at(connection, EntryId(head.journal, seq))
            assert entry is not None
            verify_seal(entry, first.public_key)
            with pytest.raises(NotAuthentic):
                verify_seal(entry, second.public_key)
        assert integrity.check_chains(connection) == []


def test_a_unit_is_founded_once(enrolled: Make) -> None:
    program = enrolled()
    program.founding.found(FORM)
    before = len(entries(program))
    refused("founding.again", None, lambda: program.founding.found(FORM))
    assert len(entries(program)) == before


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        (replace(FORM, head=replace(HEAD, roles=("registrar",))), "founding.head", "head.roles"),
        (replace(FORM, head=replace(HEAD, name="  ")), "official.name", "head.name"),
        (replace(FORM, technician=replace(TECHNICIAN, title_line="")), "official.title_line",
         "technician.title_line"),
        (replace(FORM, head=replace(HEAD, login="Chiến")), "official.login", "head.login"),
        (replace(FORM, head=replace(HEAD, password="ngắn", repeated="ngắn")), "password.short",
         "head.password"),
        (replace(FORM, head=replace(HEAD, repeated="khác hẳn 2026")), "password.differs", "head.repeated"),
        (replace(FORM, technician=replace(TECHNICIAN, pin="111111")), "pin.easy", "technician.pin"),
        (replace(FORM, technician=replace(TECHNICIAN, login="chien")), "founding.same_person",
         "technician.login"),
        (replace(FORM, act_number=" "), "official.act_number", "act_number"),
        (replace(FORM, act_day=20260231), "founding.act_day", "act_day"),
        (replace(FORM, act_day=20261121), "founding.act_day", "act_day"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_said_at_its_field_and_nothing_is_written(
    enrolled: Make, form: FoundingForm, code: str, field: str
) -> None:
    program = enrolled()
    refused(code, field, lambda: program.founding.found(form))
    assert entries(program) == []
    assert program.founding.stage().stage == FOUND


@pytest.mark.parametrize("line", range(1, 9))
def test_a_power_cut_inside_the_founding_leaves_all_of_it_or_nothing(
    enrolled: Make, monkeypatch: pytest.MonkeyPatch, line: int
) -> None:
    """Killed before the n-th write inside the act: the restarted PC asks again, and founding works."""
    from counter_app.storage.journals import appending
    from counter_app.storage.this_pc import device

    program, calls = enrolled(), [0]

    class Killed(BaseException):
        pass

    def dying(work: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **named: object) -> object:
            calls[0] += 1
            if calls[0] == line:
                raise Killed
            return work(*arguments, **named)

        return run

    monkeypatch.setattr(appending, "append", dying(appending.append))
    monkeypatch.setattr(device, "put_sealed_key", dying(device.put_sealed_key))
    with pytest.raises(Killed):
        program.founding.found(FORM)
    monkeypatch.undo()
    settings = settings_of(program.opened.store.path.parent)
    program.close()
    again = compose(settings)
    try:
        assert again.founding.stage().stage == FOUND
        assert entries(again) == []
        head = again.founding.found(FORM)
        assert again.session.sign_in(head, PASSWORD).name == HEAD.name
    finally:
        again.close()


def test_an_account_is_never_left_without_its_key(enrolled: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    program = enrolled()
    head = program.founding.found(FORM)
    program.session.sign_in(head, PASSWORD)

    def cut(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(secrets, "keep_key", cut)
    with pytest.raises(KeyboardInterrupt):
        program.founding.add(CLERK)
    monkeypatch.undo()
    assert [one.login for one in program.founding.accounts()] == ["chien", "hung"]
    program.founding.add(CLERK)
    assert all(one.here for one in program.founding.accounts())


def test_the_head_adds_people_and_records_acts_the_technician_may_not(enrolled: Make) -> None:
    program = enrolled()
    head = program.founding.found(FORM)
    refused("session.none", None, lambda: program.founding.add(CLERK))
    technician = next(one for one in program.founding.accounts() if one.login == "hung")
    program.session.sign_in(technician.official, PASSWORD)
    refused("role.not_allowed", None, lambda: program.founding.add(CLERK))
    program.session.sign_in(head, PASSWORD)
    mai = program.founding.add(CLERK)
    refused("official.login_taken", "login", lambda: program.founding.add(CLERK))
    act = DelegationForm(
        mai, "47/QĐ-UBND", 20261103, "phan_cong", "TUQ.", "Công chức một cửa", ("copy",), 20261103, 20261231
    )
    program.founding.delegate(act)
    shown = {one.login: one.act for one in program.founding.accounts()}
    assert shown == {"chien": "", "hung": "", "mai": "47/QĐ-UBND"}
    program.session.sign_in(mai, PASSWORD)


def carry(giver: RunningProgram, taker: RunningProgram, folder: Path) -> None:
    """A bundle by stick, before anybody met the province: the provisioning file brought the unit's key."""
    result = giver.exchange.export_file(str(folder))
    assert taker.exchange.import_file(result.path).applied


def test_another_pc_gets_officials_by_bundle_and_accounts_by_file(enrolled: Make, tmp_path: Path) -> None:
    first, second = enrolled(), enrolled("BÀN KÝ")
    head = first.founding.found(FORM)
    file = first.founding.write_accounts(str(tmp_path / "usb"))
    assert file.count == 2
    refused("accounts.unknown", "file", lambda: second.founding.read_accounts(file.path))
    carry(first, second, tmp_path / "usb")
    view = second.founding.stage()
    assert (view.stage, view.officials) == (ADMIT, 2)
    assert view.siblings == ("QUẦY-01",)
    assert second.founding.read_accounts(file.path).count == 2
    assert second.founding.read_accounts(file.path).count == 0
    assert second.session.counter().founding == READY
    refused("password.wrong", "password", lambda: second.session.sign_in(head, "không phải 2026"))
    assert second.session.sign_in(head, PASSWORD).name == HEAD.name
    refused("founding.again", None, lambda: second.founding.found(FORM))


def test_the_province_takes_a_founding_that_came_by_stick(
    enrolled: Make, hub_folder: Path, tmp_path: Path
) -> None:
    program = enrolled()
    program.founding.found(FORM)
    result = program.exchange.export_file(str(tmp_path / "usb"))
    with Hub.open(hub_folder, practice=True) as hub:
        taken = hub_files.take(hub, [Path(result.path)])
        hub.read("00000")
        assert taken.vector is not None
        assert hub.word("00000").received.covers(program.areas.work.journal, 5)
        assert [one.code for one in hub.questions("00000", "open")] == []


def test_a_file_of_accounts_is_nothing_for_others(enrolled: Make, tmp_path: Path) -> None:
    first, second = enrolled(), enrolled("QUẦY-02")
    first.founding.found(FORM)
    file = Path(first.founding.write_accounts(str(tmp_path)).path)
    carry(first, second, tmp_path)
    data = file.read_bytes()
    for word in (HEAD.name, PASSWORD, "chien"):
        assert word.encode() not in data
    for bent, code in (
        (b"<html>", "accounts.not_ours"),
        (data[:-9], "accounts.damaged"),
        (data[:-1] + bytes([data[-1] ^ 1]), "accounts.damaged"),
        (data.replace(b"00000", b"03390", 1), "accounts.other_unit"),
    ):
        file.write_bytes(bent)
        refused(code, "file", lambda: second.founding.read_accounts(str(file)))
    refused("accounts.unreadable", "file", lambda: second.founding.read_accounts(str(tmp_path / "no.mca")))
    assert second.founding.stage().stage == ADMIT


def test_nobody_brings_a_key_of_his_own(enrolled: Make, tmp_path: Path) -> None:
    """A file made by somebody who has the unit's key: a fresh key under the head's name is not taken."""
    from counter_app.services.founding import accounts_file

    first, second = enrolled(), enrolled("QUẦY-02")
    head = first.founding.found(FORM)
    carry(first, second, tmp_path)
    keys = second.founding.unit_keys()  # type: ignore[attr-defined]
    forged, own = SigningKey.fresh(), bytes(32)
    account = secrets.Account(forged.public, own, seal_key(forged, PASSWORD, own))
    file = tmp_path / "x.mca"
    file.write_bytes(accounts_file.write_file(((head, account),), keys[max(keys)]))
    refused("accounts.unknown", "file", lambda: second.founding.read_accounts(str(file)))


def test_an_account_opens_with_password_and_device_only(enrolled: Make) -> None:
    program = enrolled()
    head = program.founding.found(FORM)
    with program.opened.store.read() as connection:
        kept = secrets.kept_key(connection, head)
    assert kept is not None
    secret = program.opened.device_secret
    assert secrets.unlock_key(kept, PASSWORD, secret) is not None
    assert secrets.unlock_key(kept, "sai mật khẩu", secret) is None
    assert secrets.unlock_key(kept, PASSWORD, bytes(32)) is None
    assert secrets.account_of(kept, bytes(32)) is None


@pytest.mark.parametrize(
    ("name", "login"),
    [("Giàng A Chiến", "chienga"), ("Lù Thị Mai", "mailt"), ("Đặng Ư", "ud"), ("", ""), ("???", "")],
)
def test_a_name_for_the_account_is_proposed(name: str, login: str) -> None:
    assert login_of(name) == login


def test_forms_are_checked_one_by_one(enrolled: Make) -> None:
    assert isinstance(CLERK, OfficialForm)
    program = enrolled()
    program.session.sign_in(program.founding.found(FORM), PASSWORD)
    refused("password.differs", "repeated", lambda: program.founding.add(replace(CLERK, repeated="")))
    refused("official.roles", "roles", lambda: program.founding.add(replace(CLERK, roles=())))
