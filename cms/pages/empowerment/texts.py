"""Words of the room: the modes explained, colours of states, who acts next."""

from cms.empowerment.models import EmpowermentCase
from cms.rules.empowerment import EmpowermentMode, EmpowermentState

_S, _M = EmpowermentState, EmpowermentMode

TONES = {
    _S.DRAFT: "",
    _S.SUBMITTED: "now",
    _S.AWAITING_APPROVAL: "now",
    _S.AWAITING_NOTICE: "now",
    _S.NOTICE_OPEN: "now",
    _S.NOTICE_DISPUTED: "warn",
    _S.NOTICE_CLOSED: "ok",
    _S.SIGNED: "ok",
    _S.PERFORMED: "ok",
    _S.EXTENSION_REVIEW: "now",
    _S.EXTENSION_NOTICE: "now",
    _S.EXPIRED: "",
    _S.RESCINDED: "stop",
    _S.TERMINATED: "stop",
}

MODE_TEXTS = {
    _M.M1: "单位先把一部分所有权给完成人，再把剩下的份额让渡给完成人；完成人拿全部"
    "所有权作价入股企业，企业上市或股权转让时单位按约定分收益。适合完成人要亲自"
    "办企业、眼下拿不出现金的成果。",
    _M.M2: "单位和完成人共有成果，企业先付定金，再按里程碑分期付款取得单位的份额，"
    "完成人以自己的份额入股。定金不超过总价的20%。适合有明确买方、还要继续验证的"
    "成果。",
    _M.M3: "全部所有权给项目公司，财政或基金先拨款支持研发，达到条件后把拨款转为"
    "股权，收益按约定分配。适合投入大、周期长的重点产业项目。",
    _M.M4: "单位保留所有权，给完成人不少于10年的使用权，一次收清许可费；完成人自己"
    "转化或再许可给别人。适合价值容易谈定、转化较快的成果。",
    _M.M5: "单位保留所有权，给完成人不少于10年的使用权，先免费用一段时间，期满评估"
    "后按约定规则收费。适合早期、效益还看不清的成果。",
    _M.M6: "单位保留所有权，给完成人不少于10年的使用权并同意其以使用权作价入股企业，"
    "企业有收益后按约定分配。适合企业愿意以股权合作、单位不想转让专利的成果。",
}
"""What each mode means, in plain words (附件6四)."""

_NEXT = {
    _S.DRAFT: "团队代表{representative}：填好申请材料后提交。",
    _S.SUBMITTED: "成果转化部门：初审。",
    _S.AWAITING_APPROVAL: "有关部门：出具意见；单位审批人：批准或不批准。",
    _S.AWAITING_NOTICE: "成果转化部门：起草并发布公示。",
    _S.NOTICE_OPEN: "等待公示届满，届满后自动进入下一步；有异议的由成果转化部门登记。",
    _S.NOTICE_DISPUTED: "成果转化部门或审批人：调查并办结异议。",
    _S.NOTICE_CLOSED: (
        "成果转化部门和团队：复核后签署赋权协议；"
        "成果转化部门上传签署件，归档时登记签约。"
    ),
    _S.SIGNED: "成果转化部门：办理权属变更或许可备案，取得证明后登记。",
    _S.PERFORMED: "团队按协议实施；成果转化部门每年跟踪服务。",
    _S.EXTENSION_REVIEW: "单位审批人：决定是否延期。",
    _S.EXTENSION_NOTICE: "成果转化部门：发布延期公示，届满后新期限自动生效。",
    _S.EXPIRED: "使用权已经期满，不再有下一步。",
    _S.RESCINDED: "协议已经解除，不再有下一步。",
    _S.TERMINATED: "案件已经终止，不再有下一步。",
}


def tone_of(case: EmpowermentCase) -> str:
    """Return the colour of a case's state."""
    return TONES[EmpowermentState(case.status)]


def next_step(case: EmpowermentCase) -> str:
    """Return who acts next, and what."""
    text = _NEXT[EmpowermentState(case.status)]
    return text.format(representative=case.representative.full_name)
