"""Technology managers (技术经理人): states (§17.12, 附件7)."""

from cms.rules.labels import LabeledEnum
from cms.rules.roles import Role
from cms.rules.state_machine import StateTable, Transition, by


class TechnologyManagerState(LabeledEnum):
    """States of a technology manager in the register."""

    APPLIED = "applied", "申请"
    RECOMMENDED = "recommended", "推荐"
    EXPERT_REVIEW = "expert_review", "专家审核"
    COMMITTEE_REVIEW = "committee_review", "党组会审议"
    NOTICE_OPEN = "notice_open", "公示"
    FILED = "filed", "备案"
    REGISTERED = "registered", "在册"
    CERTIFICATE_OVERDUE = "certificate_overdue", "证书逾期"
    REPORT_OVERDUE = "report_overdue", "年报逾期"
    RENEWAL_DECISION = "renewal_decision", "续聘决定"
    RENEWED = "renewed", "顺延"
    NOT_RENEWED = "not_renewed", "不再续聘"
    REFUSED = "refused", "未通过"


class TechnologyManagerEvent(LabeledEnum):
    """What may happen to a technology manager."""

    RECOMMEND = "recommend", "列入推荐名单"
    START_EXPERT_REVIEW = "start_expert_review", "组织专家审核"
    PASS_EXPERT_REVIEW = "pass_expert_review", "专家审核通过"
    PUBLISH = "publish", "审议通过并公示"
    REFUSE = "refuse", "不通过"
    FILE = "file", "公示届满并备案编号"
    REGISTER = "register", "在册"
    MISS_CERTIFICATE = "miss_certificate", "结业证书逾期"
    MISS_REPORT = "miss_report", "年度报告逾期"
    CURE = "cure", "补齐"
    END_TERM = "end_term", "聘期届满"
    RENEW = "renew", "顺延"
    DECLINE = "decline", "不再续聘"


_S, _E = TechnologyManagerState, TechnologyManagerEvent

TECHNOLOGY_MANAGER = StateTable(
    name="technology_manager",
    label="技术经理人",
    states=TechnologyManagerState,
    events=TechnologyManagerEvent,
    transitions=(
        Transition(
            _S.APPLIED,
            _E.RECOMMEND,
            by(Role.TRANSFER_OFFICE),
            _S.RECOMMENDED,
            guard="TM-02至TM-04",
            four_eyes=True,
        ),
        Transition(
            _S.RECOMMENDED,
            _E.START_EXPERT_REVIEW,
            by(Role.TRANSFER_OFFICE),
            _S.EXPERT_REVIEW,
            guard="TM-05，抽查核验，回避（CC-05）",
        ),
        Transition(
            _S.EXPERT_REVIEW,
            _E.PASS_EXPERT_REVIEW,
            by(Role.TRANSFER_OFFICE),
            _S.COMMITTEE_REVIEW,
            guard="TM-05",
        ),
        Transition(
            _S.COMMITTEE_REVIEW,
            _E.PUBLISH,
            by(Role.APPROVER),
            _S.NOTICE_OPEN,
            guard="TM-06",
            timer="NOTICE_TM",
            four_eyes=True,
        ),
        Transition(
            _S.APPLIED,
            _E.REFUSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.REFUSED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.RECOMMENDED,
            _E.REFUSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.REFUSED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.EXPERT_REVIEW,
            _E.REFUSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.REFUSED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.COMMITTEE_REVIEW,
            _E.REFUSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.REFUSED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.REFUSE,
            by(Role.TRANSFER_OFFICE, Role.APPROVER),
            _S.REFUSED,
            guard="须有理由",
            four_eyes=True,
        ),
        Transition(
            _S.NOTICE_OPEN,
            _E.FILE,
            by(Role.TRANSFER_OFFICE),
            _S.FILED,
            guard="公示已满5个工作日（E-TM-06），无未办结异议；统一编号",
        ),
        Transition(
            _S.FILED,
            _E.REGISTER,
            by(Role.BUREAU, Role.TRANSFER_OFFICE),
            _S.REGISTERED,
            timer="TM_CERT、TM_TERM",
        ),
        Transition(
            _S.REGISTERED,
            _E.MISS_CERTIFICATE,
            by(Role.SYSTEM),
            _S.CERTIFICATE_OVERDUE,
            guard="TM-07",
            timer="TM_CERT",
        ),
        Transition(
            _S.REGISTERED,
            _E.MISS_REPORT,
            by(Role.SYSTEM),
            _S.REPORT_OVERDUE,
            guard="TM-08",
            timer="TM_REPORT_DUE",
        ),
        Transition(
            _S.CERTIFICATE_OVERDUE,
            _E.CURE,
            by(Role.TRANSFER_OFFICE),
            _S.REGISTERED,
            guard="补交证书或年度报告",
        ),
        Transition(
            _S.REPORT_OVERDUE,
            _E.CURE,
            by(Role.TRANSFER_OFFICE),
            _S.REGISTERED,
            guard="补交证书或年度报告",
        ),
        Transition(
            _S.REGISTERED,
            _E.END_TERM,
            by(Role.SYSTEM),
            _S.RENEWAL_DECISION,
            guard="TM-09",
            timer="TM_TERM",
        ),
        Transition(
            _S.CERTIFICATE_OVERDUE,
            _E.END_TERM,
            by(Role.SYSTEM),
            _S.RENEWAL_DECISION,
            guard="TM-09",
            timer="TM_TERM",
        ),
        Transition(
            _S.REPORT_OVERDUE,
            _E.END_TERM,
            by(Role.SYSTEM),
            _S.RENEWAL_DECISION,
            guard="TM-09",
            timer="TM_TERM",
        ),
        Transition(
            _S.RENEWAL_DECISION,
            _E.RENEW,
            by(Role.APPROVER),
            _S.RENEWED,
            guard="近三年年度报告和成效（E-TM-07）",
            timer="TM_TERM",
            four_eyes=True,
        ),
        Transition(
            _S.RENEWAL_DECISION,
            _E.DECLINE,
            by(Role.APPROVER),
            _S.NOT_RENEWED,
            guard="须有理由",
            four_eyes=True,
        ),
    ),
)
