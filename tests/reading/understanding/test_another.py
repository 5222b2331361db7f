"""What was finished is another thing, another act or a part: none of it may tick."""

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, read, read_list


@pytest.mark.parametrize(
    ("text", "title", "lang"),
    [
        ("I sent the invoice yesterday", "Send the contract", "en"),
        ("Die Vollmacht habe ich gestern geschickt", "Rechnung schicken", "de"),
        ("J'ai envoyé la facture hier", "Envoyer le contrat", "fr"),
        ("Ayer envié la factura", "Enviar el contrato", "es"),
        ("Ho inviato la fattura ieri", "Inviare la polizza", "it"),
        ("Enviei a fatura ontem", "Enviar a apólice", "pt"),
        ("Ik heb de factuur gisteren gestuurd", "De polis sturen", "nl"),
        ("Wczoraj wysłałem fakturę", "Wysłać umowę", "pl"),
        ("Jag skickade fakturan igår", "Skicka avtalet", "sv"),
        ("昨日、請求書を送りました", "契約書の送付", "ja"),
        ("发票昨天已经发了", "发送合同", "zh"),
        ("أرسلت الفاتورة أمس", "إرسال العقد", "ar"),
        ("Called Susan", "Call Mary", "en"),
        ("Sanded the fence", "Paint the fence", "en"),
        ("Der Vertrag ist fertig", "Vertrag unterschreiben", "de"),
        ("文案写好了", "更新官网", "zh"),
        ("Riverside or Morris.", "Choose a venue", "en"),
        ("冰箱修好了", "修空调", "zh"),
        ("冷蔵庫を修理しました", "エアコンの修理", "ja"),
        ("タイヤ交換しました", "会場の設営", "ja"),
        ("我老婆那份填好了", "填报名表", "zh"),
        ("仮押さえしました", "会場の予約", "ja"),
        ("7 confirmed of 10", "Confirm the guests", "en"),
        ("Uploaded three of the ten photos", "Upload the photos", "en"),
        ("رفعت ثلاث صور من عشر", "رفع الصور", "ar"),
        ("Done! April Fool.", "Pay the fine", "en"),
        ("Iscritta la bimba", "Iscrivere il bimbo", "it"),
        ("Comprate le sedie", "Comprare il tavolo", "it"),
        ("Firmada la del año pasado", "Firmar el acta", "es"),
        ("Pedido el de la cocina", "Pedir el presupuesto", "es"),
        ("Podados los rosales", "Podar los setos", "es"),
    ],
)
def test_another_thing_act_or_part_is_not_done(text: str, title: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("text", "title", "lang"),
    [
        ("I sent the contract yesterday", "Send the contract", "en"),
        ("Painted the fence", "Paint the fence", "en"),
        ("RAL 7016", "Choose the colour of the door", "en"),
        ("更新好了", "更新官网", "zh"),
        ("Tolte", "Togliere le vecchie foto", "it"),
        ("Puestas ayer", "Poner las cortinas", "es"),
    ],
)
def test_the_thing_that_was_asked_for_is_done(text: str, title: str, lang: str) -> None:
    assert acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("statement_2023.pdf", "Send the 2024 statement"),
        ("Gas Safety Record.pdf", "Send the electrical certificate"),
    ],
)
def test_a_file_of_something_else_ticks_nothing(name: str, title: str) -> None:
    assert not acted("Here it is", title, files=(name,))


@pytest.mark.parametrize(
    "name", ["IMG_2210.jpg", "scan_2026-03-12.pdf", "electrical certificate.pdf", "essay draft.pdf"]
)
def test_a_file_that_says_nothing_else_is_taken(name: str) -> None:
    title = "Send the essay draft" if "draft" in name else "Send the electrical certificate"

    assert acted("Here it is", title, files=(name,))


def test_the_first_two_are_two() -> None:
    found = read_list("first two are signed", "Sign the lease", "Sign the form", "Sign the will")

    assert [(n, one[0].intent) for n, one in found.items()] == [(1, Intent.DONE), (2, Intent.DONE)]


@pytest.mark.parametrize(
    ("text", "lang", "day"),
    [
        ("五月六号才能放款", "zh", (5, 6)),
        ("二十五号之前给你", "zh", (3, 25)),
        ("十二月三日までに送ります", "ja", (12, 3)),
    ],
)
def test_days_in_numeral_glyphs_are_days(text: str, lang: str, day: tuple[int, int]) -> None:
    until = read(text, "发送合同" if lang == "zh" else "契約書の送付", lang=lang).until

    assert until is not None
    assert (until.month, until.day) == day


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Cancel internet at head office", "The one at the branch is cancelled.", "en"),
        ("Cancelar internet da matriz", "A da filial já cancelei ontem.", "pt"),
        ("Trocar a senha do roteador da loja", "A do wifi de clientes eu troquei.", "pt"),
        ("Cancelar internet de la oficina", "El de la sucursal ya lo cancelé.", "es"),
        ("Payer la facture d'eau", "J'ai payé celle de la cantine.", "fr"),
        ("Odwołać internet w centrali", "Ten z filii już odwołałam.", "pl"),
    ],
)
def test_a_word_that_stands_for_another_one_ticks_nothing(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Cancel internet at head office", "The one at head office is cancelled.", "en"),
        ("Pay the bill", "I paid the one you sent.", "en"),
        ("Cancelar internet da matriz", "A da matriz já cancelei ontem.", "pt"),
        ("Pagar la factura de la luz", "la de la luz ya la pagué", "es"),
        ("Zapłacić rachunek za wodę", "ten za wodę już zapłaciłam", "pl"),
    ],
)
def test_a_word_that_stands_for_what_was_asked_ticks_it(title: str, text: str, lang: str) -> None:
    assert acted(text, title, lang=lang)
