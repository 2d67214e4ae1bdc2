"""A backup brought back: on this PC, on a new one with the recovery key, or rehearsed and thrown away."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from counter_app.cli.acts import OK, WRONG, Done, Options
from counter_app.composition.enrolling import owned_store
from counter_app.composition.ownership import Ownership
from counter_app.devices.secrets import DEVICE_SECRET, STORE_KEY, FileSecrets, make_secret, store_key
from counter_app.domain.errors import DomainError
from counter_app.domain.recovery_key import (
    RecoveredKeys,
    read_recovery_key,
    write_recovery_key,
)
from counter_app.services.enrolment.enrol import begin_next_life
from counter_app.services.enrolment.opening import key_of, open_store, secrets_of
from counter_app.services.technician.backup_words import short_name
from counter_app.settings import Settings
from counter_app.storage.keeping import backup, copy_guard
from counter_app.storage.keeping import restore as restoring
from counter_app.storage.keeping.kept_copies import HeldFiles
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError, disk_words
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import device_of, life_of

RECOVERY = "recovery"


def restore(settings: Settings, options: Options) -> Done:
    """A backup becomes the store; the journal goes on in its next life. ``--try`` changes nothing.

    Files come back before the store, so that a power cut between leaves a store that knows fewer files, never
    one that misses some. What is gone or damaged is named and stops nothing.
    """
    file, paths, at = Path(str(options["file"])), settings.paths, settings.clock.now()
    if options.get(RECOVERY):
        _put_keys(settings, read_recovery_key(str(options[RECOVERY])))
    key = key_of(secrets_of(paths, settings.passphrase))
    if options.get("trial"):
        held = restoring.try_restore(file, key, paths.trials)
        return OK, {"journals": len(held), "entries": sum(held.values())}
    with disk_words():
        paths.prepare()
    owned = Ownership(paths.lock)
    try:
        files = _files(file, key, paths.home, at)
        restoring.restore(file, key, paths.store, at).close()
    finally:
        owned.release()
    with owned_store(settings, open_store) as opened:
        enrolled = begin_next_life(opened, settings.clock.now(), OpenReason.RESTORED)
    told = {
        "unit": enrolled.unit, "journal": enrolled.journal, "device": device_of(enrolled.journal),
        "life": life_of(enrolled.journal), "hub": enrolled.hub_url, "spare_grants": enrolled.spare_grants,
    }  # fmt: skip
    return OK, {**told, **files}


def _files(file: Path, key: bytes, home: Path, at: int) -> dict[str, Any]:
    try:
        return told_files(restoring.restore_files(file, key, home, at))
    except StoreError as unknown:
        return {"files": 0, "files_problem": unknown.words("vi").sentence}


def told_files(held: HeldFiles) -> dict[str, Any]:
    """Files of a backup for people and programs; the keys of what is wrong stand only where something is."""
    told: dict[str, Any] = {"files": held.files}
    if held.faulty:
        told["files_bad"] = [short_name(one) for one in held.faulty]
    if held.left:
        told["files_without_room"] = held.left
    return told


def drill(settings: Settings, options: Options) -> Done:
    """A rehearsal: store and files brought back into a folder of their own, checked, timed and removed."""
    file = Path(str(options["file"]))
    if not file.is_file():
        raise StoreError("store.absent", file.name)
    key = key_of(secrets_of(settings.paths, settings.passphrase))
    at = settings.clock.now()
    begun = time.monotonic()
    done = restoring.drill(file, key, settings.paths.trials / f"{file.stem}.drill-{at}", at)
    told = {
        "backup": file.name, "at": at, "taken": _when(file), "size": file.stat().st_size,
        "journals": len(done.positions), "entries": sum(done.positions.values()),
        **told_files(done.files), "seconds": round(time.monotonic() - begun, 1), "removed": True,
    }  # fmt: skip
    return (WRONG if done.files.faulty or done.files.left else OK), told


def _when(file: Path) -> int:
    return backup.taken_at(file)


def verify_file(settings: Settings, options: Options) -> Done:
    """A backup and its files opened and checked; raises ``StoreError`` ``backup.bad``, ``backup.files``."""
    file = Path(str(options["file"]))
    if not file.is_file():
        raise StoreError("store.absent", file.name)
    key = key_of(secrets_of(settings.paths, settings.passphrase))
    held = backup.verify(file, key)
    files = backup.verify_files(file, key)
    told = {"journals": len(held), "entries": sum(held.values()), **told_files(files)}
    return (WRONG if files.faulty else OK), told


def recovery_key(settings: Settings) -> Done:
    """The recovery key of this PC, for paper and a safe: with a backup it opens everything on any PC."""
    secrets = secrets_of(settings.paths, settings.passphrase)
    keys = RecoveredKeys(key_of(secrets), make_secret(secrets, DEVICE_SECRET))
    return OK, {"recovery_key": write_recovery_key(keys)}


def change_passphrase(settings: Settings, options: Options) -> Done:
    """The keys of this PC are sealed under another passphrase: somebody who knew the old one left.

    Backups and recovery key stay as they are: they never depended on it. A running program would write the
    old one back, so it is refused then (``StoreError`` ``store.in_use``). Raises ``SecretError``,
    DomainError ``passphrase.none`` where the system keeps the keys.
    """
    if not settings.paths.secrets.exists():
        raise DomainError(
            "Máy này không dùng mật khẩu cất khóa.", "Khóa nằm trong kho bí mật của hệ thống.",
            "Không phải làm gì.", code="passphrase.none", title_en="This PC has no passphrase for its keys.",
            meaning_en="They lie in the system's secret store.", remedy_en="There is nothing to do.",
        )  # fmt: skip
    owned = Ownership(settings.paths.lock)
    try:
        kept = secrets_of(settings.paths, settings.passphrase)
        assert isinstance(kept, FileSecrets)
        kept.change_passphrase(str(options["passphrase"]))
    finally:
        owned.release()
    return OK, {"changed": True}


def recover(settings: Settings, options: Options) -> Done:
    """The system's secrets are gone and the store is whole: its keys are put back, a new life begins.

    May be called again after a power cut. Raises DomainError ``recovery.no_store``, ``.needless``,
    ``.mistyped``; ``StoreError`` ``store.key`` for the key of another PC.
    """
    keys, paths = read_recovery_key(str(options[RECOVERY])), settings.paths
    if not paths.store.exists():
        raise _no_store()
    secrets = secrets_of(paths, settings.passphrase)
    if store_key(secrets) is not None and secrets.get(copy_guard.SECRET_NAME) is not None:
        raise _needless()
    owned = Ownership(paths.lock)
    try:
        Store.open(paths.store, keys.store_key).close()  # before anything is kept: it opens this very store
        secrets.put(STORE_KEY, keys.store_key.hex())
        secrets.put(DEVICE_SECRET, keys.device_secret.hex())
    finally:
        owned.release()
    with owned_store(settings, open_store) as opened:
        enrolled = begin_next_life(opened, settings.clock.now(), OpenReason.REIMAGED)
    life = life_of(enrolled.journal)
    return OK, {"unit": enrolled.unit, "journal": enrolled.journal, "life": life, "hub": enrolled.hub_url}


def _no_store() -> DomainError:
    return DomainError(
        "Máy này không có kho dữ liệu.", "Lệnh này mở lại kho còn nguyên khi khóa của máy bị mất.",
        "Có bản sao lưu thì dùng restore <tệp> --recover.", code="recovery.no_store",
        title_en="This PC has no store.", meaning_en="This opens a whole store whose keys were lost.",
        remedy_en="With a backup: restore <file> --recover.",
    )  # fmt: skip


def _needless() -> DomainError:
    return DomainError(
        "Khóa của máy này vẫn còn.", "Không có gì phải khôi phục.",
        "Mở chương trình; nếu không mở được thì chạy doctor.", code="recovery.needless",
        title_en="The keys of this PC are there.", meaning_en="There is nothing to recover.",
        remedy_en="Start the program; if it does not open, run doctor.",
    )  # fmt: skip


def _put_keys(settings: Settings, keys: RecoveredKeys) -> None:
    """The keys of the PC that is gone become those of this one. Raises DomainError ``recovery.occupied``."""
    if settings.paths.store.exists():
        raise DomainError(
            "Máy này đã có kho dữ liệu.", "Khóa khôi phục chỉ dùng trên máy mới, chưa có kho.",
            "Dùng máy mới hoặc thư mục khác (--home).", code="recovery.occupied",
            title_en="This PC has a store already.",
            meaning_en="A recovery key is for a new PC that has none.",
            remedy_en="Use a new PC or another folder (--home).",
        )  # fmt: skip
    with disk_words():
        settings.paths.prepare()
    secrets = secrets_of(settings.paths, settings.passphrase)
    secrets.put(STORE_KEY, keys.store_key.hex())
    secrets.put(DEVICE_SECRET, keys.device_secret.hex())
