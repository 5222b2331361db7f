"""What Chinese clients write, and what is made of it."""

from datetime import UTC, date, datetime

import pytest

from mailflow.domain.intent import Intent, Reading
from mailflow.reading.client import Asked, AskedItem, understand


def read(text: str, title: str = "提交对账单") -> Reading:
    """Return the first reading of an answer sent on Wednesday the 4th of March 2026."""
    item = AskedItem(1, title, date(2026, 3, 3))
    sent = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    return understand(Asked(text=text, items=(item,), single=True, sent_at=sent, language="zh"))[0]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("提交对账单", "已经发您邮箱了。"),
        ("付尾款", "昨天打过去了。"),
        ("签施工合同", "签好寄出了。"),
        ("审核文案", "没问题，直接印！"),
        ("更新通讯录", "更新完毕。"),
        ("领取新护照", "领回来了"),
        ("付尾款", "已从公司账户转出，请查收"),
        ("预约疫苗接种", "约上了，社区那边的"),
        ("换轮胎", "周六在店里换的。"),
        ("缴物业费", "交到年底了。"),
        ("告知过敏情况", "没有过敏。"),
    ],
)
def test_what_is_done_is_done(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("提交对账单", "还没发。"),
        ("提交对账单", "弄好了就发给你们"),
        ("付尾款", "付了一半"),
        ("付尾款", "假装已经付了😂"),
        ("签施工合同", "小刘说他签过了"),
        ("签施工合同", "终于可以签了，明天上午签"),
        ("更新通讯录", "差不多好了"),
        ("审核文案", "没问题，我下午看"),
        ("付尾款", "不付了"),
        ("付尾款", "周五付清"),
        ("付尾款", "钱准备好了"),
        ("签施工合同", "已打印"),
        ("签施工合同", "对方签了"),
        ("交报告", "他们已经交了"),
        ("买保险", "报价拿到了"),
        ("取快递", "快递到了"),
        ("审核文案", "看了两页"),
        ("收集签名", "32个人签了28个"),
        ("预订B会议室", "A会议室订好了。"),
        ("订晚餐", "午餐订好了。"),
        ("签署合同", "补充协议签了。"),
        ("换轮胎", "上周六就该换的。"),
        ("批准传单", "电话号码改好可以印。"),
    ],
)
def test_what_only_sounds_done_is_never_ticked(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("下周三之前给您", date(2026, 3, 11)),
        ("能不能宽限到月底？", date(2026, 3, 31)),
        ("再给我两天", date(2026, 3, 6)),
        ("后天交", date(2026, 3, 6)),
    ],
)
def test_another_day_is_counted_from_the_day_of_the_answer(text: str, until: date) -> None:
    reading = read(text)

    assert (reading.intent, reading.until) == (Intent.RESCHEDULE, until)


def test_the_one_who_should_do_it_is_named() -> None:
    reading = read("这个请找张经理")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, "张经理")


def test_a_full_name_is_somebody_where_people_stand() -> None:
    reading = read("这块现在归王磊管")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, "王磊")


def test_a_thing_with_a_role_in_its_name_is_nobody() -> None:
    reading = read("物业费昨天交了", "缴纳物业费")

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("簽租約", "簽好了，租約已經寄回去。"),
        ("審核設計稿", "看過了，沒問題。"),
        ("訂餐廳", "訂好了，週六晚上六點"),
        ("轉帳訂金", "訂金轉過去了，末五碼 12345"),
        ("交水費", "已經過咗數"),
        ("影相", "影晒喇"),
        ("付尾款", "打過去了"),
    ],
)
def test_traditional_glyphs_and_cantonese_are_read_alike(title: str, text: str) -> None:
    reading = read(text, title)

    assert (reading.intent, reading.sure) == (Intent.DONE, True)


def test_what_is_shown_stays_as_it_was_typed() -> None:
    reading = read("這個請找張經理", "簽約")

    assert (reading.intent, reading.delegate) == (Intent.DELEGATE, "張經理")
    assert reading.text == "這個請找張經理"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("簽租約", "租約睇咗，未簽"),
        ("簽租約", "簽咗未？"),
        ("繳停車費", "只繳了一半"),
        ("交水費", "差唔多交晒"),
        ("影相", "相影咗一半"),
        ("批准设计稿", "好看是好看"),
        ("批准预算", "会上讨论过了"),
        ("修水管", "修是修了，还漏"),
        ("交资料", "上次已经交过了吧"),
        ("交资料", "很快就交完了"),
        ("选瓷砖颜色", "白色或者灰色"),
        ("选瓷砖颜色", "老婆喜欢白色"),
        ("付房租", "房租是室友付的那份付了"),
        ("签合同", "谈妥了"),
    ],
)
def test_a_limit_in_either_set_of_glyphs_is_heard(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("签合同", "能打开了"),
        ("付尾款", "可以登录了"),
        ("付尾款", "审核通过"),
        ("寄资料", "出票了"),
        ("联系客户", "客户定下来了"),
        ("审核方案", "方案出了"),
        ("退租", "打扫干净了"),
    ],
)
def test_a_step_of_another_work_is_not_this_work(title: str, text: str) -> None:
    reading = read(text, title)

    assert not (reading.intent is Intent.DONE and reading.sure)
