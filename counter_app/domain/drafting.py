"""How every decision writes its entry: ``draft(body, *subjects)``, with number and flags from the table.

A decision reads ``return (draft(LineSigned(how=SCAN), line, request, lot),)``; place, time and author
are given when the batch is appended (``sync.protocol.journals.entry.resolve``).
"""

from __future__ import annotations

from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import MUST_UNDERSTAND, Draft
from sync.protocol.naming.ids import SELF, EntryId

from .field_types import Body
from .kinds import BY_BODY


def draft(body: Body, *subjects: EntryId) -> Draft:
    """The draft of ``body`` about ``subjects``, in the order of the kind's ``aggregates``.

    The subject that the entry begins is ``SELF``; other drafts of the batch are named by ``pending(i)``.
    Trailing subjects that do not exist are left out. Raises ValueError for a body that is no kind, for
    too many or no subjects, and when ``SELF`` is not where the kind begins its subject: those are bugs.
    """
    kind = BY_BODY.get(type(body))
    if kind is None:
        raise ValueError(f"{type(body).__name__} is not in the table of kinds")
    if not 1 <= len(subjects) <= len(kind.aggregates):
        raise ValueError(f"{type(body).__name__} has 1-{len(kind.aggregates)} subjects: {kind.aggregates}")
    own = tuple(index for index, subject in enumerate(subjects) if subject == SELF)
    if own != (() if kind.begins is None else (kind.begins,)):
        raise ValueError(f"{type(body).__name__} begins subject {kind.begins}, SELF stands at {own}")
    return Draft(
        kind=kind.number,
        subjects=subjects,
        body=encode_body(body),
        version=kind.version,
        flags=MUST_UNDERSTAND if kind.must_understand else 0,
        sealed=kind.sealed,
    )
