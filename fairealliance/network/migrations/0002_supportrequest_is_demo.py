from django.db import migrations, models
from django.db.models import Q


def mark(apps, schema_editor):
    """What the invented world asked was told by its people and its organisations alone."""
    invented = Q(asked_by__is_demo=True) | Q(organisation__is_demo=True)
    requests = apps.get_model("network", "SupportRequest").objects
    requests.filter(pk__in=list(requests.filter(invented).values_list("pk", flat=True))).update(is_demo=True)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0001_initial"),
        ("accounts", "0004_user_is_demo"),
    ]

    operations = [
        migrations.AddField(
            model_name="supportrequest",
            name="is_demo",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
