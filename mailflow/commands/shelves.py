"""Where the program keeps what it made of the language files, so that it starts at once."""

import os
import sys
import zlib
from pathlib import Path

from mailflow.reading.lexicon import keep_on
from mailflow.store.shelf import FolderShelf, cache_folder


def keep_lexicons() -> None:
    """Keep the lexicons in the user's cache folder, if there is one; a start only gets faster.

    Each installation has a folder of its own there, so that two of them do not write over each
    other's all the time.
    """
    place = os.environ  # noqa: TID251 - where caches belong is the platform's word, no setting
    folder = cache_folder(place)
    if folder is not None:
        installed = f"{Path(__file__).parent} {sys.implementation.cache_tag}"
        keep_on(FolderShelf(folder / f"lexicons-{zlib.crc32(installed.encode()):08x}"))
