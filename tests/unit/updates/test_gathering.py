"""PCs of a commune that take a version from each other: one download, liars passed over, going on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.updates.gathering import Gathering
from counter_app.updates.manifest import Manifest
from counter_app.updates.sharing import Sharing
from counter_app.updates.sources import PIECE_BYTES, CountingSource, FolderSource, part_file
from counter_app.updates.updating import Look
from counter_app.updates.words import UpdateError
from sync.client.lan.shelf import FETCHING, MEANT, PART, Shelf
from sync.client.lan.siblings import Siblings
from sync.client.transport import TimedOut
from tests.unit.updates.publisher import NOW, Pc, a_manifest, application, piece, replace_in, signed

MODULES = 400


def large(version: str) -> bytes:
    """Some parts long, unlike anything that came before: as a version with another library."""
    return application(version, MODULES)


@dataclass
class Member:
    """A PC on the LAN: what it answers may be bent, cut or silenced."""

    journal: int
    pc: Pc
    bend: Callable[[bytes], bytes] = lambda data: data
    left: int = 10**9
    asked: int = 0
    sharing: Sharing = field(init=False)

    def __post_init__(self) -> None:
        self.sharing = Sharing(lambda: self.pc.installed)
        self.shelf = Shelf(self.sharing.places)

    def forget(self) -> None:
        """As if the version had never come."""
        folder = self.pc.installed.folder
        for path in (folder.application("1.1"), folder.folder / "current"):
            path.unlink()

    @property
    def has_it(self) -> bool:
        path = self.pc.installed.folder.application("1.1")
        return path.is_file() and path.read_bytes() == large("1.1")


class Commune:
    """PCs that hear each other, and the province's files, counted."""

    def __init__(self, root: Path, count: int = 3) -> None:
        self.members = [Member(256 * number + 1, Pc(root / str(number))) for number in range(1, count + 1)]
        self.stick = root / "hub"
        self.stick.mkdir()
        self.hub = CountingSource(FolderSource(self.stick))
        self.settled: Callable[[float], object] = lambda _: None
        self.gatherings = {one.journal: self._gathering(one) for one in self.members}
        data = large("1.1")
        self.offered = a_manifest(application=piece("app-1.1.zip", data))
        (self.stick / "app-1.1.zip").write_bytes(data)
        (self.stick / "update.json").write_bytes(signed(self.offered))
        self.size = len(data)

    def _gathering(self, me: Member) -> Gathering:
        def others() -> tuple[tuple[int, str], ...]:
            return tuple((one.journal, f"QUẦY-{one.journal}") for one in self.members if one is not me)

        siblings = Siblings(others, self._ask)
        return Gathering(siblings, me.sharing, me.journal, self._settle)

    def _settle(self, seconds: float) -> object:
        return self.settled(seconds)

    def _ask(self, journal: int, topic: int, words: bytes, seconds: float) -> bytes:
        (one,) = [member for member in self.members if member.journal == journal]
        one.asked += 1
        if one.left <= 0:
            raise TimedOut("off")
        data = one.shelf.answer(topic, words)
        if topic != PART:
            return data
        one.left -= len(data)
        return one.bend(data)

    def look(self, me: Member) -> Look:
        return me.pc.updater().judge((self.stick / "update.json").read_bytes(), NOW, asked=True)

    def take(self, number: int, hub: object = None, *, patient: bool = True) -> tuple[int, str]:
        me = self.members[number]
        source = self.hub if hub is None else hub
        return self.gatherings[me.journal].take(
            me.pc.updater(),
            source,
            self.look(me),
            (fine, fine),
            patient=patient,  # type: ignore[arg-type]
        )


def fine(zip_: Path) -> None:
    assert zip_.is_file()


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    return Commune(tmp_path)


def why(act: Callable[[], object]) -> str:
    with pytest.raises(UpdateError) as stopped:
        act()
    return stopped.value.code


