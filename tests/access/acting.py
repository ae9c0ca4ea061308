"""Who acts for which organisation, what these seek and bring, and what people are told of it by mail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from fairealliance.accounts import mail_link
from fairealliance.accounts.actions import vouch
from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.models import User
from fairealliance.config.access import things
from fairealliance.config.access.roles import SIGNED_IN, Role
from fairealliance.mailing import kinds, unsubscribing
from fairealliance.mailing.enums import LetterState
from fairealliance.mailing.models import Letter
from fairealliance.needs import actions
from fairealliance.needs.enums import Side
from fairealliance.needs.life import Verb
from fairealliance.needs.links import renewal_path
from fairealliance.needs.models import Need
from fairealliance.organisations import merging
from fairealliance.organisations.enums import ClaimStatus, Way
from fairealliance.organisations.enums import Role as Acting
from fairealliance.organisations.members import invitations
from fairealliance.organisations.models import Claim, Invitation, Organisation
from tests.access.cast import Someone
from tests.access.known import SECRET, Known, Words
from tests.factories import EstablishmentFactory, OrganisationFactory, UserFactory
from tests.needs.cast import draft, published
from tests.organisations.cast import join

ADMINISTRATOR, MEMBER = Acting.ADMINISTRATOR, Acting.MEMBER
Place = Callable[[Someone], Words]


def build(known: Known) -> None:
    """One organisation that all the cast administers, one that all act for, one each for those alone, one of others."""
    cast = {role: someone.user for role, someone in known.people.items() if someone.user}
    assert set(cast) == SIGNED_IN
    other = UserFactory(email="quelquun@exemple.fr", name="Quelqu’un")
    vouch(other)
    led, acted_for, theirs = (OrganisationFactory(name=name) for name in ("La Halle", "La Ruche", "Le Moulin"))
    for organisation in (led, acted_for, theirs):
        join(organisation, other, ADMINISTRATOR)
    for user in cast.values():
        join(led, user, ADMINISTRATOR)
        join(acted_for, user, MEMBER)
    _teams(known, cast, led, acted_for, theirs)
    _claims(known, cast, theirs)
    _needs(known, cast[Role.MEMBER], led, other, theirs)
    _mails(known, cast[Role.MEMBER])
    _entering(known, other)


def _teams(
    known: Known, cast: dict[Role, User], led: Organisation, acted_for: Organisation, theirs: Organisation
) -> None:
    alone: dict[Role, Words] = {}
    for role, user in cast.items():
        organisation = OrganisationFactory(name=f"Maison {role}")
        join(organisation, user, ADMINISTRATOR)
        alone[role] = _team(organisation)
    others, outside = _team(led), _team(theirs)
    middle = _team(acted_for)
    known.besides["suggestions:refuse:other"] = known.besides["suggestions:restore:other"] = theirs.pk
    known.put(
        things.TEAM,
        administered=others,
        alone=lambda someone: alone.get(someone.role, outside),
        acted_for=middle,
        of_others=outside,
    )
    merged = OrganisationFactory(name="Le Moulin (doublon)")
    known.put(things.MERGER, known={"pk": merging.merge(by=SYSTEM, kept=theirs, gone=merged).pk})
    good = {role: _invitation(theirs, user.email) for role, user in cast.items()}
    visitors = _invitation(theirs, "visite@exemple.fr")
    over = {"token": _invitation(theirs, "trop-tard@exemple.fr", cancelled_at=timezone.now())["token"]}
    known.put(things.INVITATION, good=lambda someone: good.get(someone.role, visitors), over=over)


def _team(organisation: Organisation) -> Words:
    """Its first member, one of its places, an invitation that waits."""
    invited = _invitation(organisation, f"invite-{organisation.pk}@exemple.fr")
    site = EstablishmentFactory(organisation=organisation, siret=None)
    member = organisation.members.order_by("pk")[0]
    words = {"pk": organisation.pk, "member": member.pk, "site": site.pk, "slug": "presentation"}
    return words | {"invitation": invited["pk"]}


def _invitation(organisation: Organisation, email: str, **facts: Any) -> Words:
    until = timezone.now() + timedelta(days=9)
    made = Invitation.objects.create(organisation=organisation, email=email, expires_at=until, **facts)
    return {"pk": made.pk, "token": _last(invitations.link(made))}


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _claims(known: Known, cast: dict[Role, User], theirs: Organisation) -> None:
    told: dict[str, Any] = {"organisation": theirs, "way": Way.DOMAIN, "status": ClaimStatus.CODE}
    own = {role: Claim.objects.create(user=user, **told).pk for role, user in cast.items()}

    def of_others(someone: Someone) -> Words:
        return {"pk": own[Role.MEMBER if someone.role != Role.MEMBER else Role.WRITER]}

    known.put(
        things.CLAIM,
        own=lambda someone: {"pk": own[someone.role]} if someone.user else of_others(someone),
        of_others=of_others,
    )
    desk = {}
    for status in ClaimStatus:
        user = UserFactory(email=f"demande-{status}@exemple.fr")
        said = {"way": Way.MODERATION, "status": status, "message": SECRET}
        desk[status.value] = {"pk": Claim.objects.create(user=user, organisation=theirs, **said).pk}
    known.put(things.DESK_CLAIM, **desk)


def _needs(known: Known, user: User, own: Organisation, other: User, theirs: Organisation) -> None:
    for side, thing in ((Side.NEED, things.NEED), (Side.OFFER, things.OFFER)):
        public = _seen(published(other, theirs, side, title="Un local à partager"))
        network = _seen(published(other, theirs, side, title="Entre nous", visibility="network"))
        closed = _closed(published(other, theirs, side, title=f"{SECRET} fermé"), other)
        mine = published(user, own, side, title="Par lien seulement", visibility="link")
        known.put(thing, public=public, of_ones_network=network, own=_seen(mine), hidden=_seen(closed))
    draft(other, theirs, title=f"{SECRET} en brouillon")
    hidden = published(other, theirs, title=f"{SECRET} chez les autres", visibility="link")
    led = published(user, own, title="À nous")
    known.put(things.OWN_NEED, own=_led(led), of_others=_led(hidden))
    over = _closed(published(other, theirs, title=f"{SECRET} fini", visibility="link"), other)
    known.put(things.NEED_LINK, good=_by_link(hidden.token), over=_by_link(over.token))
    stranger = UserFactory(email="ancienne@exemple.fr")
    known.put(
        things.RENEWAL,
        good=_by_link(_last(renewal_path(hidden, other))),
        done=_by_link(_last(renewal_path(over, other))),
        over=_by_link(_last(renewal_path(hidden, stranger))),
    )


def _seen(need: Need) -> Words:
    return {"pk": need.pk, "slug": need.slug}


def _led(need: Need) -> Words:
    return {"pk": need.pk, "act": "fermer", "version": need.version}


def _closed(need: Need, by: User) -> Need:
    return actions.move(by=by, need=need, verb=Verb.CLOSE)


def _by_link(token: str) -> Place:
    """Those who hold no link can only guess one."""
    return lambda someone: {"token": token if someone.role == Role.HOLDER else "devine"}


def _entering(known: Known, user: User) -> None:
    gone = UserFactory(email="entree@exemple.fr")
    over = _last(mail_link.path_for(gone.email))
    User.objects.filter(pk=gone.pk).update(last_login=timezone.now())
    known.put(things.MAIL_LINK, good={"token": _last(mail_link.path_for(user.email))}, over={"token": over})


def _mails(known: Known, user: User) -> None:
    slug = kinds.known()[0].slug
    known.put(things.WAY_OUT, good={"token": _last(unsubscribing.path(user.pk, {slug}))})
    letters = {
        state.value: {"pk": Letter.objects.create(user=user, state=state, next_try_at=timezone.now()).pk}
        for state in (LetterState.FAILED, LetterState.SENT)
    }
    known.put(things.LETTER, **letters)
