"""Which template is in force: what ships with the program, and folders of the unit or the province over it.

A folder holds JSON files like those of ``resources/forms/one_stop``. A template of a folder stands before
the shipped one for the same form on days in its validity. A file that is not fit for use is refused whole,
with words, and what was in use before stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec

from counter_app.domain.errors import Words
from counter_app.printing.forms.one_stop import samples
from counter_app.printing.forms.one_stop.checking import Problem, default_set, problems
from counter_app.printing.forms.one_stop.template import MAX_FILE, Template, decode
from counter_app.printing.forms.one_stop.vocabulary import ONE_STOP
from counter_app.printing.texts import NoTextInForce


class Refused(msgspec.Struct, frozen=True):
    """A file that is not used, and why."""

    file: str
    problems: tuple[Problem, ...]

    def words(self, language: str = "vi") -> Words:
        """Return title, meaning and remedy in the language of the screen."""
        if language == "en":
            return Words(
                f"The form file {self.file} is not used",
                " ".join(problem.en for problem in self.problems),
                "Mend the file, or remove it. The former form stays in use.",
            )
        return Words(
            f"Không dùng được tệp mẫu {self.file}",
            " ".join(problem.vi for problem in self.problems),
            "Sửa tệp, hoặc bỏ tệp đi. Mẫu trước vẫn dùng.",
        )


class FormBook(msgspec.Struct, frozen=True):
    """All templates by rank: the first layer stands before the next, the shipped ones are last."""

    layers: tuple[tuple[Template, ...], ...]
    refused: tuple[Refused, ...] = ()

    def in_force(self, form: str, day: date, form_set: str = ONE_STOP) -> Template:
        """Return the template of a form (``01`` to ``07``) for a dossier received on ``day``.

        The residence set has 01-03 only; its other papers are the one-stop ones. Raises NoTextInForce, as
        for form 05 before 2025-09-15, when it did not exist.
        """
        wanted = default_set(form, form_set)
        for layer in self.layers:
            valid = [t for t in layer if t.form == form and t.set == wanted and t.covers(day)]
            if valid:
                return max(valid, key=lambda t: t.valid_from or date.min)
        raise NoTextInForce(f"{form} ({wanted})", day, "any")


@lru_cache(maxsize=1)
def shipped() -> tuple[Template, ...]:
    """Return the templates that came with the program."""
    folder = files("resources").joinpath("forms", "one_stop")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return tuple(template for file in found for template in decode(file.read_bytes()))


def load(folders: Sequence[Path] = ()) -> FormBook:
    """Return the forms in use: ``folders`` in order of rank (unit before province), then the shipped ones.

    A folder that is not there is passed over; a bad file is refused whole and named in ``refused``.
    """
    layers: list[tuple[Template, ...]] = []
    refused: list[Refused] = []
    for folder in folders:
        good: list[Template] = []
        for path in sorted(folder.glob("*.json")):
            found = read(path)
            if isinstance(found, Refused):
                refused.append(found)
            else:
                good.extend(found)
        layers.append(tuple(good))
    return FormBook((*layers, shipped()), tuple(refused))


def read(path: Path) -> tuple[Template, ...] | Refused:
    """Return the templates of one file after all checks and a sample print, or why it is refused."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        return _refused(
            path, Problem(f"Không đọc được tệp ({error.strerror}).", f"It cannot be read ({error.strerror}).")
        )
    if len(content) > MAX_FILE:
        return _refused(path, Problem("Tệp quá lớn.", "The file is too large."))
    try:
        templates = decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refused(
            path, Problem(f"Tệp không đúng cấu trúc: {error}.", f"It has a wrong structure: {error}.")
        )
    found = [problem for template in templates for problem in problems(template)]
    if not templates:
        found.append(Problem("Tệp không có mẫu nào.", "There is no form in it."))
    return Refused(path.name, tuple(found)) if found else _tried(path, templates)


def _tried(path: Path, templates: tuple[Template, ...]) -> tuple[Template, ...] | Refused:
    """Print each template on practice content; what cannot be printed is refused."""
    for template in templates:
        try:
            samples.try_out(template)
        except Exception as error:  # whatever a foreign template provokes must not stop the counter
            return _refused(
                path,
                Problem(
                    f"In thử {template.name} không được: {error}.",
                    f"The sample of {template.name} could not be printed: {error}.",
                ),
            )
    return templates


def _refused(path: Path, problem: Problem) -> Refused:
    """Refuse a file for one reason."""
    return Refused(path.name, (problem,))
