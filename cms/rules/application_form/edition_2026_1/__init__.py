"""Edition 2026-1 of the application form: the proposal of §20 (AMB-18)."""

from cms.rules.application_form.answers import YES
from cms.rules.application_form.edition_2026_1.achievement import ACHIEVEMENT
from cms.rules.application_form.edition_2026_1.compliance import (
    ATTACHMENTS,
    COMPLIANCE,
    MANAGEMENT,
)
from cms.rules.application_form.edition_2026_1.payment import PAYMENT, TRADE
from cms.rules.application_form.edition_2026_1.rights import (
    INTELLECTUAL_PROPERTY,
    OWNERSHIP,
    SOURCE,
    TEAM,
)
from cms.rules.application_form.edition_2026_1.unit import UNIT
from cms.rules.forms import FieldType, FormDefinition, FormField

EDITION_2026_1 = FormDefinition(
    version="2026-1",
    title="柳州市科技成果“先使用后付费”信息发布申请表",
    sections=(
        UNIT,
        ACHIEVEMENT,
        INTELLECTUAL_PROPERTY,
        SOURCE,
        TEAM,
        OWNERSHIP,
        PAYMENT,
        TRADE,
        COMPLIANCE,
        ATTACHMENTS,
        MANAGEMENT,
    ),
    declarations=(
        FormField(
            "truthful",
            "真实性承诺",
            FieldType.CHOICE,
            required=True,
            options=(
                (
                    YES,
                    "本单位承诺：所填内容和附件真实、完整，不含国家秘密、技术秘密和"
                    "个人信息，公开内容已经完成人同意。",
                ),
            ),
        ),
    ),
)
