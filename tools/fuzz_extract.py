"""Look for mails on which reading or extraction fails, guided by what code each mail reaches.

Needs atheris, which is no dependency of the project (`pip install atheris`); without it one
line says so. A mail that fails is written to the current folder as `crash-…`.

Usage: python tools/fuzz_extract.py [--seconds 60]
"""

import argparse
import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "corpus" / "extract"
LETTER = (
    "Hello Carol,\n\n1. Send the receipts\n   by Friday\n2. Sign the form\n   by Tuesday\n\nDana\n"
)
ITEMS = ((1, "1. Send the receipts"), (2, "2. Sign the form"))
LONGEST = 20_000
SLOWEST_SECONDS = 5


def main() -> int:
    """Run the fuzzer for a while."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=int, default=60)
    chosen = options.parse_args()
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        print("atheris is not installed: extraction was not fuzzed (pip install atheris)")
        return 0
    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["mailflow.mail"]):
        parse = importlib.import_module("mailflow.mail.parse")
        reply = importlib.import_module("mailflow.mail.reply")
    unreadable = importlib.import_module("mailflow.errors").UnreadableMail
    sent = reply.SentMail(LETTER, ITEMS)

    def read(raw: bytes) -> None:
        try:
            message = parse.parse_message(raw)
        except unreadable:
            return
        for parent in (None, sent):
            answer = reply.visible_answer(message.text, message.html, parent)
            answer.text.encode("utf-8")

    with tempfile.TemporaryDirectory() as found:
        atheris.Setup(
            [
                sys.argv[0],
                *(f"-max_total_time={chosen.seconds}", f"-max_len={LONGEST}"),
                *(f"-timeout={SLOWEST_SECONDS}", "-print_final_stats=1", found, str(CORPUS)),
            ],
            read,
        )
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
