"""How often a paper of a subject came out: the highest copy number of each form."""

from __future__ import annotations

from counter_app.domain.certification.entries import Printed

Prints = tuple[tuple[str, int], ...]
"""Pairs (form, highest copy number), ascending by form."""


def add_print(printed: Prints, body: Printed) -> Prints:
    """``printed`` with one paper more; the same print twice, or an older one, changes nothing."""
    held = dict(printed)
    held[body.form] = max(held.get(body.form, 0), body.copy_no)
    return tuple(sorted(held.items()))


def copies_printed(printed: Prints, form: str) -> int:
    """How many copies of a form are known to have come out (the next is ``+ 1``)."""
    return dict(printed).get(form, 0)
