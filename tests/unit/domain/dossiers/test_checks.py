# ruff: noqa: E501 - a case stays on one line
"""Each data check: found where it must be, silent where all is usual, both languages, right level."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from counter_app.domain.catalogue import parse_catalogue
from counter_app.domain.dates import vn_instant
from counter_app.domain.dossiers.acts.intake import Held, Intake
from counter_app.domain.dossiers.checks import (
    CHECKS,
    INFO,
    LOOK,
    STOP,
    Finding,
    Surroundings,
    findings,
    unanswered,
)
from counter_app.domain.dossiers.entries import Companion, FeeUsed, LimitUsed, Party
from resources import load
from tests.law.test_dossier_clock_cases import local

CATALOGUE = parse_catalogue(load.procedures())
TODAY = date(2026, 11, 20)
BIRTH = CATALOGUE.require("1.001193", TODAY)
UNREVIEWED = next(p for p in CATALOGUE.procedures if not p.reviewed and p.papers)
MORNING = vn_instant(local("20/11/2026 09:00"))
AROUND = Surroundings(TODAY, clerk="LÙ TẬP HUẤN MAI", clerk_number="012185000009", own_province="12")

PARTY = Party(
    "citizen",
    "LÒ TẬP HUẤN ẨM",
    "cccd",
    "012090000001",
    19900314,
    "male",
    "Bản Nà Khan",
    "03390",
    "0912345678",
    "",
)
USUAL = Intake(
    code="0" * 20, daily=1, channel="counter", procedure=BIRTH, version="mirror", party=PARTY,
    limit=LimitUsed(0, "same_day", ""), received_at=MORNING, salt=b"salt",
    held={place: Held("brought") for place in range(len(BIRTH.papers))},
)  # fmt: skip


def codes(intake: Intake, around: Surroundings = AROUND) -> dict[str, str]:
    """Code to level of everything found."""
    return {found.code: found.level for found in findings(intake, around)}


def party(**changes: Any) -> Intake:
    """The usual dossier of somebody a little different."""
    return replace(USUAL, party=msgspec.structs.replace(PARTY, **changes))


def beside(role: str, name: str, number: str = "", detail: str = "") -> Intake:
    """The usual dossier with somebody beside the party."""
    return replace(USUAL, companions=(Companion(role, name, "cccd", number, 0, detail),))


def test_there_are_at_least_twenty_five() -> None:
    """Codes that the checks can give (issue: a first set of 25)."""
    assert len(CHECKS) >= 25


def test_a_usual_dossier_finds_nothing() -> None:
    """Quiet where nothing is to be seen."""
    assert codes(USUAL) == {}


@pytest.mark.parametrize(
    ("intake", "code", "level"),
    [
        (party(id_number="999090000001"), "identity.birthplace", LOOK),
        (party(birth=19910314), "identity.birth_year", LOOK),
        (party(sex="female"), "identity.sex", LOOK),
        (party(id_kind="passport", id_number="12345678"), "identity.passport_foreign", LOOK),
        (party(id_kind="cmnd", id_number="045123456"), "party.old_card", LOOK),
        (party(birth=20261121, id_number="012226000001"), "party.birth_future", STOP),
        (party(birth=18990101, id_kind="other"), "party.very_old", LOOK),
        (party(birth=19900000), "party.year_only", INFO),
        (party(name="ẨM"), "party.one_word", INFO),
        (party(birth=20100101, id_number="012210000001"), "party.minor", LOOK),
        (party(phone="12345"), "party.phone", LOOK),
        (party(unit=""), "party.commune", INFO),
        (beside("representative", "LÒ TẬP HUẤN ẨM", PARTY.id_number), "representative.oneself", STOP),
        (beside("witness", "Lò tập huấn ẩm"), "witness.oneself", STOP),
        (beside("interpreter", "LÒ TẬP HUẤN ẨM", "", "Thái"), "interpreter.oneself", STOP),
        (beside("witness", "LÙ TẬP HUẤN MAI"), "witness.clerk", LOOK),
        (replace(USUAL, deliver="post", party=msgspec.structs.replace(PARTY, address="")), "party.post_address", STOP),
        (replace(USUAL, procedure=UNREVIEWED, held={}), "procedure.unreviewed", LOOK),
        (replace(USUAL, limit=LimitUsed(0, "", "")), "limit.unknown", LOOK),
        (replace(USUAL, fees=(FeeUsed("le_phi", "Lệ phí", 0, False),)), "fee.unknown", LOOK),
        (replace(USUAL, fees=(FeeUsed("le_phi", "Lệ phí", 8_000, True, "poor", "hộ nghèo"),)), "fee.exempt", INFO),
        (replace(USUAL, held={**USUAL.held, 4: Held("differs")}), "papers.differs", LOOK),
        (replace(USUAL, held={**USUAL.held, 4: Held("queued")}), "papers.queued", INFO),
        (replace(USUAL, held={k: v for k, v in USUAL.held.items() if k != 4}), "papers.look_up_first", INFO),
        (replace(USUAL, held={**USUAL.held, 0: Held("brought", count=21)}), "papers.many", LOOK),
        (replace(USUAL, channel="post", arrived_at=vn_instant(local("21/11/2026 08:00"))), "post.future", STOP),
        (replace(USUAL, channel="post", arrived_at=vn_instant(local("20/10/2026 08:00"))), "post.old", LOOK),
        (replace(USUAL, channel="post"), "post.no_mark", LOOK),
        (replace(USUAL, received_at=vn_instant(local("20/11/2026 15:01"))), "time.next_day", INFO),
        (replace(USUAL, received_at=vn_instant(local("20/11/2026 15:01")), limit=LimitUsed(3, "working_day", "")),
         "time.forward_tomorrow", INFO),
        (replace(USUAL, competent="03388"), "dossier.routed", INFO),
    ],
)  # fmt: skip
def test_found_with_its_level(intake: Intake, code: str, level: str) -> None:
    """What is wrong is found under its code, at its level."""
    assert codes(intake).get(code) == level


@pytest.mark.parametrize(
    ("intake", "code"),
    [
        (replace(USUAL, channel="post", arrived_at=vn_instant(local("20/11/2026 08:00"))), "post.old"),
        (replace(USUAL, channel="post", arrived_at=vn_instant(local("21/10/2026 08:00"))), "post.old"),
        (replace(USUAL, received_at=vn_instant(local("20/11/2026 15:00"))), "time.next_day"),
        (party(phone=""), "party.phone"),
        (party(birth=20081120, id_number="012208000001"), "party.minor"),
        (beside("witness", "LÒ TẬP HUẤN ẨM", "012190000002"), "witness.oneself"),
        (party(birth=19060101, id_kind="other"), "party.very_old"),
    ],
)
def test_silent_at_the_edge(intake: Intake, code: str) -> None:
    """Thirty days, 15:00, no phone, eighteen today, a namesake with another number, 120 years: all usual."""
    assert code not in codes(intake)


def test_what_the_surroundings_tell() -> None:
    """An open twin, a card that ran out yesterday, another province, the remote limit."""
    assert codes(USUAL, replace(AROUND, twins=("01-0011",)))["dossier.twin"] == LOOK
    assert codes(USUAL, replace(AROUND, card_until=date(2026, 11, 19)))["party.card_expired"] == LOOK
    assert "party.card_expired" not in codes(USUAL, replace(AROUND, card_until=TODAY))
    assert codes(USUAL, replace(AROUND, party_province="01"))["party.other_province"] == LOOK
    land = next(p for p in CATALOGUE.procedures if p.limit(TODAY).remote)
    longer = replace(USUAL, procedure=land, limit=LimitUsed(land.limit(TODAY).remote or 0, "working_day", ""))
    assert codes(longer, replace(AROUND, remote=True))["limit.remote"] == INFO


def test_a_channel_the_portal_does_not_list() -> None:
    """A procedure taken at the counter only, handed in by post."""
    only = msgspec.structs.replace(BIRTH, channels=("counter",))
    asked = replace(USUAL, procedure=only, channel="post", arrived_at=MORNING)
    assert codes(asked)["procedure.channel"] == LOOK


def test_an_answered_look_no_longer_holds_a_stop_always_does() -> None:
    """Alt+Enter answers amber; red must be mended."""
    amber = findings(party(phone="12345"), AROUND)
    assert [found.code for found in unanswered(amber, [])] == ["party.phone"]
    assert unanswered(amber, ["party.phone"]) == ()
    red = findings(replace(USUAL, channel="post", arrived_at=vn_instant(local("21/11/2026 08:00"))), AROUND)
    assert [found.code for found in unanswered(red, ["post.future"])] == ["post.future"]


def every() -> list[Finding]:
    """One finding of each code met in the cases above."""
    marks = test_found_with_its_level.pytestmark  # type: ignore[attr-defined]
    return [found for case in marks[0].args[1] for found in findings(case[0], AROUND)]


def test_every_sentence_has_both_languages_and_no_blame() -> None:
    """Vietnamese and English, NFC, ending as a sentence does; never "vui lòng" or "sai rồi" (ux 5)."""
    for found in every():
        assert found.vi != found.en
        assert found.vi
        assert found.en
        assert bool(found.reason) == bool(found.reason_en)
        assert found.vi.rstrip()[-1] in ".?"
        assert "vui lòng" not in found.vi.lower()
        assert "bạn " not in found.vi.lower()
