"""The working-day calendar's upkeep (T-07) and the calculator's own parameters."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-WC-01", "第{row}行“{column}”有误：{problem}。"),
    Message("E-WC-02", "一个文件只能包含一个年份，现有：{years}。"),
    Message("E-WC-03", "文件中没有日期。"),
    Message("E-WC-04", "请填写{fields}。"),
    Message("E-WC-05", "{year}年内容与现行版本相同，未保存。"),
    Message("E-WC-06", "{year}年安排已正式公布，不能改回未公布。"),
    Message("E-WC-07", "文件无法读取，请上传CSV（UTF-8）或XLSX文件。"),
    Message("E-CQ-01", "不支持的参数：{names}。"),
    Message("E-CQ-02", "参数{name}只能给出一次。"),
)
