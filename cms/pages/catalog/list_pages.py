"""What the list template shows beside the rows: facets, chosen filters, pages."""

from dataclasses import dataclass, replace

from cms.achievements.catalog_query import (
    ENUM_FACETS,
    FACET_LABELS,
    SIZES,
    SORTS,
    VIEWS,
    VOCABULARY_FACETS,
    CatalogQuery,
)
from cms.achievements.queries import CatalogList, FacetOption

_OPEN_AT_FIRST = frozenset({"field", "region", "industry", "stage"})
_WINDOW = 4  # pages shown on each side of the present one


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its text; `selected` where it is the present choice."""

    label: str
    url: str
    selected: bool = False
    count: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One facet with its options."""

    name: str
    label: str
    is_open: bool
    options: list[Link]


@dataclass(frozen=True, slots=True)
class _Pages:
    count: int
    num_pages: int

    @property
    def page_range(self) -> range:
        """All page numbers."""
        return range(1, self.num_pages + 1)


@dataclass(frozen=True, slots=True)
class PageOfList:
    """What `components/pagination.html` needs, without a queryset behind it."""

    number: int
    paginator: _Pages

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.paginator.num_pages

    @property
    def previous_page_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The page after."""
        return self.number + 1

    @property
    def window(self) -> list[int]:
        """The numbers around the present page."""
        first = max(1, self.number - _WINDOW)
        return list(
            range(first, min(self.paginator.num_pages, self.number + _WINDOW) + 1)
        )


def page_of(query: CatalogQuery, found: CatalogList) -> PageOfList:
    """Return the pagination of an answer."""
    return PageOfList(query.page, _Pages(found.count, found.pages))


def list_url(query: CatalogQuery) -> str:
    """Return the canonical address of a query."""
    text = query.query_string()
    return f"/achievements/?{text}" if text else "/achievements/"


def facet_groups(query: CatalogQuery, found: CatalogList) -> list[Group]:
    """Return the facets that have options, each option with its address."""
    return [
        Group(
            name,
            label,
            is_open=name in _OPEN_AT_FIRST or name in query.chosen,
            options=[_option(name, option, query) for option in found.facets[name]],
        )
        for name, label in FACET_LABELS.items()
        if found.facets[name]
    ]


def _option(name: str, option: FacetOption, query: CatalogQuery) -> Link:
    if name == "trl":
        level = int(option.value)
        low, high = (1, 9) if option.selected else (level, level)
        target = replace(query, trl_min=low, trl_max=high, page=1)
    else:
        target = query.toggled(name, option.value)
    return Link(
        option.label, list_url(target), option.selected, option.count, option.depth
    )


def chosen_filters(query: CatalogQuery, unit_names: dict[str, str]) -> list[Link]:
    """Return the filters in force; each link drops one of them."""
    links = []
    if query.q:
        links.append(Link(f"关键词：{query.q}", list_url(replace(query, q="", page=1))))
    for name, values in query.chosen.items():
        for value in values:
            text = f"{FACET_LABELS[name]}：{_label(name, value, unit_names)}"
            links.append(Link(text, list_url(query.toggled(name, value))))
    if (query.trl_min, query.trl_max) != (1, 9):
        text = f"TRL：{query.trl_min}–{query.trl_max}级"
        target = replace(query, trl_min=1, trl_max=9, page=1)
        links.append(Link(text, list_url(target)))
    return links


def _label(name: str, value: str, unit_names: dict[str, str]) -> str:
    if name in VOCABULARY_FACETS:
        return VOCABULARY_FACETS[name].label(value)
    if name in ENUM_FACETS:
        return ENUM_FACETS[name](value).label  # type: ignore[call-arg]
    return unit_names.get(value, value)


def switches(query: CatalogQuery) -> dict[str, list[Link]]:
    """Return the links of sort, page size and view."""
    return {
        "sort": [
            Link(label, list_url(replace(query, sort=key, page=1)), query.sort == key)
            for key, label in SORTS.items()
        ],
        "size": [
            Link(
                str(size),
                list_url(replace(query, size=size, page=1)),
                query.size == size,
            )
            for size in SIZES
        ],
        "view": [
            Link(label, list_url(replace(query, view=key)), query.view == key)
            for key, label in VIEWS.items()
        ],
    }
