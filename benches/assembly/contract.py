"""The contract of the bench: its template in two shapes, and made-up data."""

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from assembly.dictionary import read_dictionary
from assembly.drafting import draft
from assembly.engine.members import read_members
from assembly.manifest import read_manifest
from assembly.template import Template
from assembly.zip_writer import Member, deflated, write
from notation.check_digits import credit_code_check_digit

HERE = Path(__file__).parent
OUTLINE = HERE / "contract.outline.txt"
_FORMAT = (
    '<w:rPr><w:rFonts w:ascii="仿宋" w:eastAsia="仿宋" w:hAnsi="仿宋" w:cs="Times New '
    'Roman" w:hint="eastAsia"/><w:color w:val="000000"/><w:kern w:val="0"/><w:sz '
    'w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD_PARTS = {
    "theme/theme1": ("theme", f"{_OFFICE}.theme"),
    "webSettings": ("webSettings", f"{_OFFICE}.wordprocessingml.webSettings"),
    "numbering": ("numbering", f"{_OFFICE}.wordprocessingml.numbering"),
}
_PROOF = '<w:proofErr w:type="spellStart"/>'
_CODE = "91450200MA5KXG1K2"
_CREDIT_CODE = _CODE + credit_code_check_digit(_CODE)
_TERMS = (
    *("definitions", "delivery", "delivery_place", "guidance", "acceptance", "tax"),
    *("liability", "confidentiality", "improvements", "maintenance", "invalidity"),
    *("enforcement", "termination", "annexes", "effect", "arbitration", "court"),
)
_WORDS = "成果转化技术许可实施使用改进验收交付保密培训样机试验检测精密传动轴承液压"


def drafted() -> bytes:
    """Return the template as our own drafting writes it."""
    return draft(OUTLINE.read_text())


def as_word_saves_it(content: bytes, tag: str = r"(\{\{ )([\w.|]+)( \}\})") -> bytes:
    """Return a file with what Word adds: formats, revision marks, split tags."""
    members = read_members(content, "合同")
    body = members["word/document.xml"].content().decode()
    chance = random.Random(20260101)
    body = re.sub(r"<w:p(?=[ >])", lambda _: f"<w:p {_revision(chance)}", body)
    body = re.sub(r"<w:r>(?:<w:rPr>.*?</w:rPr>)?(?=<w:t)", _run(chance), body)
    body = re.sub(tag, lambda match: _split(match, chance), body)
    body = re.sub(r"[，、；]", lambda mark: _edited(mark, chance), body)
    members["word/document.xml"] = deflated("word/document.xml", body.encode(), 6)
    return write(_with_word_parts(members).values())


def _revision(chance: random.Random) -> str:
    mark = f"{chance.randrange(2**24):08X}"
    return f'w:rsidR="{mark}" w:rsidRDefault="{mark}" w:rsidP="00A77427"'


def _run(chance: random.Random) -> Any:
    return lambda _: f'<w:r w:rsidR="{chance.randrange(2**24):08X}">{_FORMAT}'


def _split(tag: re.Match[str], chance: random.Random) -> str:
    """Divide one tag in four over three runs."""
    if chance.random() >= 0.25:
        return tag.group()
    between = f'</w:t></w:r>{_PROOF}<w:r>{_FORMAT}<w:t xml:space="preserve">'
    return between.join(tag.groups())


def _edited(mark: re.Match[str], chance: random.Random) -> str:
    """Begin a new run, as each later edit of a sentence leaves one."""
    start = f'<w:r w:rsidRPr="{chance.randrange(2**24):08X}">'
    return f'{mark.group()}</w:t></w:r>{start}{_FORMAT}<w:t xml:space="preserve">'


def _with_word_parts(members: dict[str, Member]) -> dict[str, Member]:
    """Return the members with parts that Word adds, as python-docx ships them."""
    default = files("docx").joinpath("templates/default.docx").read_bytes()
    theirs = read_members(default, "default.docx")
    types = members["[Content_Types].xml"].content().decode()
    links = members["word/_rels/document.xml.rels"].content().decode()
    found = dict(members)
    for name, (kind, content_type) in _WORD_PARTS.items():
        part = f"word/{name}.xml"
        if part in members:
            continue
        found[part] = theirs[part]
        types = types.replace(
            "</Types>",
            f'<Override PartName="/{part}" ContentType="{content_type}+xml"/></Types>',
        )
        links = links.replace(
            "</Relationships>",
            f'<Relationship Id="rIdWord{kind}" Type="{_RELATION}{kind}" '
            f'Target="{name}.xml"/></Relationships>',
        )
    for name, text in (
        ("[Content_Types].xml", types),
        ("word/_rels/document.xml.rels", links),
    ):
        found[name] = deflated(name, text.encode())
    return found


