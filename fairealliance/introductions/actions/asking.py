"""Asking: one organisation of another, or a catalyst of both."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.accounts.models import User
from fairealliance.introductions import mails
from fairealliance.introductions.actions.shared import begin_round, save
from fairealliance.introductions.enums import Owing, Route, Side
from fairealliance.introductions.life import OPEN, NotAllowed
from fairealliance.introductions.models import Introduction, Message
from fairealliance.introductions.permissions import can_propose, require
from fairealliance.introductions.querysets import IntroductionQuerySet
from fairealliance.needs.life import LISTED
from fairealliance.needs.models import Need
from fairealliance.organisations.models import Organisation
from fairealliance.organisations.permissions import can_act_for

_MOST_A_DAY = 30
_DAY = timedelta(days=1)


class AlreadyOpen(NotAllowed):
    """They are in touch already on that subject: `held` is where."""

    def __init__(self, held: Introduction) -> None:
        super().__init__(_("Une mise en relation est déjà ouverte entre ces deux organisations sur ce sujet."))
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
    """In the name of `asker`. Asked twice by one page, it is asked once.

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
    made.page_key = f"{by.pk}:{page_key[:60]}"
    if held := Introduction.objects.filter(page_key=made.page_key).first():
        return held
    _check(made, by)
    assert made.asker is not None
    assert made.asked is not None
    made.asker_name, made.asked_name = made.asker.name, made.asked.name
    made.is_demo = made.asker.is_demo or made.asked.is_demo
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
    shown = Need.objects.readable_by(by).filter(pk=need.pk, status__in=LISTED)
    return need.organisation_id in pair and shown.exists()
