"""The store and the secrets of this PC, opened together or made for the first time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from counter_app.devices.secrets import (
    DEVICE_SECRET,
    STORE_KEY,
    SecretError,
    SecretStore,
    make_secret,
    open_secrets,
    store_key,
)
from counter_app.paths import APPLICATION, Paths
from counter_app.storage.engine import open_engine, transaction
from counter_app.storage.keeping import copy_guard
from counter_app.storage.keeping.copy_guard import Verdict
from counter_app.storage.store import Store
from counter_app.storage.store_errors import StoreError, disk_words


@dataclass(frozen=True, slots=True)
class OpenedStore:
    """An open store with what opened it; ``verdict`` says whether it is at home on this machine."""

    store: Store
    secrets: SecretStore
    device_secret: bytes
    verdict: Verdict


def service_of(paths: Paths) -> str:
    """The name under which the system keeps this home's secrets."""
    return f"{APPLICATION}:{paths.home.absolute()}"


def secrets_of(paths: Paths, passphrase: str | None) -> SecretStore:
    """This PC's place for keys. Raises ``SecretError``."""
    return open_secrets(service_of(paths), paths.secrets, passphrase)


def key_of(secrets: SecretStore) -> bytes:
    """The key of this PC's store. Raises ``StoreError`` ``store.key`` when none is kept, ``SecretError``."""
    key = store_key(secrets)
    if key is None:
        raise StoreError("store.key", "no key is kept on this PC")
    return key


def open_store(paths: Paths, passphrase: str | None, *, wait: bool = True) -> OpenedStore:
    """Open this PC's store as the one process that owns it; ``wait`` as ``Store.open`` has it.

    Raises ``StoreError`` (``store.absent`` without a file …), ``SecretError``.
    """
    if not paths.store.exists():
        raise StoreError("store.absent", paths.store.name)
    secrets = secrets_of(paths, passphrase)
    return _opened(Store.open(paths.store, key_of(secrets), wait=wait), secrets)


@disk_words()
def make_store(paths: Paths, passphrase: str | None) -> OpenedStore:
    """A new, empty store, or the one that is there already. Raises as ``open_store`` does.

    A file that a power cut left before its first table stood is begun again: nothing was ever in it.
    """
    if paths.store.exists():
        if not _is_blank(paths.store, key_of(secrets_of(paths, passphrase))):
            return open_store(paths, passphrase)
        for part in (paths.store, *paths.store.parent.glob(f"{paths.store.name}-*")):
            part.unlink(missing_ok=True)
    paths.prepare()
    secrets = secrets_of(paths, passphrase)
    return _opened(Store.create(paths.store, make_secret(secrets, STORE_KEY)), secrets)


def _is_blank(path: Path, key: bytes) -> bool:
    """True for a file without a single table. Raises ``StoreError`` for a wrong key or a damaged file."""
    engine = open_engine(path, key, pooled=False)
    try:
        with transaction(engine, "read") as connection:
            return connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first() is None
    finally:
        engine.dispose()


def _opened(store: Store, secrets: SecretStore) -> OpenedStore:
    try:
        secret = make_secret(secrets, DEVICE_SECRET)
        verdict = copy_guard.check_at_start(store, secrets)
    except (SecretError, StoreError):
        store.close()
        raise
    return OpenedStore(store, secrets, secret, verdict)
