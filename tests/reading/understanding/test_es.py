"""What clients write in Spanish, from Spain to Chile, and what is made of it."""

from datetime import date

import pytest

from mailflow.domain.intent import Intent
from tests.reading.understanding.builders import acted, intents, read, read_list

SIGN = "Firmar el contrato"
PAY = "Pagar la factura"
SEND = "Enviar el extracto"
APPROVE = "Aprobar el diseño"
FILL = "Rellenar el formulario"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Ya está firmado, os lo he mandado por correo."),
        (SIGN, "acabo de firmarlo"),
        (PAY, "Te la pagué ayer por transferencia."),
        (PAY, "ya la pague ayer"),
        (SEND, "Se lo envié el lunes por WhatsApp, licenciada."),
        (APPROVE, "Todo perfecto, podéis imprimir."),
        (APPROVE, "Tenéis luz verde"),
        (FILL, "RELLENO Y ENVIADO"),
        ("Facilitar el CIF", "B-50718293"),
    ],
)
def test_what_is_done_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="es")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "En cuanto esté firmado os lo mando."),
        (SIGN, "Casi firmado, falta mi socio"),
        (SIGN, "Os lo devuelvo firmado el lunes."),
        (SIGN, "Aún sin firmar."),
        (SIGN, "Dalo por firmado"),
        (PAY, "La gestoría dice que está pagada."),
        (PAY, "El banco devolvió el recibo."),
        (PAY, "Ya estaría pagada si el banco funcionara."),
        (SEND, "¿Está enviado?"),
        (SEND, "Enviada la mitad, el resto mañana."),
        (APPROVE, "Lo apruebo si cambiáis el color."),
        (FILL, "Esa está duplicada"),
    ],
)
def test_what_only_sounds_done_is_never_acted_upon(title: str, text: str) -> None:
    assert not acted(text, title, lang="es")


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("El viernes de la semana que viene sin falta.", date(2026, 3, 13)),
        ("Se paga a fin de mes.", date(2026, 3, 31)),
        ("¿Podría ser el lunes?", date(2026, 3, 9)),
        ("Pasado mañana la pago.", date(2026, 3, 6)),
        ("antes del 20 no puedo", date(2026, 3, 20)),
        ("dame quince días", date(2026, 3, 19)),
    ],
)
def test_a_day_is_understood_as_the_day_it_will_be_done(text: str, until: date) -> None:
    reading = read(text, PAY, lang="es")

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Pídeselo a Tomás Lerma.", Intent.DELEGATE),
        ("Ya no hace falta.", Intent.DECLINE),
        ("Ni hablar.", Intent.DECLINE),
        ("Lo firma mi socia Ana Prats.", Intent.DELEGATE),
        ("¿Firmo en todas las hojas?", Intent.QUESTION),
        ("Recibido, gracias.", Intent.ACKNOWLEDGE),
        ("Dadme de baja de esta lista.", Intent.STOP),
        ("Respuesta automática: estoy fuera de la oficina.", Intent.AUTO),
    ],
)
def test_other_answers_are_told_apart(text: str, intent: Intent) -> None:
    assert read(text, SIGN, lang="es").intent is intent


def test_nothing_to_object_undoes_no_list() -> None:
    found = read_list(
        "Nota revisada, nada que objetar. Imagen: la azul.",
        "Revisar la nota",
        "Elegir la imagen",
        lang="es",
    )

    assert intents(found) == {1: Intent.DONE, 2: Intent.DONE}


