"""What a list request asks for: filters, keyword, sort, page; as a stable URL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from urllib.parse import urlencode

from cms.rules.achievements import (
    IpType,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.labels import LabeledEnum
from cms.rules.violations import RuleViolation
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES, TECHNOLOGY_FIELDS

VOCABULARY_FACETS = {
    "field": TECHNOLOGY_FIELDS,
    "region": DISTRICTS,
    "industry": INDUSTRIES,
}
ENUM_FACETS: dict[str, type[LabeledEnum]] = {
    "stage": MaturityStage,
    "ip": IpType,
    "price_mode": PricingMethod,
    "payment": PaymentForm,
    "mode": TransferMode,
}
FACET_LABELS = {
    "field": "技术领域",
    "region": "所属地区",
    "industry": "行业分类",
    "stage": "成熟度阶段",
    "trl": "技术成熟度（TRL）",
    "ip": "知识产权类型",
    "mode": "转化方式",
    "price_mode": "定价方式",
    "payment": "付款方式",
    "unit": "成果单位",
}
# Facets whose values come as repeated parameters of the same name.
MULTIPLE = tuple(name for name in FACET_LABELS if name != "trl")
SORTS = {
    "newest": "最新发布",
    "updated": "最近更新",
    "price_asc": "参考价格从低到高",
    "price_desc": "参考价格从高到低",
    "trl_desc": "成熟度从高到低",
}
SIZES = (20, 50, 100)
VIEWS = {"table": "列表", "cards": "卡片"}
PARAMETERS = (
    "q",
    *MULTIPLE,
    "trl_min",
    "trl_max",
    "sort",
    "size",
    "view",
    "page",
)
KEYWORD_MAX = 60


@dataclass(frozen=True, slots=True)
class CatalogQuery:
    """One request of the list; `chosen` maps a facet to its values (any of them)."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    trl_min: int = 1
    trl_max: int = 9
    q: str = ""
    sort: str = "newest"
    size: int = 20
    view: str = "table"
    page: int = 1

    @property
    def has_filters(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chosen or self.q or (self.trl_min, self.trl_max) != (1, 9))

    def pairs(self, *, with_page: bool = True) -> list[tuple[str, str]]:
        """Return the parameters in their one order, defaults left out."""
        pairs = [("q", self.q)] if self.q else []
        for name in MULTIPLE:
            pairs += [(name, value) for value in self.chosen.get(name, ())]
        for name, value, default in (
            ("trl_min", self.trl_min, 1),
            ("trl_max", self.trl_max, 9),
            ("sort", self.sort, "newest"),
            ("size", self.size, 20),
            ("view", self.view, "table"),
            ("page", self.page if with_page else 1, 1),
        ):
            if value != default:
                pairs.append((name, str(value)))
        return pairs

    def query_string(self, *, with_page: bool = True) -> str:
        """Return the canonical query string, without a question mark."""
        return urlencode(self.pairs(with_page=with_page))

    def filter_string(self) -> str:
        """Return what narrows the list, without sort, view and page."""
        kept = replace(self, sort="newest", size=20, view="table", page=1)
        return kept.query_string()

    def toggled(self, name: str, value: str) -> "CatalogQuery":
        """Return the query with one value chosen or dropped, back on page 1.

        In a facet with levels, choosing a term drops those above and below it.
        """
        values = set(self.chosen.get(name, ()))
        if value in values:
            values.remove(value)
        else:
            vocabulary = VOCABULARY_FACETS.get(name)
            if vocabulary:
                above = {term.code for term in vocabulary.ancestors(value)}
                values = {
                    kept
                    for kept in values - above
                    if value not in {term.code for term in vocabulary.ancestors(kept)}
                }
            values.add(value)
        chosen = {key: kept for key, kept in self.chosen.items() if key != name}
        if values:
            chosen[name] = tuple(sorted(values))
        return replace(self, chosen=chosen, page=1)


def parse_query(parameters: Mapping[str, Sequence[str]]) -> CatalogQuery:
    """Return the query behind URL parameters; empty values count as absent.

    Raises:
        RuleViolation: E-QP-01 (unknown parameter, naming the nearest known one),
            E-QP-02 (a value that the parameter does not take).
    """
    given = {
        name: [value.strip() for value in values if value.strip()]
        for name, values in parameters.items()
    }
    for name in given:
        if name not in PARAMETERS:
            nearest = get_close_matches(name, PARAMETERS, n=1, cutoff=0.0)
            raise RuleViolation(
                "E-QP-01", field=name, name=name, nearest=(nearest or ["q"])[0]
            )
    query = CatalogQuery(
        chosen={
            name: tuple(sorted(set(_checked(name, given[name]))))
            for name in MULTIPLE
            if given.get(name)
        },
        trl_min=_number(given, "trl_min", 1, range(1, 10)),
        trl_max=_number(given, "trl_max", 9, range(1, 10)),
        q=_keyword(given),
        sort=_option(given, "sort", SORTS, "newest"),
        size=_number(given, "size", 20, SIZES),
        view=_option(given, "view", VIEWS, "table"),
        page=_number(given, "page", 1, range(1, 1_000_000)),
    )
    if query.trl_min > query.trl_max:
        raise RuleViolation(
            "E-QP-02", field="trl_max", name="trl_max", value=query.trl_max
        )
    return query


def _refuse(name: str, value: str) -> RuleViolation:
    return RuleViolation("E-QP-02", field=name, name=name, value=value[:40])


def _checked(name: str, values: list[str]) -> list[str]:
    for value in values:
        if name == "unit":
            known = value.isascii() and value.isdigit() and len(value) < 12
        elif name in VOCABULARY_FACETS:
            known = value in VOCABULARY_FACETS[name]
        else:
            known = value in {member.value for member in ENUM_FACETS[name]}
        if not known:
            raise _refuse(name, value)
    return values


def _single(given: Mapping[str, list[str]], name: str) -> str:
    values = given.get(name, [])
    if len(values) > 1:
        raise _refuse(name, "、".join(values))
    return values[0] if values else ""


def _number(
    given: Mapping[str, list[str]], name: str, default: int, allowed: Sequence[int]
) -> int:
    text = _single(given, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise _refuse(name, text)
    if int(text) not in allowed:
        raise _refuse(name, text)
    return int(text)


def _option(
    given: Mapping[str, list[str]], name: str, allowed: Mapping[str, str], default: str
) -> str:
    text = _single(given, name) or default
    if text not in allowed:
        raise _refuse(name, text)
    return text


def _keyword(given: Mapping[str, list[str]]) -> str:
    text = " ".join(_single(given, "q").split())
    if len(text) > KEYWORD_MAX or "\x00" in text:
        raise _refuse("q", text)
    return text
