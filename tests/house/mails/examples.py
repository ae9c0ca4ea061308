"""Each kind of mail, written by the rooms' own functions to people of a small world."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import allauth
from allauth.account.adapter import get_adapter
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import RequestFactory
from django.utils import timezone

from fairealliance import accounts
from fairealliance.accounts.actions import vouch
from fairealliance.accounts.actors import SYSTEM
from fairealliance.accounts.inviting import invite
from fairealliance.accounts.mail import absolute, imprint
from fairealliance.accounts.models import User
from fairealliance.contributions import mails as contributions
from fairealliance.contributions.enums import CorrectionStatus
from fairealliance.contributions.models import Correction, Proposal
from fairealliance.introductions import actions as introductions
from fairealliance.introductions import mails as introducing
from fairealliance.introductions.models import Introduction, Message
from fairealliance.mailing import gathering, sending
from fairealliance.mailing.enums import LetterState
from fairealliance.mailing.models import Letter
from fairealliance.matching import digest
from fairealliance.matching.enums import RefusalReason
from fairealliance.needs import mails as needs
from fairealliance.needs.enums import NoticeKind, Side
from fairealliance.needs.models import Need
from fairealliance.network import actions as network
from fairealliance.network import telling
from fairealliance.network.actions.asking import Asked
from fairealliance.network.models import Catalyst
from fairealliance.organisations.enums import AllianceKind, Role
from fairealliance.organisations.members import claims, invitations
from fairealliance.organisations.members import mails as members
from fairealliance.organisations.models import Organisation
from fairealliance.pages.models import HubSettings
from fairealliance.roadmap import reminders
from fairealliance.roadmap.actions import measures, programmes
from fairealliance.roadmap.models import Measure
from fairealliance.staff import people as team
from fairealliance.staff.roadmap.people import _invite as invite_correspondent
from fairealliance.territories.models import Membership, Territory
from tests.factories import OrganisationFactory, PracticeFactory, TerritoryFactory, UserFactory
from tests.needs.cast import published
from tests.network.cast import catalyst
from tests.organisations.cast import join, person

Running = Callable[..., AbstractContextManager[Any]]
CHALLENGE = (
    "Des jeunes décrochent de l’école, et les entreprises d’ici cherchent des bras. Mon numéro : 04 77 12 34 56."
)


@dataclass
class World:
    """`run`: what is queued is sent at its end. `shown`: the mails, by a name."""

    run: Running
    shown: dict[str, EmailMultiAlternatives] = field(default_factory=dict)

    def __post_init__(self) -> None:
        HubSettings.objects.create(publisher="Le Collectif", publisher_address="12 rue du Forez\n42000 Saint-Étienne")
        self.loire = TerritoryFactory(level="departement", code="42", name="Loire", slug="loire", article=3)
        self.town = self._town("42218", "Saint-Étienne", 45.4397, 4.3872)
        self.elsewhere = TerritoryFactory(code="69123", name="Lyon", slug="lyon")
        self.halle = self._organisation("La Halle du Forez", "association")
        self.durand = self._organisation("Atelier Durand", "entreprise")
        self.silent = self._organisation("Les Jardins du Gier", "association")
        self.claire = person("claire@exemple.fr", name="Claire Fontaine")
        self.nameless = person("sans-nom@exemple.fr")
        self.editor = UserFactory(email="secretariat@exemple.fr", name="Camille Éditrice", is_secretariat=True)
        vouch(self.editor)
        self.own = join(self.halle, self.claire, Role.ADMINISTRATOR)
        self.theirs = join(self.durand, self.nameless, Role.ADMINISTRATOR)
        self.cleo = catalyst(person("cleo@exemple.fr", name="Cléo Relie"), self.loire, name="Cléo Relie")

    def _town(self, code: str, name: str, latitude: float, longitude: float) -> Territory:
        made: Territory = TerritoryFactory(code=code, name=name, latitude=latitude, longitude=longitude)
        Membership.objects.create(child=made, parent=self.loire)
        return made

    def _organisation(self, name: str, sphere: str) -> Organisation:
        made: Organisation = OrganisationFactory(name=name, sphere=sphere, seat=self.town, goals=[4])
        return made

    def take(self, name: str) -> None:
        """Whatever was written since: letters to people, and what went by itself."""
        soon = timezone.now() + timedelta(days=8)
        gathering.gather(soon)
        letters = Letter.objects.filter(state=LetterState.QUEUED).select_related("user").order_by("pk")
        found = [sending.message_of(each, publisher=imprint()) for each in letters]
        letters.update(state=LetterState.SENT)
        found += mail.outbox
        mail.outbox = []
        assert found, name
        for message in found:
            key = f"{name}, à {message.to[0].partition('@')[0]}"
            assert key not in self.shown, key
            self.shown[key] = message


def all_of(run: Running) -> dict[str, EmailMultiAlternatives]:
    world = World(run)
    for write in (
        _introductions,
        _support,
        _profiles,
        _needs,
        _members,
        _roadmap,
        _digests,
        _cases,
        _invitations,
        _account,
    ):
        for name in write(world):
            world.take(f"{write.__name__[1:]} — {name}")
    return world.shown


def _asked(world: World, other: Organisation, key: str, need: Need | None = None, **facts: Any) -> Introduction:
    told = {
        "subject": "Un local pour l’atelier vélo",
        "text": "Bonjour,\n\nNous cherchons 80 m² le mercredi.\nhttps://ailleurs.example/ ou 04 77 12 34 56.",
    }
    return introductions.ask(
        by=world.claire, asker=world.halle, asked=other, page_key=key, need=need, **{**told, **facts}
    )


def _introductions(world: World) -> Iterator[str]:
    now = timezone.now()
    offer = published(world.nameless, world.durand, Side.OFFER, title="Un local à prêter le mercredi")
    made = _asked(world, world.durand, "k1", offer)
    yield "demandée"
    step = made.steps.filter(kind="reminder").first()
    assert step is not None
    introducing.reminded(made, step, date(2026, 12, 24), now)
    yield "rappel"
    introducing.warned(made, [world.cleo.user], now)
    yield "un tiers averti"
    made.companion = world.cleo.user
    introducing.accompanied(made, now)
    yield "un tiers accompagne"
    introducing.left_alone(made, world.claire, now)
    yield "l’accompagnement prend fin"
    made.companion = None
    said = Message.objects.create(
        introduction=made, side="asked", by_user=world.nameless, text="Quels soirs ?\nÀ vous.", page_key="m", at=now
    )
    introducing.wrote(made, said, world.nameless, now)
    yield "message"
    held = introductions.accept(by=world.nameless, introduction=made)
    yield "acceptée"
    held = introductions.begin(by=world.claire, introduction=held, kind=AllianceKind.PATRONAGE)
    yield "alliance commencée"
    checkup = held.checkups.filter(side="asker").first()
    assert checkup is not None
    checkup.closes_on = date(2027, 2, 21)
    introducing.checkup(checkup, now)
    yield "deux questions"
    introductions.end(by=world.claire, introduction=held, reason="done", words="Le bail prend fin.")
    yield "prend fin"
    unheard = _asked(world, world.silent, "k2")
    yield "personne pour répondre"
    introducing.closed(unheard, now)
    yield "close"
    both = introductions.propose(
        by=world.editor, first=world.halle, second=world.durand, subject="Un verger", text="Parlez-vous.", page_key="p"
    )
    yield "proposée aux deux"
    introductions.decline(by=world.nameless, introduction=both, reason=RefusalReason.values[0], words="Pas cet hiver.")
    yield "refusée"


def _support(world: World) -> Iterator[str]:
    def asked(town: Territory, key: str, organisation: Organisation | None = None) -> Any:
        told = Asked(town, CHALLENGE, sector="emploi", trade="dialogue", organisation=organisation)
        return network.ask(by=world.claire, asked=told, page_key=key)

    one = asked(world.town, "s1", world.halle)
    yield "proposée"
    network.accept(by=world.cleo.user, request=one)
    yield "acceptée"
    network.end(by=world.cleo.user, request=one, outcome="Un collectif est né.")
    yield "terminée"
    second = catalyst(person("dan@exemple.fr", name="Dan"), world.loire, name="Dan", capacity=9)
    two = asked(world.town, "s2")
    yield "d’une personne"
    network.hand_on(
        by=two.catalyst.user, request=two, reason="Trop loin.", to=second if two.catalyst != second else world.cleo
    )
    yield "passée à la suivante"
    network.withdraw(by=world.claire, request=two)
    yield "retirée"
    Catalyst.objects.filter(pk=second.pk).update(capacity=0)
    three = asked(world.town, "s3")
    world.take("support — avant le secrétariat")
    network.decline(by=world.cleo.user, request=three, reason="Plus le temps.")
    yield "reprise par le secrétariat"
    asked(world.elsewhere, "s4")
    yield "personne ne couvre"


def _profiles(world: World) -> Iterator[str]:
    held = world.cleo
    telling.judged(held, accepted=True)
    yield "accepté"
    held.decided_at = timezone.now()
    telling.judged(held, accepted=False)
    yield "pas retenu"
    telling.entered(held)
    yield "invité, entré"
    held.standing, held.proposed_at = "waiting", timezone.now()
    telling.entered(held)
    yield "à examiner"


def _needs(world: World) -> Iterator[str]:
    need = published(world.claire, world.halle, title="Des bras pour la récolte")
    needs.ending(need, world.claire, NoticeKind.BEFORE)
    yield "bientôt à son terme"
    needs.ending(need, world.claire, NoticeKind.AFTER)
    yield "plus affiché"


def _members(world: World) -> Iterator[str]:
    newcomer = person("nour@halle-forez.fr", name="Nour Nouvelle")
    OrganisationFactory._meta.model.objects.filter(pk=world.halle.pk).update(website="https://www.halle-forez.fr/")
    world.halle.refresh_from_db()
    claim = claims.send_code(by=newcomer, organisation=world.halle)
    yield "code"
    member = join(world.halle, newcomer)
    members.joined(world.halle, member)
    yield "quelqu’un arrive"
    member.role = Role.ADMINISTRATOR
    members.named(world.halle, member, 1)
    yield "administre"
    member.role = Role.MEMBER
    members.named(world.halle, member, 2)
    yield "n’administre plus"
    members.removed(world.halle, member)
    yield "retirée"
    members.decided(claim, accepted=True)
    yield "demande acceptée"
    claim.status, claim.reason = "refused", "Votre courriel n’est pas celui de l’association."
    members.decided(claim, accepted=False)
    yield "demande pas retenue"
    sent = invitations.invite(by=world.claire, organisation=world.halle, email="ami@exemple.fr", role=Role.MEMBER)
    yield "invitation"
    members.declined(sent)
    yield "invitation déclinée"


def _measure(world: World) -> Measure:
    start = date(2022, 1, 1)
    programme, _made = programmes.save_programme(
        by=SYSTEM, slug="petit", title="Petit programme", started_on=start, rhythm=12, since=start
    )
    dimension, _made = programmes.save_dimension(
        by=SYSTEM, programme=programme, number=1, title="Première", delay_min=3, delay_max=6, since=start
    )
    title = "Une ingénierie au service des territoires"
    measures.save_measure(by=SYSTEM, programme=programme, number=6, title=title, dimension=dimension, since=start)
    return Measure.objects.get(programme=programme)


def _roadmap(world: World) -> Iterator[str]:
    measure = _measure(world)
    measures.add_correspondent(by=SYSTEM, measure=measure, user=world.claire)
    for name, month, day in (("bilan attendu", 6, 20), ("bilan en retard", 7, 3)):
        reminders.send_due(timezone.make_aware(datetime(2022, month, day, 10)))
        yield name
    with world.run(execute=True):
        invite_correspondent(world.editor, measure, {"email": "elle@exemple.fr", "name": "Elle Dupuis"})
    yield "invitation à rendre compte"


def _digests(world: World) -> Iterator[str]:
    published(world.claire, world.halle, title="Un atelier à partager")
    digest.write_due(timezone.make_aware(datetime(2026, 11, 23, 8)))
    yield "suggestions de la semaine"
    now = timezone.now()
    made = introductions.ask(
        by=world.nameless,
        asker=world.durand,
        asked=world.halle,
        subject="Trois vélos à réparer",
        text="Qui sait les réparer chez vous ?",
        page_key="k9",
    )
    step = made.steps.filter(kind="reminder").first()
    assert step is not None
    introducing.reminded(made, step, date(2026, 12, 24), now)
    introducing.reminded(_again(made), step, date(2026, 12, 26), now)
    digest.write_due(timezone.make_aware(datetime(2026, 11, 30, 8)))
    yield "plusieurs à la fois"


def _again(made: Introduction) -> Introduction:
    """As if its round were another: a second reminder that waits beside the first."""
    made.round += 1
    return made


def _cases(world: World) -> Iterator[str]:
    told = {"title": "Un garage et une école remettent des jeunes en selle", "contact_name": "Anne Lebrun"}
    proposal = Proposal.objects.create(
        start_key="x", contact_email="anne@exemple.fr", practice=PracticeFactory(), **told
    )
    proposal.reason = "Ce n’est pas une alliance."
    contributions.link(proposal)
    yield "lien"
    contributions.received(proposal)
    yield "reçue"
    contributions.question(proposal, "Combien de jeunes ?\nDepuis quand ?")
    yield "question"
    contributions.accepted(proposal)
    yield "publiée"
    contributions.declined(proposal)
    yield "pas retenue"
    contributions.unpublished(proposal)
    yield "dépubliée"
    facts = {"subject": "practice:1", "subject_title": "Un garage solidaire", "contact_email": "anne@exemple.fr"}
    correction = Correction(**facts, reason="La source dit autre chose.", status=CorrectionStatus.ACCEPTED)
    contributions.decided(correction)
    yield "remarque suivie"
    correction.status = CorrectionStatus.REFUSED
    contributions.decided(correction)
    yield "remarque pas suivie"


def _invitations(world: World) -> Iterator[str]:
    with world.run(execute=True):
        network.invite(
            by=world.editor, email="zoe@exemple.fr", name="Zoé", words="Venez avec nous.\nZoé, on compte sur vous."
        )
    yield "catalyseur"
    with world.run(execute=True):
        team.invite_editor(by=world.editor, email="ed@exemple.fr", name="Édith", is_writer_only=True)
    yield "bureau"
    with world.run(execute=True):
        team.rescue_editor(by=SYSTEM, email="ed@exemple.fr")
    yield "accès rouvert"
    User.objects.filter(pk=world.claire.pk).update(last_login=timezone.now())
    with world.run(execute=True):
        invite(
            by=world.editor, email=world.claire.email, subject="Un essai", text="Venez.", then="/aide/", label="Lire"
        )
    yield "qui est déjà entré"


def _account(world: World) -> Iterator[str]:
    """All that allauth sends by templates of ours."""
    root = Path(accounts.__file__).parent / "templates"
    links = {name: absolute(f"/{name}/") for name in ("activate_url", "password_reset_url")}
    context = {**links, "code": "K7PQ-R2TX", "request": RequestFactory().get("/connexion/code/")}
    for path in sorted(root.glob("*/email/*_message.txt")):
        prefix = str(path.relative_to(root)).removesuffix("_message.txt")
        is_unknown = prefix.endswith(("unknown_account", "confirmation_signup"))
        with world.run(execute=True):
            to = "inconnue@exemple.fr" if is_unknown else world.claire.email
            get_adapter().send_mail(prefix, to, dict(context))
        yield prefix


THEIRS = Path(allauth.__file__).parent / "templates"
