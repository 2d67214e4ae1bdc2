"""Every sentence of the services has its English: the source is walked, whatever path leads to a sentence.

A literal with Vietnamese letters must stand in ``say(vi, en)``, in an error or notice that carries both, or
in a pair (Vietnamese, English) of a table. What is printed or kept is Vietnamese on purpose: those places are
named below, one by one.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from counter_app.domain.errors import Notice, Words
from counter_app.services.ports import saying
from counter_app.services.ports.saying import counted, noticed, said, say, speak, speaking, spoken
from tests.support.counter import take_in

SERVICES = Path(__file__).resolve().parents[3] / "counter_app" / "services"
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
CURRENCY = re.compile(r"\bđ(ồng)?\b")
BOTH = {"say", "Words", "_missing"}
"""Calls that take both languages: checked for the second one, or (``Words``) used in pairs."""
ERRORS = {"DomainError", "OutsideError"}
KEPT_CALLS = {"Paper", "StripLine", "Receipt", "Appointment", "DayClosing", "Form"}
"""Papers and their names in the print queue: Vietnamese whatever the screen speaks."""
KEPT = {
    ("arrival/going_out.py", "_index_lines"): "the index of files that leave the program",
    ("arrival/minutes_paper.py", "*"): "content of minutes",
    ("arrival/whole_lists.py", "*"): "heads and words of lists that leave the program",
    ("cash/port.py", "_items"): "part of the closing entry and its sheet",
    ("cash/port.py", "_book_lines"): "lines of the closing's sheet",
    ("cash/port.py", "_receipts_words"): "a line of the closing's sheet",
    ("cash/port.py", "_back_by_bank"): "a line of the closing's sheet",
    ("contradictions/deciding.py", "_note"): "stands in the book",
    ("contradictions/deciding.py", "_sent_back"): "the reason kept in the entry",
    ("exchange/parcel_words.py", "place_name"): "one language after the other, in two steps",
    ("exchange/parcel_words.py", "_list"): "one language after the other, in two steps",
    ("exchange/parcel_words.py", "_gaps"): "both languages side by side, built together",
    ("founding/founding.py", "ground_of"): "the ground kept in the entries",
    ("dossiers/commit.py", "_why"): "the reason kept in the entry and printed",
    ("dossiers/control.py", "_apply"): "content of form 06",
    ("dossiers/deciding.py", "_set_fee"): "the label kept in the entry",
    ("dossiers/papers.py", "*"): "content of papers",
    ("dossiers/tracking.py", "*"): "whose place for a signature stands on form 07",
    ("papers/forms.py", "_dossier_forms"): "names of papers in the print queue",
    ("founding/officials.py", "*"): "the ground kept in the entry",
    ("copies/mending.py", "decide"): "the ground kept in the entry",
    ("copies/papers.py", "*"): "content of papers",
    ("copies/preview.py", "*"): "the paper's own text",
    ("enrolment/place.py", "*"): "names of units",
    ("groups/papers.py", "*"): "content of papers",
    ("groups/paying.py", "_lines"): "a line of the receipt",
    ("handover/leaving.py", "*"): "a line of the receipt",
    ("papers/queue.py", "_reason"): "the ground kept in the entry",
    ("pen/recovering.py", "_minutes"): "content of minutes",
    ("pen/status.py", "lost_name"): "stands in minutes too",
    ("people/recording.py", "*"): "the ground kept in the entry",
    ("questions/corrections.py", "*"): "the ground kept in the entry",
    ("registers/month.py", "_settled"): "column 8 of the register",
    ("registers/month.py", "_voided"): "column 8 of the register",
    ("registers/month.py", "_blank"): "column 8 of the register",
    ("registers/later_notes.py", "_settled_row"): "the minutes of settled numbers",
    ("registers/month.py", "_paper_line"): "column 8 of the register",
    ("registers/reports.py", "_paper_of"): "title of the printed report",
    ("registers/reports.py", "_words"): "the period on the printed report; ``title_of`` says it in both",
    ("registers/year_read.py", "closing_paper"): "closing sheet and minutes",
    ("rules.py", "*"): "the ground of a fee, printed with it",
    ("signing/digital_file.py", "marks_of"): "drawn in the signed file",
    ("signing/digital_file.py", "_mark"): "the ground that stands in the signature",
}


class Walk(ast.NodeVisitor):
    """Collects literals without English."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[str] = []
        self._functions: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._functions.append(node.name)
        for child in node.body[1 if ast.get_docstring(node) is not None else 0 :]:
            self.visit(child)
        self._functions.pop()

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # docstrings of modules, classes, constants
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        pair = any(isinstance(arg, ast.Starred) for arg in node.args)
        if name == "say" and not pair and (len(node.args) != 2 or _foreign(node.args[1]) is False):
            self.found.append(f"{self.name}:{node.lineno} say without English")
        if name in ERRORS:
            self._error(node, name)
        elif name not in BOTH | KEPT_CALLS and not self._notice(name, node):
            self.generic_visit(node)

    def _notice(self, name: str, node: ast.Call) -> bool:
        """``Notice(code, vi, en)`` of the domain."""
        return name == "Notice" and len(node.args) >= 3 and bool(_foreign(node.args[2]))

    def _error(self, node: ast.Call, name: str) -> None:
        english = {word.arg for word in node.keywords}
        vietnamese = bool(node.args) and _is_vietnamese(node.args[0])
        if name == "DomainError" and vietnamese and "title_en" not in english:
            self.found.append(f"{self.name}:{node.lineno} DomainError without title_en")

    def visit_Tuple(self, node: ast.Tuple) -> None:
        told = [_foreign(part) for part in node.elts if isinstance(part, ast.Constant | ast.JoinedStr)]
        if False not in told or told.count(True) < told.count(False):
            self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """``SAFE`` beside ``SAFE_EN``."""
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        if not any(f"{name}_EN" in self.constants for name in names):
            self.generic_visit(node)

    def visit_Module(self, node: ast.Module) -> None:
        stored = (n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        self.constants = frozenset(stored)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and VIETNAMESE.search(CURRENCY.sub("", node.value)):
            where = {(self.name, function) for function in (*self._functions, "*")}
            if not where & set(KEPT):
                self.found.append(f"{self.name}:{node.lineno} {node.value[:60]!r}")


def _text(node: ast.AST) -> str:
    parts = [
        CURRENCY.sub("", n.value)
        for n in ast.walk(node)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]
    return " ".join(parts)


def _is_vietnamese(node: ast.AST) -> bool:
    return VIETNAMESE.search(_text(node)) is not None


def _foreign(node: ast.AST) -> bool | None:
    """True for English text, False for Vietnamese, None where only names or figures stand."""
    text = _text(node)
    if VIETNAMESE.search(text):
        return False
    return True if re.search("[A-Za-z]", text) else None


def lacking() -> list[str]:
    found = []
    for path in sorted(SERVICES.rglob("*.py")):
        walk = Walk(str(path.relative_to(SERVICES)))
        walk.visit(ast.parse(path.read_text("utf-8")))
        found += walk.found
    return found


def test_every_sentence_of_the_services_has_english():
    assert lacking() == []


@pytest.mark.parametrize(
    "planted",
    [
        'def f():\n    return "Đã lưu."',
        'def f(n):\n    return f"Còn {n} mục."',
        'def f():\n    return say("Đã lưu.", "Đã lưu rồi.")',
        'def f():\n    raise DomainError("Chưa lưu.", code="x")',
        'WORDS = {"a": "Chờ trả"}',
        'def f():\n    return Tile("a", "Quá hạn")',
        'def f():\n    return Notice("code", "Dòng 1 sai.", "Gõ lại.")',
        'class C:\n    def f(self):\n        """Tài liệu."""\n        return "Đã in."',
    ],
)
def test_a_sentence_without_english_is_seen(planted):
    walk = Walk("planted.py")
    walk.visit(ast.parse(planted))
    assert len(walk.found) >= 1


@pytest.mark.parametrize(
    "planted",
    [
        '"""Tài liệu."""\ndef f():\n    """Mở sổ."""\n    return say("Đã lưu.", "Saved.")',
        'WORDS = {"a": ("Chờ trả", "To hand over")}',
        'def f():\n    raise DomainError("Chưa lưu.", code="x", title_en="Not saved.")',
        'def f():\n    return Notice("code", "Dòng 1 sai.", "Row 1 is wrong.")',
    ],
)
def test_both_languages_are_no_fault(planted):
    walk = Walk("planted.py")
    walk.visit(ast.parse(planted))
    assert walk.found == []


def test_places_that_stay_vietnamese_still_exist():
    """An exemption outlives its reason quietly: each must still be needed."""
    needed = set()
    for path in sorted(SERVICES.rglob("*.py")):
        name = str(path.relative_to(SERVICES))
        for key in [key for key in KEPT if key[0] == name]:
            walk = Walk(name)
            kept, KEPT[("gone", "")] = KEPT.pop(key), ""
            walk.visit(ast.parse(path.read_text("utf-8")))
            del KEPT[("gone", "")]
            KEPT[key] = kept
            if walk.found:
                needed.add(key)
    assert set(KEPT) - needed == set()


@pytest.fixture
def english():
    speak("en")
    yield
    speak("vi")


def test_say_follows_the_language_in_force(english):
    assert say("một", "one") == "one"
    with speaking("vi"):
        assert (say("một", "one"), spoken()) == ("một", "vi")
    assert spoken() == "en"
    assert said((Words("một"), Words("one"))).title == "one"
    assert noticed(Notice("c", "một", "one")) == "one"
    assert (counted(1, "copy", "copies"), counted(2, "copy", "copies")) == ("1 copy", "2 copies")


def test_one_piece_of_work_in_another_language_leaves_others_alone():
    import threading

    heard = []
    with speaking("en"):
        thread = threading.Thread(target=lambda: heard.append(say("một", "one")))
        thread.start()
        thread.join()
        assert say("một", "one") == "one"
    assert heard == ["một"]
    assert saying.spoken() == "vi"


def shown(counter) -> list[str]:
    """Every text that home, search, sync page and the desk show, names and figures taken out."""
    areas = counter.areas
    home = areas.home.home()
    texts = [tile.label for tile in home.tiles] + [tile.formula for tile in home.tiles]
    texts += [home.side.title, home.side.words, *(words for _, words in home.reminders)]
    texts += [name for _, name, _ in home.tabs]
    texts += [part for row in home.rows for part in (row.what, row.due_second)]
    texts += [hit.title for hit in areas.home.search("home") if hit.group == "command"]
    texts += [areas.home.scan("x").words, *areas.copies.book_line(), areas.home.check_copy("x").title]
    texts += list(areas.session.reminders())
    return [text.replace("QUẦY-01", "") for text in texts]


def test_with_english_on_no_vietnamese_sentence_is_left(counter, english):
    done = take_in(counter, "bang 1x3")
    assert done.sentence == "01-0001 is saved, the slip is printed."
    left = [text for text in shown(counter) if VIETNAMESE.search(text)]
    assert left == []


def test_papers_and_entries_are_vietnamese_whatever_the_screen_speaks(counters):
    """The same request twice, on two like counters, the screen in one language and in the other."""
    kept = []
    for language in ("vi", "en"):
        counter = counters(1)
        speak(language)
        try:
            done = take_in(counter, "bang 1x3", "ck syll 1")
            with counter.store.read() as connection:
                rows = connection.exec_driver_sql(
                    "SELECT form, title, content FROM print_jobs ORDER BY id"
                ).all()
        finally:
            speak("vi")
        assert done.jobs
        kept.append([(row[0], row[1], len(row[2])) for row in rows])
    assert kept[0] == kept[1]
