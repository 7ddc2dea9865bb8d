"""Every statutory day count and share (requirements §2), each with its article.

A change is a new entry of the same name with its own `valid_from` (and the old
one's `valid_to`), never an edit: a running case keeps its edition (PL-04).
"""

from datetime import date
from decimal import Decimal
from functools import partial

from cms.rules.parameters import Origin, Parameter, ParameterKind, ParameterRegister

# The plan's text carries no date of issue; its first edition serves earlier days too.
FIRST_EDITION = date(2026, 1, 1)

_natural = partial(Parameter, kind=ParameterKind.NATURAL_DAYS, valid_from=FIRST_EDITION)
_working = partial(Parameter, kind=ParameterKind.WORKING_DAYS, valid_from=FIRST_EDITION)
_months = partial(Parameter, kind=ParameterKind.MONTHS, valid_from=FIRST_EDITION)
_years = partial(Parameter, kind=ParameterKind.YEARS, valid_from=FIRST_EDITION)
_fixed = partial(Parameter, kind=ParameterKind.FIXED_DATE, valid_from=FIRST_EDITION)
_number = partial(Parameter, kind=ParameterKind.NUMBER, valid_from=FIRST_EDITION)
_share = partial(Parameter, kind=ParameterKind.SHARE, valid_from=FIRST_EDITION)

