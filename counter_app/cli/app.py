"""``commune-counter``: asks the running program through its door, or opens the store when none runs.

Exit codes: 0 done, 1 something is wrong, 2 usage, 3 refused with words, 4 not possible here.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import counter_app
from counter_app.cli.grammar import build_parser
from counter_app.cli.showing import lines_of
from counter_app.settings import Settings, from_environment

OK, WRONG, USAGE, REFUSED, IMPOSSIBLE = 0, 1, 2, 3, 4
_OUTSIDE = ("store", "secret", "backup", "doctor")
"""How codes begin that are no rule's no: the disk, the key, a place."""
_FRAME = ("home", "english", "json", "command", "act_of")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    parser = build_parser(counter_app.__version__)
    options = parser.parse_args(arguments)
    given = {name: _plain(value) for name, value in vars(options).items() if name not in _FRAME}
    try:
        given.update(_asked(parser, options, given))
    except EOFError:
        vi = "Không có ai gõ mật khẩu. Gõ ở cửa sổ lệnh, hoặc dùng …-from-stdin."
        en = "Nobody typed the secret. Type it at a terminal, or use …-from-stdin."
        return _complain(options, "secret.nobody", vi, en, IMPOSSIBLE)
    return run(options, given, from_environment(options.home))


def _asked(
    parser: argparse.ArgumentParser, options: argparse.Namespace, given: dict[str, Any]
) -> dict[str, Any]:
    """What a person types unseen, and words that are read before anything is opened. Raises EOFError."""
    if options.command == "found":
        return _passwords(options)
    if options.command == "recover" or (options.command == "restore" and given.pop("recover")):
        return {"recovery": _recovery_key(options)}
    if options.command == "passphrase":
        return {"passphrase": _new_passphrase(options)}
    if options.command not in ("export", "export-all"):
        return {}
    month: dict[str, Any] = _month(parser, options.month) if options.command == "export" else {}
    return month | ({"password": _password(options)} if options.login else {})


def run(options: argparse.Namespace, given: dict[str, Any], settings: Settings) -> int:
    """One parsed command for the program of ``settings``; prints its result or its words."""
    from counter_app.domain.errors import DomainError
    from counter_app.errors import OutsideError

    try:
        code, result = _do(_name(options), given, settings)
    except (DomainError, OutsideError) as error:
        vi, en = error.words("vi").sentence, error.words("en").sentence
        return _complain(
            options, error.code, vi, en, REFUSED if isinstance(error, DomainError) else IMPOSSIBLE
        )
    except OSError as error:
        words = f"{error.strerror or error}: {error.filename or settings.paths.home}"
        return _complain(options, "system", words, words, IMPOSSIBLE)
    if isinstance(result, dict) and "error" in result:
        code = IMPOSSIBLE if result["error"].split(".")[0] in _OUTSIDE else REFUSED
        return _complain(options, result["error"], result["words"], result.get("english", ""), code)
    _show(options, result)
    return code


def _do(name: str, given: dict[str, Any], settings: Settings) -> tuple[int, Any]:
    from counter_app.cli import alone, recovering
    from counter_app.composition.door import NobodyHome, knock

    if name == "check":
        from counter_app.cli import checking

        return checking.check_pictures(given, settings.clock.now())
    if name == "enrol":
        return alone.enrol_pc(_with_passphrase(settings, new=not settings.paths.store.exists()), given)
    if name == "restore":
        return recovering.restore(_with_passphrase(settings, new=bool(given.get("recovery"))), given)
    if name == "recover":
        return recovering.recover(_with_passphrase(settings, new=True), given)
    if name == "restore-drill":
        return recovering.drill(_with_passphrase(settings), given)
    if name == "recovery-key":
        return recovering.recovery_key(_with_passphrase(settings))
    if name == "passphrase":
        return recovering.change_passphrase(_with_passphrase(settings), given)
    if name == "rebuild" and given.get("damaged"):
        return alone.remake_store(_with_passphrase(settings))
    if name == "verify" and given.get("file"):
        return recovering.verify_file(_with_passphrase(settings), given)
    try:
        answered = knock(settings.paths.door, {"command": name, "options": given})
    except NobodyHome:
        if name == "diagnostics":
            from counter_app.cli import diagnosing

            shut = _with_passphrase(settings)
            return diagnosing.as_far_as_possible(shut, given, lambda: _opened(name, given, shut))
        return _opened(name, given, _with_passphrase(settings))
    return (answered["code"], answered["result"]) if "code" in answered else (REFUSED, answered)


