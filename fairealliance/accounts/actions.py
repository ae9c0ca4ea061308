"""What one does with one's own account, and what the product does with accounts left behind."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from fairealliance.accounts.models import User
from fairealliance.journal.actions import record

UNCONFIRMED_KEPT = timedelta(days=7)


@transaction.atomic
def rename(*, by: User, name: str) -> None:
    """Only one's own name: `by` is both who acts and who is named."""
    User.objects.filter(pk=by.pk).update(name=name)
    record(by=by, verb="account-renamed", subject=f"user:{by.pk}")


@transaction.atomic
def vouch(user: User) -> None:
    """The address is theirs: whoever runs the server says so. Any other waiting for them is dropped."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(email=user.email, user=user, defaults={"verified": True, "primary": True})


def forget_proofs(user: User) -> None:
    """Nothing opens the account but a new link. Called by an action that says who wanted it."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save()
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def end_session(*, by: User, pk: int) -> bool:
    """False when there is no such session of theirs."""
    session = UserSession.objects.filter(user=by, pk=pk).first()
    if session is None:
        return False
    session.end()
    record(by=by, verb="session-ended", subject=f"user:{by.pk}")
    return True


@transaction.atomic
def end_sessions(*, by: User, but: str = "") -> int:
    """Every session of theirs, but the one whose key is told."""
    sessions = list(UserSession.objects.filter(user=by).exclude(session_key=but))
    for session in sessions:
        session.end()
    record(by=by, verb="sessions-ended", subject=f"user:{by.pk}")
    return len(sessions)


def forget_unconfirmed() -> int:
    """Accounts whose address was never confirmed: perhaps it is not theirs who signed up."""
    left = User.objects.filter(
        joined_at__lt=timezone.now() - UNCONFIRMED_KEPT, last_login=None, is_secretariat=False, groups=None
    ).exclude(emailaddress__verified=True)
    signed_up = left.filter(emailaddress__verified=False)
    removed = 0
    for user in signed_up.order_by("pk")[:500]:
        user.delete()
        removed += 1
    return removed
