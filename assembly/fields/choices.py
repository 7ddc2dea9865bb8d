"""Choices: one option of a list, or several."""

from collections.abc import Callable

from assembly.dictionary import Variable
from assembly.fields.refusal import Refusal, shown
from assembly.values import Choice


def choice_reader(variable: Variable) -> Callable[[object], Choice | list[Choice]]:
    """Return the reader of a choice: a code, or the words that are printed for it.

    Refuses with E-AS-50 and the options; several choices come as a list.
    """
    options = variable.choices
    codes = {code: Choice(code, options) for code, _ in options}
    words = {label: codes[code] for code, label in options} | codes
    listed = "、".join(label for _, label in options)

    def read(value: object) -> Choice:
        choice = words.get(str.__str__(value)) if isinstance(value, str) else None
        if choice is None:
            raise Refusal("E-AS-50", value=shown(value), options=listed)
        return choice

    def read_several(value: object) -> list[Choice]:
        given = value if isinstance(value, list | tuple) else [value]
        chosen = {read(item) for item in given}
        return [codes[code] for code, _ in options if code in chosen]

    return read_several if variable.multiple else read
