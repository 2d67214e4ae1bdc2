"""Enrolment, restart, copies and later lives on real stores; the province signs as the hub does."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.devices.secrets import DEVICE_SECRET, FileSecrets, SecretError
from counter_app.domain.errors import DomainError
from counter_app.paths import Paths
from counter_app.practice import province
from counter_app.services.enrolment.device_keys import DeviceKeys, keep_keys, kept_keys
from counter_app.services.enrolment.enrol import (
    HUB_KEY,
    begin_next_life,
    enrol,
    enrolment_of,
    move_hub,
    resume,
)
from counter_app.services.enrolment.opening import OpenedStore, make_store, open_store
from counter_app.services.enrolment.place import place_of
from counter_app.storage.keeping import integrity
from counter_app.storage.keeping.copy_guard import SECRET_NAME, Verdict
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from sync.hub.hub import Hub
from sync.protocol.carrying.dictionaries import load_dictionary
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import device_of, life_of
from tests.support.authority import pem

PASSPHRASE = "may tap huan"
AT = 1_795_134_600_000
URL = "https://127.0.0.1:1"


@pytest.fixture(scope="module")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tinh")
    province.found(folder)
    return folder


def provisioned(hub_folder: Path, name: str = "QUẦY-01") -> bytes:
    return province.provision(hub_folder, name, URL, pem())


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedStore]:
    made = make_store(Paths(tmp_path / "home"), PASSPHRASE)
    yield made
    made.store.close()


def test_a_file_makes_this_pc_a_counter_without_any_line(hub_folder: Path, opened: OpenedStore) -> None:
    enrolled = enrol(opened, provisioned(hub_folder), AT)
    assert (enrolled.unit, life_of(enrolled.journal), enrolled.spare_grants) == ("00000", 1, 2)
    assert opened.store.is_enrolled
    with opened.store.read() as connection:
        assert integrity.check_chains(connection) == []
        place = place_of(connection, enrolled)
    assert (place.counter_name, place.practice, place.unit) == ("QUẦY-01", True, "00000")


def test_after_a_restart_the_same_journal_goes_on(hub_folder: Path, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "home")
    first = make_store(paths, PASSPHRASE)
    enrolled = enrol(first, provisioned(hub_folder), AT)
    key = first.store.author.key.public
    first.store.close()
    again = open_store(paths, PASSPHRASE)
    assert again.verdict is Verdict.SAME
    assert resume(again) == enrolled
    assert again.store.author.key.public == key
    again.store.close()


def test_a_store_that_was_never_enrolled_resumes_nothing(opened: OpenedStore) -> None:
    assert resume(opened) is None
    with pytest.raises(StoreError, match=r"store\.no_journal"):
        _ = opened.store.author


def test_a_second_file_does_not_enrol_twice(hub_folder: Path, opened: OpenedStore) -> None:
    enrol(opened, provisioned(hub_folder), AT)
    with pytest.raises(DomainError) as refused:
        enrol(opened, provisioned(hub_folder, "QUẦY-09"), AT)
    assert refused.value.code == "enrol.again"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: b"<html>" + data, "enrol.not-ours"),
        (lambda data: data[:3] + b"\x09" + data[4:], "enrol.newer-format"),
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "enrol.not-authentic"),
        (lambda data: data[:-20], "enrol.malformed"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_changes_nothing(
    hub_folder: Path, opened: OpenedStore, spoil: Callable[[bytes], bytes], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        enrol(opened, spoil(provisioned(hub_folder)), AT)
    assert refused.value.code == code
    assert refused.value.title
    assert refused.value.words("en").remedy
    with opened.store.read() as connection:
        assert enrolment_of(connection) is None


def test_an_expired_grant_names_the_clock(hub_folder: Path, opened: OpenedStore) -> None:
    with pytest.raises(DomainError) as refused:
        enrol(opened, provisioned(hub_folder), 2**54)
    assert refused.value.code == "enrol.grant-expired"
    with opened.store.read() as connection:
        assert device.setting(connection, HUB_KEY) == ""
    enrol(opened, provisioned(hub_folder), AT)  # the right date, and it works


def test_the_device_keys_open_only_under_this_pcs_secret(opened: OpenedStore) -> None:
    keys = DeviceKeys.fresh()
    with opened.store.write() as connection:
        keep_keys(connection, 257, keys, opened.device_secret, AT)
    with opened.store.read() as connection:
        kept = kept_keys(connection, 257, opened.device_secret)
        assert kept is not None
        assert (kept.signing.seed, kept.exchange.private) == (keys.signing.seed, keys.exchange.private)
        assert kept_keys(connection, 258, opened.device_secret) is None
        with pytest.raises(SecretError, match=r"secret\.damaged"):
            kept_keys(connection, 257, bytes(32))


def test_a_copied_store_reads_and_does_not_write(hub_folder: Path, tmp_path: Path) -> None:
    home, copied = Paths(tmp_path / "home"), Paths(tmp_path / "copy")
    first = make_store(home, PASSPHRASE)
    enrol(first, provisioned(hub_folder), AT)
    first.store.close()
    shutil.copytree(home.home, copied.home)
    open_store(home, PASSPHRASE).store.close()
    open_store(home, PASSPHRASE).store.close()
    # The copy's counters stood still while the home's went on: only its own secret file can show that.
    FileSecrets(copied.secrets, PASSPHRASE).put(SECRET_NAME, "9")
    copy = open_store(copied, PASSPHRASE)
    assert copy.verdict is Verdict.OLDER_COPY
    resume(copy)
    with pytest.raises(StoreError, match=r"store\.stopped"):
        _ = copy.store.author
    enrolled = begin_next_life(copy, AT + 1, OpenReason.COPY_FOUND)
    assert life_of(enrolled.journal) == 2
    assert copy.store.is_enrolled
    copy.store.close()
    after = open_store(copied, PASSPHRASE)
    assert after.verdict is Verdict.SAME
    after.store.close()


def test_without_the_old_key_a_spare_grant_opens_the_next_life(hub_folder: Path, opened: OpenedStore) -> None:
    enrolled = enrol(opened, provisioned(hub_folder), AT)
    name = f"device:{enrolled.journal}"
    for life in (2, 3):
        with opened.store.write() as connection:
            connection.exec_driver_sql("DELETE FROM sealed_keys WHERE name = ?", (name,))
        again = begin_next_life(opened, AT + life, OpenReason.REPLACED)
        assert (life_of(again.journal), again.spare_grants) == (life, 3 - life)
        name = f"device:{again.journal}"
    with opened.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM sealed_keys WHERE name = ?", (name,))
    with pytest.raises(DomainError) as refused:
        begin_next_life(opened, AT + 9, OpenReason.REPLACED)
    assert refused.value.code == "enrol.no_spare"
    with opened.store.read() as connection:
        assert integrity.check_chains(connection) == []


def test_every_life_is_believed_by_the_hub(hub_folder: Path, opened: OpenedStore) -> None:
    from counter_app.storage.journals.exchange_store import ExchangeStore
    from sync.client.engine import DONE, Engine, HubIdentity

    with Hub.open(hub_folder, practice=True) as hub:
        enrolled = enrol(opened, provisioned(hub_folder), AT)
        enrolled = begin_next_life(opened, AT + 1, OpenReason.REIMAGED)

        class Near:
            def send(self, request: bytes) -> bytes:
                return hub.exchange(request)

            def close(self) -> None: ...

        port = ExchangeStore(opened.store, enrolled.unit, enrolled.hub_keys, lambda: AT)
        key = opened.store.author.key
        engine = Engine(
            port,
            Near(),
            key,
            HubIdentity(enrolled.hub_key, dictionaries=load_dictionary),
            lambda: AT,
            lambda: 0,
        )
        outcomes = engine.until_idle()
        assert [(one.code, one.refusal, one.detail) for one in outcomes][-1] == (DONE, "", "")
        held = {
            at for at in hub.word("00000").received.positions if device_of(at) == device_of(enrolled.journal)
        }
        assert {life_of(at) for at in held} == {1, 2}


def test_the_provinces_address_can_move(hub_folder: Path, opened: OpenedStore) -> None:
    before = enrol(opened, provisioned(hub_folder), AT)
    move_hub(opened, "https://tinh.example:8443")
    with opened.store.read() as connection:
        after = enrolment_of(connection)
    assert after is not None
    assert (after.hub_url, after.hub_key) == ("https://tinh.example:8443", before.hub_key)


def test_a_lost_device_secret_is_told_and_nothing_is_written(hub_folder: Path, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "home")
    first = make_store(paths, PASSPHRASE)
    enrol(first, provisioned(hub_folder), AT)
    first.secrets.put(DEVICE_SECRET, bytes(32).hex())
    first.store.close()
    again = open_store(paths, PASSPHRASE)
    with pytest.raises(SecretError):
        resume(again)
    again.store.close()


def test_opening_without_a_store_or_with_a_wrong_passphrase(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.absent"):
        open_store(Paths(tmp_path / "nothing"), PASSPHRASE)
    paths = Paths(tmp_path / "home")
    make_store(paths, PASSPHRASE).store.close()
    with pytest.raises(SecretError, match=r"secret\.passphrase"):
        open_store(paths, "another phrase")
