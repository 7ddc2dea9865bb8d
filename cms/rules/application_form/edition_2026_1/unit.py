"""Group 单位: who files."""

from cms.rules.forms import FieldType, FormField, Section, Topic, Visibility
from cms.rules.parties import OrganizationKind

_KINDS = (
    OrganizationKind.UNIVERSITY,
    OrganizationKind.INSTITUTE,
    OrganizationKind.STATE_ENTERPRISE,
    OrganizationKind.PUBLIC_INSTITUTION,
    OrganizationKind.RESIDENT_INSTITUTE,
)

UNIT = Section(
    "unit",
    "单位",
    (
        Topic(
            "unit-identity",
            "申报单位",
            (
                FormField(
                    "unit_name",
                    "单位名称",
                    visibility=Visibility.PUBLIC,
                    required=True,
                    limit=120,
                    help="已按登记信息填好，发布后公开。",
                ),
                FormField(
                    "credit_code",
                    "统一社会信用代码",
                    FieldType.CREDIT_CODE,
                    required=True,
                    help="18 位，含校验码。",
                ),
                FormField(
                    "unit_kind",
                    "单位类型",
                    FieldType.CHOICE,
                    required=True,
                    options=tuple((kind.value, kind.label) for kind in _KINDS),
                ),
                FormField(
                    "pilot_status",
                    "试点情况",
                    FieldType.CHOICE,
                    required=True,
                    options=(
                        ("pilot", "试点"),
                        ("reference", "参照实施"),
                    ),
                    help="驻柳科研单位、校地合作单位选“参照实施”。",
                ),
            ),
        ),
        Topic(
            "unit-operator",
            "经办人",
            (
                FormField("office", "成果转化部门", required=True, limit=60),
                FormField("operator_name", "经办人", required=True, limit=30),
                FormField(
                    "operator_phone",
                    "经办人电话",
                    FieldType.PHONE,
                    required=True,
                    limit=20,
                    is_sealed=True,
                    help="仅供市科技局审核时联系，不公开。",
                ),
            ),
        ),
    ),
)
