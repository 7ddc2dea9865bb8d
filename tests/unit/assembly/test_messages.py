"""One code has one text, in the assembly and on the site."""

import re

from assembly.messages import MESSAGES
from cms.rules.messages import MESSAGES as REGISTER

SHARED = sorted(MESSAGES.keys() & REGISTER.keys())


def words(text: str) -> str:
    """Return a text without the names of its parameters."""
    return re.sub(r"\{\w+\}", "{}", text)


def test_codes_of_the_register_keep_its_texts():
    assert {"E-AS-01", "E-AS-03", "E-ID-01", "E-ID-04"} <= set(SHARED)
    for code in SHARED:
        assert words(MESSAGES[code]) == words(REGISTER[code].text), code
