"""What Japanese clients write, and what is made of it."""

from datetime import UTC, date, datetime

import pytest

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.client import Asked, AskedItem, understand


def read(text: str, title: str = "給与明細の送付") -> Reading:
    """Return the first reading of an answer sent on Wednesday the 4th of March 2026."""
    item = AskedItem(1, title, date(2026, 3, 3))
    sent = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    return understand(Asked(text=text, items=(item,), single=True, sent_at=sent, language="ja"))[0]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("給与明細の送付", "先ほど送りました。"),
        ("中間金の支払い", "昨日振り込んでおきました。"),
        ("契約書への署名", "署名して返送いたしました。"),
        ("動画の承認", "これで進めてください。"),
        ("設備点検の実施", "点検完了しました。"),
        ("玄関の鍵の交換", "替えときました！"),
        ("会費の支払い", "コンビニで払ってきました"),
        ("荷物の受け取り", "受け取ってあります"),
        ("納品先の床の色の選択", "床はオークで。"),
        ("アレルギーの申告", "特になしです。"),
        ("資料の返送", "押印のうえ発送しました。到着まで今しばらくお待ちください。"),
    ],
)
def test_what_is_done_is_done(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("給与明細の送付", "まだ送れていません。"),
        ("給与明細の送付", "できたら送ります。"),
        ("中間金の支払い", "払ったはずなんですが。"),
        ("中間金の支払い", "半額だけ振り込みました。"),
        ("契約書への署名", "夫が署名したらしいです。"),
        ("設備点検の実施", "ほぼ終わりました。"),
        ("設備点検の実施", "終わったことにしてください"),
        ("動画の承認", "音楽を直していただければ承認します。"),
        ("設備点検の実施", "お疲れさまでした。"),
        ("給与明細の送付", "送っといてください"),
        ("給与明細の送付", "送ってもらって、また見せてください"),
        ("給与明細の送付", "印刷しました"),
        ("給与明細の送付", "先週送ったのは旧版です"),
        ("契約書の確認", "ダウンロードしました"),
        ("契約書の確認", "見ております"),
        ("契約書への署名", "先方は署名しました"),
        ("玄関の鍵の交換", "土曜に業者さんが来て替えてくれます"),
        ("名簿の入力", "88人中80人まで入れました"),
        ("契約書への署名", "役所に行ってきました"),
        ("契約書への署名", "受付に預けました"),
        ("写真の提出", "動画を送りました"),
        ("201号室の掃除", "202号室を掃除しました。"),
        ("行きの航空券の予約", "帰りの便を予約しました。"),
        ("見積書の送付", "納品書をお送りしました。"),
        ("名簿の提出", "昨年の名簿を出しました。"),
        ("引っ越し業者の手配", "見積もりを取りました。"),
    ],
)
def test_what_only_sounds_done_is_never_ticked(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("来週の水曜までにはお渡しします。", date(2026, 3, 11)),
        ("月末でも大丈夫ですか？", date(2026, 3, 31)),
        ("一週間ほどお時間をください。", date(2026, 3, 11)),
        ("明後日には出せます。", date(2026, 3, 6)),
    ],
)
def test_another_day_is_counted_from_the_day_of_the_answer(text: str, until: date) -> None:
    reading = read(text)

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


def test_the_one_who_should_do_it_is_named() -> None:
    reading = read("経理の田中が対応します。")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, "田中")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("資料の送付", "資料できました"),
        ("写真を送る", "撮れました"),
        ("書類を送付", "封筒に入れました"),
        ("書類を送付", "送ったっけ"),
        ("契約書に署名", "契約書開けました"),
        ("保険の解約", "ログインできました"),
        ("請求書の支払い", "支払い済みの予定です"),
        ("レポート提出", "レポート書き終わりました"),
        ("会議に参加", "参加登録しました"),
        ("家賃を払う", "払いましたとメールが来ました"),
    ],
)
def test_a_step_on_the_way_is_not_the_work(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("資料の作成", "資料できました"),
        ("写真の撮影", "撮れました"),
        ("ロゴの承認", "OKです、お願いします"),
        ("会議に参加", "参加しました"),
        ("家賃を払う", "今朝振り込んだで"),
        ("牛乳を買う", "買ってきました"),
        ("申請書の提出", "提出しました、受付番号は1234です"),
    ],
)
def test_the_work_itself_is(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)
