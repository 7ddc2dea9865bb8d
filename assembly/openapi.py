"""OpenAPI 3.1 description of the HTTP service."""

from typing import Any

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
_JSON = "application/json"
_NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "文书编号（D-22）或名称（use_right/one_time_license，斜线写作 %2F）",
    "schema": {"type": "string"},
}
_MODE = {
    "name": "mode",
    "in": "path",
    "required": True,
    "description": "赋权方式",
    "schema": {"enum": ["M1", "M2", "M3", "M4", "M5", "M6", "USE_THEN_PAY"]},
}


def description() -> dict[str, Any]:
    """Return the description of the service."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "文书组装服务",
            "version": "1",
            "description": "无状态：同一模板版本和同一数据得到相同的文件。",
        },
        "paths": {
            "/templates": {"get": _get("模板一览", {"type": "array"})},
            "/schema/{name}": {
                "get": _get("数据的 JSON Schema", {"type": "object"}, _NAME)
            },
            "/questions/{name}": {"get": _get("访谈的问题", {"type": "array"}, _NAME)},
            "/render/{name}": {"post": _post("组装一份文书", _data(), DOCX, _NAME)},
            "/bundle/{mode}": {
                "post": _post("组装一套文书，得到压缩包", _data(), ZIP, _MODE)
            },
            "/lint": {"post": _post("检查模板（不看清单）", _file(), _JSON)},
            "/lint/{name}": {
                "post": _post("按一份文书的清单检查模板", _file(), _JSON, _NAME)
            },
        },
        "components": {"schemas": {"Errors": _errors()}},
    }


def _get(summary: str, schema: dict[str, Any], *parameters: Any) -> dict[str, Any]:
    success = {"description": summary, "content": {_JSON: {"schema": schema}}}
    responses = {"200": success, "404": _refusal("没有这份文书")}
    return {"summary": summary, "parameters": list(parameters), "responses": responses}


def _post(
    summary: str, body: dict[str, Any], media_type: str, *parameters: Any
) -> dict[str, Any]:
    schema = (
        {"type": "object"}
        if media_type == _JSON
        else {"type": "string", "contentMediaType": media_type}
    )
    return {
        "summary": summary,
        "parameters": list(parameters),
        "requestBody": body,
        "responses": {
            "200": {
                "description": summary,
                "content": {media_type: {"schema": schema}},
            },
            "400": _refusal("请求有误"),
            "404": _refusal("没有这份文书或方式"),
            "413": _refusal("请求过大"),
            "422": _refusal("数据有误：逐条列出，field 为数据的路径"),
            "503": _refusal("请求过多，请稍后再试"),
        },
    }


def _data() -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "object", "description": "见 /schema/{name}"},
            "salt": {"type": "string", "description": "回执中数据哈希的盐"},
        },
        "additionalProperties": False,
    }
    return {"required": True, "content": {_JSON: {"schema": schema}}}


def _file() -> dict[str, Any]:
    schema = {"type": "string", "contentMediaType": DOCX}
    return {"required": True, "content": {DOCX: {"schema": schema}}}


def _refusal(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Errors"}
    return {"description": words, "content": {_JSON: {"schema": schema}}}


def _errors() -> dict[str, Any]:
    text = {"type": "string"}
    error = {
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": text,
            "message": text,
            "field": text,
            "part": text,
            "paragraph": {"type": "integer"},
            "quote": text,
        },
    }
    return {
        "type": "object",
        "required": ["errors"],
        "properties": {"errors": {"type": "array", "items": error}},
    }
