"""The figures of the statistics page: public rows only, counted in one query each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from wagtail.models import Page

from cms.achievements.models import AchievementPage
from cms.notices.models import NoticePage
from cms.pages.site.charts import Chart, bar_chart
from cms.rules.achievements import PaymentForm, PublicStatus
from cms.rules.notices import NoticeKind, NoticeState
from cms.rules.supply_demand.demand_states import DemandState
from cms.rules.supply_demand.supply_states import SupplyState
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES, TECHNOLOGY_FIELDS
from cms.supply_demand.models import DemandPage, OfferPage

LabelOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart: which public pages are counted by which column."""

    key: str
    title: str
    unit: str
    page_type: type[Page]
    column: str
    label_of: LabelOf

    def chart(self) -> Chart:
        """Count and draw; one query."""
        counted = (
            self.page_type.objects.live()
            .order_by()
            .values_list(self.column)
            .annotate(number=Count("pk"))
        )
        rows = [(self.label_of(value), number) for value, number in counted]
        return bar_chart(self.key, self.title, self.unit, rows)


def _same(value: str) -> str:
    return value


FIGURES = (
    Figure(
        "achievement-state",
        "科技成果（按状态）",
        "项",
        AchievementPage,
        "public_status",
        lambda value: PublicStatus(value).label,
    ),
    Figure(
        "achievement-field",
        "科技成果（按技术领域）",
        "项",
        AchievementPage,
        "technology_field",
        TECHNOLOGY_FIELDS.label,
    ),
    Figure(
        "achievement-unit",
        "科技成果（按单位）",
        "项",
        AchievementPage,
        "unit__name",
        _same,
    ),
    Figure(
        "offer-state",
        "先使用后付费供给（按状态）",
        "条",
        OfferPage,
        "state",
        lambda value: SupplyState(value).label,
    ),
    Figure(
        "offer-field",
        "先使用后付费供给（按技术领域）",
        "条",
        OfferPage,
        "technology_field",
        TECHNOLOGY_FIELDS.label,
    ),
    Figure(
        "offer-unit", "先使用后付费供给（按单位）", "条", OfferPage, "unit__name", _same
    ),
    Figure(
        "offer-payment",
        "先使用后付费供给（按付费方式）",
        "条",
        OfferPage,
        "payment_form",
        lambda value: PaymentForm(value).label,
    ),
    Figure(
        "demand-state",
        "企业需求（按状态）",
        "条",
        DemandPage,
        "state",
        lambda value: DemandState(value).label,
    ),
    Figure(
        "demand-industry",
        "企业需求（按行业门类）",
        "条",
        DemandPage,
        "industry_section",
        INDUSTRIES.label,
    ),
    Figure(
        "demand-district",
        "企业需求（按地区）",
        "条",
        DemandPage,
        "district",
        DISTRICTS.label,
    ),
    Figure(
        "notice-state",
        "公示公告（按状态）",
        "件",
        NoticePage,
        "state",
        lambda value: NoticeState(value).label,
    ),
    Figure(
        "notice-kind",
        "公示公告（按种类）",
        "件",
        NoticePage,
        "kind",
        lambda value: NoticeKind(value).label,
    ),
    Figure("notice-unit", "公示公告（按单位）", "件", NoticePage, "unit_name", _same),
)
