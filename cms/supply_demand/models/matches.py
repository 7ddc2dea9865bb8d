"""Matches (供需对接, FP-08) and their 合作意向 records (D-30); changed by actions."""

from django.conf import settings
from django.db import models

from cms.core.encryption import EncryptedTextField
from cms.core.models import Case
from cms.parties.models import Organization
from cms.rules.supply_demand.matching import MATCH, IntentState, MatchState
from cms.supply_demand.models.demands import Demand
from cms.supply_demand.models.offers import OfferPage

_OPEN = ["pending", "matching", "intent_recorded"]


class Match(Case):
    """Interest of one party in the other's entry, and what came of it.

    The enterprise stands against the unit; `initiator` is the one of the two
    that spoke first. `offer` or `demand` is the entry in question (or both).
    Contacts stay encrypted here and are shown to the two parties once both
    accepted.
    """

    state_table = MATCH

    enterprise = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="matches_as_enterprise"
    )
    unit = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="matches_as_unit"
    )
    initiator = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="matches_begun"
    )
    offer = models.ForeignKey(
        OfferPage, null=True, on_delete=models.PROTECT, related_name="matches"
    )
    demand = models.ForeignKey(
        Demand, null=True, on_delete=models.PROTECT, related_name="matches"
    )
    hides_enterprise = models.BooleanField("接受前隐去企业名称", default=False)
    note = models.TextField("意向说明", max_length=500)
    reply = models.TextField("回应说明", max_length=500, blank=True)
    initiator_contact = EncryptedTextField("发起方联系方式", default="{}")
    responder_contact = EncryptedTextField("回应方联系方式", default="{}")
    status = models.CharField(
        "状态",
        max_length=20,
        choices=MatchState.choices(),
        default=MatchState.PENDING.value,
        db_index=True,
    )
    decided_at = models.DateTimeField("回应时间", null=True)
    expires_at = models.DateTimeField("失效时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    closing_reason = models.CharField("结束原因", max_length=200, blank=True)

    class Meta:
        """Newest first; one open match for an entry and a counterpart."""

        verbose_name = verbose_name_plural = "供需对接"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offer__isnull=False)
                | models.Q(demand__isnull=False),
                name="match_has_subject",
            ),
            models.UniqueConstraint(
                fields=["offer", "enterprise"],
                condition=models.Q(status__in=_OPEN, offer__isnull=False),
                name="match_offer_once",
            ),
            models.UniqueConstraint(
                fields=["demand", "unit"],
                condition=models.Q(status__in=_OPEN, demand__isnull=False),
                name="match_demand_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the row's number and state."""
        return f"对接{self.pk} {MatchState(self.status).label}"


class IntentRecord(models.Model):
    """The 合作意向书 of a match (D-30): drafted by one side, confirmed by the other."""

    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="intent")
    number = models.CharField("意向编号", max_length=20, blank=True)
    status = models.CharField(
        "状态",
        max_length=12,
        choices=IntentState.choices(),
        default=IntentState.PROPOSED.value,
    )
    subject = models.TextField("合作标的")
    way = models.CharField("意向合作方式", max_length=20)
    secrecy = models.TextField("保密约定")
    valid_until = models.DateField("意向有效期")
    is_exclusive = models.BooleanField("排他洽谈", default=False)
    binding = models.TextField("有约束力的条款")
    non_binding = models.TextField("不具约束力的条款")
    costs = models.TextField("费用承担")
    depends_on = models.TextField("正式合同取决于")
    proposer = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("起草时间")
    return_reason = models.CharField("退回意见", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)
    salt = models.CharField("随机数", max_length=32, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        """A number is given once."""

        verbose_name = verbose_name_plural = "合作意向"
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="intent_number_once",
            )
        ]

    def __str__(self) -> str:
        """Return the number, or that it is a draft."""
        return self.number or "合作意向书（未确认）"
