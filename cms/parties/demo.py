"""Demo office: invented organizations and people, one login for each role."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from cms.core.locks import writing
from cms.parties.actions.admin_access import sync_admin_access
from cms.parties.models import Membership, Organization, User, VerificationCase
from cms.rules.parties import (
    EnterpriseSize,
    OrganizationKind,
    PilotEntry,
    PilotStatus,
    VerificationState,
)
from cms.rules.roles import Role

PASSWORD = "Chengzhuan-2026"  # noqa: S105  printed on purpose, demo accounts only
_BATCH = "第一批"
_DOCUMENT = "柳科示例〔2026〕1号"
_FROM, _UNTIL = date(2026, 9, 1), date(2029, 9, 1)


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """One invented organization with its people (login, name, roles)."""

    name: str
    short_name: str
    credit_code: str
    kind: OrganizationKind
    people: tuple[tuple[str, str, tuple[Role, ...]], ...]
    district: str = "450203"
    pilot_status: PilotStatus = PilotStatus.NONE
    verification: VerificationState = VerificationState.VERIFIED
    size: str = ""


ORGANIZATIONS = (
    DemoOrganization(
        "柳州市科技局（演示）",
        "市科技局",
        "11450200MB0DEM004W",
        OrganizationKind.BUREAU,
        (
            ("demo-stb", "周科技", (Role.BUREAU,)),
            ("demo-stb2", "吴复核", (Role.BUREAU,)),
        ),
    ),
    DemoOrganization(
        "柳州市市场监管局（演示）",
        "市市场监管局",
        "11450200MB0DEM0050",
        OrganizationKind.BUREAU,
        (("demo-amr", "郑监管", (Role.MARKET_REGULATOR,)),),
    ),
    DemoOrganization(
        "柳州示例技术交易平台有限公司",
        "示例交易平台",
        "91450200MB0DEM006T",
        OrganizationKind.PLATFORM,
        (
            ("demo-pla", "冯平台", (Role.PLATFORM,)),
            ("demo-pla2", "陈核验", (Role.PLATFORM,)),
            ("demo-admin", "褚管理", (Role.ADMINISTRATOR,)),
            ("demo-auditor", "卫审计", (Role.AUDITOR,)),
        ),
    ),
    DemoOrganization(
        "柳州示例理工大学",
        "示例理工",
        "12450200MB0DEM001G",
        OrganizationKind.UNIVERSITY,
        (
            ("demo-tto", "蒋转化", (Role.TRANSFER_OFFICE,)),
            ("demo-tto1b", "沈经办", (Role.TRANSFER_OFFICE,)),
            ("demo-apv", "韩审批", (Role.APPROVER,)),
            ("demo-res", "杨教授", (Role.RESEARCHER,)),
            ("demo-fin", "朱财务", (Role.FINANCE,)),
            ("demo-hr", "秦人事", (Role.HUMAN_RESOURCES,)),
            ("demo-dis", "尤纪检", (Role.DISCIPLINE,)),
            ("demo-tm", "许经理", (Role.TECHNOLOGY_MANAGER,)),
        ),
        district="450202",
        pilot_status=PilotStatus.PILOT,
    ),
    DemoOrganization(
        "柳州示例新材料研究院",
        "示例新材料院",
        "12450200MB0DEM002K",
        OrganizationKind.INSTITUTE,
        (
            ("demo-tto2", "何转化", (Role.TRANSFER_OFFICE,)),
            ("demo-tto2b", "吕经办", (Role.TRANSFER_OFFICE,)),
            ("demo-apv2", "施审批", (Role.APPROVER,)),
            ("demo-res2", "张示例", (Role.RESEARCHER,)),
            ("demo-fin2", "孔财务", (Role.FINANCE,)),
            ("demo-hr2", "曹人事", (Role.HUMAN_RESOURCES,)),
            ("demo-dis2", "严纪检", (Role.DISCIPLINE,)),
            ("demo-tm2", "华经理", (Role.TECHNOLOGY_MANAGER,)),
        ),
        pilot_status=PilotStatus.PILOT,
    ),
    DemoOrganization(
        "驻柳示例装备研究所",
        "示例装备所",
        "12450200MB0DEM003N",
        OrganizationKind.RESIDENT_INSTITUTE,
        (
            ("demo-tto3", "金转化", (Role.TRANSFER_OFFICE,)),
            ("demo-apv3", "魏审批", (Role.APPROVER,)),
        ),
        district="450204",
        pilot_status=PilotStatus.REFERENCE,
    ),
    DemoOrganization(
        "柳州示例精工科技有限公司",
        "示例精工",
        "91450202MAEXMPA01K",
        OrganizationKind.ENTERPRISE,
        (("demo-ent", "陶精工", (Role.ENTERPRISE,)),),
        district="450202",
        size=EnterpriseSize.SMALL.value,
    ),
    DemoOrganization(
        "柳州示例智造股份有限公司",
        "示例智造",
        "91450204MAEXMPA02K",
        OrganizationKind.ENTERPRISE,
        (("demo-ent2", "姜智造", (Role.ENTERPRISE,)),),
        district="450204",
        size=EnterpriseSize.LARGE.value,
    ),
    DemoOrganization(
        "柳州示例新能源有限公司",
        "示例新能源",
        "91450205MAEXMPA035",
        OrganizationKind.ENTERPRISE,
        (("demo-ent3", "戚未核", (Role.ENTERPRISE,)),),
        district="450205",
        verification=VerificationState.UNVERIFIED,
        size=EnterpriseSize.MICRO.value,
    ),
    DemoOrganization(
        "柳州示例技术转移服务有限公司",
        "示例转移服务",
        "91450203MAEXMPA04B",
        OrganizationKind.AGENCY,
        (
            ("demo-agt", "谢中介", (Role.AGENT,)),
            ("demo-auc", "邹拍卖", (Role.AUCTIONEER,)),
        ),
    ),
)


@writing()
def load_demo(at: datetime) -> None:
    """Create what is missing of the demo office; what exists stays as it is."""
    password = make_password(PASSWORD)
    for plan in ORGANIZATIONS:
        organization = _organization(plan, at)
        for login, name, roles in plan.people:
            user, _ = User.objects.get_or_create(
                username=login,
                defaults={
                    "email": f"{login}@example.com",
                    "full_name": name,
                    "password": password,
                    "date_joined": at,
                },
            )
            for role in roles:
                Membership.objects.get_or_create(
                    user=user, organization=organization, role=role.value
                )
            sync_admin_access(user)


def _organization(plan: DemoOrganization, at: datetime) -> Organization:
    in_pilot = plan.pilot_status is not PilotStatus.NONE
    organization, is_new = Organization.objects.get_or_create(
        credit_code=plan.credit_code,
        defaults={
            "name": plan.name,
            "short_name": plan.short_name,
            "kind": plan.kind.value,
            "district": plan.district,
            "size": plan.size,
            "verification": plan.verification.value,
            "created_at": at,
            "pilot_status": plan.pilot_status.value,
            "pilot_entry": PilotEntry.EXEMPT.value if in_pilot else "",
            "pilot_batch": _BATCH if in_pilot else "",
            "pilot_document": _DOCUMENT if in_pilot else "",
            "pilot_from": _FROM if in_pilot else None,
            "pilot_until": _UNTIL if in_pilot else None,
        },
    )
    if is_new:
        VerificationCase.objects.create(
            organization=organization, status=plan.verification.value
        )
    return organization
