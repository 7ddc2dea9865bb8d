"""Who acts: people have an account; the public and the system have none."""

import pytest

from cms.core.actors import ANONYMOUS, SYSTEM, Actor


def test_person_has_an_account():
    assert Actor(user_id=7, name="张示例").person_id == 7


@pytest.mark.parametrize("actor", [ANONYMOUS, SYSTEM], ids=lambda actor: actor.name)
def test_nobody_else_has(actor):
    with pytest.raises(LookupError, match=f"^{actor.name} has no account$"):
        assert actor.person_id