def answers(seed: int, milestones: int = 0) -> dict[str, Any]:
    """Return made-up data of one contract, as plain JSON would give it."""
    chance = random.Random(seed)

    def words(count: int) -> str:
        return "".join(chance.choice(_WORDS) for _ in range(count))

    def day(year: int) -> str:
        return (date(year, 1, 1) + timedelta(chance.randrange(365))).isoformat()

    def amount() -> str:
        return str(Decimal(chance.randrange(10**6, 10**9)) / 100)

    def party(name: str) -> dict[str, Any]:
        return {
            "name": f"{name}{words(4)}<示例>有限公司 & Co",
            "credit_code": _CREDIT_CODE,
            "kind": "enterprise",
            "legal_representative": f"张{words(1)}",
            "address": f"广西柳州市{words(6)}路{chance.randrange(1, 200)}号",
            "contact": f"李{words(1)}",
            "phone": f"0772-2{chance.randrange(10**6, 10**7)}",
            "email": f"office{seed}@example.org",
            "signatory": {"name": f"王{words(1)}", "title": "总经理"},
            "account": {"holder": "示例", "bank": "示例银行", "number": "0000"},
        }

    return {
        "document": {"number": f"YX-2026-{seed:05d}"},
        "unit": party("柳州"),
        "company": party("广西"),
        "dates": {
            "signed_at": "广西柳州",
            "signed_on": day(2026),
            "effective_on": day(2026),
        },
        "ip_items": [
            {
                "kind": "invention",
                "name": f"一种{words(12)}装置",
                "number": f"ZL2020{chance.randrange(10**7, 10**8)}",
                "applicant": "柳州示例大学",
                "owner": "柳州示例大学",
                "expires_on": day(2040),
                "legal_status": "有效",
            }
            for _ in range(chance.randrange(2, 5))
        ],
        "license": {
            "kind": chance.choice(["exclusive", "sole", "ordinary"]),
            "territory": "中华人民共和国境内",
            "field": words(10),
            "manner": "制造、使用、销售",
            "starts_on": day(2026),
            "ends_on": day(2031),
            "is_sublicensable": chance.random() < 0.5,
            "sublicense_share": "12.5",
            "recordal_by": chance.choice(["licensor", "licensee"]),
        },
        "payment": {
            "total": amount(),
            "first_due_on": day(2026),
            "first_trigger": "本合同生效",
            "invoice": "增值税专用发票",
            "late_fee": "每日万分之五",
            "royalty_rate": "3.5" if chance.random() < 0.5 else None,
            "royalty_starts_on": day(2027),
            "royalty_ends_on": day(2031),
            "inspection": "每年不超过两次",
        },
        "milestones": [
            {
                "event": f"完成{words(8)}",
                "evidence": f"{words(6)}报告",
                "amount": amount(),
                "due_days": 30,
                "latest_on": day(2028),
            }
            for _ in range(milestones or chance.randrange(3, 9))
        ],
        "terms": {
            name: f"{words(chance.randrange(20, 50))}，{words(12)}（≤5 & ≥1）"
            for name in _TERMS
        }
        | {
            "delivery_on": day(2026),
            "confidentiality_term": {"years": 5},
            "is_export_reviewed": chance.random() < 0.5,
            "warranty": words(30) if chance.random() < 0.5 else None,
            "damages": amount() if chance.random() < 0.5 else None,
            "force_majeure": words(30) if chance.random() < 0.5 else None,
            "other": f"{words(20)}\n{words(20)}" if chance.random() < 0.5 else None,
            "dispute": chance.choice(["arbitration", "litigation"]),
            "copies": 6,
            "copies_each": 3,
        },
    }


def compiled(content: bytes) -> Template:
    """Return the template of the bench, compiled with its manifest."""
    dictionary = read_dictionary(HERE.parents[1] / "templates_docx/variables.toml")
    manifest = read_manifest(HERE / "contract.toml", dictionary)
    return Template(content, "contract.docx", manifest, dictionary)
