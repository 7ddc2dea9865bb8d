"""Public notices (公示): states of the generic notice engine (§17.2)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class NoticeState(LabeledEnum):
    """States of a notice; the draft is the unit's own and precedes §17.2."""

    DRAFT = "draft", "草稿"
    AWAITING_REVIEW = "awaiting_review", "待审"
    AWAITING_PUBLICATION = "awaiting_publication", "待发布"
    REJECTED = "rejected", "已驳回"
    OPEN = "open", "公示中"
    SUSPENDED = "suspended", "已中止"
    TERMINATED = "terminated", "已终止"
    CLOSED = "closed", "已届满"


class NoticeEvent(LabeledEnum):
    """What may happen to a notice."""

    SUBMIT = "submit", "提交"
    REVISE = "revise", "修改重报"
    APPROVE = "approve", "形式审查通过"
    REJECT = "reject", "形式审查驳回"
    PUBLISH = "publish", "发布"
    OPEN_VENUE = "open_venue", "发布另一渠道"
    SUSPEND = "suspend", "中止"
    RESUME = "resume", "恢复"
    EXTEND = "extend", "延长"
    REPLACE = "replace", "变更"
    TERMINATE = "terminate", "终止"
    CLOSE = "close", "届满"


_S, _E = NoticeState, NoticeEvent
_UNIT = by(Role.TRANSFER_OFFICE)
# Bureau and platform operator are two roles of one system (AMB-37); which of
# these roles counts for a kind or a venue, `reviewers_of` and `publishers_of` say.
_REVIEWER = by(Role.PLATFORM, Role.BUREAU, Role.TRANSFER_OFFICE, Role.APPROVER)
_PUBLISHER = _REVIEWER
_PLATFORM = by(Role.PLATFORM, Role.BUREAU)
_SYSTEM = by(Role.SYSTEM)

NOTICE = StateTable(
    name="notice",
    label="公示",
    states=NoticeState,
    events=NoticeEvent,
    transitions=(
        Transition(
            _S.DRAFT,
            _E.SUBMIT,
            _UNIT,
            _S.AWAITING_REVIEW,
            guard="要素齐全（OT-11、OT-20、OT-21）",
            timer="FORMAL_REVIEW",
        ),
        Transition(_S.REJECTED, _E.REVISE, _UNIT, _S.DRAFT),
        Transition(
            _S.AWAITING_REVIEW,
            _E.APPROVE,
            _REVIEWER,
            _S.AWAITING_PUBLICATION,
            guard="要素齐全",
            timer="FORMAL_REVIEW",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_REVIEW,
            _E.REJECT,
            _REVIEWER,
            _S.REJECTED,
            guard="须有理由",
            timer="FORMAL_REVIEW",
            document="D-44",
            four_eyes=True,
        ),
        # What passed may become unpublishable while it waits: its planned end is
        # overtaken, or an auction's day comes too near. It must not be stuck.
        Transition(
            _S.AWAITING_PUBLICATION,
            _E.REJECT,
            _REVIEWER,
            _S.REJECTED,
            guard="须有理由",
            document="D-44",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_PUBLICATION,
            _E.PUBLISH,
            _PUBLISHER,
            _S.OPEN,
            guard="工作日历覆盖公示期（T-07）",
            timer="自发布之时起算",
            document="公示页面及其哈希",
        ),
        Transition(
            _S.OPEN,
            _E.OPEN_VENUE,
            _PUBLISHER,
            _S.OPEN,
            guard="该渠道尚未发布；各渠道分别计算期限（T-12）",
            timer="自该渠道发布之时起算",
        ),
        Transition(
            _S.OPEN,
            _E.SUSPEND,
            by(Role.SYSTEM, *_PLATFORM),
            _S.SUSPENDED,
            guard="受理异议（仅挂牌、拍卖、先用后转）",
            timer="停止计时（T-08）",
            document="D-47",
        ),
        Transition(
            _S.SUSPENDED,
            _E.RESUME,
            by(Role.SYSTEM, *_PLATFORM),
            _S.OPEN,
            guard="全部异议已办结",
            timer="重新计算届满时间（T-08）",
            document="D-50",
        ),
        Transition(
            _S.OPEN,
            _E.EXTEND,
            _PLATFORM,
            _S.OPEN,
            guard="OT-23（仅协议定价）",
            timer="届满时间加n日，不顺延",
            document="D-42",
        ),
        Transition(
            _S.OPEN,
            _E.REPLACE,
            _PUBLISHER,
            _S.TERMINATED,
            guard="变更已获批准（OT-40、OT-41），链接新公示",
            document="D-43",
        ),
        Transition(
            _S.SUSPENDED,
            _E.REPLACE,
            _PUBLISHER,
            _S.TERMINATED,
            guard="变更已获批准（OT-40、OT-41），链接新公示",
            document="D-43",
        ),
        Transition(
            _S.OPEN,
            _E.TERMINATE,
            by(*_PUBLISHER, Role.SYSTEM),
            _S.TERMINATED,
            guard="终止已获批准（OT-40、OT-41），或依异议规则终止",
            document="D-43、D-51",
        ),
        Transition(
            _S.SUSPENDED,
            _E.TERMINATE,
            by(*_PUBLISHER, Role.SYSTEM),
            _S.TERMINATED,
            guard="终止已获批准（OT-40、OT-41），或依异议规则终止",
            document="D-43、D-51",
        ),
        Transition(
            _S.OPEN,
            _E.CLOSE,
            _SYSTEM,
            _S.CLOSED,
            guard="到达届满时间，且届满时间非暂定",
            document="D-40、D-41、D-55公示证明",
        ),
    ),
)


class RequestState(LabeledEnum):
    """States of a request for an extension, a change or an end."""

    PENDING = "pending", "待审核"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "未同意"
    LAPSED = "lapsed", "已失效"


class ChangeKind(LabeledEnum):
    """What is asked for under 附件4十."""

    REPLACE = "replace", "变更"
    TERMINATE = "terminate", "终止"


class AnnouncementKind(LabeledEnum):
    """Kinds of announcement: they inform and have no period."""

    GENERAL = "general", "一般公告"
    SERVICE = "service", "服务公告"
    DEAL = "deal", "成交公告"
    CORRECTION = "correction", "更正公告"


class AnnouncementState(LabeledEnum):
    """States of an announcement."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待发布"
    PUBLISHED = "published", "已发布"


class AnnouncementEvent(LabeledEnum):
    """What may happen to an announcement."""

    SUBMIT = "submit", "提交"
    RETURN = "return", "退回"
    PUBLISH = "publish", "发布"


ANNOUNCEMENT = StateTable(
    name="announcement",
    label="公告",
    states=AnnouncementState,
    events=AnnouncementEvent,
    transitions=(
        Transition(
            AnnouncementState.DRAFT,
            AnnouncementEvent.SUBMIT,
            _PLATFORM,
            AnnouncementState.SUBMITTED,
            guard="标题和正文齐全",
        ),
        Transition(
            AnnouncementState.SUBMITTED,
            AnnouncementEvent.RETURN,
            _PLATFORM,
            AnnouncementState.DRAFT,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            AnnouncementState.SUBMITTED,
            AnnouncementEvent.PUBLISH,
            _PLATFORM,
            AnnouncementState.PUBLISHED,
            document="公告页面及其哈希",
            four_eyes=True,
        ),
    ),
)
