"""What we computed of a figure stood where a source's own words stand, and was shown between quotation marks."""

from django.db import migrations, models
from django.db.models import F, Q


def to_notes(apps, schema_editor):
    results = apps.get_model("observatory", "Result").objects
    computed = Q(told__startswith="intervalle à 95 % : ") | Q(told__startswith="effectif efficace : ")
    results.filter(computed, source__slug__startswith="microdonnees-").update(note=F("told"), told="")


def to_told(apps, schema_editor):
    results = apps.get_model("observatory", "Result").objects
    results.filter(told="", source__slug__startswith="microdonnees-").exclude(note="").update(told=F("note"), note="")


class Migration(migrations.Migration):
    dependencies = [("observatory", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="result",
            name="note",
            field=models.CharField(blank=True, max_length=300, verbose_name="ce que nous en notons"),
        ),
        migrations.RunPython(to_notes, to_told),
    ]
