"""Asking: one organisation of another, or a catalyst of both."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.models import User
from fairealliance.introductions import mails
from fairealliance.introductions.actions.advancing import advance_one
from fairealliance.introductions.actions.shared import begin_round, save
from fairealliance.introductions.enums import Owing, Route, Side, Status
from fairealliance.introductions.life import OPEN
from fairealliance.introductions.models import Introduction, Message
from fairealliance.introductions.permissions import can_propose, require
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.lives import NotAllowed
from fairealliance.lib.sent_once import sent_once
from fairealliance.needs.enums import Visibility
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for

_MOST_A_DAY = 30
_DAY = timedelta(days=1)
_LET_BE, _MOST_AGAIN, _WITHIN = timedelta(days=90), 3, timedelta(days=30)
"""How long a no is left in peace; how many times one may ask the same organisation, within how long."""


class AlreadyOpen(NotAllowed):
    """They are in touch already about that need or offer, or about none: `held` is where."""

    def __init__(self, held: Introduction) -> None:
        # Without a need or an offer, whatever their words say of the subject.
        said = _("Une mise en relation est déjà ouverte entre ces deux organisations.")
        if held.need and held.need.is_need:
            said = _("Une mise en relation est déjà ouverte entre ces deux organisations au sujet de ce besoin.")
        elif held.need:
            said = _("Une mise en relation est déjà ouverte entre ces deux organisations au sujet de cette offre.")
        super().__init__(said)
        self.held = held


def ask(
    *,
    by: User,
    asker: Organisation,
    asked: Organisation,
    subject: str,
    text: str,
    page_key: str,
    need: Need | None = None,
    now: datetime | None = None,
) -> Introduction:
    """In the name of `asker`. Sent twice by one page, it is asked once; other words from that page are another request.

    Raises PermissionDenied; NotAllowed when they cannot be put in touch; AlreadyOpen when they are.
    """
    require(can_act_for(by, asker))
    made = Introduction(
        asker=asker, asked=asked, route=Route.ALONE, need=need, subject=subject, asker_accepted_at=now or timezone.now()
    )
    return _ask(made, by, text, page_key, now or timezone.now())


def propose(
    *,
    by: User,
    first: Organisation,
    second: Organisation,
    subject: str,
    text: str,
    page_key: str,
    need: Need | None = None,
    now: datetime | None = None,
) -> Introduction:
    """A catalyst, for both sides: each says yes for itself. Raises as `ask` does."""
    require(can_propose(by))
    made = Introduction(asker=first, asked=second, route=Route.CATALYST, need=need, subject=subject)
    return _ask(made, by, text, page_key, now or timezone.now())


@transaction.atomic
def _ask(made: Introduction, by: User, text: str, page_key: str, now: datetime) -> Introduction:
    made.page_key = sent_once(page_key, by.pk, made.asker_id, made.asked_id, made.need_id, made.subject, text)
    if held := Introduction.objects.filter(page_key=made.page_key).first():
        return held
    _check(made, by)
    _check_lets_be(made, now)
    assert made.asker is not None
    assert made.asked is not None
    made.asker_name, made.asked_name = made.asker.name, made.asked.name
    made.is_demo = made.asker.is_demo
    made.asked_by, made.asked_at, made.touched_at = by, now, now
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise AlreadyOpen(_same(made).get()) from None
    side = Side.ASKER if made.route == Route.ALONE else ""
    first = Message.objects.create(introduction=made, side=side, by_user=by, text=text, page_key="first", at=now)
    begin_round(made, Owing.ASKED if made.route == Route.ALONE else Owing.BOTH, now)
    save(made, "asked", by=by, now=now)
    mails.asked(made, first, now)
    # What is due today: a third is warned at once when nobody acts for those that are asked.
    advance_one(made.pk, now)
    return made


def _same(made: Introduction) -> IntroductionQuerySet:
    """The open one between the same two on the same subject, whoever asked."""
    pair = (made.asker_id, made.asked_id)
    return Introduction.objects.filter(asker__in=pair, asked__in=pair, need=made.need, status__in=OPEN)


def _check(made: Introduction, by: User) -> None:
    """Raises NotAllowed, in words for people."""
    asker, asked, today = made.asker, made.asked, timezone.localdate()
    assert asker is not None
    assert asked is not None
    if asker.pk == asked.pk:
        raise NotAllowed(_("Une organisation ne peut pas être mise en relation avec elle-même."))
    _check_one_world(asker, asked, by)
    _check_not_both(made, by)
    for each in (asker, asked):
        if each.closed_on and each.closed_on <= today:
            raise NotAllowed(_("%s est fermée : personne ne pourrait répondre.") % each.name)
    if made.need and not _is_theirs(made.need, (asker.pk, asked.pk), by):
        raise NotAllowed(_("Ce besoin ou cette offre n’est plus ouvert, ou n’est d’aucune des deux organisations."))
    if _same(made).exists():
        raise AlreadyOpen(_same(made).first() or made)
    if limits.count_of("introductions-asked", str(by.pk), window=_DAY) > _MOST_A_DAY:
        raise NotAllowed(_("Beaucoup de demandes en une journée : attendez demain, ou les premières réponses."))


def _check_one_world(asker: Organisation, asked: Organisation, by: User) -> None:
    if by.is_demo and not (asker.is_demo and asked.is_demo):
        raise NotAllowed(_("Ce compte est inventé : il ne s’adresse qu’à des organisations inventées."))
    if asker.is_demo != asked.is_demo:
        raise NotAllowed(_("L’une des deux organisations est inventée : personne ne répondrait à l’autre."))


def _check_lets_be(made: Introduction, now: datetime) -> None:
    """Whoever said no is left in peace for a while, and nobody is asked again and again. They may ask in their turn."""
    pair = (made.asker_id, made.asked_id)
    between = Introduction.objects.filter(asker__in=pair, asked__in=pair)
    noes = between.filter(status=Status.DECLINED, ended_at__gte=now - _LET_BE)
    asked = (made.asked_id,) if made.route == Route.ALONE else pair
    if no := next((each for each in noes if each.organisation_id_of(each.ended_by) in asked), None):
        words = {"name": no.name_of(no.ended_by), "day": in_words(_until(no))}
        raise NotAllowed(_("%(name)s a dit non il y a peu : une nouvelle demande sera possible le %(day)s.") % words)
    again = between.filter(asker=made.asker, asked=made.asked, asked_at__gte=now - _WITHIN)
    if again.count() >= _MOST_AGAIN:
        raise NotAllowed(_("Vous avez déjà demandé trois fois en un mois : laissez-leur un peu de temps."))


def _until(no: Introduction) -> date:
    assert no.ended_at is not None
    return timezone.localtime(no.ended_at + _LET_BE).date()


def _check_not_both(made: Introduction, by: User) -> None:
    assert made.asker is not None
    assert made.asked is not None
    of_both = can_act_for(by, made.asker) and can_act_for(by, made.asked)
    if of_both:
        names = {"one": made.asker.name, "other": made.asked.name}
        said = _("Vous agissez à la fois pour %(one)s et pour %(other)s : on ne se met pas en relation avec soi-même.")
        raise NotAllowed(said % names)
    if made.route == Route.CATALYST and (can_act_for(by, made.asker) or can_act_for(by, made.asked)):
        raise NotAllowed(_("Vous agissez pour l’une des deux : demandez en son nom, plutôt qu’en tiers."))


def _is_theirs(need: Need, pair: tuple[int, int], by: User) -> bool:
    """What goes by link is for whoever was given it: the page asks for the link."""
    still = Need.objects.filter(pk=need.pk, status__in=LISTED)
    shown = still.readable_by(by).exists() or still.filter(visibility=Visibility.LINK).exists()
    return need.organisation_id in pair and shown
