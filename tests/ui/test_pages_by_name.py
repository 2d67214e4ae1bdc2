"""Every page a person may open is found by its name: what no rail shows was otherwise nowhere to be found."""

from __future__ import annotations

from counter_app.services.search.anything import COMMANDS
from counter_app.ui.screens import ENTRIES

WITHOUT_A_NAME = {
    "signin": "covers the window",
    "founding": "covers the window",
    "dossier": "opens from a list, with its dossier",
    "digital": "a half of the signing desk",
    "check": "opens with a scanned code",
    "search": "is where one stands while typing",
}
"""Pages that are no command, each with its reason."""
TECHNICIAN = "technician"


def test_every_page_is_a_command_or_says_why_not() -> None:
    commands = {screen for screen, _titles, _keys in COMMANDS}
    own = {one.name for one in ENTRIES if one.roles == {TECHNICIAN} and one.permission == TECHNICIAN}
    pages = {one.name for one in ENTRIES} - own | {TECHNICIAN}
    assert pages - commands == set(WITHOUT_A_NAME)
    assert commands <= pages


def test_a_page_is_named_once() -> None:
    screens = [screen for screen, _titles, _keys in COMMANDS]
    assert len(screens) == len(set(screens))
