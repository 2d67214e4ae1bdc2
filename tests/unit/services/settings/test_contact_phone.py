"""The one-stop's number: written by the head in the settings, the unit's on every PC, printed on form 02."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from counter_app.printing.forms.one_stop.content import Form02Content
from tests.support.counter import CHAIRMAN, CLERK, give, make_counter
from tests.unit.services.dossiers.pages import page, refused

NUMBER = "0213 3798 001"


@pytest.fixture
def counter(tmp_path):
    made = make_counter(tmp_path)
    yield made
    made.close()


def write(counter, number: str, login: str = CHAIRMAN) -> None:
    counter.sign_in(login)
    settings = counter.areas.settings
    settings.keep(replace(settings.pc(), contact_phone=number))


def phones(counter) -> list[str]:
    """Phones on the printed forms 02."""
    with counter.store.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT content FROM print_jobs WHERE form = 'one_stop_02' ORDER BY id"
        )
        return [msgspec.msgpack.decode(row[0], type=Form02Content).contact_phone for row in rows]


def entries(counter) -> int:
    with counter.store.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()


def test_what_the_head_writes_stands_on_form_02_and_on_its_reprint(counter):
    counter.areas.intake.commit(page())
    write(counter, "  0213  3798 001 ")
    counter.sign_in(CLERK)
    other = replace(page().party, id_number="012086006813")
    asked = counter.areas.intake.commit(page(party=other)).dossier
    counter.areas.dossiers.reprint(asked, "02", "rách")
    assert phones(counter) == ["", NUMBER, NUMBER]
    assert counter.areas.settings.pc().contact_phone == NUMBER


def test_another_counter_of_the_unit_prints_it_too(counter, tmp_path):
    write(counter, NUMBER)
    second = make_counter(tmp_path, 2, founder=counter)
    try:
        give(counter, second)
        assert second.areas.settings.pc().contact_phone == NUMBER
        second.areas.intake.commit(page())
        assert phones(second) == [NUMBER]
    finally:
        second.close()


def test_a_clerk_keeps_his_own_settings_but_not_this_one(counter):
    before = entries(counter)
    settings = counter.areas.settings
    settings.keep(replace(settings.pc(), sounds=False))
    assert not settings.pc().sounds
    refused("role.not_allowed", write, counter, NUMBER, CLERK)
    assert (settings.pc().contact_phone, entries(counter)) == ("", before)


@pytest.mark.parametrize("typed", ["123", "gọi cô Mai", "0213 3798 001 " * 4, "02133798OO1"])
def test_what_is_no_number_is_refused_in_words(counter, typed):
    error = refused("policy.phone", write, counter, typed)
    assert (error.field, error.words("vi").remedy) == ("contact_phone", "Gõ như 0213 3798 001.")
    assert counter.areas.settings.pc().contact_phone == ""


def test_it_is_taken_away_again_and_nothing_is_written_without_a_change(counter):
    write(counter, NUMBER)
    count = entries(counter)
    write(counter, NUMBER)
    assert entries(counter) == count
    write(counter, "")
    assert (counter.areas.settings.pc().contact_phone, entries(counter)) == ("", count + 1)