NOTICE_EMPOWER = _natural(
    name="NOTICE_EMPOWER",
    label="赋权公示",
    value=15,
    origin=Origin.PLAN,
    articles=("主方案一(一)1", "主方案一(一)2"),
    starts="公示发布",
    rolls=True,
)
NOTICE_LISTING = _natural(
    name="NOTICE_LISTING",
    label="挂牌公告和报名",
    value=15,
    origin=Origin.PLAN,
    articles=("附件4七(三)",),
    starts="公告发布",
    rolls=True,
    is_suspendable=True,
)
NOTICE_NEGOTIATED = _natural(
    name="NOTICE_NEGOTIATED",
    label="协议定价公示",
    value=15,
    origin=Origin.PLAN,
    articles=("附件4八(三)", "附件1十四(三)"),
    starts="公示发布",
    rolls=True,
    is_extendable=True,
)
NOTICE_AUCTION = _natural(
    name="NOTICE_AUCTION",
    label="拍卖公告",
    value=7,
    origin=Origin.PLAN,
    articles=("附件4九(二)", "附件1十四(三)"),
    starts="公告发布",
    rolls=True,
    is_suspendable=True,
)
NOTICE_REWARD = _working(
    name="NOTICE_REWARD",
    label="奖励分配公示",
    value=15,
    origin=Origin.PLAN,
    articles=("附件1十三",),
    starts="公示发布",
)
NOTICE_TM = _working(
    name="NOTICE_TM",
    label="技术经理人备案公示",
    value=5,
    origin=Origin.PLAN,
    articles=("附件7四(三)",),
    starts="公示发布",
)
NOTICE_ABANDON = _natural(
    name="NOTICE_ABANDON",
    label="放弃成果公示",
    value=15,
    origin=Origin.PROPOSED,
    articles=("附件2十一(二)",),
    starts="公示发布",
    rolls=True,
)
NOTICE_PRE_TALKS = _natural(
    name="NOTICE_PRE_TALKS",
    label="谈判前公告",
    value=7,
    origin=Origin.PROPOSED,
    articles=("附件5三(二)",),
    starts="公告发布",
    rolls=True,
)
OBJ_NEG_REPLY = _natural(
    name="OBJ_NEG_REPLY",
    label="协议定价异议反馈",
    value=3,
    origin=Origin.PLAN,
    articles=("附件4十一(五)",),
    starts="异议情况送达",
    rolls=True,
)
OBJ_RIGHTS = _natural(
    name="OBJ_RIGHTS",
    label="异议人维权证明",
    value=15,
    origin=Origin.PLAN,
    articles=("附件4十一(四)",),
    starts="抗辩依据送达",
    rolls=True,
)
OBJ_FORMAL = _working(
    name="OBJ_FORMAL",
    label="异议形式审查",
    value=3,
    origin=Origin.PROPOSED,
    articles=("附件4十一(三)",),
    starts="收到异议",
)
OBJ_DEFENCE = _natural(
    name="OBJ_DEFENCE",
    label="异议抗辩",
    value=7,
    origin=Origin.PROPOSED,
    articles=("附件4十一(三)",),
    starts="抗辩通知送达",
    rolls=True,
)
BIDDER_CONSENT = _natural(
    name="BIDDER_CONSENT",
    label="竞买人同意变更或终止",
    value=3,
    origin=Origin.PROPOSED,
    articles=("附件4十",),
    starts="征求意见送达",
    rolls=True,
)
FORMAL_REVIEW = _working(
    name="FORMAL_REVIEW",
    label="形式审查和发布审核",
    value=5,
    origin=Origin.PROPOSED,
    articles=("附件4七(三)", "附件6六(一)"),
    starts="材料提交",
)
FILE_REMIND = _natural(
    name="FILE_REMIND",
    label="合同报备提醒",
    value=30,
    origin=Origin.PROPOSED,
    articles=("附件6六(四)", "附件5三(四)"),
    starts="合同签订",
)
TITLE_REMIND = _natural(
    name="TITLE_REMIND",
    label="权属变更登记提醒",
    value=60,
    origin=Origin.PROPOSED,
    articles=("附件1十一", "专利法10"),
    reminders=(30,),
)
PATENT_RECORD = _months(
    name="PATENT_RECORD",
    label="专利实施许可合同备案",
    value=3,
    origin=Origin.PLAN,
    articles=("附件6六(三)", "专利法实施细则15", "专利法实施细则5"),
    starts="合同生效",
    rolls=True,
    reminders=(60, 30, 7),
)
LONG_USE_MIN = _years(
    name="LONG_USE_MIN",
    label="长期使用权最短期限",
    value=10,
    origin=Origin.PLAN,
    articles=("主方案一(一)2", "附件1九"),
    starts="使用权首日",
    counts_first_day=True,
)
DEFER_ADVISED = _months(
    name="DEFER_ADVISED",
    label="延期支付建议时长",
    value=12,
    origin=Origin.PRECEDENT,
    articles=("附件6二",),
    starts="合同生效",
)
STATUS_ASK = _months(
    name="STATUS_ASK",
    label="长期中止询问",
    value=6,
    origin=Origin.PROPOSED,
    articles=("附件4十一(四)",),
    starts="交易中止",
)
SELF_EVAL_DUE = _fixed(
    name="SELF_EVAL_DUE",
    label="年度自评提交",
    value=(1, 1, 31),
    origin=Origin.PLAN,
    articles=("主方案二(三)",),
    starts="被评年度内任一时间",
    reminders=(47, 16, 6),  # 12-15, 01-15, 01-25
)
TM_REPORT_DUE = _fixed(
    name="TM_REPORT_DUE",
    label="技术经理人年度工作报告",
    value=(0, 12, 31),
    origin=Origin.PLAN,
    articles=("附件7五(二)",),
    starts="报告年度内任一时间",
)
TM_CERT = _years(
    name="TM_CERT",
    label="技术经理人取得结业证书",
    value=1,
    origin=Origin.PLAN,
    articles=("附件7四(4)",),
    starts="备案",
)
TM_TERM = _years(
    name="TM_TERM",
    label="技术经理人评聘有效期",
    value=3,
    origin=Origin.INFERRED,
    articles=("附件7五(三)",),
    starts="备案",
)
UNIT_RULES_DUE = _years(
    name="UNIT_RULES_DUE",
    label="试点单位建立配套制度",
    value=1,
    origin=Origin.PLAN,
    articles=("主方案二(二)2",),
    starts="确定为试点单位",
    reminders=(60, 30, 7),
)
PILOT_TERM = _years(
    name="PILOT_TERM",
    label="试点第一期",
    value=3,
    origin=Origin.PLAN,
    articles=("主方案二(一)2",),
    starts="方案发布",
)
ENTRY_VALID = _months(
    name="ENTRY_VALID",
    label="发布信息有效期",
    value=12,
    origin=Origin.PROPOSED,
    articles=("附件6六(一)",),
    starts="信息发布",
)

