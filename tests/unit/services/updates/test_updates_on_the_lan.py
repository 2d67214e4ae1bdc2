"""Updates among the counters of a unit, and what the line to the province may cost meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.services.exchange.thrift import DAY_MB, HOURS, MEGABYTE, PAID, Thrift, day_number
from counter_app.storage.this_pc import device
from counter_app.updates.manifest import DAY_MS, Manifest
from counter_app.updates.sharing import Sharing
from counter_app.updates.sources import MANIFEST
from counter_app.updates.words import UpdateError
from sync.client.lan.shelf import FETCHING, Shelf
from sync.client.pacing import ByteBudget
from tests.support.counter import MORNING
from tests.unit.services.updates.desk import HOUR, NIGHT, Desk
from tests.unit.updates.publisher import KEYS, NOW, STRANGER, Pc, a_manifest, signed

OTHER = 99 * 256 + 1


@pytest.fixture
def sibling(desk: Desk, tmp_path: Path) -> Pc:
    """A counter beside it, on which a version may be put."""
    made = Pc(tmp_path / "sibling")
    sharing = Sharing(lambda: made.installed)
    shelf = Shelf(sharing.places)
    made.sharing = sharing  # type: ignore[attr-defined]
    desk.updates.meet(
        lambda: ((OTHER, "QUẦY-02"),), lambda journal, topic, words, seconds: shelf.answer(topic, words),
        lambda _: None,
    )  # fmt: skip
    return made


def has(pc: Pc, made: Manifest) -> None:
    """That PC took the version, from a stick say."""
    pc.publish(made)
    (pc.installed.folder.folder).mkdir(parents=True, exist_ok=True)
    pc.installed.folder.keep(MANIFEST, (pc.stick / MANIFEST).read_bytes())
    pc.installed.folder.keep(f"app-{made.version}.zip", (pc.stick / made.application.name).read_bytes())


def lies(pc: Pc, data: bytes) -> None:
    """What that PC's shelf holds as its manifest, whatever it is."""
    pc.installed.folder.folder.mkdir(parents=True, exist_ok=True)
    pc.installed.folder.keep(MANIFEST, data)


def why(act: Callable[[], object]) -> str:
    with pytest.raises(UpdateError) as stopped:
        act()
    return stopped.value.code


def test_without_the_province_a_version_comes_from_a_sibling_and_it_is_named(desk: Desk, sibling: Pc) -> None:
    has(sibling, a_manifest())
    done = desk.updates.now()
    assert (done.state, done.version, done.bytes) == ("ready", "1.1", 0)
    assert done.words.endswith("Lấy từ QUẦY-02 qua mạng nội bộ.")
    assert [one for one, _ in desk.tried] == ["self_test", "rehearsal"], "tried here too"


def test_with_the_province_there_the_bytes_still_come_from_the_sibling(desk: Desk, sibling: Pc) -> None:
    made = desk.pc.publish(a_manifest())
    has(sibling, made)
    assert desk.updates.now().bytes == 0


def test_a_newer_manifest_of_a_sibling_goes_before_the_provinces(desk: Desk, sibling: Pc) -> None:
    desk.pc.publish(a_manifest("1.1", serial=5))
    has(sibling, a_manifest("1.2", serial=6))
    assert desk.updates.now().version == "1.2"
    assert why(desk.updates.check) == "update.old", "the province shows an older one: that is said"


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (signed(a_manifest(), KEYS[0]), "update.missing"),
        (signed(a_manifest(), KEYS[0], STRANGER), "update.missing"),
        (b"{" * 70_000, "update.missing"),
        (b"\xff\x00", "update.missing"),
        (signed(a_manifest(serial=6, expires=NOW + 9_999 * DAY_MS)), "update.endless"),
        (signed(a_manifest(serial=6, made=NOW - 200 * DAY_MS, expires=NOW - DAY_MS)), "update.expired"),
        (signed(a_manifest("1.3", serial=4)), "update.missing"),
    ],
    ids=["one-key", "a-stranger", "large", "no-manifest", "endless", "expired", "old"],
)
def test_what_a_sibling_shows_is_judged_as_what_the_province_shows(
    desk: Desk, sibling: Pc, made: bytes, code: str
) -> None:
    """A sibling of ours does not even show one it would not read itself, or one older than was seen here."""
    desk.pc.publish(a_manifest("1.0", serial=5))
    desk.updates.check()
    (desk.pc.stick / MANIFEST).unlink()
    lies(sibling, made)
    assert why(desk.updates.now) == code
    assert desk.pc.updater().in_place() == ""


