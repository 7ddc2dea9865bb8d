"""API, command and page give the same answer and the same refusal."""

import json
import re
from html import unescape
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db
OPENED = "2026-09-25T10:00:00+08:00"
QUESTIONS = {
    "a01": ("NOTICE_LISTING", OPENED, (), ()),
    "a13": ("NOTICE_REWARD", "2026-09-28T10:00:00+08:00", (), ()),
    "a17": ("NOTICE_REWARD", "2026-12-11T10:00:00+08:00", (), ()),
    "a25": ("PATENT_RECORD", "2026-11-30T10:00:00+08:00", (), ()),
    "a27": ("NOTICE_LISTING", "2026-09-24T16:30:00Z", (), ()),
    "a28": (
        "NOTICE_LISTING",
        "2026-10-12T08:00:00+08:00",
        (
            "2026-10-14T09:00:00+08:00..2026-10-16T10:00:00+08:00",
            "2026-10-20T09:00:00+08:00..2026-10-22T10:00:00+08:00",
        ),
        (),
    ),
    "a29": ("LONG_USE_MIN", "2028-02-29", (), ()),
    "b11": (
        "NOTICE_LISTING",
        "2026-10-12T08:00:00+08:00",
        ("2026-10-20T15:00:00+08:00..2026-10-26T09:00:00+08:00",),
        (),
    ),
    "b16": ("NOTICE_LISTING", OPENED, (), ("7",)),
    "c04": ("NOTICE_NEGOTIATED", OPENED, (), ("7", "7")),
    "c05": ("NOTICE_NEGOTIATED", OPENED, (), ("7", "7", "7")),
    "unknown": ("NOTICE_NOTHING", OPENED, (), ()),
    "no_time": ("NOTICE_LISTING", "明天", (), ()),
    "no_stop": ("NOTICE_TM", OPENED, ("2026-09-26..2026-09-27",), ()),
    "bad_stop": ("NOTICE_LISTING", OPENED, ("2026-09-27..2026-09-26",), ()),
    "bad_days": ("NOTICE_NEGOTIATED", OPENED, (), ("零",)),
    "long": ("NOTICE_NEGOTIATED", OPENED, (), ("8",)),
    "late": ("NOTICE_LISTING", OPENED, ("2026-10-11..2026-10-12",), ()),
}


def address(rule: str, opened_at: str, suspend: tuple, extend: tuple) -> str:
    pairs = [("rule", rule), ("opened_at", opened_at)]
    pairs += [("suspend", text) for text in suspend]
    pairs += [("extend", text) for text in extend]
    return urlencode(pairs)


def by_command(rule: str, opened_at: str, suspend: tuple, extend: tuple) -> tuple:
    out, code = StringIO(), 0
    words = [f"--suspend={text}" for text in suspend]
    words += [f"--extend={text}" for text in extend]
    try:
        call_command("deadline", rule, opened_at, *words, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, json.loads(out.getvalue())


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_doors_agree(question: tuple, client: Client) -> None:
    query = address(*question)

    api = client.get(f"/++api++/@deadline?{query}")
    code, printed = by_command(*question)
    page = client.get(f"/deadline/?{query}")

    said = api.json()
    assert printed == said
    text = unescape(re.sub(r"<[^>]+>", "", page.content.decode()))
    if "error" in said:
        assert (api.status_code, code, page.status_code) == (400, 2, 400)
        assert said["error"]["message"] in text
        assert said["error"]["code"] in text
    else:
        assert (api.status_code, code, page.status_code) == (200, 0, 200)
        deadline = page.context["deadline"]
        assert deadline.close_at.isoformat() == said["close_at"]
        assert deadline.last_day.isoformat() == said["last_day"]
        assert deadline.provisional is said["provisional"]
        assert [row.reason for row in deadline.derivation] == [
            row["reason"] for row in said["derivation"]
        ]
        assert f"{said['last_day']} 24:00" in text
        assert all(row["reason"] in text for row in said["derivation"])


def test_plus_that_arrives_as_a_space_is_understood(client: Client) -> None:
    path = "/++api++/@deadline?rule=NOTICE_LISTING&opened_at=2026-09-25T10:00:00"

    good, lost = client.get(f"{path}%2B08:00"), client.get(f"{path}+08:00")

    assert lost.json() == good.json()
    assert good.json()["close_at"] == "2026-10-11T00:00:00+08:00"


@pytest.mark.parametrize("door", ["/++api++/@deadline", "/deadline/"])
def test_unknown_parameters_are_refused(door: str, client: Client) -> None:
    answer = client.get(f"{door}?rule=NOTICE_TM&opened_at=2026-09-30&open=1&debug=2")

    assert answer.status_code == 400
    assert "E-CQ-01" in answer.content.decode()
    assert "不支持的参数：open、debug。" in answer.content.decode()


@pytest.mark.parametrize("door", ["/++api++/@deadline", "/deadline/"])
def test_once_only_parameters_are_not_taken_twice(door: str, client: Client) -> None:
    answer = client.get(f"{door}?rule=NOTICE_TM&rule=OBJ_RIGHTS&opened_at=2026-09-30")

    assert answer.status_code == 400
    assert "E-CQ-02" in answer.content.decode()


def test_api_answers_readable_json(client: Client) -> None:
    answer = client.get("/++api++/@deadline")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/json"
    assert answer.content.decode() == (
        '{"error": {"type": "RuleViolation", "code": "E-CL-01", '
        '"message": "没有名为的期限规则。"}}'
    )


@pytest.mark.parametrize("door", ["/++api++/@deadline", "/deadline/"])
def test_doors_only_read(door: str, client: Client) -> None:
    assert client.post(door).status_code == 405


def test_missing_words_end_the_command_with_usage() -> None:
    with pytest.raises(Exception, match="RULE, OPENED_AT"):
        call_command("deadline")
