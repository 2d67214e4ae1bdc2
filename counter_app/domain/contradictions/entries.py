"""The kind of a decision about a contradiction (decision 051)."""

from __future__ import annotations

from counter_app.domain.field_types import Body, Code, Salt, Text
from sync.protocol.naming.ids import EntryId

PARTY, REQUESTER, LINE = "party", "requester", "line"
"""Two corrections of one field: a dossier's party, a request's requester, a column of a register line."""
DOSSIER, REQUEST = "dossier", "request"
"""Two acts of a dossier or a certification request that cannot both stand, such as two returns."""
SAME_CASE = "same_case"
"""Two open dossiers of one person for one procedure."""
SAME_REQUEST = "same_request"
"""One lost request that two counters out of touch wrote anew (``domain.strays``)."""

MATTERS = (PARTY, REQUESTER, LINE, DOSSIER, REQUEST, SAME_CASE, SAME_REQUEST)


class ContradictionSettled(Body):
    """A named person decided which of several acts counts; sealed. What is to change is written beside it.

    ``entries`` are the acts that crossed, ascending; ``field`` the corrected one, or the conflict's code;
    ``chosen`` the act whose word holds, None when all of them do; ``proposed`` what the program had proposed.
    Subjects: what they are about; for ``same_case`` both dossiers, for ``same_request`` both requests.
    """

    matter: Code
    field: Code
    entries: tuple[EntryId, ...]
    chosen: EntryId | None
    proposed: EntryId | None
    words: Text
    salt: Salt
