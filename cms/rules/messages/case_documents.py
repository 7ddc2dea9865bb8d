"""Templates and papers of cases (AS-01…AS-09)."""

from cms.rules.messages.message import Message

MESSAGES = (
    Message(
        "E-CD-01", "文书{instrument}没有使用中的模板，请先批准模板。", ("附件6四",)
    ),
    Message("E-CD-02", "这一版模板已经登记，无需重复提交。", ("附件6四",)),
)
