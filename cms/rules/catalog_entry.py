"""What a catalogue entry must say before it may be published (OT-04, §20)."""

from collections.abc import Mapping
from datetime import date

from cms.rules.achievements import (
    ABSTRACT_RANGE,
    LABEL_MODES,
    NAME_MAX,
    PICTURES_MAX,
    AchievementAttribute,
    AchievementFacts,
    AchievementForm,
    IpItem,
    IpType,
)
from cms.rules.identifiers import check_patent_number
from cms.rules.personal_data import check_public_text
from cms.rules.violations import RuleViolation, RuleViolations
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    fits_stage,
)

# OT-04 (附件4六) and the starred fields of §20, in the order of the form.
REQUIRED = {
    "name": "成果名称",
    "ledger_number": "台账登记号",
    "form": "成果形式",
    "attribute": "成果属性",
    "district": "所属地区",
    "industry": "行业分类",
    "technology_field": "技术领域",
    "trl": "成熟度（TRL）",
    "stage": "成熟度阶段",
    "abstract": "简介",
    "scenario": "应用场景",
    "transfer_modes": "转让方式",
    "pricing_method": "定价方式",
    "accepted_parties": "接受成交主体类型",
    "contact_name": "成果联系人姓名",
    "contact_phone": "成果联系人电话",
}
_IP_REQUIRED = {"name": "名称", "number": "号码", "holder": "权利人"}
# A technical secret has neither number nor filing date.
_WITHOUT_NUMBER = frozenset({IpType.KNOW_HOW})
_PATENTS = frozenset(
    {
        IpType.INVENTION,
        IpType.UTILITY_MODEL,
        IpType.DESIGN,
        IpType.PATENT_APPLICATION,
    }
)
# Rights that the law has granted (附件2五; LG-01).
_GRANTED_FORMS = frozenset(
    {
        AchievementForm.PATENT,
        AchievementForm.SOFTWARE,
        AchievementForm.LAYOUT_DESIGN,
        AchievementForm.PLANT_VARIETY,
    }
)
_PRICE = ("reference_price", "price_note")
_EITHER = frozenset({AchievementForm.OTHER, AchievementForm.BIOMEDICINE})
FREE_TEXTS = (
    "name",
    "abstract",
    "scenario",
    "advantage",
    "audience",
    "requirements",
    "price_note",
    "representative",
    "ledger_number",
)


def find_missing(values: Mapping[str, object]) -> list[str]:
    """Return the labels of required fields that are empty, in form order.

    A price is needed as well: a sum, or a note that explains 面议.
    """
    missing = [label for name, label in REQUIRED.items() if not values.get(name)]
    if not values.get("reference_price") and not values.get("price_note"):
        missing.append("参考价格（或面议说明）")
    return missing


def check_complete(values: Mapping[str, object]) -> None:
    """Refuse an entry with empty required fields.

    Raises:
        RuleViolation: E-LS-01 naming them all.
    """
    missing = find_missing(values)
    if missing:
        raise RuleViolation("E-LS-01", fields="、".join(missing))


def check_publishable(facts: AchievementFacts) -> None:
    """Refuse facts that may not become public.

    Raises:
        RuleViolation: E-LS-01.
        RuleViolations: all other faults together, E-SE-02 among them.
    """
    check_complete({name: getattr(facts, name) for name in (*REQUIRED, *_PRICE)})
    faults = find_faults(facts, is_own_entry=False) + find_personal(facts)
    if faults:
        raise RuleViolations(faults)


def find_personal(facts: AchievementFacts) -> list[RuleViolation]:
    """Return E-SE-02 for each public text that holds personal data (CC-09)."""
    texts = {name: getattr(facts, name) for name in FREE_TEXTS}
    texts["ip_items"] = "\n".join(
        f"{item.name}\n{item.number}\n{item.holder}\n{item.legal_status}"
        for item in facts.ip_items
    )
    faults = []
    for name, text in texts.items():
        try:
            check_public_text(text, field=name)
        except RuleViolation as fault:
            faults.append(fault)
    return faults


