"""Which reader belongs to which type."""

from collections.abc import Callable
from typing import Any

from assembly.dictionary import Variable
from assembly.fields.choices import choice_reader
from assembly.fields.dates import read_date, read_term
from assembly.fields.identifiers import (
    read_credit_code,
    read_email,
    read_identity_number,
    read_patent_number,
    read_phone,
)
from assembly.fields.numbers import (
    integer_reader,
    read_boolean,
    read_money,
    read_percent,
)
from assembly.fields.text import long_text_reader, text_reader

Reader = Callable[[object], Any]
_READERS: dict[str, Reader] = {
    "money": read_money,
    "percent": read_percent,
    "date": read_date,
    "boolean": read_boolean,
    "term": read_term,
    "credit_code": read_credit_code,
    "identity_number": read_identity_number,
    "patent_number": read_patent_number,
    "phone": read_phone,
    "email": read_email,
}
_MAKERS: dict[str, Callable[[Variable], Reader]] = {
    "text": text_reader,
    "long_text": long_text_reader,
    "integer": integer_reader,
    "choice": choice_reader,
}


def reader_for(variable: Variable) -> Reader:
    """Return the reader of a variable that is neither a record nor a table.

    It takes raw data (JSON or Python) and returns the typed value, or raises Refusal.
    """
    maker = _MAKERS.get(variable.type)
    return maker(variable) if maker else _READERS[variable.type]
