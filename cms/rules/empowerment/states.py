"""Empowerment (赋权): states of a case (§17.1)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class EmpowermentState(LabeledEnum):
    """States of an empowerment case."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    AWAITING_APPROVAL = "awaiting_approval", "待审批"
    AWAITING_NOTICE = "awaiting_notice", "待公示"
    NOTICE_OPEN = "notice_open", "公示中"
    NOTICE_DISPUTED = "notice_disputed", "公示中（有异议）"
    NOTICE_CLOSED = "notice_closed", "公示届满"
    SIGNED = "signed", "已签约"
    PERFORMED = "performed", "履行中"
    EXTENSION_REVIEW = "extension_review", "延期审批"
    EXTENSION_NOTICE = "extension_notice", "延期公示中"
    EXPIRED = "expired", "已到期"
    RESCINDED = "rescinded", "已解除"
    TERMINATED = "terminated", "已终止"


class EmpowermentEvent(LabeledEnum):
    """What may happen to an empowerment case."""

    SUBMIT = "submit", "提交"
    PASS_REVIEW = "pass_review", "初审通过"
    RETURN = "return", "退回"
    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"
    PUBLISH = "publish", "发布公示"
    OBJECT = "object", "提出异议"
    DISMISS = "dismiss", "异议不成立或撤回（公示期内）"
    DISMISS_AFTER_CLOSE = "dismiss_after_close", "异议不成立或撤回（期满后）"
    SUSTAIN = "sustain", "异议成立，终止"
    SUSTAIN_FOR_REVISION = "sustain_for_revision", "异议成立，修改重报"
    CLOSE_NOTICE = "close_notice", "公示届满"
    SIGN = "sign", "签约"
    REGISTER = "register", "登记完成"
    REQUEST_EXTENSION = "request_extension", "延期申请"
    APPROVE_EXTENSION = "approve_extension", "批准延期"
    REFUSE_EXTENSION = "refuse_extension", "不批准延期"
    CLOSE_EXTENSION_NOTICE = "close_extension_notice", "延期公示届满"
    EXPIRE = "expire", "期满"
    RESCIND = "rescind", "解除"


_S, _E = EmpowermentState, EmpowermentEvent

EMPOWERMENT = StateTable(
    name="empowerment",
    label="赋权",
    states=EmpowermentState,
    events=EmpowermentEvent,
    transitions=(
        Transition(
            _S.DRAFT,
            _E.SUBMIT,
            by(Role.RESEARCHER),
            _S.SUBMITTED,
            guard="由团队代表提出；EM-02、EM-03、EM-04、CC-01、CC-06通过",
            document="D-01、D-02、D-03、D-04、D-05",
        ),
        Transition(
            _S.SUBMITTED,
            _E.PASS_REVIEW,
            by(Role.TRANSFER_OFFICE),
            _S.AWAITING_APPROVAL,
            guard="回避（CC-05）",
            four_eyes=True,
        ),
        Transition(
            _S.SUBMITTED,
            _E.RETURN,
            by(Role.TRANSFER_OFFICE),
            _S.DRAFT,
            guard="回避（CC-05），须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_APPROVAL,
            _E.APPROVE,
            by(Role.APPROVER),
            _S.AWAITING_NOTICE,
            guard="回避（CC-05），各部门意见齐全",
            document="D-06",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_APPROVAL,
            _E.REFUSE,
            by(Role.APPROVER),
            _S.TERMINATED,
            guard="回避（CC-05），各部门意见齐全",
            document="D-06",
            four_eyes=True,
        ),
        Transition(
            _S.AWAITING_NOTICE,
            _E.PUBLISH,
            by(Role.TRANSFER_OFFICE),
            _S.NOTICE_OPEN,
            guard="场所已定（单位内部；模式一至四有价款的另加平台）；截止不早于最短期限",
            timer="NOTICE_EMPOWER",
            document="D-07",
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.OBJECT,
            by(Role.RESEARCHER, Role.TRANSFER_OFFICE),
            _S.NOTICE_DISPUTED,
            guard="届满之前",
            document="单位异议登记",
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.DISMISS,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.NOTICE_OPEN,
            guard="结论说明理由，公示期未满",
            document="结论",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.DISMISS_AFTER_CLOSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.NOTICE_CLOSED,
            guard="结论说明理由，公示期已满",
            document="结论、D-08",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.SUSTAIN,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.TERMINATED,
            document="结论",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_DISPUTED,
            _E.SUSTAIN_FOR_REVISION,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.DRAFT,
            guard="修改后重新公示",
            document="结论",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.CLOSE_NOTICE,
            by(Role.SYSTEM),
            _S.NOTICE_CLOSED,
            guard="无未办结异议",
            timer="NOTICE_EMPOWER",
            document="D-08",
        ),
        Transition(
            _S.NOTICE_CLOSED,
            _E.SIGN,
            by(Role.TRANSFER_OFFICE),
            _S.SIGNED,
            guard="CC-01复核，EM-07、EM-08、EM-12条款",
            document="D-09、D-10、D-11",
        ),
        Transition(
            _S.SIGNED,
            _E.REGISTER,
            by(Role.TRANSFER_OFFICE),
            _S.PERFORMED,
            guard="PS-02",
            document="权属证明",
        ),
        Transition(
            _S.PERFORMED,
            _E.REQUEST_EXTENSION,
            by(Role.RESEARCHER),
            _S.EXTENSION_REVIEW,
            guard="仅使用权；EM-09",
            timer="期满之前",
            document="D-12",
        ),
        Transition(
            _S.EXTENSION_REVIEW,
            _E.APPROVE_EXTENSION,
            by(Role.APPROVER),
            _S.EXTENSION_NOTICE,
            guard="回避（CC-05）",
            timer="NOTICE_EMPOWER",
            document="D-12",
            four_eyes=True,
        ),
        Transition(
            _S.EXTENSION_REVIEW,
            _E.REFUSE_EXTENSION,
            by(Role.APPROVER),
            _S.PERFORMED,
            guard="回避（CC-05），须有理由",
            document="D-12",
            four_eyes=True,
        ),
        Transition(
            _S.EXTENSION_NOTICE,
            _E.CLOSE_EXTENSION_NOTICE,
            by(Role.SYSTEM),
            _S.PERFORMED,
            guard="无未办结异议；适用新期限",
            timer="NOTICE_EMPOWER",
            document="D-12",
        ),
        Transition(
            _S.PERFORMED, _E.EXPIRE, by(Role.SYSTEM), _S.EXPIRED, timer="协议止期"
        ),
        Transition(_S.PERFORMED, _E.RESCIND, by(Role.TRANSFER_OFFICE), _S.RESCINDED),
    ),
)
