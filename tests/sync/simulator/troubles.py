"""What happens on a simulated day, each as one step: work, exchanges, sticks, clocks, other versions."""

from __future__ import annotations

from msgspec.structs import replace

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.kinds import BY_BODY
from counter_app.domain.registers.decisions import pass_pen_into_file
from sync.protocol.carrying.bundle import Bundle, pack_bundle
from sync.protocol.carrying.run import Run
from sync.protocol.carrying.vector import lacking
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft, Entry, read_entry
from sync.protocol.journals.system_kinds import SystemKind, carry
from sync.protocol.meeting.exchange import ExchangeRequest, pack_request
from sync.protocol.naming.ids import SELF, EntryId
from tests.support import invariants as check
from tests.sync.simulator.pc import Pc
from tests.sync.simulator.world import World
from tests.unit.storage.world import UNIT

YEARS = 365 * 86_400_000
MINUTE = 60_000
LARGEST_PILE = 24


def take_in(world: World) -> str:
    """A request with one to four originals."""
    pc = world.any()
    return str(pc.take_in(world.chance.randrange(1, 5)))


def number(world: World) -> str:
    """A pile leaves for the signer: numbers are born, committed, printed. Sometimes where the pen is not."""
    pc = world.holder() if world.chance.random() < 0.9 else world.any()
    if pc is None or not sees_last_number(world, pc):
        return "nothing"
    if not pc.waiting:
        pc.take_in(world.chance.randrange(1, 5))
    pile = pc.waiting[: world.chance.randrange(1, LARGEST_PILE)]
    papers = pc.pile(world.register, world.delegation, pile)
    pc.waiting = pc.waiting[len(pile) :]
    world.ledger.came_out(papers)
    return str(papers)


def sees_last_number(world: World, pc: Pc) -> bool:
    """Before the first number after a start: an answered exchange, or the last paper is the PC's last number.

    A file proves nothing, it may be old; the program asks for the paper then (``services.signing.guards``).
    """
    state = pc.state(world.register)
    recovered = state.recoveries[-1] if state.recoveries else None
    at_range = recovered is not None and recovered.last == state.last_number > world.ledger.highest
    pc.witnessed |= at_range or state.last_number == max(world.ledger.highest, state.first_number - 1)
    return pc.witnessed


def exchange(world: World) -> str:
    """One request to the hub and what came of it."""
    pc = world.any()
    outcomes = pc.engine.until_idle(1)
    pc.witnessed |= any(one.code == "done" for one in outcomes)
    return str([(pc.place, one.code, one.sent_entries, one.ingested.applied) for one in outcomes])


def line(world: World) -> str:
    """The line of a PC goes down, or comes back."""
    pc = world.any()
    pc.line.down = not pc.line.down and world.chance.random() < 0.6
    return f"{pc.place} {'down' if pc.line.down else 'up'}"


def stick_out(world: World) -> str:
    """A file is made for another PC and carried about: it may arrive late, in part, twice or never."""
    giver, taker = world.chance.sample(world.pcs, 2)
    pieces = giver.given(taker)
    world.pocket += [(giver.journal, piece) for piece in pieces]
    del world.pocket[:-60]
    return f"{giver.place}>{taker.place} {len(pieces)}"


def stick_in(world: World) -> str:
    """Pieces from the pocket, in any order, now and then bent, to whoever it is."""
    if not world.pocket:
        return "nothing"
    taker = world.any()
    taken = world.chance.sample(world.pocket, min(len(world.pocket), world.chance.randrange(1, 4)))
    for sender, piece in taken:
        if world.chance.random() < 0.2:
            sender, piece = world.liar(), bent(world, piece)
        taker.takes(sender, [piece])
    return f"{taker.place} {[(piece.journal, piece.first_seq) for _, piece in taken]}"


def stick(world: World) -> str:
    """Pieces carried by hand at once: some lost, some twice, in any order, sometimes bent on the way."""
    giver, taker = world.chance.sample(world.pcs, 2)
    pieces = giver.given(taker)
    pieces += world.chance.sample(pieces, min(len(pieces), 2))
    world.chance.shuffle(pieces)
    pieces = pieces[: world.chance.randrange(len(pieces) + 1)]
    if pieces and world.chance.random() < 0.4:
        taker.takes(world.liar(), [bent(world, pieces.pop(0))])
    taker.takes(giver.journal, pieces)
    return f"{giver.place}>{taker.place} {len(pieces)}"


def clock(world: World) -> str:
    """A clock that goes a little wrong, forwards or back."""
    pc = world.any()
    pc.at += world.chance.randrange(-20, 20) * MINUTE
    return f"{pc.place} {pc.at}"


def wild_clock(world: World) -> str:
    """A flat battery: up to ten years off, until somebody sets it right."""
    pc = world.any()
    pc.at = world.clock.at + world.chance.choice((-10, -1, 1, 10)) * YEARS
    return str(pc.place)


