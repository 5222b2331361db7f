from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from mailflow.ports.kept import Handled, MailFate
from mailflow.ports.wires import Watermark
from mailflow.store.intake import LEASE, SMALL
from mailflow.store.memory import Store
from tests.store.builders import NOW, a_store, an_arrival

MAILBOX = "office@studio.example"


def received(store: Store, *uids: int) -> int:
    return store.receive([an_arrival(uid) for uid in uids], NOW, old=False)


def test_mail_waits_until_it_is_claimed(store: Store) -> None:
    assert received(store, 1, 2, 3) == 3
    assert store.waiting_mail() == 3

    claimed = store.claim(2, NOW)

    assert [(mail.raw, mail.attempts) for mail in claimed] == [
        (an_arrival(1).raw, 1),
        (an_arrival(2).raw, 1),
    ]
    assert claimed[0].mailbox == MAILBOX
    assert claimed[0].received_at == NOW
    assert store.waiting_mail() == 3


def test_nothing_is_kept_of_an_empty_batch(store: Store) -> None:
    assert store.receive([], NOW, old=False) == 0
    assert store.claim(50, NOW) == ()


def test_mail_that_is_fetched_again_is_known(store: Store) -> None:
    received(store, 1, 2)

    assert received(store, 1, 2, 3) == 1
    assert store.receive([an_arrival(4), an_arrival(4)], NOW, old=False) == 1


def test_mail_under_another_number_is_known_by_its_content(store: Store) -> None:
    received(store, 1, 2)
    moved = [replace(an_arrival(n), uidvalidity=8, uid=n + 10) for n in (1, 2)]

    assert store.receive(moved, NOW, old=False) == 0
    assert store.waiting_mail() == 2


def test_one_mail_to_two_of_our_addresses_is_two_mails(store: Store) -> None:
    twice = [
        replace(an_arrival(0, b"the same"), recipients=(to,)) for to in ("a+1@x.example", "b@x")
    ]

    assert store.receive(twice, NOW, old=False) == 2
    assert store.receive(twice, NOW, old=False) == 0


def test_the_watermark_waits_until_the_mail_was_signed_for(store: Store) -> None:
    assert store.watermarks(MAILBOX) == {}
    marks = {"INBOX": Watermark(7, 4), "Junk": Watermark(3, 9)}
    store.set_watermarks(MAILBOX, marks)

    received(store, 6, 5)

    assert store.watermarks(MAILBOX) == marks
    assert store.watermarks("other@studio.example") == {}


def test_large_mail_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    raw = b"Message-ID: <big@x>\r\n\r\n" + bytes(range(256)) * (SMALL // 128)
    store.receive([an_arrival(1, raw), an_arrival(2)], NOW, old=False)

    claimed = store.claim(50, NOW)

    assert [mail.raw for mail in claimed] == [raw, an_arrival(2).raw]
    assert len(list((tmp_path / "state" / "blobs").glob("??/*"))) == 1
    assert store.verify().problems == ()


def test_what_was_told_about_a_mail_is_kept(store: Store) -> None:
    mail = replace(an_arrival(1), truncated=True, junk=True, size=10**7)
    store.receive([mail], NOW, old=True)

    [claimed] = store.claim(50, NOW)

    assert (claimed.truncated, claimed.junk, claimed.old) == (True, True, True)


def test_a_fourth_claim_is_given_out_too(store: Store) -> None:
    received(store, 1)
    attempts = []
    for _ in range(4):
        [mail] = store.claim(50, NOW)
        attempts.append(mail.attempts)
        store.release_claims()

    assert attempts == [1, 2, 3, 4]


def test_a_claim_that_was_never_given_back_runs_out(store: Store) -> None:
    received(store, 1)
    store.claim(50, NOW)

    assert store.claim(50, NOW + LEASE) == ()
    [mail] = store.claim(50, NOW + 2 * LEASE)
    assert mail.attempts == 2


def test_mail_whose_content_is_missing_is_held(store: Store, tmp_path: Path) -> None:
    store.receive([an_arrival(1, b"x" * (SMALL + 1)), an_arrival(2)], NOW, old=False)
    [blob] = (tmp_path / "state" / "blobs").glob("??/*")
    blob.unlink()

    assert [mail.inbox_id for mail in store.claim(50, NOW)] == [2]
    assert store.unit().held_mail() == ((1, "its content is missing on the disk"),)


def test_mail_that_was_tried_before_comes_alone(store: Store) -> None:
    received(store, 1, 2, 3)
    store.claim(2, NOW)
    store.release_claims()

    batches = [[mail.inbox_id for mail in store.claim(50, NOW)] for _ in range(4)]

    assert batches == [[1], [2], [3], []]


def test_a_batch_of_large_mails_is_short(store: Store) -> None:
    mails = [replace(an_arrival(n), size=9 * 1024 * 1024) for n in range(1, 5)]
    store.receive(mails, NOW, old=False)

    assert [mail.inbox_id for mail in store.claim(50, NOW)] == [1, 2]


def test_held_mail_waits_for_a_person(store: Store) -> None:
    received(store, 1)
    store.claim(50, NOW)
    unit = store.unit()
    unit.hold(1, "it cannot be read", NOW)
    assert unit.held_mail() == ((1, "it cannot be read"),)
    unit.commit()
    store.release_claims()

    assert store.waiting_mail() == 0
    assert store.unit().held_mail() == ((1, "it cannot be read"),)
    assert store.retry_held(1)
    assert not store.retry_held(1)
    [mail] = store.claim(50, NOW)
    assert mail.attempts == 1


def test_the_digest_asks_how_mail_ended(store: Store) -> None:
    received(store, 1, 2, 3)
    store.claim(50, NOW)
    ends = [
        Handled(1, MailFate.LISTED, "a", "<1@x>", None, "", "Buy now", NOW),
        Handled(2, MailFate.ACTED, "b", "<2@x>", None, "T", "done", NOW + timedelta(hours=1)),
        Handled(3, MailFate.LISTED, "c", "<3@x>", None, "", "Hello", NOW + timedelta(hours=2)),
    ]
    unit = store.unit()
    for end in ends:
        unit.handled(end)
    assert unit.handled_since(NOW, MailFate.ACTED) == (ends[1],)
    unit.commit()

    again = store.unit()
    assert again.handled_since(NOW) == tuple(ends)
    assert again.handled_since(NOW + timedelta(minutes=1), MailFate.LISTED) == (ends[2],)


def test_an_end_without_a_time_counts_from_its_claim(store: Store) -> None:
    received(store, 1)
    store.claim(50, NOW)
    unit = store.unit()
    unit.handled(Handled(1, MailFate.IGNORED, "a"))
    unit.commit()

    [ended] = store.unit().handled_since(NOW)
    assert ended.at == NOW


def test_what_a_crash_left_among_the_contents_is_swept_away(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.receive([an_arrival(1, b"x" * (SMALL + 1))], NOW, old=False)
    stray = tmp_path / "blobs" / "ab" / ("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"nobody names me")
    stray.with_suffix(".half").write_bytes(b"half")

    assert store.sweep() == 2
    assert not stray.exists()
    assert store.verify().problems == ()
    store.close()
