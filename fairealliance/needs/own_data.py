"""What this room holds of a person: the needs and offers they wrote for their organisations."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.needs.enums import Status
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Member


def register_all() -> None:
    register(
        Holding(
            "needs",
            gettext_lazy("Les besoins et les offres que vous avez écrits"),
            export=_export,
            erase=_erase,
            erased=gettext_lazy("Vos brouillons jamais publiés, et votre nom sur ce qui l’a été."),
            kept=gettext_lazy("Ce qui a été publié : il est à l’organisation."),
        )
    )


def _written(person: Person) -> QuerySet[Need]:
    return Need.objects.filter(Q(created_by=person.user) | Q(touched_by=person.user)).order_by("pk")


def _export(person: Person) -> dict[str, Any]:
    columns = ("side", "organisation__name", "status", "title", "content", "created_at", "touched_at", "expires_on")
    written = list(_written(person).values(*columns))
    return {"written": written} if written else {}


def _erase(person: Person) -> None:
    """Drafts that nobody else touched; the rest of what leads to them goes with the account (SET_NULL, CASCADE)."""
    Need.objects.filter(status=Status.DRAFT, created_by=person.user, touched_by=person.user).delete()


def needs_card(user: User) -> Card | None:
    """At /mon-espace/. Two queries."""
    if not Member.objects.filter(user=user).exists():
        return None
    counts = dict(Need.objects.of_member(user).order_by().values_list("status").annotate(n=Count("pk")))
    asking = counts.get(Status.DRAFT, 0) + counts.get(Status.EXPIRED, 0)
    lines = [f"{Status(status).label} : {counts[status]}" for status in Status.values if status in counts]
    text = _("Ce que vos organisations cherchent et proposent.")
    return Card(_("Besoins et offres"), text, reverse("my_needs:mine"), _("Voir et écrire"), asking, tuple(lines))
