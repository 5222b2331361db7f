"""Plans that exist in HTML only, as the usual mail programs write it."""

import pytest

from mailflow.domain.draft import PlanDraft
from mailflow.reading.plantext import PlanSource, read_plan
from tests.reading.plan_builders import a_world, read, todos_of

GMAIL = """<div dir="ltr">Client: Carol Jones &lt;<a href="mailto:carol@acme.example">
carol@acme.example</a>&gt;, Acme Ltd<br>With: Vic Ray &lt;<a href="mailto:vic@studio.example"
target="_blank">vic@studio.example</a>&gt;<div><br></div><div><b>Gather</b></div><div><ul>
<li style="margin-left:15px">Send the bank statements <a class="gmail_plusreply"
id="plusReplyChip-0" href="mailto:carol@acme.example" tabindex="-1">@Carol Jones</a>&nbsp;by
Fri 6 March [send]<ul><li>All accounts, as PDF.</li></ul></li>
<li>Sign the engagement letter (Carol, by 10 March, with Vic)</li></ul>
<div>Milestone: Records complete by 13 March</div></div><div><br></div><div><b>Prepare</b></div>
<div><table border="1" cellspacing="0"><tbody><tr><td>To do</td><td>Who</td><td>When</td></tr>
<tr><td><div>Draft the return</div></td><td>Vic</td><td>5 working days<br>after Records complete
</td></tr><tr><td>Approve the draft</td><td>Carol</td><td>+3 days</td></tr></tbody></table></div>
<div>Milestone: Return filed</div><br clear="all"><div><br></div>
<span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature">
<ul><li>Dana Smith @home</li></ul></div></div><br><div class="gmail_quote"><div dir="ltr"
class="gmail_attr">On Mon, 2 Mar 2026 Carol wrote:<br></div><ul><li>Old @Vic</li></ul></div>"""

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>
p.MsoNormal {margin:0cm; font-size:11.0pt}</style></head><body lang=EN-GB><div class=WordSection1>
<p class=MsoNormal>Client: Carol Jones &lt;<a href="mailto:carol@acme.example">carol@acme.example
</a>&gt;, Acme Ltd<o:p></o:p></p>
<p class=MsoNormal>With: Vic Ray &lt;vic@studio.example&gt;<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><b>Gather<o:p></o:p></b></p>
<p class=MsoListParagraph style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span>
<![endif]>Send the bank statements <a id="OWAAM1" href="mailto:carol@acme.example">@Carol Jones</a>
by Fri 6 March [send]<o:p></o:p></p>
<p class=MsoListParagraph style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'>
<span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span>All accounts, as PDF.<o:p></o:p></p>
<p class=MsoListParagraph style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>Sign the engagement letter (Carol,
by 10 March, with Vic)<o:p></o:p></p>
<p class=MsoNormal>Milestone: Records complete by 13 March<o:p></o:p></p>
<p class=MsoNormal><b>Prepare<o:p></o:p></b></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>To do</b></p></td>
<td><p class=MsoNormal><b>Who</b></p></td><td><p class=MsoNormal><b>When</b></p></td></tr>
<tr><td><p class=MsoNormal>Draft the return</p></td><td><p class=MsoNormal>Vic</p></td>
<td><p class=MsoNormal>5 working days after Records complete</p></td></tr>
<tr><td><p class=MsoNormal>Approve the draft</p></td><td><p class=MsoNormal>Carol</p></td>
<td><p class=MsoNormal>+3 days</p></td></tr></table>
<p class=MsoNormal>Milestone: Return filed<o:p></o:p></p></div></body></html>"""

APPLE = """<html><body style="overflow-wrap: break-word; -webkit-nbsp-mode: space;">Client: Carol
Jones &lt;<a href="mailto:carol@acme.example">carol@acme.example</a>&gt;, Acme Ltd<div>With: Vic Ray
&lt;vic@studio.example&gt;</div><div><br></div><div># Gather</div><div>- Send the bank statements
@Carol by Fri 6 March [send]</div><div><span class="Apple-tab-span"
style="white-space:pre">	</span>All accounts, as PDF.</div>
<div>• Sign the engagement letter (Carol, by 10 March, with Vic)</div>
<div>Milestone: Records complete by 13 March</div><div><br></div><div># Prepare</div>
<ul class="MailOutline"><li>Draft the return | Vic | 5 working days after Records complete</li>
<li>Approve the draft | Carol | +3 days</li></ul><div>Milestone: Return filed</div>
<div><br><blockquote type="cite"><div>On 3 Mar 2026, at 10:00, Carol wrote:</div>
<div>- old stuff @Vic</div></blockquote></div></body></html>"""

THUNDERBIRD = """<html><head><meta http-equiv="content-type" content="text/html"></head><body>
<p>Client: Carol Jones <a class="moz-txt-link-rfc2396E"
href="mailto:carol@acme.example">&lt;carol@acme.example&gt;</a>, Acme Ltd<br>
With: Vic Ray &lt;vic@studio.example&gt;</p>
<h2>Gather</h2>
<ol><li>Send the bank statements @Carol by Fri 6 March [send]<br>All accounts, as PDF.</li>
<li><p>Sign the engagement letter (Carol, by 10 March, with Vic)</p></li></ol>
<p>Milestone: Records complete by 13 March</p>
<p>Prepare</p>
<ul><li>Draft the return | Vic | 5 working days after Records complete</li>
<li>Approve the draft | Carol | +3 days</li></ul>
<p><b>Milestone:</b> Return filed</p>
<pre class="moz-signature" cols="72">--
Dana</pre><div class="moz-cite-prefix">On 3/3/26 Carol wrote:</div>
<blockquote type="cite"><ul><li>Old @Vic</li></ul></blockquote></body></html>"""

PREFORMATTED = """<html><body><pre>Client: Carol Jones &lt;carol@acme.example&gt;, Acme Ltd
With: Vic Ray &lt;vic@studio.example&gt;

