"""Uploaded files: our own family of codes, checked before anything is stored."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message("E-FL-01", "文件“{name}”为{size}，超过{limit}的上限。"),
    Message("E-FL-02", "文件“{name}”的类型不可上传，可上传：{types}。"),
    Message("E-FL-03", "文件“{name}”的内容与扩展名不符，可能已损坏或改过扩展名。"),
    Message("E-FL-04", "文件“{name}”已加密、含宏或压缩异常，请另存后重新上传。"),
    Message("E-FL-05", "文件“{name}”是空文件。"),
)