def test_all_but_one_of_a_list_is_done() -> None:
    found = read_list("Todo hecho menos la 2.", SIGN, PAY, SEND, lang="es")

    assert intents(found) == {1: Intent.DONE, 2: Intent.PROGRESS, 3: Intent.DONE}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Podar el seto", "Podado esta mañana, ha quedado como nuevo"),
        ("Comprar la tarta", "Comprada y guardadita en la nevera jeje"),
        (PAY, "Te acabo de hacer el bizum"),
        (SIGN, "Quedó firmada y radicada ayer en la notaría. Que esté muy bien."),
        ("Cambiar las pilas", "Pilas cambiadas, ya no pita"),
        ("Confirmar la asistencia", "Allí estaremos"),
        ("Avisar a los vecinos", "Avisados todos por el grupo de WhatsApp"),
        ("Comprar los pasajes", "Sacados!"),
        ("Dar acceso a la cuenta", "Te he añadido como administrador"),
    ],
)
def test_everyday_acts_of_many_trades_are_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="es")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (SIGN, "Acabo de imprimirla"),
        (SIGN, "Está en la carpeta"),
        (SIGN, "Ya está redactada"),
        (SIGN, "Quedó lista para la firma"),
        (SIGN, "Tengo cita con el notario"),
        (PAY, "Ya me pagaron a mí"),
        (PAY, "Pagué la de la luz"),
        (PAY, "Transferencia programada para el viernes"),
        (PAY, "La pagamos el viernes"),
        ("Pintar la valla", "Lijada y limpia"),
        ("Empaquetar los libros", "Llevo empaquetadas 6 cajas de 14"),
    ],
)
def test_an_act_beside_the_one_asked_for_is_no_finish(title: str, text: str) -> None:
    assert not acted(text, title, lang="es")


def test_a_que_without_an_accent_asks_nothing() -> None:
    assert read("Que la firme mi socia Ana Prats", SIGN, lang="es").intent is Intent.DELEGATE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Limpiar la cocina", "Limpié el baño"),
        ("Pagar el gimnasio", "Pagada la piscina"),
        ("Comprar pintura", "Comprados los guantes"),
        ("Reservar el hotel", "Reservado el avión"),
        ("Actualizar el currículum", "Actualicé LinkedIn"),
        ("Enviar los planos", "Mandé un WhatsApp"),
        ("Llamar al dentista", "Llamé a la farmacia"),
        ("Llamar al dentista", "El dentista me llamó a mí"),
        ("Renovar el DNI", "Ya pedí cita para renovarlo"),
        ("Renovar el seguro", "Lo cancelé ayer"),
        ("Recoger el traje", "Ya lo encargué"),
        ("Corregir el texto", "Leído y releído"),
        ("Enviar el contrato", "Lo dejé en la mesa para mandarlo"),
        ("Enviar las fotos", "He hecho las fotos esta mañana"),
        ("Enviar el formulario", "Formulario relleno"),
        (SIGN, "Ya está firmado por la otra parte"),
    ],
)
def test_its_neighbour_is_not_what_was_asked_for(title: str, text: str) -> None:
    assert not acted(text, title, lang="es")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (PAY, "Pagada en la farmacia con la tarjeta"),
        (SEND, "Se los envié por WhatsApp"),
        ("Revisar el manuscrito", "Revisado de cabo a rabo"),
    ],
)
def test_where_and_how_it_was_done_is_harmless(title: str, text: str) -> None:
    assert acted(text, title, lang="es")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Reservar el salón", "El salón nomás está apalabrado."),
        ("Leer el contrato", "Nomás lo hojeé."),
        ("Firmar el poder", "Firmé la primera hoja."),
        ("Pagar la renta", "Ya quedó, ¿verdad?"),
        ("Pagar la renta", "Hola mami, ya quedó lo del domingo, llevo la gelatina. Besos"),
        ("Pagar la renta", "Siempre la he pagado a tiempo."),
        ("Firmar el contrato", "Por la mañana queda firmado."),
    ],
)
def test_words_agreed_glances_and_first_pages_tick_nothing(title: str, text: str) -> None:
    assert not acted(text, title, lang="es")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Pagar la renta", "Ya quedó pagada, le transferí ahorita desde la app del banco"),
        ("Firmar el contrato", "Firmado el sábado por la mañana."),
        ("Elegir fecha para la sesión", "El 14 por la mañana."),
        ("Dar de baja el gimnasio", "Dado de baja, me llegó el correo de confirmación."),
        ("Confirmar la cita", "Todo ok, nos vemos el lunes."),
    ],
)
def test_mornings_and_just_now_put_nothing_off(title: str, text: str) -> None:
    assert acted(text, title, lang="es")
