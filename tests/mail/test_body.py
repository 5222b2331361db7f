import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.flowed import unflow
from mailflow.mail.message import InboundMessage
from mailflow.mail.mime import split_parts
from mailflow.mail.parse import parse_message
from tests.mail.builders import library_reading, raw_mail, read

MIXED = 'Content-Type: multipart/mixed; boundary="b"'
PDF = "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg=="
FORWARDED = "Content-Type: message/rfc822\n\nFrom: vic@x.example\nSubject: old\n\nDone!"


def of_parts(*parts: str, kind: str = "mixed") -> InboundMessage:
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return read(f'Content-Type: multipart/{kind}; boundary="b"', body=body)


def nest(kind: str, boundary: str, *parts: str) -> str:
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f"Content-Type: multipart/{kind}; boundary={boundary}\n\n{inner}--{boundary}--"


PLAIN = "Content-Type: text/plain\n\nDone!"
HTML = "Content-Type: text/html\n\n<p>Done!</p>"
IMAGE = "Content-Type: image/png; name=logo.png\nContent-ID: <logo@x>\n\nx"


def names(message: InboundMessage) -> list[str]:
    return [one.name or one.media_type for one in message.attachments]


def test_an_alternative_has_both_forms_and_no_attachment() -> None:
    message = of_parts(PLAIN, HTML, kind="alternative")

    assert (message.text, message.html, names(message)) == ("Done!", "<p>Done!</p>", [])


def test_texts_that_stand_one_after_the_other_are_put_together() -> None:
    message = of_parts(PLAIN, PDF, "\nCarol")

    assert (message.text, message.html, names(message)) == ("Done!\nCarol", None, ["a.pdf"])


def test_an_answer_between_files_is_whole_in_each_form() -> None:
    message = of_parts("\nDone & <over>\nCarol", PDF, HTML)

    assert message.text is None
    assert message.html == "<div>Done &amp; &lt;over&gt;<br>\nCarol</div>\n<p>Done!</p>"


def test_an_empty_text_beside_a_page_does_not_hide_the_page() -> None:
    message = of_parts("Content-Type: text/plain\n\n \n", HTML, kind="alternative")

    assert (message.text, message.html) == (None, "<p>Done!</p>")


def test_an_empty_page_behind_a_file_does_not_hide_the_plain_text() -> None:
    message = of_parts(
        PLAIN, PDF, "Content-Type: text/html\n\n<html><body>&nbsp;<br></body></html>"
    )

    assert message.text == "Done!"


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("related", (IMAGE, "Content-Type: text/html\n\n<p>Done!</p>")),
        ("alternative", ("Content-Type: text/enriched\n\nDone!",)),
    ],
)
def test_a_text_in_a_strange_place_counts_where_there_is_no_other(
    kind: str, parts: tuple[str, ...]
) -> None:
    message = of_parts(*parts, kind=kind)

    assert "Done!" in (message.text or message.html or "")


def test_a_mail_that_calls_itself_an_attachment_is_read_and_a_file_is_not() -> None:
    whole = "Content-Disposition: attachment"

    assert read(whole, body="Done!").text == "Done!"
    assert read(f"{whole}; filename=a.txt", body="Done!").text is None
    assert of_parts("Content-Disposition: inline; filename=a.txt\n\nDone!").text is None


def test_pictures_that_the_page_shows_are_inline() -> None:
    page = 'Content-Type: text/html\n\n<p>Done!</p><img src="cid:logo%40x">'
    message = of_parts(nest("related", "r", page, IMAGE, IMAGE.replace("logo", "scan")), PDF)

    assert [(one.name, one.inline) for one in message.attachments] == [
        ("logo.png", True),
        ("scan.png", False),
        ("a.pdf", False),
    ]


def test_deep_trees_of_usual_mail_programs_are_read() -> None:
    related = nest("related", "r", HTML, IMAGE)
    message = of_parts(nest("alternative", "a", PLAIN, related), PDF)

    assert (message.text, message.html) == ("Done!", "<p>Done!</p>")
    assert names(message) == ["logo.png", "a.pdf"]


