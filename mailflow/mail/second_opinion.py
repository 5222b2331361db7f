"""Another reader's view of From, for the few mails whose From field is not plainly simple."""

from contextlib import suppress

_READER_FAILS_WITH = (
    *(ArithmeticError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)


def agrees(block: bytes, address: str) -> bool:
    """Tell whether mail-parser finds exactly this address in From.

    Args:
        block: the raw header, bounded by `precheck`: the other reader is slower than ours.
        address: what our own reading gives.
    """
    # Loading it takes longer than reading a hundred ordinary mails, and few mails need it.
    import mailparser  # noqa: PLC0415 - see above
    from mailparser.exceptions import MailParserError  # noqa: PLC0415 - see above

    # It logs the fields that it cannot decode, and no log of ours holds words of a mail.
    mailparser.core.log.disabled = True
    mailparser.utils.log.disabled = True
    with suppress(MailParserError, *_READER_FAILS_WITH):
        others = mailparser.parse_from_bytes(block.rstrip() + b"\r\n\r\n").from_
        return [other for _, other in others if other] == [address]
    return False
