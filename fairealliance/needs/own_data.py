"""What this room holds of a person: the needs and offers they wrote for their organisations."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Person, register
from fairealliance.accounts.unnaming import unnaming
from fairealliance.lib.phones import numbers_in, without
from fairealliance.lib.slugs import slug
from fairealliance.lib.text_fr import fold
from fairealliance.needs.actions.shared import tell
from fairealliance.needs.enums import Status
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Member

_AT_ONCE = 100
Clean = Callable[[str], str]


def register_all() -> None:
    register(
        Holding(
            "needs",
            gettext_lazy("Les besoins et les offres que vous avez écrits"),
            export=_export,
            erase=_erase,
            erased=gettext_lazy(
                "Vos brouillons jamais publiés, et, dans ce qui a été publié, votre nom complet, vos adresses et les "
                "numéros que vous avez donnés."
            ),
            kept=gettext_lazy("Ce qui a été publié : il est à l’organisation."),
            words=_words,
        )
    )


def _written(person: Person) -> QuerySet[Need]:
    return Need.objects.filter(Q(created_by=person.user) | Q(touched_by=person.user)).order_by("pk")


def _export(person: Person) -> dict[str, Any]:
    columns = ("side", "organisation__name", "status", "title", "content", "created_at", "touched_at", "expires_on")
    written = list(_written(person).values(*columns))
    return {"written": written} if written else {}


_TEXTS = ("title", "challenge", "description", "conditions", "quantity")


def _words(person: Person) -> Iterable[str]:
    """Of what nobody else touched; the public number of an organisation is its own."""
    alone = Need.objects.filter(created_by=person.user, touched_by=person.user).select_related("organisation")
    for need in alone.order_by("pk"):
        texts = (*(getattr(need, name) for name in _TEXTS), json.dumps(need.content, ensure_ascii=False))
        yield from (without(text, numbers_in(need.organisation.phone)) for text in texts)


def _erase(person: Person) -> None:
    """Drafts that nobody else touched go; who they were goes out of the words that stay. The rest of what leads to them
    goes with the account (SET_NULL, CASCADE).
    """
    Need.objects.filter(status=Status.DRAFT, created_by=person.user, touched_by=person.user).delete()
    cleaner = unnaming(person)
    own = Member.objects.filter(user=person.user).values("organisation")
    theirs = Q(created_by=person.user) | Q(touched_by=person.user) | Q(organisation__in=own)
    rows = Need.objects.filter(theirs).select_related("organisation").order_by("pk").select_for_update(of=("self",))
    name = fold(person.user.name)
    for need in rows.iterator(chunk_size=_AT_ONCE):
        # The name of the organisation stays its own, though somebody signs by it.
        if _cleaned(need, cleaner.unreached if name == fold(need.organisation.name) else cleaner.clean):
            need.save()
            tell(need, "unnamed", by=SYSTEM, before=need.status)


def _cleaned(need: Need, clean: Clean) -> bool:
    """Whether anything was taken out of it."""
    before = {name: getattr(need, name) for name in (*_TEXTS, "content")}
    for name in _TEXTS:
        longest = need._meta.get_field(name).max_length  # type: ignore[union-attr]
        setattr(need, name, clean(before[name])[:longest])
    need.content = _less(need.content, clean)
    if need.title != before["title"]:
        need.slug = slug(need.title)
    return before != {name: getattr(need, name) for name in before}


def _less(said: Any, clean: Clean) -> Any:
    if isinstance(said, str):
        return clean(said)
    if isinstance(said, dict):
        return {name: _less(each, clean) for name, each in said.items()}
    return [_less(each, clean) for each in said] if isinstance(said, list) else said


def needs_card(user: User) -> Card | None:
    """At /mon-espace/. Two queries."""
    if not Member.objects.filter(user=user).exists():
        return None
    counts = dict(Need.objects.of_member(user).order_by().values_list("status").annotate(n=Count("pk")))
    asking = counts.get(Status.DRAFT, 0) + counts.get(Status.EXPIRED, 0)
    lines = [f"{Status(status).label} : {counts[status]}" for status in Status.values if status in counts]
    text = _("Ce que vos organisations cherchent et proposent.")
    return Card(_("Besoins et offres"), text, reverse("my_needs:mine"), _("Voir et écrire"), asking, tuple(lines))
