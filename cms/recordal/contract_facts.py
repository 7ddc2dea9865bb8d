"""What a signed contract says for its registration, read from the answers (PS-01…05).

One small reader a family of instruments: who gives and takes, for what price, for
how long. Names are those of `variables.toml`. No identity number is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cms.empowerment.facts import as_date, as_decimal, as_text, find, members_of
from cms.recordal.prices import payment_terms, price_of
from cms.rules.achievements import IpType
from cms.rules.empowerment import last_valid_day
from cms.rules.parties import OrganizationKind
from cms.rules.recordal import Right, SignedContract, contract_kind
from cms.rules.supply_demand.license_kinds import LicenseKind

Answers = Mapping[str, Any]

_TEAM = "team"
_PARTIES = {
    **dict.fromkeys(("D-09", "D-10", "D-11", "D-13", "D-22", "D-23"), ("unit", _TEAM)),
    **dict.fromkeys(("D-14", "D-17", "D-24"), (_TEAM, "company")),
    **dict.fromkeys(("D-16", "D-31", "D-32"), ("unit", "company")),
    "D-19": ("unit", "project_company"),
}
"""Who gives and who takes, by instrument: names of the parties in the answers."""

_ENDS = {
    "D-11": ("empowerment.ends_on",),
    "D-24": ("equity.use_ends_on",),
    **dict.fromkeys(
        ("D-22", "D-23", "D-31", "D-32"), ("license.ends_on", "empowerment.ends_on")
    ),
}
_STATE_UNITS = frozenset(
    {
        OrganizationKind.UNIVERSITY,
        OrganizationKind.INSTITUTE,
        OrganizationKind.STATE_ENTERPRISE,
        OrganizationKind.PUBLIC_INSTITUTION,
        OrganizationKind.RESIDENT_INSTITUTE,
    }
)
_KINDS = {
    **{kind.value: kind.label for kind in OrganizationKind},
    "project_company": "企业（项目公司）",
    "fund": "基金",
    "government": "政府部门",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class FiledContract:
    """A contract that was signed and filed, as the registration sees it.

    `case` and `paper` name the case and the filed paper as `app.Model:pk`;
    `facts` is what the planning turns on; `sheet` holds every datum of the
    registers, by key, as text. `amount` in yuan, or `formula`.
    """

    case: str
    paper: str
    number: str
    title: str
    facts: SignedContract
    parties: str = ""
    enterprise_id: int | None = None
    amount: Decimal | None = None
    formula: str = ""
    license_kind: str = ""
    sheet: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filing:
    """What the act of filing itself says of a paper; its days go before the answers.

    `name` is the title of the instrument; with the project it names the contract.
    """

    case: str
    paper: str
    instrument: str
    number: str
    rule_edition: str
    name: str = ""
    mode: str = ""
    enterprise_id: int | None = None
    signed_on: date | None = None
    effective_on: date | None = None
    ends_on: date | None = None


def read_contract(filing: Filing, answers: Answers) -> FiledContract:
    """Return the facts of a filed contract; what is not answered stays empty."""
    facts = _planning_facts(filing, answers)
    price = price_of(filing.instrument, answers)
    giver, taker = parties_of(filing.instrument, answers)
    project = as_text(find(answers, "achievement.name"))
    title = f"{filing.name}（{project}）" if filing.name and project else project
    return FiledContract(
        case=filing.case,
        paper=filing.paper,
        number=filing.number,
        title=title or filing.name,
        facts=facts,
        parties="；".join(one["name"] for one in (giver, taker) if one["name"]),
        enterprise_id=filing.enterprise_id,
        amount=price.amount,
        formula=price.formula,
        license_kind=as_text(find(answers, "license.kind")),
        sheet={
            **_sheet(filing.instrument, facts, answers),
            **{f"giver_{name}": value for name, value in giver.items()},
            **{f"taker_{name}": value for name, value in taker.items()},
            "amount": "" if price.amount is None else f"{price.amount:.2f}",
            "formula": price.formula,
        },
    )


def rights_of(answers: Answers) -> tuple[Right, ...]:
    """Return the rights of a contract, technical secrets at the end."""
    found = []
    for row in _rows(answers, "ip_items"):
        kind = as_text(row.get("kind"))
        if kind in set(IpType):
            found.append(_right(IpType(kind), row))
    secrets = _rows(answers, "secrets")
    found += [Right(IpType.KNOW_HOW, as_text(row.get("name"))) for row in secrets]
    return tuple(found)


def parties_of(instrument: str, answers: Answers) -> tuple[dict[str, str], ...]:
    """Return giver and taker: name, kind, code, address; empty where unknown."""
    names = _PARTIES.get(instrument, ("unit", "company"))
    return tuple(
        _team(answers) if name == _TEAM else _organization(answers, name)
        for name in names
    )


def _planning_facts(filing: Filing, answers: Answers) -> SignedContract:
    ends = [as_date(find(answers, path)) for path in _ENDS.get(filing.instrument, ())]
    _, taker = parties_of(filing.instrument, answers)
    return SignedContract(
        instrument=filing.instrument,
        rights=rights_of(answers),
        rule_edition=filing.rule_edition,
        mode=filing.mode,
        has_secrets=bool(_rows(answers, "secrets")),
        signed_on=filing.signed_on or as_date(find(answers, "dates.signed_on")),
        effective_on=filing.effective_on
        or as_date(find(answers, "dates.effective_on")),
        ends_on=filing.ends_on or next((day for day in ends if day), None),
        is_state_held=_is_state_held(answers),
        is_allotted=find(answers, "grant.ownership") == "ex_ante",
        taker=taker["name"],
    )


def _is_state_held(answers: Answers) -> bool:
    """Whether the unit is a state unit; one that does not say so counts as one."""
    kind = as_text(find(answers, "unit.kind"))
    return not kind or kind in _STATE_UNITS


def _sheet(instrument: str, facts: SignedContract, answers: Answers) -> dict[str, str]:
    """Return the data that do not depend on who the parties are."""
    text = {
        name: as_text(find(answers, path))
        for name, path in {
            "project_name": "achievement.name",
            "technology_field": "achievement.technology_field",
            "industry": "achievement.industry",
            "territory": "license.territory",
            "field_of_use": "license.field",
            "ledger_number": "achievement.ledger_number",
        }.items()
    }
    license_kind = as_text(find(answers, "license.kind"))
    known = {kind.value: kind.label for kind in LicenseKind}
    projects = [
        " ".join(as_text(row.get(name)) for name in ("name", "number"))
        for row in _rows(answers, "achievement.projects")
    ]
    return {
        **text,
        "contract_kind": contract_kind(facts).value,
        "license_kind": known.get(license_kind, license_kind),
        "ip_kinds": "、".join(dict.fromkeys(r.kind.label for r in facts.rights)),
        "share": share_of(instrument, answers),
        "payment": payment_terms(instrument, answers),
        "projects": "；".join(project.strip() for project in projects),
    }


def share_of(instrument: str, answers: Answers) -> str:
    """Return what share of the title passes by an instrument, with its sign."""
    path = {
        "D-09": "empowerment.share",
        "D-17": "empowerment.share",
        "D-13": "empowerment.remaining_share",
        "D-16": "empowerment.remaining_share",
    }.get(instrument)
    if path is None:
        return "100%" if instrument in {"D-10", "D-14", "D-19"} else ""
    share = as_decimal(find(answers, path))
    return "" if share is None else f"{share:f}%"


def _right(kind: IpType, row: Mapping[str, Any]) -> Right:
    filed_on = as_date(row.get("filed_on"))
    last_day = as_date(row.get("expires_on"))
    if last_day is None and filed_on is not None:
        last_day = last_valid_day(kind, filed_on)
    return Right(
        kind=kind,
        name=as_text(row.get("name")),
        number=as_text(row.get("number")) or as_text(row.get("application_number")),
        holder=as_text(row.get("owner")),
        last_day=last_day,
        fee_paid_until=as_date(row.get("fee_paid_until")),
        encumbrance=as_text(row.get("encumbrance")),
    )


def _team(answers: Answers) -> dict[str, str]:
    """Return the team as a party: natural persons, named with their number."""
    members = [member.name for member in members_of(answers) if member.name]
    representative = as_text(find(answers, "team.representative"))
    first = representative or (members[0] if members else "")
    name = f"{first}等{len(members)}人（完成人团队）" if len(members) > 1 else first
    return {"name": name, "kind": "自然人", "code": "", "address": ""}


def _organization(answers: Answers, name: str) -> dict[str, str]:
    kind = as_text(find(answers, f"{name}.kind"))
    return {
        "name": as_text(find(answers, f"{name}.name")),
        "kind": _KINDS.get(kind, ""),
        "code": as_text(find(answers, f"{name}.credit_code")),
        "address": as_text(find(answers, f"{name}.address")),
    }


def _rows(answers: Answers, path: str) -> list[Mapping[str, Any]]:
    rows = find(answers, path) or []
    return [row for row in rows if isinstance(row, Mapping)]
