"""Texts of the demo applications; units, people and achievements are invented."""

from dataclasses import dataclass
from typing import Any

from notation.check_digits import patent_check_digit


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """One application; `outcome` is how far it has come, `age` in days."""

    login: str
    title: str
    abstract: str
    scenario: str
    representative: str
    industry: str
    technology_field: str
    trl: str
    stage: str
    payment: str
    outcome: str
    age: int
    license_kind: str = "ordinary"
    price: str = ""


OFFERS = (
    DemoOffer(
        "demo-tto",
        "商用车轻量化横梁的分区控温冲压技术",
        "面向商用车底盘横梁减重需求，采用分区控温的温热冲压方法，成形后抗拉强度保持稳定，"
        "回弹量较传统冷冲压明显下降，已完成样件试制和台架疲劳试验，适合中等批量生产。",
        "商用车横梁、支架等高强钢零件的成形。",
        "杨教授",
        "367",
        "10",
        "6",
        "pilot",
        "staged",
        "published",
        40,
    ),
    DemoOffer(
        "demo-tto",
        "工程机械液压系统早期泄漏诊断软件",
        "利用压力与温度时序数据识别液压系统的早期泄漏，给出故障部位和置信度，"
        "可在控制器上离线运行，已在两台样机上连续采集验证，误报率满足现场使用要求。",
        "装载机、挖掘机的状态监测和售后服务。",
        "杨教授",
        "351",
        "01",
        "7",
        "pilot",
        "deferred",
        "published",
        31,
        price="180000.00",
    ),
    DemoOffer(
        "demo-tto2",
        "再生铝压铸合金的杂质控制工艺",
        "针对再生铝中铁相粗大导致韧性下降的问题，提出成分调控与熔体处理相结合的工艺，"
        "使再生料比例提高后力学性能仍能达到压铸件的使用要求，已完成中试熔炼。",
        "汽车结构件、壳体类压铸件的生产。",
        "张示例",
        "339",
        "05",
        "6",
        "pilot",
        "staged",
        "published",
        25,
    ),
    DemoOffer(
        "demo-tto2",
        "甘蔗渣基可降解餐盒的模压配方",
        "以甘蔗渣纤维为主料，配合可降解的增强助剂模压成形，制品耐热、耐油并可堆肥降解，"
        "原料来自本地糖厂副产物，已完成小批量试制并通过第三方检测。",
        "餐饮包装、农产品包装。",
        "张示例",
        "223",
        "05",
        "7",
        "production",
        "staged",
        "published",
        18,
    ),
    DemoOffer(
        "demo-tto3",
        "螺蛳粉调味料包的在线异物检测装置",
        "采用多光谱成像与轻量级识别模型，对高速输送的调味料包进行在线异物检测，"
        "检出后自动剔除，可适应油污和反光环境，样机已在试验线上连续运行三个月。",
        "预包装食品生产线的质量检测。",
        "金示例",
        "353",
        "03",
        "8",
        "production",
        "deferred",
        "revised",
        60,
        price="260000.00",
    ),
    DemoOffer(
        "demo-tto3",
        "电动装载机换电锁止机构",
        "一种适用于粉尘工况的换电锁止机构，采用双侧导向和机械自锁，锁止状态可被检测，"
        "断电时不会意外解锁，已完成万次寿命试验，结构简单便于在现有车型上改装。",
        "电动工程机械的换电系统。",
        "金示例",
        "351",
        "10",
        "7",
        "pilot",
        "staged",
        "withdrawn",
        90,
    ),
    DemoOffer(
        "demo-tto",
        "桥梁缆索腐蚀的漏磁检测方法",
        "利用自适应励磁的漏磁检测方法评估桥梁缆索内部钢丝的断丝和腐蚀程度，"
        "检测单元可沿缆索爬行，数据自动生成缺损分布图，已在实桥完成应用验证。",
        "桥梁管养和安全检测。",
        "韩示例",
        "481",
        "11",
        "7",
        "pilot",
        "deferred",
        "submitted",
        2,
        price="320000.00",
    ),
    DemoOffer(
        "demo-tto2",
        "高导热石墨复合散热片",
        "将取向石墨与金属基体复合，面内导热能力明显高于常用铝材，重量更轻，"
        "可按器件布局裁切成形，适合对散热和减重都有要求的电子设备，已完成实验室样品测试。",
        "动力电池、电源模块的散热。",
        "张示例",
        "398",
        "05",
        "4",
        "laboratory",
        "staged",
        "returned",
        12,
    ),
    DemoOffer(
        "demo-tto",
        "柑橘采后品质无损分级方法",
        "用近红外光谱与外观图像融合的方法对柑橘糖度、缺陷进行无损分级，"
        "模型可按产区快速校准，单果判别时间短，已在分选线上完成小批量试验。",
        "果蔬采后分选和冷链销售。",
        "杨教授",
        "015",
        "09",
        "5",
        "laboratory",
        "staged",
        "draft",
        1,
    ),
    DemoOffer(
        "demo-tto2",
        "中药渣制备土壤改良剂的发酵菌剂",
        "筛选适合中药渣的复合发酵菌剂，缩短腐熟时间并降低气味，产物可改善酸性土壤，"
        "操作简单，对设备要求低，已在示范地块完成两季试验并形成操作规程。",
        "中药企业副产物利用、土壤改良。",
        "张示例",
        "262",
        "07",
        "6",
        "pilot",
        "staged",
        "expired",
        400,
    ),
)

