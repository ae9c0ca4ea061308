"""What happens to a page is journalled, and the index learns what changed: published, unpublished, moved, deleted."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from fairealliance.accounts.actors import SYSTEM, Actor
from fairealliance.accounts.models import User
from fairealliance.journal.actions import record
from fairealliance.pages.documents import KIND
from fairealliance.pages.models import Written


def connect() -> None:
    """Called once, when the applications are loaded."""
    page_published.connect(_published, dispatch_uid="pages.published")
    page_unpublished.connect(_unpublished, dispatch_uid="pages.unpublished")
    post_page_move.connect(_moved, dispatch_uid="pages.moved")
    page_slug_changed.connect(_moved, dispatch_uid="pages.slug_changed")
    pre_delete.connect(_deleted, dispatch_uid="pages.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid=f"pages.restricted.{id(signal)}")


def _published(sender: Any, instance: Page, **kwargs: Any) -> None:
    revision = kwargs.get("revision")
    _tell("page-published", instance, [instance], revision.user if revision else None)


def _unpublished(sender: Any, instance: Page, **kwargs: Any) -> None:
    _tell("page-unpublished", instance, [instance])


def _moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Its address changed, and that of all that lies under it."""
    _tell("page-moved", instance, instance.get_descendants(inclusive=True).specific())


def _deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Written):
        _tell("page-deleted", instance, [instance])


def _restricted(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    """What is not for everybody leaves the index. A page that goes with its restriction is told by `_deleted`."""
    origin = kwargs.get("origin")
    if issubclass(getattr(origin, "model", type(origin)), Page):
        return
    page = instance.page
    _tell("page-restricted", page, page.get_descendants(inclusive=True).specific())


def _tell(verb: str, page: Page, changed: Any, author: User | None = None) -> None:
    by: Actor = get_active_log_context().user or author or SYSTEM
    written = [(KIND, str(each.pk)) for each in changed if isinstance(each.specific, Written)]
    with transaction.atomic():
        record(by=by, verb=verb, subject=f"page:{page.pk}", detail={"title": page.title}, changed=written)
