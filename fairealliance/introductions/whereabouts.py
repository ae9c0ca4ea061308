"""In which introductions somebody may be named: those they led, wrote in or were told of, and their organisations',
those they left included.
"""

from collections.abc import Iterable

from django.db.models import Q

from fairealliance.accounts.models import User
from fairealliance.introductions.models import Introduction, Message
from fairealliance.introductions.querysets import organisations_of
from fairealliance.journal.models import Entry
from fairealliance.mailing.models import Notice
from fairealliance.organisations.enums import ClaimStatus
from fairealliance.organisations.models import Claim, Invitation

START = "introduction:"
"""Of the names under which the journal and notices speak of one."""
_LEFT = ("member-left", "organisation-entrusted")


def whereabouts(user: User) -> set[int]:
    """Their numbers."""
    own = _organisations(user)
    wrote = Message.objects.filter(by_user=user).values("introduction")
    warned = Introduction.warned.through._default_manager.filter(user=user).values("introduction")
    led = Q(asked_by=user) | Q(asker__in=own) | Q(asked__in=own)
    found = Introduction.objects.filter(led | Q(pk__in=wrote) | Q(pk__in=warned)).order_by()
    told = Notice.objects.filter(user=user, event__startswith=START).order_by()
    done = Entry.objects.filter(author__user_id=user.pk).order_by()
    return {
        *found.values_list("pk", flat=True),
        *numbers_of(told.values_list("event", flat=True)),
        *numbers_of(done.filter(subject__startswith=START).values_list("subject", flat=True)),
    }


def _organisations(user: User) -> set[int]:
    """No row says that one was a member: how one became so does, or the journal, of who left."""
    claimed = Claim.objects.filter(user=user, status=ClaimStatus.ACCEPTED, organisation__isnull=False)
    left = Entry.objects.filter(author__user_id=user.pk, verb__in=_LEFT).order_by()
    invited = Invitation.objects.filter(accepted_by=user)
    return {
        *organisations_of(user),
        *claimed.values_list("organisation_id", flat=True),
        *invited.values_list("organisation_id", flat=True),
        *numbers_of(left.values_list("subject", flat=True)),
    }


def numbers_of(names: Iterable[str]) -> set[int]:
    """`introduction:12:accepted` → 12."""
    return {int(parts[1]) for name in names if (parts := name.split(":"))[1].isdigit()}
