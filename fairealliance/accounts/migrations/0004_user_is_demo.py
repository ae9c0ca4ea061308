from django.db import migrations, models


def mark(apps, schema_editor):
    """People of the invented world were known by their address alone."""
    apps.get_model("accounts", "User").objects.filter(email__endswith="@demo.invalid").update(is_demo=True)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0003_vouch")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="is_demo",
            field=models.BooleanField(default=False, verbose_name="compte inventé"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
