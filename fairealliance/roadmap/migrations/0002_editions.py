# What was there before editions were kept gets its first one. We do not know who wrote it, nor when it last changed:
# it holds from the start, and nobody is named.

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

_OURS = {"id", "programme", "slug", "is_default", "digest", "removed_on"}
_KINDS = (
    ("Programme", ""), ("Dimension", "programme"), ("Workstream", "programme"), ("ChangeForce", "programme"),
    ("Lever", "programme"), ("Statement", "programme"), ("Facilitator", "measure__programme"),
    ("Indicator", "measure__programme"), ("Illustration", "force__programme"), ("Illustration", "lever__programme"),
)


def first_editions(apps, schema_editor):
    edition = apps.get_model("roadmap", "PartEdition")
    for name, path in _KINDS:
        model = apps.get_model("roadmap", name)
        rows = model.objects.order_by("pk")
        if path:
            rows = rows.exclude(**{f"{path.split('__')[0]}__isnull": True}).select_related(path)
        fields = [field.attname for field in model._meta.concrete_fields if field.name not in _OURS]
        for row in rows:
            programme = row
            for step in filter(None, path.split("__")):
                programme = getattr(programme, step)
            edition.objects.create(
                programme=programme,
                kind=model._meta.model_name,
                row=row.pk,
                since=getattr(row, "dated_on", None) or getattr(row, "since", None) or programme.started_on,
                content={name: getattr(row, name) for name in fields},
            )


class Migration(migrations.Migration):

    dependencies = [
        ('roadmap', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('row', models.PositiveBigIntegerField()),
                ('number', models.PositiveIntegerField(default=1)),
                ('since', models.DateField()),
                ('content', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('is_removed', models.BooleanField(default=False)),
                ('by_label', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='measurereport',
            name='roadmap_report_holds_from',
        ),
        migrations.RemoveConstraint(
            model_name='progressreport',
            name='roadmap_progress_report_holds_from',
        ),
        migrations.RemoveConstraint(
            model_name='workstreamreport',
            name='roadmap_workstream_report_holds_from',
        ),
        migrations.AddField(
            model_name='indicator',
            name='removed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='content',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='measurereport',
            name='issued_on',
            field=models.DateField(verbose_name='rendu public le'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='issued_on',
            field=models.DateField(verbose_name='rendu public le'),
        ),
        migrations.AlterField(
            model_name='workstreamreport',
            name='issued_on',
            field=models.DateField(verbose_name='rendu public le'),
        ),
        migrations.AddConstraint(
            model_name='measurereport',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__gte', models.F('dated_on'))), name='roadmap_report_told_after'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__gte', models.F('dated_on'))), name='roadmap_progress_report_told_after'),
        ),
        migrations.AddConstraint(
            model_name='workstreamreport',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__gte', models.F('dated_on'))), name='roadmap_workstream_report_told_after'),
        ),
        migrations.AddField(
            model_name='partedition',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='part_editions', to='roadmap.programme'),
        ),
        migrations.AddConstraint(
            model_name='partedition',
            constraint=models.UniqueConstraint(fields=('kind', 'row', 'number'), name='roadmap_part_edition_once'),
        ),
        migrations.RunPython(first_editions, migrations.RunPython.noop),
    ]
