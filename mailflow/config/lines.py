"""Where a setting stands in a TOML file, so that a problem can name its line."""

import re
from collections.abc import Sequence

_TABLE = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?")
_KEY = re.compile(r"^\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")


def line_of(text: str, place: Sequence[int | str]) -> int:
    """Return the line of a setting, counted from 1; of its table where the key is missing.

    Args:
        text: the file.
        place: names and indices from the top, such as `("mailbox", 0, "imap")`.

    Returns:
        0 where not even the table stands in the file.
    """
    names = [part for part in place if isinstance(part, str)]
    index = next((part for part in place if isinstance(part, int)), 0)
    if not names:
        return 0
    table, key = names[0], names[1] if len(names) > 1 else ""
    inside, seen, found = False, -1, 0
    for number, line in enumerate(text.splitlines(), start=1):
        if seen < 0 and not inside and (given := _KEY.match(line)) and given[1] == table:
            return number
        if header := _TABLE.match(line):
            if header[2] == f"{table}.{key}":
                return number
            same = header[2] == table
            seen += same
            inside = same and (header[1] == "[" or seen == index)
            found = number if inside and not found else found
        elif inside and (given := _KEY.match(line)) and given[1] == key:
            return number
    return found
