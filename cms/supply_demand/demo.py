"""Demo data of supply and demand, called by `manage.py demo_office`."""

from datetime import datetime

from cms.supply_demand import demo_applications, demo_demands


def load_demo(at: datetime) -> None:
    """Create what is missing of the demo lists."""
    demo_applications.load_demo(at)
    demo_demands.load_demo(at)
