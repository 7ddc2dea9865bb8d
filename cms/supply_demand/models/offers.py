"""Published offers (供给信息, D-28): public fields only, written by actions."""

from django.db import models
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.core.pages import ActionWrittenIndex, ActionWrittenPage
from cms.parties.models import Organization
from cms.rules.achievements import MaturityStage, PaymentForm, PricingMethod
from cms.rules.supply_demand.license_kinds import LicenseKind
from cms.rules.supply_demand.supply_states import LISTED_STATES, SupplyState


class OfferIndexPage(ActionWrittenIndex, Page):
    """The supply list (供给清单); parent of all offers."""

    subpage_types = ["supply_demand.OfferPage"]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        """Names shown in the admin."""

        verbose_name = verbose_name_plural = "供给清单"


class OfferQuerySet(PageQuerySet):
    """Reads of published offers."""

    def readable(self) -> "OfferQuerySet":
        """Return what the public may read, ended entries included (FP-13)."""
        return self.live()

    def listed(self) -> "OfferQuerySet":
        """Return the entries that are still open."""
        return self.readable().filter(
            state__in=[SupplyState.PUBLISHED.value, SupplyState.MATCHING.value]
        )


class OfferPage(ActionWrittenPage, Page):
    """One published entry (供给信息发布页); written by `actions.publication` only.

    `entry` holds the groups and fields of D-28 as shown; the columns beside it
    are what the list filters and sorts by. Nothing here is private: contacts
    stay in the application.
    """

    number = models.CharField("发布编号", max_length=20, unique=True)
    state = models.CharField("状态", max_length=32, choices=SupplyState.choices())
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="offers"
    )
    achievement_number = models.CharField("成果编号", max_length=20, db_index=True)
    abstract = models.TextField("简介")
    district = models.CharField("所属地区", max_length=12, db_index=True)
    industry = models.CharField("行业分类", max_length=8)
    technology_field = models.CharField("技术领域", max_length=20, db_index=True)
    trl = models.PositiveSmallIntegerField("技术成熟度")
    stage = models.CharField("成熟阶段", max_length=12, choices=MaturityStage.choices())
    payment_form = models.CharField(
        "付费方式", max_length=20, choices=PaymentForm.choices()
    )
    license_kind = models.CharField(
        "许可方式", max_length=12, choices=LicenseKind.choices()
    )
    pricing_method = models.CharField(
        "定价方式", max_length=12, choices=PricingMethod.choices()
    )
    price_text = models.CharField("参考价格", max_length=120)
    is_use_then_pay = models.BooleanField("先使用后付费")
    is_use_then_transfer = models.BooleanField("先用后转", default=False)
    call_number = models.CharField("征集批次", max_length=20, blank=True)
    published_at = models.DateTimeField("发布时间", db_index=True)
    revised_at = models.DateTimeField("修订时间", null=True, blank=True)
    valid_until = models.DateTimeField("有效期至")
    ended_at = models.DateTimeField("下架时间", null=True, blank=True)
    entry = models.JSONField("公开内容")

    objects = PageManager.from_queryset(OfferQuerySet)()
    subpage_types: list[str] = []
    parent_page_types = ["supply_demand.OfferIndexPage"]

    class Meta:
        """Newest first; the primary key breaks ties."""

        verbose_name = verbose_name_plural = "供给信息"

    @property
    def is_listed(self) -> bool:
        """Whether the entry is still open for interest."""
        return self.state in LISTED_STATES


class OfferRevision(models.Model):
    """One approved revision of an entry: which public fields changed (FP-13)."""

    offer = models.ForeignKey(
        OfferPage, on_delete=models.CASCADE, related_name="revision_log"
    )
    sequence = models.PositiveSmallIntegerField("次序")
    approved_at = models.DateTimeField("修订时间")
    differences = models.JSONField("修订内容")

    class Meta:
        """In the order of approval."""

        verbose_name = verbose_name_plural = "修订记录"
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "sequence"], name="offer_revision_once"
            )
        ]

    def __str__(self) -> str:
        """Return the entry's number and the revision's place."""
        return f"{self.offer.number} 第{self.sequence}次修订"
