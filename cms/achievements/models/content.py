"""The public fields (OT-04, §20 column P) that entries and pages share."""

from django.db import models

from cms.rules.achievements import (
    AchievementAttribute,
    AchievementForm,
    MaturityStage,
    PaymentForm,
    PricingMethod,
)


class PublicContent(models.Model):
    """What the public may read; codes are those of `rules.vocabularies`.

    `ip_items` is a list of objects with the fields of `rules.achievements.IpItem`;
    `transfer_modes` and `accepted_parties` are lists of stored values.
    """

    ledger_number = models.CharField("台账登记号", max_length=40, blank=True)
    form = models.CharField(
        "成果形式", max_length=20, blank=True, choices=AchievementForm.choices()
    )
    attribute = models.CharField(
        "成果属性", max_length=12, blank=True, choices=AchievementAttribute.choices()
    )
    district = models.CharField("所属地区", max_length=12, blank=True)
    industry = models.CharField("行业分类", max_length=4, blank=True)
    technology_field = models.CharField("技术领域", max_length=4, blank=True)
    discipline = models.CharField("学科", max_length=4, blank=True)
    trl = models.PositiveSmallIntegerField("成熟度（TRL）", null=True, blank=True)
    stage = models.CharField(
        "成熟度阶段", max_length=12, blank=True, choices=MaturityStage.choices()
    )
    abstract = models.TextField("简介", blank=True)
    scenario = models.TextField("应用场景", blank=True)
    advantage = models.TextField("技术优势与指标", blank=True)
    audience = models.TextField("适用对象", blank=True)
    representative = models.CharField("完成人代表", max_length=50, blank=True)
    transfer_modes = models.JSONField("转让方式", default=list, blank=True)
    pricing_method = models.CharField(
        "定价方式", max_length=12, blank=True, choices=PricingMethod.choices()
    )
    reference_price = models.DecimalField(
        "参考价格（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    price_note = models.CharField("价格说明", max_length=200, blank=True)
    payment_form = models.CharField(
        "付款方式", max_length=16, blank=True, choices=PaymentForm.choices()
    )
    accepted_parties = models.JSONField("接受成交主体类型", default=list, blank=True)
    requirements = models.TextField("对受让方的要求", blank=True)
    ip_items = models.JSONField("知识产权情况", default=list, blank=True)

    class Meta:
        """Only the fields; each table says its own rest."""

        abstract = True
