"""How the parts are joined. Imported on a worker, after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

from counter_app.composition.door import Door
from counter_app.composition.ownership import Ownership
from counter_app.composition.running import RunningProgram
from counter_app.devices.secrets import SecretStore
from counter_app.services.areas import open_areas
from counter_app.services.attachments.queue import AttachmentQueue
from counter_app.services.attachments.turns import FileTurns, Stepping
from counter_app.services.check.fetching import ListFetching
from counter_app.services.enrolment.device_keys import kept_keys
from counter_app.services.enrolment.enrol import Enrolment, begin_next_life, resume
from counter_app.services.enrolment.opening import OpenedStore, open_store
from counter_app.services.enrolment.place import place_of
from counter_app.services.exchange.bundle_files import BundleFiles
from counter_app.services.exchange.equality import Equality
from counter_app.services.exchange.line import Exchanging, Line, tick_ms
from counter_app.services.exchange.neighbours import Neighbours
from counter_app.services.exchange.port import ExchangeArea
from counter_app.services.exchange.thrift import Thrift, day_number
from counter_app.services.founding.port import FoundingArea
from counter_app.services.rules import shipped_rules
from counter_app.services.session import uses
from counter_app.services.technician.backups import Backups
from counter_app.services.technician.port import TechnicianArea
from counter_app.services.updates.updates import Updates
from counter_app.services.workplace import Workplace
from counter_app.settings import Settings
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.keeping.restore import RESTORED
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc import device
from counter_app.updates.sources import Source
from sync.client.lan.shelf import Shelf
from sync.client.list_line import ListLine
from sync.client.pacing import ByteBudget
from sync.protocol.carrying.dictionaries import load_dictionary, newest_dictionary
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.officials import Cost


def open_program(settings: Settings) -> RunningProgram:
    """See ``composition.compose``."""
    paths = settings.paths
    if not paths.store.exists():
        raise StoreError("store.no_journal", paths.store.name)
    owned = Ownership(paths.lock)
    try:
        opened = open_store(paths, settings.passphrase, wait=False)
        try:
            return _joined(settings, opened, owned)
        except BaseException:
            opened.store.close()
            raise
    except BaseException:
        owned.release()
        raise


def _joined(settings: Settings, opened: OpenedStore, owned: Ownership) -> RunningProgram:
    enrolment = _writing(settings, opened)
    work = workplace(settings, opened, enrolment)
    backups = Backups(work, settings.paths)
    work.back_up = backups.after_closing
    areas = open_areas(work)
    port = ExchangeStore(
        opened.store, enrolment.unit, enrolment.hub_keys, work.clock.now,
        lambda connection, arrived: uses.note_acts(connection, arrived, work.now()),
    )  # fmt: skip
    budget = ByteBudget(day=lambda: day_number(work.now()))
    thrift = Thrift(work, budget)
    line = Line(
        work, _engine(work, port, enrolment, budget, opened.secrets), follows_hub=settings.follows_hub_clock
    )
    areas.home.down_since = lambda: line.facts.failing_since
    files = BundleFiles(work, port, enrolment)
    work.export = lambda folder: Path(files.write(Path(folder)).path).name
    equality = Equality(work, enrolment, line.ask)
    exchange = ExchangeArea(work, areas.desk, line, files, equality=equality)
    technician = TechnicianArea(work, areas.desk, opened, enrolment, line, backups)
    versions = _versions(work, opened, enrolment)
    updates = Updates(work, opened, enrolment, backups, settings.paths.trials, versions)
    technician.updates = updates
    technician.thrift = updates.thrift = thrift
    founding = FoundingArea(work, areas.accounts, files.unit_keys)
    queue = AttachmentQueue(work, files.unit_keys)
    turns = FileTurns(_files(work, queue, enrolment, budget, opened.secrets))
    work.on_change(lambda changed: turns.renew() if "settings" in changed else None)
    program = RunningProgram(areas, exchange, technician, founding, opened, owned, line, updates, turns)
    program.thrift = thrift
    program.lists = ListFetching(work, areas.home.listed, _lists(work, enrolment, opened.secrets), thrift)
    _learn_names(work, enrolment)
    from counter_app.cli.served import answers

    program.door = Door(settings.paths.door, answers(program))
    program.begin()
    if settings.exchanging:
        program.exchange_in_background()
        program.update_in_background()
    if settings.lan:
        shelf = Shelf(updates.sharing.places, areas.home.listed.places)
        program.meet_neighbours(_neighbours(work, port, enrolment, files, shelf))
    return program


def _versions(
    work: Workplace, opened: OpenedStore, enrolment: Enrolment
) -> Callable[[], AbstractContextManager[Source]]:
    """The hub as a source of versions, loaded when somebody looks."""

    def make() -> AbstractContextManager[Source]:
        from counter_app.composition.way_to_hub import hub_address
        from counter_app.updates.hub_source import HubSource

        with work.store.read() as connection:
            return HubSource(hub_address(connection, enrolment, opened.secrets))

    return make


def _lists(
    work: Workplace, enrolment: Enrolment, secrets: SecretStore
) -> Callable[[], AbstractContextManager[ListLine]]:
    """The hub as a source of the list for the check of copies, loaded when it is asked."""

    def make() -> AbstractContextManager[ListLine]:
        from counter_app.composition.way_to_hub import hub_address
        from sync.client.internet_lists import InternetListLine

        with work.store.read() as connection:
            return closing(InternetListLine(hub_address(connection, enrolment, secrets)))

    return make


def _neighbours(
    work: Workplace, port: ExchangeStore, enrolment: Enrolment, files: BundleFiles, shelf: Shelf
) -> Neighbours:
    from counter_app.composition.lan import neighbours_of

    return neighbours_of(work, port, enrolment, files, shelf)


def _writing(settings: Settings, opened: OpenedStore) -> Enrolment:
    """The journal this PC writes in; one that was stopped (copy, restore, fork) goes on in its next life.

    The new life continues no serial and holds no pen, so intake never stops and no number can be given twice
    (``sync.md`` 5). Raises ``StoreError`` ``store.no_journal``, DomainError ``enrol.no_spare``.
    """
    enrolment = resume(opened)
    if enrolment is None:
        raise StoreError("store.no_journal")
    if opened.store.is_enrolled:
        return enrolment
    while opened.store.read_more():  # the next life begins with an act
        pass
    with opened.store.read() as connection:
        reason = _REASONS.get(device.stopped(connection, enrolment.journal), OpenReason.COPY_FOUND)
    return begin_next_life(opened, settings.clock.now(), reason)


_REASONS = {RESTORED: OpenReason.RESTORED, "fork": OpenReason.FORK_FOUND}


def workplace(settings: Settings, opened: OpenedStore, enrolment: Enrolment) -> Workplace:
    """What every use case of this PC stands on."""
    with opened.store.read() as connection:
        place = place_of(connection, enrolment)
    cost = Cost() if settings.password_cost is None else Cost(*settings.password_cost)
    return Workplace(
        opened.store, settings.clock, place, shipped_rules(), opened.device_secret, settings.paths.papers,
        cost=cost, hub_keys=enrolment.hub_keys,
    )  # fmt: skip


def _learn_names(work: Workplace, enrolment: Enrolment) -> None:
    """The unit's names change when the province's description arrives, without a restart."""

    def refresh(areas: frozenset[str]) -> None:
        if "received" in areas:
            with work.store.read() as connection:
                work.place = place_of(connection, enrolment)

    work.on_change(refresh)


def _engine(
    work: Workplace, port: ExchangeStore, enrolment: Enrolment, budget: ByteBudget, secrets: SecretStore
) -> Callable[[], Exchanging]:
    """The engine over the Internet, made when it is first wanted; ``budget`` is the day's, files included."""

    def make() -> Exchanging:
        from counter_app.composition.way_to_hub import hub_address
        from sync.client.engine import Engine, HubIdentity
        from sync.client.internet import InternetLine
        from sync.client.lanes import ThreadLanes

        with work.store.read() as connection:
            keys = kept_keys(connection, work.journal, work.device_secret)
            address = hub_address(connection, enrolment, secrets)
        assert keys is not None
        hub = HubIdentity(enrolment.hub_key, newest_dictionary(), load_dictionary)
        # A second kept connection: while a backlog remains, the next run leaves before the first is answered.
        lanes = ThreadLanes([InternetLine(address), InternetLine(address)])
        return Engine(port, lanes, keys.signing, hub, work.clock.now, tick_ms, budget)

    return make


def _files(
    work: Workplace, queue: AttachmentQueue, enrolment: Enrolment, budget: ByteBudget, secrets: SecretStore
) -> Callable[[], Stepping]:
    """Files over the Internet on a connection of their own, made when the records are first through."""

    def make() -> Stepping:
        from counter_app.composition.way_to_hub import hub_address
        from sync.client.attachments import DeviceIdentity, FileExchange
        from sync.client.internet_files import InternetFileLine

        with work.store.read() as connection:
            keys = kept_keys(connection, work.journal, work.device_secret)
            line = InternetFileLine(hub_address(connection, enrolment, secrets))
        assert keys is not None
        device_id = DeviceIdentity(enrolment.unit, work.journal, keys.signing, enrolment.hub_key)
        return FileExchange(queue, line, device_id, work.clock.now, budget)

    return make
