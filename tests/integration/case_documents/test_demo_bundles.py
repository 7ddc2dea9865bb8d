"""The demo answers fill the bundle of every mode and of 先使用后付费, as files."""

from django.conf import settings

from assembly.bundles import data_for
from assembly.library import Library
from cms.case_documents.consistency import check_papers
from cms.case_documents.demo_bundles import write_demo_bundles
from cms.case_documents.payment_plan import plan_of
from cms.rules.payment_plans import check_plan, warn_plan
from notation.check_digits import is_credit_code, is_patent_number
from tests.factories.case_documents import full_answers


def test_answers_of_use_then_pay_fill_its_papers_and_bear_the_label():
    given = full_answers("USE_THEN_PAY")
    bundle = Library(settings.TEMPLATES_DOCX).bundle("USE_THEN_PAY")

    states = [one for one in bundle.states(given) if one.is_needed]

    assert [one.instrument for one in states] == [
        "D-27", "D-28", "D-30", "D-05", "D-98", "D-04b", "D-06b", "D-37", "D-08",
        "D-31", "D-63",
    ]  # fmt: skip
    assert [(one.instrument, one.missing, one.faults) for one in states] == [
        (one.instrument, (), ()) for one in states
    ]
    assert is_credit_code(given["company"]["credit_code"])
    assert all(is_patent_number(row["number"]) for row in given["ip_items"])
    plan = plan_of(given)
    assert (check_plan(plan), warn_plan(plan)) == ([], [])
    said = [(one.instrument, data_for(given, one.instrument)) for one in states]
    assert check_papers(said, given) == []


def test_seven_bundles_are_written(tmp_path):
    told: list[str] = []

    count = write_demo_bundles(tmp_path, with_pdf=False, say=told.append)

    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.docx"))
    modes = ["M1", "M2", "M3", "M4", "M5", "M6", "USE_THEN_PAY"]
    assert sorted({path.parts[0] for path in written}) == modes
    assert len(told) == 7
    assert len(written) == count
    own = [path.stem.split()[0] for path in written if path.parts[0] == modes[-1]]
    assert own == [
        "D-04b", "D-05", "D-06b", "D-08", "D-27", "D-28", "D-30", "D-31", "D-37",
        "D-63", "D-98",
    ]  # fmt: skip
