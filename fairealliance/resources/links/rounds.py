"""Which links to ask now: a few, each on another site, those due longest first."""

import random
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from fairealliance.accounts.actors import SYSTEM
from fairealliance.resources.actions.links import save_answer
from fairealliance.resources.enums import LinkState
from fairealliance.resources.links.ask import Answer, Asker
from fairealliance.resources.links.verdict import verdict
from fairealliance.resources.models import LinkRecord, Resource

HOSTS = 15
"""Sites asked in a round: one link each, so that no site hears from us twice in ten minutes."""
_READ = 400
_LONGEST = 120.0  # seconds


def check_due(asker: Asker | None = None, *, clock: Callable[[], float] = time.monotonic) -> int:
    """Asks what is due and keeps the answers. Returns how many resources were concerned.

    When nothing at all answers, it is we who are cut off: nothing is kept.
    """
    if not settings.CHECK_LINKS:
        return 0
    asker, started = asker or Asker(), clock()
    answers: dict[str, Answer] = {}
    due = list(_due())
    for url in _one_per_host(due):
        if clock() - started > _LONGEST:
            break
        answers[url] = asker.ask(url)
    if not _are_we_online(answers.values(), asker):
        return 0
    concerned = [resource for resource in due if resource.link in answers]
    for resource in concerned:
        _keep(resource, answers[resource.link])
    return len(concerned)


def _due() -> Iterable[Resource]:
    """Resources whose link was never asked, changed since, or is due. Invented ones lead nowhere."""
    now = timezone.now()
    never = Q(link_record__isnull=True)
    wanted = never | Q(link_record__due_at__lte=now) | ~Q(link_record__url=F("link"))
    web = Q(link__startswith="http://") | Q(link__startswith="https://")
    rows = Resource.objects.filter(web, wanted, is_demo=False).select_related("link_record")
    return rows.order_by(F("link_record__due_at").asc(nulls_first=True), "pk")[:_READ]


def _one_per_host(due: Iterable[Resource]) -> list[str]:
    by_host: dict[str, str] = {}
    for resource in due:
        by_host.setdefault(_host(resource.link), resource.link)
    chosen = list(by_host.values())
    # Not always the same first: those that could not be asked this time have their turn.
    return random.sample(chosen, HOSTS) if len(chosen) > HOSTS else chosen


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return url


def _are_we_online(answers: Iterable[Answer], asker: Asker) -> bool:
    """Something answered; else a link that did lately is asked, to tell their silence from our own."""
    if any(answer.status or answer.problem == "forbidden" for answer in answers):
        return True
    alive = LinkRecord.objects.filter(state=LinkState.ALIVE).order_by("-checked_at").values_list("url", flat=True)
    canary = alive.first()
    return canary is not None and asker.ask(canary).status is not None


def _keep(resource: Resource, answer: Answer) -> None:
    known = getattr(resource, "link_record", None)
    failures = known.failures if known and known.url == resource.link else 0
    save_answer(by=SYSTEM, resource=resource, url=resource.link, verdict=verdict(answer, failures), at=timezone.now())
