"""The library: instruments, versions, and the papers of each mode in order."""

import shutil
from datetime import date

import pytest

from assembly import AssemblyError, Library, load_template
from assembly.bundles import data_for, parse_bundles
from assembly.toml_file import parse_toml
from tests.factories.cases import LIBRARY, case_data

COMMON = "D-01 D-02 {plan}D-04 D-04b D-05 D-99 D-98 D-06 D-06b D-07 {price}D-100 D-08 "
BUNDLES = {
    "M1": COMMON.format(plan="", price="D-37 ") + "D-97 D-09 D-13 D-14 D-15 D-63",
    "M2": COMMON.format(plan="", price="D-37 ") + "D-97 D-09 D-16 D-17 D-63",
    "M3": COMMON.format(plan="", price="D-37 ") + "D-97 D-18 D-19 D-20 D-21 D-63",
    "M4": COMMON.format(plan="D-03 ", price="D-37 ") + "D-11 D-22 D-63",
    "M5": COMMON.format(plan="D-03 ", price="") + "D-11 D-23 D-63",
    "M6": COMMON.format(plan="D-03 ", price="") + "D-11 D-26 D-24 D-25 D-63",
    "USE_THEN_PAY": "D-27 D-28 D-30 D-05 D-98 D-04b D-06b D-37 D-08 D-31 D-32 D-63",
}


FORMULAS = {
    "notice.price_formula": "净销售额的3%",
    "approval.price_formula": "净销售额的3%",
}


@pytest.fixture(scope="module")
def library():
    return Library(LIBRARY)


def refusals(make, *arguments, **named):
    with pytest.raises(AssemblyError) as refused:
        make(*arguments, **named)
    return [str(one) for one in refused.value.faults]


def needed(bundle, data):
    return [(one.instrument, truth) for one, truth in bundle.needed(data)]


@pytest.mark.parametrize("mode", BUNDLES)
def test_as01_mode_lists_its_papers_in_order(library, mode):
    bundle = library.bundle(mode)

    assert " ".join(paper.instrument for paper in bundle.papers) == BUNDLES[mode]
    for paper in bundle.papers:
        manifest = bundle.template(paper.instrument).manifest
        assert manifest is not None
        assert mode in manifest.modes, paper.instrument
        assert (paper.when is None) == (paper.note == "")


def test_every_instrument_stands_in_a_bundle_or_alone(library):
    listed = {paper.instrument for paper in library.bundle_list.papers}

    assert set(library.instruments) - listed == {
        "D-10",
        "D-29",
        "D-33",
        "D-33b",
        "D-33c",
    }


@pytest.mark.parametrize(
    ("mode", "data", "instrument", "truth"),
    [
        ("M1", {}, "D-99", None),
        ("M1", {"empowerment": {"has_co_owners": True}}, "D-99", True),
        ("M1", {"empowerment": {"has_co_owners": "否"}}, "D-99", False),
        ("M4", {"notice": {"objections": "2"}}, "D-100", True),
        ("M4", {"notice": {"objections": 0}}, "D-100", False),
        ("M3", {"empowerment": {"is_in_ledger": False}}, "D-01", False),
        ("M3", {"empowerment": {"is_in_ledger": False}}, "D-08", None),
        ("M3", {"grant": {"triggered_on": None}}, "D-20", False),
        ("M3", {"grant": {"triggered_on": "2028-01-01"}}, "D-20", True),
        ("USE_THEN_PAY", {"intention": {"manner": "license"}}, "D-31", True),
        ("USE_THEN_PAY", {"intention": {"manner": "license"}}, "D-32", False),
    ],
)
def test_condition_decides_whether_a_paper_is_needed(
    library, mode, data, instrument, truth
):
    assert (instrument, truth) in needed(library.bundle(mode), data)


