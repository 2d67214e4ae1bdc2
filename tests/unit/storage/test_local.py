"""This PC's own tables."""

from __future__ import annotations

from counter_app.storage.store import Store
from counter_app.storage.this_pc import device, local
from counter_app.storage.this_pc.local import Lockout
from sync.protocol.naming.ids import EntryId

WHO = EntryId(257, 2)


def test_a_draft_survives_a_restart_and_leaves_with_its_act(counter):
    with counter.store.write() as connection:
        local.save_draft(connection, WHO, "copies", "", b"hb 24", 1)
        local.save_draft(connection, WHO, "copies", "", b"hb 24x2", 2)
        local.save_draft(connection, None, "copies", "", b"ai", 2)
    counter.store.close()
    counter.store = Store.open(counter.path, counter.key)
    with counter.store.write() as connection:
        assert local.load_draft(connection, WHO, "copies") == b"hb 24x2"
        local.drop_draft(connection, WHO, "copies")
        assert local.load_draft(connection, WHO, "copies") is None
        assert local.load_draft(connection, None, "copies") == b"ai"


def test_a_job_is_queued_with_the_act_or_not_at_all(counter):
    jobs = []

    def queue(connection, entries):
        jobs.append(local.queue_print(connection, "strip", "Phiếu 01-0001", b"{}", entries[0].id, 5))
        if len(jobs) == 1:
            raise OSError("power")

    draft = counter.request_draft("Một", (1,))
    for attempt in range(2):
        try:
            acted = counter.store.act(lambda _: [draft], counter.circumstances(), queue)
        except OSError:
            assert attempt == 0
    with counter.store.read() as connection:
        (job,) = local.print_jobs(connection)
        assert (job.subject, job.state) == (acted.entries[0].id, "waiting")
        assert connection.exec_driver_sql("SELECT count(*) FROM requests").scalar() == 1


def test_attempts_are_kept_and_a_failed_job_stays_visible(counter):
    with counter.store.write() as connection:
        job = local.queue_print(connection, "text", "Lời chứng", b"", WHO, 1)
        local.note_print(connection, job, "failed", 2, "HP", detail="kẹt giấy")
        assert [one.id for one in local.print_jobs(connection)] == [job]
        local.note_print(connection, job, "done", 3, "HP", pages=4)
        assert local.print_jobs(connection) == []
        assert local.print_job(connection, job).state == "done"
        rows = connection.exec_driver_sql("SELECT outcome, detail FROM print_attempts ORDER BY id").all()
    assert [tuple(row) for row in rows] == [("failed", "kẹt giấy"), ("done", "")]


def test_failed_sign_ins_survive_a_kill(counter):
    with counter.store.write() as connection:
        assert local.lockout(connection, "ltth").failures == 0
        local.put_lockout(connection, Lockout("ltth", 4, 10, 70))
    counter.store.engine.dispose()
    counter.store = Store.open(counter.path, counter.key)
    with counter.store.read() as connection:
        assert local.lockout(connection, "ltth") == Lockout("ltth", 4, 10, 70)


def test_sessions_end_once(counter):
    with counter.store.write() as connection:
        session = local.begin_session(connection, WHO, None, 1)
        local.end_session(connection, session, 5, "signed out")
        local.end_session(connection, session, 9, "closed")
        row = connection.exec_driver_sql("SELECT ended_at, ended_by FROM sessions").one()
    assert tuple(row) == (5, "signed out")


def test_settings_and_sealed_keys(counter):
    with counter.store.write() as connection:
        device.put_setting(connection, "ui.theme", "dark")
        device.put_setting(connection, "ui.theme", "light")
        assert device.settings_of(connection, "ui.") == {"ui.theme": "light"}
        assert device.setting(connection, "none", "x") == "x"
        device.put_sealed_key(connection, "official:1", b"\x01sealed", 3)
        assert device.sealed_key(connection, "official:1") == b"\x01sealed"
        assert device.sealed_key(connection, "official:2") is None
        assert device.own_journal(connection) == counter.journal
