"""Whatever people write, the page is drawn, and nothing in it takes effect."""

import sys
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.plan import Appointment, Milestone, Phase, Plan, PlanContext, ToDo
from mailflow.writing import page_fonts, page_text
from mailflow.writing.page_fonts import glyphs
from mailflow.writing.page_text import Cleaner, fitted, spoken, visual, wrapped
from mailflow.writing.planpage import draw_page, plan_page
from tests.writing.builders import (
    CAROL,
    arabic_plan,
    japanese_plan,
    look,
    people,
    small_plan,
    tax_plan,
)
from tests.writing.pages import everything_in, opened, text_of

HOSTILE = (
    "buy <b milk",
    '<img src="file:///etc/passwd"/>',
    '<a href="javascript:alert(1)">x</a>',
    "R&D &amp; &lt;br/&gt;",
    "<bob@example.com>",
    ") Tj ET (",
    "\\) \\( \\\\",
    "a\r\nb\x0bc\x1cd\x00e\u2028f",
    "\u202eright to left\u202c",
    "\ud800 lone \udfff",
    "😀 🎉👩‍👩‍👧‍👦 1️⃣ ❤️ 🇩🇪",
    "Żółć Ωμέγα Ёж שלום مرحبا 日本語 한국어 ไทย हिन्दी",
    "e\u0301" * 40 + "\u0301" * 200,
    "\U000e0041\U0001f3fb\ufe0f\u200d\u200b\ufeff",
    "",
    " \t\n ",
    "w" * 400,
    "𝒳" * 300,
)


def plan_of(text: str) -> Plan:
    todo = ToDo(
        1,
        text,
        CAROL,
        helpers=(CAROL,),
        details=(text,),
        appointment=Appointment(time(9), time(10), text),
    )
    return replace(
        small_plan(),
        code=text,
        title=text,
        client_name=text,
        context=PlanContext(text, text, text, text, text, (text, text)),
        phases=(Phase(1, text, (todo,), Milestone(text)), Phase(2, text, ())),
    )


texts = st.text(max_size=200) | st.sampled_from(HOSTILE)


@settings(deadline=None, max_examples=80)
@given(texts, st.sampled_from(["en", "ar", "he", "ja", "de"]))
def test_any_text_is_drawn_in_any_place(text: str, language: str) -> None:
    drawn = draw_page(
        plan_of(text),
        people(dana=text, carol=text),
        look(language, provider_name=text, changed=(1,)),
    )
    assert drawn.pdf.startswith(b"%PDF")
    assert (
        drawn.pdf
        == draw_page(
            plan_of(text),
            people(dana=text, carol=text),
            look(language, provider_name=text, changed=(1,)),
        ).pdf
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_write_becomes_a_link_or_an_action(text: str) -> None:
    reader = opened(plan_of(text), look(changed=(1,)), people(dana=text, carol=text))
    assert not any("/Annots" in page for page in reader.pages)
    assert not {"/OpenAction", "/AA", "/AcroForm"} & reader.root_object.keys()
    assert everything_in(reader)


@pytest.mark.parametrize("text", ["buy <b milk", "R&D &amp; &lt;", ") Tj ET (", "<i>x</i>", "\\)"])
def test_what_looks_like_markup_is_shown_as_it_was_typed(text: str) -> None:
    assert text in text_of(plan_of(text))


def test_emoji_vanish_without_a_trace() -> None:
    clean = Cleaner()
    assert clean.line("Send it 🎉 now ❤️", 80) == "Send it now"
    assert clean.line("👩‍👩‍👧 Family", 80) == "Family"
    assert clean.line("Step 1️⃣ of 2️⃣", 80) == "Step 1 of 2"
    assert clean.line("☎ 030 12 ✓", 80) == "☎ 030 12 ✓"
    assert clean.missing == set()


def test_a_title_of_emoji_alone_is_shown_by_its_reference() -> None:
    plan = replace(small_plan(), phases=(Phase(1, "", (ToDo(1, "🎉🎉", CAROL),)),))
    assert "LET-1 Carol Jones" in text_of(plan)


def test_controls_and_direction_marks_never_come_through() -> None:
    assert Cleaner().line("a\x00b\x0bc\u202ed\u2066e\u200bf\ud800g\ue000h", 80) == "a b cdefgh"


def test_a_character_that_no_font_has_is_replaced_and_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_fonts, "_SYSTEM_FOLDERS", ())
    page_fonts._system.cache_clear()
    glyphs.cache_clear()
    try:
        plan = replace(small_plan(), title="Plan ᚠᛇ𒀀 x")
        drawn = draw_page(plan, people(), look())
        assert "𒀀" in drawn.missing
        assert "Plan " in text_of(plan)
        assert "? x" in text_of(plan)
    finally:
        page_fonts._system.cache_clear()
        glyphs.cache_clear()


