"""What this room holds of a person: for whom they act, what they asked, who invited them."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.personal import Holding, Obstacle, Person, register
from fairealliance.accounts.unnaming import Unnaming, unnaming
from fairealliance.design.letters import unlinked
from fairealliance.journal.actions import record
from fairealliance.lib.phones import numbers_in
from fairealliance.lib.text_fr import squeeze
from fairealliance.mailing.models import Notice
from fairealliance.organisations.members.alone import LastAdministrator, lock, others
from fairealliance.organisations.members.mails import JOINED, KIND
from fairealliance.organisations.models import Claim, Invitation, Member, Organisation, Profile
from fairealliance.provenance.kept import remember

_WORDS = ("seeks_words", "brings_words", "human_words", "financial_words", "alliances_words")


def register_all() -> None:
    register(
        Holding(
            "organisations",
            gettext_lazy("Les organisations pour lesquelles vous agissez"),
            export=_export,
            erase=_erase,
            erased=gettext_lazy(
                "Votre place dans ces organisations, vos demandes, les invitations à votre adresse, et votre nom dans "
                "les avis qui disent que vous êtes venu."
            ),
            kept=gettext_lazy(
                "La fiche de chaque organisation, moins vos adresses et les numéros que vous avez donnés : elle n’est "
                "pas à votre nom, même si elle le porte."
            ),
            obstacle=_obstacle,
        )
    )


def _invitations(person: Person) -> QuerySet[Invitation]:
    mine = Q(email__in=person.mails)
    return Invitation.objects.filter(mine | Q(invited_by=person.user) | Q(accepted_by=person.user))


def _export(person: Person) -> dict[str, Any]:
    told = {
        "members": list(
            Member.objects.filter(user=person.user).values("organisation_id", "organisation__name", "role", "since")
        ),
        "claims": list(
            Claim.objects.filter(user=person.user).values(
                "organisation__name", "proposed", "way", "status", "position", "message", "asked_at", "reason"
            )
        ),
        "invitations_to_you": list(
            Invitation.objects.filter(email__in=person.mails).values("organisation__name", "role", "invited_at")
        ),
        "invitations_by_you": list(
            Invitation.objects.filter(invited_by=person.user).values("organisation__name", "email", "invited_at")
        ),
    }
    return {name: held for name, held in told.items() if held}


def _obstacle(person: Person) -> list[Obstacle]:
    """Locks each organisation until the account is gone: meanwhile nobody else can leave it."""
    mine = Member.objects.filter(user=person.user).order_by("organisation_id")
    found = []
    for pk in mine.values_list("organisation_id", flat=True):
        organisation = lock(pk)
        member = Member.objects.filter(user=person.user, organisation=organisation).first()
        if member and member.is_administrator and not others(organisation, member):
            found.append(_last_of(organisation, member))
    return found


def _last_of(organisation: Organisation, member: Member) -> Obstacle:
    """Whoever acts for it with others names one of them; whoever is alone invites somebody, or gives it back."""
    team = reverse("members:team", args=[organisation.pk])
    text = " ".join(LastAdministrator(organisation).messages)
    if organisation.members.exclude(pk=member.pk).exists():
        return Obstacle(text, ((_("Nommer une autre personne"), team),))
    entrusted = reverse("members:entrust", args=[organisation.pk])
    return Obstacle(text, ((_("Inviter quelqu’un"), team), (_("La confier au secrétariat"), entrusted)))


def _erase(person: Person) -> None:
    """What leads to them leaves the public page of those they act for, and of any that gave their address."""
    cleaner, own = unnaming(person), Member.objects.filter(user=person.user).values("organisation")
    rows = Organisation.objects.filter(Q(pk__in=own) | Q(email__in=[*person.mails, person.user.email]))
    for organisation in rows.order_by("pk").select_for_update(of=("self",)):
        _unreach(organisation, person, cleaner)
    _unname_told(person, cleaner)
    Member.objects.filter(user=person.user).delete()
    Claim.objects.filter(user=person.user).delete()
    _invitations(person).delete()


def _unname_told(person: Person, cleaner: Unnaming) -> None:
    """Those who administer were told who came: sent, or still to be."""
    said = {*person.mails, person.user.email, unlinked(squeeze(person.user.name))} - {""}
    named = reduce(or_, (Q(text__icontains=each) for each in said))
    told = Notice.objects.filter(named, kind=KIND.slug, event__endswith=JOINED)
    for notice in told.order_by("pk").select_for_update(of=("self",)):
        notice.subject, notice.text = cleaner.clean(notice.subject)[:180], cleaner.clean(notice.text)
        notice.save(update_fields=["subject", "text"])


def _unreach(organisation: Organisation, person: Person, cleaner: Unnaming) -> None:
    changed, mails = [], {*person.mails, person.user.email.lower()} - {""}
    _unreach_merged(organisation, mails, cleaner)
    if organisation.email.lower() in mails:
        organisation.email = ""
        changed.append("email")
    if numbers_in(organisation.phone) & person.numbers:
        organisation.phone = ""
        changed.append("phone")
    if (less := cleaner.unreached(organisation.description)) != organisation.description:
        organisation.description = less
        changed.append("description")
    told = _unreach_profile(organisation, cleaner)
    if changed:
        organisation.save(update_fields=[*changed, "updated_at"])
    for field in changed:
        remember(organisation, field)  # no import brings it back
    if changed or told:
        ref = f"organisation:{organisation.pk}"
        detail = {"fields": [*changed, *told]}
        public = [("organisation", str(organisation.pk))]
        record(by=SYSTEM, verb="organisation-unnamed", subject=ref, detail=detail, changed=public)


def _unreach_merged(organisation: Organisation, mails: set[str], cleaner: Unnaming) -> None:
    """The rows of those that were merged into it, kept to part them again."""
    for merger in organisation.mergers.order_by("pk"):
        fields = merger.gone.get("fields", {})
        less = {**fields, "description": cleaner.unreached(fields.get("description", ""))}
        if fields.get("email", "").lower() in mails:
            less["email"] = ""
        if less != fields and "description" in fields:
            merger.gone = {**merger.gone, "fields": less}
            merger.save(update_fields=["gone"])


def _unreach_profile(organisation: Organisation, cleaner: Unnaming) -> list[str]:
    """The names of what was changed."""
    profile = Profile.objects.filter(organisation=organisation).first()
    if profile is None:
        return []
    less = {name: cleaner.unreached(getattr(profile, name)) for name in _WORDS}
    changed = [name for name in _WORDS if less[name] != getattr(profile, name)]
    skills = [cleaner.unreached(each) for each in profile.skills]
    if skills != profile.skills:
        profile.skills = skills
        changed.append("skills")
    for name in _WORDS:
        setattr(profile, name, less[name])
    if changed:
        profile.save(update_fields=changed)
    return changed