def _opened(name: str, given: dict[str, Any], settings: Settings) -> tuple[int, Any]:
    """No program runs: open the store, do the one thing, close it."""
    from dataclasses import replace

    from counter_app.cli.acts import SERVED
    from counter_app.composition import compose

    program = compose(replace(settings, exchanging=False))
    try:
        return SERVED[name](program, given)
    finally:
        program.close()


def _with_passphrase(settings: Settings, new: bool = False) -> Settings:
    """Ask for the key file's passphrase where there is one, nobody gave it, and somebody can type."""
    from dataclasses import replace

    if settings.passphrase is not None or not sys.stdin.isatty():
        return settings
    if not settings.paths.secrets.exists():
        if not new:
            return settings
        from counter_app.devices.secrets import keyring_works
        from counter_app.services.enrolment.opening import service_of

        if keyring_works(service_of(settings.paths)):
            return settings
    return replace(settings, passphrase=getpass.getpass("Mật khẩu cất khóa: "))


def _name(options: argparse.Namespace) -> str:
    act = {"bundle": "act", "update": "act", "accounts": "act_of"}.get(options.command)
    return str(options.command) if act is None else f"{options.command}-{getattr(options, act)}"


def _passwords(options: argparse.Namespace) -> dict[str, str]:
    """Both passwords, each typed by its owner, twice and unseen; or two lines from a script."""
    if options.passwords_from_stdin:
        lines = [sys.stdin.readline().rstrip("\n") for _ in range(2)]
    else:
        lines = [_asked_twice(f"Mật khẩu của {name}: ") for name in (options.head, options.technician)]
    return {"head_password": lines[0], "technician_password": lines[1]}


def _password(options: argparse.Namespace) -> str:
    if options.password_from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(f"Mật khẩu của {options.login}: ")


def _recovery_key(options: argparse.Namespace) -> str:
    return sys.stdin.read() if options.key_from_stdin else getpass.getpass("Khóa khôi phục: ")


def _new_passphrase(options: argparse.Namespace) -> str:
    if options.passphrase_from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return _asked_twice("Mật khẩu cất khóa mới: ")


def _asked_twice(question: str) -> str:
    while True:
        first = getpass.getpass(question)
        if first == getpass.getpass("Nhập lại: "):
            return first
        print("Hai lần nhập không giống nhau, nhập lại.", file=sys.stderr)


def _plain(value: Any) -> Any:
    """Options as JSON holds them; the running program has another working folder."""
    if isinstance(value, Path):
        return str(value.absolute())
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _month(parser: argparse.ArgumentParser, text: str) -> dict[str, int]:
    year, _, month = text.partition("-")
    if not (year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12):
        parser.error("a month is written 2026-11")
    return {"year": int(year), "month": int(month)}


def _show(options: argparse.Namespace, result: Any) -> None:
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for one in _lines(options, result):
        print(one)


def _lines(options: argparse.Namespace, result: Any) -> tuple[str, ...]:
    if options.command == "doctor":
        from counter_app.cli import doctor

        return doctor.lines_of(result, options.language)
    return lines_of(result)


def _complain(options: argparse.Namespace, code: str, vi: str, en: str, exit_code: int) -> int:
    words = en if options.english and en else vi
    if options.json:
        print(json.dumps({"error": code, "words": words}, ensure_ascii=False))
    else:
        print(f"commune-counter: {words} [{code}]", file=sys.stderr)
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
