"""docxtpl's own interface over this engine: move over by changing one import.

    from assembly import DocxTemplate      # was: from docxtpl import DocxTemplate

Templates stay as they are. The context is plain data; a missing variable raises, and
every value is escaped. Pictures and documents are given as bytes beside the context,
for placeholders `image: NAME` and `{{p subdoc.NAME }}`.
"""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import IO, Any

from assembly.errors import AssemblyError, fault
from assembly.template import NONE, Files, Template


class DocxTemplate:
    """A template that is rendered once or many times and then saved."""

    def __init__(self, template_file: IO[bytes] | str | PathLike[str]) -> None:
        """Compile a template from a path or an open file.

        Raises:
            AssemblyError: it cannot be read, or its tags are wrong.
        """
        content, name = _read(template_file)
        self.template = Template(content, name)
        self._content = content

    def render(
        self,
        context: Mapping[str, Any],
        *,
        images: Files = NONE,
        documents: Files = NONE,
        autoescape: bool = True,
    ) -> None:
        """Fill the template; `autoescape` is always on, whatever is given.

        Raises:
            AssemblyError: a variable is missing, or a value may not stand there.
        """
        self._content = self.template.render(
            context, images=images, documents=documents
        )

    def save(self, filename: IO[bytes] | str | PathLike[str]) -> None:
        """Write the document that was rendered last, or the template itself."""
        if isinstance(filename, str | PathLike):
            Path(filename).write_bytes(self._content)
        else:
            filename.write(self._content)

    def get_undeclared_template_variables(
        self, context: Mapping[str, Any] | None = None
    ) -> set[str]:
        """Return the names that the template reads and `context` lacks."""
        read = {
            reference.root
            for part in self.template.parts
            for reference in part.references
        }
        return read - set(context or ())


def _read(file: IO[bytes] | str | PathLike[str]) -> tuple[bytes, str]:
    if not isinstance(file, str | PathLike):
        return file.read(), Path(str(getattr(file, "name", "模板.docx"))).name
    path = Path(file)
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        raise AssemblyError(fault("E-AS-04", name=path.name)) from error
