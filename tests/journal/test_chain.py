"""The journal is a chain: what is written can be verified, and whoever touches it is seen."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.journal import actions, chain, guards
from fairealliance.journal.models import Author, Entry, Head
from fairealliance.journal.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten(editor: User) -> list[Entry]:
    """Ten entries by two authors."""
    return [
        actions.record(
            by=editor if number % 2 else SYSTEM,
            verb="need-published",
            subject=f"need:{number}",
            detail={"titre": f"Besoin n° {number}", "somme": 0.1 + number},
            before="draft",
            after="published",
        )
        for number in range(1, 11)
    ]


def sql(*statements: str) -> None:
    """What somebody who owns the database can do."""
    guards.remove()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)


def found() -> list[tuple[str, int]]:
    return [(problem.kind, problem.entry) for problem in verify().problems]


def test_each_entry_names_the_one_before(ten: list[Entry]) -> None:
    assert [entry.sequence for entry in ten] == list(range(1, 11))
    assert ten[0].previous == chain.GENESIS
    assert [entry.previous for entry in ten[1:]] == [entry.hash for entry in ten[:-1]]
    entry = Entry.objects.get(pk=3)
    assert entry.detail == {"titre": "Besoin n° 3", "somme": 3.1}
    assert (entry.before, entry.after, entry.author.label) == ("draft", "published", "Camille Éditrice")
    verdict = verify()
    assert verdict.is_right
    assert (verdict.entries, verdict.tip) == (10, ten[-1].hash)
    assert not verdict.guards_missing


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET verb = 'x' WHERE sequence = 3",
        "UPDATE journal_entry SET detail_text = '{}' WHERE sequence = 3",
        "UPDATE journal_entry SET detail_text = '', salt = '', verb = 'x' WHERE sequence = 3",
        "DELETE FROM journal_entry WHERE sequence = 10",
        "UPDATE journal_author SET label = 'x'",
        "DELETE FROM journal_author",
        "DELETE FROM journal_head",
        "UPDATE journal_head SET count = count - 1",
    ],
)
def test_the_database_itself_refuses(ten: list[Entry], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert verify().is_right


def test_truncate_is_refused_too(ten: list[Entry]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry CASCADE")


SWAP = (
    "UPDATE journal_entry SET sequence = 1004 WHERE sequence = 4",
    "UPDATE journal_entry SET sequence = 4 WHERE sequence = 7",
    "UPDATE journal_entry SET sequence = 7 WHERE sequence = 1004",
)
COPY = (
    "INSERT INTO journal_entry (sequence, at, author_id, verb, subject, before, after, detail_text, salt,"
    " detail_digest, previous, hash) SELECT {to}, at, author_id, verb, subject, before, after, detail_text, salt,"
    " detail_digest, {previous}, {hash} FROM journal_entry WHERE sequence = {of}"
)


def down(after: int) -> tuple[str, ...]:
    """Numbers above `after` go one down, as whoever hides a hole would do. Twice: each number is unique."""
    return (
        f"UPDATE journal_entry SET sequence = -(sequence - 1) WHERE sequence > {after}",
        "UPDATE journal_entry SET sequence = -sequence WHERE sequence < 0",
    )


def up(after: int) -> tuple[str, ...]:
    return (
        f"UPDATE journal_entry SET sequence = -(sequence + 1) WHERE sequence > {after}",
        "UPDATE journal_entry SET sequence = -sequence WHERE sequence < 0",
    )


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["UPDATE journal_entry SET verb = 'need-closed' WHERE sequence = 4"], [("changed", 4)]),
        (["UPDATE journal_entry SET subject = 'need:9' WHERE sequence = 1"], [("changed", 1)]),
        (["UPDATE journal_entry SET after = 'closed' WHERE sequence = 10"], [("changed", 10)]),
        (["UPDATE journal_entry SET before = '' WHERE sequence = 5"], [("changed", 5)]),
        (["UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE sequence = 5"], [("changed", 5)]),
        (["UPDATE journal_entry SET detail_text = '{}' WHERE sequence = 6"], [("changed", 6)]),
        (["UPDATE journal_entry SET detail_text = '', salt = '' WHERE sequence = 6"], [("erased", 6)]),
        (["UPDATE journal_author SET label = 'Un autre' WHERE user_id IS NULL"], [("changed", 2)]),
        (["UPDATE journal_author SET user_id = NULL WHERE user_id IS NOT NULL"], [("changed", 1)]),
        (["UPDATE journal_author SET label = '', salt = '', user_id = NULL WHERE user_id IS NULL"], [("erased", 2)]),
        (
            [
                "UPDATE journal_entry SET author_id = (SELECT author_id FROM journal_entry WHERE sequence = 3)"
                " WHERE sequence = 4"
            ],
            [("changed", 4)],
        ),
        (["DELETE FROM journal_entry WHERE sequence = 4"], [("deleted", 4)]),
        (["DELETE FROM journal_entry WHERE sequence = 1"], [("deleted", 1)]),
        (["DELETE FROM journal_entry WHERE sequence IN (4, 5, 8)"], [("deleted", 4), ("deleted", 5), ("deleted", 8)]),
        (["DELETE FROM journal_entry WHERE sequence = 4", *down(4)], [("deleted", 4), ("head", 9), ("cut", 10)]),
        (["DELETE FROM journal_entry WHERE sequence > 7"], [("cut", 8)]),
        (["DELETE FROM journal_entry"], [("cut", 1)]),
        (SWAP, [("reordered", 4), ("reordered", 7)]),
        (["DELETE FROM journal_head"], [("head", 0)]),
    ],
)
def test_what_was_done_is_told(ten: list[Entry], statements: list[str], expected: list[tuple[str, int]]) -> None:
    sql(*statements)
    seen = found()
    assert set(expected) - {("head", 9)} <= set(seen)
    assert {kind for kind, _entry in seen} <= {kind for kind, _entry in expected}
    assert len(seen) == len([one for one in expected if one != ("head", 9)])


def test_an_entry_slipped_in_is_told(ten: list[Entry]) -> None:
    """It is well made: it names the one before and its hash is right. Those after were moved up."""
    forged = Entry.objects.get(pk=4)
    forged.sequence, forged.previous, forged.verb = 5, ten[3].hash, "need-closed"
    tip = chain.entry_hash(actions.entries.content_of(forged, forged.author.ref), forged.previous)
    sql(*up(4), COPY.format(of=4, to=5, previous=f"'{forged.previous}'", hash=f"'{tip}'"))
    sql("UPDATE journal_entry SET verb = 'need-closed' WHERE sequence = 5")
    assert ("inserted", 5) in found()
    assert {kind for kind, _entry in found()} <= {"inserted", "head"}


def test_one_added_at_the_end_is_told(ten: list[Entry]) -> None:
    forged = Entry.objects.get(pk=10)
    forged.sequence, forged.previous = 11, ten[9].hash
    tip = chain.entry_hash(actions.entries.content_of(forged, forged.author.ref), forged.previous)
    sql(COPY.format(of=10, to=11, previous=f"'{forged.previous}'", hash=f"'{tip}'"))
    assert found() == [("inserted", 11)]


def rewrite(after: int, change: Callable[[Entry], None]) -> None:
    """Alters entry `after + 1` and makes the chain anew behind it: right in itself, but for the key."""
    guards.remove()
    tip = Entry.objects.get(pk=after).hash
    for entry in Entry.objects.filter(pk__gt=after).order_by("pk"):
        if entry.pk == after + 1:
            change(entry)
        entry.previous = tip
        entry.hash = tip = chain.entry_hash(actions.entries.content_of(entry, entry.author.ref), tip)
        entry.save()


def altered(entry: Entry) -> None:
    entry.verb = "need-closed"


def test_a_chain_written_anew_does_not_match_its_head(ten: list[Entry]) -> None:
    rewrite(4, altered)
    assert found() == [("head", 10)]


def test_nor_can_its_head_be_signed_without_the_key(ten: list[Entry], settings) -> None:
    rewrite(4, altered)
    last = Entry.objects.get(pk=10)
    settings.SECRET_KEY = "what the attacker guesses"
    Head.objects.update(hash=last.hash, mac=chain.signed(10, last.hash))
    settings.SECRET_KEY = "for-tests-only"
    assert found() == [("head", 0)]


def test_one_hash_made_anew_shows_at_the_next(ten: list[Entry]) -> None:
    entry = Entry.objects.get(pk=4)
    entry.verb = "need-closed"
    entry.hash = chain.entry_hash(actions.entries.content_of(entry, entry.author.ref), entry.previous)
    guards.remove()
    entry.save()
    assert found() == [("changed", 4)]


def test_writing_on_does_not_hide_what_was_done(ten: list[Entry]) -> None:
    sql("DELETE FROM journal_entry WHERE sequence > 7")
    actions.record(by=SYSTEM, verb="later", subject="need:1")
    assert found() == [("deleted", 8), ("deleted", 9), ("deleted", 10)]


def test_a_forged_head_stays_unsigned_until_somebody_says_why(ten: list[Entry], caplog) -> None:
    sql("DELETE FROM journal_entry WHERE sequence > 7", "UPDATE journal_head SET count = 7")
    Head.objects.update(hash=ten[6].hash)
    actions.record(by=SYSTEM, verb="later", subject="need:1")
    assert found() == [("head", 0)]
    call_command("journal", "seal", "--reason", "restauré de la sauvegarde", stdout=StringIO())
    assert found() == []
    told = Entry.objects.first()
    assert told is not None
    assert told.detail == {"reason": "restauré de la sauvegarde", "found": ["0 head"]}


def test_an_old_key_still_vouches(ten: list[Entry], settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one", ["for-tests-only"]
    assert verify().is_right
    actions.record(by=SYSTEM, verb="later", subject="need:1")
    settings.SECRET_KEY_FALLBACKS = []
    assert verify().is_right


def test_the_end_restored_from_an_old_head_is_told_to_whoever_noted_a_later_one(ten: list[Entry]) -> None:
    sql("DELETE FROM journal_entry WHERE sequence > 7", "UPDATE journal_head SET count = 7")
    Head.objects.update(hash=ten[6].hash, mac=chain.signed(7, ten[6].hash))
    assert verify().is_right, "an old head, signed in its time: only a note kept elsewhere tells"
    noted = f"10:{ten[9].hash}"
    with pytest.raises(SystemExit):
        call_command("journal", "verify", "--expect", noted, stdout=StringIO())


def test_the_command_tells_a_program(ten: list[Entry]) -> None:
    said = StringIO()
    call_command("journal", "verify", "--json", stdout=said)
    assert json.loads(said.getvalue())["head"] == f"10:{ten[-1].hash}"
    sql("UPDATE journal_entry SET verb = 'x' WHERE sequence = 4")
    said = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("journal", "verify", "--json", stdout=said)
    assert stop.value.code == 1
    told = json.loads(said.getvalue())
    assert [(problem["kind"], problem["entry"]) for problem in told["problems"]] == [("changed", 4)]
    assert told["guards_missing"]


def test_a_person_is_erased_and_the_chain_holds(ten: list[Entry], editor: User) -> None:
    actions.record(by=SYSTEM, verb="member-invited", subject="organisation:1", detail={"mail": editor.email.upper()})
    actions.record(by=SYSTEM, verb="editor_added", subject=f"user:{editor.pk}", detail={"writer_only": True})
    actions.record(by=editor, verb="old", subject="x:1", detail={"à": "l’Éditrice d’avant, ELODIE.X@exemple.fr"})
    assert actions.erase_author(user_id=editor.pk, words=["elodie.x@exemple.fr"]) == 3
    assert verify().is_right
    assert verify().erased == 3
    assert not Author.objects.filter(user_id=editor.pk).exists()
    everything = " ".join(
        str(row) for model in (Author, Entry, Head) for row in model.objects.values_list(*columns(model))
    )
    for word in ("Camille", "Éditrice", "secretariat@", "SECRETARIAT@", "ELODIE"):
        assert word not in everything
    assert Entry.objects.get(pk=3).detail["titre"] == "Besoin n° 3", "what does not name the person stays"


def columns(model: type[Author] | type[Entry] | type[Head]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def test_who_comes_back_after_an_erasure_is_another_author(ten: list[Entry], editor: User) -> None:
    actions.erase_author(user_id=editor.pk)
    actions.record(by=editor, verb="again", subject="x:1")
    assert verify().is_right
    assert Author.objects.filter(user_id=editor.pk).count() == 1


def test_a_new_name_leaves_what_was_written_under_the_old_one(ten: list[Entry], editor: User) -> None:
    editor.name = "Camille Durand"
    actions.record(by=editor, verb="renamed", subject="x:1")
    assert set(Author.objects.filter(user_id=editor.pk).values_list("label", flat=True)) == {
        "Camille Éditrice",
        "Camille Durand",
    }
    assert verify().is_right


def test_an_account_that_goes_leaves_its_entries(ten: list[Entry], editor: User) -> None:
    editor.delete()
    assert verify().is_right


def test_verifying_asks_a_fixed_number_of_queries(ten: list[Entry], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        verify()
    for number in range(40):
        actions.record(by=SYSTEM, verb="more", subject=f"x:{number}")
    with django_assert_max_num_queries(8):
        assert verify().is_right


def test_sequence_never_goes_back(ten: list[Entry]) -> None:
    sid = transaction.savepoint()
    actions.record(by=SYSTEM, verb="undone", subject="x:1")
    transaction.savepoint_rollback(sid)
    assert actions.record(by=SYSTEM, verb="done", subject="x:1").sequence == 11
    assert not Entry.objects.filter(sequence__gt=F("sequence") + 1).exists()
    assert verify().is_right
