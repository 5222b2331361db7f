"""What holds for every answer, however it was typed and whatever program sent it."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.reply import SentMail, visible_answer

WORDS = (
    *(
        "done",
        "yes",
        "Friday",
        "the",
        "file",
        "is",
        "attached",
        "sent",
        "on",
        "we",
        "wrote",
    ),
    *("please", "call", "Bob", "signed", "nicht", "fertig", "morgen", "oui", "demain", "готово"),
    *("完成", "תודה", "نعم", "3", "12.5.", "14:30", "to", "original", "message", "mail", "phone"),
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=9).map(" ".join)
TYPED = st.lists(st.builds("{}.".format, SENTENCES), min_size=1, max_size=4)
RULED = """________________________________
Von: Dana Vogel <dana@studio.example>
Gesendet: Montag, 4. Mai 2026 09:12
An: Carol
Betreff: Belege"""
FRAMES = st.sampled_from(
    [
        "On Mon, 4 May 2026 at 09:12, Dana Vogel <dana@studio.example> wrote:",
        "Am 04.05.2026 um 09:12 schrieb Dana Vogel <dana@studio.example>:",
        "Le lun. 4 mai 2026 à 09:12, Dana Vogel <dana@studio.example> a écrit :",
        "пн, 4 мая 2026 г. в 09:12, Dana Vogel <dana@studio.example>:",
        "2026年5月4日(月) 9:12 Dana Vogel <dana@studio.example>:",
        "-----Original Message-----\nFrom: Dana Vogel\nSent: Monday, May 4, 2026 9:12\nTo: Carol",
        RULED,
    ]
)
LETTER = (
    "Hello Carol,\n\n1. Send the receipts\n   by Friday\n2. Sign the form\n   by Tuesday\n\nDana"
)
SENT = SentMail(LETTER, ((1, "1. Send the receipts"), (2, "2. Sign the form")))


def shown(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@given(TYPED)
def test_sentences_without_a_quote_stay_whole(typed: list[str]) -> None:
    assert shown(visible_answer("\n".join(typed), None).text) == shown("\n".join(typed))


@given(TYPED, FRAMES, SENTENCES, st.sampled_from(["> ", ">", "", "  "]))
def test_sentences_above_any_frame_are_the_answer(
    typed: list[str], frame: str, old: str, mark: str
) -> None:
    text = "\n".join([*typed, "", frame, "", f"{mark}{old}."])

    assert shown(visible_answer(text, None).text) == shown("\n".join(typed))


@given(TYPED, TYPED, st.sampled_from(["> ", ">> ", ">"]), st.booleans())
def test_sentences_between_our_lines_are_found_with_their_item(
    first: list[str], second: list[str], mark: str, known_frame: bool
) -> None:
    quoted = [f"{mark}{line}" for line in LETTER.splitlines()]
    frame = ["On 4 May 2026 at 09:12, Dana <dana@studio.example> wrote:"] if known_frame else []
    text = "\n".join([*frame, *quoted[:4], *first, *quoted[4:6], *second, *quoted[6:]])

    answer = visible_answer(text, None, SENT)

    assert [(shown(one.text), one.n) for one in answer.segments] == [
        (shown("\n".join(first)), 1),
        (shown("\n".join(second)), 2),
    ]


@given(st.text(max_size=400), st.booleans())
def test_nothing_is_said_that_does_not_stand_in_the_mail(text: str, ours: bool) -> None:
    answer = visible_answer(text, None, SENT if ours else None)

    written = "".join(text.split())
    assert all("".join(line.split()) in written for line in answer.text.splitlines())
