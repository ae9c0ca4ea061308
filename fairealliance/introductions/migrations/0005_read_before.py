from django.db import migrations
from django.db.models import Max


def tell(apps, schema_editor):
    """What was written before anybody's reading was noted is new to nobody who may read it."""
    introductions = apps.get_model("introductions", "Introduction").objects
    members = apps.get_model("organisations", "Member").objects
    readings = apps.get_model("introductions", "Reading").objects
    written = introductions.annotate(last=Max("messages__pk")).filter(last__isnull=False).order_by("pk")
    for held in written.iterator(chunk_size=200):
        sides = [pk for pk in (held.asker_id, held.asked_id) if pk]
        people = {*members.filter(organisation__in=sides).values_list("user", flat=True), held.asked_by_id} - {None}
        noted = [readings.model(introduction=held, user_id=pk, up_to=held.last) for pk in people]
        readings.bulk_create(noted, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("introductions", "0004_reading"),
        ("organisations", "0002_members"),
    ]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
