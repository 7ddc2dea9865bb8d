"""Fields of forms: what was typed cannot be kept as it is (§20)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-FM-01", "请填写{label}。"),
    Message("E-FM-02", "{label}不得超过{limit}字，现有{count}字。"),
    Message("E-FM-03", "{label}不得少于{limit}字，现有{count}字。"),
    Message("E-FM-04", "{label}须为日期，如 2026-11-10：{value}。"),
    Message("E-FM-05", "{label}不在可选范围内：{value}。"),
    Message("E-FM-06", "{label}须为不小于0、最多两位小数的金额：{value}。"),
    Message("E-FM-07", "{label}须为不超过100、最多四位小数的百分数：{value}。"),
    Message("E-FM-08", "{label}须为不小于0的整数：{value}。"),
    Message("E-FM-09", "{label}最多{limit}项，现有{count}项。"),
    Message("E-FM-10", "{label}须为电话号码，如 0772-2660000：{value}。"),
    Message("E-FM-11", "{label}须为电子邮箱，如 name@example.cn：{value}。"),
    Message("E-FM-12", "没有版本为{version}的申请表。"),
    Message("E-FM-13", "请先处理申请表中的差错：{fields}。"),
    Message("E-FM-14", "{label}须选“{value}”方可提交。", ("附件6五", "附件6六(一)")),
    Message("E-FM-15", "{label}所选文件不存在或不属于本单位。"),
)
