"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class SignedPapersConfig(AppConfig):
    """签署文本与归档."""

    name = "cms.signed_papers"
    label = "signed_papers"
    verbose_name = "签署文本与归档"

    def ready(self) -> None:
        """Register the timer of the text recognition and the recovery."""
        import_module("cms.signed_papers.tasks")
        import_module("cms.signed_papers.recovery")
