"""The migration chains the entries of before, on both databases."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fairealliance.journal import guards
from fairealliance.journal.models import Entry
from fairealliance.journal.verifying import verify


@pytest.mark.django_db(transaction=True)
def test_what_was_written_before_is_chained() -> None:
    with guards.lifted():
        executor = MigrationExecutor(connection)
        executor.migrate([("journal", "0001_initial")])
        accounts = executor.loader.graph.leaf_nodes("accounts")  # its table stays as it is today
        old = executor.loader.project_state([("journal", "0001_initial"), *accounts]).apps
        user = old.get_model("accounts", "User").objects.create(email="anne@exemple.fr")
        was = old.get_model("journal", "Entry").objects
        for number in range(1, 1_203):
            who = {"by_user_id": user.pk, "by_label": "Anne"} if number % 3 else {"by_label": "système"}
            was.create(verb="v", subject=f"s:{number}", detail={"n": number}, **who)
        was.filter(subject="s:600").delete()
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    assert verify().is_right
    assert Entry.objects.count() == 1_201
    last = Entry.objects.first()
    assert last is not None
    assert (last.detail, last.author.label) == ({"n": 1_202}, "Anne")
