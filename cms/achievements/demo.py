"""Demo achievements of the sample office, in every state of an entry."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.achievements.actions.contacts import send_message
from cms.achievements.actions.entries import (
    create_entry,
    publish_entry,
    return_entry,
    revise_entry,
    submit_entry,
    withdraw_entry,
)
from cms.achievements.actions.entry_pictures import store_picture
from cms.achievements.demo_pictures import draw_picture
from cms.achievements.facts import item_to_json
from cms.achievements.models import Achievement
from cms.core.actors import Actor
from cms.core.locks import writing
from cms.parties.models import Organization, User
from cms.parties.queries import get_actor
from cms.rules.achievements import AchievementStatus, IpItem, IpType
from cms.rules.roles import Role
from notation.check_digits import patent_check_digit

_FILE = settings.ROOT / "fixtures" / "demo" / "achievements.toml"
_REVISED = "LG-2026-003"
_YEARS = {IpType.INVENTION: 20, IpType.UTILITY_MODEL: 10}
_PLAIN = (
    "name",
    "ledger_number",
    "form",
    "attribute",
    "district",
    "industry",
    "technology_field",
    "discipline",
    "trl",
    "stage",
    "transfer_modes",
    "pricing_method",
    "price_note",
    "payment_form",
    "abstract",
    "scenario",
    "advantage",
)


def load_demo(at: datetime) -> None:
    """Create what is missing of the demo achievements."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["achievement"]
    people = {
        user.username: get_actor(user)
        for user in User.objects.filter(username__startswith="demo-")
    }
    for place, row in enumerate(told):
        owner_id = _owner(people[row["login"]])
        known = Achievement.objects.filter(
            owner_id=owner_id, ledger_number=row["ledger_number"]
        )
        if not known.exists():
            begun = at - timedelta(days=3 * (len(told) - place), hours=2)
            with writing():
                _load(row, owner_id, people, begun)


def _owner(actor: Actor) -> int:
    return min(actor.organizations_as(Role.TRANSFER_OFFICE))


def _load(
    row: Mapping[str, Any], owner_id: int, people: Mapping[str, Actor], at: datetime
) -> None:
    by, desk = people[row["login"]], people["demo-pla"]
    unit = Organization.objects.get(pk=owner_id)
    entry = create_entry(owner_id, _values(row, unit), by=by, at=at)
    if row["picture"]:
        content = draw_picture(row["picture"], seed=entry.ledger_number)
        store_picture(
            entry,
            SimpleUploadedFile("示意图.png", content),
            "技术示意图（示例）",
            by=by,
            at=at,
        )
    state = row["state"]
    if state == AchievementStatus.DRAFT:
        return
    submit_entry(entry, by=by, at=at + timedelta(minutes=20))
    if state == AchievementStatus.SUBMITTED:
        return
    decided = at + timedelta(days=1)
    if state == AchievementStatus.RETURNED:
        comments = [("abstract", "简介：请补充台架试验的工况和数据。")]
        return_entry(entry, comments, by=desk, at=decided)
        return
    publish_entry(entry, by=desk, at=decided)
    if state == AchievementStatus.WITHDRAWN:
        withdraw_entry(
            entry,
            "产品已升级，原成果不再对外许可。",
            by=by,
            at=decided + timedelta(hours=1),
        )
    if entry.ledger_number == _REVISED:
        _revise_and_ask(entry, people, decided + timedelta(hours=1))


def _revise_and_ask(
    entry: Achievement, people: Mapping[str, Actor], at: datetime
) -> None:
    send_message(
        entry.page,
        "我厂有两条冲压线，想了解对油污工件的适应性，能否安排现场演示？",
        "站内回复即可",
        by=people["demo-ent"],
        at=at,
    )
    revise_entry(entry, by=people["demo-tto"], at=at)


def _values(row: Mapping[str, Any], unit: Organization) -> dict[str, Any]:
    price = row.get("reference_price")
    values = {name: row[name] for name in _PLAIN if name in row}
    rights = [_right(text, row["name"], unit.name) for text in row["rights"]]
    return values | {
        "reference_price": Decimal(price) if price else None,
        "accepted_parties": ["legal_person", "unincorporated"],
        "audience": "有相应生产条件的企业",
        "representative": "张示例",
        "ip_items": [item_to_json(right) for right in rights],
        "contact_name": "李示例",
        "contact_phone": "0772-0000000",
        "contact_email": "transfer@example.com",
        "project_source": "财政",
        "internal_note": "示例数据",
    }


def _right(text: str, name: str, holder: str) -> IpItem:
    """Return the right behind `kind:digits`; a know-how has no number."""
    kind, _, digits = text.partition(":")
    right = IpType(kind)  # type: ignore[call-arg]
    if right is IpType.KNOW_HOW:
        return IpItem(right, f"{name}技术秘密", "", holder, legal_status="自主保密")
    if right is IpType.SOFTWARE:
        filed = date(int(digits[:4]), 5, 20)
        return IpItem(
            right, f"{name}V1.0", digits, holder, filed, legal_status="已登记"
        )
    filed = date(int(digits[:4]), 4, 16)
    number = f"{digits}.{patent_check_digit(digits)}"
    if right is IpType.PATENT_APPLICATION:
        return IpItem(
            right, f"一种{name}", number, holder, filed, legal_status="实质审查"
        )
    return IpItem(
        right,
        f"一种{name}",
        f"ZL{number}",
        holder,
        filed,
        date(filed.year + 1, 11, 3),
        date(filed.year + _YEARS[right], 4, 15),
        "有效",
    )
