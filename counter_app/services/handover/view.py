"""A request at the return desk: what is ready, what is still to pay, and why something is not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from counter_app.domain.certification.state import (
    ANNULLED,
    HANDED_OVER,
    NUMBERED,
    SIGNED,
    STRUCK,
    OriginalState,
    RequestState,
)
from counter_app.domain.codes import parse_provisional
from counter_app.domain.dates import PartialDate, moment_text
from counter_app.domain.money_words import money_figures
from counter_app.services.ports.handover import ReturnLine, ReturnView
from counter_app.services.ports.saying import say

NO_FILES: Final[Mapping[int, str]] = MappingProxyType({})


def view_of(request: RequestState, files: Mapping[int, str] = NO_FILES) -> ReturnView:
    """The request with its lines; ``files`` are SHA-256 (hex) of its signed files, by original."""
    lines = tuple(
        _line(request, index, one, files.get(index, "")) for index, one in enumerate(request.originals)
    )
    return ReturnView(
        request.id, parse_provisional(request.code).short, request.requester.name, identity_of(request),
        lines, request.to_pay, _message(request, lines),
    )  # fmt: skip


def identity_of(request: RequestState) -> str:
    """``CCCD …6812``, or ``Sinh năm 1951`` when there is no number."""
    who = request.requester
    if who.id_number:
        kind = "CCCD" if who.id_kind == "cccd" else say("Giấy tờ", "Document")
        return f"{kind} …{who.id_number[-4:]}"
    birth = PartialDate.from_int(who.birth)
    return "" if birth is None else say(f"Sinh năm {birth.year}", f"Born {birth.year}")


def _line(request: RequestState, index: int, one: OriginalState, digest: str) -> ReturnLine:
    number = f"{one.number:02d}/{one.year}" if one.number else ""
    name = one.taken.name
    if digest:
        name = say(f"{name} · tệp ký số {digest[:8]}…", f"{name} · signed file {digest[:8]}…")
    return ReturnLine(
        index, number, name, one.taken.copies, one.state == SIGNED, one.state, _words(request, one)
    )


def _words(request: RequestState, one: OriginalState) -> str:
    """Why a line cannot be given, "" when it can."""
    if one.state == SIGNED:
        return ""
    if one.state == NUMBERED:
        return say(
            f"Số {one.number} chưa xác nhận đã ký, đóng dấu.",
            f"Number {one.number} is not confirmed as signed and sealed.",
        )
    if one.state == HANDED_OVER:
        time = moment_text(one.handed_over_at, "%H:%M")
        return say(f"Đã trả lúc {time}.", f"Handed over at {time}.")
    if one.state == STRUCK:
        return say(f"Số {one.number} đã gạch: {one.reason}.", f"Number {one.number} is struck: {one.reason}.")
    if one.state == ANNULLED:
        return say(f"Số {one.number} đã huỷ bỏ giá trị.", f"Number {one.number} is annulled.")
    if request.is_returned:
        why = request.returned_words
        return say(f"Bàn ký trả lại: {why}.", f"Sent back by the desk: {why}.")
    day = moment_text(request.due_at, "%d/%m")
    return say(f"Chưa có kết quả. Hẹn {day}.", f"No result yet. Promised for {day}.")


def _message(request: RequestState, lines: tuple[ReturnLine, ...]) -> str:
    """The sentence above the lines, in the words of ``ux.md`` 4.6."""
    ready = any(line.ready for line in lines)
    if not ready and lines and all(line.state in (HANDED_OVER, STRUCK, ANNULLED) for line in lines):
        who = request.receiver or request.requester.name
        if request.handed_over_at:
            time = moment_text(request.handed_over_at, "%H:%M")
            return say(f"Đã trả lúc {time} cho {who}. Xem lại?", f"Given to {who} at {time}. Look again?")
    if not ready:
        waiting = next((line.words for line in lines if line.state == NUMBERED), "")
        day = moment_text(request.due_at, "%d/%m")
        return waiting or say(
            f"Hồ sơ này chưa có kết quả. Hẹn {day}.", f"This request has no result yet. Promised for {day}."
        )
    if not request.to_pay:
        return ""
    money = money_figures(request.to_pay)
    return say(f"Còn thu {money} trước khi trả.", f"{money} to be paid before it is given.")
