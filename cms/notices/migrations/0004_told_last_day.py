from django.db import migrations, models


class Migration(migrations.Migration):
    """A close that was told stays the base of what follows (T-05, T-08)."""

    dependencies = [("notices", "0003_state_index")]

    operations = [
        migrations.AddField(
            "noticevenue",
            "told_last_day",
            models.DateField(null=True, verbose_name="已公布的最后一日"),
        ),
    ]