EXT_MAX = _natural(
    name="EXT_MAX",
    label="每次延长公示上限",
    value=7,
    origin=Origin.PLAN,
    articles=("附件4八(四)",),
    is_cap=True,
)
EXT_TIMES = _number(
    name="EXT_TIMES",
    label="延长公示次数上限",
    value=2,
    origin=Origin.PLAN,
    articles=("附件4八(四)",),
    is_cap=True,
)
AUCTION_MIN_BIDDERS = _number(
    name="AUCTION_MIN_BIDDERS",
    label="拍卖最少竞买人数",
    value=2,
    origin=Origin.PLAN,
    articles=("附件4九(二)",),
)
DEFER_MIN = _natural(
    name="DEFER_MIN",
    label="首付款至少晚于合同生效",
    value=1,  # strictly later than the effective day
    origin=Origin.PLAN,
    articles=("附件6二",),
)
TM_LOOKBACK = _years(
    name="TM_LOOKBACK",
    label="技术经理人业绩回溯",
    value=3,
    origin=Origin.PLAN,
    articles=("附件7三(四)",),
)
CONTRIBUTION_MAX = _years(
    name="CONTRIBUTION_MAX",
    label="有限责任公司缴足新增出资的最长期限",
    value=5,
    origin=Origin.LAW,
    articles=("公司法47", "公司法228"),
    is_cap=True,
)
NOTICE_PLAN_MAX = _natural(
    name="NOTICE_PLAN_MAX",
    label="自行延长的公示最长期限",
    value=365,
    origin=Origin.PROPOSED,
    articles=("附件1十四(三)", "附件4七(三)"),
    is_cap=True,
)
CALENDAR_WARN = _natural(
    name="CALENDAR_WARN",
    label="工作日历缺年提前警示",
    value=60,
    origin=Origin.PROPOSED,
    articles=("民法典203",),
)
REWARD_FLOOR = _share(
    name="REWARD_FLOOR",
    label="奖励总额法定最低比例",
    value=Decimal("0.50"),
    origin=Origin.LAW,
    articles=("促转法45",),
)
REWARD_WARN = _share(
    name="REWARD_WARN",
    label="奖励总额提示比例",
    value=Decimal("0.70"),
    origin=Origin.PRECEDENT,
    articles=("附件1十三",),
)
DEPOSIT_CAP = _share(
    name="DEPOSIT_CAP",
    label="定金上限",
    value=Decimal("0.20"),
    origin=Origin.LAW,
    articles=("民法典586",),
    is_cap=True,
)
ROLL_ON_REST_DAY = Parameter(
    name="ROLL_ON_REST_DAY",
    label="届满日逢休息日顺延",
    kind=ParameterKind.SWITCH,
    value=True,
    origin=Origin.LAW,
    articles=("民法典203",),
    valid_from=FIRST_EDITION,
)
ASSET_REPORT_DUE = Parameter(
    name="ASSET_REPORT_DUE",
    label="国有资产情况年度报送日",
    kind=ParameterKind.UNIT_SETTING,
    value=None,
    origin=Origin.PLAN,
    articles=("附件2十三",),
    valid_from=FIRST_EDITION,
)

PERIODS = ParameterRegister(
    entry for entry in tuple(globals().values()) if isinstance(entry, Parameter)
)
