"""What the desk sends back stands first and red on the clerk's home, with the reason in words."""

from __future__ import annotations

import pytest

from tests.support.counter import CLERK, SIGNER, Counter, make_counter, person, take_in


@pytest.fixture
def counter(tmp_path):
    made = make_counter(tmp_path / "one", 1)
    made.sign_in(CLERK)
    yield made
    made.close()


def test_a_slip_sent_back_is_the_first_red_line_of_the_clerk(counter: Counter) -> None:
    take_in(counter, "gks 1x1", who=person("TẬP HUẤN SỚM", "012086006801"))
    late = take_in(counter, "hb 24x2", who=person("TẬP HUẤN MUỘN", "012086006802")).request
    counter.sign_in(SIGNER)
    reasons = counter.areas.signing.reasons()
    assert 1 <= len(reasons) <= 9
    counter.areas.signing.return_to_clerk(late, reasons[0].code, "đếm lại trang")
    counter.sign_in(CLERK)
    first, second = counter.areas.home.home().rows
    assert (first.subject, first.due_kind, first.due_second) == (late, "bad", "Bàn ký trả lại")
    assert "đếm lại trang" in first.what_second
    assert second.due_kind != "bad"
    assert [row.subject for row in counter.areas.home.home("returned").rows] == [late]
    assert counter.areas.home.badges()["home"] == 1
