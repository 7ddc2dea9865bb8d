"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """付款."""

    name = "cms.payments"
    label = "payments"
    verbose_name = "付款"

    def ready(self) -> None:
        """Register timers and the rights to the vouchers."""
        import_module("cms.payments.tasks")
        import_module("cms.payments.file_rights")