class Cut:
    """The hub behind a line that breaks after ``left`` bytes."""

    def __init__(self, inner: CountingSource, left: int) -> None:
        self.inner, self.left = inner, left

    def part(self, name: str, offset: int, most: int) -> bytes:
        if self.left <= 0:
            raise UpdateError("update.missing", "cut")
        data = self.inner.part(name, offset, most)
        self.left -= len(data)
        return data


def test_three_pcs_cost_the_province_one_download(commune: Commune) -> None:
    assert commune.take(0) == (commune.size, "")
    assert commune.take(1) == (0, "QUẦY-257")
    assert commune.take(2) == (0, "QUẦY-257")
    assert commune.hub.bytes == commune.size
    assert all(one.has_it for one in commune.members)


def test_a_liar_is_passed_over_and_the_next_is_asked(commune: Commune) -> None:
    commune.take(0)
    commune.take(1)
    first = commune.members[0]
    first.bend = lambda data: bytes([data[0] ^ 1]) + data[1:]
    assert commune.take(2) == (0, "QUẦY-513")
    asked = first.asked
    commune.members[2].forget()
    commune.take(2)
    assert first.asked == asked + 1, "asked what lies there, and for no byte"
    assert commune.hub.bytes == commune.size


def test_when_all_lie_the_province_is_asked(commune: Commune) -> None:
    commune.take(0)
    for one in commune.members:
        one.bend = lambda data: data[:-1] + bytes([data[-1] ^ 1])
    assert commune.take(1) == (commune.size, "")
    assert commune.members[1].has_it


@pytest.mark.parametrize(
    "bent", [lambda data: data + b"x" * PIECE_BYTES, lambda data: b"", lambda data: data * 3]
)
def test_an_endless_or_empty_sibling_costs_no_more_than_was_asked(
    commune: Commune, bent: Callable[[bytes], bytes]
) -> None:
    commune.take(0)
    commune.members[0].bend = bent
    assert commune.take(1) == (commune.size, "")
    assert commune.members[0].asked <= 4


def test_a_sibling_that_went_in_the_middle_leaves_what_it_gave(commune: Commune) -> None:
    """The next sibling goes on at the offset; the province is not asked."""
    commune.take(0)
    commune.take(1)
    commune.members[0].left = 2 * PIECE_BYTES
    before = commune.members[1].left
    assert commune.take(2) == (0, "QUẦY-513")
    assert before - commune.members[1].left == commune.size - 2 * PIECE_BYTES


def test_bytes_of_a_liar_that_went_are_not_held_against_the_next(commune: Commune) -> None:
    commune.take(0)
    commune.take(1)
    first = commune.members[0]
    first.bend, first.left = lambda data: bytes([data[0] ^ 1]) + data[1:], PIECE_BYTES
    assert commune.take(2) == (0, "QUẦY-513")
    assert commune.members[2].has_it


def test_who_comes_while_another_fetches_follows_and_goes_on_where_it_was_killed(commune: Commune) -> None:
    """The first is cut off after three parts; the second has taken them over and fetches only the rest."""
    one, two, _ = commune.members
    cut = Cut(commune.hub, 3 * PIECE_BYTES)
    assert why(lambda: commune.take(0, cut)) == "update.missing"
    one.sharing.at(commune.offered.application, FETCHING)
    assert why(lambda: commune.take(1)) == "update.later"
    assert commune.gatherings[two.journal].waiting_for == "QUẦY-257"
    assert part_file(commune.offered.application, two.pc.installed.folder).stat().st_size == 3 * PIECE_BYTES
    one.left = 0
    assert commune.take(1) == (commune.size - 3 * PIECE_BYTES, "")
    assert commune.gatherings[two.journal].waiting_for == ""
    assert commune.hub.bytes == commune.size
    assert two.has_it


def test_who_does_not_move_is_not_waited_for_for_ever(commune: Commune) -> None:
    commune.look(commune.members[0])
    commune.members[0].sharing.at(commune.offered.application, FETCHING)
    assert why(lambda: commune.take(1)) == "update.later"
    assert commune.take(1) == (commune.size, "")


