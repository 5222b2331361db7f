"""Names that nobody can look up are no fault of anybody."""

import pytest

from mailflow.transport.dns_text import find_text


@pytest.mark.parametrize("name", ["..", "a" * 300, "ü" * 70 + ".test", "\udcff.test"])
def test_a_name_that_is_none_has_no_text_and_raises_nothing(name: str) -> None:
    assert find_text(name) is None
