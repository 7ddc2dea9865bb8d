"""Demands, calls, events and matching: codes of our own (§20.2, FP-07, FP-08)."""

from cms.rules.messages.message import Message

_LISTS = ("附件6六(一)", "附件6七", "主方案一(三)2")
_MATCHING = ("附件6六(二)",)

MESSAGES = (
    Message("E-DM-01", "需求表缺少：{fields}。", _LISTS),
    Message("E-DM-02", "有效期须在{earliest}至{latest}之间。", _LISTS),
    Message("E-DM-03", "问题描述须为{least}至{most}字。", _LISTS),
    Message(
        "E-DM-04",
        "选择匿名展示的，{item}中不得写出企业名称或统一社会信用代码。",
        _LISTS,
    ),
    Message(
        "E-DM-05", "企业名称与统一社会信用代码的实名登记不一致。", ("附件4十一(一)",)
    ),
    Message(
        "E-DM-06",
        "您是该企业的成员，应当回避，不能办理本企业的事项。",
        ("附件1十四(二)",),
    ),
    Message("E-DM-07", "{item}不在可选范围内：{value}。", _LISTS),
    Message("E-DM-08", "本企业已有相同名称的需求：{number}。", _LISTS),
    Message("E-CB-01", "征集截止时间须晚于开始时间和发布时间。", _LISTS),
    Message("E-CB-02", "征集文件缺少：{fields}。", _LISTS),
    Message(
        "E-EV-01", "活动时间先后有误：报名截止、开始、结束须依次不早于前者。", _MATCHING
    ),
    Message("E-EV-02", "活动已停止报名。", _MATCHING),
    Message("E-EV-03", "您已报名参加本活动，请勿重复报名。", _MATCHING),
    Message("E-EV-04", "活动信息缺少：{fields}。", _MATCHING),
    Message("E-MA-01", "已有办理中的合作意向，请勿重复提交。", _MATCHING),
    Message("E-MA-02", "“{event}”须由{side}办理。", _MATCHING),
    Message("E-MA-03", "请填写{fields}。", _MATCHING),
    Message("E-MA-04", "合作意向书缺少：{fields}。", (*_MATCHING, "民法典495")),
    Message("E-MA-05", "意向有效期不得早于今天。", (*_MATCHING, "民法典495")),
    Message("E-MA-06", "该信息已不在对接范围内，不能提交合作意向。", _MATCHING),
    Message("E-MA-07", "不能对本单位发布的信息提交合作意向。", _MATCHING),
    Message("E-MA-08", "意向书须由一方起草、另一方确认。", _MATCHING),
)
