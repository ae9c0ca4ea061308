"""Doing what rooms registered in `lib.periodic`, each once per interval whatever the number of nodes."""

import logging
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from fairealliance.config.models import PeriodicRun
from fairealliance.lib.periodic import Periodic, known

logger = logging.getLogger(__name__)
_AFTER_FAILURE = timedelta(minutes=15)


def run_due() -> list[str]:
    """Do what is due. Returns the names of what was done, or tried. Raises DatabaseError when there is no database."""
    return [job.name for job in known() if _claimed(job) and _run(job)]


def _claimed(job: Periodic) -> bool:
    """Whether this node is the one to do it now: one UPDATE decides."""
    now = timezone.now()
    run = PeriodicRun.objects.filter(name=job.name).first()
    if run is None:
        run, _made = PeriodicRun.objects.get_or_create(name=job.name, defaults={"due_at": now})
    if run.due_at > now:
        return False
    waiting = PeriodicRun.objects.filter(name=job.name, due_at=run.due_at)
    return waiting.update(due_at=now + job.every, started_at=now) == 1


def _run(job: Periodic) -> bool:
    """A failure is told, kept, and tried again sooner than its turn."""
    told: dict[str, object] = {"error": ""}
    try:
        job.act()
    except Exception as error:  # whatever a room's function raises must not stop the others
        logger.exception("Periodic %s failed", job.name)
        if isinstance(error, DatabaseError):
            connection.close()
        told = {
            "error": f"{type(error).__name__}: {error}"[:2000],
            "due_at": timezone.now() + min(job.every, _AFTER_FAILURE),
        }
    PeriodicRun.objects.filter(name=job.name).update(ended_at=timezone.now(), **told)
    return True
