"""What an answer means for a link, and when to ask again. One table of rules."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from fairealliance.resources.enums import LinkState
from fairealliance.resources.links.ask import Answer

FAILURES_BEFORE_DEAD = 3
_GONE = {404, 410}
_CLOSED = {401, 402, 403, 405, 406, 407, 418, 429, 451, 503, 999}  # 999: a network's own word for "no robots"
_AGAIN = {
    LinkState.ALIVE: timedelta(days=14),
    LinkState.CLOSED: timedelta(days=30),
    LinkState.FAILING: timedelta(days=1),
    LinkState.DEAD: timedelta(days=7),
    LinkState.REFUSED: timedelta(days=30),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of an answer."""

    state: LinkState
    status: int | None = None
    detail: str = ""
    moved_to: str = ""
    failures: int = 0

    @property
    def again_in(self) -> timedelta:
        return _AGAIN[self.state]


def verdict(answer: Answer, failures: int = 0) -> Verdict:
    """The state after `answer`, `failures` being how many times in a row it already failed.

    A page its site says is gone is dead at once; a silence must last three rounds, days apart.
    """
    if answer.problem == "forbidden":
        return Verdict(LinkState.REFUSED, detail=answer.detail)
    if answer.problem or answer.status is None:
        return _failed(Verdict(LinkState.FAILING, None, _told(answer), failures=failures + 1))
    if answer.status < 400:
        return Verdict(LinkState.ALIVE, answer.status, moved_to=answer.moved_to)
    if answer.status in _GONE:
        return Verdict(LinkState.DEAD, answer.status, _("page introuvable"), failures=failures + 1)
    if answer.status in _CLOSED:
        return Verdict(LinkState.CLOSED, answer.status, _("le site refuse les vérifications automatiques"))
    return _failed(Verdict(LinkState.FAILING, answer.status, _("le site est en panne"), failures=failures + 1))


def _failed(found: Verdict) -> Verdict:
    if found.failures < FAILURES_BEFORE_DEAD:
        return found
    return Verdict(LinkState.DEAD, found.status, found.detail, failures=found.failures)


def _told(answer: Answer) -> str:
    words = {
        "dns": _("le nom du site n’existe pas"),
        "timeout": _("le site ne répond pas à temps"),
        "tls": _("le certificat du site n’est pas valable"),
        "unreachable": _("le site ne se laisse pas joindre"),
        "loop": _("le site renvoie sans fin d’une adresse à l’autre"),
        "protocol": _("la réponse du site n’est pas lisible"),
    }
    return str(words.get(answer.problem, answer.problem))