@pytest.mark.parametrize(
    "part",
    [
        FORWARDED,
        nest("digest", "d", "\nSubject: old\n\nDone!"),
        "Content-Type: message/delivery-status\n\nAction: failed",
        "Content-Type: text/rfc822-headers\n\nSubject: Done!",
        "Content-Type: text/plain\nContent-Disposition: attachment\n\nDone!",
        'Content-Type: text/plain\nContent-Disposition: inline; filename="done.txt"\n\nDone!',
        "Content-Type: text/plain; name=done.txt\n\nDone!",
        "Content-Type: text/csv\n\nDone!",
    ],
)
def test_what_was_forwarded_or_attached_is_never_the_senders_words(part: str) -> None:
    message = of_parts("\nplease look", part)

    assert (message.text, message.html) == ("please look", None)
    assert len(message.attachments) == 1


def test_a_mail_that_is_one_forwarded_mail_says_nothing_itself() -> None:
    message = read("Content-Type: message/rfc822", body="Subject: x\n\nDone!\n")

    assert (message.text, names(message)) == (None, ["message/rfc822"])


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("text/x-strange", "Done!\n"),
        ("text", "Done!\n"),
        ("plain", "Done!\n"),
        ("nonsense/x", "Done!\n"),
        ("text/plain; name=body.txt", "Done!\n"),
        ("message/partial; number=1", "Done!\n"),
        ("multipart/mixed", "Done!\n"),
        ("multipart/mixed; boundary=never", "Done!\n"),
        ('multipart/mixed; boundary=""', "Done!\n"),
        ("", "Done!\n"),
    ],
)
def test_a_text_of_an_unusual_kind_is_still_read(content_type: str, text: str) -> None:
    assert read(f"Content-Type: {content_type}").text == text


@pytest.mark.parametrize(
    "declared", ["boundary=other", "boundary=", "x=y", 'boundary="<b>"', "boundary=b; boundary=c"]
)
def test_parts_are_found_though_the_boundary_is_not_what_was_said(declared: str) -> None:
    mark = "<b>" if "<b>" in declared else "b"
    body = f"--{mark}\n{PLAIN}\n--{mark}\n{PDF}\n--{mark}--\n"
    message = read(f"Content-Type: multipart/mixed; {declared}", body=body)

    assert (message.text, names(message)) == ("Done!", ["a.pdf"])


@pytest.mark.parametrize(
    "body",
    [
        f"--b\n{PLAIN}\n--b\n{PDF}",
        f"preamble --b\n--b  \n{PLAIN}\n--b\t\n{PDF}\n--b-- \nepilogue Done!",
        f"--b\n{PLAIN}\n--bc is no mark\n--b\n{PDF}\n--b--".replace("\n--bc is no mark", ""),
        f"--b\r\n{PLAIN}\r\n--b\r\n{PDF}\r\n--b--\r\n".replace("\r\n", "\n").replace("\n", "\r\n"),
    ],
)
def test_marks_are_found_in_all_their_forms(body: str) -> None:
    message = read(MIXED, body=body)

    assert (message.text, names(message)) == ("Done!", ["a.pdf"])


def test_a_mark_of_the_outer_part_ends_the_inner_one() -> None:
    inner = "Content-Type: multipart/alternative; boundary=a\n\n--a\n" + PLAIN
    message = of_parts(inner, PDF)

    assert (message.text, names(message)) == ("Done!", ["a.pdf"])


def test_a_boundary_that_begins_another_does_not_cut_it() -> None:
    message = of_parts(nest("alternative", "bb", PLAIN, HTML), PDF)

    assert (message.text, message.html, names(message)) == ("Done!", "<p>Done!</p>", ["a.pdf"])


