"""Commands on the office itself: held mail, stopped sending, addresses that changed."""

from mailflow.domain.notice import LineFate
from mailflow.domain.people import Person
from mailflow.flow.breaker import resume
from mailflow.flow.counter import Counter, Result
from mailflow.flow.reachable import works_again
from mailflow.mail.addresses import is_plain_address
from mailflow.reading.provider import Command


def held(counter: Counter, _command: Command) -> Result:
    """List the mails that were set aside, with the reason."""
    found = counter.uow.held_mail()
    lines = tuple(f"{number} · {reason}" for number, reason in found)
    example = f"release {found[0][0]}" if found else ""
    said = counter.say("held_listed", count=len(found))
    return Result(LineFate.SHOWN, said, lines, example=example)


def release(counter: Counter, command: Command) -> Result:
    """Let held mails be handled anew: the trouble may be over."""
    numbers = dict.fromkeys(ref.n for ref in command.refs if ref.code is None)
    if not numbers:
        return counter.refused("which_held", "held")
    unknown = [str(n) for n in numbers if n not in dict(counter.uow.held_mail())]
    if unknown:
        return counter.refused("not_held", "held", number=", ".join(unknown))
    for number in numbers:
        counter.uow.release_held(number)
    said = counter.say("held_released", number=", ".join(map(str, numbers)))
    return Result(LineFate.DONE, said)


def resume_sending(counter: Counter, _command: Command) -> Result:
    """Let letters leave again after the breaker stopped them."""
    if resume(counter.uow, counter.journey.now):
        return Result(LineFate.DONE, counter.say("sending_resumed"))
    return Result(LineFate.NOTHING_TO_DO, counter.say("sending_runs"))


def also(counter: Counter, command: Command) -> Result:
    """Give a person one more address; one of hers that did not work is tried again."""
    name, address = _name_and_address(command.rest or command.text)
    if not address:
        return counter.refused("address_unreadable", "also carol <carol@acme.example>")
    person = counter.person_named(name)
    if person is None:
        return counter.refused("unknown_person", name=name)
    owner = counter.uow.person_by_address(address)
    if owner is not None and owner.id != person.id:
        return counter.refused("address_taken", address=address, person=owner.display)
    if person.id == counter.settings.provider or address in counter.settings.own_addresses:
        return counter.refused("address_in_settings")
    if owner is not None and address.lower() not in person.undeliverable:
        said = counter.say("address_known", address=address, person=person.display)
        return Result(LineFate.NOTHING_TO_DO, said)
    return _with(counter, person, address)


def _with(counter: Counter, person: Person, address: str) -> Result:
    before = person.address
    changed = works_again(counter.uow, counter.journey.act, person, address)
    counter.uow.check_person(person.id, counter.journey.now)
    to = changed.address or address
    key = "address_added" if to == before else "address_used"
    said = counter.say(key, address=address, person=person.display, to=to)
    return Result(LineFate.DONE, said)


def _name_and_address(words: str) -> tuple[str, str]:
    """Part `carol <carol@acme.example>`, with brackets or without; "" for what is missing."""
    name, _, address = words.strip().rpartition(" ")
    local, _, domain = address.strip("<>,; ").rpartition("@")
    plain = f"{local}@{domain.lower()}"
    return name.strip(" <,;"), plain if is_plain_address(plain) else ""


OFFICE = {"release": release, "resume_sending": resume_sending, "also": also}
OFFICE_LISTS = {"held": held}
