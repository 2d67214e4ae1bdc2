"""Home shows a school as one line; who is further, sent back or alone stands for himself."""

from __future__ import annotations

from tests.support.counter import CLERK, PIN, SIGNER, Counter, take_in
from tests.unit.services.groups.school import a_group, write_all


def lines(counter: Counter) -> list[tuple[str, str, str]]:
    """Name, second line and state of the work list."""
    return [(row.name, row.name_second, row.state) for row in counter.areas.home.home().rows]


def test_a_group_is_one_line_with_its_people_and_copies(counter) -> None:
    take_in(counter, "bang 1x3")
    form = a_group(24, papers=("hb 24x1", "gks 1x2"))
    write_all(counter, form)
    rows = counter.areas.home.home().rows
    (school,) = [row for row in rows if row.name == form.name]
    assert len(rows) == 2
    assert (school.name_second, school.state, school.code) == ("24 người", "submitted", "01-0002")
    assert "72 bản" in school.what
    assert "hb 24x1" in school.what_second


def test_those_who_are_further_stand_apart_and_one_sent_back_alone(counter) -> None:
    form = a_group(5)
    done = write_all(counter, form)
    requests = [member.request for member in counter.areas.groups.members(done.group)]
    counter.sign_in(SIGNER)
    signing = counter.areas.signing
    signing.confirm_witness(1_775, PIN)
    signing.number(tuple(requests[:2]), PIN)
    signing.return_to_clerk(requests[4], "pages", "")
    counter.sign_in(CLERK)
    assert sorted(lines(counter)) == sorted([
        (form.name, "2 trong 5 người", "numbered"),
        (form.name, "2 trong 5 người", "submitted"),
        (form.people[4].name.upper(), "CCCD …0004", "accepted"),
    ])  # fmt: skip


def test_two_groups_are_two_lines(counter) -> None:
    from dataclasses import replace

    write_all(counter, a_group(2))
    other = a_group(4)
    write_all(counter, replace(other, name="Trường khác (tập huấn)", people=other.people[2:]))
    assert sorted(name for name, _, _ in lines(counter)) == [
        "Trường PTDTBT Bình Lư (tập huấn)", "Trường khác (tập huấn)",
    ]  # fmt: skip
