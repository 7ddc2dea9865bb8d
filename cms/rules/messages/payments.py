"""Payments of signed contracts (PS-07)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-PM-01", "请写明触发付款的事实。", ("附件6二",)),
    Message("E-PM-02", "付款金额应大于0且不超过未付金额（{owed}元）。", ("附件6二",)),
    Message(
        "E-PM-03",
        "该笔没有约定固定金额，请填写按约定办法计算的应付金额。",
        ("附件6二",),
    ),
    Message(
        "E-PM-04", "该笔按收入逐期结算，请逐期报送结算单，不单独触发。", ("附件6二",)
    ),
    Message("E-PM-05", "{label}的结算单已经报送过。", ("附件6二",)),
    Message(
        "E-PM-06", "尚有未结清的结算期：{items}。各期结清后才能结算完毕。", ("附件6二",)
    ),
    Message("E-PM-07", "{label}不能晚于今天。", ("附件6二",)),
    Message(
        "E-PM-08",
        "合同款项已经全部结清，付款登记不能再更正；确有错误的，由双方另行约定。",
        ("附件6二",),
    ),
    Message("E-PM-09", "请填写或者上传{label}。", ("附件6二",)),
    Message("E-PM-11", "本笔付款的状态为“{state}”，现在不能生成{doc}。", ("附件6二",)),
    Message(
        "E-PM-12",
        "签署的合同中没有生成{doc}所需的内容：{items}。",
        ("附件6二",),
    ),
    Message("E-PM-10", "该笔不按收入逐期结算，不能报送结算单。", ("附件6二",)),
)
