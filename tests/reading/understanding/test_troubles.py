"""A later clause may tell that it went wrong, and a file's name that it is another thing."""

import pytest

from tests.reading.understanding.builders import acted

_WRONG = [
    ("Upload the video", "Uploaded, then deleted it.", "en"),
    ("Submit the form", "Submitted; rejected.", "en"),
    ("Sign the form", "Signed. Then tore it up.", "en"),
    ("Video hochladen", "Hochgeladen, dann gelöscht.", "de"),
    ("Payer l'amende", "Payée. Rejetée par la banque.", "fr"),
    ("Ladda upp videon", "Uppladdad, sen raderad.", "sv"),
    ("Wgrać film", "Wgrany, potem usunięty.", "pl"),
    ("上传视频", "上传了，后来删了。", "zh"),
    ("رفع الفيديو", "رفعته ثم حذفته", "ar"),
    ("Imprimir los folletos", "Impresos, se corrió la tinta.", "es"),
    ("Stampare i volantini", "Stampati. Sono usciti tagliati.", "it"),
    ("Cambiar la cerradura", "Cambiada, no gira la llave.", "es"),
    ("Wymienić zamek", "Wymieniony. Klucz się nie obraca.", "pl"),
    ("Trocar a fechadura", "Trocada. A chave não gira.", "pt"),
    ("تغيير القفل", "تم التغيير. المفتاح لا يدور.", "ar"),
]


@pytest.mark.parametrize(("title", "text", "lang"), _WRONG)
def test_what_went_wrong_ticks_nothing(title: str, text: str, lang: str) -> None:
    assert not acted(text, title, lang=lang)


def test_a_trouble_that_the_title_names_is_none() -> None:
    assert acted("Fixed it. No more errors, thanks!", "Fix the error on the booking page")


@pytest.mark.parametrize(
    ("title", "file", "lang"),
    [
        ("Send lease of the Harbour View flat", "Lease_Millbrook_Flat4.pdf", "en"),
        ("Send the lease", "invoice_2231.pdf", "en"),
        ("Send the water bill", "gas_bill.pdf", "en"),
        ("Send Anna's passport", "passport_ben.pdf", "en"),
        ("Send the new insurance certificate", "insurance_expired.pdf", "en"),
        ("Send passport and visa", "passport.pdf", "en"),
        ("Send the last three payslips", "payslip_jan.pdf", "en"),
        ("Geburtsurkunde schicken", "heiratsurkunde.pdf", "de"),
        ("Envoyer le bail signé", "bail_non_signe.pdf", "fr"),
        ("水道代の請求書の送付", "電気代.pdf", "ja"),
    ],
)
def test_a_file_of_something_else_ticks_nothing(title: str, file: str, lang: str) -> None:
    assert not acted("", title, lang=lang, files=(file,))


@pytest.mark.parametrize(
    ("title", "file"),
    [
        ("Send passport and visa", "passport_and_visa.pdf"),
        ("Send the last three payslips", "payslips.pdf"),
        ("Send Anna's passport", "anna_passport.pdf"),
        ("Send lease of the Harbour View flat", "Lease_Harbour_View.pdf"),
        ("Send lease of the Harbour View flat", "lease signed.pdf"),
    ],
)
def test_the_file_that_was_asked_for_is_ticked(title: str, file: str) -> None:
    assert acted("", title, files=(file,))
