"""Work outside the request: queued tasks, periodic work, mails, and an outbox that does not grow for ever."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from fairealliance.accounts.mail import send_mail
from fairealliance.accounts.tasks import deliver
from fairealliance.config import background, periodic
from fairealliance.config.models import PeriodicRun
from fairealliance.journal import outbox
from fairealliance.journal.actions import prune_changes
from fairealliance.journal.models import Change
from fairealliance.lib import periodic as registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing registered but `probe`, which notes that it was done."""
    notes: list[str] = []
    monkeypatch.setattr(registry, "_known", {})
    registry.register("probe", every=timedelta(hours=1), act=lambda: notes.append("probe"))
    return notes


def test_periodic_work_is_done_once_per_interval(done: list[str]) -> None:
    assert periodic.run_due() == ["probe"]
    assert periodic.run_due() == []  # another node, the same minute
    assert done == ["probe"]
    PeriodicRun.objects.update(due_at=timezone.now())
    assert periodic.run_due() == ["probe"]


def test_two_nodes_that_look_at_the_same_instant_do_it_once(
    done: list[str], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    periodic.run_due()
    PeriodicRun.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    seen = PeriodicRun.objects.get()
    assert periodic.run_due() == ["probe"]
    # The other node read the row before the first one moved it.
    monkeypatch.setattr(PeriodicRun.objects.__class__, "filter", _stale_first(seen))
    assert periodic.run_due() == []
    assert done == ["probe", "probe"]


def _stale_first(seen: PeriodicRun):
    real = PeriodicRun.objects.__class__.filter
    asked: list[int] = []

    class Stale:
        def first(self) -> PeriodicRun:
            return seen

    def chosen(self, *args, **kwargs):
        asked.append(1)
        return Stale() if len(asked) == 1 else real(self, *args, **kwargs)

    return chosen


def test_what_fails_is_kept_and_tried_again_sooner_and_stops_nobody(done: list[str], caplog) -> None:
    def fails() -> None:
        raise ValueError("cassé")

    registry.register("aa-broken", every=timedelta(days=1), act=fails)
    periodic.run_due()
    broken = PeriodicRun.objects.get(name="aa-broken")
    assert "cassé" in broken.error
    assert broken.due_at < timezone.now() + timedelta(minutes=16)
    assert done == ["probe"]


def _task(status: str, *workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {"to": "a@exemple.fr", "subject": "S", "text": "T", "html": "H"}},
        task_path=deliver.module_path,
        backend_name="default",
        worker_ids=list(workers),
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
    )


def test_tasks_of_a_worker_that_was_killed_wait_again() -> None:
    ours = _task(TaskResultStatus.RUNNING, "here-default")
    theirs = _task(TaskResultStatus.RUNNING, "there-default")
    hopeless = _task(TaskResultStatus.RUNNING, *["here-default"] * 3)
    background.give_back("here")
    for each in (ours, theirs, hopeless):
        each.refresh_from_db()
    assert (ours.status, theirs.status, hopeless.status) == ("READY", "RUNNING", "FAILED")


def test_what_mails_said_goes_within_hours_and_failures_stay_to_be_looked_at() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    done, failed = _task(TaskResultStatus.SUCCESSFUL, "a"), _task(TaskResultStatus.FAILED, "a")
    just_done = _task(TaskResultStatus.SUCCESSFUL, "a")
    DBTaskResult.objects.filter(pk__in=[done.pk, failed.pk]).update(finished_at=yesterday)
    DBTaskResult.objects.filter(pk=just_done.pk).update(finished_at=timezone.now())
    assert background.forget_tasks() == 1
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {failed.pk, just_done.pk}


def test_the_name_of_a_node_lasts() -> None:
    assert background.node_name() == background.node_name() != ""


def test_a_mail_has_text_and_html_and_no_markup_of_others() -> None:
    send_mail(to="a@exemple.fr", subject="Bonjour\nBcc: x@y.fr", text="Un <b>mot</b>.")
    (sent,) = mail.outbox
    assert sent.subject == "Bonjour Bcc: x@y.fr"
    assert sent.to == ["a@exemple.fr"]
    assert "Un <b>mot</b>." in sent.body
    html = str(sent.alternatives[0][0])
    assert "<b>" not in html
    assert "Un &lt;b&gt;mot&lt;/b&gt;." in html


def test_pruning_the_outbox_tells_followers_that_are_too_late() -> None:
    Change.objects.bulk_create(Change(kind="practice", key=str(n)) for n in range(10))
    ids = list(Change.objects.order_by("id").values_list("id", flat=True))
    Change.objects.filter(id__lte=ids[5]).update(at=timezone.now() - timedelta(days=100))
    assert prune_changes(timezone.now() - timedelta(days=90)) == 5
    assert list(Change.objects.order_by("id").values_list("id", flat=True)) == ids[5:]
    assert outbox.must_start_over(ids[2])
    assert not outbox.must_start_over(ids[5])
    assert prune_changes(timezone.now() - timedelta(days=90)) == 0
