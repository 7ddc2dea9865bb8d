"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """公共底座."""

    name = "cms.core"
    label = "core"
    verbose_name = "公共底座"

    def ready(self) -> None:
        """Guard what only actions write; seal publications; watch the calendar."""
        from django.db.models.signals import (  # app ready
            post_migrate,
            pre_delete,
            pre_save,
        )
        from wagtail.models import PageViewRestriction  # app ready
        from wagtail.signals import pre_page_move  # app ready

        from cms.core import (  # app ready
            calendar_watch,
            orphan_files,  # noqa: F401  registers its daily task
            pages,
            sweep_watch,  # noqa: F401  registers its examinations
            triggers,
        )
        from cms.core.evidence import checkpoints, entries  # app ready

        post_migrate.connect(calendar_watch.seed_calendar, sender=self)
        pre_save.connect(pages.refuse_save)
        pre_delete.connect(pages.refuse_delete)
        pre_page_move.connect(pages.refuse_move)
        pre_save.connect(pages.refuse_restriction, sender=PageViewRestriction)
        post_migrate.connect(triggers.install_after_migrate, sender=self)
        entries.entry_recorded.connect(checkpoints.seal_publication)
