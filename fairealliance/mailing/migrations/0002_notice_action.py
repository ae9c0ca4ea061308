"""What a notice asks for, and what is said under its button."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mailing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="action",
            field=models.CharField(blank=True, max_length=60, verbose_name="ce qu’on y fait", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="notice",
            name="after",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
    ]
