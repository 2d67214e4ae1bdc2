"""What the running program answers the command line: the commands that need no store of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from counter_app.cli import acts
from counter_app.domain.errors import DomainError
from counter_app.errors import OutsideError

if TYPE_CHECKING:
    from counter_app.composition.running import RunningProgram


def answers(program: RunningProgram) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The door's answer for ``program``: ``{"command", "options"}`` to ``{"code", "result"}`` or words."""

    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        run = acts.SERVED.get(str(asked.get("command")))
        if run is None:
            return {"error": "command.unknown", "words": "Chương trình đang chạy không có lệnh này."}
        try:
            code, result = run(program, asked.get("options", {}))
        except (DomainError, OutsideError) as error:
            return {
                "error": error.code,
                "words": error.words("vi").sentence,
                "english": error.words("en").sentence,
            }
        return {"code": code, "result": result}

    return answer
