"""What looks like spam, told without a third party and without a puzzle. Never lost: put in a pile of its own."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from fairealliance.accounts import limits
from fairealliance.contributions.pace import USUAL_SENT_TO_ONE, WINDOW
from fairealliance.lib.text_fr import fold

HONEYPOT = "site_internet"
STAMP = "page"
_SALT = "contributions.page"
_TOO_FAST = timedelta(seconds=4)
_MOST_LINKS = 3
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
SUSPECT_FROM = 50


@dataclass
class Judgement:
    """Reasons in words, each with its weight."""

    reasons: list[str] = field(default_factory=list)
    weight: int = 0

    def add(self, weight: int, reason: str) -> None:
        self.weight += weight
        self.reasons.append(reason)

    @property
    def is_suspect(self) -> bool:
        return self.weight >= SUSPECT_FROM


def judge_recipient(email: str, found: Judgement) -> None:
    """An address that receives many receipts may be that of someone who asked for none."""
    if limits.count_of("contribution-receipt", email.lower(), window=WINDOW) > USUAL_SENT_TO_ONE:
        found.add(50, _("beaucoup d’envois avec la même adresse de courriel"))


def new_stamp() -> str:
    """Signed: when the page was made, and a word of its own. What is sent twice from it is one."""
    return signing.dumps(get_random_string(16), salt=_SALT)


def looks_automatic(request: HttpRequest) -> bool:
    """The invisible box was filled, or the page is none of ours."""
    return bool(request.POST.get(HONEYPOT)) or not is_ours(request.POST.get(STAMP, ""))


def page_key(stamp: str) -> str:
    """What tells one page from another, kept instead of the stamp."""
    return hashlib.sha256(stamp.encode()).hexdigest()


def judge(
    request: HttpRequest, text: str, *, what: str, usual: int, seen_before: bool, begun_at: datetime | None = None
) -> Judgement:
    """`usual`: how many a visitor may send in an hour before it looks odd. `begun_at`: when the writing began, where
    it began before the page that sends it."""
    found = Judgement()
    if request.POST.get(HONEYPOT):
        found.add(100, _("une case invisible a été remplie"))
    _judge_time(request.POST.get(STAMP, ""), begun_at, found)
    links = len(_LINK.findall(text))
    if links > _MOST_LINKS:
        found.add(min(20 * (links - _MOST_LINKS), 80), _("%(count)d liens dans le texte") % {"count": links})
    if seen_before:
        found.add(50, _("le même texte a déjà été envoyé"))
    if limits.count(what, request, window=WINDOW) > usual:
        found.add(50, _("beaucoup d’envois depuis le même endroit"))
    return found


def is_ours(stamp: str) -> bool:
    """Whether we gave that page, however long ago."""
    try:
        signing.loads(stamp, salt=_SALT)
    except signing.BadSignature:
        return False
    return True


def _judge_time(stamp: str, begun_at: datetime | None, found: Judgement) -> None:
    """A person takes a few seconds to write; how long the last page stays open says nothing."""
    if not is_ours(stamp):
        found.add(50, _("la page n’est pas de celles que nous donnons"))
    elif _is_too_fast(stamp, begun_at):
        found.add(50, _("écrit et envoyé en moins de quatre secondes"))


def _is_too_fast(stamp: str, begun_at: datetime | None) -> bool:
    if begun_at is not None:
        return timezone.now() - begun_at < _TOO_FAST
    try:
        signing.loads(stamp, salt=_SALT, max_age=_TOO_FAST)
    except signing.SignatureExpired:
        return False
    return True


def digest_of(text: str) -> str:
    """The same words, however spaced, accented or capitalised. Empty for a text too short to be told from another."""
    bare = fold(text)
    return hashlib.sha256(bare.encode()).hexdigest() if len(bare) >= 40 else ""
