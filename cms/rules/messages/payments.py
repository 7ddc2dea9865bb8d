"""Payments of signed contracts (PS-07)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-PM-01", "请写明触发付款的事实。", ("附件6二",)),
    Message("E-PM-02", "付款金额应大于0且不超过未付金额（{owed}元）。", ("附件6二",)),
)
