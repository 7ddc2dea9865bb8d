"""Workbooks that leave the system: text cells only, nothing that computes."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from cms.achievements.display import describe_price, labels_of
from cms.achievements.models import AchievementPage
from cms.core.clock import SHANGHAI
from cms.core.spreadsheets.writing import text_cell
from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementForm,
    IpType,
    MaturityStage,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.shanghai_time import format_close
from cms.rules.vocabularies import DISTRICTS, INDUSTRIES, TECHNOLOGY_FIELDS

HEADER = (
    "目录编号",
    "成果名称",
    "单位",
    "成果形式",
    "成果属性",
    "所属地区",
    "行业代码",
    "行业分类",
    "技术领域",
    "成熟度（TRL）",
    "成熟度阶段",
    "知识产权",
    "转化方式",
    "定价方式",
    "参考价格",
    "付款方式",
    "接受成交主体类型",
    "简介",
    "首次发布日期",
    "有效期至",
)


def catalog_workbook(
    rows: Iterable[AchievementPage], *, count: int, most: int, at: datetime
) -> BytesIO:
    """Return a workbook of public rows, ready to be read from its start."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("科技成果目录")
    note = f"导出时间 {at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}，共 {count} 条"
    if count > most:
        note += f"，本文件只含前 {most} 条"
    sheet.append([text_cell(sheet, note)])
    sheet.append([text_cell(sheet, title, bold=True) for title in HEADER])
    for row in rows:
        sheet.append([text_cell(sheet, value) for value in _values(row)])
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def _values(row: AchievementPage) -> tuple[object, ...]:
    return (
        row.number,
        row.title,
        row.unit.name,
        AchievementForm(row.form).label,
        AchievementAttribute(row.attribute).label,
        DISTRICTS.label(row.district),
        row.industry,
        INDUSTRIES.label(row.industry),
        TECHNOLOGY_FIELDS.label(row.technology_field),
        row.trl,
        MaturityStage(row.stage).label,
        labels_of(IpType, row.ip_kinds),
        labels_of(TransferMode, row.transfer_modes),
        PricingMethod(row.pricing_method).label,
        describe_price(row.reference_price, row.price_note),
        PaymentForm(row.payment_form).label if row.payment_form else "",
        labels_of(AcceptedParty, row.accepted_parties),
        row.abstract,
        f"{row.published_at.astimezone(SHANGHAI):%Y-%m-%d}",
        format_close(row.valid_until),
    )