@pytest.mark.parametrize(
    ("mode", "instrument", "path"),
    [
        ("M4", "D-06", "approval.price_formula"),
        ("M4", "D-06b", "approval.price_formula"),
        ("M1", "D-07", "notice.price_formula"),
        ("M4", "D-07", "notice.insider_note"),
        ("M4", "D-37", "notice.price_formula"),
        ("USE_THEN_PAY", "D-27", "unit.department"),
        ("USE_THEN_PAY", "D-27", "achievement.projects"),
    ],
)
def test_paper_asks_what_would_else_be_printed_as_nothing(
    library, mode, instrument, path
):
    data = {"empowerment": {"mode": mode}, "notice": {}, "approval": {}}
    states = {one.instrument: one for one in library.bundle(mode).states(data)}
    paths = {one.path for one in states[instrument].missing}

    assert path in paths


@pytest.mark.parametrize("mode", BUNDLES)
def test_bundle_is_assembled_from_one_data_set(library, mode):
    kind = "use_right" if mode in {"M4", "M5", "M6"} else "partial_ownership"
    data = case_data(
        {
            "empowerment.mode": mode if mode.startswith("M") else "M4",
            "empowerment.kind": kind,
            "empowerment.has_co_owners": True,
            "notice.has_platform_venue": True,
            "unit.department": "成果转化部",
            "unit.pilot_status": "pilot",
            "achievement.projects": [{}],
            **FORMULAS,
        }
    )
    bundle = library.bundle(mode)
    bundle.check(data)

    papers = {one.instrument: paper for one, paper in bundle.assemble(data, salt="s")}

    assert list(papers) == [name for name, truth in needed(bundle, data) if truth]
    again = {one.instrument: paper for one, paper in bundle.assemble(data, salt="s")}
    assert [p.sha256 for p in papers.values()] == [p.sha256 for p in again.values()]
    assert [
        state.instrument for state in bundle.states(data) if state.is_ready
    ] == list(papers)


def test_states_tell_missing_values_and_faults(library):
    bundle = library.bundle("USE_THEN_PAY")
    states = {
        one.instrument: one
        for one in bundle.states(
            {"intention": {"manner": "license"}, "unit": {"credit_code": "1"}}
        )
    }

    assert states["D-32"].missing == ()
    assert not states["D-32"].is_ready
    assert "unit.name" in {one.path for one in states["D-31"].missing}
    assert [one.code for one in states["D-31"].faults] == ["E-ID-01"]
    assert states["D-31"].title == "先使用后付费技术许可合同"
    assert states["D-31"].note == "以技术许可方式合作"


def test_bundle_refuses_faulty_data_once_for_all_papers(library):
    bundle = library.bundle("M4")
    grant = {"empowerment.mode": "M4", "empowerment.kind": "use_right"}
    data = case_data(grant | FORMULAS)
    data["unit"]["credit_code"] = "91450200MA5N0000X3"

    assert refusals(bundle.check, data) == [
        "E-ID-01 统一社会信用代码校验未通过。［unit.credit_code］"
    ]


def test_bundle_asks_its_own_conditions_first(library):
    (first, *_) = library.bundle("USE_THEN_PAY").next_questions({})

    assert (first.name, first.questions[0].path) == (
        "intention",
        "intention.manner",
    ) or ("intention.manner" in {question.path for question in first.questions})


def test_paper_of_a_bundle_may_differ_where_it_must():
    data = {
        "dates": {"signed_on": "2026-03-01", "signed_at": "柳州"},
        "papers": {"D-16": {"dates": {"signed_on": "2026-04-01"}, "document": {}}},
    }

    assert data_for(data, "D-16") == {
        "dates": {"signed_on": "2026-04-01", "signed_at": "柳州"},
        "document": {},
    }
    assert data_for(data, "D-17") == {"dates": data["dates"]}


