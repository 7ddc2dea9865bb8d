"""The flow charts of 附录A, drawn again from the guideline's text.

The source kept only loose words of the three figures. Each step names the
article it follows, so that a reader can check our drawing against the text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One box of a chart; `branches` say how it goes on."""

    text: str
    citation: str = ""
    branches: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A way out of a step, taken on a condition."""

    condition: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FlowChart:
    """One figure of 附录A; `anchor` is the figure's in `plan_text`."""

    anchor: str
    title: str
    steps: tuple[Step, ...]


_CLOSED = Step("成交签约", "附件4十二(一)")
_CONFIRMED = (Step("签署成交确认书", "附件4十二(二)"), _CLOSED)
_ENDED = (Step("交易终止"),)

_OBJECTION = Branch(
    "有异议",
    (
        Step("接收异议，中止交易", "附件4十一(三)"),
        Step(
            "异议处理",
            "附件4十一(三)(四)",
            (
                Branch(
                    "异议不成立或异议处理完毕",
                    (Step("恢复交易，公告继续"),),
                ),
                Branch("异议成立", _ENDED),
            ),
        ),
    ),
)

LISTING = FlowChart(
    "figure-a-1",
    "挂牌交易流程",
    (
        Step("成果发布", "附件4六"),
        Step("挂牌公告", "附件4七(三)"),
        Step(
            "公告期间",
            "附件4七(三)(四)",
            (
                _OBJECTION,
                Branch(
                    "无异议",
                    (
                        Step(
                            "报名成功",
                            "附件4七(四)(五)",
                            (
                                Branch("一个竞买人", (_CLOSED,)),
                                Branch(
                                    "两个及以上竞买人",
                                    (Step("在线竞价", "附件4七(五)"), *_CONFIRMED),
                                ),
                                Branch(
                                    "没有符合条件的竞买人",
                                    (Step("视为交易终止", "附件4七(五)"),),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

NEGOTIATED = FlowChart(
    "figure-a-2",
    "协议定价交易流程",
    (
        Step("成果发布", "附件4六"),
        Step(
            "协议公示",
            "附件4八(三)",
            (
                Branch("无异议", (_CLOSED,)),
                Branch(
                    "有异议",
                    (
                        Step("接收异议，告知异议关联人", "附件4十一(五)"),
                        Step(
                            "异议处理",
                            "附件4十一(五)",
                            (
                                Branch("反馈继续交易", (Step("恢复交易"), _CLOSED)),
                                Branch("异议成立、反馈不继续或逾期未反馈", _ENDED),
                            ),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

AUCTION = FlowChart(
    "figure-a-3",
    "拍卖交易流程",
    (
        Step("成果发布", "附件4六"),
        Step("通过形式审查后发布公告", "附件4九(二)"),
        Step(
            "公告期间",
            "附件4九(二)",
            (
                _OBJECTION,
                Branch(
                    "无异议",
                    (
                        Step("报名成功", "附件4九(二)"),
                        Step(
                            "委托竞价（拍卖）",
                            "附件4九(一)",
                            (
                                Branch("线上", (Step("在线竞价（拍卖）"),)),
                                Branch("线下", (Step("线下竞价（拍卖）"),)),
                            ),
                        ),
                        *_CONFIRMED,
                    ),
                ),
            ),
        ),
    ),
)

FLOW_CHARTS = {chart.anchor: chart for chart in (LISTING, NEGOTIATED, AUCTION)}
