"""The adapter against the simulator: what comes is a stranger's, whatever it is."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.hub.lookups.http_system import MOST_BYTES, HttpSystem, read_answer
from sync.hub.lookups.port import Found, NotAnswered, Question
from tests.support import national_systems as sim
from tests.support.national_systems import MAPPINGS, Simulator, simulated

NUMBER = "012190000001"
QUESTION = Question(NUMBER, "1.000094: NQ 66.7", "2305.1", ("name", "birth", "residence"))
NAMES = MAPPINGS["population"]


@pytest.fixture
def systems() -> Iterator[Simulator]:
    with simulated() as made:
        made.people = {"population": {NUMBER: {"name": "Lý Thị Tập Huấn", "birth": 1990, "secret": "x"}}}
        yield made


def test_the_question_goes_out_under_the_systems_names(systems: Simulator) -> None:
    found = systems.system("population", token="abc").ask(QUESTION)
    assert found == Found(True, {"name": "Lý Thị Tập Huấn", "birth": "1990", "residence": ""}, "TH-1")
    expected = {"soDinhDanh": NUMBER, "mucDich": "1.000094: NQ 66.7", "nguoiTraCuu": "2305.1"}
    assert systems.asked == [("population", expected)]
    assert systems.tokens == ["Bearer abc"]


def test_nobody_by_that_number(systems: Simulator) -> None:
    assert systems.system("land").ask(QUESTION) == Found(False, {}, "")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (sim.DOWN, "away"), (sim.BUSY, "busy"), (sim.CUT, "away"), (sim.OTHER_PERSON, "other_person"),
        (sim.NO_JSON, "dirty"), (sim.ENDLESS, "dirty"), (sim.LIST, "dirty"), (sim.WORDLESS, "dirty"),
    ],
)  # fmt: skip
def test_every_fault_has_its_reason_and_nothing_else_comes_out(systems, fault, reason) -> None:
    systems.fault["population"] = fault
    with pytest.raises(NotAnswered) as refused:
        systems.system("population").ask(QUESTION)
    assert refused.value.reason == reason
    assert "Lý" not in repr(refused.value.__cause__)


def test_who_drips_is_left(systems: Simulator) -> None:
    systems.fault["population"] = sim.DRIP
    with pytest.raises(NotAnswered) as refused:
        systems.system("population", seconds=0.2).ask(QUESTION)
    assert refused.value.reason == "slow"


def test_one_that_speaks_too_long_is_left(systems: Simulator) -> None:
    ticks = iter(range(0, 10_000, 100))
    with pytest.raises(NotAnswered) as refused:
        systems.system("population", clock=lambda: float(next(ticks))).ask(QUESTION)
    assert refused.value.reason == "slow"


def test_nobody_there_is_away() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        system = HttpSystem(f"http://127.0.0.1:{unused.getsockname()[1]}", NAMES, seconds=1.0)
        with pytest.raises(NotAnswered) as refused:
            system.ask(QUESTION)
    assert refused.value.reason == "away"


@pytest.mark.parametrize("address", ["", "ftp://x", "file:///etc/passwd", "https://"])
def test_what_is_no_address_is_refused_at_once(address) -> None:
    with pytest.raises(ValueError, match="https"):
        HttpSystem(address, NAMES)


@pytest.mark.parametrize("path", ["/x", "/x/"])
def test_a_path_before_the_systems_own_is_kept(path, systems) -> None:
    system = HttpSystem(systems.address + path, NAMES)
    assert system._path == "/x/dan-cu/tra-cuu"


@settings(max_examples=40)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(
                st.sampled_from([NAMES.status, NAMES.id, NAMES.reference, *NAMES.fields.values()]), inner
            ),
        ).map(lambda value: json.dumps(value).encode()),
    )
)  # fmt: skip
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        found = read_answer(raw, NAMES, QUESTION)
    except NotAnswered:
        return
    assert all(isinstance(value, str) and len(value) <= 600 for value in found.values.values())
    assert set(found.values) <= set(QUESTION.fields)


def test_values_that_are_no_text_are_not_there() -> None:
    raw = json.dumps({
        NAMES.status: NAMES.found, NAMES.id: int(NUMBER.lstrip("0")), "hoTen": ["A"], "ngaySinh": True,
    }).encode()  # fmt: skip
    with pytest.raises(NotAnswered, match="other_person"):
        read_answer(raw, NAMES, QUESTION)
    raw = raw.replace(NUMBER.lstrip("0").encode(), f'"{NUMBER}"'.encode())
    assert set(read_answer(raw, NAMES, QUESTION).values.values()) == {""}


def test_the_bound_is_small_enough_to_keep_in_memory() -> None:
    assert MOST_BYTES <= 1 << 20
