"""Templates that try to run code, read secrets or eat memory: name → Word file.

`INERT` holds those whose text is never filled in, so that it must come out as it is.
"""

from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from tests.unit.assembly.word_files import (
    field,
    paragraph,
    split_paragraph,
    word_file,
)

Build = Callable[[], bytes]
SECRET_PATH = "{secret_path}"  # the harness puts the path of the planted file here

# Every string here is one tag, or a few, of a hostile author.
EXPRESSIONS: dict[str, str] = {
    "class of a string": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class of a value": "{{ name.__class__.__base__.__subclasses__() }}",
    "class by filter": "{{ name|attr('__class__') }}",
    "class by subscript": "{{ name['__class__'] }}",
    "class by concatenation": "{{ name['__cla' ~ 'ss__'] }}",
    "class in hex": "{{ name['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "cycler globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "joiner globals": "{{ joiner.__init__.__globals__.os.environ }}",
    "namespace globals": "{{ namespace.__init__.__globals__.os.environ }}",
    "lipsum globals": "{{ lipsum.__globals__['os'].environ }}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "dict": "{{ dict(a=1) }}",
    "self": "{{ self.__init__.__globals__ }}",
    "self body": "{{ self._TemplateReference__context }}",
    "context": "{{ context.environment }}",
    "config": "{{ config.items() }}",
    "request": "{{ request.application.__globals__ }}",
    "builtins": "{{ __builtins__.open('" + SECRET_PATH + "').read() }}",
    "import call": "{{ __import__('os').system('id') }}",
    "open": "{{ open('" + SECRET_PATH + "').read() }}",
    "include": "{% include '" + SECRET_PATH + "' %}",
    "import": "{% import '" + SECRET_PATH + "' as x %}",
    "from import": "{% from '" + SECRET_PATH + "' import x %}",
    "extends": "{% extends '" + SECRET_PATH + "' %}",
    "block": "{% block a %}{{ super() }}{% endblock %}",
    "macro": "{% macro a() %}{{ caller() }}{% endmacro %}{{ a() }}",
    "call block": "{% call name() %}{% endcall %}",
    "set": "{% set name = 'x' %}{{ name }}",
    "set block": "{% set x %}{{ name }}{% endset %}",
    "with": "{% with x = 1 %}{{ x }}{% endwith %}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "do": "{% do rows.append(1) %}",
    "autoescape": "{% autoescape false %}{{ markup }}{% endautoescape %}",
    "raw": "{% raw %}{{ name }}{% endraw %}",
    "safe filter": "{{ markup|safe }}",
    "format filter": "{{ '%s'|format(name) }}",
    "format method": "{{ '{0.__class__}'.format(name) }}",
    "format map": "{{ '{a.__class__}'.format_map(record) }}",
    "map attribute": "{{ rows|map(attribute='__class__')|list }}",
    "groupby attribute": "{{ rows|groupby('__class__') }}",
    "selectattr": "{{ rows|selectattr('__class__') }}",
    "sort attribute": "{{ rows|sort(attribute='__class__.__name__') }}",
    "sum attribute": "{{ rows|sum(attribute='__class__') }}",
    "pprint": "{{ record|pprint }}",
    "tojson": "{{ record|tojson }}",
    "method of a dictionary": "{{ record.items() }}",
    "clearing": "{{ rows.clear() }}",
    "popping": "{{ record.pop('a') }}",
    "method without call": "{{ name.upper }}",
    "hidden key": "{{ record._secret }}",
    "loop inside": "{% for r in rows %}{{ loop.__init__ }}{% endfor %}",
    "loop cycle": "{% for r in rows %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "loop parent": "{% for r in rows %}{{ loop._iterator }}{% endfor %}",
    "recursive loop": "{% for r in rows recursive %}{{ loop(rows) }}{% endfor %}",
    "loop with condition": "{% for r in rows if r.__class__ %}x{% endfor %}",
    "unpacking loop": "{% for a, b in record.items() %}{{ a }}{% endfor %}",
    "loop over a string": "{% for c in 'abc' %}{{ c }}{% endfor %}",
    "range": "{% for i in range(999999999) %}x{% endfor %}",
    "nested range": "{% for i in range(3000) %}{% for j in range(3000) %}x{% endfor %}{% endfor %}",
    "nested rows": (
        "{% for a in rows %}{% for b in rows %}{% for c in rows %}{% for d in rows %}"
        "{{ name }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}"
    ),
    "string bomb": "{{ 'x' * 10**10 }}",
    "string bomb of a value": "{{ name * 999999999 }}",
    "number bomb": "{{ 9 ** 9 ** 9 }}",
    "shift bomb": "{{ 2 // 0 }}",
    "padding bomb": "{{ name|center(999999999) }}",
    "indent bomb": "{{ name|indent(999999999) }}",
    "percent bomb": "{{ '%999999999d' % 1 }}",
    "list bomb": "{{ [1] * 999999999 }}",
    "deep brackets": "{{ " + "(" * 300 + "name" + ")" * 300 + " }}",
    "deep not": "{{ " + "not " * 300 + "name }}",
    "deeper brackets": "{{ " + "(" * 5000 + "name" + ")" * 5000 + " }}",
    "long chain": "{{ name" + ".a" * 400 + " }}",
    "homoglyph name": "{{ n\u0430me }}",
    "full width name": "{{ \uff4e\uff41\uff4d\uff45 }}",
    "full width dunder": "{{ name.\uff3f\uff3fclass\uff3f\uff3f }}",
    "ligature name": "{{ re\ufb00 }}",
    "lambda": "{{ (lambda: 1)() }}",
    "walrus": "{{ (x := 1) }}",
    "ternary call": "{{ name if open('x') else name }}",
    "test with call": "{% if name is sameas(open) %}x{% endif %}",
    "test callable": "{% if name is callable %}x{% endif %}",
    "slice": "{{ name[::-1] }}",
    "engine filter": "{{ name|place_paragraph }}",
    "numbering mark": "{{ article.__class__ }}",
    "numbering call": "{{ ref.payment() }}",
    "line statement": "# for i in rows\n{{ open('x') }}",
}
_STRONGEST = "{{ cycler.__init__.__globals__.os.popen('id').read() }}"


