"""Write the generated part of tests/corpus/extract: one answer for each program and language.

Mail programs word the line above a quote, the header block and the tagline in the language
of their user; `extract_corpus.toml` knows how. The mails that no rule could write (odd answers,
hostile bodies, answers to our own mails) are composed by hand and lie beside the written ones.

Usage: python tools/make_extract_corpus.py
"""

import html
import textwrap
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE.parent / "tests" / "corpus" / "extract"
NAME = "Dana Vogel"
ADDRESS = "dana@studio.example"
WHO = f"{NAME} <{ADDRESS}>"
GMAIL_WIDTH = 76


@dataclass(frozen=True)
class Tongue:
    """How people and programs of one language write."""

    code: str
    top: list[str]
    inline: list[str]
    quoted: list[str]
    gmail: str
    apple: str
    thunderbird: str
    outlook: list[str]
    date: str
    original: str
    tagline: str

    def said(self, line: str) -> str:
        """Fill in the sender."""
        return line.format(who=WHO, name=NAME)

    def header(self, bold: str = "{}:") -> list[str]:
        """The four lines of Outlook."""
        values = [WHO, self.date, "Carol Jones <carol@acme.example>", "To Do: TAX"]
        return [
            f"{bold.format(name)} {value}" for name, value in zip(self.outlook, values, strict=True)
        ]


@dataclass(frozen=True)
class Case:
    """One mail and what its author typed."""

    name: str
    typed: list[str]
    text: str | None = None
    html: str | None = None


def lines(*parts: list[str] | str) -> str:
    """Join lines and lists of lines."""
    flat: list[str] = []
    for part in parts:
        flat.extend([part] if isinstance(part, str) else part)
    return "\n".join(flat) + "\n"


def marked(quoted: list[str], mark: str = "> ") -> list[str]:
    """Put quote marks before lines."""
    return [(mark + line).rstrip() for line in quoted]


def wrapped(line: str) -> list[str]:
    """Wrap a line as Gmail does."""
    return textwrap.wrap(line, GMAIL_WIDTH, break_long_words=False, break_on_hyphens=False)


def paragraphs(typed: list[str], tag: str = "div") -> str:
    """Put each line into an element of its own."""
    return "".join(f"<{tag}>{html.escape(line) or '<br>'}</{tag}>" for line in typed)


def gmail(tongue: Tongue) -> Case:
    """Gmail: the quote below an attribution, in text and HTML."""
    line = tongue.said(tongue.gmail)
    shown = html.escape(line).replace(ADDRESS, f'<a href="mailto:{ADDRESS}">{ADDRESS}</a>')
    return Case(
        f"top--gmail-{tongue.code}",
        tongue.top,
        lines(tongue.top, "", wrapped(line), "", marked(["Hello Carol,", "", *tongue.quoted])),
        f'<div dir="auto">{paragraphs(tongue.top)}</div><br>'
        f'<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">'
        f'{shown}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;'
        f'border-left:1px solid rgb(204,204,204);padding-left:1ex">'
        f"{paragraphs(tongue.quoted)}</blockquote></div>",
    )


def outlook_text(tongue: Tongue, order: int) -> Case:
    """Outlook in plain text: no quote marks, only a header block."""
    above = [["_" * 32], [], [tongue.original]][order % 3]
    old = ["", "Hello Carol,", "", *tongue.quoted, "", "Dana"]
    return Case(
        f"header--outlook-{tongue.code}",
        tongue.top,
        lines(tongue.top, "", above, tongue.header(), old),
    )


def inline(tongue: Tongue) -> Case:
    """Thunderbird, with answers between the quoted lines."""
    first, second = tongue.inline
    one, two = tongue.quoted
    return Case(
        f"inline--thunderbird-{tongue.code}",
        [first, "", second],
        lines(
            tongue.said(tongue.thunderbird),
            marked(["Hello Carol,", "", "1. " + one]),
            *("", first, ""),
            marked(["2. " + two]),
            *("", second, ""),
            marked(["", "Dana"]),
        ),
    )


def iphone(tongue: Tongue) -> Case:
    """Mail on the iPhone: a tagline, and the attribution inside the quote."""
    typed = tongue.inline[:1]
    quoted = ["", tongue.said(tongue.apple), "", "\ufeff", *tongue.quoted]
    return Case(
        f"tagline--iphone-{tongue.code}",
        typed,
        lines(typed, "", tongue.tagline, "", marked(quoted[1:])),
    )


