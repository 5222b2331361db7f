"""Our own check of DKIM signatures, where no server vouches for senders."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import dkim
import pytest

from mailflow.bootstrap import Office, Wiring
from mailflow.config import Config
from mailflow.demo.programs import Typed, answer, fresh
from mailflow.demo.stage import StageClock
from mailflow.ports import MailFate
from tests.journeys.builders import JourneyOffice, Person
from tests.journeys.places import MemoryPlace
from tests.journeys.proofs import prove
from tests.mail.signing import PRIVATE_KEY, PUBLIC_KEY

OPEN = ["open", "open"]
DONE = ["open", "done"]
PLAN = "Client: Carol Jones <{carol}>\nCode: TAX\n\n# A\n- Send it @Carol\n- Sign it @Carol\n"


@dataclass(slots=True)
class Keys:
    """The names that answer with a key; an office asks it instead of the network."""

    known: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def find(self, name: str) -> bytes | None:
        self.asked.append(name)
        return self.known.get(name.rstrip("."))


@dataclass(slots=True)
class SignedPlace(MemoryPlace):
    """Mail in memory, where senders sign and nobody stamps."""

    keys: Keys = field(default_factory=Keys)

    def open(self, config: Config, wiring: Wiring) -> Office:
        return MemoryPlace.open(self, config, replace(wiring, find_key=self.keys.find))


@pytest.fixture
def keys() -> Keys:
    record = f"v=DKIM1; k=rsa; p={PUBLIC_KEY}".encode()
    domains = ("client.test", "office.test", "evil.test")
    return Keys({f"one._domainkey.{domain}": record for domain in domains})


@pytest.fixture
def office(keys: Keys, clock: StageClock, tmp_path: Path) -> Iterator[JourneyOffice]:
    place = SignedPlace(clock, trust="dkim", keys=keys)
    clock.move_to(signing_time())
    made = JourneyOffice(place, tmp_path / "state", clock, live=True)
    made.turn()
    signs(made.dana, steered(made, made.filled(PLAN), "plan: TAX return"))
    signs(made.dana, steered(made, "start"))
    made.carol.new()
    made.dana.new()
    yield made
    prove(made)
    made.close()


def signs(person: Person, raw: bytes, domain: str = "") -> bytes:
    """Send a mail with the signature of the person's own domain, or another one."""
    signer = domain or person.address.partition("@")[2]
    signature = dkim.sign(
        raw,
        b"one",
        signer.encode(),
        PRIVATE_KEY,
        include_headers=[b"from", b"to", b"date", b"subject"],
    )
    signed: bytes = re.sub(rb"\r?\n", b"\r\n", signature) + raw
    person.posts(signed)
    return signed


def signing_time() -> datetime:
    """Return the present as the library that signs sees it: it knows no other."""
    signature = dkim.sign(b"From: a@b.test\r\n\r\n", b"one", b"b.test", PRIVATE_KEY)
    made = re.search(rb"\bt=([0-9]+)", signature)
    assert made
    return datetime.fromtimestamp(int(made[1]), tz=UTC)


def steered(office: JourneyOffice, words: str, subject: str = "") -> bytes:
    return fresh(office.dana.sender, office.bot, Typed(words, subject=subject), office.clock.now())


def answered(office: JourneyOffice, words: str) -> bytes:
    letter = office.carol.last("to_dos_asked").received
    return answer(office.carol.sender, letter, Typed(words), office.clock.now())


def test_a_signed_answer_acts(office: JourneyOffice) -> None:
    signs(office.carol, answered(office, "2 done"))

    assert office.states() == DONE
    assert office.carol.new() == ["receipt"]


def test_an_answer_without_a_signature_is_a_proposal(office: JourneyOffice) -> None:
    office.carol.posts(answered(office, "2 done"))

    assert office.states() == OPEN
    assert office.dana.new() == ["answer_passed_on"]


def test_where_no_name_server_answers_the_sender_is_unproven_and_nothing_fails(
    office: JourneyOffice, keys: Keys
) -> None:
    keys.known.clear()
    signs(office.carol, answered(office, "2 done"))

    assert keys.asked
    assert office.held() == []
    assert office.states() == OPEN
    assert office.dana.new() == ["answer_passed_on"]


def test_a_signature_of_somebody_else_proves_nothing(office: JourneyOffice, keys: Keys) -> None:
    keys.asked.clear()
    signs(office.carol, answered(office, "2 done"), domain="evil.test")

    assert office.states() == OPEN
    assert keys.asked == [], "a domain that is not the sender's is not even looked up"


def test_a_signed_mail_counts_once_whatever_is_written_around_it(office: JourneyOffice) -> None:
    signed = signs(office.dana, steered(office, "done 2"))
    signs(office.dana, steered(office, "reopen 2"))
    assert office.states() == OPEN

    again = re.sub(rb"(?im)^Message-ID: <", b"Message-ID: <again.", signed)
    assert again != signed
    office.dana.posts(again)

    assert office.fates()[-1] is MailFate.DUPLICATE
    assert office.states() == OPEN
