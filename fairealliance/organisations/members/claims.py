"""Asking to act for an organisation: by a code sent to one's address at its domain, or by the secretariat's judgement.

An organisation that nobody knew is told of in the claim itself, and made when the claim is accepted: until then no
page, index or count holds it (docs/adr/0032).
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.actors import Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.accounts.personal import person_of
from fairealliance.lib.lives import NotAllowed
from fairealliance.organisations import actions as organisations
from fairealliance.organisations.domains import is_of_another, proves, proves_by_site
from fairealliance.organisations.doubles import by_number
from fairealliance.organisations.enums import ClaimStatus, Role, Way
from fairealliance.organisations.members import mails
from fairealliance.organisations.members.actions import admit
from fairealliance.organisations.members.alone import alone_with, lock
from fairealliance.organisations.members.deciding import decide, tell
from fairealliance.organisations.models import OPEN, Claim, Member, Organisation
from fairealliance.provenance.actions import save_source
from fairealliance.provenance.models import Source

CODE_GOOD_FOR = timedelta(minutes=30)
MOST_TRIES = 5
_MOST_CODES, _MOST_CLAIMS, _DAY = 6, 10, timedelta(days=1)
SOURCE = "declarations"


def proving_address(user: User, organisation: Organisation) -> str:
    """The address of theirs that is at the organisation's domain, and at no other's; empty when there is none.

    While nobody administers it, its public mail alone proves nothing: the secretariat judges.
    """
    enough = proves if organisation.members.administrators().exists() else proves_by_site
    found = (mail for mail in person_of(user).mails if enough(mail, organisation))
    return next((mail for mail in found if not is_of_another(mail, organisation)), "")


def send_code(*, by: User, organisation: Organisation) -> Claim:
    """Sends a code to the address that proves it: the account may be older than the job.

    Raises NotAllowed when no address does, for a member, for a closed organisation, and beyond six codes a day.
    """
    if not proving_address(by, organisation):
        raise NotAllowed(_("Votre adresse n’est pas au nom de domaine de cette organisation."))
    if limits.count_of("claim-codes", f"{by.pk}", window=_DAY) > _MOST_CODES:
        raise NotAllowed(_("Trop de codes demandés en une journée : attendez demain."))
    told = f"{secrets.randbelow(10**6):06d}"
    with alone_with(organisation.pk) as held:
        _require_outside(by, held)
        claim = Claim.objects.filter(organisation=held, user=by, status__in=OPEN).first()
        before = claim.status if claim else ""
        # What was asked of the secretariat goes on waiting: the code may never be typed.
        claim = claim or Claim(organisation=held, user=by, way=Way.DOMAIN, status=ClaimStatus.CODE)
        claim.tries, claim.code_expires_at = 0, timezone.now() + CODE_GOOD_FOR
        claim.save()
        claim.code_digest = _digest(claim, told)
        claim.save(update_fields=["code_digest"])
        tell(by, "claim-code-sent", claim, before)
        mails.code(claim, told, int(CODE_GOOD_FOR.total_seconds() // 60))
    return claim


def confirm(*, by: User, claim: Claim, code: str) -> Member:
    """Whoever comes first administers it, the others are members. Raises NotAllowed: wrong, old, or tried too often."""
    assert claim.organisation_id is not None
    with alone_with(claim.organisation_id) as organisation:
        held = Claim.objects.select_for_update().get(pk=claim.pk, user=by)
        problem = _problem(held, by, organisation, "".join(code.split()))
        if not problem:
            return _admit_by_domain(held, by, organisation)
        if held.is_open:
            Claim.objects.filter(pk=held.pk).update(tries=held.tries + 1)
    raise NotAllowed(problem)


def _problem(claim: Claim, by: User, organisation: Organisation, code: str) -> str:
    if not claim.is_open or not claim.code_digest:
        return _("Ce code a déjà servi, ou la demande n’attend plus de code.")
    if claim.code_expires_at is None or claim.code_expires_at <= timezone.now():
        return _("Ce code n’est plus valable : demandez-en un autre.")
    if claim.tries >= MOST_TRIES:
        return _("Trop d’essais : demandez un autre code.")
    if not constant_time_compare(claim.code_digest, _digest(claim, code)):
        return _("Ce code ne va pas. Vérifiez-le, ou demandez-en un autre.")
    if not proving_address(by, organisation):
        return _("Votre adresse n’est plus au nom de domaine de cette organisation.")
    return ""


def _admit_by_domain(claim: Claim, by: User, organisation: Organisation) -> Member:
    first = not organisation.members.administrators().exists()
    claim.way = Way.DOMAIN
    decide(claim, ClaimStatus.ACCEPTED, by=by)
    role = Role.ADMINISTRATOR if first else Role.MEMBER
    member = admit(by=by, organisation=organisation, user=by, role=role, way=Way.DOMAIN)
    mails.joined(organisation, member)
    return member


def ask(*, by: User, organisation: Organisation, position: str, message: str) -> Claim:
    """Has the secretariat judge. Asked twice, it is one claim. Raises NotAllowed."""
    _require_measure(by)
    with alone_with(organisation.pk) as held:
        _require_outside(by, held)
        claim = Claim.objects.filter(organisation=held, user=by, status__in=OPEN).first()
        before = claim.status if claim else ""
        claim = claim or Claim(organisation=held, user=by)
        claim.way, claim.status = Way.MODERATION, ClaimStatus.WAITING
        claim.position, claim.message = position, message
        claim.save()
        tell(by, "claim-asked", claim, before)
    return claim


@transaction.atomic
def propose(*, by: User, proposed: organisations.OrganisationData, position: str, message: str) -> Claim:
    """Tells of an organisation that nobody knew, and asks to administer it. Raises NotAllowed beyond ten a day."""
    _require_measure(by)
    claim = Claim.objects.create(
        user=by,
        proposed=dict(proposed),
        way=Way.MODERATION,
        status=ClaimStatus.WAITING,
        position=position,
        message=message,
    )
    tell(by, "claim-proposed", claim, "")
    return claim


def withdraw(*, by: User, claim: Claim) -> None:
    """Raises NotAllowed once it is decided."""
    with transaction.atomic():
        held = _open(claim)
        if held.user_id != by.pk:
            raise NotAllowed(_("Cette demande n’est pas la vôtre."))
        decide(held, ClaimStatus.WITHDRAWN, by=by)


def accept(*, by: Actor, claim: Claim, role: Role) -> Member:
    """At the desk. Makes the organisation that was told of, or leads to the one that bears its numbers by now.

    Raises PermissionDenied, NotAllowed.
    """
    require_hub_editor(by)
    with transaction.atomic():
        organisation = lock(claim.organisation_id or _known(claim) or _make(by, claim))
        held = _open(claim)
        if held.status != ClaimStatus.WAITING:
            raise NotAllowed(_("Cette personne attend un code : elle n’a rien demandé au secrétariat."))
        _close_double(held, organisation, by)
        held.organisation = organisation
        decide(held, ClaimStatus.ACCEPTED, by=by)
        member = admit(by=by, organisation=organisation, user=held.user, role=role, way=Way.MODERATION)
        mails.decided(held, accepted=True)
    return member


def refuse(*, by: Actor, claim: Claim, reason: str) -> None:
    """At the desk, with the reason, that the claimant reads. Raises PermissionDenied, NotAllowed."""
    require_hub_editor(by)
    with transaction.atomic():
        held = _open(claim)
        held.reason = reason
        decide(held, ClaimStatus.REFUSED, by=by)
        mails.decided(held, accepted=False)


def _known(claim: Claim) -> int | None:
    """The one that bears its numbers: it may have come by another way since."""
    found = by_number(claim.proposed.get("siren"), claim.proposed.get("rna"))
    return found.pk if found else None


def _make(by: Actor, claim: Claim) -> int:
    """The organisation that the claim tells of. Nobody else can lock it before the journal: it is new."""
    _open(claim)
    label = _("Déclarations des organisations")
    source = Source.objects.filter(slug=SOURCE).first() or save_source(by=by, slug=SOURCE, label=label)[0]
    made, _verb = organisations.save(by=by, source=source, key=f"demande-{claim.pk}", **claim.proposed)
    return made.pk


def _close_double(claim: Claim, organisation: Organisation, by: Actor) -> None:
    """They may have asked for it under its own page too: one claim is enough."""
    others = Claim.objects.filter(organisation=organisation, user=claim.user, status__in=OPEN).exclude(pk=claim.pk)
    for other in others:
        decide(other, ClaimStatus.WITHDRAWN, by=by)


def _require_measure(by: User) -> None:
    if limits.count_of("claims", f"{by.pk}", window=_DAY) > _MOST_CLAIMS:
        raise NotAllowed(_("Trop de demandes en une journée : attendez demain."))


def _require_outside(by: User, organisation: Organisation) -> None:
    if organisation.closed_on:
        raise NotAllowed(_("Cette organisation est fermée."))
    if organisation.members.filter(user=by).exists():
        raise NotAllowed(_("Vous agissez déjà pour cette organisation."))


def _open(claim: Claim) -> Claim:
    held = Claim.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=claim.pk)
    if not held.is_open:
        said = _("Cette demande est déjà traitée : elle est « %(status)s ».")
        raise NotAllowed(said % {"status": ClaimStatus(held.status).label})
    return held


def _digest(claim: Claim, code: str) -> str:
    return salted_hmac("organisations.claim", f"{claim.pk}|{code}", algorithm="sha256").hexdigest()
