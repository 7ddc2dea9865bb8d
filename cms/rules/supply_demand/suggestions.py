"""Explained fit of an offer to a demand (FP-08): points with their reasons."""

import re
from dataclasses import dataclass

_CHINESE_RUN = re.compile(r"[一-鿿]{2,}|[a-z0-9]{3,}")
# Words of two characters that say nothing about the subject of a text.
_COMMON_TEXT = (
    "技术研究系统需求我们可以企业目前进行实现通过以及要求问题方法采用具有应用"
    "产品公司希望能够解决主要提高降低有效一种工艺设备方案开发使用现有存在相关"
    "提供情况不能需要适用合作成果生产项目高校单位用于方面以上以下不低低于不超"
    "超过"
)
_COMMON = re.compile(
    "|".join(
        _COMMON_TEXT[index : index + 2] for index in range(0, len(_COMMON_TEXT), 2)
    )
)
INDUSTRY_SAME, INDUSTRY_NEAR = 40, 24
FIELD_NAMED = 10
DISTRICT_SAME = 10
MODE_SHARED = 20
WORD_EACH, WORDS_MAX = 5, 20
LEAST = 25


@dataclass(frozen=True, slots=True)
class Traits:
    """What the fit looks at; `field_words` are names of the technology field."""

    industry: str
    district: str
    modes: frozenset[str]
    text: str
    field_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """Points 0–100 and the reasons that gave them, in Chinese."""

    points: int
    reasons: tuple[str, ...]

    @property
    def is_worth_showing(self) -> bool:
        """Whether the fit is more than chance."""
        return self.points >= LEAST


def fit(offer: Traits, demand: Traits, mode_labels: dict[str, str]) -> Fit:
    """Return how well an offer answers a demand, and why."""
    parts = [
        _industry(offer, demand),
        _field(offer, demand),
        _district(offer, demand),
        _modes(offer, demand, mode_labels),
        _words(offer, demand),
    ]
    scored = [part for part in parts if part is not None]
    return Fit(
        points=sum(points for points, _ in scored),
        reasons=tuple(reason for _, reason in scored),
    )


def shared_words(left: str, right: str) -> list[str]:
    """Return the runs of `right` whose character pairs all occur in `left`.

    A run that is part of another run is left out.
    """
    known = {pair for run in _runs(left) for pair in _pairs(run)}
    words: list[str] = []
    for run in _runs(right):
        if run.isascii():
            if run in known and run not in words:
                words.append(run)
            continue
        for word in _known_stretches(run, known):
            if word not in words:
                words.append(word)
    return [
        word
        for word in words
        if not any(word != other and word in other for other in words)
    ]


def _known_stretches(run: str, known: set[str]) -> list[str]:
    stretches: list[str] = []
    start = None
    for index in range(len(run)):
        if run[index : index + 2] in known:
            start = index if start is None else start
        elif start is not None:
            stretches.append(run[start : index + 1])
            start = None
    return stretches


def _runs(text: str) -> list[str]:
    """Return runs of Chinese and Latin words; a common word ends a run."""
    return [
        run
        for part in _COMMON.split(text.lower())
        for run in _CHINESE_RUN.findall(part)
    ]


def _pairs(run: str) -> list[str]:
    if run.isascii():
        return [run]
    return [run[index : index + 2] for index in range(len(run) - 1)]


def _industry(offer: Traits, demand: Traits) -> tuple[int, str] | None:
    if not offer.industry or not demand.industry:
        return None
    if offer.industry == demand.industry:
        return INDUSTRY_SAME, "行业相同"
    if offer.industry[:2] == demand.industry[:2]:
        return INDUSTRY_NEAR, "行业大类相同"
    return None


def _field(offer: Traits, demand: Traits) -> tuple[int, str] | None:
    named = [word for word in offer.field_words if word and word in demand.text]
    return (FIELD_NAMED, f"涉及技术领域“{named[0]}”") if named else None


def _district(offer: Traits, demand: Traits) -> tuple[int, str] | None:
    if offer.district and offer.district == demand.district:
        return DISTRICT_SAME, "同一地区"
    return None


def _modes(
    offer: Traits, demand: Traits, mode_labels: dict[str, str]
) -> tuple[int, str] | None:
    shared = [
        label
        for mode, label in mode_labels.items()
        if mode in offer.modes & demand.modes
    ]
    return (MODE_SHARED, f"合作方式一致：{'、'.join(shared)}") if shared else None


def _words(offer: Traits, demand: Traits) -> tuple[int, str] | None:
    words = shared_words(offer.text, demand.text)
    if not words:
        return None
    shown = "、".join(f"“{word}”" for word in words[:5])
    return min(WORDS_MAX, WORD_EACH * len(words)), f"共同用词：{shown}"