def test_who_was_asked_by_a_person_does_not_wait(commune: Commune) -> None:
    commune.look(commune.members[0])
    commune.members[0].sharing.at(commune.offered.application, FETCHING)
    assert commune.take(1, patient=False) == (commune.size, "")


def test_of_two_that_begin_at_once_one_fetches(commune: Commune) -> None:
    """Both say so first and look then: the lower journal goes on, the higher stands back."""
    one, two, _ = commune.members
    other: list[str] = []

    def both(_: float) -> None:
        commune.settled = lambda _: None
        other.append(why(partial(commune.take, 1)))

    commune.settled = both
    assert commune.take(0) == (commune.size, "")
    assert other == ["update.later"]
    assert commune.take(1) == (0, "QUẦY-257")
    assert (one.has_it, two.has_it) == (True, True)


def test_a_higher_journal_that_is_about_to_is_not_waited_for(commune: Commune) -> None:
    commune.look(commune.members[1])
    commune.members[1].sharing.at(commune.offered.application, MEANT)
    assert commune.take(0) == (commune.size, "")


def test_what_was_followed_and_was_a_lie_comes_whole_from_the_province(commune: Commune) -> None:
    one, two, _ = commune.members
    assert why(lambda: commune.take(0, Cut(commune.hub, 2 * PIECE_BYTES))) == "update.missing"
    one.bend = lambda data: bytes([data[0] ^ 1]) + data[1:]
    commune.hub.bytes = 0
    assert commune.take(1)[1] == ""
    assert two.has_it
    assert commune.hub.bytes == 2 * commune.size - 2 * PIECE_BYTES, (
        "once in vain, once whole; the liar is known"
    )
    two.forget()
    commune.hub.bytes = 0
    commune.take(1)
    assert commune.hub.bytes == commune.size


def test_a_difference_is_followed_too_and_the_whole_comes_from_who_has_it(
    commune: Commune, tmp_path: Path
) -> None:
    """Differences are from what each PC runs: the first fetches its small one, the others take the whole."""
    from counter_app.updates import delta

    base = commune.members[0].pc.installed.zip.read_bytes()
    small = delta.make(base, large("1.1"))
    (commune.stick / "d.zst").write_bytes(small)
    made: Manifest = replace_in(
        commune.offered, {"serial": 6, "deltas": (piece("d.zst", small, sha256(base).hexdigest()),)}
    )
    (commune.stick / "update.json").write_bytes(signed(made))
    assert commune.take(0) == (len(small), "")
    assert commune.take(1) == (0, "QUẦY-257")
    assert commune.hub.bytes == len(small)


def test_nothing_lies_on_the_shelf_of_a_program_that_is_not_installed() -> None:
    def missing() -> object:
        raise UpdateError("update.not_installed")

    assert list(Sharing(missing).places()) == []  # type: ignore[arg-type]


def test_a_manifest_that_somebody_changed_here_is_not_passed_on(commune: Commune) -> None:
    one = commune.members[0]
    commune.take(0)
    assert len(list(one.sharing.places())) == 2
    path = one.pc.installed.folder.folder / "update.json"
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    assert list(one.sharing.places()) == []


def test_a_whole_file_that_was_changed_is_looked_at_anew(commune: Commune) -> None:
    one = commune.members[0]
    commune.take(0)
    path = one.pc.installed.folder.application("1.1")
    path.write_bytes(b"x" * commune.size)
    assert len(list(one.sharing.places())) == 1


def test_a_sibling_that_gives_by_drops_holds_nobody_up(tmp_path: Path) -> None:
    commune = Commune(tmp_path, 2)
    commune.take(0)
    commune.members[0].bend = lambda data: data[:1]
    commune.members[0].asked = 0
    came, giver = commune.take(1)
    assert (giver, came, commune.members[1].has_it) == ("", commune.size, True)
    assert commune.members[0].asked < 10
