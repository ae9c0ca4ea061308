"""What people are told of requests for support and of their profile, through the one dispatcher.

Who asks is told by its organisation and commune, and what for in the words of the challenge, less its addresses: they
leave notices when the asker is erased. No other words, and no name of a person, go to another: they are on the page
that the mail opens.
"""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairealliance.accounts.models import User
from fairealliance.accounts.permissions import can_edit_hub
from fairealliance.design.letters import quoted, unlinked
from fairealliance.lib.dates_fr import in_words
from fairealliance.lib.masking import masked
from fairealliance.lib.text_fr import shorten
from fairealliance.mailing import kinds
from fairealliance.mailing.actions import tell
from fairealliance.mailing.kinds import Kind, while_read
from fairealliance.network.enums import Standing
from fairealliance.network.models import Catalyst, SupportRequest, Turn
from fairealliance.network.words import SECTORS, TRADES, nobody_covers
from fairealliance.organisations.words import placed
from fairealliance.territories.words import within

WITHDRAWN = "withdrawn"


def _read_by(user: User, numbers: Collection[int]) -> Iterable[int]:
    """Whoever took back their consent is offered nothing more; the secretariat reads at the desk."""
    every = SupportRequest.objects.filter(pk__in=numbers)
    return (every if can_edit_hub(user) else every.with_a_part_of(user)).values_list("pk", flat=True)


SUPPORT = Kind(
    "support-requests",
    gettext_lazy("Demandes d’appui"),
    gettext_lazy("Une demande vous est proposée, ou la vôtre avance."),
    still=while_read(_read_by, always=WITHDRAWN),
)
PROFILE = Kind(
    "catalyst-profile",
    gettext_lazy("Votre profil de catalyseur"),
    gettext_lazy("Le secrétariat s’est prononcé sur votre profil."),
)


def register_all() -> None:
    kinds.register(SUPPORT)
    kinds.register(PROFILE)


def offered(turn: Turn, request: SupportRequest) -> None:
    """Who asks, where and what for: to decide. Their name and address wait for a yes."""
    until = in_words(timezone.localtime(request.due_at).date()) if request.due_at else ""
    how = _(
        "Lisez-la, puis acceptez-la, déclinez-la ou transmettez-la avant le %(day)s ; "
        "sans réponse, elle ira à une autre personne."
    )
    subject = _("Une demande d’appui %(where)s") % _facts(request)
    _tell(
        turn.catalyst.user,
        request,
        f"offered:{turn.pk}",
        subject,
        _asked(request),
        _what_for(request),
        action=_("Lire et répondre"),
        after=how % {"day": until},
    )


def accepted(request: SupportRequest, catalyst: Catalyst) -> None:
    said = _("Quelqu’un accepte de vous aider : son nom et son adresse sont sur la page de votre demande.")
    subject, action = _("Votre demande d’appui est acceptée"), _("Voir qui vous aide")
    _tell(request.asked_by, request, f"accepted:{catalyst.pk}", subject, said, _yours(request), action=action)


def moved(request: SupportRequest, turn: Turn) -> None:
    """It goes to the next; who and why stays between them."""
    said = _("Votre demande d’appui est maintenant proposée à une autre personne.")
    _tell(request.asked_by, request, f"moved:{turn.pk}", _("Votre demande d’appui avance"), said, _yours(request))


def at_desk(request: SupportRequest) -> None:
    """Nobody covers, or nobody is left: the secretariat has it."""
    why = nobody_covers(request.sector) if request.is_blank else _("Personne ne l’a prise.")
    tell(
        User.objects.secretariat(is_demo=request.is_demo),
        kind=SUPPORT.slug,
        event=f"{request.ref}:desk:{request.moved_at.isoformat()}",
        subject=_("Demande d’appui à reprendre, %(where)s") % _facts(request),
        text="\n\n".join([_asked(request), why, _what_for(request)]),
        path=reverse("staff_network:request", args=[request.pk]),
        action=_("La reprendre"),
    )


def to_desk(request: SupportRequest) -> None:
    """The asker of one that was offered, and that nobody has any more."""
    said = _("Personne n’a pu prendre votre demande d’appui : le secrétariat la reprend et vous répond.")
    what, subject = f"to-desk:{request.moved_at.isoformat()}", _("Votre demande d’appui avance")
    _tell(request.asked_by, request, what, subject, said, _yours(request))


