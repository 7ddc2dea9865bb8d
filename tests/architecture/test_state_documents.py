"""docs/states/ is what the state tables give now."""

from cms.core.state_diagrams import documents
from tests.architecture.sources import ROOT


def test_state_documents_are_current():
    folder = ROOT / "docs" / "states"

    written = {page.name: page.read_text("utf-8") for page in folder.glob("*.md")}

    assert written == documents(), "run: manage.py state_diagrams"
