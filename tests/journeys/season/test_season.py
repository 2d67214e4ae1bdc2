"""A school season through the services: registers continuous, months closed, every copy readable by anybody.

Small inside the tests; ``SIZE=full`` works 60 days of 120 requests with a group of 300 (issue 4, section 5),
``SEASON=days,requests,pupils`` any other.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from counter_app.domain.certification.state import ANNULLED, NUMBERED, STRUCK
from sync.hub.checking.publishing import publish_to
from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.check_list import CheckList, ListedDevice, open_check_list
from sync.protocol.journals.copy_verdict import check
from tests.journeys.season import check_papers
from tests.journeys.season.plan import SMALL, season, size
from tests.journeys.season.reading_back import Checker, Seen, by_number
from tests.journeys.season.working import ANNULLED as ANNULLED_NUMBER
from tests.journeys.season.working import SeasonWorked
from tests.support.counter import LAST_ON_PAPER, REGISTRAR
from tests.support.invariants import doubled, rows, unaccounted

WANTED = size()
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 if WANTED == SMALL else 14_400)]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeasonWorked]:
    made = SeasonWorked(tmp_path_factory.mktemp("season"), WANTED)
    print("\nseason", WANTED, dict(made.commune.done), made.closed)
    yield made
    made.commune.close()


@pytest.fixture(scope="module")
def checker(worked: SeasonWorked) -> Checker:
    """Somebody with the list as the province publishes it."""
    hub, path = worked.commune.office.hub, worked.folder / "tinh.mcl"
    print("\nlist", len(publish_to(hub, path)), "bytes")
    return Checker(path, hub.public_key, hub.now())


@pytest.fixture(scope="module")
def seen(worked: SeasonWorked, checker: Checker) -> list[Seen]:
    """Every certification that was printed, read from its picture."""
    papers = [paper for pc in worked.commune.pcs for paper in pc.papers()]
    found = checker.read_back([paper for paper in papers if paper.name.startswith("certification-")])
    print("\nread back", len(found), dict(Tally(one.verdict for one in found)))
    return found


def lines(worked: SeasonWorked) -> dict[int, tuple[str, int, str]]:
    """Number -> (state, copies, remarks) as the first counter reads the register."""
    sql = "SELECT number, state, copies, remarks FROM lines WHERE register = "
    register = worked.commune.register
    assert register is not None
    read = rows(worked.commune.pcs[0].store, f"{sql}{register.key} ORDER BY number")
    assert len({number for number, *_ in read}) == len(read)
    return {number: (state, copies, remarks) for number, state, copies, remarks in read}


def test_the_plan_is_what_the_issue_asks_for(worked: SeasonWorked) -> None:
    done = worked.commune.done
    assert (len(worked.days), done["pupils"]) == (WANTED.days, WANTED.pupils)
    halves = [line for day in worked.days for line in day.lines]
    assert halves.count(True) * 2 == len(halves), "the line is down half the time"
    assert done["requests"] > 0.8 * WANTED.days * WANTED.a_day
    once = ("paper days", "dead", "recovered", "returned", "annulled")
    assert [done[name] for name in once] == [1] * len(once)
    assert (done["pen moves"], done["struck"] > 0, done["sticks"] > 0) == (2, True, True)


def test_the_register_is_continuous(worked: SeasonWorked) -> None:
    commune = worked.commune
    state = commune.office.register(commune.pcs[0])
    assert unaccounted(commune.pcs[0].store, state.id, state) == []
    assert doubled(commune.pcs[0].store, state.id) == []
    assert (state.unknown, state.to_enter_from_paper, state.open_doubles) == ((), (), ())
    held = set(lines(worked))
    voided = {n for one in state.recoveries for part in one.voided for n in range(part.first, part.last + 1)}
    assert held | voided == set(range(LAST_ON_PAPER + 1, state.next_number))
    assert not held & voided
    assert len(voided) == commune.done["voided"]


def test_every_original_has_its_number_and_nothing_waits(worked: SeasonWorked) -> None:
    done, states = worked.commune.done, Tally(state for state, _, _ in lines(worked).values())
    assert sum(states.values()) == done["originals"] + done["pupils"]
    assert states[NUMBERED] == 0
    assert states[STRUCK] == done["struck"]
    assert states[ANNULLED] == 1
    waiting = "SELECT count(*) FROM requests WHERE stage = 'waiting'"
    assert [rows(pc.store, waiting) for pc in worked.commune.pcs] == [[(0,)]] * 3


def test_every_month_is_closed(worked: SeasonWorked) -> None:
    months = sorted({(day.date.year, day.date.month) for day in worked.days})
    assert sorted(worked.closed) == months
    pc = worked.commune.pcs[0]
    pc.sign_in(REGISTRAR)
    for year, month in months:
        page = pc.areas.registers.month(year, month)
        assert page.closed
        numbers = [row.number for row in page.rows]
        assert all(after - before == 1 for before, after in pairwise(numbers)), (year, month)


def test_counters_and_hub_hold_and_read_the_same(worked: SeasonWorked) -> None:
    worked.commune.office.settle()
    assert worked.commune.office.faults() == []


def test_every_printed_copy_is_verified_from_its_picture(worked: SeasonWorked, seen: list[Seen]) -> None:
    verdicts = {ANNULLED: of.ANNULLED_COPY, STRUCK: of.STRUCK_COPY}
    printed = {
        (number, verdicts.get(state, of.VALID)): copies
        for number, (state, copies, remarks) in lines(worked).items()
        if "giấy" not in remarks
    }
    assert by_number(seen) == printed
    assert sum(printed.values()) == worked.commune.done["texts"]
    assert [one.number for one in seen if one.verdict == of.ANNULLED_COPY] == [ANNULLED_NUMBER] * lines(
        worked
    )[ANNULLED_NUMBER][1]


def test_a_copy_of_another_provinces_pc_is_not_believed(worked: SeasonWorked, checker: Checker) -> None:
    """Planted: the list bears another key, lacks one, or the code was changed by one letter."""
    told = open_check_list(checker.listed.read_bytes(), checker.key)
    paper = next(pc for pc in worked.commune.pcs if any("certif" in p.name for p in pc.papers()))
    (first, *_) = [path for path in paper.papers() if path.name.startswith("certification-")]
    page, text = next(check_papers.codes(first))
    assert (page, check(text, told).kind) == (1, of.VALID)
    other = [ListedDevice(pc.work.journal, bytes([17]) * 32) for pc in worked.commune.pcs]
    assert check(text, with_devices(told, other)).kind == of.ALTERED
    assert check(text, with_devices(told, ())).kind == of.NO_KEY
    bent = text[:-20] + ("A" if text[-20] != "A" else "B") + text[-19:]
    assert check(bent, told).kind == of.ALTERED


def with_devices(told: CheckList, devices: Iterable[ListedDevice]) -> CheckList:
    """The list with other keys."""
    unit = replace(told.units[0], devices=tuple(devices))
    return replace(told, units=(unit,))


def test_a_list_that_does_not_count_is_refused_in_the_clean_process(checker: Checker) -> None:
    assert checker.refusal() == ""
    assert checker._replace(at=checker.at + 32 * 86_400_000).refusal() == "list-expired"
    assert checker._replace(key=bytes([17]) * 32).refusal() == "hub-unknown"
    bent = checker.listed.with_name("bent.mcl")
    data = bytearray(checker.listed.read_bytes())
    data[len(data) // 2] ^= 1
    bent.write_bytes(data)
    assert checker._replace(listed=bent).refusal() in ("not-authentic", "malformed")


def test_the_same_seed_plans_the_same_season(worked: SeasonWorked) -> None:
    from counter_app.services.rules import shipped_rules

    assert season(11, WANTED, shipped_rules().calendar) == worked.days
    assert season(12, WANTED, shipped_rules().calendar) != worked.days
