"""Links that lead to a proposal: unguessable, only their digest kept, good for a time."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from fairealliance.contributions.models import AccessLink, Proposal

GOOD_FOR = timedelta(days=90)


def issue(proposal: Proposal) -> str:
    """A new link's token. Older links stay good until their own day: a mail already sent must keep its word."""
    token = secrets.token_urlsafe(24)
    AccessLink.objects.create(proposal=proposal, token_digest=digest(token), expires_at=timezone.now() + GOOD_FOR)
    return token


def find(token: str) -> AccessLink | None:
    """The link of that token, expired or not."""
    return AccessLink.objects.select_related("proposal").filter(token_digest=digest(token)).first()


def is_good(link: AccessLink) -> bool:
    return link.expires_at > timezone.now()


def digest(token: str) -> str:
    """A token is random and long: a plain digest cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()
