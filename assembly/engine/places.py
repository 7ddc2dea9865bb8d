"""Says where in the author's document something went wrong, in the author's words."""

import re
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError

from assembly.engine.sources import PartSource
from assembly.errors import AssemblyError, Fault, fault

if TYPE_CHECKING:
    from assembly.engine.compiler import CompiledPart

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_MISSING = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")
_REASONS = (
    ("unexpected '}'", "花括号不成对"),
    ("unknown tag", "没有这种标签，或多了一个结束标签"),
    ("Unexpected end of template", "缺少结束标签（endif 或 endfor）"),
    ("unexpected end of template", "标签没有写完"),
    ("No filter named", "没有这个过滤器"),
    ("unexpected char", "有不认识的字符"),
)


class Missing(StrictUndefined):
    """A value that is missing; remembers whose field it would be."""

    __slots__ = ()

    @property
    def owner(self) -> Any:
        """Return the dictionary that lacks the field, or nothing at the top."""
        return self._undefined_obj

    @property
    def name(self) -> str:
        """Return the name of what is missing."""
        return str(self._undefined_name)


def syntax_fault(source: PartSource, error: TemplateSyntaxError) -> Fault:
    """Return what Jinja says of a tag, in Chinese and with its place."""
    message = error.message or ""
    reason = next((text for said, text in _REASONS if said in message), message)
    return _placed(fault("E-AS-05", reason=reason), source, error.lineno)


def locate(
    error: Exception, part: "CompiledPart", context: dict[str, Any]
) -> AssemblyError:
    """Return an error with the place and the tag at which it came up."""
    line = _line_of(error.__traceback__, part)
    source = part.source
    number = source.paragraph_at(line) if line else 0
    quote = source.quote(number)
    if isinstance(error, AssemblyError):
        return AssemblyError(
            item.at(source.name, number, quote) for item in error.faults
        )
    if isinstance(error, UndefinedError):
        path = _missing_path(error, context)
        found = fault("E-AS-06", field=path, name=path, tag=_tag_with(quote, path))
    else:
        found = fault("E-AS-07", tag=_tag_with(quote, ""), reason=_words(error))
    return AssemblyError(found.at(source.name, number, quote))


def _placed(found: Fault, source: PartSource, line: int) -> Fault:
    number = source.paragraph_at(line)
    return found.at(source.name, number, source.quote(number))


def _line_of(trace: TracebackType | None, part: "CompiledPart") -> int:
    filename = part.template.root_render_func.__code__.co_filename
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = part.template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _missing_path(error: UndefinedError, context: dict[str, Any]) -> str:
    trace = error.__traceback__
    missing: Missing | None = None
    while trace is not None:
        candidate = trace.tb_frame.f_locals.get("self")
        if isinstance(candidate, Missing):
            missing = candidate
        trace = trace.tb_next
    if missing is None:
        match = _MISSING.search(error.message or "")
        return (match.group(1) or match.group(2)) if match else ""
    if not isinstance(missing.owner, dict):
        return missing.name
    path = next(_paths_to(missing.owner, context, ""), "")
    return f"{path}.{missing.name}" if path else missing.name


def _paths_to(wanted: object, value: object, path: str) -> Iterator[str]:
    if value is wanted:
        yield path
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _paths_to(wanted, inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _paths_to(wanted, inner, f"{path}[{index}]")


def _tag_with(quote: str, path: str) -> str:
    name = path.rpartition(".")[2]
    tags = _TAG.findall(quote)
    fitting = [tag for tag in tags if name in tag]
    return (fitting or tags or [quote])[0]


def _words(error: Exception) -> str:
    text = str(error)
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    return text if is_chinese else "数据的类型不适合这样计算或比较"
