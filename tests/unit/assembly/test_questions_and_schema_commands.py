"""`python -m assembly schema` and `questions`."""

import json

import pytest

from assembly.__main__ import main
from tests.factories.cases import LIBRARY

NOTICE = str(LIBRARY / "notices/notice_result_report.docx")


def test_schema_is_printed(capsys):
    assert main(["schema", NOTICE]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "公示结果报告"


def test_questions_are_printed_to_read(capsys):
    assert main(["questions", str(LIBRARY / "reviews/due_diligence.docx")]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "试点单位　单位"
    assert "  * 调查对象［due_diligence.subject］" in lines
    assert "      - 调查结果［due_diligence.items[].finding］" in lines


def test_questions_still_open_are_printed_as_data(capsys, tmp_path):
    data = tmp_path / "data.json"
    data.write_text('{"unit": {"name": "示例大学"}}', encoding="utf-8")

    assert main(["questions", NOTICE, "--data", str(data), "--json"]) == 0

    groups = json.loads(capsys.readouterr().out)
    paths = [one["path"] for group in groups for one in group["questions"]]
    assert "unit.name" not in paths
    assert "achievement.name" in paths


@pytest.mark.parametrize("verb", ["schema", "questions"])
def test_template_that_is_not_there_is_refused(verb, capsys):
    assert main([verb, "none.docx"]) == 2
    assert "E-AS-04 找不到模板：none.docx。" in capsys.readouterr().err