def test_a_page_in_usual_scripts_misses_nothing() -> None:
    for plan, language in ((tax_plan(), "pl"), (arabic_plan(), "ar"), (japanese_plan(), "ja")):
        drawn = draw_page(plan, people("Νίκος", "Ольга", "עדי", "김민수"), look(language))
        assert drawn.missing == frozenset()
        assert drawn.shortened == 0


def test_a_title_of_200_characters_is_shown_whole() -> None:
    title = " ".join(["wordy"] * 33) + " end"
    plan = replace(small_plan(), title=title, phases=(Phase(1, title, (ToDo(1, title, CAROL),)),))
    text = text_of(plan).replace("\n", " ")
    assert text.count(title) == 3
    assert draw_page(plan, people(), look()).shortened == 0


def test_what_is_far_too_long_is_cut_and_counted() -> None:
    plan = replace(tax_plan(), context=PlanContext(goal="word " * 20_000))
    drawn = draw_page(plan, people(), look())
    assert drawn.shortened == 1
    assert "…" in text_of(plan)


def test_arabic_is_joined_on_the_page_and_plain_for_programs() -> None:
    shaped = Cleaner().line("مرحبا", 80)
    assert shaped != "مرحبا"
    assert spoken(shaped) == "مرحبا"
    reader = opened(arabic_plan(), look("ar", "AE"))
    assert "إرسال كشوف الحساب البنكي" in reader.pages[0].extract_text()
    assert "جمع المستندات" in everything_in(reader)


def test_brackets_face_each_other_in_both_directions() -> None:
    assert visual("א (ב)", rtl=True) == "(ב) א"
    assert visual("Vic (ב)", rtl=False) == "Vic (ב)"


def test_the_direction_of_a_line_is_that_of_its_first_letter() -> None:
    assert visual("א 1.", rtl=False) == ".1 א"
    assert visual("Send א.", rtl=True) == "Send א."
    assert visual("12.", rtl=True) == "12."


def test_without_the_script_packages_text_is_drawn_as_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "bidi.algorithm", None)
    page_text._script_tools.cache_clear()
    visual.cache_clear()
    try:
        assert Cleaner().line("مرحبا", 80) == "مرحبا"
        assert visual("אב", rtl=True) == "אב"
        assert plan_page(arabic_plan(), people(), look("ar")).startswith(b"%PDF")
    finally:
        page_text._script_tools.cache_clear()
        visual.cache_clear()


def test_a_right_to_left_page_is_mirrored() -> None:
    def places(language: str) -> dict[str, float]:
        found: dict[str, float] = {}
        page = opened(small_plan(), look(language)).pages[0]

        def visit(
            text: str, _cm: object, matrix: list[float], _font: object, _size: object
        ) -> None:
            if text.strip():
                found.setdefault(text.strip(), float(matrix[4]))

        page.extract_text(visitor_text=visit)
        return found

    english, arabic = places("en"), places("ar")
    assert english["Send the signed engagement letter"] < english["Carol Jones"]
    assert arabic["Send the signed engagement letter"] > arabic["Carol Jones"]


words = st.text(alphabet="ab c-/日本。、ج", max_size=120)


@settings(deadline=None, max_examples=200)
@given(words, st.floats(3.0, 30.0), st.booleans())
def test_lines_fit_and_lose_nothing(text: str, width: float, bold: bool) -> None:
    line = Cleaner().line(text, 500)
    lines = wrapped(line, width, bold=bold)
    assert lines
    assert "".join(lines).replace(" ", "") == line.replace(" ", "")
    measure = glyphs(bold=bold).measure
    assert all(measure(each) <= width + 1e-6 for each in lines)
    assert all(each == each.strip() for each in lines)


@settings(deadline=None, max_examples=100)
@given(words, st.floats(3.0, 20.0), st.integers(1, 4))
def test_too_many_lines_end_with_an_ellipsis(text: str, width: float, most: int) -> None:
    line = Cleaner().line(text, 500)
    every, few = wrapped(line, width), wrapped(line, width, most=most)
    assert len(few) <= most
    if len(every) <= most:
        assert few == every
    else:
        assert few[-1].endswith("…")
        assert few[:-1] == every[: most - 1]


def test_a_long_word_is_broken_after_a_hyphen_if_one_is_near() -> None:
    assert wrapped("Leasing-Darlehensvertrag", 7.0)[0] == "Leasing-"


def test_no_line_begins_with_a_closing_mark() -> None:
    lines = wrapped("延滞税を発生させない。延滞税を発生させない。", 11.0)
    assert not any(line.startswith("。") for line in lines)


def test_what_does_not_fit_is_shortened() -> None:
    assert fitted("Send the statements", 5.0).endswith("…")
    assert fitted("Send", 5.0) == "Send"
