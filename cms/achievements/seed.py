"""Invented rows for trying the catalogue at scale: the same for the same count."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from cms.achievements.actions.publication import EXPIRE
from cms.achievements.changes import record_change
from cms.achievements.facts import content_of
from cms.achievements.models import AchievementContact, AchievementPage
from cms.achievements.seed_texts import FIRMS, METHODS, OBJECTS, QUALITIES
from cms.achievements.tree import get_index_page
from cms.achievements.validity import valid_until
from cms.core import evidence
from cms.core.actors import SYSTEM
from cms.core.clock import SHANGHAI
from cms.core.locks import writing
from cms.core.models import DueEvent, NumberSequence
from cms.parties.models import Organization
from cms.rules.achievements import (
    AcceptedParty,
    AchievementAttribute,
    AchievementFacts,
    AchievementForm,
    IpItem,
    IpType,
    PaymentForm,
    PricingMethod,
    TransferMode,
)
from cms.rules.parties import OrganizationKind, PilotStatus, VerificationState
from cms.rules.vocabularies import (
    DISCIPLINES,
    DISTRICTS,
    INDUSTRIES,
    TECHNOLOGY_FIELDS,
    stage_of,
)
from notation.check_digits import credit_code_check_digit, patent_check_digit

_BATCH = 2000
_DAYS = 300  # publications are spread over so many days before `at`
_SOURCE = "achievements.seed"


def seed_achievements(count: int, at: datetime) -> int:
    """Add `count` invented public pages in one transaction; return how many.

    Rows go in by bulk inserts, past the actions: paths, numbers, contacts and
    timers are what the actions would have written; the evidence gets one entry.
    """
    random = Random(count)  # noqa: S311  invented data, must repeat
    with writing():
        units = _units(at)
        instants = sorted(
            at - timedelta(seconds=random.randrange(_DAYS * 86400))
            for _ in range(count)
        )
        numbers = _numbers(instants)
        index = get_index_page(at=at)
        step = _last_step(index)
        for start in range(0, count, _BATCH):
            pages = [
                _page(random, next(numbers), instant, units)
                for instant in instants[start : start + _BATCH]
            ]
            _insert(pages, index, step + start)
        index.refresh_from_db(fields=["numchild"])
        Page.objects.filter(pk=index.pk).update(numchild=index.numchild + count)
        record_change(None, at=at)
        evidence.record("catalog.seeded", _SOURCE, {"count": count}, by=SYSTEM, at=at)
    return count


def _units(at: datetime) -> list[Organization]:
    kinds = (
        OrganizationKind.UNIVERSITY,
        OrganizationKind.INSTITUTE,
        OrganizationKind.RESIDENT_INSTITUTE,
    )
    units = []
    for position, name in enumerate(FIRMS):
        body = f"12450200MAEX{position:05d}"
        code = body + credit_code_check_digit(body)
        unit, _ = Organization.objects.get_or_create(
            credit_code=code,
            defaults={
                "name": name,
                "kind": kinds[position % 3].value,
                "pilot_status": PilotStatus.PILOT.value,
                "verification": VerificationState.VERIFIED.value,
                "created_at": at,
            },
        )
        units.append(unit)
    return units


def _numbers(instants: list[datetime]) -> Iterator[str]:
    """Take the numbers of all instants at once, in order of publication."""
    years = Counter(instant.astimezone(SHANGHAI).year for instant in instants)
    taken = []
    for year, amount in sorted(years.items()):
        key = f"CG-{year}"
        row, _ = NumberSequence.objects.get_or_create(key=key)
        taken += [f"{key}-{row.last + n:04d}" for n in range(1, amount + 1)]
        row.last += amount
        row.save(update_fields=["last"])
    return iter(taken)


def _last_step(index: Page) -> int:
    last = index.get_children().order_by("-path").values_list("path", flat=True).first()
    return Page._str2int(last[-Page.steplen :]) if last else 0


def _page(
    random: Random, number: str, at: datetime, units: list[Organization]
) -> AchievementPage:
    facts = _facts(random, number, at)
    content = content_of(facts)
    return AchievementPage(
        title=facts.name,
        draft_title=facts.name,
        slug=number,
        number=number,
        unit=random.choice(units),
        source=_SOURCE,
        ip_kinds=sorted({item.kind.value for item in facts.ip_items}),
        published_at=at,
        revised_at=at,
        valid_until=valid_until(at),
        first_published_at=at,
        last_published_at=at,
        **content,
    )


def _facts(random: Random, number: str, at: datetime) -> AchievementFacts:
    quality, thing, method = (
        random.choice(words) for words in (QUALITIES, OBJECTS, METHODS)
    )
    name = f"{quality}{thing}{method}"
    level = random.choices(range(1, 10), (1, 2, 4, 8, 10, 12, 10, 8, 5))[0]
    form = random.choice(list(AchievementForm))
    price = Decimal(random.randrange(5, 3000)) * 1000 if random.random() < 0.6 else None
    facts = AchievementFacts(
        name=name,
        ledger_number=f"TZ-{number[3:]}",
        form=form,
        attribute=AchievementAttribute.UNGRANTED
        if form in _UNGRANTED
        else AchievementAttribute.GRANTED,
        district=random.choice(DISTRICTS.leaves()[:12]).code,
        industry=random.choice(INDUSTRIES.leaves()).code,
        technology_field=random.choice(TECHNOLOGY_FIELDS.terms).code,
        trl=level,
        stage=stage_of(level),
        abstract=f"{name}面向{thing}生产中的实际问题，提出{quality}的{method}方案，"
        f"经试验验证主要指标稳定，可在现有产线上改造应用。本条为示例数据，序号{number}。",
        scenario=f"{thing}的研发、生产与检测",
        transfer_modes=tuple(
            random.sample(
                (
                    TransferMode.TRANSFER,
                    TransferMode.LICENSE,
                    TransferMode.EQUITY_CONTRIBUTION,
                ),
                random.randrange(1, 4),
            )
        ),
        pricing_method=random.choice(list(PricingMethod)),
        accepted_parties=(AcceptedParty.LEGAL_PERSON,),
        ip_items=(_ip_item(random, name, at),),
        discipline=random.choice(DISCIPLINES.terms).code,
        representative="张示例",
        reference_price=price,
        price_note="" if price else "按评估结果协商",
        payment_form=random.choice((PaymentForm.ONE_OFF, PaymentForm.INSTALMENTS)),
    )
    if random.random() < 0.15:
        facts = replace(
            facts,
            transfer_modes=(*facts.transfer_modes, TransferMode.USE_THEN_PAY),
            payment_form=random.choice(
                (PaymentForm.STAGED_ROYALTY, PaymentForm.DEFERRED)
            ),
        )
    return facts


_UNGRANTED = frozenset({AchievementForm.PATENT_APPLICATION, AchievementForm.OTHER})


def _ip_item(random: Random, name: str, at: datetime) -> IpItem:
    filed = date(at.year - random.randrange(1, 9), random.randrange(1, 13), 5)
    kind = random.choices(list(IpType), (8, 5, 1, 4, 4, 1, 1, 2))[0]
    digits = f"{filed.year}{random.choice('12')}{random.randrange(10**7):07d}"
    return IpItem(
        kind=kind,
        name=f"一种{name}",
        number=f"{digits}.{patent_check_digit(digits)}",
        holder="示例权利人",
        filed_on=filed,
        expires_on=date(filed.year + 20, filed.month, 4),
        legal_status="有效",
    )


def _insert(pages: list[AchievementPage], index: Page, step: int) -> None:
    kind = ContentType.objects.get_for_model(AchievementPage)
    parents = [
        Page(
            title=page.title,
            draft_title=page.title,
            slug=page.slug,
            path=Page._get_path(index.path, index.depth + 1, step + offset),
            depth=index.depth + 1,
            numchild=0,
            url_path=f"{index.url_path}{page.slug}/",
            content_type=kind,
            locale_id=index.locale_id,
            translation_key=uuid.uuid4(),
            live=True,
            has_unpublished_changes=False,
            first_published_at=page.first_published_at,
            last_published_at=page.last_published_at,
        )
        for offset, page in enumerate(pages, 1)
    ]
    Page.objects.bulk_create(parents)
    for page, parent in zip(pages, parents, strict=True):
        page.page_ptr_id = page.pk = parent.pk
    _insert_children(pages)
    AchievementContact.objects.bulk_create(
        AchievementContact(page_id=page.pk, name="示例联系人", phone="0772-0000000")
        for page in pages
    )
    label = AchievementPage._meta.label
    DueEvent.objects.bulk_create(
        DueEvent(
            kind=EXPIRE,
            subject=f"{label}:{page.pk}",
            cycle=int(page.published_at.timestamp()),
            due_at=page.valid_until,
        )
        for page in pages
    )


def _insert_children(pages: list[AchievementPage]) -> None:
    """Insert the child rows: bulk_create takes no model with a parent table."""
    fields = AchievementPage._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(AchievementPage._meta.db_table)
    rows = [
        [
            field.get_db_prep_save(field.pre_save(page, True), connection)
            for field in fields
        ]
        for page in pages
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  names of our own table
            rows,
        )
