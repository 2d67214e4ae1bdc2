"""Commands that need the store for themselves: enrolment, next lives, a damaged store made anew."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from counter_app.cli.acts import OK, Done, Options
from counter_app.composition import compose
from counter_app.composition.arriving import arrive
from counter_app.composition.enrolling import enrol_here, owned_store, set_aside
from counter_app.composition.ownership import Ownership
from counter_app.domain.errors import DomainError
from counter_app.services.enrolment.arriving import left_to_do
from counter_app.services.enrolment.enrol import (
    Enrolment,
    Source,
    begin_next_life,
    enrolled_already,
    enrolment_of,
)
from counter_app.services.enrolment.opening import key_of, open_store, secrets_of
from counter_app.services.enrolment.provisioning import (
    beside_program,
    checked,
    drop_setups_copy,
    read_file,
    setups_folder,
    view_of,
)
from counter_app.services.enrolment.seats import check_free, notes_near, seat_for
from counter_app.services.exchange.places import plugged_in
from counter_app.settings import Settings
from counter_app.storage.store_errors import StoreError
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import device_of, life_of

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
        with owned_store(settings, open_store) as opened:
            return OK, _told(begin_next_life(opened, settings.clock.now(), REASONS[str(life)]))
    file = Path(str(options["file"]))
    practice = bool(options.get("practice"))
    if options.get("look"):
        return OK, asdict(view_of(file, checked(read_file(file), settings.clock.now())))
    wanted = str(options.get("unit") or "")
    known, left = _known(settings)
    if known is not None and not options.get("set_aside"):
        if not left:
            raise enrolled_already(known)
        return OK, {**_told(known), "steps": _arrived(replace(settings, exchanging=False, lan=False))}
    keep, counter = bool(options.get("keep_file")), int(str(options.get("counter") or 0))
    settings, data = replace(settings, practice=practice, exchanging=False, lan=False), read_file(file)
    whole = checked(data, settings.clock.now(), practice, wanted)
    number = seat_for(whole, counter).granted().counter
    check_free(notes_near(file, whole.unit, plugged_in()).get(number))
    if options.get("set_aside"):
        set_aside(settings)
    enrolled = enrol_here(settings, data, wanted, counter=number, source=Source(str(file.absolute()), keep))
    told = _told(enrolled)
    if whole.made:
        told["steps"] = _arrived(settings)
    elif not keep:
        try:
            file.unlink(missing_ok=True)  # it holds grants: whoever finds it could enrol another PC
            drop_setups_copy(data, setups_folder())
        except OSError:  # enrolled all the same; the technician reads that the file is still there
            told["file_left"] = str(file)
    return OK, told


def _known(settings: Settings) -> tuple[Enrolment | None, bool]:
    """Who this PC is already, and whether a power cut left something of its enrolment to do."""
    if not settings.paths.store.exists():
        return None, False
    try:
        with owned_store(settings, open_store) as opened, opened.store.read() as connection:
            return enrolment_of(connection), left_to_do(connection) is not None
    except StoreError as error:
        if error.code == "store.in_use":
            raise
        return None, False  # cut before its first table stood: it is begun again


def _arrived(settings: Settings) -> list[dict[str, str]]:
    """The last steps, with the program open for as long as they take."""
    program = compose(settings)
    try:
        steps = arrive(program, beside_program(settings.paths.home), tuple(plugged_in()))
    finally:
        program.close()
    return [{"step": one.code, "state": one.state, "words": one.words} for one in steps]


def remake_store(settings: Settings) -> Done:
    """A store with damaged readings made anew from its journal; raises ``StoreError`` ``store.damaged``."""
    from counter_app.storage.keeping import remaking

    paths = settings.paths
    owned = Ownership(paths.lock)
    try:
        key = key_of(secrets_of(paths, settings.passphrase))
        return OK, {"entries": remaking.remake(paths.store, key, settings.clock.now())}
    finally:
        owned.release()


def _told(enrolled: Enrolment) -> dict[str, Any]:
    shown = replace(enrolled, authority_pem="")
    return {
        "unit": shown.unit, "journal": shown.journal, "device": device_of(shown.journal),
        "life": life_of(shown.journal), "hub": shown.hub_url, "spare_grants": shown.spare_grants,
    }  # fmt: skip
