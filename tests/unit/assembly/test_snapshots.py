"""The text of every paper of every mode, as filled from the demo answers.

After a change that is wanted, write them anew: `python -m tests.snapshots`.
"""

import pytest

from tests.snapshots import FOLDER, MODES, bundle_outlines


@pytest.mark.parametrize("mode", MODES)
def test_papers_of_a_mode_read_as_before(mode):
    made = bundle_outlines(mode)
    kept = {
        path.stem: path.read_text("utf-8") for path in (FOLDER / mode).glob("*.txt")
    }

    assert sorted(made) == sorted(kept)
    for instrument, text in made.items():
        assert text == kept[instrument], f"{mode} {instrument}"
