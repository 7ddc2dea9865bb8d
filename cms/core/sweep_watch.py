"""What `manage.py doctor` says about the timers and the evidence log."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from cms.core import due, triggers
from cms.core.doctor import Finding, Severity, examination
from cms.core.health import STALE_AFTER, get_health
from cms.core.models import DueEvent, EvidenceEntry

TOPIC = "到期任务"


@examination
def timers(at: datetime) -> Iterator[Finding]:
    """Whether the sweep runs, what is overdue and what fails."""
    if DueEvent._meta.db_table not in connection.introspection.table_names():
        return
    health = get_health(at)
    limit = STALE_AFTER.total_seconds()
    if health.heartbeat_age_seconds is None or health.heartbeat_age_seconds > limit:
        text = "没有在运行，请启动 manage.py sweep --forever。"
        yield Finding(Severity.HINT, TOPIC, text)
    if health.oldest_overdue_seconds > limit:
        hours = health.oldest_overdue_seconds / 3600
        text = f"有{health.overdue}项逾期未执行，最早的已逾期{hours:.1f}小时。"
        yield Finding(Severity.FAULT, TOPIC, text)
    for failure in health.failures:
        text = f"{failure.event} 已失败{failure.attempts}次：{failure.error}"
        yield Finding(Severity.FAULT, TOPIC, text)
    waiting = DueEvent.objects.filter(fired_at=None, cancelled_at=None)
    orphans = sorted(set(waiting.values_list("kind", flat=True)) - due.kinds())
    if orphans:
        text = f"没有处理程序的事件：{'、'.join(orphans)}。"
        yield Finding(Severity.FAULT, TOPIC, text)
    if health.is_ok and not orphans:
        yield Finding(Severity.GOOD, TOPIC, "按时执行，没有失败。")


@examination
def evidence_log(at: datetime) -> Iterator[Finding]:
    """Whether the evidence tables refuse changes."""
    if EvidenceEntry._meta.db_table not in connection.introspection.table_names():
        return
    lacking = triggers.missing(connection)
    if lacking:
        text = f"缺少防改触发器：{'、'.join(lacking)}，请运行 manage.py migrate。"
        yield Finding(Severity.FAULT, "存证", text)
    else:
        yield Finding(Severity.GOOD, "存证", "只能追加；核验请运行 verify_evidence。")


@examination
def listed_steps(at: datetime) -> Iterator[Finding]:
    """Whether the database allows the steps that the state tables list."""
    if EvidenceEntry._meta.db_table not in connection.introspection.table_names():
        return
    stale = triggers.stale_steps(connection)
    if stale:
        tables = "、".join(stale)
        text = f"数据库允许的步骤与程序不符：{tables}，请运行 manage.py migrate。"
        yield Finding(Severity.FAULT, "状态表", text)
