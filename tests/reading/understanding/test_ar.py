"""What Arabic clients write, and what is made of it."""

from datetime import UTC, date, datetime

import pytest

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.client import Asked, AskedItem, understand
from tests.reading.understanding.builders import acted


def read(text: str, title: str = "إرسال كشف الحساب") -> Reading:
    """Return the first reading of an answer sent on Wednesday the 4th of March 2026."""
    item = AskedItem(1, title, date(2026, 3, 3))
    sent = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    return understand(Asked(text=text, items=(item,), single=True, sent_at=sent, language="ar"))[0]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("إرسال كشف الحساب", "أرسلته أمس"),
        ("دفع القسط الأول", "دفعت القسط من الموبايل امبارح"),
        ("توقيع العقد", "تم التوقيع"),
        ("اعتماد التصميم", "موافقين، ابدأوا الشغل"),
        ("حجز القاعة", "القاعة محجوزة"),
    ],
)
def test_what_is_done_is_done(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("إرسال كشف الحساب", "لسه ما أرسلته"),
        ("إرسال كشف الحساب", "لما يجهز أرسله"),
        ("دفع القسط الأول", "دفعت نصف المبلغ"),
        ("دفع القسط الأول", "كنت هدفع النهاردة"),
        ("توقيع العقد", "وقعت أنا وباقي توقيع شريكي"),
        ("توقيع العقد", "المدير قال إنه وقعه"),
        ("حجز القاعة", "خلصت ٨٠٪ منها"),
        ("حجز القاعة", "اعتبروها محجوزة 😂"),
        ("اعتماد التصميم", "إذا وافق الشريك نعتمده"),
    ],
)
def test_what_only_sounds_done_is_never_ticked(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("أسلمها لكم الخميس بإذن الله", date(2026, 3, 5)),
        ("ممكن نأجله لنهاية الشهر؟", date(2026, 3, 31)),
        ("بعد أسبوعين من اليوم", date(2026, 3, 18)),
        ("بوقعه بكرة", date(2026, 3, 5)),
    ],
)
def test_another_day_is_counted_from_the_day_of_the_answer(text: str, until: date) -> None:
    reading = read(text)

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


def test_the_one_who_should_do_it_is_named() -> None:
    reading = read("المحاسبة سارة هي المسؤولة عن الفواتير")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, "سارة")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("تغيير قفل الباب", "غيرنا القفل"),
        ("تركيب الكاميرات", "الكاميرات تركبت وشغالة"),
        ("توقيع التنازل", "سنيتو البارح"),
        ("دفع أجرة السائق", "عطيته حقه كاش"),
        ("شراء كيكة العيد", "جبتها"),
        ("إصلاح التسريب", "انصلح امبارح"),
        ("حجز موعد الأسنان", "حجزت عند الدكتورة ليلى الاثنين الجاي الساعة ٥"),
        ("اختيار لون الستائر", "البيج الفاتح"),
    ],
)
def test_verbs_of_every_dialect_finish_what_they_name(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("توقيع العقد", "وقعت الاستمارة"),
        ("توقيع الوكالة", "وقعت على الشيك"),
        ("توقيع العقد", "العقد مطبوع"),
        ("توقيع العقد", "العقد جاهز على مكتبي"),
        ("دهان الغرفة", "غسلت الجدران"),
        ("تنظيف المحل", "نظفنا البيت"),
        ("تعبئة النموذج", "نزلت النموذج من الموقع"),
        ("حجز القاعة", "القاعة كانت محجوزة"),
        ("حجز القاعة", "القاعة محجوزة لغيرنا"),
        ("اختيار المورد", "الأرخص أو الأقرب"),
    ],
)
def test_another_act_or_another_thing_ticks_nothing(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    "text", ["التقييمات خليها عليكم انتوا أشطر", "اختاروا انتم", "نترك الاختيار لكم"]
)
def test_what_is_left_to_the_provider_is_passed_on(text: str) -> None:
    assert read(text, "الرد على التقييمات").intent is Intent.DELEGATE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("دفع الإيجار", "سارة دفعت الإيجار"),
        ("إرسال الصور", "أرسلتها رهف"),
        ("توقيع العقد", "الأستاذة وقعت العقد"),
        ("نشر الإعلان", "نشرته الوكالة"),
    ],
)
def test_what_a_woman_did_is_written_as_ones_own_and_is_hers(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("تجديد الاشتراك", "خلص الاشتراك"),
        ("تجديد السجل التجاري", "السجل انتهى"),
        ("شراء ورق الطباعة", "الورق خلص"),
        ("حجز القاعة", "حجزت ولغيت"),
        ("دفع التأمين", "دفعت التأمين السنة الماضية"),
        ("إرسال الفاتورة", "الملف جاهز عندي"),
    ],
)
def test_what_has_run_out_or_was_taken_back_ticks_nothing(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("دفع فاتورة الكهرباء", "الفاتورة اتدفعت والحمد لله"),
        ("حجز القاعة", "حجزنا القاعة ودفعنا العربون"),
        ("مراجعة العقد", "راجعناه مع المحامي وما عليه ملاحظات"),
        ("الموافقة على النص", "لا مانع من نشره"),
        ("تحويل دفعة المقاول", "حولتها له الظهر وقال وصل"),
        ("استلام المفاتيح", "المفاتيح صارت معي"),
    ],
)
def test_what_follows_a_finish_and_changes_nothing_is_let_pass(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize("text", ["ما دفعناهاش", "مدفعتش لسه", "بعدني ما كتبته"])
def test_what_was_not_done_is_heard_in_every_dialect(text: str) -> None:
    assert read(text, "دفع الإيجار").intent is Intent.PROGRESS


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("دفع الفاتورة", "دفعت منها خمسين والباقي من أستلم الراتب"),
        ("دفع الفاتورة", "دفعتها على حساب ثاني"),
        ("دفع الفاتورة", "انت دفعتها"),
        ("دفع الفاتورة", "دفعت ورجعت الفلوس"),
        ("إرسال كشف الحساب", "الكشف جاهز"),
        ("الموافقة على التصميم", "ممتاز، كبروا الشعار"),
        ("اختيار الخلفية", "أمي تبي الأزرق"),
    ],
)
def test_what_falls_short_of_what_was_asked_ticks_nothing(title: str, text: str) -> None:
    assert not acted(text, title, lang="ar")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("إعداد التقرير", "التقرير جاهز"),
        ("الاتصال بشركة المصاعد", "حكيت معهم اليوم"),
        ("اختيار اللون", "اخترنا الأخضر الفاتح"),
    ],
)
def test_what_goes_as_far_as_was_asked_is_acted_upon(title: str, text: str) -> None:
    assert acted(text, title, lang="ar")
