from django.db import migrations


def vouch(apps, schema_editor):
    """Accounts made before sign-up existed were all made by whoever runs the server: their addresses are theirs."""
    address = apps.get_model("account", "EmailAddress")
    known = set(address.objects.values_list("user_id", flat=True))
    for user in apps.get_model("accounts", "User").objects.exclude(pk__in=known):
        address.objects.create(user_id=user.pk, email=user.email, verified=True, primary=True)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0002_rate_count"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
