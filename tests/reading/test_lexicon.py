"""The language files, as they were written."""

import pytest

from mailflow.reading.lexicon import LANGUAGES, lexicon


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_pattern_can_be_taken_apart(code: str) -> None:
    book = lexicon(code)

    assert book.marks.settle() > book.dates.settle() > 0
    assert min(book.kinds.settle(), book.pointers.settle()) > 0
