"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SupplyDemandConfig(AppConfig):
    """先使用后付费供需."""

    name = "cms.supply_demand"
    label = "supply_demand"
    verbose_name = "先使用后付费供需"

    def ready(self) -> None:
        """Register the handlers of timers; follow notices and payments."""
        import_module("cms.supply_demand.receivers")
        import_module("cms.supply_demand.tasks")
