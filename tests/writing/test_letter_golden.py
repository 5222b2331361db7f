import os

from tests.writing.golden import FOLDER, letter, names, rewrite, wanted


def test_every_letter_is_as_it_was_last_read() -> None:
    if os.environ.get("MAILFLOW_GOLDEN") == "write":  # noqa: TID251 - how `make golden` asks
        rewrite()
    files = wanted()
    kept = {file: (FOLDER / file).read_text(encoding="utf-8") for file in sorted(files)}

    assert kept == files


def test_no_golden_letter_is_left_over() -> None:
    ours = set(wanted())
    stems = {name.partition(".")[0] for name in ours}
    kept = {f.name for f in FOLDER.iterdir() if f.name.partition(".")[0] in stems}

    assert kept == ours


def test_the_letters_break_nothing_that_mail_forbids() -> None:
    lines = [line for name in names() for line in letter(name, "de").text.split("\n")]

    assert max(len(line) for line in lines) <= 76
    assert not any(line != line.rstrip() for line in lines)
