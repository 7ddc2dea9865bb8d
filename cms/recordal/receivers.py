"""An empowerment case waits for the registration of its titles (PS-02, §17.1)."""

from cms.core.subjects import subject_of
from cms.empowerment.gates import lists_open_registrations
from cms.empowerment.models import EmpowermentCase
from cms.recordal.queries import open_titles


@lists_open_registrations
def open_registrations(case: EmpowermentCase) -> list[str]:
    """Return the titles of a case that are not registered yet."""
    return [task.right for task in open_titles(subject_of(case))]
