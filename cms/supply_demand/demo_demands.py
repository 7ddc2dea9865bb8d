"""Demo demands, calls, events and matches; all of it is invented."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cms.core.actors import Actor
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.rules.roles import Role
from cms.rules.supply_demand.calls import CallScope, EventKind
from cms.rules.supply_demand.demand_form import DemandFacts
from cms.rules.supply_demand.matching import ContactFacts, IntentFacts
from cms.supply_demand.actions.calls import CallContent, publish_call, save_call
from cms.supply_demand.actions.demand_review import publish_demand, return_demand
from cms.supply_demand.actions.demands import (
    resolve_demand,
    save_demand,
    start_demand,
    submit_demand,
)
from cms.supply_demand.actions.events import (
    EventContent,
    invite_to_event,
    publish_event,
    register_for_event,
    save_event,
)
from cms.supply_demand.actions.intents import confirm_intent, propose_intent
from cms.supply_demand.actions.matches import accept_match, express_interest_in_demand
from cms.supply_demand.models import Call, Demand, Event, Match

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DemoDemand:
    """One demand; `outcome` is how far it has come."""

    login: str
    title: str
    problem: str
    indicators: str
    industry: str
    modes: tuple[str, ...]
    budget: str
    is_anonymous: bool = False
    in_call: bool = False
    outcome: str = "published"


DEMANDS = (
    DemoDemand(
        "demo-ent",
        "铝合金薄壁件铣削变形控制",
        "铝合金电池托盘薄壁件在高速铣削后变形超差，返工率约8%。"
        "希望找到残余应力检测和补偿加工的办法，可先在一条产线试用。",
        "变形量不超过0.05毫米，返工率降到2%以下",
        "36",
        ("use_then_pay", "license"),
        "from_10",
        in_call=True,
    ),
    DemoDemand(
        "demo-ent",
        "机床主轴轴承早期故障诊断",
        "加工中心主轴轴承磨损只能靠停机拆检发现，非计划停机多。"
        "需要基于振动和温度的在线诊断方法，提前给出更换提示。",
        "提前72小时预警，误报率低于5%",
        "34",
        ("use_then_pay", "joint_development"),
        "from_50",
        in_call=True,
    ),
    DemoDemand(
        "demo-ent",
        "切削液长效抑菌与循环利用",
        "集中供液系统切削液三个月即发臭变质，废液处置费用高。"
        "希望引进长效抑菌、分离净化的成套技术。",
        "使用周期延长到12个月",
        "34",
        ("license", "transfer"),
        "from_10",
    ),
    DemoDemand(
        "demo-ent2",
        "商用车车架焊缝视觉检测",
        "车架焊缝靠人工目检，漏检时有发生，影响整车交付质量。"
        "需要适应强光、飞溅环境的机器视觉检测算法和装置。",
        "检出率99%以上，单车检测时间不超过60秒",
        "36",
        ("use_then_pay", "license", "joint_development"),
        "from_100",
        in_call=True,
    ),
    DemoDemand(
        "demo-ent2",
        "动力电池包轻量化复合材料上盖",
        "现用钢制上盖质量大、易腐蚀，需要阻燃等级高、成本可控的"
        "复合材料上盖及其模压成形工艺。",
        "减重30%，阻燃等级V-0",
        "38",
        ("license", "joint_development"),
        "from_100",
        is_anonymous=True,
    ),
    DemoDemand(
        "demo-ent2",
        "涂装车间挥发性有机物低能耗治理",
        "涂装废气浓度低、风量大，现有蓄热燃烧装置能耗高。"
        "希望得到吸附浓缩或催化氧化的节能改造方案。",
        "能耗降低25%，排放达标",
        "77",
        ("transfer", "joint_development"),
        "from_500",
        is_anonymous=True,
    ),
    DemoDemand(
        "demo-ent",
        "精密模具表面耐磨涂层",
        "压铸模具寿命不足八万模次，涂层易剥落，换模频繁。"
        "需要结合力强、可局部修复的表面强化技术。",
        "模具寿命不低于十五万模次",
        "33",
        ("use_then_transfer", "license"),
        "from_10",
        is_anonymous=True,
    ),
    DemoDemand(
        "demo-ent2",
        "车间物流小车多机调度",
        "车间四十余台物流小车由三家厂商供货，互不通信，路口拥堵。"
        "需要统一调度算法和接口，支持与生产计划联动。",
        "拥堵等待时间减少50%",
        "39",
        ("joint_development",),
        "negotiable",
        outcome="resolved",
    ),
    DemoDemand(
        "demo-ent",
        "铸件内部缺陷快速无损检测",
        "铸件内部缩孔靠抽样剖切检查，周期长、成本高。"
        "需要适合小批量多品种的快速无损检测方法。",
        "单件检测时间不超过3分钟",
        "33",
        ("use_then_pay",),
        "under_10",
        outcome="submitted",
    ),
    DemoDemand(
        "demo-ent2",
        "热处理炉温度场建模与节能控制",
        "热处理炉温差大，工件硬度离散，天然气消耗高。"
        "希望建立温度场模型并实现节能控制。",
        "温差不超过正负5摄氏度",
        "34",
        ("license",),
        "",
        outcome="returned",
    ),
)
CONTACTS = {
    "demo-ent": ContactFacts("陶精工", "13800000101", "tao@example.com"),
    "demo-ent2": ContactFacts("姜智造", "13800000102", "jiang@example.com"),
    "demo-tto": ContactFacts("蒋转化", "13800000201", "jiang.t@example.com"),
    "demo-tto2": ContactFacts("何转化", "13800000202", "he@example.com"),
}


@writing()
def load_demo(at: datetime) -> None:
    """Create the demo demands once; what exists stays as it is."""
    if Call.objects.exists() or Demand.objects.exists():
        return
    people = {name: _person(name) for name in (*CONTACTS, "demo-stb", "demo-stb2")}
    call = _calls(people["demo-stb"], at)
    demands = [_demand(plan, people, call, at) for plan in DEMANDS]
    _matches(demands, people, at)
    _events(people, at)


def _person(login: str) -> Actor:
    return get_actor(User.objects.get(username=login))


def _home(actor: Actor) -> Organization:
    return Organization.objects.get(pk=min(owner for owner, _ in actor.memberships))


def _midnight(at: datetime, days: int) -> datetime:
    day = (at.astimezone(SHANGHAI) + days * DAY).date()
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _calls(bureau: Actor, at: datetime) -> Call:
    past = CallContent(
        title="上一批先使用后付费供需集中征集",
        scope=CallScope.BOTH.value,
        body="面向试点单位征集可先使用后付费的成果，面向企业征集技术需求。",
        contact="市科技局成果转化科（演示）",
        opens_at=_midnight(at, -60),
        closes_at=_midnight(at, -20),
    )
    present = replace(
        past,
        title="本批先使用后付费供需集中征集",
        opens_at=_midnight(at, -15),
        closes_at=_midnight(at, 31),
    )
    publish_call(
        save_call(None, past, by=bureau, at=at - 61 * DAY), by=bureau, at=at - 61 * DAY
    )
    call = save_call(None, present, by=bureau, at=at - 15 * DAY)
    publish_call(call, by=bureau, at=at - 15 * DAY)
    return call


def _demand(
    plan: DemoDemand, people: dict[str, Actor], call: Call, at: datetime
) -> Demand:
    by, contact = people[plan.login], CONTACTS[plan.login]
    enterprise = _home(by)
    day = (at.astimezone(SHANGHAI) + 330 * DAY).date()
    facts = DemandFacts(
        enterprise_name=enterprise.name,
        credit_code=enterprise.credit_code,
        is_anonymous=plan.is_anonymous,
        size=enterprise.size,
        district=enterprise.district,
        industry=plan.industry,
        title=plan.title,
        problem=plan.problem,
        indicators=plan.indicators,
        modes=plan.modes,
        budget=plan.budget,
        needed_by=date(day.year, day.month, 1),
        valid_until=day,
        accepts_push=True,
        contact_name=contact.name,
        contact_phone=contact.phone,
        contact_email=contact.email,
        consents_to_publication=True,
        states_truth=True,
        states_secrecy=True,
    )
    demand = start_demand(enterprise, by=by, at=at - 12 * DAY)
    chosen = call if plan.in_call else None
    demand = save_demand(
        demand, facts, chosen, version=demand.version, by=by, at=at - 12 * DAY
    )
    submit_demand(demand, by=by, at=at - 11 * DAY)
    bureau = people["demo-stb"]
    if plan.outcome == "returned":
        comments = {"indicators": "请补充现有炉温数据和期望的节能指标。"}
        return_demand(
            demand, "请补充后重新提交。", comments, by=bureau, at=at - 9 * DAY
        )
    elif plan.outcome != "submitted":
        publish_demand(demand, by=bureau, at=at - 10 * DAY)
    if plan.outcome == "resolved":
        resolve_demand(demand, by=by, at=at - 2 * DAY)
    return demand


def _matches(demands: list[Demand], people: dict[str, Actor], at: datetime) -> None:
    """Make three: one waits, one is under way, one has its intent on record."""
    first = _interest(demands[0], "demo-tto", people, at - 8 * DAY)
    accept_match(
        first,
        reply="欢迎来厂交流。",
        contact=CONTACTS["demo-ent"],
        by=people["demo-ent"],
        at=at - 7 * DAY,
    )
    intent = IntentFacts(
        subject="薄壁件残余应力检测与补偿技术的试用和许可",
        way="use_then_pay",
        secrecy="双方对洽谈和试用中知悉的技术资料、生产数据保密三年。",
        valid_until=(at.astimezone(SHANGHAI) + 180 * DAY).date(),
        is_exclusive=False,
        binding="保密约定、费用承担",
        non_binding="许可费、期限等商务条款以正式合同为准",
        costs="试用期间各自承担人员费用，耗材由企业承担",
        depends_on="试用验证结果、单位审批和协议定价公示期满",
    )
    record = propose_intent(first, intent, by=people["demo-tto"], at=at - 5 * DAY)
    confirm_intent(record, by=people["demo-ent"], at=at - 4 * DAY)
    second = _interest(demands[3], "demo-tto2", people, at - 6 * DAY)
    accept_match(
        second,
        reply="请先提供检测案例。",
        contact=CONTACTS["demo-ent2"],
        by=people["demo-ent2"],
        at=at - 3 * DAY,
    )
    _interest(demands[4], "demo-tto2", people, at - 1 * DAY)


def _interest(
    demand: Demand, login: str, people: dict[str, Actor], at: datetime
) -> Match:
    by = people[login]
    unit = Organization.objects.get(pk=min(by.organizations_as(Role.TRANSFER_OFFICE)))
    fresh = Demand.objects.select_related("organization", "page").get(pk=demand.pk)
    return express_interest_in_demand(
        fresh,
        unit,
        note="我单位有相近课题的成果和试验条件，愿先提供试用，再商定后续合作方式。",
        contact=CONTACTS[login],
        by=by,
        at=at,
    )


def _events(people: dict[str, Actor], at: datetime) -> None:
    bureau = people["demo-stb"]
    plans = (
        ("智能制造牵线搭桥会", EventKind.INTRODUCTION, 20, 40),
        ("问技高校：走进示例理工大学", EventKind.ASK_UNIVERSITIES, 35, 30),
        ("新材料成果路演", EventKind.ROADSHOW, 50, 2),
    )
    for title, kind, days, capacity in plans:
        starts_at = _midnight(at, days) + timedelta(hours=14, minutes=30)
        content = EventContent(
            title=title,
            kind=kind.value,
            body="企业与高校院所面对面洽谈，请提前报名。现场设洽谈区和成果展示区。",
            place="示例科技馆报告厅",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=3),
            registration_closes_at=starts_at - DAY,
            capacity=capacity,
        )
        event = save_event(None, content, by=bureau, at=at - 3 * DAY)
        publish_event(event, by=bureau, at=at - 3 * DAY)
    roadshow = Event.objects.get(title=plans[2][0])
    for login in CONTACTS:
        by = people[login]
        register_for_event(roadshow, _home(by), by=by, at=at - 2 * DAY)
    parties = [_home(people["demo-ent"]), _home(people["demo-tto"])]
    invite_to_event(
        Event.objects.get(title=plans[0][0]), parties, by=bureau, at=at - 1 * DAY
    )
