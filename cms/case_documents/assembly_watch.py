"""What `manage.py doctor` says about the assembly of papers."""

from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from cms.case_documents.assembler import open_assembler
from cms.case_documents.models import TemplateVersion
from cms.case_documents.templates_in_use import versions_in_use
from cms.core.doctor import Finding, Severity, examination
from cms.rules.violations import RuleViolation

TOPIC = "文书组装"


@examination
def assembly(at: datetime) -> Iterator[Finding]:
    """Whether the assembler stands and has the templates in use."""
    if TemplateVersion._meta.db_table not in connection.introspection.table_names():
        return
    assembler = open_assembler(settings.ASSEMBLY_URL)
    try:
        text = assembler.stand(versions_in_use().values())
    except RuleViolation as refused:
        yield Finding(Severity.FAULT, TOPIC, refused.message)
    else:
        yield Finding(Severity.GOOD, TOPIC, text)
    if not is_on_this_machine(settings.ASSEMBLY_URL):
        text = "服务不在本机，答案以明文传送，只能用于内部网络或加密隧道。"
        yield Finding(Severity.HINT, TOPIC, text)


def is_on_this_machine(url: str) -> bool:
    """Whether an address (empty: none) leads nowhere but to this machine."""
    host = urlsplit(url).hostname or "localhost"
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
