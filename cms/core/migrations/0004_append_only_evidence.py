from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

from cms.core import triggers


def install(apps, schema_editor):
    connection = schema_editor.connection
    triggers.install(connection, triggers.refusing(connection))


def drop(apps, schema_editor):
    connection = schema_editor.connection
    triggers.drop(connection, triggers.refusing(connection))


class Migration(migrations.Migration):
    """Entries and tiles are keyed by their place; the tables are append-only."""

    dependencies = [
        ("core", "0003_working_calendar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("EvidenceEntry"),
        migrations.DeleteModel("EvidenceTile"),
        migrations.CreateModel(
            name="EvidenceEntry",
            fields=[
                ("sequence", models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("kind", models.CharField(max_length=60, verbose_name="事项")),
                ("subject", models.CharField(db_index=True, max_length=80, verbose_name="对象")),
                ("actor", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("actor_name", models.CharField(max_length=60, verbose_name="办理人")),
                ("actor_salt", models.CharField(default="", max_length=32, verbose_name="办理人盐值")),
                ("actor_commitment", models.CharField(default="", max_length=64, verbose_name="办理人承诺值")),
                ("legal_at", models.DateTimeField(verbose_name="法定时间")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                ("payload", models.JSONField(verbose_name="内容")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("sm3", models.CharField(max_length=64, verbose_name="SM3")),
                ("seal", models.CharField(default="", max_length=64, verbose_name="封签")),
            ],
            options={
                "verbose_name": "存证记录",
                "verbose_name_plural": "存证记录",
                "ordering": ["sequence"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceTile",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="位置")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("sm3", models.CharField(max_length=64, verbose_name="SM3")),
            ],
            options={
                "verbose_name": "存证树块",
                "verbose_name_plural": "存证树块",
                "ordering": ["position"],
            },
        ),
        migrations.RunPython(install, drop),
    ]
