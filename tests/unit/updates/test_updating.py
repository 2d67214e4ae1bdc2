"""An update step by step: taken whole, cut off at every step, refused, paused, resumed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.updates import manifest, program_folder
from counter_app.updates.manifest import Piece, Ring
from counter_app.updates.program_folder import Named
from counter_app.updates.sources import MANIFEST, CountingSource, FolderSource, manifest_bytes
from counter_app.updates.updating import Look, State, Updater
from counter_app.updates.words import UpdateError
from sync.flushing import flush_folder
from tests.unit.updates.publisher import (
    KEYS,
    NOW,
    RUNTIME,
    Pc,
    a_manifest,
    application,
    replace_in,
    signed,
)


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


def fine(zip_: Path) -> None:
    assert zip_.is_file()


def take(
    pc: Pc,
    updater: Updater | None = None,
    self_test: Callable[[Path], None] = fine,
    rehearsal: Callable[[Path], None] = fine,
) -> int:
    updater = updater or pc.updater()
    source = FolderSource(pc.stick)
    look = updater.look(source, NOW)
    return updater.take(source, look, self_test=self_test, rehearsal=rehearsal)


def why(act: Callable[[], object]) -> str:
    with pytest.raises(UpdateError) as stopped:
        act()
    return stopped.value.code


def test_a_version_comes_as_its_difference_and_is_named_for_the_next_start(pc: Pc) -> None:
    published = pc.publish(a_manifest())
    look = pc.updater().look(FolderSource(pc.stick), NOW)
    assert (look.state, look.version, look.bytes) == (State.OFFERED, "1.1", published.deltas[0].size)
    came = take(pc)
    own = pc.installed.folder
    assert came == published.deltas[0].size < published.application.size / 50
    assert own.application("1.1").read_bytes() == application("1.1")
    assert own.named("current") == Named("1.1", RUNTIME)
    assert own.named("previous") == Named("1.0", RUNTIME)
    assert pc.updater().look(FolderSource(pc.stick), NOW).state is State.READY
    assert not [*own.folder.glob("*.part"), *own.folder.glob("*.new")]


def test_without_a_difference_from_its_own_version_the_whole_comes(pc: Pc) -> None:
    published = pc.publish(a_manifest(), difference=False)
    assert take(pc) == published.application.size


def test_what_runs_and_what_is_older_is_left_alone(pc: Pc) -> None:
    for version in ("1.0", "0.9"):
        pc.publish(a_manifest(version, serial=3))
        (pc.installed.folder.folder / "seen.json").unlink(missing_ok=True)
        assert pc.updater().look(FolderSource(pc.stick), NOW).state is State.NONE


def test_an_old_manifest_is_refused_also_after_a_restart(pc: Pc) -> None:
    pc.publish(a_manifest("1.2", serial=7))
    pc.updater().look(FolderSource(pc.stick), NOW)
    pc.publish(a_manifest("1.1", serial=6))
    assert why(lambda: pc.updater().look(FolderSource(pc.stick), NOW)) == "update.old"


def test_a_file_that_is_not_the_manifests_is_thrown_away_and_fetched_anew(pc: Pc) -> None:
    made = pc.publish(a_manifest(), difference=False)
    good = (pc.stick / made.application.name).read_bytes()
    (pc.stick / made.application.name).write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    assert why(lambda: take(pc)) == "update.mixed"
    assert pc.installed.folder.named("current") is None
    (pc.stick / made.application.name).write_bytes(good)
    assert take(pc) == len(good)


def test_a_signed_difference_that_leads_elsewhere_is_refused(pc: Pc) -> None:
    made = pc.publish(a_manifest())
    wrong = Piece(made.application.name, made.application.size, "0" * 64)
    (pc.stick / MANIFEST).write_bytes(signed(replace_in(made, {"application": wrong})))
    assert why(lambda: take(pc)) == "update.mixed"
    assert pc.installed.folder.named("current") is None


class Endless:
    """Gives bytes for ever, whatever is asked."""

    def __init__(self, pc: Pc) -> None:
        self.pc, self.given = pc, 0

    def part(self, name: str, offset: int, most: int) -> bytes:
        data = b"x" * most * 2
        if name == MANIFEST and offset == 0 and self.given == 0:
            data = (self.pc.stick / MANIFEST).read_bytes()
        elif name == MANIFEST and self.given == 0:
            return b""
        self.given += len(data) if name != MANIFEST else 0
        return data


def test_a_source_without_end_costs_no_more_than_the_manifest_says(pc: Pc) -> None:
    made = pc.publish(a_manifest(), difference=False)
    source = Endless(pc)
    updater = pc.updater()
    look = updater.look(source, NOW)
    assert why(lambda: updater.take(source, look, self_test=fine, rehearsal=fine)) == "update.mixed"
    assert source.given <= 2 * made.application.size + 2 * 65_536
    source.given = 1
    assert why(lambda: manifest_bytes(source)) == "update.unreadable"


class Cut:
    """A folder whose line breaks after ``left`` bytes."""

    def __init__(self, folder: Path, left: int) -> None:
        self.inner, self.left = FolderSource(folder), left

    def part(self, name: str, offset: int, most: int) -> bytes:
        data = self.inner.part(name, offset, most)[: max(self.left, 0)]
        if name != MANIFEST:
            self.left -= len(data)
            if not data:
                raise UpdateError("update.missing", "cut")
        else:
            data = self.inner.part(name, offset, most)
        return data


def test_a_cut_line_goes_on_where_it_was(pc: Pc) -> None:
    made = pc.publish(a_manifest(), difference=False)
    cut = Cut(pc.stick, 10_000)
    updater = pc.updater()
    look = updater.look(cut, NOW)
    assert why(lambda: updater.take(cut, look, self_test=fine, rehearsal=fine)) == "update.missing"
    counting = CountingSource(FolderSource(pc.stick))
    again = updater.take(counting, look, self_test=fine, rehearsal=fine)
    assert again == made.application.size - 10_000


@pytest.mark.parametrize("failing", ["self_test", "rehearsal"])
def test_a_version_that_fails_its_trial_is_never_named(pc: Pc, failing: str) -> None:
    pc.publish(a_manifest())

    def fail(zip_: Path) -> None:
        raise UpdateError(f"update.{failing}")

    trials = (fail, fine) if failing == "self_test" else (fine, fail)
    assert why(lambda: take(pc, None, *trials)) == f"update.{failing}"
    assert pc.installed.folder.named("current") is None


def test_a_version_that_did_not_come_up_is_not_taken_again(pc: Pc) -> None:
    pc.publish(a_manifest())
    take(pc)
    (pc.installed.folder.folder / "refused").write_text("app-1.1.zip\n")
    assert pc.updater().in_place() == ""
    assert why(lambda: pc.updater().look(FolderSource(pc.stick), NOW)) == "update.refused"
    pc.publish(a_manifest("1.2", serial=6))
    take(pc)
    assert pc.updater().in_place() == "1.2"


def test_a_version_for_another_runtime_asks_for_the_installer(pc: Pc) -> None:
    pc.publish(a_manifest(runtime="runtime-ffffffffffff"))
    assert why(lambda: pc.updater().look(FolderSource(pc.stick), NOW)) == "update.runtime"


def test_rings_and_pauses_hold_it_back_and_a_technician_may_ask_all_the_same(pc: Pc) -> None:
    source = FolderSource(pc.stick)
    pc.publish(a_manifest(ring=Ring(("03391",))))
    assert pc.updater().look(source, NOW).state is State.NOT_YET
    assert pc.updater().look(source, NOW, asked=True).state is State.OFFERED
    pc.publish(a_manifest(serial=6))
    pc.installed.folder.pause(True)
    assert pc.updater().look(source, NOW).state is State.PAUSED
    assert pc.updater().look(source, NOW, asked=True).state is State.OFFERED
    pc.installed.folder.pause(False)
    assert pc.updater().look(source, NOW).state is State.OFFERED
    pc.publish(a_manifest(serial=7, paused=True))
    assert pc.updater().look(source, NOW, asked=True).state is State.PAUSED, (
        "the publisher's word holds for all"
    )


def test_nothing_is_taken_of_a_look_that_offers_nothing(pc: Pc) -> None:
    assert why(lambda: pc.updater().take(FolderSource(pc.stick), Look(State.NONE, "1.0"), self_test=fine,
                                         rehearsal=fine)) == "update.missing"  # fmt: skip


class PowerCut(BaseException):
    """Nothing after it runs; only what the disk has stays."""


def test_the_power_may_go_at_any_step_and_the_next_try_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every call that changes names or flushes is cut off once, before it happens; then all is done again."""
    steps = 0
    for cut_at in range(1, 60):
        pc = Pc(tmp_path / str(cut_at))
        pc.publish(a_manifest())
        count = 0

        def stepping(real: Callable[..., object], at: int = cut_at) -> Callable[..., object]:
            def step(*words: object, **others: object) -> object:
                nonlocal count
                count += 1
                if count == at:
                    raise PowerCut
                return real(*words, **others)

            return step

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", stepping(os.fsync))
            patched.setattr(Path, "replace", stepping(Path.replace))
            patched.setattr(Path, "unlink", stepping(Path.unlink))
            patched.setattr(program_folder, "flush_folder", stepping(flush_folder))
            try:
                take(pc)
            except PowerCut:
                steps += 1
            else:
                break
        named = pc.installed.folder.named("current")
        if named is not None:
            place = pc.installed.folder.application(named.version)
            assert place.read_bytes() == application("1.1"), "what is named is whole"
        if pc.updater().in_place() != "1.1":
            take(pc)
        assert pc.updater().in_place() == "1.1"
        assert pc.installed.folder.named("previous") == Named("1.0", RUNTIME)
    assert steps >= 12, "the steps were really cut"


