"""Commands that need the store for themselves: enrolment, restore, the check of a backup file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_app.cli.acts import OK, Done, Options
from counter_app.composition.ownership import Ownership
from counter_app.domain.errors import DomainError
from counter_app.services.enrolment.enrol import Enrolment, begin_next_life, enrol
from counter_app.services.enrolment.opening import (
    OpenedStore,
    key_of,
    make_store,
    open_store,
    secrets_of,
)
from counter_app.settings import Settings
from counter_app.storage import backup
from counter_app.storage import restore as restoring
from counter_app.storage.store_errors import StoreError
from sync.protocol.grants import OpenReason
from sync.protocol.ids import device_of, life_of

REASONS = {
    "copy": OpenReason.COPY_FOUND,
    "replaced": OpenReason.REPLACED,
    "reimaged": OpenReason.REIMAGED,
    "fork": OpenReason.FORK_FOUND,
}


def enrol_pc(settings: Settings, options: Options) -> Done:
    """Make this PC a counter, or open its next life."""
    life = options.get("next_life")
    if bool(life) == bool(options.get("file")):
        raise DomainError(
            "Cần tệp cấp phát, hoặc --next-life.", remedy="Xem: commune-counter enrol --help.",
            code="enrol.what", title_en="Give the provisioning file, or --next-life.",
            remedy_en="See the example: commune-counter enrol --help.",
        )  # fmt: skip
    if life:
        with _owned(settings, open_store) as opened:
            return OK, _told(begin_next_life(opened, settings.clock.now(), REASONS[str(life)]))
    file = Path(str(options["file"]))
    data = _read(file)
    with _owned(settings, make_store) as opened:
        enrolled = enrol(opened, data, settings.clock.now())
    if not options.get("keep_file"):
        file.unlink(missing_ok=True)  # it holds grants: whoever finds it could enrol another PC
    return OK, _told(enrolled)


def restore(settings: Settings, options: Options) -> Done:
    """A backup becomes the store; the journal goes on in its next life. ``--try`` changes nothing."""
    file, paths = Path(str(options["file"])), settings.paths
    key = key_of(secrets_of(paths, settings.passphrase))
    if options.get("trial"):
        held = restoring.try_restore(file, key, paths.trials)
        return OK, {"journals": len(held), "entries": sum(held.values())}
    paths.prepare()
    owned = Ownership(paths.lock)
    try:
        restoring.restore(file, key, paths.store, settings.clock.now()).close()
    finally:
        owned.release()
    with _owned(settings, open_store) as opened:
        return OK, _told(begin_next_life(opened, settings.clock.now(), OpenReason.RESTORED))


def verify_file(settings: Settings, options: Options) -> Done:
    """A backup opened and checked; raises ``StoreError`` ``backup.bad``."""
    file = Path(str(options["file"]))
    if not file.is_file():
        raise StoreError("store.absent", file.name)
    held = backup.verify(file, key_of(secrets_of(settings.paths, settings.passphrase)))
    return OK, {"journals": len(held), "entries": sum(held.values())}


@contextmanager
def _owned(settings: Settings, opening: Callable[[Any, str | None], OpenedStore]) -> Iterator[OpenedStore]:
    """The store as its one owner, for as long as the command runs."""
    settings.paths.prepare()
    owned = Ownership(settings.paths.lock)
    try:
        opened = opening(settings.paths, settings.passphrase)
        try:
            yield opened
        finally:
            opened.store.close()
    finally:
        owned.release()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DomainError(
            "Không đọc được tệp cấp phát.", f"{file.name}: {error.strerror}", "Kiểm tra đường dẫn hoặc USB.",
            "file", code="enrol.unreadable", title_en="The provisioning file cannot be read.",
            meaning_en=f"{file.name}: {error.strerror}", remedy_en="Check the path or the stick.",
        ) from error  # fmt: skip


def _told(enrolled: Enrolment) -> dict[str, Any]:
    shown = replace(enrolled, authority_pem="")
    return {
        "unit": shown.unit, "journal": shown.journal, "device": device_of(shown.journal),
        "life": life_of(shown.journal), "hub": shown.hub_url, "spare_grants": shown.spare_grants,
    }  # fmt: skip