def test_a_part_without_a_header_is_text() -> None:
    assert of_parts("\nDone!").text == "Done!"
    assert of_parts("just words").text == "just words"


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("quoted-printable", "Gr=C3=BC=C3=9Fe =\nan alle=20\n", "Grüße an alle \n"),
        ("quoted-printable", "a=ZZb = c=", "a=ZZb = c"),
        ("base64", "R3LDvMOfZQ==\n", "Grüße"),
        ("BASE64 ", "R3LD\nvMOf\nZQ", "Grüße"),
        ("base64", "R3LD*vMOfZ!Q==", "Grüße"),
        ("base64", "R3LDvMOfZ", "Grüß"),
        ("base64", "", ""),
        ("base64", "R3LDvMOfZQ==\n\n____\nlist footer\n", "Grüße"),
        ("base64", "R3LDvMOfZSAh\n\n-- \nvirus free!\n", "Grüße !"),
        ("base64", "\n\nR3LDvMOf\n\nZQ==\n\n", "Grüße"),
        ("8bit", "Grüße\n", "Grüße\n"),
        ("nonsense", "Grüße\n", "Grüße\n"),
        ("x-uuencode", "begin 644 x\n%1')I9F4 \n`\nend\n", "Drife"),
        ("x-uuencode", "Done!\n", "Done!\n"),
    ],
)
def test_transfer_encodings_are_undone_as_far_as_they_go(
    encoding: str, body: str, text: str
) -> None:
    message = read(
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Transfer-Encoding: {encoding}",
        body=body,
    )

    assert message.text == text


def test_all_line_ends_become_one_and_nul_goes() -> None:
    assert read(body=b"a\r\nb\rc\0d\n").text == "a\nb\ncd\n"


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        (">> a \n>> b\n> c", ">> a b\n> c"),
        ("> a \nmine", "> a \nmine"),
        (" >from\n  indented", ">from\n indented"),
        ("bye \n-- \nCarol", "bye \n-- \nCarol"),
        ("", ""),
    ],
)
def test_flowed_paragraphs_are_joined_and_quotes_stay(flowed: str, text: str) -> None:
    message = read("Content-Type: text/plain; format=Flowed", body=flowed)

    assert message.text == text


def test_with_delsp_the_space_of_a_soft_break_goes() -> None:
    message = read("Content-Type: text/plain; format=flowed; delsp=yes", body="日本 \n語\n")

    assert message.text == "日本語\n"


@given(st.text(alphabet="> ab-\n", max_size=100))
def test_unflowing_loses_no_letter(text: str) -> None:
    letters = [character for character in text if character in "ab-"]

    joined = unflow(text, delsp=False)
    assert [character for character in joined if character in "ab-"] == letters


def test_calendars_are_told_with_their_method() -> None:
    message = of_parts(
        PLAIN,
        "Content-Type: text/calendar; method=reply\n\nBEGIN:VCALENDAR",
        "Content-Type: application/octet-stream; name=x.ICS\n\nBEGIN:VCALENDAR",
    )

    assert [(one.method, one.data) for one in message.calendars] == [
        ("REPLY", b"BEGIN:VCALENDAR"),
        ("", b"BEGIN:VCALENDAR"),
    ]
    assert names(message) == ["text/calendar", "x.ICS"]


@given(st.binary(max_size=300), st.sampled_from([b"b", b"", b"--", b"a b"]))
def test_splitting_gives_spans_in_order(octets: bytes, boundary: bytes) -> None:
    spans = split_parts(octets, 0, len(octets), boundary)
    flat = [edge for span in spans for edge in span]

    assert flat == sorted(flat)
    assert all(0 <= edge <= len(octets) for edge in flat)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["text/plain", "text/html", "image/png"]), st.binary(max_size=60)
        ),
        min_size=1,
        max_size=6,
    )
)
def test_every_part_is_found_as_the_library_finds_it(parts: list[tuple[str, bytes]]) -> None:
    body = "".join(
        f"--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename=f{n}\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(octets).decode()}\n"
        for n, (kind, octets) in enumerate(parts)
    )
    raw = raw_mail(MIXED, body=body + "--b--\n")
    expected = [
        (part.get_content_type(), part.get_filename(), part.get_payload(decode=True))
        for part in library_reading(raw).iter_attachments()
    ]

    found = parse_message(raw).attachments
    assert [(one.media_type, one.name, one.content) for one in found] == expected
