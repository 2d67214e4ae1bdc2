"""What is true of dossiers when all have met: one story everywhere, no act lost, each quarrel asked about."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from itertools import pairwise

from counter_app.domain.dossiers import entries as e
from counter_app.domain.dossiers.history import Step, history
from counter_app.domain.dossiers.portal import is_legal, portal_state
from counter_app.domain.dossiers.state import AT_WORK, Stage
from counter_app.domain.lookups.entries import LookupAnswered, LookupAsked, LookupWithdrawn
from counter_app.storage.queries import dossiers as queries
from counter_app.storage.store import Store
from sync.hub.reading import dossiers as hub_views
from sync.protocol.journals.system_kinds import EntryQuestioned
from sync.protocol.naming.ids import EntryId, is_province
from tests.support import invariants as check
from tests.sync.simulator.world import World
from tests.unit.storage.world import UNIT

ONCE = (
    (e.DossierAccepted,),
    (e.ResultRecorded,),
    (e.ResultReturned, e.DossierRefused, e.DossierWithdrawn, e.DossierStopped),
)
"""Of each row at most one act counts in a dossier's life."""
NOTES = (
    e.OpinionGiven, e.PaperLookedUp, e.UncollectedNoted, e.OfficialCodeGiven, e.PartyCorrected, e.ResultReady,
    e.ClashSettled, EntryQuestioned, LookupAsked, LookupAnswered, LookupWithdrawn,
)  # fmt: skip
"""Acts that may change nothing: they are read in the history, look-ups on the row that waits."""


def faults(world: World) -> list[str]:
    """Every invariant of dossiers, on the first store and at the hub; stores are compared elsewhere."""
    store = world.pcs[0].store
    found = _lost(world, store) + _books(world, store) + _codes(world, store)
    asked = set(check.rows(store, "SELECT entry, code FROM questions"))
    for dossier, steps in _stories(store):
        found += [f"{dossier}: {fault}" for fault in (*_story(steps), *_unasked(steps, asked))]
        found += [f"{dossier}: {fault}" for fault in _hub_tells_otherwise(world, dossier, steps)]
    return found


def _stories(store: Store) -> Iterable[tuple[EntryId, tuple[Step, ...]]]:
    for (key,) in check.rows(store, "SELECT id FROM dossiers ORDER BY id"):
        dossier = EntryId.from_key(key)
        with store.read() as connection:
            yield dossier, history(dossier, queries.history(connection, dossier))


def _lost(world: World, store: Store) -> list[str]:
    """Acts that were committed and are nowhere, or not in their dossier's history."""
    held = {EntryId.from_key(key) for (key,) in check.rows(store, "SELECT key FROM entries")}
    return [f"the act {one} is lost" for one in sorted(world.docket.acts - held)]


def _books(world: World, store: Store) -> list[str]:
    """Numbers of forms: on paper once, in each book without a hole as far as its journal is held."""
    given = Tally((one.form, one.book, one.year, one.number) for one in world.docket.printed.values())
    found = [f"form number {at} came out {many} times" for at, many in given.items() if many > 1]
    books: dict[tuple[object, ...], list[int]] = {}
    sql = "SELECT form, book, day / 10000, number FROM form_numbers"
    for form, book, year, number in check.rows(store, sql):
        books.setdefault((form, book, year), []).append(number)
    return found + [f"form book {at} has {sorted(held)}" for at, held in books.items()
                    if sorted(held) != list(range(1, len(held) + 1))]  # fmt: skip


def _codes(world: World, store: Store) -> list[str]:
    """A code that stands on a slip belongs to one dossier, and the slip's scan finds it."""
    given: dict[str, EntryId] = {}
    found = []
    for entry, paper in world.docket.printed.items():
        if not paper.code or entry not in world.docket.acts:
            continue
        if given.setdefault(paper.code, paper.dossier) != paper.dossier:
            found.append(f"code {paper.code} stands on slips of two dossiers")
        with store.read() as connection:
            row = queries.by_code(connection, paper.code)
        if row is None or row.id != paper.dossier:
            found.append(f"the slip {paper.code} of {paper.dossier} finds {row and row.id}")
    return found


