"""The province's list made of what counters sent: every kind of line, commands, download."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.certification import entries as c
from counter_app.domain.drafting import draft
from counter_app.domain.registers import entries as r
from sync.hub import cli
from sync.hub.checking import publishing
from sync.hub.checking.publishing import FRESH_MS, Published, issue, publish, publish_to
from sync.hub.serving.app import make_app
from sync.protocol.journals import copy_verdict as of
from sync.protocol.journals.check_list import CheckList, mark_of, open_check_list
from sync.protocol.journals.copy_code import CopyCode, digest_of_words, write_copy_code
from sync.protocol.journals.copy_verdict import check
from sync.protocol.naming.ids import EntryId

UNIT = "00000"
SECOND = bytes(64)


def text(counter, number: int, unit: str = UNIT, journal: int = 0) -> str:
    code = CopyCode(
        unit, journal or counter.journal, 1, 2026, number, date(2026, 11, 20), 1, digest_of_words("Học bạ")
    )
    return write_copy_code(code, counter.device_key)


def kinds(counter, held: CheckList, *numbers: int) -> list[str]:
    return [check(text(counter, number), held).kind for number in numbers]


def lot(counter, register: EntryId, delegation: EntryId, count: int):
    return counter.number(register, delegation, [counter.request(f"Lý A {n}") for n in range(count)])


@pytest.fixture
def worked(counter):
    """Numbers 1-6: 1-2 signed, 3 struck, 4 annulled, 5-6 not confirmed."""
    register, delegation = counter.register(), counter.delegation()
    done = lot(counter, register, delegation, 6)
    head, *lines = done.entries

    def on(line, body) -> None:
        counter.act([draft(body, line.id, line.facts.subjects[0], head.id)])

    for line in (lines[0], lines[1], lines[3]):
        on(line, c.LineSigned("pile"))
    on(lines[2], c.LineStruck("differs", ""))
    act = c.LineAnnulled("12/QĐ-UBND", 20261119, "Bản chính giả", counter.official, SECOND)
    counter.act([draft(act, lines[3].id, lines[3].facts.subjects[0])])
    counter.sync()
    return register, delegation


def test_every_line_is_told_as_it_stands(hub, counter, worked) -> None:
    held = issue(hub)
    assert kinds(counter, held, 1, 2, 3, 4, 5, 6, 7) == [
        of.VALID, of.VALID, of.STRUCK_COPY, of.ANNULLED_COPY, of.UNCONFIRMED, of.UNCONFIRMED, of.NOT_SENT,
    ]  # fmt: skip
    assert check(text(counter, 4), held).on == 20261119


def test_the_list_holds_no_name(hub, counter, worked) -> None:
    data = publish(hub)
    for name in ("Lý A", "Nguyễn", "Lò Thị", "Học bạ", "Bản chính giả", "012345678901"):
        assert name.encode() not in data


def test_what_has_not_arrived_is_not_called_wrong(hub, counter, worked) -> None:
    register, delegation = worked
    lot(counter, register, delegation, 2)
    assert kinds(counter, issue(hub), 7, 8) == [of.NOT_SENT, of.NOT_SENT]
    counter.sync()
    assert kinds(counter, issue(hub), 7, 8, 9) == [of.UNCONFIRMED, of.UNCONFIRMED, of.NOT_SENT]


def test_unknown_and_voided_numbers_are_being_recovered(hub, counters, counter, worked) -> None:
    register, _ = worked
    other = counters()
    other.sync()
    recovered = r.PenRecovered(
        2, counter.journal, other.journal, 6, 6, 0, 6, 20, "Máy hỏng", other.official, SECOND
    )
    other.act([draft(recovered, register)])
    other.act([draft(r.NumberSettled(9, r.VOIDED, "BB 12/2026"), register)])
    rebuilt = r.NumberSettled(10, r.REBUILT, "biên lai 0042", None, "Lý A", "Học bạ", 1, 4000, 20261120)
    other.act([draft(rebuilt, register)])
    other.sync()
    held = issue(hub)
    assert kinds(counter, held, 6, 7, 9, 10, 19, 20) == [
        of.UNCONFIRMED, of.RECOVERING, of.RECOVERING, of.VALID, of.RECOVERING, of.NOT_SENT,
    ]  # fmt: skip


def test_a_revoked_pc_and_one_of_another_unit(hub, counters, counter, worked) -> None:
    other = counters()
    other.sync()
    hub.revoke(counter.journal, None, "mất máy")
    told = check(text(counter, 1), issue(hub))
    assert (told.kind, told.on) == (of.REVOKED, 20261120)
    assert check(text(other, 1), issue(hub)).kind == of.VALID
    assert check(text(other, 1, journal=counter.journal), issue(hub)).kind == of.ALTERED


def test_numbers_rise_whatever_the_clock_does(hub, clock, monkeypatch) -> None:
    first = issue(hub).number
    assert issue(hub).number == first + 1
    clock.at -= 10_000_000
    assert issue(hub).number == first + 2
    clock.at += 20_000_000
    assert issue(hub).number == clock.at


def test_it_is_good_for_a_month_unless_told_otherwise(hub, clock) -> None:
    assert issue(hub).expires - clock.at == 31 * 86_400_000
    assert issue(hub, 5).expires - clock.at == 5 * 86_400_000
    for days in (0, 401):
        with pytest.raises(ValueError, match="days"):
            issue(hub, days)


def test_a_file_is_whole_or_not_there(hub, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "stick" / "tinh.mcl"
    data = publish_to(hub, path)
    assert path.read_bytes() == data
    assert open_check_list(data, hub.public_key).units[0].name == "Xã Bình Lư (tập huấn)"

    def full(handle: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(publishing.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        publish_to(hub, path)
    assert path.read_bytes() == data


def command(capsys, *arguments: str) -> tuple[int, object]:
    code = cli.main(["--json", *arguments])
    said = capsys.readouterr().out
    return code, json.loads(said) if said else None


def test_the_commands_publish_and_show(tmp_path: Path, capsys) -> None:
    folder, out = str(tmp_path / "hub"), tmp_path / "tinh.mcl"
    command(capsys, "--folder", folder, "unit", "add", UNIT, "Xã tập huấn", "--practice")
    code, told = command(capsys, "--folder", folder, "list", "publish", "--out", str(out), "--days", "7")
    assert (code, told["bytes"], told["units"]) == (0, out.stat().st_size, 1)
    assert open_check_list(out.read_bytes(), bytes.fromhex(told["key"])).number == told["number"]
    code, shown = command(capsys, "--folder", folder, "list", "show", str(out))
    assert (code, shown["number"], shown["practice"]) == (0, told["number"], True)
    whole = out.read_bytes()
    bent = whole[:-1] + bytes([whole[-1] ^ 1])
    out.write_bytes(bent)
    code, told = command(capsys, "--folder", folder, "list", "show", str(out))
    assert (code, told["code"]) == (3, "not-authentic")
    code, told = command(capsys, "--folder", folder, "list", "publish", "--out", str(out), "--days", "0")
    assert code == 3
    assert out.read_bytes() == bent


def fetched(hub, *headers: tuple[bytes, bytes]) -> tuple[int, bytes, dict[str, str]]:
    """``GET /v1/check-list`` as any client does, without a token."""
    sent: list[dict] = []
    scope = {
        "type": "http", "method": "GET", "path": "/v1/check-list", "raw_path": b"/v1/check-list",
        "query_string": b"", "headers": list(headers), "http_version": "1.1", "scheme": "https",
        "server": ("hub", 443),
        "client": ("10.0.0.1", 1), "root_path": "",
    }  # fmt: skip

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    asyncio.run(make_app(hub)(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent)
    told = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], body, told


def test_anybody_downloads_it(hub, counter, worked) -> None:
    status, data, _ = fetched(hub)
    assert status == 200
    assert kinds(counter, open_check_list(data, hub.public_key), 3) == [of.STRUCK_COPY]


def test_who_holds_a_list_that_says_the_same_gets_no_body(hub, clock, counter, worked) -> None:
    _, data, told = fetched(hub)
    mark = mark_of(open_check_list(data, hub.public_key))
    assert told["etag"] == f'"{mark}"'
    asked = (b"if-none-match", told["etag"].encode())
    clock.at += 2 * FRESH_MS
    assert fetched(hub, asked)[:2] == (304, b"")
    assert fetched(hub, (b"if-none-match", b'"0"'))[0] == 200
    later = open_check_list(fetched(hub)[1], hub.public_key)
    assert later.number > open_check_list(data, hub.public_key).number


def test_the_same_bytes_are_given_for_ten_minutes(hub, clock) -> None:
    published = Published(hub)
    first, data = published.current()
    clock.at += FRESH_MS - 1
    assert published.current() == (first, data)
    clock.at += 1
    later, _ = published.current()
    assert later.number > first.number
    clock.at -= 5
    assert published.current()[0].number > later.number
