"""Once a week, what each organisation's members may read of suggestions: the first three, and why.

By organisation, in batches, each with how far it went in one transaction: stopped anywhere, it goes on from there.
Nobody is told twice of one week (`mailing` holds person × event once), and nobody who wants none is reckoned for.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.models import User
from fairealliance.design.letters import unlinked
from fairealliance.mailing import actions as mailing
from fairealliance.mailing.enums import Rhythm
from fairealliance.mailing.kinds import Kind, while_read
from fairealliance.mailing.models import Preference
from fairealliance.matching import actions, suggest
from fairealliance.matching.models import Digest
from fairealliance.matching.suggest import Answer, Line
from fairealliance.organisations.models import Member, Organisation


def _read_by(user: User, organisations: Collection[int]) -> Iterable[int]:
    return Member.objects.filter(user=user, organisation__in=organisations).values_list("organisation", flat=True)


KIND = Kind(
    "suggestions",
    gettext_lazy("Vos suggestions de la semaine"),
    gettext_lazy("Avec qui vos organisations pourraient faire alliance, et pourquoi."),
    Rhythm.WEEKLY,
    while_read(_read_by),
)
SHOWN = 3
BATCH = 50
_BEGINS = time(3)  # on Monday, before letters are gathered at seven
_UNTIL = 2  # a worker that was down goes on until Wednesday; later, the next one is near


def write_due(now: datetime | None = None, *, batch: int = BATCH) -> int:
    """Writes what is left of this week's. Returns how many people were told."""
    local = timezone.localtime(now)
    if local.weekday() > _UNTIL or (local.weekday() == 0 and local.time() < _BEGINS):
        return 0
    monday, told = local.date() - timedelta(days=local.weekday()), 0
    while (done := _write_some(monday, batch)) is not None:
        told += done
    return told


def _write_some(monday: date, batch: int) -> int | None:
    """None once all were written. Reckoned before anything is held: others write meanwhile."""
    begun, _made = Digest.objects.get_or_create(week=monday)
    members = _members_after(begun.last)
    organisations = list(members.order_by("organisation").values_list("organisation", flat=True).distinct()[:batch])
    if not organisations:
        return None
    people: dict[int, list[User]] = defaultdict(list)
    for member in members.filter(organisation__in=organisations).select_related("user"):
        people[member.organisation_id].append(member.user)
    answers = suggest.for_organisations(organisations, limit=SHOWN)
    names = dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "name"))
    with transaction.atomic():
        held = Digest.objects.select_for_update().get(pk=begun.pk)
        if held.last != begun.last:
            return 0  # another worker wrote these
        told = {pk: _write(pk, names[pk], answers[pk], people[pk], monday) for pk in answers if pk in names}
        actions.count_shown(shares=[share for pk, count in told.items() if count for share in answers[pk].shares])
        held.last = organisations[-1]
        held.save(update_fields=["last"])
    return sum(told.values())


def _members_after(last: int) -> "QuerySet[Member]":
    silent = Preference.objects.filter(kind=KIND.slug, rhythm=Rhythm.NEVER).values("user")
    return Member.objects.filter(organisation__gt=last, user__is_active=True).exclude(user__in=silent)


def _write(pk: int, name: str, answer: Answer, people: list[User], monday: date) -> int:
    if not any(line.is_worth_a_letter for line in answer.lines):
        return 0
    return mailing.tell(
        people,
        kind=KIND.slug,
        event=f"suggestions:{pk}:{monday:%Y-%m-%d}",
        subject=_("Avec qui « %(name)s » pourrait faire alliance") % {"name": name},
        text="\n\n".join([_("En tête de ses suggestions cette semaine, et pourquoi :"), *map(_said, answer.lines)]),
        path=reverse("suggestions:of-organisation", args=[pk]),
        action=_("Voir toutes ses suggestions"),
        # Due this Monday, however late in the night or the next day it was written.
        now=timezone.make_aware(datetime.combine(monday, _BEGINS)),
    )


def _said(line: Line) -> str:
    """Its name, what answers, and the two first reasons."""
    title = f"{line.organisation.name} : {line.need.title}" if line.need else line.organisation.name
    invented = _("[Contenu inventé] ") if line.organisation.is_demo else ""
    return "\n".join([invented + unlinked(title), *(f"• {reason.text}" for reason in line.told.reasons[:2])])
