from django.db import migrations
from django.db.models import OuterRef, Subquery


def tell(apps, schema_editor):
    """A request that still names a catalyst was ended by them; the secretariat ends those that name none."""
    requests, catalysts = (apps.get_model("network", name).objects for name in ("SupportRequest", "Catalyst"))
    owner = catalysts.filter(pk=OuterRef("catalyst")).values("user")
    requests.filter(status="ended", catalyst__isnull=False).update(ended_by=Subquery(owner))


def unsay(apps, schema_editor):
    """Notices held the words of whoever ended a request or judged a profile: they are on the page that it opens."""
    notices = apps.get_model("mailing", "Notice").objects.exclude(text="")
    ended = notices.filter(kind="support-requests", event__regex=r"^support:[0-9]+:ended$")
    ended.update(text="Votre demande d’appui est terminée. Ce qui en est sorti est sur sa page.")
    judged = notices.filter(kind="catalyst-profile", subject="Votre profil de catalyseur n’est pas retenu")
    judged.update(text="Le motif est sur la page de votre profil. Vous pouvez le revoir et l’envoyer de nouveau.")


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0004_ended_by"),
        ("mailing", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.RunPython(unsay, migrations.RunPython.noop),
    ]
