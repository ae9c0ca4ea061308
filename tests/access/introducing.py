"""Introductions as each of the cast stands to them, and the links that ask how an alliance is doing."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

from django.utils import timezone
from PIL import Image

from fairealliance.accounts.models import User
from fairealliance.config.access import things
from fairealliance.config.access.roles import Role
from fairealliance.introductions import actions
from fairealliance.introductions.links import follow_up_path
from fairealliance.introductions.models import Checkup
from fairealliance.lib import sent_files
from fairealliance.organisations.enums import AllianceKind
from tests.access.cast import Someone
from tests.access.known import SECRET, Known, Place, Words
from tests.factories import OrganisationFactory, UserFactory
from tests.organisations.cast import join


def build(known: Known) -> None:
    """Everybody who signs in acts for one organisation; two act for others."""
    names = ("nous", "eux", "tiers", "quatrieme")
    ours, theirs, third, fourth = (OrganisationFactory(slug=name, name=name) for name in names)
    by, to = UserFactory(), UserFactory()
    for someone in known.people.values():
        if someone.user:
            join(ours, someone.user)
    for organisation, user in ((theirs, by), (third, to), (fourth, to)):
        join(organisation, user)
    own = known.people[Role.MEMBER].user
    assert own is not None
    kept: dict[str, Place] = {}
    pairs = {"to_answer": (by, theirs, ours), "asked_by_own": (own, ours, third), "of_others": (to, third, theirs)}
    for state, (who, asker, asked) in pairs.items():
        made = actions.ask(
            by=who, asker=asker, asked=asked, subject=f"{SECRET} {state}", text=f"{SECRET} dit.", page_key=state
        )
        message = actions.write(by=who, introduction=made, text=f"{SECRET}.", page_key="file", files=[photo()])
        kept[state] = {"pk": made.pk, "key": message.attachments.get().key}
    known.put(things.INTRODUCTION, **kept)
    known.besides["introductions:ask?"] = f"?a={theirs.pk}"
    begun = actions.ask(by=by, asker=theirs, asked=fourth, subject="Commencée", text="Bonjour.", page_key="begun")
    actions.accept(by=to, introduction=begun)
    actions.begin(by=to, introduction=begun, kind=AllianceKind.PATRONAGE)
    begun.checkups.update(asked_at=timezone.now(), closes_on=timezone.localdate())
    good, over = begun.checkups.filter(months=3).order_by("pk")
    Checkup.objects.filter(pk=over.pk).update(closes_on=date(2026, 1, 1))
    known.put(things.FOLLOW_UP, good=_of_signed(good, by), over=_of_signed(over, to), left=_of_signed(good, to))


def photo() -> tuple[str, sent_files.Taken]:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG")
    return "photo.jpg", sent_files.take_photo(BytesIO(picture.getvalue()), len(picture.getvalue()))


def _of_signed(checkup: Checkup, user: User) -> Callable[[Someone], Words]:
    """Those who hold no link can only guess one."""
    token = follow_up_path(checkup, user).rstrip("/").rpartition("/")[2]
    return lambda someone: {"token": token if someone.role == Role.HOLDER else "devine"}
