"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class CaseDocumentsConfig(AppConfig):
    """案件文书."""

    name = "cms.case_documents"
    label = "case_documents"
    verbose_name = "案件文书"

    def ready(self) -> None:
        """Register the kinds of case and what the doctor looks at."""
        import_module("cms.case_documents.kinds")
        import_module("cms.case_documents.assembly_watch")
