"""docxtpl's interface: one changed import and the same document."""

import io

import docxtpl
import pytest

import assembly
from tests.factories.papers import texts, word_file

TEMPLATE = word_file("{{ name }}", "{%p for x in xs %}", "{{ x }}", "{%p endfor %}")
CONTEXT = {"name": "柳州", "xs": ["一", "二"]}


@pytest.mark.parametrize("module", [docxtpl, assembly])
def test_program_for_docxtpl_runs_with_either(module, tmp_path):
    (tmp_path / "t.docx").write_bytes(TEMPLATE)

    document = module.DocxTemplate(tmp_path / "t.docx")
    document.render(CONTEXT, autoescape=True)
    document.save(tmp_path / "o.docx")

    assert texts((tmp_path / "o.docx").read_bytes()) == ["柳州", "一", "二"]
    assert document.get_undeclared_template_variables() == {"name", "xs"}


def test_template_is_rendered_again_and_saved_to_an_open_file():
    document = assembly.DocxTemplate(io.BytesIO(TEMPLATE))
    stream = io.BytesIO()

    document.render(CONTEXT)
    document.render(CONTEXT | {"xs": []})
    document.save(stream)

    assert texts(stream.getvalue()) == ["柳州"]


def test_objects_are_refused_in_the_context():
    document = assembly.DocxTemplate(io.BytesIO(TEMPLATE))

    with pytest.raises(assembly.AssemblyError) as refusal:
        document.render(CONTEXT | {"name": docxtpl.RichText("柳州")})

    assert refusal.value.faults[0].code == "E-AS-09"
