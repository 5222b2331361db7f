"""The one table: who may do what by what is proven."""

from dataclasses import replace
from itertools import product

import pytest

from mailflow.domain.ids import LetterId
from mailflow.flow.authenticity import Right, client_right, evidence, provider_right
from mailflow.flow.recognise import Recognised
from mailflow.mail.authentication import StampResult
from mailflow.ports import SentLetter
from tests.builders import CAROL, DANA, MONDAY, PEOPLE

PASS, FAIL, NONE = StampResult.PASS, StampResult.FAIL, StampResult.NONE
LETTER = SentLetter(LetterId(1), "to_dos_asked", CAROL, "", "<1@x>", "", "", (), (), (), MONDAY)
KNOWN = Recognised(PEOPLE[CAROL])
MARKED = Recognised(PEOPLE[CAROL], letter=LETTER, token=True)
PROVIDER = Recognised(PEOPLE[DANA])
PROVIDER_MARKED = Recognised(PEOPLE[DANA], letter=LETTER, token=True)


@pytest.mark.parametrize(
    ("found", "stamp", "trusted", "right"),
    [
        (MARKED, PASS, True, Right.ACT),
        (MARKED, NONE, True, Right.PROPOSE),
        (MARKED, FAIL, True, Right.NOTHING),
        (KNOWN, PASS, True, Right.PROPOSE),
        (KNOWN, NONE, True, Right.PROPOSE),
        (KNOWN, FAIL, True, Right.NOTHING),
        (MARKED, NONE, False, Right.ACT),
        (KNOWN, NONE, False, Right.PROPOSE),
        (replace(MARKED, sender=None, token=False), PASS, True, Right.CLAIM),
        (replace(MARKED, sender=None, token=False), NONE, False, Right.CLAIM),
        (replace(MARKED, token=False, foreign=True), PASS, True, Right.CLAIM),
        (replace(MARKED, token=False, foreign=True), FAIL, True, Right.NOTHING),
        (replace(MARKED, conflict=True), PASS, True, Right.PROPOSE),
        (Recognised(None), PASS, True, Right.NOTHING),
        (Recognised(None), NONE, False, Right.NOTHING),
    ],
)
def test_what_a_clients_answer_may_do(
    found: Recognised, stamp: StampResult, trusted: bool, right: Right
) -> None:
    assert client_right(found, stamp, trusted=trusted) is right


@pytest.mark.parametrize(
    ("found", "stamp", "trusted", "right"),
    [
        (PROVIDER, PASS, True, Right.ACT),
        (PROVIDER_MARKED, PASS, True, Right.ACT),
        (PROVIDER_MARKED, NONE, True, Right.READ_ONLY),
        (PROVIDER, NONE, True, Right.READ_ONLY),
        (PROVIDER_MARKED, FAIL, True, Right.NOTHING),
        (PROVIDER, FAIL, True, Right.NOTHING),
        (PROVIDER_MARKED, NONE, False, Right.ACT),
        (PROVIDER, NONE, False, Right.READ_ONLY),
        (Recognised(None), PASS, True, Right.NOTHING),
    ],
)
def test_what_a_providers_mail_may_do(
    found: Recognised, stamp: StampResult, trusted: bool, right: Right
) -> None:
    assert provider_right(found, stamp, trusted=trusted) is right


@pytest.mark.parametrize(("stamp", "trusted"), tuple(product(StampResult, (True, False))))
def test_a_wrong_mark_or_an_odd_sender_is_worth_nothing_whatever_else_is_right(
    stamp: StampResult, trusted: bool
) -> None:
    for odd in (replace(MARKED, bad_mark=True), replace(MARKED, sender_problem="two senders")):
        assert client_right(odd, stamp, trusted=trusted) is Right.NOTHING
    wrong = replace(PROVIDER_MARKED, bad_mark=True)
    assert provider_right(wrong, stamp, trusted=trusted) is Right.NOTHING


def test_the_evidence_says_what_holds() -> None:
    assert evidence(MARKED, PASS) == "F+D+T"
    assert evidence(KNOWN, NONE) == "F"
    assert evidence(Recognised(None), FAIL) == ""
