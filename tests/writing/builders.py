"""Sample plans for pages and calendars: small, usual, full, long, and in several languages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mailflow.domain.ids import ClientId, PersonId, PlanId
from mailflow.domain.people import People, Person, Role
from mailflow.domain.plan import (
    Appointment,
    Milestone,
    Phase,
    PhaseState,
    Plan,
    PlanContext,
    PlanState,
    Promise,
    Stakeholder,
    ToDo,
    ToDoKind,
    ToDoState,
)
from mailflow.writing.planpage import PageLook

NOW = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
DANA, CAROL, VIC, OLGA = PersonId(1), PersonId(2), PersonId(3), PersonId(4)


def people(
    dana: str = "Dana Reed",
    carol: str = "Carol Jones",
    vic: str = "Vic Ray",
    olga: str = "Olga Brandt",
) -> People:
    return People.of(
        (
            Person(DANA, dana, ("dana@studio.example",), Role.PROVIDER),
            Person(CAROL, carol, ("carol@acme.example",), Role.CLIENT),
            Person(VIC, vic, ("vic@studio.example",), Role.TEAM),
            Person(OLGA, olga, ("olga@bank.example",), Role.OBSERVER),
        )
    )


STAKEHOLDERS = (
    Stakeholder(DANA, Role.PROVIDER),
    Stakeholder(CAROL, Role.CLIENT),
    Stakeholder(VIC, Role.TEAM),
    Stakeholder(OLGA, Role.OBSERVER),
)


def look(language: str = "en", country: str = "GB", **changes: object) -> PageLook:
    made = PageLook(
        language=language,
        timezone="Europe/London",
        country=country,
        made_at=NOW,
        reader_inside=True,
        provider_name="Reed Advisory",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # any field may be named


def small_plan() -> Plan:
    """Return a plan of one To Do and nothing else."""
    todo = ToDo(1, "Send the signed engagement letter", CAROL, state=ToDoState.OPEN)
    return Plan(
        id=PlanId(1),
        code="LET",
        title="Engagement letter",
        state=PlanState.RUNNING,
        client=ClientId(1),
        client_name="Acme Ltd",
        people=STAKEHOLDERS[:2],
        phases=(Phase(1, "", (todo,), state=PhaseState.OPEN),),
    )


def tax_plan() -> Plan:
    """Return a usual plan in the middle of its work: three phases, most states."""
    gather = (
        ToDo(
            1,
            "Send the bank statements",
            CAROL,
            kind=ToDoKind.SEND,
            state=ToDoState.DONE,
            due=date(2026, 3, 6),
            changed_at=datetime(2026, 3, 5, 14, 0, tzinfo=UTC),
            review=True,
        ),
        ToDo(
            2,
            "Sign the engagement letter",
            CAROL,
            state=ToDoState.PROMISED,
            helpers=(VIC,),
            due=date(2026, 3, 10),
            promised=Promise(date(2026, 3, 12), date(2026, 3, 12)),
        ),
        ToDo(3, "List all loans and leases", CAROL, state=ToDoState.PARTLY, due=date(2026, 3, 5)),
        ToDo(
            4,
            "Kick-off meeting",
            DANA,
            kind=ToDoKind.ATTEND,
            state=ToDoState.CONFIRMED,
            helpers=(CAROL, VIC),
            due=date(2026, 3, 11),
            appointment=Appointment(time(14), time(15), "Room 2"),
        ),
    )
    prepare = (
        ToDo(5, "Draft the return", VIC, due=date(2026, 3, 20), helpers=(DANA,)),
        ToDo(6, "Check the draft against last year", DANA, internal=True, due=date(2026, 3, 23)),
        ToDo(7, "Approve the draft", CAROL, kind=ToDoKind.APPROVE, due=date(2026, 3, 25)),
    )
    file = (ToDo(8, "File the return with the tax office", VIC, due=date(2026, 3, 31), fixed=True),)
    return Plan(
        id=PlanId(2),
        code="TAX",
        title="2026 tax return",
        state=PlanState.RUNNING,
        client=ClientId(1),
        client_name="Acme Ltd",
        people=STAKEHOLDERS,
        context=PlanContext(
            goal="Return filed by 31 March, no penalty",
            objectives="All deductions of 2025 claimed; the file ready for an audit",
            assumptions="Figures as in last year",
            risks="Missing bank statements",
            resources="Access to the accounting system, last year’s file",
            internal=("Invoice of last year is still open",),
        ),
        phases=(
            Phase(1, "Gather", gather, Milestone("Records complete", date(2026, 3, 13))),
            Phase(2, "Prepare", prepare, Milestone("Return approved", date(2026, 3, 25))),
            Phase(3, "File", file, Milestone("Return filed")),
        ),
        start=date(2026, 3, 2),
        end=date(2026, 3, 31),
        agreed_by=CAROL,
        agreed_at=datetime(2026, 3, 3, 10, 0, tzinfo=UTC),
    )


STEPS = (
    "Send the bank statements for all accounts",
    "Sign the engagement letter",
    "List all loans, leases and guarantees",
    "Confirm the address of the registered office",
    "Upload the payroll summary",
    "Draft the return",
    "Approve the draft",
    "Check the depreciation schedule",
    "Call about the open invoices",
    "Agree the date of the closing meeting",
)
STATES = tuple(ToDoState)


def long_plan(count: int, steps: Sequence[str] = STEPS, phases: int = 4) -> Plan:
    """Return a plan with so many To Dos, in all states, spread over phases."""
    todos = [
        ToDo(
            n,
            f"{steps[n % len(steps)]}",
            (CAROL, VIC, DANA)[n % 3],
            state=STATES[n % len(STATES)],
            helpers=(VIC,) if n % 4 == 0 else (),
            due=date(2026, 3, 2) + timedelta(days=n),
            promised=Promise(date(2026, 3, 20), date(2026, 3, 20)) if n % 10 == 3 else None,
        )
        for n in range(1, count + 1)
    ]
    size = -(-count // phases)
    parts = [todos[at : at + size] for at in range(0, count, size)]
    names = ("Gather", "Prepare", "Review", "Close")
    return replace(
        tax_plan(),
        title="Annual accounts and tax return",
        phases=tuple(
            Phase(
                number,
                names[(number - 1) % 4],
                tuple(part),
                Milestone(
                    f"{names[(number - 1) % 4]} complete",
                    part[-1].due,
                    date(2026, 3, 8) if number == 1 else None,
                ),
            )
            for number, part in enumerate(parts, start=1)
        ),
    )


def german_plan() -> Plan:
    """Return a plan in German, with long words."""
    plan = tax_plan()
    titles = (
        "Kontoauszüge des Geschäftskontos senden",
        "Auftragsbestätigung unterschreiben",
        "Verzeichnis aller Leasing- und Darlehensverträge erstellen",
        "Auftaktbesprechung",
        "Steuererklärung vorbereiten",
        "Entwurf mit dem Vorjahr vergleichen",
        "Umsatzsteuervoranmeldungsdauerfristverlängerungsantrag freigeben",
        "Erklärung elektronisch an das Finanzamt übermitteln",
    )
    return replace(
        _retitled(plan, titles, ("Sammeln", "Vorbereiten", "Abgeben")),
        code="STEUER",
        title="Steuererklärung 2026",
        client_name="Müller & Söhne GmbH",
        language="de",
        context=PlanContext(
            goal="Erklärung bis 31. März abgegeben, keine Verspätungszuschläge",
            assumptions="Zahlen wie im Vorjahr",
            risks="Fehlende Kontoauszüge; Zuständigkeit des Finanzamts ungeklärt",
        ),
    )


def arabic_plan() -> Plan:
    """Return a plan in Arabic, with Latin names and figures in it."""
    titles = (
        "إرسال كشوف الحساب البنكي",
        "توقيع خطاب التكليف",
        "إعداد قائمة بجميع القروض وعقود الإيجار",
        "اجتماع الانطلاق",
        "إعداد الإقرار الضريبي",
        "مراجعة المسودة مع Excel 2026",
        "الموافقة على المسودة",
        "تقديم الإقرار إلى مصلحة الضرائب (VAT 201)",
    )
    return replace(
        _retitled(tax_plan(), titles, ("جمع المستندات", "الإعداد", "التقديم")),
        code="TAX",
        title="الإقرار الضريبي لعام 2026",
        client_name="شركة النور للتجارة",
        language="ar",
        context=PlanContext(
            goal="تقديم الإقرار قبل 31 مارس دون غرامات",
            assumptions="الأرقام كما في العام الماضي",
            risks="كشوف حساب ناقصة",
        ),
    )


def hebrew_plan() -> Plan:
    """The tax plan as a Hebrew office would write it."""
    plan = _retitled(
        tax_plan(),
        (
            "לשלוח את דפי הבנק (12 חודשים)",
            "לחתום על מכתב ההתקשרות",
            "לענות על 3 שאלות, עד 5 במרץ",
            "פגישת פתיחה",
            "להכין את הדוח",
            "לבדוק את הטיוטה מול Excel 2025",
            "לאשר את הטיוטה",
            "להגיש את הדוח",
        ),
        ("מסמכים", "הכנה", "הגשה"),
    )
    return replace(plan, title="דוח מס 2026", client_name="אקמה בע״מ", language="he")


def wordy_plan() -> Plan:
    """Twelve steps with titles of two hundred characters, and with words that never end."""
    sentence = (
        "Please send all of the bank statements of every account that was open in the year, from "
        "January to December, as one PDF each, with the closing balance marked, and tell us which "
        "of them is new to us"
    )
    word = (
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
        "svorsitzendenstellvertretersekretärinnenausbildungsordnung"
    )
    titles = (sentence, word, f"https://example.com/{'a' * 150}", "Short") * 3
    plan = _retitled(long_plan(12), titles, ("Gather", "Prepare", "Review", "Close"))
    return replace(plan, title=sentence, client_name=word)


def japanese_plan() -> Plan:
    """Return a plan in Japanese."""
    titles = (
        "銀行口座の取引明細をお送りください",
        "業務委託契約書に署名",
        "借入金とリース契約の一覧を作成する",
        "キックオフ会議",
        "申告書の下書きを作成",
        "昨年度との比較確認",
        "下書きの承認",
        "税務署へ申告書を提出(e-Tax)",
    )
    return replace(
        _retitled(tax_plan(), titles, ("資料の収集", "作成", "提出")),
        title="2026年度 確定申告",
        client_name="株式会社山田商店",
        language="ja",
        context=PlanContext(
            goal="3月31日までに申告を完了し、延滞税を発生させない。",
            assumptions="数値は昨年度と同程度",
            risks="取引明細の不足。金融機関からの書類到着が遅れる可能性があるため、早めのご準備をお願いします。",
        ),
    )


def _retitled(plan: Plan, titles: Sequence[str], phases: Sequence[str]) -> Plan:
    named = iter(titles)
    return replace(
        plan,
        phases=tuple(
            replace(
                phase,
                title=title,
                todos=tuple(replace(todo, title=next(named)) for todo in phase.todos),
                milestone=phase.milestone and replace(phase.milestone, title=f"{title}: OK"),
            )
            for phase, title in zip(plan.phases, phases, strict=True)
        ),
    )
