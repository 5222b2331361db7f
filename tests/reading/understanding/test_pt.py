"""What clients write in Portuguese, in Portugal and Brazil, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Assinar o contrato"
PAY = "Pagar a fatura"
SEND = "Enviar o extrato"
APPROVE = "Aprovar o layout"
FILL = "Preencher o formulário"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Assinado e devolvido por correio esta manhã."),
        (SIGN, "acabei de assinar"),
        (PAY, "Paguei ontem por pix."),
        (PAY, "ja ta pago"),
        (SEND, "Já lhe enviei na segunda por e-mail."),
        (APPROVE, "Por mim tá ótimo, pode imprimir."),
        (APPROVE, "Têm luz verde"),
        (FILL, "PREENCHIDO E ENVIADO"),
        ("Indicar o NIF", "509 123 456"),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Assim que estiver assinado eu mando."),
        (SIGN, "Quase assinado, só falta o meu sócio"),
        (SIGN, "Assino amanhã"),
        (SIGN, "Ainda não assinei."),
        (SIGN, "Considere assinado!"),
        (PAY, "O contador falou que já pagou."),
        (PAY, "O banco estornou o pagamento."),
        (PAY, "Já estaria paga se o site funcionasse"),
        (SEND, "Foi enviado?"),
        (SEND, "Enviei metade, o resto amanhã."),
        (APPROVE, "Aprovo desde que mudem a cor."),
        (APPROVE, "A gente ainda tá discutindo."),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Sexta da semana que vem sem falta.", date(2026, 3, 13)),
        ("Vai ser paga no fim do mês.", date(2026, 3, 31)),
        ("Pode ser na segunda?", date(2026, 3, 9)),
        ("Pago depois de amanhã.", date(2026, 3, 6)),
        ("antes do dia 20 não consigo", date(2026, 3, 20)),
        ("me dá mais 10 dias", date(2026, 3, 14)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="pt")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Fale com o Tomás Lima.", Intent.DELEGATE),
        ("Já não é preciso.", Intent.DECLINE),
        ("Nem pensar.", Intent.DECLINE),
        ("Tenho que assinar todas as páginas?", Intent.QUESTION),
        ("Recebido, obrigada.", Intent.ACKNOWLEDGE),
        ("Parem de me mandar e-mails.", Intent.STOP),
        ("Resposta automática: encontro-me ausente.", Intent.AUTO),
    ],
)
def test_other_answers_are_told_apart(text: str, intent: Intent) -> None:
    assert read(text, SIGN, lang="pt").intent is intent


def test_no_change_undoes_no_list() -> None:
    found = read_list(
        "Texto revisado, sem ajustes. Imagem: a azul.",
        "Revisar o texto",
        "Escolher a imagem",
        lang="pt",
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_all_but_one_of_a_list_is_done() -> None:
    found = read_list("Tudo feito menos o 2.", SIGN, PAY, SEND, lang="pt")

    assert intents(found) == {1: Intent.DONE, 2: Intent.PROGRESS, 3: Intent.DONE}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Podar a sebe", "Podada hoje de manhã, ficou um mimo"),
        ("Comprar o bolo", "Comprado e guardadinho na geladeira hehe"),
        (PAY, "Parcela paga hj de manhã via pix"),
        ("Publicar o anúncio", "Publiquei no site e no Instagram"),
        ("Regularizar as quotas", "Tratadas na segunda-feira através do portal."),
    ],
)
def test_everyday_acts_of_many_trades_are_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Acabei de imprimir"),
        (SIGN, "Está na pasta"),
        (SIGN, "O contrato já está redigido"),
        (SIGN, "Ficou pronto para a assinatura"),
        (PAY, "Já me pagaram"),
        (PAY, "Paguei a da luz"),
        (PAY, "Agendei o pagamento"),
        (PAY, "Pagamos na semana que vem"),
        ("Pintar o muro", "Lixado e limpo"),
        ("Embalar os livros", "Já embalei 6 caixas de 14"),
    ],
)
def test_an_act_beside_the_one_asked_for_is_no_finish(title: str, text: str) -> None:
    assert not acted(text, title, lang="pt")


def test_a_que_at_the_beginning_of_a_statement_asks_nothing() -> None:
    text = "O Paulo que assine, eu estou fora"

    assert read(text, SIGN, lang="pt").intent is Intent.DELEGATE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Limpar a cozinha", "Limpei o banheiro"),
        ("Pagar a academia", "Paguei a piscina"),
        ("Comprar tinta", "Compradas as luvas"),
        ("Reservar o hotel", "Reservado o avião"),
        ("Enviar as plantas", "Mandei um WhatsApp"),
        ("Ligar para o dentista", "Liguei para a farmácia"),
    ],
)
def test_its_neighbour_is_not_what_was_asked_for(title: str, text: str) -> None:
    assert not acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (PAY, "Paguei na farmácia com o cartão"),
        (SEND, "Enviei por WhatsApp"),
        ("Rever o manuscrito", "Revisto de ponta a ponta"),
    ],
)
def test_where_and_how_it_was_done_is_harmless(title: str, text: str) -> None:
    assert acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Pintar o quarto", "Pintei o corredor."),
        ("Enviar a segunda encomenda", "A primeira encomenda foi enviada."),
        ("Contratar o seguro", "Pedi orçamento."),
        ("Cancelar a academia", "Inscrevi-me ontem."),
        ("Renovar o cartão de cidadão", "Fiz a marcação na loja do cidadão."),
        ("Ligar ao cliente", "Falei com a secretária."),
        ("Buscar as chaves", "Chaves com o porteiro."),
        ("Pagar a multa", "Tenho o dinheiro pronto."),
        ("Enviar o relatório", "Relatório concluído."),
        (SIGN, "Assinado por todos, menos eu."),
        ("Indicar o número de convidados", "Entre 20 e 25."),
        ("Assinar as três cópias", "Assinei uma."),
    ],
)
def test_another_thing_or_a_step_before_is_no_finish(title: str, text: str) -> None:
    assert not acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Devolver a carrinha", "Devolvida na oficina, sem riscos."),
        ("Consertar o vazamento", "Consertado pelo encanador ontem."),
        ("Levantar a encomenda", "Levantada hoje antes do trabalho."),
        ("Autorizar a deliberação", "Favorável."),
        ("Renovar o contrato", "Renovado nas mesmas condições."),
        ("Distribuir os folhetos", "Deixei também na biblioteca, distribuídos todos."),
    ],
)
def test_what_follows_a_finish_and_changes_nothing_is_let_pass(title: str, text: str) -> None:
    assert acted(text, title, lang="pt")


def test_an_e_without_its_accent_only_joins() -> None:
    reading = read("Partilhada consigo e com o escritório.", "Partilhar a pasta", lang="pt")

    assert reading.intent is Intent.DONE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Regar as plantas", "Plantas podadas"),
        ("Encadernar o livro", "Livro impresso"),
        ("Cobrar o cliente", "O cliente cobrou-me"),
        ("Reservar o salão", "O salão está reservado pelo clube de judo"),
        ("Instalar a atualização", "Instalei e desinstalei"),
        (PAY, "Paga em duplicado"),
        ("Confirmar o número de convidados", "Uns 80"),
    ],
)
def test_unlike_work_and_work_undone_tick_nothing(title: str, text: str) -> None:
    assert not acted(text, title, lang="pt")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Reservar o salão", "Está só apalavrado."),
        ("Reservar o salão", "Reservado, depois vi que era dia 27."),
        ("Pagar o aluguel", "Já está pago, né?"),
        ("Pagar o aluguel", "Aham, pago, e eu sou o papa."),
        ("Pagar o aluguel", "Oi mãe, tudo certo pra domingo, levamos a torta. Beijo"),
        ("Ligar para o banco", "Deixei recado."),
        ("Comprar as cadeiras", "Comprei a mesa."),
        ("Podar a sebe", "Podada de um lado."),
    ],
)
def test_words_given_and_asked_back_and_one_side_tick_nothing(title: str, text: str) -> None:
    assert not acted(text, title, lang="pt")
