"""Gates that every case passes (§3): state, secrecy, identity, conduct, files."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-ST-01", "当前状态为“{state}”，不能进行“{event}”。"),
    Message("E-ST-02", "您没有权限进行“{event}”。"),
    Message("E-ST-03", "提交人不得审核本人提交的事项。", ("附件1十四(二)",)),
    Message("E-ST-04", "已被他人更新，请刷新后重试。"),
    Message(
        "E-CC-02",
        "负面清单核查未完成或存在命中项：{items}。",
        ("附件1附件一1–5",),
    ),
    Message("E-CC-03", "关键材料缺失：{docs}。", ("附件1附件二4",)),
    Message(
        "E-CC-04",
        "受让方为境外主体，须先上传主管部门审查意见。",
        ("附件1附件二5",),
    ),
    Message(
        "E-SE-01",
        "本系统为非涉密系统，不得录入涉密信息。",
        ("主方案三(二)1", "附件1五", "附件1附件三5", "附件4二"),
    ),
    Message(
        "E-SE-02",
        "公开内容包含疑似个人信息或账号：{hit}，请删除。",
        ("附件1附件三5", "个保法"),
    ),
    Message("E-ID-01", "统一社会信用代码校验未通过。", ("附件4十一(一)", "附件4五")),
    Message("E-ID-02", "身份证号校验未通过。", ("附件4十一(一)", "附件4五")),
    Message("E-ID-03", "专利号/申请号校验位不符（应为{x}）。", ("附件4六",)),
    Message("E-SR-01", "无权查阅该协议。", ("附件4四(四)", "附件1附件三5")),
)