_STAGE = {
    "kind": "stage",
    "trigger": "event",
    "event": "production",
    "trigger_note": "形成批量生产能力",
    "evidence": "投产确认单",
    "amount": "50000.00",
}
_ROYALTY = {
    "kind": "royalty",
    "trigger": "income",
    "trigger_note": "形成销售收入后30日",
    "days_after": "30",
    "evidence": "销售台账",
    "formula": "净销售额×3%",
}
_COMMON: dict[str, Any] = {
    "office": "科技成果转化部",
    "operator_name": "经办示例",
    "operator_phone": "0772-0000001",
    "achievement_form": "patent",
    "attribute": "granted",
    "source_kind": "commissioned",
    "is_project_restricted": "no",
    "team_members": [
        {"name": "组员示例", "position": "工程师", "contribution": "试验"}
    ],
    "team_consent": "yes",
    "has_clear_title": "yes",
    "has_co_owners": "no",
    "is_empowered": "no",
    "license_term": "合同生效之日起5年",
    "free_term": "合同生效之日起12个月",
    "license_region": "中国境内",
    "may_sublicense": "no",
    "support_services": ["guidance", "training"],
    "pricing_method": "negotiated",
    "accepted_parties": ["legal_person", "unincorporated"],
    "requirements": "在柳州市设有生产场所，能够按约定提供销售台账。",
    "contact_name": "联系示例",
    "contact_phone": "0772-0000002",
    "contact_email": "contact@example.cn",
    "negative_state_interest": "no",
    "negative_state_secret": "no",
    "negative_ethics": "no",
    "condition_clear_title": "yes",
    "condition_bright_prospect": "yes",
    "condition_known_recipient": "yes",
    "condition_strong_will": "yes",
    "negative_evidence": "单位成果转化工作专题会议纪要（演示）",
    "negative_checker": "核查示例",
    "secrecy": "none",
    "secrecy_review": "经审查，不涉及国家秘密和本单位技术秘密，同意公开。",
    "ethics_review": "不涉及须经伦理审查的内容。",
    "is_export_restricted": "no",
    "has_related_party": "no",
    "valid_months": "12",
}


def answers_of(offer: DemoOffer, place: int, holder: str) -> dict[str, Any]:
    """Return the answers of a demo application, files apart."""
    body = f"20221{place:02d}00{place:02d}7"[:12].ljust(12, "1")
    number = f"ZL{body}.{patent_check_digit(body)}"
    return {
        **_COMMON,
        **_payment(offer),
        "title": offer.title,
        "ledger_number": f"YS-TZ-{place:03d}",
        "district": "450203",
        "industry": offer.industry,
        "technology_field": offer.technology_field,
        "trl": offer.trl,
        "stage": offer.stage,
        "abstract": offer.abstract,
        "scenario": offer.scenario,
        "representative": offer.representative,
        "license_kind": offer.license_kind,
        "ip_items": [
            {
                "kind": "invention",
                "name": offer.title,
                "number": number,
                "holder": holder,
                "filed_on": "2022-03-15",
                "granted_on": "2024-05-10",
                "expires_on": "2042-03-14",
                "legal_status": "in_force",
                "fee_paid_until": "2027-03-15",
                "encumbrance": "none",
            }
        ],
    }


def _payment(offer: DemoOffer) -> dict[str, Any]:
    if offer.payment == "staged":
        return {
            "payment_form": "staged_royalty",
            "payment_rows": [_STAGE, _ROYALTY],
            "royalty_base": "net_sales",
            "royalty_rate": "3",
            "royalty_period": "首笔销售之日起5年，按季结算",
            "royalty_inspection": "每季提供销售台账，单位可委托审计",
            "price_kind": "negotiable",
            "price_note": "按净销售额提成，基数不含税",
        }
    row = {
        "kind": "deferred",
        "trigger": "event",
        "event": "effect",
        "days_after": "365",
        "trigger_note": "合同生效满一年",
        "evidence": "合同生效日",
        "amount": offer.price,
    }
    return {
        "payment_form": "deferred",
        "payment_rows": [row],
        "payment_total": offer.price,
        "price_kind": "fixed",
        "reference_price": offer.price,
    }
