"""JSON Schema 2020-12 of the data that a template takes."""

from collections.abc import Callable, Mapping
from typing import Any

from assembly.dictionary import MOST_ROWS, Variable
from assembly.fields.numbers import LARGEST_WHOLE
from assembly.needs import Needs
from assembly.wording import guards_in_words

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PATTERNS = {
    "money": (r"^(?:[0-9]{1,16}|[0-9]{1,3}(?:[,，][0-9]{3}){1,5})(?:\.[0-9]{1,2})?$"),
    "percent": r"^(?:100(?:\.0{1,4})?|[0-9]{1,2}(?:\.[0-9]{1,4})?) ?%?$",
}


def schema_of(needs: Needs) -> dict[str, Any]:
    """Return the schema of a template's data: exactly what `bind` looks at.

    Values that only some answers call for are not required here; their description
    says when they are. Other names of the shared data set may stand beside them.
    """
    manifest = needs.manifest
    tree = _tree(needs)
    schema = _object(tree, needs, "", needs.dictionary.variables, is_top=True)
    head: dict[str, Any] = {"$schema": DIALECT}
    if manifest is not None:
        head["title"] = manifest.title
        head["description"] = f"{manifest.instrument}，版本 {manifest.version}"
    return head | schema


_Tree = dict[str, Any]


def _tree(needs: Needs) -> _Tree:
    tree: _Tree = {}
    for path in needs.needs:
        branch = tree
        for name in path.replace("[]", "").split("."):
            branch = branch.setdefault(name, {})
    return tree


def _object(
    tree: _Tree,
    needs: Needs,
    prefix: str,
    known: Mapping[str, Variable],
    *,
    is_top: bool = False,
) -> dict[str, Any]:
    properties, required = {}, []
    for name, inner in tree.items():
        path = f"{prefix}{name}"
        properties[name] = _property(known[name], inner, needs, path)
        if _is_required(known[name], inner, needs, path):
            required.append(name)
    names = [*known, "papers"] if is_top else list(known)
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    schema["propertyNames"] = {"enum": names}
    if required:
        schema["required"] = required
    return schema


def _is_required(variable: Variable, inner: _Tree, needs: Needs, path: str) -> bool:
    """Whether a value must be there whatever the other answers are."""
    if not variable.required:
        return False
    if variable.type == "record":
        fields = needs.dictionary.records[variable.record]
        return any(
            _is_required(fields[name], deeper, needs, f"{path}.{name}")
            for name, deeper in inner.items()
        )
    need = needs.needs.get(path)
    if need is not None and not variable.record:
        return need.is_always_read or _only_own_loops(need.places, path)
    return need is not None and need.is_always_read


def _only_own_loops(places: tuple[Any, ...], path: str) -> bool:
    """Whether a column is printed for every row without a further condition."""
    depth = path.count("[]")
    return any(
        len(guards) == depth and all(one.variable for one in guards)
        for guards in places
    )


def _property(
    variable: Variable, inner: _Tree, needs: Needs, path: str
) -> dict[str, Any]:
    if variable.type == "table":
        columns = needs.dictionary.records[variable.record]
        rows = _object(inner, needs, f"{path}[].", columns)
        schema: dict[str, Any] = {
            "type": "array",
            "items": rows,
            "maxItems": min(variable.max_rows, MOST_ROWS),
        }
        if variable.min_rows:
            schema["minItems"] = variable.min_rows
    elif variable.type == "record":
        columns = needs.dictionary.records[variable.record]
        schema = _object(inner, needs, f"{path}.", columns)
    else:
        schema = _scalar(variable)
    if not _is_required(variable, inner, needs, path):
        schema = _nullable(schema)
    return _described(schema, variable, needs, path)


def _described(
    schema: dict[str, Any], variable: Variable, needs: Needs, path: str
) -> dict[str, Any]:
    schema["title"] = variable.label
    need = needs.needs.get(path)
    notes = [variable.help]
    if need is not None and variable.required and not need.is_always_read:
        worded = [guards_in_words(guards, needs) for guards in need.places]
        if all(worded):
            notes.append(f"{'；或'.join(dict.fromkeys(worded))}时必填。")
    if any(notes):
        schema["description"] = "".join(notes)
    return schema


def _scalar(variable: Variable) -> dict[str, Any]:
    maker = _MAKERS.get(variable.type)
    if maker is not None:
        return maker(variable)
    return {"type": "string"} | _TEXTS[variable.type]


def _text(variable: Variable) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": variable.max_length}
    return schema | ({"pattern": r"^[^\r\n]*$"} if variable.type == "text" else {})


def _choice(variable: Variable) -> dict[str, Any]:
    codes = {"enum": [code for code, _ in variable.choices]}
    return {"type": "array", "items": codes} if variable.multiple else codes


def _integer(variable: Variable) -> dict[str, Any]:
    minimum = 0 if variable.minimum is None else variable.minimum
    maximum = LARGEST_WHOLE if variable.maximum is None else variable.maximum
    return {"type": "integer", "minimum": minimum, "maximum": maximum}


def _number(variable: Variable) -> dict[str, Any]:
    limit = {"money": {"exclusiveMaximum": 10**16}, "percent": {"maximum": 100}}
    pattern = _PATTERNS[variable.type]
    schema: dict[str, Any] = {"type": ["string", "number"], "pattern": pattern}
    return schema | {"minimum": 0} | limit[variable.type]


_MAKERS: dict[str, Callable[[Variable], dict[str, Any]]] = {
    "text": _text,
    "long_text": _text,
    "choice": _choice,
    "integer": _integer,
    "money": _number,
    "percent": _number,
    "boolean": lambda _: {"type": "boolean"},
}
_TEXTS: dict[str, dict[str, Any]] = {
    "date": {"format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "email": {"format": "email"},
    "phone": {"maxLength": 40},
    "term": {"pattern": r"\S"},
    "credit_code": {"pattern": r"^\s*[0-9A-Za-z]{18}\s*$"},
    "identity_number": {"pattern": r"^\s*[0-9]{17}[0-9Xx]\s*$"},
    "patent_number": {
        "pattern": r"^\s*(?:[Zz][Ll]|[Cc][Nn])?[0-9]{8,12}\.?[0-9Xx]\s*$"
    },
}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return {"enum": [*schema["enum"], None]}
    kind = schema["type"]
    kinds = kind if isinstance(kind, list) else [kind]
    return schema | {"type": [*kinds, "null"]}