def test_a_chain_of_updates_keeps_what_ran_and_forgets_what_is_older(pc: Pc) -> None:
    pc.publish(a_manifest())
    take(pc)
    pc.publish(a_manifest("1.2", serial=6), difference=False)
    take(pc, pc.updater("1.1"))
    own = pc.installed.folder
    assert own.named("previous") == Named("1.1", RUNTIME)
    pc.publish(a_manifest("1.3", serial=7), difference=False)
    take(pc, pc.updater("1.2"))
    assert sorted(path.name for path in own.folder.glob("app-*.zip")) == ["app-1.2.zip", "app-1.3.zip"]


def test_a_full_disk_is_told_in_words(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    pc.publish(a_manifest())

    def full(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert why(lambda: take(pc)) == "update.disk"


def test_a_damaged_note_of_what_was_seen_is_no_note(pc: Pc) -> None:
    made = pc.publish(a_manifest())
    own = pc.installed.folder
    own.folder.mkdir(parents=True)
    (own.folder / "seen.json").write_bytes(b"\xff\x00{")
    (own.folder / "current").write_text("app-../../x.zip runtime-evil\n")
    assert own.named("current") is None
    assert pc.updater().look(FolderSource(pc.stick), NOW).state is State.OFFERED
    assert own.seen().serial == made.serial
    assert manifest.read((pc.stick / MANIFEST).read_bytes(), [key.public for key in KEYS]).manifest == made