def outlook_desktop(tongue: Tongue) -> str:
    """Outlook for Windows: Word's HTML and a drawn line."""

    def normal(line: str) -> str:
        return f"<p class=MsoNormal>{html.escape(line) or '<o:p>&nbsp;</o:p>'}</p>"

    names = [f"<b><span>{html.escape(name)}:</span></b>" for name in tongue.outlook]
    values = [WHO, tongue.date, "Carol Jones", "To Do: TAX"]
    block = "<br>".join(f"{n} {html.escape(v)}" for n, v in zip(names, values, strict=True))
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal'
        '{margin:0cm}</style></head><body lang=EN><div class="WordSection1">'
        + "".join(normal(line) for line in [*tongue.top, ""])
        + '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">'
        + f"<p class=MsoNormal>{block}</p></div></div>"
        + "".join(normal(line) for line in ["", *tongue.quoted])
        + "</div></body></html>"
    )


def outlook_web(tongue: Tongue) -> str:
    """Outlook on the web."""
    block = "<br>".join(html.escape(line) for line in tongue.header())
    return (
        f'<div class="elementToProof">{paragraphs(tongue.top)}</div><div id="appendonsend"></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" '
        f'dir="ltr"><font face="Calibri">{block}</font><div>&nbsp;</div></div>'
        f"<div>{paragraphs(tongue.quoted)}</div>"
    )


def outlook_new(tongue: Tongue) -> str:
    """The new Outlook for Windows."""
    block = "<br>".join(html.escape(line) for line in tongue.header())
    return (
        f"{paragraphs(tongue.top)}"
        '<div id="mail-editor-reference-message-container"><div style="border-width: 1pt medium '
        'medium; border-style: solid none none;"><div style="font-family: Aptos">'
        f"{block}</div></div><div>{paragraphs(tongue.quoted)}</div></div>"
    )


def outlook_ios(tongue: Tongue) -> str:
    """Outlook for iOS and Android."""
    block = "<br>".join(html.escape(line) for line in tongue.header())
    return (
        f'<div dir="ltr">{paragraphs(tongue.top)}</div><br><hr style="display:inline-block;'
        f'width:98%"><div id="divRplyFwdMsg" dir="ltr">{block}</div>'
        f"{paragraphs(tongue.quoted)}"
    )


def apple_mail(tongue: Tongue) -> str:
    """Apple Mail: the attribution stands inside the blockquote."""
    line = html.escape(tongue.said(tongue.apple))
    return (
        f'{paragraphs(tongue.top)}<div><br><blockquote type="cite"><div>{line}</div>'
        f'<br class="Apple-interchange-newline"><div>{paragraphs(tongue.quoted)}</div>'
        "</blockquote></div><br>"
    )


def thunderbird(tongue: Tongue) -> str:
    """Thunderbird in HTML."""
    line = html.escape(tongue.said(tongue.thunderbird))
    return (
        f"<p>{'<br>'.join(html.escape(line) for line in tongue.top)}</p>"
        f'<div class="moz-cite-prefix">{line}<br></div>'
        f'<blockquote type="cite" cite="mid:x@y">{paragraphs(tongue.quoted)}</blockquote>'
    )


def yahoo(tongue: Tongue) -> str:
    """Yahoo Mail."""
    line = html.escape(tongue.said(tongue.gmail))
    return (
        f'<div class="ydp1yahoo-style-wrap"><div dir="ltr">{paragraphs(tongue.top)}</div></div>'
        f'<div id="yahoo_quoted_1" class="yahoo_quoted"><div>{line}</div>'
        f"{paragraphs(tongue.quoted)}</div>"
    )


def gmx(tongue: Tongue) -> str:
    """GMX and web.de."""
    block = "<br>".join(html.escape(line) for line in tongue.header())
    return (
        f'<div style="font-family: Verdana">{paragraphs(tongue.top)}<div>&nbsp;</div>'
        '<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; '
        f'border-left:2px solid #C3D9E5;"><div>{block}</div>'
        f'<div name="quoted-content">{paragraphs(tongue.quoted)}</div></div></div>'
    )


def proton(tongue: Tongue) -> str:
    """Proton Mail."""
    line = html.escape(tongue.said(tongue.gmail))
    return (
        f'{paragraphs(tongue.top)}<div class="protonmail_quote">{line}<br><br>'
        f'<blockquote class="protonmail_quote" type="cite">{paragraphs(tongue.quoted)}'
        "</blockquote><br></div>"
    )


