"""Moderation: what a writer submits is read by the secretariat before it is published."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from fairealliance.accounts.actors import Actor
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.journal.actions import record
from fairealliance.pages.models import StarterDone
from fairealliance.staff import people

_KEY = "desk:moderation"
NAME = "Relecture par le secrétariat"
_WAGTAIL_GROUPS = ("Moderators", "Editors")


@transaction.atomic
def ensure_moderation(*, by: Actor) -> bool:
    """Groups and workflow, made once; what an administrator changes afterwards stays. One query when done."""
    require_hub_editor(by)
    if StarterDone.objects.filter(key=_KEY).exists():
        return False
    people.ensure_groups()
    secretariat = Group.objects.get(name=people.SECRETARIAT)
    task, _made = GroupApprovalTask.objects.get_or_create(name=NAME)
    task.groups.set([secretariat])
    workflow, _made = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    # Wagtail comes with groups and a workflow of its own, in English, that nobody is in.
    unused = Group.objects.filter(name__in=_WAGTAIL_GROUPS, user=None)
    for other in Workflow.objects.exclude(pk=workflow.pk).filter(workflow_pages__page__depth=1):
        other.deactivate()
    root = Page.get_first_root_node()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    unused.delete()
    StarterDone.objects.create(key=_KEY)
    record(by=by, verb="moderation-set-up", subject="desk")
    return True