def _in_parts() -> dict[str, Build]:
    """The strongest payload in every part of a file that is filled."""
    inner = paragraph(_STRONGEST)
    note = f'<w:footnote w:id="1">{inner}</w:footnote>'
    end = f'<w:endnote w:id="1">{inner}</w:endnote>'
    return {
        "in the header": lambda: word_file(header=inner),
        "in the footer": lambda: word_file(footer=inner),
        "in a footnote": lambda: word_file(footnotes=note),
        "in an endnote": lambda: word_file(endnotes=end),
        "in the title": lambda: word_file(title=_STRONGEST),
        "in a text box": lambda: word_file(_text_box(inner)),
        "in a table cell": lambda: word_file(_cell(inner)),
        "in a content control": lambda: word_file(
            f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        ),
        "in a link": lambda: word_file(
            '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>'
            f"{escape(_STRONGEST)}</w:t></w:r></w:hyperlink></w:p>"
        ),
        "in a field code": lambda: word_file(field(f"REF {_STRONGEST}")),
        "in a field result": lambda: word_file(field("PAGE", _STRONGEST)),
        "in deleted text": lambda: word_file(_revised("del", "delText")),
        "in inserted text": lambda: word_file(_revised("ins", "t")),
        "in an attribute": lambda: word_file(f'<w:p w:rsidR="{_STRONGEST}"/>'),
        "in an XML comment": lambda: word_file(f"<!-- {_STRONGEST} -->"),
        "over runs": lambda: word_file(
            split_paragraph("{", "{ cycler.__in", "it__.__glob", "als__.os }", "}")
        ),
        "over paragraphs": lambda: word_file(
            paragraph("{{ cycler.__init__") + paragraph(".__globals__.os }}")
        ),
        "in the style names": lambda: word_file(
            styles=_styles().replace("示例样式", _STRONGEST)
        ),
        "with prefixes": lambda: word_file(paragraph("{{p open('x') }}")),
        "with a row prefix": lambda: word_file(_cell(paragraph("{%tr include 'x' %}"))),
        "in curly quotes": lambda: word_file(paragraph("{{ name[“__class__”] }}")),
        "in entities": lambda: word_file(
            "<w:p><w:r><w:t>&#123;&#123; cycler.__init__ &#125;&#125;</w:t></w:r></w:p>"
        ),
        "behind a docxtpl escape": lambda: word_file(
            paragraph("{_{ name }_} {{ a() }}")
        ),
    }


def _cell(inner: str) -> str:
    return (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>"
        f"<w:tr><w:tc><w:tcPr/>{inner}</w:tc></w:tr></w:tbl>"
    )


def _text_box(inner: str) -> str:
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    return f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>"


def _revised(change: str, text: str) -> str:
    inner = f"<w:r><w:{text}>{escape(_STRONGEST)}</w:{text}></w:r>"
    return f'<w:p><w:{change} w:id="1" w:author="a">{inner}</w:{change}></w:p>'


def _styles() -> str:
    from tests.unit.assembly.word_files import STYLES

    style = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="示例样式"/></w:style>'
    )
    return STYLES.replace("</w:styles>", f"{style}</w:styles>")


def _comment(inner: str) -> str:
    return f'<w:comment w:id="1" w:author="a">{inner}</w:comment>'


TEMPLATES: Mapping[str, Build] = {
    **{
        name: (lambda text=text: word_file(paragraph(text)))
        for name, text in EXPRESSIONS.items()
    },
    **_in_parts(),
}
INERT: Mapping[str, Build] = {
    "in a Word comment": lambda: word_file(
        paragraph("{{ name }}"), comments=_comment(paragraph(_STRONGEST))
    ),
    "in a Jinja comment": lambda: word_file(
        paragraph("{# " + _STRONGEST[3:-3] + " #}")
    ),
}
