"""Registration and recordal of signed contracts (PS-01…PS-06)."""

from cms.rules.messages.message import Message

_RECORDAL = ("附件6六(三)", "专利法实施细则15")
_REGISTRATION = ("附件1十一", "附件6六(三)")

MESSAGES = (
    Message("E-PS-01", "许可期限不得超过专利权有效期（{date}）。", _RECORDAL),
    Message("E-PS-02", "存在不予备案的情形：{blockers}。", _RECORDAL),
    Message("E-PS-03", "价款/使用费约定不明确，无法认定登记。", _REGISTRATION),
    Message("E-PS-04", "该类行为不属于技术合同/知识产权转让许可。", ("附件1附件三4",)),
    Message(
        "E-PS-05",
        "合同已于{date}终止，认定登记和备案须在合同有效期内办理。",
        _REGISTRATION,
    ),
    Message(
        "E-PS-06",
        "已超过{date}的备案期限，合同有效期内仍可办理，请写明逾期的原因。",
        _RECORDAL,
    ),
    Message("E-PS-07", "登记数据缺少：{fields}。", _REGISTRATION),
    Message(
        "E-PS-08",
        "权属变更登记尚未办结：{items}。权利自登记之日起转移，办结后才能确认登记完成。",
        ("附件1十一", "附件6六(三)"),
    ),
    Message("E-PS-09", "请写明理由。", _REGISTRATION),
    Message("E-PS-10", "{label}不能早于{date}，也不能晚于今天。", _REGISTRATION),
    Message("E-PS-11", "请填写或者上传{label}。", _REGISTRATION),
    Message(
        "E-PS-12",
        "尚有未完成的事项：{items}。不适用的请在说明中写明。",
        ("附件1十一", "附件1十二(三)"),
    ),
)