def _story(steps: Sequence[Step]) -> list[str]:
    """A history: each step told, counted once, legal for the portal, refused beside a rival only."""
    found = []
    for bodies in ONCE:
        counted = [step for step in steps if isinstance(step.fact.body, bodies) and not step.conflict]
        if len(counted) > 1:
            found.append(f"{bodies[0].__name__} counts {len(counted)} times")
    told = [portal for step in steps for portal in step.told]
    found += [f"the portal is told {told}" for before, after in pairwise(told) if not is_legal(before, after)]
    for step in steps:
        name = type(step.fact.body).__name__
        if step.conflict and not _rivals(step, steps):
            found.append(f"{name} {step.fact.id} is refused ({step.conflict}) and nothing contradicts it")
        if not step.conflict and step.before == step.after and not _is_known(step, steps):
            found.append(f"{name} {step.fact.id} changes nothing and nobody is told")
        found += _clock(step)
    return found


def _is_known(step: Step, steps: Sequence[Step]) -> bool:
    """A note, or what a rival did as well: two counters agree."""
    kind = type(step.fact.body)
    agreed = [one for one in steps if one.fact.id in _rivals(step, steps) and type(one.fact.body) is kind]
    return isinstance(step.fact.body, NOTES) or any(not one.conflict for one in agreed)


def _clock(step: Step) -> list[str]:
    """Who waits for the citizen is never late; who works under a limit has a date."""
    state = step.after
    if state.stage is Stage.WAITING_CITIZEN and state.clock.due is not None:
        return [f"waits with a date after {step.fact.id}"]
    if state.stage in AT_WORK and state.limit.unit and state.clock.due is None:
        return [f"works without a date after {step.fact.id}"]
    return []


def _rivals(step: Step, steps: Sequence[Step]) -> list[EntryId]:
    """Acts of the dossier that neither knew of ``step`` nor were known where it was decided."""
    parents = {one.fact.id: one.fact.facts.after for one in steps}
    journals = {one.fact.id: one.fact.id for one in steps}

    def before(entry: EntryId) -> set[EntryId]:
        seen: set[EntryId] = set()
        rest = [entry]
        while rest:
            at = rest.pop()
            earlier = [one for one in journals if one.journal == at.journal and one.seq < at.seq]
            rest += [one for one in (*parents.get(at, ()), *earlier) if one not in seen]
            seen.update(rest)
        return seen

    ours = before(step.fact.id)
    return [one.fact.id for one in steps if one.fact.id != step.fact.id and one.fact.id not in ours
            and step.fact.id not in before(one.fact.id)]  # fmt: skip


def _unasked(steps: Sequence[Step], asked: set[tuple[object, ...]]) -> list[str]:
    """Contradictions that the province asks nobody about."""
    return [
        f"nobody is asked about {step.fact.id} ({step.conflict})"
        for step in steps
        if step.conflict and not is_province(step.fact.id.journal)
        and (step.fact.id.key, step.conflict.replace("_", "-")) not in asked
    ]  # fmt: skip


def _hub_tells_otherwise(world: World, dossier: EntryId, steps: Sequence[Step]) -> list[str]:
    """The province shows the same steps and the same state for the portal."""
    with world.hub.database.read() as connection:
        shown = hub_views.view(connection, UNIT, dossier)
    if shown is None:
        return ["the hub does not show it"]
    theirs = [(one.journal, one.seq, one.stage, one.told, one.conflict) for one in shown.steps]
    ours = [
        (one.fact.id.journal, one.fact.id.seq, str(one.after.stage), one.told, one.conflict) for one in steps
    ]
    found = [] if theirs == ours else ["hub and counter tell different stories"]
    if shown.portal != portal_state(steps[-1].after):
        found.append(f"the hub says {shown.portal}")
    return found
