"""The sweep: once, in order, despite failures, outages, kills and twins."""

import hashlib
import json
import os
import signal
import time
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError

from cms.core import clock, due, evidence
from cms.core.actors import SYSTEM
from cms.core.evidence.checkpoints import start_daily
from cms.core.evidence.verification import verify
from cms.core.health import get_health
from cms.core.models import (
    Checkpoint,
    DueEvent,
    EvidenceEntry,
    NumberSequence,
    SweepState,
)
from tests import processes

START = datetime(2026, 11, 2, 0, 0, tzinfo=clock.SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def counters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Handlers over plain counters: one counts, one repeats itself, one fails."""

    def count(subject: NumberSequence, at: datetime) -> None:
        NumberSequence.objects.filter(pk=subject.pk).update(last=subject.last + 1)
        evidence.record("counter.counted", subject, {}, by=SYSTEM, at=at)

    def repeat(subject: NumberSequence, at: datetime) -> None:
        count(subject, at)
        cycle = due.next_cycle("test.repeat", subject)
        due.schedule("test.repeat", subject, at + DAY, cycle=cycle)

    def fail(subject: NumberSequence, at: datetime) -> None:
        NumberSequence.objects.filter(pk=subject.pk).update(last=99)
        raise RuntimeError("打不开文件")

    handlers = {"test.count": count, "test.repeat": repeat, "test.fail": fail}
    for kind, handler in handlers.items():
        monkeypatch.setitem(due._handlers, kind, handler)


def counter(key: str) -> NumberSequence:
    return NumberSequence.objects.create(key=key)


def fired() -> list[tuple[str, datetime]]:
    """The due events in the order in which they left evidence."""
    rows = EvidenceEntry.objects.filter(kind="due_event.fired")
    return [(row.subject, row.legal_at) for row in rows]


def state_hash() -> str:
    """A hash over what the sweep leaves, without the actual running times."""
    state = {
        "counters": list(NumberSequence.objects.order_by("key").values("key", "last")),
        "due": sorted(
            (row.kind, row.cycle, row.due_at, row.fired_at is None)
            for row in DueEvent.objects.all()
        ),
        "evidence": [
            (row.sequence, row.kind, row.legal_at, row.payload)
            for row in EvidenceEntry.objects.all()
        ],
        "checkpoints": list(
            Checkpoint.objects.order_by("id").values_list("size", "at")
        ),
    }
    return hashlib.sha256(json.dumps(state, default=str).encode()).hexdigest()


@pytest.mark.django_db
def test_events_fire_once_in_order_of_their_due_instants(counters) -> None:
    late, early, future = counter("late"), counter("early"), counter("future")
    due.schedule("test.count", late, START + 2 * HOUR)
    due.schedule("test.count", early, START + HOUR)
    due.schedule("test.count", future, START + 3 * HOUR)

    assert due.sweep(until=START + 2 * HOUR) == 2
    assert due.sweep(until=START + 2 * HOUR) == 0

    assert fired() == [
        (f"core.NumberSequence:{early.pk}", START + HOUR),
        (f"core.NumberSequence:{late.pk}", START + 2 * HOUR),
    ]
    assert dict(NumberSequence.objects.values_list("key", "last")) == {
        "late": 1,
        "early": 1,
        "future": 0,
    }


@pytest.mark.django_db
def test_handler_gets_the_legal_instant_and_the_row_keeps_the_actual(counters):
    row = due.schedule("test.count", counter("x"), START)

    before = clock.now()
    due.sweep(until=START + DAY)

    row.refresh_from_db()
    assert row.fired_at >= before
    entry = EvidenceEntry.objects.get(kind="due_event.fired")
    assert entry.legal_at == START
    assert entry.recorded_at >= before
    assert EvidenceEntry.objects.get(kind="counter.counted").legal_at == START
    assert entry.payload == {
        "kind": "test.count",
        "cycle": 0,
        "due_at": "2026-11-01T16:00:00.000000Z",
    }


@pytest.mark.django_db
def test_clock_stepped_back_does_not_unfire(counters) -> None:
    subject = counter("x")
    due.schedule("test.count", subject, START)
    due.sweep(until=START + HOUR)

    assert due.sweep(until=START - HOUR) == 0
    assert due.sweep(until=START + HOUR) == 0
    due.schedule("test.count", subject, START + DAY)
    assert due.sweep(until=START + 2 * DAY) == 0

    subject.refresh_from_db()
    assert subject.last == 1
    assert DueEvent.objects.get().due_at == START  # what has fired keeps its instant


@pytest.mark.django_db
def test_timer_is_moved_and_cancelled_and_set_again(counters) -> None:
    subject = counter("x")
    due.schedule("test.count", subject, START)
    due.schedule("test.count", subject, START + DAY)

    assert due.sweep(until=START + HOUR) == 0
    due.cancel("test.count", subject, at=START + HOUR)
    assert not due.is_scheduled("test.count", subject)
    assert due.sweep(until=START + 2 * DAY) == 0
    due.schedule("test.count", subject, START + DAY)
    assert due.is_scheduled("test.count", subject)
    assert due.sweep(until=START + 2 * DAY) == 1
    assert due.next_cycle("test.count", subject) == 1
    due.cancel("test.count", subject, at=START + 3 * DAY)
    assert DueEvent.objects.get().cancelled_at is None


@pytest.mark.django_db
def test_timer_is_moved_while_it_waits_and_set_anew_once_it_has_fired(counters) -> None:
    subject = counter("x")
    due.set_timer("test.count", subject, START)
    due.set_timer("test.count", subject, START + HOUR)
    assert due.sweep(until=START) == 0
    assert due.sweep(until=START + HOUR) == 1

    due.set_timer("test.count", subject, START + DAY)
    due.cancel("test.count", subject, at=START + HOUR)
    due.set_timer("test.count", subject, START + 2 * DAY)

    assert due.sweep(until=START + DAY) == 0
    assert due.sweep(until=START + 2 * DAY) == 1
    rows = DueEvent.objects.order_by("cycle").values_list("cycle", "due_at")
    assert list(rows) == [(0, START + HOUR), (1, START + 2 * DAY)]


@pytest.mark.django_db
def test_failure_is_undone_noted_and_blocks_its_own_subject_only(counters) -> None:
    broken, sound = counter("broken"), counter("sound")
    due.schedule("test.count", broken, START - HOUR, cycle=1)
    failing = due.schedule("test.fail", broken, START)
    due.schedule("test.count", broken, START + HOUR, cycle=2)
    due.schedule("test.count", sound, START + HOUR)

    assert due.sweep(until=START + 2 * HOUR) == 2

    broken.refresh_from_db()
    failing.refresh_from_db()
    assert broken.last == 1  # the event before the failing one, and not 99
    assert (failing.attempts, failing.fired_at) == (1, None)
    assert failing.last_error == "RuntimeError: 打不开文件"
    assert failing.retry_at == START + 2 * HOUR + timedelta(minutes=1)
    assert [subject for subject, _ in fired()] == [
        f"core.NumberSequence:{broken.pk}",
        f"core.NumberSequence:{sound.pk}",
    ]


@pytest.mark.django_db
def test_failed_event_is_retried_later_and_later_then_order_is_kept(
    counters, monkeypatch
) -> None:
    subject = counter("x")
    row = due.schedule("test.fail", subject, START)
    due.schedule("test.count", subject, START + timedelta(seconds=1))
    now, waits = START + HOUR, []
    for _ in range(12):
        due.sweep(until=now)
        row.refresh_from_db()
        waits.append((row.retry_at - now) // timedelta(minutes=1))
        assert due.sweep(until=row.retry_at - timedelta(seconds=1)) == 0
        now = row.retry_at

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]
    monkeypatch.setitem(due._handlers, "test.fail", due._handlers["test.count"])
    assert due.sweep(until=now) == 2
    assert [instant for _, instant in fired()] == [
        START,
        START + timedelta(seconds=1),
    ]
    row.refresh_from_db()
    assert (row.attempts, row.retry_at, row.last_error) == (12, None, "")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["test.unknown", "test.count"])
def test_event_without_handler_or_subject_is_a_noted_failure(counters, kind) -> None:
    subject = counter("x")
    row = due.schedule(kind, subject, START)
    if kind == "test.count":
        NumberSequence.objects.filter(pk=subject.pk).delete()

    assert due.sweep(until=START) == 0

    row.refresh_from_db()
    assert row.attempts == 1
    assert row.last_error.startswith(
        "KeyError" if kind == "test.unknown" else "DoesNotExist"
    )


@pytest.mark.django_db
def test_two_handlers_for_one_kind_are_refused(counters) -> None:
    with pytest.raises(RuntimeError, match=r"two handlers for test\.count"):
        due.register("test.count")(lambda subject, at: None)


@pytest.mark.django_db
def test_health_tells_age_failures_and_heartbeat(counters) -> None:
    assert get_health(START).heartbeat_age_seconds is None
    due.sweep(until=START)
    due.schedule("test.fail", counter("x"), START)
    assert get_health(START + timedelta(seconds=30)).is_ok

    due.sweep(until=START + HOUR)
    health = get_health(START + 2 * HOUR)

    assert health.oldest_overdue_seconds == 7200
    assert (health.overdue, health.heartbeat_age_seconds) == (1, 3600)
    assert [(f.attempts, f.error) for f in health.failures] == [
        (1, "RuntimeError: 打不开文件")
    ]
    assert not health.is_ok


@pytest.mark.django_db
def test_health_page_is_public_and_tells_no_details(client, counters) -> None:
    with time_machine.travel(START, tick=False):
        due.schedule("test.fail", counter("x"), START - HOUR)
        due.sweep()
        answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "behind",
        "oldest_overdue_seconds": 3600,
        "database": True,
        "overdue": 1,
        "failing": 1,
        "heartbeat_age_seconds": 0,
    }


@pytest.mark.django_db
def test_doctor_shows_failures_and_events_without_handler(counters) -> None:
    now = clock.now()
    due.schedule("test.fail", counter("x"), now - HOUR)
    due.schedule("test.orphan", counter("y"), now + DAY)
    due.sweep()

    from cms.core.doctor import examine

    texts = [f.text for f in examine(at=now) if f.topic == "到期任务"]
    assert "有1项逾期未执行，最早的已逾期1.0小时。" in texts
    assert "没有处理程序的事件：test.orphan。" in texts
    assert any("已失败1次：RuntimeError: 打不开文件" in text for text in texts)


def prepare_month() -> None:
    for n in range(8):
        due.schedule("test.count", counter(f"c{n}"), START + n * 91 * HOUR)
    for n in range(3):
        due.schedule("test.repeat", counter(f"r{n}"), START + n * HOUR)
    start_daily(at=START)


@pytest.mark.django_db(transaction=True)
def test_thirty_days_of_downtime_give_the_state_of_a_daily_run(
    counters, databases
) -> None:
    prepare_month()
    due.sweep(until=START + 30 * DAY)
    at_once = state_hash()
    events, checkpoints = len(fired()), Checkpoint.objects.count()

    databases.renew()
    prepare_month()
    for day in range(31):
        due.sweep(until=START + day * DAY)
        due.sweep(until=START + day * DAY)

    assert state_hash() == at_once
    assert (len(fired()), checkpoints) == (events, 31)
    assert events == 8 + 31 + 30 + 30 + 31


def schedule_three(name: str) -> list[int]:
    subjects = [counter(f"{name}-{n}") for n in range(3)]
    for n, subject in enumerate(subjects):
        due.schedule("test.count", subject, START + n * HOUR)
    return [subject.pk for subject in subjects]


def sweep_day() -> None:
    due.sweep(until=START + DAY)


@pytest.mark.django_db(transaction=True)
def test_sweep_killed_at_any_statement_repairs_itself(counters) -> None:
    boundary, killed = 1, 0
    while True:
        pks = schedule_three(f"k{boundary}")
        ended = processes.run_until_killed(sweep_day, boundary)
        if ended == processes.Ended(0, None):
            break
        assert ended == processes.Ended(None, signal.SIGKILL)
        killed += 1

        assert processes.run_all([sweep_day]) == [processes.Ended(0, None)]

        names = [f"core.NumberSequence:{pk}" for pk in pks]
        assert [name for name, _ in fired() if name in names] == names
        done = NumberSequence.objects.filter(pk__in=pks)
        assert list(done.values_list("last", flat=True)) == [1, 1, 1]
        boundary += 1

    assert killed > 30
    assert verify().findings == []
    assert SweepState.objects.get().fired <= 3 * boundary


@pytest.mark.django_db(transaction=True)
def test_parallel_sweepers_do_no_harm(counters) -> None:
    for n in range(40):
        due.schedule("test.count", counter(f"p{n}"), START + n * timedelta(minutes=1))

    ended = processes.run_all([sweep_day] * 3)

    assert ended == [processes.Ended(0, None)] * 3
    assert set(NumberSequence.objects.values_list("last", flat=True)) == {1}
    instants = [instant for _, instant in fired()]
    assert instants == [START + n * timedelta(minutes=1) for n in range(40)]
    assert SweepState.objects.get().fired == 40
    assert verify().findings == []


@pytest.mark.django_db(transaction=True)
def test_sweep_command_fires_and_starts_the_daily_tasks(counters, capsys) -> None:
    due.schedule("test.count", counter("x"), clock.now() - HOUR)

    call_command("sweep")
    call_command("sweep")

    out = capsys.readouterr().out.splitlines()
    assert out == ["已执行3项到期事件。", "已执行0项到期事件。"]
    assert Checkpoint.objects.count() == 1
    waiting = DueEvent.objects.get(fired_at=None, kind="evidence.checkpoint")
    assert waiting.cycle == 1


def sweep_forever() -> None:
    call_command("sweep", forever=True, interval=0.05)


@pytest.mark.django_db(transaction=True)
def test_endless_sweep_survives_an_error_and_ends_on_sigterm(
    counters, monkeypatch
) -> None:
    broken = iter([True])

    def count_after_an_error(subject: NumberSequence, at: datetime) -> None:
        NumberSequence.objects.filter(pk=subject.pk).update(last=1)

    def sweep_with_one_error(**options: object) -> int:
        if next(broken, False):
            raise OperationalError("database is gone")
        return sweep(**options)

    sweep = due.sweep
    monkeypatch.setattr(due, "sweep", sweep_with_one_error)
    monkeypatch.setitem(due._handlers, "test.count", count_after_an_error)
    subject = counter("x")
    due.schedule("test.count", subject, clock.now() - HOUR)

    child = processes.start(sweep_forever)
    for _ in range(200):
        time.sleep(0.05)
        subject.refresh_from_db()
        if subject.last:
            break
    os.kill(child, signal.SIGTERM)

    assert processes.wait(child) == [processes.Ended(0, None)]
    assert subject.last == 1
