"""What was found of links, and what editors decide about them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.resources.actions.edits import update_resource
from fairealliance.resources.enums import LinkState
from fairealliance.resources.links.verdict import Verdict
from fairealliance.resources.models import LinkEvent, LinkRecord, Resource

_LONGEST = LinkRecord._meta.get_field("moved_to").max_length or 0


def save_answer(*, by: Actor, resource: Resource, url: str, verdict: Verdict, at: datetime) -> LinkRecord:
    """Keeps what `url` answered. The journal is told when a link dies or comes back, not each time it is asked."""
    require_hub_editor(by)
    with transaction.atomic():
        known = LinkRecord.objects.filter(resource=resource).first()
        same = known is not None and known.url == url
        changed = not (same and known is not None and known.state == verdict.state)
        ignored = same and not changed and known is not None
        kept, _made = LinkRecord.objects.update_or_create(
            resource=resource,
            defaults={
                "url": url,
                "state": verdict.state,
                "status": verdict.status,
                "detail": verdict.detail[:200],
                # A site may move to an address longer than any that we keep.
                "moved_to": verdict.moved_to if len(verdict.moved_to) <= _LONGEST else "",
                "failures": verdict.failures,
                "since": at if changed or known is None else known.since,
                "checked_at": at,
                "due_at": at + verdict.again_in,
                "ignored_at": known.ignored_at if ignored and known else None,
                "ignored_by": known.ignored_by if ignored and known else "",
            },
        )
        if changed:
            _remember(by, resource, url, verdict, at)
    return kept


def _remember(by: Actor, resource: Resource, url: str, verdict: Verdict, at: datetime) -> None:
    past = LinkEvent.objects.filter(resource=resource, url=url).order_by("-id").first()
    LinkEvent.objects.create(
        resource=resource, url=url, at=at, state=verdict.state, status=verdict.status, detail=verdict.detail[:200]
    )
    came_back = past is not None and past.state == LinkState.DEAD
    if verdict.state == LinkState.DEAD or came_back:
        detail = {"url": url, "state": str(verdict.state), "status": verdict.status}
        record(by=by, verb="link-checked", subject=f"resource:{resource.pk}", detail=detail)


def ignore_link(*, by: Actor, link: LinkRecord) -> None:
    """An editor saw it and decided to live with it: it leaves the list until its state changes."""
    require_hub_editor(by)
    with transaction.atomic():
        LinkRecord.objects.filter(pk=link.pk).update(ignored_at=timezone.now(), ignored_by=by.label[:200])
        record(by=by, verb="link-ignored", subject=f"resource:{link.resource_id}", detail={"url": link.url})


def watch_link(*, by: Actor, link: LinkRecord) -> None:
    """Puts an ignored link back among those to look at."""
    require_hub_editor(by)
    with transaction.atomic():
        LinkRecord.objects.filter(pk=link.pk).update(ignored_at=None, ignored_by="")
        record(by=by, verb="link-watched", subject=f"resource:{link.resource_id}", detail={"url": link.url})


def recheck_link(*, by: Actor, link: LinkRecord) -> None:
    """Has the link asked again at the next round."""
    require_hub_editor(by)
    with transaction.atomic():
        LinkRecord.objects.filter(pk=link.pk).update(due_at=timezone.now())
        record(by=by, verb="link-recheck", subject=f"resource:{link.resource_id}", detail={"url": link.url})


def adopt_new_address(*, by: Actor, link: LinkRecord, seen: datetime) -> bool:
    """Replaces the link by the address its site says it moved to for good."""
    if not link.moved_to:
        return False
    return update_resource(by=by, resource=link.resource, seen=seen, facts={"link": link.moved_to})
