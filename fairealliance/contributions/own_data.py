"""What this room holds of a person who has an account: what they proposed with an address they confirmed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from fairealliance.accounts.awaiting import Card
from fairealliance.accounts.models import User
from fairealliance.accounts.personal import Holding, Person, person_of, register
from fairealliance.contributions import files
from fairealliance.contributions.actions.forgetting import erase, forget_person, forget_suggester
from fairealliance.contributions.enums import Status
from fairealliance.contributions.models import Correction, Message, Proposal
from fairealliance.contributions.querysets import CorrectionQuerySet, ProposalQuerySet


def register_all() -> None:
    register(
        Holding(
            "propositions",
            _("Les exemples et les corrections que vous avez proposés"),
            export=_export,
            erase=_erase,
            erased=_("Votre nom, votre adresse et vos échanges ; les propositions qui ne sont pas publiées."),
            kept=_("Les exemples publiés, sans votre nom : ils servent à d’autres, avec votre accord."),
            files=_files,
        )
    )


def _proposals(person: Person) -> ProposalQuerySet:
    return Proposal.objects.annotate(mail=Lower("contact_email")).filter(mail__in=person.mails)


def _corrections(person: Person) -> CorrectionQuerySet:
    return Correction.objects.annotate(mail=Lower("contact_email")).filter(mail__in=person.mails)


def _export(person: Person) -> dict[str, Any]:
    told = {
        "proposals": [_told(proposal) for proposal in _proposals(person).order_by("pk")],
        "corrections": list(
            _corrections(person)
            .order_by("pk")
            .values("subject", "subject_title", "field", "before", "after", "comment", "status", "created_at")
        ),
        "messages_as_editor": list(Message.objects.filter(by_user=person.user).order_by("pk").values("text", "at")),
    }
    return {name: held for name, held in told.items() if held}


def _told(proposal: Proposal) -> dict[str, Any]:
    return {
        "title": proposal.title,
        "status": proposal.status,
        "content": proposal.content,
        "contact_name": proposal.contact_name,
        "contact_email": proposal.contact_email,
        "consent_at": proposal.consent_at,
        "created_at": proposal.created_at,
        "messages": list(proposal.messages.order_by("pk").values("side", "text", "at")),
    }


def _files(person: Person) -> Iterable[tuple[str, Path]]:
    for proposal in _proposals(person).prefetch_related("attachments").order_by("pk"):
        for attachment in proposal.attachments.all():
            name = f"{proposal.pk}/{attachment.pk}-{Path(attachment.file_name).name}"
            yield name, files.folder() / proposal.folder.hex / attachment.stored_name


def _erase(person: Person) -> None:
    for proposal in _proposals(person):
        if proposal.status == Status.ACCEPTED:
            forget_person(proposal)
        else:
            erase(proposal)
    for correction in _corrections(person):
        forget_suggester(correction)


def proposals_card(user: User) -> Card | None:
    """What they proposed and where it stands; a mail holds the link that leads to each."""
    found = _proposals(person_of(user)).exclude(Q(status=Status.DRAFT, content={})).order_by("-pk")[:5]
    lines = tuple(f"{proposal.title or _('Sans titre')} : {proposal.get_status_display()}" for proposal in found)
    if not lines:
        return None
    text = _("Pour y revenir, suivez le lien du courriel que vous avez reçu.")
    return Card(str(_("Vos exemples proposés")), str(text), "/contribuer/", str(_("En proposer un autre")), lines=lines)
