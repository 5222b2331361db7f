"""What holds for every text: no error, no chance, and no tick that nobody spoke of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.intent import Intent
from mailflow.reading.client import Asked, AskedItem, understand
from mailflow.reading.lexicon import LANGUAGES
from tests.reading.understanding.builders import SENT, asked, read_list

_PIECES = (
    *("done", "signed", "paid", "sent", "not", "almost", "will", "if", "when", "1", "2", "3"),
    *("all", "except", "the", "rest", "both", "ok", "yes", "no", "tomorrow", "Friday", "12.3."),
    *("80%", "attached", "fertig", "nicht", "fait", "pas", "hecho", "済み", "没有", "تم", "👍"),
    *("?", "!", ",", ".", ":", "-", "(", ")", ">", "\n"),
)
_WORDS = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join)
_TEXTS = st.one_of(st.text(max_size=400), _WORDS)
_JOINTS = ("", "", " ", ". ", ", ", "\n", "、", "，", "和", " and ", "?", "(", "1. ", "2", "①")
_LISTS = {
    "en": ("Sign the contract", "Pay the invoice of May", "Send the photos"),
    "de": ("Vertrag unterschreiben", "Rechnung vom Mai zahlen", "Fotos schicken"),
    "ar": ("توقيع العقد", "إرسال صور الحادث", "دفع الرسوم"),
    "ja": ("委任状の提出", "駐輪場シールの受取", "火災報知器点検の立会い日"),
    "zh": ("发产品图", "发价目表", "告知开业日期"),
}
_PARTS = ((0, None), (1, None), (2, None), (0, 2), (1, 3), (-1, None), (-2, None), (2, 5))
_NEWS = ("done", "sent today", "erledigt", "تم", "送りました", "都在附件里", "还没", "定在10月18号")
_TITLES = ("Sign the contract", "Pay the invoice", "Send the photos")


def _listed(text: str, files: tuple[str, ...] = ()) -> Asked:
    items = tuple(AskedItem(n, title) for n, title in enumerate(_TITLES, 1))
    return Asked(text=text, items=items, single=False, sent_at=SENT, attachments=files)


@settings(max_examples=150, deadline=None)
@given(text=_TEXTS, lang=st.sampled_from((*LANGUAGES, "xx", "")), name=st.text(max_size=30))
def test_no_text_raises(text: str, lang: str, name: str) -> None:
    for reading in understand(asked(text, lang=lang, files=(name,) if name else ())):
        assert 0.0 <= reading.confidence <= 1.0


@settings(max_examples=300, deadline=None)
@given(lang=st.sampled_from(tuple(_LISTS)), data=st.data())
def test_no_pieces_of_titles_raise(lang: str, data: st.DataObject) -> None:
    titles = _LISTS[lang]
    named = st.sampled_from(sorted({one[low:high] for one in titles for low, high in _PARTS}))
    others = st.sampled_from((*_NEWS, *_JOINTS))
    text = data.draw(st.lists(named | others, min_size=1, max_size=7).map("".join))

    assert set(read_list(text, *titles, lang=lang)) <= {1, 2, 3, None}


@settings(max_examples=100, deadline=None)
@given(text=_TEXTS)
def test_the_same_answer_is_read_the_same_twice(text: str) -> None:
    assert understand(_listed(text)) == understand(_listed(text))


@settings(max_examples=150, deadline=None)
@given(text=_WORDS)
def test_every_reading_of_a_list_is_of_one_of_its_to_dos(text: str) -> None:
    assert {one.n for one in understand(_listed(text))} <= {1, 2, 3, None}


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(st.sampled_from(("hello", "regards", "weather", "Tuesday", "cats")), max_size=9)
)
def test_a_list_that_nobody_speaks_of_is_never_ticked(words: list[str]) -> None:
    readings = understand(_listed(" ".join(words)))

    assert not any(one.intent is Intent.DONE and one.sure for one in readings)


@settings(max_examples=60, deadline=None)
@given(number=st.integers(1, 3))
def test_naming_one_number_never_ticks_another(number: int) -> None:
    readings = understand(_listed(f"{number} is done"))

    assert {one.n for one in readings if one.intent is Intent.DONE and one.sure} == {number}


@settings(max_examples=25, deadline=None)
@given(piece=st.sampled_from(_PIECES), times=st.integers(1_000, 20_000))
def test_a_text_without_end_is_read_to_a_bound(piece: str, times: int) -> None:
    long, longer = piece + " ", (piece + " ") * times

    assert len(understand(asked(longer))) <= len(understand(asked(long))) + 2