@pytest.mark.parametrize("number", range(6))
def test_a_sibling_that_shows_anything_is_refused_here_too(
    desk: Desk, sibling: Pc, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a sibling whose program judges nothing: tampered, strange, mixed, old, endless, expired."""
    desk.pc.publish(a_manifest("1.1", serial=6))
    desk.updates.check()
    (desk.pc.stick / MANIFEST).unlink()
    good = signed(a_manifest("1.2", serial=7))
    shown = [
        (good.replace(b'"signatures":{"', b'"signatures":{"0'), "update.unreadable"),
        (signed(a_manifest("1.2", serial=7), KEYS[0], STRANGER), "update.signatures"),
        (signed(a_manifest("1.2", serial=6)), "update.mixed"),
        (signed(a_manifest("1.2", serial=5)), "update.old"),
        (signed(a_manifest("1.2", serial=7, expires=NOW + 9_999 * DAY_MS)), "update.endless"),
        (
            signed(a_manifest("1.2", serial=7, made=NOW - 200 * DAY_MS, expires=NOW - DAY_MS)),
            "update.expired",
        ),
    ]
    data, code = shown[number]
    siblings = desk.updates._gathering.siblings
    item = _item_of(data)
    monkeypatch.setattr(siblings, "look", lambda: [item])
    monkeypatch.setattr(siblings, "whole", lambda offer, most: data)
    (desk.pc.installed.folder.folder / MANIFEST).unlink()
    assert why(desk.updates.now) == code
    assert desk.pc.updater().in_place() == ""


def _item_of(data: bytes) -> object:
    from sync.client.lan import shelf
    from sync.client.lan.siblings import Offer

    return Offer(OTHER, "QUẦY-02", shelf.Item(shelf.MANIFEST, 99, bytes(32), len(data), len(data)))


def test_by_itself_a_pc_stands_back_says_so_and_looks_again_soon(desk: Desk, sibling: Pc) -> None:
    made = desk.pc.publish(a_manifest(), difference=False)
    lies(sibling, (desk.pc.stick / MANIFEST).read_bytes())
    sibling.sharing.at(made.application, FETCHING)  # type: ignore[attr-defined]
    desk.updates.by_itself()
    assert (desk.updates.trouble, desk.pc.updater().in_place()) == (None, "")
    row = desk.updates.row()
    assert row is not None
    assert "QUẦY-02 đang tải" in row.words
    has(sibling, made)
    desk.updates.by_itself()
    assert desk.pc.updater().in_place() == "1.1"


# --- what the line costs ---


def thrifty(
    desk: Desk, *, day_mb: int = 0, hours: str = "", paid: bool = False, spent: int = 0
) -> ByteBudget:
    work = desk.counter.work
    with work.store.write() as connection:
        for name, words in ((DAY_MB, str(day_mb)), (HOURS, hours), (PAID, "1" if paid else "0")):
            device.put_setting(connection, name, words)
    budget = ByteBudget(day=lambda: day_number(work.now()))
    budget.spend(spent)
    desk.updates.thrift = Thrift(work, budget)
    return budget


def test_what_comes_counts_into_the_days_bytes(desk: Desk) -> None:
    made = desk.pc.publish(a_manifest(), difference=False)
    budget = thrifty(desk, day_mb=1)
    desk.updates.now()
    manifest_bytes = (desk.pc.stick / MANIFEST).stat().st_size
    assert budget.spent >= made.application.size + manifest_bytes
    assert budget.spent < made.application.size + manifest_bytes + 5_000


def test_by_itself_a_quarter_of_the_day_is_left_for_records(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    budget = thrifty(desk, day_mb=1, spent=MEGABYTE * 3 // 4)
    desk.updates.by_itself()
    assert (desk.pc.updater().in_place(), desk.updates.trouble) == ("", None)
    assert budget.spent == MEGABYTE * 3 // 4
    assert desk.updates.now().state == "ready", "a person may have the rest"


def test_with_the_days_bytes_spent_nobody_gets_any(desk: Desk) -> None:
    desk.pc.publish(a_manifest())
    thrifty(desk, day_mb=1, spent=MEGABYTE)
    assert why(desk.updates.now) == "update.not_now"
    desk.updates.by_itself()
    assert desk.updates.trouble is None


@pytest.mark.parametrize("rules", [{"paid": True}, {"hours": "0-24"}])
def test_where_bytes_are_paid_for_nothing_comes_by_itself(desk: Desk, rules: dict[str, object]) -> None:
    desk.pc.publish(a_manifest())
    budget = thrifty(desk, **rules)  # type: ignore[arg-type]
    desk.updates.by_itself()
    assert (desk.pc.updater().in_place(), budget.spent) == ("", 0)
    assert desk.updates.now().state == "ready"


def test_a_download_ends_when_the_unit_opens_and_goes_on_at_night(desk: Desk) -> None:
    made = desk.pc.publish(a_manifest("1.1", application=a_manifest().application), difference=False)
    budget = thrifty(desk)
    updates, parts = desk.updates, 0

    def opens_after_the_manifest() -> bool:
        nonlocal parts
        parts += 1
        return parts > 3

    updates.is_open = opens_after_the_manifest  # type: ignore[method-assign]
    updates.by_itself()
    assert desk.pc.updater().in_place() == ""
    assert 0 < budget.spent < made.application.size
    del updates.is_open
    desk.at(MORNING + HOUR)
    updates.by_itself()
    assert desk.pc.updater().in_place() == ""
    desk.at(NIGHT)
    updates.by_itself()
    assert desk.pc.updater().in_place() == "1.1"


def test_without_any_bytes_for_the_province_a_sibling_serves(desk: Desk, sibling: Pc) -> None:
    made = desk.pc.publish(a_manifest())
    budget = thrifty(desk, day_mb=1, paid=True, spent=MEGABYTE)
    has(sibling, made)
    desk.updates.by_itself()
    assert desk.pc.updater().in_place() == "1.1"
    assert budget.spent == MEGABYTE
