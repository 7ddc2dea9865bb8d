"""Register of messages: code → Chinese text → articles of the plan."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One text of the register; `articles` are citations such as `附件4七(三)`."""

    code: str
    text: str
    articles: tuple[str, ...] = ()

    @property
    def is_warning(self) -> bool:
        """Whether the message warns only and stops nobody."""
        return self.code.startswith("W-")

    def fill(self, **parameters: object) -> str:
        """Return the text with its braces filled.

        Raises:
            KeyError: a parameter that the text needs is missing.
        """
        return self.text.format(**parameters)


_ENTRIES = (
    Message("E-ST-01", "当前状态为“{state}”，不能进行“{event}”。"),
    Message("E-ST-02", "您没有权限进行“{event}”。"),
    Message("E-ST-03", "提交人不得审核本人提交的事项。", ("附件1十四(二)",)),
    Message("E-ST-04", "已被他人更新，请刷新后重试。"),
)
MESSAGES: dict[str, Message] = {entry.code: entry for entry in _ENTRIES}
