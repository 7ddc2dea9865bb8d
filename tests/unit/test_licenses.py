import pytest

from tests.licenses import is_forbidden


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        ("MIT License", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("LGPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GPL-2.0-or-later", True),
        ("GNU Affero General Public License v3", True),
        ("AGPL-3.0", True),
        ("MIT OR GPL-3.0", False),
        ("BSD License; GNU General Public License (GPL)", False),
    ],
)
def test_licence_gate_refuses_gpl_and_agpl_only(licence, forbidden):
    assert is_forbidden(licence) is forbidden
