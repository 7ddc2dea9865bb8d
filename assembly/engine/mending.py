"""The slow path: what cannot be proven beforehand is read again after each filling.

docxtpl then mends the grids of tables whose columns the data decide. A result that is
not well-formed is refused; docxtpl by itself would drop the text it cannot read.
"""

from typing import Any

from docxtpl import DocxTemplate
from lxml import etree

from assembly.errors import AssemblyError, fault


def mend(name: str, xml: bytes, is_body: bool) -> bytes:
    """Return a filled part with its tables in order.

    Raises:
        AssemblyError: E-AS-17, the part is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    fix_tables: Any = DocxTemplate.fix_tables
    try:
        tree = etree.fromstring(xml, parser)
        if is_body:
            # docxtpl's method reads nothing of its object.
            tree = fix_tables(None, xml)
    except etree.XMLSyntaxError as error:
        reason = "条件或循环的开头和结尾跨过了表格、单元格或段落"
        raise AssemblyError(fault("E-AS-17", part=name, reason=reason)) from error
    except (AttributeError, ValueError) as error:
        raise AssemblyError(
            fault("E-AS-17", part=name, reason="表格的列宽或合并的列数不对")
        ) from error
    return etree.tostring(tree, encoding="unicode").encode()
