"""What a template needs, from its source and a manifest written in a test."""

from assembly.dictionary import Dictionary, parse_dictionary
from assembly.expressions import references
from assembly.fields import Binder
from assembly.manifest import Manifest, parse_manifest
from assembly.needs import Needs, collect_needs
from assembly.toml_file import parse_toml

HEAD = """
instrument = "D-22"
title = "一次性许可合同"
version = "2026.1"
valid_from = 2026-01-01
layout = "contract"
"""
WORDS = """
[groups]
"G-U" = "试点单位"
"G-IP" = "知识产权"
"G-LIC" = "许可"
[records.account]
bank = { type = "text", label = "开户行", required = true }
[records.party]
name = { type = "text", label = "名称", required = true }
email = { type = "email", label = "邮箱" }
account = { type = "record", record = "account", label = "账户" }
[records.ip_item]
kind = { type = "choice", label = "类型", required = true, choices = [["invention", "发明专利"], ["know_how", "技术秘密"]] }
name = { type = "text", label = "名称", required = true }
number = { type = "text", label = "号码" }
expires_on = { type = "date", label = "届满日", required = true }
[records.license]
kind = { type = "choice", label = "许可种类", required = true, choices = [["ordinary", "普通许可"], ["exclusive", "独占许可"]] }
ends_on = { type = "date", label = "止日", required = true }
fee = { type = "money", label = "许可费", required = true, help = "一次付清。" }
is_sublicensable = { type = "boolean", label = "可以分许可", required = true }
share = { type = "percent", label = "分许可比例", required = true }
modes = { type = "choice", label = "方式", multiple = true, choices = [["a", "甲"], ["b", "乙"]] }
[variables]
license = { type = "record", record = "license", label = "许可", group = "G-LIC", required = true }
unit = { type = "record", record = "party", label = "单位", group = "G-U", required = true }
agent = { type = "record", record = "party", label = "代理人", group = "G-U" }
ip_items = { type = "table", record = "ip_item", label = "知识产权", group = "G-IP", required = true, min_rows = 1, max_rows = 3 }
secrets = { type = "table", record = "account", label = "秘密", group = "G-IP" }
"""
EXPIRY = """
[[clauses]]
name = "expiry"
title = "专利权期满"
when = "ip_items|any_expiring_before(license.ends_on)"
why = "许可期限晚于专利权届满日"
article = "民法典865"
rule = "EM-14"
mandatory = true
"""
ROW = {"kind": "invention", "name": "甲", "number": "201710601862.3"}


def dictionary(text: str = WORDS) -> Dictionary:
    """Return a small dictionary."""
    return parse_dictionary(parse_toml(text, "variables.toml"))


def manifest(text: str = "", words: Dictionary | None = None) -> Manifest:
    """Return a manifest with `text` after its head."""
    return parse_manifest(parse_toml(HEAD + text, "x.toml"), words or dictionary())


def needs_of(source: str, text: str = "") -> Needs:
    """Return what a source needs under a manifest."""
    return collect_needs(references(source), dictionary(), manifest(text))


def paper_of(source: str, text: str = "") -> tuple[Needs, Binder]:
    """Return needs and binder of a source."""
    needs = needs_of(source, text)
    return needs, Binder(needs)