def find_faults(facts: AchievementFacts, *, is_own_entry: bool) -> list[RuleViolation]:
    """Return what is wrong with complete facts.

    An own entry may not carry a label of an offer (E-CA-05; FP-01).
    """
    return [
        *_length_faults(facts),
        *_code_faults(facts),
        *_consistency_faults(facts, is_own_entry),
        *(
            fault
            for position, item in enumerate(facts.ip_items, 1)
            for fault in ip_faults(item, position)
        ),
    ]


def _length_faults(facts: AchievementFacts) -> list[RuleViolation]:
    faults = []
    if len(facts.name) > NAME_MAX:
        faults.append(
            RuleViolation("E-CA-01", field="name", most=NAME_MAX, count=len(facts.name))
        )
    least, most = ABSTRACT_RANGE
    if not least <= len(facts.abstract) <= most:
        faults.append(
            RuleViolation(
                "E-CA-02",
                field="abstract",
                least=least,
                most=most,
                count=len(facts.abstract),
            )
        )
    if len(facts.picture_ids) > PICTURES_MAX:
        faults.append(RuleViolation("E-CA-08", field="pictures", most=PICTURES_MAX))
    return faults


def _code_faults(facts: AchievementFacts) -> list[RuleViolation]:
    checks = (
        ("district", facts.district, DISTRICTS.leaves()),
        ("industry", facts.industry, INDUSTRIES.leaves()),
        ("technology_field", facts.technology_field, TECHNOLOGY_FIELDS.terms),
        ("discipline", facts.discipline, DISCIPLINES.terms),
    )
    return [
        RuleViolation(
            "E-CA-04", field=name, value=code, label=REQUIRED.get(name, "学科")
        )
        for name, code, terms in checks
        if code and code not in {term.code for term in terms}
    ]


def _consistency_faults(
    facts: AchievementFacts, is_own_entry: bool
) -> list[RuleViolation]:
    faults = []
    if not fits_stage(facts.trl, facts.stage):
        faults.append(
            RuleViolation(
                "E-CA-03", field="stage", level=facts.trl, stage=facts.stage.label
            )
        )
    if facts.reference_price is not None and facts.reference_price <= 0:
        faults.append(RuleViolation("E-CA-11", field="reference_price"))
    is_granted = facts.attribute is AchievementAttribute.GRANTED
    if facts.form not in _EITHER and (facts.form in _GRANTED_FORMS) != is_granted:
        faults.append(RuleViolation("E-LG-06", field="attribute"))
    if is_own_entry:
        faults.extend(
            RuleViolation("E-CA-05", field="transfer_modes", label=mode.label)
            for mode in facts.transfer_modes
            if mode in LABEL_MODES
        )
    return faults


def ip_faults(item: IpItem, position: int) -> list[RuleViolation]:
    """Return what is wrong with the item at a position (from 1)."""
    missing = [
        label
        for name, label in _IP_REQUIRED.items()
        if not getattr(item, name)
        and not (name == "number" and item.kind in _WITHOUT_NUMBER)
    ]
    if item.filed_on is None and item.kind not in _WITHOUT_NUMBER:
        missing.append("申请日")
    faults = []
    if item.number and item.kind in _PATENTS:
        try:
            check_patent_number(item.number)
        except RuleViolation as fault:
            place = fault.parameters | {"position": position}
            faults.append(RuleViolation(fault.code, field="ip_items", **place))
    if missing:
        faults.append(
            RuleViolation(
                "E-CA-06",
                field="ip_items",
                position=position,
                fields="、".join(missing),
            )
        )
    for before, after, detail in (
        (item.filed_on, item.granted_on, "授权日早于申请日"),
        (item.filed_on, item.expires_on, "届满日早于申请日"),
        (item.granted_on, item.expires_on, "届满日早于授权日"),
    ):
        if before and after and after < before:
            faults.append(
                RuleViolation(
                    "E-CA-07", field="ip_items", position=position, detail=detail
                )
            )
    return faults


def is_in_force(item: IpItem, on: date) -> bool:
    """Whether the right has not ended on a day (its last day still counts)."""
    return item.expires_on is None or item.expires_on >= on
