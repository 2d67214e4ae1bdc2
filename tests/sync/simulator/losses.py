"""What a simulated world loses: power, PCs, disks, the hub's disk, and that a PC is the only one."""

from __future__ import annotations

import contextlib
import copy
import shutil

from counter_app.domain.registers.decisions import recover_pen
from counter_app.domain.seconds import Second
from counter_app.storage.keeping import lives
from counter_app.storage.keeping.backup import back_up as back_store_up
from counter_app.storage.keeping.restore import restore as restore_store
from counter_app.storage.store import Store
from sync.hub.backup import back_up as back_hub_file_up
from sync.hub.backup import restore as restore_hub_file
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import EntryId
from sync.protocol.naming.keys import Purpose, SigningKey
from tests.support import invariants as check
from tests.sync.simulator.pc import Pc
from tests.sync.simulator.world import Killed, World

LIVES = 200
"""A journal has 255 lives; the simulator leaves room for the verdict."""


def kill(world: World) -> str:
    """Killed before its act was committed, or between two acts."""
    pc = world.any()
    if world.chance.random() < 0.5:
        with contextlib.suppress(Killed):
            pc.store.act(
                lambda _: [pc.request_draft("MẤT ĐIỆN", (1,))], pc.circumstances(), die_before_commit
            )
    pc.killed()
    return str(pc.place)


def die(world: World) -> str:
    """A PC goes dark with what nobody has seen; its pen is recovered after a look at all papers."""
    if len(world.pcs) < 3:
        return "nothing"
    world.dead.append(world.pcs.pop(world.chance.randrange(len(world.pcs))))
    return str(world.dead[-1].place) + recover(world)


def recover(world: World) -> str:
    """Whoever holds the pen by the latest word is not running: two persons take it over."""
    for pc in world.pcs:  # two persons ask every PC of the office first
        world.carry_all(pc, world.pcs[0])
    taker = world.pcs[0]
    state = taker.state(world.register)
    if state.holder in {pc.journal for pc in world.pcs}:
        return " kept"
    author, second = taker.state(world.official), taker.state(world.director)
    sign = Second(second, lambda message: world.keys[1].sign(Purpose.OFFICIAL, message))  # type: ignore[arg-type]
    taker.act(
        recover_pen(
            state, taker.journal, author, sign, highest_on_paper=world.ledger.highest,  # type: ignore[arg-type]
            waiting_there=world.chance.randrange(4), ground="Máy hỏng",
        )
    )  # fmt: skip
    for pc in world.pcs[1:]:
        world.carry_all(taker, pc)
    return " recovered"


def revive(world: World) -> str:
    """A PC that was dark comes back with all it held."""
    if not world.dead:
        return "nothing"
    back = world.dead.pop(0)
    back.witnessed = False
    world.pcs.append(back)
    return str(back.place)


def back_up(world: World) -> str:
    """A PC's store is backed up, opened and checked."""
    pc = world.any()
    made = back_store_up(pc.store, pc.folder / "backups", world.clock.at)
    world.backups[pc.place] = (made.path, pc.life, pc.device_key)
    return f"{pc.place} {sorted(made.positions.items())}"


def restore(world: World) -> str:
    """A disk is lost; the PC comes back from its backup as the next life, offline, and holds no pen."""
    pc = world.any()
    if pc.place not in world.backups or pc.life > LIVES:
        return "nothing"
    source, life, key = world.backups.pop(pc.place)
    if life != pc.life:
        return "nothing"
    pc.opened += 1
    pc.store.engine.dispose()
    pc.path = pc.folder / f"store-{pc.opened}.db"
    store = restore_store(source, pc.key, pc.path, world.clock.at)
    fresh = SigningKey.fresh()
    number, fresh = next_life(pc, store, fresh, key)
    pc.begins(number, fresh)
    pc.open(store)
    forget_lost(world)
    return f"{pc.place} life {pc.life}" + recover(world)


def forget_lost(world: World) -> None:
    """What only a lost disk held, of a PC or the hub, is lost with it; its numbers are never given again."""
    ledger = world.ledger
    held = {
        key for pc in (*world.pcs, *world.dead) for (key,) in check.rows(pc.store, "SELECT key FROM entries")
    }
    held |= {EntryId(*at).key for at in check.hub_contents(world.hub)}
    for one in [one for one in ledger.papers if one.key not in held]:
        ledger.lost_with_a_disk += 1
        ledger.highest = max(ledger.highest, ledger.papers.pop(one))
    ledger.unknown = {at: body for at, body in ledger.unknown.items() if at.key in held}
    world.docket.acts = {one for one in world.docket.acts if one.key in held}


def back_hub_up(world: World) -> str:
    """The hub's database is backed up and checked."""
    world.hub_backup = world.folder / f"hub-{sum(world.steps.values())}.bak"
    return str(back_hub_file_up(world.hub, world.hub_backup).entries)


def restore_hub(world: World) -> str:
    """The province comes back from its last backup, once from each backup."""
    if world.hub_backup is None or world.hub.life > LIVES:
        return "nothing"
    keys, world.hub_life = world.hub.keys, world.hub_life + 1
    world.hub.close()
    place = world.fresh_folder(f"hub-{world.hub_life}")
    world.hub = restore_hub_file(world.hub_backup, place, keys=keys, now=world.hub_clock, durable=False)
    world.hub._entropy = world.chance.randbytes
    world.hub_backup = None
    forget_lost(world)  # a PC's disk went first, and what only the hub had of it went with the hub's
    return str(world.hub.life)


def clone(world: World) -> str:
    """A copy of a PC runs beside it and both write; the copy meets the province second."""
    pc = world.any()
    if not pc.store.is_enrolled or pc.life > LIVES:
        return "nothing"
    world.calm(pc)
    pc.store.fold_wal()
    pc.opened += 1
    path = pc.folder / f"copy-{pc.opened}.db"
    shutil.copyfile(pc.path, path)
    twin = copy.copy(pc)
    twin.path = path
    twin.open(Store.open(path, pc.key))
    for each, name in ((pc, "MÁY CHÍNH"), (twin, "BẢN SAO")):
        each.request(name)
        for _ in range(2):  # under a province of 2099 the first answer only says what the hub holds
            world.calm(each)
        world.hub.read()
    twin.store.engine.dispose()
    world.calm(pc)
    world.ledger.cloned.append(pc.journal)
    return f"{pc.place} {go_on(world, pc)}"


def go_on(world: World, pc: Pc) -> str:
    """A PC that was stopped goes on in its next life."""
    if pc.store.is_enrolled:
        return "not told"
    life, key = next_life(pc, pc.store, SigningKey.fresh(), pc.device_key)
    pc.begins(life, key)
    pc.witnessed = False
    return f"life {life}" + recover(world)


def next_life(pc: Pc, store: Store, fresh: SigningKey, previous: SigningKey) -> tuple[int, SigningKey]:
    """Open the next life of a restored PC: its number and its key."""
    grant, exchange = pc.province.grant(pc.granted.device), fresh.public
    opened = lives.open_life(
        store, grant, pc.province.hub_keys, fresh, exchange, pc.at, reason=OpenReason.RESTORED,
        previous=previous,
    )  # fmt: skip
    return opened.id.journal & 0xFF, fresh


def die_before_commit(*_: object) -> None:
    """The power goes inside the transaction. Raises Killed."""
    raise Killed
