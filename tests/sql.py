"""What the database holds, for comparing before and after."""

from django.apps import apps
from django.db import connection

# Told apart by instants and running numbers: each run adds its own.
_JOURNAL = {"journal_author", "journal_entry", "journal_head", "journal_change"}
_LOGS = _JOURNAL | {"federation_importrun", "django_migrations"}
_INSTANTS = {"imported_at", "created_at", "updated_at", "loaded_at"}


def content_of_tables(
    rooms: tuple[str, ...] = ("provenance", "organisations", "resources", "practices", "territories"),
):
    """Table → sorted rows, without instants."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if model._meta.app_label not in rooms or table in _LOGS:
            continue
        columns = [f.column for f in model._meta.concrete_fields if f.column not in _INSTANTS]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, columns))} FROM {table}")
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found
