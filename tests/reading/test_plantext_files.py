"""Plans in files: text, Markdown, CSV, XLSX; and files that are refused with a sentence."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from mailflow.domain.draft import PlanDraft
from mailflow.domain.plan import ToDoKind
from mailflow.reading.plantext import PlanSource, looks_like_plan, read_plan, source_of_file
from tests.reading.plan_builders import PEOPLE, a_world, problems_of, todos_of

HEAD = ["Phase", "To do", "Who", "When", "Details", "Kind"]
ROWS: list[list[object]] = [
    ["Gather", "Send the bank statements", "Carol", date(2026, 3, 6), "All accounts", "send"],
    ["Gather", "Sign the letter", "Carol, Vic", "10 March", "", ""],
    ["Gather", "Milestone: Records complete", "", date(2026, 3, 13), "", ""],
    ["Prepare", "Draft the return", "Vic", "5 working days after Records complete", "", "do"],
    ["Prepare", "Approve the draft", "carol@acme.example", "+3 days", "Twice; slowly", ""],
]
EXPECTED = [
    ("Send the bank statements", "carol@acme.example", ToDoKind.SEND, "2026-03-06"),
    ("Sign the letter", "carol@acme.example", ToDoKind.DO, "2026-03-10"),
    ("Draft the return", "vic@studio.example", ToDoKind.DO, "2026-03-20"),
    ("Approve the draft", "carol@acme.example", ToDoKind.APPROVE, "2026-03-23"),
]


def with_file(name: str, content: bytes, text: str = PEOPLE) -> PlanDraft:
    return read_plan(PlanSource("plan: Tax", text, None, ((name, "", content),)), a_world())


def what(draft: PlanDraft) -> list[tuple[str, str | None, ToDoKind, str]]:
    return [(t.title, t.responsible, t.kind, str(t.due)) for t in todos_of(draft)]


def a_csv(separator: str = ",", head: list[str] = HEAD, codec: str = "utf-8") -> bytes:
    page = io.StringIO()
    writer = csv.writer(page, delimiter=separator)
    writer.writerow(head)
    writer.writerows(ROWS)
    return page.getvalue().encode(codec)


def a_sheet(rows: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


@pytest.mark.parametrize("name", ["plan.txt", "plan.md", "PLAN.TXT"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_read_in_any_usual_encoding(name: str, codec: str) -> None:
    text = f"{PEOPLE}\n- Prüfe “das” @Carol by 6 March\n"
    draft = with_file(name, text.encode(codec), "see the file.")

    assert draft.problems == ()
    assert [todo.title for todo in todos_of(draft)] == ["Prüfe “das”"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_is_read_by_the_names_of_its_columns(separator: str, codec: str) -> None:
    draft = with_file("todos.csv", a_csv(separator, codec=codec))

    assert draft.problems == ()
    assert what(draft) == EXPECTED
    assert [phase.title for phase in draft.phases] == ["Gather", "Prepare"]
    assert todos_of(draft)[1].helpers == ("vic@studio.example",)
    assert todos_of(draft)[3].details == ("Twice; slowly",)
    assert draft.unnamed_files == ()


@pytest.mark.parametrize(
    "head",
    [
        ["Phase", "Aufgabe", "Wer", "Fällig am", "Bemerkungen", "Art"],
        ["Étape", "Tâche", "Responsable", "Échéance", "Remarques", "Type"],
        ["Fase", "Tarea", "Responsable", "Fecha límite", "Notas", "Tipo"],
        ["Fase", "Attività", "Chi", "Scadenza", "Note", "Tipo"],
        ["Fase", "Tarefa", "Quem", "Prazo", "Observações", "Tipo"],
        ["Fase", "Taak", "Wie", "Wanneer", "Opmerkingen", "Soort"],
        ["Etap", "Zadanie", "Kto", "Termin", "Uwagi", "Rodzaj"],
        ["Fas", "Uppgift", "Vem", "Senast", "Kommentarer", "Typ"],
        ["Section", "Task", "Owner", "Due date", "Notes", "Type"],
    ],
)
def test_columns_are_known_in_every_language(head: list[str]) -> None:
    draft = with_file("todos.csv", a_csv(head=head))

    assert draft.problems == ()
    assert what(draft) == EXPECTED


def test_a_sheet_is_read_with_its_dates() -> None:
    draft = with_file("todos.xlsx", a_sheet([list[object](HEAD), *ROWS]))

    assert draft.problems == ()
    assert what(draft) == EXPECTED


def test_a_sheet_may_hold_the_headers_too() -> None:
    rows: list[list[object]] = [
        ["Plan", "Tax return"],
        ["Client", "Carol Jones <carol@acme.example>", "Acme Ltd"],
        ["With", "Vic Ray <vic@studio.example>"],
        ["Start", datetime(2026, 3, 2)],  # noqa: DTZ001 - sheets know no zones
        [],
        list[object](HEAD),
        *ROWS,
    ]
    draft = read_plan(source_of_file("plan.xlsx", a_sheet(rows)), a_world())

    assert draft.problems == ()
    assert (draft.title, draft.client_name, draft.start) == (
        "Tax return",
        "Acme Ltd",
        date(2026, 3, 2),
    )
    assert what(draft) == EXPECTED


def test_the_line_of_a_problem_is_the_row_of_the_sheet() -> None:
    rows: list[list[object]] = [
        list[object](HEAD),
        *ROWS,
        ["Prepare", "Pay", "Zoe", "soon", "", ""],
    ]
    draft = with_file("todos.xlsx", a_sheet(rows))

    assert [problem.line for problem in draft.problems] == [7, 7]
    assert draft.problems[0].text == "Prepare | Pay | Zoe | soon"


def test_a_further_column_becomes_a_detail() -> None:
    content = b"To do,Who,Priority\nSign it,Carol,high\n"

    assert todos_of(with_file("a.csv", content))[0].details == ("Priority: high",)


def test_rows_without_column_names_tell_by_themselves_what_they_are() -> None:
    draft = with_file("a.csv", b"Sign it,Carol,6 March\nDraft it,Vic,+3 days\n")

    assert draft.problems == ()
    assert [(t.title, t.responsible, str(t.due)) for t in todos_of(draft)] == [
        ("Sign it", "carol@acme.example", "2026-03-06"),
        ("Draft it", "vic@studio.example", "2026-03-09"),
    ]


def test_a_formula_is_not_read_and_asked_about() -> None:
    rows: list[list[object]] = [list[object](HEAD), ["A", "Sign it", "Carol", "=TODAY()+3", "", ""]]
    draft = with_file("todos.xlsx", a_sheet(rows))

    assert [todo.title for todo in todos_of(draft)] == ["Sign it"]
    assert problems_of(draft) == [
        (2, "Cell D2 holds a formula, and formulas are not read. Write its value instead.")
    ]


def test_files_that_lines_name_are_matched_and_the_others_listed() -> None:
    files = (("Letter.PDF", "application/pdf", b"%PDF"), ("photo.jpg", "image/jpeg", b"x"))
    text = f"{PEOPLE}- Sign it @Carol [file: letter.pdf]\n- Look @Carol [file: letter]\n"
    draft = read_plan(PlanSource("plan: Tax", text, None, files), a_world())

    assert draft.problems == ()
    assert [todo.files for todo in todos_of(draft)] == [("Letter.PDF",), ("Letter.PDF",)]
    assert draft.unnamed_files == ("photo.jpg",)


def test_a_file_that_did_not_come_is_a_problem() -> None:
    text = f"{PEOPLE}- Sign it @Carol [file: letter.pdf]\n"
    draft = read_plan(PlanSource("plan: Tax", text, None, (("a.pdf", "", b"x"),)), a_world())

    assert problems_of(draft) == [
        (
            3,
            "The file “letter.pdf” did not come with the mail. Attach it, or correct the name. "  # noqa: ISC004 - one sentence
            "Attached: a.pdf.",
        )
    ]


def test_a_plan_in_the_body_comes_before_files() -> None:
    text = f"{PEOPLE}- Sign it @Carol\n"
    draft = with_file("todos.csv", a_csv(), text)

    assert [todo.title for todo in todos_of(draft)] == ["Sign it"]
    assert draft.unnamed_files == ("todos.csv",)


def test_a_mail_with_a_plan_in_a_file_looks_like_one() -> None:
    source = PlanSource("the garden", PEOPLE, None, (("todos.csv", "", a_csv()),))

    assert looks_like_plan(source)
    assert not looks_like_plan(PlanSource("hi", "see this", None, (("a.csv", "", b"a,b\n1,2\n"),)))


def a_zip(**parts: bytes) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return page.getvalue()


WIDE = b"<worksheet><sheetData>" + b"<row/>" * 2_000_000 + b"</sheetData></worksheet>"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
)
FAR = (
    b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    b"</sheetData></worksheet>"
)

BAD = {
    "five megabytes of text": ("a.txt", b"- do it @Carol\n" * 350_000),
    "a million lines of CSV": ("a.csv", b"a,b\n" * 1_000_000),
    "one long line": ("a.csv", b'"' + b"x" * 900_000),
    "binary rubbish": ("a.txt", bytes(range(256)) * 4_000),
    "binary rubbish as a sheet": ("a.xlsx", bytes(range(256)) * 4_000),
    "an empty sheet": ("a.xlsx", b""),
    "an empty archive": ("a.xlsx", a_zip()),
    "an archive of something else": ("a.xlsx", a_zip(readme_txt=b"hello")),
    "a bomb": ("a.xlsx", a_zip(xl__worksheets__sheet1_xml=WIDE)),
    "a bomb of zeros": ("a.xlsx", a_zip(xl__worksheets__sheet1_xml=b" " * 60_000_000)),
    "a thousand laughs": ("a.xlsx", a_zip(xl__worksheets__sheet1_xml=LAUGHS)),
    "half an archive": ("a.xlsx", a_sheet(ROWS)[:3000]),
    "a Word file": ("a.docx", b"PK\x03\x04"),
    "a sheet of another kind": ("a.ods", b"PK\x03\x04"),
}


@pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD.keys())
@pytest.mark.timeout(20)
def test_what_is_no_plan_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    draft = with_file(name, content)

    assert draft.problems
    assert all(problem.message.endswith((".", "?", "”.")) for problem in draft.problems)
    assert [person.name for person in draft.people] == ["Carol Jones", "Vic Ray"]


def test_a_cell_at_the_end_of_the_world_costs_nothing() -> None:
    draft = with_file("a.xlsx", a_zip(xl__worksheets__sheet1_xml=FAR))

    assert todos_of(draft) == []


def test_the_examples_are_files_too() -> None:
    folder = Path(__file__).parents[2] / "docs" / "plans"
    for path in sorted(folder.iterdir()):
        draft = read_plan(source_of_file(path.name, path.read_bytes()), a_world())
        assert (path.name, draft.title != "") == (path.name, True)
