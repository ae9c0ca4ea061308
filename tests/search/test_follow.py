"""The index follows the database; nodes answer alike; damage is told and repaired."""

import gc
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, transaction
from tantivy import Index

from fairealliance.accounts import personal
from fairealliance.journal.actions import mark_changed
from fairealliance.journal.models import Change
from fairealliance.search import engine, follow
from fairealliance.search import store as store_module
from fairealliance.search import writer as writing
from fairealliance.search.documents import Doc
from fairealliance.search.engine import find
from fairealliance.search.query import Query, State
from fairealliance.search.reader import Reader
from fairealliance.search.store import LockBusy, Store, default_store, read_cursor, write_cursor
from fairealliance.search.writer import Writer, last_change
from tests.factories import OrganisationFactory, PracticeFactory, TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db


def change(kind: str, *keys: object) -> None:
    with transaction.atomic():
        mark_changed(kind, [str(key) for key in keys])


def begun() -> None:
    """An outbox that holds something. PostgreSQL gives no id twice, not even one that a test before rolled back: the
    first change of an empty outbox would look like what is left of a pruned one."""
    change("practice", 0)


def refs(text: str, store: Store, **fields: object) -> list[str]:
    return [hit.ref for hit in find(Query(text, **fields), at=Reader(store)).hits]  # type: ignore[arg-type]


@pytest.fixture
def practice():
    return PracticeFactory(title="Un jardin partagé")


def test_created_changed_and_deleted(store: Store, practice) -> None:
    ref = f"practice:{practice.pk}"
    begun()
    follow.run_once(store)
    assert refs("jardin", store) == [ref]
    practice.title = "Une ressourcerie"
    practice.save()
    change("practice", practice.pk)
    assert follow.run_once(store) == 1
    assert refs("jardin", store) == []
    assert refs("ressourcerie", store) == [ref]
    practice.delete()
    change("practice", ref.partition(":")[2])
    follow.run_once(store)
    assert refs("ressourcerie", store) == []


def test_an_open_reader_sees_the_next_commit(store: Store, practice) -> None:
    follow.run_once(store)
    reader = Reader(store)
    assert find(Query("jardin"), at=reader).total == 1
    other = PracticeFactory(title="Autre jardin")
    change("practice", other.pk)
    follow.run_once(store)
    assert find(Query("jardin"), at=reader).total == 2


def test_the_collector_rests_while_indexing_and_only_then(store: Store, practice, monkeypatch) -> None:
    at_work: list[bool] = []
    made = writing.to_tantivy
    monkeypatch.setattr(writing, "to_tantivy", lambda *given: (at_work.append(gc.isenabled()), made(*given))[1])
    follow.run_once(store)
    change("practice", practice.pk)
    follow.run_once(store)
    assert len(at_work) > 1
    assert not any(at_work)
    assert gc.isenabled()


def test_replaying_the_outbox_changes_nothing(store: Store) -> None:
    """A crash after the commit and before the cursor was written."""
    things = [PracticeFactory(title=f"Jardin {n}") for n in range(5)]
    begun()
    follow.run_once(store)
    change("practice", *(thing.pk for thing in things), things[0].pk)
    before = read_cursor(store.current())
    follow.run_once(store)
    once = find(Query("jardin"), at=Reader(store))
    write_cursor(store.current(), before)
    assert follow.run_once(store) == 6
    again = find(Query("jardin"), at=Reader(store))
    assert (again.total, again.hits, again.facets) == (once.total, once.hits, once.facets)
    assert once.total == 5


def test_control_adding_without_taking_out_would_double(store: Store, practice) -> None:
    """What the replay test would see if `replace` only added."""
    follow.run_once(store)
    with store.writing():
        writer = Writer(store.current())
        writer.put(_documents(practice))
        writer.commit(0)
        writer.close()
    assert find(Query("jardin"), at=Reader(store)).total == 2


def test_put_twice_before_a_commit_it_stands_once(store: Store) -> None:
    follow.run_once(store)
    practice = PracticeFactory(title="Un jardin partagé")
    with store.writing():
        writer = Writer(store.current())
        for _time in range(2):
            writer.replace([f"practice:{practice.pk}"], _documents(practice))
        writer.commit(0)
        writer.close()
    assert find(Query("jardin"), at=Reader(store)).total == 1


