"""Signed papers and their filing (AS-09): our own family of codes."""

from cms.rules.messages.message import Message

_FILING = ("附件6六(三)",)

MESSAGES = (
    Message("E-SG-01", "请填写{label}。", _FILING),
    Message("E-SG-02", "签订日期不得晚于今天。", _FILING),
    Message("E-SG-03", "签订日期早于这一版文书的组装日期（{d}），请核对版本。"),
    Message("E-SG-04", "终止日期不得早于生效日期。", _FILING),
    Message("E-SG-05", "{label}与案件已登记的不一致（已登记：{value}）。", _FILING),
    Message("E-SG-06", "第{position}名签署人缺少所代表的一方或姓名。"),
    Message("E-SG-07", "缺少签署人：{party}。", _FILING),
    Message("E-SG-08", "这份签署件没有读出全部文字，请逐页人工核对后确认。"),
    Message("E-SG-09", "结论为“有修改”的，须列明修改或填写新的值。"),
    Message("E-SG-10", "比对发现金额、数字、日期或整条的差异，请逐项核对后确认。"),
    Message("E-SG-11", "已列明修改或填写新值的，结论应为“有修改”。"),
    Message("E-SG-12", "签署件不能保存：{reason}。"),
    Message("E-SG-13", "请上传一个PDF，或者按页序上传JPEG、PNG图片，不能混合。"),
    Message("E-SG-14", "本案这份文书已有尚未归档的签署件，请先归档或撤回。"),
    Message("E-SG-15", "本案这份文书已经归档；更换须写明理由。"),
    Message("E-SG-16", "同一个文件已作为{instrument}归档，请核对是否选错文件。"),
    Message("E-SG-17", "请先归档{instrument}，再归档其后的合同。", _FILING),
    Message("E-SG-18", "替换件的付款安排与已登记的不一致，请另行签订补充协议。"),
    Message("E-SG-19", "请写明理由。"),
    Message("E-SG-20", "存储空间不足，签署件没有保存，请联系管理员后重新上传。"),
    Message("E-SG-21", "本案已归档这份文书的第{n}版，替换件须对应同一版。"),
    Message("E-SG-22", "终止日期与签署文本约定的不一致（文本：{value}）。", _FILING),
    Message("E-SG-23", "文书{instrument}已经归档，不能再组装新版本。", ("附件6四",)),
)
