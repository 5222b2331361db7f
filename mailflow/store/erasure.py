"""Erasing words: of a person, of a plan, or of what is old; ids, times and chains remain.

What is left shows that something happened and when, and that its words were erased. The
digests of mail stay too, so that the same mail, read again, does not bring anything back.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text

from mailflow.domain.ids import PersonId, PlanId
from mailflow.domain.intent import Intent, Reading
from mailflow.store.codec import to_json
from mailflow.store.columns import instant_text
from mailflow.store.hot import Desk

_NOTHING_READ = to_json(Reading, Reading(None, Intent.NONE))

_MARKED = ("gone_mail", "gone_letter", "gone_event")
_BEGIN = tuple(f"CREATE TEMPORARY TABLE {name} (id INTEGER PRIMARY KEY)" for name in _MARKED)
_END = tuple(f"DROP TABLE {name}" for name in _MARKED)

_MARK_PERSON = (
    "INSERT INTO gone_mail SELECT id FROM inbox WHERE sender = :person",
    """INSERT INTO gone_letter SELECT id FROM letter WHERE person = :person
    UNION SELECT letter FROM outbox WHERE cause IN (SELECT id FROM gone_mail)""",
    """INSERT INTO gone_event SELECT seq FROM journal
    WHERE by_person = :person OR cause IN (SELECT id FROM gone_mail)
    UNION SELECT journal.seq FROM journal JOIN payload ON payload.seq = journal.seq
    WHERE plan = 0 AND event IN ('person_added', 'person_changed') AND :person IN
    (json_extract(words, '$.event.person.id'), json_extract(words, '$.event.after.id'))""",
    # Mail of others that names her, such as the plan she is on: its raw bytes go too.
    """INSERT OR IGNORE INTO gone_mail SELECT raw.inbox FROM raw, json_each((
    SELECT addresses FROM person WHERE id = :person)) AS one
    WHERE instr(raw.content, CAST(one.value AS BLOB))""",
)
_MARK_PLAN = (
    """INSERT INTO gone_mail SELECT DISTINCT cause FROM journal
    WHERE plan = :plan AND cause IS NOT NULL""",
    """INSERT INTO gone_letter SELECT letter FROM letter_item WHERE plan = :plan
    UNION SELECT letter.id FROM letter, json_each(letter.plans) AS about
    WHERE about.value = :plan
    UNION SELECT letter FROM outbox WHERE cause IN (SELECT id FROM gone_mail)""",
    "INSERT INTO gone_event SELECT seq FROM journal WHERE plan = :plan",
)
_MARK_OLD = (
    """INSERT INTO gone_mail SELECT id FROM inbox
    WHERE state = 'handled' AND ended_at < :before""",
)

_MARKED_BLOBS = """SELECT blob FROM inbox JOIN gone_mail ON gone_mail.id = inbox.id
    WHERE blob IS NOT NULL"""
_NAMED_BLOBS = "SELECT blob FROM inbox WHERE blob IS NOT NULL"
_ERASE_MARKED = (
    "DELETE FROM raw WHERE inbox IN (SELECT id FROM gone_mail)",
    """UPDATE inbox SET blob = NULL, recipients = NULL, message_id = NULL,
    evidence = '', summary = '' WHERE id IN (SELECT id FROM gone_mail)""",
    """DELETE FROM sealed WHERE outbox IN
    (SELECT outbox FROM letter JOIN gone_letter ON gone_letter.id = letter.id)""",
    """UPDATE outbox SET state = 'withdrawn', reason = 'erased'
    WHERE state IN ('awaiting approval', 'queued', 'retry', 'unknown') AND id IN
    (SELECT outbox FROM letter JOIN gone_letter ON gone_letter.id = letter.id)""",
    """UPDATE letter SET address = '', subject = '', text = '', facts = NULL
    WHERE id IN (SELECT id FROM gone_letter)""",
    """UPDATE payload SET salt = NULL, words = NULL, erased_at = :at
    WHERE erased_at IS NULL AND seq IN (SELECT id FROM gone_event)""",
)
_ERASE_PERSON = (
    "DELETE FROM address WHERE person = :person",
    "DELETE FROM entry WHERE person = :person",
    "DELETE FROM person_check WHERE person = :person",
    "DELETE FROM response WHERE person = :person",
    """UPDATE person SET name = '', addresses = '[]', undeliverable = NULL, stopped = TRUE
    WHERE id = :person""",
    "UPDATE chain SET version = version + 1 WHERE plan = 0",
)
_ERASE_PLAN = (
    "DELETE FROM entry WHERE plan = :plan",
    "DELETE FROM thread WHERE plan = :plan",
    "UPDATE proposal SET reading = :nothing WHERE plan = :plan",
    """UPDATE todo SET title = '', details = NULL, appointment = NULL, files = NULL,
    documents = NULL WHERE plan = :plan""",
    "UPDATE phase SET title = '' WHERE plan = :plan",
    "UPDATE phase SET milestone = '' WHERE plan = :plan AND milestone IS NOT NULL",
    """UPDATE plan SET code = 'ERASED' || id, code_key = 'erased' || id, title = '',
    client_name = '', context = NULL WHERE id = :plan""",
    "UPDATE chain SET version = version + 1 WHERE plan = :plan",
)
_ERASE_OLD = (
    """DELETE FROM sealed WHERE outbox IN
    (SELECT id FROM outbox WHERE ended_at < :before)""",
)
_OWN_DOCUMENTS = """SELECT json_extract(d.value, '$.sha256')
    FROM todo, json_each(todo.documents) AS d WHERE todo.plan = :plan"""
_OTHER_DOCUMENTS = """SELECT json_extract(d.value, '$.sha256')
    FROM todo, json_each(todo.documents) AS d WHERE todo.plan <> :plan"""
_ERASE_DOCUMENT = "UPDATE document SET erased_at = :at WHERE sha256 = :sha"

Values = Mapping[str, object]


def erase_person(desk: Desk, person: PersonId, at: datetime) -> set[str]:
    """Erase who a person is, what she wrote and what was written to her.

    Returns the large contents that nothing names any more.
    """
    values = {"person": person, "at": instant_text(at)}
    gone = _erase_marked(desk, _MARK_PERSON, values)
    _do(desk, values, _ERASE_PERSON)
    return gone


def erase_plan(desk: Desk, plan: PlanId, at: datetime) -> set[str]:
    """Erase the words of a plan: titles, what was said about it, its letters and documents.

    Returns the large contents that nothing names any more.
    """
    values = {"plan": plan, "at": instant_text(at), "nothing": _NOTHING_READ}
    documents = _all(desk, _OWN_DOCUMENTS, values) - _all(desk, _OTHER_DOCUMENTS, values)
    for name in documents:
        _do(desk, {**values, "sha": name}, (_ERASE_DOCUMENT,))
    gone = _erase_marked(desk, _MARK_PLAN, values)
    _do(desk, values, _ERASE_PLAN)
    return gone | documents


def erase_old_mail(desk: Desk, before: datetime) -> set[str]:
    """Erase raw mail that ended before an instant, and letters as they were sent.

    Returns the large contents that nothing names any more.
    """
    values = {"before": instant_text(before), "at": instant_text(before)}
    gone = _erase_marked(desk, _MARK_OLD, values)
    _do(desk, values, _ERASE_OLD)
    return gone


def scrub(database: sqlite3.Connection) -> bool:
    """Rewrite the database file without the pages that were freed, and empty its log.

    Returns False when somebody who looked for long kept the log from being emptied.
    """
    database.execute("VACUUM")
    busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _erase_marked(desk: Desk, marking: Sequence[str], values: Values) -> set[str]:
    """Erase the mails, letters and words that `marking` marks; returns contents left nameless."""
    _do(desk, values, (*_BEGIN, *marking))
    named = _all(desk, _MARKED_BLOBS, values)
    _do(desk, values, (*_ERASE_MARKED, *_END))
    return named - _all(desk, _NAMED_BLOBS, values)


def _do(desk: Desk, values: Values, statements: Sequence[str]) -> None:
    for statement in statements:
        desk.connection.execute(text(statement), values)


def _all(desk: Desk, statement: str, values: Values) -> set[str]:
    return {row[0] for row in desk.connection.execute(text(statement), values)}