class Counting:
    """tantivy's writer, with what it was asked to take out."""

    def __init__(self, inner: object) -> None:
        self.inner, self.taken_out = inner, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def delete_documents_by_query(self, query: object) -> None:
        self.taken_out += 1
        self.inner.delete_documents_by_query(query)


def test_what_was_not_there_is_not_taken_out(store: Store, practice) -> None:
    follow.run_once(store)
    other = PracticeFactory(title="Autre jardin")
    with store.writing():
        writer = Writer(store.current())
        counting = writer._writer = Counting(writer._writer)
        counts = []
        for each in (other, practice, other):
            writer.replace([f"practice:{each.pk}"], _documents(each))
            writer.commit(0)
            counts.append(counting.taken_out)
        writer.close()
    assert counts == [0, 1, 2]
    assert find(Query("jardin"), at=Reader(store)).total == 2


class Slow(Counting):
    """tantivy's writer, whose first commit waits for `ready`."""

    def __init__(self, inner: object) -> None:
        super().__init__(inner)
        self.ready, self.was_ready = threading.Event(), []

    def commit(self) -> None:
        self.was_ready.append(self.ready.wait(0 if self.was_ready else 10))
        self.inner.commit()


@pytest.fixture
def follower(store: Store) -> Iterator[follow.Follower]:
    """One that has taken everything in. PostgreSQL's numbers go on from one test to the next: an outbox that begins
    after the cursor would be one that was pruned."""
    change("practice", 0)
    with store.writing():
        follower = follow.Follower(store)
        follower.step()
        yield follower
        follower.close()


def test_the_next_documents_are_made_while_a_commit_is_under_way(store: Store, practice, follower, monkeypatch) -> None:
    change("practice", practice.pk, *(PracticeFactory(title=f"Jardin {n}").pk for n in range(7)))
    monkeypatch.setattr(follow, "_AT_ONCE", 4)
    monkeypatch.setattr(follow, "_BUILT", 1)
    slow = follower._writer._writer = Slow(follower._writer._writer)
    asked: list[str] = []
    build = follow._documents

    def documents(kind: str, keys: list[str]) -> list[Doc]:
        asked.extend(keys)
        if len(asked) == 6:
            slow.ready.set()
        return build(kind, keys)

    monkeypatch.setattr(follow, "_documents", documents)
    assert follower.step() == 8
    assert slow.was_ready == [True, True]
    assert find(Query("jardin"), at=Reader(store)).total == 8


@pytest.mark.parametrize(("soon", "commits"), [(3600.0, 1), (0.0, 4)], ids=["drained", "overdue"])
def test_what_is_overdue_is_made_visible_between_takes(
    store: Store, practice, follower, monkeypatch, soon: float, commits: int
) -> None:
    change("practice", *(PracticeFactory(title=f"Jardin {n}").pk for n in range(4)))
    monkeypatch.setattr(follow, "_SOON", soon)
    after = follow._after
    monkeypatch.setattr(follow, "_after", lambda cursor: after(cursor)[:1])
    committed: list[int] = []
    commit_now = Writer._commit_now

    def counted(writer: Writer, cursor: int) -> None:
        committed.append(cursor)
        commit_now(writer, cursor)

    monkeypatch.setattr(Writer, "_commit_now", counted)
    assert follower.step() == 4
    assert (len(committed), committed[-1]) == (commits, last_change())
    assert read_cursor(store.current()) == last_change()
    assert find(Query("jardin"), at=Reader(store)).total == 5


def test_too_much_is_not_kept_for_later(store: Store, practice, follower, monkeypatch) -> None:
    change("practice", *(PracticeFactory(title=f"Jardin {n}").pk for n in range(4)))
    monkeypatch.setattr(follow, "_SOON", 3600.0)
    monkeypatch.setattr(follow, "_AT_ONCE", 2)
    started: list[int] = []
    start = Writer.start_commit
    monkeypatch.setattr(Writer, "start_commit", lambda writer: (started.append(writer.taken), start(writer))[1])
    assert follower.step() == 4
    assert started == [last_change() - 2, last_change()]


