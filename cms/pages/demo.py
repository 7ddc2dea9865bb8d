"""What the demo office needs of the public pages: the plan's text."""

from datetime import datetime

from cms.pages.policies.loading import PLAN_FILE, load_policies


def load_demo(at: datetime) -> None:
    """Load the policies, which every other feature links to."""
    load_policies(PLAN_FILE.read_text(encoding="utf-8"), at=at)