def zimbra(tongue: Tongue) -> str:
    """Zimbra."""
    block = "<br>".join(html.escape(line) for line in tongue.header("<b>{}: </b>"))
    return (
        f'{paragraphs(tongue.top)}<hr id="zwchr" data-marker="__DIVIDER__">'
        f'<div data-marker="__HEADERS__"><blockquote>{block}</blockquote></div>'
        f'<div data-marker="__QUOTED_TEXT__"><blockquote>{paragraphs(tongue.quoted)}'
        "</blockquote></div>"
    )


def roundcube(tongue: Tongue) -> str:
    """Roundcube."""
    line = html.escape(tongue.said(tongue.thunderbird))
    return (
        f'{paragraphs(tongue.top)}<p id="reply-intro">{line}</p><blockquote type="cite" '
        f'style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">'
        f"{paragraphs(tongue.quoted)}</blockquote>"
    )


def fastmail(tongue: Tongue) -> str:
    """Fastmail."""
    line = html.escape(tongue.said(tongue.apple))
    return (
        f'<div style="font-family:Arial;">{paragraphs(tongue.top)}</div><div><br></div>'
        f'<div>{line}</div><blockquote type="cite" id="qt">{paragraphs(tongue.quoted)}</blockquote>'
    )


def samsung(tongue: Tongue) -> str:
    """Samsung Email."""
    block = "".join(f"<div>{html.escape(line)} </div>" for line in tongue.header())
    mark = html.escape(tongue.original.replace("-----", "-------- "))
    return (
        f"{paragraphs(tongue.top)}<div><br></div><div><br></div>"
        f'<div style="font-size:100%;color:#000000">{mark}--------</div>'
        f"{block}<div><br></div>{paragraphs(tongue.quoted)}"
    )


def spark(tongue: Tongue) -> str:
    """Spark."""
    line = html.escape(tongue.said(tongue.apple))
    return (
        f'<div name="messageBodySection">{paragraphs(tongue.top)}</div>'
        f'<div name="messageReplySection">{line}<br><blockquote type="cite" '
        f'class="spark_quote">{paragraphs(tongue.quoted)}</blockquote></div>'
    )


def notes(tongue: Tongue) -> str:
    """HCL (Lotus) Notes."""
    block = "<br>".join(
        f'<font size=1 color=#5f5f5f face="sans-serif">{html.escape(name)}: </font>'
        f'<font size=1 face="sans-serif">{html.escape(value)}</font>'
        for name, value in zip(
            tongue.outlook, [WHO, tongue.date, "carol@acme.example", "TAX"], strict=True
        )
    )
    typed = "<br>".join(html.escape(line) for line in tongue.top)
    return (
        f'<font size=2 face="sans-serif">{typed}</font><br><br><br>{block}<br><hr noshade><br>'
        f"<br><font size=3>{'<br>'.join(html.escape(q) for q in tongue.quoted)}</font>"
    )


HTML_PROGRAMS: list[Callable[[Tongue], str]] = [
    *(outlook_desktop, outlook_web, outlook_new, outlook_ios, apple_mail, thunderbird, yahoo),
    *(gmx, proton, zimbra, roundcube, fastmail, samsung, spark, notes),
]


def write(case: Case) -> None:
    """Write one mail and its expected answer."""
    mail = EmailMessage()
    mail["From"] = "Carol Jones <carol@acme.example>"
    mail["To"] = WHO
    mail["Subject"] = "Re: To Do: TAX"
    mail["Date"] = "Tue, 05 May 2026 10:00:00 +0200"
    mail["Message-ID"] = f"<{case.name}@acme.example>"
    if case.text is not None:
        mail.set_content(case.text, cte="8bit")
        if case.html is not None:
            mail.add_alternative(case.html, subtype="html", cte="quoted-printable")
            mail.set_boundary("=_answer")
    elif case.html is not None:
        mail.set_content(case.html, subtype="html", cte="quoted-printable")
    (CORPUS / f"{case.name}.eml").write_bytes(bytes(mail))
    expected = "\n".join(case.typed).strip("\n") + "\n"
    (CORPUS / f"{case.name}.expected.txt").write_text(expected, encoding="utf-8")


def main() -> None:
    """Write every mail anew."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    tongues = tomllib.loads((HERE / "extract_corpus.toml").read_text(encoding="utf-8"))
    for order, (code, words) in enumerate(tongues.items()):
        tongue = Tongue(code=code, **words)
        program = HTML_PROGRAMS[order % len(HTML_PROGRAMS)]
        name = program.__name__.replace("_", "-")
        for case in (
            gmail(tongue),
            outlook_text(tongue, order),
            inline(tongue),
            iphone(tongue),
            Case(f"html--{name}-{code}", tongue.top, html=program(tongue)),
        ):
            write(case)


if __name__ == "__main__":
    main()
