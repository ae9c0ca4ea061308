"""The journal becomes a chain: a new table, into which the entries of before are copied and chained."""

import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fairealliance.journal import chain

_AT_ONCE = 1_000


def chain_what_is_there(apps, schema_editor):
    old, entry, author, head = (apps.get_model("journal", name) for name in ("OldEntry", "Entry", "Author", "Head"))
    known, batch, tip, number = {}, [], chain.GENESIS, 0
    for was in old.objects.order_by("id").iterator(chunk_size=_AT_ONCE):
        who = (was.by_user_id, was.by_label)
        if who not in known:
            salt = secrets.token_hex(16)
            ref = chain.author_reference(salt, *who)
            known[who] = author.objects.create(ref=ref, user_id=who[0], label=who[1], salt=salt)
        number += 1
        salt, text = secrets.token_hex(16), chain.canonical(was.detail)
        digest = chain.detail_digest(salt, text)
        content = chain.Content(number, was.at, known[who].ref, was.verb, was.subject, digest, "", "")
        previous, tip = tip, chain.entry_hash(content, tip)
        batch.append(
            entry(
                sequence=number, at=was.at, author=known[who], verb=was.verb, subject=was.subject, detail_text=text,
                salt=salt, detail_digest=digest, previous=previous, hash=tip,
            )
        )
        if len(batch) == _AT_ONCE:
            entry.objects.bulk_create(batch)
            batch = []
    entry.objects.bulk_create(batch)
    head.objects.create(pk=1, count=number, hash=tip, mac=chain.signed(number, tip))


class Migration(migrations.Migration):

    dependencies = [
        ("journal", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Entry", "OldEntry"),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.BigIntegerField(default=0)),
                ("hash", models.CharField(max_length=64)),
                ("mac", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="journal_one_head")],
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(max_length=260)),
                ("salt", models.CharField(max_length=32)),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("verb", models.CharField(max_length=60)),
                ("subject", models.CharField(db_index=True, max_length=200)),
                ("before", models.CharField(blank=True, max_length=60)),
                ("after", models.CharField(blank=True, max_length=60)),
                ("detail_text", models.TextField(blank=True)),
                ("salt", models.CharField(blank=True, max_length=32)),
                ("detail_digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="journal.author"
                    ),
                ),
            ],
            options={"ordering": ["-sequence"], "verbose_name_plural": "entries"},
        ),
        migrations.RunPython(chain_what_is_there, migrations.RunPython.noop),
        migrations.DeleteModel("OldEntry"),
    ]
