"""Wrong settings: every problem at once, with its line, its field, and what would be right."""

from pathlib import Path

import pytest

from mailflow.bootstrap import sole_worker
from mailflow.config import read_config
from mailflow.config.settings import ModeConfig
from mailflow.domain.intent import Intent
from mailflow.errors import ConfigError, ConfigProblem
from mailflow.reading.understanding.decided.reader import SURE

GOOD = """\
[provider]
name = "Dana Reed"
addresses = ["dana@studio.example"]

[[mailbox]]
address = "bot@studio.example"
imap = "imaps://imap.studio.example:993"
password = "x"

[sending]
smtp = "smtps://smtp.studio.example:465"
user = "bot@studio.example"
"""


def problems(folder: Path, text: str | bytes, *, with_secrets: bool = False) -> list[str]:
    """Return what is told of these settings, as `line field message`."""
    path = folder / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as told:
        read_config(path, with_secrets=with_secrets)
    return [_line(problem) for problem in told.value.problems]


def _line(problem: ConfigProblem) -> str:
    return f"{problem.line} {problem.field} {problem.message}".replace("  ", " ")


def test_good_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(GOOD + '[state]\nfolder = "here"\n')
    settings = read_config(path)

    assert settings.state.folder == tmp_path / "here"
    assert not settings.mode.live


def test_every_problem_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = (
        GOOD.replace('"Dana Reed"', '""')
        .replace('["dana@studio.example"]', '["dana", 7]')
        .replace("imaps://imap.studio.example:993", "http://imap")
        .replace('user = "bot', 'per_minut = 5\nper_minute = -3\nuser = "bot')
    ) + '[mode]\nlive = "maybe"\n'

    assert problems(tmp_path, text) == [
        '2 provider.name must not be empty, not ""',
        '3 provider.addresses[0] must be a plain address such as dana@studio.example, not "dana"',
        "3 provider.addresses[1] must be text in quotes, not 7",
        '7 mailbox[0].imap must be like imaps://host:993, not "http://imap"',
        "12 sending.per_minut is not a setting; did you mean per_minute?",
        "13 sending.per_minute must be 0 or more, not -3",
        '16 mode.live must be true or false, without quotes, not "maybe"',
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"Dana Reed"', "Dana", "2 is not TOML: Invalid value (at line 2, column 8)"),
        ("[[mailbox]]", "[mailbox]", "5 mailbox must be written [[mailbox]], with two brackets"),
        ("[provider]", "[provider.extra]\nx = 1\n[provider]", "1 provider.extra is not a setting"),
        ("[sending]", "[sending]\n[sendign]\n[sending.x]", "10 sending.smtp is missing."),
        (
            'name = "Dana Reed"',
            'name = "D"\ntimezone = "Berlin"',
            '3 provider.timezone must be an IANA time zone such as Europe/Berlin, not "Berlin"',
        ),
        (
            'name = "Dana Reed"',
            'name = "D"\nlanguage = "english"',
            '3 provider.language must be two small letters such as en or de, not "english"',
        ),
        (
            'password = "x"',
            'tag = "#"',
            "8 mailbox[0].tag must be '+', '-' or '', not \"#\"",
        ),
        (
            'password = "x"',
            'trust = "mx one two"',
            "8 mailbox[0].trust must be one server's name",
        ),
        (
            'password = "x"',
            'password = "x"\npassword_env = "P"',
            "5 mailbox[0] name only one of password, password_file and password_env",
        ),
        (
            "addresses",
            "adresses",
            "3 provider.adresses is not a setting; did you mean addresses?",
        ),
    ],
)
def test_a_problem_names_its_line_and_what_would_be_right(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    found = problems(tmp_path, GOOD.replace(before, after, 1))

    assert any(line.startswith(told) for line in found), found


def test_an_empty_file_lacks_three_sections(tmp_path: Path) -> None:
    assert [line.split()[1] for line in problems(tmp_path, "")] == [
        "provider",
        "mailbox",
        "sending",
    ]


def test_wrong_kinds_of_sections_are_told(tmp_path: Path) -> None:
    found = problems(tmp_path, 'provider = 5\nmailbox = "x"\nsending = []\nstate = {folder = 3}\n')

    assert [line.split()[:2] for line in found] == [
        ["1", "provider"],
        ["2", "mailbox"],
        ["3", "sending"],
        ["4", "state.folder"],
    ]


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    [told] = problems(tmp_path, GOOD.replace("Dana", "Dän").encode("latin-1"))

    assert told == "2 holds a letter that is not UTF-8; save the file as UTF-8"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.toml", tmp_path):
        with pytest.raises(ConfigError) as told:
            read_config(path)
        assert told.value.problems[0].message.startswith("cannot be read: ")


def test_every_password_that_is_missing_is_told(tmp_path: Path) -> None:
    text = GOOD.replace('password = "x"', 'password_env = "MAILFLOW_TEST_NOWHERE"')
    text += 'password_file = "/nowhere/at/all"\n'
    path = tmp_path / "config.toml"
    path.write_text(text)
    assert read_config(path).mailbox[0].password_env == "MAILFLOW_TEST_NOWHERE"

    assert problems(tmp_path, text, with_secrets=True) == [
        "8 mailbox[0].password_env the environment has no variable MAILFLOW_TEST_NOWHERE",
        (
            "13 sending.password_file the file /nowhere/at/all cannot be read: "
            "No such file or directory"
        ),
    ]


def test_two_mailboxes_with_one_address_are_told(tmp_path: Path) -> None:
    again = GOOD[GOOD.index("[[mailbox]]") : GOOD.index("[sending]")]
    [told] = problems(tmp_path, GOOD + again)

    assert "two [[mailbox]] have the same address" in told


def test_a_state_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(ConfigError) as told, sole_worker(tmp_path / "state"):
        pass

    assert told.value.problems[0].message.startswith("must be a folder that can be written to")


@pytest.mark.parametrize(
    ("trust", "server", "signatures"),
    [
        ("", "", False),
        ("none", "", False),
        ("mx.google.com", "mx.google.com", False),
        ("!topmost", "!topmost", False),
        ("*.example.net dkim", "*.example.net", True),
        ("dkim", "", True),
    ],
)
def test_who_vouches_is_a_server_or_signatures_or_both(
    tmp_path: Path, trust: str, server: str, signatures: bool
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(GOOD.replace('password = "x"', f'password = "x"\ntrust = "{trust}"'))
    [mailbox] = read_config(path).mailbox

    assert (mailbox.trusted_server, mailbox.checks_signatures) == (server, signatures)


def test_the_bar_for_a_tick_stands_where_it_was_measured() -> None:
    assert ModeConfig().done_from == SURE[Intent.DONE]
