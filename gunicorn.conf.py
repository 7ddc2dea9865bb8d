"""What `gunicorn cms.wsgi` reads by itself: warm each worker as it starts."""

from typing import Any


def post_worker_init(_: Any) -> None:
    """Read the catalogue's index, so that the first visitor does not wait."""
    # app ready: Gunicorn reads this file before Django is set up.
    from cms.achievements.warming import warm_in_background

    warm_in_background()
