"""What the editorial pages hold of a person: what they wrote, put in and noted."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, ModelLogEntry, Page, PageLogEntry, Revision

from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.pages.models import HubDocument, HubImage


def register_all() -> None:
    register(
        Holding(
            "pages",
            _("Ce que vous avez écrit et déposé au bureau"),
            export=_export,
            erase=_erase,
            erased=_("Votre nom sur les pages, leurs versions, les images et les documents ; vos commentaires."),
            kept=_("Les pages et les fichiers eux-mêmes, qui sont ceux du site."),
        )
    )


def _export(person: Person) -> dict[str, Any]:
    user = person.user
    told = {
        "pages": list(Page.objects.filter(owner=user).order_by("pk").values("title", "url_path", "first_published_at")),
        "versions": list(Revision.objects.filter(user=user).order_by("pk").values("object_str", "created_at")),
        "comments": list(Comment.objects.filter(user=user).order_by("pk").values("text", "created_at")),
        "images": list(HubImage.objects.filter(uploaded_by_user=user).order_by("pk").values("title", "created_at")),
        "documents": list(
            HubDocument.objects.filter(uploaded_by_user=user).order_by("pk").values("title", "created_at")
        ),
        "acts": [
            {"action": entry.action, "about": entry.label, "at": entry.timestamp}
            for log in (PageLogEntry, ModelLogEntry)
            for entry in log.objects.filter(user=user).order_by("pk")
        ],
    }
    return {name: held for name, held in told.items() if held}


def _erase(person: Person) -> None:
    """Versions of a page also write their owner's number in what they hold."""
    for revision in Revision.objects.filter(content__owner=person.user.pk):
        revision.content["owner"] = None
        revision.save(update_fields=["content"])
    ModelLogEntry.objects.filter(content_type__app_label="accounts", object_id=str(person.user.pk)).delete()