class Looks(threading.Event):
    """Never set, does not wait, and remembers for how long it was asked to."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return self.is_set()


def test_a_rest_ends_when_something_changes(store: Store, practice, follower) -> None:
    quiet, woken = Looks(), Looks()
    follow._rest(quiet, follower, 0.0)
    assert sum(quiet.waits) == pytest.approx(0.5)
    change("practice", practice.pk)
    follow._rest(woken, follower, 0.0)
    assert sum(woken.waits) == pytest.approx(0.1)


def test_what_trickles_is_taken_together(store: Store, practice, follower) -> None:
    assert follow._step(follower) == 0.0
    change("practice", practice.pk)
    assert follow._step(follower) == follow._PAUSE


def test_a_rest_survives_a_database_that_does_not_answer(store: Store, practice, follower, monkeypatch) -> None:
    def away() -> int:
        raise OperationalError("the server is away")

    monkeypatch.setattr(follow, "last_change", away)
    follow._rest(Looks(), follower, 0.0)
    follower.close()
    assert not follower.has_news()  # nothing is asked when there is no index to compare with


def test_a_commit_that_fails_is_told_and_taken_again(store: Store, practice, follower, monkeypatch) -> None:
    before = read_cursor(store.current())
    change("practice", PracticeFactory(title="Autre jardin").pk)

    def full(*_given: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(writing, "write_cursor", full)
        with pytest.raises(OSError, match="no space left"):
            follower.step()
    follower.close()
    assert read_cursor(store.current()) == before
    assert follower.step() == 1
    assert find(Query("jardin"), at=Reader(store)).total == 2


def _documents(practice):
    return follow._documents("practice", [str(practice.pk)])


def test_two_nodes_over_one_database_answer_alike(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "one" / "index"), Store(tmp_path / "two" / "index")
    things = [PracticeFactory(title=f"Jardin partagé de la rue {n % 3}") for n in range(30)]
    follow.run_once(one)
    for thing in things[::4]:
        thing.title = "Jardin et potager"
        thing.save()
        change("practice", thing.pk)
        follow.run_once(one)  # in many small commits
    late = [OrganisationFactory(name=f"Jardins de Cocagne {n}") for n in range(10)]
    change("organisation", *(each.pk for each in late))
    follow.run_once(one)
    follow.run_once(two)  # all at once
    for query in (
        Query("jardin"),
        Query("jardin partagé", size=7, page=3),
        Query("potager", kinds=("practice",)),
        Query(sort="title"),
        Query("cocagne", sort="date"),
    ):
        here, there = find(query, at=Reader(one)), find(query, at=Reader(two))
        assert [hit.ref for hit in here.hits] == [hit.ref for hit in there.hits], query
        assert (here.total, here.facets) == (there.total, there.facets)
    assert read_cursor(one.current()) == read_cursor(two.current()) == Change.objects.latest("id").pk


def test_control_nodes_differ_while_one_lags(tmp_path: Path, practice) -> None:
    one, two = Store(tmp_path / "one" / "index"), Store(tmp_path / "two" / "index")
    follow.run_once(one)
    follow.run_once(two)
    change("practice", PracticeFactory(title="Jardin nouveau").pk)
    follow.run_once(one)
    assert refs("jardin", one) != refs("jardin", two)
    follow.run_once(two)
    assert refs("jardin", one) == refs("jardin", two)


def test_unknown_kinds_and_keys_are_passed_over(store: Store, practice) -> None:
    change("practice", practice.pk)  # PostgreSQL's numbers go on from test to test: an empty outbox would look pruned
    follow.run_once(store)
    change("bogus", "1")
    change("practice", "not-a-number", "999999")
    change("territory", "commune:00000", "nonsense")
    assert follow.run_once(store) == 5
    assert refs("jardin", store) == [f"practice:{practice.pk}"]


# --- One writer -----------------------------------------------------------------------------------


def test_a_second_writer_is_told_so(store: Store, practice) -> None:
    with store.writing():
        assert store.has_writer()
        with pytest.raises(LockBusy, match="Un autre processus"):
            follow.run_once(store)
    assert not store.has_writer()
    follow.run_once(store)


def test_the_lock_holds_between_processes(store: Store) -> None:
    script = (
        "import fcntl, sys, time; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); time.sleep(30)"
    )
    path = store.folder.with_name("index.lock")
    other = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockBusy):
            follow.run_once(store)
    finally:
        other.kill()
        other.communicate()
    follow.run_once(store)


# --- Damage ---------------------------------------------------------------------------------------


def segment_files(store: Store) -> list[Path]:
    return [path for path in store.current().iterdir() if path.suffix in {".idx", ".term", ".fast", ".store"}]


def delete_all(store: Store) -> None:
    shutil.rmtree(store.folder)


def delete_current(store: Store) -> None:
    shutil.rmtree(store.current())


def truncate(store: Store) -> None:
    for path in segment_files(store):
        path.write_bytes(path.read_bytes()[:10])


def empty(store: Store) -> None:
    for path in segment_files(store):
        path.write_bytes(b"")


def drop_segment(store: Store) -> None:
    for path in segment_files(store):
        path.unlink()


def spoil_meta(store: Store) -> None:
    (store.current() / "meta.json").write_text("{not json")


def binary_pointer(store: Store) -> None:
    store.pointer.write_bytes(b"\xff\xfe\x00")


def escaping_pointer(store: Store) -> None:
    store.pointer.write_text("../../etc")


DAMAGES = [delete_all, delete_current, truncate, empty, drop_segment, spoil_meta, binary_pointer, escaping_pointer]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("is_open", [True, False], ids=["serving", "fresh"])
def test_damage_is_told_then_repaired(store: Store, practice, damage, is_open: bool) -> None:
    follow.run_once(store)
    reader = Reader(store)
    if is_open:
        assert find(Query("jardin"), at=reader).total == 1
    time.sleep(0.06)
    damage(store)
    found = find(Query("jardin"), at=reader)
    assert (found.state, found.hits, found.total) == (State.UNAVAILABLE, (), 0)
    with store.writing():
        assert find(Query("jardin"), at=reader).state == State.REBUILDING
    follow.run_once(store)
    found = find(Query("jardin"), at=reader)
    assert (found.state, found.total) == (State.READY, 1)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_running_worker_notices_and_rebuilds(store: Store, practice, damage) -> None:
    with store.writing():
        follower = follow.Follower(store)
        try:
            follower.step()
            time.sleep(0.06)
            damage(store)
            for _attempt in range(3):
                follow._step(follower)
            assert find(Query("jardin"), at=Reader(store)).total == 1
        finally:
            follower.close()


def test_the_writer_reads_its_index_only_when_asked(tmp_path: Path) -> None:
    """Left to itself tantivy follows commits in a thread of its own, which looks at no sizes: a file cut short
    while it maps it in ends the process.
    """
    first = Writer(tmp_path)
    first.commit(1)
    first.close()
    left_to_itself = Index.open(str(tmp_path))
    second = Writer(tmp_path)
    second.put([Doc("practice:1", "practice", "Un jardin", "/")])
    second.commit(2)
    second.close()
    limit = time.monotonic() + 20
    while left_to_itself.searcher().num_docs == 0 and time.monotonic() < limit:
        time.sleep(0.05)
    time.sleep(0.6)  # it looks twice a second
    assert (left_to_itself.searcher().num_docs, first._index.searcher().num_docs) == (1, 0)


def test_same_size_garbage_is_found_out_by_use(store: Store, practice) -> None:
    follow.run_once(store)
    for path in segment_files(store):
        path.write_bytes(bytes(len(path.read_bytes())))
    reader = Reader(store)
    assert find(Query("jardin"), at=reader).state == State.UNAVAILABLE
    assert store.is_rebuild_wished()
    follow.run_once(store)
    assert not store.is_rebuild_wished()
    assert find(Query("jardin"), at=reader).total == 1


def test_an_index_made_by_other_words_is_not_read(store: Store, practice, monkeypatch) -> None:
    follow.run_once(store)
    monkeypatch.setattr("fairealliance.search.store.signature", lambda: "other")
    assert find(Query("jardin"), at=Reader(store)).state == State.UNAVAILABLE
    follow.run_once(store)
    assert find(Query("jardin"), at=Reader(store)).total == 1
    assert store.current().name.startswith("other-")


def test_a_database_restored_from_a_copy_is_noticed(store: Store, practice) -> None:
    change("practice", practice.pk)
    follow.run_once(store)
    Change.objects.all().delete()
    practice.delete()
    follow.run_once(store)
    assert refs("jardin", store) == []


def test_a_rebuild_that_fails_leaves_the_old_index(store: Store, practice, monkeypatch) -> None:
    follow.run_once(store)
    before = store.current()

    def fail(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("fairealliance.search.writer.to_tantivy", fail)
    with pytest.raises(OSError, match="no space"):
        follow.reindex(store)
    assert store.current() == before
    assert [path for path in store.folder.iterdir() if path.is_dir()] == [before]
    assert refs("jardin", store) == [f"practice:{practice.pk}"]


def test_the_old_index_serves_while_the_new_one_is_made(store: Store, practice, monkeypatch) -> None:
    follow.run_once(store)
    reader = Reader(store)
    seen = []
    real = follow.rebuild

    def watched(target: Store) -> int:
        seen.append(find(Query("jardin"), at=reader).total)
        return real(target)

    monkeypatch.setattr(follow, "rebuild", watched)
    follow.reindex(store)
    assert seen == [1]
    assert find(Query("jardin"), at=reader).total == 1


# --- Worker and commands --------------------------------------------------------------------------


@pytest.fixture
def _served(practice) -> Iterator[None]:
    call_command("reindex", verbosity=0)
    yield
    engine.reader.cache_clear()


@pytest.mark.usefixtures("_served")
def test_search_command(capsys) -> None:
    call_command("search", "jardin")
    assert "Un jardin partagé" in capsys.readouterr().out
    call_command("search", "jardn", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 1
    assert told["state"] == "ready"


@pytest.mark.usefixtures("_served")
def test_search_command_takes_a_place_by_its_name_and_refuses_what_is_none(capsys) -> None:
    TerritoryFactory(code="42218", name="Saint-Étienne", slug="saint-etienne")
    call_command("search", "jardin", "--json", territory=["saint etienne"], kind=["practice"])
    assert json.loads(capsys.readouterr().out)["state"] == "ready"
    for asked, why in [
        ({"kind": ["zz"]}, "« zz » n’est pas une nature. Il y a : practice, "),
        ({"kind": ["\udcff"]}, "« \\? » n’est pas"),
        ({"territory": ["Nullepart"]}, "pas de territoire « Nullepart »"),
        ({"territory": ["commune:\udcff"]}, "pas de territoire « commune:\\? »"),
    ]:
        with pytest.raises(CommandError, match=why):
            call_command("search", "jardin", **asked)


def test_search_command_without_index() -> None:
    with pytest.raises(CommandError, match="reindex"):
        call_command("search", "jardin")


def test_status() -> None:
    assert engine.status() == State.UNAVAILABLE
    follow.run_once()
    assert engine.status() == State.READY
    assert default_store().current() is not None


def held(store: Store, word: bytes) -> bool:
    """Whether any file of the index holds it, shown or not."""
    return any(word in path.read_bytes() for path in store.folder.rglob("*") if path.is_file())


def test_who_was_erased_leaves_the_files_too_once_a_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: deleted and no longer found, a name stands in the files until tantivy happens to merge them."""
    begun()
    for number in range(20):
        PracticeFactory(title=f"Jardin {number}")
    organisation = OrganisationFactory(name="Atelier Zenobie")
    follow.run_once(store)
    first = store.current()
    user = UserFactory()
    number = organisation.pk
    organisation.delete()
    change("organisation", number)
    personal.erase(user)
    follow.run_once(store)
    assert refs("zenobie", store) == []
    assert held(store, b"enobie"), "the control"
    assert store.current() == first, "not made anew at each erasure"
    monkeypatch.setattr(store_module, "_BETWEEN_FORGETTINGS", 0.0)
    follow.run_once(store)
    second = store.current()
    assert second != first
    assert refs("jardin", store) != []
    monkeypatch.setattr(store_module, "_TIME_TO_OPEN", 0.0)
    follow.run_once(store)
    assert store.current() == second, "once is enough"
    assert not held(store, b"enobie")
