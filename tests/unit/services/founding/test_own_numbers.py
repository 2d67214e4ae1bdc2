"""An official's own number and address: given by the head, never shown again, and what they stop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.errors import DomainError
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.organisation import entries as o
from counter_app.services.ports.copies import RequestForm, RowForm, SignerForm, SigningForm
from counter_app.services.ports.officials import WORKING, ChangeForm
from counter_app.services.ports.signing import MISSING, NEEDS_LOOK
from counter_app.storage.journals.journal import entry_at
from sync.protocol.naming.ids import EntryId
from tests.support.counter import CHAIRMAN, CLERK, SIGNER, Counter, open_register, person

OWN = "012185000009"
HOME = "Bản Nà Đon tập huấn"


def own(counter: Counter, login: str, number: str = OWN, address: str = "") -> None:
    """The head writes down who he is."""
    counter.sign_in(CHAIRMAN)
    official = counter.officials[login]
    now = next(one for one in counter.areas.officials.officials() if one.official == official)
    form = ChangeForm(official, now.title_line, now.roles, WORKING, "Lý lịch cán bộ", None, number, address)
    counter.areas.officials.change(form)


def written(counter: Counter) -> o.OfficialChanged:
    journal = counter.areas.work.journal
    with counter.store.read() as connection:
        found = connection.exec_driver_sql("SELECT max(seq) FROM entries WHERE journal = ?", (journal,))
        return read_fact(entry_at(connection, EntryId(journal, found.scalar_one()))).body


@pytest.fixture
def office(counter: Counter) -> Counter:
    """Signatures are numbered here too."""
    open_register(counter, "signature", "SCT/CK,ĐC", 200)
    counter.sign_in(CHAIRMAN)
    act = o.DelegationRecorded(
        "52/QĐ-UBND", 20261110, o.ASSIGNED, "KT.", ("copy", "signature"), 20261110, 20261231, "Phó Chủ tịch"
    )
    counter.areas.accounts.delegate(counter.officials[SIGNER], act)
    return counter


def signed_by(counter: Counter, name: str, number: str, address: str = "") -> EntryId:
    counter.sign_in(CLERK)
    signing = SigningForm((SignerForm(name, number, address=address),))
    row = RowForm("ck syll 1", "", counter.clock.at, signing=signing)
    form = RequestForm(person(), (row,))
    total = counter.areas.copies.view(form).total
    return counter.areas.copies.commit(replace(form, given=str(total))).request


def verdict(counter: Counter, request: EntryId):
    counter.sign_in(SIGNER)
    return counter.areas.signing.detail(request, "signature")


def test_number_and_address_are_kept_under_a_salt_and_only_their_end_is_shown(counter: Counter) -> None:
    own(counter, SIGNER, address=f"  {HOME}  ")
    body = written(counter)
    assert (body.id_number, body.address) == (OWN, HOME)
    assert len(body.salt or b"") == 4
    view = next(
        one for one in counter.areas.officials.officials() if one.official == counter.officials[SIGNER]
    )
    assert (view.number_end, view.has_address) == ("0009", True)
    assert OWN not in repr(counter.areas.officials.officials())


def test_a_change_that_gives_none_leaves_them(counter: Counter) -> None:
    own(counter, SIGNER, address=HOME)
    own(counter, SIGNER, number="", address="")
    body = written(counter)
    assert (body.id_number, body.address, body.salt) == (None, None, None)
    state = counter.state(counter.officials[SIGNER])
    assert (state.id_number, state.address) == (OWN, HOME)


@pytest.mark.parametrize("number", ["01218500000", "01218500000A", "0121850000091"])
def test_a_number_that_is_none_is_said_at_its_field(counter: Counter, number: str) -> None:
    with pytest.raises(DomainError) as caught:
        own(counter, SIGNER, number=number)
    assert caught.value.field == "id_number"
    assert counter.state(counter.officials[SIGNER]).id_number == ""


def test_who_signs_the_paper_himself_may_not_certify_it(office: Counter) -> None:
    request = signed_by(office, "TÊN KHÁC TẬP HUẤN", OWN)
    assert verdict(office, request).check != MISSING, "his number is not known yet"
    own(office, SIGNER)
    found = verdict(office, request)
    assert found.check == MISSING
    assert any("vừa là người yêu cầu" in check.words for check in found.checks)


def test_the_clerk_himself_is_stopped_at_the_counter(office: Counter) -> None:
    own(office, CLERK)
    with pytest.raises(DomainError) as caught:
        signed_by(office, "TÊN KHÁC TẬP HUẤN", OWN)
    assert caught.value.code == "conflict.self"


def test_the_same_family_at_the_same_place_is_looked_at(office: Counter) -> None:
    own(office, SIGNER, address=HOME)
    request = signed_by(office, "Vàng Thị Khác", "012190000001", HOME.upper())
    found = verdict(office, request)
    assert found.check == NEEDS_LOOK
    assert any("thân thích" in check.words for check in found.checks)
