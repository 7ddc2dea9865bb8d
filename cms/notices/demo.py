"""Demo notices: each kind in a telling state; all content is invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cms.core import clock
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.notices import actions
from cms.notices.models import Announcement, Notice
from cms.parties.models import User
from cms.parties.queries import get_actor
from cms.rules.notices import AnnouncementKind, NoticeKind, Venue, fields_of, rule_of
from cms.rules.roles import Role
from cms.rules.violations import RuleViolation

_CHANNEL = "公示期内向示例理工大学科技成果转化中心书面提出，须署真实姓名并附依据。"


@dataclass(frozen=True, slots=True)
class DemoNotice:
    """One notice: opened so many days ago, or not yet; `values` are its contents."""

    kind: NoticeKind
    title: str
    values: dict[str, str]
    days_ago: int = 2
    is_published: bool = True
    is_suspended: bool = False


_LISTING = {
    "transferor": "柳州示例理工大学",
    "achievement_name": "汽车轻量化镁合金压铸成形技术",
    "description": "面向汽车仪表板骨架的镁合金压铸成形工艺及模具设计方法，已完成中试。",
    "qualification": "依法设立的企业法人，具备压铸生产条件。",
    "transfer_mode": "transfer",
    "payment_method": "分三期支付，合同生效后30日内支付首期40%",
    "guarantee": "履约保证金60000元",
    "bid_rule": "after_notice",
    "trading_time": "公告期满后第3个工作日9时",
    "floor_price": "300000元",
}
_GRANT = {
    "achievement_name": "糖料蔗智能收获控制系统",
    "inventors": "杨教授团队",
    "grant_kind": "partial_ownership",
    "share_or_term": "赋予团队70%所有权份额",
    "receiver": "柳州示例精工科技有限公司",
    "is_insider": "no",
}
_PRICE = {
    "achievement_name": "工程机械液压阀在线检测方法",
    "transfer_mode": "license",
    "proposed_price": "500000元，分两期支付",
    "transferee": "柳州示例精工科技有限公司",
    "is_insider": "yes",
    "insider_statement": "受让人的股东之一系成果完成人配偶，交易价格经评估确定。",
    "digest": "液压阀泄漏量的在线检测方法，检测节拍小于8秒。",
}
NOTICES = (
    DemoNotice(NoticeKind.LISTING, "汽车轻量化镁合金压铸成形技术挂牌公告", _LISTING, 3),
    DemoNotice(
        NoticeKind.NEGOTIATED, "工程机械液压阀在线检测方法协议定价公示", _PRICE, 6
    ),
    DemoNotice(
        NoticeKind.NEGOTIATED,
        "螺蛳粉原料快速检测试剂盒协议定价公示",
        _PRICE
        | {
            "achievement_name": "螺蛳粉原料快速检测试剂盒",
            "is_insider": "no",
            "insider_statement": "",
        },
        40,
    ),
    DemoNotice(
        NoticeKind.LISTING,
        "智能网联车辆边缘计算网关挂牌公告",
        _LISTING
        | {
            "achievement_name": "智能网联车辆边缘计算网关",
            "description": "园区低速车辆用边缘计算网关，支持离线感知，已完成样机测试。",
            "qualification": "依法设立的企业法人，具备车载电子产品生产条件。",
        },
        9,
        is_suspended=True,
    ),
    DemoNotice(
        NoticeKind.AUCTION,
        "新能源客车热管理专利包拍卖公告",
        {
            "achievement_name": "新能源客车热管理专利包（3项）",
            "description": "发明专利2项、实用新型专利1项，权属清晰，无质押。",
            "auction_at": "+40",
            "place": "示例技术交易平台竞价大厅",
            "display": "公告期内工作日9时至17时，示例理工大学实训楼",
            "auctioneer": "柳州示例拍卖有限公司",
            "qualification": "法人或非法人组织，按公告缴纳保证金。",
            "deposit": "50000元",
            "starting_price": "260000元",
        },
        1,
    ),
    DemoNotice(
        NoticeKind.PRE_TALKS,
        "甘蔗渣制备生物基材料协议交易公告",
        {
            "achievement_name": "甘蔗渣制备生物基材料",
            "transfer_mode": "license",
            "proposed_price": "按净销售额3%提成，无入门费",
            "bid_rule_text": "出现两个以上意向方时一次密封报价，提成比例高者优先。",
        },
        2,
    ),
    DemoNotice(NoticeKind.EMPOWERMENT, "糖料蔗智能收获控制系统赋权公示", _GRANT, 4),
    DemoNotice(
        NoticeKind.EMPOWERMENT_PRICED,
        "微电网能量管理方法赋权暨协议定价公示",
        _GRANT
        | {
            "achievement_name": "微电网能量管理方法",
            "transfer_mode": "equity_contribution",
            "proposed_price": "以约定收益为对价：企业上市或股权转让净收益的20%",
        },
        5,
    ),
    DemoNotice(
        NoticeKind.REWARD,
        "铝合金焊接工艺转化奖励分配公示",
        {
            "achievement_name": "铝合金焊接工艺",
            "persons": "杨教授（完成人）、许经理（转化服务人员）",
            "contributions": "杨教授主持研发；许经理负责对接和谈判",
            "shares": "杨教授80%，许经理20%",
        },
        3,
    ),
    DemoNotice(
        NoticeKind.TECHNOLOGY_MANAGER,
        "拟备案技术经理人公示",
        {"persons": "许经理，成果转化中心，技术经纪人", "resolution": "已经审议通过"},
        1,
    ),
    DemoNotice(
        NoticeKind.ABANDONMENT,
        "一种旧式传动装置专利放弃公示",
        {
            "achievement_name": "一种旧式传动装置",
            "ip_number": "ZL201810123456.5",
            "ground": "技术已被替代，无转化前景，不再缴纳年费。",
            "inventors_asked": "已征询全部完成人，均无受让意愿。",
        },
        2,
    ),
    DemoNotice(
        NoticeKind.LISTING,
        "数控机床主轴热误差补偿方法挂牌公告",
        _LISTING
        | {
            "achievement_name": "数控机床主轴热误差补偿方法",
            "description": "按主轴多点温度修正刀具位置，已在两台加工中心验证。",
            "qualification": "依法设立的企业法人，从事数控机床制造或改造。",
        },
        is_published=False,
    ),
)


def load_demo(at: datetime) -> None:
    """Load the demo notices and one announcement, once; timers that ran out fire."""
    tto = User.objects.filter(username="demo-tto").first()
    if tto is None or Notice.objects.exists():
        return
    people = {
        name: get_actor(User.objects.get(username=f"demo-{name}"))
        for name in ("tto", "apv", "pla", "stb", "stb2")
    }
    with writing():
        for demo in sorted(NOTICES, key=lambda demo: -demo.days_ago):
            _load(demo, people, at)
        _load_announcement(people, at)


def _load(demo: DemoNotice, people: dict[str, Actor], at: datetime) -> None:
    office = people["tto"]
    owner = next(iter(office.organizations_as(Role.TRANSFER_OFFICE)))
    opened = at.astimezone(clock.SHANGHAI) - timedelta(days=demo.days_ago)
    opened = opened.replace(hour=10, minute=0, second=0, microsecond=0)
    notice = actions.create_notice(owner, demo.kind, by=office, at=opened)
    values = {"objection_channel": _CHANNEL, **demo.values}
    if values.get("auction_at", "").startswith("+"):
        start = (opened + timedelta(days=40)).replace(hour=9)
        values["auction_at"] = start.isoformat()
    actions.save_draft(
        notice,
        title=demo.title,
        values={spec.name: values.get(spec.name, "") for spec in fields_of(demo.kind)},
        planned_close_on=None,
        by=office,
        at=opened,
    )
    actions.submit_notice(notice, by=office, at=opened)
    if demo.is_published:
        _publish(demo, notice, people, at, opened)


def _publish(
    demo: DemoNotice,
    notice: Notice,
    people: dict[str, Actor],
    at: datetime,
    opened: datetime,
) -> None:
    rule = rule_of(demo.kind)
    checker = people["pla"] if rule.is_public else people["apv"]
    actions.approve_notice(notice, by=checker, at=opened)
    try:
        for venue in rule.required:
            by = people["pla"] if venue is Venue.PLATFORM else people["tto"]
            actions.publish_notice(notice, venue, by=by, at=opened)
    except RuleViolation as refused:
        # Near a year's end the next year's holidays are not known yet (T-07).
        if refused.code != "E-NT-03":
            raise
        return
    if demo.is_suspended:
        stopped = opened + timedelta(days=3)
        reason = "收到对权属的异议，正在形式审查。"
        actions.suspend_notice(notice, reason=reason, by=people["pla"], at=stopped)
    elif notice.close_at is not None and notice.close_at <= at:
        actions.close_notice(notice, at=notice.close_at)


def _load_announcement(people: dict[str, Actor], at: datetime) -> None:
    row: Announcement = actions.create_announcement(
        AnnouncementKind.SERVICE,
        title="关于开通公示核验服务的公告",
        body="即日起，公示页面附二维码和核验码，任何人可以核对公示文本是否被改动。\n\n"
        "公示期自发布次日起算，至最后一日24时止，以服务器时间为准。",
        by=people["stb"],
        at=at - timedelta(days=1),
    )
    actions.submit_announcement(row, by=people["stb"], at=at - timedelta(days=1))
    actions.publish_announcement(
        row, issuer="柳州市科技局（演示）", by=people["stb2"], at=at
    )
