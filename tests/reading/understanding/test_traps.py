"""What sounds like done and is not: nothing here may be ticked without asking."""

import pytest

from tests.reading.understanding.builders import (
    APPROVE,
    BOOK,
    CHOOSE,
    COUNT,
    DAY,
    FILL,
    PAY,
    SEND,
    SIGN,
    acted,
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("It's not done", SIGN),
        ("Not sent", SEND),
        ("Never signed it", SIGN),
        ("No, not paid", PAY),
        ("Nothing sent yet", SEND),
        ("I haven't had time to get it signed", SIGN),
        ("Without it being signed", SIGN),
        ("not signed, not paid, not sent", SIGN),
        ("Done: nothing", SIGN),
    ],
)
def test_what_is_denied_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Almost done", SIGN),
        ("Nearly finished, sent soon", SIGN),
        ("Half of it is done", FILL),
        ("I paid the first half", PAY),
        ("Paid part of it", PAY),
        ("Transferred 200 of it", PAY),
        ("Signed page one", SIGN),
        ("Done with page 1 of 4", FILL),
        ("It's 80% done", FILL),
        ("Everything is done except this", SIGN),
        ("All done apart from yours", SIGN),
        ("Uploaded what I have", SEND),
        ("Sent my half", SEND),
        ("sent a first version", SEND),
        ("Filled in as much as I could", FILL),
        ("returned it unsigned", SIGN),
    ],
)
def test_what_is_nearly_or_partly_done_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("As soon as it's signed I'll tell you", SIGN),
        ("Done from my side once you sign", SIGN),
        ("Mark it done when the cheque clears", PAY),
        ("Can you mark it as done once the money arrives?", PAY),
        ("The day it's done I'll throw a party", SIGN),
        ("Approved once you fix the typo", APPROVE),
        ("fine, once the date is fixed", APPROVE),
    ],
)
def test_what_waits_for_something_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Done by Friday.", SIGN),
        ("Done tomorrow", SIGN),
        ("Will be done by tonight", SIGN),
        ("I'll have it done on Monday", SIGN),
        ("Going to have it signed tonight", SIGN),
        ("It's getting sent today", SEND),
        ("To be signed", SIGN),
        ("About to be sent", SEND),
        ("Ready to be sent", SEND),
        ("It is being paid", PAY),
        ("can be paid", PAY),
        ("Signed by Friday.", SIGN),
        ("The payment has been scheduled for Friday", PAY),
    ],
)
def test_what_is_still_to_come_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("It would be done if the printer worked", SIGN),
        ("If I've signed it already, let me know", SIGN),
        ("Unless it has been paid already, hold off", PAY),
        ("I wish it was done", SIGN),
        ("I hope it's done", SIGN),
        ("It should be done", SIGN),
        ("Should be paid", PAY),
        ("It must be signed by my wife", SIGN),
        ("It needs to be signed by both of us", SIGN),
        ("I meant to have it signed", SIGN),
        ("I was about to pay when the app crashed", PAY),
        ("I think I signed it", SIGN),
        ("Pretty sure I paid this", PAY),
        ("Probably sent", SEND),
    ],
)
def test_what_is_supposed_or_wished_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Karen says it's done", SIGN),
        ("I was told it has been paid", PAY),
        ("My accountant claims she sent it", SEND),
        ("Your colleague told me it was sorted", SIGN),
        ("He signed it", SIGN),
        ("She has paid already", PAY),
        ("Tom sent it", SEND),
        ("My bank has sent it to you", SEND),
        ("The neighbours have signed theirs", SIGN),
        ("My colleague signed his, mine is still here", SIGN),
        ("You signed the wrong copy", SIGN),
        ("Whoever says it's paid is lying", PAY),
    ],
)
def test_what_others_are_said_to_have_done_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Has it been paid?", PAY),
        ("Have you signed it?", SIGN),
        ("Did I sign this already?", SIGN),
        ("Wasn't this paid last year?", PAY),
        ("Who signed it?", SIGN),
        ("Is it approved?", APPROVE),
        ("Tell me when it's done", SIGN),
        ("Let me know once it's been paid", PAY),
        ("Please confirm it's done", SIGN),
    ],
)
def test_a_question_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Oh sure, done, like everything else here 🙄", SIGN),
        ("Signed, sealed and delivered... not!", SIGN),
        ("Sent. Just kidding", SEND),
        ("yeah right, done", SIGN),
        ("lol done", SIGN),
        ("already paid 😂", PAY),
    ],
)
def test_mockery_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Consider it done", SIGN),
        ("Consider it done!", PAY),
        ("As good as done", SIGN),
    ],
)
def test_consider_it_done_is_a_promise(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I'm so done with this invoice", PAY),
        ("I'm done with all these mails", SIGN),
        ("I'm finished for today", SIGN),
        ("School is done for the year", SIGN),
        ("What's done is done", PAY),
        ("Easier said than done", SIGN),
        ("When all is said and done we just want the keys", SIGN),
        ("We are done here, I want my money back", SIGN),
        ("I have been signed off sick", SIGN),
        ("The venue is booked out", BOOK),
        ("It's fully booked", BOOK),
    ],
)
def test_done_in_another_sense_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Scrap that, I haven't paid after all", PAY),
        ("Ignore my last mail, it wasn't sent", SEND),
        ("I said done yesterday but the payment bounced", PAY),
        ("Filled it in but it didn't save", FILL),
        ("paid but it came back", PAY),
        ("It went through the first time but bounced", PAY),
        ("I've withdrawn my approval", APPROVE),
    ],
)
def test_what_is_taken_back_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Thanks, you've done a lot", SIGN),
        ("Thanks for getting that done", SIGN),
        ("Well done!", SIGN),
        ("Great job, well done on the site", APPROVE),
        ("Thanks!", PAY),
        ("Perfect", PAY),
        ("Noted with thanks", PAY),
        ("Got your email, thanks", SIGN),
        ("We got your invoice", PAY),
        ("ok", SIGN),
        ("👍", PAY),
    ],
)
def test_thanks_and_praise_are_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("I read your mail", SIGN),
        ("I printed it", SIGN),
        ("I forwarded it to my lawyer", SIGN),
        ("I've sent it to my husband to sign", SIGN),
        ("I requested it from the bank", SEND),
        ("I've put it in my calendar", SIGN),
        ("I've downloaded it", FILL),
        ("The bathroom is finished now", PAY),
        ("The other invoice is paid", PAY),
        ("I paid the other one", PAY),
        ("We have sent the January one", SEND),
        ("It was done in 2023", SIGN),
        ("Booked a hotel for myself", BOOK),
        ("I've paid him", PAY),
        ("I've moved house", SIGN),
        ("I looked at three venues", BOOK),
    ],
)
def test_another_act_or_another_thing_is_not_done(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Looks good, but change the colour", APPROVE),
        ("Approved except the font", APPROVE),
        ("Looks good so far", APPROVE),
        ("Would look good in green", APPROVE),
        ("Approved with comments", APPROVE),
        ("Fine apart from the colour", APPROVE),
        ("Looks good to me but Ann has to sign off", APPROVE),
        ("ok let me check", APPROVE),
        ("Great, thanks, I'll have a look", APPROVE),
        ("ok, thanks for the reminder", APPROVE),
        ("yes but", APPROVE),
    ],
)
def test_an_approval_with_a_catch_is_none(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("They're all great", CHOOSE),
        ("I like them all", CHOOSE),
        ("Option A or B, not sure", CHOOSE),
        ("Leaning towards Helvetica", CHOOSE),
        ("Not Comic Sans", CHOOSE),
        ("ok", CHOOSE),
        ("Roughly 100", COUNT),
        ("We had 112 last year", COUNT),
        ("112?", COUNT),
        ("I'll tell you on Monday", DAY),
        ("Not Monday", DAY),
        ("Any time but the 19th", DAY),
        ("19th maybe", DAY),
        ("Could we do the 19th?", DAY),
    ],
)
def test_what_is_no_answer_chooses_nothing(text: str, title: str) -> None:
    assert not acted(text, title)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "Call the insurer", "Called, nobody picked up"),
        ("en", "Call the insurer", "called them, line is busy"),
        ("en", "Call the insurer", "rang them, they're closed til Monday"),
        ("de", "Versicherung anrufen", "Angerufen, keiner rangegangen"),
        ("fr", "Appeler la banque", "J'ai appelé, personne n'a répondu"),
        ("es", "Llamar al banco", "Llamé y nadie contestó"),
        ("it", "Chiamare la banca", "Ho chiamato ma nessuno ha risposto"),
        ("nl", "Bank bellen", "Gebeld, niemand nam op"),
        ("pl", "Zadzwonić do banku", "Dzwoniłem, nikt nie odebrał"),
    ],
)
def test_a_call_that_nobody_took_is_not_made(lang: str, title: str, text: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("fr", "Appeler le plombier", "Je l'ai appelé, il passe jeudi."),
        ("es", "Llamar al plomero", "Ya llamé, viene el lunes."),
        ("it", "Chiamare l'idraulico", "Chiamato, viene giovedì."),
        ("pt", "Ligar à seguradora", "Liguei, sim. O perito vem cá dia 9."),
    ],
)
def test_who_was_called_may_come_by_on_a_day(lang: str, title: str, text: str) -> None:
    assert acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("fr", "Appeler le plombier", "J'ai appelé, il rappelle jeudi."),
        ("fr", "Réparer le toit", "J'ai appelé, il passe jeudi."),
        ("es", "Llamar al plomero", "Llamé, vuelve el lunes."),
        ("it", "Chiamare l'idraulico", "Chiamato, torna giovedì."),
        ("pt", "Consertar a torneira", "Liguei pro encanador, ele vem na quinta."),
    ],
)
def test_who_is_back_on_a_day_was_not_reached(lang: str, title: str, text: str) -> None:
    assert not acted(text, title, lang=lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Super, merci beaucoup, bonne journée"),
        ("fr", "Tout est clair, merci."),
        ("es", "Perfecto, gracias."),
        ("it", "Tutto chiaro, la ringrazio. Buona serata"),
        ("pt", "Ótimo, muito obrigada"),
    ],
)
def test_thanks_for_the_mail_check_nothing(lang: str, text: str) -> None:
    title = {
        "fr": "Vérifier les échéances",
        "es": "Revisar los plazos",
        "it": "Verificare le scadenze",
        "pt": "Verificar os prazos",
    }[lang]
    assert not acted(text, title, lang=lang)
    assert acted(_CHECKED[lang], title, lang=lang)


_CHECKED = {
    "fr": "Tout vérifié, rien à signaler.",
    "es": "Todo revisado, sin cambios.",
    "it": "Verificate, tutto giusto.",
    "pt": "Tudo verificado, está certo.",
}