# Gather
- Send the bank statements @Carol by Fri 6 March [send]
    All accounts, as PDF.
- Sign the engagement letter (Carol, by 10 March, with Vic)
Milestone: Records complete by 13 March

# Prepare
- Draft the return | Vic | 5 working days after Records complete
- Approve the draft | Carol | +3 days
Milestone: Return filed</pre></body></html>"""

LAID_OUT = f"""<table width="600"><tr><td><table><tr><td>&nbsp;</td></tr></table></td></tr><tr><td>
{PREFORMATTED.removeprefix("<html><body>").removesuffix("</body></html>")}</td></tr></table>"""

PROGRAMS = {
    "Gmail": GMAIL,
    "Outlook": OUTLOOK,
    "Apple Mail": APPLE,
    "Thunderbird": THUNDERBIRD,
    "preformatted": PREFORMATTED,
    "laid out": LAID_OUT,
}

EXPECTED = [
    ("Gather", 1, "Send the bank statements", "carol@acme.example", "2026-03-06"),
    ("Gather", 2, "Sign the engagement letter", "carol@acme.example", "2026-03-10"),
    ("Prepare", 3, "Draft the return", "vic@studio.example", "2026-03-20"),
    ("Prepare", 4, "Approve the draft", "carol@acme.example", "2026-03-23"),
]


def from_html(html: str, text: str | None = None) -> PlanDraft:
    return read_plan(PlanSource("plan: Tax", text, html), a_world())


@pytest.mark.parametrize("html", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_html_of_every_usual_program_is_read(html: str) -> None:
    draft = from_html(html)

    assert draft.problems == ()
    assert draft.client_name == "Acme Ltd"
    assert [
        (phase.title, todo.n, todo.title, todo.responsible, str(todo.due))
        for phase in draft.phases
        for todo in phase.todos
    ] == EXPECTED
    assert todos_of(draft)[0].details == ("All accounts, as PDF.",)
    assert [phase.milestone.title for phase in draft.phases if phase.milestone] == [
        "Records complete",
        "Return filed",
    ]


def test_html_helps_where_the_text_of_a_table_cannot_be_read() -> None:
    text = (
        "Client: Carol Jones <carol@acme.example>\n\nTo do\nWho\nWhen\n"
        "Sign it\nCarol\n6 March\n- and this\n"
    )
    html = """<p>Client: Carol Jones &lt;carol@acme.example&gt;</p><table><tr><th>To do</th>
    <th>Who</th><th>When</th></tr><tr><td>Sign it</td><td>Carol</td><td>6 March</td></tr></table>"""
    draft = from_html(html, text)

    assert draft.problems == ()
    assert [(todo.title, todo.responsible) for todo in todos_of(draft)] == [
        ("Sign it", "carol@acme.example")
    ]


def test_the_text_counts_where_both_are_fine() -> None:
    text = "Client: Carol <carol@acme.example>\n- Sign it @Carol\n"

    assert from_html("<p>Client: X</p><ul><li>Other @Carol</li></ul>", text) == read(
        text, subject="plan: Tax"
    )


def test_a_plan_that_was_forwarded_inside_a_quote_is_still_found() -> None:
    html = f'<div class="gmail_quote"><blockquote type="cite">{PREFORMATTED}</blockquote></div>'

    assert len(todos_of(from_html(html))) == 4


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000 + "Client: x",
        "<ul><li>" * 20_000,
        "<table><tr><td>" * 5_000 + "x",
        "<b>" * 50_000,
        "<!--" * 50_000,
        "<a href='mailto:" * 10_000,
        "<p style='" + "margin-left:1px;" * 20_000 + "'>- x @y</p>",
        "&nbsp;" * 100_000,
        "<pre>" + "\n" * 200_000,
        "\x00<li>\ud800</li>",
    ],
)
def test_hostile_html_is_read_without_harm(html: str) -> None:
    assert from_html(html).problems != ()