def clock_right(world: World) -> str:
    """Somebody looks at the wall and sets a PC right."""
    wrong = [pc for pc in world.pcs if abs(pc.at - world.clock.at) > YEARS // 2]
    for pc in wrong:
        pc.at = world.clock.at
    return str([pc.place for pc in wrong])


def provinces_clock(world: World) -> str:
    """The server comes up in another year, or a few minutes off."""
    world.hub_clock.off = world.chance.choice((-17 * YEARS, 73 * YEARS, YEARS, -3 * MINUTE, 40 * MINUTE))
    return str(world.hub_clock.off)


def provinces_clock_right(world: World) -> str:
    """Somebody sees it; what the clock alone does not mend a person does."""
    return str(world.set_the_provinces_clock_right())


def newer(world: World) -> str:
    """A PC with a later program writes what the others do not know: a kind, or more in a kind they know."""
    pc = world.any()
    body, flags = world.chance.randbytes(5), world.chance.choice((0, MUST_UNDERSTAND))
    drafted = Draft(60_000, (SELF,), body, 3, MUST_UNDERSTAND)
    held = check.rows(pc.store, "SELECT id FROM requests ORDER BY id DESC LIMIT 20")
    if held and world.chance.random() < 0.5:
        known = BY_BODY[c.RequestReturned]
        request = EntryId.from_key(world.chance.choice(held)[0])
        drafted = Draft(known.number, (request,), b"\x93\xa1a\xa1b\x07", known.version + 1, flags)
    entry = pc.act([drafted]).entries[0]
    world.ledger.unknown[entry.id] = entry.body or b""
    return str(entry.id)


def read(world: World) -> str:
    """The hub reads what came."""
    return str(world.hub.read())


def send_pen(world: World) -> str:
    """The pen goes into a file, for a PC that will get it some day."""
    giver, taker = world.chance.sample(world.pcs, 2)
    giver.act(pass_pen_into_file(giver.state(world.register), giver.journal, taker.journal))
    return f"{giver.place}>{taker.place}"


def other_unit(world: World) -> str:
    """The province carries a request of another unit here."""
    entry = world.far.store.append(
        [world.far.request_draft("Xã khác", (1,))], world.far.circumstances()
    ).entries[0]
    body = encode_body(carry(entry))
    world.hub.append(UNIT, Draft(SystemKind.CARRIED, entry.facts.subjects, body))
    world.ledger.carried.append(entry.id)
    return str(entry.id)


def returned(world: World) -> str:
    """Two PCs act on one request, perhaps at once and under different clocks."""
    pc = world.any()
    held = check.rows(pc.store, "SELECT id FROM requests ORDER BY id")
    if not held:
        return "nothing"
    request = EntryId.from_key(world.chance.choice(held)[0])
    words = f"máy {pc.place} {world.chance.randrange(1000)}"
    return str(pc.act([draft(c.RequestReturned("mend", words), request)]).entries[0].id)


def lying_relay(world: World) -> str:
    """A PC with a key of its own brings the hub runs that were changed in its hands."""
    pc = world.any()
    port = pc.port()
    if not pc.store.is_enrolled:
        return "nothing"
    lacks = lacking(port.vector(), world.hub.word(UNIT).received)
    pieces = [piece for piece in port.pieces_from(lacks, 2**16) if piece.journal != pc.journal]
    if not pieces:
        return "nothing"
    given = bent(world, world.chance.choice(pieces))
    packed = pack_bundle(Bundle(UNIT, pc.journal, (given,)))
    request = ExchangeRequest(UNIT, pc.journal, world.clock.at, 0, port.vector(), packed)
    world.hub.exchange(pack_request(request, pc.device_key, world.hub.public_key))
    return f"{pc.place} {given.journal} {given.first_seq}"


def bent(world: World, run: Run) -> Run:
    """A run as a damaged or lying carrier leaves it.

    A bit of the last body, with or without the signature that covers it, a bit of a seal, or cut short.
    """
    *before, last = run.entries
    how = world.chance.choice(("body", "body", "unsigned", "seal", "cut"))
    if how == "cut":
        return replace(run, entries=run.entries[: -(len(run.entries) // 2) or None], checkpoints=())
    if how == "seal":
        at = world.chance.choice([place for place, one in enumerate(run.entries) if one.seal] or [0])
        return replace(run, entries=tuple(_unsealed(one) if place == at else one
                                          for place, one in enumerate(run.entries)))  # fmt: skip
    body = (last.body or b"\0")[:-1] + bytes([(last.body or b"\0")[-1] ^ 1])
    changed = read_entry(last.id, last.facts_bytes, body, last.seal)
    points = () if how == "unsigned" else run.checkpoints
    return replace(run, entries=(*before, changed), checkpoints=points)


def _unsealed(one: Entry) -> Entry:
    """``one`` with a bit of its seal changed."""
    return one.sealed_by(bytes([one.seal[0] ^ 1]) + one.seal[1:]) if one.seal else one