def test_template_is_found_by_instrument_name_and_version(library):
    template = library.template("D-22")

    assert library.template("use_right/one_time_license") is template
    assert library.template("one_time_license") is template
    assert library.template_of_version(template.version) is template
    assert template.title == "一次性许可合同"
    assert refusals(library.template, "D-999") == ["E-AS-04 找不到模板：D-999。"]
    assert refusals(library.template_of_version, "0" * 64) == [
        "E-AS-04 找不到模板：000000000000。"
    ]
    assert refusals(library.bundle, "M7") == ["E-AS-04 找不到模板：M7。"]
    assert refusals(library.template, "D-22", on=date(2025, 1, 1)) == [
        "E-AS-04 找不到模板：D-22。"
    ]


def copy_of(path, *names):
    for name in ("variables.toml", "bundles.toml", *names):
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(LIBRARY / name, target)
    return path


NOTICE = "notices/notice_result_report"


def test_version_in_force_on_a_day_is_used(tmp_path):
    folder = copy_of(tmp_path, f"{NOTICE}.docx", f"{NOTICE}.toml")
    text = (folder / f"{NOTICE}.toml").read_text(encoding="utf-8")
    newer = folder / f"{NOTICE}_2027"
    shutil.copy(folder / f"{NOTICE}.docx", newer.with_suffix(".docx"))
    newer.with_suffix(".toml").write_text(
        text.replace('"2026.1"', '"2027.1"').replace("2026-01-01", "2027-01-01"),
        encoding="utf-8",
    )
    library = Library(folder)

    found = [
        library.find("D-08", on=day).manifest.version
        for day in (date(2026, 6, 1), date(2027, 6, 1))
    ]
    assert found == ["2026.1", "2027.1"]
    assert library.find("D-08").manifest.version == "2027.1"


def test_words_of_choices_count_in_the_version(tmp_path):
    folder = copy_of(
        tmp_path, "reviews/due_diligence.docx", "reviews/due_diligence.toml"
    )
    path = folder / "reviews/due_diligence.docx"
    before = load_template(path).version
    words = folder / "variables.toml"
    words.write_text(
        words.read_text(encoding="utf-8").replace('"专利权"]', '"专利的所有权"]'),
        encoding="utf-8",
    )

    changed = load_template(path).version
    reads_choice = "achievement.form" in load_template(path).guide.needs.needs
    assert (changed != before) == reads_choice


def test_library_tells_the_faults_of_all_manifests(tmp_path):
    folder = copy_of(tmp_path, f"{NOTICE}.docx", "reviews/due_diligence.docx")

    assert len(refusals(Library, folder)) == 2
    (folder / "variables.toml").unlink()
    assert refusals(Library, folder) == [
        f"E-AS-04 找不到模板：{folder.name}/variables.toml。"
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[modes.M9]\ntitle = 'x'", "第1行：没有方式“M9”"),
        ("[[papers]]\ninstrument = 'D-22'\nmodes = ['M4']", "第3行：没有方式“M4”"),
        ("[[papers]]\ninstrument = 'D-5'\nmodes = []", "第2行：模板库中没有文书“D-5”"),
        ("[[papers]]\ninstrument = 'D-22'\nwhen = 'x('", "第3行：条件写错了"),
        ("[[papers]]\ninstrument = 'D-22'\nif = 'x'", "第3行：不认识的键“if”"),
    ],
)
def test_fault_of_the_bundles_names_its_line(text, part):
    found = refusals(parse_bundles, parse_toml(text, "bundles.toml"), ("D-22",))

    assert any(part in one for one in found)


def test_every_use_then_pay_contract_is_approved_and_looked_into(library):
    bundle = library.bundle("USE_THEN_PAY")
    data = {"approval": {"manner": "use_then_pay"}}
    steps = {one.instrument: one.step for one in bundle.states(data)}
    missing = {one.instrument: one.missing for one in bundle.states(data)}

    assert [one for one, step in steps.items() if step == "审批"] == [
        "D-05",
        "D-98",
        "D-04b",
        "D-06b",
    ]
    assert "due_diligence.items" in {one.path for one in missing["D-98"]}
    assert "conduct.items" in {one.path for one in missing["D-04b"]}
    paths = {one.path for one in missing["D-06b"]}
    assert "approval.opinions" in paths
    assert "empowerment.mode" not in paths
