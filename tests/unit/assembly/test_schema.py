"""The JSON Schema agrees with what binding takes and refuses."""

import json

import pytest
from jsonschema import Draft202012Validator

from assembly.errors import AssemblyError
from assembly.schema import schema_of
from tests.factories.needs import ROW, needs_of, paper_of

SOURCE = (
    "{{ unit.name }}{{ unit.email }}{{ license.fee }}{{ license.kind }}"
    "{{ license.share }}{{ license.modes }}{{ license.is_sublicensable }}"
    "{% if license.kind == 'exclusive' %}{{ license.ends_on }}{% endif %}"
    "{% for i in ip_items %}{{ i.name }}{{ i.kind }}{{ i.number }}{% endfor %}"
)
DATA = {
    "unit": {"name": "示例大学"},
    "license": {
        "fee": "3,200,000.00",
        "kind": "ordinary",
        "share": 12.5,
        "is_sublicensable": True,
    },
    "ip_items": [ROW],
}


def changed(path, value):
    data = json.loads(json.dumps(DATA))
    *parents, last = path
    level = data
    for name in parents:
        level = level[name]
    level[last] = value
    return data


def test_schema_is_a_schema_of_the_dialect():
    schema = schema_of(needs_of(SOURCE))
    Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == "一次性许可合同"
    assert schema["required"] == ["unit", "ip_items", "license"]
    license = schema["properties"]["license"]
    assert license["required"] == ["kind", "fee", "is_sublicensable", "share"]
    assert license["properties"]["fee"]["description"] == "一次付清。"
    assert license["properties"]["ends_on"]["description"] == (
        "“许可·许可种类”为“独占许可”时必填。"
    )
    assert schema["properties"]["unit"]["properties"]["email"]["type"] == [
        "string",
        "null",
    ]


@pytest.mark.parametrize(
    ("path", "value", "is_right"),
    [
        (("unit", "email"), None, True),
        (("unit", "email"), "a@example.com", True),
        (("papers",), {}, True),
        (("agent",), {"name": "甲"}, True),
        (("license", "modes"), ["a"], True),
        (("license", "fee"), 3, True),
        (("license", "share"), "12.5%", True),
        (("unit", "name"), None, False),
        (("unit", "name"), "甲\n乙", False),
        (("unit",), "甲", False),
        (("unti",), {}, False),
        (("unit", "fax"), "1", False),
        (("license", "fee"), "1.234", False),
        (("license", "fee"), -1, False),
        (("license", "kind"), "sole", False),
        (("license", "modes"), ["c"], False),
        (("license", "share"), "100.5", False),
        (("license", "is_sublicensable"), 3, False),
        (("license", "ends_on"), "2026-3-5", False),
        (("ip_items",), [], False),
        (("ip_items",), [ROW] * 4, False),
        (("ip_items", 0, "name"), "", None),
    ],
)
def test_schema_and_binding_agree(path, value, is_right):
    needs, binder = paper_of(
        SOURCE + "{% if license.share > 200 %}{{ license.ends_on }}{% endif %}"
    )
    data = changed(path, value)
    by_schema = Draft202012Validator(schema_of(needs)).is_valid(data)
    try:
        binder.bind(data)
        by_binding = True
    except AssemblyError:
        by_binding = False

    if is_right is None:  # a blank text is a matter of binding alone
        assert (by_schema, by_binding) == (True, False)
    else:
        assert (by_schema, by_binding) == (is_right, is_right)
