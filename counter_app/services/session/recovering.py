"""The only head lost the password: two named officials witness a new one, or one under the province's act."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.domain.organisation.recovering import recover_key
from counter_app.domain.organisation.state import OfficialState
from counter_app.services.ports import reads
from counter_app.services.ports.session import RecoveryForm
from counter_app.services.session import own_secrets, secrets, tries, uses
from counter_app.services.session.desk import Desk, OpenedKey
from counter_app.storage.journals.appending import Act
from counter_app.storage.this_pc.read_log import Read, log_read
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.keys import SigningKey


def recover(desk: Desk, form: RecoveryForm) -> None:
    """The head types the new password; each witness gives a password. Needs no line.

    Works without anybody at the counter. What is typed is checked before any witness is asked, so that a slip
    costs no try. Raises DomainError ``recovery.*``, ``second.*``, ``password.*``, ``pin.*``, ``account.*``.
    """
    work = desk.work
    with work.store.read() as connection:
        head: OfficialState = work.state(connection, form.official)
    own_secrets.check_password_pair(form.password, form.repeated, field="new")
    first = desk.second(form.first, form.first_secret)
    second = None if form.second is None else desk.second(form.second, form.second_secret)
    key, now = SigningKey.fresh(), work.now()
    drafts = recover_key(head, key.public, form.ground.strip(), first, second, work.day())

    def keep(connection: Connection, _entries: tuple[Entry, ...]) -> None:
        # In the transaction of the entry: no power cut leaves a key that no password opens.
        secrets.forget(connection, head.id, pin_only=True)
        secrets.keep_key(
            connection, head.id, key, form.password, work.device_secret, work.cost, work.clock.now()
        )
        tries.forgive(connection, head.login)
        uses.note_use(connection, head.id, now)
        log_read(connection, Read(now, form.first, reads.OPEN_LOCKED, (head.id,), 1, form.ground.strip()))

    work.store.act(lambda _: drafts, Act(now, head.id, None, OpenedKey(key, work.day())), keep)
    desk.close_key(head.id)
    work.changed("people", "session")
