"""Lexicons that were kept from an earlier start read as those made of their files."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from mailflow.domain.intent import Reading
from mailflow.reading.client import Asked, AskedItem, understand
from mailflow.reading.dates import read_dates
from mailflow.reading.lexicon import COMMON, LANGUAGES, keep_on, lexicon, raw_lexicon

TODAY = date(2026, 3, 4)
ANSWERS = {
    "ar": "تم الإرسال، والباقي غدا",
    "de": "Habe ich gestern abgeschickt, den Rest bis Ende nächster Woche",
    "en": "I've already sent the first one, the rest by Friday",
    "es": "Ya lo envié, lo demás el viernes",
    "fr": "C'est fait, j'ai envoyé le dossier; le reste d'ici vendredi",
    "it": "Fatto, il resto entro venerdì",
    "ja": "送付しました。残りは来週になります",
    "nl": "Is verstuurd, de rest komt vrijdag",
    "pl": "Wysłałam wczoraj, reszta do piątku",
    "pt": "Já enviei, o resto até sexta-feira",
    "sv": "Skickade det i går, resten på fredag",
    "zh": "已经发了，其余的下周五给您",
}


class Drawer:
    """A shelf in memory that remembers what was asked of it."""

    def __init__(self) -> None:
        self.contents: dict[str, tuple[bytes, bytes]] = {}
        self.made: list[str] = []

    def kept(self, name: str, mark: bytes, make: Callable[[], bytes]) -> bytes:
        if name not in self.contents or self.contents[name][0] != mark:
            self.contents[name] = mark, make()
            self.made.append(name)
        return self.contents[name][1]


class Nothing:
    """A shelf on which nothing can be kept."""

    def kept(self, name: str, mark: bytes, make: Callable[[], bytes]) -> None:
        return None


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    yield Drawer()
    keep_on(None)


@pytest.fixture(scope="module")
def full_drawer() -> Iterator[Drawer]:
    yield Drawer()
    keep_on(None)


def _readings(lang: str) -> tuple[Reading, ...]:
    items = (AskedItem(1, "Send the bank statements"), AskedItem(2, "Sign the engagement letter"))
    sent_at = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    return understand(Asked(ANSWERS[lang], items, single=False, sent_at=sent_at, language=lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_means_the_same_fresh_and_kept(lang: str, full_drawer: Drawer) -> None:
    keep_on(None)
    made = _readings(lang), read_dates(ANSWERS[lang], lang, TODAY), raw_lexicon(lang)

    for _ in ("to be made", "to be read back"):
        keep_on(full_drawer)
        assert (
            _readings(lang),
            read_dates(ANSWERS[lang], lang, TODAY),
            raw_lexicon(lang),
        ) == made
    assert full_drawer.made.count(f"{lang}-lexicon") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_kept_lexicon_knows_the_same_words(lang: str, full_drawer: Drawer) -> None:
    keep_on(None)
    made = lexicon(lang)
    keep_on(full_drawer)
    kept = lexicon(lang)

    assert kept.marks.vocabulary == made.marks.vocabulary
    assert kept.dates.vocabulary == made.dates.vocabulary
    assert kept.kinds.vocabulary == made.kinds.vocabulary
    assert kept.pointers.vocabulary == made.pointers.vocabulary
    assert kept.words == made.words
    assert kept.style == made.style
    words = sorted(made.marks.vocabulary)
    assert [kept.classes.of(word) for word in words] == [made.classes.of(word) for word in words]
    assert kept.marks.settle() == made.marks.settle()


def test_one_language_is_not_paid_for_by_another(drawer: Drawer) -> None:
    keep_on(drawer)

    lexicon("nl")

    assert drawer.made == ["nl-sections", "common-sections", "nl-lexicon"]


def test_what_was_made_from_other_sources_is_made_again(drawer: Drawer) -> None:
    keep_on(drawer)
    lexicon("sv")
    _, content = drawer.contents["sv-lexicon"]
    drawer.contents["sv-lexicon"] = b"other sources", content

    keep_on(drawer)
    lexicon("sv")

    assert drawer.made.count("sv-lexicon") == 2


def test_a_language_file_tells_its_state_from_every_other_one(drawer: Drawer) -> None:
    keep_on(drawer)
    for name in (COMMON, *LANGUAGES):
        raw_lexicon(name)

    assert len({mark for mark, _ in drawer.contents.values()}) == len(LANGUAGES) + 1


def test_a_book_that_was_read_back_takes_no_more_patterns(drawer: Drawer) -> None:
    keep_on(drawer)

    with pytest.raises(ValueError, match="takes no more patterns: one more"):
        lexicon("it").marks.add("done", "one more")


def test_without_a_place_to_keep_anything_all_is_read_as_ever(drawer: Drawer) -> None:
    keep_on(None)
    made = _readings("fr")

    keep_on(Nothing())

    assert _readings("fr") == made