def ended(request: SupportRequest) -> None:
    said = _("Votre demande d’appui est terminée. Ce qui en est sorti est sur sa page.")
    subject, action = _("Votre demande d’appui est terminée"), _("Lire ce qui en est sorti")
    _tell(request.asked_by, request, "ended", subject, said, _yours(request), action=action)


def withdrawn(request: SupportRequest, people: Iterable[User]) -> None:
    said = _("Cette demande d’appui est retirée : il n’y a plus rien à faire.")
    for user in people:
        _tell(user, request, WITHDRAWN, _("Une demande d’appui est retirée"), said, _facts_line(request))


def judged(catalyst: Catalyst, *, accepted: bool) -> None:
    assert catalyst.decided_at is not None
    if accepted:
        subject = _("Votre profil de catalyseur est accepté")
        said = _(
            "Votre profil est au répertoire, et les demandes d’appui des communes que vous couvrez viennent à vous."
        )
    else:
        subject = _("Votre profil de catalyseur n’est pas retenu")
        said = _("Le motif est sur la page de votre profil. Vous pouvez le revoir et l’envoyer de nouveau.")
    event = f"{catalyst.ref}:judged:{catalyst.decided_at.isoformat()}"
    path = reverse("my_network:profile")
    action = _("Voir mon profil")
    tell([catalyst.user], kind=PROFILE.slug, event=event, subject=subject, text=said, path=path, action=action)


def entered(catalyst: Catalyst) -> None:
    """The secretariat: to judge, or because somebody it invited said yes."""
    if catalyst.standing == Standing.ACCEPTED:
        subject = _("Un catalyseur invité est au répertoire")
        said = _("Quelqu’un que le secrétariat a invité a écrit son profil et donné son accord.")
    else:
        subject = _("Un profil de catalyseur à examiner")
        said = _("Quelqu’un propose son profil de catalyseur. Il attend votre réponse.")
    tell(
        User.objects.secretariat(is_demo=catalyst.is_demo),
        kind=PROFILE.slug,
        event=f"{catalyst.ref}:proposed:{catalyst.proposed_at.isoformat()}",
        subject=subject,
        text=said,
        path=reverse("staff_network:catalyst", args=[catalyst.pk]),
        action=_("Lire le profil"),
    )


def _facts(request: SupportRequest) -> dict[str, str]:
    return {"where": within(request.commune)}


def _asked(request: SupportRequest) -> str:
    """Who asks: an organisation by its name; a person is not named before somebody accepts."""
    words = _facts(request)
    if request.organisation is None:
        return _("Une personne, en son nom, demande un appui %(where)s.") % words
    return _("%(who)s demande un appui %(where)s.") % {**words, "who": unlinked(placed(request.organisation))}


def _what_for(request: SupportRequest) -> str:
    """What it is about, then the asker's own words, which leave the notice when they are erased (`own_data`)."""
    about = [
        _("Secteur : %s.") % SECTORS[request.sector] if request.sector in SECTORS else "",
        _("Aide attendue : %s.") % TRADES[request.trade] if request.trade in TRADES else "",
    ]
    parts = ["\n".join(filter(None, about)), quoted(shorten(masked(request.challenge), 600))]
    return "\n\n".join(filter(None, parts))


def _facts_line(request: SupportRequest) -> str:
    name = f"{unlinked(placed(request.organisation))}, " if request.organisation else ""
    day = in_words(timezone.localtime(request.asked_at).date())
    told = {"name": name, "day": day, **_facts(request)}
    return _("Demande : %(name)s%(where)s, le %(day)s.") % told


def _yours(request: SupportRequest) -> str:
    """Which of theirs it is: one may have several under way."""
    day = in_words(timezone.localtime(request.asked_at).date())
    about = _("Vous l’avez faite le %(day)s, %(where)s :") % {"day": day, **_facts(request)}
    return f"{about}\n\n{quoted(shorten(request.challenge, 300))}" if request.challenge else about.rstrip(" :") + "."


def _tell(
    user: User | None,
    request: SupportRequest,
    what: str,
    subject: str,
    *parts: str,
    action: str = "",
    after: str = "",
) -> None:
    if user is None:
        return
    tell(
        [user],
        kind=SUPPORT.slug,
        event=f"{request.ref}:{what}",
        subject=subject,
        text="\n\n".join(filter(None, parts)),
        path=request.get_absolute_url(),
        action=action or _("Voir la demande"),
        after=after,
    )
