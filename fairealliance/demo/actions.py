"""The invented world, made by the very acts of its people, and taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from fairealliance.accounts.actors import SYSTEM, Actor
from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import require_hub_editor
from fairealliance.demo import people, world
from fairealliance.demo.people import Way
from fairealliance.demo.world import Asking, Helping, Invented, Sought
from fairealliance.federation import starter_content
from fairealliance.federation.sources import described
from fairealliance.introductions import actions as introductions
from fairealliance.introductions.models import Introduction
from fairealliance.journal.actions import record
from fairealliance.lib.french_numbers import counted
from fairealliance.needs import actions as needs
from fairealliance.network import actions as network
from fairealliance.network.models import Catalyst
from fairealliance.organisations.enums import Role
from fairealliance.organisations.enums import Way as Entry
from fairealliance.organisations.members.actions import admit
from fairealliance.organisations.members.alone import alone_with
from fairealliance.organisations.models import Organisation, Profile
from fairealliance.organisations.profiles import actions as profiles
from fairealliance.territories.models import Territory


def load(*, by: Actor) -> list[Way]:
    """Makes the whole world, or what is missing of it. Returns how to sign in as each; passwords are new every time.

    Its secretariat has the desk, and all that the desk may do, over what is real too: `at_stake` tells it.
    """
    require_hub_editor(by)
    starter_content.load(by=by, part=starter_content.DEMO, again=True)
    told = world.read()
    with transaction.atomic():
        entered = {person.mail: people.enter(person) for person in told.people}
        users = {mail: user for mail, (user, _way) in entered.items()}
        for person in told.people:
            _place(person, users[person.mail])
        for key, said in told.profiles.items():
            _describe(_organisation(key), said)
        for need in told.needs:
            _publish(need, users[need.by])
        for catalyst in told.catalysts:
            _list(catalyst, users[catalyst.by])
        for introduction in told.introductions:
            _introduce(introduction, users[introduction.by])
        record(by=by, verb="demo-loaded", subject="demo:world", detail={"people": len(users)})
    return [way for _user, way in entered.values()]


def at_stake() -> str:
    """What is real here beyond the starter content, in the hands of the invented secretariat; empty when nothing is."""
    people = User.objects.filter(is_demo=False).count()
    organisations = Organisation.objects.filter(is_demo=False).exclude(source__slug__in=list(described())).count()
    if not people and not organisations:
        return ""
    told = {"people": counted(people, "compte réel", "comptes réels")}
    told["organisations"] = counted(organisations, "organisation réelle", "organisations réelles")
    said = _("Il y a ici %(people)s et %(organisations)s, que le secrétariat inventé peut modifier ou retirer.")
    return said % told


def remove(*, by: Actor) -> dict[str, int]:
    """Deletes everything invented: records, then people, who would else be the last to act for them.

    Returns how many of each kind. Raises accounts.personal.Held, and removes nothing, when one of them is needed by
    something real.
    """
    require_hub_editor(by)
    with transaction.atomic():
        removed = starter_content.remove_demo(by=by)
        removed["support"] = network.remove_invented(by=by)
        removed["people"] = people.erase_all()
    return removed


def _organisation(key: str) -> Organisation:
    return Organisation.objects.get(is_demo=True, source_key=key)


def _territory(ref: str) -> Territory:
    level, _colon, code = ref.partition(":")
    return Territory.objects.get(level=level, code=code)


def _place(person: Invented, user: User) -> None:
    """Who administers or acts for an organisation does so by the secretariat's hand."""
    for key, role in ((person.administers, Role.ADMINISTRATOR), (person.acts_for, Role.MEMBER)):
        if key:
            with alone_with(_organisation(key).pk) as held:
                admit(by=SYSTEM, organisation=held, user=user, role=role, way=Entry.MODERATION)
    if person.mediates:
        network.give_mediation(by=SYSTEM, user=user, territory=_territory(person.mediates))


def _describe(organisation: Organisation, said: dict[str, object]) -> None:
    """Once: what somebody changed while playing stays."""
    if not Profile.objects.filter(organisation=organisation).exists():
        profiles.tell(by=SYSTEM, organisation=organisation, version=0, said=said)


def _publish(told: Sought, user: User) -> None:
    """Once, whatever became of it since."""
    page = f"demo:{told.organisation}:{told.side}"
    need = needs.begin(by=user, organisation=_organisation(told.organisation), side=told.side, page_key=page)
    if not need.published_at:
        kept = needs.save(by=user, need=need, raw=told.content, version=need.version, page=page)
        needs.publish(by=user, need=kept)


def _list(told: Helping, user: User) -> None:
    """Once: proposed by its owner, accepted by the secretariat."""
    if Catalyst.objects.filter(user=user).exists():
        return
    places = [_territory(ref) for ref in told.territories]
    besides = {"name": user.name, "absent_from": None, "absent_until": None, "territories": places}
    said = {**told.said, **besides, "organisation": _organisation(told.organisation)}
    network.judge(by=SYSTEM, catalyst=network.save(by=user, said=said), accepted=True)


def _introduce(told: Asking, user: User) -> None:
    """Once, whatever became of it."""
    asker, asked = _organisation(told.asker), _organisation(told.asked)
    if not Introduction.objects.filter(asker=asker, asked=asked).exists():
        key = f"demo:{told.asker}:{told.asked}"
        introductions.ask(by=user, asker=asker, asked=asked, subject=told.subject, text=told.text, page_key=key)
